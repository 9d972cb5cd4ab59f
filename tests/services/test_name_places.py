"""Names on their way out: the words around them, and other words in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.turn import Voice
from observe_app.services import answers, history, name_places, notes, people, steps, talk, turns, visits, wording
from observe_app.services.wording import NameInText

if TYPE_CHECKING:
    from observe_app.services.core import Core

NAME = "Peter Miller"


@pytest.fixture
def visit_id(core: Core) -> str:
    visit = visits.plan(
        core, teacher_id=people.ensure(core, "Amina").id, form_id="general-peer-observation", focus=f"So {NAME} speaks"
    )
    visits.begin(core, visit_id=visit.id)
    notes.add(core, visit_id=visit.id, line=f"T asks {NAME}, then {NAME} again", offset_ms=0)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.GROWTH, title="Voices", text=f"Only {NAME} was asked.")
    steps.add(core, visit_id=visit.id, text="Ask others", help=f"Begin with {NAME}")
    turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text=f"I had not seen {NAME}")
    answers.give(
        core,
        visit_id=visit.id,
        item="respect",
        value=3,
        comment=f"when {NAME} spoke",
        seen=answers.open_answer(core, visit_id=visit.id, item="respect").seen,
    )
    return visit.id


def test_every_place_tells_its_words_and_takes_others(core: Core, visit_id: str) -> None:
    found = wording.names_in(core, visit_id)
    assert {one.kind for one in found} == {"visit", "note", "claim", "step", "turn", "answer"}

    for one in found:
        assert NAME in name_places.excerpt(core, visit_id, one)
        assert name_places.replace_name(core, visit_id, one, " S7 ") == (2 if one.kind == "note" else 1)
        assert name_places.excerpt(core, visit_id, one) == ""
    assert wording.names_in(core, visit_id) == ()
    assert notes.stream(core, visit_id)[0].text == "asks S7, then S7 again"


def test_undo_brings_the_name_back(core: Core, visit_id: str) -> None:
    note = next(one for one in wording.names_in(core, visit_id) if one.kind == "note")
    name_places.replace_name(core, visit_id, note, "S7")
    history.undo(core, scope=visit_id)
    assert NAME in notes.stream(core, visit_id)[0].text


def test_all_names_give_way_at_once_and_come_back_by_one_undo(core: Core, visit_id: str) -> None:
    found = wording.names_in(core, visit_id)
    assert name_places.replace_names(core, visit_id, [(one, "S7") for one in found]) == len(found) + 1
    assert wording.names_in(core, visit_id) == ()

    history.undo(core, scope=visit_id)
    assert wording.names_in(core, visit_id) == found


def test_one_that_cannot_be_replaced_leaves_all_as_they_are(core: Core, visit_id: str) -> None:
    found = wording.names_in(core, visit_id)
    with pytest.raises(Invalid):
        name_places.replace_names(core, visit_id, [(found[0], "S7"), (found[1], " ")])
    assert wording.names_in(core, visit_id) == found


def test_only_the_whole_name_is_replaced(core: Core, visit_id: str) -> None:
    note = notes.add(core, visit_id=visit_id, line=f"{NAME}s book, {NAME}’s pen", offset_ms=1)
    name_places.replace_name(core, visit_id, NameInText("note", note.id, NAME), "S7")
    assert notes.get(core, note.id).text == f"{NAME}s book, S7’s pen"


@pytest.mark.parametrize("stand_in", ["", "   ", "\n", "x" * 61])
def test_words_that_cannot_stand_there_change_nothing(core: Core, visit_id: str, stand_in: str) -> None:
    note = next(one for one in wording.names_in(core, visit_id) if one.kind == "note")
    with pytest.raises(Invalid):
        name_places.replace_name(core, visit_id, note, stand_in)
    assert NAME in notes.stream(core, visit_id)[0].text


def test_a_record_that_is_gone_has_no_words(core: Core, visit_id: str) -> None:
    assert name_places.excerpt(core, visit_id, NameInText("claim", "nowhere", NAME)) == ""


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=120), st.text(" abcß.", max_size=200))
def test_the_words_around_hold_the_name_and_stay_short(core: Core, before: str, after: str) -> None:
    visit = visits.plan(core, focus="")
    text = f"{before} {NAME} {after}"
    opened = visits.open_visit(core, visit.id)
    visits.update(core, visit_id=visit.id, seen=opened.seen, focus=text)
    told = name_places.excerpt(core, visit.id, NameInText("visit", visit.id, NAME))
    assert NAME in told
    assert len(told) <= len(NAME) + 2 * 34 + 6
