"""Pictures of the Observe screen in the middle of a lesson: ``python -m tests.ui.live_gallery FOLDER`` draws them.

Three forms at 1366 x 768 and 1920 x 1080, light and dark; the codes alone; the seating plan; after the lesson.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QCursor

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.form import ItemKind
from observe_app.domain.ids import Ids
from observe_app.domain.seating_layouts import for_students
from observe_app.services import demo_lesson, happenings, lesson, notes, people, seating, visits
from observe_app.services.core import close
from observe_app.ui.application import make_application, make_theme
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.observe import ObserveTab
from observe_app.ui.starter import Starter
from observe_app.ui.visit.page import VisitPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.form import Item
    from observe_app.services.core import Core

SIZES = ((1366, 768), (1920, 1080))
FORMS = ("general-peer-observation", "question-log", "copus", "talk-and-participation", "at-task-sweep")
BEGIN = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
NOW = timedelta(minutes=31, seconds=42)
PHASES = ((0, "Starter"), (9, "Bars on the board"), (13.5, "Own bars"), (20.25, "At the front"), (23, "Pair work"))
TYPED = "S7 “Can I use the bar from yester"
SPOKE = (("S4", "T"), ("S11", "T"), ("S2", "T"), ("S11", ""), ("S7", "S19"), ("S14", "S15"), ("S11", "T"))


def record(core: Core, clock: FakeClock, form_id: str) -> str:
    """Record a lesson up to the moment of the pictures and return the id of the visit."""
    fields: visits.VisitFields = {**demo_lesson.PLAN, "start": BEGIN}
    teacher = people.ensure(core, demo_lesson.TEACHER)
    visit = visits.plan(core, teacher_id=teacher.id, form_id=form_id, **fields)
    visits.begin(core, visit_id=visit.id, at=BEGIN)
    seating.set_plan(core, visit_id=visit.id, plan=for_students(28))
    for minute, name in PHASES:
        offset = round(minute * 60_000)
        lesson.phase(core, visit_id=visit.id, name=name, offset_ms=offset, wall=BEGIN + timedelta(milliseconds=offset))
    for time_of, line in demo_lesson.NOTES:
        minutes, _colon, seconds = time_of.partition(":")
        offset = 1000 * (60 * int(minutes) + int(seconds))
        if timedelta(milliseconds=offset) < NOW - timedelta(seconds=5):
            wall, starred = BEGIN + timedelta(milliseconds=offset), line.startswith("*")
            words = line.removeprefix("*")
            notes.add(core, visit_id=visit.id, line=words, offset_ms=offset, wall=wall, starred=starred)
    form = visits.form_of(visits.get(core, visit.id))
    for number, item in enumerate(form.items if form else ()):
        happen(core, visit.id, item, number)
    for number, (who, to) in enumerate(SPOKE):
        seat = next(one.id for one in seating.plan_of(core, visit.id).seats if one.speaker == who)
        happenings.spoke(core, visit_id=visit.id, seat=seat, speaker=who, to=to, offset_ms=number * 200_000)
    return visit.id


def happen(core: Core, visit_id: str, item: Item, number: int) -> None:
    """Let something happen to an item, more to some than to others."""
    if item.kind is ItemKind.TALLY:
        for count in range((number * 5 + 3) % 11):
            happenings.tally(core, visit_id=visit_id, item=item.id, offset_ms=(count + 1) * 150_000)
    elif item.kind is ItemKind.TIMER and number % 2 == 0:
        happenings.start_timer(core, visit_id=visit_id, item=item.id, offset_ms=(18 + number) * 60_000)
    elif item.kind is ItemKind.SWEEP:
        happenings.sweep(core, visit_id=visit_id, item=item.id, on_task=22, of=28, offset_ms=25 * 60_000)
    elif item.kind is ItemKind.WAIT:
        happenings.wait(
            core, visit_id=visit_id, item=item.id, wait_ms=4600, outcome="answered", offset_ms=20 * 60_000 + 12_000
        )
    elif item.kind is ItemKind.INTERVAL:
        codes = [side.full(code) for side in item.sides for code in side.codes]
        for index in range(16):
            shown = (codes[:3] if index < 6 else codes[7:9]) + codes[12 + index // 4 : 14 + index // 4]
            for code in shown[: 3 + index % 3]:
                happenings.tick(core, visit_id=visit_id, item=item.id, index=index, code=code, ticked=True)
            happenings.set_level(core, visit_id=visit_id, item=item.id, index=index, level=1 + index % 3)


def draw(core: Core, ids: dict[str, str], folder: Path) -> list[Path]:
    """Draw every picture and return their paths."""
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    starter = Starter(lambda: core, folder=core.folder, theme=make_theme(app, "light", reduce_motion=True))
    starter.show()
    _until(lambda: starter.desk is not None)
    desk, drawn = starter.desk, []
    assert desk is not None

    def shoot(name: str) -> None:
        _until(lambda: not desk.jobs.busy, least=0.4)
        drawn.append(folder / f"{name}.png")
        starter.window.grab().save(str(drawn[-1]))

    for width, height in SIZES:
        starter.window.resize(width, height)
        QCursor.setPos(width // 2, height - 4)  # over nothing that would light up under it
        for form_id, visit_id in ids.items():
            desk.go_to_visit(VisitTarget(visit_id, "observe"))
            tab = _tab(starter)
            tab.line.edit.insertPlainText(TYPED)
            for theme in ("light", "dark"):
                make_theme(app, theme, reduce_motion=True)
                shoot(f"{form_id}-{width}-{theme}")
            make_theme(app, "light", reduce_motion=True)
            tab.line.clear_line()
            if tab.led_by is not None:
                tab.to_codes()
                shoot(f"{form_id}-{width}-codes")
                tab.to_note()
            else:
                tab.toggle_seats()
                shoot(f"{form_id}-{width}-seats")
                tab.toggle_seats()
            tab.leave()
    starter.window.close()
    return drawn


def _tab(starter: Starter) -> ObserveTab:
    page = starter.window.current_page
    assert isinstance(page, VisitPage)
    assert isinstance(page.tab, ObserveTab)
    return page.tab


def _until(condition: Callable[[], bool], *, least: float = 0.2, most: float = 20.0) -> None:
    app, begin = make_application(), time.monotonic()
    while time.monotonic() - begin < least or (not condition() and time.monotonic() - begin < most):
        app.processEvents()


def main() -> None:
    """Record the lessons in a folder of their own and draw them."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clock = FakeClock(at=BEGIN, zone="UTC")
        core = wire_core(Path(folder) / "record", clock=clock, ids=Ids(clock))
        people.introduce(core, name=demo_lesson.OBSERVER)
        core.settings.change(first_run_done=True)
        ids = {form_id: record(core, clock, form_id) for form_id in FORMS}
        clock.advance(seconds=NOW.total_seconds())
        print("\n".join(str(path) for path in draw(core, ids, Path(sys.argv[1]))))
        close(core)


if __name__ == "__main__":
    main()
