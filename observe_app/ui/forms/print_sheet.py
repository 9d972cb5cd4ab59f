"""A form as it will lie on paper: looked at page by page, then saved as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import text_in
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.forms.export_actions import save_dialog, write_file
from observe_app.ui.jobs import Job
from observe_app.ui.page_picture import PagePicture
from observe_app.ui.papers import paper_of
from observe_app.ui.theme import scaled
from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, Sheet, SteadyScrollArea, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.preview import PageImage
    from observe_app.ui.jobs import JobRunner

_WIDTH = 760
_AROUND, _WORDS_AROUND = 160, 90
_LEAST, _MOST = 260, 900
_RESIZE_MS = 150


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; `width_px` in device pixels, `page` counted from 0."""

    paper: Paper
    page: int
    width_px: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and one page of it."""

    wanted: Wanted
    pdf: bytes
    pages: int
    page: int
    image: PageImage


def make_pdf(form: Form, language: str, wanted: Wanted, progress: Progress) -> Printed:
    """Return the PDF of a form and the page asked for.

    Raises:
        Cancelled: the person went elsewhere.
    """
    from observe_app.services.pdf.export import form_pages  # noqa: PLC0415  (loads ReportLab)

    pdf, result = form_pages(form, paper=wanted.paper, language=language, progress=progress)
    return turn_to(pdf, result.pages, wanted, progress)


def turn_to(pdf: bytes, pages: int, wanted: Wanted, _progress: Progress) -> Printed:
    """Return the same PDF with another page, or in another size."""
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)

    page = max(0, min(wanted.page, pages - 1))
    (image,) = render_pages(pdf, max(1, wanted.width_px), first=page, count=1)
    return Printed(wanted, pdf, pages, page, image)


class PrintSheet(Sheet):
    """The pages of one form.

    Signals:
        saved: Path of the PDF.
    """

    saved = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, form: Form, language: str, host: QWidget) -> None:
        title = text_in(form.title, language) or form.id
        super().__init__(self.tr("{title} on paper").format(title=title), host, width=_WIDTH)
        self.setObjectName("print_sheet")
        self._core, self._jobs, self._form, self._language = core, jobs, form, language
        self._printed: Printed | None = None
        self._page = 0
        self._job: Job[Printed] | None = None
        self._again = False
        self._name = safe_name(title, "pdf")
        self._turn_timer = QTimer(self)
        self._turn_timer.setSingleShot(True)
        self._turn_timer.setInterval(_RESIZE_MS)
        self._turn_timer.timeout.connect(self._on_turn_due)
        self._build()

    @property
    def printed(self) -> Printed | None:
        """The PDF that is shown, None before the first."""
        return self._printed

    @property
    def paper(self) -> Paper:
        """Paper chosen."""
        return "Letter" if self.paper_box.currentIndex() == 1 else "A4"

    def open_over(self) -> None:
        """Show the sheet and make the first page."""
        self._fit()
        super().open_over()
        self._start()

    def save_to(self, target: Path) -> None:
        """Write the PDF to a file, in the background."""
        if self._printed is None:
            return
        pdf = self._printed.pdf

        def write(_progress: Progress) -> Path:
            return write_file(pdf, target)

        self._jobs.run(write, Job(self, self._on_saved, self._on_failed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is as high as there is room."""
        self._fit()
        super().resizeEvent(event)

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go to the page before or after."""
        if self._printed is None:
            return
        page = max(0, min(self._page + step, self._printed.pages - 1))
        if page != self._page:
            self._page = page
            self._show_place()
            self._start()

    @Slot()
    def ask_where(self) -> None:
        """Ask for a place and save the PDF there."""
        dialog = save_dialog(
            self._core, self, self.tr("Save the form as a PDF"), self.tr("PDF files (*.pdf)"), self._name
        )
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_paper(self) -> None:
        self._printed = None
        self._start()
        try:
            self._core.settings.change(paper=self.paper)
        except ObserveError as error:
            self._on_failed(error)

    @Slot(bool)
    def _on_larger(self, on: bool) -> None:
        self.picture.set_by_width(by_width=on)
        name = self.tr("Show the whole page") if on else self.tr("Read it larger")
        self.larger_button.setAccessibleName(name)
        self.larger_button.setToolTip(name)

    @Slot()
    def _on_size_changed(self) -> None:
        if self._printed is not None:
            self._turn_timer.start()

    @Slot()
    def _on_turn_due(self) -> None:
        if self._printed is not None and self._printed.image.width != self.picture.wanted_px():
            self._start()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name:
            self.save_to(Path(name))

    # --- the job ----------------------------------------------------------------------------------

    def _start(self) -> None:
        # One at a time: the next begins when the last has ended, with what is wanted then.
        if self._job is not None:
            self._again = True
            return
        wanted = Wanted(self.paper, self._page, self.picture.wanted_px())
        job: Job[Printed] = Job(self, self._on_made, self._on_failed, self._on_progress, self._on_stopped)
        self._job = job
        self.bar.set_share(0.0)
        last = self._printed
        if last is None:
            self._jobs.run(partial(make_pdf, self._form, self._language, wanted), job)
        else:
            self._jobs.run(partial(turn_to, last.pdf, last.pages, wanted), job)

    def _on_made(self, printed: Printed) -> None:
        stale = printed.wanted.paper != self.paper
        self._printed = None if stale else printed
        self._page = max(0, min(self._page, printed.pages - 1))
        words = self.tr("Page {n} of {count}").format(n=printed.page + 1, count=printed.pages)
        self.picture.show_page(printed.image, printed.wanted.paper, words)
        self.remark.hide()
        self._again = self._again or stale
        self._end()

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.bar.set_share(done / total if total else 0.0)

    def _on_stopped(self) -> None:
        self._end()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.remark.setText(" ".join(part for part in (f"{told.title}.", told.text, told.hint) if part))
        self.remark.show()

    def _on_saved(self, target: Path) -> None:
        self.accept()
        self.saved.emit(target)

    def _end(self) -> None:
        self._job = None
        self.bar.set_share(None)
        self._show_place()
        if self._again:
            self._again = False
            self._start()

    # --- helpers ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        room = max(_LEAST, min(_MOST, self.window().height() - _AROUND - scaled(_WORDS_AROUND)))
        self.scroll_area.setFixedHeight(room)

    def _show_place(self) -> None:
        pages = self._printed.pages if self._printed is not None else 0
        words = self.tr("Page {n} of {count}").format(n=self._page + 1, count=pages)
        self.count.setText(words if pages else self.tr("Being set…"))
        self.back_button.setEnabled(self._page > 0)
        self.next_button.setEnabled(self._page + 1 < pages)
        self.save_button.set_disabled_because("" if pages else self.tr("The pages are still being set."))

    def _build(self) -> None:
        self.count = TextLabel("", self, tone="muted", tabular=True)
        self.back_button = self._icon("chevron-left", self.tr("Page before (Page Up)"))
        self.next_button = self._icon("chevron-right", self.tr("Next page (Page Down)"))
        self.paper_box = ComboBox(self)
        self.paper_box.setObjectName("print_paper")
        self.paper_box.setAccessibleName(self.tr("Paper"))
        self.paper_box.addItems([self.tr("A4"), self.tr("Letter")])
        self.paper_box.setCurrentIndex(1 if paper_of(self._core.settings.get().paper, QLocale()) == "Letter" else 0)
        self.larger_button = self._icon("scan-eye", self.tr("Read it larger"))
        self.larger_button.setObjectName("print_larger")
        self.larger_button.setCheckable(True)
        self.larger_button.toggled.connect(self._on_larger)
        self.picture = PagePicture()
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self.picture)
        for plane in (self.scroll_area.viewport(), self.picture):
            plane.setAutoFillBackground(False)
        self.bar = ThinBar(self)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.hide()
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.count)
        top.addWidget(self.back_button)
        top.addWidget(self.next_button)
        top.addWidget(self.larger_button)
        top.addStretch(1)
        top.addWidget(self.paper_box)
        self.body.setSpacing(6)
        self.body.addLayout(top)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.scroll_area)
        self.body.addWidget(self.remark)
        self.add_safe(self.tr("Close"))
        self.save_button = Button(self.tr("Save PDF"), self, kind=ButtonKind.PRIMARY, icon="download")
        self.save_button.setObjectName("save_form_pdf")
        self.buttons.addWidget(self.save_button)
        self.save_button.clicked.connect(self.ask_where)
        self.back_button.clicked.connect(partial(self.turn, -1))
        self.next_button.clicked.connect(partial(self.turn, 1))
        self.picture.turned.connect(self.turn)
        self.picture.size_changed.connect(self._on_size_changed)
        self.paper_box.activated.connect(self._on_paper)
        self._show_place()

    def _icon(self, name: str, words: str) -> Button:
        return Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=name, tone="accent", name=words)
