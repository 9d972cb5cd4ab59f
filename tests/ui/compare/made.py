"""A term made for a test: visits of one teacher with one form of ratings, filled in as a person does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.clock import FakeClock
from observe_app.services import answers, demo_fill, happenings_codes, notes, own_forms, people, visits
from observe_app.services.demo_forms import OWN_FORM
from observe_app.services.forms.reader import read_bytes_as

if TYPE_CHECKING:
    from observe_app.services.core import Core

FORM = "made"
LEVELS = ("Not yet", "Sometimes", "Often", "Throughout")


def made_form(items: int, label: str = "") -> str:
    """Return the text of a form with so many ratings."""
    head = (
        f'id = "{FORM}"\nversion = 1\nlanguage = "en"\ntitle = "Made form"\npurpose = "For tests."\n'
        f'[scales.often]\nlevels = {list(LEVELS)!r}\n[[sections]]\nid = "one"\ntitle = "One"\n'
    ).replace("'", '"')
    rows = [
        f'[[sections.items]]\nkind = "rating"\nid = "item-{number}"\n'
        f'label = "{label or "Item"} {number}"\nscale = "often"\n'
        for number in range(1, items + 1)
    ]
    return head + "".join(rows)


def made_term(
    core: Core, teacher: str, count: int, *, items: int = 6, label: str = "", observer: str = "", shift: int = 0
) -> list[str]:
    """Return the ids of so many visits, a week apart, the last one just before now."""
    if not own_forms.versions(core, FORM):
        form = read_bytes_as(made_form(items, label).encode(), FORM).form
        assert form is not None
        own_forms.adopt(core, form, as_new=False)
    now = core.clock.now()
    made = []
    observer_id = people.ensure(core, observer).id if observer else None
    teacher_id = people.ensure(core, teacher).id
    for number in range(count):
        begin = now - timedelta(days=7 * (count - number))
        visit = visits.plan(
            core, teacher_id=teacher_id, observer_id=observer_id, form_id=FORM, start=begin, minutes=45,
            class_name="Year 8 B", subject="Mathematics", topic=f"Lesson {number + 1}",
        )  # fmt: skip
        visits.begin(core, visit_id=visit.id, at=begin)
        for minute, line in ((2, "T “What do you think?” #open"), (9, "S4 “It is the same.” #claim")):
            wall = begin + timedelta(minutes=minute)
            notes.add(core, visit_id=visit.id, line=line, offset_ms=minute * 60_000, wall=wall)
        for item in range(1, items + 1):
            if (item + number) % 7 == 0:
                continue
            seen = answers.open_answer(core, visit_id=visit.id, item=f"item-{item}").seen
            value = 1 + (number + item + shift) % len(LEVELS)
            answers.give(core, visit_id=visit.id, item=f"item-{item}", value=value, seen=seen)
        visits.finish(core, visit_id=visit.id, at=begin + timedelta(minutes=45))
        made.append(visit.id)
    if isinstance(core.clock, FakeClock):
        core.clock.advance(seconds=60)
    return made


def timed_lesson(core: Core) -> str:
    """Return the id of a visit with tallies, timers and waits, recorded as they came."""
    demo_fill.bring_own_form(core)
    begin = core.clock.now() - timedelta(days=1)
    visit = visits.plan(
        core, teacher_id=people.ensure(core, "Amina Diallo").id, form_id=OWN_FORM, start=begin, minutes=50
    )
    visits.begin(core, visit_id=visit.id, at=begin)
    demo_fill.fill(core, visit.id, begin, "decimals")
    visits.finish(core, visit_id=visit.id, at=begin + timedelta(minutes=50))
    return visit.id


def two_sheets(core: Core, teacher: str, *others: str) -> list[str]:
    """Return the ids of one lesson's records, of mine and of these others, coded every two minutes."""
    begin = core.clock.now() - timedelta(days=1)
    teacher_id = people.ensure(core, teacher).id
    made = []
    for number, name in enumerate(("", *others)):
        observer_id = people.ensure(core, name).id if name else None
        visit = visits.plan(
            core, teacher_id=teacher_id, observer_id=observer_id, form_id="copus", start=begin, minutes=40,
            class_name="Year 12",
        )  # fmt: skip
        visits.begin(core, visit_id=visit.id, at=begin)
        for index in range(20):
            codes = ("I.Lec", "S.L") if index % 4 else ("I.PQ", "S.AnQ")
            codes = (*codes, "I.RtW") if index % 5 == number else (*codes, "I.MG")
            happenings_codes.tick_same(core, visit_id=visit.id, item="copus", index=index, codes=codes)
        visits.finish(core, visit_id=visit.id, at=begin + timedelta(minutes=40))
        made.append(visit.id)
    return made
