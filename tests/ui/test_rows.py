"""Rows and tables: moving, opening, sorting, and how the current one looks."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItemModel

from observe_app.ui.widgets import (
    CellStyle,
    HeaderTable,
    Plane,
    RowDelegate,
    RowList,
)
from tests.ui.shots import shoot


def test_enter_opens_the_current_row(qtbot, shown):
    rows = RowList("Visits")
    rows.setModel(QStringListModel(["one", "two"], rows))
    rows.setItemDelegate(RowDelegate(rows))
    shown(rows)
    rows.setCurrentIndex(rows.model().index(1, 0))

    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)

    assert opened.args[0].row() == 1


def test_moving_tells_the_row(qtbot, shown):
    rows = RowList("Visits")
    rows.setModel(QStringListModel(["one", "two"], rows))
    shown(rows)
    rows.setCurrentIndex(rows.model().index(0, 0))

    with qtbot.waitSignal(rows.selected) as selected:
        qtbot.keyClick(rows, Qt.Key.Key_Down)

    assert selected.args[0].row() == 1


def test_the_selected_row_has_the_accent_bar(qtbot, theme):
    page = Plane()
    qtbot.addWidget(page)
    rows = RowList("Visits", page, row_height=40)
    rows.resize(300, 120)
    rows.setModel(QStringListModel(["one", "two"], rows))
    rows.setItemDelegate(RowDelegate(rows))
    rows.setCurrentIndex(rows.model().index(1, 0))

    image = shoot(page, size=(300, 120)).toImage()

    # one pixel inside: the focus ring of the row lies on the edge itself
    assert image.pixelColor(3, 60).name().upper() == theme.tokens.color.accent
    assert image.pixelColor(200, 60).name().upper() == theme.tokens.color.tint
    assert image.pixelColor(200, 20).name().upper() == theme.tokens.color.bg


def test_a_click_on_a_head_asks_for_that_order(qtbot, shown):
    table = HeaderTable("Visits")
    table.setModel(QStandardItemModel(3, 2, table))
    table.set_column(0, CellStyle(tabular=True), width=80)
    shown(table)
    point = table.rect().topLeft()
    point.setX(20)
    point.setY(20)

    with qtbot.waitSignal(table.sort_changed) as asked:
        qtbot.mouseClick(table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton, pos=point)

    assert asked.args[0] == 0
    assert table.column_style(0).tabular


def test_the_head_stands_on_two_pixels_of_ink(qtbot, theme):
    page = Plane()
    qtbot.addWidget(page)
    table = HeaderTable("Visits", page)
    table.resize(300, 120)
    table.setModel(QStandardItemModel(1, 1, table))

    image = shoot(page, size=(300, 120)).toImage()

    column = [image.pixelColor(150, y).name().upper() for y in range(34, 40)]
    assert column == [theme.tokens.color.bg] * 4 + [theme.tokens.color.ink] * 2


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot, shown):
    rows = RowList("Visits")
    rows.setModel(QStringListModel(["one", "two", "three"], rows))
    shown(rows)
    rows.setCurrentIndex(rows.model().index(1, 0))

    qtbot.keyClick(rows, Qt.Key.Key_End)
    assert rows.currentIndex().row() == 2
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    assert rows.currentIndex().row() == 0
