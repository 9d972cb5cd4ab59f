"""A term of visits: which are in it, what it counts, and what can be chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from observe_app.domain.answer import Absence
from observe_app.domain.compare.agree_view import LeftOutWhy
from observe_app.domain.compare.lesson import lesson
from observe_app.domain.compare.marks import Base, Break, Measure, Missing, Origin
from observe_app.domain.event import Event, EventKind
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage
from observe_app.services import answers, notes, people, releases, visits
from observe_app.services.compare.agreement import agreement
from observe_app.services.compare.term import FORM_DAMAGED, PLANNED, TermChoice, filled, options, term
from observe_app.services.exchange.interval_in import import_intervals
from observe_app.services.school.terms import add_term
from tests.services.event_form import visit_with
from tests.services.exchange.test_real_grids import CODES, LECTURES, source

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

MAY = datetime(2026, 5, 4, 8, tzinfo=UTC)


def person(core: Core, name: str) -> str:
    with core.store.read() as unit:
        found = unit.people.named(name)
    return found[0].id if found else people.add(core, name=name).id


def seen(
    core: Core, day: int, *, teacher: str = "Amina", observer: str = "Joonas", tallies: int = 0, **fields: object
) -> str:
    """Keep a visit that was observed so many days after the fourth of May, with so many tallies."""
    visit_id = visit_with(core)
    start = MAY + timedelta(days=day)
    who = (Role.TEACHER, person(core, teacher)), (Role.OBSERVER, person(core, observer))
    values = {"stage": Stage.TALK, "started": start, "ended": start + timedelta(minutes=50)} | fields
    with core.store.write("visit.change", scope=visit_id) as unit:
        unit.visits.change(visit_id, values)
        for role, person_id in who:
            unit.visits.set_role(visit_id, role, person_id)
        for at in range(tallies):
            unit.events.add(Event(core.ids.new(), visit_id, EventKind.TALLY, at * 1000, item="praise"))
        unit.commit()
    return visit_id


def test_visits_come_by_start_with_who_and_how_long(core: Core) -> None:
    second, first = seen(core, 9), seen(core, 2)

    found = term(core, TermChoice())

    assert [visit.id for visit in found.visits] == [first, second]
    one = found.visits[0]
    assert (one.teacher, one.observer, one.minutes, one.form_id) == ("Amina", "Joonas", 50.0, "happenings")
    assert (one.start, one.origin) == (MAY + timedelta(days=2), Origin.LIVE)


def test_several_people_stand_by_name_whoever_has_the_higher_figures(core: Core) -> None:
    seen(core, 1, teacher="Zoe", tallies=9)
    seen(core, 2, teacher="amina", tallies=1)
    seen(core, 3, teacher="Öykü", tallies=5)

    found = term(core, TermChoice())

    assert [visit.teacher for visit in found.visits] == ["amina", "Zoe", "Öykü"]
    assert list(dict.fromkeys(line.teacher_id for line in found.series)) == [one.teacher_id for one in found.visits]
    assert all(len(line.marks) == 1 for line in found.series)


def test_every_part_of_a_choice_leaves_out_what_it_does_not_mean(core: Core) -> None:
    kept = seen(core, 5, class_name="8b", focus="wait time")
    seen(core, 5, class_name="9a", focus="wait time")
    seen(core, 5, class_name="8b", focus="voice")
    seen(core, 5, class_name="8b", focus="wait time", observer="Priya")
    seen(core, 5, class_name="8b", focus="wait time", teacher="Zoe")
    seen(core, 4, class_name="8b", focus="wait time")
    seen(core, 6, class_name="8b", focus="wait time")
    seen(core, 5, class_name="8b", focus="wait time", form_id="other")

    choice = TermChoice(
        teacher_ids=(person(core, "Amina"),),
        since=MAY + timedelta(days=5),
        until=MAY + timedelta(days=6),
        form_id="happenings",
        focus="wait time",
        class_name="8b",
        observer_id=person(core, "Joonas"),
    )

    assert [visit.id for visit in term(core, choice).visits] == [kept]


def test_visits_in_the_bin_are_in_nothing(core: Core) -> None:
    gone = seen(core, 1, tallies=3)
    with core.store.write("visit.delete", scope=gone) as unit:
        unit.visits.change(gone, {"deleted": True})
        unit.commit()

    assert term(core, TermChoice()).visits == ()
    assert options(core).people == ()


def test_a_visit_that_has_not_begun_is_left_out_and_said(core: Core) -> None:
    seen(core, 1)
    visits.plan(core, form_id="copus")

    found = term(core, TermChoice())

    assert (len(found.visits), found.left_out) == (1, ((PLANNED, 1),))


def test_a_visit_whose_form_cannot_be_read_keeps_its_notes_and_is_said(core: Core) -> None:
    broken = seen(core, 1, form_snapshot='{"format": "observe-form", "version": 99999}')
    notes.add(core, visit_id=broken, line="T #open why?", offset_ms=1000)

    found = term(core, TermChoice())

    assert found.left_out == ((FORM_DAMAGED, 1),)
    assert [line.key for line in found.series] == ["talk_words", "tag:open"]


def test_an_undated_visit_stands_last_and_leaves_with_any_dates(core: Core) -> None:
    undated = seen(core, 1, started=None, ended=None)
    dated = seen(core, 2)

    assert [visit.id for visit in term(core, TermChoice()).visits] == [dated, undated]
    assert [visit.id for visit in term(core, TermChoice(since=MAY)).visits] == [dated]


def test_tags_say_how_many_notes_of_how_many_in_how_many_visits(core: Core) -> None:
    one, other = seen(core, 1), seen(core, 2)
    for visit_id, line in ((one, "#open a"), (one, "#open b"), (other, "#open #wait c"), (other, "d")):
        notes.add(core, visit_id=visit_id, line=line, offset_ms=0)

    assert term(core, TermChoice()).tags == (("open", 3, 4, 2), ("wait", 1, 4, 1))


def test_private_notes_are_in_no_figure(core: Core) -> None:
    visit_id = seen(core, 1)
    event = notes.add(core, visit_id=visit_id, line="T #open quiet words", offset_ms=0)
    with core.store.write("note.private", scope=visit_id) as unit:
        unit.events.change(event.id, {"private": True})
        unit.commit()

    found = term(core, TermChoice())

    assert found.tags == ()
    assert not [line for line in found.series if line.measure in {Measure.TAG, Measure.TALK_WORDS}]


def test_a_reader_is_shown_only_what_was_released_to_them(core: Core) -> None:
    told, _kept = seen(core, 1, tallies=4), seen(core, 2, tallies=4)
    releases.release(core, visit_id=told)

    for reader in (person(core, "Amina"), "Amina"):
        found = term(core, TermChoice(reader=reader))
        assert [visit.id for visit in found.visits] == [told]
        assert found.left_out == ()
    assert term(core, TermChoice(reader="Nobody Known")).visits == ()


def test_answers_and_their_absences_come_from_the_store(core: Core) -> None:
    visit_id = seen(core, 1, teacher="Amina")
    opened = answers.open_answer(core, visit_id=visit_id, item="praise")
    answers.give(core, visit_id=visit_id, item="praise", absence=Absence.NOT_LOOKED_FOR, seen=opened.seen)

    (line,) = [one for one in term(core, TermChoice()).series if one.key == "praise"]

    assert line.marks[0].missing is Missing.NOT_LOOKED_FOR


def test_an_empty_data_folder_shows_nothing_and_offers_nothing(core: Core) -> None:
    assert term(core, TermChoice()).series == ()
    assert options(core).presets == ()


# -- what can be chosen


def test_people_are_offered_with_their_visits_and_the_rest_for_the_chosen(core: Core) -> None:
    seen(core, 1, class_name="8b", focus="voice")
    seen(core, 2, class_name="8b", observer="Priya")
    seen(core, 3, teacher="Zoe", class_name="9a")

    found = options(core, TermChoice(teacher_ids=(person(core, "Amina"),)))

    assert [(one.name, one.visits) for one in found.people] == [("Amina", 2), ("Zoe", 1)]
    assert [(one.name, one.visits) for one in found.observers] == [("Joonas", 1), ("Priya", 1)]
    assert [(one.id, one.visits) for one in found.classes] == [("8b", 2)]
    assert [(one.id, one.visits) for one in found.focuses] == [("voice", 1)]
    assert [(one.id, one.name, one.visits) for one in found.forms] == [("happenings", "What happens", 2)]
    assert found.visits == 2


def test_items_are_offered_in_the_forms_order_without_words_and_guidance(core: Core) -> None:
    seen(core, 1)
    visits.plan(core, form_id="copus")

    found = options(core, TermChoice(form_id="happenings")).items

    assert [one.id for one in found] == [
        "praise", "open", "wait", "task", "table", "teacher", "pupils", "silence", "board", "grid"
    ]  # fmt: skip
    assert (found[0].name, found[0].section, found[0].visits) == ("Praise, specific", "Count", 1)


def test_school_years_and_their_halves_are_offered_the_newest_first(core: Core) -> None:
    for start in (datetime(2025, 9, 1, 8, tzinfo=UTC), datetime(2026, 2, 1, 8, tzinfo=UTC), MAY):
        seen(core, 0, started=start)

    found = options(core).presets

    assert [(one.key, one.visits) for one in found] == [("year:2025", 3), ("term:2026-02", 2), ("term:2025-08", 1)]
    for one in found:
        chosen = term(core, TermChoice(since=one.since, until=one.until))
        assert len(chosen.visits) == one.visits


@pytest.mark.parametrize("minutes", [-181, -179, -1, 0, 1, 119, 121])
def test_a_visit_at_the_turn_of_a_term_is_counted_where_the_days_of_the_place_put_it(core: Core, minutes: int) -> None:
    seen(core, 0, started=datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes))

    for one in options(core).presets:
        assert len(term(core, TermChoice(since=one.since, until=one.until)).visits) == one.visits


# -- three lectures coded elsewhere


@pytest.mark.skipif(not LECTURES, reason="no coded lectures at hand")
def test_three_coded_lectures_are_a_term_with_the_shares_of_their_grids(core: Core) -> None:
    grids = {}
    for at, path in enumerate(LECTURES):
        done = import_intervals(core, path=path, teacher="Ines", start=MAY + timedelta(days=14 * at))
        grids[done.visit_id] = source(path)

    found = term(core, TermChoice(teacher_ids=(person(core, "Ines"),), items=("copus",)))
    lines = {(line.part, line.measure): line for line in found.series}

    assert [visit.id for visit in found.visits] == list(grids)
    assert {visit.origin for visit in found.visits} == {Origin.IMPORTED}
    for head, full in CODES.items():
        side = [name for name, code in CODES.items() if code[0] == full[0]]
        for place, grid in enumerate(grids.values()):
            of_intervals = lines[full, Measure.CODE_INTERVALS].marks[place]
            of_ticks = lines[full, Measure.CODE_TICKS].marks[place]
            assert (of_intervals.n, of_intervals.of, of_intervals.blank) == (sum(grid[head]), len(grid[head]), 0)
            ticks = sum(sum(grid[name]) for name in side)
            assert (of_ticks.n, of_ticks.of) == (sum(grid[head]), ticks)
    assert lines["I.Lec", Measure.CODE_INTERVALS].base is Base.INTERVALS
    assert lines["I.Lec", Measure.CODE_TICKS].base is Base.TICKS


@pytest.mark.skipif(not LECTURES, reason="no coded lectures at hand")
@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem[23:35])
def test_the_totals_that_the_sheets_got_wrong_are_not_ours(core: Core, path: Path) -> None:
    """Their summary mixes the two sides in one base and leaves the instructor's waiting out of its categories."""
    grid, whole = source(path), _sheets_total(path)
    done = import_intervals(core, path=path, teacher="Ines", start=MAY)

    lines = term(core, TermChoice(ids=(done.visit_id,))).series
    (picture,) = lesson(visits.load_record(core, done.visit_id)).sheets

    assert whole == sum(map(sum, grid.values()))
    assert whole not in {line.marks[0].of for line in lines}
    other = dict(picture.categories)["I.other"].intervals
    assert (other.count, other.of) == (
        sum(any(cells) for cells in zip(grid["TW"], grid["TO"], strict=True)), len(grid["TW"])
    )  # fmt: skip


