"""Two observers of one lesson: every disagreement found, none invented, nothing said that is not known."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from observe_app.domain.agreement import Counts, Undefined
from observe_app.domain.answer import Absence, Answer
from observe_app.domain.compare.agree_view import (
    AgreementView,
    Cell,
    Difference,
    DifferenceKind,
    LeftOutWhy,
    NoSpread,
    OffsetBy,
)
from observe_app.domain.event import EventKind
from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.services.compare.agreement import compare
from observe_app.services.exchange.agreement_out import document
from tests.services.compare.lesson_hands import MINUTE, Hand, again
from tests.services.event_form import BOARD, EVENT_FORM, GRID, LEVELS, PRAISE, said


def form_of(*items: Item) -> Form:
    return Form("f", 1, said("F"), said(""), (Section("s", said("S"), items),))


def sheets(a: tuple[str | None, ...], b: tuple[str | None, ...], **how: object) -> AgreementView:
    one, other = Hand("a"), Hand("b")
    one.ticks(*a)
    other.ticks(*b)
    return compare(one.record("Jo"), other.record("Tomás"), **how)  # type: ignore[arg-type]


def places(found: tuple[Difference, ...]) -> list[tuple[str, int, str, str]]:
    return [(one.code or one.item, one.place, one.a, one.b) for one in found]


# --- a lesson replayed with slips ------------------------------------------------------------------------------------


def lesson(seed: int) -> Hand:
    """A lesson of forty minutes, its moments at least nine seconds apart, so that no slip can look like another."""
    chance = random.Random(seed)
    hand = Hand("a")
    for at in range(5_000, 40 * MINUTE, 9_000):
        if chance.random() < 0.5:
            hand.tally(at + chance.randrange(500), chance.choice(("praise", "open")))
        elif chance.random() < 0.3:
            hand.put(EventKind.WAIT, at, item="wait", value=float(chance.randrange(500, 9000)), outcome="answered")
        elif chance.random() < 0.3:
            hand.put(EventKind.NOTE, at, text=f"Says sentence {at}", speaker="T", tags=("recall",))
    hand.ticks(*(" ".join(chance.sample(("I.Lec", "I.PQ", "S.L", "S.O"), 2)) for _index in range(20)))
    return hand


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("by_ms", [0, 83_000])
def test_of_a_lesson_replayed_with_slips_every_slip_is_found_and_none_invented(seed: int, by_ms: int) -> None:
    one = lesson(seed)
    other = again(one, "b")
    chance = random.Random(1000 + seed)
    expected: set[tuple[str, int, str, str]] = set()
    kept = []
    for made in other.events:
        event, slip = made, chance.random()
        name = event.code or event.item
        if event.kind in (EventKind.TALLY, EventKind.WAIT) and slip < 0.08:
            expected.add((name, event.offset_ms, "yes", "no"))
            continue
        if event.kind is EventKind.WAIT and slip < 0.2:
            event = replace(event, outcome="rephrased")
            expected.add((name, event.offset_ms, "answered", "rephrased"))
        elif event.kind is EventKind.INTERVAL and event.code and slip < 0.1:
            expected.add((name, event.offset_ms // (2 * MINUTE), "yes", "no"))
            continue
        elif event.kind in (EventKind.TALLY, EventKind.WAIT, EventKind.NOTE):
            event = replace(event, offset_ms=event.offset_ms + chance.randrange(-900, 900))
        kept.append(event)
    other.events = kept
    if by_ms:  # the other clock was started earlier; sheets go by whole intervals and stay
        other.events = [
            event if event.kind is EventKind.INTERVAL else replace(event, offset_ms=event.offset_ms + by_ms)
            for event in kept
        ]
        other.events = [event for event in other.events if event.kind is not EventKind.INTERVAL]
        one.events = [event for event in one.events if event.kind is not EventKind.INTERVAL]
        expected = {slip for slip in expected if not slip[0].startswith(("I.", "S."))}
    view = compare(one.record("Jo"), other.record("Tomás", late_ms=-by_ms))
    assert view.offset.ms == pytest.approx(-by_ms, abs=1000)
    assert set(places(view.differences)) == expected
    assert len(view.differences) == len(expected)


def test_two_equal_records_agree_wholly() -> None:
    one = lesson(3)
    view = compare(one.record("Jo"), again(one, "b").record("Tomás"))
    assert view.differences == ()
    assert view.sheets[0].pooled.kappa.value == 1
    assert all(moment.share.value == 1 for moment in view.moments)


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_a_code_has_its_counts_figures_and_cells() -> None:
    view = sheets(("I.Lec", "I.Lec I.PQ", "I.PQ", ""), ("I.Lec", "I.Lec", "I.PQ S.L", ""))
    (sheet,) = view.sheets
    codes = {code.code: code for code in sheet.codes}
    assert codes["I.PQ"].counts == Counts(1, 1, 0, 2)
    assert codes["I.PQ"].cells == (Cell.NEITHER, Cell.ONLY_A, Cell.BOTH, Cell.NEITHER)
    assert codes["I.PQ"].kappa.value == pytest.approx(0.5)
    assert codes["I.Lec"].kappa.value == 1
    assert codes["I.O"].kappa.why is Undefined.ONE_CATEGORY
    assert codes["I.O"].jaccard.why is Undefined.NEVER_SEEN
    assert sheet.pooled.counts == Counts(3, 1, 1, 7)
    assert sheet.pooled_all.counts == Counts(3, 1, 1, 15)
    assert codes["I.Lec"].spread.why is NoSpread.TOO_FEW


def test_a_difference_is_told_in_words_with_its_minutes() -> None:
    view = sheets(("", "I.PQ"), ("", ""))
    (found,) = view.differences
    assert found.text == "2:00–4:00: only Jo ticked “posing a question”"
    assert (found.start_ms, found.end_ms, found.place) == (120_000, 240_000, 1)


def test_observers_of_one_name_are_told_apart() -> None:
    one, other = Hand("a"), Hand("b")
    one.ticks("I.PQ")
    other.ticks("")
    view = compare(one.record("Jo"), other.record("Jo"))
    assert view.differences[0].text == "0:00–2:00: only one observer ticked “posing a question”"


def test_intervals_that_one_did_not_code_are_left_out_and_said() -> None:
    view = sheets(("I.Lec", "I.Lec", None, "I.PQ"), ("I.Lec", None, "I.PQ", "I.PQ"))
    assert view.sheets[0].n == 2
    assert (view.sheets[0].blank_a, view.sheets[0].blank_b) == (1, 1)
    assert view.differences == ()
    assert [(one.why, one.count) for one in view.left_out] == [(LeftOutWhy.NOT_CODED_BY_BOTH, 2)]


def test_levels_have_a_weighted_kappa_that_says_its_weights() -> None:
    one, other = Hand("a"), Hand("b")
    for index, (a, b) in enumerate([(1, 1), (2, 3), (3, 3), (2, 2), (1, 2)]):
        one.level(index, a)
        other.level(index, b)
    view = compare(one.record("Jo"), other.record("Tomás"))
    levels = view.sheets[0].levels
    assert levels is not None
    assert levels.n == 5
    assert levels.percent.value == pytest.approx(0.6)
    assert levels.close.value == 1
    assert [one.text for one in view.differences] == [
        "2:00–4:00: What goes on: Jo says “Medium”, Tomás “High”",
        "8:00–10:00: What goes on: Jo says “Low”, Tomás “Medium”",
    ]
    assert view.differences[0].kind is DifferenceKind.LEVEL


def test_a_longer_interval_merges_whole_ones_and_says_so() -> None:
    view = sheets(("I.Lec", "", "", "I.PQ", "I.Lec"), ("", "I.Lec", "I.PQ", "", ""), interval_s=240)
    grid = view.sheets[0]
    assert (grid.derived, grid.seconds, grid.n) == (True, 240, 2)
    assert grid.pooled.counts == Counts(2, 0, 0, 2)
    odd = sheets(("I.Lec",), ("I.Lec",), interval_s=180)
    assert [one.why for one in odd.left_out] == [LeftOutWhy.NO_MULTIPLE]


def test_moments_and_timers_make_a_sheet_only_when_asked_for_a_length() -> None:
    one, other = Hand("a"), Hand("b")
    one.tally(60_000)
    one.run(0, 60_000)
    other.tally(59_999)
    other.run(0, 60_001)
    assert all(sheet.item == "grid" for sheet in compare(one.record("Jo"), other.record("Tomás")).sheets)
    view = compare(one.record("Jo"), other.record("Tomás"), offset_ms=0, interval_s=60)
    made = next(sheet for sheet in view.sheets if sheet.item == "*")
    codes = {code.code: code for code in made.codes}
    assert made.derived
    assert made.n == 50
    # A moment on a border belongs to the later interval, and a run that ends on one does not touch it.
    assert codes["praise"].cells[:2] == (Cell.ONLY_B, Cell.ONLY_A)
    assert codes["teacher"].cells[:2] == (Cell.BOTH, Cell.ONLY_B)


def test_only_like_is_compared_with_like() -> None:
    one, other = Hand("a"), Hand("b")
    one.ticks("I.Lec")
    other.ticks("I.Lec")
    short = replace(GRID, seconds=60)
    view = compare(one.record("Jo", form=form_of(GRID, PRAISE)), other.record("Tomás", form=form_of(short, BOARD)))
    assert {(left.why, left.item) for left in view.left_out} == {
        (LeftOutWhy.LENGTH_DIFFERS, "grid"),
        (LeftOutWhy.NOT_ON_BOTH, "praise"),
        (LeftOutWhy.NOT_ON_BOTH, "board"),
    }
    assert view.sheets == ()
    told = document(view)
    assert (told["n"], told["kappa"], told["kappa_defined"], told["interval_s"]) == (0, None, False, None)


# --- clocks ----------------------------------------------------------------------------------------------------------


def test_fitting_the_clocks_never_hides_what_they_said_as_recorded() -> None:
    one = Hand("a")
    for at in (10_000, 70_000, 95_000, 190_000, 300_000):
        one.tally(at)
    other = again(one, "b", 40_000)
    view = compare(one.record("Jo"), other.record("Tomás", late_ms=-40_000))
    assert (view.offset.ms, view.offset.by, view.offset.votes, view.offset.of) == (-40_000, OffsetBy.FOUND, 5, 5)
    assert view.offset.clock_ms == -40_000
    assert view.moments[0].matched == 5
    assert view.moments_at_zero[0].matched == 0
    still = compare(one.record("Jo"), other.record("Tomás"), offset_ms=0)
    assert (still.offset.by, still.offset.found_ms, still.moments[0].matched) == (OffsetBy.ZERO, -40_000, 0)


def test_sheets_move_by_whole_intervals_and_say_what_is_left() -> None:
    view = sheets(("", "I.Lec", "I.PQ", "I.Lec S.L"), ("I.Lec", "I.PQ", "I.Lec S.L"), offset_ms=130_000)
    (sheet,) = view.sheets
    assert (sheet.shift, sheet.rest_ms, sheet.n, sheet.first) == (1, 10_000, 3, 0)
    assert sheet.pooled.kappa.value == 1
    assert view.at_zero[0].pooled.kappa.value != 1


def test_what_only_one_could_have_seen_is_no_difference() -> None:
    one, other = Hand("a"), Hand("b")
    for at in (10_000, 200_000, 300_000, 400_000, 2_800_000):
        one.tally(at)
    for at in (200_000, 300_000, 400_000):
        other.tally(at - 120_000)
    view = compare(one.record("Jo"), other.record("Tomás", minutes=30), offset_ms=120_000)
    assert view.differences == ()
    assert view.moments[0].matched == 3
    assert [(left.why, left.count) for left in view.left_out] == [(LeftOutWhy.ONE_ALONE_WATCHED, 2)]


def test_a_moment_beside_the_tolerance_is_told_with_its_distance() -> None:
    one, other = Hand("a"), Hand("b")
    one.tally(60_000)
    other.tally(63_000)
    one_way = compare(one.record("Jo"), other.record("Tomás"), offset_ms=0)
    assert [found.beside_ms for found in one_way.differences] == [3000, 3000]
    assert "3.0 s away" in one_way.differences[0].text
    wider = compare(one.record("Jo"), other.record("Tomás"), offset_ms=0, tolerance_ms=3000)
    assert wider.differences == ()


# --- timers, answers -------------------------------------------------------------------------------------------------


def test_timers_are_compared_by_the_time_they_ran_pauses_left_out() -> None:
    one, other = Hand("a"), Hand("b")
    one.run(0, 600_000)
    other.run(0, 300_000)
    one.put(EventKind.PAUSE, 400_000)
    one.put(EventKind.RESUME, 500_000)
    view = compare(one.record("Jo", minutes=20), other.record("Tomás", minutes=20), offset_ms=0)
    (state,) = view.states
    assert state.counts == Counts(300_000, 200_000, 0, 600_000)
    assert [(found.start_ms, found.end_ms) for found in view.differences] == [(300_000, 400_000), (500_000, 600_000)]


RATINGS = tuple(
    Item(f"r{number}", ItemKind.RATING, said(f"R{number}"), levels=LEVELS, scale="s") for number in range(5)
)


def answers_of(visit: str, *values: int | None) -> list[Answer]:
    return [
        Answer(visit, f"r{place}", value, None if value is not None else Absence.NOT_LOOKED_FOR)
        for place, value in enumerate(values)
    ]


def test_ratings_of_one_scale_are_taken_together_and_a_missing_one_is_no_zero() -> None:
    form = form_of(*RATINGS, Item("calm", ItemKind.CHECK, said("Calm")))
    view = compare(
        Hand("a").record(
            "Jo", form=form, answers=[*answers_of("a", 1, 2, 3, 2, None), Answer("a", "calm", "yes", None)]
        ),
        Hand("b").record(
            "Tomás", form=form, answers=[*answers_of("b", 1, 3, 3, 2, 3), Answer("b", "calm", "no", None)]
        ),
    )
    (rated,) = view.ratings
    assert rated.pairs == (("r0", 1, 1), ("r1", 2, 3), ("r2", 3, 3), ("r3", 2, 2))
    assert rated.percent.value == pytest.approx(0.75)
    assert rated.quadratic.value is not None
    assert rated.linear.value is not None
    assert rated.quadratic.value > rated.linear.value
    assert view.answers == (("calm", "Calm", "yes", "no", False),)
    assert [found.text for found in view.differences] == [
        "R1: Jo says “Medium”, Tomás “High”",
        "Calm: Jo says “yes”, Tomás “no”",
    ]
    assert [(left.why, left.item) for left in view.left_out] == [(LeftOutWhy.NOT_CODED_BY_BOTH, "r4")]


# --- privacy ---------------------------------------------------------------------------------------------------------


def test_nothing_private_or_deleted_is_in_any_of_it() -> None:
    def built(secret: bool) -> AgreementView:
        one, other = Hand("a"), Hand("b")
        one.ticks("I.Lec")
        other.ticks("I.Lec")
        for hand in (one, other):
            for at in (5_000, 50_000, 90_000, 700_000):
                hand.tally(at)
        if secret:
            for flag in ("private", "deleted"):
                one.put(EventKind.NOTE, 30_000, text="CANARY", tags=("canary",), **{flag: True})
                one.put(EventKind.INTERVAL, 0, item="grid", code="I.PQ", value=1.0, **{flag: True})
                other.put(EventKind.TALLY, 42_000, item="praise", **{flag: True})
                other.put(EventKind.PHASE, 42_000, text="CANARY", **{flag: True})
                other.put(EventKind.START, 42_000, item="teacher", **{flag: True})
        return compare(one.record("Jo"), other.record("Tomás"), interval_s=120)

    assert built(secret=True) == built(secret=False)
    assert "canary" not in repr(built(secret=True)).lower()


def test_no_form_and_nothing_recorded_says_nothing() -> None:
    view = compare(Hand("a").record("", form=None), Hand("b").record("", form=None))
    assert (view.sheets, view.moments, view.differences, view.left_out) == ((), (), (), ())
    assert document(compare(Hand("a").record("Jo"), Hand("b").record("Tomás")))["percent"] is None


def test_changing_places_turns_everything_round() -> None:
    one = lesson(5)
    other = again(one, "b")
    other.events = other.events[::2]
    straight = compare(one.record("Jo"), other.record("Tomás"), offset_ms=0)
    turned = compare(other.record("Tomás"), one.record("Jo"), offset_ms=0)
    assert {(one.label, one.place, one.a, one.b) for one in straight.differences} == {
        (one.label, one.place, one.b, one.a) for one in turned.differences
    }
    assert straight.sheets[0].pooled.kappa == turned.sheets[0].pooled.kappa


def test_the_form_used_here_has_what_is_compared() -> None:
    assert {item.kind for item in EVENT_FORM.items} >= {
        ItemKind.TALLY,
        ItemKind.TIMER,
        ItemKind.INTERVAL,
        ItemKind.WAIT,
    }
