"""Rounds with the shared folders in the background: on a beat, after changes, on hints of the folder, at the end.

Never two at once, never in the window's thread, and never a word over the page: how it went is the rail's state and a
line of the shared folder's own page. Changes that came reach the pages by the bus, like all others.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from observe_app.domain.errors import ObserveError, SyncBusy
from observe_app.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.changes import Changes
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.sync.status import Overview
    from observe_app.ui.bus import ChangeBus

log = logging.getLogger(__name__)

BEAT_MS = 45_000
FIRST_MS = 1_500
QUIET_MS = 5_000
HINT_MS = 1_500
LOOK_MS = 400
LAST_S = 3.0
"""Seconds that the last round may take while the program ends."""
BREATHE_S = 0.001
_MOST_WATCHED = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round led to. `trouble`: why none could be run, None for none. `places`: folders to be watched."""

    overview: Overview
    trouble: Exception | None = None
    places: tuple[str, ...] = ()


class SyncDesk(QObject):
    """Runs rounds, and says how sharing stands.

    Signals:
        stands: an `Overview`, whenever it may be another one. busy_changed: a round began or ended.
        round_ended: after each round, whatever came of it.
    """

    stands = Signal(object)
    busy_changed = Signal(bool)
    round_ended = Signal()

    def __init__(self, core: Core, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        # Threads of its own: a folder that does not answer must not hold up what a person asked for.
        self._jobs = JobRunner(self, workers=1)
        self._overview: Overview | None = None
        self._trouble: Exception | None = None
        self._is_busy = False
        self._again = False
        self._ended = False
        self._beat = self._timer(BEAT_MS, self.ask_round)
        self._first = self._timer(FIRST_MS, self.ask_round, once=True)
        self._quiet = self._timer(QUIET_MS, self.ask_round, once=True)
        self._hint = self._timer(HINT_MS, self.ask_round, once=True)
        self._look = self._timer(LOOK_MS, self.look, once=True)
        self._watcher: QFileSystemWatcher | None = None
        bus.changed.connect(self._on_changed)

    # --- public -----------------------------------------------------------------------------------

    @property
    def overview(self) -> Overview | None:
        """How sharing stood when it was last looked at, None before the first look."""
        return self._overview

    @property
    def trouble(self) -> Exception | None:
        """Why the last round could not be run at all."""
        return self._trouble

    @property
    def is_busy(self) -> bool:
        """A round runs."""
        return self._is_busy

    def begin(self) -> None:
        """Let rounds begin once the window has settled."""
        self._first.start()

    @Slot()
    def ask_round(self) -> None:
        """Run a round, after the one that runs."""
        if self._ended:
            return
        if self._is_busy:
            self._again = True
            return
        for timer in (self._first, self._quiet, self._hint, self._look):
            timer.stop()
        self._is_busy = True
        self.busy_changed.emit(True)
        core = self._core

        def work(progress: Progress) -> Outcome:
            return _round(core, progress)

        self._jobs.run(work, Job(self, self._on_round, self._on_failed, on_cancel=self._on_cancelled))

    @Slot()
    def look(self) -> None:
        """See how sharing stands, without a round."""
        if self._ended or self._is_busy:
            return
        core = self._core

        def work(_progress: Progress) -> Outcome:
            from observe_app.services.sync import status  # noqa: PLC0415  (with what encrypts)

            return Outcome(status.overview(core))

        self._jobs.run(work, Job(self, self._on_looked, self._on_look_failed))

    def end(self) -> None:
        """Run a last short round where something waits, then run none any more. Called with no job of ours wanted."""
        if self._ended:
            return
        self._ended = True
        for timer in (self._beat, self._first, self._quiet, self._hint, self._look):
            timer.stop()
        if self._watcher is not None:
            # Now and here: it listens to the system in this thread, and must not be collected in another one.
            shiboken6.delete(self._watcher)
            self._watcher = None
        self._jobs.shutdown()
        if self._wants_last_round():
            _last_round(self._core)

    # --- rounds -----------------------------------------------------------------------------------

    def _on_round(self, outcome: Outcome) -> None:
        self._set_trouble(outcome.trouble)
        self._watch(outcome.places)
        self._finish(outcome.overview)

    def _on_failed(self, error: Exception) -> None:
        log.warning("a round with the shared folder failed", exc_info=error)
        self._set_trouble(error)
        self._finish(self._overview)

    def _on_cancelled(self) -> None:
        self._finish(self._overview)

    def _finish(self, overview: Overview | None) -> None:
        self._is_busy = False
        if self._ended:
            return
        self._tell(overview)
        self.busy_changed.emit(False)
        self.round_ended.emit()
        if overview is not None and overview.folders:
            self._beat.start()
        else:
            self._beat.stop()
        if self._again:
            self._again = False
            self._hint.start()

    def _on_looked(self, outcome: Outcome) -> None:
        self._tell(outcome.overview)
        if outcome.overview.folders and not self._beat.isActive():
            self._beat.start()

    def _on_look_failed(self, error: Exception) -> None:
        log.info("how sharing stands is unknown: %s", type(error).__name__)

    def _set_trouble(self, error: Exception | None) -> None:
        # Another program that is at it does what is to do; that is no trouble of ours.
        self._trouble = None if isinstance(error, SyncBusy) else error

    def _tell(self, overview: Overview | None) -> None:
        if overview is not None:
            self._overview = overview
            self.stands.emit(overview)

    def _wants_last_round(self) -> bool:
        from observe_app.services.sync.status import Standing  # noqa: PLC0415  (loaded by now)

        found = self._overview
        if found is None or not found.folders:
            return False
        return found.standing in (Standing.FINE, Standing.WAITING)

    # --- what asks for a round --------------------------------------------------------------------

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._ended:
            return
        if changes.initiator != "sync" and self._overview is not None and self._overview.folders:
            self._quiet.start()
            self._look.start()
        elif changes.initiator == "sync":
            self._look.start()

    @Slot(str)
    def _on_hint(self, _place: str) -> None:
        if not self._hint.isActive():
            self._hint.start()

    @Slot()
    def on_activated(self) -> None:
        """The person came back to the window: see soon what others did meanwhile."""
        if not self._ended and self._overview is not None and self._overview.folders:
            self._hint.start()

    def _watch(self, places: tuple[str, ...]) -> None:
        """Follow these folders; hints may come late or never, the beat does not depend on them."""
        if self._ended or (self._watcher is None and not places):
            return
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._on_hint)
        have = set(self._watcher.directories())
        gone = [one for one in have if one not in places]
        fresh = [one for one in places if one not in have]
        if gone:
            self._watcher.removePaths(gone)
        if fresh:
            self._watcher.addPaths(fresh)

    def _timer(self, interval: int, slot: Callable[[], object], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer


def _round(core: Core, progress: Progress) -> Outcome:
    """Run a round with every folder; what keeps it from that is part of the outcome."""
    from observe_app.services.sync import rounds, setup, status  # noqa: PLC0415  (with what encrypts)

    if not setup.folders(core):
        return Outcome(status.overview(core))
    trouble: Exception | None = None
    try:
        setup.refresh_card(core)
        rounds.run_round(core, lambda *_: not progress.stopping, breathe=BREATHE_S)
    except ObserveError as error:
        trouble = error
    found = status.overview(core)
    return Outcome(found, trouble, _places(found))


def _places(found: Overview) -> tuple[str, ...]:
    """Return what to watch of the folders that can be reached."""
    places: list[str] = []
    for one in found.folders:
        if one.folder.paused or one.report.problem:
            continue
        room = Path(one.folder.path) / "observe"
        for path in (room / "people", room / "d", *_inside(room / "d")):
            try:
                if path.is_dir():
                    places.append(str(path))
            except OSError:
                continue
    return tuple(places[:_MOST_WATCHED])


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())[:_MOST_WATCHED]
    except OSError:
        return []


def _last_round(core: Core) -> None:
    """Run a round that stops by itself soon."""
    from observe_app.services.sync import rounds  # noqa: PLC0415  (loaded by now)

    until = time.monotonic() + LAST_S
    try:
        rounds.run_round(core, lambda *_: time.monotonic() < until)
    except ObserveError as error:
        log.info("no last round: %s", type(error).__name__)
    except Exception as error:  # whatever it is, the record must be closed after it
        log.warning("the last round with the shared folder failed", exc_info=error)
