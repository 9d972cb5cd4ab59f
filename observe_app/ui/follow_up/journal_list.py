"""Entries of one's own journal, the newest first, with a line to write the next one on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, NothingToUndo, ObserveError
from observe_app.services import history, journals
from observe_app.ui.follow_up.journal_row import JournalRow
from observe_app.ui.talk.undo_note import UndoNote
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.journal_entry import EntryKind, JournalEntry
    from observe_app.services.core import Core
    from observe_app.ui.talk.keeper import Keeper

PORTION = 40
"""Entries that show before somebody asks for more."""


class JournalList(QWidget):
    """A line for a new entry, and the entries below it.

    Signals:
        failed: the `ObserveError` of something that could not be done.
        visit_asked: id of the visit that an entry was written on.
    """

    failed = Signal(object)
    visit_asked = Signal(str)

    def __init__(
        self,
        core: Core,
        keeper: Keeper,
        kind: EntryKind,
        parent: QWidget | None = None,
        *,
        visit_id: str = "",
        hint: str = "",
    ) -> None:
        """Make a list.

        Args:
            core: the open data folder.
            keeper: writes what is typed.
            kind: of new entries.
            parent: Qt parent.
            visit_id: what new entries are about, "" for nothing.
            hint: shown where the next entry is written.
        """
        super().__init__(parent)
        self._core, self._keeper, self._kind = core, keeper, kind
        self._visit_id, self._hint = visit_id, hint
        self.after: QWidget | None = None
        """Where the keyboard goes after Escape."""
        self._about: Mapping[str, str] = {}
        self._entries: tuple[JournalEntry, ...] = ()
        self._most = PORTION
        self._rows: list[JournalRow] = []
        self.undo_note = UndoNote(self)
        self.more_button = Button(self.tr("Show earlier ones"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("journal_more")
        self.more_button.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._column)
        outer.addWidget(self.more_button)
        outer.addWidget(self.undo_note)
        outer.addStretch(1)
        self.undo_note.undo_asked.connect(self._on_undo)
        self.more_button.clicked.connect(self._on_more)
        keeper.stored.connect(self._on_stored)
        self._begin()

    @property
    def rows(self) -> tuple[JournalRow, ...]:
        """Rows from top to bottom; the first one is empty, or being written."""
        return tuple(self._rows)

    def show_entries(self, entries: Sequence[JournalEntry], about: Mapping[str, str] | None = None) -> None:
        """Show the entries as they are stored; the one that is written in stays where it is.

        Args:
            entries: the newest first.
            about: words for the visit of an entry, by the entry's id; None says nothing about visits.
        """
        self._entries, self._about = tuple(entries), about or {}
        if not self._keeper.is_storing:  # a new row does not know its record yet
            self._fill()

    def _fill(self) -> None:
        shown = self._entries[: self._most]
        known = {row.entry.id: row for row in self._rows if row.entry is not None}
        wanted = {entry.id for entry in shown}
        for row in list(self._rows):
            if row.entry is not None and row.entry.id not in wanted:
                if row.is_dirty:
                    row.begin_again()
                else:
                    self._drop(row)
        place = sum(1 for row in self._rows[:1] if row.entry is None)
        for entry in shown:
            held = known.get(entry.id)
            if held is None:
                self._insert(place, self._make(entry))
            else:
                held.show_entry(entry)
                place = self._rows.index(held)
            place += 1
        if all(row.entry is not None and not row.text.hasFocus() for row in self._rows[:1]):
            self._begin()
        self.more_button.setVisible(len(self._entries) > self._most)

    def _begin(self) -> None:
        self._insert(0, self._make(None))

    def _make(self, entry: JournalEntry | None) -> JournalRow:
        about = self._about.get(entry.id, "") if entry is not None else ""
        row = JournalRow(
            self._core, self._kind, self._visit_id, entry, self, hint="" if entry else self._hint, about=about
        )
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        row.ended.connect(self._on_ended)
        row.went_on.connect(self._on_went_on)
        row.delete_asked.connect(self._on_delete)
        row.visit_asked.connect(self.visit_asked)
        return row

    def _insert(self, place: int, row: JournalRow) -> None:
        self._rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.show()

    def _drop(self, row: JournalRow) -> None:
        self._keeper.forget(row)
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _take_away(self, row: JournalRow) -> None:
        self._keeper.forget(row)
        if row.entry is not None:
            try:
                opened = journals.open_entry(self._core, row.entry.id)
                journals.delete(self._core, entry_id=row.entry.id, seen=opened.seen)
            except NotFound:
                pass
            except ObserveError as error:
                self.failed.emit(error)
                return
            self.undo_note.say(self.tr("Entry deleted."))
        if row in self._rows:  # else what followed the deletion took it already
            self._drop(row)
        if not self._rows or self._rows[0].entry is not None:
            self._begin()
        self._rows[0].text.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        row = self.sender()
        if isinstance(row, JournalRow):
            self._keeper.touch(row)

    @Slot()
    def _on_left(self) -> None:
        row = self.sender()
        if not isinstance(row, JournalRow) or not self._keeper.flush():
            return
        if row.entry is not None and row.is_empty and not row.delete_button.hasFocus():
            self._take_away(row)
        self._fill()

    @Slot()
    def _on_ended(self) -> None:
        if self.after is not None:  # the keyboard nowhere would let it wander off behind a sheet
            self.after.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_went_on(self) -> None:
        if self._keeper.flush():
            self._begin_next()

    def _begin_next(self) -> None:
        if self._rows[0].entry is not None:
            self._begin()
        self._rows[0].text.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_delete(self) -> None:
        row = self.sender()
        if isinstance(row, JournalRow):
            self._take_away(row)

    @Slot()
    def _on_stored(self) -> None:
        self._fill_again()

    def _fill_again(self) -> None:
        # What was written meanwhile stands in rows that the list of entries may not have yet.
        held = {entry.id for entry in self._entries}
        fresh = tuple(row.entry for row in self._rows if row.entry is not None and row.entry.id not in held)
        self._entries = (*fresh, *self._entries)
        self._fill()

    @Slot()
    def _on_more(self) -> None:
        self._most += PORTION
        self._fill()

    @Slot()
    def _on_undo(self) -> None:
        try:
            history.undo(self._core, scope=self._visit_id or None, kinds=("journal.delete",))
        except NothingToUndo:
            return
        except ObserveError as error:
            self.failed.emit(error)
