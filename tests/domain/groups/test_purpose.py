"""A purpose says what it lacks and is never judged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.groups.goal import Goal
from observe_app.domain.groups.group import GroupMember, PeerGroup
from observe_app.domain.groups.purpose import PurposeGap, purpose_gaps

TODAY = date(2026, 11, 23)
WHOLE = PeerGroup(
    "g", "Maths", purpose="Pupils in year 8 explain how they reached an answer.", measure="20 of 30 answers",
    revisit=TODAY + timedelta(days=60),
)  # fmt: skip


def test_a_new_group_is_told_everything_once():
    found = purpose_gaps(PeerGroup("g", "Maths"), (), TODAY)

    assert found == (PurposeGap.PURPOSE, PurposeGap.MEASURE, PurposeGap.REVISIT)


def test_a_whole_purpose_lacks_nothing():
    assert purpose_gaps(WHOLE, (), TODAY) == ()


@pytest.mark.parametrize("words", ["Talk more", "Better lessons for all", "もっと話す"])
def test_a_few_words_are_asked_for_more(words):
    found = purpose_gaps(PeerGroup("g", "Maths", purpose=words, measure="9", revisit=date(2027, 1, 1)), (), TODAY)

    assert found == (PurposeGap.SPECIFIC,)


@pytest.mark.parametrize("words", ["八年级学生说明他们怎样得出答案", "Schüler der 8. Klasse erklären ihren Weg"])
def test_a_sentence_of_any_script_is_a_sentence(words):
    assert PurposeGap.SPECIFIC not in purpose_gaps(PeerGroup("g", "M", purpose=words), (), TODAY)


def test_a_goal_with_a_target_makes_a_purpose_measurable():
    group = PeerGroup("g", "Maths", purpose=WHOLE.purpose, revisit=WHOLE.revisit)

    assert purpose_gaps(group, (), TODAY) == (PurposeGap.MEASURE,)
    assert purpose_gaps(group, (Goal("x", "Talk", target=0.0),), TODAY) == ()


def test_a_measure_without_a_figure_is_asked_for_one():
    group = PeerGroup("g", "Maths", purpose="Pupils explain how they reached an answer.", measure="answers heard",
                      revisit=WHOLE.revisit)  # fmt: skip

    assert purpose_gaps(group, (), TODAY) == (PurposeGap.TARGET,)


@given(st.text(max_size=200), st.text(max_size=80), st.none() | st.dates())
def test_whatever_is_written_each_gap_is_named_once(purpose, measure, revisit):
    found = purpose_gaps(PeerGroup("g", "M", purpose=purpose, measure=measure, revisit=revisit), (), TODAY)

    assert len(set(found)) == len(found)
    assert (PurposeGap.REVISIT_DUE in found) == (revisit is not None and revisit <= TODAY)
    assert not {PurposeGap.PURPOSE, PurposeGap.SPECIFIC} <= set(found)


@given(st.none() | st.dates(), st.none() | st.dates(), st.dates())
def test_somebody_belongs_from_the_first_day_to_the_last(since, until, day):
    member = GroupMember("m", "g", "p", (), since, until)

    assert member.on(day) == ((since or date.min) <= day <= (until or date.max))
