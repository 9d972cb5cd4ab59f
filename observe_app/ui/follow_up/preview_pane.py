"""The left side of Follow up: the PDF as the teacher reads it, and the ways to save and print it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.sheet_choices import SheetChoices
from observe_app.ui.follow_up.sheet_maker import Sheet, Wanted, make_sheet, turn_to
from observe_app.ui.jobs import Job
from observe_app.ui.page_picture import PagePicture
from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, SteadyScrollArea, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.ui.jobs import JobRunner

REFRESH_MS = 400
_RESIZE_MS = 150
_EDGE = 24
_LINK = 6
"""Padding of a link, which is to end where other things end."""


class PreviewPane(Plane):
    """Preview with its pages, what it shows of the feedback, and the buttons that save and print.

    Signals:
        save_asked: the person wants the PDF as a file. print_asked: on paper.
        larger_toggled: the page is to have the whole width, or not any more.
        paper_chosen: "A4" or "Letter". room_wanted: what stands over the page is cut.
    """

    save_asked = Signal()
    print_asked = Signal()
    larger_toggled = Signal(bool)
    paper_chosen = Signal(str)
    room_wanted = Signal()

    def __init__(self, core: Core, visit_id: str, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._core, self._visit_id, self._jobs = core, visit_id, jobs
        self._sheet: Sheet | None = None
        self._page = 0
        self._job: Job[Sheet] | None = None
        self._again = False
        self._stale = True
        self._own = False
        self._refresh_timer = self._timer(REFRESH_MS, self.refresh)
        self._turn_timer = self._timer(_RESIZE_MS, self._turn)
        self._build()
        self._connect()

    # What the tab calls and reads.

    @property
    def sheet(self) -> Sheet | None:
        """The PDF that is shown, None before the first."""
        return self._sheet

    @property
    def release(self) -> Release | None:
        """The revision that is shown, None for a draft."""
        return self.choices.release

    def wanted(self) -> Wanted:
        """Return what is asked for now."""
        return Wanted(
            visit_id=self._visit_id,
            release=self.choices.release,
            scope=self.choices.scope,
            paper=self.choices.paper,
            ink_saving=self.choices.ink_saving,
            page=self._page,
            width_px=self.picture.wanted_px(),
        )

    def least_width(self) -> int:
        """Width at which nothing of the head and the foot is cut, in logical pixels."""
        self._head.invalidate()  # it remembers its width until the events are done
        return max(self._head.minimumSize().width(), self._foot.minimumSize().width())

    def set_paper(self, paper: Paper) -> None:
        """Show a paper as chosen."""
        self.choices.set_paper(paper)

    def set_ink_saving(self, *, on: bool) -> None:
        """Show ink saving as chosen."""
        self.choices.set_ink_saving(on=on)

    def show_revisions(self, revisions: Sequence[Release]) -> None:
        """Offer the revisions; the PDF is made again where another one shows now."""
        if self.choices.show_revisions(revisions):
            self._page = 0
            self.refresh_soon()
        self._name_buttons()

    def refresh_soon(self) -> None:
        """The record changed: make the PDF again once it has been quiet for a moment."""
        self._refresh_timer.start()

    def stop(self) -> None:
        """The tab goes: what is being made is not wanted any more."""
        self._refresh_timer.stop()
        self._turn_timer.stop()
        self._again = False
        if self._job is not None:
            self._job.cancel()

    def set_busy(self, because: str) -> None:
        """Let nothing be saved or printed, with the reason; "" lets it again."""
        for button in (self.save_button, self.print_button):
            button.set_disabled_because(because)

    def set_own(self, *, own: bool) -> None:
        """Say whether the teacher reads their own copy."""
        if own != self._own:
            self._own = own
            self._name_buttons()

    @Slot()
    def refresh(self) -> None:
        """Make the PDF from the record as it is now."""
        self._refresh_timer.stop()
        self._start(whole=True)

    # Building.

    def _timer(self, interval: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _build(self) -> None:
        self.title = TextLabel(self.tr("As the teacher reads it"), self, step="heading", weight=600)
        self.count = TextLabel("", self, tone="muted", tabular=True)
        self.back_button = self._icon("chevron-left", self.tr("Page before (Page Up)"))
        self.next_button = self._icon("chevron-right", self.tr("Next page (Page Down)"))
        self.larger_button = self._icon("scan-eye", self.tr("Read it larger"))
        self.larger_button.setCheckable(True)
        self.picture = PagePicture()
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self.picture)
        self.scroll_area.viewport().setAutoFillBackground(False)
        self.picture.setAutoFillBackground(False)
        self.bar = ThinBar(self)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.setObjectName("pdf_remark")
        self.remark.hide()
        self.save_button = Button(self.tr("Save PDF"), self, kind=ButtonKind.PRIMARY, icon="download")
        self.save_button.setObjectName("save_pdf")
        self.print_button = Button(self.tr("Print"), self, icon="printer")
        self.print_button.setObjectName("print_pdf")
        self.choices = SheetChoices(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._head = top = QHBoxLayout()
        top.setContentsMargins(_EDGE, 14, _EDGE - 8, 0)
        top.setSpacing(4)
        top.addWidget(self.title, 1)
        top.addWidget(self.count)
        top.addSpacing(4)
        for button in (self.back_button, self.next_button, self.larger_button):
            top.addWidget(button)
        which = QHBoxLayout()
        which.setContentsMargins(_EDGE - _LINK, 0, _EDGE, 4)
        which.addWidget(self.choices)
        middle = QVBoxLayout()
        middle.setContentsMargins(_EDGE, 0, _EDGE, 8)
        middle.setSpacing(6)
        middle.addWidget(self.bar)
        middle.addWidget(self.scroll_area, 1)
        middle.addWidget(self.remark)
        self._foot = foot = QHBoxLayout()
        foot.setContentsMargins(_EDGE, 6, _EDGE - _LINK, 14)
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        foot.addStretch(1)
        foot.addWidget(self.choices.paper_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(which)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _icon(self, name: str, words: str) -> Button:
        return Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=name, tone="accent", name=words)

    def _connect(self) -> None:
        self.back_button.clicked.connect(partial(self.turn, -1))
        self.next_button.clicked.connect(partial(self.turn, 1))
        self.picture.turned.connect(self.turn)
        self.picture.size_changed.connect(self._on_size_changed)
        self.larger_button.toggled.connect(self._on_larger)
        self.save_button.clicked.connect(self.save_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.choices.changed.connect(self._on_choice)
        self.choices.paper_chosen.connect(self.paper_chosen)
        self._show_place()
        self._name_buttons()

    # Slots.

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go to the page before or after."""
        if self._sheet is None:
            return
        page = max(0, min(self._page + step, self._sheet.result.pages - 1))
        if page != self._page:
            self._page = page
            self._show_place()
            self._start(whole=False)

    @Slot()
    def _turn(self) -> None:
        if self._sheet is not None and self._sheet.image.width != self.picture.wanted_px():
            self._start(whole=False)

    @Slot()
    def _on_size_changed(self) -> None:
        if self._sheet is not None:
            self._turn_timer.start()

    @Slot(bool)
    def _on_larger(self, on: bool) -> None:
        self.picture.set_by_width(by_width=on)
        name = self.tr("Show the whole page") if on else self.tr("Read it larger")
        self.larger_button.setAccessibleName(name)
        self.larger_button.setToolTip(name)
        self.larger_toggled.emit(on)

    @Slot()
    def _on_choice(self) -> None:
        self._page = 0
        self._name_buttons()
        self.refresh()

    # The job.

    def _start(self, *, whole: bool) -> None:
        # One at a time: the next begins when the last has ended, with what is wanted then.
        self._stale = self._stale or whole
        if self._job is not None:
            self._again = True
            if whole:
                self._job.cancel()
            return
        wanted = self.wanted()
        job: Job[Sheet] = Job(self, self._on_made, self._on_error, self._on_progress, self._on_stopped)
        self._job = job
        self.bar.set_share(0.0)
        if self._stale or self._sheet is None:
            self._stale = False
            self._jobs.run(partial(make_sheet, self._core, wanted), job)
        else:
            self._jobs.run(partial(turn_to, wanted, self._sheet.pdf, self._sheet.result), job)

    def _on_made(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._page = sheet.page if sheet.wanted.page == self._page else min(self._page, sheet.result.pages - 1)
        words = self.tr("Page {n} of {count}").format(n=sheet.page + 1, count=sheet.result.pages)
        self.picture.show_page(sheet.image, sheet.wanted.paper, words)
        self._say(self._remarks(sheet))
        self._end()
        # The room may have changed while the page was made: what was too small for it stays blurred otherwise.
        if self._page != sheet.page or sheet.wanted.width_px != self.picture.wanted_px():
            self._start(whole=False)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            self._end()
            raise error
        told = describe(error)
        self.picture.clear()
        self._sheet = None
        self._say(f"{told.title}. {told.text}")
        self._end()

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.bar.set_share(done / total if total else 0.0)

    def _on_stopped(self) -> None:
        self._stale = True
        self._end()

    def _end(self) -> None:
        self._job = None
        self.bar.set_share(None)
        self._show_place()
        if self._again:
            self._again = False
            self._start(whole=False)

    # Helpers.

    def _name_buttons(self) -> None:
        draft = self.release is None
        self.save_button.setText(self.tr("Save draft") if draft else self.tr("Save PDF"))
        self.save_button.updateGeometry()
        read = self.tr("As you read it") if self._own else self.tr("As the teacher reads it")
        self.title.setText(self.tr("Draft, not released") if draft else read)

    def _say(self, words: str) -> None:
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def _remarks(self, sheet: Sheet) -> str:
        parts: list[str] = []
        replaced = sheet.result.replaced
        if len(replaced) == 1:
            words = self.tr("The character {letters} is not in the PDF's fonts and appears as a box.")
            parts.append(words.format(letters=replaced[0]))
        elif replaced:
            words = self.tr("{n} characters are not in the PDF's fonts and appear as boxes: {letters}")
            parts.append(words.format(n=len(replaced), letters=" ".join(replaced[:12])))
        if sheet.result.fallback:
            parts.append(self.tr("The usual layout could not hold these words, so a plain one was used."))
        return " ".join(parts)

    def _show_place(self) -> None:
        pages = self._sheet.result.pages if self._sheet is not None else 0
        self.count.setText(self.tr("{n} of {count}").format(n=self._page + 1, count=pages) if pages else "")
        self.back_button.setEnabled(self._page > 0)
        self.next_button.setEnabled(self._page + 1 < pages)
        if self.least_width() > self.width():
            self.room_wanted.emit()
