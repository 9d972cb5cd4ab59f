"""The size of the words: chosen in the settings, seen on every page at once, kept for the next start."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.form import ItemKind
from observe_app.domain.ids import Ids
from observe_app.domain.visit import VisitFilter
from observe_app.services import demo, own_forms, visits
from observe_app.services.core import close
from observe_app.store.look import read_look
from observe_app.ui.application import make_theme
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.follow_up.choice_button import ChoiceButton
from observe_app.ui.forms import FormsPage
from observe_app.ui.forms.editor.codes_table import CodesTable
from observe_app.ui.forms.editor.kind_sheet import KindSheet
from observe_app.ui.forms.editor.target import item_target
from observe_app.ui.moments import widest_dates
from observe_app.ui.observe import ObserveTab
from observe_app.ui.settings import SettingsPage
from observe_app.ui.starter import Starter
from observe_app.ui.talk.notes_list import NotesList
from observe_app.ui.talk.protocol_menu import ProtocolButton
from observe_app.ui.theme import font, scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.visits.model import DATE
from observe_app.ui.visits.table import VisitsTable
from observe_app.ui.widgets import Button
from tests.ui.places.settle import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk
    from observe_app.ui.forms.editor import FormEditor
    from observe_app.ui.theme import ThemeController

PLACES = ("today", "visits", "people", "forms", "settings", "prepare", "observe", "talk", "follow_up")
EDITED = (
    ("125 %", "general-peer-observation", ItemKind.RATING),
    ("150 %", "general-peer-observation", ItemKind.RATING),
    ("125 %", "copus", ItemKind.INTERVAL),
    ("150 %", "copus", ItemKind.INTERVAL),
    ("150 %", "lecture", ItemKind.CHOICE),
)

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


@pytest.fixture(scope="module")
def _sample(tmp_path_factory: pytest.TempPathFactory, _blank_database: Path) -> Path:
    """Record the sample visit once; that takes ten times longer than copying it."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(_blank_database.parent, folder)
    clock = FakeClock()
    core = wire_core(folder, clock=clock, ids=Ids(clock))
    demo.introduce(core)
    demo.record_sample(core)
    core.settings.change(first_run_done=True)
    close(core)
    return folder


@pytest.fixture
def data_folder(tmp_path: Path, _sample: Path) -> Path:
    """Return a data folder with the sample visit."""
    return Path(shutil.copytree(_sample, tmp_path / "data"))


@pytest.fixture
def desk(qtbot: QtBot, core: Core, theme: ThemeController) -> Iterator[Desk]:
    """Return the window of 1366 x 768 over the sample visit."""
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    qtbot.addWidget(starter.window)
    starter.window.resize(1366, 768)
    with qtbot.waitSignal(starter.ready, timeout=10_000), qtbot.waitExposed(starter.window):
        starter.show()
    starter.window.activateWindow()
    assert starter.desk is not None
    yield starter.desk
    starter.end()


def settings_of(desk: Desk) -> SettingsPage:
    page = desk.window.go("settings")
    assert isinstance(page, SettingsPage)
    return page


def choose(qtbot: QtBot, desk: Desk, words: str) -> None:
    """Choose a text size as a person does: focus, then the arrow keys."""
    box = settings_of(desk).text_size_box
    box.setFocus()
    wanted = box.findText(words)
    while box.currentIndex() != wanted:
        before = desk.window.current_page
        down = wanted > box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        qtbot.waitUntil(lambda before=before: desk.window.current_page is not before)
        page = desk.window.current_page
        assert isinstance(page, SettingsPage)
        box = page.text_size_box
    settle()


def test_a_larger_text_size_shows_at_once_and_is_kept(qtbot: QtBot, core: Core, desk: Desk) -> None:
    before = desk.window.rail.button("today").height()

    choose(qtbot, desk, "150 %")

    assert desk.window.current_name == "settings"
    assert settings_of(desk).text_size_box.currentText() == "150 %"
    assert settings_of(desk).name_field.label.font().pixelSize() == 20
    assert desk.window.rail.button("today").height() > before * 1.4
    assert QApplication.font().pixelSize() == 21
    assert core.settings.get().text_size == 150
    assert read_look(core.folder).text_size == 150


def test_the_keyboard_stays_at_the_text_size_when_it_was_chosen(qtbot: QtBot, desk: Desk) -> None:
    choose(qtbot, desk, "125 %")

    page = desk.window.current_page
    assert isinstance(page, SettingsPage)
    assert page.text_size_box.hasFocus()


