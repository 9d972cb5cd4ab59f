"""Draws the picture of the README: the Observe screen at minute 31 of the sample lesson.

`python -m tests.ui.readme_picture` writes resources/pictures/observe.png.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.paths import resources_dir
from observe_app.services import answers, demo_lesson, notes, people, visits
from observe_app.services import demo as sample
from observe_app.services.core import close
from observe_app.ui.application import make_application, make_theme
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.starter import Starter

_MINUTE = 31
_RATED = (("respect", 4), ("time", 3), ("explanations", 4), ("questions", 2))
_LINE = "S7 “Can I use the strip from yester"


def draw(target: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock(at=datetime(2026, 3, 10, 9, 5, tzinfo=UTC))
        core = wire_core(Path(folder), clock=clock)
        sample.introduce(core)
        teacher = people.ensure(core, demo_lesson.TEACHER)
        visit = visits.plan(
            core, teacher_id=teacher.id, form_id=demo_lesson.FORM, start=clock.now(), **demo_lesson.PLAN
        )
        visits.begin(core, visit_id=visit.id)
        began = clock.now()
        for time, line in demo_lesson.NOTES:
            minutes, seconds = (int(part) for part in time.split(":"))
            if minutes >= _MINUTE:
                break
            clock.advance(seconds=60 * minutes + seconds - (clock.now() - began).total_seconds())
            words, starred = line.removeprefix("*"), line.startswith("*")
            offset = (60 * minutes + seconds) * 1000
            notes.add(core, visit_id=visit.id, line=words, offset_ms=offset, wall=clock.now(), starred=starred)
        for item, value in _RATED:
            opened = answers.open_answer(core, visit_id=visit.id, item=item)
            answers.give(core, visit_id=visit.id, item=item, value=value, seen=opened.seen)
        clock.advance(seconds=_MINUTE * 60 + 42 - (clock.now() - began).total_seconds())
        _grab(core, visit.id, target)
        close(core)


def _grab(core, visit_id: str, target: Path) -> None:
    app = make_application()
    theme = make_theme(app, "light", reduce_motion=True)
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    starter.window.resize(1366, 768)
    starter.show()
    while starter.desk is None or starter.jobs.busy:
        app.processEvents()
    starter.desk.go_to_visit(VisitTarget(visit_id, "observe"))
    for _turn in range(50):
        app.processEvents()
    edit = starter.window.focusWidget()
    QTest.keyClicks(edit, _LINE[:3])
    edit.insertPlainText(_LINE[3:])
    for _turn in range(200):
        app.processEvents()
    target.parent.mkdir(parents=True, exist_ok=True)
    starter.window.grab().save(str(target))
    starter.window.close()
    starter.window.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    draw(resources_dir() / "pictures" / "observe.png")
