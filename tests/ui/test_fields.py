"""Fields and answers: what the user types, picks and takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from observe_app.ui.widgets import (
    CheckChoice,
    DotScale,
    Field,
    LineEdit,
    Plane,
    SearchField,
    TextArea,
    TimeEdit,
)
from tests.ui.shots import shoot

LEVELS = ("Not yet", "Sometimes", "Often", "Throughout")


# --- fields -----------------------------------------------------------------------------------------------------------


def test_a_warning_takes_the_place_of_the_hint(qtbot):
    field = Field("Date", LineEdit("Fr 31 Feb"), hint="Day and month")
    qtbot.addWidget(field)

    field.set_warning("There is no 31 February.")
    assert field.note.text() == "There is no 31 February."
    assert field.note.tone == "warm"

    field.set_warning("")
    assert field.note.text() == "Day and month"
    assert field.note.tone == "muted"


def test_loading_a_text_is_no_edit(qtbot):
    area = TextArea()
    qtbot.addWidget(area)

    with qtbot.assertNotEmitted(area.edited):
        area.set_text("Adding fractions")
    with qtbot.waitSignal(area.edited):
        qtbot.keyClicks(area, "!")

    assert area.text() == "!Adding fractions"


def test_loading_the_same_text_keeps_the_cursor(qtbot):
    area = TextArea("Adding fractions")
    qtbot.addWidget(area)
    cursor = area.textCursor()
    cursor.setPosition(6)
    area.setTextCursor(cursor)

    area.set_text("Adding fractions")

    assert area.textCursor().position() == 6


def test_a_text_area_grows_with_its_lines_up_to_a_limit(qtbot):
    area = TextArea(lines=1, most=4)
    qtbot.addWidget(area)
    heights = []
    for count in (1, 2, 4, 9):
        area.set_text("\n".join("x" * count))
        heights.append(area.sizeHint().height())

    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_tab_leaves_a_text_area(qtbot, shown):
    page = Plane()
    row = QHBoxLayout(page)
    area, line = TextArea(), LineEdit()
    row.addWidget(area)
    row.addWidget(line)
    shown(page)
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)

    with qtbot.waitSignal(area.left):
        qtbot.keyClick(area, Qt.Key.Key_Tab)

    qtbot.waitUntil(line.hasFocus)


def test_escape_empties_a_search_first(qtbot):
    field = SearchField("Find")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "wait")

    with qtbot.waitSignal(field.textEdited) as edited:
        qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert edited.args == [""]
    assert field.text() == ""


def test_down_leaves_a_search_for_its_results(qtbot):
    field = SearchField("Find")
    qtbot.addWidget(field)

    with qtbot.waitSignal(field.left_downwards):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_time_shows_its_figures(qtbot):
    edit = TimeEdit()
    qtbot.addWidget(edit)
    shoot(edit, size=(120, 34))

    assert edit.lineEdit().width() > 60


# --- answers ----------------------------------------------------------------------------------------------------------


def test_a_figure_sets_a_rating(qtbot):
    scale = DotScale(LEVELS, "Item")
    qtbot.addWidget(scale)

    with qtbot.waitSignal(scale.rated) as rated:
        qtbot.keyClick(scale, Qt.Key.Key_3)

    assert rated.args == [3]
    assert scale.word == "Often"


def test_a_figure_outside_the_scale_does_nothing(qtbot):
    scale = DotScale(LEVELS, "Item")
    qtbot.addWidget(scale)

    with qtbot.assertNotEmitted(scale.rated):
        qtbot.keyClick(scale, Qt.Key.Key_5)


def test_showing_a_rating_sends_nothing(qtbot):
    scale = DotScale(LEVELS, "Item")
    qtbot.addWidget(scale)

    with qtbot.assertNotEmitted(scale.rated):
        scale.set_rating(2)


@pytest.mark.parametrize(("key", "level"), [(Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Backspace, 0)])
def test_arrows_and_backspace_change_a_rating(qtbot, key, level):
    scale = DotScale(LEVELS, "Item")
    qtbot.addWidget(scale)
    scale.set_rating(2)

    qtbot.keyClick(scale, key)

    assert scale.value() == level


def test_arrows_turn_round_from_right_to_left(qtbot):
    scale = DotScale(LEVELS, "Item")
    qtbot.addWidget(scale)
    scale.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    scale.set_rating(2)

    qtbot.keyClick(scale, Qt.Key.Key_Left)

    assert scale.value() == 3


def test_clicking_a_dot_sets_and_clicking_it_again_takes_back(qtbot, shown):
    page = Plane()
    scale = DotScale(LEVELS, "Item")
    QVBoxLayout(page).addWidget(scale)
    shown(page)
    third = scale.rect().center()
    third.setX(7 + 2 * 26)

    qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=third)
    assert scale.value() == 3

    qtbot.mouseClick(scale, Qt.MouseButton.LeftButton, pos=third)
    assert scale.value() == 0


def test_one_answer_at_a_time_and_none_is_possible(qtbot, shown):
    page = Plane()
    choice = CheckChoice([("yes", "Yes"), ("no", "No")], "Names used")
    QVBoxLayout(page).addWidget(choice)
    shown(page)
    given = []
    choice.chosen.connect(given.append)

    for key in ("yes", "no", "no"):
        qtbot.mouseClick(choice.button(key), Qt.MouseButton.LeftButton)

    assert given == ["yes", "no", None]
    assert choice.value is None


def test_arrows_walk_answers_without_giving_one(qtbot, shown):
    page = Plane()
    choice = CheckChoice([("yes", "Yes"), ("no", "No")], "Names used")
    QVBoxLayout(page).addWidget(choice)
    shown(page)
    choice.button("yes").setFocus()
    qtbot.waitUntil(choice.button("yes").hasFocus)

    qtbot.keyClick(choice.button("yes"), Qt.Key.Key_Right)

    assert choice.button("no").hasFocus()
    assert choice.value is None
