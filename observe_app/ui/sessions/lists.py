"""The lists beside a running session: decisions, parking lot, follow-ups. A head over rows, and words where none is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.sessions.states import FollowUpStatus
from observe_app.ui.sessions.line_rows import ItemRow, KeptRow, PromiseRow
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.people import Person
    from observe_app.domain.sessions.session import SessionItem
    from observe_app.services.core import Core
    from observe_app.services.sessions.follow_ups import FollowUpRow


class KeptList(QWidget):
    """Rows that keep themselves.

    Signals:
        writing, saved, save_failed: of any of them.
    """

    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, title: str, none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.core = core
        self.rows: dict[str, KeptRow] = {}
        self.head = SectionHead(title, "", self, step="body", rule="line")
        self.none = TextLabel(none, self, step="small", tone="muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(scaled(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.head)
        column.addWidget(self.none)
        column.addLayout(self._lines)

    def leave(self) -> bool:
        """Keep what is only on the screen; False where something cannot be kept."""
        kept = [row.leave() for row in self.rows.values()]  # each is asked, whatever the others say
        return all(kept)

    def take(self, rows: dict[str, KeptRow]) -> None:
        """Show these rows, in this order; those of before that are not among them go."""
        for key, row in self.rows.items():
            if key not in rows:
                self._lines.removeWidget(row)
                row.hide()
                row.deleteLater()
        for place, (key, row) in enumerate(rows.items()):
            if key not in self.rows:
                row.writing.connect(self.writing)
                row.saved.connect(self.saved)
                row.save_failed.connect(self.save_failed)
            if self._lines.indexOf(row) != place:
                self._lines.removeWidget(row)
                self._lines.insertWidget(place, row)
        self.rows = rows
        self.none.setVisible(not rows)
        self.head.set_right(str(len(rows)) if rows else "")


class ItemList(KeptList):
    """Decisions, or what is parked."""

    def show_items(self, found: Sequence[SessionItem]) -> None:
        """Show these lines."""
        rows: dict[str, KeptRow] = {}
        for item in found:
            row = self.rows.get(item.id)
            made = row if isinstance(row, ItemRow) else ItemRow(self.core, item, self)
            made.show_item(item)
            rows[item.id] = made
        self.take(rows)


class PromiseList(KeptList):
    """Follow-ups."""

    def show_rows(self, found: Sequence[FollowUpRow], people: Sequence[Person]) -> None:
        """Show these follow-ups; `people` are offered as those who do it."""
        rows: dict[str, KeptRow] = {}
        for one in found:
            row = self.rows.get(one.follow_up.id)
            made = row if isinstance(row, PromiseRow) else PromiseRow(self.core, one, people, self)
            made.show_people(people, one.follow_up.owner_id, one.owner)
            made.show_row(one)
            rows[one.follow_up.id] = made
        self.take(rows)
        waiting = sum(1 for one in found if one.follow_up.status == FollowUpStatus.OPEN)
        if found:
            self.head.set_right(self.tr("{n} of {of} open").format(n=waiting, of=len(found)))
