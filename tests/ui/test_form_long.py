"""The sheet where there is much to show and little room: 300 items, a narrow window, both directions of reading."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.services import answers
from tests.services.event_form import visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press, type_text
from tests.ui.sheet_forms import EVERY, long_form

__all__ = ["bus", "open_tab"]

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def visit_id(core):
    return visit_with(core, EVERY)


@pytest.fixture
def tab(open_tab, visit_id):
    return open_tab(visit_id)


def answer(core, visit_id, item):
    found = answers.all_of(core, visit_id).get(item)
    return (found.value, found.absence) if found else None


def keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


# -- many


def test_a_long_form_builds_what_is_seen_first_and_the_rest_on_the_way(core, open_tab, qtbot):
    tab = open_tab(visit_with(core, long_form()))
    qtbot.waitUntil(lambda: not tab.form_panel.pane.is_building, timeout=20_000)
    tops = [row.top for row in tab.form_panel.pane.rows]

    assert tops == sorted(tops)
    assert all(row.widget is not None for row in tab.form_panel.pane.rows)


def test_jumping_to_an_item_that_is_not_built_yet_builds_it(core, open_tab):
    tab = open_tab(visit_with(core, long_form()))
    press(tab.line.edit, Key.Key_G, CTRL)
    type_text(keyboard(), "287")
    press(keyboard(), Key.Key_Return)
    press(keyboard(), Key.Key_2)

    assert answer(core, tab.visit_id, "i287") == (2, None)


def test_what_is_built_above_moves_nothing_below(core, open_tab, qtbot):
    tab = open_tab(visit_with(core, long_form()))
    panel = tab.form_panel
    panel.show_item("i200")
    shown = panel.item("i200")
    before = shown.mapTo(panel, shown.rect().topLeft())
    qtbot.waitUntil(lambda: not panel.pane.is_building, timeout=20_000)

    assert shown.mapTo(panel, shown.rect().topLeft()) == before


def test_tab_goes_down_the_form_in_whichever_order_it_was_built(core, open_tab, qtbot):
    tab = open_tab(visit_with(core, long_form(60)))
    panel = tab.form_panel
    panel.show_item("i50")
    qtbot.waitUntil(lambda: not panel.pane.is_building, timeout=20_000)
    panel.item("i1").focus_part().setFocus()
    seen = []
    for _step in range(400):
        name = next((made.item.id for made in panel.items if made.isAncestorOf(keyboard())), "")
        if not name:
            break
        if name not in seen:
            seen.append(name)
        press(keyboard(), Key.Key_Tab)

    assert seen == list(panel.shown)


# -- without room


def test_keys_of_the_form_show_it_in_a_narrow_window_until_it_is_left(tab, core, visit_id):
    tab.resize(835, 440)
    QApplication.processEvents()
    assert not tab.form_panel.isVisible()
    press(tab.line.edit, Key.Key_G, CTRL)
    assert tab.form_panel.number_bar.isVisible()
    type_text(keyboard(), "3")
    press(keyboard(), Key.Key_Return)
    press(keyboard(), Key.Key_2)

    assert answer(core, visit_id, "time") == (2, None)
    assert tab.line.edit.hasFocus()
    assert not tab.form_panel.isVisible()


@pytest.fixture(params=[100, 150])
def words(request, theme):
    """Set the text size; the one of the design comes back afterwards."""
    theme.set_text_size(request.param)
    yield request.param
    theme.set_text_size(100)


@pytest.mark.parametrize("item_id", ["aim", "time", "ways", "task", "tools", "size", "last"])
def test_parts_of_an_item_lie_within_it_and_not_over_each_other(words, open_tab, visit_id, item_id):
    tab = open_tab(visit_id)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        tab.setLayoutDirection(direction)
        made = tab.form_panel.item(item_id)
        made.set_open(True)
        parts = [part for part in made.findChildren(QWidget) if part.isVisibleTo(made) and part.parent() is made]
        assert parts
        assert all(made.rect().contains(part.geometry()) for part in parts)
        crossing = [(a, b) for a in parts for b in parts if a is not b and a.geometry().intersects(b.geometry())]
        assert crossing == []
        assert made.width() <= tab.form_panel.width()
