"""A term, a group and two observers from the store: who is told, and what the maker is told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.compare.audience import Who, Why
from observe_app.domain.errors import Invalid
from observe_app.domain.people import Role
from observe_app.services import happenings_codes, notes, people, releases, steps, visits
from observe_app.services.compare.audience import reader_named
from observe_app.services.compare.term import TermChoice
from observe_app.services.pdf.term_document import Multiples, TextTable
from observe_app.services.pdf.term_export import (
    Look,
    calibration_report,
    comparison_pdf,
    export_comparison,
    group_report,
    term_report,
)
from tests.services.exchange.test_compare_out import KEPT, LATER, PRIVATE, observed
from tests.services.pdf.reading import read
from tests.services.pdf.sheet import assert_passes

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.services.pdf.term_document import CompareDocument


@pytest.fixture
def me(core: Core) -> Who:
    """Say who sits here."""
    found = people.introduce(core, name="Joonas Brandt")
    assert found is not None
    return Who(found.id, found.name)


def choice(core: Core) -> TermChoice:
    """Return all lessons of the teacher."""
    return TermChoice(teacher_ids=(people.by_name(core, "Amina Diallo").id,))


def values(document: CompareDocument) -> dict[str, list[float | None]]:
    """Return the values of the lines that are drawn, by label."""
    drawn = [series for part in document.parts if isinstance(part, Multiples) for series in part.series]
    return {series.label: [mark.value for mark in series.marks] for series in drawn}


def cells(document: CompareDocument) -> list[str]:
    """Return the words of all tables."""
    tables = [part for part in document.parts if isinstance(part, TextTable)]
    return [cell.text for table in tables for row in table.rows for cell in row]


# --- a term ----------------------------------------------------------------------------------------------------------


def test_a_report_is_for_the_teacher_where_nobody_else_is_named(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    observed(core, release=False)

    made = term_report(core, choice(core))

    assert made.document.head.confidential == "Confidential – for Amina Diallo"
    assert (made.visits, made.left_out, made.own) == (1, ((Why.NOT_RELEASED, 1),), False)
    data, result = comparison_pdf(made.document)
    assert not result.fallback
    assert_passes(data, tmp_path)


def test_what_was_left_out_does_not_stand_on_the_pages(core: Core, me: Who, clock: FakeClock) -> None:
    observed(core)
    clock.advance(seconds=30 * 86_400)
    observed(core, release=False)

    made = term_report(core, choice(core))
    said = read(comparison_pdf(made.document)[0]).text()

    assert "1 visit" in said
    assert "9 April" not in said
    assert "2 visits" not in said


def test_notes_stay_out_of_a_report_whatever_they_are(core: Core, me: Who) -> None:
    observed(core)

    for own in (False, True):
        text = term_report(core, choice(core), reader=me, own=own).document.to_json()
        assert not [word for word in (PRIVATE, LATER, KEPT) if word in text]


def test_somebody_whom_the_teacher_did_not_name_gets_no_report(core: Core, me: Who) -> None:
    visit = observed(core)
    with pytest.raises(Invalid):
        term_report(core, choice(core), reader=Who("", "Mei Lindqvist"))

    releases.set_reader(core, visit_id=visit, name="Mei Lindqvist")

    made = term_report(core, choice(core), reader=reader_named(core, "Mei Lindqvist"))
    assert made.document.head.confidential == "Confidential – for Mei Lindqvist"


def test_a_report_for_oneself_says_that_it_is_not_for_others(core: Core, me: Who) -> None:
    observed(core, release=False)

    made = term_report(core, choice(core), own=True)

    assert made.own
    said = read(comparison_pdf(made.document)[0]).text()
    assert "With visits that are not released: for Joonas Brandt alone." in " ".join(said.split())


def test_lines_and_breaks_are_those_of_the_visits_that_are_told(core: Core, me: Who, clock: FakeClock) -> None:
    made = []
    for number in range(5):
        clock.advance(seconds=14 * 86_400)
        made.append(observed(core, level=number % 4 + 1, release=number != 2))
    other = people.ensure(core, "Mei Lindqvist").id
    seen = visits.open_visit(core, made[2]).seen
    visits.set_person(core, visit_id=made[2], role=Role.OBSERVER, person_id=other, seen=seen)

    document = term_report(core, choice(core)).document

    drawn = [series for part in document.parts if isinstance(part, Multiples) for series in part.series]
    respect = next(series for series in drawn if series.item == "respect")
    assert [mark.value for mark in respect.marks] == [1.0, 2.0, 4.0, 1.0]
    assert respect.breaks == ()
    assert respect.comparable == 4


def test_ratings_that_waited_are_in_no_chart_and_no_table(core: Core, me: Who) -> None:
    visit = observed(core, release=False)
    releases.release(core, visit_id=visit, ratings=False)

    document = term_report(core, choice(core)).document

    assert not [label for label, found in values(document).items() if 3.0 in found]
    own = term_report(core, choice(core), own=True).document
    assert [label for label, found in values(own).items() if 3.0 in found]


def test_steps_are_those_that_were_released_and_stand_where_they_stand(core: Core, me: Who) -> None:
    visit = observed(core)
    steps.add(core, visit_id=visit, text="Only thought of later")

    told = cells(term_report(core, choice(core)).document)

    assert "Wait for five breaths" in told
    assert "Only thought of later" not in told


def test_a_report_on_several_teachers_is_refused(core: Core, me: Who) -> None:
    for name in ("Amina Diallo", "Lena Hofer"):
        visit = visits.plan(core, teacher_id=people.ensure(core, name).id, observer_id=me.person_id)
        visits.begin(core, visit_id=visit.id)
        notes.add(core, visit_id=visit.id, line="T waits", offset_ms=1000)
        visits.finish(core, visit_id=visit.id)

    with pytest.raises(Invalid) as found:
        term_report(core, TermChoice(), own=True)

    assert found.value.rule == "one_teacher"


def test_paper_and_ink_are_as_asked_and_the_file_is_whole(core: Core, me: Who, tmp_path: Path) -> None:
    observed(core)
    target = tmp_path / "term.pdf"

    made = term_report(core, choice(core), look=Look("Letter", "fr", ink_saving=True))
    result = export_comparison(made, target)

    assert (made.document.facts.paper, made.document.ink_saving) == ("Letter", True)
    assert made.document.facts.language == "fr"
    assert result.size == target.stat().st_size
    assert_passes(target.read_bytes(), tmp_path)


# --- a group ---------------------------------------------------------------------------------------------------------


def lessons(core: Core, teachers: int) -> None:
    """Release a lesson of each of so many teachers."""
    for number in range(teachers):
        visit = observed(core, level=number % 2 + 2, release=False)
        person = people.ensure(core, f"Zqteacher {number}").id
        visits.set_person(
            core, visit_id=visit, role=Role.TEACHER, person_id=person, seen=visits.open_visit(core, visit).seen
        )
        releases.release(core, visit_id=visit)


def test_a_group_of_five_is_counted_without_a_name(core: Core, me: Who, tmp_path: Path) -> None:
    lessons(core, 5)

    made = group_report(core, TermChoice())

    assert made.visits == 5
    assert "Zqteacher" not in made.document.to_json()
    assert "Joonas" not in made.document.to_json()
    assert_passes(comparison_pdf(made.document)[0], tmp_path)


def test_four_teachers_whose_visits_may_be_read_are_no_group(core: Core, me: Who) -> None:
    lessons(core, 4)
    observed(core, release=False)

    with pytest.raises(Invalid) as found:
        group_report(core, TermChoice())

    assert (found.value.rule, found.value.value) == ("too_few_people", "4")


# --- two observers ---------------------------------------------------------------------------------------------------


def lecture(core: Core, observer: str, *codes: str, release: bool = True) -> str:
    """Code one lecture, an interval with each row of codes."""
    teacher = people.ensure(core, "Amina Diallo").id
    visit = visits.plan(core, teacher_id=teacher, observer_id=people.ensure(core, observer).id, form_id="copus")
    visits.begin(core, visit_id=visit.id)
    for index, row in enumerate(codes):
        happenings_codes.tick_same(core, visit_id=visit.id, item="copus", index=index, codes=tuple(row.split()))
    notes.add(core, visit_id=visit.id, line=f"T {PRIVATE}", offset_ms=1000, private=True)
    visits.finish(core, visit_id=visit.id)
    if release:
        releases.release(core, visit_id=visit.id)
    return visit.id


def test_two_released_records_are_compared_for_who_may_read_both(core: Core, me: Who, tmp_path: Path) -> None:
    one = lecture(core, me.name, "I.Lec S.L", "I.Lec", "I.PQ")
    other = lecture(core, "Mei Lindqvist", "I.Lec S.L", "I.PQ", "I.PQ")
    with pytest.raises(Invalid):
        calibration_report(core, one, other)
    releases.set_reader(core, visit_id=other, name=me.name)

    made = calibration_report(core, one, other)

    assert made.document.head.confidential == "Confidential – for the two observers"
    codes = next(part for part in made.document.parts if isinstance(part, TextTable))
    counts = {row[0].text.partition(",")[0]: [cell.text for cell in row[1:6]] for row in codes.rows}
    assert counts["Lec"] == ["1", "1", "0", "1", "2 of 3"]
    assert counts["PQ"] == ["1", "0", "1", "1", "2 of 3"]
    assert PRIVATE not in made.document.to_json()
    assert_passes(comparison_pdf(made.document)[0], tmp_path)


def test_two_observers_are_compared_in_the_language_asked_for(core: Core, me: Who) -> None:
    one = lecture(core, me.name, "I.Lec", release=False)
    other = lecture(core, "Mei Lindqvist", "I.PQ", release=False)

    made = calibration_report(core, one, other, own=True, look=Look(language="de-AT"))

    said = " ".join(read(comparison_pdf(made.document)[0]).text().split())
    assert made.document.facts.language == "de-AT"
    assert "Vertraulich – für Joonas Brandt" in said
    assert "0:00–2:00: nur Joonas Brandt hat „" in said
    assert "only Joonas Brandt" not in said


def test_an_author_compares_for_themselves_what_is_not_released(core: Core, me: Who) -> None:
    one = lecture(core, me.name, "I.Lec", release=False)
    other = lecture(core, "Mei Lindqvist", "I.PQ", release=False)

    made = calibration_report(core, one, other, own=True)

    assert made.own
    assert made.document.head.confidential == "Confidential – for Joonas Brandt"
    with pytest.raises(Invalid) as found:
        calibration_report(core, one, one, own=True)
    assert found.value.rule == "same"
