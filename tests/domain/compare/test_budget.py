"""Where the time of a lesson went: parts and rest add up to the lesson, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.budget import phase_budget, rates, talk_seconds, time_budgets
from observe_app.domain.compare.question_levels import question_levels
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Item, ItemKind

TEACHER = Item("teacher-talk", ItemKind.TIMER, (("en", "Teacher"),), group="voice")
STUDENT = Item("student-talk", ItemKind.TIMER, (("en", "Student"),), group="voice")
QUIET = Item("quiet", ItemKind.TIMER, (("en", "Nobody"),), group="voice")
ALONE = Item("board", ItemKind.TIMER, (("en", "At the board"),))
ITEMS = (TEACHER, STUDENT, QUIET, ALONE)
MINUTE = 60_000


def made(kind: EventKind, ms: int, item: str = "", **more) -> Event:
    return Event(f"{kind}-{ms}-{item}-{more}", "v", kind, ms, item=item, **more)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([EventKind.START, EventKind.STOP]),
            st.integers(-10, 3_000),
            st.sampled_from([item.id for item in ITEMS]),
        ),
        max_size=30,
    ),
    st.lists(st.tuples(st.sampled_from([EventKind.PAUSE, EventKind.RESUME]), st.integers(0, 2_500)), max_size=6),
    st.integers(0, 2_000),
)
def test_parts_and_rest_of_every_budget_are_the_lesson(timed, paused, length):
    events = [made(*one) for one in timed] + [made(*one) for one in paused]

    for budget in time_budgets(ITEMS, events, length):
        assert all(part.ms >= 0 for part in budget.parts)
        assert budget.rest_ms >= 0
        assert sum(part.ms for part in budget.parts) + budget.rest_ms == budget.whole_ms <= max(0, length)


def test_timers_of_a_group_share_a_budget_and_a_lone_one_has_its_own():
    events = [
        made(EventKind.START, 0, "teacher-talk"),
        made(EventKind.START, 2 * MINUTE, "student-talk"),
        made(EventKind.STOP, 3 * MINUTE, "student-talk"),
        made(EventKind.START, 0, "board"),
        made(EventKind.STOP, MINUTE, "board"),
    ]
    voice, board = time_budgets(ITEMS, events, 5 * MINUTE)

    assert [(part.item, part.ms) for part in voice.parts] == [
        ("teacher-talk", 2 * MINUTE),
        ("student-talk", MINUTE),
        ("quiet", 0),
    ]
    assert voice.rest_ms == 2 * MINUTE
    assert board.share("board").value == pytest.approx(0.2)


def test_a_pause_is_in_no_part_and_not_in_the_lesson():
    events = [
        made(EventKind.START, 0, "teacher-talk"),
        made(EventKind.PAUSE, MINUTE),
        made(EventKind.RESUME, 3 * MINUTE),
    ]
    (voice,) = time_budgets(ITEMS, events, 4 * MINUTE)

    assert (voice.parts[0].ms, voice.whole_ms, voice.rest_ms) == (2 * MINUTE, 2 * MINUTE, 0)


def test_talk_by_seconds_names_its_base_and_none_where_no_timer_says_who_talked():
    events = [
        made(EventKind.START, 0, "teacher-talk"),
        made(EventKind.START, 3 * MINUTE, "quiet"),
        made(EventKind.STOP, 4 * MINUTE, "quiet"),
    ]

    share = talk_seconds(ITEMS, events, 10 * MINUTE)
    assert share is not None
    assert (share.count, share.of) == (3 * MINUTE, 4 * MINUTE)
    assert talk_seconds((ALONE,), [made(EventKind.START, 0, "board")], MINUTE) is None
    assert talk_seconds(ITEMS, [], MINUTE) is None


def test_phases_of_one_name_are_told_together():
    events = [
        made(EventKind.PHASE, 0, text="Input"),
        made(EventKind.PHASE, MINUTE, text="Groups"),
        made(EventKind.PHASE, 3 * MINUTE, text="Input"),
    ]
    budget = phase_budget(events, 5 * MINUTE)

    assert budget is not None
    assert [(part.name, part.ms, part.runs) for part in budget.parts] == [
        ("Input", 3 * MINUTE, 2),
        ("Groups", 2 * MINUTE, 1),
    ]
    assert phase_budget([], MINUTE) is None


def test_a_rate_is_per_lesson_minute_without_pauses_and_not_defined_without_a_lesson():
    item = Item("question", ItemKind.TALLY, (("en", "Question"),))
    events = [made(EventKind.TALLY, ms, "question") for ms in (1, 2, 3)]
    paused = [made(EventKind.PAUSE, MINUTE), made(EventKind.RESUME, 2 * MINUTE)]

    assert rates((item,), [*events, *paused], 3 * MINUTE)[0].per_minute == pytest.approx(1.5)
    assert rates((item,), events, 0)[0].per_minute is None
    assert not rates((item,), [], MINUTE)


def test_levels_of_questions_come_from_keys_or_from_tags_and_never_from_both_at_once():
    items = tuple(Item(name, ItemKind.TALLY, (("en", name),)) for name in ("remember", "analyse"))
    events = [
        made(EventKind.TALLY, 5, "analyse"),
        made(EventKind.NOTE, 7, text="Why?", tags=("Analyze", "analyse")),
        made(EventKind.NOTE, 9, text="What?", tags=("remember",)),
    ]
    pressed, tagged = question_levels(items, events)

    assert (pressed.source, pressed.counts) == ("items", (("remember", 0), ("analyse", 1)))
    assert tagged.total == 2
    assert tagged.share("analyse").count == 1
    assert not question_levels(items, [])