def _sheets_total(path: Path) -> int:
    """Return the ticks of both sides together, which the sheet divides every code by."""
    last = list(load_workbook(path, data_only=True).active.iter_rows(values_only=True))[-1]
    return next(cell for cell in last if isinstance(cell, int))


@pytest.mark.skipif(not LECTURES, reason="no coded lectures at hand")
def test_lectures_coded_by_nobody_named_are_points_until_an_observer_is_said(core: Core) -> None:
    ids = [
        import_intervals(core, path=path, teacher="Ines", start=MAY + timedelta(days=at)).visit_id
        for at, path in enumerate(LECTURES)
    ]
    assert {why for line in term(core, TermChoice()).series for _at, why in line.breaks} == {Break.OBSERVER}

    for visit_id in ids:
        opened = visits.open_visit(core, visit_id)
        visits.set_person(
            core, visit_id=visit_id, role=Role.OBSERVER, person_id=person(core, "Joonas"), seen=opened.seen
        )

    assert all(line.enough for line in term(core, TermChoice(items=("copus",))).series if line.valued)


def test_a_visit_without_a_date_makes_no_line_longer(core: Core) -> None:
    for day in (1, 2):
        seen(core, day, tallies=day)
    seen(core, 3, tallies=3, started=None, ended=None)

    line = next(one for one in term(core, TermChoice()).series if one.key == "praise")

    assert (line.valued, line.comparable, line.enough) == (3, 2, False)


