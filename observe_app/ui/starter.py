"""From a painted shell to a working window: opens the data in a worker, says why when it cannot.

It imports as little as it can: the shell is on the screen before any database library, service or page is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.ui.jobs import Job, JobRunner
from observe_app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QSettings

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk
    from observe_app.ui.errors import ErrorReporter
    from observe_app.ui.theme import ThemeController

    OpenCore = Callable[[], Core]


class Starter(QObject):
    """One window from its first paint to its end.

    Args:
        open_core: opens the data folder; called in a worker.
        folder: the data folder.
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
        self.desk = desk
        desk.begin()
        self.ready.emit()

    def _on_failed(self, error: Exception) -> None:
        from observe_app.domain.errors import ObserveError  # noqa: PLC0415  (only when something is wrong)
        from observe_app.ui.opening_failed import OpeningFailedSheet  # noqa: PLC0415

        if isinstance(error, ObserveError):
            sheet = OpeningFailedSheet(error, self._folder, self.window)
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

        folder, desk = self._folder, self.desk
        self.desk = None
        self.window.detach()
        if desk is not None:
            desk.end()
            desk.deleteLater()
        self.jobs.run(
            lambda _progress: backup.restore(folder, backup_file, SystemClock(), holding_lock=True),
            Job(self, self._on_restored, self._on_restore_failed),
        )

    def _on_restored(self, _kept_aside: Path | None) -> None:
        self._on_first_painted()

    def _on_restore_failed(self, error: Exception) -> None:
        self._reporting().show_error(error)
        self._on_first_painted()
