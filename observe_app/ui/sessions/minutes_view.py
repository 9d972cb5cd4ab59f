"""The minutes as they will be on paper, and the way out: PDF, with or without the notes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.sessions import sessions
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import start_folder
from observe_app.ui.jobs import Job
from observe_app.ui.page_picture import PagePicture
from observe_app.ui.papers import paper_of
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, SteadyScrollArea, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.preview import PageImage
    from observe_app.ui.jobs import JobRunner

_SOON_MS = 200


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """A PDF, one of its pages as pixels, and how many there are."""

    session_id: str
    data: bytes
    page: int
    pages: int
    paper: Paper
    image: PageImage
    replaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MinutesAsked:
    """What the preview is asked for. page: counted from 0. width_px: of the picture, in device pixels."""

    session_id: str
    page: int
    width_px: int
    with_notes: bool
    paper: Paper


def make_page(core: Core, asked: MinutesAsked, _progress: Progress) -> MinutesPage:
    """Make the minutes as they would be saved now, and draw a page of them.

    Raises:
        ObserveError: the session cannot be read.
    """
    from observe_app.services.pdf import minutes_build  # noqa: PLC0415  (only who looks at minutes pays for it)
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415

    document = minutes_build.minutes(core, asked.session_id, with_notes=asked.with_notes, paper=asked.paper)
    data, done = minutes_build.minutes_pdf(document)
    shown = min(asked.page, done.pages - 1)
    image = render_pages(data, max(1, asked.width_px), first=shown, count=1)[0]
    return MinutesPage(asked.session_id, data, shown, done.pages, document.paper, image, done.replaced)


class MinutesView(Plane):
    """Preview and the buttons above it.

    Signals:
        written: Path of the file. failed: an `ObserveError`.
    """

    written = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("minutes_view")
        self._core, self._jobs = core, jobs
        self._session_id = ""
        self._shown: MinutesPage | None = None
        self._page = 0
        self._job: Job[MinutesPage] | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SOON_MS)
        self._timer.timeout.connect(self.refresh)
        self._build()

    # --- public -----------------------------------------------------------------------------------

    @property
    def shown(self) -> MinutesPage | None:
        """What is shown, None before the first."""
        return self._shown

    def show_session(self, session_id: str) -> None:
        """Show a session's minutes; they are made again as it is now."""
        if session_id != self._session_id:
            self._session_id, self._page, self._shown = session_id, 0, None
            self.picture.clear()
        self.refresh()

    @Slot()
    def stop(self) -> None:
        """What is being made is not wanted any more."""
        self._timer.stop()
        self._again = False
        if self._job is not None:
            self._job.cancel()

    @Slot()
    def refresh(self) -> None:
        """Make the PDF."""
        if not self._session_id:
            return
        if self._job is not None:
            self._again = True
            return
        asked = MinutesAsked(
            self._session_id,
            self._page,
            self.picture.wanted_px(),
            self.notes_box.isChecked(),
            paper_of(self._core.settings.get().paper, QLocale()),
        )
        job: Job[MinutesPage] = Job(self, self._on_made, self._on_error, on_cancel=self._on_ended)
        self._job = job
        self._jobs.run(partial(make_page, self._core, asked), job)

    def save_to(self, target: Path) -> None:
        """Write what is shown into a file."""
        from observe_app.services.pdf.render import write_whole  # noqa: PLC0415  (only who saves pays for it)

        if self._shown is None:
            return
        try:
            write_whole(target, self._shown.data)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.written.emit(target)

    # --- slots ------------------------------------------------------------------------------------

    def _on_made(self, made: MinutesPage) -> None:
        again = self._again
        self._on_ended()
        if made.session_id != self._session_id:
            return
        self._shown, self._page = made, made.page
        name = self.tr("Minutes, page {n} of {of}").format(n=made.page + 1, of=made.pages)
        self.picture.show_page(made.image, made.paper, name)
        self.count.setText(self.tr("Page {n} of {of}").format(n=made.page + 1, of=made.pages))
        self.count.updateGeometry()
        several = made.pages > 1
        for button in (self.back_button, self.next_button):
            button.setVisible(several)
        self.back_button.setEnabled(made.page > 0)
        self.next_button.setEnabled(made.page + 1 < made.pages)
        signs = " ".join(made.replaced[:8])
        self.remark.setText(self.tr("Signs that the pages cannot show: {signs}").format(signs=signs) if signs else "")
        self.remark.setVisible(bool(signs))
        if not again:
            self.save_button.set_disabled_because("")

    def _on_error(self, error: Exception) -> None:
        self._on_ended()
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)

    def _on_ended(self) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.refresh()

    @Slot()
    def _on_notes(self) -> None:
        self.save_button.set_disabled_because(self.tr("The page is being made."))
        self.refresh()

    @Slot(int)
    def _on_turned(self, by: int) -> None:
        if self._shown is not None and 0 <= self._page + by < self._shown.pages:
            self._page += by
            self.refresh()

    @Slot()
    def _on_back(self) -> None:
        self._on_turned(-1)

    @Slot()
    def _on_next(self) -> None:
        self._on_turned(1)

    @Slot()
    def _on_size(self) -> None:
        self._timer.start()

    @Slot()
    def _on_save(self) -> None:
        session = sessions.get(self._core, self._session_id)
        day = sessions.day_of(session)
        stem = self.tr("Minutes {day} {title}").format(day=day.isoformat() if day else "", title=session.title)
        dialog = QFileDialog(self, self.tr("Save the minutes"))
        dialog.setObjectName("minutes_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(safe_name(stem[:80], "pdf"))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name:
            self.save_to(Path(name))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.save_button = Button(self.tr("Save PDF"), self, kind=ButtonKind.PRIMARY, icon="download")
        self.save_button.setObjectName("save_minutes")
        self.save_button.set_disabled_because(self.tr("The page is being made."))
        self.notes_box = QCheckBox(self.tr("With the notes"), self)
        self.notes_box.setObjectName("minutes_with_notes")
        self.notes_box.setToolTip(self.tr("What the facilitator noted; else it stays here."))
        self.count = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.back_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-left", name=self.tr("Page before")
        )
        self.next_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-right", name=self.tr("Next page")
        )
        for button in (self.back_button, self.next_button):
            button.hide()
        self.picture = PagePicture()
        self.area = SteadyScrollArea(self)
        self.area.setWidget(self.picture)
        self.area.viewport().setAutoFillBackground(False)
        self.picture.setAutoFillBackground(False)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.hide()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.save_button)
        top.addWidget(self.notes_box)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.back_button)
        top.addWidget(self.next_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        column.addWidget(self.remark)
        self.save_button.clicked.connect(self._on_save)
        self.notes_box.clicked.connect(self._on_notes)
        self.picture.size_changed.connect(self._on_size)
        self.picture.turned.connect(self._on_turned)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)
