"""Notices to the pages: at once, but for those of a round, which are gathered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from observe_app.domain.changes import Changes
from observe_app.ui.bus import MOST_ROWS, ChangeBus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot


def came(number: int, rows: int = 1) -> Changes:
    records = frozenset(("event", f"e{number}-{row}") for row in range(rows))
    return Changes(records, "sync", frozenset({f"v{number}"}), "sync", number, rows)


def publish_elsewhere(bus: ChangeBus, notices: Sequence[Changes]) -> None:
    def tell() -> None:
        for one in notices:
            bus.publish(one)

    thread = threading.Thread(target=tell)
    thread.start()
    thread.join()


def test_many_commits_of_a_round_make_one_notice_with_all_their_records(qtbot: QtBot) -> None:
    bus, heard = ChangeBus(), list[Changes]()
    bus.changed.connect(heard.append)
    publish_elsewhere(bus, [came(number) for number in range(1, 41)])
    qtbot.wait_until(lambda: bool(heard))
    assert len(heard) == 1
    assert heard[0].of("event") == {f"e{number}-0" for number in range(1, 41)}
    assert heard[0].visits == {f"v{number}" for number in range(1, 41)}
    assert (heard[0].action, heard[0].initiator, heard[0].position, heard[0].count) == ("sync", "sync", 40, 40)


def test_a_flood_comes_in_parts_that_a_page_can_bear_and_nothing_is_left_out(qtbot: QtBot) -> None:
    bus, heard = ChangeBus(), list[Changes]()
    bus.changed.connect(heard.append)
    publish_elsewhere(bus, [came(number, MOST_ROWS // 2) for number in range(1, 6)])
    qtbot.wait_until(lambda: sum(len(one.rows) for one in heard) == 5 * (MOST_ROWS // 2))
    assert [len(one.rows) for one in heard] == [MOST_ROWS, MOST_ROWS, MOST_ROWS // 2]
    assert heard[-1].position == 5


def test_one_large_commit_is_told_whole(qtbot: QtBot) -> None:
    bus, heard = ChangeBus(), list[Changes]()
    bus.changed.connect(heard.append)
    publish_elsewhere(bus, [came(1, 3 * MOST_ROWS), came(2)])
    qtbot.wait_until(lambda: len(heard) == 2)
    assert [len(one.rows) for one in heard] == [3 * MOST_ROWS, 1]


def test_what_a_job_of_the_window_wrote_is_not_gathered(qtbot: QtBot) -> None:
    bus, heard = ChangeBus(), list[Changes]()
    bus.changed.connect(heard.append)
    own = [Changes(frozenset({("event", str(number))}), "import.notes", initiator="window") for number in range(3)]
    publish_elsewhere(bus, own)
    qtbot.wait_until(lambda: len(heard) == 3)
    assert heard == own
