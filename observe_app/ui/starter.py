"""From a painted shell to a working window: opens the data in a worker, says why when it cannot.

It imports as little as it can: the shell is on the screen before any database library, service or page is loaded.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.ui.jobs import Job, JobRunner
from observe_app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QSettings

    from observe_app.domain.errors import ObserveError
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.protection import Changed, GetVault, Wish
    from observe_app.ui.desk import Desk
    from observe_app.ui.errors import ErrorReporter
    from observe_app.ui.opening_locked import OpeningLockedSheet
    from observe_app.ui.protecting import ProtectingSheet
    from observe_app.ui.theme import ThemeController
    from observe_app.ui.widgets.message_bar import Message

    OpenCore = Callable[[], Core]


class Starter(QObject):
    """One window from its first paint to its end.

    Args:
        open_core: opens the data folder; called in a worker.
        folder: the data folder.
        theme: the look of the application.
        settings: where the window's geometry is kept; None keeps it nowhere.
        owns_core: close the data folder with the window.
        vault: what `open_core` opens a protected record with; None offers nobody to unlock it.

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
        vault: GetVault | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._vault = vault
        self._locked: OpeningLockedSheet | None = None
        self._protecting: ProtectingSheet | None = None
        self._told: Message | None = None
        self._open_core, self._folder, self._theme, self._owns_core = open_core, folder, theme, owns_core
        self._reporter: ErrorReporter | None = None
        self.desk: Desk | None = None
        self.jobs = JobRunner(self)
        self.window = MainWindow(settings)
        self.window.first_painted.connect(self._on_first_painted)
        self.window.closing.connect(self.end)

    def show(self) -> None:
        """Show the window; everything else follows its first paint."""
        self.window.show()

    @Slot()
    def end(self) -> None:
        """End jobs, then close the data folder; calling it twice is fine."""
        self.jobs.shutdown()
        if self.desk is not None:
            self.desk.end()
            self.desk = None
        if self._reporter is not None:
            self._reporter.uninstall()
            self._reporter = None

    # --- opening ----------------------------------------------------------------------------------

    @Slot()
    def _on_first_painted(self) -> None:
        self.jobs.run(self._work_open, Job(self, self._on_opened, self._on_failed))

    def _work_open(self, _progress: Progress) -> Core:
        core = self._open_core()
        # What the first page asks, so that the window's thread need not load it. Nothing of `ui`: see `load_code`.
        from observe_app.services import backup, history, people, talk, visits, words  # noqa: F401, PLC0415

        return core

    def _on_opened(self, core: Core) -> None:
        from observe_app.ui.desk import Desk  # noqa: PLC0415  (after the first paint)

        if self._locked is not None:
            self._locked.finish()
            self._locked = None
        desk = Desk(
            core,
            window=self.window,
            jobs=self.jobs,
            theme=self._theme,
            reporter=self._reporting(),
            owns_core=self._owns_core,
            parent=self,
        )
        desk.restore_asked.connect(self.restore)
        desk.protection_asked.connect(self.change_protection)
        self.desk = desk
        desk.begin()
        if self._told is not None:
            self.window.go("settings")
            self.window.show_message(self._told)
            self._told = None
        self.ready.emit()

    def _on_failed(self, error: Exception) -> None:
        from observe_app.domain import errors  # noqa: PLC0415  (only when something is wrong)
        from observe_app.ui.opening_failed import OpeningFailedSheet  # noqa: PLC0415

        if isinstance(error, errors.ObserveError) and self._asked_again(error):
            return
        if isinstance(error, errors.ObserveError):
            sheet = OpeningFailedSheet(error, self._folder, self.window, key=self._key())
            sheet.restore_chosen.connect(self.restore)
            sheet.rejected.connect(self.window.close)
            sheet.open_over()
        else:
            self._reporting().show_error(error)
        self.failed.emit(error)

    def _reporting(self) -> ErrorReporter:
        from observe_app.ui.errors import ErrorReporter  # noqa: PLC0415  (loaded by now)

        if self._reporter is None:
            self._reporter = ErrorReporter(self)
            self._reporter.set_window(self.window)
            self._reporter.install()
        return self._reporter

    # --- going back to a backup -------------------------------------------------------------------

    @Slot(object)
    def restore(self, backup_file: Path) -> None:
        """Put a backup in the record's place, then load everything again; what stood there is kept beside it."""
        from observe_app.domain.clock import SystemClock  # noqa: PLC0415  (rare)
        from observe_app.services import backup  # noqa: PLC0415

        folder, key = self._folder, self._key()
        self._leave_desk()
        self.jobs.run(
            lambda _progress: backup.restore(folder, backup_file, SystemClock(), holding_lock=True, key=key),
            Job(self, self._on_restored, self._on_restore_failed),
        )

    def _leave_desk(self) -> None:
        desk, self.desk = self.desk, None
        self.window.detach()
        if desk is not None:
            desk.end()
            desk.deleteLater()

    def _key(self) -> bytes | None:
        """Return what protects the record, where that is known without asking anybody."""
        from observe_app.services import protection  # noqa: PLC0415  (rare)

        if self.desk is not None:
            return self.desk.core.store.key or protection.silent_key(self.desk.core.vault)
        return None if self._vault is None else protection.silent_key(self._vault())

    def _on_restored(self, _kept_aside: Path | None) -> None:
        self._on_first_painted()

    def _on_restore_failed(self, error: Exception) -> None:
        self._reporting().show_error(error)
        self._on_first_painted()

    # --- a protected record -----------------------------------------------------------------------

    def _asked_again(self, error: ObserveError) -> bool:
        """Ask for what opens the record; False where nothing that a person could type does."""
        from observe_app.ui import opening_locked  # noqa: PLC0415  (only for a protected record)

        if self._vault is None or not opening_locked.can_ask(error):
            return False
        if self._locked is None:
            vault = self._vault()
            by_passphrase = vault.place() == "passphrase"
            sheet = opening_locked.OpeningLockedSheet(
                self.window,
                by_passphrase=by_passphrase,
                has_words=vault.wrapped_key.exists(),
                needs_passphrase=by_passphrase or not vault.keyring_usable(),
            )
            sheet.passphrase_given.connect(self._on_passphrase)
            sheet.words_given.connect(self._on_words)
            sheet.rejected.connect(self.window.close)
            sheet.open_over()
            self._locked = sheet
        else:
            self._locked.show_error(error)
        self.failed.emit(error)
        return True

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        self.jobs.run(partial(self._work_unlock, passphrase), Job(self, self._on_opened, self._on_failed))

    def _work_unlock(self, passphrase: str, progress: Progress) -> Core:
        from observe_app.services import protection  # noqa: PLC0415

        if self._vault is not None:
            protection.unlock(self._folder, self._vault(), passphrase)
        return self._work_open(progress)

    @Slot(str, str)
    def _on_words(self, words: str, passphrase: str) -> None:
        self.jobs.run(partial(self._work_words, words, passphrase), Job(self, self._on_opened, self._on_failed))

    def _work_words(self, words: str, passphrase: str, progress: Progress) -> Core:
        from observe_app.services import protection  # noqa: PLC0415

        if self._vault is not None:
            protection.open_with_words(self._folder, self._vault(), words, passphrase or None)
        return self._work_open(progress)

    @Slot(object)
    def change_protection(self, wish: Wish) -> None:
        """Protect the record or end that, then load everything again; what is open is closed meanwhile."""
        from observe_app.domain.clock import SystemClock  # noqa: PLC0415  (rare)
        from observe_app.services import protection  # noqa: PLC0415
        from observe_app.ui.protecting import ProtectingSheet  # noqa: PLC0415

        if self.desk is None:
            return
        folder, vault = self._folder, self.desk.core.vault
        self._vault = self._vault or (lambda: vault)
        self._leave_desk()
        self._protecting = sheet = ProtectingSheet(self.window, on=wish.on)
        job = Job(self, self._on_protected, self._on_not_protected, sheet.show_progress, self._on_protecting_stopped)
        sheet.stopped.connect(job.cancel)
        sheet.open_over()
        self.jobs.run(partial(protection.fulfil, folder, vault, wish, SystemClock()), job)

    def _on_protected(self, changed: Changed) -> None:
        from observe_app.ui.protecting import message_of  # noqa: PLC0415

        self._told = message_of(changed)
        self._reopen()

    def _on_not_protected(self, error: Exception) -> None:
        self._reopen()
        self._reporting().show_error(error)

    def _on_protecting_stopped(self) -> None:
        self._reopen()

    def _reopen(self) -> None:
        if self._protecting is not None:
            self._protecting.finish()
            self._protecting = None
        self._on_first_painted()
