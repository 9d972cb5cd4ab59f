"""Groups in the window: made, peopled, given goals and readings, closed and taken back, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.services import history, people
from observe_app.services.groups import goals, groups, readings, resources
from observe_app.ui.groups import GroupsPage, GroupsTarget
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.groups_tab import GroupsListTab
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.widgets import Button, Sheet, TextLabel
from tests.services.groups.made import community
from tests.ui.window import Key

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.window import Program


def at_groups(program: Program) -> GroupsListTab:
    """Go to Groups."""
    page = program.window.go("groups")
    assert isinstance(page, GroupsPage)
    tab = page.tab
    assert isinstance(tab, GroupsListTab)
    return tab


def words_of(widget: QWidget) -> str:
    """Everything that is written on a widget."""
    return "\n".join(label.text() for label in widget.findChildren(TextLabel) if label.isVisibleTo(widget))


def sheet(program: Program) -> Sheet:
    """The sheet that is open."""
    (found,) = [one for one in program.window.findChildren(Sheet) if one.isVisible()]
    return found


def no_sheet(program: Program) -> bool:
    return not [one for one in program.window.findChildren(Sheet) if one.isVisible()]


def press(program: Program, name: str) -> None:
    """Press the button of a name that shows."""
    button = program.part(name)
    assert isinstance(button, Button)
    button.setFocus()
    program.press(Key.Key_Space, text=" ")


def test_the_first_group_is_made_by_the_keyboard(program: Program) -> None:
    tab = at_groups(program)
    assert tab.start_widget() is tab.empty_new
    press(program, "group_first")
    assert sheet(program).objectName() == "group_sheet"
    program.type("Talk in maths")
    program.tab_to("purpose")
    program.type("Talk more")
    help_words = program.part("purpose_help")
    assert isinstance(help_words, TextLabel)
    assert "for whom" in help_words.text()
    program.fill("purpose", "Pupils in year 8 explain how they reached an answer")
    assert "for whom" not in help_words.text()
    program.tab_to("measure")
    program.say("answers with a reason")
    program.wait(lambda: no_sheet(program))

    (row,) = groups.listing(program.core)
    assert row.group.purpose.startswith("Pupils in year 8")
    program.wait(lambda: "Talk in maths" in words_of(tab.view))
    assert "No day yet on which you look at it again." in words_of(tab.view)


def test_a_group_without_a_name_is_not_made_and_the_sheet_says_why(program: Program) -> None:
    at_groups(program)
    press(program, "group_first")
    open_ = sheet(program)
    assert open_.main_button is not None
    open_.main_button.click()

    assert sheet(program) is open_
    assert "missing" in words_of(open_)
    program.press(Key.Key_Escape)
    assert no_sheet(program)
    assert groups.listing(program.core) == ()


def test_escape_lets_typed_words_go_only_at_the_second_time(program: Program) -> None:
    at_groups(program)
    press(program, "group_first")
    open_ = sheet(program)
    program.type("Questions in maths")
    program.press(Key.Key_Escape)

    assert sheet(program) is open_
    assert "What you typed is not kept yet" in words_of(open_)

    program.press(Key.Key_Escape)
    assert no_sheet(program)
    assert groups.listing(program.core) == ()


def test_a_page_says_purpose_people_goals_promises_and_what_went_well(program: Program) -> None:
    community(program.core)
    tab = at_groups(program)
    said = words_of(tab.view)

    for words in (
        "Pupils in years 7 to 9 explain how they reached an answer", "Joonas Παπαδόπουλος", "recorder",
        "Serves “Every pupil is heard in every lesson”", "Bring two transcripts of starters", "was due",
        "What is said here stays here.", "CC BY 4.0", "Everybody was visited once", "Goal reached",
        "Promise kept · ",
    ):  # fmt: skip
        assert words in said
    chart = tab.view.findChild(QWidget, f"goal_chart_{goals_of(program)[0]}")
    assert chart is not None
    assert "does not show that one thing caused another" in chart.accessibleDescription()


def goals_of(program: Program) -> list[str]:
    (row,) = groups.listing(program.core)
    return [goal.id for goal in goals.of_group(program.core, row.group.id) if goal.status == "open"]


def test_a_goal_is_set_measured_and_reached(program: Program) -> None:
    core = program.core
    group = groups.add(core, name="Maths")
    tab = at_groups(program)
    press(program, "goal_new")
    program.type("Answers with a reason")
    program.tab_to("unit")
    program.type("%")
    program.tab_to("baseline")
    program.type("forty")
    program.press(Key.Key_Return, text="\r")
    assert "no number" in words_of(sheet(program))
    program.fill("baseline", "41.5")
    program.tab_to("target")
    program.say("70")
    program.wait(lambda: no_sheet(program))
    (goal,) = goals.of_group(core, group.id)
    assert (goal.title, goal.baseline, goal.target) == ("Answers with a reason", 41.5, 70.0)

    program.wait(lambda: "No reading yet" in words_of(tab.view))
    press(program, f"reading_{goal.id}")
    program.type("44")
    program.tab_to("n")
    program.say("24")
    program.wait(lambda: no_sheet(program))
    (reading,) = readings.of_goal(core, goal.id)
    assert (reading.value, reading.n, reading.on) == (44.0, 24, groups.today(core))

    program.wait(lambda: "n 24" in words_of(tab.view))
    press(program, f"goal_close_{goal.id}")
    program.press(Key.Key_Space, text=" ")
    open_ = sheet(program)
    assert open_.main_button is not None
    open_.main_button.click()
    program.wait(lambda: no_sheet(program))
    assert goals.get(core, goal.id).status == "reached"
    program.wait(lambda: "Worth celebrating" in words_of(tab.view))
    assert "worth telling" in program.message()


def test_undo_takes_an_act_of_the_page_back(program: Program) -> None:
    made = community(program.core)
    tab = at_groups(program)
    tab.acts.do(Ask(Act.GOAL_DELETE, made.goal.id))
    assert "in the bin" in program.message()
    assert goals_of(program) == []
    program.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    program.wait(lambda: goals_of(program) == [made.goal.id])
    program.wait(lambda: "More answers come with a reason" in words_of(tab.view))


def add_person(program: Program, name: str) -> None:
    """Write a name at once, so that no list of offers opens, and press Enter."""
    (field,) = sheet(program).findChildren(PersonField)
    field.line.setText(name)
    field.line.setModified(True)
    field.line.setFocus()
    program.press(Key.Key_Return, text="\r")


def test_people_come_get_roles_and_leave(program: Program) -> None:
    group = groups.add(program.core, name="Maths")
    people.add(program.core, name="Ines Nguyen")
    tab = at_groups(program)
    press(program, "group_people")
    add_person(program, "Ines Nguyen")
    program.wait(lambda: len(groups.members(program.core, group.id)) == 1)
    add_person(program, "Somebody New")
    program.wait(lambda: len(groups.members(program.core, group.id)) == 2)
    (ines, _new) = groups.members(program.core, group.id)
    roles = program.part(f"roles_{ines.id}")
    assert isinstance(roles, Button)
    roles.menu().actions()[0].trigger()
    assert groups.parts(program.core, group.id)[0].member.roles == ("facilitator",)
    press(program, f"leave_{ines.id}")
    assert groups.parts(program.core, group.id)[0].member.until == groups.today(program.core)
    program.press(Key.Key_Escape)

    program.wait(lambda: "Somebody New" in words_of(tab.view))


def test_a_table_of_readings_is_looked_at_first(program: Program, tmp_path: Path) -> None:
    made = community(program.core, count=2)
    tab = at_groups(program)
    path = tmp_path / "averages.csv"
    path.write_text("Datum;7a;7b;n\n01.09.2026;3,1;2,9;26\nsoon;1;1;1\n", encoding="utf-8")
    tab.acts.import_readings(made.goal.id, path)
    program.wait(lambda: not no_sheet(program))
    said = words_of(sheet(program))
    assert "2 new, 0 changed, 0 as they are" in said
    assert "“soon” is no day" in said
    assert len(readings.of_goal(program.core, made.goal.id)) == 2
    main = sheet(program).main_button
    assert main is not None
    assert main.text() == "Bring in 2 readings"
    main.click()

    program.wait(lambda: len(readings.of_goal(program.core, made.goal.id)) == 4)
    program.wait(lambda: "2 readings are new" in program.message())
    history.undo(program.core)
    assert len(readings.of_goal(program.core, made.goal.id)) == 2


def test_another_column_is_chosen_in_the_preview(program: Program, tmp_path: Path) -> None:
    made = community(program.core, count=1)
    tab = at_groups(program)
    path = tmp_path / "averages.csv"
    path.write_text("date,a,b\n2026-09-01,1,61\n", encoding="utf-8")
    tab.acts.import_readings(made.goal.id, path)
    program.wait(lambda: not no_sheet(program))
    combo = tab.acts.importing.combos["value"] if tab.acts.importing is not None else None
    assert combo is not None
    combo.setCurrentIndex(combo.findData("C"))
    combo.activated.emit(combo.currentIndex())

    program.wait(lambda: "1 new, 0 changed" in words_of(sheet(program)) and "61" in words_of(sheet(program)))


def test_no_table_of_readings_is_said_in_words(program: Program, tmp_path: Path) -> None:
    made = community(program.core, count=1)
    tab = at_groups(program)
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    tab.acts.import_readings(made.goal.id, path)

    program.wait(lambda: not no_sheet(program))
    assert "holds no rows of text" in words_of(sheet(program))


def drop(program: Program, tab: GroupsListTab, *urls: QUrl) -> None:
    """Drag something over the page of the group and let it go."""
    data = QMimeData()
    data.setUrls(list(urls))
    handle = program.window.windowHandle()
    where = tab.view.mapTo(program.window, tab.view.rect().center())
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(handle, QDragEnterEvent(where, *held))
    QApplication.sendEvent(handle, QDragMoveEvent(where, *held))
    QApplication.sendEvent(handle, QDropEvent(QPointF(where), *held))


def test_a_file_let_go_on_the_page_is_kept_with_its_licence_line(program: Program, tmp_path: Path) -> None:
    made = community(program.core)
    tab = at_groups(program)
    path = tmp_path / "cards.pdf"
    path.write_bytes(b"%PDF-1.7 talk cards")
    drop(program, tab, QUrl.fromLocalFile(str(path)))
    program.tab_to("licence")
    program.say("own work")
    program.wait(lambda: no_sheet(program))

    (kept,) = [one for one in resources.of_group(program.core, made.group.id) if one.sha256]
    assert (kept.title, kept.licence) == ("cards.pdf", "own work")
    program.wait(lambda: "own work" in words_of(tab.view))
    tab.acts.save_copy(kept.id, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF-1.7 talk cards"


def test_addresses_let_go_on_the_page_are_not_fetched(program: Program) -> None:
    made = community(program.core)
    before = len(resources.of_group(program.core, made.group.id))
    drop(program, at_groups(program), QUrl("https://example.org/file.pdf"))

    assert no_sheet(program)
    assert len(resources.of_group(program.core, made.group.id)) == before


class Browser(QObject):
    """Takes what would be opened in the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Keep it."""
        self.opened.append(url.toString())


@pytest.fixture
def browser():
    found = Browser()
    for scheme in ("https", "http", "file", "smb"):
        QDesktopServices.setUrlHandler(scheme, found, "open")
    yield found
    for scheme in ("https", "http", "file", "smb"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_a_link_opens_on_a_press_and_only_a_page_of_the_web_does(program: Program, browser: Browser) -> None:
    made = community(program.core)
    at_groups(program)
    (kept,) = resources.of_group(program.core, made.group.id)
    assert browser.opened == []
    press(program, f"resource_open_{kept.id}")
    assert browser.opened == ["https://example.org/talk-moves"]

    with program.core.store.write("resource.edit") as unit:  # as another computer's copy could have it
        unit.groups.resources.change(kept.id, {"link": "file:///etc/passwd"})
        unit.commit()
    program.reload()
    press(program, f"resource_open_{kept.id}")
    assert browser.opened == ["https://example.org/talk-moves"]
    assert "address" in program.message()


def test_links_are_chosen_with_the_space_key(program: Program) -> None:
    made = community(program.core)
    tab = at_groups(program)
    tab.acts.do(Ask(Act.LINK, made.goal.id))
    program.press(Key.Key_Down)
    program.press(Key.Key_Space, text=" ")
    main = sheet(program).main_button
    assert main is not None
    main.click()

    program.wait(lambda: "2 visits:" in words_of(tab.view))


def test_the_list_leads_to_each_group_and_the_one_that_meets_no_more(program: Program) -> None:
    core = program.core
    first, second = groups.add(core, name="Arts"), groups.add(core, name="Biology")
    tab = at_groups(program)
    tab.list.setFocus()
    program.press(Key.Key_Down)
    assert tab.group_id == second.id
    assert not tab.archived_button.isVisible()
    tab.acts.do(Ask(Act.ARCHIVE))
    program.wait(lambda: tab.group_id == first.id)
    assert tab.archived_button.isVisible()
    page = program.window.current_page
    assert isinstance(page, GroupsPage)
    page.go_to(GroupsTarget("groups", second.id))

    program.wait(lambda: tab.group_id == second.id)
    assert "former group" in words_of(tab.view)


def test_the_keyboard_stays_where_it_was_when_something_changes(program: Program) -> None:
    made = community(program.core)
    tab = at_groups(program)
    button = program.part(f"reading_{made.goal.id}")
    button.setFocus()
    readings.add(program.core, goal_id=made.goal.id, on=groups.today(program.core), value=64, n=9)
    program.wait(lambda: "n 9" in words_of(tab.view))

    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"reading_{made.goal.id}"


def test_readings_are_saved_as_a_table_that_says_what_it_does_not_show(program: Program, tmp_path: Path) -> None:
    made = community(program.core)
    tab = at_groups(program)
    target = tmp_path / "readings.csv"
    tab.acts.export_readings(made.goal.id, target)

    assert "does not show that one thing caused another" in target.read_text(encoding="utf-8-sig")
    tab.acts.export_readings(made.goal.id, tmp_path / "nowhere" / "readings.csv")
    assert "not" in program.message()


def test_all_readings_can_be_looked_through_and_taken_away(program: Program) -> None:
    made = community(program.core, count=3)
    tab = at_groups(program)
    tab.acts.do(Ask(Act.READINGS, made.goal.id))
    newest = readings.of_goal(program.core, made.goal.id)[-1]
    press(program, f"delete_{newest.id}")
    assert len(readings.of_goal(program.core, made.goal.id)) == 2
    oldest = readings.of_goal(program.core, made.goal.id)[0]
    press(program, f"change_{oldest.id}")
    program.wait(lambda: sheet(program).objectName() == "reading_sheet")
    program.fill("value", "12")
    program.press(Key.Key_Return, text="\r")

    program.wait(lambda: readings.of_goal(program.core, made.goal.id)[0].value == 12)
