"""In a window that reads from right to left nothing lies over anything else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics

from observe_app.ui.talk.due_field import DueField
from observe_app.ui.theme import font
from observe_app.ui.two_line_row import TwoLineRow
from tests.ui.shots import shoot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAME = "Waiting for an answer"
DIRECTIONS = [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_what_follows_a_name_stands_beside_it(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    pictures = []
    for rest in ("", "Physics in room 12"):
        row = TwoLineRow(NAME, rest, "", lead="Tue 3 Nov")
        row.setLayoutDirection(direction)
        qtbot.addWidget(row)
        pictures.append(shoot(row, size=(600, row.height())).toImage())
    alone, both = pictures
    width = QFontMetrics(font("text", weight=600)).horizontalAdvance(NAME)
    name = range(108, 108 + width) if direction is DIRECTIONS[0] else range(600 - 108 - width, 600 - 108)

    changed = {x for x in range(600) for y in range(alone.height()) if alone.pixel(x, y) != both.pixel(x, y)}

    assert changed
    assert not changed & set(name)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_day_keeps_clear_of_its_calendar(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    field = DueField(date(2026, 3, 2))
    field.setLayoutDirection(direction)
    qtbot.addWidget(field)
    field.set_day(date(2026, 9, 30))
    shoot(field, size=(150, 40))
    button = field.calendar_button
    left = button.mapTo(field.line, QPoint(0, 0)).x()
    margins = field.line.textMargins()

    if direction is DIRECTIONS[0]:
        assert field.line.width() - margins.right() <= left + 8
        assert margins.left() == 0
    else:
        assert margins.left() + 8 >= left + button.width() - 4
        assert margins.right() == 0


def test_a_narrow_field_shows_the_day_rather_than_the_end_of_the_month(qtbot: QtBot) -> None:
    field = DueField(date(2026, 3, 2))
    qtbot.addWidget(field)
    field.set_day(date(2026, 9, 30))

    assert field.line.cursorPosition() == 0
