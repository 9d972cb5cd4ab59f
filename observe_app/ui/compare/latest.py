"""The newest question counts: an answer to an earlier one is dropped, so that quick choices never flicker back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from observe_app.domain.errors import ObserveError
from observe_app.ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.progress import Progress
    from observe_app.ui.jobs import JobRunner

T = TypeVar("T")


class Latest(QObject):
    """Asks services in a job; only the answer to the last question comes back.

    Signals:
        failed: an `ObserveError` that the last question ended with.
        busy_changed: whether a question is open.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._number = 0
        self._job: Job[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a question is open."""
        return self._job is not None

    def ask(self, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        """Ask; an earlier question is given up."""
        self.drop()
        number = self._number
        self._job = Job(self, partial(self._on_done, number, done), partial(self._on_error, number))
        self._jobs.run(work, self._job)
        self.busy_changed.emit(True)

    def drop(self) -> None:
        """Want no answer any more."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy_changed.emit(False)

    def _on_done(self, number: int, done: Callable[[Any], object], result: object) -> None:
        if number != self._number:
            return
        self._job = None
        self.busy_changed.emit(False)
        done(result)

    def _on_error(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._job = None
        self.busy_changed.emit(False)
        if not isinstance(error, ObserveError):
            raise error
        self.failed.emit(error)
