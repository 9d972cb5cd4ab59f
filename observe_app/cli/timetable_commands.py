"""`timetable import|show|clear|bells`: when people teach, brought in and looked at."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import person_meant
from observe_app.cli.session import opened
from observe_app.services import people
from observe_app.services.rounds import periods, timetables

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.school.classes import LessonSlot
    from observe_app.services.rounds.timetables import TimetablesFound

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN = 12
_MAP = "person, weekday, date, starts, ends, period, class, subjects, room, building, week or kind, and its heading"


def add_to(commands: Commands) -> None:
    """Add `timetable` and what stands behind it."""
    behind = group(commands, "timetable", "bring in, show and clear the timetables of people")
    bring = add(behind, "import", "bring in timetables from tables and calendars", bring_in)
    bring.add_argument("files", metavar="FILE", nargs="+", help=".csv, .xlsx or .ics")
    bring.add_argument("--person", metavar="NAME", default="", help="whose all of it is")
    bring.add_argument("--map", metavar="ROLE=COLUMN", type=_pair, action="append", default=[], help=_MAP)
    bring.add_argument("--sheet", metavar="NAME", default="", help="sheet of a workbook; the first when left out")
    bring.add_argument(
        "--is", dest="told", metavar="NAME=PERSON", type=_pair, action="append", default=[],
        help="whom a name in the file means; nothing behind = leaves it out (may be repeated)",
    )  # fmt: skip
    bring.add_argument("--add-people", action="store_true", help="add everybody who is not known yet")
    bring.add_argument("--keep-earlier", action="store_true", help="leave what an earlier import brought")
    bring.add_argument("--from", dest="first", metavar="DAY", type=_day, help="first day of a calendar that counts")
    bring.add_argument("--until", dest="last", metavar="DAY", type=_day, help="last day of a calendar that counts")
    bring.add_argument("--preview", action="store_true", help="say what would be kept, and keep nothing")
    show = add(behind, "show", "show the timetable of a person, or of how many people one is known", show_one)
    show.add_argument("person", metavar="NAME", nargs="?", default="")
    clear = add(behind, "clear", "take away the timetable of a person; undo in the window brings it back", clear_one)
    clear.add_argument("person", metavar="NAME")
    clear.add_argument("--keep-typed", action="store_true", help="leave what was typed by hand")
    bells = add(behind, "bells", "show or say the bell times of the school", bell_times)
    bells.add_argument("times", metavar="PERIOD", nargs="*", help='such as "1 8:50-9:40"; all of them, in order')


def bring_in(arguments: Namespace) -> int:
    """Bring in timetables, or say what would be kept."""
    mapping = [*arguments.map, *([("sheet", arguments.sheet)] if arguments.sheet else [])]
    with opened(arguments) as core:
        asked = timetables.Asked(
            mapping=tuple(mapping),
            person_id=person_meant(core, arguments.person).id if arguments.person else "",
            people=tuple((name, person_meant(core, who).id if who else "") for name, who in arguments.told),
            add_unknown=arguments.add_people,
            replaces=not arguments.keep_earlier,
            first=arguments.first,
            last=arguments.last,
        )
        act = timetables.preview if arguments.preview else timetables.bring_in
        found = act(core, paths=[Path(name).expanduser() for name in arguments.files], asked=asked)
    if arguments.json:
        output.say_json(_found_json(found))
    else:
        _say_found(found, would=arguments.preview)
    return 0


def _say_found(found: TimetablesFound, *, would: bool) -> None:
    word = "would be kept" if would else "kept"
    times, those = "time" if found.count == 1 else "times", "person" if len(found.people) == 1 else "people"
    output.say(f"{found.count} {times} {word}, of {len(found.people)} {those}")
    for one in found.people[:_SHOWN]:
        new = ", new" if one.new else ""
        gone = f", in place of {one.earlier}" if one.earlier else ""
        output.say(f"  {one.person.name}: {one.weekly} a week, {one.single} on single days{gone}{new}")
    if len(found.people) > _SHOWN:
        output.say(f"  and {len(found.people) - _SHOWN} more")
    if found.unknown:
        names = ", ".join(f"{one.name}{' (several people)' if one.several else ''}" for one in found.unknown[:_SHOWN])
        output.say(f"Not known here, left out: {names}")
        output.say("  say who they are with --is NAME=PERSON, or add them all with --add-people")
    output.say_problems(found.problems)


def _found_json(found: TimetablesFound) -> dict[str, Any]:
    return {
        "times": found.count,
        "people": [
            {
                "person": one.person.id,
                "name": one.person.name,
                "weekly": one.weekly,
                "single": one.single,
                "replaced": one.earlier,
                "new": one.new,
            }
            for one in found.people
        ],
        "unknown": [{"name": one.name, "count": one.count, "several": one.several} for one in found.unknown],
        "mapping": dict(found.reads[0].mapping) if found.reads else {},
        "problems": output.problems_json(found.problems),
    }


def show_one(arguments: Namespace) -> int:
    """Show somebody's timetable, or for everybody how many lessons are known."""
    with opened(arguments) as core:
        if not arguments.person:
            counts = timetables.counts(core)
            rows = [(row.person, counts.get(row.person.id, 0)) for row in people.listing(core)]
            if arguments.json:
                output.say_json([{"person": one.id, "name": one.name, "lessons": count} for one, count in rows])
            else:
                output.say_table(("Name", "Lessons"), [(one.name, str(count) if count else "–") for one, count in rows])
            return 0
        slots = timetables.of_person(core, person_meant(core, arguments.person).id)
    if arguments.json:
        output.say_json([_slot_json(slot) for slot in slots])
        return 0
    output.say_table(("Day", "Time", "Kind", "What", "Room"), [_slot_row(slot) for slot in slots])
    return 0


