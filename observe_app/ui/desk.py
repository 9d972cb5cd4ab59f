"""The program behind the window once the data is open: pages, undo, changes from outside, backups, an end in order."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from observe_app.domain.errors import NothingToUndo, ObserveError
from observe_app.domain.key_table import key_of
from observe_app.services import backup, history, opened, visits
from observe_app.services.core import close, load_ahead, poll_outside, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.drop import ReplyDrop
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.key_press import SYSTEM
from observe_app.ui.pages import CODE, load_code, page_factories
from observe_app.ui.reply_count import ReplyCount
from observe_app.ui.sync_desk import SyncDesk
from observe_app.ui.sync_rail import RailState
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.undo_words import undone_sentence, what_was_done
from observe_app.ui.widgets.message_bar import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from observe_app.domain.changes import Changes
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.protection import Wish
    from observe_app.ui.errors import ErrorReporter
    from observe_app.ui.groups.tab_base import GroupsTarget
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.main_window import MainWindow
    from observe_app.ui.palette import Provider
    from observe_app.ui.theme import ThemeController

log = logging.getLogger(__name__)

_LOOK_OUTSIDE_MS = 1000
_BACKUP_EVERY_MS = 3_600_000
_FIRST_BACKUP_MS = 2000
_UNDO_STATE_MS = 150
_LOAD_AHEAD_MS = 30
_BUILD_AHEAD_MS = 120


def start_page(core: Core) -> str:
    """Return the name of the page that a start leads to."""
    return "today" if core.settings.get().first_run_done else "first_run"


def _load_services(core: Core, _progress: Progress) -> None:
    """Load what the pages ask besides the first one's; in a worker, which may load nothing that defines a Qt class.

    The forms are read here, too: a visit that is prepared lists them, and the window would stand still meanwhile.
    """
    from observe_app.services import answers, demo, notes, search  # noqa: F401, PLC0415
    from observe_app.services.exchange import notes_in, people_in  # noqa: F401, PLC0415

    with suppress(ObserveError):  # the page that lists them says what is wrong
        core.catalogue.entries()
    load_ahead()


class Desk(QObject):
    """One window on one open data folder.

    Args:
        core: the open data folder. owns_core: close it at the end.
        window: the shell that was painted already.
        jobs, theme, reporter: of the application.

    Signals:
        restore_asked: Path of a backup to put in the record's place.
        protection_asked: a `Wish`: protect the record, or end that.
    """

    restore_asked = Signal(object)
    protection_asked = Signal(object)

    def __init__(
        self,
        core: Core,
        *,
        window: MainWindow,
        jobs: JobRunner,
        theme: ThemeController,
        reporter: ErrorReporter,
        owns_core: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.core = core
        self.window, self.jobs, self.theme = window, jobs, theme
        self.bus = ChangeBus(self)
        self._reporter = reporter
        self._owns_core = owns_core
        self._ended = False
        self._load_ahead = list(CODE)
        self._ahead = ["visit", "visit/inside", "visits", "people", "forms"]
        self._outside = self._timer(_LOOK_OUTSIDE_MS, self._on_look_outside)
        self._backup = self._timer(_BACKUP_EVERY_MS, self._on_backup_due)
        self._undo_state = self._timer(_UNDO_STATE_MS, self._on_undo_state_due, once=True)
        self.replies = ReplyDrop(core, self, self)
        self._reply_count = ReplyCount(core, self.bus, window, self)
        self.sync = SyncDesk(core, self.bus, self)
        self._rail_state = RailState(self.sync, window, self)
        self._connect()
        self._end_listening = subscribe(core, self.bus.publish)

    # --- public -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Give the window its pages and go to the first."""
        opened.clear(self.core)  # what an end without order left
        self.window.attach(page_factories(self.core, self), start=start_page(self.core))
        self.window.set_finders(self._finders)
        self.window.blank.set_clock(self.core.clock)
        self.apply_keys()
        self._outside.start()
        self._backup.start()
        QTimer.singleShot(_FIRST_BACKUP_MS, self, self._on_backup_due)
        self._undo_state.start()
        self.sync.begin()
        # What the other pages ask, then their code, so that the first visit to one of them does not wait for it.
        self.jobs.run(partial(_load_services, self.core), Job(self, self._on_loaded, self._reporter.show_error))
        if self.core.settings.problem is not None:
            self._tell(self.core.settings.problem)

    def _finders(self) -> Sequence[Provider]:
        from observe_app.ui.finders import providers  # noqa: PLC0415  (wanted with the first Ctrl+K)

        return providers(self.core, self)

    def _on_loaded(self, _nothing: None) -> None:
        QTimer.singleShot(_LOAD_AHEAD_MS, self, self._on_load_ahead)

    @Slot()
    def _on_load_ahead(self) -> None:
        """Load the code of the pages, a part each turn."""
        if self._ended:
            return
        load_code(self._load_ahead.pop(0))
        if self._load_ahead:
            QTimer.singleShot(_LOAD_AHEAD_MS, self, self._on_load_ahead)
        else:
            QTimer.singleShot(_BUILD_AHEAD_MS, self, self._on_build_ahead)

    @Slot()
    def _on_build_ahead(self) -> None:
        """Build the next page that was not visited yet: one a turn, so that no turn is long and no visit waits."""
        if self._ended or not self._ahead:
            return
        name, _slash, inside = self._ahead.pop(0).partition("/")
        page = self.window.page(name)
        if inside:
            page.build_ahead()
        QTimer.singleShot(_BUILD_AHEAD_MS, self, self._on_build_ahead)

    @Slot(object)
    def go_to_visit(self, target: VisitTarget) -> None:
        """Go to a visit: to a stage of it, or to where it stands; to a note when the target names one."""
        page = self.window.page("visit")
        if page is not self.window.current_page and not self._can_leave():
            return
        page.show_target(target)  # type: ignore[attr-defined]  # `pages` makes a VisitPage under this name
        self.window.go("visit")

    @Slot()
    def read_reply(self) -> None:
        """Ask for a filled PDF and show what is in it."""
        self.replies.ask_file()

    @Slot()
    def open_journal(self) -> None:
        """Go to one's own journal."""
        self.window.go("journal")

    @Slot()
    def open_also(self) -> None:
        """List what several people wrote into one place."""
        from observe_app.ui.also.page import AlsoPage  # noqa: PLC0415  (wanted from the palette)

        if self._can_leave():
            AlsoPage(self.core, self.bus, self.window).open_over()

    @Slot()
    def go_to_visits(self) -> None:
        """Go to the list of visits."""
        self.window.go("visits")

    def go_to_compare(self, tab: str) -> None:
        """Go to a view of Compare, by its stable name."""
        self._compare(tab, "")

    @Slot(str)
    def compare_visit(self, visit_id: str) -> None:
        """Show one lesson in Compare."""
        self._compare("lesson", visit_id)

    @Slot(str)
    def compare_term(self, visit_id: str) -> None:
        """Show in Compare what changed over the visits of a visit's teacher."""
        self._compare("term", visit_id)

    def _compare(self, tab: str, visit_id: str) -> None:
        from observe_app.ui.compare import CompareTarget  # noqa: PLC0415  (loaded when it is first wanted)

        page = self.window.page("compare")
        if page is self.window.current_page or self._can_leave():
            page.go_to(CompareTarget(tab, visit_id))  # type: ignore[attr-defined]  # `pages` makes a ComparePage
            self.window.go("compare")

    @Slot(object)
    def go_to_groups(self, target: GroupsTarget) -> None:
        """Go to a part of Groups, or to a record in it."""
        page = self.window.page("groups")
        if page is self.window.current_page or self._can_leave():
            page.go_to(target)  # type: ignore[attr-defined]  # `pages` makes a GroupsPage
            self.window.go("groups")

    def go_to_person(self, person_id: str) -> None:
        """Go to a person."""
        page = self.window.go("people")
        if page is not None:
            page.show_person(person_id)  # type: ignore[attr-defined]  # `pages` makes a PeoplePage under this name

    def go_to_form(self, form_id: str) -> None:
        """Go to a form in the library."""
        page = self.window.go("forms")
        if page is not None:
            page.show_form(form_id)  # type: ignore[attr-defined]  # `pages` makes a FormsPage under this name

    def new_form(self) -> None:
        """Ask for a title and begin a form."""
        page = self.window.go("forms")
        if page is not None:
            page.new_form()  # type: ignore[attr-defined]  # as above

    def import_form(self) -> None:
        """Ask for a file or a table and bring a form in."""
        page = self.window.go("forms")
        if page is not None:
            page.import_form()  # type: ignore[attr-defined]  # as above

    @Slot(str)
    def plan_with_form(self, form_id: str) -> None:
        """Plan a visit with this form."""
        if self._can_leave():
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

    @Slot(int)
    def apply_text_size(self, percent: int) -> None:
        """Make all words larger or smaller: the window is built again around the settings."""
        if self._ended or not self._can_leave():
            return
        self.theme.set_text_size(percent)
        self.window.build_again()
        self.window.attach(page_factories(self.core, self), start="settings")
        self.window.set_finders(self._finders)
        self._undo_state.start()
        self.window.current_page.return_to_text_size()  # type: ignore[union-attr]  # `pages` makes a SettingsPage

    @Slot(bool)
    def apply_motion(self, reduced: bool) -> None:
        """Turn every movement off, or on again."""
        self.theme.set_reduced_motion(reduced=reduced)

    @Slot()
    def apply_keys(self) -> None:
        """Obey the keys that count everywhere as they are kept now."""
        self.window.set_blank_key(key_of("blank", self.core.settings.get().keys, SYSTEM))

    @Slot(object)
    def restore(self, backup_file: Path) -> None:
        """Put a backup in the place of the record and load everything again."""
        if self._can_leave():
            self.restore_asked.emit(backup_file)

    @Slot(object)
    def protect(self, wish: Wish) -> None:
        """Protect the record, or end that, and load everything again."""
        if self._can_leave():
            self.protection_asked.emit(wish)

    # --- wiring -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        window = self.window
        window.plan_requested.connect(self.plan)
        window.start_requested.connect(self.start_writing)
        window.undo_requested.connect(self.undo)
        window.redo_requested.connect(self.redo)
        window.page_changed.connect(self._on_page_changed)
        window.message_acted.connect(self._on_message_acted)
        window.activated.connect(self.sync.on_activated)
        self.bus.changed.connect(self._on_changed)

    def _timer(self, interval: int, slot: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer

    # --- what can be done from anywhere -----------------------------------------------------------

    @Slot()
    def plan(self) -> None:
        """Plan a visit: a new one opens at Prepare."""
        if self._can_leave():
            self.go_to_visit(VisitTarget(visits.plan(self.core).id, "prepare"))

    @Slot()
    def start_writing(self) -> None:
        """Write at once; who and what can be said afterwards."""
        if self._can_leave():
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
        try:
            step = history.undo if undoing else history.redo
            action = step(self.core, scope=scope or self._scope())
        except NothingToUndo:
            words = self.tr("There is nothing to take back.") if undoing else self.tr("There is nothing to bring back.")
            self.window.show_message(Message(MessageKind.NEWS, words, icon="undo-2", key="undo"))
        except ObserveError as error:
            self._tell(error)
        else:
            self._on_undo_state_due()  # at once: the way back is often the next key
            words = undone_sentence(action, undoing=undoing)
            self.window.show_message(
                Message(MessageKind.NEWS, words, icon="undo-2" if undoing else "redo-2", key="undo")
            )

    @Slot(object)
    def _on_message_acted(self, message: Message) -> None:
        """A message that takes back or opens something says what: "undo/ID", "undo/", "visit/ID", "folder/PATH"."""
        word, slash, scope = message.key.partition("/")
        if word == "undo" and slash:
            self._travel(undoing=True, scope=scope or None)
        elif word == "folder" and scope:
            QDesktopServices.openUrl(QUrl.fromLocalFile(scope))
        elif word == "visit" and scope:
            self.go_to_visit(VisitTarget(scope))

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
        if not self._ended:  # what another thread told may come after the end
            self._undo_state.start()

    @Slot(str)
    def _on_page_changed(self, _name: str) -> None:
        self.window.clear_message("undo")
        said = self.window.message_bar.message
        if said is not None and said.key.startswith("visit/"):
            self.window.clear_message(said.key)
        self._undo_state.start()

    @Slot()
    def _on_undo_state_due(self) -> None:
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
        try:
            changes = poll_outside(self.core)
        except ObserveError as error:
            log.info("could not look for changes from outside: %r", error)
            return
        if changes is not None:
            self.bus.publish(changes)

    @Slot()
    def _on_backup_due(self) -> None:
        if self._ended:
            return
        core = self.core
        self.jobs.run(lambda _progress: backup.daily(core), Job(self, self._on_backed_up, self._on_backup_failed))

    def _on_backed_up(self, made: Path | None) -> None:
        if made is not None:
            log.info("daily backup made")
            self.window.clear_message("backup")

    def _on_backup_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            self._reporter.show_error(error)
            return
        told = describe(error)
        self.window.show_message(Message(MessageKind.LOOK, told.text, key="backup"))

    def end(self) -> None:
        """Stop following anything and close the data folder; calling it twice is fine. Jobs must have ended."""
        if self._ended:
            return
        self._ended = True
        self._reply_count.stop()
        self._rail_state.stop()
        self.sync.end()
        for timer in (self._outside, self._backup, self._undo_state):
            timer.stop()
        self._end_listening()
        opened.clear(self.core)
        if self._owns_core:
            close(self.core)
