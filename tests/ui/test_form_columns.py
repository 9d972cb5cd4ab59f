"""Tallies in two columns where their names have room; one under the other where they have not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.domain.answer import Absence
from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Section
from observe_app.services import answers, happenings, visits
from observe_app.ui.form_panel.halves import halved
from tests.services.event_form import TEACHER, said, visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press

__all__ = ["bus", "open_tab"]

NAMES = ("Open question", "Closed question", "Praise, specific", "Wait 3 s or more", "Wrong answer")


def tally(number, label, **more):
    return Item(f"t{number}", ItemKind.TALLY, said(label), **more)


def form_of(*items):
    return Form("f", 1, said("Form"), said("For tests."), sections=(Section("s", said("Tallies"), items),))


FIVE = form_of(*(tally(number, label) for number, label in enumerate(NAMES)), TEACHER)


@pytest.fixture
def open_form(open_tab, core):
    def open_one(form):
        visit_id = visit_with(core, form)
        visits.begin(core, visit_id=visit_id)
        return open_tab(visit_id)

    return open_one


def boxes(tab, *names):
    return [tab.form_panel.item(name).geometry() for name in names]


def test_neighbours_stand_two_in_a_line_and_the_rest_over_the_whole_width(open_form):
    tab = open_form(FIVE)
    width = tab.form_panel.pane.viewport().width()
    one, two, three, four, five, timer = boxes(tab, "t0", "t1", "t2", "t3", "t4", "teacher")

    assert (one.y(), one.x(), one.width()) == (two.y(), 0, width // 2)
    assert two.x() == one.width()
    assert two.right() + 1 == width
    assert three.y() == four.y() == one.y() + one.height()
    assert (five.y(), five.width()) == (three.y() + three.height(), width // 2)
    assert (timer.y(), timer.width()) == (five.y() + five.height(), width)
    assert {one.height(), two.height(), three.height()} == {30}


def test_a_single_tally_has_the_line_to_itself(open_form):
    tab = open_form(form_of(tally(0, "Praise"), TEACHER))

    assert boxes(tab, "t0")[0].width() == tab.form_panel.pane.viewport().width()


def test_one_long_name_puts_all_of_its_row_of_neighbours_under_each_other(open_form):
    long = tally(9, "A question that asks for reasons and gets none")
    tab = open_form(form_of(*FIVE.items[:4], long))
    tops = [box.y() for box in boxes(tab, "t0", "t1", "t2", "t3", "t9")]

    assert tops == sorted(set(tops))


def test_larger_words_fall_back_to_one_column(open_form, theme):
    theme.set_text_size(150)
    tab = open_form(FIVE)
    tops = [box.y() for box in boxes(tab, "t0", "t1", "t2")]

    assert tops == sorted(set(tops))


def test_another_width_makes_columns_or_takes_them_away(open_form):
    tab = open_form(FIVE)
    panel = tab.form_panel
    for width, columns in ((436, 2), (380, 1), (520, 2)):
        panel.resize(width, panel.height())
        QApplication.processEvents()
        first, second = boxes(tab, "t0", "t1")
        assert (first.y() == second.y()) is (columns == 2), width


def test_from_right_to_left_the_first_stands_at_the_right(open_form):
    tab = open_form(FIVE)
    tab.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    tab.form_panel.pane.place()
    first, second = boxes(tab, "t0", "t1")

    assert first.x() > second.x()
    assert first.y() == second.y()


def test_who_is_not_asked_for_leaves_no_hole(open_form, core):
    gate = Item("gate", ItemKind.CHECK, said("Groups"))
    hidden = tally(1, "In pairs", show_when=(Condition("gate", ConditionTest.IS, ("yes",)),))
    tab = open_form(form_of(gate, tally(0, "Alone"), hidden, tally(2, "Praise")))
    first, third = boxes(tab, "t0", "t2")
    assert (first.y(), third.x()) == (third.y(), first.width())

    answers.give(core, visit_id=tab.visit_id, item="gate", value="yes", seen=answers.open_all(core, tab.visit_id).seen)
    first, second, third = boxes(tab, "t0", "t1", "t2")
    assert first.y() == second.y() < third.y()


def test_a_counted_row_is_lit_in_its_half_alone(open_form):
    tab = open_form(FIVE)
    press(tab.line.edit, Qt.Key.Key_F2)

    lit = [tab.form_panel.item(name).is_flashing for name in ("t0", "t1")]
    assert lit == [True, False]


def test_the_way_to_take_one_back_comes_without_moving_anything(open_form):
    tab = open_form(FIVE)
    before = boxes(tab, "t0", "t1", "t2")
    press(tab.line.edit, Qt.Key.Key_F2)
    first = tab.form_panel.item("t0")
    assert first.back.isVisible()
    assert first.rect().contains(first.back.geometry())
    assert boxes(tab, "t0", "t1", "t2") == before
    QTest.mouseClick(first.back, Qt.MouseButton.LeftButton)

    assert first.count == 0


def test_absences_have_their_place_while_the_keyboard_is_there(open_form, core):
    tab = open_form(FIVE)
    second = tab.form_panel.item("t1")
    second.setFocus()
    assert second.height() > 30
    press(second, Qt.Key.Key_0)

    assert answers.all_of(core, tab.visit_id)["t1"].absence is Absence.NOT_SEEN


def test_a_large_count_keeps_clear_of_the_name(open_form, core):
    tab = open_form(FIVE)
    for number in range(1100):
        happenings.tally(core, visit_id=tab.visit_id, item="t1", offset_ms=number)
    item = tab.form_panel.item("t1")
    item.set_open(True)

    assert item.count == 1100
    assert item.rect().contains(item.back.geometry())


@given(st.lists(st.sampled_from([ItemKind.TALLY, ItemKind.CHECK]), max_size=10), st.integers(200, 900))
def test_all_neighbours_or_none_stand_in_columns(kinds, width):
    items = tuple(Item(f"i{n}", kind, said("Name")) for n, kind in enumerate(kinds))
    found = halved(form_of(*items), "en", width)
    for number, kind in enumerate(kinds):
        neighbours = [one for one in (number - 1, number + 1) if 0 <= one < len(kinds)]
        beside = any(kinds[one] is ItemKind.TALLY for one in neighbours)
        assert (f"i{number}" in found) is (kind is ItemKind.TALLY and beside and width >= 410)
