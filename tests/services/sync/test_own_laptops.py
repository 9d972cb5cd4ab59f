"""Two of one's own laptops say different things of one record at a time: both are kept, and it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.hours import HoursKind, Per
from observe_app.services import also_written, people
from observe_app.services.groups import groups
from observe_app.services.learning import hours
from observe_app.services.sessions import attendance, sessions
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        made.second("Joonas", made.add("Joonas").vault.words())
        made.rounds(times=3)
        yield made


def said(staff: School, table: str) -> list[tuple[str, set[object]]]:
    """Return what is open in a table on the second laptop: columns, and their values."""
    found = also_written.open_conflicts(staff.cores["Joonas 2"])
    return [(one.column, {version.value for version in one.versions}) for one in found if one.table == table]


@pytest.mark.parametrize("states", [("present", "absent"), ("absent", "present")])
def test_who_was_there_by_one_laptop_and_not_by_the_other(staff: School, states: tuple[str, str]) -> None:
    one, two = staff.cores["Joonas"], staff.cores["Joonas 2"]
    amina = people.ensure(one, "Amina")
    session = sessions.plan(one, title="Waiting", group_id=groups.add(one, name="Eight").id)
    staff.rounds(times=2)

    for core, state in zip((one, two), states, strict=True):
        attendance.mark(core, session_id=session.id, person_id=amina.id, state=state, minutes=None)
    staff.rounds(times=3)

    assert ("state", {"present", "absent"}) in said(staff, "attendance")


def test_how_sessions_count_by_one_laptop_and_by_the_other(staff: School) -> None:
    hours.set_rule(staff.cores["Joonas"], kind=HoursKind.SESSION, per=Per.ACTUAL, cap_min=600)
    hours.set_rule(staff.cores["Joonas 2"], kind=HoursKind.SESSION, per=Per.EACH, minutes=45)
    staff.rounds(times=3)

    assert ("per", {"actual", "each"}) in said(staff, "hours_rule")


def test_a_part_without_a_role_by_one_laptop_and_with_one_by_the_other(staff: School) -> None:
    one, two = staff.cores["Joonas"], staff.cores["Joonas 2"]
    amina, group = people.ensure(one, "Amina"), groups.add(one, name="Eight")
    staff.rounds(times=2)

    groups.set_member(one, group_id=group.id, person_id=amina.id)
    groups.set_member(two, group_id=group.id, person_id=amina.id, roles=("facilitator",))
    staff.rounds(times=3)

    assert said(staff, "group_member")
