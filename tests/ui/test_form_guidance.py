"""Guidance on a form: read before the lesson, out of the way in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.ui.form_panel.preview import FormPreview
from observe_app.ui.form_panel.text_item import GuidanceItem
from tests.ui.observe.conftest import bus, open_tab, tab, visit_id

__all__ = ["bus", "open_tab", "tab", "visit_id"]

HOW = "how-to-rate"


def guidance(place):
    return place.findChild(GuidanceItem, f"item_{HOW}")


def test_in_a_visit_only_the_first_line_of_guidance_takes_room(tab):
    found = guidance(tab.form_panel)
    folded = found.height()

    assert not found.is_open
    QTest.mouseClick(found, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 10))
    assert found.is_open
    assert found.height() > folded + 20


def test_space_folds_what_space_opened(tab):
    found = guidance(tab.form_panel)
    folded = found.height()

    QTest.keyClick(found, Qt.Key.Key_Space)
    QTest.keyClick(found, Qt.Key.Key_Space)

    assert (found.is_open, found.height()) == (False, folded)


def test_a_form_looked_at_beforehand_shows_all_of_its_guidance(qtbot):
    item = Item(HOW, ItemKind.GUIDANCE, (("", "Look twice."),), help=(("", "Then decide, and say why. " * 6),))
    preview = FormPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 500)
    preview.show_form(Form("f", 1, (("", "F"),), (("", "P"),), (Section("s", (("", "S"),), (item,)),)))
    preview.show()

    assert guidance(preview).is_open
