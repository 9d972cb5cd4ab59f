"""Pictures of what was also written. ``python -m tests.ui.also_gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids
from observe_app.domain.turn import Voice
from observe_app.services import also_written, history, people, steps, turns, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.also.dialog import open_dialog
from observe_app.ui.also.page import AlsoPage
from observe_app.ui.bus import ChangeBus
from observe_app.ui.jobs import JobRunner
from observe_app.ui.talk import TalkTab
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.visit.prepare import PrepareTab
from tests.also_hands import Colleague, ops_of
from tests.ui.shots import shoot, theme_controller

if TYPE_CHECKING:
    from observe_app.services.core import Core

LONG = "Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst"
BEFORE = "Pupils say what they tried. Hands stay down while somebody thinks."
MINE = "Pupils say what they tried. Hands stay down while somebody thinks. Nobody is laughed at."
THEIRS = "Pupils say aloud what they really tried. Hands stay down while somebody thinks."


def _apart(
    core: Core, who: Colleague, table: str, row: str, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    seen = ops_of(core, table, row)
    opened = history.seen(core, (table, row))
    if table == "visit":
        visits.update(core, visit_id=row, seen=opened, **mine)  # type: ignore[arg-type]
    else:
        steps.edit(core, step_id=row, seen=opened, **mine)  # type: ignore[arg-type]
    who.writes(table, row, theirs, seen=seen)  # type: ignore[arg-type]


class Scene:
    """A visit in which two wrote apart from each other."""

    def __init__(self, folder: Path) -> None:
        clock = FakeClock(datetime(2026, 3, 12, 7, 50, tzinfo=UTC))
        self.core = core = wire_core(folder, clock=clock, ids=Ids(clock))
        self.bus, self.jobs = ChangeBus(), JobRunner()
        self.end = subscribe(core, self.bus.publish)
        self.amina = Colleague(core, "Amina Diallo-Žižek", late=timedelta(minutes=22))
        assert self.amina.person is not None
        visit = visits.plan(core, teacher_id=self.amina.person.id, class_name="Year 8 Mathematics",
                            start=datetime(2026, 3, 10, 9, 5, tzinfo=UTC))  # fmt: skip
        self.visit = visit.id
        visits.update(core, visit_id=visit.id, seen=history.seen(core, ("visit", visit.id)), focus=BEFORE)
        steps.add(core, visit_id=visit.id, text="“Think, pair, share” on the slide")
        self.step = steps.add(
            core, visit_id=visit.id, text="Use the name sticks after minute 30", due=date(2026, 4, 1)
        ).id
        _apart(core, self.amina, "action_step", self.step,
               {"text": "Use the name sticks for every open question after minute 30", "due": date(2026, 3, 27)},
               {"text": "Use the name sticks for the exit question and two others after minute 30",
                "due": "2026-04-03"})  # fmt: skip
        _apart(core, self.amina, "visit", self.visit, {"focus": MINE}, {"focus": THEIRS})

    def turn(self) -> str:
        made = turns.add(self.core, visit_id=self.visit, voice=Voice.TEACHER, text="At 39:20 I was checking.").id
        seen = ops_of(self.core, "turn", made)
        opened = turns.open_turn(self.core, made)
        turns.edit(self.core, turn_id=made, seen=opened.seen, text="At 39:20 I was checking, not asking.")
        self.amina.writes("turn", made, {"deleted": 1}, seen=seen)
        return made

    def close(self) -> None:
        self.end()
        self.jobs.shutdown()
        close(self.core)


def _page(scene: Scene, *, talk: bool = True) -> QWidget:
    tab = (TalkTab if talk else PrepareTab)(scene.core, scene.visit, scene.jobs, scene.bus)
    tab.resize(1366, 768)
    tab.show()
    tab.activate()
    return tab


def main(folder: Path) -> None:
    """Draw every picture into a folder."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    controller = theme_controller(app)
    for name, theme, size in (
        ("light", ThemeChoice.LIGHT, 100), ("dark", ThemeChoice.DARK, 100), ("large", ThemeChoice.LIGHT, 150),
    ):  # fmt: skip
        controller.apply(theme)
        controller.set_text_size(size)
        with TemporaryDirectory() as place:
            scene = Scene(Path(place))
            _draw(scene, folder, name, theme)
            scene.close()
    controller.set_text_size(100)


def _draw(scene: Scene, folder: Path, name: str, theme: ThemeChoice) -> None:
    core, bus = scene.core, scene.bus

    def picture(cell: tuple[str, str, str] | None, what: str, *, talk: bool = True, opened: bool = True) -> None:
        page = _page(scene, talk=talk)
        if opened and cell is not None:
            open_dialog(core, bus, cell, page)
        elif opened:
            AlsoPage(core, bus, page).open_over()
        shoot(page, folder / f"{name}-{what}.png", theme)
        page.leave()  # type: ignore[attr-defined]
        page.close()
        page.deleteLater()
        QApplication.sendPostedEvents()

    picture(None, "prepare", talk=False, opened=False)
    picture(None, "talk", opened=False)
    picture(("action_step", scene.step, "text"), "step")
    picture(("visit", scene.visit, "focus"), "focus", talk=False)
    picture(("action_step", scene.step, "due"), "due")
    turn = scene.turn()
    picture(("turn", turn, "deleted"), "deleted")
    picture(None, "list")
    third = Colleague(core, LONG, writer="dddddddd", fingerprint="d" * 32)
    third.writes("visit", scene.visit, {"focus": "תלמידים אומרים מה ניסו. " * 3 + "\nHands?"}, seen=())
    picture(("visit", scene.visit, "focus"), "three", talk=False)
    third.writes("visit", scene.visit, {"context": "Huge. " * 900}, seen=())
    visits.update(core, visit_id=scene.visit, seen=history.seen(core, ("visit", "none")), context="Small. " * 700)
    picture(("visit", scene.visit, "context"), "huge", talk=False)
    for conflict in also_written.open_conflicts(core):
        if conflict.kind == "field":
            also_written.use(core, conflict, conflict.versions[0].op)
        else:
            also_written.keep_row(core, conflict)
    picture(None, "none")
    assert people.listing(core)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
