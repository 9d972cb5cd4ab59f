"""Background jobs: long work runs off the GUI thread, its results come back on it.

One application-lifetime QObject carries every message to the GUI thread, because emitting on an
object that has died raises inside the worker.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from observe_app.domain.progress import Cancelled, Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")

_REPORT_EVERY = 0.05  # seconds; a loop of 100,000 steps must not flood the GUI thread
_SHUTDOWN = 10.0  # seconds that a job has to notice that it was cancelled


def _nothing() -> None:
    """Do nothing: a caller that does not mind a cancel."""


def _no_progress(_done: int, _total: int, _text: str) -> None:
    """Do nothing: a caller that shows no progress."""


@dataclass(eq=False)
class Job(Generic[T]):
    """Handle of one piece of work: a plain object, so nothing Qt is destroyed across threads.

    Attributes:
        context: callbacks are dropped once this object is deleted.
        on_done: gets the result. on_error: gets the exception, traceback included.
        on_progress: gets (done, total, text), at most twenty times a second.
        on_cancel: called instead of the others when the work stopped because it was asked to.
    """

    context: QObject
    on_done: Callable[[T], object]
    on_error: Callable[[Exception], object]
    on_progress: Callable[[int, int, str], object] = _no_progress
    on_cancel: Callable[[], object] = _nothing
    progress: Progress = field(init=False, default_factory=Progress)
    future: Future[T] | None = field(init=False, default=None)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; work that has not begun never begins."""
        self.progress.cancel()
        if self.future is not None:
            self.future.cancel()


class JobRunner(QObject):
    """Runs services in two threads.

    Signals:
        idle: the last running job ended.
    """

    idle = Signal()
    _post = Signal(object)

    def __init__(self, parent: QObject | None = None, *, workers: int = 2) -> None:
        super().__init__(parent)
        self._workers = workers
        self._ended = False
        self._pool: ThreadPoolExecutor | None = None
        self._jobs: list[Job[Any]] = []
        self._post.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """True while a job runs or its end was not delivered yet."""
        return bool(self._jobs)

    def run(self, work: Callable[[Progress], T], job: Job[T]) -> Job[T]:
        """Start work; callbacks were given before, so a fast job cannot beat its caller.

        After `shutdown` nothing begins any more: a timer may still ask for work while the window goes.

        Returns:
            The same job, to cancel it.
        """
        if self._ended:
            job.cancel()
            return job
        job.progress = Progress(self._reporter(job))
        self._jobs.append(job)
        job.future = self._threads().submit(work, job.progress)
        job.future.add_done_callback(lambda future: self._post.emit((job, lambda: self._finish(job, future), True)))
        return job

    def shutdown(self) -> None:
        """Cancel everything and wait; call before the database closes."""
        self._ended = True
        for job in self._jobs:
            job.cancel()
        if self._pool is not None:
            from concurrent.futures import wait  # noqa: PLC0415  (loaded with the pool)

            wait([job.future for job in self._jobs if job.future is not None], timeout=_SHUTDOWN)
            self._pool.shutdown(wait=True)
        self._jobs.clear()

    def _threads(self) -> ThreadPoolExecutor:
        """Return the threads, made with the first job: the first paint needs none."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (as said)

            self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="observe-job")
        return self._pool

    def _reporter(self, job: Job[Any]) -> Callable[[int, int, str], None]:
        last = 0.0

        def report(done: int, total: int, text: str) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _REPORT_EVERY or done == total:
                last = now
                self._post.emit((job, lambda: job.on_progress(done, total, text), False))

        return report

    def _finish(self, job: Job[T], future: Future[T]) -> None:
        if future.cancelled() or isinstance(future.exception(), Cancelled):
            job.on_cancel()
            return
        error = future.exception()
        if error is None:
            job.on_done(future.result())
        elif isinstance(error, Exception):
            job.on_error(error)
        else:
            raise error

    @Slot(object)
    def _deliver(self, message: tuple[Job[Any], Callable[[], object], bool]) -> None:
        job, call, ended = message
        if job not in self._jobs:
            return
        if ended:
            self._jobs.remove(job)
        try:
            if shiboken6.isValid(job.context):
                call()
        finally:
            if ended and not self._jobs:
                self.idle.emit()
