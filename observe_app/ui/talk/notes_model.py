"""The notes of a visit as a one-column table: found, starred, and what they are evidence for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from observe_app.domain.event import Event, EventKind
from observe_app.domain.note_line import clock_text
from observe_app.ui.i18n import claim_name
from observe_app.ui.talk.marks import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.evidence import Claim, ClaimKind

NOTES_MIME = "application/x-observe-notes"
EVENT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
KINDS_ROLE = EVENT_ROLE + 1
FOUND_ROLE = EVENT_ROLE + 2

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()


def kinds_by_note(claims: Iterable[Claim]) -> dict[str, tuple[ClaimKind, ...]]:
    """Return which kinds of claim each note is evidence for, in the order of the columns."""
    found: dict[str, set[ClaimKind]] = {}
    for claim in claims:
        for event_id in claim.evidence:
            found.setdefault(event_id, set()).add(claim.kind)
    return {event_id: tuple(kind for kind in KINDS if kind in kinds) for event_id, kinds in found.items()}


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
    if not data.hasFormat(NOTES_MIME):
        return ()
    return tuple(bytes(data.data(NOTES_MIME).data()).decode("ascii", "ignore").split())


class NotesModel(QAbstractTableModel):
    """Notes in lesson order, narrowed by words and by star."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Event, ...] = ()
        self._shown: list[Event] = []
        self._kinds: dict[str, tuple[ClaimKind, ...]] = {}
        self._found: dict[str, tuple[tuple[int, int], ...]] = {}
        self._words = ""
        self._starred_only = False

    @property
    def notes(self) -> tuple[Event, ...]:
        """Every note of the visit, found or not."""
        return self._all

    @property
    def starred(self) -> int:
        """How many notes are starred."""
        return sum(1 for note in self._all if note.starred)

    def set_notes(self, events: Sequence[Event], kinds: Mapping[str, tuple[ClaimKind, ...]]) -> None:
        """Show these events' notes; rows that stay keep their selection."""
        self._all = tuple(event for event in events if event.kind is EventKind.NOTE and not event.deleted)
        self._kinds = dict(kinds)
        self._show(self._wanted())

    def narrow(self, *, words: str | None = None, starred_only: bool | None = None) -> None:
        """Show the notes that hold all words, in any case and without accents, and only starred ones when asked."""
        self._words = self._words if words is None else " ".join(words.split())
        self._starred_only = self._starred_only if starred_only is None else starred_only
        self.beginResetModel()
        self._shown = self._wanted()
        self.endResetModel()

    def event_at(self, row: int) -> Event:
        """Return the note of a row."""
        return self._shown[row]

    def row_of(self, event_id: str) -> int | None:
        """Return where a note stands, None while it is not shown."""
        return next((row for row, note in enumerate(self._shown) if note.id == event_id), None)

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """Return how many notes are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        """Return 1: the delegate lays out the row."""
        return 0 if parent.isValid() else 1

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
        if role == Qt.ItemDataRole.DisplayRole:
            return note.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(note)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that notes can be picked and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return our own type alone: notes do not leave the window by a slip of the hand."""
        return [NOTES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of the dragged notes, in lesson order."""
        data = QMimeData()
        rows = sorted({index.row() for index in indexes})
        data.setData(NOTES_MIME, QByteArray(" ".join(self._shown[row].id for row in rows).encode("ascii")))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that a drag links and never moves."""
        return Qt.DropAction.LinkAction | Qt.DropAction.CopyAction

    def _wanted(self) -> list[Event]:
        self._found = {}
        wanted: list[Event] = []
        for note in self._all:
            if self._starred_only and not note.starred:
                continue
            if self._words:
                marks = find_words(note.text, self._words)
                if (
                    marks is None
                    and find_words(f"{note.speaker} {note.text} {' '.join(note.tags)}", self._words) is None
                ):
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
        parts = [clock_text(note.offset_ms), note.speaker, note.text]
        if note.starred:
            parts.append(QCoreApplication.translate("NotesModel", "starred"))
        if note.private:
            parts.append(QCoreApplication.translate("NotesModel", "private"))
        kinds = ", ".join(claim_name(kind) for kind in self._kinds.get(note.id, ()))
        if kinds:
            parts.append(QCoreApplication.translate("NotesModel", "evidence for: {kinds}").format(kinds=kinds))
        return ", ".join(part for part in parts if part)
