"""Terms and holidays: added, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.errors import Invalid
from observe_app.domain.people import checked_name, clean_line
from observe_app.domain.school.terms import Holiday, SchoolTerm, TermKind, checked_days

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

MAX_NAME = 120


class TermFields(TypedDict, total=False):
    """What can be changed of a term."""

    name: str
    kind: str
    first: date
    last: date


class HolidayFields(TypedDict, total=False):
    """What can be changed of a holiday."""

    name: str
    first: date
    last: date


def add_term(core: Core, *, name: str, first: date, last: date, kind: str = TermKind.TERM) -> SchoolTerm:
    """Add a part of the school's year; both days count. Parts may lie in one another.

    Raises:
        Invalid: an empty or too long name, a kind that there is not, a last day before the first or years later.
    """
    first, last = checked_days(first, last)
    term = SchoolTerm(core.ids.new(), checked_name(name)[:MAX_NAME], _kind(kind), first, last)
    with core.store.write("term.add") as unit:
        unit.school.terms.add(term)
        unit.commit()
    return term


def edit_term(core: Core, *, term_id: str, seen: Seen | None = None, **fields: Unpack[TermFields]) -> SchoolTerm:
    """Change a term.

    Raises:
        NotFound: no such id. Invalid: as `add_term`.
    """
    values: dict[str, object] = dict(fields)
    with core.store.write("term.edit") as unit:
        term = unit.school.terms.get(term_id)
        unit.see(seen if seen is not None else unit.seen(("school_term", term_id)))
        if "name" in fields:
            values["name"] = checked_name(fields["name"])[:MAX_NAME]
        if "kind" in fields:
            values["kind"] = _kind(fields["kind"])
        checked_days(fields.get("first", term.first), fields.get("last", term.last))
        changed = unit.school.terms.change(term_id, values)
        unit.commit()
    return changed


def delete_term(core: Core, term_id: str) -> None:
    """Move a term to the bin; classes that belong to it stay.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("term.delete") as unit:
        unit.see(unit.seen(("school_term", term_id)))
        unit.school.terms.remove(term_id)
        unit.commit()


def add_holiday(core: Core, *, name: str, first: date, last: date) -> Holiday:
    """Add days without lessons; both count.

    Raises:
        Invalid: a last day before the first or years later.
    """
    first, last = checked_days(first, last)
    holiday = Holiday(core.ids.new(), clean_line(name)[:MAX_NAME], first, last)
    with core.store.write("holiday.add") as unit:
        unit.school.holidays.add(holiday)
        unit.commit()
    return holiday


def edit_holiday(core: Core, *, holiday_id: str, seen: Seen | None = None, **fields: Unpack[HolidayFields]) -> Holiday:
    """Change a holiday.

    Raises:
        NotFound: no such id. Invalid: as `add_holiday`.
    """
    values: dict[str, object] = dict(fields)
    with core.store.write("holiday.edit") as unit:
        holiday = unit.school.holidays.get(holiday_id)
        unit.see(seen if seen is not None else unit.seen(("holiday", holiday_id)))
        if "name" in fields:
            values["name"] = clean_line(fields["name"])[:MAX_NAME]
        checked_days(fields.get("first", holiday.first), fields.get("last", holiday.last))
        changed = unit.school.holidays.change(holiday_id, values)
        unit.commit()
    return changed


def delete_holiday(core: Core, holiday_id: str) -> None:
    """Move a holiday to the bin.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("holiday.delete") as unit:
        unit.see(unit.seen(("holiday", holiday_id)))
        unit.school.holidays.remove(holiday_id)
        unit.commit()


def _kind(kind: str) -> str:
    if kind not in set(TermKind):
        raise Invalid("term", str(kind)[:40], "unknown")
    return str(kind)
