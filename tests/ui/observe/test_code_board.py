"""The board of a form that is led by its codes: keys, corrections, grace, words, and every size of window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import Code, Form, Item, ItemKind, Section, Side
from observe_app.domain.timeline import interval_sheet
from observe_app.services import history, notes, visits
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.theme import ThemeChoice, color
from tests.services.event_form import GRID, LEVELS, said, visit_with
from tests.ui.observe.board_page import BoardPage, code_lesson
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit
from tests.ui.shots import shoot

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_page(core, shown):
    """Return a function that shows the page of a visit."""
    bus = ChangeBus()
    stop = subscribe(core, bus.publish)

    def open_one(visit_id, size=(1290, 700)):
        page = BoardPage(core, bus, visit_id)
        page.resize(*size)
        return shown(page)

    yield open_one
    stop()


@pytest.fixture
def visit(core):
    visit_id = plan_visit(core, "copus")
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def page(open_page, visit):
    """Show the page of a COPUS lesson that began just now, in codes mode."""
    page = open_page(visit)
    page.set_codes(True)
    return page


@pytest.fixture
def board(page):
    return page.board


def stored(core, page):
    """Return what the database has, not what the screen shows."""
    return interval_sheet(page.item, notes.stream(core, page.keeper.events_of(page.item.id)[0].visit_id))


def alt(key, modifiers=ALT, *, repeated=False):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", repeated)


def wait(page, clock, seconds):
    clock.advance(seconds=seconds)
    page.second()


def form_of(item):
    return Form("hostile", 1, said("Hostile"), said("For trying out."), (Section("one", said("One"), (item,)),))


# --- ticking


def test_in_codes_mode_keys_alone_tick_and_untick(core, page):
    type_text(page.codes_line, "qyt")
    assert stored(core, page).at(0).ticked == ("I.Lec", "I.PQ", "S.L")
    type_text(page.codes_line, "q")

    assert stored(core, page).at(0).ticked == ("I.PQ", "S.L")
    assert page.board.codes.toggles["I.PQ"].isChecked()
    assert not page.board.codes.toggles["I.Lec"].isChecked()


def test_signs_are_keys_too(page, board):
    type_text(page.codes_line, ";,")

    assert board.coder.here.ticked == ("S.Prd", "S.O")


def test_while_writing_the_key_with_alt_ticks(board):
    assert board.wants_key(alt(Key.Key_Q))
    assert board.take_key(alt(Key.Key_Q))
    assert board.take_key(alt(Key.Key_Semicolon))
    assert board.take_key(alt(Key.Key_2))

    assert board.coder.here.ticked == ("I.Lec", "S.Prd")
    assert board.coder.here.level == 2


@pytest.mark.parametrize(
    "event",
    [
        alt(Key.Key_B),
        alt(Key.Key_Q, ALT | SHIFT),
        alt(Key.Key_Q, Qt.KeyboardModifier.NoModifier),
        alt(Key.Key_Q, ALT | Qt.KeyboardModifier.ControlModifier),
        alt(Key.Key_2, ALT | Qt.KeyboardModifier.KeypadModifier),
        alt(Key.Key_8),
        alt(Key.Key_F3, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_what_is_no_code_is_left_to_the_form_and_the_system(board, event):
    assert not board.wants_key(event)
    assert not board.take_key(event)
    assert board.coder.sheet.ticks == 0


def test_a_key_held_down_ticks_once(page, board):
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Q, Qt.KeyboardModifier.NoModifier, "q", True)
    type_text(page.codes_line, "q")
    for _ in range(3):
        QApplication.sendEvent(page.codes_line, held)
        assert board.take_key(alt(Key.Key_Q, repeated=True))

    assert board.coder.here.ticked == ("I.Lec",)


def test_a_click_ticks_and_leaves_the_keyboard_where_it_is(core, page, board):
    page.set_codes(False)
    QTest.mouseClick(board.codes.toggles["I.Lec"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.area.viewport(), Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.foot, Qt.MouseButton.LeftButton)

    assert stored(core, page).at(0).ticked == ("I.Lec",)
    assert page.line.edit.hasFocus()


def test_a_code_reached_with_tab_ticks_with_space_and_lets_other_keys_tick(page, board):
    assert board.enter()
    first = board.codes.toggles["I.Lec"]
    assert first.hasFocus()
    press(first, Key.Key_Space)
    type_text(first, "w")
    assert board.coder.here.ticked == ("I.Lec", "I.RtW")

    press(first, Key.Key_Down)
    assert board.codes.toggles["I.CQ"].hasFocus()
    type_text(board.codes.toggles["I.CQ"], "b")
    assert board.head.said == "“b” is the key of no code"


def test_escape_on_a_code_goes_back_to_the_line(board, qtbot):
    board.enter()
    with qtbot.waitSignal(board.left):
        press(board.codes.toggles["I.Lec"], Key.Key_Escape)


def test_the_same_as_last_nothing_and_the_levels_have_keys_and_buttons(page, board, clock):
    type_text(page.codes_line, "qy")
    wait(page, clock, 125)
    type_text(page.codes_line, "=3")
    assert (board.coder.here.ticked, board.coder.here.level) == (("I.Lec", "S.L"), 3)
    wait(page, clock, 120)
    QTest.mouseClick(board.head.same, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.foot.levels[1], Qt.MouseButton.LeftButton)
    assert (board.coder.here.ticked, board.coder.here.level) == (("I.Lec", "S.L"), 1)
    QTest.mouseClick(board.foot.levels[1], Qt.MouseButton.LeftButton)
    assert board.coder.here.level is None
    wait(page, clock, 120)
    QTest.mouseClick(board.head.nothing, Qt.MouseButton.LeftButton)
    assert board.coder.here.coded
    assert board.head.said == "noted: nothing of it occurred"


def test_what_was_ticked_last_time_has_a_ring_and_says_so(page, board, clock):
    type_text(page.codes_line, "q")
    wait(page, clock, 121)

    toggle = board.codes.toggles["I.Lec"]
    assert toggle.was_ticked
    assert toggle.accessibleName() == "Instructor, Lec, lecturing"
    assert toggle.accessibleDescription() == "ticked in the last interval"


def test_an_undone_tick_is_shown(core, page, board, visit):
    type_text(page.codes_line, "q")
    history.undo(core, scope=visit)

    assert not board.codes.toggles["I.Lec"].isChecked()
    assert board.foot.count_words == "0 ticks in this interval · 0 so far in 0 intervals"


def test_a_tick_that_is_not_stored_is_not_shown(page, board, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ObserveError

    monkeypatch.setattr(page.keeper, "tick", refuse)
    type_text(page.codes_line, "q")
    QTest.mouseClick(board.codes.toggles["I.RtW"], Qt.MouseButton.LeftButton)

    assert len(page.failures) == 2
    assert not any(toggle.isChecked() for toggle in board.codes.toggles.values())


# --- where it stands


def test_the_head_and_the_foot_say_where_it_stands(core, clock, open_page):
    visit_id = plan_visit(core, "copus")
    code_lesson(core, clock, visit_id)
    page = open_page(visit_id)

    assert (page.board.head.title, page.board.head.place_words) == ("Minute 30 to 32", "interval 16 of 25")
    assert page.board.foot.count_words == "5 ticks in this interval · 48 so far in 16 intervals"
    assert page.board.accessibleName() == "Codes, Minute 30 to 32"
    assert page.next_tick.time_text == "0:18"


def test_it_goes_on_with_the_clock(page, board, clock):
    wait(page, clock, 119)
    assert board.shown == 0
    wait(page, clock, 1)

    assert (board.shown, page.seen[-1]) == (1, 1)


def test_a_key_after_seconds_that_nobody_told_of_belongs_to_the_present(page, board, clock):
    clock.advance(seconds=300)
    type_text(page.codes_line, "q")

    assert [one.index for one in board.coder.sheet.coded] == [2]


def test_a_key_within_the_second_of_a_change_belongs_to_what_is_on_the_screen(page, board, clock):
    clock.advance(seconds=120.5)
    type_text(page.codes_line, "q")

    assert [one.index for one in board.coder.sheet.coded] == [0]


# --- corrections


def test_an_interval_that_just_closed_is_offered_for_two_minutes(page, board, clock):
    assert board.head.earlier.text() == "correct an earlier one"
    wait(page, clock, 140)
    assert board.head.earlier.text() == "Minute 0 to 2 is still open: 1:40"
    width = board.head.earlier.width()
    wait(page, clock, 60)
    assert (board.head.earlier.text(), board.head.earlier.width()) == ("Minute 0 to 2 is still open: 0:40", width)

    press(page.codes_line, Key.Key_Left)
    type_text(page.codes_line, "q")
    assert (board.shown, board.coder.here.ticked) == (0, ("I.Lec",))


def test_a_long_interval_is_no_longer_offered_after_two_minutes(open_page, core, clock):
    visit_id = visit_with(core, form_of(replace(GRID, seconds=600)))
    visits.begin(core, visit_id=visit_id)
    page = open_page(visit_id)
    wait(page, clock, 600 + 119)
    assert page.board.head.earlier.text() == "Minute 0 to 10 is still open: 0:01"
    wait(page, clock, 1)

    assert page.board.head.earlier.text() == "correct an earlier one"


def test_arrows_go_to_older_intervals_at_any_time_and_come_back(page, board, clock):
    wait(page, clock, 31 * 60)
    for _ in range(8):
        press(page.codes_line, Key.Key_Left)
    assert (board.shown, board.head.place_words) == (7, "correcting minute 14")
    press(page.codes_line, Key.Key_Right)
    assert board.shown == 8
    press(page.codes_line, Key.Key_Escape)

    assert (board.shown, board.coder.is_correcting) == (15, False)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return])
def test_enter_and_escape_end_a_correction(page, board, clock, key):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    press(page.codes_line, key)

    assert not board.coder.is_correcting


def test_a_forgotten_correction_comes_back_by_itself_and_says_so(page, board, clock):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    for _ in range(19):
        wait(page, clock, 1)
    assert board.shown == 1
    type_text(page.codes_line, "q")
    wait(page, clock, 19)
    assert board.shown == 1
    wait(page, clock, 1)

    assert (board.shown, board.head.said) == (2, "back in the current interval")


def test_nothing_is_left_under_words_that_are_being_written(page, board, clock):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    field.setFocus()
    type_text(field, "fire")
    wait(page, clock, 60)
    assert board.shown == 1
    type_text(field, " drill")
    press(field, Key.Key_Return)
    wait(page, clock, 21)

    assert board.shown == 3
    assert board.coder.sheet.at(1).comment("I.O") == "fire drill"


def test_a_click_on_the_strip_corrects_that_interval(page, board, clock):
    wait(page, clock, 600)
    QTest.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.column(2).center())
    assert (board.shown, board.coder.is_correcting) == (2, True)
    QTest.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.column(20).center())

    assert (board.shown, board.coder.is_correcting) == (5, False)


def test_buttons_correct_without_a_keyboard(page, board, clock):
    wait(page, clock, 600)
    QTest.mouseClick(board.head.earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.head.earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.head.later, Qt.MouseButton.LeftButton)
    assert board.shown == 4
    QTest.mouseClick(board.head.back, Qt.MouseButton.LeftButton)

    assert not board.coder.is_correcting
    assert board.head.back.isHidden()


def test_after_the_lesson_every_interval_can_be_typed_in_and_stays(open_page, core, clock, visit):
    clock.advance(seconds=20 * 60)
    visits.finish(core, visit_id=visit)
    page = open_page(visit)
    page.board.go_to(0)
    page.set_codes(True)
    type_text(page.codes_line, "q")
    press(page.codes_line, Key.Key_Right)
    wait(page, clock, 60)
    type_text(page.codes_line, "t")

    assert [one.ticked for one in page.board.coder.sheet.intervals] == [("I.Lec",), ("I.PQ",)]


# --- words beside codes


def test_enter_goes_to_the_words_that_a_code_asks_for_and_back_to_the_line(page, board, qtbot):
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    press(page.codes_line, Key.Key_Return)
    assert field.hasFocus()
    type_text(field, "q is no key here")
    with qtbot.waitSignal(board.left):
        press(field, Key.Key_Return)

    assert board.coder.here.comment("I.O") == "q is no key here"
    assert board.coder.here.ticked == ("I.O",)


def test_words_half_written_are_kept_with_their_own_interval(page, board, clock):
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    field.setFocus()
    type_text(field, "fire")
    assert board.is_dirty
    wait(page, clock, 121)

    assert board.coder.sheet.at(0).comment("I.O") == "fire"
    assert field.isHidden()


def test_words_are_kept_when_the_page_is_left_and_when_another_form_comes(page, board):
    type_text(page.codes_line, "x,")
    type_text(board.comments["I.O"], "one")
    board.flush()
    assert board.coder.here.comment("I.O") == "one"
    type_text(board.comments["S.O"], "two")
    board.load(page.item, page.keeper, "en")

    assert board.coder.here.comment("S.O") == "two"


# --- codes mode


def test_space_and_a_click_write_and_escape_leaves(page, qtbot):
    with qtbot.waitSignal(page.codes_line.write_asked):
        press(page.codes_line, Key.Key_Space)
    with qtbot.waitSignal(page.codes_line.write_asked):
        QTest.mouseClick(page.codes_line, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.codes_line.left):
        press(page.codes_line, Key.Key_Escape)
    with qtbot.waitSignal(page.codes_line.keys_asked):
        QTest.mouseClick(page.codes_line.keys_button, Qt.MouseButton.LeftButton)


def test_a_letter_without_a_code_is_answered_and_goes_nowhere(page, board):
    type_text(page.codes_line, "bé")
    assert page.codes_line.said == "“é” is the key of no code. Space writes a note."
    assert board.coder.sheet.ticks == 0
    type_text(page.codes_line, "q")

    assert page.codes_line.said == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Key.Key_F9, SHIFT),
        (Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_other_keys_go_on_to_the_page(page, key, modifier):
    seen = []
    page.keyPressEvent = lambda event: seen.append(event.key())
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifier)
    QApplication.sendEvent(page.codes_line, event)

    assert seen == [key]
    assert page.codes_line.said == ""


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
