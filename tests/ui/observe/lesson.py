"""A lesson for tests and pictures: typed lines with their times."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.services import notes, people, visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

LINES = (
    (66, "T “Say more about ‘bigger’.” Draws a second bar under the first. #press"),
    (188, "S9 Hand up, then down. Copies the bars."),
    (312, "S3→S8 “You have to cut them the same.”"),
    (384, "T Counts silently on fingers to five before choosing. #wait"),
    (471, "S12 “Mine looks wrong now. The two is too small for both bars.”"),
    (507, "T “Interesting. Who can make a picture of S12’s idea?” #open"),
    (672, "S4→S5 “Thirds into sixths, halves into sixths. Then they’re the same pieces.”"),
    (745, "T Moves to table 4, kneels, reads without speaking for about 20 s."),
    (828, "S7 “I don’t get why it isn’t two fifths.” Partner keeps writing."),
    (1015, "T “Don’t tell me the answer. Tell me what you tried.” #press"),
    (1092, "S15 Shows the whiteboard with two bars; S16 rubs hers out and redraws."),
    (1176, "S7→S1 “Oh. You make the pieces smaller first.”"),
    (1250, "T “Thirty seconds more. Pens down when you both agree.” #routine"),
    (1272, "Table 6: looking at the window, sheet empty. Noticed by T at 21:20."),
)
LONG = (
    "T Explains once more with the bar on the board, pauses twice, asks the third table to say it in their own words, "
    "waits, then lets S3 and S8 argue about whether the pieces have to be the same size before anyone else may speak."
)


def plan_visit(core: Core, form_id: str = "general-peer-observation") -> str:
    """Plan a visit of 50 minutes and return its id."""
    teacher = people.add(core, name="Amina Diallo-Žižek")
    return visits.plan(
        core,
        teacher_id=teacher.id,
        class_name="Year 8 Mathematics",
        topic="Adding fractions",
        room="Room 14",
        start=core.clock.now(),
        minutes=50,
        form_id=form_id,
    ).id


def write_lesson(core: Core, clock: FakeClock, visit_id: str, lines: tuple[tuple[int, str], ...] = LINES) -> None:
    """Begin the visit and store lines at their seconds; the clock stands at the last one afterwards."""
    started = visits.begin(core, visit_id=visit_id).started
    assert started is not None
    for second, line in lines:
        clock.advance(seconds=(started + timedelta(seconds=second) - clock.now()).total_seconds())
        notes.add(core, visit_id=visit_id, line=line, offset_ms=second * 1000, wall=clock.now())