def test_going_back_to_100_gives_the_same_picture_as_before(qtbot: QtBot, desk: Desk) -> None:
    desk.window.go("visits")
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    today = desk.window.rail.button("today")
    qtbot.waitUntil(lambda: "1 new" in today.accessibleName())  # the bubble comes after the first paint
    shared = desk.window.rail.button("shared")
    qtbot.waitUntil(lambda: shared.text() == "Set up")  # and so does how sharing stands
    desk.window.rail.setFocus()
    before = desk.window.rail.grab().toImage()

    choose(qtbot, desk, "150 %")
    assert desk.window.rail.grab().toImage().size() != before.size()
    choose(qtbot, desk, "100 %")
    desk.window.go("visits")

    assert desk.window.rail.grab().toImage() == before


def test_a_size_that_is_not_offered_counts_as_100(core: Core, theme: ThemeController) -> None:
    core.settings.change(text_size=9999)
    app = QApplication.instance()
    assert isinstance(app, QApplication)

    make_theme(app, "light", reduce_motion=True, text_size=read_look(core.folder).text_size)

    assert theme.tokens.percent == 100
    assert scaled(20) == 20


@pytest.mark.parametrize("size", ["125 %", "150 %"])
def test_dates_of_visits_are_read_in_full_at_every_size(qtbot: QtBot, desk: Desk, size: str) -> None:
    choose(qtbot, desk, size)
    page = desk.window.go("visits")
    assert page is not None
    table = page.findChild(VisitsTable)
    assert table is not None
    metrics = QFontMetrics(font("text", tabular=True))

    widest = max(metrics.horizontalAdvance(words) for words in widest_dates())

    assert table.columnWidth(DATE) >= widest + 24 + 12
    assert table.rowHeight(0) >= metrics.height()
    assert table.horizontalHeader().height() >= metrics.height()


@pytest.mark.parametrize("size", ["125 %", "150 %"])
def test_no_row_of_the_talk_is_lower_than_its_words(qtbot: QtBot, desk: Desk, size: str) -> None:
    choose(qtbot, desk, size)
    _go(qtbot, desk, "talk")
    notes = desk.window.findChild(NotesList)
    assert notes is not None
    line = QFontMetrics(font("text")).height()

    assert notes.model().rowCount() > 5
    assert min(notes.rowHeight(row) for row in range(5)) >= line
    assert scaled(46) - 2 >= QFontMetrics(font("text", tabular=True)).horizontalAdvance("00:00")


@pytest.mark.parametrize("size", ["125 %", "150 %"])
def test_no_button_and_no_label_is_cut(qtbot: QtBot, desk: Desk, size: str) -> None:
    choose(qtbot, desk, size)
    cut = {}
    for name in PLACES:
        _go(qtbot, desk, name)
        cut[name] = cut_words(desk.window)

    assert cut == {name: [] for name in PLACES}


ELIDING = (ChoiceButton, ProtocolButton)
"""Buttons whose words give way in the middle by design; a tooltip says the rest."""


def room_for_words(button: Button) -> int:
    """Return the least width at which a button says what it must."""
    elides = isinstance(button, ELIDING) and bool(button.toolTip())
    return (button.minimumSizeHint() if elides else button.sizeHint()).width()


def cut_words(window: QWidget) -> list[str]:
    """Return the words of the buttons and labels that have too little room."""
    buttons = [button for button in window.findChildren(Button) if button.isVisible() and button.text()]
    cut = [button.text() for button in buttons if button.width() < room_for_words(button)]
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text() or label.wordWrap():
            continue
        right = label.mapTo(window, QPoint(label.width(), 0)).x()
        if label.width() < label.sizeHint().width() or right > window.width():
            cut.append(label.text())
        if label.height() < label.fontMetrics().height() - 2:
            cut.append(label.text())
    return cut


def test_two_lines_of_a_row_do_not_touch(qtbot: QtBot, desk: Desk) -> None:
    choose(qtbot, desk, "150 %")
    desk.window.go("today")
    rows = [row for row in desk.window.findChildren(TwoLineRow) if row.isVisible()]

    assert rows
    needed = QFontMetrics(font("text")).height() + QFontMetrics(font("small")).height()
    assert min(row.height() for row in rows) >= needed


def test_a_lesson_goes_on_through_a_change_of_the_text_size(qtbot: QtBot, core: Core, desk: Desk) -> None:
    desk.start_writing()
    tab = desk.window.findChild(ObserveTab)
    assert tab is not None
    qtbot.keyClicks(tab.line.edit, "T Good morning")
    qtbot.keyClick(tab.line.edit, Qt.Key.Key_Return)
    page = desk.window.current_page
    visit_id = page.undo_scope() if page is not None else None

    choose(qtbot, desk, "150 %")
    assert visit_id is not None
    desk.go_to_visit(VisitTarget(visit_id, "observe"))

    tab = desk.window.findChild(ObserveTab)
    assert tab is not None
    assert tab.line.edit.font().pixelSize() == 27
    assert [event.text for event in tab.model.events if event.text] == ["Good morning"]