def test_visits_of_nobody_named_are_not_joined_to_one_persons_line(core: Core) -> None:
    for day in (1, 2, 3):
        visit_id = seen(core, day, tallies=day)
        with core.store.write("visit.change", scope=visit_id) as unit:
            unit.visits.set_role(visit_id, Role.TEACHER, None)
            unit.commit()

    line = next(one for one in term(core, TermChoice()).series if one.key == "praise")

    assert (line.teacher_id, line.valued, line.enough) == ("", 3, False)


def _coded(core: Core, folder: Path, day: int, *lines: str) -> str:
    path = folder / f"sheet-{day}.csv"
    path.write_text("\n".join(("code,1,2,3", *lines)) + "\n", encoding="utf-8")
    return import_intervals(core, path=path, teacher="Ines", start=MAY + timedelta(days=day)).visit_id


def test_a_code_that_a_sheet_has_no_line_for_was_not_looked_for(core: Core, tmp_path: Path) -> None:
    _coded(core, tmp_path, 1, "Lec,1,0,1", "PQ,0,0,0")
    _coded(core, tmp_path, 8, "Lec,1,1,1", "PQ,0,0,0", "L,1,0,0", "SAnQ,0,0,0")

    lines = {(line.part, line.measure): line.marks for line in term(core, TermChoice()).series}

    listened = lines["S.L", Measure.CODE_INTERVALS]
    assert [(mark.value, mark.missing) for mark in listened] == [(None, Missing.NOT_LOOKED_FOR), (1 / 3, None)]
    asked = lines["I.PQ", Measure.CODE_INTERVALS]
    assert [(mark.value, mark.n, mark.of) for mark in asked] == [(0.0, 0, 3), (0.0, 0, 3)]


