"""Sessions on the screen, by keyboard: planned, run, written down; through the page of groups, and over a crash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.sessions.states import SessionState
from observe_app.services import history
from observe_app.services.core import subscribe
from observe_app.services.sessions import attendance, follow_ups, items, running, series, sessions
from observe_app.ui.bus import ChangeBus
from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import SESSIONS, GroupsTarget
from observe_app.ui.sessions.line_rows import PromiseRow
from observe_app.ui.sessions.series_sheet import SeriesSheet
from observe_app.ui.sessions.tab import MINUTES, PLAN, RUN, SessionsTab
from tests.ui.sessions.made import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bus(core: Core, qapp: object) -> Iterator[ChangeBus]:
    found = ChangeBus()
    end = subscribe(core, found.publish)
    yield found
    end()


@pytest.fixture
def page(core: Core, runner: JobRunner, bus: ChangeBus, shown: Callable[[QWidget], QWidget]) -> GroupsPage:
    found = GroupsPage(core, runner, bus)
    found.resize(1290, 768)
    found.go_to(GroupsTarget(SESSIONS))
    shown(found)
    found.activate()
    return found


def tab_of(page: GroupsPage) -> SessionsTab:
    tab = page.tab
    assert isinstance(tab, SessionsTab)
    return tab


def show(page: GroupsPage, session_id: str) -> SessionsTab:
    """Show a session in the view that fits it."""
    page.go_to(GroupsTarget(SESSIONS, session_id))
    return tab_of(page)


def say(tab: SessionsTab, words: str, key: Key = Key.Key_Return, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Type into the note line and give it by a key."""
    tab.run.begin()
    QTest.keyClicks(tab.run.line.edit, words)
    QTest.keyClick(tab.run.line.edit, key, modifier or Qt.KeyboardModifier.NoModifier)


def test_an_empty_place_says_what_it_is_for_and_plans_the_first(page: GroupsPage, core: Core) -> None:
    tab = tab_of(page)
    assert tab.start_widget() is tab.empty_button

    tab.empty_button.click()

    (row,) = sessions.listing(core)
    assert row.session.title == "New session"
    assert tab.plan.title_line.hasSelectedText()
    QTest.keyClicks(tab.plan.title_line, "Wait time")
    assert tab.leave()
    assert sessions.get(core, row.session.id).title == "Wait time"
    history.undo(core)
    assert sessions.get(core, row.session.id).title == "New session"


