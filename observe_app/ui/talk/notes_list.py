"""The list of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt

from observe_app.domain.event import EventKind
from observe_app.domain.note_line import clock_text
from observe_app.ui.talk.marks import paint_kind
from observe_app.ui.talk.notes_model import EVENT_ROLE, FOUND_ROLE, KINDS_ROLE, WORDS_ROLE, NotesModel
from observe_app.ui.talk.source_list import LINE, PAD, SourceList, WrappedDelegate
from observe_app.ui.talk.wrapped import Wrapped
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.also_sign import paint_also
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from observe_app.domain.event import Event
    from observe_app.ui.widgets.rows import Index

_TIME_LEFT = 20
_TIME = 46
_SPEAKER = 38
_RIGHT = 14
_MARK = 16


class NoteDelegate(WrappedDelegate):
    """Paints time, speaker, the whole text, and the marks of what the note is evidence for."""

    def __init__(self, view: NotesList) -> None:
        super().__init__(view, rule=False)
        self._notes_list = view
        self._cache: dict[tuple[str, str, int], Wrapped] = {}

    def row_height(self, index: Index, width: int) -> int:
        """Height that the note's text needs in a row of this width."""
        return max(scaled(30), int(self._text(index, width).height) + 2 * PAD)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole text."""
        return QSize(100, self.row_height(index, option.rect.width()))

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Time, speaker, text, marks; the first lines of all of them stand on one height."""
        note: Event = index.data(EVENT_ROLE)
        first = QRect(rect.left(), rect.top() + PAD, rect.width(), scaled(LINE))
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        time = QRect(_TIME_LEFT, first.top(), scaled(_TIME) - 2, scaled(LINE))
        who = QRect(_TIME_LEFT + scaled(_TIME), first.top(), scaled(_SPEAKER) - 2, scaled(LINE))
        for part in (time, who):
            part.moveLeft(rect.left() + (rect.width() - part.left() - part.width() if mirrored else part.left()))
        draw_text(painter, time, clock_text(note.offset_ms), font=font("text", tabular=True), color=color("muted"))
        ink = color("ink" if note.speaker in ("", "T") else "accent")
        draw_text(painter, who, note.speaker, font=font("text", weight=600), color=ink)
        text = self._text(index, rect.width())
        text.draw(
            painter,
            who.right() + 1 - scaled(_SPEAKER) - text.room if mirrored else who.left() + scaled(_SPEAKER),
            first.top(),
            color("ink" if note.kind is EventKind.NOTE else "muted"),
            index.data(FOUND_ROLE) or (),
            color("warmtint"),
        )
        self._paint_marks(painter, first, note, index)
        if note.id in self._notes_list.also:
            paint_also(painter, rect, first.center().y())

    def _paint_marks(self, painter: QPainter, first: QRect, note: Event, index: Index) -> None:
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        taken = _RIGHT - 1
        top = first.top() + (scaled(LINE) - scaled(_MARK)) / 2

        def place(side: int, lower: int) -> QRectF:
            nonlocal taken
            left = first.left() + taken + 1 if mirrored else first.right() - taken - side
            taken += side + 3
            return QRectF(left, top + lower, side, side)

        for kind in reversed(index.data(KINDS_ROLE) or ()):
            paint_kind(painter, place(scaled(_MARK), 0), kind)
        if note.private:
            paint_icon(painter, place(scaled(14), 1), "lock", color("muted"))
        if note.starred:
            paint_icon(painter, place(scaled(14), 1), "star", color("warm"), filled=True)

    def _text(self, index: Index, width: int) -> Wrapped:
        note: Event = index.data(EVENT_ROLE)
        kinds = len(index.data(KINDS_ROLE) or ())
        taken = kinds * (scaled(_MARK) + 3) + (int(note.private) + int(note.starred)) * (scaled(14) + 3)
        room = width - _TIME_LEFT - scaled(_TIME) - scaled(_SPEAKER) - _RIGHT - max(taken, scaled(_MARK) + 3) - 4
        words = index.data(WORDS_ROLE)
        key = (note.id, words, room)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 4000:
                self._cache.clear()
            face = font("text" if note.kind is EventKind.NOTE else "small")
            found = self._cache[key] = Wrapped(words, face, scaled(LINE), room)
        return found


class NotesList(SourceList):
    """Notes in lesson order."""

    def __init__(self, model: NotesModel, parent: QWidget | None = None) -> None:
        super().__init__(model, model, parent)
        self.setAccessibleName(self.tr("Notes"))
        self._notes = model
        self.also: frozenset[str] = frozenset()
        self.paint_with(NoteDelegate(self))

    def show_also(self, event_ids: frozenset[str]) -> None:
        """Mark notes into which somebody else wrote too."""
        if event_ids != self.also:
            self.also = event_ids
            self.viewport().update()

    def drag_words(self) -> str:
        """How many notes, and that private ones stay."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        private = sum(self._notes.event_at(row).private for row in rows)
        if private == len(rows):
            return self.tr("Private: stays with you")
        if private:
            return self.tr("{n} notes, {private} private").format(n=len(rows), private=private)
        return self.tr("1 note") if len(rows) == 1 else self.tr("{n} notes").format(n=len(rows))
