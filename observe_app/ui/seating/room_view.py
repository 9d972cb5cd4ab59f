"""A room with its places as buttons: laid out by a plan, walked by arrow keys, with lines over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.seating import Place, Seat, SeatingPlan, SeatState
from observe_app.ui.seating.flow_lines import FlowLine, FlowLines
from observe_app.ui.seating.frame import RoomFrame, least_size, wanted_height
from observe_app.ui.seating.seat_button import SeatButton, SeatKind, SeatLook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.participation import Basis, Flow

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class RoomView(QWidget):
    """The places of a plan.

    Signals:
        activated: id of the place that was pressed by key or by a screen reader.
        focus_moved: id of the place that has the keyboard now.
        resized: the places lie elsewhere; lines are to be drawn again.
    """

    activated = Signal(str)
    focus_moved = Signal(str)
    resized = Signal()
    margin = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = SeatingPlan()
        self._frame = RoomFrame.of(self._plan, 100, 100)
        self._buttons: dict[str, SeatButton] = {}
        self._by_speaker: dict[str, str] = {}
        self.lines = FlowLines(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Seating plan"))

    # -- public

    @property
    def plan(self) -> SeatingPlan:
        """The plan shown."""
        return self._plan

    @property
    def buttons(self) -> Mapping[str, SeatButton]:
        """The places by id."""
        return self._buttons

    def button(self, seat_id: str) -> SeatButton:
        """Return the button of a place.

        Raises:
            KeyError: no such place.
        """
        return self._buttons[seat_id]

    def set_plan(self, plan: SeatingPlan) -> None:
        """Show a plan; buttons of places that are still there stay."""
        self._plan = plan
        self._by_speaker = {seat.speaker: seat.id for seat in plan.seats}
        if plan.places:
            self._by_speaker["T"] = plan.places[0].id
        wanted = {seat.id: SeatKind.SEAT for seat in plan.seats} | {place.id: SeatKind.TEACHER for place in plan.places}
        wanted |= dict.fromkeys(self._spots(), SeatKind.SPOT)
        for seat_id in [one for one, button in self._buttons.items() if wanted.get(one) is not button.kind]:
            button = self._buttons.pop(seat_id)
            button.hide()
            button.deleteLater()
        for seat_id, kind in wanted.items():
            if seat_id not in self._buttons:
                button = SeatButton(seat_id, kind, self)
                button.clicked.connect(self._on_clicked)
                button.show()
                self._buttons[seat_id] = button
        self.lines.raise_()
        self._order_tabs()
        self._dress()
        self.updateGeometry()
        self._lay()

    def seat_at(self, point: QPointF) -> str:
        """Return the id of the place under a point, "" where there is none."""
        child = self.childAt(point.toPoint())
        return child.seat_id if isinstance(child, SeatButton) else ""

    @property
    def focused(self) -> str:
        """Id of the place that has the keyboard, "" for none."""
        return next((seat_id for seat_id, button in self._buttons.items() if button.hasFocus()), "")

    def focus_seat(self, seat_id: str) -> None:
        """Bring the keyboard to a place."""
        button = self._buttons.get(seat_id)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focus_moved.emit(seat_id)

    def show_flows(self, flows: Sequence[Flow], basis: Basis, *, only: str = "") -> None:
        """Draw lines for who spoke to whom; `only` keeps the others faint. Nothing is drawn for strangers."""
        found = []
        for flow in flows:
            start, end = self._rect(flow.who), self._rect(flow.to) if flow.to not in {"", "SS", "S"} else None
            known = flow.to in {"", "SS", "S"} or end is not None
            if flow.count(basis) and start is not None and known:
                faint = bool(only) and only not in {flow.who, flow.to}
                found.append(FlowLine(start, end, flow.count(basis), up=flow.who != "T", faint=faint))
        self.lines.show_lines(found)

    # -- Qt

    def minimumSizeHint(self) -> QSize:
        """Seats large enough to hit."""
        return QSize(*least_size(self._plan, self.margin))

    def sizeHint(self) -> QSize:
        """Seats of a good size."""
        return QSize(380, wanted_height(self._plan, 380))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plan fills the room."""
        super().resizeEvent(event)
        self._lay()
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the next place that way."""
        step = _ARROWS.get(Qt.Key(event.key()))
        focused = self.focused
        if step is None or not focused or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        found = self._beside(focused, *step)
        if found:
            self.focus_seat(found)

    # -- for subclasses

    def _spots(self) -> Mapping[str, tuple[int, int]]:
        """Free spots by id, with where they are."""
        return {}

    def _name(self, one: Seat | Place) -> str:
        if isinstance(one, Place):
            return self.tr("Teacher’s place")
        parts = [self.tr("Seat {number}").format(number=one.number), one.label]
        if one.state is SeatState.ABSENT:
            parts.append(self.tr("absent today"))
        elif one.state is SeatState.EMPTY:
            parts.append(self.tr("nobody sits here"))
        return ", ".join(part for part in parts if part)

    def _look(self, one: Seat | Place, was: SeatLook) -> SeatLook:
        if isinstance(one, Place):
            text = self.tr("T", "short for teacher, as in the note line")
            return SeatLook(text, count=was.count, chosen=was.chosen, last=was.last, aimed=was.aimed)
        number = str(one.number) if one.label else ""
        empty, absent = one.state is SeatState.EMPTY, one.state is SeatState.ABSENT
        return SeatLook(one.shown, number, was.count, empty, absent, was.chosen, was.last, was.aimed)

    def _dress(self) -> None:
        for one in self._plan.everything:
            button = self._buttons[one.id]
            button.show_look(self._look(one, button.look))
            button.setAccessibleName(self._name(one))

    def _lay(self) -> None:
        self._frame = RoomFrame.of(self._plan, self.width(), self.height(), margin=self.margin)
        spots = dict(self._spots()) | {one.id: (one.x, one.y) for one in self._plan.everything}
        for seat_id, button in self._buttons.items():
            rect = self._frame.rect(*spots[seat_id])
            if button.kind is SeatKind.TEACHER:
                rect = rect.adjusted(-rect.width() * 0.22, 0, rect.width() * 0.22, 0)
            button.setGeometry(rect.toRect())
        self.lines.setGeometry(self.rect())

    def _rect(self, who: str) -> QRectF | None:
        """Return where a speaker's place is drawn, None where the plan has none."""
        seat_id = self._by_speaker.get(who)
        return None if seat_id is None else QRectF(self._buttons[seat_id].geometry())

    # -- helpers

    def _order_tabs(self) -> None:
        """Tab comes to one place only; the arrows walk from there."""
        first = next(iter(self._plan.seats), None)
        for seat_id, button in self._buttons.items():
            is_stop = first is not None and seat_id == first.id
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_stop else Qt.FocusPolicy.NoFocus)

    def _beside(self, seat_id: str, dx: int, dy: int) -> str:
        here = self._buttons[seat_id].geometry().center()
        best, found = 1e12, ""
        for other_id, button in self._buttons.items():
            away = button.geometry().center() - here
            along = away.x() * dx + away.y() * dy
            across = abs(away.x() * dy) + abs(away.y() * dx)
            if along <= 2 or other_id == seat_id:
                continue
            cost = along + 2.5 * across
            if cost < best:
                best, found = cost, other_id
        return found

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, SeatButton):
            self.activated.emit(sender.seat_id)
