"""The rules of a round as words of a command."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.cli.people_commands import person_meant
from observe_app.domain.errors import FileUnreadable
from observe_app.domain.rounds.rules import (
    EVERY_DAY,
    Hours,
    OwnCount,
    PartnerRule,
    Rules,
    Shape,
    SubjectRule,
    Travel,
    dumps,
    loads,
)
from observe_app.services import people

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.services.core import Core

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLAIN = ("observes", "observed", "week_load", "minutes", "travel_minutes")


def arguments_of(one: ArgumentParser) -> None:
    """Let a command take rules."""
    one.add_argument("--rules", metavar="FILE", help="JSON as `round rules` writes it; what else is said changes it")
    one.add_argument("--observes", metavar="N", type=int, help="how often everybody observes (1)")
    one.add_argument("--observed", metavar="N", type=int, help="how often everybody is observed (1)")
    one.add_argument("--own", metavar="NAME=N,N", type=_own, action="append", help="who does otherwise, as NAME=2,1")
    one.add_argument("--subject", choices=tuple(SubjectRule), help="whose lessons one wishes to see")
    one.add_argument("--subject-must", action="store_true", default=None, help="that is no wish but a must")
    one.add_argument("--partners", choices=tuple(PartnerRule), help="whether pairs of earlier rounds stay or rotate")
    one.add_argument("--partners-must", action="store_true", default=None, help="that is no wish but a must")
    one.add_argument("--shape", choices=tuple(Shape), help="visits both ways, or never back")
    one.add_argument("--exclude", metavar="NAME=NAME", type=_two, action="append", help="do not visit each other")
    one.add_argument("--managers", action="store_true", default=None, help="line managers may be paired, too")
    one.add_argument("--week-load", metavar="N", type=int, help="visits of one person in a week at most")
    one.add_argument("--minutes", metavar="N", type=int, help="length of a visit; the whole lesson when left out")
    one.add_argument("--travel", metavar="A=B:N", type=_travel, action="append", help="minutes between two buildings")
    one.add_argument("--travel-minutes", metavar="N", type=int, help="between all others")
    one.add_argument(
        "--protect", metavar="DAY HH:MM-HH:MM", type=_hours, action="append", help='no visits then: "fri 13:00-15:00"'
    )


def given(core: Core, arguments: Namespace, now: Rules) -> Rules:
    """Return the rules that a command says, on top of those that there are.

    Raises:
        FileUnreadable: no such file. RulesInvalid: what is in it. NotFound, Ambiguous: a name.
    """
    rules = _file(core, Path(arguments.rules)) if arguments.rules else now
    values: dict[str, Any] = {name: getattr(arguments, name) for name in _PLAIN}
    values |= {
        "subject": arguments.subject and SubjectRule(arguments.subject),
        "partners": arguments.partners and PartnerRule(arguments.partners),
        "shape": arguments.shape and Shape(arguments.shape),
        "subject_must": arguments.subject_must,
        "partners_must": arguments.partners_must,
        "not_manager": None if arguments.managers is None else False,
        "own": _list(OwnCount(_id(core, name), *counts) for name, counts in arguments.own or ()),
        "exclusions": _list((_id(core, one), _id(core, other)) for one, other in arguments.exclude or ()),
        "travel": _list(arguments.travel or ()),
        "protected": _list(arguments.protect or ()),
    }
    return replace(rules, **{name: value for name, value in values.items() if value is not None})


def named(core: Core, rules: Rules) -> dict[str, Any]:
    """Return rules as JSON with names in place of ids, as a file for `--rules` has them."""
    names = {row.person.id: row.person.name for row in people.listing(core, archived=True)}
    value: dict[str, Any] = json.loads(dumps(rules))
    for entry in (*value["own"], *value["protected"]):
        entry["person_id"] = names.get(entry["person_id"], entry["person_id"])
    value["exclusions"] = [[names.get(who, who) for who in pair] for pair in value["exclusions"]]
    return value


def _file(core: Core, path: Path) -> Rules:
    try:
        text = path.expanduser().read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "missing" if isinstance(error, FileNotFoundError) else "denied") from error
    rules = loads(text)
    return replace(
        rules,
        own=tuple(replace(one, person_id=_id(core, one.person_id)) for one in rules.own),
        exclusions=tuple((_id(core, one), _id(core, other)) for one, other in rules.exclusions),
        protected=tuple(
            replace(one, person_id=_id(core, one.person_id) if one.person_id else "") for one in rules.protected
        ),
    )


def _id(core: Core, name: str) -> str:
    """Return the id of a person named by name or by id."""
    known = {row.person.id for row in people.listing(core, archived=True)}
    return name if name in known else person_meant(core, name).id


def _list(found: Any) -> tuple[Any, ...] | None:
    return tuple(found) or None


def _two(text: str) -> tuple[str, str]:
    one, sign, other = text.partition("=")
    if not sign or not one.strip() or not other.strip():
        raise argparse.ArgumentTypeError(f"“{text}” is no pair; write it like NAME=NAME")
    return one.strip(), other.strip()


def _own(text: str) -> tuple[str, tuple[int, int]]:
    name, counts = _two(text)
    first, _sign, second = counts.partition(",")
    if not (first.isascii() and first.isdigit() and second.isascii() and second.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” has no two counts; write it like NAME=2,1")
    return name, (int(first), int(second))


def _travel(text: str) -> Travel:
    one, other = _two(text)
    end, _sign, minutes = other.rpartition(":")
    if not (end and minutes.isascii() and minutes.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” has no minutes; write it like North=South:10")
    return Travel(one, end.strip(), int(minutes))


def _hours(text: str) -> Hours:
    day, _sign, span = text.strip().casefold().rpartition(" ")
    start, sign, end = span.partition("-")
    minutes = [_minute(one) for one in (start, end)]
    if not sign or None in minutes or day not in {"", *_DAYS}:
        raise argparse.ArgumentTypeError(f"“{text}” is no such time; write it like fri 13:00-15:00")
    return Hours(_DAYS.index(day) if day else EVERY_DAY, minutes[0] or 0, minutes[1] or 0)


def _minute(text: str) -> int | None:
    hour, sign, minute = text.partition(":")
    if not sign or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hour, minute)):
        return None
    return int(hour) * 60 + int(minute)
