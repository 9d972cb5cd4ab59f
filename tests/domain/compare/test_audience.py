"""Whose report a visit may stand in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.audience import Standing, VisitAudience, Who, Why

AMINA, JOONAS, MEI, OTHER = (Who(name[0].lower(), name) for name in ("Amina", "Joonas", "Mei", "Olga"))
VISIT = VisitAudience("v1", AMINA, JOONAS, (MEI,), Standing.RELEASED)


@pytest.mark.parametrize("reader", [AMINA, JOONAS, MEI])
def test_the_teacher_the_observer_and_the_readers_named_may_be_shown_a_released_visit(reader: Who) -> None:
    assert VISIT.why(reader, OTHER) is Why.READS


def test_nobody_else_may_be_shown_it_not_even_who_sits_at_this_computer() -> None:
    assert VISIT.why(OTHER, OTHER) is Why.NOT_A_READER


@pytest.mark.parametrize(("standing", "why"), [
    (Standing.NEVER, Why.NOT_RELEASED), (Standing.WITHDRAWN, Why.WITHDRAWN),
])  # fmt: skip
def test_what_is_not_released_is_shown_to_nobody(standing: Standing, why: Why) -> None:
    visit = replace(VISIT, standing=standing)

    assert {visit.why(reader, JOONAS) for reader in (AMINA, JOONAS, MEI)} == {why}


def test_an_author_who_asks_for_it_is_shown_their_own_unreleased_visit() -> None:
    visit = replace(VISIT, standing=Standing.NEVER)

    assert visit.why(JOONAS, JOONAS, own=True) is Why.OWN
    assert replace(visit, made_here=False).why(AMINA, AMINA, own=True) is Why.NOT_RELEASED
    assert visit.why(AMINA, JOONAS, own=True) is Why.NOT_RELEASED  # what is meant for others needs a release


def test_who_wrote_a_visit_is_told_by_letters_and_not_by_the_name_in_it() -> None:
    sheet = VisitAudience("v1", AMINA, OTHER)

    assert sheet.why(JOONAS, JOONAS, own=True) is Why.OWN
    assert replace(sheet, observer=JOONAS, made_here=False).why(JOONAS, JOONAS, own=True) is Why.NOT_RELEASED


def test_somebody_who_has_not_said_who_they_are_is_shown_what_they_wrote() -> None:
    assert replace(VISIT, standing=Standing.NEVER).why(Who(), Who(), own=True) is Why.OWN
    assert replace(VISIT, standing=Standing.NEVER).why(AMINA, Who(), own=True) is Why.NOT_RELEASED


def test_two_people_of_one_name_are_two_people() -> None:
    assert VISIT.why(Who("m2", "Mei"), OTHER) is Why.NOT_A_READER


def test_a_name_that_a_teacher_wrote_is_whoever_is_called_so() -> None:
    written = replace(VISIT, readers=(Who("", "mei  lindqvist"),))

    assert written.why(Who("m", "Mei Lindqvist"), OTHER) is Why.READS
    assert written.why(Who("", "Mei Lind"), OTHER) is Why.NOT_A_READER


def test_nobody_is_not_the_same_as_nobody() -> None:
    assert VisitAudience("v1", standing=Standing.RELEASED).why(Who(), Who()) is Why.NOT_A_READER
    assert not Who("", " ").same(Who("", " "))


@given(st.booleans(), st.sampled_from(Standing), st.sampled_from([AMINA, JOONAS, MEI, OTHER, Who()]),
       st.sampled_from([AMINA, JOONAS, MEI, OTHER, Who()]), st.booleans())  # fmt: skip
def test_only_a_release_or_authorship_ever_lets_a_visit_in(
    own: bool, standing: Standing, reader: Who, me: Who, here: bool
) -> None:
    why = replace(VISIT, standing=standing, made_here=here).why(reader, me, own=own)

    if why is Why.OWN:
        assert own
        assert here
        assert reader == me
    elif why.inside:
        assert standing is Standing.RELEASED
        assert reader in {AMINA, JOONAS, MEI}
