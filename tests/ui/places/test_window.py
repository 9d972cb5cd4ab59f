"""The whole window on real data: first run, the way through a visit, finding, taking back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from observe_app.domain.visit import Stage
from observe_app.services import notes, people, visits
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.observe import ObserveTab
from observe_app.ui.people import PeoplePage
from observe_app.ui.starter import Starter
from observe_app.ui.theme import Scheme
from observe_app.ui.visit import VisitPage
from observe_app.ui.visit.prepare import PrepareTab
from observe_app.ui.widgets import Button, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk
    from observe_app.ui.theme import ThemeController

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


def start(qtbot: QtBot, core: Core, theme: ThemeController) -> Starter:
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    qtbot.addWidget(starter.window)
    starter.window.resize(1366, 768)
    with qtbot.waitSignal(starter.ready, timeout=10_000), qtbot.waitExposed(starter.window):
        starter.show()
    starter.window.activateWindow()
    return starter


@pytest.fixture
def first_start(qtbot: QtBot, core: Core, theme: ThemeController) -> Iterator[Starter]:
    starter = start(qtbot, core, theme)
    yield starter
    starter.end()


@pytest.fixture
def desk(qtbot: QtBot, core: Core, theme: ThemeController) -> Iterator[Desk]:
    core.settings.change(first_run_done=True)
    starter = start(qtbot, core, theme)
    assert starter.desk is not None
    yield starter.desk
    starter.end()


def visit_page(desk: Desk) -> VisitPage:
    page = desk.window.current_page
    assert isinstance(page, VisitPage)
    return page


def press(qtbot: QtBot, desk: Desk, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(QApplication.focusWidget() or desk.window, key, held)


def child(parent: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = parent.findChild(kind, name)
    assert found is not None
    return found


def test_three_answers_and_the_day_begins(qtbot: QtBot, core: Core, first_start: Starter) -> None:
    page = first_start.window.current_page
    assert page is not None
    name, school = child(page, QLineEdit, "name_edit"), child(page, QLineEdit, "school_edit")
    child(page, QCheckBox, "sample_box").setChecked(False)

    qtbot.keyClicks(name, "Jonas Brandt")
    qtbot.keyClicks(school, "Northfield")
    qtbot.keyClick(school, Qt.Key.Key_Return)

    assert first_start.window.current_name == "today"
    settings = core.settings.get()
    assert (settings.my_name, settings.school, settings.first_run_done) == ("Jonas Brandt", "Northfield", True)
    me = people.me(core)
    assert me is not None
    assert me.name == "Jonas Brandt"


def test_nothing_need_be_answered(qtbot: QtBot, core: Core, first_start: Starter) -> None:
    page = first_start.window.current_page
    assert page is not None

    qtbot.mouseClick(child(page, Button, "skip_button"), Qt.MouseButton.LeftButton)

    assert first_start.window.current_name == "today"
    assert core.settings.get().first_run_done
    assert people.listing(core) == ()


def test_the_sample_is_a_whole_visit_marked_as_one(qtbot: QtBot, core: Core, first_start: Starter) -> None:
    page = first_start.window.current_page
    assert page is not None
    child(page, QCheckBox, "sample_box").setChecked(True)

    qtbot.mouseClick(child(page, Button, "go_button"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: first_start.window.current_name == "today", timeout=20_000)
    (row,) = visits.listing(core)
    assert row.notes > 10
    assert visits.get(core, row.id).source == "demo"


def test_a_visit_from_plan_to_talk(qtbot: QtBot, core: Core, desk: Desk) -> None:
    press(qtbot, desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = visit_page(desk)
    tab = page.tab
    assert isinstance(tab, PrepareTab)
    qtbot.keyClicks(tab.teacher_field.line, "Amina")
    qtbot.keyClick(tab.teacher_field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.header.name_label.text() == "Amina")
    assert page.header.saved_state.words.startswith("Saved")

    press(qtbot, desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.stage is Stage.OBSERVE
    (row,) = visits.listing(core)
    assert row.started is not None
    observe = page.tab
    assert isinstance(observe, ObserveTab)
    qtbot.keyClicks(observe.line.edit, "T Good morning")
    qtbot.keyClick(observe.line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(notes.stream(core, row.id)) == 1)
    assert observe.clock_widget.isVisible()

    page.go_to_stage(Stage.TALK)
    assert not observe.clock_widget.isVisible()


def test_start_writing_needs_no_name(qtbot: QtBot, core: Core, desk: Desk) -> None:
    press(qtbot, desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    page = visit_page(desk)
    assert page.stage is Stage.OBSERVE
    assert page.header.name_label.text() == "Teacher not named yet"
    assert isinstance(page.tab, ObserveTab)
    qtbot.waitUntil(page.tab.line.edit.hasFocus)


def test_words_in_prepare_survive_a_jump_to_another_visit(qtbot: QtBot, core: Core, desk: Desk) -> None:
    one, other = visits.plan(core), visits.plan(core)
    desk.go_to_visit(VisitTarget(one.id, "prepare"))
    tab = visit_page(desk).tab
    assert isinstance(tab, PrepareTab)
    qtbot.keyClicks(tab.focus_area, "Who answers?")
    tab.teacher_field.line.setFocus()
    qtbot.keyClicks(tab.teacher_field.line, "Ilse")

    desk.go_to_visit(VisitTarget(other.id, "prepare"))

    kept = visits.get(core, one.id)
    assert (kept.focus, kept.teacher) == ("Who answers?", "Ilse")
    assert visit_page(desk).undo_scope() == other.id


def test_a_wrong_date_holds_the_person_at_its_field(qtbot: QtBot, core: Core, desk: Desk) -> None:
    desk.go_to_visit(VisitTarget(visits.plan(core).id, "prepare"))
    tab = visit_page(desk).tab
    assert isinstance(tab, PrepareTab)
    tab.when_editor.date_line.setFocus()
    qtbot.keyClicks(tab.when_editor.date_line, "Fr 31 Feb")

    assert desk.window.go("today") is None

    assert desk.window.current_name == "visit"
    assert tab.when_editor.date_line.hasFocus()


def test_undo_on_a_visit_leaves_other_visits_alone(qtbot: QtBot, core: Core, clock: FakeClock, desk: Desk) -> None:
    one, other = visits.plan(core), visits.plan(core)
    for visit in (one, other):
        clock.advance(seconds=5)
        visits.update(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen, room="Lab")
    desk.go_to_visit(VisitTarget(one.id, "talk"))

    desk.undo()

    assert visits.get(core, one.id).room == ""
    assert visits.get(core, other.id).room == "Lab"
    message = desk.window.message_bar.message
    assert message is not None
    assert message.text.startswith("Change to the visit: taken back.")
    desk.redo()
    assert visits.get(core, one.id).room == "Lab"


def test_a_deleted_visit_comes_back_from_its_message(qtbot: QtBot, core: Core, desk: Desk) -> None:
    visit = visits.plan(core, class_name="Year 8")
    page = desk.window.go("visits")
    assert page is not None
    page.preview.delete_button.click()
    assert visits.count(core).all_visits == 0

    qtbot.mouseClick(desk.window.message_bar.action_button, Qt.MouseButton.LeftButton)

    assert visits.count(core).all_visits == 1
    assert not visits.get(core, visit.id).deleted


def test_the_badge_says_truthfully_who_can_read(qtbot: QtBot, core: Core, desk: Desk) -> None:
    desk.go_to_visit(VisitTarget(visits.plan(core).id))
    qtbot.mouseClick(visit_page(desk).header.badge, Qt.MouseButton.LeftButton)

    sheet = desk.window.findChild(Sheet, "audience_sheet")
    assert sheet is not None
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.window.findChild(Sheet, "audience_sheet") is None)


def test_the_history_opens_over_the_visit(qtbot: QtBot, core: Core, desk: Desk) -> None:
    visit = visits.plan(core)
    visits.update(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen, focus="Pauses")
    desk.go_to_visit(VisitTarget(visit.id, "talk"))

    qtbot.mouseClick(visit_page(desk).header.history_button, Qt.MouseButton.LeftButton)

    assert desk.window.findChild(Sheet, "history_sheet") is not None


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("amina", "Visit"), ("amina", "Person"), ("waits", "Note"), ("plan a visit with learning walk", "Command")],
)
def test_ctrl_k_finds(qtbot: QtBot, core: Core, clock: FakeClock, desk: Desk, typed: str, kind: str) -> None:
    visit = visits.plan(core, teacher_id=people.add(core, name="Amina").id, start=clock.now() + timedelta(days=1))
    notes.add(core, visit_id=visit.id, line="T waits", offset_ms=1000)
    desk.window.open_palette()
    palette = desk.window.palette_overlay

    qtbot.keyClicks(palette.search_field, typed)

    found = [entry for entry in palette.entries() if entry.kind == kind]
    assert found
    palette.close_palette()
    found[0].action()
    expected = {"Visit": "visit", "Person": "people", "Note": "visit", "Command": "visit"}[kind]
    assert desk.window.current_name == expected
    page = desk.window.current_page
    if isinstance(page, PeoplePage):
        assert page.editor.person is not None
        assert page.editor.person.name == "Amina"


def test_a_theme_shows_at_once_and_is_kept(qtbot: QtBot, core: Core, desk: Desk, theme: ThemeController) -> None:
    page = desk.window.go("settings")
    assert page is not None
    box = page.theme_box
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())

    assert theme.tokens.scheme is Scheme.DARK
    assert core.settings.get().theme == "dark"
