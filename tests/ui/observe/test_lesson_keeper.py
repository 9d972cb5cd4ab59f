"""The lesson's time as the window keeps it: jumps and sleeps, pauses, corrections, and the words in which it asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from observe_app.domain.errors import DiskFull, ObserveError, VisitStageError
from observe_app.services import lesson, notes
from observe_app.ui.observe.clock_widget import LessonClockWidget
from observe_app.ui.observe.stream_pane import StreamPane
from tests.services.event_form import visit_with
from tests.ui.observe.keys import type_text
from tests.ui.observe.lesson_window import BACK, DAY, SLEPT, YEAR, Window, click

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from observe_app.ui.observe import ObserveTab


def test_a_clock_that_goes_right_is_never_spoken_of(window: Window) -> None:
    window.clock.jump_wall(seconds=4)
    window.seconds(seconds=30)
    window.clock.jump_wall(seconds=-5)
    window.seconds(seconds=30)

    assert window.said == ""
    assert window.live.gaps == ()
    assert window.elapsed == 1_450_000


def test_a_lesson_that_went_on_while_the_computer_slept_counts_the_sleep(window: Window, qtbot: QtBot) -> None:
    before = window.note("before")
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    assert window.said == SLEPT
    assert (window.bar.action_button.text(), window.bar.second_button.text()) == ("It went on", "It did not")
    window.seconds(seconds=10)
    after = window.note("after")

    with qtbot.waitSignals([window.keeper.done, window.keeper.clock_changed]):
        click(qtbot, window, "It went on")
    assert window.said == ""
    assert window.elapsed == 1_390_000 + 760_000 + 10_000
    assert {event.id: event.offset_ms for event in window.model.events}[after] == window.elapsed
    assert {event.id: event.offset_ms for event in window.model.events}[before] == 1_390_000
    assert "Clock gap 12:40, counted" in window.rows()

    assert window.live.undo().kind == "lesson.gap"
    assert window.elapsed == 1_400_000
    assert {event.id: event.offset_ms for event in window.model.events}[after] == 1_400_000
    assert "Clock gap 12:40: did the lesson go on?" in window.rows()
    window.live.redo()
    assert window.elapsed == 2_160_000


def test_a_lesson_that_did_not_go_on_keeps_its_time(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    click(qtbot, window, "It did not")

    assert window.elapsed == 1_390_000
    assert "Clock gap 12:40, not counted" in window.rows()
    window.seconds(seconds=30)
    assert window.said == ""
    assert len(window.live.gaps) == 1


def test_a_gap_is_asked_about_once_and_stays_marked_until_it_is_answered(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    qtbot.mouseClick(window.bar.close_button, Qt.MouseButton.LeftButton)
    window.seconds(seconds=30)
    assert window.said == ""
    assert [gap.open for gap in window.live.gaps] == [True]
    assert window.strip.accessibleDescription() == "Clock gap 12:40: did the lesson go on?"

    x = 24 + round(1000 * 1390 / 3000)
    window.strip.resize(1048, 56)
    with qtbot.waitSignal(window.strip.gap_chosen):
        qtbot.mouseClick(window.strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert window.said == SLEPT
    click(qtbot, window, "It went on")
    assert window.elapsed == 2_180_000
    window.keeper.ask_gap(window.live.gaps[0].event)
    click(qtbot, window, "It did not")
    assert window.elapsed == 1_420_000


def test_a_message_that_another_one_hid_is_asked_again(window: Window) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    window.bar.clear()
    window.keeper.tick()

    assert window.said == SLEPT


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_clock_set_by_a_year_within_a_lesson_is_said_and_touches_nothing(window: Window, jump: int) -> None:
    first = window.note("before")
    window.clock.jump_wall(seconds=jump)
    window.keeper.tick()
    assert window.said == DAY
    assert window.bar.action_button.isHidden()
    window.seconds(seconds=60)
    second = window.note("after")

    assert window.elapsed == 1_450_000
    stored = {event.id: event for event in notes.stream(window.core, window.live.visit_id)}
    assert (stored[first].offset_ms, stored[second].offset_ms) == (1_390_000, 1_450_000)
    assert stored[second].wall == window.clock.now()
    assert "The computer’s clock moved by more than a day" in window.rows()
    window.live.finish()
    assert window.live.visit.ended == window.live.visit.started + timedelta(seconds=1450)  # type: ignore[operator]
    assert window.live.clock.elapsed_ms() == 1_450_000


def test_a_clock_put_back_is_said_and_touches_nothing(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=-760)
    window.keeper.tick()

    assert window.said == BACK
    assert window.elapsed == 1_390_000
    assert not window.keeper.asking
    window.keeper.ask_gap(window.live.gaps[0].event)
    assert window.said == BACK
    qtbot.mouseClick(window.bar.close_button, Qt.MouseButton.LeftButton)
    assert window.said == ""


def test_two_gaps_are_asked_about_one_after_the_other(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=760)
    window.seconds(seconds=1)
    window.clock.jump_wall(seconds=60)
    window.seconds(seconds=1)
    assert "12:40" in window.said
    click(qtbot, window, "It went on")
    assert window.said == ("The computer slept or its clock moved for 1:00 at 35:52. Did the lesson go on?")
    click(qtbot, window, "It went on")
    assert window.elapsed == 1_392_000 + 820_000


def test_another_time_zone_disturbs_nothing(window: Window) -> None:
    window.clock.zone = "Asia/Tokyo"
    window.seconds(seconds=20)

    assert (window.said, window.elapsed) == ("", 1_410_000)


# -- pause, phase, correction


def test_pause_and_going_on_are_told_and_taken_back(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignals([window.keeper.done, window.keeper.clock_changed]):
        window.keeper.pause()
    window.seconds(seconds=130)
    assert window.live.paused_since == 1_390_000
    assert window.rows() == ["Paused"]
    window.keeper.toggle_pause()
    assert window.rows() == ["Paused 2:10", "Went on"]
    assert window.elapsed == 1_520_000

    window.live.undo()
    assert window.live.paused_since == 1_390_000
    assert window.rows() == ["Paused"]
    window.live.undo()
    assert window.live.paused_since is None
    assert window.rows() == []


def test_a_lesson_that_has_not_begun_is_not_paused(
    core: Core, open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(visit_with(core))
    with qtbot.waitSignal(window.keeper.refused) as refused:
        window.keeper.toggle_pause()
    assert isinstance(refused.args[0], VisitStageError)


def test_a_phase_needs_a_name(window: Window, qtbot: QtBot) -> None:
    assert window.keeper.phase("Pair work")
    assert [phase.name for phase in window.live.phases] == ["Pair work"]
    with qtbot.waitSignal(window.keeper.refused):
        assert not window.keeper.phase("  ")
    assert window.rows() == ["Pair work"]


def test_the_lesson_time_is_corrected_from_the_clock_and_taken_back(window: Window, qtbot: QtBot) -> None:
    widget = LessonClockWidget(window.page)
    widget.correction_asked.connect(window.keeper.set_clock)
    widget.tick(window.live.clock, 50)
    widget.show()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(widget.field.edit, "soon")
    qtbot.keyClick(widget.field.edit, Qt.Key.Key_Return)
    assert widget.field.hint.text() == "This is no lesson time. Write it like 31:40."
    assert window.elapsed == 1_390_000
    widget.field.edit.setText("31:40")
    qtbot.keyClick(widget.field.edit, Qt.Key.Key_Return)

    assert window.elapsed == 1_900_000
    assert not widget.field.isVisible()
    assert window.rows() == ["Lesson clock set ahead by 8:30"]
    window.keeper.set_clock(0)
    window.seconds(seconds=7)
    assert window.elapsed == 7_000
    window.keeper.ask_gap(window.live.gaps[0].event)
    assert window.said == "The lesson clock was set back by 31:40 at 00:00."
    window.live.undo()
    assert window.elapsed == 1_907_000


def test_a_full_disk_loses_no_gap(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark and the question come once the disk takes them; the clock is right all the time."""

    def full(*_args: object, **_fields: object) -> None:
        raise DiskFull(window.core.folder)

    with monkeypatch.context() as broken:
        broken.setattr(window.core.store.engine, "connect", full)
        window.clock.jump_wall(seconds=760)
        window.seconds(seconds=15)
        assert window.said == ""
    window.seconds(seconds=15)

    assert window.said == SLEPT.replace("23:10", "23:11")
    assert [gap.offset_ms for gap in window.live.gaps] == [1_390_000 + 1000]
    assert window.elapsed == 1_420_000


