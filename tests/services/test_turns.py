"""The conversation: its beginning and end, and what was said, never lost and never without undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.turn import Voice
from observe_app.services import history, turns, visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


def said(core: Core, visit_id: str) -> list[tuple[Voice, str, str]]:
    """Return what was said as (voice, words, prompt)."""
    return [(turn.voice, turn.text, turn.prompt) for turn in turns.of_visit(core, visit_id)]


def test_turns_stand_in_the_order_they_were_written(core: Core) -> None:
    visit = visits.plan(core)
    turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text=" The starter felt rushed.  ", prompt="well")
    turns.add(core, visit_id=visit.id, voice=Voice.OBSERVER, text="The notes say four questions.")

    assert said(core, visit.id) == [
        (Voice.TEACHER, "The starter felt rushed.", "well"),
        (Voice.OBSERVER, "The notes say four questions.", ""),
    ]
    assert turns.of_visit(core, visit.id)[0].at == core.clock.now()


def test_a_turn_is_changed_deleted_and_brought_back(core: Core) -> None:
    visit = visits.plan(core)
    turn = turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text="Fast")
    opened = turns.edit(core, turn_id=turn.id, seen=turns.open_turn(core, turn.id).seen, text="Slow", voice=Voice.BOTH)
    assert said(core, visit.id) == [(Voice.BOTH, "Slow", "")]

    turns.delete(core, turn_id=turn.id, seen=opened.seen)
    assert said(core, visit.id) == []
    history.undo(core, scope=visit.id)
    assert said(core, visit.id) == [(Voice.BOTH, "Slow", "")]
    history.undo(core, scope=visit.id)
    assert said(core, visit.id) == [(Voice.TEACHER, "Fast", "")]


@pytest.mark.parametrize(("text", "rule"), [("  \n ", "empty"), ("x" * 20_001, "too_long")])
def test_a_turn_without_words_or_with_too_many_is_refused(core: Core, text: str, rule: str) -> None:
    visit = visits.plan(core)

    with pytest.raises(Invalid) as caught:
        turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text=text)

    assert caught.value.rule == rule
    assert said(core, visit.id) == []


def test_a_turn_of_no_visit_is_refused(core: Core) -> None:
    with pytest.raises(NotFound):
        turns.add(core, visit_id="none", voice=Voice.TEACHER, text="x")


@given(st.text(max_size=80), st.sampled_from(Voice))
def test_an_unfinished_line_is_as_it_was_left(core: Core, text: str, voice: Voice) -> None:
    visit = visits.plan(core)

    turns.keep_draft(core, visit_id=visit.id, voice=Voice.BOTH, text="before")
    turns.keep_draft(core, visit_id=visit.id, voice=voice, text=text)

    assert turns.draft(core, visit.id) == ((voice, text) if text else (None, ""))


def test_a_turn_ends_the_unfinished_line_and_leaves_other_lines(core: Core) -> None:
    visit = visits.plan(core)
    turns.keep_draft(core, visit_id=visit.id, voice=Voice.TEACHER, text="The starter")
    turns.ask(core, visit_id=visit.id, prompt="well")

    turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text="The starter felt rushed")

    assert turns.draft(core, visit.id) == (None, "")
    assert turns.prompt_now(core, visit.id) == ("well", core.clock.now())


def test_the_conversation_has_a_beginning_and_an_end_and_can_go_on(core: Core, clock: FakeClock) -> None:
    visit = visits.plan(core)
    begun = turns.start_talk(core, visit.id)
    clock.advance(seconds=300)
    assert turns.start_talk(core, visit.id) == begun, "it begins once"
    clock.advance(seconds=19 * 60)

    ended = turns.end_talk(core, visit.id)

    assert ended.talk_started is not None
    assert ended.talk_ended is not None
    assert ended.talk_ended - ended.talk_started == timedelta(minutes=24)
    assert turns.go_on(core, visit.id).talk_ended is None
    history.undo(core, scope=visit.id)
    assert visits.get(core, visit.id).talk_ended == ended.talk_ended


def test_a_conversation_that_did_not_begin_does_not_end(core: Core) -> None:
    visit = visits.plan(core)

    assert turns.end_talk(core, visit.id).talk_ended is None


def test_an_end_never_lies_before_the_beginning(core: Core, clock: FakeClock) -> None:
    visit = visits.plan(core)
    begun = turns.start_talk(core, visit.id)
    clock.jump_wall(seconds=-3600)

    assert turns.end_talk(core, visit.id).talk_ended == begun.talk_started
