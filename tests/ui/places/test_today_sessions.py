"""Sessions and their follow-ups in Today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.services import history, people
from observe_app.services.sessions import follow_ups, running, sessions
from observe_app.ui.groups.tab_base import SESSIONS, GroupsTarget
from observe_app.ui.today import TodayPage
from observe_app.ui.widgets import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.two_line_row import TwoLineRow


def rows(page: TodayPage, name: str) -> list[TwoLineRow]:
    return [row for row in page.rows if row.objectName() == name]


def test_the_next_session_is_there_and_leads_to_it(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    sessions.plan(core, title="Far away", start=clock.now() + timedelta(days=9))
    near = sessions.plan(core, title="Wait time", start=clock.now() + timedelta(days=1), place="Room 12")
    page = open_page(TodayPage)

    (row,) = rows(page, "today_session")
    assert row.accessibleName().startswith("Tomorrow, Wait time")
    with qtbot.waitSignal(page.groups_asked) as asked:
        row.opened.emit()
    assert asked.args == [GroupsTarget(SESSIONS, near.id)]


def test_what_runs_comes_before_what_is_planned(
    core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    sessions.plan(core, title="Later", start=clock.now() + timedelta(hours=2))
    now = sessions.plan(core, title="Now", start=clock.now())
    running.start(core, session_id=now.id)
    page = open_page(TodayPage)

    assert [row.accessibleName().split(",")[1].strip() for row in rows(page, "today_session")] == ["Now", "Later"]


def test_a_follow_up_is_done_with_its_button_and_comes_back_by_undo(
    qtbot: QtBot, core: Core, clock: FakeClock, open_page: Callable[[type[TodayPage]], TodayPage]
) -> None:
    me = people.introduce(core, name="Jonas Brandt")
    assert me is not None
    session = sessions.plan(core, title="Wait time", start=clock.now() - timedelta(days=7))
    late = clock.now().date() - timedelta(days=1)
    follow_ups.add(core, session_id=session.id, text="Theirs", due=late)
    mine = follow_ups.add(core, session_id=session.id, text="Share the clips", owner_id=me.id, due=late)
    page = open_page(TodayPage)
    found = rows(page, "today_follow_up")
    assert "Share the clips, you, Was due. From Wait time" in found[0].accessibleName(), "one's own first"
    assert len(found) == 2

    button = found[0].findChild(Button, "follow_up_done")
    assert button is not None
    with qtbot.waitSignal(page.message_posted) as told:
        button.click()

    assert told.args is not None
    assert (told.args[0].text, told.args[0].key) == ("Done: Share the clips", "undo/")
    assert follow_ups.open_follow_up(core, mine.id).value.status == "done"
    qtbot.waitUntil(lambda: len(rows(page, "today_follow_up")) == 1)
    history.undo(core)
    qtbot.waitUntil(lambda: len(rows(page, "today_follow_up")) == 2)
