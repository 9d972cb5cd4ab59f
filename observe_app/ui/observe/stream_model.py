"""The events of a visit as rows of one column, kept in order and refreshed row by row."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_parts import DAY_MS, gaps, pauses
from observe_app.domain.note_line import clock_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.lesson_parts import Gap

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SHOWN = frozenset({
    EventKind.NOTE, EventKind.PHASE, EventKind.PAUSE, EventKind.RESUME, EventKind.GAP, EventKind.SWEEP, EventKind.WAIT,
})  # fmt: skip
_TURNS = frozenset({EventKind.PAUSE, EventKind.RESUME})


class StreamRole(IntEnum):
    """What a row hands to its painter."""

    EVENT = Qt.ItemDataRole.UserRole + 1
    LINKS = Qt.ItemDataRole.UserRole + 2
    WORDS = Qt.ItemDataRole.UserRole + 3


def in_stream(event: Event) -> bool:
    """Whether an event is worth a row of its own: what was said or measured, not each press of a key.

    Tallies, timers and ticked codes stand in the form, where they are counted; only words beside one are read here.
    """
    return event.kind in _SHOWN or bool(event.text)


def _key(event: Event) -> tuple[int, str]:
    return (event.offset_ms, event.id)


class StreamModel(QAbstractTableModel):
    """Rows by lesson time, then by id; every change is told to the views exactly, row by row.

    Only events that are `in_stream` are rows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: list[Event] = []
        self._keys: list[tuple[int, str]] = []
        self._by_id: dict[str, tuple[int, str]] = {}
        self._links: dict[str, tuple[str, ...]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._turns: dict[str, Event] = {}
        self._paused: dict[int, int | None] = {}

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
        """The event, its links, its words, or the row in words for a screen reader."""
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._events):
            return None
        event = self._events[row]
        if role == StreamRole.EVENT:
            return event
        if role == StreamRole.LINKS:
            return self._links.get(event.id, ())
        if role == StreamRole.WORDS:
            return event.text if event.kind is EventKind.NOTE else self._words(event)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(event)
        return None

    def load(self, events: Iterable[Event], links: Mapping[str, tuple[str, ...]]) -> None:
        """Show another visit; the only reset."""
        self.beginResetModel()
        self._events = sorted((event for event in events if in_stream(event)), key=_key)
        self._keys = [_key(event) for event in self._events]
        self._by_id = {key[1]: key for key in self._keys}
        self._links = dict(links)
        self._turns = {event.id: event for event in self._events if event.kind in _TURNS}
        self._paused = self._pauses()
        self.endResetModel()

    def set_names(self, names: Mapping[tuple[str, str], str]) -> None:
        """Call items and codes by these names, by (item id, code); the code is "" for the item itself."""
        if names == self._names:
            return
        self._names = dict(names)
        for row, event in enumerate(self._events):
            if event.kind is not EventKind.NOTE:
                self._tell(row)

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
        self._put(event)
        if event.kind in _TURNS:
            self._turn(event.id, None if event.deleted else event)

    def _put(self, event: Event) -> None:
        row = self.row_of(event.id)
        if event.deleted or not in_stream(event):
            self._take(event.id)
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
        self._take(event_id)
        if event_id in self._turns:
            self._turn(event_id, None)

    def _take(self, event_id: str) -> None:
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

    def _turn(self, event_id: str, event: Event | None) -> None:
        """A pause or its end came, changed or went: rows of pauses that are as long as before stay untouched."""
        if event is None:
            self._turns.pop(event_id, None)
        else:
            self._turns[event_id] = event
        before, self._paused = self._paused, self._pauses()
        for one in self._turns.values():
            if before.get(one.offset_ms) != self._paused.get(one.offset_ms):
                row = self.row_of(one.id)
                if row >= 0:
                    self._tell(row)

    def _pauses(self) -> dict[int, int | None]:
        """Length of each pause by the moment it began; None while it goes on."""
        found = pauses(self._turns.values())
        return {one.start_ms: None if one.end_ms is None else one.end_ms - one.start_ms for one in found}

    def _words(self, event: Event) -> str:
        return event_words(event, self._names, self._paused.get(event.offset_ms))

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
        parts.append(event.text if event.kind is EventKind.NOTE else self._words(event))
        parts.extend(f"#{tag}" for tag in event.tags)
        if event.starred:
            parts.append(self.tr("starred"))
        if event.private:
            parts.append(self.tr("private"))
        links = self._links.get(event.id, ())
        if links:
            parts.append(self.tr("evidence for {items}").format(items=", ".join(links)))
        return ", ".join(parts)


def event_words(event: Event, names: Mapping[tuple[str, str], str], paused_ms: int | None = None) -> str:
    """Return what the row of anything but a note says.

    Args:
        event: what happened.
        names: of items and codes, by (item id, code); one that has none is called by its id.
        paused_ms: of a pause that is over its length.
    """
    translate = QCoreApplication.translate
    if event.kind is EventKind.PHASE:
        return event.text
    if event.kind is EventKind.PAUSE:
        if paused_ms is None:
            return translate("Observe", "Paused")
        return translate("Observe", "Paused {length}").format(length=length_text(paused_ms))
    if event.kind is EventKind.RESUME:
        return translate("Observe", "Went on")
    if event.kind is EventKind.GAP:
        return gap_words(gaps((event,))[0]) if not event.deleted else ""
    name = names.get((event.item, event.code)) or event.code or names.get((event.item, "")) or event.item
    said = event.text
    if event.kind is EventKind.SWEEP and event.value is not None and event.of is not None:
        said = translate("Observe", "{n} of {of}").format(n=f"{event.value:g}", of=f"{event.of:g}")
    elif event.kind is EventKind.WAIT and event.value is not None:
        said = translate("Observe", "{seconds} s").format(seconds=QLocale().toString(event.value / 1000, "f", 1))
        outcome = {
            "answered": translate("Observe", "{wait}, answered"),
            "rephrased": translate("Observe", "{wait}, rephrased"),
            "answered_by_teacher": translate("Observe", "{wait}, answered by the teacher"),
        }.get(event.outcome, "{wait}")
        said = outcome.format(wait=said)
    return translate("Observe", "{item}: {said}").format(item=name, said=said) if said else name


def length_text(ms: int) -> str:
    """Return a length as "2:10", with hours as more minutes, whatever its sign."""
    minutes, seconds = divmod(abs(ms) // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def gap_words(gap: Gap) -> str:
    """Return what the row and the mark of a gap say, such as "Clock gap 12:40, counted"."""
    translate = QCoreApplication.translate
    if gap.ms is None:
        return translate("Observe", "How long the program was away is not known")
    length = length_text(gap.ms)
    if gap.by_hand:
        ahead = translate("Observe", "Lesson clock set ahead by {length}")
        return (ahead if gap.ms >= 0 else translate("Observe", "Lesson clock set back by {length}")).format(
            length=length
        )
    if abs(gap.ms) > DAY_MS:
        return translate("Observe", "The computer’s clock moved by more than a day")
    if gap.ms < 0:
        return translate("Observe", "The computer’s clock was put back by {length}").format(length=length)
    words = {
        "": translate("Observe", "Clock gap {length}: did the lesson go on?"),
        "counted": translate("Observe", "Clock gap {length}, counted"),
    }.get(gap.outcome, translate("Observe", "Clock gap {length}, not counted"))
    return words.format(length=length)
