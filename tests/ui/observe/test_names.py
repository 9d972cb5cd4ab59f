"""Everything in the Observe screen that can be pressed or typed into says what it is to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from observe_app.domain.seating_layouts import for_students
from observe_app.services import seating, visits
from tests.ui.observe.lesson import plan_visit


def unnamed(top: QWidget) -> list[str]:
    """Return the parts in sight that take keys or clicks and have no name."""
    found = []
    for part in top.findChildren(QWidget):
        takes = part.focusPolicy() != Qt.FocusPolicy.NoFocus or part.inherits("QAbstractButton")
        if not part.isVisible() or not takes or part.focusProxy() is not None or part.inherits("QAbstractScrollArea"):
            continue
        spoken = QAccessible.queryAccessibleInterface(part)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found


@pytest.mark.parametrize("form", ["general-peer-observation", "copus", "question-log", "talk-and-participation"])
def test_every_part_has_a_name(core, open_tab, form, qtbot):
    visit_id = plan_visit(core, form_id=form)
    visits.begin(core, visit_id=visit_id)
    tab = open_tab(visit_id)
    qtbot.waitUntil(lambda: not tab.form_panel.pane.is_building)

    assert unnamed(tab) == []
    if tab.led_by is not None:
        tab.to_codes()
        assert unnamed(tab) == []


def test_every_seat_has_a_name(core, open_tab):
    visit_id = plan_visit(core)
    visits.begin(core, visit_id=visit_id)
    seating.set_plan(core, visit_id=visit_id, plan=for_students(28))
    tab = open_tab(visit_id)
    tab.run("seats")

    assert tab.shows_seats
    assert unnamed(tab) == []
