"""A session that runs: begin and end, the line that is on, notes as they are typed. All of it survives a crash.

What runs is in the record as the moment it began. What this computer's own clock said then stands beside it, outside
the journal, so that a corrected system clock moves nothing (`domain.sessions.running`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.event import Draft
from observe_app.domain.sessions import running as clocks
from observe_app.domain.sessions.states import ItemKind, SessionState
from observe_app.services.sessions.items import lines
from observe_app.services.sessions.sessions import MAX_MINUTES, checked_words, zone_of

if TYPE_CHECKING:
    from observe_app.domain.sessions.running import Mark, Running
    from observe_app.domain.sessions.session import Session, SessionItem
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit, WriteUnit

LINE_SLOT = "session-line"
"""Slot of the unfinished note line."""

_MARK_SLOT = "session-clock"


def start(core: Core, *, session_id: str) -> Session:
    """Begin a session, and its first line with it; one that runs or was held stays as it is.

    Raises:
        NotFound: no such session. Invalid: it was cancelled.
    """
    with core.store.write("session.start") as unit:
        session = unit.sessions.sessions.get(session_id)
        if session.state == SessionState.CANCELLED:
            raise Invalid("session", session.title[:40], "taken")
        if session.state != SessionState.PLANNED:
            return session
        now = core.clock.now()
        _see(unit, session_id)
        unit.sessions.sessions.change(session_id, {"state": SessionState.RUNNING.value, "started": now, "ended": None})
        marks = {session_id: clocks.marked(core.clock, now)}
        first = next((one for one in lines(unit, session_id, ItemKind.AGENDA.value) if not one.done), None)
        if first is not None:
            unit.sessions.items.change(first.id, {"started": now})
            marks[first.id] = clocks.marked(core.clock, now)
        _keep_marks(core, unit, session_id, marks)
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def begin_item(core: Core, *, item_id: str, settle: bool = True) -> SessionItem:
    """Go to a line; the one that was on stops, and counts as through unless `settle` is false. One action.

    Raises:
        NotFound: no such line. Invalid: its session does not run.
    """
    with core.store.write("session.item_begin") as unit:
        item = unit.sessions.items.get(item_id)
        _running(unit, item.session_id)
        if item.started is None:
            _stop_lines(core, unit, item.session_id, settle=settle)
            _begin(core, unit, item)
        unit.commit()
        return unit.sessions.items.get(item_id)


def next_item(core: Core, *, session_id: str) -> SessionItem | None:
    """End the line that is on and go to the next that is open; None where there is none, then nothing runs.

    Raises:
        NotFound: no such session. Invalid: it does not run.
    """
    with core.store.write("session.item_begin") as unit:
        session = _running(unit, session_id)
        told = clocks.reading(core.clock, session, lines(unit, session_id), marks_of(unit, session_id))
        _stop_lines(core, unit, session_id, settle=True)
        if told.following is not None:
            _begin(core, unit, told.following)
        unit.commit()
    return told.following


def previous_item(core: Core, *, session_id: str) -> SessionItem | None:
    """Go back to the line before; it is open again and its time goes on. None where there is none.

    Raises:
        NotFound: no such session. Invalid: it does not run.
    """
    with core.store.write("session.item_begin") as unit:
        _running(unit, session_id)
        agenda = lines(unit, session_id, ItemKind.AGENDA.value)
        at = next((number for number, one in enumerate(agenda) if one.started is not None), len(agenda))
        if at == 0:
            return None
        _stop_lines(core, unit, session_id, settle=False)
        _begin(core, unit, agenda[at - 1])
        unit.commit()
    return agenda[at - 1]


def stop(core: Core, *, session_id: str) -> Session:
    """End a session; the line that is on is through. One that does not run stays as it is.

    Raises:
        NotFound: no such session.
    """
    with core.store.write("session.stop") as unit:
        session = unit.sessions.sessions.get(session_id)
        if session.state != SessionState.RUNNING or session.started is None:
            return session
        told = clocks.reading(core.clock, session, lines(unit, session_id), marks_of(unit, session_id))
        _stop_lines(core, unit, session_id, settle=True)
        _see(unit, session_id)
        ended = session.started + timedelta(seconds=told.session_s)
        unit.sessions.sessions.change(session_id, {"state": SessionState.HELD.value, "ended": ended})
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def go_on(core: Core, *, session_id: str) -> Session:
    """Open a session again that was ended; its time goes on from its beginning.

    Raises:
        NotFound: no such session. Invalid: it was never begun here.
    """
    with core.store.write("session.start") as unit:
        session = unit.sessions.sessions.get(session_id)
        if session.state != SessionState.HELD or session.started is None:
            raise Invalid("session", session.title[:40], "not_yet")
        _see(unit, session_id)
        unit.sessions.sessions.change(session_id, {"state": SessionState.RUNNING.value, "ended": None})
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def hold(core: Core, *, session_id: str, minutes: int | None = None) -> Session:
    """Say that a session was held without the clock, or how long it really was.

    Raises:
        NotFound: no such session. Invalid: no day is set, or a length that no session has.
    """
    if minutes is not None and not 1 <= minutes <= MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"1–{MAX_MINUTES}")
    with core.store.write("session.stop") as unit:
        session = unit.sessions.sessions.get(session_id)
        began = session.started or session.start
        if began is None:
            raise Invalid("start", "", "empty")
        if session.state == SessionState.RUNNING:
            _stop_lines(core, unit, session_id, settle=True)
        _see(unit, session_id)
        ended = began + timedelta(minutes=minutes if minutes is not None else session.minutes)
        changes = {"state": SessionState.HELD.value, "started": began, "ended": ended}
        unit.sessions.sessions.change(session_id, changes)
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def read(core: Core, session_id: str) -> Running:
    """Return what the clock of a session shows now.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        return clocks.reading(core.clock, session, lines(unit, session_id), marks_of(unit, session_id))


