"""Where codes lie on the board: by their keys, in every window, with every kind of form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from observe_app.domain.form import Code, Item, ItemKind, Side
from observe_app.services import visits
from observe_app.ui.observe.code_cell import CellLook
from observe_app.ui.theme import ThemeChoice, color
from tests.services.event_form import GRID, LEVELS, said, visit_with
from tests.ui.observe.board_fixtures import Key, board, form_of, open_page, page, visit, wait
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit
from tests.ui.shots import shoot

__all__ = ["board", "open_page", "page", "visit"]

# --- where codes lie


def test_codes_lie_as_their_keys_do(board):
    at = {name: toggle.geometry() for name, toggle in board.codes.toggles.items()}

    assert at["I.Lec"].y() == at["S.L"].y() == at["S.SP"].y() < at["I.CQ"].y() == at["S.Ind"].y() < at["I.W"].y()
    assert at["I.Lec"].x() == at["I.CQ"].x() == at["I.W"].x() < at["I.RtW"].x() == at["I.O"].x() < at["I.Adm"].x()
    assert at["I.Adm"].right() < at["S.L"].x() == at["S.T/Q"].x()


def test_keys_lie_the_same_where_people_read_from_the_right(open_page, visit, clock, qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = open_page(visit)
        page.set_codes(True)
        toggles = page.board.codes.toggles
        assert toggles["I.Lec"].mapTo(page, QPoint()).x() < toggles["S.L"].mapTo(page, QPoint()).x()
        wait(page, clock, 300)
        press(page.codes_line, Key.Key_Right)
        assert page.board.shown == 1
        assert page.strip.column(1).x() > page.strip.column(2).x()
        QTest.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.column(0).center())
        assert page.board.shown == 0
        fits(page)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def many(count, sides=1, words="what is going on"):
    each = count // sides
    return Item(
        "grid",
        ItemKind.INTERVAL,
        said("What goes on"),
        seconds=60,
        levels=LEVELS,
        sides=tuple(
            Side(
                f"s{side}", said(f"Side {side}"), tuple(Code(f"C{n}", said(words), comment=n == 0) for n in range(each))
            )
            for side in range(sides)
        ),
    )


HOSTILE = {
    "one side": many(8),
    "no names": replace(many(6), sides=(Side("", (), tuple(Code(f"C{n}", ()) for n in range(6))),), levels=()),
    "40 codes": many(40, 2),
    "40 codes, one side": many(40),
    "three sides": many(21, 3),
    "seven sides": many(14, 7),
    "5 seconds": replace(GRID, seconds=5),
    "10 minutes": replace(GRID, seconds=600),
    "long words": many(12, 2, "a meaning that goes on and on until nobody can read it any more " * 3),
    "long names": replace(
        GRID,
        sides=tuple(
            replace(
                side,
                label=said("The instructor and everybody who helps in the room " * 2),
                codes=tuple(replace(code, id=f"{code.id}-observed-often") for code in side.codes),
            )
            for side in GRID.sides
        ),
    ),
}


def fits(page):
    """Assert that nothing lies on anything, sticks out or is too small to hit."""
    board = page.board
    width, height = board.width(), board.height()
    toggles = [one for one in board.codes.toggles.values() if one.isVisible()]
    for number, one in enumerate(toggles):
        assert not any(one.geometry().intersects(other.geometry()) for other in toggles[number + 1 :])
        left = one.mapTo(board, QPoint()).x()
        assert left >= 0
        assert left + one.width() <= width
    for part in (*board.findChildren(QAbstractButton), *page.codes_line.findChildren(QAbstractButton)):
        if part.isVisible():
            assert min(part.width(), part.height()) >= 24, part.objectName()
            assert part.accessibleName()
    for row in (board.head, board.foot):
        parts = [part for part in row.findChildren(QAbstractButton) if part.isVisible()]
        assert all(part.x() >= 0 and part.geometry().right() < width for part in parts)
        for number, part in enumerate(parts):
            assert not any(part.geometry().intersects(other.geometry()) for other in parts[number + 1 :])
    for field in board.findChildren(QLineEdit):
        if field.isVisible():
            assert not any(
                field.parent() is toggle.parent() and field.geometry().intersects(toggle.geometry())
                for toggle in toggles
            )
    assert page.strip.height() + height <= page.height() - page.line.height()


@pytest.mark.parametrize("size", [(1290, 700), (1844, 1012), (948, 572)])
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("name", ["copus", *HOSTILE])
def test_every_form_fits_every_window(open_page, core, clock, theme, name, percent, size):
    theme.set_text_size(percent)
    visit_id = plan_visit(core, "copus") if name == "copus" else visit_with(core, form_of(HOSTILE[name]))
    visits.begin(core, visit_id=visit_id)
    page = open_page(visit_id, size)
    first = next(iter(page.board.codes.toggles.values()))
    wait(page, clock, 700)
    page.set_codes(True)
    page.board.press(first.key, Key.Key_unknown)
    assert page.board.coder.here.ticked == (first.full,)
    for _ in range(2):
        fits(page)
        page.board.press("", Key.Key_Left)


@pytest.mark.parametrize("name", ["40 codes", "40 codes, one side", "copus"])
def test_every_code_can_be_ticked_even_without_a_key(open_page, core, name):
    visit_id = plan_visit(core, "copus") if name == "copus" else visit_with(core, form_of(HOSTILE[name]))
    visits.begin(core, visit_id=visit_id)
    page = open_page(visit_id, (948, 572))
    for toggle in page.board.codes.toggles.values():
        toggle.setFocus()
        press(toggle, Key.Key_Space)

    assert len(page.board.coder.here.ticked) == len(page.board.codes.toggles)
    keys = [toggle.key for toggle in page.board.codes.toggles.values() if toggle.key]
    assert len(keys) == len(set(keys)) >= min(25, len(page.board.codes.toggles))


def test_five_notes_fit_under_the_board_on_the_usual_laptop(open_page, visit):
    page = open_page(visit, (1290, 700))

    assert page.pane.height() >= 5 * 30
    assert all(toggle.height() == 58 for toggle in page.board.codes.toggles.values())


def test_cells_grow_in_a_large_window(open_page, visit):
    page = open_page(visit, (1844, 1012))

    assert all(toggle.height() == 64 for toggle in page.board.codes.toggles.values())


@pytest.mark.parametrize("theme_choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_a_ticked_code_is_filled(page, board, theme_choice):
    toggle = board.codes.toggles["I.Lec"]
    corner = toggle.mapTo(page, QPoint(3, toggle.height() // 2))
    before = shoot(page, theme=theme_choice, size=(1290, 700)).toImage().pixelColor(corner)
    type_text(page.codes_line, "q")
    after = shoot(page, theme=theme_choice, size=(1290, 700)).toImage().pixelColor(corner)

    assert after == color("fill") != before


def test_keys_of_ones_own_move_the_codes(core, open_page, visit):
    core.settings.change(keys=(("copus", "copus/I.Lec", "g"),))
    page = open_page(visit)
    page.board.follow_keys()
    toggles = page.board.codes.toggles

    assert toggles["I.Lec"].key == "g"
    assert toggles["I.Lec"].x() > toggles["I.MG"].x()
    assert page.board.press("g", Key.Key_G)
    assert page.board.coder.here.ticked == ("I.Lec",)


@pytest.mark.parametrize(("height", "notes"), [(681, 5), (650, 4)])
def test_no_note_is_cut_in_a_window_with_a_title_bar(open_page, visit, height, notes):
    page = open_page(visit, (1290, height))

    assert page.pane.height() >= notes * 30
    assert all(toggle.look is CellLook.FULL for toggle in page.board.codes.toggles.values())
