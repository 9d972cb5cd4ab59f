"""Lines of a session: agenda with minutes, what is parked, what was decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.errors import Invalid
from observe_app.domain.sessions.session import SessionItem
from observe_app.domain.sessions.states import ItemKind, SessionState
from observe_app.services.sessions.sessions import MAX_MINUTES, checked_line, checked_words, of_series, when_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.changes import Seen
    from observe_app.domain.sessions.session import FollowUp, Session
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_MINUTES = re.compile(r"^(?P<title>.*\S)\s+[(\[]?(?P<minutes>\d{1,3})\s*(?:min\b\.?|minutes?\b|′|')?[)\]]?$")
_UNIT = re.compile(r"min|[′'()\[\]]")
_MINUTES_FIRST = re.compile(r"^(?P<minutes>\d{1,3})\s*(?:min\b\.?|minutes?\b|′|')\s*[:–-]?\s*(?P<title>\S.*)$")


def of_session(core: Core, session_id: str, kind: str = "") -> tuple[SessionItem, ...]:
    """Return a session's lines in order, of one kind when it is named."""
    with core.store.read() as unit:
        return lines(unit, session_id, kind)


def lines(unit: ReadUnit, session_id: str, kind: str = "") -> tuple[SessionItem, ...]:
    """Return a session's lines in order, of one kind when it is named."""
    kinds = (kind,) if kind else tuple(ItemKind)
    return unit.sessions.items.find(session_id=session_id, order="position", kind=kinds)


def open_item(core: Core, item_id: str) -> Opened[SessionItem]:
    """Return a line for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.sessions.items.get(item_id), unit.seen(("session_item", item_id)))


def split_minutes(line: str, *, bare: bool = True) -> tuple[str, int | None]:
    """Return title and minutes of a line as it is typed: "Exit tickets 15", "Exit tickets (15 min)", "15 min Exit".

    Without `bare` a number alone is none, so that "Year 8" stays what it is.
    """
    text = checked_line("title", line)
    for pattern in (_MINUTES, _MINUTES_FIRST):
        found = pattern.match(text)
        if found is not None and not bare and not _UNIT.search(text.replace(found["title"], "", 1)):
            continue
        if found is not None and 1 <= int(found["minutes"]) <= MAX_MINUTES:
            return found["title"], int(found["minutes"])
    return text, None


def add(
    core: Core,
    *,
    session_id: str,
    kind: str = ItemKind.AGENDA.value,
    title: str,
    minutes: int | None = None,
    person_id: str = "",
    text: str = "",
    after: str = "",
) -> SessionItem:
    """Add a line, behind another one when `after` names it.

    Raises:
        NotFound: no such session or person. Invalid: no title, one too long, an unknown kind, odd minutes.
    """
    fields = checked_fields({"title": title, "minutes": minutes, "person_id": person_id, "text": text})
    if kind not in set(ItemKind):
        raise Invalid("kind", kind[:40], "unknown")
    with core.store.write(f"session.{kind}") as unit:
        session = unit.sessions.sessions.get(session_id)
        if person_id:
            unit.people.get(person_id)
        there = lines(unit, session_id, kind)
        item = SessionItem(
            core.ids.new(), session_id, session.group_id, kind, position=_between(there, after), **fields
        )
        unit.sessions.items.add(item)
        unit.commit()
    return item


def checked_lines(text: str, *, bare: bool = True) -> list[tuple[str, int | None]]:
    """Return title and minutes of several agenda lines, one a line; empty ones are left out.

    Raises:
        Invalid: a line too long.
    """
    return [split_minutes(line, bare=bare) for line in text.splitlines() if line.strip()]


def add_lines(core: Core, *, session_id: str, text: str, bare: bool = True) -> tuple[SessionItem, ...]:
    """Add several agenda lines at once, one a line, each with its minutes at its end; empty ones are left out.

    Raises:
        NotFound: no such session. Invalid: a line too long.
    """
    told = checked_lines(text, bare=bare)
    with core.store.write("session.agenda") as unit:
        session = unit.sessions.sessions.get(session_id)
        place = _between(lines(unit, session_id, ItemKind.AGENDA.value), "")
        found = tuple(
            SessionItem(
                core.ids.new(), session_id, session.group_id, ItemKind.AGENDA.value, title, minutes=minutes,
                position=place + number,
            )
            for number, (title, minutes) in enumerate(told)
        )  # fmt: skip
        unit.sessions.items.add_all(found)
        unit.commit()
    return found


def edit(core: Core, *, item_id: str, seen: Seen = NOTHING_SEEN, **fields: Any) -> Opened[SessionItem]:
    """Change title, text, minutes, person_id or done of a line.

    Raises:
        NotFound: no such line or person. Invalid: no title, one too long, odd minutes.
    """
    values = checked_fields(fields)
    with core.store.write("session.item_edit", seen=seen) as unit:
        if values.get("person_id"):
            unit.people.get(values["person_id"])
        unit.sessions.items.change(item_id, values)
        unit.commit()
    return open_item(core, item_id)


def move(core: Core, *, item_id: str, by: int, seen: Seen = NOTHING_SEEN) -> bool:
    """Move a line up (-1) or down (1) among its kind; False where it is at the end already.

    Raises:
        NotFound: no such line.
    """
    with core.store.write("session.item_move", seen=seen) as unit:
        item = unit.sessions.items.get(item_id)
        there = list(lines(unit, item.session_id, item.kind))
        at = next(place for place, one in enumerate(there) if one.id == item_id)
        to = at + by
        if not 0 <= to < len(there):
            return False
        there.insert(to, there.pop(at))
        before = there[to - 1].position if to else there[to + 1].position - 2
        behind = there[to + 1].position if to + 1 < len(there) else before + 2
        place = (before + behind) / 2
        if not before < place < behind:  # halved too often: all get new places
            for number, one in enumerate(there):
                unit.sessions.items.change(one.id, {"position": float(number)})
        else:
            unit.sessions.items.change(item_id, {"position": place})
        unit.commit()
    return True


def delete(core: Core, *, item_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a line to the bin; undo brings it back.

    Raises:
        NotFound: no such line.
    """
    with core.store.write("session.item_delete", seen=seen) as unit:
        unit.sessions.items.remove(item_id)
        unit.commit()


