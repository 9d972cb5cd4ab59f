"""The kit as a user and a screen reader meet it: names, buttons, words, structure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFocusFrame, QMenu, QWidget

from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import (
    Badge,
    Button,
    ButtonKind,
    ButtonSize,
    CheckChoice,
    DotScale,
    ElidedLabel,
    EmptyState,
    Field,
    FocusPanel,
    HeaderTable,
    KeyCap,
    KeyHint,
    LineEdit,
    RowList,
    SavedState,
    Saving,
    SearchField,
    SectionHead,
    StageTabs,
    TextArea,
    TextLabel,
    caption,
)
from tests.ui.gallery import build_gallery
from tests.ui.shots import shoot

LEVELS = ("Not yet", "Sometimes", "Often", "Throughout")


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def role_of(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


# --- names for screen readers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Button("Plan a visit", icon="plus"), "Plan a visit"),
        (lambda: Button(kind=ButtonKind.GHOST, icon="ellipsis", name="More"), "More"),
        (lambda: Badge("Only you", "lock"), "Only you"),
        (lambda: KeyCap("Ctrl K"), "Key Ctrl K"),
        (lambda: TextLabel("A quiet day"), "A quiet day"),
        (lambda: caption("On now"), "On now"),
        (lambda: ElidedLabel("Amina Diallo-Žižek"), "Amina Diallo-Žižek"),
        (lambda: DotScale(LEVELS, "Leaves thinking time"), "Leaves thinking time"),
        (lambda: CheckChoice([("yes", "Yes")], "Names used"), "Names used"),
        (lambda: SearchField("Find a person"), "Find a person"),
        (lambda: RowList("Visits that wait"), "Visits that wait"),
        (lambda: HeaderTable("Visits"), "Visits"),
    ],
)
def test_every_part_has_a_name(qtbot, make, name):
    widget = make()
    qtbot.addWidget(widget)

    assert name_of(widget) == name


@pytest.mark.parametrize(
    ("make", "role"),
    [
        (lambda: Button("Export"), QAccessible.Role.Button),
        (lambda: Badge("Only you"), QAccessible.Role.Button),
        (lambda: StageTabs(["Prepare", "Observe"]), QAccessible.Role.PageTabList),
        (lambda: DotScale(LEVELS, "Item"), QAccessible.Role.Slider),
        (lambda: TextLabel("x"), QAccessible.Role.StaticText),
        (lambda: TextArea("x"), QAccessible.Role.EditableText),
    ],
)
def test_painted_parts_keep_their_role(qtbot, make, role):
    widget = make()
    qtbot.addWidget(widget)

    assert role_of(widget) == role


def test_a_field_gives_its_label_to_its_editor(qtbot):
    field = Field("Class", LineEdit(), hint="As the teacher calls it.")
    qtbot.addWidget(field)

    assert name_of(field.editor) == "Class"
    assert field.editor.accessibleDescription() == "As the teacher calls it."


def test_a_rating_tells_its_value_and_word(qtbot):
    scale = DotScale(LEVELS, "Leaves thinking time", absent="not seen")
    qtbot.addWidget(scale)
    assert scale.accessibleDescription() == "not seen"

    scale.set_rating(3)

    value = QAccessible.queryAccessibleInterface(scale).valueInterface()
    assert value.currentValue() == 3
    assert scale.accessibleDescription() == "Often"


def test_everything_in_the_gallery_that_takes_the_keyboard_has_a_name(qtbot):
    page = build_gallery()
    qtbot.addWidget(page)
    takers = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    ours = [one for one in takers if not one.objectName().startswith("qt_") and one.window() is page]
    ours = [one for one in ours if not one.isHidden()]  # a bar's second answer is there only when it has words

    nameless = [type(one).__name__ for one in ours if not name_of(one) and not isinstance(one, StageTabs)]

    assert nameless == []


def test_a_theme_switch_moves_nothing(qtbot):
    page = build_gallery()
    qtbot.addWidget(page)

    def places():
        parts = page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [one.geometry() for one in parts if not isinstance(one, QFocusFrame)]

    shoot(page, theme=ThemeChoice.LIGHT, size=(1700, 768))
    light = places()
    shoot(page, theme=ThemeChoice.DARK, size=(1700, 768))

    assert places() == light


# --- buttons ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "height"), [(ButtonSize.SMALL, 28), (ButtonSize.NORMAL, 34), (ButtonSize.MAIN, 40)])
def test_buttons_have_the_heights_of_the_design(qtbot, size, height):
    button = Button("Export", size=size)
    qtbot.addWidget(button)

    assert button.sizeHint().height() == height
    assert button.sizeHint().width() >= 24


def test_a_disabled_button_says_why(qtbot):
    button = Button("Give to Amina")
    qtbot.addWidget(button)

    button.set_disabled_because("No claim has evidence yet.")

    assert not button.isEnabled()
    assert button.toolTip() == "No claim has evidence yet."


def test_an_empty_reason_enables_again(qtbot):
    button = Button("Give to Amina")
    qtbot.addWidget(button)
    button.set_disabled_because("No claim has evidence yet.")

    button.set_disabled_because("")

    assert button.isEnabled()
    assert button.toolTip() == ""


def test_space_presses_a_button(qtbot, shown):
    button = shown(Button("Export"))
    button.setFocus()

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_menu_makes_room_for_its_arrow(qtbot):
    button = Button("Any stage")
    qtbot.addWidget(button)
    before = button.sizeHint().width()

    button.setMenu(QMenu(button))

    assert button.sizeHint().width() > before


# --- words ------------------------------------------------------------------------------------------------------------


def test_a_long_name_is_whole_in_the_tooltip(qtbot):
    label = ElidedLabel("Konstantinos-Alexandros Papadimitropoulos de la Fuente y Garcia")
    qtbot.addWidget(label)

    shoot(label, size=(120, 20))
    assert label.is_elided
    assert label.toolTip() == label.text()

    shoot(label, size=(900, 20))
    assert not label.is_elided
    assert label.toolTip() == ""


def test_captions_are_upper_case_on_screen_only(qtbot):
    label = caption("On now")
    qtbot.addWidget(label)

    assert label.text() == "ON NOW"
    assert name_of(label) == "On now"


def test_saved_and_writing_take_the_same_room(qtbot):
    state = SavedState()
    qtbot.addWidget(state)
    state.set_saved("09:36:41")
    saved = state.sizeHint()

    state.set_unsaved()
    assert state.state is Saving.SAVED
    qtbot.waitUntil(lambda: state.state is Saving.WRITING)

    assert state.sizeHint() == saved
    assert state.words == "Writing…"


def test_a_quick_save_never_says_writing(qtbot):
    state = SavedState()
    qtbot.addWidget(state)
    state.set_unsaved()

    state.set_saved("09:36:42")

    assert state.words == "Saved 09:36:42"
    assert name_of(state) == "Saved 09:36:42"


def test_not_saved_stays_until_it_is_true_again(qtbot):
    state = SavedState()
    qtbot.addWidget(state)
    state.set_failed()

    state.set_unsaved()
    assert state.state is Saving.NOT_SAVED

    state.set_saved("09:36:43")
    assert state.state is Saving.SAVED


# --- structure --------------------------------------------------------------------------------------------------------


def test_tabs_do_not_move_when_one_is_chosen(qtbot):
    tabs = StageTabs(["Prepare", "Observe", "Talk", "Follow up"])
    qtbot.addWidget(tabs)
    shoot(tabs, size=(500, 68))
    before = [tabs.tabRect(index) for index in range(4)]

    tabs.setCurrentIndex(2)

    assert [tabs.tabRect(index) for index in range(4)] == before


def test_a_section_shows_its_count(qtbot):
    head = SectionHead("Replies", "1 new")
    qtbot.addWidget(head)

    head.set_right("2 new")

    assert head.right.text() == "2 new"


def test_a_focus_shows_its_caption(qtbot):
    panel = FocusPanel("More time to think", label="Focus agreed")
    qtbot.addWidget(panel)

    panel.set_text("Who answers?")

    assert panel.caption_label.text() == "FOCUS AGREED"
    assert panel.text_label.text() == "Who answers?"


def test_an_empty_page_offers_a_way_on(qtbot, shown):
    button = Button("Plan a visit", kind=ButtonKind.PRIMARY)
    empty = shown(EmptyState("A quiet day", "Nothing waits.", buttons=(button,), keys=(("Ctrl N", "plan"),)))

    assert button.isVisible()
    assert empty.sentence.text() == "A quiet day"
    assert [hint.cap.keys for hint in empty.findChildren(KeyHint)] == ["Ctrl N"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_space_does(qtbot, key):
    button = Button("End the lesson", kind=ButtonKind.LINK)
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)
