"""A person's own journal, and what an observer takes along from a visit: read by nobody else.

Nothing here goes into a document, an export, a search of others or a log. What its owner picks for a portfolio, gives a
group as an excerpt or writes into a file of their own goes out by that act of theirs, in `services.learning`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import Opened
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.journal_entry import EntryKind, JournalEntry
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line
from observe_app.services import people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.changes import Seen
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_ENTRY = 100_000
MAX_TITLE = 200
MAX_PROMPT = 400
MAX_VISITS = 40


class EntryFields(TypedDict, total=False):
    """What can be changed of an entry.

    `visit_ids`: further visits that it is about, beside the one it was written on.
    """

    text: str
    kind: EntryKind
    title: str
    prompt: str
    visit_ids: tuple[str, ...]


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
        for visit_id in dict.fromkeys(found_id for entry in entries for found_id in linked(entry)):
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


def linked(entry: JournalEntry) -> tuple[str, ...]:
    """Return the visits that an entry is about, the one it was written on first."""
    return tuple(dict.fromkeys(found for found in (entry.visit_id, *entry.visit_ids) if found))


def matching(
    entries: Iterable[JournalEntry], words: str, visits: dict[str, Visit] | None = None
) -> tuple[JournalEntry, ...]:
    """Return the entries in which every word begins some word; accents and case aside, all of them for no words.

    Args:
        entries: whole journal, in the order wanted.
        words: as typed.
        visits: by id; the names and classes of an entry's visits are looked through, too.
    """
    wanted = _plain(words).split()
    if not wanted:
        return tuple(entries)
    known = visits or {}
    found: list[JournalEntry] = []
    for entry in entries:
        about = (known[visit] for visit in linked(entry) if visit in known)
        places = (f"{visit.teacher} {visit.observer} {visit.class_line}" for visit in about)
        text = " " + _plain(" ".join((entry.title, entry.prompt, entry.text, *places)))
        if all(f" {word}" in text for word in wanted):
            found.append(entry)
    return tuple(found)


def add(
    core: Core,
    *,
    text: str,
    visit_id: str = "",
    kind: EntryKind = EntryKind.JOURNAL,
    title: str = "",
    prompt: str = "",
    visit_ids: tuple[str, ...] = (),
) -> Opened[JournalEntry]:
    """Write an entry, as whoever uses this computer.

    Args:
        core: the open data folder.
        text: as typed; line ends are kept. It may be empty where there is a title.
        visit_id: the visit it is about, "" for none.
        kind: own learning, or the journal.
        title: "" for none.
        prompt: the question it answers, "" for none.
        visit_ids: further visits that it is about.

    Raises:
        Invalid: no word, or far too many. NotFound: no such visit.
    """
    words = _words(text)
    heading, question = _line("title", title, MAX_TITLE), _line("prompt", prompt, MAX_PROMPT)
    if not words and not heading:
        raise Invalid("journal", "", "empty")
    me = people.me(core)
    entry = JournalEntry(
        core.ids.new(), me.id if me else None, visit_id, kind, words, core.clock.now(), title=heading, prompt=question,
        visit_ids=_visit_ids(visit_ids),
    )  # fmt: skip
    with core.store.write("journal.add", scope=visit_id or None) as unit:
        for one in linked(entry):
            unit.visits.get(one)
        unit.after.add_entry(entry)
        unit.commit()
    return open_entry(core, entry.id)


def edit(core: Core, *, entry_id: str, seen: Seen, **fields: Unpack[EntryFields]) -> Opened[JournalEntry]:
    """Change fields of an entry; the moment it was written stays.

    Raises:
        Invalid: far too many words. NotFound: no such id, or no such visit.
    """
    found: dict[str, object] = {}
    if "text" in fields:
        found["text"] = _words(fields["text"])
    if "kind" in fields:
        found["kind"] = fields["kind"]
    if "title" in fields:
        found["title"] = _line("title", fields["title"], MAX_TITLE)
    if "prompt" in fields:
        found["prompt"] = _line("prompt", fields["prompt"], MAX_PROMPT)
    wanted = _visit_ids(fields["visit_ids"]) if "visit_ids" in fields else None
    before = open_entry(core, entry_id).value
    with core.store.write("journal.edit", scope=before.visit_id or None, seen=seen) as unit:
        if wanted is not None:
            _check_new(unit, wanted, before.visit_ids)
            found["visit_ids"] = wanted
        unit.after.change_entry(entry_id, found)
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


def _line(field: str, text: str, most: int) -> str:
    line = clean_line(text)
    if len(line) > most:
        raise Invalid(field, line[:40], "too_long", str(most))
    return line


def _visit_ids(found: tuple[str, ...]) -> tuple[str, ...]:
    once = tuple(dict.fromkeys(one for one in found if one))
    if len(once) > MAX_VISITS:
        raise Invalid("visits", str(len(once)), "out_of_range", str(MAX_VISITS))
    return once


def _check_new(unit: ReadUnit, wanted: tuple[str, ...], before: tuple[str, ...]) -> None:
    """Raise NotFound for a visit that is not there; one linked before may have been erased since."""
    for one in wanted:
        if one not in before:
            unit.visits.get(one)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return " ".join(kept.split())
