"""A seating plan holds together whatever is done to it, and hostile text never becomes one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain import seating
from observe_app.domain.errors import Invalid
from observe_app.domain.seating import MAX_AT, MAX_LABEL, MAX_SEATS, Place, Seat, SeatingPlan, SeatState, dumps, loads
from observe_app.domain.seating_layouts import (
    Numbering,
    every,
    for_students,
    groups,
    horseshoe,
    middle,
    parse_count,
    parse_rows,
    renumbered,
    rows_and_columns,
    with_initials_of,
)

AT = st.integers(0, MAX_AT)
PLANS = st.one_of(
    st.builds(rows_and_columns, st.integers(1, 14), st.integers(1, 14), st.just((2, 4)), st.sampled_from(Numbering)),
    st.builds(groups, st.integers(1, MAX_SEATS), st.integers(2, 12)),
    st.builds(horseshoe, st.integers(1, MAX_SEATS)),
    st.just(SeatingPlan()),
)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), AT, AT),
        st.tuples(st.just("move"), st.integers(0, 250), AT),
        st.tuples(st.just("remove"), st.integers(0, 250), st.none()),
        st.tuples(st.just("label"), st.integers(0, 250), st.text(max_size=MAX_LABEL)),
        st.tuples(st.just("state"), st.integers(0, 250), st.sampled_from(SeatState)),
        st.tuples(st.just("renumber"), st.sampled_from(Numbering), st.none()),
        st.tuples(st.just("turn"), st.none(), st.none()),
        st.tuples(st.just("place"), AT, AT),
    ),
    max_size=12,
)


def edited(plan, edits):
    refused = []
    for what, first, second in edits:
        seat_id = plan.seats[first % len(plan.seats)].id if isinstance(first, int) and plan.seats else ""
        try:
            if what == "add":
                plan = seating.add(plan, first, second)
            elif what == "move":
                plan = seating.move(plan, seat_id, second, second)
            elif what == "remove":
                plan = seating.remove(plan, seat_id)
            elif what == "label":
                plan = seating.set_label(plan, seat_id, second)
            elif what == "state":
                plan = seating.set_state(plan, seat_id, second)
            elif what == "renumber":
                plan = renumbered(plan, first)
            elif what == "place":
                plan = seating.add_place(plan, first, second)
            else:
                plan = seating.turned(plan)
        except Invalid as error:
            refused.append((what, error.field))
    assert set(refused) <= {("add", "seats"), ("place", "seats"), ("label", "initials")}
    return plan


@given(PLANS, EDITS)
def test_a_plan_stays_whole_under_any_edits_and_reads_back_the_same(plan, edits):
    plan = edited(plan, edits)

    ids = [one.id for one in (*plan.seats, *plan.places)]
    numbers = [seat.number for seat in plan.seats]
    assert len(set(ids)) == len(ids)
    assert numbers == sorted(set(numbers))
    assert len(plan.seats) <= MAX_SEATS
    assert loads(dumps(plan)) == plan
    assert dumps(loads(dumps(plan))) == dumps(plan)


@given(PLANS)
def test_turning_twice_is_the_same_plan(plan):
    assert seating.turned(seating.turned(plan)) == plan


@given(PLANS.filter(lambda plan: plan.seats), st.sampled_from(Numbering))
def test_new_numbers_run_from_one_without_gaps_and_move_nobody(plan, numbering):
    again = renumbered(plan, numbering)

    assert [seat.number for seat in again.seats] == list(range(1, len(plan.seats) + 1))
    assert {(seat.id, seat.x, seat.y) for seat in again.seats} == {(seat.id, seat.x, seat.y) for seat in plan.seats}


@given(st.integers(1, 40), st.integers(1, 40))
def test_rows_and_columns_have_every_seat_apart_from_the_others(rows, columns):
    if rows * columns > MAX_SEATS:
        with pytest.raises(Invalid):
            rows_and_columns(rows, columns)
        return
    plan = rows_and_columns(rows, columns, every(columns, 2))

    assert len({(seat.x, seat.y) for seat in plan.seats}) == rows * columns
    assert min(abs(a.x - b.x) for a in plan.seats for b in plan.seats if a.x != b.x) if columns > 1 else True
    assert all(place.y < min(seat.y for seat in plan.seats) for place in plan.places)


@given(st.one_of(st.builds(groups, st.integers(1, 200)), st.builds(horseshoe, st.integers(1, 200))))
def test_no_two_seats_of_a_ready_made_room_lie_on_each_other(plan):
    apart = [
        (a.x - b.x) ** 2 + (a.y - b.y) ** 2
        for index, a in enumerate(plan.seats)
        for b in plan.seats[index + 1 : index + 60]
    ]
    assert all(one >= 80**2 for one in apart)


@pytest.mark.parametrize(
    ("numbering", "first", "second"),
    [
        (Numbering.FRONT_LEFT, (0, 0), (1, 0)),
        (Numbering.FRONT_RIGHT, (2, 0), (1, 0)),
        (Numbering.BACK_LEFT, (0, 1), (1, 1)),
        (Numbering.BACK_RIGHT, (2, 1), (1, 1)),
        (Numbering.COLUMNS, (0, 0), (0, 1)),
        (Numbering.SNAKE, (0, 0), (1, 0)),
    ],
)
def test_numbers_run_the_way_that_was_asked(numbering, first, second):
    plan = rows_and_columns(2, 3, numbering=numbering)

    def spot(seat):
        return (seat.x // 100, seat.y > 150)

    assert (spot(plan.seats[0]), spot(plan.seats[1])) == (first, second)


def test_there_and_back_turns_at_each_row():
    plan = rows_and_columns(2, 3, numbering=Numbering.SNAKE)

    assert [seat.x for seat in plan.seats] == [0, 100, 200, 200, 100, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 6", (5, 6, ())),
        ("5x6", (5, 6, ())),
        (" 5 × 2+2+2 ", (5, 6, (2, 4))),
        ("1 1", (1, 1, ())),
        ("20 11", None),
        ("0 4", None),
        ("4 0+2", None),
        ("5", None),
        ("", None),
        ("five six", None),
        ("5 6 7", None),
        ("٥ ٦", None),
        ("999 999", None),
    ],
)
def test_a_typed_line_asks_for_rows_and_aisles(text, expected):
    asked = parse_rows(text)

    assert (None if asked is None else (asked.rows, asked.columns, asked.aisles)) == expected


@pytest.mark.parametrize(("text", "count"), [("28", 28), ("0", None), ("201", None), ("x", None), ("²", None)])
def test_a_typed_number_of_students(text, count):
    assert parse_count(text) == count


def test_aisles_never_lie_at_the_wall():
    assert every(6, 2) == (2, 4)
    assert every(6, 3) == (3,)
    assert every(6, 0) == ()
    assert middle(6) == (3,)
    assert middle(1) == ()


def test_a_removed_number_is_given_to_the_next_seat():
    plan = seating.add(seating.remove(rows_and_columns(2, 2), "s2"), 500, 500)

    assert [seat.number for seat in plan.seats] == [1, 2, 3, 4]
    assert plan.numbered(2).x == 500


def test_numbers_are_given_once():
    plan = rows_and_columns(2, 2)
    with pytest.raises(Invalid, match="number"):
        seating.set_number(plan, "s1", 3)
    with pytest.raises(Invalid):
        seating.set_number(plan, "s1", 1000)

    assert seating.set_number(plan, "s1", 9).seats[-1].speaker == "S9"


def test_initials_lose_marks_that_turn_the_writing():
    plan = seating.set_label(rows_and_columns(1, 1), "s1", " A\u202eK\n ")

    assert plan.seats[0].label == "AK"
    with pytest.raises(Invalid):
        seating.set_label(plan, "s1", "x" * (MAX_LABEL + 1))


def test_a_plan_of_200_seats_takes_no_more():
    plan = rows_and_columns(10, 20)
    with pytest.raises(Invalid):
        seating.add(plan, 0, 0)


def test_rows_for_a_class_hold_just_its_students():
    assert [len(for_students(count).seats) for count in range(1, 201)] == list(range(1, 201))
    with pytest.raises(Invalid):
        for_students(201)


def test_initials_stay_with_their_numbers_in_another_room():
    plan = seating.set_label(rows_and_columns(2, 2), "s3", "AK")

    assert with_initials_of(groups(8), plan).numbered(3).label == "AK"


def test_numbers_swap_where_the_other_is_taken():
    plan = seating.give_number(rows_and_columns(2, 2), "s1", 4)

    assert (plan.seat("s1").number, plan.seat("s4").number) == (4, 1)
    assert seating.give_number(plan, "s1", 9).seat("s1").number == 9


def test_those_who_were_missing_are_there_on_another_day():
    plan = seating.set_state(rows_and_columns(1, 3), "s1", SeatState.ABSENT)
    plan = seating.set_state(plan, "s2", SeatState.EMPTY)

    assert plan.students == 1
    assert [seat.state for seat in seating.everybody_here(plan).seats] == [
        SeatState.TAKEN,
        SeatState.EMPTY,
        SeatState.TAKEN,
    ]


def test_a_title_is_kept_and_has_its_length():
    plan = seating.set_title(rows_and_columns(1, 1), " Room 14\n")

    assert loads(dumps(plan)).title == "Room 14"
    with pytest.raises(Invalid):
        seating.set_title(plan, "x" * 121)


def test_a_speaker_is_found_by_number():
    plan = rows_and_columns(2, 3)

    assert plan.of_speaker("S3") == plan.numbered(3)
    assert plan.of_speaker("T") is None
    assert plan.of_speaker("S٣") is None


# --- hostile text

GOOD = json.loads(dumps(rows_and_columns(1, 2)))


def changed(**fields):
    return json.dumps(GOOD | fields)


def first_seat(**fields):
    return changed(seats=[GOOD["seats"][0] | fields])


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "x" * 200_000,
        "null",
        "[]",
        "{}",
        '"text"',
        "{",
        "9" * 6000,
        changed(seating=2),
        '{"seating": 1' + "0" * 4000 + "}",
        changed(seating=True),
        changed(seating="1"),
        changed(seats={}),
        changed(seats=[1]),
        changed(seats=[{}]),
        changed(seats=[{"id": f"s{n}", "number": n, "x": 0, "y": 0} for n in range(1, 202)]),
        changed(seats=[GOOD["seats"][0], GOOD["seats"][0]]),
        changed(seats=[GOOD["seats"][0], GOOD["seats"][1] | {"number": 1}]),
        changed(seats=[GOOD["seats"][0] | {"id": "t1"}]),
        changed(teacher=[{"id": f"t{n}", "x": 0, "y": 0} for n in range(5)]),
        changed(title="x" * 121),
        changed(title=["x"]),
        first_seat(number=0),
        first_seat(number=1000),
        first_seat(number=True),
        first_seat(number=1.5),
        first_seat(number="1"),
        first_seat(x=-1),
        first_seat(x=10_001),
        first_seat(y=None),
        first_seat(y=float("nan")),
        first_seat(x=float("inf")),
        first_seat(id=""),
        first_seat(id="x" * 21),
        first_seat(id="../s"),
        first_seat(id=7),
        first_seat(label="x" * 13),
        first_seat(label=["A"]),
        first_seat(state="gone"),
        first_seat(state=["taken"]),
    ],
)
def test_hostile_text_is_refused_with_a_typed_error(text):
    with pytest.raises(Invalid) as caught:
        loads(text)

    assert len(caught.value.value) <= 40


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8), st.sampled_from(["seating", "seats", "teacher", "title"]))  # fmt: skip  # noqa: E501
def test_whatever_json_is_there_it_is_a_plan_or_refused(value, name):
    try:
        plan = loads(json.dumps(GOOD | {name: value}))
    except Invalid:
        return
    assert isinstance(plan, SeatingPlan)


def test_fields_of_a_newer_program_are_passed_over():
    plan = loads(changed(colour="green"))

    assert plan.seats[0] == Seat("s1", 1, 0, 130)
    assert plan.places == (Place("t1", 50, 0),)
    assert loads("") == SeatingPlan()
