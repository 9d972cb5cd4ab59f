"""The plan to press on during a lesson: a press is one who spoke, a line from seat to seat says to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.ui.seating.room_view import RoomView
from observe_app.ui.seating.seat_button import SeatKind

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from observe_app.domain.participation import Basis, Participation
    from observe_app.domain.seating import Place, Seat


class SpeakRoom(RoomView):
    """Seats that count.

    Signals:
        touched: a press begins; its moment is now.
        pressed: id of the place that was clicked, and whether Shift was held.
        joined: ids of the places a line was drawn from and to.
        menu_asked: id of a seat and the global position for a menu.
    """

    touched = Signal()
    pressed = Signal(str, bool)
    joined = Signal(str, str)
    menu_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._from = ""
        self._at = QPointF()
        self._drawing = False
        self._counts: dict[str, int] = {}
        self._marked: tuple[str, ...] = ()
        self.can_draw = True

    def show_counts(self, view: Participation, basis: Basis) -> None:
        """Show on each seat how often somebody there spoke."""
        found = {voice.seat: voice.count(basis) for voice in view.voices if voice.seat}
        teacher = sum(voice.count(basis) for voice in view.voices if voice.who == "T")
        if self.plan.places:
            found[self.plan.places[0].id] = teacher
        self._counts = found
        for one in self.plan.everything:
            button, count = self.button(one.id), found.get(one.id, 0)
            if button.look.count != count:
                button.show_look(replace(button.look, count=count))
                button.setAccessibleName(self._name(one))

    def mark(self, *, chosen: str = "", aimed: str = "", last: str = "") -> None:
        """Show who is meant, who would be spoken to, and who spoke last, by place."""
        now = (chosen, aimed, last)
        for seat_id in {*self._marked, *now}:
            button = self.buttons.get(seat_id)
            if button is not None:
                button.mark(chosen=seat_id == chosen, aimed=seat_id == aimed, last=seat_id == last)
        self._marked = now

    def _name(self, one: Seat | Place) -> str:
        count = self._counts.get(one.id, 0)
        said = self.tr("spoke once") if count == 1 else self.tr("spoke {n} times").format(n=count)
        return f"{super()._name(one)}, {said if count else self.tr('not heard')}"

    # -- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press begins here, wherever it ends."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from, self._at, self._drawing = self.seat_at(event.position()), event.position(), False
        if self._from:
            self.touched.emit()
            self.button(self._from).setDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Past a few pixels it is a line to somebody."""
        if not self._from or not self.can_draw:
            return
        far = (event.position() - self._at).manhattanLength() >= QApplication.startDragDistance()
        if not (self._drawing or far):
            return
        self._drawing = True
        target = self.seat_at(event.position())
        self.mark(chosen=self._from, aimed=target if target != self._from else "")
        start = QPointF(self.button(self._from).geometry().center())
        self.lines.show_drawn((start, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a seat, or a line that ends on another; one that ends nowhere is nothing."""
        origin, drawing, self._from, self._drawing = self._from, self._drawing, "", False
        if not origin or event.button() != Qt.MouseButton.LeftButton:
            return
        self.button(origin).setDown(False)
        self.lines.show_drawn(None)
        self.mark()
        target = self.seat_at(event.position())
        if drawing and target not in {"", origin}:
            self.joined.emit(origin, target)
        elif target == origin:
            self.pressed.emit(origin, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What else can be said of a seat; also by the menu key where it has the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        seat_id = self.focused if by_key else self.seat_at(QPointF(event.pos()))
        button = self.buttons.get(seat_id)
        if button is not None and button.kind is SeatKind.SEAT:
            where: QPoint = button.mapToGlobal(button.rect().center()) if by_key else event.globalPos()
            self.menu_asked.emit(seat_id, where)
