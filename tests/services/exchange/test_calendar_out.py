"""Calendar files: read back by a calendar's own reader, right in the night when clocks change, and discreet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from observe_app.domain.errors import ExportFailed, Invalid
from observe_app.services import people, visits
from observe_app.services.exchange.calendar_out import calendar_bytes, export_calendar, visit_uid

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

BERLIN = ZoneInfo("Europe/Berlin")


def planned(core: Core, start: datetime | None, **fields: str | int) -> str:
    """Plan a visit and return its id."""
    teacher = people.add(core, name="Amina Diallo-Žižek")
    return visits.plan(core, teacher_id=teacher.id, start=start, **fields).id  # type: ignore[arg-type]


def read(data: bytes) -> dict[str, object]:
    """Return the values of the only event."""
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    found: dict[str, object] = {"start": event.decoded("dtstart"), "end": event.decoded("dtend")}
    return found | {name.lower(): str(event[name]) for name in event if not name.startswith("DT")}


@pytest.mark.parametrize(
    ("words", "fold"),
    [
        ("2026-03-28T08:00", 0),
        ("2026-03-29T01:30", 0),
        ("2026-03-29T03:00", 0),
        ("2026-10-25T02:30", 0),
        ("2026-10-25T02:30", 1),
        ("2026-07-01T09:05", 0),
    ],
)
def test_the_moment_is_right_on_both_sides_of_a_clock_change(core: Core, words: str, fold: int) -> None:
    wall = datetime.fromisoformat(words).replace(fold=fold)
    start = wall.replace(tzinfo=BERLIN).astimezone(UTC)
    visit_id = planned(core, start, minutes=90, zone="Europe/Berlin")

    event = read(calendar_bytes(core, visit_id))

    assert event["start"] == start
    assert event["end"] == start + timedelta(minutes=90)
    shown = event["start"]
    assert isinstance(shown, datetime)
    assert shown.astimezone(BERLIN).replace(tzinfo=None, fold=0) == wall.replace(fold=0)


def test_nothing_confidential_is_in_it(core: Core) -> None:
    visit_id = planned(
        core, core.clock.now(), class_name="8 B; set 2", subject="Maths, higher", focus="Who is shy?", room="12",
        context="two students with support", preparation="met on Monday",
    )  # fmt: skip

    data = calendar_bytes(core, visit_id)

    assert read(data)["summary"] == "Visit: 8 B; set 2, Maths, higher"
    for word in (b"Amina", b"shy", b"support", b"Monday"):
        assert word not in data
    assert b"Who is shy?" in calendar_bytes(core, visit_id, with_focus=True)


def test_the_id_stays_and_the_sequence_rises_with_each_change(core: Core) -> None:
    visit_id = planned(core, core.clock.now())
    first = read(calendar_bytes(core, visit_id))
    assert read(calendar_bytes(core, visit_id)) == first, "the same visit gives the same file"

    opened = visits.open_visit(core, visit_id)
    later = core.clock.now() + timedelta(days=1)
    opened = visits.update(core, visit_id=visit_id, seen=opened.seen, start=later, minutes=30)
    moved = read(calendar_bytes(core, visit_id))
    visits.update(core, visit_id=visit_id, seen=opened.seen, context="not shown")

    assert moved["uid"] == first["uid"] == visit_uid(visit_id)
    assert int(str(moved["sequence"])) > int(str(first["sequence"]))
    assert read(calendar_bytes(core, visit_id))["sequence"] == moved["sequence"]


def test_long_and_foreign_words_come_back_whole(core: Core) -> None:
    name = "Žižkovská třída 日本語 שלום " * 9
    visit_id = planned(core, core.clock.now(), class_name=name)

    data = calendar_bytes(core, visit_id)

    assert read(data)["summary"] == f"Visit: {' '.join(name.split())}"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_visit_without_a_date_has_no_calendar_file(core: Core, tmp_path: Path) -> None:
    visit_id = planned(core, None)

    with pytest.raises(Invalid):
        export_calendar(core, visit_id=visit_id, target=tmp_path / "a.ics")

    assert not (tmp_path / "a.ics").exists()


def test_a_folder_that_is_not_there_is_said(core: Core, tmp_path: Path) -> None:
    visit_id = planned(core, core.clock.now())

    with pytest.raises(ExportFailed):
        export_calendar(core, visit_id=visit_id, target=tmp_path / "none" / "a.ics")
