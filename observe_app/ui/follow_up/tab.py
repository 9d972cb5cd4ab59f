"""The Follow up tab: the PDF as the teacher reads it, their answer, what became of the steps, one's own journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from observe_app.domain.action_step import StepStatus
from observe_app.domain.errors import ObserveError
from observe_app.domain.sync.shares import ShareRole
from observe_app.domain.visit import Stage
from observe_app.services import next_visit, replies, step_course, steps
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.file_name import safe_name
from observe_app.ui.follow_up.hand_over import HandOver, start_folder
from observe_app.ui.follow_up.journal_sheet import JournalSheet
from observe_app.ui.follow_up.loaded import differs, load
from observe_app.ui.follow_up.reply_desk import ReplyDesk
from observe_app.ui.follow_up.tab_parts import FollowUpParts
from observe_app.ui.jobs import Job
from observe_app.ui.papers import paper_of
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.exchange.visit_out import ExportResult
    from observe_app.services.replies import ReplyImport
    from observe_app.services.wording import NameInText
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.follow_up.loaded import Loaded
    from observe_app.ui.jobs import JobRunner

_SAVED = "pdf-saved"
_ERROR = "follow-up-error"
_AFTER = frozenset({"release", "release_copy", "reader", "reply", "journal_entry"})
"""Tables of what no page of a draft shows."""


class FollowUpTab(FollowUpParts):
    """What goes out, to whom, what came back, and what became of it.

    Signals:
        saved: something was stored. writing: words are only on the screen. save_failed: the error of a write.
        exported: Path of a PDF that was written.
        place_asked: the `Stage` at which something stands, and the id of the event there, "" without one.
        target_asked: `VisitTarget` of another visit.
        release_asked: "release", "correct", "take_back" or "withdraw".
        term_asked: to see what changed over the teacher's visits.
    """

    saved = Signal()
    writing = Signal()
    save_failed = Signal(object)
    exported = Signal(object)
    place_asked = Signal(object, str)
    target_asked = Signal(object)
    release_asked = Signal(str)
    term_asked = Signal()

    def __init__(
        self, core: Core, visit_id: str, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None
    ) -> None:
        super().__init__(core, visit_id, jobs, bus, parent)
        self._loaded: Loaded | None = None
        self._changes_job: Job[bool] | None = None
        self._active = False
        self._folder: Path | None = None
        self.hand_over = HandOver(core, jobs, self)
        self.reply_desk = ReplyDesk(core, jobs, self)
        self._connect()
        self._connect_replies()
        bus.changed.connect(self._on_changed)

    # What the visit's frame calls.

    def activate(self) -> None:
        """Load everything and make the PDF: the tab becomes visible."""
        self._active = True
        kept = self._core.settings.get()
        self.preview.set_paper(paper_of(kept.paper, QLocale()))
        if self._loaded is None:  # afterwards the choice for this visit stays
            self.preview.set_ink_saving(on=kept.ink_saving)
        self.reload()
        self.names.look()
        self.preview.refresh()

    def leave(self) -> bool:
        """Stop what is being made; False where words could not be kept."""
        if not self.keeper.flush():
            return False
        self._active = False
        self.names.stop()
        self.preview.stop()
        if self._changes_job is not None:
            self._changes_job.cancel()
            self._changes_job = None
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self.preview, self.pane)

    def start_widget(self) -> QWidget:
        """Where the keyboard starts: the button that saves."""
        return self.preview.save_button

    @property
    def loaded(self) -> Loaded | None:
        """What is shown, None before the first time."""
        return self._loaded

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        try:
            loaded = load(self._core, self._visit_id)
            courses = step_course.of_teacher(self._core, self._visit_id)
            self.journal.reload()
            following = next_visit.of_visit(self._core, loaded.visit)
        except ObserveError as error:
            self._say_error(error)
            return
        self._loaded = loaded
        self.reply_desk.set_loaded(loaded)
        self.preview.set_own(own=loaded.rights.role is ShareRole.TEACHER)
        self.preview.show_revisions(loaded.revisions)
        self.replies.show_loaded(loaded)
        self.readers.show_loaded(loaded)
        self.sent.show_loaded(loaded)
        self.steps.show_steps(courses)
        self.next_visit.show_visit(following)
        self.show_readers(loaded)
        self.order_tabs()
        self.arrange()  # other words over the preview want other room
        self._mark_seen()
        self._look_for_changes()

    def suggested_name(self) -> str:
        """Return a name for the file that every system takes."""
        return self.hand_over.name_for(self.preview.wanted(), self._visit)

    def save_to(self, target: Path) -> None:
        """Write the PDF to a file, in the background."""
        self.message_bar.clear(_SAVED)
        self.hand_over.save_to(target, self.preview.wanted(), self.reader_name())

    @property
    def _visit(self) -> Visit | None:
        return self._loaded.visit if self._loaded is not None else None

    def _look_for_changes(self) -> None:
        """Ask in the background whether the record tells something else than what was released."""
        if self._changes_job is not None:
            self._changes_job.cancel()
            self._changes_job = None
        if self._loaded is None or self._loaded.told is None:
            self.replies.set_differs(differs=False)
            return
        self._changes_job = Job(self, self._on_differs, self._on_unknown)
        self._jobs.run(partial(differs, self._core, self._visit_id), self._changes_job)

    def _on_differs(self, found: bool) -> None:
        self._changes_job = None
        self.replies.set_differs(differs=found)

    def _on_unknown(self, error: Exception) -> None:
        # A hint that cannot be given now is given the next time; what cannot be read the preview says.
        self._changes_job = None
        if not isinstance(error, ObserveError):
            raise error

    def _mark_seen(self) -> None:
        """Whoever opens the visit has seen what came: the newest shows, and says that there are others."""
        if not self._active or self._loaded is None or self._loaded.rights.role is ShareRole.TEACHER:
            return
        try:
            for reply in self._loaded.replies:
                if not reply.seen:
                    replies.mark_seen(self._core, reply.id)
        except ObserveError as error:
            self._say_error(error)

    # Connecting.

    def _connect(self) -> None:
        self.preview.save_asked.connect(self.ask_where)
        self.preview.print_asked.connect(self._on_print)
        self.preview.larger_toggled.connect(self._on_larger)
        self.preview.room_wanted.connect(self.arrange)
        self.preview.paper_chosen.connect(self._on_paper)
        self.steps.status_chosen.connect(self._on_status)
        self.steps.target_asked.connect(self.target_asked)
        self.steps.term_asked.connect(self.term_asked)
        self.names.asked.connect(self._on_name_asked)
        self.message_bar.acted.connect(self._on_message)
        self.files.place_asked.connect(self._on_record_wanted)
        self.files.written.connect(self._on_record_written)
        self.files.failed.connect(self._say_error)
        self.next_visit.target_asked.connect(self.target_asked)
        self.next_visit.agree_asked.connect(self._on_agree)
        self.next_visit.calendar_asked.connect(self._on_calendar)
        self.calendar.written.connect(self._on_file_saved)
        self.calendar.failed.connect(self._say_error)
        self.sent.said.connect(self._say_news)
        for button in (self.sent.more_button, self.steps.all_button):
            button.clicked.connect(self.order_tabs)
        self.sent.acts.asked.connect(self.release_asked)
        self.journal.failed.connect(self._say_error)
        self.journal.all_asked.connect(self._on_whole_journal)
        self.keeper.writing.connect(self.writing)
        self.keeper.saved.connect(self.saved)
        self.keeper.failed.connect(self.save_failed)
        over = self.hand_over
        over.began.connect(self._on_began)
        over.progressed.connect(self._on_pages)
        over.ended.connect(self._on_ended)
        over.saved.connect(self._on_saved)
        over.printed.connect(self._on_printed)
        over.failed.connect(self._say_error)
        self.progress_line.stopped.connect(over.stop)

    def _connect_replies(self) -> None:
        desk = self.reply_desk
        self.replies.read_asked.connect(desk.ask_file)
        self.replies.type_asked.connect(desk.enter)
        self.replies.release_asked.connect(self._on_release)
        self.replies.edit_asked.connect(desk.edit)
        self.replies.open_asked.connect(desk.open_file)
        self.replies.save_asked.connect(desk.save_file)
        desk.taken.connect(self._on_taken)
        desk.typed.connect(self._on_typed)
        desk.target_asked.connect(self.target_asked)
        desk.saved.connect(self._on_file_saved)
        desk.unopened.connect(self._on_unopened)
        desk.failed.connect(self._say_error)

    # Saving and printing.

    @Slot()
    def ask_where(self) -> None:
        """Ask for a place and save the PDF there."""
        self.message_bar.clear(_SAVED)
        self.hand_over.ask_where(self.preview.wanted(), self.reader_name(), self._visit)

    @Slot()
    def _on_print(self) -> None:
        self.hand_over.ask_printer(self.preview.wanted(), self.reader_name(), self._visit)

    @Slot(str)
    def _on_began(self, words: str) -> None:
        because = self.tr("A PDF is on its way")
        self.preview.set_busy(because)
        self.progress_line.start(words)

    @Slot(int, int)
    def _on_pages(self, done: int, total: int) -> None:
        self.progress_line.set_progress(done, total)

    @Slot()
    def _on_ended(self) -> None:
        self.preview.set_busy("")
        self.progress_line.finish()

    @Slot(object, bool)
    def _on_saved(self, target: Path, draft: bool) -> None:
        words = self.tr("Saved as {name}")
        if draft:
            words = self.tr("Draft saved as {name}. It says “Draft” on every page, and counts as nothing sent.")
        self._say_saved(target, words.format(name=target.name))
        self.saved.emit()
        self.exported.emit(target)

    @Slot(str)
    def _on_printed(self, printer: str) -> None:
        words = (
            self.tr("Sent to the printer {name}").format(name=printer) if printer else self.tr("Sent to the printer")
        )
        self._say_news(words)
        self.saved.emit()

    @Slot()
    def _on_release(self) -> None:
        self.release_asked.emit("release")

    @Slot()
    def _on_unopened(self) -> None:
        self._say_news(self.tr("No program here opens PDFs. Save the file to take it elsewhere."))

    @Slot(object)
    def _on_file_saved(self, target: Path) -> None:
        self._say_saved(target, self.tr("Saved as {name}").format(name=target.name))

    def _say_saved(self, target: Path, words: str) -> None:
        self._folder = target.parent
        self.message_bar.show_message(
            Message(MessageKind.NEWS, words, action=self.tr("Open folder"), icon="file-down", key=_SAVED)
        )

    # Slots.

    @Slot(str)
    def _on_record_wanted(self, ending: str) -> None:
        visit = self._visit
        day = (visit.started or visit.start) if visit is not None else None
        date = day.astimezone().date().isoformat() if day is not None else ""
        teacher = visit.teacher if visit is not None else ""
        name = safe_name(self.tr("Visit {teacher} {date}").format(teacher=teacher, date=date), ending)
        self.files.ask_where(name, start_folder(self._core), self.tr("Save the record"))

    @Slot(object)
    def _on_record_written(self, result: ExportResult) -> None:
        self._on_file_saved(result.path)
        try:
            self._core.settings.change(last_export=str(result.path.parent))
        except ObserveError as error:
            self._say_error(error)

    @Slot(bool)
    def _on_larger(self, _on: bool) -> None:
        self.arrange()

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
            if opened.value.visit_id == self._visit_id:
                steps.edit(self._core, step_id=step_id, seen=opened.seen, status=status)
            else:  # undo here takes it back
                act = steps.reopen if status is StepStatus.OPEN else steps.drop
                act(self._core, step_id=step_id, visit_id=self._visit_id, seen=opened.seen)
        except ObserveError as error:
            self._say_error(error)
            return
        self.reload()
        self.saved.emit()

    @Slot(object)
    def _on_name_asked(self, found: NameInText) -> None:
        in_talk = found.kind in {"claim", "step", "turn"}
        event_id = found.id if found.kind in {"note", "event"} else ""
        self.place_asked.emit(Stage.TALK if in_talk else Stage.OBSERVE, event_id)

    @Slot()
    def _on_agree(self) -> None:
        self.place_asked.emit(Stage.TALK, "")

    @Slot()
    def _on_calendar(self) -> None:
        self.calendar.ask_where(self.next_visit.visit)

    @Slot()
    def _on_whole_journal(self) -> None:
        if not self.keeper.flush():
            return
        sheet = JournalSheet(self._core, self._bus, self)
        sheet.visit_asked.connect(self._on_journal_visit)
        sheet.open_over()

    @Slot(str)
    def _on_journal_visit(self, visit_id: str) -> None:
        self.target_asked.emit(VisitTarget(visit_id, "follow_up"))

    @Slot(object)
    def _on_taken(self, found: ReplyImport) -> None:
        if found.visit.id == self._visit_id:
            self.reload()
            self.replies.show_reply(found.reply.id)
            self.pane.verticalScrollBar().setValue(0)
            self.saved.emit()

    @Slot(str)
    def _on_typed(self, _reply_id: str) -> None:
        self.saved.emit()

    @Slot(object)
    def _on_message(self, message: Message) -> None:
        if message.key == _SAVED and self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerns = not changes.visits or self._visit_id in changes.visits or changes.touches("person", "action_step")
        if not self._active or not concerns:
            return
        self.reload()
        if {table for table, _row in changes.rows} <= _AFTER:
            return  # nothing that a page of the draft shows
        self.names.look()
        if self.preview.release is None:
            self.preview.refresh_soon()

    # Helpers.

    @Slot(str)
    def _say_news(self, words: str) -> None:
        self.message_bar.show_message(Message(MessageKind.NEWS, words, icon="check", key="follow-up-news"))

    @Slot(object)
    def _say_error(self, error: ObserveError) -> None:
        told = describe(error)
        words = " ".join(part for part in (f"{told.title}.", told.text, told.hint) if part)
        self.message_bar.show_message(Message(MessageKind.LOOK, words, key=_ERROR))
