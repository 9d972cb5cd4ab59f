"""The Follow up tab: see the PDF as the teacher will, save it, and keep track of the steps."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.visit import Stage
from observe_app.services import steps, talk, visits
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.aside import Readers, StepsSince
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.name_warning import NameWarning
from observe_app.ui.follow_up.preview_pane import PreviewPane, paper_of
from observe_app.ui.follow_up.record_files import RecordFiles
from observe_app.ui.follow_up.sheet_maker import write_pdf
from observe_app.ui.follow_up.words_list import WordsList
from observe_app.ui.jobs import Job
from observe_app.ui.talk.due import today_of
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import Message, MessageBar, MessageKind, Plane, ScrollPane, SectionHead

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.action_step import StepStatus
    from observe_app.domain.changes import Changes
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.exchange.visit_out import ExportResult
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.wording import NameInText
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

PREVIEW_WIDTH = 484
PREVIEW_WIDTH_NARROW = 400
_NARROW = 1100
_TWO_COLUMNS = 700
_SAVED = "pdf-saved"


class FollowUpTab(Plane):
    """What goes out, to whom, and what came of it.

    Signals:
        saved: something was stored.
        exported: Path of a PDF that was written.
        place_asked: the `Stage` at which something stands, and the id of the event there, "" without one.
    """

    saved = Signal()
    exported = Signal(object)
    place_asked = Signal(object, str)

    def __init__(
        self, core: Core, visit_id: str, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None
    ) -> None:
        super().__init__("page", parent)
        self._core, self._visit_id, self._jobs = core, visit_id, jobs
        self._visit: Visit | None = None
        self._active = False
        self._folder: Path | None = None
        self._build()
        self._connect()
        bus.changed.connect(self._on_changed)

    # What the visit's frame calls.

    def activate(self) -> None:
        """Load everything and make the PDF: the tab becomes visible."""
        self._active = True
        self.preview.set_paper(paper_of(self._core.settings.get().paper, QLocale()))
        self.reload()
        self.names.look()
        self.preview.refresh()

    def leave(self) -> bool:
        """Stop what is being made; nothing here waits to be stored."""
        self._active = False
        self.names.stop()
        self.preview.stop()
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self.preview, self.pane)

    def start_widget(self) -> QWidget:
        """Where the keyboard starts: the button that saves."""
        return self.preview.save_button

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        try:
            self._visit = visits.get(self._core, self._visit_id)
            claims = talk.claims(self._core, self._visit_id)
            agreed = steps.of_visit(self._core, self._visit_id)
        except ObserveError as error:
            self._say_error(error)
            return
        self.words.show_claims(claims)
        self.readers.show_names(self._visit.teacher)
        self.steps.show_steps(agreed)

    # Building.

    def _build(self) -> None:
        self.message_bar = MessageBar(self)
        self.preview = PreviewPane(self._core, self._visit_id, self._jobs, self)
        self.pane = ScrollPane(self)
        self.head = SectionHead(self.tr("Your words"), "", self.pane)
        self.words = WordsList(self.pane)
        self.names = NameWarning(self._core, self._visit_id, self._jobs, self.pane)
        self.readers = Readers(self.pane)
        self.steps = StepsSince(today_of(self._core.clock), self.pane)
        self.files = RecordFiles(self._core, self._visit_id, self._jobs, self.pane)
        self._low = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._low.setSpacing(24)
        self._low.addWidget(self.readers, 1)
        self._low.addWidget(self.steps, 1)
        body = self.pane.body
        body.setContentsMargins(24, 17, 24, 24)
        body.addWidget(self.names)
        body.addWidget(self.head)
        body.addWidget(self.words)
        body.addSpacing(28)
        body.addLayout(self._low)
        body.addSpacing(28)
        body.addWidget(self.files)
        body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.preview)
        row.addWidget(self.pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.preview.save_asked.connect(self.ask_where)
        self.preview.larger_toggled.connect(self._on_larger)
        self.preview.paper_chosen.connect(self._on_paper)
        self.steps.status_chosen.connect(self._on_status)
        self.names.asked.connect(self._on_name_asked)
        self.message_bar.acted.connect(self._on_message)
        self.files.place_asked.connect(self._on_record_wanted)
        self.files.written.connect(self._on_record_written)
        self.files.failed.connect(self._say_error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview gives way in a small window; the lower sections stand above each other there."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        larger = self.preview.larger_button.isChecked()
        self.pane.setVisible(not larger)
        if larger:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
            return
        width = PREVIEW_WIDTH if self.width() >= room_for(_NARROW) else PREVIEW_WIDTH_NARROW
        self.preview.setFixedWidth(max(width, round(self.width() * 0.375), self.preview.least_width()))
        narrow = self.width() - self.preview.width() < scaled(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._low.setDirection(direction)

    # Saving.

    @Slot()
    def ask_where(self) -> None:
        """Ask for a place and save the PDF there."""
        dialog = QFileDialog(self, self.tr("Save the PDF"))
        dialog.setObjectName("save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(str(self._start_folder()))
        dialog.selectFile(self.suggested_name())
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def suggested_name(self) -> str:
        """Return a name for the file that every system takes."""
        return safe_name(self._stem(self.tr("Feedback {teacher} {date}")), "pdf")

    def _stem(self, pattern: str) -> str:
        visit = self._visit
        day = visit.started or visit.start if visit is not None else None
        date_words = day.astimezone().date().isoformat() if day is not None else ""
        return pattern.format(teacher=visit.teacher if visit is not None else "", date=date_words)

    def save_to(self, target: Path) -> None:
        """Write the PDF to a file, in the background."""
        self.message_bar.clear(_SAVED)
        self.preview.save_button.set_disabled_because(self.tr("The PDF is being written"))
        job: Job[PdfResult] = Job(self, partial(self._on_exported, target), self._on_export_failed)
        self._jobs.run(partial(write_pdf, self._core, self.preview.wanted(), target), job)

    def _on_exported(self, target: Path, _result: PdfResult) -> None:
        self.preview.save_button.set_disabled_because("")
        try:
            opened = visits.open_visit(self._core, self._visit_id)
            if opened.value.stage is Stage.TALK:
                visits.set_stage(self._core, visit_id=self._visit_id, stage=Stage.FOLLOW_UP, seen=opened.seen)
        except ObserveError as error:
            self._say_error(error)
        self._say_saved(target)
        self.saved.emit()
        self.exported.emit(target)

    def _say_saved(self, target: Path) -> None:
        self._folder = target.parent
        try:
            self._core.settings.change(last_export=str(target.parent))
        except ObserveError as error:
            self._say_error(error)
        words = self.tr("Saved as {name}").format(name=target.name)
        self.message_bar.show_message(
            Message(MessageKind.NEWS, words, action=self.tr("Open folder"), icon="file-down", key=_SAVED)
        )

    def _on_export_failed(self, error: Exception) -> None:
        self.preview.save_button.set_disabled_because("")
        if not isinstance(error, ObserveError):
            raise error
        self._say_error(error)

    # Slots.

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if name:
            self.save_to(Path(name))

    @Slot(str)
    def _on_record_wanted(self, ending: str) -> None:
        name = safe_name(self._stem(self.tr("Visit {teacher} {date}")), ending)
        self.files.ask_where(name, self._start_folder(), self.tr("Save the record"))

    @Slot(object)
    def _on_record_written(self, result: ExportResult) -> None:
        self._say_saved(result.path)

    @Slot(bool)
    def _on_larger(self, _on: bool) -> None:
        self._arrange()

    @Slot(str)
    def _on_paper(self, paper: str) -> None:
        try:
            self._core.settings.change(paper=paper)
        except ObserveError as error:
            self._say_error(error)

    @Slot(str, object)
    def _on_status(self, step_id: str, status: StepStatus) -> None:
        try:
            opened = steps.open_step(self._core, step_id)
            steps.edit(self._core, step_id=step_id, seen=opened.seen, status=status)
        except ObserveError as error:
            self._say_error(error)
            return
        self.reload()
        self.saved.emit()

    @Slot(object)
    def _on_name_asked(self, found: NameInText) -> None:
        in_talk = found.kind in {"claim", "step"}
        event_id = found.id if found.kind in {"note", "event"} else ""
        self.place_asked.emit(Stage.TALK if in_talk else Stage.OBSERVE, event_id)

    @Slot(object)
    def _on_message(self, message: Message) -> None:
        if message.key == _SAVED and self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerns = not changes.visits or self._visit_id in changes.visits or changes.touches("person")
        if self._active and concerns:
            self.reload()
            self.names.look()
            self.preview.refresh_soon()

    # Helpers.

    def _start_folder(self) -> Path:
        last = self._core.settings.get().last_export
        if last and Path(last).is_dir():
            return Path(last)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) if documents and Path(documents).is_dir() else Path.home()

    @Slot(object)
    def _say_error(self, error: ObserveError) -> None:
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_bar.show_message(Message(MessageKind.LOOK, words, key="follow-up-error"))
