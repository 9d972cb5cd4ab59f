"""The seating plan where a visit is prepared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import seating, visits
from observe_app.ui.visit.prepare import PrepareTab
from tests.ui.observe.keys import press, type_text

Key = Qt.Key


@pytest.fixture
def tab(core, bus, visit_id, runner, shown):
    made = PrepareTab(core, visit_id, runner, bus)
    made.resize(1100, 900)
    shown(made)
    made.activate()
    return made


def editor_of(tab):
    return tab.window().findChild(object, "plan_editor")


def test_a_plan_is_made_by_keys_alone(core, tab, visit_id):
    row = tab.seating
    assert row.button.text() == "Make a seating plan"
    row.button.setFocus()
    press(row.button, Key.Key_Return)
    editor = editor_of(tab)
    type_text(editor.rows_line, "5 6")
    press(editor.rows_line, Key.Key_Return)
    press(editor.main_button, Key.Key_Return)

    assert len(seating.plan_of(core, visit_id).seats) == 30
    assert row.words.text() == "30 seats"
    assert row.button.text() == "Change the plan"
    assert row.picture.isVisible()


def test_the_plan_of_the_class_is_one_click(core, tab, visit_id):
    other = visits.plan(core, class_name="9A").id
    seating.set_plan(core, visit_id=other, plan=rows_and_columns(3, 3))
    assert not tab.seating.offer_button.isVisible()
    seen = visits.open_visit(core, visit_id).seen
    visits.update(core, visit_id=visit_id, seen=seen, class_name="9a")
    assert tab.seating.offer_button.text().startswith("Use the plan of 9A from ")
    tab.seating.offer_button.click()

    assert len(seating.plan_of(core, visit_id).seats) == 9
    assert not tab.seating.offer_button.isVisible()


def test_a_damaged_plan_is_told(core, tab, visit_id):
    with core.store.write("visit.edit", scope=visit_id) as unit:
        unit.visits.change(visit_id, {"seating": "[]"})
        unit.commit()

    assert "cannot be read" in tab.seating.words.text()
    assert tab.seating.button.text() == "Make a seating plan"
