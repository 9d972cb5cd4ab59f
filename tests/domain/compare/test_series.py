"""Lines over a term: what is joined with what, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.compare.facts import Counted, LookFacts, SheetFacts, TimerFacts, VisitFacts, WaitFacts
from observe_app.domain.compare.marks import LEAST, Break, Measure, Missing, Origin, Series
from observe_app.domain.compare.series import Observed, comparable, observed, series_of
from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Level, Option, Section
from tests.services.event_form import EVENT_FORM, GRID, said

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = 60_000
LEVELS = tuple(Level(number, said(word)) for number, word in enumerate(("Not yet", "Sometimes", "Often"), 1))
WAITS = Item("waits", ItemKind.RATING, said("Waits"), levels=LEVELS)


def form(*items: Item, form_id: str = "own", version: int = 1) -> Form:
    return Form(form_id, version, said("Own"), said(""), (Section("a", said("First"), items),))


def rated(
    name: str, level: int | Absence | None, *, by: Form | None = None, observer: str = "o", **more: object
) -> Observed:
    answers = {}
    if isinstance(level, Absence):
        answers = {"waits": Answer(name, "waits", None, level)}
    elif level is not None:
        answers = {"waits": Answer(name, "waits", level, None)}
    origin = more.pop("origin", Origin.LIVE)
    assert isinstance(origin, Origin)
    facts = VisitFacts(name, 50 * MINUTE, answers, **more)  # type: ignore[arg-type]
    return observed(name, "t", observer, origin, by or ONE, facts)


ONE = form(WAITS)


def only(visits: Sequence[Observed], measure: Measure = Measure.RATING) -> Series:
    (found,) = [one for one in series_of(visits) if one.measure is measure]
    return found


def test_a_level_stands_with_its_number_and_word_and_carries_the_scale() -> None:
    line = only([rated("v1", 1), rated("v2", 3)])

    assert [(mark.value, mark.words, mark.n) for mark in line.marks] == [(1.0, "Not yet", 1), (3.0, "Often", 1)]
    assert line.levels == ((1, "Not yet"), (2, "Sometimes"), (3, "Often"))
    assert (line.key, line.label, line.section, line.teacher_id) == ("waits", "Waits", "First", "t")


@pytest.mark.parametrize("absence", list(Absence))
def test_no_absence_is_a_zero(absence: Absence) -> None:
    (mark,) = only([rated("v1", absence)]).marks

    assert (mark.value, mark.missing) == (None, Missing(absence.value))


def test_an_item_never_touched_is_unanswered() -> None:
    assert only([rated("v1", None)]).marks[0].missing is Missing.UNANSWERED


def test_a_level_that_the_scale_has_not_is_no_value() -> None:
    assert only([rated("v1", 7)]).marks[0].missing is Missing.UNANSWERED


def test_three_comparable_visits_make_a_line_and_two_do_not() -> None:
    two, three = [rated("v1", 1), rated("v2", 2)], [rated("v1", 1), rated("v2", 2), rated("v3", 2)]

    assert (only(two).enough, only(three).enough, LEAST) == (False, True, 3)


def test_a_gap_is_no_break_and_does_not_count() -> None:
    line = only([rated("v1", 1), rated("v2", Absence.NOT_SEEN), rated("v3", 2), rated("v4", 2)])

    assert (line.breaks, line.comparable, line.valued) == ((), 3, 3)


def test_another_observer_breaks_the_line_and_says_so() -> None:
    line = only([rated("v1", 1), rated("v2", 2), rated("v3", 2, observer="p"), rated("v4", 3, observer="p")])

    assert line.breaks == ((2, Break.OBSERVER),)
    assert line.comparable == 2


def test_the_observer_of_a_visit_without_a_value_breaks_nothing() -> None:
    line = only([rated("v1", 1), rated("v2", None, observer="p"), rated("v3", 2)])

    assert line.breaks == ()


def test_two_visits_that_name_no_observer_are_not_known_to_be_the_same_observers() -> None:
    assert only([rated("v1", 1, observer=""), rated("v2", 2, observer="")]).breaks == ((1, Break.OBSERVER),)


def test_an_imported_visit_is_not_joined_with_one_recorded_live() -> None:
    line = only([rated("v1", 1), rated("v2", 2, origin=Origin.IMPORTED)])

    assert line.breaks == ((1, Break.ORIGIN),)
    assert line.marks[1].origin is Origin.IMPORTED


def test_another_scale_breaks_the_line_and_another_label_of_the_item_does_not() -> None:
    four = replace(WAITS, levels=(*LEVELS, Level(4, said("Throughout"))))
    words = replace(WAITS, label=said("Leaves time to think"))
    visits = [rated("v1", 1), rated("v2", 2, by=form(words, version=2)), rated("v3", 3, by=form(four, version=3))]

    line = only(visits)

    assert line.breaks == ((2, Break.SCALE),)
    assert line.levels[-1] == (4, "Throughout")


def test_a_renamed_level_is_another_scale() -> None:
    other = replace(WAITS, levels=(*LEVELS[:2], Level(3, said("Mostly"))))

    assert only([rated("v1", 3), rated("v2", 3, by=form(other, version=2))]).breaks == ((1, Break.SCALE),)


def test_one_item_id_on_two_forms_makes_two_lines() -> None:
    lines = series_of([rated("v1", 1), rated("v2", 2, by=form(WAITS, form_id="other"))])

    assert [line.key for line in lines] == ["waits", "other/waits"]
    assert [[mark.missing for mark in line.marks] for line in lines] == [
        [None, Missing.NOT_ON_FORM], [Missing.NOT_ON_FORM, None]
    ]  # fmt: skip


def test_an_item_that_a_version_has_not_is_not_on_the_form() -> None:
    later = form(WAITS, Item("aim", ItemKind.CHECK, said("Says the aim")), version=2)
    lines = series_of([rated("v1", 1), rated("v2", 2, by=later)])

    assert [(line.key, [mark.missing for mark in line.marks]) for line in lines] == [
        ("waits", [None, None]), ("aim", [Missing.NOT_ON_FORM, Missing.UNANSWERED])
    ]  # fmt: skip


def test_an_item_that_an_answer_hides_was_not_asked() -> None:
    hidden = Item("why", ItemKind.NUMBER, said("How often"), show_when=(Condition("waits", ConditionTest.IS, (3,)),))
    lines = series_of([rated("v1", 1, by=form(WAITS, hidden)), rated("v2", 3, by=form(WAITS, hidden))])

    marks = next(line for line in lines if line.item == "why").marks

    assert [mark.missing for mark in marks] == [Missing.NOT_APPLICABLE, Missing.UNANSWERED]


def test_every_person_has_lines_of_their_own() -> None:
    visits = [rated("v1", 1), rated("v2", 2), replace(rated("v3", 3), teacher_id="u")]

    lines = series_of(visits)

    assert [(line.teacher_id, len(line.marks)) for line in lines] == [("t", 2), ("u", 1)]


def test_items_wanted_leave_out_all_else() -> None:
    facts = {"notes": 2, "tags": {"open": Counted(1, 0)}, "teacher_words": 3}
    other = form(WAITS, Item("aim", ItemKind.CHECK, said("Says the aim")))

    assert [line.key for line in series_of([rated("v1", 1, by=other, **facts)], items=("aim",))] == ["aim"]


# -- events


def happened(name: str = "v1", **facts: object) -> Observed:
    return observed(name, "t", "o", Origin.LIVE, EVENT_FORM, VisitFacts(name, 50 * MINUTE, **facts))  # type: ignore[arg-type]


def line_of(visit: Observed, key: str, measure: Measure) -> Series:
    (found,) = [one for one in series_of([visit]) if (one.key, one.measure) == (key, measure)]
    return found


def test_a_tally_is_a_rate_of_the_lessons_minutes() -> None:
    (mark,) = line_of(happened(tallies={"praise": Counted(10, 500)}), "praise", Measure.TALLY).marks

    assert (mark.value, mark.n, mark.of, mark.at_ms) == (0.2, 10, 50 * MINUTE, 500)


def test_a_tally_nobody_pressed_is_no_zero() -> None:
    (mark,) = line_of(happened(), "praise", Measure.TALLY).marks

    assert (mark.value, mark.missing) == (None, Missing.NOTHING_RECORDED)


def test_a_reason_for_counting_nothing_is_told() -> None:
    facts = {"answers": {"praise": Answer("v1", "praise", None, Absence.NOT_SEEN)}}

    assert line_of(happened(**facts), "praise", Measure.TALLY).marks[0].missing is Missing.NOT_SEEN


def test_a_timer_that_never_ran_while_others_of_its_group_did_took_no_time() -> None:
    visit = happened(timers={"teacher": TimerFacts(10 * MINUTE, 1, 0)})

    assert line_of(visit, "pupils", Measure.TIMER).marks[0].value == 0.0
    assert line_of(visit, "board", Measure.TIMER).marks[0].missing is Missing.NOTHING_RECORDED


def test_a_share_of_talk_rests_on_the_timed_talk_and_a_share_of_time_on_the_lesson() -> None:
    visit = happened(timers={"teacher": TimerFacts(10 * MINUTE, 1, 0), "pupils": TimerFacts(30 * MINUTE, 2, 5)})

    talk, time = line_of(visit, "teacher", Measure.TALK_SECONDS), line_of(visit, "teacher", Measure.TIMER)

    assert (talk.marks[0].value, talk.marks[0].of) == (0.25, 40 * MINUTE)
    assert (time.marks[0].value, time.marks[0].of) == (0.2, 50 * MINUTE)


def test_shares_of_intervals_and_of_ticks_are_two_lines_with_two_bases() -> None:
    sheet = SheetFacts(4, 1, {"I.Lec": Counted(3, 0), "I.PQ": Counted(1, 9), "S.L": Counted(4, 0)}, {2: Counted(2, 0)})
    visit = happened(sheets={"grid": sheet})

    of_intervals = line_of(visit, "grid:I.Lec", Measure.CODE_INTERVALS).marks[0]
    of_ticks = line_of(visit, "grid:I.Lec", Measure.CODE_TICKS).marks[0]
    level = line_of(visit, "grid:2", Measure.LEVEL).marks[0]

    assert (of_intervals.n, of_intervals.of, of_intervals.blank) == (3, 4, 1)
    assert (of_ticks.n, of_ticks.of) == (3, 4)
    assert (level.n, level.of, level.blank) == (2, 2, 3)


def test_a_code_without_a_tick_on_a_coded_sheet_is_a_zero_and_without_a_sheet_it_is_none() -> None:
    coded, bare = happened(sheets={"grid": SheetFacts(4)}), happened()

    assert line_of(coded, "grid:I.Lec", Measure.CODE_INTERVALS).marks[0].value == 0.0
    assert line_of(coded, "grid:I.Lec", Measure.CODE_TICKS).marks[0].missing is Missing.NOTHING_RECORDED
    assert line_of(bare, "grid:I.Lec", Measure.CODE_INTERVALS).marks[0].missing is Missing.NOTHING_RECORDED


def test_intervals_of_another_length_are_another_base() -> None:
    one, four = form(GRID), form(replace(GRID, seconds=240), version=2)
    sheet = {"sheets": {"grid": SheetFacts(4, 0, {"I.Lec": Counted(2, 0)})}}

    lines = series_of([rated("v1", None, by=one, **sheet), rated("v2", None, by=four, **sheet)])

    line = next(one for one in lines if (one.key, one.measure) == ("grid:I.Lec", Measure.CODE_INTERVALS))
    assert line.breaks == ((1, Break.BASE),)


def test_a_code_that_only_an_earlier_version_has_keeps_its_line() -> None:
    fewer = replace(GRID, sides=GRID.sides[:1])
    visits = [rated("v1", None, by=form(GRID)), rated("v2", None, by=form(fewer, version=2))]

    keys = [line.key for line in series_of(visits) if line.measure is Measure.CODE_INTERVALS]

    assert keys == ["grid:I.Lec", "grid:I.PQ", "grid:I.O", "grid:S.L", "grid:S.O"]


def test_a_code_says_whose_it_is_where_two_have_one_name() -> None:
    other = replace(GRID.sides[1].codes[1], label=said("other, with words"))
    twice = replace(GRID, sides=(GRID.sides[0], replace(GRID.sides[1], codes=(GRID.sides[1].codes[0], other))))

    lines = series_of([rated("v1", None, by=form(twice))])

    labels = [line.label for line in lines if line.measure is Measure.CODE_INTERVALS]
    assert labels == [
        "Lecturing", "Posing a question", "Instructor: other, with words", "Listening", "Students: other, with words"
    ]  # fmt: skip


def test_looks_are_of_all_looks_and_tell_what_was_missed() -> None:
    (mark,) = line_of(happened(sweeps={"task": LookFacts(40, 54, 2, 3, 7)}), "task", Measure.SWEEP).marks

    assert (mark.n, mark.of, mark.blank) == (40, 54, 3)


def test_waits_have_a_median_with_its_n_and_a_share_that_reached_the_aim() -> None:
    visit = happened(waits={"wait": WaitFacts((1000, 3000, 5000), (), 9)})

    median, aim = line_of(visit, "wait", Measure.WAIT).marks[0], line_of(visit, "wait", Measure.WAIT_AIM).marks[0]

    assert (median.value, median.n) == (3000.0, 3)
    assert (aim.n, aim.of) == (2, 3)


def test_words_and_tags_come_after_the_form_with_their_bases() -> None:
    visit = happened(teacher_words=30, student_words=10, notes=8, tags={"open": Counted(2, 4), "wait": Counted(3, 1)})

    lines = series_of([visit])[-3:]

    assert [(line.key, line.marks[0].n, line.marks[0].of) for line in lines] == [
        ("talk_words", 30, 40), ("tag:wait", 3, 8), ("tag:open", 2, 8)
    ]  # fmt: skip


def test_options_are_told_in_words() -> None:
    item = Item("where", ItemKind.CHOICES, said("Where"), options=(Option("a", said("Lab")), Option("b", said("Yard"))))
    facts = VisitFacts("v1", MINUTE, {"where": Answer("v1", "where", ("a", "b", "gone"), None)})

    (line,) = series_of([observed("v1", "t", "o", Origin.LIVE, form(item), facts)])

    assert (line.marks[0].value, line.marks[0].words) == (None, "Lab, Yard, gone")


levels = st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.sampled_from("op"), st.booleans()), max_size=12)


@given(levels)
def test_breaks_stand_between_values_that_differ_in_what_they_rest_on_and_nowhere_else(
    made: list[tuple[int | None, str, bool]],
) -> None:
    visits = [
        rated(f"v{at}", level, observer=who, origin=Origin.IMPORTED if brought else Origin.LIVE)
        for at, (level, who, brought) in enumerate(made)
    ]
    found = [one for one in series_of(visits) if one.measure is Measure.RATING]
    valued = [at for at, (level, _who, _brought) in enumerate(made) if level is not None]
    expected = set()
    for before, after in pairwise(valued):
        expected |= {(after, Break.OBSERVER)} if made[before][1] != made[after][1] else set()
        expected |= {(after, Break.ORIGIN)} if made[before][2] != made[after][2] else set()

    for line in found:
        assert set(line.breaks) == expected
        assert line.comparable == comparable(line.marks, line.breaks)
        assert line.comparable <= line.valued == len(valued)
        assert [mark.visit_id for mark in line.marks] == [visit.id for visit in visits]
