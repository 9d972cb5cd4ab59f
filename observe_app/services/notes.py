"""Notes and other events of a lesson, and the unfinished line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Invalid
from observe_app.domain.event import MAX_OFFSET_MS, Draft, Event, EventKind
from observe_app.domain.note_line import MAX_NOTE, NoteLine, has_signs, parse_note_line

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from observe_app.services.core import Core

NOTE_SLOT = "note"
_MAX_TAGS = 20


def checked_line(line: str) -> NoteLine:
    """Read a typed line.

    Raises:
        Invalid: nothing is in it, or more than `MAX_NOTE` characters, or more than 20 tags.
    """
    if len(line) > MAX_NOTE:
        raise Invalid("note", line[:40], "too_long", str(MAX_NOTE))
    parsed = parse_note_line(line)
    if not has_signs(parsed.text):
        raise Invalid("note", line[:40], "empty")
    if len(parsed.tags) > _MAX_TAGS:
        raise Invalid("tags", " ".join(parsed.tags)[:40], "too_long", str(_MAX_TAGS))
    return parsed


def _checked_offset(offset_ms: int) -> int:
    if not -MAX_OFFSET_MS <= offset_ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(offset_ms), "out_of_range", "24 h")
    return offset_ms


def add(
    core: Core,
    *,
    visit_id: str,
    line: str,
    offset_ms: int,
    wall: datetime | None = None,
    source: str = "live",
    private: bool = False,
    starred: bool = False,
) -> Event:
    """Store a note; when this returns it is on the disk. The visit's unfinished line goes in the same transaction.

    Args:
        core: the open data folder.
        visit_id: the visit.
        line: as typed: speaker prefix, words, tags.
        offset_ms: since the lesson's start, of the first keystroke.
        wall: wall time of the first keystroke, aware; None where it is not known.
        source: "live", "imported" or "demo".
        private: never leaves its author.
        starred: worth a look afterwards.

    Raises:
        Invalid: nothing to store, or too long. Storage errors: nothing was changed.
    """
    parsed = checked_line(line)
    event = Event(
        id=core.ids.new(),
        visit_id=visit_id,
        kind=EventKind.NOTE,
        offset_ms=_checked_offset(offset_ms),
        wall=None if wall is None else require_utc(wall),
        text=parsed.text,
        speaker=parsed.speaker,
        to=parsed.to,
        tags=parsed.tags,
        private=private,
        starred=starred,
        author_id=core.store.me,
        source=source,
    )
    with core.store.write("note.add", scope=visit_id) as unit:
        unit.events.add(event)
        unit.drafts.drop(visit_id, NOTE_SLOT)
        unit.commit()
    return event


def stream(core: Core, visit_id: str) -> tuple[Event, ...]:
    """Return a visit's events of every kind, by offset."""
    with core.store.read() as unit:
        return unit.events.of_visit(visit_id)


def get(core: Core, event_id: str) -> Event:
    """Return an event, deleted or not.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.events.get(event_id)


def some(core: Core, event_ids: frozenset[str]) -> tuple[Event, ...]:
    """Return the events of these ids that exist, deleted ones too; for refreshing a list."""
    with core.store.read() as unit:
        return unit.events.some(event_ids)


def open_note(core: Core, event_id: str) -> Opened[Event]:
    """Return an event for an editor or a toggle.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.events.get(event_id), unit.seen(("event", event_id)))


def _change(core: Core, kind: str, event_id: str, seen: Seen, fields: dict[str, Any], slot: str = "") -> Opened[Event]:
    visit_id = get(core, event_id).visit_id
    with core.store.write(kind, scope=visit_id, seen=seen) as unit:
        unit.events.change(event_id, fields)
        if slot:
            unit.drafts.drop(visit_id, slot)
        unit.commit()
    return open_note(core, event_id)


def edit(core: Core, *, event_id: str, line: str, seen: Seen) -> Opened[Event]:
    """Change the words, speaker and tags of a note.

    Raises:
        Invalid: nothing to store, or too long. NotFound: no such id.
    """
    parsed = checked_line(line)
    fields = {"text": parsed.text, "speaker": parsed.speaker, "to": parsed.to, "tags": parsed.tags}
    return _change(core, "note.edit", event_id, seen, fields, slot=f"edit:{event_id}")


def retime(core: Core, *, event_id: str, offset_ms: int, seen: Seen) -> Opened[Event]:
    """Move an event to another moment of the lesson; its wall time moves along.

    Raises:
        Invalid: more than 24 hours from the start. NotFound: no such id.
    """
    from datetime import timedelta  # noqa: PLC0415

    event = get(core, event_id)
    fields: dict[str, Any] = {"offset_ms": _checked_offset(offset_ms)}
    if event.wall is not None:
        fields["wall"] = event.wall + timedelta(milliseconds=offset_ms - event.offset_ms)
    return _change(core, "note.retime", event_id, seen, fields)


def star(core: Core, *, event_id: str, starred: bool, seen: Seen) -> Opened[Event]:
    """Star an event, or take the star away.

    Raises:
        NotFound: no such id.
    """
    return _change(core, "note.star", event_id, seen, {"starred": starred})


def set_private(core: Core, *, event_id: str, private: bool, seen: Seen) -> Opened[Event]:
    """Say whether an event never leaves its author.

    Raises:
        NotFound: no such id.
    """
    return _change(core, "note.private", event_id, seen, {"private": private})


def delete(core: Core, *, event_id: str, seen: Seen) -> None:
    """Move an event to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    _change(core, "note.delete", event_id, seen, {"deleted": True})


def tags_used(core: Core) -> tuple[str, ...]:
    """Return the tags in use over all visits, the most frequent first."""
    with core.store.read() as unit:
        return unit.events.tags()


def keep_draft(core: Core, draft: Draft) -> None:
    """Keep the unfinished line, outside the journal."""
    with core.store.write("draft", undoable=False) as unit:
        unit.drafts.keep(draft)
        unit.commit()


def drafts(core: Core, visit_id: str) -> tuple[Draft, ...]:
    """Return a visit's unfinished lines."""
    with core.store.read() as unit:
        return unit.drafts.of_visit(visit_id)


def drop_draft(core: Core, *, visit_id: str, slot: str) -> None:
    """Forget an unfinished line."""
    with core.store.write("draft", undoable=False) as unit:
        unit.drafts.drop(visit_id, slot)
        unit.commit()