class TestPlanning:
    """Fields and agenda keep themselves."""

    def test_tab_goes_along_the_lines_as_one_reads(self, page: GroupsPage, core: Core) -> None:
        plan = show(page, sessions.plan(core, title="Wait time").id).plan
        plan.title_line.setFocus()
        walked = []
        for _ in range(8):
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
            focused = QApplication.focusWidget()
            walked.append(focused.accessibleName() if focused is not None else "")

        assert walked == [
            "Group", "Date", "Time", "Minutes", "Place", "Led by", "Minutes by", "Time kept by",
        ]  # fmt: skip

    def test_lines_are_written_with_enter_and_moved_with_alt(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        session = sessions.plan(core, title="Wait time", minutes=60)
        tab = show(page, session.id)
        tab.plan.begin()
        for words in ("Welcome 10 min", "Two clips (20 min)", "Year 8"):
            line = tab.plan.agenda.rows[-1].title_line
            assert line.hasFocus()
            QTest.keyClicks(line, words)
            QTest.keyClick(line, Key.Key_Return)

        found = items.of_session(core, session.id)
        assert [(one.title, one.minutes) for one in found] == [("Welcome", 10), ("Two clips", 20), ("Year 8", None)]
        assert tab.plan.agenda.head.right.text() == "30 of 60 min"
        QTest.keyClick(tab.plan.agenda.rows[2].title_line, Key.Key_Up, ALT)
        assert [one.title for one in items.of_session(core, session.id)] == ["Welcome", "Year 8", "Two clips"]
        assert tab.plan.agenda.rows[1].title_line.hasFocus()
        QTest.keyClicks(tab.plan.agenda.rows[1].minutes_line, "45")
        QTest.keyClick(tab.plan.agenda.rows[1].minutes_line, Key.Key_Return)
        assert "15 too many" in tab.plan.agenda.head.right.text()

    def test_an_emptied_line_goes_with_backspace_and_comes_back(self, page: GroupsPage, core: Core) -> None:
        session = sessions.plan(core, title="Wait time")
        items.add_lines(core, session_id=session.id, text="One\nTwo")
        tab = show(page, session.id)
        row = tab.plan.agenda.rows[1]
        row.title_line.setFocus()
        row.title_line.selectAll()
        QTest.keyClick(row.title_line, Key.Key_Backspace)
        QTest.keyClick(row.title_line, Key.Key_Backspace)

        assert [one.title for one in items.of_session(core, session.id)] == ["One"]
        history.undo(core)
        assert [one.title for one in items.of_session(core, session.id)] == ["One", "Two"]

    def test_minutes_that_are_none_are_said_and_hold_the_user(self, page: GroupsPage, core: Core) -> None:
        session = sessions.plan(core, title="Wait time")
        items.add_lines(core, session_id=session.id, text="One")
        tab = show(page, session.id)
        row = tab.plan.agenda.rows[0]
        row.minutes_line.setFocus()
        QTest.keyClicks(row.minutes_line, "x")

        assert not tab.leave()
        assert tab.plan.agenda.remark.isVisible()
        row.minutes_line.clear()
        assert tab.leave()

    def test_what_changed_elsewhere_shows_and_words_being_typed_stay(
        self, page: GroupsPage, core: Core, qtbot: QtBot
    ) -> None:
        session = sessions.plan(core, title="Wait time")
        one, two = items.add_lines(core, session_id=session.id, text="One\nTwo")
        tab = show(page, session.id)
        row = tab.plan.agenda.rows[0]
        row.title_line.setFocus()
        QTest.keyClicks(row.title_line, " more")

        items.edit(core, item_id=two.id, title="Other")
        qtbot.waitUntil(lambda: tab.plan.agenda.rows[1].title_line.text() == "Other", timeout=5000)

        assert row.title_line.text() == "One more"
        assert tab.leave()
        assert items.open_item(core, one.id).value.title == "One more"

    def test_a_series_shows_its_days_and_is_made_in_one_step(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        session = sessions.plan(core, title="Wait time", start=clock.now())
        tab = show(page, session.id)
        tab.plan.repeat_button.click()
        sheet = page.window().findChild(SeriesSheet)
        assert sheet is not None
        sheet.count_line.selectAll()
        QTest.keyClicks(sheet.count_line, "3")
        assert "3 sessions: Tue 10 Mar, Tue 17 Mar, Tue 24 Mar" in sheet.days_label.text()
        sheet.accept()

        assert len(sessions.listing(core)) == 3
        assert tab.plan.following_box.isVisibleTo(tab.plan)
        assert not tab.plan.repeat_button.isVisibleTo(tab.plan)
        tab.plan.following_box.click()
        QTest.keyClicks(tab.plan.place_line, "Room 3")
        assert tab.leave()
        assert [row.session.place for row in sessions.listing(core)] == ["Room 3"] * 3

    def test_what_was_parked_comes_on_the_agenda(self, page: GroupsPage, core: Core, clock: FakeClock) -> None:
        ids = made(core, clock, run=False)
        tab = show(page, ids["second"])
        before = len(items.of_session(core, ids["second"]))

        button = tab.plan.carried.findChild(QWidget, "carried_agenda")
        assert button is not None
        button.click()  # type: ignore[attr-defined]  # a button

        assert len(items.of_session(core, ids["second"])) == before + 1
        assert series.carried(core, ids["second"]).parking == ()


class TestRunning:
    """The clock and the note line."""

    def test_the_line_has_the_keyboard_and_keys_sort_what_it_says(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        assert tab.views.currentIndex() == RUN
        assert tab.start_widget() is tab.run.line.edit

        say(tab, "Lively talk")
        say(tab, "Everybody films", Key.Key_D, ALT)
        say(tab, "Parents?", Key.Key_P, ALT)
        say(tab, "Mei: collect the tickets", Key.Key_F, ALT)

        assert tab.run.line.edit.hasFocus()
        assert tab.run.line.edit.text() == ""
        assert sessions.get(core, ids["second"]).notes.endswith("Lively talk")
        assert "Lively talk" in tab.run.notes_area.text()
        kinds = {one.title: one.kind for one in items.of_session(core, ids["second"])}
        assert (kinds["Everybody films"], kinds["Parents?"]) == ("decision", "parking")
        promise = follow_ups.of_session(core, ids["second"])[-1]
        assert (promise.follow_up.text, promise.owner) == ("collect the tickets", "Mei Lindqvist")
        assert promise.follow_up.due == clock.now().date() + timedelta(days=7), "by the next session"

    def test_the_clock_follows_and_over_time_is_said_quietly(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        assert (tab.run.band.clock.text(), tab.run.band.clock_note.text()) == ("14:48", "left of 20 min")
        clock.advance(seconds=15 * 60)
        tab.run.show_time()
        assert (tab.run.band.clock.text(), tab.run.band.clock_note.text()) == ("0:12", "over time")
        assert tab.run.band.clock.tone == "warm"

        tab.run.begin()
        QTest.keyClick(tab.run.line.edit, Key.Key_N, ALT)
        assert tab.run.band.current.text() == "Plan a trial in pairs"
        assert tab.run.band.clock_note.text() == "left of 15 min"
        QTest.keyClick(tab.run.line.edit, Key.Key_B, ALT)
        assert tab.run.band.current.text().startswith("Two clips")

    def test_all_are_present_with_one_key(self, page: GroupsPage, core: Core, clock: FakeClock) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        tab.run.begin()
        QTest.keyClick(tab.run.line.edit, Key.Key_A, ALT)

        counts = attendance.counts(attendance.sheet(core, ids["second"]))
        assert (counts["present"], counts["part"], counts[""]) == (4, 1, 0)
        assert tab.run.attendance.head.right.text() == "5 of 5"

    def test_letters_typed_anywhere_land_in_the_line(self, page: GroupsPage, core: Core, clock: FakeClock) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        tab.run.setFocus()
        QTest.keyClick(tab.run, Key.Key_H)
        assert tab.run.line.edit.text() == "h"
        assert tab.run.line.edit.hasFocus()

    def test_a_session_is_begun_and_ended_by_its_buttons(self, page: GroupsPage, core: Core, clock: FakeClock) -> None:
        ids = made(core, clock, run=False)
        tab = show(page, ids["second"])
        tab.tabs.setCurrentIndex(RUN)
        tab.run.band.start_button.click()
        assert sessions.get(core, ids["second"]).state == SessionState.RUNNING
        assert tab.run.line.edit.hasFocus()
        clock.advance(seconds=1800)
        tab.run.band.stop_button.click()
        assert sessions.get(core, ids["second"]).state == SessionState.HELD
        assert tab.run.band.clock.text() == "30 min"

    def test_rows_keep_themselves_and_promises_get_an_owner(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        row = next(iter(tab.run.promises.rows.values()))
        assert isinstance(row, PromiseRow)
        row.words_line.setFocus()
        QTest.keyClick(row.words_line, Key.Key_End)
        QTest.keyClicks(row.words_line, " soon")
        tab.run.line.edit.setFocus()
        assert follow_ups.of_session(core, ids["second"])[0].follow_up.text.endswith("camera soon")
        at = row.owner_box.findText("Mei Lindqvist")
        row.owner_box.setCurrentIndex(at)
        row.owner_box.activated.emit(at)
        assert follow_ups.of_session(core, ids["second"])[0].owner == "Mei Lindqvist"

    def test_a_decision_can_be_taken_away_and_brought_back(
        self, page: GroupsPage, core: Core, clock: FakeClock
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        say(tab, "Everybody films", Key.Key_D, ALT)
        assert len(tab.run.decisions.rows) == 2
        history.undo(core)
        tab.reload()
        assert len(tab.run.decisions.rows) == 1

    def test_what_was_not_given_yet_survives_the_program(
        self, page: GroupsPage, core: Core, clock: FakeClock, qtbot: QtBot, runner: JobRunner
    ) -> None:
        """Nobody leaves in order: the window is just gone, as after a kill."""
        ids = made(core, clock)
        tab = show(page, ids["second"])
        tab.run.begin()
        QTest.keyClicks(tab.run.line.edit, "half a sen")
        qtbot.waitUntil(lambda: running.line_draft(core, ids["second"]) == "half a sen", timeout=5000)
        tab.run.notes_area.setFocus()
        QTest.keyClicks(tab.run.notes_area, "Typed. ")
        qtbot.waitUntil(lambda: "Typed. " in sessions.get(core, ids["second"]).notes, timeout=5000)
        clock.advance(seconds=60)
        clock.boot_id = "another start"

        again = GroupsPage(core, runner, ChangeBus())
        qtbot.addWidget(again)
        fresh = show(again, ids["second"])
        again.activate()

        assert fresh.run.line.edit.text() == "half a sen"
        assert fresh.run.band.clock.text() == "13:48"
        assert "Typed. " in fresh.run.notes_area.text()


class TestMinutes:
    """Seen before they go out."""

    def test_the_page_is_drawn_and_saved(
        self, page: GroupsPage, core: Core, clock: FakeClock, qtbot: QtBot, tmp_path: Path
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["first"])
        assert tab.views.currentIndex() == MINUTES
        qtbot.waitUntil(lambda: tab.minutes.shown is not None, timeout=30_000)
        shown = tab.minutes.shown
        assert shown is not None
        assert shown.pages == 1

        with qtbot.waitSignal(tab.minutes.written):
            tab.minutes.save_to(tmp_path / "minutes.pdf")
        assert (tmp_path / "minutes.pdf").read_bytes() == shown.data
        told = []
        tab.failed.connect(told.append)
        tab.minutes.save_to(tmp_path / "none" / "minutes.pdf")
        assert len(told) == 1

    def test_the_notes_are_in_it_only_where_asked(
        self, page: GroupsPage, core: Core, clock: FakeClock, qtbot: QtBot
    ) -> None:
        ids = made(core, clock)
        tab = show(page, ids["second"])
        tab.tabs.setCurrentIndex(MINUTES)
        qtbot.waitUntil(lambda: tab.minutes.shown is not None, timeout=30_000)
        before = tab.minutes.shown
        tab.minutes.notes_box.click()
        assert before is not None
        assert not tab.minutes.save_button.isEnabled(), "what is saved is what was asked for"
        qtbot.waitUntil(
            lambda: tab.minutes.shown is not None and len(tab.minutes.shown.data) > len(before.data), timeout=30_000
        )
        qtbot.waitUntil(tab.minutes.save_button.isEnabled, timeout=30_000)


class TestActs:
    """What the menu does can be taken back."""

    def test_cancelled_deleted_held(self, page: GroupsPage, core: Core, clock: FakeClock) -> None:
        ids = made(core, clock, run=False)
        tab = show(page, ids["third"])
        tab.menu.cancel_act.trigger()
        assert sessions.get(core, ids["third"]).state == SessionState.CANCELLED
        tab.menu.again_act.trigger()
        tab.menu.delete_following_act.trigger()
        assert len(sessions.listing(core)) == 2
        history.undo(core)
        assert len(sessions.listing(core)) == 4
        show(page, ids["second"])
        tab.menu.held_act.trigger()
        assert sessions.get(core, ids["second"]).state == SessionState.HELD
        assert tab.views.currentIndex() == RUN

    def test_a_calendar_file_is_written_and_a_fault_is_said(
        self, page: GroupsPage, core: Core, clock: FakeClock, tmp_path: Path, qtbot: QtBot
    ) -> None:
        ids = made(core, clock, run=False)
        tab = show(page, ids["third"])
        with qtbot.waitSignal(tab.message_posted):
            tab.menu.save_calendar(tmp_path / "a.ics", series=True)
        assert b"https://meet.example/wait-time" in (tmp_path / "a.ics").read_bytes()
        with qtbot.waitSignal(tab.failed):
            tab.menu.save_calendar(tmp_path / "none" / "a.ics")

    def test_a_session_deleted_elsewhere_gives_way_to_another(
        self, page: GroupsPage, core: Core, clock: FakeClock, qtbot: QtBot
    ) -> None:
        ids = made(core, clock, run=False)
        tab = show(page, ids["third"])
        assert tab.views.currentIndex() == PLAN
        sessions.delete(core, session_id=ids["third"])
        qtbot.waitUntil(lambda: len(tab.model.rows) == 3, timeout=5000)
        assert tab.plan.session is None or tab.plan.session.id != ids["third"]


def test_undo_in_the_note_line_reaches_the_window_once_the_line_is_empty(
    page: GroupsPage, core: Core, clock: FakeClock
) -> None:
    """The line asks for Ctrl+Z only while it has typing of its own to take back."""
    ids = made(core, clock)
    tab = show(page, ids["second"])
    line = tab.run.line.edit

    def asks() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QCoreApplication.sendEvent(line, event)
        return event.isAccepted()

    tab.run.begin()
    QTest.keyClicks(line, "Lively")
    assert asks()
    QTest.keyClick(line, Key.Key_Return)
    assert not asks()


def test_a_long_agenda_and_many_sessions_stay_workable(page: GroupsPage, core: Core, clock: FakeClock) -> None:
    session = sessions.plan(core, title="Long", start=clock.now())
    items.add_lines(core, session_id=session.id, text="\n".join(f"Line {at} 5 min" for at in range(60)))
    series.repeat(core, session_id=session.id, every="weekly", count=60)
    tab = show(page, session.id)

    assert len(tab.model.rows) == 60
    assert len(tab.plan.agenda.rows) == 61
    assert "240 too many" in tab.plan.agenda.head.right.text()
    running.start(core, session_id=session.id)
    tab.tabs.setCurrentIndex(RUN)
    assert len(tab.run.progress.items) == 60
