"""Compare in the window: a person chooses, looks, and goes on to the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from observe_app.services import visits
from observe_app.services.charts.picture import Size, Word
from observe_app.services.charts.words import ChartWords
from observe_app.services.compare import pairs
from observe_app.ui.charts import ChartView
from observe_app.ui.charts.painting import screen_ruler
from observe_app.ui.compare.lesson_data import charts_of
from observe_app.ui.compare.state import Chosen, from_rows
from observe_app.ui.data_page import VisitTarget
from tests.ui.compare.hands import at_compare, settled
from tests.ui.compare.made import made_term, timed_lesson, two_sheets
from tests.ui.window import CTRL, Key

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from observe_app.ui.compare import ComparePage
    from tests.ui.window import Program

AMINA, BO = "Amina Diallo", "Bo Kask"


def test_the_place_has_its_key_between_visits_and_people(program: Program):
    program.press(Key.Key_3, CTRL)

    assert program.window.current_name == "compare"


def test_without_any_visit_it_says_what_will_stand_there(program: Program):
    page = at_compare(program)

    assert page.tab.empty.isVisible()
    assert page.tab.empty.sentence.text() == "Nothing to compare yet"
    assert not page.header.report_button.isEnabled()


def test_who_was_visited_most_shows_first_with_a_chart_for_each_item(program: Program):
    made_term(program.core, BO, 2)
    made_term(program.core, AMINA, 5)

    page = at_compare(program)

    assert [visit.teacher for visit in page.tab.term.visits] == [AMINA] * 5
    assert len(page.tab.multiples.charts) >= 6
    assert page.header.picks["people"].list.currentText() == f"{AMINA} (5)"


@pytest.mark.parametrize(("count", "few"), [(1, True), (2, True), (4, False)])
def test_fewer_than_three_visits_are_said_to_be_too_few(program: Program, count: int, few: bool):
    made_term(program.core, AMINA, count)

    page = at_compare(program)

    alt = page.tab.multiples.charts[0].picture().alt
    assert ("too few visits to say" in alt) is few


def test_another_person_is_chosen_and_remembered(program: Program):
    made_term(program.core, AMINA, 4)
    made_term(program.core, BO, 3)
    page = at_compare(program)
    people = page.header.picks["people"].list

    people.setCurrentIndex(people.findText(f"{BO} (3)"))
    people.activated.emit(people.currentIndex())
    settled(program)

    assert {visit.teacher for visit in page.tab.term.visits} == {BO}
    program.window.go("today")
    assert from_rows(program.core.settings.get().compare).people == page.chosen.people


def test_enter_on_a_mark_of_the_map_goes_to_the_visit(program: Program):
    ids = made_term(program.core, AMINA, 3)
    page = at_compare(program)
    page.tab.heat.setFocus()

    program.press(Key.Key_Home)
    program.press(Key.Key_Return)
    program.wait(lambda: program.window.current_name == "visit")

    assert program.window.current_page.undo_scope() == ids[0]


def test_a_mark_says_what_is_behind_it_and_leads_side_by_side(program: Program):
    made_term(program.core, AMINA, 3)
    page = at_compare(program)
    page.tab.heat.setFocus()
    program.press(Key.Key_End)
    settled(program)

    program.part("detail_beside").click()
    settled(program)

    assert page.chosen.tab == "sides"
    assert len(page.tab.notes.notes()) == 4


def test_one_lesson_shows_a_chart_for_what_was_recorded(program: Program):
    made_term(program.core, AMINA, 1)

    page = at_compare(program, 2)

    assert next(chart.objectName() for chart in page.tab.charts) == "lesson_lesson"
    assert "lesson_tags" in [chart.objectName() for chart in page.tab.charts]


def test_a_lesson_recorded_as_it_came_has_a_sheet_of_the_length_that_is_chosen(program: Program):
    timed_lesson(program.core)
    page = at_compare(program, 2)
    program.wait(lambda: "of 25 intervals of 2 min" in _words(page, "lesson_derived"))

    page.tab.length.setCurrentIndex(page.tab.length.findData(600))
    page.tab.length.activated.emit(page.tab.length.currentIndex())
    settled(program)

    names = {chart.objectName() for chart in page.tab.charts}
    assert {"lesson_derived", "lesson_seconds", "lesson_rates"} <= names
    assert "recorded live" in page.tab.line.text()
    program.wait(lambda: "of 5 intervals of 10 min" in _words(page, "lesson_derived"))


@pytest.mark.parametrize("report", [False, True])
def test_what_goes_out_is_written_to_the_file(program: Program, tmp_path: Path, report: bool):
    made_term(program.core, AMINA, 3)
    page = at_compare(program)
    target = tmp_path / ("out.pdf" if report else "out.xlsx")

    program.part("compare_report" if report else "compare_export").click()
    program.part("out_own").setChecked(True)
    program.part("out_take").click()
    page.out.write_to(target)
    program.wait(lambda: target.exists() and not program.desk.jobs.busy)

    if report:
        from pypdf import PdfReader

        told = "".join(sheet.extract_text() for sheet in PdfReader(target).pages)
        assert AMINA in told
    else:
        from openpyxl import load_workbook

        book = load_workbook(target, read_only=True)
        assert any("Item 1" in str(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def test_two_visits_without_phases_are_aligned_by_the_minute_and_it_is_said(program: Program):
    made_term(program.core, AMINA, 2)

    page = at_compare(program, 3)

    assert "aligned by the minute" in page.tab.hint.text()
    assert {side for side, _note in page.tab.notes.notes()} == {0, 1}


def test_two_observers_are_asked_about_and_agree_by_a_key(program: Program):
    made_term(program.core, AMINA, 1)
    made_term(program.core, AMINA, 1, observer="Tomas Rivera", shift=1)
    page = at_compare(program, 4)
    assert program.part("same_words").text().startswith("Are these two the same lesson?")

    program.part("same_yes").click()
    settled(program)
    first = page.tab.view.differences[0]
    page.tab.panel.next_button.setFocus(Qt.FocusReason.TabFocusReason)
    program.press(Key.Key_L)
    settled(program)

    assert pairs.marked(program.core)
    assert (first.item, first.code, first.place) in page.tab.view.decided


def test_the_clock_of_the_other_is_moved_and_put_back(program: Program):
    made_term(program.core, AMINA, 1)
    made_term(program.core, AMINA, 1, observer="Tomas Rivera")
    page = at_compare(program, 4)

    page.tab.clock.seconds.setValue(30)
    program.wait(lambda: page.tab.view.offset.ms == 30_000)
    QTest.mouseClick(program.part("clock_zero"), Qt.MouseButton.LeftButton)
    program.wait(lambda: page.tab.view.offset.ms == 0)

    assert "as recorded" in program.part("clock_said").text()


def test_a_visit_leads_to_its_lesson_here(program: Program):
    ids = made_term(program.core, AMINA, 2)

    program.desk.compare_visit(ids[0])
    settled(program)

    page = program.window.current_page
    assert (program.window.current_name, page.chosen.visit) == ("compare", ids[0])


def test_a_change_elsewhere_is_counted_at_once(program: Program):
    ids = made_term(program.core, AMINA, 4)
    page = at_compare(program)

    visits.delete(program.core, visit_id=ids[0], seen=visits.open_visit(program.core, ids[0]).seen)
    program.wait(lambda: len(page.tab.term.visits) == 3)


def test_choices_come_back_from_the_settings_as_they_were_kept():
    chosen = Chosen(tab="sides", people=("a", "b"), items=("x",), visit="v", align="minute")

    assert from_rows(chosen.rows()) == chosen
    assert from_rows((("tab", "gone"), ("strange", "1"), ("people",))) == Chosen()


def _words(page: ComparePage, name: str) -> str:
    chart = next(chart for chart in page.tab.charts if chart.objectName() == name)
    return " ".join(part.text for part in chart.picture().parts if isinstance(part, Word))


def test_follow_up_of_a_visit_leads_to_the_term_of_its_teacher(program: Program):
    made_term(program.core, AMINA, 4)
    bo = made_term(program.core, BO, 3)[0]
    at_compare(program)

    program.desk.go_to_visit(VisitTarget(bo, "follow_up"))
    program.part("compare_term").click()
    settled(program)

    page = program.window.current_page
    assert (program.window.current_name, page.chosen.tab) == ("compare", "term")
    assert {visit.teacher for visit in page.tab.term.visits} == {BO}


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
def test_three_rows_of_the_strip_are_seen_however_low_the_window(program: Program, size: tuple[int, int]):
    two_sheets(program.core, AMINA, "Tomas Rivera")
    program.window.resize(*size)
    program.desk.theme.set_text_size(150)
    tab = at_compare(program, 4).tab
    settled(program)

    bottoms = {}
    for spot in tab.strip.picture().spots:
        end = tab.strip.mapTo(tab.top, tab.strip.spot_rect(spot.key).bottomLeft()).y()
        bottoms[spot.row] = max(bottoms.get(spot.row, 0), end)
    third = sorted(bottoms.values())[:3][-1]
    assert third < tab.top.height()
    assert tab.top.mapTo(tab, tab.top.rect().topLeft()).y() + third < tab.height()


def test_what_belongs_to_a_difference_is_whole_at_once(program: Program):
    made_term(program.core, AMINA, 1)
    made_term(program.core, AMINA, 1, observer="Tomas Rivera", shift=1)
    page = at_compare(program, 4)
    program.part("same_yes").click()
    settled(program)
    panel = page.tab.panel

    for _step in range(len(page.tab.view.differences)):
        content = panel.widget()
        assert content.height() >= content.layout().heightForWidth(content.width())
        panel.next_button.click()


def test_where_two_observed_in_turn_one_of_them_can_be_chosen_and_left_again(program: Program):
    made_term(program.core, AMINA, 4)
    made_term(program.core, AMINA, 4, observer="Tomas Rivera", shift=1)
    page = at_compare(program)
    offer = program.part("observer_offer")
    assert "in turn" in offer.words.text()

    next(one for one in offer.buttons if one.isVisible() and "Tomas Rivera (4)" in one.text()).click()
    settled(program)

    assert {visit.observer for visit in page.tab.term.visits} == {"Tomas Rivera"}
    assert any(line.enough for line in page.tab.term.series)
    assert offer.words.text() == "Only what Tomas Rivera observed."
    offer.buttons[0].click()
    settled(program)
    assert len(page.tab.term.visits) == 8


def test_where_one_person_observed_nobody_is_offered(program: Program):
    made_term(program.core, AMINA, 4)

    page = at_compare(program)

    assert not page.tab.offer.isVisible()


def test_of_very_many_items_the_first_charts_are_made_and_more_when_asked_for(program: Program):
    made_term(program.core, AMINA, 2, items=70)
    page = at_compare(program)
    charts = page.tab.multiples
    program.wait(lambda: len(charts.charts) == charts.wanted)

    assert len(charts.charts) == 60
    program.part("more_charts").click()
    program.wait(lambda: len(charts.charts) == charts.wanted)

    assert {f"multiple_item-{number}" for number in range(1, 71)} <= {one.objectName() for one in charts.charts}
    assert not charts.more_button.isVisible()


def test_the_rows_of_the_map_that_lie_further_down_follow(program: Program):
    made_term(program.core, AMINA, 4, items=30)
    page = at_compare(program)

    program.wait(lambda: len({spot.row for spot in page.tab.heat.picture().spots}) >= 30)

    program.wait(lambda: page.tab.heat.height() >= page.tab.heat.whole_picture().height)
    assert len(page.tab.heat.picture().spots) == 4 * len(page.tab.heat.picture().table.header[2:])


def test_charts_of_one_person_are_used_for_the_next_and_none_of_the_first_stays(program: Program):
    made_term(program.core, AMINA, 4, items=30)
    made_term(program.core, BO, 3)
    page = at_compare(program)
    charts = page.tab.multiples
    program.wait(lambda: len(charts.charts) == charts.wanted)
    before = {id(one) for one in charts.charts}

    page.choose(people=tuple(one.id for one in page.found.options.people if one.name == BO), form="")
    settled(program)
    program.wait(lambda: len(charts.charts) == charts.wanted)

    assert {id(one) for one in charts.charts} <= before
    assert len(charts.charts) < len(before)
    assert all("of 3 visits" in one.picture().alt for one in charts.charts)
    showing = [one for one in program.window.findChildren(ChartView) if one.objectName().startswith("multiple_")]
    assert sum(one.isVisible() for one in showing) == len(charts.charts)


def test_charts_stand_beside_and_under_each_other_in_a_narrow_window_too(program: Program):
    made_term(program.core, AMINA, 4, items=9)
    page = at_compare(program)
    charts = page.tab.multiples
    for width in (1366, 1024):
        program.window.resize(width, 768)
        program.wait(lambda: charts.charts[0].width() > 100)
        places = [one.geometry() for one in charts.charts]
        assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[at + 1 :])
        assert max(place.right() for place in places) <= charts.width()


def test_who_is_new_can_be_chosen_after_the_next_choice(program: Program):
    made_term(program.core, AMINA, 4)
    page = at_compare(program)
    page.choose(span="")
    settled(program)

    made_term(program.core, BO, 3)
    page.reload()
    page.choose(span="")
    settled(program)

    assert [one.name for one in page.found.options.people] == [AMINA, BO]


def test_codes_that_the_form_counts_together_have_bars_of_their_own(program: Program):
    made = two_sheets(program.core, AMINA, "Tomas Rivera")[0]
    record = visits.load_record(program.core, made)

    shown = {one.key: one.maker(Size(500), screen_ruler, ChartWords()) for one in charts_of(record, "en")}
    instructor, students = shown["folded:copus:I"], shown["folded:copus:S"]

    assert instructor.title == "Instructor: codes counted together"
    # Lecturing in fifteen of twenty, writing live in three of them and in one other: an interval with both counts once.
    assert [row[1:4] for row in instructor.table.rows] == [("Presenting", 16, 20), ("Guiding", 17, 20)]
    assert [row[1:4] for row in students.table.rows] == [("Receiving", 15, 20), ("Talking to the class", 5, 20)]


def test_of_very_many_visits_the_map_shows_the_one_that_stands_out(program: Program):
    ids = made_term(program.core, AMINA, 60)

    page = at_compare(program)

    assert any(spot.visit_id == ids[-1] for spot in page.tab.heat.picture().spots)


def test_figures_keep_their_direction_in_a_window_read_from_the_right(program: Program, qapp: QApplication):
    two_sheets(program.core, AMINA, "Tomas Rivera")
    table = at_compare(program, 4).tab.table.model()
    told = [str(table.index(0, column).data()) for column in range(table.columnCount())]

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        turned = [str(table.index(0, column).data()) for column in range(table.columnCount())]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    isolates = {"\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"}
    assert all({one[0], one[-1]} == isolates for one, was in zip(turned, told, strict=True) if " " in was)
    assert [one.strip("".join(isolates)) for one in turned] == told
    assert turned[1] == told[1]
