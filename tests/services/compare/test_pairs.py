"""Visits of one lesson: offered, kept, taken back; the agreed version beside two originals that stay as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.compare.agree_view import Verdict
from observe_app.domain.compare.agreed import agreed
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.sync.letter import AudienceKind
from observe_app.domain.sync.rights import JOINT, PRIVATE, PUBLIC
from observe_app.services import backup, happenings_codes, history, people, visits
from observe_app.services.compare import pairs
from observe_app.services.compare.agreement import agreement
from observe_app.services.sync import erasing
from tests.keyrings import memory_keyring

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

ROWS = ("I.Lec", "I.Lec I.PQ", "I.PQ", "I.MG", "I.MG S.WG", "S.WG")


@pytest.fixture
def two(core: Core, clock: FakeClock) -> tuple[str, str]:
    """Return two visits of one lesson; Tomás ticked PQ in the second interval no more, and MG in the last one too."""
    teacher = people.add(core, name="Amina Diallo")
    made = []
    for name, rows in (("Jo", ROWS), ("Tomás", ("I.Lec", "I.Lec", "I.PQ", "I.MG", "I.MG S.WG", "S.WG I.MG"))):
        observer = people.add(core, name=name)
        visit = visits.plan(
            core,
            teacher_id=teacher.id,
            observer_id=observer.id,
            form_id="copus",
            class_name="Year 7",
            start=clock.now(),
        )
        visits.begin(core, visit_id=visit.id)
        for index, row in enumerate(rows):
            happenings_codes.tick_same(core, visit_id=visit.id, item="copus", index=index, codes=tuple(row.split()))
        made.append(visit.id)
        clock.advance(seconds=60)
    return made[0], made[1]


def test_a_lesson_of_two_observers_is_offered_once_and_kept(core: Core, two: tuple[str, str]) -> None:
    (offered,) = pairs.suggest(core)
    assert {offered.a.id, offered.b.id} == set(two)
    assert pairs.suggest_for(core, two[0]) == (offered,)
    assert pairs.suggest_for(core, "other") == ()
    mark = pairs.mark(core, *two)
    assert pairs.suggest(core) == ()
    assert pairs.mark(core, *two[::-1]) == mark
    assert pairs.of_visit(core, two[0]) == pairs.of_visit(core, two[1]) == (mark,)
    assert mark.other(two[0]) == two[1]
    assert [one.id for one, _a, _b in pairs.marked(core)] == [mark.id]
    assert agreement(core, *two).same_lesson == mark.id


def test_who_said_no_is_not_asked_again_and_may_say_yes_later(core: Core, two: tuple[str, str]) -> None:
    pairs.decline(core, *two)
    assert pairs.suggest(core) == ()
    assert pairs.between(core, *two) is None
    assert pairs.marked(core) == ()
    pairs.mark(core, *two)
    assert pairs.between(core, *two) is not None


def test_taking_the_mark_away_keeps_what_was_agreed_on(core: Core, two: tuple[str, str]) -> None:
    mark = pairs.mark(core, *two)
    pairs.decide(core, mark.id, clock_of=two[0], item="copus", code="I.PQ", place=1, verdict=Verdict.NO)
    pairs.unmark(core, mark.id)
    assert pairs.of_visit(core, two[0]) == ()
    assert agreement(core, *two).decisions == ()
    pairs.mark(core, *two)
    assert len(agreement(core, *two).decisions) == 1


def test_the_agreed_version_is_a_third_record(core: Core, two: tuple[str, str]) -> None:
    before = [visits.load_record(core, one).events for one in two]
    mark = pairs.mark(core, *two)
    view = agreement(core, *two)
    assert [(one.code, one.place) for one in view.differences] == [("I.PQ", 1), ("I.MG", 5)]
    one = two[0]
    heard = " heard on the film "
    pairs.decide(core, mark.id, clock_of=one, item="copus", code="I.PQ", place=1, verdict=Verdict.YES, why=heard)
    pairs.decide(core, mark.id, clock_of=one, item="copus", code="I.MG", place=5, verdict=Verdict.OPEN)
    view = agreement(core, *two)
    assert view.decided["copus", "I.PQ", 1].why == "heard on the film"
    third = agreed(view)
    codes = {code.code: code for code in third.sheets[0].codes}
    assert codes["I.PQ"].cells[:3] == (Verdict.NO, Verdict.YES, Verdict.YES)
    assert (codes["I.PQ"].share.count, codes["I.PQ"].share.of, codes["I.PQ"].open) == (2, 6, 0)
    assert (codes["I.MG"].share.count, codes["I.MG"].share.of, codes["I.MG"].open) == (2, 5, 1)
    assert (third.settled.count, third.settled.of, third.left_open) == (1, 2, 1)
    assert [visits.load_record(core, one).events for one in two] == before


def test_a_decision_is_changed_taken_back_and_undone(core: Core, two: tuple[str, str]) -> None:
    mark = pairs.mark(core, *two)
    about = {"item": "copus", "code": "I.PQ", "place": 1, "clock_of": two[0]}
    pairs.decide(core, mark.id, verdict=Verdict.YES, **about)  # type: ignore[arg-type]
    made = pairs.decide(core, mark.id, verdict=Verdict.NO, **about)  # type: ignore[arg-type]
    assert [one.verdict for one in pairs.decisions(core, mark.id)] == [Verdict.NO]
    pairs.take_back(core, made.id)
    assert pairs.decisions(core, mark.id) == ()
    history.undo(core)
    history.undo(core)
    assert [one.verdict for one in pairs.decisions(core, mark.id)] == [Verdict.YES]
    history.undo(core)
    history.undo(core)
    assert pairs.between(core, *two) is None


def test_a_decision_holds_from_whichever_side_the_two_are_compared(
    core: Core, two: tuple[str, str], clock: FakeClock
) -> None:
    mark = pairs.mark(core, *two)
    pairs.decide(core, mark.id, clock_of=two[0], item="copus", code="I.PQ", place=1, verdict=Verdict.YES)
    turned = agreement(core, *two[::-1], offset_ms=240_000)
    assert turned.sheets[0].shift == 2
    assert list(turned.decided) == [("copus", "I.PQ", 3)]
    clock.advance(seconds=5)
    pairs.decide(core, mark.id, clock_of=two[1], item="copus", code="I.PQ", place=1, verdict=Verdict.NO)
    (kept,) = agreement(core, *two, offset_ms=0).decisions
    assert kept.verdict is Verdict.NO


def test_what_cannot_be_is_refused(core: Core, two: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        pairs.mark(core, two[0], two[0])
    with pytest.raises(Invalid):
        agreement(core, two[0], two[0])
    with pytest.raises(NotFound):
        pairs.mark(core, two[0], "nothing")
    with pytest.raises(Invalid):
        agreement(core, *two, tolerance_ms=-1)
    with pytest.raises(Invalid):
        agreement(core, *two, interval_s=0)
    mark = pairs.mark(core, *two)
    with pytest.raises(Invalid):
        pairs.decide(core, mark.id, clock_of="other", item="copus", place=0, verdict=Verdict.YES)
    with pytest.raises(Invalid):
        pairs.decide(core, mark.id, clock_of=two[0], item="copus", place=0, verdict=Verdict.YES, why="x" * 3000)
    with pytest.raises(NotFound):
        pairs.take_back(core, "nothing")


def test_a_visit_in_the_bin_is_offered_no_more(core: Core, two: tuple[str, str]) -> None:
    mark = pairs.mark(core, *two)
    visits.delete(core, visit_id=two[1], seen=history.seen(core, ("visit", two[1])))
    assert pairs.of_visit(core, two[0]) == ()
    assert pairs.marked(core) == ()
    with pytest.raises(NotFound):
        pairs.mark(core, *two)
    assert mark.same


@pytest.mark.parametrize("which", [0, 1])
def test_erasing_either_visit_takes_mark_and_decisions_along(core: Core, two: tuple[str, str], which: int) -> None:
    mark = pairs.mark(core, *two)
    about = {"item": "copus", "code": "I.PQ", "place": 1}
    pairs.decide(core, mark.id, clock_of=two[0], verdict=Verdict.YES, why="Zyxwvut", **about)  # type: ignore[arg-type]
    with memory_keyring():
        erasing.purge(core, two[which])
    assert pairs.of_visit(core, two[1 - which]) == ()
    assert pairs.decisions(core, mark.id) == ()
    for table, row in (("same_lesson", mark.id),):
        assert history.of_record(core, table=table, row=row).changes == ()
    assert backup.check(core) == ()
    assert b"Zyxwvut" not in core.files.database.read_bytes()


def test_marks_and_decisions_go_to_nobody_else() -> None:
    tables = {"same_lesson", "agreed_cell"}
    assert tables <= PRIVATE
    assert not tables & (JOINT | PUBLIC)
    assert AudienceKind.ME.value == "me"