def test_an_answer_that_the_disk_refused_is_asked_again(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()

    def full(*_args: object, **_fields: object) -> None:
        raise DiskFull(window.core.folder)

    with monkeypatch.context() as broken, qtbot.waitSignal(window.keeper.refused) as refused:
        broken.setattr(window.core.store.engine, "connect", full)
        click(qtbot, window, "It went on")
    assert isinstance(refused.args[0], ObserveError)
    assert window.said == SLEPT
    click(qtbot, window, "It went on")
    assert window.elapsed == 2_150_000


def test_the_anchor_is_never_older_than_ten_seconds(window: Window) -> None:
    for _ in range(25):
        window.seconds(seconds=1)
        kept = lesson.anchor(window.core, window.live.visit_id)
        assert kept is not None
        assert window.elapsed - kept.raw_ms <= 10_000
    window.keeper.close()
    kept = lesson.anchor(window.core, window.live.visit_id)
    assert kept is not None
    assert kept.raw_ms == window.elapsed


def test_taking_away_a_gap_that_counts_moves_back_what_it_moved(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    click(qtbot, window, "It went on")
    after = window.note("after")
    window.live.remove(window.live.gaps[0].event)

    assert window.elapsed == 1_390_000
    assert notes.get(window.core, after).offset_ms == 2_150_000 - 760_000
    assert [gap.outcome for gap in window.live.gaps] == ["ignored"]
    window.live.remove(window.live.gaps[0].event)
    assert window.live.gaps == ()


def test_a_gap_is_answered_after_the_lesson_too(window: Window, qtbot: QtBot) -> None:
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    qtbot.mouseClick(window.bar.close_button, Qt.MouseButton.LeftButton)
    window.live.finish()
    window.keeper.ask_gap(window.live.gaps[0].event)
    click(qtbot, window, "It went on")

    assert window.elapsed == 2_150_000
    assert window.live.visit.ended == window.live.visit.started + timedelta(seconds=2150)  # type: ignore[operator]


def test_enter_on_the_row_of_a_gap_asks_about_it(window: Window, qtbot: QtBot) -> None:
    view = StreamPane(window.model, window.page).view
    view.gap_asked.connect(window.keeper.ask_gap)
    window.clock.jump_wall(seconds=760)
    window.keeper.tick()
    qtbot.mouseClick(window.bar.close_button, Qt.MouseButton.LeftButton)
    view.show_row(window.model.row_of(window.live.gaps[0].event))
    qtbot.keyClick(view, Qt.Key.Key_Return)

    assert window.said == SLEPT


def test_the_whole_tab_asks_counts_and_shows_it(
    core: Core, clock: FakeClock, open_tab: Callable[[str], ObserveTab], qtbot: QtBot
) -> None:
    """The same through the real page: a jump while it is away from sight is noticed when it is shown again."""
    tab = open_tab(visit_with(core))
    type_text(tab.line.edit, "T begins")
    qtbot.keyClick(tab.line.edit, Qt.Key.Key_Return)
    clock.advance(seconds=1390)
    tab.hide()
    clock.jump_wall(seconds=760)
    tab.show()
    assert tab.message_bar.message is not None
    assert tab.message_bar.message.text == SLEPT
    type_text(tab.line.edit, "words go on")
    assert tab.message_bar.message is not None
    assert tab.message_bar.message.text == SLEPT
    qtbot.mouseClick(tab.message_bar.action_button, Qt.MouseButton.LeftButton)

    assert tab.message_bar.message is None
    assert tab.clock_widget.time_text == "35:50"
    assert tab.line.typed == "words go on"
