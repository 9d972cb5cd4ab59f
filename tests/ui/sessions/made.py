"""Sessions as the pictures and the tests of the window need them: a series, one that runs, one that was held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.services import people
from observe_app.services.groups import groups
from observe_app.services.sessions import attendance, follow_ups, items, running, series, sessions

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

NAMES = (
    "Amina Diallo-Žižek", "Joonas Brandt", "Mei Lindqvist", "Tomás Rivera",
    "Konstantinos-Alexandros Papadimitriou-Wollstonecraft",
)  # fmt: skip
AGENDA = "Welcome, and what became of last time 10 min\nTwo clips: what happens in the silence? 20 min\nPlan a trial in pairs 15 min\nWhat we need from each other 10 min"  # noqa: E501


def made(core: Core, clock: FakeClock, *, run: bool = True, words: str = "") -> dict[str, str]:
    """Plan a series of four in a group of five; the first was held, the second runs. Return ids by name."""
    group = groups.add(core, name=words[:190] or "Talk in maths")
    known = [people.add(core, name=f"{name} {words}".strip()[:190]) for name in NAMES]
    groups.add_members(core, group_id=group.id, person_ids=[one.id for one in known])
    groups.set_member(core, group_id=group.id, person_id=known[2].id, roles=("facilitator",))
    first = sessions.plan(
        core, title=words[:290] or "Wait time", group_id=group.id, start=clock.now() - timedelta(days=7), minutes=60,
        place="Room 12", link="https://meet.example/wait-time", recorder_id=known[1].id,
        objectives="Agree on how long we wait.\nChoose one class each.",
    )  # fmt: skip
    items.add_lines(core, session_id=first.id, text=AGENDA)
    found = series.repeat(core, session_id=first.id, every="weekly", count=4).sessions
    follow_ups.add(core, session_id=first.id, text="Share the two clips", owner_id=known[1].id, due=clock.now().date())
    items.add(core, session_id=first.id, kind="parking", title="Seating in the lab")
    items.add(core, session_id=first.id, kind="decision", title="Five breaths after each open question")
    running.hold(core, session_id=first.id)
    attendance.all_present(core, session_id=first.id)
    if run:
        second = found[1].id
        running.start(core, session_id=second)
        clock.advance(seconds=11 * 60)
        running.next_item(core, session_id=second)
        clock.advance(seconds=5 * 60 + 12)
        running.add_note(
            core, session_id=second, text="The second clip: nobody speaks for nine seconds, then three hands"
        )
        items.add(core, session_id=second, kind="decision", title="We film the first five minutes only")
        follow_ups.add(core, session_id=second, text="Ask the office for a second camera", owner_id=known[3].id)
        attendance.mark(core, session_id=second, person_id=known[0].id, state="present")
        attendance.mark(core, session_id=second, person_id=known[1].id, state="part", minutes=20)
    return {"first": found[0].id, "second": found[1].id, "third": found[2].id, "group": group.id}
