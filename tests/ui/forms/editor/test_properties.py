"""The properties of what is chosen: every field keeps itself, scales and conditions follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from observe_app.domain.form import Code, Condition, ConditionTest, Form, Item, ItemKind, Section, Side
from observe_app.domain.form_edit import add_item
from observe_app.domain.form_texts import text_of
from observe_app.services import history, own_forms
from observe_app.ui.forms.editor.codes_model import Column
from observe_app.ui.forms.editor.target import item_target, section_target
from tests.ui.forms.editor.conftest import own, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.forms.editor import FormEditor

ALT = Qt.KeyboardModifier.AltModifier


def stored(core: Core, editor: FormEditor) -> Form:
    return own_forms.open_draft(core, editor.keeper.form_id).value.form


def stored_item(core: Core, editor: FormEditor, item_id: str) -> Item:
    item = stored(core, editor).item(item_id)
    assert item is not None
    return item


# --- words -----------------------------------------------------------------------------------------------------------


def test_a_label_is_kept_after_a_pause_as_one_action(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"), into=True)
    area = editor.middle.item_props.label_area
    qtbot.keyClicks(area, "Waits")  # the old label was chosen as a whole
    qtbot.waitUntil(lambda: text_of(stored_item(core, editor, "time").label) == "Waits", timeout=3000)

    assert editor.structure.model.rows[2].title == "Waits"
    history.undo(core, scope=editor.undo_scope())
    assert text_of(stored_item(core, editor, "time").label) == "Leaves thinking time"
    assert editor.middle.item_props.label_area.text() == "Leaves thinking time"


def test_undo_goes_to_what_it_changed(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"), into=True)
    qtbot.keyClicks(editor.middle.item_props.label_area, "Waits")
    editor.select(section_target("talking"))
    history.undo(core, scope=editor.undo_scope())

    assert editor.target == item_target("time")
    assert editor.structure.target == item_target("time")


def test_going_on_keeps_what_was_typed(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"), into=True)
    qtbot.keyClicks(editor.middle.item_props.label_area, "Waits")
    editor.select(item_target("lead"))

    assert text_of(stored_item(core, editor, "time").label) == "Waits"
    assert editor.middle.item_props.label_area.text() == "Open questions lead"


def test_words_typed_here_stay_when_another_window_changes_the_form(
    qtbot: QtBot, core: Core, editor: FormEditor
) -> None:
    editor.select(item_target("time"), into=True)
    qtbot.keyClicks(editor.middle.item_props.label_area, "Waits")
    opened = own_forms.open_draft(core, editor.keeper.form_id)
    other, _id = add_item(opened.value.form, ItemKind.CHECK, section="asking", label="From elsewhere")
    own_forms.change(core, form_id=editor.keeper.form_id, form=other, seen=opened.seen)
    editor.select(item_target("time"))

    assert editor.leave()
    form = stored(core, editor)
    assert "from-elsewhere" in {item.id for item in form.items}
    assert text_of(form.items[0].label) == "Waits"


def test_line_breaks_of_the_clipboard_become_spaces_in_a_label(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"), into=True)
    QApplication.clipboard().setText("Leaves\n  thinking\ntime")
    editor.middle.item_props.label_area.paste()
    assert editor.leave()

    assert text_of(stored_item(core, editor, "time").label) == "Leaves thinking time"


def test_the_form_says_when_it_is_used_and_where_it_comes_from(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    props = editor.middle.form_props
    qtbot.keyClicks(props.purpose_area, " More.")
    props.use_box.setCurrentIndex(2)
    props.use_box.activated.emit(2)
    assert editor.leave()

    form = stored(core, editor)
    assert form.use.value == "after"
    assert "More." in text_of(form.purpose)


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_key_is_pressed_and_a_clash_is_named(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("lead"))
    props = editor.middle.item_props
    qtbot.keyClick(props.key, Qt.Key.Key_F5)  # a rating takes letters alone
    assert stored_item(core, editor, "lead").hotkey == "b"
    qtbot.keyClick(props.key, Qt.Key.Key_A)

    assert stored_item(core, editor, "lead").hotkey == "a"
    assert "Leaves thinking time" in props.key_field.note.text()
    qtbot.waitUntil(lambda: any("A is used twice" in check.text for check in editor.checks), timeout=3000)
    qtbot.keyClick(props.key, Qt.Key.Key_Backspace)
    assert stored_item(core, editor, "lead").hotkey == ""
    assert not props.key_field.note.isVisible()


def test_what_happens_may_have_a_function_key(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("praise"))
    qtbot.keyClick(editor.middle.item_props.key, Qt.Key.Key_F5)

    assert stored_item(core, editor, "praise").hotkey == "f5"


# --- kinds -----------------------------------------------------------------------------------------------------------


def test_another_kind_shows_its_own_fields(core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    props = editor.middle.item_props
    assert props.scale.isVisible()
    number = props.kind_box.findText("One of several")
    props.kind_box.setCurrentIndex(number)
    props.kind_box.activated.emit(number)

    item = stored_item(core, editor, "time")
    assert (item.kind, [text_of(one.label) for one in item.options]) == (
        ItemKind.CHOICE,
        ["Not yet", "Sometimes", "Often"],
    )
    assert not props.scale.isVisible()
    assert props.groups.options.isVisible()


def test_a_number_with_bounds_is_kept_and_nonsense_is_refused(
    qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]
) -> None:
    form, item_id = add_item(sample(), ItemKind.NUMBER, section="asking", label="Students")
    editor = open_form(form)
    editor.select(item_target(item_id))
    groups = editor.middle.item_props.groups
    groups.low.setFocus()
    qtbot.keyClicks(groups.low, "2,5")
    qtbot.keyClick(groups.low, Qt.Key.Key_Tab)
    assert stored_item(core, editor, item_id).low == 2.5
    groups.high.setFocus()
    qtbot.keyClicks(groups.high, "many")

    assert not editor.leave()
    assert stored_item(core, editor, item_id).high is None
    assert editor.leave()


# --- scales ----------------------------------------------------------------------------------------------------------


def test_a_level_changes_for_all_who_use_the_scale(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    scale = editor.middle.item_props.scale
    assert "3 items" in scale.used_label.text()
    qtbot.mouseClick(scale.mode.button("all"), Qt.MouseButton.LeftButton)
    row = scale.levels.rows[0]
    row.label.setFocus()
    row.label.selectAll()
    qtbot.keyClicks(row.label, "Never")
    row.descriptor.setFocus()
    qtbot.keyClicks(row.descriptor, "not once")
    assert editor.leave()

    form = stored(core, editor)
    for item_id in ("time", "lead", "talk"):
        item = form.item(item_id)
        assert item is not None
        assert (text_of(item.levels[0].label), text_of(item.levels[0].descriptor)) == ("Never", "not once")


def test_only_here_gives_the_item_its_own_words_and_then_its_own_scale(
    qtbot: QtBot, core: Core, editor: FormEditor
) -> None:
    editor.select(item_target("lead"))
    scale = editor.middle.item_props.scale
    row = scale.levels.rows[2]
    row.descriptor.setFocus()
    qtbot.keyClicks(row.descriptor, "most of them")
    assert editor.leave()
    assert stored_item(core, editor, "lead").scale == "extent"
    assert text_of(stored_item(core, editor, "time").levels[2].descriptor) == ""

    row.label.setFocus()
    row.label.selectAll()
    qtbot.keyClicks(row.label, "Always")
    assert editor.leave()
    assert stored_item(core, editor, "lead").scale == "extent-2"
    assert text_of(stored_item(core, editor, "time").levels[2].label) == "Often"


def test_a_name_for_all_heads_the_scale_and_stands_in_the_list(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    scale = editor.middle.item_props.scale
    qtbot.mouseClick(scale.mode.button("all"), Qt.MouseButton.LeftButton)
    scale.name.setFocus()
    qtbot.keyClicks(scale.name, " Extent ")
    assert editor.leave()

    assert [(one.id, text_of(one.label)) for one in stored(core, editor).scales] == [("extent", "Extent")]
    assert scale.scale_box.currentText() == "Extent: Not yet – Often (3)"
    scale.name.setFocus()
    scale.name.selectAll()
    qtbot.keyClick(scale.name, Qt.Key.Key_Delete)
    assert editor.leave()
    assert stored(core, editor).scales[0].label == ()
    assert scale.scale_box.currentText() == "Not yet – Often (3)"


def test_a_name_only_here_gives_the_item_its_own_scale(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("lead"))
    scale = editor.middle.item_props.scale
    qtbot.mouseClick(scale.mode.button("here"), Qt.MouseButton.LeftButton)
    scale.name.setFocus()
    qtbot.keyClicks(scale.name, "Openness")
    assert editor.leave()

    form = stored(core, editor)
    assert [text_of(form.scale_label(item)) for item in form.items[:3]] == ["", "Openness", ""]


def test_an_item_without_levels_asks_for_no_name_of_a_scale(editor: FormEditor) -> None:
    editor.select(item_target("time"))
    assert editor.middle.item_props.scale.name_field.isVisible()
    editor.select(item_target("work"))
    assert not editor.middle.item_props.scale.name_field.isVisible()


def test_a_level_that_goes_takes_the_others_along(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    scale = editor.middle.item_props.scale
    qtbot.mouseClick(scale.mode.button("all"), Qt.MouseButton.LeftButton)
    scale.levels.rows[0].remove_button.click()

    form = stored(core, editor)
    assert [text_of(level.label) for level in form.items[1].levels] == ["Sometimes", "Often"]
    talk = form.item("talk")
    assert talk is not None
    assert talk.show_when[0].values == (1,)
    assert not editor.middle.item_props.scale.levels.rows[0].remove_button.isVisible()


# --- options ---------------------------------------------------------------------------------------------------------


def test_a_pasted_list_becomes_options_and_alt_moves_them(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("work"))
    options = editor.middle.item_props.groups.options
    options.add_button.click()
    QApplication.clipboard().setText("Whole class\nAlone")
    options.rows[2].label.paste()
    labels = [text_of(one.label) for one in stored_item(core, editor, "work").options]
    assert labels == ["Pairs", "Groups", "Whole class", "Alone"]

    qtbot.keyClick(options.rows[3].label, Qt.Key.Key_Up, ALT)
    assert [one.id for one in stored_item(core, editor, "work").options] == ["pairs", "groups", "alone", "whole-class"]
    options.rows[0].remove_button.click()
    assert [one.id for one in stored_item(core, editor, "work").options] == ["groups", "alone", "whole-class"]


def test_enter_in_the_last_option_adds_another(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("work"))
    options = editor.middle.item_props.groups.options
    options.rows[1].label.setFocus()
    qtbot.keyClick(options.rows[1].label, Qt.Key.Key_Return)
    qtbot.keyClicks(options.rows[2].label, "Alone")
    assert editor.leave()

    assert text_of(stored_item(core, editor, "work").options[2].label) == "Alone"


# --- codes -----------------------------------------------------------------------------------------------------------


def coded() -> Form:
    codes = (Code("Lec", own("lecturing"), aliases=("Lecture",), hotkey="q"), Code("W", own("waiting")))
    item = Item("codes", ItemKind.INTERVAL, own("What goes on"), seconds=120, sides=(Side("", (), codes),))
    return Form("", 1, own("Codes"), own("Pick it."), (Section("s", own("All"), (item,)),))


def test_codes_are_typed_into_a_table(qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]) -> None:
    editor = open_form(coded())
    editor.select(item_target("codes"))
    panel = editor.middle.item_props.groups.codes.panels[0]
    model = panel.table.codes
    model.setData(model.index(1, Column.CODE), "Wt")
    model.setData(model.index(1, Column.CATEGORY), "Other")
    model.setData(model.index(0, Column.ALIASES), "Lecture, L.I, Lecture")
    model.setData(model.index(1, Column.KEY), "W")
    panel.table.setCurrentIndex(model.index(0, Column.COMMENT))
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert editor.leave()

    side = stored_item(core, editor, "codes").sides[0]
    assert [(code.id, code.aliases, code.hotkey, code.comment) for code in side.codes] == [
        ("Lec", ("Lecture", "L.I"), "q", True),
        ("Wt", (), "w", False),
    ]
    assert side.codes[1].category == "other"
    assert [(one.id, text_of(one.label)) for one in side.categories] == [("other", "Other")]


def test_a_code_that_cannot_be_one_is_refused_in_words(open_form: Callable[[Form], FormEditor]) -> None:
    editor = open_form(coded())
    editor.select(item_target("codes"))
    panel = editor.middle.item_props.groups.codes.panels[0]
    model = panel.table.codes

    assert not model.setData(model.index(0, Column.CODE), "two words")
    assert "two words" in panel.note.text()
    assert panel.note.isVisible()
    assert model.side.codes[0].id == "Lec"


def test_typing_in_a_cell_and_the_description_of_a_code(
    qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]
) -> None:
    editor = open_form(coded())
    editor.select(item_target("codes"))
    panel = editor.middle.item_props.groups.codes.panels[0]
    table = panel.table
    table.setFocus()
    table.setCurrentIndex(table.codes.index(1, Column.MEANING))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, "nothing goes on")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: text_of(table.codes.side.codes[1].label) == "nothing goes on")
    panel.help.setFocus()
    qtbot.keyClicks(panel.help, "Set-up, breaks.")
    assert editor.leave()

    code = stored_item(core, editor, "codes").sides[0].codes[1]
    assert (text_of(code.label), text_of(code.help)) == ("nothing goes on", "Set-up, breaks.")


def test_a_second_side_names_both(core: Core, open_form: Callable[[Form], FormEditor]) -> None:
    editor = open_form(coded())
    editor.select(item_target("codes"))
    editor.middle.item_props.groups.codes.add_button.click()

    sides = stored_item(core, editor, "codes").sides
    assert [side.id for side in sides] == ["A", "B"]
    assert len(editor.middle.item_props.groups.codes.panels) == 2


# --- conditions ------------------------------------------------------------------------------------------------------


def test_a_condition_is_built_as_a_sentence(core: Core, editor: FormEditor) -> None:
    editor.select(item_target("praise"))
    conditions = editor.middle.item_props.conditions
    conditions.add_button.click()
    (row,) = conditions.rows
    assert stored_item(core, editor, "praise").show_when == (Condition("work", ConditionTest.IS, ("pairs",)),)

    menu = row.value_button.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    assert stored_item(core, editor, "praise").show_when == (Condition("work", ConditionTest.IS, ("pairs", "groups")),)
    row.item_box.setCurrentIndex(row.item_box.findText("Leaves thinking time"))
    row.item_box.activated.emit(row.item_box.currentIndex())
    assert stored_item(core, editor, "praise").show_when == (Condition("time", ConditionTest.AT_LEAST, (3,)),)
    row.remove_button.click()
    assert stored_item(core, editor, "praise").show_when == ()


def test_two_conditions_can_be_alternatives(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("praise"))
    conditions = editor.middle.item_props.conditions
    assert not conditions.mode.isVisible()
    conditions.add_button.click()
    conditions.add_button.click()
    qtbot.mouseClick(conditions.mode.button("any"), Qt.MouseButton.LeftButton)

    item = stored_item(core, editor, "praise")
    assert len({condition.item for condition in item.show_when}) == 2  # not the same question twice
    assert item.show_any


def test_the_first_item_can_ask_about_nothing(editor: FormEditor) -> None:
    editor.select(item_target("time"))

    assert not editor.middle.item_props.conditions.add_button.isVisible()


# --- languages -------------------------------------------------------------------------------------------------------


def test_a_translation_is_written_under_the_own_words(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    assert not editor.middle.languages.isVisible()
    editor.select(item_target("time"))
    editor.middle.add_language("fr")
    props = editor.middle.item_props
    assert props.label_field.own.text() == "Leaves thinking time"
    qtbot.keyClicks(props.label_area, "Laisse du temps")
    assert editor.leave()

    assert dict(stored_item(core, editor, "time").label) == {"": "Leaves thinking time", "fr": "Laisse du temps"}
    editor.middle.languages.remove_button.click()
    assert dict(stored_item(core, editor, "time").label) == {"": "Leaves thinking time"}
    assert not editor.middle.languages.isVisible()


def test_the_preview_speaks_the_language_that_is_written(qtbot: QtBot, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    column = editor.side.preview
    qtbot.waitUntil(lambda: column.shown is not None)
    assert column.preview is not None
    sheet = column.preview.sheet
    editor.middle.add_language("fr")
    qtbot.keyClicks(editor.middle.item_props.label_area, "Laisse du temps")
    assert editor.middle.flush()
    qtbot.waitUntil(lambda: sheet.item("time").label == "Laisse du temps")

    editor.middle.languages.chosen.emit("")

    qtbot.waitUntil(lambda: sheet.item("time").label == "Leaves thinking time")


# --- the keyboard ----------------------------------------------------------------------------------------------------


def test_tab_goes_through_the_options_as_they_are_read(qtbot: QtBot, editor: FormEditor) -> None:
    editor.select(item_target("work"))
    props = editor.middle.item_props
    props.help_area.setFocus()
    found = []
    for _step in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())

    first, second = props.groups.options.rows
    assert found == [*first.inputs(), *second.inputs(), props.groups.options.add_button]


def test_undo_in_a_level_without_words_of_its_own_is_the_windows(qtbot: QtBot, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    area = editor.middle.item_props.scale.levels.rows[0].descriptor
    area.setFocus()
    with qtbot.waitSignal(_undo_key(editor).activated):
        qtbot.keyClick(area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def _undo_key(editor: FormEditor) -> QShortcut:
    return QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), editor.window())
