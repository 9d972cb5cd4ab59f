"""The notes of two visits in two columns, painted: only what is in sight is laid out with ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, scaled, set_focus_ring
from observe_app.ui.widgets.paint import draw_text, hairline, paint_inner_focus

if TYPE_CHECKING:
    from observe_app.ui.compare.sides_data import Block, Said, Sides

_TIME, _SPEAKER, _MINUTE, _GAP = 50, 38, 44, 28
_PAD = 5
_HEAD = 34


@dataclass(slots=True)
class _Placed:
    """A note where it lies. side: 0 or 1."""

    said: Said
    side: int
    rect: QRect
    words: Wrapped


@dataclass(frozen=True, slots=True)
class _Head:
    """A phase or a minute where it begins."""

    block: Block
    top: int


class SideNotes(QWidget):
    """Two columns of notes. Arrow keys walk them, Enter opens the visit at one.

    Signals:
        opened: side (0 or 1) and id of the note. current_changed: the rectangle of the note the keyboard stands on.
    """

    opened = Signal(int, str)
    current_changed = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_notes")
        self._sides: Sides | None = None
        self._placed: list[_Placed] = []
        self._heads: list[_Head] = []
        self._laid = (-1, 0)
        self._current = -1
        self._hover = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Notes of both visits"))
        set_focus_ring(self, shown=False)

    def show_sides(self, sides: Sides) -> None:
        """Show the notes of two visits."""
        self._sides = sides
        self._laid = (-1, 0)
        self._current = self._hover = -1
        self.updateGeometry()
        self.update()

    def notes(self) -> tuple[tuple[int, Said], ...]:
        """Return side and note in the order of walking."""
        self._lay(self.width())
        return tuple((one.side, one.said) for one in self._placed)

    # --- size -------------------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        """As high as all notes."""
        return self._lay(width)

    def sizeHint(self) -> QSize:
        """All notes."""
        width = max(self.width(), scaled(480))
        return QSize(scaled(480), self._lay(width))

    def minimumSizeHint(self) -> QSize:
        """Room for two narrow columns."""
        return QSize(scaled(360), 40)

    def columns(self, width: int) -> tuple[int, int, int]:
        """Return where the left and the right column begin, and how wide each is."""
        sides = self._sides
        lead = 0 if sides is None or sides.by_phase else scaled(_MINUTE)
        room = (width - lead - scaled(_GAP)) // 2
        return lead, lead + room + scaled(_GAP), room

    def _lay(self, width: int) -> int:
        if self._laid[0] == width:
            return self._laid[1]
        self._placed, self._heads = [], []
        y = 0
        for block in self._sides.blocks if self._sides is not None else ():
            y = self._lay_block(block, y, width)
        self._laid = (width, y + scaled(8))
        return self._laid[1]

    def _lay_block(self, block: Block, y: int, width: int) -> int:
        left, right, room = self.columns(width)
        self._heads.append(_Head(block, y))
        top = y + (scaled(_HEAD) if block.minute < 0 else 0)
        bottoms = []
        placed: list[_Placed] = []
        for side, (x, notes) in enumerate(((left, block.left), (right, block.right))):
            at = top
            for said in notes:
                lead = scaled(_TIME) + scaled(_SPEAKER)
                words = Wrapped(said.text, font("text"), line_height("text"), max(room - lead - 8, scaled(60)))
                high = round(words.height) + 2 * _PAD
                placed.append(_Placed(said, side, QRect(x, at, room, high), words))
                at += high
            bottoms.append(at)
        self._placed += sorted(placed, key=lambda one: (one.rect.top(), one.side))
        return max(*bottoms, top + scaled(12)) + (scaled(10) if block.minute < 0 else 1)

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in sight."""
        self._lay(self.width())
        painter = QPainter(self)
        seen = event.rect()
        for head in self._heads:
            if head.top <= seen.bottom() and head.top + scaled(_HEAD) >= seen.top():
                self._paint_head(painter, head)
        for at, one in enumerate(self._placed):
            if one.rect.intersects(seen):
                self._paint_note(painter, at, one)

    def _paint_head(self, painter: QPainter, head: _Head) -> None:
        width = self.width()
        if head.block.minute >= 0:
            rect = QRect(0, head.top, scaled(_MINUTE), line_height("text") + 2 * _PAD)
            if head.top:
                hairline(painter, QRect(0, head.top - 1, width, 1))
            draw_text(painter, rect, f"{head.block.minute}′", font=font("small", tabular=True), color=color("muted"))
            return
        rect = QRect(0, head.top, width, scaled(_HEAD) - 6)
        name = head.block.name or self.tr("Before the first phase")
        draw_text(painter, rect, name, font=font("text", weight=600), color=color("ink"),
                  elide=Qt.TextElideMode.ElideMiddle)  # fmt: skip
        hairline(painter, rect, "line")
        left, right, room = self.columns(width)
        for x, notes in ((left, head.block.left), (right, head.block.right)):
            if not notes:
                gone = QRect(x, rect.bottom() + 2, room, scaled(18))
                draw_text(painter, gone, "–", font=font("text"), color=color("muted"))

    def _paint_note(self, painter: QPainter, at: int, one: _Placed) -> None:
        if at == self._hover:
            painter.fillRect(one.rect, color("hover"))
        x, y, line = one.rect.left() + 2, one.rect.top() + _PAD, line_height("text")
        time = QRectF(x, y, scaled(_TIME), line)
        draw_text(painter, time, clock_text(one.said.at_ms), font=font("small", tabular=True), color=color("muted"))
        speaker = QRectF(x + scaled(_TIME), y, scaled(_SPEAKER) - 6, line)
        tone = "ink" if one.said.speaker == "T" else "accent"
        draw_text(painter, speaker, one.said.speaker, font=font("small", weight=600), color=color(tone),
                  elide=Qt.TextElideMode.ElideRight)  # fmt: skip
        one.words.draw(painter, x + scaled(_TIME) + scaled(_SPEAKER), y, color("ink"))
        if at == self._current and self.hasFocus():
            paint_inner_focus(painter, one.rect)

    # --- pointer and keyboard ---------------------------------------------------------------------

    def _at(self, x: float, y: float) -> int:
        return next((at for at, one in enumerate(self._placed) if one.rect.contains(int(x), int(y))), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the note under the pointer."""
        found = self._at(event.position().x(), event.position().y())
        if found != self._hover:
            self._hover = found
            self.setCursor(Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Light none."""
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what is clicked."""
        found = self._at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and found >= 0:
            self._stand_on(found)
            self.opened.emit(self._placed[found].side, self._placed[found].said.event_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk within a column and across, open."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            one = self._placed[self._current]
            self.opened.emit(one.side, one.said.event_id)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._placed:
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._current >= 0:
            self._cross()
        elif key == Qt.Key.Key_Home and self._placed:
            self._stand_on(0)
        elif key == Qt.Key.Key_End and self._placed:
            self._stand_on(len(self._placed) - 1)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if self._current < 0:
            self._stand_on(0)
            return
        side = self._placed[self._current].side
        column = [at for at, one in enumerate(self._placed) if one.side == side]
        place = column.index(self._current) + step
        if 0 <= place < len(column):
            self._stand_on(column[place])

    def _cross(self) -> None:
        here = self._placed[self._current]
        others = [at for at, one in enumerate(self._placed) if one.side != here.side]
        if others:
            top = here.rect.top()
            self._stand_on(min(others, key=lambda at: abs(self._placed[at].rect.top() - top)))

    def _stand_on(self, at: int) -> None:
        self._current = at
        one = self._placed[at]
        told = f"{clock_text(one.said.at_ms)} {one.said.speaker} {one.said.text}"
        self.setAccessibleDescription(told)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()
        self.current_changed.emit(one.rect)