def loaded(core: Core, session_id: str) -> tuple[Session, tuple[SessionItem, ...], dict[str, Mark]]:
    """Return a session with its lines and marks, for a clock that ticks without asking the store each time.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        return session, lines(unit, session_id), marks_of(unit, session_id)


def marks_of(unit: ReadUnit, session_id: str) -> dict[str, Mark]:
    """Return what this computer's clock said when things of a session began, by their ids."""
    found = next((one for one in unit.drafts.of_visit(session_id) if one.slot == _MARK_SLOT), None)
    return clocks.loads(found.text) if found is not None else {}


def _running(unit: ReadUnit, session_id: str) -> Session:
    session = unit.sessions.sessions.get(session_id)
    if session.state != SessionState.RUNNING:
        raise Invalid("session", session.title[:40], "not_yet")
    return session


def _begin(core: Core, unit: WriteUnit, item: SessionItem) -> None:
    now = core.clock.now()
    unit.see(unit.seen(("session_item", item.id)))
    unit.sessions.items.change(item.id, {"started": now, "done": False})
    _keep_marks(core, unit, item.session_id, {item.id: clocks.marked(core.clock, now)})


def _stop_lines(core: Core, unit: WriteUnit, session_id: str, *, settle: bool) -> None:
    """Stop what runs; the time it took is kept with it."""
    marks = marks_of(unit, session_id)
    for item in lines(unit, session_id, ItemKind.AGENDA.value):
        if item.started is not None:
            unit.see(unit.seen(("session_item", item.id)))
            taken = clocks.spent_s(core.clock, item, marks)
            unit.sessions.items.change(item.id, {"started": None, "spent_s": taken, "done": settle or item.done})


def _keep_marks(core: Core, unit: WriteUnit, session_id: str, fresh: dict[str, Mark]) -> None:
    text = clocks.dumps({**marks_of(unit, session_id), **fresh})
    unit.drafts.keep(Draft(session_id, _MARK_SLOT, text, 0, core.clock.now()))


def _see(unit: WriteUnit, session_id: str) -> None:
    unit.see(unit.seen(("session", session_id)))


# --- notes -----------------------------------------------------------------------------------------------------------


def add_note(core: Core, *, session_id: str, text: str, stamped: bool = True) -> Session:
    """Put a line under the notes of a session, with the time of day if `stamped`; the unfinished line is done with it.

    Raises:
        NotFound: no such session. Invalid: no words, or too many in all.
    """
    words = checked_words("notes", text)
    if not words:
        raise Invalid("notes", "", "empty")
    with core.store.write("session.note") as unit:
        session = unit.sessions.sessions.get(session_id)
        time = f"{core.clock.now().astimezone(zone_of(session.zone)):%H:%M} " if stamped else ""
        whole = checked_words("notes", f"{session.notes}\n{time}{words}")
        _see(unit, session_id)
        unit.sessions.sessions.change(session_id, {"notes": whole})
        unit.drafts.drop(session_id, LINE_SLOT)
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def line_draft(core: Core, session_id: str) -> str:
    """Return the unfinished note line, "" where there is none."""
    with core.store.read() as unit:
        return next((one.text for one in unit.drafts.of_visit(session_id) if one.slot == LINE_SLOT), "")


def keep_line(core: Core, *, session_id: str, text: str) -> None:
    """Keep the unfinished note line, outside the journal; an empty one is forgotten."""
    with core.store.write("draft", undoable=False) as unit:
        if text:
            unit.drafts.keep(Draft(session_id, LINE_SLOT, text, 0, core.clock.now()))
        else:
            unit.drafts.drop(session_id, LINE_SLOT)
        unit.commit()
