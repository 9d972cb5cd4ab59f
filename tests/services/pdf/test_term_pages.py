"""A term, a group and two observers on pages: what they say, how they are read aloud, and that they always fit."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.compare.marks import Base, Measure, Series, Term
from observe_app.domain.errors import Invalid
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services.pdf.group_build import build_group
from observe_app.services.pdf.layout.term_plain import term_plain
from observe_app.services.pdf.render import comparison_bytes
from observe_app.services.pdf.term_build import pieces
from observe_app.services.pdf.term_document import CompareDocument, Heading, Multiples, Prose, TextTable
from tests.services.pdf.reading import read
from tests.services.pdf.samples import assert_golden, pages_of
from tests.services.pdf.sheet import assert_passes
from tests.services.pdf.term_samples import (
    FACTS,
    calibration_document,
    empty,
    group,
    group_document,
    hostile,
    term,
    term_document,
)
from tests.ui import charts_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENTS: dict[str, Callable[..., CompareDocument]] = {
    "term": term_document,
    "group": group_document,
    "calibration": calibration_document,
}


def read_text(data: bytes) -> str:
    """Return what a screen reader says, on one line."""
    return " ".join(read(data).text().split())


def outline(document: CompareDocument) -> list[str]:
    """Return the titles of the sections."""
    return [part.text for part in document.parts if isinstance(part, Heading) and part.level == 0]


# --- on file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_said_is_on_file(name: str) -> None:
    assert_golden(f"compare-{name}.json", DOCUMENTS[name]().to_json())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_read_aloud_is_on_file(name: str) -> None:
    data, result = comparison_bytes(DOCUMENTS[name]())

    assert (result.fallback, result.replaced) == (False, ())
    lines = [" ".join(line.split()) for line in read(data).text().splitlines()]
    assert_golden(f"compare-{name}.txt", "\n".join(line for line in lines if line) + "\n")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_document_makes_the_same_bytes(name: str) -> None:
    made = [hashlib.sha256(comparison_bytes(DOCUMENTS[name]())[0]).hexdigest() for _time in range(2)]

    assert made[0] == made[1]


# --- machine checks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ink_saving", [False, True])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_passes_the_machine_checks(name: str, paper: str, ink_saving: bool, tmp_path: Path) -> None:
    data, result = comparison_bytes(replace(DOCUMENTS[name](paper=paper), ink_saving=ink_saving))

    assert not result.fallback
    assert_passes(data, tmp_path)


def test_hostile_texts_stay_texts_and_fit(tmp_path: Path) -> None:
    data, result = comparison_bytes(term_document(hostile(term())))

    assert not result.fallback
    assert "</para>" in read_text(data)
    assert "root:" not in read_text(data)
    assert_passes(data, tmp_path)


def test_where_nothing_else_fits_every_word_is_set_plainly(tmp_path: Path) -> None:
    document = term_document()
    data, _result = comparison_bytes(document, layouts=(term_plain,))

    said = read_text(data)
    for table in (part for part in document.parts if isinstance(part, TextTable)):
        assert all(cell.text in said for row in table.rows for cell in row)
    assert_passes(data, tmp_path)


def test_somebody_who_asks_to_stop_gets_no_file() -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        comparison_bytes(term_document(), progress)


# --- any number of visits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("visits", "pages"), [(1, 3), (2, 4), (5, 4), (40, 11)])
def test_any_number_of_visits_fits_and_passes(visits: int, pages: int, tmp_path: Path) -> None:
    data, result = comparison_bytes(term_document(charts_data.long_term(visits, 30)))

    assert not result.fallback
    assert result.pages <= pages
    assert_passes(data, tmp_path)


@pytest.mark.parametrize("visits", [1, 3, 40])
def test_every_value_stands_in_a_table(visits: int) -> None:
    made = charts_data.long_term(visits, 7)
    tables = [part for part in term_document(made).parts if isinstance(part, TextTable)]
    cells = [cell.text for table in tables for row in table.rows for cell in row[1:]]

    told = [mark.words for series in made.series for mark in series.marks if series.valued and mark.words]
    assert sorted(one for one in cells if one in dict(charts_data.LEVELS).values()) == sorted(told)


def test_one_visit_and_two_say_that_nothing_can_have_changed() -> None:
    for count, words in ((1, "nothing can have changed"), (2, "two points always make a trend")):
        data, _result = comparison_bytes(term_document(charts_data.long_term(count, 3)))

        assert words in read_text(data)
        assert "too few visits to say" in read_text(data)


def test_visits_without_anything_to_compare_say_so() -> None:
    data, _result = comparison_bytes(term_document(empty(3)))

    assert "nothing that can be compared" in read_text(data)


def test_pieces_of_columns_are_of_about_one_width_and_lose_none() -> None:
    for count in range(1, 60):
        found = pieces(count, 6)
        assert [at for first, last in found for at in range(first, last)] == list(range(count))
        assert max(last - first for first, last in found) <= 6
        assert max(last - first for first, last in found) - min(last - first for first, last in found) <= 1


# --- a term ----------------------------------------------------------------------------------------------------------


def test_absences_are_told_apart_and_none_is_a_zero() -> None:
    data, _result = comparison_bytes(term_document())

    said = read_text(data)
    assert "not seen" in said
    assert "nothing recorded" in said
    assert "looked for, not seen" in said  # in the words of the chart


def test_a_code_that_nobody_ticked_is_named_and_has_no_chart() -> None:
    document = term_document()

    drawn = [series.label for part in document.parts if isinstance(part, Multiples) for series in part.series]
    assert "Lecturing" in drawn
    assert "Clicker question" not in drawn
    assert "Never ticked: Clicker question." in read_text(comparison_bytes(document)[0])


def test_an_interrupted_line_says_when_and_why() -> None:
    said = read_text(comparison_bytes(term_document())[0])

    assert "other observer, Tomás Rivera (Open questions lead)" in said


def test_shares_never_go_without_their_base() -> None:
    document = term_document()
    rows = [row for part in document.parts if isinstance(part, TextTable) for row in part.rows]

    shares = next(row for row in rows if row[0].text.startswith("Lecturing"))
    assert shares[0].text == "Lecturing (of intervals)"
    assert [cell.text for cell in shares[1:]] == ["20 of 38", "18 of 38", "nothing recorded", "12 of 38", "9 of 38"]


def test_a_talk_share_has_a_name_of_its_own() -> None:
    line = replace(charts_data.share("", charts_data.visits(3), [3, 4, 5]), measure=Measure.TALK_WORDS, item="")

    said = read_text(comparison_bytes(term_document(Term(charts_data.visits(3), (line,))))[0])
    assert "Words said by the teacher" in said


def test_sections_are_in_the_outline_and_steps_say_where_they_stand() -> None:
    document = term_document()

    assert outline(document) == [
        "What was seen, visit by visit", "The same, as a table", "Lines that are interrupted", "Action steps",
        "Tags of notes", "What it rests on",
    ]  # fmt: skip
    assert "1 of 2 are done." in read_text(comparison_bytes(document)[0])


# --- a group ---------------------------------------------------------------------------------------------------------


def test_a_group_names_nobody(tmp_path: Path) -> None:
    document = group_document()
    data, _result = comparison_bytes(document)

    said = document.to_json() + "".join(pages_of(data))
    for visit in group().visits:
        assert visit.teacher not in said
        assert visit.observer not in said
        assert visit.id not in re.findall(r"\d+-\d+", said)
    assert b"Teacher 3" not in data
    assert_passes(data, tmp_path)


@pytest.mark.parametrize("teachers", [0, 1, 4])
def test_fewer_than_five_teachers_are_no_group(teachers: int) -> None:
    with pytest.raises(Invalid) as found:
        build_group(group(teachers), FACTS)

    assert (found.value.rule, found.value.limit) == ("too_few_people", "5")


def test_an_item_of_three_teachers_is_left_out_and_that_is_said() -> None:
    said = read_text(comparison_bytes(group_document())[0])

    assert "Rarely looked for" not in said
    assert "One item is not in it, for fewer than 5 teachers were looked at with it." in said


def test_small_counts_are_held_back_and_sums_do_not_give_them_away() -> None:
    rows = [row for part in group_document().parts if isinstance(part, TextTable) for row in part.rows if len(row) > 2]

    told = {row[0].text: row[2] for row in rows}
    cell = told["Leaves thinking time"]
    assert "<5" in cell.text
    assert cell.text.count("<5") + cell.text.count("left out") >= 2
    assert cell.bar == ()
    whole = told["Wrong answers explored"]
    assert sum(map(int, re.findall(r" (\d+)", whole.text))) == 36
    assert sum(whole.bar) == pytest.approx(1, abs=1e-3)


def test_a_month_of_few_teachers_goes_together_with_another() -> None:
    made = group(6)
    moved = tuple(
        replace(one, start=one.start.replace(year=2024) if one.start and one.teacher_id == "t0" else one.start)
        for one in made.visits
    )
    document = build_group(replace(made, visits=moved), FACTS)

    cells = [row[0].text for part in document.parts if isinstance(part, TextTable) for row in part.rows]
    assert "Other months" in cells
    assert "September 2024" not in cells


def test_visits_of_nobody_named_make_no_group_of_four() -> None:
    made = group(5)
    nameless = tuple(replace(one, teacher_id="", teacher="") if one.teacher_id == "t4" else one for one in made.visits)

    with pytest.raises(Invalid) as found:
        build_group(replace(made, visits=nameless), FACTS)

    assert found.value.rule == "too_few_people"


def test_visits_of_nobody_named_are_left_out_of_a_group_and_that_is_said() -> None:
    made = group(6)
    nameless = tuple(replace(one, teacher_id="", teacher="") if one.teacher_id == "t5" else one for one in made.visits)
    count = sum(not one.teacher_id for one in nameless)
    words = "One visit is not in it" if count == 1 else f"{count} visits are not in it"

    assert any(words in part.text for part in build_group(replace(made, visits=nameless), FACTS).parts
               if isinstance(part, Prose))  # fmt: skip
    assert not any("said who taught" in part.text for part in build_group(made, FACTS).parts if isinstance(part, Prose))


def test_an_answer_in_an_observers_own_words_is_in_no_group() -> None:
    made = group(6)
    lines = tuple(
        Series(
            "kind", Measure.CHOICE, Base.NONE, "Kind of lesson", "kind", teacher_id=series.teacher_id,
            marks=tuple(
                replace(mark, value=None, missing=None, words="Zyxwvut" if mark.visit_id == "0-0" else "Lab")
                for mark in series.marks
            ),
        )
        for series in made.series
        if series.label == made.series[0].label
    )  # fmt: skip

    document = build_group(replace(made, series=lines), FACTS)

    assert "Kind of lesson" in document.to_json(), "or the sweep proves nothing"
    assert "Zyxwvut" not in document.to_json()


# --- two observers ---------------------------------------------------------------------------------------------------


def test_a_calibration_does_not_name_the_teacher() -> None:
    document = calibration_document()

    assert "Amina" not in document.to_json()
    assert "Amina" not in read_text(comparison_bytes(document)[0])


def test_counts_stand_before_coefficients_and_every_difference_is_told() -> None:
    document = calibration_document()
    said = read_text(comparison_bytes(document)[0])

    codes = next(part for part in document.parts if isinstance(part, TextTable))
    assert codes.heads[:6] == ("Code", "Both", "Only Joonas Brandt", "Only Mei Lindqvist", "Neither", "The same")
    for row in codes.rows[:-1]:
        assert sum(int(cell.text) for cell in row[1:5]) == 25
    places = int(re.search(r"(\d+) places\.", said)[1])  # type: ignore[index]
    assert places == said.count(": only Joonas Brandt ticked") + said.count(": only Mei Lindqvist ticked")
