"""The notes of a visit as a one-column table: found, starred, and what they are evidence for."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_parts import phases
from observe_app.domain.note_line import clock_text
from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.evidence_model import EvidenceModel
from observe_app.ui.talk.marks import KINDS
from observe_app.ui.talk.note_filter import Around, Narrow, NoteFilter, Offers, fits, offers
from observe_app.ui.talk.source import NOTES_MIME, Picked, mime_of, picked_of, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.evidence import Claim, ClaimKind

EVENT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
KINDS_ROLE = EVENT_ROLE + 1
FOUND_ROLE = EVENT_ROLE + 2
WORDS_ROLE = EVENT_ROLE + 3

_Index = QModelIndex | QPersistentModelIndex


def kinds_by_note(claims: Iterable[Claim]) -> dict[str, tuple[ClaimKind, ...]]:
    """Return which kinds of claim each note is evidence for, in the order of the columns."""
    found: dict[str, set[ClaimKind]] = {}
    for claim in claims:
        for event_id in claim.evidence:
            found.setdefault(event_id, set()).add(claim.kind)
    return {event_id: tuple(kind for kind in KINDS if kind in kinds) for event_id, kinds in found.items()}


def kinds_by_view(claims: Iterable[Claim]) -> dict[str, tuple[ClaimKind, ...]]:
    """Return which kinds of claim rest on each view, in the order of the columns."""
    found: dict[str, set[ClaimKind]] = {}
    for claim in claims:
        for key in claim.views:
            found.setdefault(key, set()).add(claim.kind)
    return {key: tuple(kind for kind in KINDS if kind in kinds) for key, kinds in found.items()}


@lru_cache(maxsize=4096)
def fold(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without case and accents, and for each of its characters where it stood in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), tuple(places)


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...] | None:
    """Return where the words stand in the text as (start, end), None when one of them is missing."""
    folded, places = fold(text)
    marks: list[tuple[int, int]] = []
    for word in words.split():
        wanted, _ = fold(word)
        start = folded.find(wanted) if wanted else -1
        if start < 0:
            return None
        while start >= 0:
            marks.append((places[start], places[start + len(wanted) - 1] + 1))
            start = folded.find(wanted, start + len(wanted))
    return tuple(sorted(marks))


def ids_of(data: QMimeData) -> tuple[str, ...]:
    """Return the note ids that a drag carries, () when it carries none."""
    return picked_of(data).events


class NotesModel(EvidenceModel):
    """Notes in lesson order, narrowed by words and by what is asked of them.

    Narrowed to what a view counts it shows every event of it, also those that are no notes.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[Event, ...] = ()
        self._all: tuple[Event, ...] = ()
        self._shown: list[Event] = []
        self._kinds: dict[str, tuple[ClaimKind, ...]] = {}
        self._found: dict[str, tuple[tuple[int, int], ...]] = {}
        self._names: Mapping[tuple[str, str], str] = {}
        self._around = Around()
        self._filter = NoteFilter()

    @property
    def notes(self) -> tuple[Event, ...]:
        """Every note of the visit, found or not."""
        return self._all

    @property
    def starred(self) -> int:
        """How many notes are starred."""
        return sum(1 for note in self._all if note.starred)

    @property
    def filter(self) -> NoteFilter:
        """What is asked of the notes shown."""
        return self._filter

    @property
    def offers(self) -> Offers:
        """What there is to narrow by."""
        return offers(self._events, self._around)

    def set_notes(
        self,
        events: Sequence[Event],
        kinds: Mapping[str, tuple[ClaimKind, ...]],
        around: Around | None = None,
        names: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """Show these events' notes; rows that stay keep their selection.

        Args:
            events: of the visit, in lesson order.
            kinds: of the claims that an event stands under, by its id.
            around: what else is known about the notes.
            names: of the form's items and codes, as `item_names`.
        """
        self._events = tuple(event for event in events if not event.deleted)
        self._all = tuple(event for event in self._events if event.kind is EventKind.NOTE)
        self._kinds = dict(kinds)
        self._around = around or Around()
        self._names = names or {}
        self._show(self._wanted())

    def narrow(self, wanted: NoteFilter) -> None:
        """Show the notes that hold all words, in any case and without accents, and that fit every wish."""
        wanted = replace(wanted, words=" ".join(wanted.words.split()))
        if wanted != self._filter:
            self._filter = wanted
            self.beginResetModel()
            self._shown = self._wanted()
            self.endResetModel()

    def event_at(self, row: int) -> Event:
        """Return the note of a row."""
        return self._shown[row]

    def id_at(self, row: int) -> str:
        """Return the id of a row's event."""
        return self._shown[row].id

    def row_of(self, event_id: str) -> int | None:
        """Return where a note stands, None while it is not shown."""
        return next((row for row, note in enumerate(self._shown) if note.id == event_id), None)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a note's text, its record, its kinds of claim, or what a screen reader says."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        note = self._shown[index.row()]
        if role == EVENT_ROLE:
            return note
        if role == KINDS_ROLE:
            return self._kinds.get(note.id, ())
        if role == FOUND_ROLE:
            return self._found.get(note.id, ())
        if role == WORDS_ROLE:
            return source_words(note, self._names)
        if role == Qt.ItemDataRole.DisplayRole:
            return note.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(note)
        return None

    def mimeTypes(self) -> list[str]:
        """Return our own type alone: notes do not leave the window by a slip of the hand."""
        return [NOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of the dragged notes, in lesson order."""
        rows = sorted({index.row() for index in indexes})
        return mime_of(Picked(events=tuple(self._shown[row].id for row in rows)))

    def _count(self) -> int:
        return len(self._shown)

    def _wanted(self) -> list[Event]:
        self._found = {}
        wanted: list[Event] = []
        asked, words = self._filter, self._filter.words
        found = {phase.event: phase for phase in phases(self._events)} if asked.values(Narrow.PHASE) else {}
        for note in self._events if asked.values(Narrow.VIEW) else self._all:
            if not fits(note, asked, self._around, found):
                continue
            if words:
                marks = find_words(note.text, words)
                if marks is None and find_words(f"{note.speaker} {note.text} {' '.join(note.tags)}", words) is None:
                    continue
                self._found[note.id] = marks or ()
            wanted.append(note)
        return wanted

    def _show(self, wanted: list[Event]) -> None:
        before = [note.id for note in self._shown]
        after = [note.id for note in wanted]
        head = 0
        while head < min(len(before), len(after)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        if head < len(before) - tail:
            self.beginRemoveRows(QModelIndex(), head, len(before) - tail - 1)
            del self._shown[head : len(before) - tail]
            self.endRemoveRows()
        if head < len(after) - tail:
            self.beginInsertRows(QModelIndex(), head, len(after) - tail - 1)
            self._shown[head:head] = wanted[head : len(after) - tail]
            self.endInsertRows()
        self._shown = wanted
        if wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, 0))

    def _spoken(self, note: Event) -> str:
        parts = [clock_text(note.offset_ms), note.speaker, source_words(note, self._names)]
        if note.starred:
            parts.append(QCoreApplication.translate("NotesModel", "starred"))
        if note.private:
            parts.append(QCoreApplication.translate("NotesModel", "private"))
        kinds = ", ".join(claim_name(kind) for kind in self._kinds.get(note.id, ()))
        if kinds:
            parts.append(QCoreApplication.translate("NotesModel", "evidence for: {kinds}").format(kinds=kinds))
        return ", ".join(part for part in parts if part)
