"""Rounds in the record: set up, planned as one step, changed by hand, made visits of, watched by counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Ambiguous, Invalid, NotFound, RulesInvalid, VisitStageError
from observe_app.domain.rounds.board import Reached
from observe_app.domain.rounds.check import ClashKind
from observe_app.domain.rounds.round import PairingState, RoundState, VisitRound
from observe_app.domain.rounds.rules import OwnCount, PartnerRule, Rules
from observe_app.domain.school.classes import LessonSlot, SlotKind
from observe_app.domain.school.terms import Holiday, SchoolTerm, TermKind
from observe_app.services import history, people, visits
from observe_app.services.rounds import invite, moves, planning, progress, rounds

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core

FIRST, LAST = date(2026, 3, 23), date(2026, 4, 3)  # the clocks go forward in Berlin on 29 March
Plan = Callable[..., VisitRound]


@pytest.fixture
def staff(core: Core) -> tuple[str, ...]:
    """Return six people; each teaches four of six hours a day, each others ones."""
    ids = tuple(people.add(core, name=name).id for name in ("Ann", "Bob", "Cem", "Dua", "Eve", "Fay"))
    with core.store.write("timetable.add") as unit:
        unit.school.slots.add_all(
            LessonSlot(
                core.ids.new(), who, SlotKind.TEACHING, day, None, 480 + hour * 60, 530 + hour * 60, "", "8 B", "Maths",
                "R 4",
            )
            for place, who in enumerate(ids)
            for day in range(5)
            for hour in range(6)
            if (place + day + hour) % 3
        )  # fmt: skip
        unit.commit()
    return ids


@pytest.fixture
def plan(core: Core, staff: tuple[str, ...]) -> Plan:
    """Return a function that sets up a round and solves it."""

    def made(**rules: object) -> VisitRound:
        kept = rounds.create(
            core, title="Spring", first=FIRST, last=LAST, people=staff, rules=Rules(**rules), zone="Europe/Berlin"
        )
        return planning.solve_and_keep(core, kept.id)

    return made


def visits_of(core: Core, round_id: str) -> tuple[Pairing, ...]:
    return tuple(one for one in rounds.view(core, round_id).pairings if one.counts)


def test_a_round_is_planned_and_taken_back_as_one_step(core: Core, plan: Plan) -> None:
    kept = plan()
    view = rounds.view(core, kept.id)

    assert len(view.pairings) == 6
    assert view.clashes == ()
    assert view.report is not None
    assert view.report.found == view.report.wanted == 6
    assert {one.class_name for one in view.pairings} == {"8 B"}
    assert history.undo(core).kind == "round.solve"
    assert rounds.view(core, kept.id).pairings == ()
    assert rounds.get(core, kept.id).solved is None


def test_what_cannot_be_a_round_is_refused(core: Core, staff: tuple[str, ...]) -> None:
    good = {"title": "Spring", "first": FIRST, "last": LAST, "people": staff}
    for wrong, what in (
        ({"title": " "}, Invalid),
        ({"title": "x" * 500}, Invalid),
        ({"last": FIRST - timedelta(days=1)}, Invalid),
        ({"last": FIRST + timedelta(days=400)}, Invalid),
        ({"people": ("nobody",)}, NotFound),
        ({"rules": Rules(observes=-1, observed=99)}, RulesInvalid),
    ):
        with pytest.raises(what):
            rounds.create(core, **{**good, **wrong})
    assert rounds.listing(core) == ()


def test_a_round_without_people_or_days_is_not_solved(core: Core, staff: tuple[str, ...]) -> None:
    alone = rounds.create(core, title="Alone", first=FIRST, last=LAST, people=staff[:1])
    weekend = rounds.create(core, title="Weekend", first=date(2026, 3, 28), last=date(2026, 3, 29), people=staff)
    strange = rounds.create(
        core, title="Strange", first=FIRST, last=LAST, people=staff[:3], rules=Rules(own=(OwnCount(staff[5], 1),))
    )

    for kept, rule in ((alone, "round_people"), (weekend, "no_days")):
        with pytest.raises(Invalid) as refused:
            planning.find(core, kept.id)
        assert refused.value.rule == rule
    with pytest.raises(RulesInvalid):
        planning.find(core, strange.id)


def test_holidays_and_weeks_of_a_timetable_count(core: Core, staff: tuple[str, ...]) -> None:
    with core.store.write("term.add") as unit:
        unit.school.terms.add(SchoolTerm("t", "Year", TermKind.YEAR, date(2025, 9, 1), date(2026, 7, 31)))
        unit.school.holidays.add(Holiday("h", "Easter", date(2026, 3, 30), date(2026, 4, 3)))
        unit.commit()
    kept = rounds.create(core, title="Short", first=FIRST, last=LAST, people=staff)

    found = planning.find(core, kept.id)

    assert [day.on for day in found.school.days] == [FIRST + timedelta(days=n) for n in range(5)]
    assert len({day.week for day in found.school.days} - {""}) == 1


def test_visits_start_by_the_schools_clock_before_and_after_it_changes(core: Core, plan: Plan) -> None:
    kept = plan(observes=3, observed=3)
    made = {one.id: one for one in invite.make_visits(core, round_id=kept.id)}

    pairings = visits_of(core, kept.id)
    for one in pairings:
        assert one.on is not None
        hours = 2 if one.on >= date(2026, 3, 29) else 1
        start = datetime(one.on.year, one.on.month, one.on.day, tzinfo=UTC) + timedelta(minutes=one.start_min or 0)
        assert made[one.visit_id].start == start - timedelta(hours=hours)
        assert made[one.visit_id].zone == "Europe/Berlin"
    assert len({one.on and one.on >= date(2026, 3, 29) for one in pairings}) == 2


def test_visits_are_made_once_with_who_what_and_where(core: Core, plan: Plan) -> None:
    kept = plan()

    made = invite.make_visits(core, round_id=kept.id, form_id="copus")

    assert len(made) == 6
    assert invite.make_visits(core, round_id=kept.id) == ()
    by_id = {one.id: one for one in made}
    for one in visits_of(core, kept.id):
        visit = by_id[one.visit_id]
        assert (visit.observer_id, visit.teacher_id) == one.pair
        assert (visit.class_name, visit.room, visit.minutes, visit.form_id) == ("8 B", "R 4", 50, "copus")
        assert one.state == PairingState.INVITED
    assert history.undo(core).kind == "round.invite"
    assert {one.state for one in visits_of(core, kept.id)} == {PairingState.PLANNED}
    assert all(visits.get(core, one.id).deleted for one in made)


def test_locked_visits_and_those_made_stay_when_solved_again(core: Core, plan: Plan) -> None:
    kept = plan()
    first, second, *_rest = visits_of(core, kept.id)
    moves.set_locked(core, pairing_ids=[first.id], locked=True)
    invite.make_visits(core, round_id=kept.id, pairing_ids={second.id})
    held = visits_of(core, kept.id)[:2]

    planning.solve_and_keep(core, kept.id, anew=True)

    after = {one.id: one for one in visits_of(core, kept.id)}
    for one in held:
        assert replace(after[one.id], position=0) == replace(one, position=0)
    assert rounds.view(core, kept.id).clashes == ()


def test_what_is_locked_while_the_search_runs_stays(core: Core, plan: Plan) -> None:
    kept = plan()
    one = visits_of(core, kept.id)[0]
    found = planning.find(core, kept.id, anew=True)
    moved = moves.move(core, pairing_id=one.id, on=date(2026, 3, 28), start_min=480, end_min=530).pairings[0]

    planning.keep(core, found)

    assert moved in visits_of(core, kept.id)


def test_a_move_by_hand_tells_its_clashes_and_is_locked(core: Core, plan: Plan) -> None:
    kept = plan()
    one = visits_of(core, kept.id)[0]
    saturday = date(2026, 3, 28)

    tried = moves.try_move(core, pairing_id=one.id, on=saturday)
    assert visits_of(core, kept.id)[0] == one
    moved = moves.move(core, pairing_id=one.id, on=saturday)

    assert {clash.kind for clash in moved.clashes} == {clash.kind for clash in tried} == {ClashKind.DAY}
    assert moved.pairings[0].locked
    assert moved.pairings[0].slot_id == ""


def test_openings_are_lessons_without_a_clash(core: Core, plan: Plan) -> None:
    kept = plan()
    one = visits_of(core, kept.id)[0]

    found = moves.openings(core, one.id)

    assert found
    for lesson in found[:5]:
        moved = moves.move(core, pairing_id=one.id, on=lesson.on, slot_id=lesson.slot_id)
        assert moved.clashes == ()
        assert (moved.pairings[0].start_min, moved.pairings[0].teacher_id) == (lesson.start_min, lesson.teacher_id)


def test_a_time_that_is_none_and_ones_own_lesson_are_refused(core: Core, plan: Plan) -> None:
    one = visits_of(core, plan().id)[0]

    for fields in ({"start_min": 600, "end_min": 600}, {"end_min": 2000}, {"observer_id": one.teacher_id}):
        with pytest.raises(Invalid):
            moves.move(core, pairing_id=one.id, **fields)
    with pytest.raises(NotFound):
        moves.move(core, pairing_id=one.id, observer_id="nobody")


def test_two_observers_change_places(core: Core, plan: Plan) -> None:
    kept = plan()
    one, other = next(
        (one, other)
        for one in visits_of(core, kept.id)
        for other in visits_of(core, kept.id)
        if not set(one.pair) & set(other.pair)
    )

    moved = moves.swap(core, one_id=one.id, other_id=other.id).pairings

    assert [two.pair for two in moved] == [(other.observer_id, one.teacher_id), (one.observer_id, other.teacher_id)]
    assert [(two.on, two.start_min) for two in moved] == [(one.on, one.start_min), (other.on, other.start_min)]
    assert all(two.locked for two in moved)


def test_the_visit_goes_along_until_it_has_begun(core: Core, plan: Plan, clock: FakeClock) -> None:
    kept = plan()
    visit, *_rest = invite.make_visits(core, round_id=kept.id)
    one = next(two for two in visits_of(core, kept.id) if two.visit_id == visit.id)

    moves.move(core, pairing_id=one.id, on=date(2026, 4, 3), start_min=600, end_min=640)

    moved = visits.get(core, visit.id)
    assert (moved.start, moved.minutes) == (datetime(2026, 4, 3, 8, tzinfo=UTC), 40)
    visits.begin(core, visit_id=visit.id)
    with pytest.raises(VisitStageError):
        moves.move(core, pairing_id=one.id, on=date(2026, 4, 2))
    with pytest.raises(VisitStageError):
        moves.cancel(core, pairing_id=one.id, why="Too late")


def test_a_visit_is_called_off_with_a_reason_and_planned_again(core: Core, plan: Plan) -> None:
    kept = plan()
    visit, *_rest = invite.make_visits(core, round_id=kept.id)
    one = next(two for two in visits_of(core, kept.id) if two.visit_id == visit.id)
    with pytest.raises(Invalid):
        moves.cancel(core, pairing_id=one.id, why=" ")

    gone = moves.cancel(core, pairing_id=one.id, why="On a course")

    assert (gone.state, gone.why) == (PairingState.CANCELLED, "On a course")
    assert visits.get(core, visit.id).deleted
    assert progress.board(core, kept.id).cancelled == 1
    back = moves.plan_again(core, pairing_id=one.id).pairings[0]
    assert (back.state, back.why) == (PairingState.INVITED, "")
    assert not visits.get(core, visit.id).deleted
    told = [one.kind for one in progress.history(core, kept.id, pairing_id=one.id)]
    assert set(told) == {"round.solve", "round.invite", "round.cancel", "round.again"}


def test_a_visit_is_added_by_hand(core: Core, plan: Plan, staff: tuple[str, ...]) -> None:
    kept = plan(observes=0, observed=0)

    added = moves.add(core, round_id=kept.id, observer_id=staff[0], teacher_id=staff[1])

    assert added.pairings[0].on is None
    assert {clash.kind for clash in added.clashes} == {ClashKind.TOO_MANY_OBSERVES, ClashKind.TOO_MANY_OBSERVED}
    assert [row.reached for row in progress.not_yet(core, kept.id)] == [Reached.OPEN]


def test_the_board_counts_and_says_nothing_else(core: Core, plan: Plan, clock: FakeClock) -> None:
    kept = plan()
    first, second, *_rest = invite.make_visits(core, round_id=kept.id)
    visits.begin(core, visit_id=first.id)
    visits.finish(core, visit_id=first.id)
    visits.begin(core, visit_id=second.id)
    visits.set_stage(
        core, visit_id=second.id, stage=visits.Stage.FOLLOW_UP, seen=visits.open_visit(core, second.id).seen
    )

    found = progress.board(core, kept.id)

    assert (found.planned, found.timed, found.visited, found.talked, found.late) == (6, 6, 2, 1, 0)
    assert sum(one.observes_done for one in found.people) == sum(one.observed_done for one in found.people) == 2
    assert len(progress.not_yet(core, kept.id)) == 4
    row = rounds.listing(core)[0]
    assert (row.planned, row.visited, row.talked) == (6, 2, 1)
    clock.at = datetime(2026, 5, 1, tzinfo=UTC)
    assert progress.board(core, kept.id).late == 4


def test_pairs_of_an_earlier_round_and_its_hours_count(core: Core, plan: Plan, staff: tuple[str, ...]) -> None:
    earlier = plan()
    rounds.publish(core, round_id=earlier.id, seen=rounds.open_round(core, earlier.id).seen)
    pairs = {one.pair for one in visits_of(core, earlier.id)}

    later = plan(partners=PartnerRule.ROTATE)
    view = rounds.view(core, later.id)

    assert not {one.pair for one in view.pairings} & pairs
    assert view.clashes == ()
    taken = {(who, one.on, one.start_min) for one in visits_of(core, earlier.id) for who in one.pair}
    assert not {(who, one.on, one.start_min) for one in view.pairings for who in one.pair} & taken


def test_a_visit_planned_on_its_own_is_planned_around(core: Core, plan: Plan, staff: tuple[str, ...]) -> None:
    kept = plan()
    one = visits_of(core, kept.id)[0]
    start = datetime(2026, 3, 23, 6, tzinfo=UTC)
    visits.plan(core, teacher_id=one.teacher_id, observer_id=one.observer_id, start=start, minutes=600)

    again = planning.solve_and_keep(core, kept.id)

    assert rounds.view(core, again.id).clashes == ()
    assert not [two for two in visits_of(core, kept.id) if two.on == FIRST and set(two.pair) & set(one.pair)]


def test_a_round_opens_closes_goes_and_is_found(core: Core, plan: Plan) -> None:
    kept = plan()
    seen = rounds.open_round(core, kept.id).seen

    assert rounds.publish(core, round_id=kept.id, seen=seen).value.state == RoundState.OPEN
    assert rounds.close(core, round_id=kept.id, seen=seen).value.state == RoundState.CLOSED
    assert rounds.resolve(core, " spring ") == rounds.resolve(core, kept.id[-8:]) == kept.id
    rounds.create(core, title="Spring", first=FIRST, last=LAST)
    with pytest.raises(Ambiguous):
        rounds.resolve(core, "Spring")
    rounds.delete(core, round_id=kept.id, seen=seen)
    with pytest.raises(NotFound):
        rounds.resolve(core, kept.id)


def test_an_edited_round_says_which_visits_no_longer_fit(core: Core, plan: Plan) -> None:
    kept = plan()
    opened = rounds.open_round(core, kept.id)
    first = visits_of(core, kept.id)[0]

    rounds.edit(core, round_id=kept.id, seen=opened.seen, rules=Rules(exclusions=(first.pair,)))

    assert {clash.kind for clash in rounds.view(core, kept.id).clashes} == {ClashKind.EXCLUDED}
    planning.solve_and_keep(core, kept.id)
    assert rounds.view(core, kept.id).clashes == ()


def test_damaged_rules_are_told_and_the_round_still_opens(core: Core, plan: Plan) -> None:
    kept = plan()
    with core.store.write("round.edit") as unit:
        unit.rounds.rounds.change(kept.id, {"rules": "{", "report": "["})
        unit.commit()

    view = rounds.view(core, kept.id)

    assert [one.rule for one in view.broken] == ["not_json"]
    assert view.report is None
    with pytest.raises(RulesInvalid):
        planning.find(core, kept.id)