def test_the_library_of_forms_has_room_for_both_lines_and_both_ways(qtbot: QtBot, desk: Desk) -> None:
    choose(qtbot, desk, "150 %")
    page = forms_of(qtbot, desk)
    library = page.library
    needed = QFontMetrics(font("text")).height() + QFontMetrics(font("small")).height()

    assert library.model.forms
    for row in library.model.forms:
        assert library.list.rowHeight(library.model.number_of(row.key)) >= needed

    for width in (1366, 1024):
        desk.window.resize(width, 640)
        settle()
        ways = (library.new_button, library.import_button)
        assert not ways[0].geometry().intersects(ways[1].geometry())
        assert all(library.rect().contains(way.geometry()) for way in ways)
        assert all(way.width() >= way.sizeHint().width() for way in ways)


@pytest.mark.parametrize(("size", "form_id", "kind"), EDITED)
def test_nothing_is_cut_while_a_form_is_written(
    qtbot: QtBot, desk: Desk, size: str, form_id: str, kind: ItemKind
) -> None:
    choose(qtbot, desk, size)
    editor = edited(qtbot, desk, form_id)
    item = next(item for item in editor.keeper.form.items if item.kind is kind)

    assert editor.select(item_target(item.id))
    for width in (1366, 1024):
        desk.window.resize(width, 768)
        qtbot.waitUntil(lambda: not cut_words(desk.window))
    table = editor.middle.item_props.findChild(CodesTable)
    if kind is ItemKind.INTERVAL:
        assert table is not None
        assert table.rowHeight(0) >= QFontMetrics(font("text")).height()
        assert table.viewport().height() >= table.verticalHeader().length()


@pytest.mark.parametrize("size", ["125 %", "150 %"])
def test_a_condition_is_no_wider_than_its_column(qtbot: QtBot, desk: Desk, size: str) -> None:
    choose(qtbot, desk, size)
    editor = edited(qtbot, desk, "general-peer-observation")
    ratings = [item for item in editor.keeper.form.items if item.kind is ItemKind.RATING]
    assert editor.select(item_target(ratings[-1].id))
    editor.middle.item_props.conditions.add_button.click()
    desk.window.resize(1024, 640)
    settle()

    content = editor.middle.pane.widget()
    assert content is not None
    assert content.width() <= editor.middle.pane.viewport().width()


def test_the_preview_gives_way_where_three_columns_have_no_room(qtbot: QtBot, desk: Desk) -> None:
    assert not edited(qtbot, desk, "copus").takes_turns

    choose(qtbot, desk, "150 %")
    editor = edited(qtbot, desk, "copus")

    assert editor.takes_turns
    editor.preview_tab.click()
    assert editor.side.isVisible()
    assert editor.side.width() > editor.structure.width()


@pytest.mark.parametrize("height", [768, 640])
def test_the_kinds_leave_room_for_the_buttons_under_them(qtbot: QtBot, desk: Desk, height: int) -> None:
    choose(qtbot, desk, "150 %")
    editor = edited(qtbot, desk, "copus")
    editor.ask_kind()
    sheet = desk.window.findChild(KindSheet)
    assert sheet is not None
    desk.window.resize(1024, height)
    settle()

    assert sheet.main_button is not None
    bottom = sheet.list.mapTo(sheet, QPoint(0, sheet.list.height())).y()
    assert bottom <= sheet.main_button.mapTo(sheet, QPoint(0, 0)).y()
    assert sheet.list.height() > 2 * sheet.list.rowHeight(0)


def forms_of(qtbot: QtBot, desk: Desk) -> FormsPage:
    page = desk.window.go("forms")
    assert isinstance(page, FormsPage)
    qtbot.waitUntil(lambda: bool(page.library.model.forms))
    return page


def edited(qtbot: QtBot, desk: Desk, form_id: str) -> FormEditor:
    """Open a copy of a form that comes with the program in the editor."""
    page = forms_of(qtbot, desk)
    page.edit(own_forms.copy_of(desk.core, form_id, title="Ours").value.form_id)
    editor = page.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.side.preview.shown is not None)
    return editor


def _go(qtbot: QtBot, desk: Desk, name: str) -> None:
    if name in {"prepare", "observe", "talk", "follow_up"}:
        fullest = max(visits.listing(desk.core, VisitFilter()), key=lambda row: row.notes)
        desk.go_to_visit(VisitTarget(fullest.id, name))
    else:
        desk.window.go(name)
    qtbot.waitUntil(lambda: not desk.jobs.busy)
    settle()
