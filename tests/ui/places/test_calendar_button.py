"""The calendar file in the window: from Prepare, and from the next visit agreed in Talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QWidget

from observe_app.services import visits
from observe_app.ui.visit.calendar_button import CalendarButton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@pytest.fixture
def button(qtbot: QtBot, core: Core) -> Iterator[CalendarButton]:
    """Return a button on a page that stays as long as the test."""
    page = QWidget()
    qtbot.addWidget(page)
    yield CalendarButton(core, page)
    page.close()


def test_without_a_date_the_button_says_why_it_rests(core: Core, button: CalendarButton) -> None:
    button.show_visit(visits.plan(core))

    assert not button.isEnabled()
    assert "no date" in button.toolTip()


def test_the_file_is_written_and_said(
    qtbot: QtBot, core: Core, clock: FakeClock, button: CalendarButton, tmp_path: Path
) -> None:
    visit = visits.plan(core, start=clock.now(), class_name="8 B")
    button.show_visit(visit)
    assert button.isEnabled()

    with qtbot.waitSignal(button.message_posted) as said:
        button.file.save_to(tmp_path / "visit.ics", visit)

    (event,) = Calendar.from_ical((tmp_path / "visit.ics").read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == "Visit: 8 B"
    assert "visit.ics" in said.args[0].text


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, core: Core, clock: FakeClock, button: CalendarButton, tmp_path: Path
) -> None:
    with qtbot.waitSignal(button.message_posted) as said:
        button.file.save_to(tmp_path / "none" / "visit.ics", visits.plan(core, start=clock.now()))

    assert "visit.ics" in said.args[0].text