def to_agenda(core: Core, *, item_id: str, session_id: str, minutes: int | None = None) -> SessionItem:
    """Put what is parked on a session's agenda, this or a later one's; it is settled with that. One action.

    Raises:
        NotFound: no such line or session.
    """
    with core.store.write("session.unpark") as unit:
        parked = unit.sessions.items.get(item_id)
        session = unit.sessions.sessions.get(session_id)
        item = SessionItem(
            core.ids.new(), session_id, session.group_id, ItemKind.AGENDA.value, parked.title, parked.text,
            minutes, parked.person_id, _between(lines(unit, session_id, ItemKind.AGENDA.value), ""),
        )  # fmt: skip
        unit.sessions.items.add(item)
        unit.see(unit.seen(("session_item", item_id)))
        unit.sessions.items.change(item_id, {"done": True})
        unit.commit()
    return item


def planned_min(items: Sequence[SessionItem]) -> int:
    """Return the minutes of all agenda lines together."""
    return sum(one.minutes or 0 for one in items if one.kind == ItemKind.AGENDA)


# --- what is still open from before ----------------------------------------------------------------------------------


def carried_parking(unit: ReadUnit, session: Session) -> tuple[SessionItem, ...]:
    """Return what earlier sessions parked and nobody settled: of the series, else of the group; the oldest first."""
    earlier = earlier_sessions(unit, session)
    found = unit.sessions.items.find(kind=ItemKind.PARKING.value, done=False)
    order = {one.id: number for number, one in enumerate(earlier)}
    return tuple(
        sorted(
            (one for one in found if one.session_id in order),
            key=lambda one: (order[one.session_id], one.position, one.id),
        )
    )


def carried_follow_ups(unit: ReadUnit, session: Session) -> tuple[FollowUp, ...]:
    """Return what was promised in earlier sessions and is open: of the series, else of the group; the oldest first."""
    order = {one.id: number for number, one in enumerate(earlier_sessions(unit, session))}
    found = unit.sessions.follow_ups.find(status="open")
    return tuple(
        sorted(
            (one for one in found if one.session_id in order),
            key=lambda one: (order[one.session_id], one.position, one.id),
        )
    )


def earlier_sessions(unit: ReadUnit, session: Session) -> tuple[Session, ...]:
    """Return the sessions held before one, of its series, else of its group; the earliest first."""
    if session.series_id:
        found = of_series(unit, session)
    elif session.group_id:
        found = unit.sessions.sessions.find(group_id=session.group_id)
    else:
        return ()
    before = when_of(session)
    fit = (
        one
        for one in found
        if one.id != session.id and one.state in {SessionState.HELD, SessionState.RUNNING} and when_of(one) < before
    )
    return tuple(sorted(fit, key=lambda one: (when_of(one), one.id)))


def checked_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a line cleaned.

    Raises:
        Invalid: no title, one too long, odd minutes, or a field that is none.
    """
    found = dict(fields)
    for key in found:
        if key not in {"title", "text", "minutes", "person_id", "done"}:
            raise Invalid("field", key[:40], "unknown")
    if "title" in found:
        found["title"] = checked_line("title", found["title"])
        if not found["title"]:
            raise Invalid("title", "", "empty")
    if "text" in found:
        found["text"] = checked_words("text", found["text"])
    minutes = found.get("minutes")
    if minutes is not None and not 1 <= minutes <= MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"1–{MAX_MINUTES}")
    return found


def _between(there: Sequence[SessionItem], after: str) -> float:
    """Return a place behind a line, at the end for none."""
    at = next((number for number, one in enumerate(there) if one.id == after), len(there) - 1)
    if at < 0:
        return 0.0
    if at + 1 < len(there):
        return (there[at].position + there[at + 1].position) / 2
    return there[at].position + 1
