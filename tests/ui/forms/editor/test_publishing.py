"""From a draft to a version: what is checked, what is said about comparisons, what other forms lend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.form import Form, ItemKind
from observe_app.domain.form_edit import add_item, change_item, with_kind
from observe_app.services import history, own_forms, visits
from observe_app.ui.forms.editor.borrow_sheet import BorrowSheet
from observe_app.ui.forms.editor.checks import Weight
from observe_app.ui.forms.editor.publish_sheet import PublishSheet
from observe_app.ui.forms.editor.target import THE_FORM, item_target
from observe_app.ui.widgets import Button
from tests.ui.forms.editor.conftest import own, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.forms.editor import FormEditor


def test_a_form_in_order_becomes_a_version(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    assert editor.publish_button.text() == "Use version 1"
    with qtbot.waitSignal(editor.published) as published:
        editor.publish_button.click()

    (version,) = own_forms.versions(core, published.args[0])
    assert version.version == 1


def test_what_is_missing_is_said_and_a_click_leads_there(
    qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]
) -> None:
    form, item_id = add_item(sample(), ItemKind.CHECK, section="asking")
    editor = open_form(form)
    (row,) = [row for row in editor.side.checks.rows if row.check.weight is Weight.PROBLEM]
    assert "no label" in row.text()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    assert editor.target == item_target(item_id)
    assert editor.middle.item_props.label_area.hasFocus()
    structure = editor.structure.model
    assert structure.rows[structure.row_of(item_target(item_id))].look


def test_an_unfinished_form_is_refused_where_it_is_unfinished(
    qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]
) -> None:
    form, item_id = add_item(sample(), ItemKind.CHECK, section="asking")
    editor = open_form(form)
    with qtbot.waitSignal(editor.message_posted) as posted:
        editor.publish()

    assert "no label" in posted.args[0].text
    assert own_forms.versions(core, editor.keeper.form_id) == ()
    assert editor.target.id == "item"  # its id is made now, from nothing better
    assert item_id == "new-1"


def test_new_items_get_their_ids_from_their_labels(
    qtbot: QtBot, core: Core, open_form: Callable[[Form], FormEditor]
) -> None:
    form, item_id = add_item(sample(), ItemKind.CHECK, section="asking")
    editor = open_form(change_item(form, item_id, label=own("Names the aim")))
    with qtbot.waitSignal(editor.published) as published:
        editor.publish()

    version = own_forms.versions(core, published.args[0])[0]
    assert "names-the-aim" in {item.id for item in own_forms.version(core, version.id).items}


def test_nothing_new_makes_no_version(published: FormEditor) -> None:
    assert not published.publish_button.isEnabled()
    assert "version 1" in published.publish_button.toolTip()
    assert published.subtitle() == "Version 1"


def test_an_edit_makes_the_next_version_a_draft(published: FormEditor) -> None:
    published.keeper.edit(lambda form: change_item(form, "time", help=own("Count to three.")))

    assert published.subtitle() == "Version 2, draft"
    assert published.publish_button.text() == "Use version 2"
    assert published.publish_button.isEnabled()


def test_visits_keep_the_version_they_have(core: Core, published: FormEditor) -> None:
    visits.plan(core, form_id=published.keeper.form_id)
    visits.plan(core, form_id=published.keeper.form_id)
    published.open(published.keeper.form_id)

    assert [row.text() for row in published.side.checks.rows if row.check.weight is Weight.NEWS] == [
        "Used in 2 visits: they keep version 1."
    ]
    assert published.subtitle() == "Version 1 · used in 2 visits"


def test_an_item_that_cannot_be_compared_says_so_and_can_be_made_new(core: Core, published: FormEditor) -> None:
    published.select(item_target("lead"))
    props = published.middle.item_props
    assert not props.compare_bar.isVisible()
    published.keeper.edit(lambda form: with_kind(form, "lead", ItemKind.CHECK))
    assert props.compare_bar.isVisible()
    assert "kind" in props.compare_note.text()

    props.new_id_button.click()
    assert published.target == item_target("lead-2")
    assert published.keeper.form.item("lead") is None
    assert not props.compare_bar.isVisible()


def test_before_a_version_is_used_it_is_said_what_cannot_be_compared(
    qtbot: QtBot, core: Core, published: FormEditor, host: QWidget
) -> None:
    form_id = published.keeper.form_id
    published.keeper.edit(lambda form: with_kind(form, "lead", ItemKind.CHECK))
    published.publish()
    sheet = host.findChild(PublishSheet)
    assert sheet is not None
    (button,) = [one for one in sheet.findChildren(Button) if one.property("item") == "lead"]
    button.click()
    assert published.keeper.form.item("lead-2") is not None
    assert sheet.main_button is not None
    with qtbot.waitSignal(published.published):
        sheet.main_button.click()

    assert [one.version for one in own_forms.versions(core, form_id)] == [2, 1]


def test_not_yet_leaves_everything_a_draft(core: Core, published: FormEditor, host: QWidget) -> None:
    published.keeper.edit(lambda form: with_kind(form, "lead", ItemKind.CHECK))
    published.publish()
    sheet = host.findChild(PublishSheet)
    assert sheet is not None
    sheet.reject()

    assert [one.version for one in own_forms.versions(core, published.keeper.form_id)] == [1]
    assert published.subtitle() == "Version 2, draft"


def test_a_discarded_draft_comes_back_by_undo(qtbot: QtBot, core: Core, published: FormEditor) -> None:
    form_id, scope = published.keeper.form_id, published.undo_scope()
    published.keeper.edit(lambda form: change_item(form, "time", help=own("Count to three.")))
    with qtbot.waitSignals([published.closed, published.message_posted]):
        published.discard_button.click()
    assert own_forms.drafts(core) == ()

    history.undo(core, scope=scope)
    (draft,) = own_forms.drafts(core)
    assert draft.form_id == form_id


def test_leaving_keeps_a_draft_a_draft(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    editor.select(THE_FORM)
    area = editor.middle.form_props.title_area
    area.setFocus()
    area.selectAll()
    qtbot.keyClicks(area, "Ours")

    assert editor.leave()
    (draft,) = own_forms.drafts(core)
    assert dict(draft.form.title)[""] == "Ours"
    assert own_forms.versions(core, draft.form_id) == ()


def test_items_of_another_form_are_found_and_taken_over(
    qtbot: QtBot, core: Core, editor: FormEditor, host: QWidget
) -> None:
    editor.select(item_target("time"))
    editor.borrow()
    sheet = host.findChild(BorrowSheet)
    assert sheet is not None
    qtbot.waitUntil(lambda: bool(sheet.model.rows), timeout=5000)
    qtbot.keyClicks(sheet.search, "general questions think")
    qtbot.keyClick(sheet.search, Qt.Key.Key_Down)
    assert len(sheet.chosen_rows()) == 1
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)

    form = editor.keeper.form
    assert len(form.items) == len(sample().items) + 1
    added = form.sections[0].items[1]
    assert editor.target == item_target(added.id)
    assert not added.scale or form.scale(added.scale) is not None


def test_a_form_removed_elsewhere_closes_the_editor(qtbot: QtBot, core: Core, editor: FormEditor) -> None:
    with qtbot.waitSignal(editor.closed):
        own_forms.remove(core, form_id=editor.keeper.form_id)

    assert editor.leave()


def test_on_a_narrow_screen_preview_and_properties_take_turns(qtbot: QtBot, editor: FormEditor, host: QWidget) -> None:
    assert not editor.takes_turns
    assert editor.side.isVisible()
    host.resize(860, 512)
    qtbot.waitUntil(lambda: editor.takes_turns)
    assert editor.middle.isVisible()
    editor.preview_tab.click()
    assert editor.side.isVisible()
    assert not editor.middle.isVisible()
    editor.select(item_target("time"), into=True)
    assert editor.middle.isVisible()
    host.resize(1290, 700)
    qtbot.waitUntil(lambda: not editor.takes_turns)
    assert editor.side.isVisible()
