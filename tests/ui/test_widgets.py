"""The kit as a user and a screen reader meet it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAccessible, QStandardItemModel
from PySide6.QtWidgets import QFocusFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import (
    Badge,
    Button,
    ButtonKind,
    ButtonSize,
    CellStyle,
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
    Message,
    MessageBar,
    MessageKind,
    Plane,
    ProgressLine,
    RowDelegate,
    RowList,
    SavedState,
    Saving,
    SearchField,
    SectionHead,
    Sheet,
    StageTabs,
    TextArea,
    TextLabel,
    TimeEdit,
    caption,
)
from tests.ui.gallery import build_gallery
from tests.ui.shots import shoot

LEVELS = ("Not yet", "Sometimes", "Often", "Throughout")


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        return widget

    return show


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


# --- messages ---------------------------------------------------------------------------------------------------------


def test_a_message_shows_one_sentence_and_one_action(qtbot, shown):
    bar = shown(MessageBar())
    message = Message(MessageKind.NEWS, "A reply arrived.", "Read it", key="reply")

    bar.show_message(message)

    assert bar.isVisible()
    assert name_of(bar) == "A reply arrived."
    with qtbot.waitSignal(bar.acted) as acted:
        qtbot.mouseClick(bar.action_button, Qt.MouseButton.LeftButton)
    assert acted.args == [message]


def test_news_never_hides_a_risk(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    risk = Message(MessageKind.RISK, "The disk is full.", key="disk", closable=False)
    bar.show_message(risk)

    bar.show_message(Message(MessageKind.NEWS, "A reply arrived."))

    assert bar.message is risk
    assert not bar.close_button.isVisibleTo(bar)


def test_a_key_takes_away_only_its_own_message(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(Message(MessageKind.LOOK, "The folder is away.", key="folder"))

    bar.clear("disk")
    assert bar.message is not None

    bar.clear("folder")
    assert bar.message is None
    assert bar.isHidden()


def test_putting_away_tells_which(qtbot, shown):
    bar = shown(MessageBar())
    message = Message(MessageKind.NEWS, "A reply arrived.")
    bar.show_message(message)

    with qtbot.waitSignal(bar.closed) as closed:
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)

    assert closed.args == [message]
    assert bar.isHidden()


def test_quick_work_shows_no_progress(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.start("Reading")

    line.finish()

    assert line.isHidden()


def test_long_work_shows_words_and_can_be_stopped(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.start("Reading")
    qtbot.waitUntil(line.isVisible)

    line.set_progress(12, 40, "Reading 12 of 40 files")

    assert line.words_label.text() == "Reading 12 of 40 files"
    assert line.fraction == pytest.approx(0.3)
    with qtbot.waitSignal(line.stopped):
        qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)


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


# --- rows and tables --------------------------------------------------------------------------------------------------


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


# --- sheets -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def page_with_line(shown):
    page = Plane()
    column = QVBoxLayout(page)
    line = LineEdit("behind")
    column.addWidget(line)
    page.resize(900, 600)
    shown(page)
    line.setFocus()
    return page, line


def open_sheet(page: QWidget) -> Sheet:
    sheet = Sheet("Give this to Amina?", page)
    sheet.add_safe("Not yet")
    sheet.add_main("Give to Amina")
    sheet.open_over()
    return sheet


def test_a_sheet_opens_on_its_safe_button(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = open_sheet(page)

    qtbot.waitUntil(sheet.safe_button.hasFocus)
    assert sheet.geometry() == page.rect()


def test_escape_is_the_safe_answer(qtbot, page_with_line):
    page, line = page_with_line
    sheet = open_sheet(page)

    with qtbot.waitSignals([sheet.rejected, sheet.closed]), qtbot.assertNotEmitted(sheet.accepted):
        qtbot.keyClick(sheet.safe_button, Qt.Key.Key_Escape)

    qtbot.waitUntil(line.hasFocus)


def test_tab_stays_inside_a_sheet(qtbot, page_with_line):
    page, line = page_with_line
    sheet = open_sheet(page)
    qtbot.waitUntil(sheet.safe_button.hasFocus)

    qtbot.keyClick(sheet.safe_button, Qt.Key.Key_Tab)
    assert sheet.main_button.hasFocus()
    qtbot.keyClick(sheet.main_button, Qt.Key.Key_Tab)

    assert sheet.safe_button.hasFocus()
    assert not line.hasFocus()


def test_the_main_button_accepts(qtbot, page_with_line):
    sheet = open_sheet(page_with_line[0])

    with qtbot.waitSignals([sheet.accepted, sheet.closed]):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)


def test_enter_in_a_line_accepts_only_when_asked_for(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = Sheet("Plan a visit", page)
    line = LineEdit()
    sheet.body.addWidget(line)
    sheet.add_safe("Leave")
    sheet.add_main("Plan", enter_accepts=True)
    sheet.open_over()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)

    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_sheet_follows_its_window(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = open_sheet(page)

    page.resize(700, 500)

    qtbot.waitUntil(lambda: sheet.geometry() == page.rect())
    assert page.rect().contains(sheet.main_button.mapTo(page, sheet.main_button.rect().bottomRight()))


def test_clicks_do_not_reach_the_page_behind(qtbot, page_with_line):
    page, line = page_with_line
    open_sheet(page)

    assert page.childAt(line.geometry().center()) is not line
