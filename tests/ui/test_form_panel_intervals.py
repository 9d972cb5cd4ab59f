"""Coding interval by interval: keys tick, arrows correct, and how the items look at every width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from observe_app.domain.form import Code, Item, ItemKind, Scale, Side
from observe_app.services import history, notes, visits
from observe_app.ui.form_panel.code_grid import code_keys
from observe_app.ui.theme import ThemeChoice, color
from tests.services.event_form import EVENT_FORM, LEVELS, said, visit_with
from tests.ui.event_sheet import open_sheet, sheet, visit
from tests.ui.observe.keys import press, type_text
from tests.ui.shots import shoot

__all__ = ["open_sheet", "sheet", "visit"]

Key = Qt.Key


def events(core, visit):
    return notes.stream(core, visit)


# --- intervals


def test_keys_tick_their_codes_and_untick_them(sheet, core, visit):
    grid = sheet["grid"]
    grid.press_key()
    type_text(grid, "qy")
    assert grid.sheet.at(0).ticked == ("I.Lec", "S.L")
    assert grid.grid.toggles["I.Lec"].isChecked()
    type_text(grid, "Q")

    assert grid.sheet.at(0).ticked == ("S.L",)
    assert len(events(core, visit)) == 2


def test_the_levels_are_headed_with_what_they_are_levels_of(open_sheet, core):
    form = replace(EVENT_FORM, scales=(Scale("much", LEVELS, (*said("Engagement"), ("de", "Mitarbeit"))),))
    items = tuple(replace(item, scale="much") if item.levels else item for item in form.items)
    form = replace(form, sections=(replace(form.sections[0], items=items),))
    named, plain = (open_sheet(visit_with(core, one))["grid"] for one in (form, EVENT_FORM))

    assert (named.level_words, plain.level_words) == ("Engagement", "Level")
    assert named.levels[1].accessibleName() == "Engagement: Low"
    assert named.levels[1].x() > plain.levels[1].x()


def test_a_long_name_of_the_levels_stands_above_them(open_sheet, core):
    words = "How many of the students are visibly following or working at this moment of the lesson"
    form = replace(EVENT_FORM, scales=(Scale("much", LEVELS, said(words)),))
    items = tuple(replace(item, scale="much") if item.levels else item for item in form.items)
    form = replace(form, sections=(replace(form.sections[0], items=items),))
    named, plain = (open_sheet(visit_with(core, one))["grid"] for one in (form, EVENT_FORM))

    assert named.levels[1].x() < plain.levels[1].x()
    assert named.height() > plain.height() + 20


def test_a_key_that_is_not_a_letter_ticks_too(sheet):
    type_text(sheet["grid"], ",")

    assert sheet["grid"].sheet.at(0).ticked == ("S.O",)


def test_a_click_and_space_tick(sheet):
    toggle = sheet["grid"].grid.toggles["I.PQ"]
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert sheet["grid"].sheet.at(0).ticked == ("I.PQ",)
    toggle.setFocus()
    press(toggle, Key.Key_Space)

    assert sheet["grid"].sheet.at(0).ticked == ()


def test_down_and_up_go_through_the_codes_and_out_of_them(sheet, qtbot):
    grid, toggles = sheet["grid"], sheet["grid"].grid.toggles
    grid.press_key()
    press(grid, Key.Key_Down)
    assert toggles["I.Lec"].hasFocus()
    press(toggles["I.Lec"], Key.Key_Down)
    assert toggles["S.L"].hasFocus()
    with qtbot.waitSignal(grid.stepped):
        press(toggles["S.L"], Key.Key_Down)
    toggles["I.Lec"].setFocus()
    with qtbot.waitSignal(grid.stepped):
        press(toggles["I.Lec"], Key.Key_Up)


def test_keys_tick_while_a_code_has_the_keyboard(sheet):
    toggle = sheet["grid"].grid.toggles["S.L"]
    toggle.setFocus()
    type_text(toggle, "q")

    assert sheet["grid"].sheet.at(0).ticked == ("I.Lec",)


def test_the_header_says_where_it_stands(sheet, clock):
    clock.advance(seconds=31 * 60)
    sheet["grid"].reload()

    assert (sheet["grid"].title, sheet["grid"].place_words) == ("Minute 30 to 32", "interval 16 of 25")


def test_arrows_correct_an_earlier_interval_and_come_back(sheet, clock):
    grid = sheet["grid"]
    clock.advance(seconds=31 * 60)
    grid.press_key()
    grid.reload()
    for _ in range(8):
        press(grid, Key.Key_Left)
    assert (grid.shown, grid.place_words, grid.is_correcting) == (7, "correcting minute 14", True)
    type_text(grid, "q")
    assert grid.sheet.at(7).ticked == ("I.Lec",)

    press(grid, Key.Key_Right)
    assert grid.grid.toggles["I.Lec"].was_ticked
    assert not grid.grid.toggles["I.Lec"].isChecked()
    press(grid, Key.Key_Left)
    press(grid, Key.Key_Escape)
    assert (grid.shown, grid.is_correcting) == (15, False)
    press(grid, Key.Key_Right)
    assert grid.shown == 15


def test_the_current_interval_follows_the_clock_and_a_corrected_one_stays(sheet, clock, qtbot):
    grid = sheet["grid"]
    clock.advance(seconds=130)
    qtbot.waitUntil(lambda: grid.shown == 1, timeout=4000)
    press(grid, Key.Key_Left)
    clock.advance(seconds=15)
    grid.on_second()

    assert grid.shown == 0
    QTest.mouseClick(grid.later, Qt.MouseButton.LeftButton)
    assert grid.shown == 1
    clock.advance(seconds=120)
    grid.on_second()
    assert grid.shown == 2


def test_an_earlier_interval_gives_way_when_nobody_corrects_it_any_more(sheet, clock):
    grid = sheet["grid"]
    clock.advance(seconds=130)
    grid.press_key()
    press(grid, Key.Key_Left)
    clock.advance(seconds=21)
    grid.on_second()
    assert (grid.shown, grid.said) == (1, "back in the current interval")

    press(grid, Key.Key_Left)
    type_text(grid, "x")
    grid.comments["I.O"].setFocus()
    clock.advance(seconds=60)
    grid.on_second()
    assert grid.shown == 0  # somebody writes there


def test_the_same_as_last_ticks_what_the_last_interval_had(sheet, clock):
    grid = sheet["grid"]
    type_text(grid, "qy")
    clock.advance(seconds=130)
    grid.reload()
    type_text(grid, "t=")

    assert grid.sheet.at(1).ticked == ("I.Lec", "I.PQ", "S.L")
    assert grid.count_words == "3 ticks in this interval, 5 so far in 2 intervals"


def test_digits_set_the_level_and_take_it_away(sheet):
    grid = sheet["grid"]
    type_text(grid, "3")
    assert grid.sheet.at(0).level == 3
    assert grid.levels[3].isChecked()
    type_text(grid, "3")
    assert grid.sheet.at(0).level is None
    QTest.mouseClick(grid.levels[1], Qt.MouseButton.LeftButton)
    assert grid.sheet.at(0).level == 1


def test_zero_says_that_nothing_of_it_occurred(sheet):
    type_text(sheet["grid"], "0")

    assert [one.index for one in sheet["grid"].sheet.coded] == [0]
    assert sheet["grid"].sheet.ticks == 0


def test_a_code_that_asks_for_words_gets_a_field_and_keeps_them(sheet):
    grid, field = sheet["grid"], sheet["grid"].comments["I.O"]
    assert not field.isVisible()
    type_text(grid, "x")
    assert field.isVisible()
    field.setFocus()
    type_text(field, "fire drill, q and 1")
    press(field, Key.Key_Return)

    assert grid.sheet.at(0).comment("I.O") == "fire drill, q and 1"
    assert grid.hasFocus()
    assert grid.sheet.at(0).ticked == ("I.O",)


def test_words_half_written_are_kept_with_their_own_interval(sheet, clock):
    grid, field = sheet["grid"], sheet["grid"].comments["I.O"]
    type_text(grid, "x")
    field.setFocus()
    type_text(field, "fire")
    clock.advance(seconds=130)
    grid.on_second()

    assert grid.shown == 1
    assert grid.sheet.at(0).comment("I.O") == "fire"
    assert not field.isVisible()


def test_after_the_lesson_every_interval_can_be_typed_in_from_paper(open_sheet, core, visit, clock):
    clock.advance(seconds=20 * 60)
    visits.finish(core, visit_id=visit)
    grid = open_sheet(visit)["grid"]
    grid.go_to(0)
    type_text(grid, "q")
    press(grid, Key.Key_Right)
    type_text(grid, "t")

    assert [one.ticked for one in grid.sheet.intervals] == [("I.Lec",), ("I.PQ",)]
    assert grid.place_words == "interval 2 of 25"
    grid.go_to(20)
    assert grid.shown == 20


def test_the_end_of_a_lesson_begins_no_interval(open_sheet, core, visit, clock):
    clock.advance(seconds=2 * 120)
    assert open_sheet(visit)["grid"].current == 2
    visits.finish(core, visit_id=visit)

    assert open_sheet(visit)["grid"].current == 1


def test_a_code_without_a_key_of_its_own_gets_a_free_letter():
    codes = (Code("A", (), hotkey="b"), Code("B", (), hotkey="b"), Code("C", (), hotkey="="), Code("D", (), hotkey="1"))
    item = Item("x", ItemKind.INTERVAL, (), seconds=60, levels=LEVELS[:1], sides=(Side("", (), codes),))

    assert code_keys(item) == {"A": "b", "B": "a", "C": "c", "D": "d"}


def test_codes_are_named_with_side_code_and_meaning(sheet, clock):
    toggle = sheet["grid"].grid.toggles["I.Lec"]
    type_text(sheet["grid"], "q")
    clock.advance(seconds=130)
    sheet["grid"].reload()

    assert toggle.accessibleName() == "Instructor, Lec, lecturing"
    assert toggle.accessibleDescription() == "ticked in the last interval"


# --- how it looks


@pytest.mark.parametrize("width", [330, 436, 520, 1200])
def test_nothing_sticks_out_and_every_target_is_large_enough(open_sheet, core, width):
    form = replace(
        EVENT_FORM,
        sections=tuple(
            replace(
                section,
                items=tuple(replace(item, label=said("A name that goes on and on and on")) for item in section.items),
            )
            for section in EVENT_FORM.sections
        ),
    )
    visit_id = visit_with(core, form)
    visits.begin(core, visit_id=visit_id)
    sheet = open_sheet(visit_id, width)
    type_text(sheet["grid"], "x")
    sheet["wait"].press_key()
    for item in sheet.items.values():
        item.set_open(True)
        for part in item.findChildren(QWidget):
            if part.isVisible():
                inside = item.rect().contains(part.rect().translated(part.mapTo(item, QPoint())))
                assert inside, (item.objectName(), part.objectName(), part.geometry(), item.rect())
                if isinstance(part, QAbstractButton):
                    assert min(part.width(), part.height()) >= 24
                    assert part.accessibleName()


def test_toggles_never_lie_on_each_other(open_sheet, visit):
    for width in (330, 436, 1200):
        toggles = list(open_sheet(visit, width)["grid"].grid.toggles.values())
        for n, one in enumerate(toggles):
            assert not any(one.geometry().intersects(other.geometry()) for other in toggles[n + 1 :])


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_a_ticked_code_differs_from_one_ticked_last_time_by_more_than_hue(sheet, clock, theme):
    type_text(sheet["grid"], "q")
    clock.advance(seconds=130)
    sheet["grid"].reload()
    toggle = sheet["grid"].grid.toggles["I.Lec"]
    picture = shoot(sheet, theme=theme, size=(436, 1400)).toImage()
    corner = toggle.mapTo(sheet, QPoint(3, toggle.height() // 2))
    before = picture.pixelColor(corner)
    type_text(sheet["grid"], "q")
    after = shoot(sheet, theme=theme, size=(436, 1400)).toImage().pixelColor(corner)

    assert after == color("fill")
    assert before != after


def test_an_undone_tick_is_shown(sheet, core, visit):
    type_text(sheet["grid"], "q")
    history.undo(core, scope=visit)

    assert not sheet["grid"].grid.toggles["I.Lec"].isChecked()
