"""Invitations and reminders of a round: who, when and where, in files that calendars move along; and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import ExportFailed, Invalid
from observe_app.domain.rounds.rules import Rules
from observe_app.services import notes, people, visits
from observe_app.services.exchange.round_calendar import (
    InviteWords,
    export_invitations,
    invitation_bytes,
    moment_of,
    pairing_uid,
)
from observe_app.services.rounds import invite, moves, reminders, rounds
from observe_app.services.rounds.reminders import Part

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import Pairing, VisitRound
    from observe_app.services.core import Core

DAY = date(2026, 3, 12)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 3, 10, 9, 5, tzinfo=UTC))


@pytest.fixture
def staff(core: Core) -> tuple[Person, ...]:
    return tuple(
        people.add(core, name=name, email=email)
        for name, email in (("Ada Okafor", "ada@school.org"), ("Bo Li", ""), ("Cy / Ngo", "cy@school.org"))
    )


@pytest.fixture
def made(core: Core, staff: tuple[Person, ...]) -> VisitRound:
    return rounds.create(
        core, title="Spring", first=date(2026, 3, 9), last=date(2026, 4, 17), people=[one.id for one in staff],
        rules=Rules(), zone="Europe/Berlin",
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def _visit(core: Core, made: VisitRound, observer: Person, teacher: Person, on: date | None = DAY) -> Pairing:
    time = {"on": on, "start_min": 540, "end_min": 590} if on is not None else {}
    return moves.add(core, round_id=made.id, observer_id=observer.id, teacher_id=teacher.id, **time).pairings[0]


def _events(data: bytes) -> list[dict[str, str]]:
    calendar = Calendar.from_ical(data)
    found = [dict(one.items()) for one in calendar.walk("VEVENT")]
    return [{"METHOD": str(calendar["METHOD"]), **{key: str(value) for key, value in one.items()}} for one in found]


def test_an_invitation_says_who_when_and_where(core: Core, made: VisitRound, staff: tuple[Person, ...]) -> None:
    pairing = _visit(core, made, staff[0], staff[1])
    data = invitation_bytes(core, made.id, person_id=staff[0].id)
    (event,) = _events(data)
    assert event["UID"] == pairing_uid(pairing.id)
    assert event["METHOD"] == "PUBLISH"
    assert event["SUMMARY"] == "Ada Okafor visits Bo Li"
    assert b"DTSTART:20260312T080000Z" in data
    assert b"DTEND:20260312T085000Z" in data


def test_with_an_address_it_is_a_request_to_both(core: Core, made: VisitRound, staff: tuple[Person, ...]) -> None:
    core.settings.change(me_id=staff[2].id)
    _visit(core, made, staff[0], staff[1])
    data = invitation_bytes(core, made.id)
    assert b"METHOD:REQUEST" in data
    assert b"ORGANIZER" in data
    assert b"mailto:ada@school.org" in data


def test_a_change_raises_the_sequence_and_keeps_the_id(core: Core, made: VisitRound, staff: tuple[Person, ...]) -> None:
    pairing = _visit(core, made, staff[0], staff[1])
    before = _events(invitation_bytes(core, made.id))[0]
    moves.set_locked(core, pairing_ids=[pairing.id], locked=False)
    same = _events(invitation_bytes(core, made.id))[0]
    moves.move(core, pairing_id=pairing.id, on=DAY + timedelta(days=1), start_min=540, end_min=590)
    after = _events(invitation_bytes(core, made.id))[0]
    assert before["UID"] == same["UID"] == after["UID"]
    assert int(before["SEQUENCE"]) == int(same["SEQUENCE"]) < int(after["SEQUENCE"])


def test_what_was_called_off_goes_out_as_a_cancellation(
    core: Core, made: VisitRound, staff: tuple[Person, ...], folder: Path
) -> None:
    gone = _visit(core, made, staff[0], staff[1])
    _visit(core, made, staff[1], staff[0], DAY + timedelta(days=1))
    moves.cancel(core, pairing_id=gone.id, why="A secret reason")
    done = export_invitations(core, round_id=made.id, folder=folder)
    names = sorted(path.name for _person, path in done.files)
    assert names == ["Ada Okafor cancelled.ics", "Ada Okafor.ics", "Bo Li cancelled.ics", "Bo Li.ics"]
    (event,) = _events((folder / "Ada Okafor cancelled.ics").read_bytes())
    assert (event["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", pairing_uid(gone.id))
    assert all(b"secret" not in path.read_bytes() for path in folder.iterdir())


def test_each_gets_their_own_visits_and_nobody_elses(
    core: Core, made: VisitRound, staff: tuple[Person, ...], folder: Path
) -> None:
    _visit(core, made, staff[0], staff[1])
    _visit(core, made, staff[1], staff[2], DAY + timedelta(days=1))
    words = InviteWords(plain="{observer} besucht {teacher}")
    done = export_invitations(core, round_id=made.id, folder=folder, words=words)
    told = {person: {event["SUMMARY"] for event in _events(path.read_bytes())} for person, path in done.files}
    assert told[staff[0].id] == {"Ada Okafor besucht Bo Li"}
    assert len(told[staff[1].id]) == 2
    assert told[staff[2].id] == {"Bo Li besucht Cy / Ngo"}
    assert (folder / "Cy - Ngo.ics").exists()


def test_nothing_that_was_written_in_a_visit_is_in_an_invitation(
    core: Core, made: VisitRound, staff: tuple[Person, ...]
) -> None:
    _visit(core, made, staff[0], staff[1])
    (visit,) = invite.make_visits(core, round_id=made.id)
    visits.update(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen, focus="SECRET focus")
    visits.begin(core, visit_id=visit.id)
    notes.add(core, visit_id=visit.id, line="SECRET note", offset_ms=0)
    assert b"SECRET" not in invitation_bytes(core, made.id)


def test_names_of_hostile_people_make_harmless_files(core: Core, made: VisitRound, folder: Path) -> None:
    odd = people.add(core, name="../../etc/passwd\tBEGIN:VEVENT")
    other = people.add(core, name="...")
    seen = rounds.open_round(core, made.id).seen
    rounds.edit(core, round_id=made.id, seen=seen, people=(odd.id, other.id))
    _visit(core, made, odd, other)
    export_invitations(core, round_id=made.id, folder=folder)
    assert all(path.parent == folder for path in folder.rglob("*"))
    assert len(list(folder.iterdir())) == 2
    assert all(len(_events(path.read_bytes())) == 1 for path in folder.iterdir())


def test_without_a_time_there_is_nothing_to_invite_to(
    core: Core, made: VisitRound, staff: tuple[Person, ...], folder: Path
) -> None:
    _visit(core, made, staff[0], staff[1], None)
    with pytest.raises(Invalid):
        export_invitations(core, round_id=made.id, folder=folder)
    _visit(core, made, staff[1], staff[0])
    assert export_invitations(core, round_id=made.id, folder=folder).untimed == 1


def test_a_folder_that_is_not_there_is_told(
    core: Core, made: VisitRound, staff: tuple[Person, ...], folder: Path
) -> None:
    _visit(core, made, staff[0], staff[1])
    with pytest.raises(ExportFailed):
        export_invitations(core, round_id=made.id, folder=folder / "nowhere")


def test_moments_follow_the_clocks_of_the_school() -> None:
    assert moment_of(date(2026, 3, 28), 540, "Europe/Berlin") == datetime(2026, 3, 28, 8, 0, tzinfo=UTC)
    assert moment_of(date(2026, 3, 30), 540, "Europe/Berlin") == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


# --- reminders --------------------------------------------------------------------------------------------------------


def test_both_are_reminded_once_the_round_is_open(core: Core, made: VisitRound, staff: tuple[Person, ...]) -> None:
    _visit(core, made, staff[0], staff[1])
    assert not reminders.of_person(core, staff[0].id)
    rounds.publish(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    (one,) = reminders.of_person(core, staff[0].id)
    assert (one.part, one.other, one.late) == (Part.OBSERVER, "Bo Li", False)
    (other,) = reminders.of_person(core, staff[1].id)
    assert (other.part, other.other) == (Part.TEACHER, "Ada Okafor")
    assert not reminders.of_person(core, staff[2].id)
    assert not reminders.of_person(core, "")


def test_overdue_ones_come_first_and_far_ones_not_at_all(
    core: Core, made: VisitRound, staff: tuple[Person, ...]
) -> None:
    _visit(core, made, staff[0], staff[1], date(2026, 4, 16))
    _visit(core, made, staff[0], staff[2], None)
    soon = _visit(core, made, staff[1], staff[0], DAY)
    late = _visit(core, made, staff[2], staff[0], date(2026, 3, 9))
    rounds.publish(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    found = reminders.of_person(core, staff[0].id)
    assert [one.pairing.id for one in found][:2] == [late.id, soon.id]
    assert [one.late for one in found] == [True, False, False]
    assert found[2].start is None


def test_a_visit_that_took_place_or_was_cancelled_reminds_nobody(
    core: Core, made: VisitRound, staff: tuple[Person, ...]
) -> None:
    _visit(core, made, staff[0], staff[1])
    gone = _visit(core, made, staff[1], staff[0], DAY + timedelta(days=1))
    rounds.publish(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    invite.make_visits(core, round_id=made.id, pairing_ids=[one.id for one in rounds.view(core, made.id).pairings[:1]])
    moves.cancel(core, pairing_id=gone.id, why="Ill")
    (one,) = reminders.of_person(core, staff[0].id)
    assert one.visit_id
    visits.begin(core, visit_id=one.visit_id)
    assert not reminders.of_person(core, staff[0].id)


def test_a_closed_round_reminds_nobody(core: Core, made: VisitRound, staff: tuple[Person, ...]) -> None:
    _visit(core, made, staff[0], staff[1])
    rounds.publish(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    rounds.close(core, round_id=made.id, seen=rounds.open_round(core, made.id).seen)
    core.settings.change(me_id=staff[0].id)
    assert not reminders.of_me(core)
