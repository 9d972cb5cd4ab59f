"""Work off the GUI thread: results, errors, cancelling, and what dies before its job."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from observe_app.domain.changes import Changes
from observe_app.ui.bus import ChangeBus
from observe_app.ui.jobs import Job

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress


class Sink:
    """Remembers what a job told, and in which thread."""

    def __init__(self):
        self.done, self.errors, self.steps, self.threads = [], [], [], []
        self.cancelled = 0

    def job(self, context):
        return Job(context, self._done, self.errors.append, self._step, self._cancel)

    def _done(self, result):
        self.done.append(result)
        self.threads.append(QThread.isMainThread())

    def _step(self, done, total, text):
        self.steps.append((done, total, text))

    def _cancel(self):
        self.cancelled += 1


@pytest.fixture
def sink():
    return Sink()


def idle(qtbot, runner):
    qtbot.waitUntil(lambda: not runner.busy)


def test_the_result_arrives_on_the_gui_thread(qtbot, runner, sink):
    runner.run(lambda _progress: 42, sink.job(runner))
    idle(qtbot, runner)

    assert sink.done == [42]
    assert sink.threads == [True]


def test_the_work_runs_elsewhere(qtbot, runner, sink):
    runner.run(lambda _progress: QThread.isMainThread(), sink.job(runner))
    idle(qtbot, runner)

    assert sink.done == [False]


def test_a_cancel_stops_at_the_next_step(qtbot, runner, sink):
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        progress.step(0, 2, "first")
        started.set()
        go_on.wait(5)
        progress.step(1, 2, "second")
        return "finished"

    job = runner.run(work, sink.job(runner))
    assert started.wait(5)
    job.cancel()
    go_on.set()
    idle(qtbot, runner)

    assert (sink.cancelled, sink.done, sink.errors) == (1, [], [])


def test_work_that_waits_its_turn_never_begins_after_a_cancel(qtbot, runner, sink):
    gate = threading.Event()
    for _ in range(2):
        runner.run(lambda _progress: gate.wait(5), Sink().job(runner))
    ran = []
    runner.run(lambda _progress: ran.append(1), sink.job(runner)).cancel()
    gate.set()
    idle(qtbot, runner)

    assert (ran, sink.cancelled) == ([], 1)


def test_an_error_keeps_its_traceback(qtbot, runner, sink):
    runner.run(lambda _progress: 1 / 0, sink.job(runner))
    idle(qtbot, runner)

    assert isinstance(sink.errors[0], ZeroDivisionError)
    assert sink.errors[0].__traceback__ is not None


def test_a_widget_may_die_before_its_job(qtbot, runner, sink):
    widget, gate = QWidget(), threading.Event()
    runner.run(lambda _progress: gate.wait(5), sink.job(widget))
    shiboken6.delete(widget)
    gate.set()
    idle(qtbot, runner)

    assert sink.done == []


def test_the_last_step_is_always_told(qtbot, runner, sink):
    def work(progress: Progress) -> None:
        for number in range(1, 1001):
            progress.step(number, 1000, f"file {number}")

    runner.run(work, sink.job(runner))
    idle(qtbot, runner)

    assert sink.steps[-1] == (1000, 1000, "file 1000")
    assert len(sink.steps) < 1000


def test_many_jobs_all_come_back(qtbot, runner, sink):
    for number in range(300):
        runner.run(lambda _progress, number=number: number, sink.job(runner))
    idle(qtbot, runner)

    assert sorted(sink.done) == list(range(300))


def test_shutting_down_waits_for_what_runs(qtbot, runner, sink):
    started = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(0, 0)

    runner.run(work, sink.job(runner))
    assert started.wait(5)
    runner.shutdown()

    assert not runner.busy


def test_a_notice_from_the_gui_thread_arrives_at_once(qtbot, qapp):
    bus, heard = ChangeBus(), []
    bus.changed.connect(heard.append)
    changes = Changes(rows=frozenset({("event", "1")}))

    bus.publish(changes)

    assert heard == [changes]
    assert heard[0] is changes


def test_a_notice_from_a_worker_arrives_in_the_gui_thread(qtbot, runner):
    bus, threads = ChangeBus(), []
    bus.changed.connect(lambda _changes: threads.append(QThread.isMainThread()))

    with qtbot.waitSignal(bus.changed):
        runner.run(lambda _progress: bus.publish(Changes()), Sink().job(runner))

    assert threads == [True]
    idle(qtbot, runner)


def test_nothing_begins_after_the_end(qtbot, runner):
    """A timer of a window that goes may still ask for work."""
    begun = []
    runner.shutdown()

    job = runner.run(begun.append, Job(runner, begun.append, begun.append))

    assert job.progress.stopping
    assert begun == []
