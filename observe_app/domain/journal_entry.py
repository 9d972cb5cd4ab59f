"""A person's own journal: read by nobody else, never part of a visit's record, never in a file that leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry is about."""

    LEARNING = "learning"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry.

    Attributes:
        person_id: whose journal; None where nobody was introduced yet. visit_id: the visit it was written on, "" for
            none. kind: "learning" is what the observer takes along for their own lessons.
        prompt: the question it answers, "" for none. visit_ids: further visits that it is about.
    """

    id: str
    person_id: str | None = None
    visit_id: str = ""
    kind: EntryKind = EntryKind.JOURNAL
    text: str = ""
    at: datetime | None = None
    deleted: bool = False
    title: str = ""
    prompt: str = ""
    visit_ids: tuple[str, ...] = ()
