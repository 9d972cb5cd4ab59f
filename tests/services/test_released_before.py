"""A teacher who joins the folder after the release gets what was released to them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.services import people, released_before, visits
from observe_app.services.sync import linking
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas is alone in the folder."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        made.add("Joonas")
        yield made


def test_what_was_released_before_goes_once_the_teacher_is_known(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    released, kept = staff.released("Joonas", "Amina"), staff.visit("Joonas", "Amina")
    other = staff.released("Joonas", "Nora")
    amina = staff.add("Amina")
    staff.rounds(times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]

    person = linking.link(
        joonas, person_id=people.ensure(joonas, "Amina").id, fingerprint=staff.print_of("Amina")
    )  # fmt: skip
    assert released_before.unsent(joonas, person.id) == (released,)
    assert released_before.send(joonas, person.id) == 1
    staff.rounds(times=2)

    assert [row.id for row in visits.listing(amina)] == [released]
    assert {kept, other}.isdisjoint(row[0] for row in staff.ask("Amina", "SELECT id FROM visit"))
    assert released_before.send(joonas, person.id) == 0
