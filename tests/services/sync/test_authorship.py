"""Who really wrote a visit: the key that signed it, whatever name a colleague put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.ids import natural_id
from observe_app.services import people, releases
from observe_app.services.sync import authorship
from observe_app.services.sync.authorship import Wrote
from tests.keyrings import memory_keyring
from tests.member_hands import Attacker
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

AMINA, JOONAS, NORA = "Amina", "Joonas", "Nora"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes, Amina teaches, Nora takes part and means harm."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in (JOONAS, AMINA, NORA):
            made.add(name)
        people.ensure(made.cores[JOONAS], AMINA)
        people.ensure(made.cores[AMINA], JOONAS)
        made.meet()
        yield made


def person_of(staff: School, name: str) -> str:
    return str(staff.cores[name].settings.get().me_id)


def forged(staff: School, person: str, *more: tuple[str, str]) -> str:
    """A visit of Nora's to Amina that names this person as its observer."""
    nora = Attacker(staff, NORA)
    visit = nora.own_visit(AMINA)
    member = natural_id("member", visit, "observer", person)
    ops = nora.row("visit_member", member, visit_id=visit, role="observer", person_id=person)
    for row, name in more:
        ops += nora.row("person", row, name=name)
    nora.send(nora.to(AMINA, visit=visit, author=NORA), *ops)
    staff.rounds(AMINA)
    return visit


def test_ones_own_visit_needs_nobody_to_say_who_wrote_it(staff: School) -> None:
    visit = staff.released(JOONAS, AMINA)

    assert authorship.wrote(staff.cores[JOONAS], visit) is None


def test_an_honest_visit_is_told_by_the_name_of_who_signed_it(staff: School) -> None:
    visit = staff.released(JOONAS, AMINA)
    staff.rounds(times=2)

    assert authorship.wrote(staff.cores[AMINA], visit) == Wrote(JOONAS)


def test_a_visit_in_a_colleagues_name_is_told_by_who_signed_it(staff: School) -> None:
    visit = forged(staff, person_of(staff, JOONAS))

    assert authorship.wrote(staff.cores[AMINA], visit) == Wrote(NORA, named=JOONAS)


def test_a_made_up_observer_is_not_taken_for_who_signed_it(staff: School) -> None:
    made_up = natural_id("nobody", "at all")
    visit = forged(staff, made_up, (made_up, "Joonas K."))

    assert authorship.wrote(staff.cores[AMINA], visit) == Wrote(NORA, named="Joonas K.")


def test_a_page_in_a_colleagues_name_carries_the_name_of_who_signed_it(staff: School) -> None:
    honest = staff.released(JOONAS, AMINA)
    staff.rounds(times=2)
    amina = staff.cores[AMINA]
    page = releases.document_of(releases.latest(amina, honest))
    visit = forged(staff, person_of(staff, JOONAS))

    assert authorship.observer_of(amina, honest, page.observer) == JOONAS
    assert authorship.observer_of(amina, visit, page.observer) == NORA
