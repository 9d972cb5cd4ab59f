"""Calendar files of sessions: right on both sides of a clock change, with the call's link, and discreet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from observe_app.domain.errors import ExportFailed, Invalid
from observe_app.services.sessions import attendance, items, running, series, sessions
from observe_app.services.sessions.calendar_file import calendar_bytes, export_calendar, session_uid
from tests.services.sessions.made import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.services.sessions.series import Made

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 12, 15, 30, tzinfo=BERLIN)


def events(data: bytes) -> list[Any]:
    """Return the events of a file."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def fortnights(core: Core, every: str = "fortnightly") -> Made:
    """Return a series of four that a change of the clocks lies in."""
    return series.plan_series(
        core, title="Wait time", start=START, zone="Europe/Berlin", link="meet.example/wait", every=every, count=4
    )


def test_it_has_the_link_and_nothing_confidential(core: Core) -> None:
    found = meeting(core, link="https://meet.example/wait?pwd=1", place="Room 12", objectives="Who is shy?")
    items.add(core, session_id=found.session, kind="decision", title="Nobody tells")
    running.add_note(core, session_id=found.session, text="Amina cried")
    attendance.all_present(core, session_id=found.session)

    data = calendar_bytes(core, found.session)

    (event,) = events(data)
    assert str(event["url"]) == str(event["description"]) == "https://meet.example/wait?pwd=1"
    assert str(event["location"]) == "Room 12"
    for word in (b"Amina", b"cried", b"shy", b"tells", b"clips", b"Talk in maths"):
        assert word not in data


def test_a_series_is_one_event_each_at_the_same_time_of_day(core: Core) -> None:
    made = fortnights(core)

    found = events(calendar_bytes(core, made.sessions[1].id, series=True))

    assert [str(one["uid"]) for one in found] == [session_uid(one.id) for one in made.sessions]
    starts = [one.decoded("dtstart").astimezone(BERLIN) for one in found]
    assert [one.replace(tzinfo=None) for one in starts] == [
        START.replace(tzinfo=None) + timedelta(days=14 * at) for at in range(4)
    ]
    assert len(events(calendar_bytes(core, made.sessions[1].id))) == 1


def occurrences(data: bytes) -> list[datetime]:
    """Return when the events of a file are, by a reader of rules that is not ours."""
    from dateutil.rrule import rruleset, rrulestr

    found: list[datetime] = []
    for event in events(data):
        start = event.decoded("dtstart")
        if "rrule" not in event:
            found.append(start.astimezone(UTC))
            continue
        rule = rruleset()
        rule.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))  # type: ignore[arg-type]  # no set
        given = event.get("exdate", [])
        for one in given if isinstance(given, list) else [given]:
            for moment in one.dts:
                rule.exdate(moment.dt)
        found += [moment.astimezone(UTC) for moment in rule]
    return sorted(found)


@pytest.mark.parametrize("every", ["weekly", "fortnightly", "monthly"])
def test_a_rule_says_the_same_days_as_the_events(core: Core, every: str) -> None:
    made = fortnights(core, every)

    one = calendar_bytes(core, made.sessions[0].id, series=True, as_rule=True)

    assert len(events(one)) == 1
    assert occurrences(one) == [session.start for session in made.sessions]
    assert b"BEGIN:VTIMEZONE" in one


def test_what_was_moved_cancelled_or_deleted_is_an_exception_of_the_rule(core: Core) -> None:
    made = fortnights(core, "weekly").sessions
    sessions.edit(core, session_id=made[1].id, start=START + timedelta(days=8))
    sessions.delete(core, session_id=made[2].id)

    data = calendar_bytes(core, made[0].id, series=True, as_rule=True)

    assert occurrences(data) == [made[0].start, (START + timedelta(days=8)).astimezone(UTC), made[3].start]
    assert len(events(data)) == 2
    sessions.cancel(core, session_id=made[3].id)
    told = events(calendar_bytes(core, made[0].id, series=True, as_rule=True))
    assert [str(one.get("status", "")) for one in told].count("CANCELLED") == 1


def test_the_sequence_rises_with_what_a_calendar_shows(core: Core) -> None:
    session = sessions.plan(core, title="Meeting", start=START).id
    first = events(calendar_bytes(core, session))[0]
    sessions.edit(core, session_id=session, notes="not shown")
    assert events(calendar_bytes(core, session))[0]["sequence"] == first["sequence"]
    sessions.edit(core, session_id=session, place="Room 3")
    assert events(calendar_bytes(core, session))[0]["sequence"] > first["sequence"]


def test_without_a_day_or_a_folder_there_is_no_file(core: Core, tmp_path: Path) -> None:
    session = sessions.plan(core, title="Meeting").id
    with pytest.raises(Invalid):
        export_calendar(core, session_id=session, target=tmp_path / "a.ics")
    dated = sessions.plan(core, title="Dated", start=START).id
    with pytest.raises(ExportFailed):
        export_calendar(core, session_id=dated, target=tmp_path / "none" / "a.ics")
    assert export_calendar(core, session_id=dated, target=tmp_path / "a.ics") == (tmp_path / "a.ics").stat().st_size


def test_hostile_words_stay_words(core: Core) -> None:
    session = sessions.plan(core, title="A\\n;,:END:VEVENT\r\nBEGIN:VALARM שלום " * 5, start=START).id

    (event,) = events(calendar_bytes(core, session))
    assert "VALARM" in str(event["summary"])
    assert list(event.walk("VALARM")) == []
