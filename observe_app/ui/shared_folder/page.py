"""The place of the shared folder: set-up while there is none, then how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.sync import colleagues, counts, rounds, setup, status
from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.key_press import CommandKeys, pressed
from observe_app.ui.shared_folder.running_view import RunningView
from observe_app.ui.shared_folder.setup_view import SetupView
from observe_app.ui.shared_folder.sheets import LeaveSheet, WordsSheet
from observe_app.ui.shared_folder.state_words import error_sentence
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.progress import Progress as Counted
    from observe_app.services.core import Core
    from observe_app.services.sync.status import Line, NotLetIn, Overview
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.sync_desk import SyncDesk

_MOST_LINES = 200
_RELOAD_MS = 150


@dataclass(frozen=True, slots=True)
class _Found:
    """What the running page shows, read in a worker."""

    overview: Overview
    people: tuple[Colleague, ...]
    refused: tuple[NotLetIn, ...]
    lines: tuple[Line, ...]
    counted: tuple[Counted, ...]
    told: frozenset[str]


class SharedFolderPage(DataPage):
    """Everything about sharing.

    Signals:
        round_asked: exchange now. also_asked: show what two people wrote.
        stands_changed: folders were joined, left or paused; the rail asks again.
    """

    round_asked = Signal()
    also_asked = Signal()
    stands_changed = Signal()

    place: ClassVar[str] = "shared"
    tables: ClassVar[frozenset[str]] = frozenset({"person", "visit", "visit_share", "progress_count"})

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("shared_page")
        self._job: Job[_Found] | None = None
        self._trouble = ""
        self._moving = ""
        self._begun = False
        self._sync: SyncDesk | None = None
        self._is_busy = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RELOAD_MS)
        self._later.timeout.connect(self.reload)
        self.setup_view = SetupView(core, jobs, self)
        self.running = RunningView(core.clock, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.setup_view)
        self.stack.addWidget(self.running)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Shared folder."""
        return self.tr("Shared folder")

    def subtitle(self) -> str:
        """What it is for."""
        return self.tr("Exchange what you release, without a server or an account")

    def activate(self) -> None:
        """Set up, or show how it stands."""
        self._is_active = True
        first, self._begun = not self._begun, True
        shares = bool(setup.folders(self.core))
        setting_up = self.stack.currentWidget() is self.setup_view and not first
        if not shares and not setting_up:
            self.set_up(can_leave=False)
        elif shares and not setting_up:
            self._show_running()

    def leave(self) -> bool:
        """Words do not stay on a page that nobody looks at."""
        if self.stack.currentWidget() is self.setup_view and not setup.folders(self.core):
            self.setup_view.words.grid.set_hidden(hidden=True)
        return super().leave()

    def regions(self) -> tuple[QWidget, ...]:
        """The middle and the sides."""
        if self.stack.currentWidget() is self.setup_view:
            return (self.setup_view.stack, self.setup_view.check_panel)
        return (self.running.pane, self.running.side)

    def start_widget(self) -> QWidget | None:
        """The step's own place, or the exchange."""
        if self.stack.currentWidget() is self.setup_view:
            return self.setup_view.pane.start_widget()
        if not self.running.unlock.isHidden():
            return self.running.pass_edit
        return self.running.start_widget()

    def set_up(self, *, can_leave: bool) -> None:
        """Begin or join a folder."""
        self.stack.setCurrentWidget(self.setup_view)
        self.setup_view.begin(can_leave=can_leave)
        start = self.setup_view.pane.start_widget()
        if self.isVisible():
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, sync: SyncDesk) -> None:
        """Show what the rounds in the background come to."""
        self._sync = sync
        sync.stands.connect(self._on_stands)
        sync.busy_changed.connect(self._on_busy)
        self.round_asked.connect(sync.ask_round)
        self.stands_changed.connect(sync.look)

    @Slot(object)
    def _on_stands(self, found: Overview) -> None:
        trouble = self._sync.trouble if self._sync is not None else None
        self._trouble = error_sentence(trouble) if trouble is not None else ""
        if self._is_active:
            self.running.show_overview(found, self._trouble)
            self.setup_view.show_people()
            self._later.start()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.running.set_busy(busy=busy)

    @Slot()
    def reload(self) -> None:
        """Read what the page shows, in a worker."""
        if self.stack.currentWidget() is not self.running or self._job is not None:
            return
        core = self.core

        def work(_progress: Progress) -> _Found:
            return _Found(
                status.overview(core),
                colleagues.listing(core),
                status.not_let_in(core),
                status.lines(core, _MOST_LINES),
                counts.listing(core),
                frozenset(one.id for one in setup.folders(core) if counts.is_on(core, one.id)),
            )

        self._job = Job(self, self._on_read, self._on_read_failed)
        self.jobs.run(work, self._job)

    def _on_read(self, found: _Found) -> None:
        self._job = None
        self.running.show_overview(found.overview, self._trouble)
        self.running.show_people(found.people, kept=self.core.settings.get().words_kept)
        self.running.show_counts(found.counted, found.told)
        self.running.show_refused(found.refused)
        self.running.show_log(found.lines)
        self.running.set_busy(busy=self._is_busy)

    def _on_read_failed(self, error: Exception) -> None:
        self._job = None
        self._on_failed(error)

    def _show_running(self) -> None:
        self.stack.setCurrentWidget(self.running)
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5 exchanges, F1 shows the keys."""
        if pressed(event) == CommandKeys(self.core.settings.get().keys).key("keys"):
            self.show_keys()
        elif event.key() == Qt.Key.Key_F5 and self.stack.currentWidget() is self.running:
            self.running.round_button.click()
        else:
            super().keyPressEvent(event)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def show_keys(self) -> None:
        """Show every key of this page."""
        from observe_app.ui.shared_folder.keys import open_card  # noqa: PLC0415  (rarely wanted)

        open_card(self.core.settings.get().keys, self, setting_up=self.stack.currentWidget() is self.setup_view)

    @Slot()
    def _on_joined(self) -> None:
        self.stands_changed.emit()
        self.round_asked.emit()

    @Slot()
    def _on_set_up(self) -> None:
        self._show_running()
        self.running.round_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_another(self) -> None:
        self.set_up(can_leave=True)

    @Slot(str)
    def _on_same(self, fingerprint: str) -> None:
        self._act(lambda: colleagues.same(self.core, fingerprint))

    @Slot(str)
    def _on_other(self, fingerprint: str) -> None:
        self._act(lambda: colleagues.not_same(self.core, fingerprint))

    @Slot(str)
    def _on_unlock(self, passphrase: str) -> None:
        try:
            self.core.vault.unlock(passphrase)
        except ObserveError as error:
            told = describe(error)
            self.running.pass_field.set_warning(f"{told.text} {told.hint}".strip())
            self.running.pass_edit.selectAll()
            return
        self.running.pass_field.set_warning("")
        self.running.pass_edit.clear()
        self.round_asked.emit()

    @Slot(str, bool)
    def _on_pause(self, folder_id: str, paused: bool) -> None:
        self._act(lambda: rounds.pause(self.core, folder_id, paused))
        if not paused:
            self.round_asked.emit()

    @Slot(str, bool)
    def _on_told(self, folder_id: str, on: bool) -> None:
        self._act(lambda: counts.turn(self.core, folder_id, on=on))
        self.reload()  # the box says how it is, also where it could not be changed
        self.round_asked.emit()

    @Slot(str)
    def _on_open_folder(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    @Slot(str)
    def _on_move(self, folder_id: str) -> None:
        self._moving = folder_id
        dialog = QFileDialog(self, self.tr("Where does the shared folder lie now?"))
        dialog.setObjectName("move_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))
        dialog.fileSelected.connect(self.move_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def move_to(self, path: str) -> None:
        """Say where the folder that was meant lies now."""
        core, folder_id = self.core, self._moving

        def work(_progress: Progress) -> object:
            return setup.move(core, folder_id, Path(path))

        self.jobs.run(work, Job(self, self._on_moved, self._on_failed))

    def _on_moved(self, _folder: object) -> None:
        self.stands_changed.emit()
        self.round_asked.emit()
        self.reload()

    @Slot(str)
    def _on_leave(self, folder_id: str) -> None:
        block = self.running.blocks[folder_id]
        sheet = LeaveSheet(block.status, self)
        sheet.leave_chosen.connect(self._on_leave_chosen)
        sheet.open_over()

    @Slot(str)
    def _on_leave_chosen(self, folder_id: str) -> None:
        self._act(lambda: setup.leave(self.core, folder_id))
        if not setup.folders(self.core):
            self.set_up(can_leave=False)

    @Slot()
    def show_words(self) -> None:
        """Show the twelve words again, after a question."""
        sheet = WordsSheet(self.core, self.jobs, self)
        sheet.message_posted.connect(self.message_posted)
        sheet.closed.connect(self.reload)
        sheet.open_over()

    @Slot()
    def make_bundle(self) -> None:
        """Make a file for mail or a stick."""
        from observe_app.ui.shared_folder.bundle_sheets import MakeBundleSheet  # noqa: PLC0415  (rarely wanted)

        sheet = MakeBundleSheet(self.core, self.jobs, self)
        sheet.message_posted.connect(self.message_posted)
        sheet.open_over()

    @Slot()
    def _on_open_bundle(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a file"))
        dialog.setObjectName("open_bundle_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Files of Observe (*.observe)"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
        dialog.fileSelected.connect(self.open_bundle)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def open_bundle(self, name: str) -> None:
        """Show what is in a file that somebody gave, and offer to bring it in."""
        from observe_app.ui.shared_folder.bundle_sheets import OpenBundleSheet  # noqa: PLC0415  (as above)

        sheet = OpenBundleSheet(self.core, self.jobs, Path(name), self)
        sheet.message_posted.connect(self.message_posted)
        sheet.closed.connect(self.reload)
        sheet.open_over()

    def _act(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]  # one of the above
        except ObserveError as error:
            self._on_failed(error)
            return
        self.stands_changed.emit()
        self.reload()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="shared"))

    def _connect(self) -> None:
        view, running = self.setup_view, self.running
        view.joined.connect(self._on_joined)
        view.finished.connect(self._on_set_up)
        view.left.connect(self._on_set_up)
        view.message_posted.connect(self.message_posted)
        running.round_asked.connect(self.round_asked)
        running.unlock_asked.connect(self._on_unlock)
        running.also_asked.connect(self.also_asked)
        running.people.same_said.connect(self._on_same)
        running.people.other_said.connect(self._on_other)
        running.side.words_asked.connect(self.show_words)
        running.side.another_asked.connect(self._on_another)
        running.side.bundle_asked.connect(self.make_bundle)
        running.side.open_asked.connect(self._on_open_bundle)
        running.side.keys_asked.connect(self.show_keys)
        running.pause_asked.connect(self._on_pause)
        running.told_asked.connect(self._on_told)
        running.open_asked.connect(self._on_open_folder)
        running.move_asked.connect(self._on_move)
        running.leave_asked.connect(self._on_leave)
