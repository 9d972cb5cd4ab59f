"""The list of sessions: what runs, what comes, what was held; a head above each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt

from observe_app.domain.sessions.states import SessionState
from observe_app.ui.sessions.words import state_name, when_words
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from observe_app.services.sessions.sessions import SessionRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SECOND = Qt.ItemDataRole.UserRole
_HEAD = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list: a head, or a session."""

    head: str = ""
    row: SessionRow | None = None


class SessionsModel(QAbstractListModel):
    """Heads and sessions as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._today: date | None = None

    @property
    def rows(self) -> tuple[SessionRow, ...]:
        """The sessions shown, in their order."""
        return tuple(one.row for one in self._entries if one.row is not None)

    def show(self, rows: Sequence[SessionRow], today: date) -> None:
        """Show these; where they are the same sessions nothing but their words changes."""
        entries = self._arranged(rows)
        self._today = today
        if [_key(one) for one in entries] == [_key(one) for one in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def _arranged(self, rows: Sequence[SessionRow]) -> tuple[Entry, ...]:
        def of(*states: SessionState) -> list[SessionRow]:
            return [row for row in rows if row.session.state in states]

        planned = of(SessionState.PLANNED)
        found: list[Entry] = []
        for head, some in (
            (self.tr("Running now"), of(SessionState.RUNNING)),
            (self.tr("Coming up"), planned),
            (self.tr("Held"), list(reversed(of(SessionState.HELD, SessionState.CANCELLED)))),
        ):
            if some:
                found += [Entry(head), *(Entry(row=row) for row in some)]
        return tuple(found)

    def session_at(self, index: Index) -> str:
        """The id of the session in a row, "" for a head."""
        entry = self._entries[index.row()] if index.isValid() and index.row() < len(self._entries) else Entry()
        return entry.row.session.id if entry.row is not None else ""

    def number_of(self, session_id: str) -> int:
        """The row of a session, -1 for none."""
        return next(
            (at for at, one in enumerate(self._entries) if one.row is not None and one.row.session.id == session_id), -1
        )

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Heads and sessions."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if not self.session_at(index):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == _HEAD:
            return entry.head
        if entry.row is None:
            return entry.head if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.row.session.title
        if role == _SECOND:
            return self._second(entry.row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{entry.row.session.title}\n{self._second(entry.row)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.row.session.title}, {self._second(entry.row)}"
        return None

    def _second(self, row: SessionRow) -> str:
        assert self._today is not None  # noqa: S101  (set with the rows)
        state = row.session.state
        parts = [when_words(row.session, self._today, near=state == SessionState.PLANNED)]
        if state == SessionState.CANCELLED:
            parts.append(state_name(state))
        if state == SessionState.HELD and row.follow_ups:
            one = row.follow_ups == 1
            parts.append(self.tr("1 open") if one else self.tr("{n} open").format(n=row.follow_ups))
        if row.group:
            parts.append(row.group)
        return " · ".join(parts)


def _key(entry: Entry) -> str:
    return entry.row.session.id if entry.row is not None else entry.head


class SessionsDelegate(RowDelegate):
    """Two lines, or a head."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Title over day and group; a head in the words of a caption."""
        head = str(index.data(_HEAD) or "")
        inner = rect.adjusted(20, 0, -12, 0)
        if head:
            low = inner.adjusted(0, 0, 0, -scaled(5))
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            caption = font("caption", weight=600)
            draw_text(painter, low, head, font=caption, color=color("muted"), align=align)
            return
        middle = inner.center().y()
        first = QRect(inner.left(), middle - scaled(21), inner.width(), scaled(21))
        weight = 600 if is_selected else 400
        draw_text(painter, first, str(index.data() or ""), font=font("body", weight=weight), color=color("ink"))
        second = QRect(inner.left(), middle + 1, inner.width(), scaled(18))
        small = font("small", tabular=True)
        draw_text(painter, second, str(index.data(_SECOND) or ""), font=small, color=color("muted"))
