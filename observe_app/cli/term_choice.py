"""Which visits a comparison is of, as the command line says it."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from observe_app.services import people

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.domain.compare.audience import Who
    from observe_app.services.compare.term import TermChoice
    from observe_app.services.core import Core


def choice_arguments(parser: ArgumentParser, *, teacher: bool = True) -> None:
    """Add what a choice of visits can be asked for; `teacher`: it is of one."""
    if teacher:
        parser.add_argument("--teacher", metavar="NAME", required=True, help="whose lessons")
    else:
        parser.add_argument("--teacher", metavar="NAME", action="append", default=[], help="may be repeated; all else")
    parser.add_argument("--form", metavar="ID", default="", help="only visits with this form")
    parser.add_argument("--since", metavar="DATE", type=_day, help="first day, such as 2025-09-01")
    parser.add_argument("--until", metavar="DATE", type=_day, help="last day")
    parser.add_argument("--class", metavar="TEXT", dest="class_name", default="", help="only lessons of this class")


def reader_arguments(parser: ArgumentParser) -> None:
    """Add for whom it is made."""
    readers = parser.add_mutually_exclusive_group()
    readers.add_argument("--reader", metavar="NAME", default="", help="only what this person may read")
    readers.add_argument(
        "--own", action="store_true", help="for yourself alone: what you wrote, released or not, private notes left out"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write it like 2025-09-01") from error


def choice_of(core: Core, arguments: Namespace) -> TermChoice:
    """Return the choice; days are those of this computer's zone.

    Raises:
        NotFound, Ambiguous: a teacher is nobody or several people.
    """
    from observe_app.services.compare.term import TermChoice  # noqa: PLC0415  (help needs no services)

    names = [arguments.teacher] if isinstance(arguments.teacher, str) else arguments.teacher
    zone = ZoneInfo(core.clock.zone_name())

    def begin(day: date | None, after: int = 0) -> datetime | None:
        return None if day is None else datetime.combine(day + timedelta(days=after), time(), zone)

    return TermChoice(
        teacher_ids=tuple(people.by_name(core, name).id for name in names),
        since=begin(arguments.since),
        until=begin(arguments.until, 1),
        form_id=arguments.form,
        class_name=arguments.class_name,
    )


def reader_of(core: Core, arguments: Namespace) -> Who | None:
    """Return who will read it, None where nobody is named.

    Raises:
        Ambiguous: several people are called so.
    """
    from observe_app.services.compare.audience import reader_named  # noqa: PLC0415

    return reader_named(core, arguments.reader) if arguments.reader else None
