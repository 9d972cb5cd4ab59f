"""Timetables in: from any table or calendar a school has, with a look first, whole or not at all."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import TYPE_CHECKING

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import FileUnreadable, ImportProblem, Invalid
from observe_app.domain.progress import Cancelled, Progress
from observe_app.domain.school.classes import LessonSlot
from observe_app.services import history, people, words
from observe_app.services.exchange.recurrence import RuleError, occurrences, read_rule
from observe_app.services.exchange.timetable_lines import Period, read_date, read_minute, read_weekday
from observe_app.services.rounds import periods, timetables
from observe_app.services.rounds.timetables import ADD, Asked

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

HEADS = "Teacher,Day,Start,End,Class,Subject,Room\n"
NINE, TEN_TO_TEN = "20260309T090000", "20260309T095000"
_WEEK = date(2026, 3, 9)
BAD_ZONE = """BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Bad
BEGIN:STANDARD
RRULE:FREQ=SECONDLY
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Bad:20260309T090000
DTEND;TZID=Bad:20260309T080000
END:VEVENT
END:VCALENDAR"""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 3, 10, 9, 5, tzinfo=UTC))


def _file(folder: Path, text: str, name: str = "plan.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _ics(folder: Path, *events: str, name: str = "calendar.ics", head: str = "") -> Path:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return _file(folder, f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n", name)


def _event(uid: str = "1", start: str = "20260309T090000", end: str = "20260309T095000", *more: str) -> str:
    return "\r\n".join([f"UID:{uid}", f"DTSTART:{start}", f"DTEND:{end}", *more])


def _naive(day: date) -> datetime:
    return datetime.combine(day, clock_time())


def _times(core: Core, person_id: str) -> list[tuple[int, date | None, int, int, str]]:
    found = timetables.of_person(core, person_id)
    return [(one.weekday, one.on, one.start_min, one.end_min, one.class_name) for one in found]


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_in_any_encoding_says_the_same(core: Core, tmp_path: Path, encoding: str) -> None:
    ada = people.add(core, name="Adèle Müller")
    path = _file(tmp_path, f"{HEADS}Adèle Müller,Mon,9:00,9:50,8B,Français,R1\n", encoding=encoding)
    timetables.bring_in(core, paths=[path])
    (slot,) = timetables.of_person(core, ada.id)
    assert (slot.weekday, slot.start_min, slot.end_min, slot.subject) == (0, 540, 590, "Français")


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        ("Lehrkraft;Wochentag;Beginn;Ende;Klasse", "Ada Okafor;Montag;9.00;9.50;8B"),
        ("Enseignant;Jour;Début;Fin;Classe", "Ada Okafor;lundi;9h00;9h50;8B"),
        ("Name,Weekday,Time,Group", '"Okafor, Ada",mon,9:00-9:50,8B'),
        ("Staff,Date,From,To,Form", "Ada Okafor,2026-03-09,9:00 am,9:50 am,8B"),
    ],
)
def test_heads_days_and_times_are_read_as_schools_write_them(core: Core, tmp_path: Path, heads: str, row: str) -> None:
    ada = people.add(core, name="Ada Okafor")
    timetables.bring_in(core, paths=[_file(tmp_path, f"{heads}\n{row}\n")])
    (slot,) = timetables.of_person(core, ada.id)
    assert (slot.start_min, slot.end_min, slot.class_name) == (540, 590, "8B")
    assert slot.weekday == 0 or slot.on == _WEEK


@pytest.mark.parametrize("called", ["a.okafor@school.org", "AOK", "ada okafor", "Okafor Ada", "Ms Okafor", "A. Okafor"])
def test_a_person_is_found_by_whatever_the_file_calls_them(core: Core, tmp_path: Path, called: str) -> None:
    ada = people.add(core, name="Ada Okafor", email="a.okafor@school.org", staff_id="AOK")
    people.add(core, name="Bo Li")
    found = timetables.bring_in(core, paths=[_file(tmp_path, f"{HEADS}{called},Mon,9:00,9:50,8B,,\n")])
    assert [one.person.id for one in found.people] == [ada.id]


def test_a_name_of_two_people_is_asked_about(core: Core, tmp_path: Path) -> None:
    first, second = people.add(core, name="Ada Okafor"), people.add(core, name="Ada Okafor")
    path = _file(tmp_path, f"{HEADS}Ada Okafor,Mon,9:00,9:50,8B,,\nBo,Mon,9:00,9:50,8B,,\n")
    found = timetables.preview(core, paths=[path], asked=Asked(add_unknown=True))
    assert [(one.name, one.several) for one in found.unknown] == [("Ada Okafor", True)]
    asked = Asked(people=(("Ada Okafor", second.id), ("Bo", "")))
    timetables.bring_in(core, paths=[path], asked=asked)
    assert not timetables.of_person(core, first.id)
    assert timetables.of_person(core, second.id)
    assert len(people.listing(core)) == 2


def test_unknown_people_are_told_and_added_on_request(core: Core, tmp_path: Path) -> None:
    path = _file(tmp_path, f"{HEADS}Bo Li,Mon,9:00,9:50,8B,,\nCy Ngo,Tue,9:00,9:50,8B,,\nCy Ngo,Wed,9:00,9:50,8B,,\n")
    with pytest.raises(ImportProblem) as caught:
        timetables.bring_in(core, paths=[path])
    assert "Cy Ngo" in words.describe(caught.value).text
    found = timetables.preview(core, paths=[path])
    assert [(one.name, one.count) for one in found.unknown] == [("Cy Ngo", 2), ("Bo Li", 1)]
    timetables.bring_in(core, paths=[path], asked=Asked(people=(("Cy Ngo", ADD),)))
    assert [row.person.name for row in people.listing(core)] == ["Cy Ngo"]


def test_a_preview_keeps_nothing_and_one_undo_takes_the_import_back(core: Core, tmp_path: Path) -> None:
    path = _file(tmp_path, f"{HEADS}Bo Li,Mon,9:00,9:50,8B,,\n")
    timetables.preview(core, paths=[path], asked=Asked(add_unknown=True))
    assert not people.listing(core)
    timetables.bring_in(core, paths=[path], asked=Asked(add_unknown=True))
    assert timetables.counts(core)
    history.undo(core)
    assert not timetables.counts(core)
    assert not people.listing(core)


def test_a_later_import_replaces_the_earlier_and_leaves_what_was_typed(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    typed = timetables.add(core, slot=LessonSlot("", ada.id, "protected", 4, None, 840, 900))
    timetables.bring_in(core, paths=[_file(tmp_path, f"{HEADS}Ada Okafor,Mon,9:00,9:50,8B,,\n")])
    found = timetables.bring_in(core, paths=[_file(tmp_path, f"{HEADS}Ada Okafor,Tue,9:00,9:50,8B,,\n")])
    assert found.people[0].earlier == 1
    assert [(one.weekday, one.kind) for one in timetables.of_person(core, ada.id)] == [
        (1, "teaching"),
        (4, "protected"),
    ]
    asked = Asked(replaces=False)
    timetables.bring_in(core, paths=[_file(tmp_path, f"{HEADS}Ada Okafor,Wed,9:00,9:50,8B,,\n")], asked=asked)
    assert len(timetables.of_person(core, ada.id)) == 3
    timetables.clear(core, person_id=ada.id, typed=False)
    assert [one.id for one in timetables.of_person(core, ada.id)] == [typed.id]


def test_periods_are_read_by_the_bell_times(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _file(tmp_path, "Teacher,Day,Period,Class\nAda Okafor,Mon A,P2,8B\nAda Okafor,Tue,1-2,7C\n")
    found = timetables.preview(core, paths=[path])
    assert {one.rule for one in found.problems} == {"timetable_period"}
    periods.set_bell_times(core, periods.read_bell_times("1 8:50-9:40; 2 9:45-10:35"))
    timetables.bring_in(core, paths=[path])
    slots = timetables.of_person(core, ada.id)
    assert [(one.weekday, one.start_min, one.end_min, one.week) for one in slots] == [
        (0, 585, 635, "A"),
        (1, 530, 635, ""),
    ]


def test_columns_can_be_told(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _file(tmp_path, "x1,x2,x3,x4\nAda Okafor,Mon,9:00,8B\n")
    with pytest.raises(ImportProblem):
        timetables.preview(core, paths=[path])
    asked = Asked(mapping=(("person", "A"), ("weekday", "B"), ("starts", "C"), ("class", "D")))
    found = timetables.bring_in(core, paths=[path], asked=asked)
    assert [one.class_name for one in timetables.of_person(core, ada.id)] == ["8B"]
    assert "timetable_no_end" in {one.rule for one in found.problems}


def test_rows_that_say_nothing_are_told_with_their_number(core: Core, tmp_path: Path) -> None:
    people.add(core, name="Ada Okafor")
    rows = "Ada Okafor,Noday,9:00,9:50,,,\n,Mon,9:00,9:50,,,\nAda Okafor,Mon,x,9:50,,,\nAda Okafor,Mon,9:50,9:00,,,\n"
    found = timetables.preview(core, paths=[_file(tmp_path, HEADS + rows)])
    told = {(one.rule, one.row) for one in found.problems}
    assert {("timetable_day", 2), ("timetable_nobody", 3), ("timetable_time", 4), ("timetable_backwards", 5)} <= told
    assert not found.count
    assert all(one.message for one in found.problems)


def test_the_same_lesson_twice_is_kept_once(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _file(tmp_path, HEADS + "Ada Okafor,Mon,9:00,9:50,8B,,\n" * 3)
    found = timetables.bring_in(core, paths=[path])
    assert len(timetables.of_person(core, ada.id)) == 1
    assert [(one.rule, one.count) for one in found.problems] == [("timetable_twice", 2)]


def test_formulas_are_words_and_never_run(core: Core, tmp_path: Path) -> None:
    from openpyxl import Workbook

    ada = people.add(core, name="Ada Okafor")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Teacher", "Day", "Start", "End", "Class"),
        ("Ada Okafor", "Mon", clock_time(9, 0), 0.5, '=HYPERLINK("http://x")'),
    ):
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    timetables.bring_in(core, paths=[tmp_path / "plan.xlsx"])
    assert _times(core, ada.id) == [(0, None, 540, 720, "")]


def test_fifty_thousand_rows_are_looked_at_within_seconds(core: Core, tmp_path: Path) -> None:
    people.add(core, name="Ada Okafor")
    rows = "".join(f"Ada Okafor,Mon,{8 + n % 8}:0{n % 10},17:00,{n},,\n" for n in range(50_000))
    before = time.monotonic()
    found = timetables.preview(core, paths=[_file(tmp_path, HEADS + rows)])
    assert time.monotonic() - before < 20
    assert found.count <= timetables.MAX_SLOTS
    assert "timetable_cut" in {one.rule for one in found.problems}


def test_a_stopped_import_changes_nothing(core: Core, tmp_path: Path) -> None:
    people.add(core, name="Ada Okafor")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        timetables.bring_in(core, paths=[_file(tmp_path, f"{HEADS}Ada Okafor,Mon,9:00,9:50,8B,,\n")], progress=progress)
    assert not timetables.counts(core)


@pytest.mark.parametrize("data", [b"", b"\x00" * 50, b"%PDF-1.7 nothing", b"PK\x03\x04broken", b'{"a": 1}'])
def test_what_is_no_table_is_refused_in_words(core: Core, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(data)
    with pytest.raises((FileUnreadable, ImportProblem)) as caught:
        timetables.preview(core, paths=[path])
    assert words.describe(caught.value).title != "Something went wrong"


# --- calendars --------------------------------------------------------------------------------------------------------


def test_a_weekly_event_becomes_a_lesson_of_every_week(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _ics(
        tmp_path,
        _event("1", "20260309T090000", "20260309T095000", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE", "SUMMARY:Maths 8B"),
        name="Ada Okafor.ics",
    )
    found = timetables.bring_in(core, paths=[path])
    assert _times(core, ada.id) == [(0, None, 540, 590, "8B"), (2, None, 540, 590, "8B")]
    assert found.people[0].weekly == 2


def test_a_day_taken_out_while_others_go_on_makes_single_days(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _ics(
        tmp_path,
        _event("1", NINE, TEN_TO_TEN, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260316T090000", "SUMMARY:8B"),
        _event("2", "20260309T110000", "20260309T115000", "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:7C"),
        name="Ada Okafor.ics",
    )  # fmt: skip
    timetables.bring_in(core, paths=[path])
    found = _times(core, ada.id)
    assert [one for one in found if one[1] is None] == [(0, None, 660, 710, "7C")]
    assert [one[1] for one in found if one[1] is not None] == [date(2026, 3, 9), date(2026, 3, 23), date(2026, 3, 30)]


def test_a_moved_occurrence_is_not_kept_twice(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _ics(
        tmp_path,
        _event("1", "20260309T090000", "20260309T095000", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:8B"),
        _event("1", "20260317T140000", "20260317T145000", "RECURRENCE-ID:20260316T090000", "SUMMARY:8B"),
        name="Ada Okafor.ics",
    )  # fmt: skip
    timetables.bring_in(core, paths=[path])
    assert _times(core, ada.id) == [(-1, date(2026, 3, 9), 540, 590, "8B"), (-1, date(2026, 3, 17), 840, 890, "8B")]


def test_whole_days_keep_busy_unless_the_calendar_says_free(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    day = "DTSTART;VALUE=DATE:20260310\r\nDTEND;VALUE=DATE:20260312\r\nSUMMARY:Field trip"
    path = _ics(tmp_path, f"UID:1\r\n{day}", f"UID:2\r\n{day}\r\nTRANSP:TRANSPARENT", name="Ada Okafor.ics")
    timetables.bring_in(core, paths=[path])
    slots = timetables.of_person(core, ada.id)
    assert [(one.on, one.kind, one.end_min) for one in slots] == [
        (date(2026, 3, 10), "busy", 1440),
        (date(2026, 3, 11), "busy", 1440),
    ]


def test_people_of_an_event_are_those_who_attend_it(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor", email="ada@school.org")
    bo = people.add(core, name="Bo Li")
    path = _ics(
        tmp_path,
        _event("1", NINE, TEN_TO_TEN, "ORGANIZER:mailto:office@school.org", "ATTENDEE;CN=X:mailto:ADA@school.org"),
        _event("2", "20260309T100000", "20260309T105000", 'ATTENDEE;CN="Li, Bo":mailto:b@x.org', "SUMMARY:7C"),
        _event("3", "20260309T110000", "20260309T115000", "SUMMARY:Art 7C - Bo Li"),
    )  # fmt: skip
    found = timetables.bring_in(core, paths=[path])
    assert {one.person.id: one.single for one in found.people} == {ada.id: 1, bo.id: 2}


def test_zones_of_windows_and_of_the_file_are_known(core: Core, tmp_path: Path) -> None:
    ada = people.add(core, name="Ada Okafor")
    path = _ics(
        tmp_path,
        "UID:1\r\nDTSTART;TZID=W. Europe Standard Time:20260309T090000\r\nDURATION:PT50M\r\nSUMMARY:8B",
        "UID:2\r\nDTSTART:20260309T100000Z\r\nDURATION:PT50M\r\nSUMMARY:7C",
        name="Ada Okafor.ics",
    )
    timetables.bring_in(core, paths=[path])
    assert [one[2] for one in _times(core, ada.id)] == [540, 660]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=MINUTELY",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=999999999999",
        "FREQ=WEEKLY;COUNT=999999999999999999999",
        "FREQ=WEEKLY;UNTIL=99991231T000000Z",
        "FREQ=SOMETIMES",
        "nonsense",
        "FREQ=WEEKLY;BYDAY=XX",
    ],
)
def test_a_rule_made_to_hurt_ends_quickly(core: Core, tmp_path: Path, rule: str) -> None:
    people.add(core, name="Ada Okafor")
    events = [_event(f"{n}", "20200309T090000", "20200309T095000", f"RRULE:{rule}") for n in range(200)]
    good = _event("good", "20260309T090000", "20260309T095000", "SUMMARY:8B")
    before = time.monotonic()
    found = timetables.preview(core, paths=[_ics(tmp_path, good, *events, name="Ada Okafor.ics")])
    assert time.monotonic() - before < 10
    assert found.count >= 1


def test_more_events_than_a_school_has_are_refused_at_once(core: Core, tmp_path: Path) -> None:
    path = _ics(tmp_path, *(_event(f"{n}") for n in range(50_000)))
    before = time.monotonic()
    with pytest.raises(ImportProblem) as caught:
        timetables.preview(core, paths=[path])
    assert time.monotonic() - before < 5
    assert caught.value.reason == "too_many_events"
    assert "20000" in words.describe(caught.value).text


def test_more_lessons_than_a_timetable_has_are_refused(core: Core, tmp_path: Path) -> None:
    path = _ics(
        tmp_path, *(_event(f"{n}", "20260309T090000", "20260309T095000", "RRULE:FREQ=DAILY") for n in range(600))
    )
    with pytest.raises(ImportProblem) as caught:
        timetables.preview(core, paths=[path])
    assert caught.value.reason == "too_many_lessons"


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261399T999999\nEND:VEVENT",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nDTSTART;=;:::\n" + "X" * 200_000,
        "BEGIN:VCALENDAR\n" + " folded\n" * 10_000,
        "BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 10_000,
        BAD_ZONE,
    ],
)
def test_a_broken_calendar_ends_in_words(core: Core, tmp_path: Path, text: str) -> None:
    people.add(core, name="Ada Okafor")
    path = _file(tmp_path, text, "Ada Okafor.ics")
    problem: ImportProblem | None = None
    found = None
    try:
        found = timetables.preview(core, paths=[path])
    except ImportProblem as error:
        problem = error
    assert problem is None or words.describe(problem).title != "Something went wrong"
    assert found is None or (not found.count and found.problems)


def test_one_broken_event_costs_that_event_alone(core: Core, tmp_path: Path) -> None:
    people.add(core, name="Ada Okafor")
    path = _ics(
        tmp_path,
        "UID:1\r\nDTSTART:never",
        _event("2", "20260309T090000", "20260309T095000", "SUMMARY:8B"),
        name="Ada Okafor.ics",
    )
    found = timetables.preview(core, paths=[path])
    assert found.count == 1
    assert [one.rule for one in found.problems] == ["calendar_no_start"]


_RULES = st.builds(
    lambda freq, interval, days, month_days, months, ends: ";".join(
        part
        for part in (
            f"FREQ={freq}",
            f"INTERVAL={interval}",
            "BYDAY=" + ",".join(sorted(days)) if days else "",
            "BYMONTHDAY=" + ",".join(str(day) for day in sorted(month_days)) if month_days and freq != "WEEKLY" else "",
            "BYMONTH=" + ",".join(str(month) for month in sorted(months)) if months else "",
            ends,
        )
        if part
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3),
    st.sets(st.sampled_from([1, 9, 15, 28, 31, -1, -3]), max_size=3),
    st.sets(st.integers(1, 12), max_size=3),
    st.sampled_from(["", "COUNT=5", "COUNT=40", "UNTIL=20260630T000000"]),
)


@given(rule=_RULES, start=st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_days_of_a_rule_are_those_that_dateutil_finds(rule: str, start: date) -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    begin = _naive(start)
    expected = [one.date() for one in rrulestr(rule, dtstart=begin).between(_naive(first), _naive(last), inc=True)]
    assert list(occurrences(read_rule(rule), start, first, last)) == expected


@pytest.mark.parametrize("rule", ["BYDAY=1MO", "BYDAY=-1FR", "BYDAY=MO,TU;BYSETPOS=1", "BYDAY=MO,TU;BYSETPOS=-1"])
@pytest.mark.parametrize("freq", ["MONTHLY", "YEARLY"])
def test_nth_days_are_those_that_dateutil_finds(rule: str, freq: str) -> None:
    text = f"FREQ={freq};{rule}"
    start = date(2025, 3, 3)
    expected = rrulestr(text, dtstart=_naive(start)).between(
        _naive(date(2026, 1, 1)), _naive(date(2026, 12, 31)), inc=True
    )
    found = list(occurrences(read_rule(text), start, date(2026, 1, 1), date(2026, 12, 31)))
    assert found == [one.date() for one in expected]


def test_a_count_that_began_long_ago_is_refused() -> None:
    with pytest.raises(RuleError):
        list(occurrences(read_rule("FREQ=DAILY;COUNT=100000"), date(1950, 1, 1), _WEEK, _WEEK + timedelta(days=7)))


# --- words and times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "minute"),
    [("9:05", 545), ("09.05", 545), ("9h05", 545), ("0905", 545), ("2:10 pm", 850), ("12 am", 0), ("9 Uhr", 540),
     ("24:00", 1440), ("25:00", None), ("9:75", None), ("3", None), ("", None), ("²:00", None)],
)  # fmt: skip
def test_times_of_day_are_read_as_people_write_them(text: str, minute: int | None) -> None:
    assert read_minute(text) == minute


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_minute(text)
    read_date(text)
    read_weekday(text)


@pytest.mark.parametrize("text", ["1 8:50", "1 9:00-8:00", "x", "1 8:00-9:00\n1 9:00-10:00"])
def test_bell_times_that_are_none_are_refused(core: Core, text: str) -> None:
    with pytest.raises(Invalid):
        periods.set_bell_times(core, periods.read_bell_times(text))


def test_bell_times_are_kept_in_order(core: Core) -> None:
    periods.set_bell_times(core, [Period("2", 600, 650), Period("1", 540, 590)])
    assert [one.name for one in periods.bell_times(core)] == ["1", "2"]


def test_a_time_that_no_day_has_is_refused(core: Core) -> None:
    ada = people.add(core, name="Ada Okafor")
    for bad in (
        LessonSlot("", ada.id, "teaching", 0, None, 600, 590),
        LessonSlot("", ada.id, "teaching", 9, None, 600, 650),
        LessonSlot("", ada.id, "sleeping", 0, None, 600, 650),
    ):
        with pytest.raises(Invalid):
            timetables.add(core, slot=bad)
