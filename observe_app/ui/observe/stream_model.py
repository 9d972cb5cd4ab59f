"""The events of a visit as rows of one column, kept in order and refreshed row by row."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.domain.event import Event, EventKind
from observe_app.domain.note_line import clock_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class StreamRole(IntEnum):
    """What a row hands to its painter."""

    EVENT = Qt.ItemDataRole.UserRole + 1
    LINKS = Qt.ItemDataRole.UserRole + 2


def _key(event: Event) -> tuple[int, str]:
    return (event.offset_ms, event.id)


class StreamModel(QAbstractTableModel):
    """Rows by lesson time, then by id; every change is told to the views exactly, row by row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: list[Event] = []
        self._keys: list[tuple[int, str]] = []
        self._by_id: dict[str, tuple[int, str]] = {}
        self._links: dict[str, tuple[str, ...]] = {}

    @property
    def events(self) -> tuple[Event, ...]:
        """All rows in order."""
        return tuple(self._events)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count of events."""
        return 0 if parent.isValid() else len(self._events)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The event, its links, or the row in words for a screen reader."""
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._events):
            return None
        event = self._events[row]
        if role == StreamRole.EVENT:
            return event
        if role == StreamRole.LINKS:
            return self._links.get(event.id, ())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(event)
        return None

    def load(self, events: Iterable[Event], links: Mapping[str, tuple[str, ...]]) -> None:
        """Show another visit; the only reset."""
        self.beginResetModel()
        self._events = sorted(events, key=_key)
        self._keys = [_key(event) for event in self._events]
        self._by_id = {event.id: _key(event) for event in self._events}
        self._links = dict(links)
        self.endResetModel()

    def event_at(self, row: int) -> Event | None:
        """Return the event of a row, None outside."""
        return self._events[row] if 0 <= row < len(self._events) else None

    def event(self, event_id: str) -> Event | None:  # type: ignore[override]  # QObject.event takes a QEvent
        """Return the event of this id, None where it is not shown."""
        row = self.row_of(event_id)
        return self._events[row] if row >= 0 else None

    def row_of(self, event_id: str) -> int:
        """Return the row of an event, -1 where it is not shown."""
        key = self._by_id.get(event_id)
        return -1 if key is None else bisect_left(self._keys, key)

    def row_at(self, offset_ms: int) -> int:
        """Return the first row at or after this moment, the last one after the end, -1 without rows."""
        if not self._events:
            return -1
        return min(bisect_left(self._keys, (offset_ms, "")), len(self._events) - 1)

    def put(self, event: Event) -> None:
        """Show an event that is new or has changed; a deleted one leaves."""
        row = self.row_of(event.id)
        if event.deleted:
            self.take(event.id)
        elif row < 0:
            self._insert(event)
        elif self._keys[row] == _key(event):
            if self._events[row] != event:
                self._events[row] = event
                self._tell(row)
        else:
            self._move(row, event)

    def take(self, event_id: str) -> None:
        """Let an event leave the stream; nothing happens when it is not there."""
        row = self.row_of(event_id)
        if row < 0:
            return
        self.beginRemoveRows(_NOWHERE, row, row)
        del self._events[row], self._keys[row], self._by_id[event_id]
        self.endRemoveRows()

    def set_links(self, links: Mapping[str, tuple[str, ...]]) -> None:
        """Show what each event is evidence for; only rows that differ are told."""
        changed = [
            event_id for event_id in {*self._links, *links} if self._links.get(event_id, ()) != links.get(event_id, ())
        ]
        self._links = dict(links)
        for event_id in changed:
            row = self.row_of(event_id)
            if row >= 0:
                self._tell(row)

    def _insert(self, event: Event) -> None:
        key = _key(event)
        row = bisect_left(self._keys, key)
        self.beginInsertRows(_NOWHERE, row, row)
        self._events.insert(row, event)
        self._keys.insert(row, key)
        self._by_id[event.id] = key
        self.endInsertRows()

    def _move(self, row: int, event: Event) -> None:
        key = _key(event)
        target = bisect_left(self._keys, key)
        stays = target in (row, row + 1)
        if not stays:
            self.beginMoveRows(_NOWHERE, row, row, _NOWHERE, target)
        del self._events[row], self._keys[row]
        place = target - 1 if target > row else target
        self._events.insert(place, event)
        self._keys.insert(place, key)
        self._by_id[event.id] = key
        if not stays:
            self.endMoveRows()
        self._tell(place)

    def _tell(self, row: int) -> None:
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)

    def _spoken(self, event: Event) -> str:
        parts = [clock_text(event.offset_ms)]
        if event.speaker:
            parts.append(f"{event.speaker} → {event.to}" if event.to else event.speaker)
        parts.append(event.text or event_words(event))
        parts.extend(f"#{tag}" for tag in event.tags)
        if event.starred:
            parts.append(self.tr("starred"))
        if event.private:
            parts.append(self.tr("private"))
        links = self._links.get(event.id, ())
        if links:
            parts.append(self.tr("evidence for {items}").format(items=", ".join(links)))
        return ", ".join(parts)


def event_words(event: Event) -> str:
    """What a row of a machine event says when it has no words of its own."""
    name = event.code or event.item or event.kind.value
    if event.kind is EventKind.SWEEP and event.value is not None and event.of is not None:
        return f"{name}: {event.value:g} / {event.of:g}"
    if event.kind is EventKind.WAIT and event.value is not None:
        return f"{name}: {event.value / 1000:.1f} s"
    return name
