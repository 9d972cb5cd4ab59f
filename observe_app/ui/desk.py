"""The program behind the window: opens the data after the first paint, gives the window its pages, ends in order."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QLocale, QObject, QSettings, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from observe_app.domain.clock import SystemClock
from observe_app.domain.errors import DatabaseDamaged, NothingToUndo, ObserveError
from observe_app.services import backup, history, visits
from observe_app.services.core import close, poll_outside, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.errors import ErrorReporter, describe
from observe_app.ui.jobs import Job, JobRunner
from observe_app.ui.main_window import MainWindow
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.undo_words import undone_sentence, what_was_done
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.message_bar import Message, MessageKind
from observe_app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.changes import Changes
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.page import Page
    from observe_app.ui.theme import ThemeController

log = logging.getLogger(__name__)

OpenCore = Callable[[], "Core"]

_LOOK_OUTSIDE_MS = 1000
_BACKUP_EVERY_MS = 3_600_000
_UNDO_STATE_MS = 150


class Desk(QObject):
    """One window on one data folder.

    Args:
        open_core: opens the data folder; called in a worker, because it imports the database libraries.
        folder: the data folder, for the words of errors.
        theme: the look of the application.
        settings: where the window's geometry is kept; None keeps it nowhere.
        owns_core: close the data folder with the window.

    Signals:
        ready: the pages are there and filled.
        failed: the data could not be opened; the window says why.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(
        self,
        open_core: OpenCore,
        *,
        folder: Path,
        theme: ThemeController,
        settings: QSettings | None = None,
        owns_core: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._owns_core = owns_core
        self._open_core = open_core
        self._backup_to_restore: Path | None = None
        self._folder = folder
        self._end_listening: Callable[[], None] | None = None
        self.core: Core | None = None
        self.theme = theme
        self.jobs = JobRunner(self)
        self.bus = ChangeBus(self)
        self.reporter = ErrorReporter(self)
        self.window = MainWindow(settings)
        self.reporter.set_window(self.window)
        self._outside = self._timer(_LOOK_OUTSIDE_MS, self._on_look_outside)
        self._backup = self._timer(_BACKUP_EVERY_MS, self._on_backup_due)
        self._undo_state = self._timer(_UNDO_STATE_MS, self._on_undo_state_due, once=True)
        self._connect()

    # --- public -----------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the window; everything else follows its first paint."""
        self.window.show()

    @Slot(object)
    def go_to_visit(self, target: VisitTarget) -> None:
        """Go to a visit: to a stage of it, or to where it stands; to a note when the target names one."""
        page = self.window.page("visit")
        if page is not self.window.current_page and not self._can_leave():
            return
        page.show_target(target)  # type: ignore[attr-defined]  # `pages` makes a VisitPage under this name
        self.window.go("visit")

    def go_to_person(self, person_id: str) -> None:
        """Go to a person."""
        page = self.window.go("people")
        if page is not None:
            page.show_person(person_id)  # type: ignore[attr-defined]  # `pages` makes a PeoplePage under this name

    def plan_with_form(self, form_id: str) -> None:
        """Plan a visit with this form."""
        if self.core is not None and self._can_leave():
            visit = visits.plan(self.core, form_id=form_id)
            self.go_to_visit(VisitTarget(visit.id, "prepare"))

    @Slot()
    def leave_first_run(self) -> None:
        """Go on to Today."""
        self.window.go("today")

    @Slot(str)
    def apply_theme(self, choice: str) -> None:
        """Switch the look at once."""
        self.theme.apply(ThemeChoice(choice))

    @Slot(bool)
    def apply_motion(self, reduced: bool) -> None:
        """Turn every movement off, or on again."""
        self.theme.set_reduced_motion(reduced=reduced)

    # --- start ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window = self.window
        window.first_painted.connect(self._on_first_painted)
        window.closing.connect(self._on_closing)
        window.plan_requested.connect(self.plan)
        window.start_requested.connect(self.start_writing)
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)
        window.page_changed.connect(self._on_page_changed)
        window.message_acted.connect(self._on_message_acted)
        self.bus.changed.connect(self._on_changed)

    def _timer(self, interval: int, slot: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer

    @Slot()
    def _on_first_painted(self) -> None:
        self.jobs.run(self._work_open, Job(self, self._on_opened, self._on_open_failed))

    def _work_open(self, _progress: Progress) -> Core:
        return self._open_core()

    def _on_opened(self, core: Core) -> None:
        self.core = core
        self._end_listening = subscribe(core, self.bus.publish)
        self.window.attach(self._factories(core), start=self._start_page(core))
        self._add_finders(core)
        self._outside.start()
        self._backup.start()
        QTimer.singleShot(2000, self, self._on_backup_due)
        self._undo_state.start()
        if core.settings.problem is not None:
            self._tell(core.settings.problem)
        self.ready.emit()

    def _on_open_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            self.reporter.show_error(error)
            self.failed.emit(error)
            return
        told = describe(error)
        sheet = Sheet(told.title, self.window)
        sheet.setObjectName("open_failed_sheet")
        sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
        if told.hint:
            sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
        look = sheet.add_other(self.tr("Open the data folder"))
        look.setObjectName("open_folder")
        look.clicked.connect(self._on_open_folder)
        self._backup_to_restore = backup.newest_of(self._folder) if isinstance(error, DatabaseDamaged) else None
        if self._backup_to_restore is not None:
            day = QLocale().toString(
                QFileInfo(str(self._backup_to_restore)).lastModified(), QLocale.FormatType.ShortFormat
            )
            restore = sheet.add_main(self.tr("Bring back the backup of {day}").format(day=day))
            restore.setObjectName("restore_backup")
        sheet.add_safe(self.tr("Close"))
        sheet.accepted.connect(self._on_restore_chosen)
        sheet.rejected.connect(self.window.close)
        sheet.open_over()
        self.failed.emit(error)

    @Slot()
    def _on_restore_chosen(self) -> None:
        chosen, folder = self._backup_to_restore, self._folder
        if chosen is not None:
            self.jobs.run(
                lambda _progress: backup.restore(folder, chosen, SystemClock(), holding_lock=True),
                Job(self, self._on_restored, self._on_open_failed),
            )

    def _on_restored(self, _aside: Path | None) -> None:
        self._on_first_painted()

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @staticmethod
    def _start_page(core: Core) -> str:
        return "today" if core.settings.get().first_run_done else "first_run"

    def _factories(self, core: Core) -> dict[str, Callable[[], Page]]:
        from observe_app.ui.pages import page_factories  # noqa: PLC0415  (pages load after the first paint)

        return page_factories(core, self)

    def _add_finders(self, core: Core) -> None:
        from observe_app.ui.finders import providers  # noqa: PLC0415  (as above)

        for provider in providers(core, self):
            self.window.palette_overlay.add_provider(provider)

    # --- what can be done from anywhere -----------------------------------------------------------

    @Slot()
    def plan(self) -> None:
        """Plan a visit: a new one opens at Prepare."""
        if self.core is not None and self._can_leave():
            self.go_to_visit(VisitTarget(visits.plan(self.core).id, "prepare"))

    @Slot()
    def start_writing(self) -> None:
        """Write at once; who and what can be said afterwards."""
        if self.core is not None and self._can_leave():
            visit = visits.plan(self.core, start=self.core.clock.now())
            visits.begin(self.core, visit_id=visit.id)
            self.go_to_visit(VisitTarget(visit.id, "observe"))

    @Slot()
    def undo(self) -> None:
        """Take back the last own action: of the visit that shows, else of all."""
        self._travel(undoing=True)

    @Slot()
    def redo(self) -> None:
        """Bring back what the last undo took."""
        self._travel(undoing=False)

    def _travel(self, *, undoing: bool, scope: str | None = None) -> None:
        if self.core is None:
            return
        try:
            step = history.undo if undoing else history.redo
            action = step(self.core, scope=scope or self._scope())
        except NothingToUndo:
            words = self.tr("There is nothing to take back.") if undoing else self.tr("There is nothing to bring back.")
            self.window.show_message(Message(MessageKind.NEWS, words, icon="undo-2", key="undo"))
        except ObserveError as error:
            self._tell(error)
        else:
            words = undone_sentence(action, undoing=undoing)
            self.window.show_message(
                Message(MessageKind.NEWS, words, icon="undo-2" if undoing else "redo-2", key="undo")
            )

    @Slot(object)
    def _on_message_acted(self, message: Message) -> None:
        """A message that offers to take something back says of which visit: its key is "undo/VISIT"."""
        word, _slash, scope = message.key.partition("/")
        if word == "undo" and scope:
            self._travel(undoing=True, scope=scope)

    def _scope(self) -> str | None:
        page = self.window.current_page
        return page.undo_scope() if page is not None else None

    def _can_leave(self) -> bool:
        page = self.window.current_page
        return page is None or page.leave()

    def _tell(self, error: ObserveError) -> None:
        told = describe(error)
        self.window.show_message(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="error"))

    # --- what happens meanwhile -------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self._undo_state.start()

    @Slot(str)
    def _on_page_changed(self, _name: str) -> None:
        self.window.clear_message("undo")
        self._undo_state.start()

    @Slot()
    def _on_undo_state_due(self) -> None:
        if self.core is None:
            return
        try:
            state = history.state(self.core, scope=self._scope())
        except ObserveError as error:
            log.info("undo state unknown: %r", error)
            return
        # Without words both stay enabled: the action itself says that there is nothing.
        self.window.set_undo_state(
            what_was_done(state.undo) if state.undo else None, what_was_done(state.redo) if state.redo else None
        )

    @Slot()
    def _on_look_outside(self) -> None:
        if self.core is None:
            return
        try:
            changes = poll_outside(self.core)
        except ObserveError as error:
            log.info("could not look for changes from outside: %r", error)
            return
        if changes is not None:
            self.bus.publish(changes)

    @Slot()
    def _on_backup_due(self) -> None:
        core = self.core
        if core is not None:
            self.jobs.run(lambda _progress: backup.daily(core), Job(self, self._on_backed_up, self._on_backup_failed))

    def _on_backed_up(self, made: Path | None) -> None:
        if made is not None:
            log.info("daily backup made")
            self.window.clear_message("backup")

    def _on_backup_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            self.reporter.show_error(error)
            return
        told = describe(error)
        self.window.show_message(Message(MessageKind.LOOK, told.text, key="backup"))

    @Slot()
    def _on_closing(self) -> None:
        for timer in (self._outside, self._backup, self._undo_state):
            timer.stop()
        self.shut_down()

    def shut_down(self) -> None:
        """End jobs, then close the store; calling it twice is fine."""
        self.jobs.shutdown()
        if self._end_listening is not None:
            self._end_listening()
            self._end_listening = None
        if self.core is not None and self._owns_core:
            close(self.core)
        self.core = None
