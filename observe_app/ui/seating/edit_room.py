"""The room while its plan is made: click, drag and keys change it; each change is one step back."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget

from observe_app.domain import seating
from observe_app.domain.errors import Invalid
from observe_app.domain.seating import PITCH, SeatingPlan, SeatState
from observe_app.ui.seating.room_view import RoomView
from observe_app.ui.seating.seat_button import SeatKind
from observe_app.ui.theme import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent

_SNAP = PITCH // 4
_REACH = PITCH // 6
_WANTED, _LEAST = 330, 130
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Tool(Enum):
    """What a click does: take a seat away or put one there, choose a seat for its initials, say who is missing."""

    SEATS = "seats"
    INITIALS = "initials"
    ABSENT = "absent"


class EditRoom(RoomView):
    """Places to be changed. Spots are where seats were taken away, so that a second click brings one back.

    Signals:
        changed: the `SeatingPlan` as it is now.
        chosen: id of the place meant, "" for none.
        refused: the `Invalid` of an edit that was not made.
    """

    changed = Signal(object)
    chosen = Signal(str)
    refused = Signal(object)
    margin = PITCH // 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = Tool.SEATS
        self._gaps: dict[str, tuple[int, int, int]] = {}
        self._picked = ""
        self._typing = ""
        self._from = ""
        self._at = QPointF()
        self._dragging = False
        self.activated.connect(self._on_activated)
        self.focus_moved.connect(self.pick)

    @property
    def picked(self) -> str:
        """Id of the place meant, "" for none."""
        return self._picked

    def show_other(self, plan: SeatingPlan) -> None:
        """Show another plan: what was taken away in the one before has no place here."""
        self._gaps = {}
        self.set_plan(plan)
        self.pick(self._picked if plan.place_of(self._picked) else "")

    @Slot(str)
    def pick(self, seat_id: str) -> None:
        """Mean a place."""
        if seat_id != self._picked:
            self._typing = ""
        self._picked = seat_id
        for one, button in self.buttons.items():
            button.mark(last=one == seat_id)
        self.chosen.emit(seat_id)

    def go_on(self, seat_id: str) -> None:
        """Go from a seat to the next number; a free spot gets a seat."""
        if seat_id in self._gaps:
            self._fill(seat_id)
            return
        seats = self.plan.seats
        index = next((index for index, seat in enumerate(seats) if seat.id == seat_id), -1)
        if seats:
            self.focus_seat(seats[(index + 1) % len(seats)].id)

    # -- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from, self._at, self._dragging = self.seat_at(event.position()), event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A place follows the pointer."""
        button = self.buttons.get(self._from)
        if button is None or button.kind is SeatKind.SPOT or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position() - self._at
        if not self._dragging and way.manhattanLength() < QApplication.startDragDistance():
            return
        if not self._dragging:
            self._dragging = True
            button.raise_()
            self.pick(self._from)
        self._at = event.position()
        button.move((QPointF(button.pos()) + way).toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Where a dragged place lies now is its place; a click does what the tool says."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        origin, dragging, self._from, self._dragging = self._from, self._dragging, "", False
        if dragging:
            middle = QPointF(self.button(origin).geometry().center())
            self._put(origin, *self._line_up(*self._frame.spot(middle), but=origin))
        elif self.seat_at(event.position()) == origin:
            self._click(origin, event.position())

    def _click(self, seat_id: str, point: QPointF) -> None:
        button = self.buttons.get(seat_id)
        if button is None:
            if self.tool is Tool.SEATS:
                self._add(*self._line_up(*self._frame.spot(point)))
            return
        if button.kind is SeatKind.SPOT:
            self._fill(seat_id)
        elif self.tool is Tool.SEATS and button.kind is SeatKind.SEAT:
            self._remove(seat_id)
        elif self.tool is Tool.ABSENT and button.kind is SeatKind.SEAT:
            self.pick(seat_id)
            self._toggle_absent(seat_id)
        else:
            self.focus_seat(seat_id)

    @Slot(str)
    def _on_activated(self, seat_id: str) -> None:
        self._click(seat_id, QPointF())

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are initials, Delete takes away, Enter goes on, Space says who is missing, Alt moves."""
        focused, key = self.focused, event.key()
        button = self.buttons.get(focused)
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        step = _STEPS.get(Qt.Key(key))
        if button is not None and step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._nudge(focused, *step)
        elif button is None or not plain or step is not None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on(focused)
        elif button.kind is SeatKind.SPOT:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._shorten(focused, whole=key == Qt.Key.Key_Delete)
        elif key == Qt.Key.Key_Space and not self._typing:
            self._toggle_absent(focused)
        elif len(event.text()) == 1 and event.text().isprintable():
            self._write(focused, event.text())
        else:
            super().keyPressEvent(event)

    def _write(self, seat_id: str, text: str) -> None:
        if self.plan.seat(seat_id) is None:
            return
        typed = self._typing + text
        if self._try(lambda: seating.set_label(self.plan, seat_id, typed)):
            self._typing = typed

    def _shorten(self, seat_id: str, *, whole: bool) -> None:
        seat = self.plan.seat(seat_id)
        if whole or seat is None:
            self._remove(seat_id)
            return
        self._typing = (self._typing or seat.label)[:-1]
        shorter = self._typing
        self._try(lambda: seating.set_label(self.plan, seat_id, shorter))

    def _line_up(self, x: int, y: int, but: str = "") -> tuple[int, int]:
        """Return the spot in line with seats that lie nearly so, else on the grid."""
        others = [one for one in self.plan.everything if one.id != but]
        beside = min((one.x for one in others), key=lambda at: abs(at - x), default=0)
        behind = min((one.y for one in others), key=lambda at: abs(at - y), default=0)
        return (
            beside if abs(beside - x) <= _REACH else round(x / _SNAP) * _SNAP,
            behind if abs(behind - y) <= _REACH else round(y / _SNAP) * _SNAP,
        )

    # -- edits

    def _nudge(self, seat_id: str, dx: int, dy: int) -> None:
        one = self.plan.place_of(seat_id)
        if one is not None:
            self._put(seat_id, one.x + dx * _SNAP, one.y + dy * _SNAP)

    def _put(self, seat_id: str, x: int, y: int) -> None:
        """Put a place somewhere; left of or before everything the rest makes room."""
        right, down = max(0, -x), max(0, -y)
        self._gaps = {one: (gx + right, gy + down, number) for one, (gx, gy, number) in self._gaps.items()}
        plan = seating.shifted(self.plan, right, down)
        self._take(seating.move(plan, seat_id, x + right, y + down))

    def _add(self, x: int, y: int) -> None:
        right, down = max(0, -x), max(0, -y)
        self._gaps = {one: (gx + right, gy + down, number) for one, (gx, gy, number) in self._gaps.items()}
        self._new(x + right, y + down, None, seating.shifted(self.plan, right, down))

    def _fill(self, spot_id: str) -> None:
        x, y, number = self._gaps.pop(spot_id)
        self._new(x, y, number if self.plan.numbered(number) is None else None, self.plan)

    def _new(self, x: int, y: int, number: int | None, plan: SeatingPlan) -> None:
        before = {seat.id for seat in self.plan.seats}
        if self._try(lambda: seating.add(plan, x, y, number=number)):
            self.focus_seat(next(seat.id for seat in self.plan.seats if seat.id not in before))

    def _remove(self, seat_id: str) -> None:
        seat = self.plan.seat(seat_id)
        had = self.focused == seat_id
        beside = self._beside(seat_id, 1, 0) or self._beside(seat_id, -1, 0)
        spot = ""
        if seat is not None:
            spot = f"gap {seat.x} {seat.y}"
            self._gaps[spot] = (seat.x, seat.y, seat.number)
        self._take(seating.remove(self.plan, seat_id))
        if had:
            self.focus_seat(spot or beside)

    def _toggle_absent(self, seat_id: str) -> None:
        seat = self.plan.seat(seat_id)
        if seat is not None:
            here = seat.state is not SeatState.TAKEN
            self._take(seating.set_state(self.plan, seat_id, SeatState.TAKEN if here else SeatState.ABSENT))

    def _try(self, edit: Callable[[], SeatingPlan]) -> bool:
        try:
            plan = edit()
        except Invalid as error:
            self.refused.emit(error)
            return False
        self._take(plan)
        return True

    def _take(self, plan: SeatingPlan) -> None:
        self.set_plan(plan)
        self.pick(self._picked if plan.place_of(self._picked) else "")
        self.changed.emit(plan)

    # -- spots

    def _spots(self) -> Mapping[str, tuple[int, int]]:
        return {spot_id: (x, y) for spot_id, (x, y, _number) in self._gaps.items()}

    def _dress(self) -> None:
        super()._dress()
        for spot_id in self._gaps:
            self.button(spot_id).setAccessibleName(self.tr("Free spot: Enter puts a seat here"))


class RoomArea(QScrollArea):
    """The part of the sheet that the room has; it scrolls where seats would else be too small to hit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for six rows."""
        return QSize(600, scaled(_WANTED))

    def minimumSizeHint(self) -> QSize:
        """Room for a few; the sheet needs the rest in a small window."""
        return QSize(200, scaled(_LEAST))
