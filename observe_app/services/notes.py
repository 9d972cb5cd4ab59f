"""Notes and other events of a lesson, and the unfinished line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Invalid
from observe_app.domain.event import MAX_OFFSET_MS, Draft, Event, EventKind
from observe_app.domain.evidence import Evidence
from observe_app.domain.ids import natural_id
from observe_app.domain.note_line import MAX_NOTE, NoteLine, has_signs, parse_note_line

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit

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
    links: tuple[str, ...] = (),
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
        links: ids of form items that the note is evidence for, linked in the same action.

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
        _link(unit, event, links)
        unit.drafts.drop(visit_id, NOTE_SLOT)
        unit.commit()
    return event


def _link(unit: WriteUnit, event: Event, items: tuple[str, ...]) -> None:
    """Make an event evidence for form items."""
    for item in dict.fromkeys(items):
        one = Evidence(event.visit_id, "answer", item, event.id)
        # A link is there or not: whoever makes one has seen which, also where it was taken away before.
        unit.see(unit.seen(("evidence", natural_id("evidence", one.visit_id, one.target_kind, item, event.id))))
        unit.talk.link(one)


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


def _words_of(parsed: NoteLine) -> dict[str, Any]:
    return {"text": parsed.text, "speaker": parsed.speaker, "to": parsed.to, "tags": parsed.tags}


def _change(core: Core, kind: str, event_id: str, seen: Seen, fields: dict[str, Any]) -> Opened[Event]:
    visit_id = get(core, event_id).visit_id
    with core.store.write(kind, scope=visit_id, seen=seen) as unit:
        unit.events.change(event_id, fields)
        unit.commit()
    return open_note(core, event_id)


def edit(core: Core, *, event_id: str, line: str, seen: Seen, links: tuple[str, ...] = ()) -> Opened[Event]:
    """Change the words, speaker and tags of a note; `links` are form items that it becomes evidence for besides.

    Raises:
        Invalid: nothing to store, or too long. NotFound: no such id.
    """
    parsed = checked_line(line)
    event = get(core, event_id)
    with core.store.write("note.edit", scope=event.visit_id, seen=seen) as unit:
        unit.events.change(event_id, _words_of(parsed))
        _link(unit, event, links)
        unit.drafts.drop(event.visit_id, f"edit:{event_id}")
        unit.commit()
    return open_note(core, event_id)


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


def split(
    core: Core, *, event_id: str, first: str, second: str, seen: Seen, links: tuple[str, ...] = ()
) -> tuple[Event, Event]:
    """Make two notes of one; both are evidence for what the one was.

    The second part has the moment of the first: when it was written nobody knows, and the time can be changed. It has
    its speaker too, unless it names one, and stays private or starred as the note was.

    Args:
        core: the open data folder.
        event_id: the note.
        first: the line of the first part as typed, with speaker and tags.
        second: the line of the second part.
        seen: what the editor showed.
        links: form items that both become evidence for besides.

    Returns:
        The note with its first words, and the new one.

    Raises:
        Invalid: one of them is empty or too long, or the event is no note. NotFound: no such id.
    """
    head, tail = checked_line(first), checked_line(second)
    event = _note(core, event_id)
    own = bool(tail.speaker)
    fresh = replace(
        event,
        id=core.ids.new(),
        text=tail.text,
        speaker=tail.speaker if own else head.speaker,
        to=tail.to if own else head.to,
        tags=tail.tags,
    )
    with core.store.write("note.split", scope=event.visit_id, seen=seen) as unit:
        changed = unit.events.change(event_id, _words_of(head))
        unit.events.add(fresh)
        for link in unit.talk.evidence(event.visit_id):
            if link.event_id == event_id:
                unit.talk.link(Evidence(event.visit_id, link.target_kind, link.target_id, fresh.id))
        _link(unit, event, links)
        _link(unit, fresh, links)
        unit.drafts.drop(event.visit_id, f"edit:{event_id}")
        unit.commit()
    return changed, fresh


def join(core: Core, *, event_id: str, other_id: str, seen: Seen) -> Event:
    """Make one note of two of a visit: the earlier one takes the words, tags, star and evidence of the later.

    Words of another speaker begin a line of their own with their speaker. The joined note is private when one of
    them was. The later note goes to the bin; undo parts them again.

    Args:
        core: the open data folder.
        event_id: one of the notes.
        other_id: the other one; which comes first is told by their times.
        seen: what was shown of both.

    Raises:
        Invalid: too long together, not of one visit, or no notes. NotFound: no such id.
    """
    first, later = sorted((_note(core, event_id), _note(core, other_id)), key=lambda note: (note.offset_ms, note.id))
    if first.id == later.id or first.visit_id != later.visit_id:
        raise Invalid("note", other_id, "unknown")
    text = _joined(first, later)
    tags = (*first.tags, *(tag for tag in later.tags if tag not in first.tags))
    if len(text) > MAX_NOTE:
        raise Invalid("note", text[:40], "too_long", str(MAX_NOTE))
    if len(tags) > _MAX_TAGS:
        raise Invalid("tags", " ".join(tags)[:40], "too_long", str(_MAX_TAGS))
    fields = {
        "text": text,
        "tags": tags,
        "private": first.private or later.private,
        "starred": first.starred or later.starred,
    }
    with core.store.write("note.join", scope=first.visit_id, seen=seen) as unit:
        for link in unit.talk.evidence(first.visit_id):
            if link.event_id == later.id:
                unit.talk.link(Evidence(first.visit_id, link.target_kind, link.target_id, first.id))
        changed = unit.events.change(first.id, fields)
        unit.events.change(later.id, {"deleted": True})
        unit.commit()
    return changed


def _note(core: Core, event_id: str) -> Event:
    event = get(core, event_id)
    if event.kind is not EventKind.NOTE or event.deleted:
        raise Invalid("note", event_id, "unknown")
    return event


def _joined(first: Event, later: Event) -> str:
    if later.speaker in ("", first.speaker) and later.to in ("", first.to):
        return f"{first.text} {later.text}"
    who = f"{later.speaker}→{later.to}" if later.to else later.speaker
    return f"{first.text}\n{who}: {later.text}"


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
