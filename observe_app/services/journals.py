"""A person's own journal, and what an observer takes along from a visit: read by nobody else.

Nothing here goes into a document, an export, a search or a log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.journal_entry import EntryKind, JournalEntry
from observe_app.domain.note_line import clean_note
from observe_app.services import people

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

MAX_ENTRY = 100_000


def of_visit(core: Core, visit_id: str) -> tuple[JournalEntry, ...]:
    """Return this person's own entries on a visit, the newest first."""
    return _entries(core, visit_id)


def everything(core: Core) -> tuple[JournalEntry, ...]:
    """Return this person's whole journal over all visits, the newest entry first."""
    return _entries(core, None)


def visits_of(core: Core, entries: tuple[JournalEntry, ...]) -> dict[str, Visit]:
    """Return the visits that entries were written on, by id; one that is gone is left out."""
    found: dict[str, Visit] = {}
    with core.store.read() as unit:
        for visit_id in dict.fromkeys(entry.visit_id for entry in entries if entry.visit_id):
            try:
                visit = unit.visits.get(visit_id)
            except NotFound:
                continue
            if not visit.deleted:
                found[visit_id] = visit
    return found


def open_entry(core: Core, entry_id: str) -> Opened[JournalEntry]:
    """Return an entry for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.after.entry(entry_id), unit.seen(("journal_entry", entry_id)))


def add(core: Core, *, text: str, visit_id: str = "", kind: EntryKind = EntryKind.JOURNAL) -> Opened[JournalEntry]:
    """Write an entry, as whoever uses this computer.

    Args:
        core: the open data folder.
        text: as typed; line ends are kept.
        visit_id: the visit it is about, "" for none.
        kind: own learning, or the journal.

    Raises:
        Invalid: no word, or far too many. NotFound: no such visit.
    """
    words = _words(text)
    if not words:
        raise Invalid("journal", "", "empty")
    me = people.me(core)
    entry = JournalEntry(core.ids.new(), me.id if me else None, visit_id, kind, words, core.clock.now())
    with core.store.write("journal.add", scope=visit_id or None) as unit:
        if visit_id:
            unit.visits.get(visit_id)
        unit.after.add_entry(entry)
        unit.commit()
    return open_entry(core, entry.id)


def edit(
    core: Core, *, entry_id: str, seen: Seen, text: str | None = None, kind: EntryKind | None = None
) -> Opened[JournalEntry]:
    """Change an entry; None leaves a field as it is, and the moment it was written stays.

    Raises:
        Invalid: far too many words. NotFound: no such id.
    """
    fields: dict[str, object] = {}
    if text is not None:
        fields["text"] = _words(text)
    if kind is not None:
        fields["kind"] = kind
    visit_id = open_entry(core, entry_id).value.visit_id
    with core.store.write("journal.edit", scope=visit_id or None, seen=seen) as unit:
        unit.after.change_entry(entry_id, fields)
        unit.commit()
    return open_entry(core, entry_id)


def delete(core: Core, *, entry_id: str, seen: Seen) -> None:
    """Take an entry away; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_entry(core, entry_id).value.visit_id
    with core.store.write("journal.delete", scope=visit_id or None, seen=seen) as unit:
        unit.after.change_entry(entry_id, {"deleted": True})
        unit.commit()


def _entries(core: Core, visit_id: str | None) -> tuple[JournalEntry, ...]:
    me = people.me(core)
    with core.store.read() as unit:
        found = list(unit.after.entries(visit_id=visit_id, person_id=me.id if me else None))
        if me is not None:  # what was written before anybody was introduced is theirs, too
            found += unit.after.entries(visit_id=visit_id, person_id=None)
    return tuple(sorted(found, key=lambda entry: (entry.at.isoformat() if entry.at else "", entry.id), reverse=True))


def _words(text: str) -> str:
    cleaned = clean_note(text)
    if len(cleaned) > MAX_ENTRY:
        raise Invalid("journal", "", "too_long", str(MAX_ENTRY))
    return cleaned
