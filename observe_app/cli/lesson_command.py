"""`compare lesson`: everything one visit shows, each figure with its n and its base."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.domain.timeline import Share
from observe_app.services import lesson_views, visits

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.compare.lesson import LessonPicture
    from observe_app.domain.record import VisitRecord

_PARTS = (
    "length_ms", "paused", "phases", "sheets", "budgets", "phase_budget", "rates", "talk", "talk_seconds", "waits",
    "looks", "levels", "participation", "tags", "balance",
)  # fmt: skip


def add_to(group: Commands) -> None:
    """Add the command behind `compare`."""
    one = add(group, "lesson", "say what one lesson adds up to, each figure with its base", lesson)
    one.add_argument("visit", metavar="VISIT")


def lesson(arguments: Namespace) -> int:
    """Say what one visit shows; nothing private is in it."""
    from observe_app.domain.compare.lesson import lesson as picture_of  # noqa: PLC0415  (help and usage need it not)

    with opened(arguments) as core:
        record = visits.load_record(core, visits.resolve(core, arguments.visit))
    if arguments.json:
        output.say_json(_document(record, picture_of(record)))
        return 0
    visit = record.visit
    output.say("  ".join(part for part in (visit.teacher, visit.observer, visit.class_line) if part))
    for view in lesson_views.views(record):
        output.say(f"  {view.text}")
    return 0


def _document(record: VisitRecord, picture: LessonPicture) -> dict[str, Any]:
    found = {name: _plain(getattr(picture, name)) for name in _PARTS}
    return {"visit": record.visit.id, "origin": picture.origin.value, "form": record.visit.form_id, **found}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; a share as its n, its base and what they come to, null of nothing."""
    if isinstance(value, Share):
        return {"n": value.count, "of": value.of, "share": value.value}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return value
