"""Who can read a visit as the screen says it, and to whom its letters are encrypted: the same after any history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observe_app.domain.errors import NotReleasable
from observe_app.domain.sync.segment import parse
from observe_app.domain.sync.shares import ShareRole
from observe_app.domain.turn import Voice
from observe_app.services import people, releases, turns
from observe_app.services.sync import colleagues, sharing
from observe_app.services.sync.crypto import AgeCipher
from observe_app.services.sync.letters import open_letter
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

OTHERS = ("Nora", "Ben")
ACTS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(OTHERS), st.sampled_from((ShareRole.READER, ShareRole.COACH))),
    st.tuples(st.just("remove"), st.sampled_from(OTHERS), st.none()),
    st.tuples(st.sampled_from(("doubt", "same")), st.sampled_from(("Amina", *OTHERS)), st.none()),
    st.tuples(st.just("release"), st.none(), st.none()),
)


@pytest.fixture(params=[False, True], ids=["", "school's key"])
def staff(
    request: pytest.FixtureRequest, tmp_path: Path, _blank_database: Path, clock: FakeClock
) -> Iterator[School]:  # fmt: skip
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for number, name in enumerate(("Joonas", "Amina", *OTHERS)):
            made.add(name, school_key=request.param and not number)
        for name in ("Amina", *OTHERS):
            people.ensure(made.cores["Joonas"], name)
        made.meet()
        yield made


def sealed_to(made: School, name: str, visit: str) -> set[str]:
    """Return to whom the newest letter about a visit is encrypted that was written on somebody's computer."""
    (raw,) = made.ask(
        name,
        "SELECT r.raw FROM sync_segment s JOIN sync_raw r ON r.hash = s.hash WHERE s.audience = ? "
        "AND s.writer = (SELECT value FROM meta WHERE key = 'writer') ORDER BY s.seq DESC LIMIT 1",
        visit,
    )[0]
    keys = made.cores[name].vault.keys()
    header, body = parse(raw)
    folder = made.ask(name, "SELECT id FROM sync_folder")[0][0]
    letter = open_letter(header, body, keys, lambda _: keys.verify_key, folder=folder, cipher=AgeCipher(bytes))
    return set(letter.audience.members)


def shown(made: School, name: str, visit: str) -> set[str]:
    """Return who can read what is written from now on, as somebody's screen says."""
    return {one.share.fingerprint for one in sharing.takers(made.cores[name], visit) if one.reads}


def act(made: School, visit: str, kind: str, name: str | None, role: ShareRole | None) -> None:
    """Do one thing that may change who reads; what is refused changes nothing."""
    amina, joonas = made.cores["Amina"], made.cores["Joonas"]
    there = {one.fingerprint for one in sharing.people_of(amina, visit) if not one.deleted}
    try:
        if kind == "add" and name and role:
            sharing.add_reader(amina, visit_id=visit, fingerprint=made.print_of(name), role=role)
        elif kind == "remove" and name and made.print_of(name) in there:
            sharing.remove_reader(amina, visit_id=visit, fingerprint=made.print_of(name))
        elif kind == "doubt" and name:
            colleagues.not_same(joonas, made.print_of(name))
        elif kind == "same" and name:
            colleagues.same(joonas, made.print_of(name))
        elif kind == "release":
            releases.release(joonas, visit_id=visit, why="Again")
    except NotReleasable:
        pass


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(ACTS, min_size=2, max_size=5))
def test_the_badge_says_to_whom_letters_are_encrypted(staff: School, history: list[tuple]) -> None:
    for name in ("Amina", *OTHERS):
        colleagues.same(staff.cores["Joonas"], staff.print_of(name))
    visit = staff.released("Joonas", "Amina")
    staff.rounds("Joonas", "Amina", times=2)
    for step in history:
        act(staff, visit, *step)
        staff.rounds("Amina", "Joonas", "Amina")
        for name, voice in (("Joonas", Voice.OBSERVER), ("Amina", Voice.TEACHER)):
            staff.rounds(name)
            turns.add(staff.cores[name], visit_id=visit, voice=voice, text="One more turn")
            staff.rounds(name)
            assert shown(staff, name, visit) == sealed_to(staff, name, visit), (name, step)


def test_a_visit_that_nobody_has_is_shown_to_nobody(staff: School) -> None:
    visit = staff.visit("Joonas", "Amina")
    staff.rounds("Joonas", times=2)
    assert shown(staff, "Joonas", visit) == set()
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_segment WHERE audience = ?", visit) == [(0,)]


def test_a_doubted_key_is_neither_shown_nor_written_to(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds("Joonas", "Amina", times=2)
    amina = staff.print_of("Amina")
    assert amina in sealed_to(staff, "Joonas", visit)
    colleagues.not_same(staff.cores["Joonas"], amina)
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="Not for her")
    staff.rounds("Joonas")
    assert amina not in shown(staff, "Joonas", visit)
    assert amina not in sealed_to(staff, "Joonas", visit)
