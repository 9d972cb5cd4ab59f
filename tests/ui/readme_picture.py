"""The README's picture, the Observe screen in a lesson: ``python -m tests.ui.readme_picture`` draws it again."""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QCursor, QImage, QTextCursor

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.services import answers, demo, demo_lesson, lesson, notes, people, talk, visits
from observe_app.services.core import close
from observe_app.ui.application import make_application, make_theme
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.observe import ObserveTab
from observe_app.ui.starter import Starter
from observe_app.ui.visit.page import VisitPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core

TARGET = Path(__file__).parents[2] / "resources" / "pictures" / "observe.png"
SIZE = (1366, 768)
BEGIN = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
NOW = timedelta(minutes=31, seconds=42)
TYPED = "S7 “Can I use the bar from yester"
PHASES = (
    ("00:00", "Starter"),
    ("09:00", "Bars on the board"),
    ("13:30", "Own bars"),
    ("20:15", "At the front"),
    ("23:00", "Pair work"),
)
LINKS = {"05:40": "respect", "10:40": "explanations", "12:07": "questions", "14:10": "work", "18:40": "respect"}
QUOTE = "“Why sixths and not fifths?” S2: “Because three twos and two threes.”"
ANSWERS: dict[str, int | str] = {
    "respect": 4,
    "time": 3,
    "aim": "no",
    "explanations": 3,
    "questions": 2,
    "quote": QUOTE,
}


def main() -> None:
    """Record half a lesson in a folder of its own and draw it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clock = FakeClock(at=BEGIN - timedelta(days=3), zone="UTC")
        core = wire_core(Path(folder) / "record", clock=clock, ids=Ids(clock))
        try:
            _draw(core, record(core, clock))
        finally:
            close(core)


def record(core: Core, clock: FakeClock) -> str:
    """Record the sample lesson up to the moment of the picture, and return the id of the visit."""
    demo.introduce(core)
    core.settings.change(first_run_done=True)
    fields: visits.VisitFields = {**demo_lesson.PLAN, "start": BEGIN}
    teacher = people.ensure(core, demo_lesson.TEACHER)
    visit = visits.plan(
        core, teacher_id=teacher.id, observer_id=core.settings.get().me_id, form_id=demo_lesson.FORM, **fields
    )
    _go_to(clock, BEGIN)
    visits.begin(core, visit_id=visit.id, at=BEGIN)
    for time_of, name in PHASES:
        minutes, _colon, seconds = time_of.partition(":")
        offset = timedelta(minutes=int(minutes), seconds=int(seconds))
        if offset < NOW:
            lesson.phase(
                core,
                visit_id=visit.id,
                name=name,
                offset_ms=int(offset.total_seconds() * 1000),
                wall=BEGIN + offset,
            )
    for time_of, line in demo_lesson.NOTES:
        minutes, _colon, seconds = time_of.partition(":")
        offset = timedelta(minutes=int(minutes), seconds=int(seconds))
        if offset >= NOW - timedelta(seconds=3):
            break
        _go_to(clock, BEGIN + offset)
        event = notes.add(
            core,
            visit_id=visit.id,
            line=line.removeprefix("*"),
            offset_ms=int(offset.total_seconds() * 1000),
            wall=clock.now(),
            starred=line.startswith("*"),
        )
        if time_of in LINKS:
            talk.link(core, visit_id=visit.id, target_kind="answer", target_id=LINKS[time_of], event_id=event.id)
    for item, value in ANSWERS.items():
        seen = answers.open_answer(core, visit_id=visit.id, item=item).seen
        answers.give(core, visit_id=visit.id, item=item, value=value, seen=seen)
    _go_to(clock, BEGIN + NOW)
    return visit.id


def _draw(core: Core, visit_id: str) -> None:
    app = make_application()
    theme = make_theme(app, "light", reduce_motion=True)
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    QCursor.setPos(700, 760)
    starter.window.resize(*SIZE)
    starter.show()
    _until(lambda: starter.desk is not None)
    desk = starter.desk
    assert desk is not None
    desk.go_to_visit(VisitTarget(visit_id, "observe"))
    page = starter.window.current_page
    assert isinstance(page, VisitPage)
    tab = page.tab
    assert isinstance(tab, ObserveTab)
    tab.line.edit.insertPlainText(TYPED)
    tab.line.edit.moveCursor(QTextCursor.MoveOperation.End)
    _until(lambda: not desk.jobs.busy, least=1.0)
    picture = starter.window.grab().toImage()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    assert picture.convertToFormat(QImage.Format.Format_RGB888).save(str(TARGET), "PNG", 0)  # 0: the smallest file
    starter.window.close()


def _go_to(clock: FakeClock, moment: datetime) -> None:
    clock.advance(seconds=(moment - clock.now()).total_seconds())


def _until(condition: Callable[[], bool], *, least: float = 0.2, most: float = 20.0) -> None:
    app, begin = make_application(), time.monotonic()
    while time.monotonic() - begin < least or (not condition() and time.monotonic() - begin < most):
        app.processEvents()


if __name__ == "__main__":
    main()
