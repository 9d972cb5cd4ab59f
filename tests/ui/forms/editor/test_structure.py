"""The structure of a form, by keyboard, pointer and clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.form import Form, ItemKind
from observe_app.domain.form_edit import add_lines
from observe_app.domain.form_texts import text_of
from observe_app.services import history, own_forms
from observe_app.ui.forms.editor import acts
from observe_app.ui.forms.editor.kind_sheet import KindSheet
from observe_app.ui.forms.editor.target import THE_FORM, item_target, section_target
from tests.ui.forms.editor.conftest import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.forms.editor import FormEditor

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def stored(core: Core, editor: FormEditor) -> Form:
    return own_forms.open_draft(core, editor.keeper.form_id).value.form


def ids(form: Form) -> list[list[str]]:
    return [[item.id for item in section.items] for section in form.sections]


def test_the_form_itself_is_shown_first(editor: FormEditor) -> None:
    assert editor.target == THE_FORM
    assert editor.middle.form_props.isVisible()
    assert editor.title() == "Questioning and talk"
    assert editor.subtitle() == "Version 1, draft"
    assert [row.title for row in editor.structure.model.rows][1:4] == [
        "Questioning",
        "Leaves thinking time",
        "Open questions lead",
    ]


def test_arrows_walk_and_the_middle_follows(qtbot: QtBot, editor: FormEditor) -> None:
    view = editor.structure.view
    view.setFocus()
    for _step in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down)

    assert editor.target == item_target("time")
    assert editor.middle.item_props.isVisible()
    assert editor.middle.item_props.label_area.text() == "Leaves thinking time"


def test_alt_and_arrows_move_across_sections(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("lead"))
    qtbot.keyClick(editor.structure.view, Qt.Key.Key_Down, ALT)

    assert ids(stored(core, editor)) == [["time"], ["lead", "talk", "work", "praise"]]
    assert editor.target == item_target("lead")
    qtbot.keyClick(editor.structure.view, Qt.Key.Key_Up, ALT)
    assert ids(stored(core, editor)) == ids(sample())


def test_delete_takes_out_and_undo_brings_back_where_it_was(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("work"))
    with qtbot.waitSignal(editor.message_posted) as posted:
        qtbot.keyClick(editor.structure.view, Qt.Key.Key_Delete)

    assert ids(stored(core, editor))[1] == ["talk", "praise"]
    assert posted.args[0].key == f"undo/{editor.undo_scope()}"
    assert editor.target == item_target("praise")

    history.undo(core, scope=editor.undo_scope())
    assert ids(editor.keeper.form) == ids(sample())
    assert editor.target == item_target("work")
    assert editor.structure.target == item_target("work")


def test_control_d_copies_and_goes_to_the_copy(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    qtbot.keyClick(editor.structure.view, Qt.Key.Key_D, CTRL)

    assert ids(stored(core, editor))[0] == ["time", "time-2", "lead"]
    assert editor.target == item_target("time-2")


def test_insert_offers_kinds_and_the_label_is_typed_at_once(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    qtbot.keyClick(editor.structure.view, Qt.Key.Key_Insert)
    sheet = editor.window().findChild(KindSheet)
    assert sheet is not None
    for _step in range(6):  # from the rating to the tally
        qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)

    area = editor.middle.item_props.label_area
    assert area.hasFocus()
    qtbot.keyClicks(area, "Calls on a quiet student")
    assert editor.leave()
    added = stored(core, editor).sections[0].items[1]
    assert (added.kind, text_of(added.label)) == (ItemKind.TALLY, "Calls on a quiet student")


def test_lines_of_the_clipboard_become_items(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    QApplication.clipboard().setText("Names the aim\n\n  Checks   who has understood \nCloses\n")
    editor.select(item_target("work"))
    editor.select(item_target("lead"))
    qtbot.keyClick(editor.structure.view, Qt.Key.Key_V, CTRL)

    items = stored(core, editor).sections[0].items
    assert [text_of(item.label) for item in items[2:]] == ["Names the aim", "Checks who has understood", "Closes"]
    assert {item.kind for item in items} == {ItemKind.RATING}
    assert items[2].id == "names-the-aim"
    history.undo(core, scope=editor.undo_scope())
    assert ids(editor.keeper.form) == ids(sample())


def test_a_section_is_added_after_the_one_at_hand_and_named(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(item_target("time"))
    editor.structure.section_button.click()
    qtbot.keyClicks(editor.middle.section_props.title_area, "Climate")
    assert editor.leave()

    assert [text_of(section.title) for section in stored(core, editor).sections] == ["Questioning", "Climate", "Talk"]


def test_what_is_dropped_stands_where_it_was_dropped(editor: FormEditor) -> None:
    view = editor.structure.view
    view.moved.emit(item_target("praise"), item_target("lead"))
    assert ids(editor.keeper.form) == [["time", "praise", "lead"], ["talk", "work"]]
    assert editor.target == item_target("praise")
    view.moved.emit(section_target("talking"), section_target("asking"))
    assert ids(editor.keeper.form) == [["talk", "work"], ["time", "praise", "lead"]]
    view.moved.emit(item_target("talk"), None)
    assert ids(editor.keeper.form)[1][-1] == "talk"


def test_above_the_name_of_a_section_is_the_end_of_the_one_before() -> None:
    form, _target = acts.dropped(sample(), item_target("time"), section_target("talking"))
    assert ids(form) == [["lead", "time"], ["talk", "work", "praise"]]
    form, _target = acts.dropped(sample(), item_target("talk"), section_target("asking"))
    assert ids(form) == [["talk", "time", "lead"], ["work", "praise"]]


def test_a_click_chooses_a_row(qtbot: QtBot, editor: FormEditor) -> None:
    view = editor.structure.view
    row = editor.structure.model.row_of(item_target("talk"))
    middle = view.visualRect(editor.structure.model.index(row)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle))

    assert editor.target == item_target("talk")


def test_three_hundred_items_are_found_by_words(
    qtbot: QtBot, open_form: Callable[[Form], FormEditor], host: QWidget
) -> None:
    lines = [f"Thing number {number}" for number in range(300)]
    editor = open_form(add_lines(sample(), lines, ItemKind.CHECK, section="talking"))
    assert editor.structure.search.isVisible()

    qtbot.keyClicks(editor.structure.search, "number 299")
    rows = editor.structure.model.rows
    assert [row.title for row in rows] == ["Questioning and talk", "Talk", "Thing number 299"]
    qtbot.keyClick(editor.structure.search, Qt.Key.Key_Down)
    editor.structure.choose(item_target("time"))  # words that hide what is wanted give way

    assert editor.structure.search.text() == ""
    assert editor.structure.target == item_target("time")


def test_a_new_form_begins_at_its_title(qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]) -> None:
    editor = open_form(Form("", 1, (), (), ()))
    area = editor.middle.form_props.title_area
    assert area.hasFocus()

    qtbot.keyClicks(area, "Our own")
    editor.add_item(ItemKind.CHECK)
    qtbot.keyClicks(editor.middle.item_props.label_area, "Aim is clear")
    assert editor.leave()

    form = stored(core, editor)
    assert text_of(form.title) == "Our own"
    assert [text_of(item.label) for item in form.items] == ["Aim is clear"]


def test_a_row_dropped_with_the_pointer_moves(editor: FormEditor) -> None:
    view, model = editor.structure.view, editor.structure.model
    data = model.mimeData([model.index(model.row_of(item_target("praise")))])
    above = view.visualRect(model.index(model.row_of(item_target("lead")))).topLeft() + QPoint(20, 3)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(above), Qt.DropAction.MoveAction, data, left, none)
    view.dropEvent(drop)

    assert ids(editor.keeper.form) == [["time", "praise", "lead"], ["talk", "work"]]


def test_whatever_is_dropped_anywhere_nothing_is_lost() -> None:
    form = sample()
    parts = [section_target(section.id) for section in form.sections] + [item_target(item.id) for item in form.items]
    for moved in parts:
        for before in (*parts, None):
            after, chosen = acts.dropped(form, moved, before)
            assert sorted(item.id for item in after.items) == sorted(item.id for item in form.items)
            assert len(after.sections) == len(form.sections)
            assert chosen == moved


def test_after_a_removal_the_neighbour_is_chosen() -> None:
    chosen = {item.id: acts.removed(sample(), item_target(item.id))[1].id for item in sample().items}

    assert chosen == {"time": "lead", "lead": "time", "talk": "work", "work": "praise", "praise": "work"}
    assert acts.removed(sample(), section_target("asking"))[1] == section_target("talking")