def _slot_row(slot: LessonSlot) -> tuple[str, ...]:
    day = slot.on.isoformat() if slot.on else f"{_DAYS[slot.weekday]}{f' {slot.week}' if slot.week else ''}"
    what = ", ".join(part for part in (slot.class_name, slot.subject) if part)
    times = f"{timetables.clock(slot.start_min)}–{timetables.clock(slot.end_min)}"
    return day, times, slot.kind, what, ", ".join(part for part in (slot.room, slot.building) if part)


def _slot_json(slot: LessonSlot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "kind": slot.kind,
        "weekday": slot.weekday if slot.on is None else None,
        "date": slot.on.isoformat() if slot.on else None,
        "start": timetables.clock(slot.start_min),
        "end": timetables.clock(slot.end_min),
        "week": slot.week,
        "class": slot.class_name,
        "subject": slot.subject,
        "room": slot.room,
        "building": slot.building,
        "source": slot.source,
    }


def clear_one(arguments: Namespace) -> int:
    """Take away somebody's timetable."""
    with opened(arguments) as core:
        person = person_meant(core, arguments.person)
        gone = timetables.clear(core, person_id=person.id, typed=not arguments.keep_typed)
    if arguments.json:
        output.say_json({"person": person.id, "removed": gone})
    else:
        output.say(f"{person.name}: {gone} {'time' if gone == 1 else 'times'} taken away")
    return 0


def bell_times(arguments: Namespace) -> int:
    """Show the bell times, or keep those given."""
    with opened(arguments) as core:
        if arguments.times:
            periods.set_bell_times(core, periods.read_bell_times("\n".join(arguments.times)))
        found = periods.bell_times(core)
    clock = timetables.clock
    if arguments.json:
        output.say_json(
            [{"period": one.name, "start": clock(one.start_min), "end": clock(one.end_min)} for one in found]
        )
    else:
        output.say_table(
            ("Period", "Time"), [(one.name, f"{clock(one.start_min)}–{clock(one.end_min)}") for one in found]
        )
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” has no “=”; write it like class=D")
    return name.strip(), value.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it like 2026-03-10") from error
