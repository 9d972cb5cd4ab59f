"""The list of notes: several can be picked with Shift, and dragged to the claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.ui.talk.marks import paint_kind
from observe_app.ui.talk.notes_model import EVENT_ROLE, FOUND_ROLE, KINDS_ROLE, NotesModel
from observe_app.ui.talk.wrapped import Wrapped
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text, rounded

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.ui.widgets.rows import Index

_TIME_LEFT = 20
_TIME = 46
_SPEAKER = 38
_RIGHT = 14
_MARK = 16
_LINE = 19
_PAD = 6


class NoteDelegate(RowDelegate):
    """Paints time, speaker, the whole text, and the marks of what the note is evidence for."""

    def __init__(self, view: NotesList) -> None:
        super().__init__(view, rule=False)
        self._cache: dict[tuple[str, str, int], Wrapped] = {}

    def row_height(self, index: Index, width: int) -> int:
        """Height that the note's text needs in a row of this width."""
        return max(scaled(30), int(self._text(index, width).height) + 2 * _PAD)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole text."""
        return QSize(100, self.row_height(index, option.rect.width()))

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Time, speaker, text, marks; the first lines of all of them stand on one height."""
        note: Event = index.data(EVENT_ROLE)
        first = QRect(rect.left(), rect.top() + _PAD, rect.width(), scaled(_LINE))
        time = QRect(rect.left() + _TIME_LEFT, first.top(), scaled(_TIME) - 2, scaled(_LINE))
        draw_text(painter, time, clock_text(note.offset_ms), font=font("text", tabular=True), color=color("muted"))
        who = QRect(time.left() + scaled(_TIME), first.top(), scaled(_SPEAKER) - 2, scaled(_LINE))
        ink = color("ink" if note.speaker in ("", "T") else "accent")
        draw_text(painter, who, note.speaker, font=font("text", weight=600), color=ink)
        text = self._text(index, rect.width())
        text.draw(
            painter,
            who.left() + scaled(_SPEAKER),
            first.top(),
            color("ink"),
            index.data(FOUND_ROLE) or (),
            color("warmtint"),
        )
        self._paint_marks(painter, first, note, index)

    def _paint_marks(self, painter: QPainter, first: QRect, note: Event, index: Index) -> None:
        right = first.right() - _RIGHT + 1
        top = first.top() + (scaled(_LINE) - scaled(_MARK)) / 2
        for kind in reversed(index.data(KINDS_ROLE) or ()):
            right -= scaled(_MARK)
            paint_kind(painter, QRectF(right, top, scaled(_MARK), scaled(_MARK)), kind)
            right -= 3
        if note.private:
            right -= scaled(14)
            paint_icon(painter, QRectF(right, top + 1, scaled(14), scaled(14)), "lock", color("muted"))
            right -= 3
        if note.starred:
            right -= scaled(14)
            paint_icon(painter, QRectF(right, top + 1, scaled(14), scaled(14)), "star", color("warm"), filled=True)

    def _text(self, index: Index, width: int) -> Wrapped:
        note: Event = index.data(EVENT_ROLE)
        kinds = len(index.data(KINDS_ROLE) or ())
        taken = kinds * (scaled(_MARK) + 3) + (int(note.private) + int(note.starred)) * (scaled(14) + 3)
        room = width - _TIME_LEFT - scaled(_TIME) - scaled(_SPEAKER) - _RIGHT - max(taken, scaled(_MARK) + 3) - 4
        key = (note.id, note.text, room)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 4000:
                self._cache.clear()
            found = self._cache[key] = Wrapped(note.text, font("text"), scaled(_LINE), room)
        return found


class NotesList(RowList):
    """Notes in lesson order.

    Signals:
        picked: the selection or the current note changed.
    """

    picked = Signal()

    def __init__(self, model: NotesModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=scaled(_LINE) + 2 * _PAD - 1)
        self.setAccessibleName(self.tr("Notes"))
        self._notes = model
        self._delegate = NoteDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalScrollBar().valueChanged.connect(self._fit_visible)
        model.dataChanged.connect(self._fit_visible)
        model.modelReset.connect(self._fit_visible)
        model.rowsInserted.connect(self._fit_visible)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def picked_ids(self) -> tuple[str, ...]:
        """Return the ids of the picked notes in lesson order; the current one where none is picked."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._notes.event_at(row).id for row in rows)

    def pick(self, event_id: str) -> bool:
        """Select one note and bring it into view; False while it is not shown."""
        row = self._notes.row_of(event_id)
        if row is None:
            return False
        index = self._notes.index(row, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)
        self._fit_visible()
        self.scrollTo(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters belong to the page: they send notes to claims instead of looking for a row."""
        letter = event.text()
        with_command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if letter.strip() and letter.isprintable() and not with_command:
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows in view are wrapped again."""
        super().resizeEvent(event)
        self._fit_visible()

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Drag the picked notes under a small label that counts them."""
        rows = self.selectionModel().selectedRows()
        if not rows:
            return
        drag = QDrag(self)
        drag.setMimeData(self._notes.mimeData(rows))
        words = self.tr("1 note") if len(rows) == 1 else self.tr("{n} notes").format(n=len(rows))
        drag.setPixmap(drag_label(words, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-8, 14))
        drag.exec(Qt.DropAction.LinkAction | Qt.DropAction.CopyAction, Qt.DropAction.LinkAction)

    @Slot()
    def _on_selection_changed(self) -> None:
        self.picked.emit()

    @Slot()
    def _fit_visible(self) -> None:
        # Only rows in view are measured: a lesson of 2,000 notes opens as fast as one of 20.
        height, row = self.viewport().height(), max(0, self.rowAt(0))
        while row < self._notes.rowCount():
            index = self._notes.index(row, 0)
            wanted = self._delegate.row_height(index, self.viewport().width())
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)
            if self.rowViewportPosition(row) > height:
                break
            row += 1


def drag_label(words: str, ratio: float) -> QPixmap:
    """Return the label that follows the pointer during a drag."""
    face = font("small", weight=600)
    width = QFontMetrics(face).horizontalAdvance(words) + 24
    result = QPixmap(QSize(round(width * ratio), round(scaled(28) * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    rect = QRectF(0, 0, width, scaled(28))
    rounded(painter, rect, rect.height() / 2, fill=color("fill"))
    draw_text(painter, rect.adjusted(12, 0, -8, 0), words, font=face, color=color("onfill"))
    painter.end()
    return result
