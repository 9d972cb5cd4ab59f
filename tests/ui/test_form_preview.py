"""A form tried out in a preview: the real sheet, kept in memory, quick to follow what the editor changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.form import Form, Item, ItemKind, Level, Scale, Section
from observe_app.ui.form_panel.preview import FormPreview
from tests.services.event_form import EVENT_FORM
from tests.services.forms_made import forms
from tests.ui.observe.keys import press, type_text
from tests.ui.sheet_forms import EVERY, TIME, long_form, said

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def preview(shown):
    made = FormPreview()
    made.resize(436, 640)
    made.show_form(EVERY)
    return shown(made)


def with_item(form: Form, item_id: str, **fields) -> Form:
    """Return the form with one of its items changed."""
    sections = tuple(
        replace(one, items=tuple(replace(item, **fields) if item.id == item_id else item for item in one.items))
        for one in form.sections
    )
    return replace(form, sections=sections)


def rate(preview, level):
    preview.sheet.item("time").focus_part().setFocus()
    press(QApplication.focusWidget(), level)


def test_an_answer_is_kept_while_the_form_is_edited(preview):
    rate(preview, Key.Key_3)
    preview.show_form(with_item(EVERY, "aim", label=said("Another label")))

    assert preview.sheet.item("time").level == 3
    assert preview.sheet.item("aim").label == "Another label"


def test_widgets_of_items_that_did_not_change_stay(preview):
    before = {made.item.id: made for made in preview.sheet.items}
    preview.show_form(with_item(EVERY, "aim", label=said("Another label")))
    after = {made.item.id: made for made in preview.sheet.items}

    assert [item_id for item_id in after if after[item_id] is not before[item_id]] == ["aim"]


def test_an_answer_that_no_longer_fits_is_forgotten(preview):
    rate(preview, Key.Key_4)
    preview.show_form(with_item(EVERY, "time", levels=TIME.levels[:2]))

    assert preview.sheet.item("time").level == 0


def test_place_and_open_item_stay(shown):
    form = long_form(100)
    preview = FormPreview()
    preview.resize(436, 640)
    preview.show_form(form)
    shown(preview)
    preview.show_item("i60")
    shown_at = preview.sheet.item("i60").mapTo(preview, preview.sheet.item("i60").rect().topLeft())
    first, *rest = form.sections
    new = Item("new", ItemKind.CHECK, said("A new item above"))
    preview.show_form(replace(form, sections=(replace(first, items=(new, *first.items)), *rest)))

    assert preview.sheet.item("i60").is_open
    assert preview.sheet.item("i60").mapTo(preview, preview.sheet.item("i60").rect().topLeft()) == shown_at


def test_an_item_is_shown_without_taking_the_keyboard(preview, shown, qtbot):
    before = QApplication.focusWidget()
    preview.show_item("last")

    assert preview.sheet.item("last").is_open
    assert QApplication.focusWidget() is before


def test_keys_of_items_work_in_the_preview(preview):
    preview.sheet.enter()
    press(QApplication.focusWidget(), Key.Key_D, ALT)
    press(QApplication.focusWidget(), Key.Key_2)

    assert preview.sheet.item("ways").chosen == ("pairs",)


def test_conditions_hold_in_the_preview(preview):
    assert "size" not in preview.sheet.shown
    preview.sheet.enter()
    press(QApplication.focusWidget(), Key.Key_D, ALT)
    press(QApplication.focusWidget(), Key.Key_2)

    assert "size" in preview.sheet.shown


def test_events_are_counted_and_timed_in_memory(shown):
    preview = FormPreview()
    preview.resize(436, 640)
    preview.show_form(EVENT_FORM)
    shown(preview)
    preview.sheet.enter()
    for key in (Key.Key_F2, Key.Key_F2, Key.Key_F6, Key.Key_F7):
        press(QApplication.focusWidget(), key)

    assert preview.sheet.item("praise").count == 2
    assert not preview.sheet.item("teacher").runs
    assert preview.sheet.item("pupils").runs


def test_another_form_begins_empty(preview):
    rate(preview, Key.Key_3)
    preview.show_form(replace(EVERY, id="another"))

    assert preview.sheet.item("time").level == 0


def test_words_of_the_trial_stay_while_they_are_written(preview):
    area = preview.sheet.item("last").area
    preview.show_item("last")
    area.setFocus()
    type_text(area, "half a")
    preview.show_form(with_item(EVERY, "aim", label=said("Another label")))

    assert preview.sheet.item("last").area.text() == "half a"


def test_a_form_without_items_shows_its_sections(preview):
    preview.show_form(Form("empty", 1, said("Empty"), (), (Section("s", said("Nothing yet"), ()),)))

    assert preview.sheet.items == ()
    assert preview.sheet.enter() is False


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=forms(), second=forms())
def test_any_form_can_be_shown_after_any_other(preview, first, second):
    for form in (first, second, replace(second, id=first.id), first):
        preview.show_form(form)
        asked = [item.id for item in form.items if item.kind is not ItemKind.GUIDANCE]
        assert [made.item.id for made in preview.sheet.items] == asked


def test_another_name_of_a_scale_is_seen_at_once(preview):
    levels = (Level(1, said("Low")), Level(2, said("High")))
    form = with_item(EVENT_FORM, "grid", levels=levels, scale="much")
    preview.show_form(replace(form, scales=(Scale("much", levels),)))
    made = preview.sheet.item("grid")
    assert made.level_words == "Level"
    x = made.levels[1].x()

    preview.show_form(replace(form, scales=(Scale("much", levels, said("Engagement")),)))

    assert preview.sheet.item("grid") is made
    assert made.level_words == "Engagement"
    assert made.levels[1].x() > x
