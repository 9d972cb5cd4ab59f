"""The agenda as lines that keep themselves: Enter for the next, Alt with an arrow to move, Backspace to delete."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.sessions.states import ItemKind
from observe_app.services.sessions import items
from observe_app.ui.autosave import AGAIN_MS, PAUSE_MS
from observe_app.ui.errors import describe
from observe_app.ui.sessions.agenda_row import AgendaRow
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyHint, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.sessions.session import SessionItem
    from observe_app.services.core import Core

_KIND = ItemKind.AGENDA.value


class AgendaEditor(QWidget):
    """Lines with minutes, and what they come to beside the length of the session.

    Signals:
        writing: something on the screen is not on the disk. saved: everything is. save_failed: an `ObserveError`.
    """

    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda_editor")
        self._core = core
        self._session_id = ""
        self._long = 0
        self.rows: list[AgendaRow] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)
        self.head = SectionHead(self.tr("Agenda"), "", self)
        self.paste_button = Button(
            self.tr("Paste lines"), self.head, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="clipboard-paste"
        )
        self.paste_button.setObjectName("agenda_paste")
        self.paste_button.setToolTip(self.tr("One line each, such as “Two clips 20 min”"))
        self.head.add_right(self.paste_button)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.setObjectName("agenda_remark")
        self.remark.hide()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(scaled(6))
        keys = QHBoxLayout()
        keys.setSpacing(scaled(16))
        for key, words in (
            (self.tr("Enter", "key"), self.tr("next line")),
            (self.tr("Alt ↑↓", "key"), self.tr("move")),
            (self.tr("Backspace", "key"), self.tr("delete an empty line")),
        ):
            keys.addWidget(KeyHint(key, words, self))
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.head)
        column.addLayout(self._lines)
        column.addWidget(self.remark)
        column.addLayout(keys)
        self.paste_button.clicked.connect(self._on_paste)

    # --- public -----------------------------------------------------------------------------------

    def show_session(self, session_id: str, minutes: int) -> None:
        """Show a session's agenda; where it is the same one, words that are not kept yet stay."""
        if session_id != self._session_id:
            self._session_id = session_id
            for row in self.rows:
                self._lines.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = []
            self._say("")
        self._long = minutes
        self._show(items.of_session(self._core, session_id, _KIND))

    def leave(self) -> bool:
        """Keep what is only on the screen; False where it cannot be kept."""
        self._timer.stop()
        self._store()
        if any(row.is_dirty for row in self.rows):
            return False
        self._say("")
        return True

    def begin(self) -> None:
        """Bring the keyboard to the empty line."""
        self.rows[-1].begin()

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, found: tuple[SessionItem, ...]) -> None:
        there = {row.item_id: row for row in self.rows if row.item_id}
        wanted: list[AgendaRow] = []
        for item in found:
            row = there.pop(item.id, None) or self._made()
            row.show_item(item, items.open_item(self._core, item.id).seen)
            wanted.append(row)
        last = next((row for row in self.rows if not row.item_id), None) or self._made()
        for gone in there.values():
            self._drop(gone, wanted, last)
        for place, row in enumerate((*wanted, last)):
            if self._lines.indexOf(row) != place:
                self._lines.removeWidget(row)
                self._lines.insertWidget(place, row)
            row.show()
        self.rows = [*wanted, last]
        self._order_keys()
        self._show_sum(found)

    def _drop(self, gone: AgendaRow, wanted: list[AgendaRow], last: AgendaRow) -> None:
        if gone.has_focus:
            (wanted[-1] if wanted else last).begin()
        self._lines.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _order_keys(self) -> None:
        chain = [line for row in self.rows for line in (row.title_line, row.minutes_line)]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _show_sum(self, found: tuple[SessionItem, ...]) -> None:
        total = items.planned_min(found)
        words = self.tr("{n} of {of} min").format(n=total, of=self._long) if total else ""
        if total > self._long:
            words = self.tr("{n} of {of} min: {over} too many").format(n=total, of=self._long, over=total - self._long)
        self.head.right.set_tone("warm" if total > self._long else "muted")
        self.head.set_right(words)

    def _made(self) -> AgendaRow:
        row = AgendaRow(self)
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        row.went_on.connect(self._on_went_on)
        row.moved.connect(self._on_moved)
        row.stepped.connect(self._on_stepped)
        row.emptied.connect(self._on_delete)
        row.delete_asked.connect(self._on_delete)
        return row

    def _say(self, words: str) -> None:
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    # --- keeping ----------------------------------------------------------------------------------

    def _store(self, *, strict: bool = True) -> None:
        """Keep every line that differs; a value that is none is said where `strict`."""
        dirty = [row for row in self.rows if row.is_dirty]
        if not dirty:
            return
        for row in dirty:
            try:
                self._store_row(row)
            except NotFound:
                row.item_id = ""  # it was deleted elsewhere: what is on the screen is a new line
            except Invalid as error:
                if strict:
                    told = describe(error)
                    self._say(f"{told.text} {told.hint}".strip())
                return
            except ObserveError as error:
                self._timer.start(AGAIN_MS)
                self.save_failed.emit(error)
                return
        self._say("")
        self._show(items.of_session(self._core, self._session_id, _KIND))
        self.saved.emit()

    def _store_row(self, row: AgendaRow) -> None:
        title, minutes = row.values
        if minutes is None and not row.stored[1]:
            title, minutes = items.split_minutes(title, bare=False)
        if minutes == -1:
            raise Invalid("minutes", row.minutes_line.text()[:40], "not_a_number")
        if row.item_id:
            opened = items.edit(self._core, item_id=row.item_id, seen=row.seen, title=title, minutes=minutes)
            row.stored = row.values if (title, minutes) == row.values else row.stored
            if (title, minutes) != row.values and not row.has_focus:
                row.title_line.setText(title)
                row.minutes_line.setText("" if minutes is None else str(minutes))
            row.stored, row.seen = row.values, opened.seen
            return
        if not title:
            return
        made = items.add(self._core, session_id=self._session_id, title=title, minutes=minutes)
        row.item_id, row.stored = made.id, row.values
        if (title, minutes) != row.values and not row.has_focus:
            row.show_item(made, items.open_item(self._core, made.id).seen)

    # --- slots ------------------------------------------------------------------------------------

    def _row_of(self, sender: object) -> AgendaRow | None:
        return sender if isinstance(sender, AgendaRow) else None

    @Slot()
    def _on_edited(self) -> None:
        self._timer.start(PAUSE_MS)
        self.writing.emit()

    @Slot()
    def _on_pause(self) -> None:
        self._store(strict=False)

    @Slot()
    def _on_left(self) -> None:
        self._store()

    @Slot()
    def _on_went_on(self) -> None:
        """Enter: keep the line, then a new one behind it, or the empty one at the end."""
        row = self._row_of(self.sender())
        if row is None:
            return
        self._store()
        if row.is_dirty or not row.item_id:
            return
        at = self.rows.index(row)
        (self.rows[at + 1] if at + 1 < len(self.rows) else self.rows[-1]).begin()

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        row = self._row_of(self.sender())
        if row is None:
            return
        self._store()
        if row.item_id and not row.is_dirty and items.move(self._core, item_id=row.item_id, by=by, seen=row.seen):
            self._show(items.of_session(self._core, self._session_id, _KIND))
            row.begin()
            self.saved.emit()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        row = self._row_of(self.sender())
        at = self.rows.index(row) + by if row is not None else -1
        if 0 <= at < len(self.rows):
            self.rows[at].begin()

    @Slot()
    def _on_delete(self) -> None:
        row = self._row_of(self.sender())
        if row is None:
            return
        if not row.item_id:
            row.show_new()
            return
        at = self.rows.index(row)
        items.delete(self._core, item_id=row.item_id, seen=row.seen)
        row.stored = row.values
        self._show(items.of_session(self._core, self._session_id, _KIND))
        self.rows[max(0, at - 1)].begin()
        self.saved.emit()

    @Slot()
    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._say(self.tr("There are no words to paste."))
            return
        self._store()
        try:
            items.add_lines(self._core, session_id=self._session_id, text=text[:20_000], bare=False)
        except ObserveError as error:
            told = describe(error)
            self._say(f"{told.text} {told.hint}".strip())
            return
        self._say("")
        self._show(items.of_session(self._core, self._session_id, _KIND))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begin()
        self.saved.emit()
