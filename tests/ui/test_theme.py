"""Themes switch at once; fonts, icons and the focus ring follow the design."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from observe_app.ui.theme import ThemeChoice, color, font, icon, load_tokens, motion_reduced, pixmap, tokens
from observe_app.ui.theme.icons import icon_names
from observe_app.ui.theme.tokens import Scheme
from observe_app.ui.widgets import Button, ButtonKind, KeyCap, Plane, TextLabel
from tests.ui.shots import shoot


def test_switching_repaints_what_is_on_screen(qtbot, theme):
    plane = Plane("page")
    qtbot.addWidget(plane)

    light = shoot(plane, theme=ThemeChoice.LIGHT, size=(40, 40)).toImage().pixelColor(20, 20)
    dark = shoot(plane, theme=ThemeChoice.DARK, size=(40, 40)).toImage().pixelColor(20, 20)

    assert light == QColor(load_tokens(Scheme.LIGHT).color.bg)
    assert dark == QColor(load_tokens(Scheme.DARK).color.bg)


def test_a_painted_part_follows_the_theme_without_being_told(qtbot, theme):
    page = Plane("page")
    qtbot.addWidget(page)
    button = Button("Plan a visit", page, kind=ButtonKind.PRIMARY)
    button.move(40, 40)

    seen = {
        choice: shoot(page, theme=choice, size=(300, 200)).toImage().pixelColor(46, 57).name().upper()
        for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK)
    }

    assert seen == {ThemeChoice.LIGHT: "#0B5C66", ThemeChoice.DARK: "#2A7984"}


def test_the_change_is_told_once(qtbot, theme):
    with qtbot.waitSignal(theme.changed) as told:
        theme.apply(ThemeChoice.DARK)

    assert told.args[0] is tokens()
    with qtbot.assertNotEmitted(theme.changed):
        theme.apply(ThemeChoice.DARK)


def test_following_the_system_gives_a_scheme(theme):
    theme.apply(ThemeChoice.SYSTEM)

    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert tokens().scheme is (Scheme.DARK if dark else Scheme.LIGHT)
    assert theme.choice is ThemeChoice.SYSTEM


def test_high_contrast_can_be_chosen(theme):
    theme.apply(ThemeChoice.CONTRAST)

    assert tokens().scheme.is_contrast
    assert color("ink") in (QColor("#000000"), QColor("#FFFFFF"))


def test_the_shipped_font_is_used(qapp):
    assert "Source Sans 3" in QFontDatabase.families()
    assert QFontInfo(font("text")).family() == "Source Sans 3"


def test_tabular_figures_have_one_width(qapp):
    metrics = QFontMetrics(font("clock", tabular=True))

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_captions_are_spaced(qapp):
    assert font("caption").letterSpacing() > 100
    assert font("text").letterSpacingType() == QFont.SpacingType.PercentageSpacing


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_can_be_drawn_in_the_ink_of_the_theme(qapp, name):
    image = pixmap(name, "accent", 24, ratio=2.0).toImage()

    drawn = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert drawn
    assert {pixel.name().upper() for pixel in drawn} == {tokens().color.accent}


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")


def test_icons_come_in_several_sizes(qapp):
    assert {size.width() for size in icon("check").availableSizes()} == {18, 27, 36, 54}


def two(shown, first: QWidget, second: QWidget) -> QWidget:
    page = Plane("page")
    row = QHBoxLayout(page)
    row.addWidget(first)
    row.addWidget(second)
    return shown(page)


def test_the_ring_follows_the_keyboard(qtbot, shown, theme):
    first, second = Button("One"), Button("Two")
    page = two(shown, first, second)

    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: theme.ring.widget is first)
    qtbot.keyClick(first, Qt.Key.Key_Tab)

    qtbot.waitUntil(lambda: theme.ring.widget is second)
    assert page.isVisible()


def test_the_ring_keeps_two_pixels_away(qtbot, shown, theme):
    first, second = Button("One"), Button("Two")
    page = two(shown, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: theme.ring.widget is first)

    image = page.grab().toImage()
    middle = first.geometry().center().y()
    left = first.geometry().left()

    row = [image.pixelColor(left - gap, middle).name().upper() for gap in (4, 3, 2, 1)]
    assert row == [tokens().color.accent] * 2 + [tokens().color.bg] * 2


def test_a_click_shows_no_ring_on_a_button_but_on_a_field(qtbot, shown, theme):
    button, field = Button("One"), QLineEdit()
    page = two(shown, field, button)
    qtbot.waitUntil(field.hasFocus)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    assert theme.ring.widget is None
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(field.hasFocus)

    assert theme.ring.widget is field
    assert page.isVisible()


def test_the_ring_survives_the_window_it_was_in(qtbot, shown, theme):
    gone = Button("Gone")
    page = Plane("page")
    QHBoxLayout(page).addWidget(gone)
    page.show()
    page.activateWindow()
    gone.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: theme.ring.widget is gone)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass

    first, second = Button("One"), Button("Two")
    page = two(shown, first, second)
    second.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(lambda: theme.ring.widget is second)
    assert page.isVisible()


def test_motion_can_be_turned_off(theme):
    assert not motion_reduced()

    theme.set_reduced_motion(reduced=True)

    assert motion_reduced()


def test_labels_take_their_tone_from_the_theme(qtbot, theme):
    label = TextLabel("09:36", tone="muted")
    qtbot.addWidget(label)
    shoot(label, theme=ThemeChoice.DARK, size=(60, 20))

    assert label.palette().color(label.foregroundRole()).name().upper() == load_tokens(Scheme.DARK).color.muted


def test_a_keycap_is_at_least_as_wide_as_high(qtbot):
    cap = KeyCap("I")
    qtbot.addWidget(cap)

    assert cap.sizeHint().width() >= cap.sizeHint().height() == 18