def test_two_observers_are_not_compared_in_a_code_one_did_not_look_for(core: Core, tmp_path: Path) -> None:
    one = _coded(core, tmp_path, 1, "Lec,1,0,1", "PQ,0,0,0")
    other = _coded(core, tmp_path, 2, "Lec,1,1,1", "PQ,0,0,0", "L,1,0,0")

    found = agreement(core, one, other)

    assert [code.code for code in found.sheets[0].codes] == ["I.Lec", "I.PQ"]
    assert [(left.why, left.code) for left in found.left_out] == [(LeftOutWhy.CODE_NOT_ON_BOTH, "S.L")]
    assert {apart.code for apart in found.differences} == {"I.Lec"}


def test_a_choice_is_filled_in_and_loses_what_is_gone_in_one_reading(core: Core) -> None:
    for day in range(3):
        seen(core, day, teacher="Zoe")
    seen(core, 9, teacher="Amina")
    zoe, amina = person(core, "Zoe"), person(core, "Amina")

    nobody, offered = filled(core, TermChoice())
    gone, _offered = filled(core, TermChoice((amina, "gone"), form_id="gone", items=("praise",)))
    everybody, _all = filled(core, TermChoice(form_id=""), everybody=True)
    kept, _kept = filled(core, TermChoice((amina,), form_id="happenings", items=("praise",)))

    assert (nobody.teacher_ids, nobody.form_id) == ((zoe,), "happenings")
    assert offered == options(core, nobody)
    assert (gone.teacher_ids, gone.form_id, gone.items) == ((amina,), "happenings", ())
    assert (everybody.teacher_ids, everybody.form_id) == ((), "")
    assert (kept.form_id, kept.items) == ("happenings", ("praise",))


@pytest.mark.parametrize("minutes", [-181, -179, -1, 0, 1, 119, 121])
def test_the_schools_own_terms_are_offered_where_it_keeps_some(core: Core, minutes: int) -> None:
    autumn = add_term(core, name="Michaelmas", first=date(2025, 9, 3), last=date(2025, 12, 12))
    add_term(core, name="Year 25/26", first=date(2025, 9, 3), last=date(2026, 7, 17), kind="year")
    add_term(core, name="Long ago", first=date(2019, 9, 3), last=date(2019, 12, 12))
    for day in (date(2025, 9, 3), date(2025, 12, 13)):
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
        seen(core, 0, started=at)

    offered = options(core).presets

    assert {one.name for one in offered} <= {"Michaelmas", "Year 25/26"}
    for one in offered:
        assert len(term(core, TermChoice(since=one.since, until=one.until)).visits) == one.visits
    found = next(one for one in offered if one.name == "Michaelmas")
    assert (found.key, found.first, found.last) == (f"school:{autumn.id}", autumn.first, autumn.last)


def test_of_people_who_are_known_nobody_is_looked_for_again(core: Core) -> None:
    seen(core, 1, teacher="Zoe")
    _choice, before = filled(core, TermChoice())
    seen(core, 2, teacher="Amina")

    _kept, known = filled(core, TermChoice((person(core, "Zoe"),)), people=before.people)
    _new, looked = filled(core, TermChoice((person(core, "Zoe"),)))

    assert known.people == before.people
    assert [one.name for one in looked.people] == ["Amina", "Zoe"]
    assert replace(known, people=looked.people) == looked
