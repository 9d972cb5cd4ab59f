"""The seating plan where a visit is prepared: a small drawing, how many seats, the button that makes or changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.seating import SeatingPlan, SeatState, loads
from observe_app.services import seating
from observe_app.ui.seating.frame import RoomFrame
from observe_app.ui.seating.words import offer_words, seats_words
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonSize, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_WIDE, _HIGH = 132, 72


class PlanPicture(QWidget):
    """A plan as small marks; decoration, the words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = SeatingPlan()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_plan(self, plan: SeatingPlan) -> None:
        """Draw another plan."""
        self._plan = plan
        self.update()

    def sizeHint(self) -> QSize:
        """132 x 72."""
        return QSize(scaled(_WIDE), scaled(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A mark for each seat, a wider one for the teacher."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        frame = RoomFrame.of(self._plan, self.width(), self.height(), small=True)
        for seat in self._plan.seats:
            painter.setBrush(color("mid" if seat.state is SeatState.TAKEN else "line"))
            painter.drawRoundedRect(frame.rect(seat.x, seat.y), 2, 2)
        painter.setBrush(color("accent"))
        for place in self._plan.places:
            rect = frame.rect(place.x, place.y)
            painter.drawRoundedRect(rect.adjusted(-rect.width() * 0.3, 0, rect.width() * 0.3, 0), 2, 2)


class PlanRow(QWidget):
    """The plan of one visit.

    Signals:
        saved: a plan is on the disk. save_failed: the `ObserveError` that kept it from it.
    """

    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._visit: Visit | None = None
        self._plan = SeatingPlan()
        self._seen: Seen | None = None
        self._offer: seating.Proposal | None = None
        self.picture = PlanPicture(self)
        self.label = TextLabel(self.tr("Seating plan"), self, step="small", weight=600)
        self.words = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.button = Button("", self, size=ButtonSize.SMALL, icon="layout-grid")
        self.offer_button = Button("", self, size=ButtonSize.SMALL, icon="history")
        self.button.setObjectName("visit_seating")
        self.offer_button.setObjectName("visit_seating_offer")
        self.button.clicked.connect(self._on_open)
        self.offer_button.clicked.connect(self._on_offer)
        self._build()

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.offer_button, self.button)

    def show_visit(self, visit: Visit) -> None:
        """Show the plan of a visit, or what could be its plan."""
        before, self._visit = self._visit, visit
        if before is not None and (before.id, before.seating, before.class_name) == (
            visit.id,
            visit.seating,
            visit.class_name,
        ):
            return
        damaged = False
        try:
            self._plan = loads(visit.seating)
        except ObserveError:
            self._plan, damaged = SeatingPlan(), True
        has = bool(self._plan.seats)
        self._offer = None if has else seating.proposal(self._core, visit.id)
        self.picture.setVisible(has)
        self.picture.show_plan(self._plan)
        self.button.setText(self.tr("Change the plan") if has else self.tr("Make a seating plan"))
        self.button.updateGeometry()
        self.offer_button.setVisible(self._offer is not None)
        if self._offer is not None:
            self.offer_button.setText(offer_words(self._offer))
            self.offer_button.updateGeometry()
        if damaged:
            self.words.setText(self.tr("The plan that is stored cannot be read. A new one takes its place."))
        elif has:
            self.words.setText(seats_words(len(self._plan.seats)))
        else:
            self.words.setText(self.tr("With a plan, a key or a click says who spoke in the lesson, and to whom."))

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.offer_button)
        buttons.addWidget(self.button)
        buttons.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.words)
        beside.addLayout(buttons)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.label)
        column.addLayout(row)

    @Slot()
    def _on_open(self) -> None:
        if self._visit is not None:
            self._seen = seating.seen_of(self._core, self._visit)
        self._edit(self._plan)

    def _edit(self, plan: SeatingPlan) -> None:
        from observe_app.ui.seating.plan_editor import PlanEditor  # noqa: PLC0415  (only when a plan is made)

        visit = self._visit
        if visit is None:
            return
        presses = seating.participation_of(self._core, visit.id, self._plan).presses if visit.started else 0
        editor = PlanEditor(self, plan, offer=self._offer, students=visit.class_size, recorded=presses)
        editor.plan_kept.connect(self._on_kept)
        editor.open_over()

    @Slot()
    def _on_offer(self) -> None:
        if self._offer is not None and self._visit is not None:
            self._seen = seating.seen_of(self._core, self._visit)
            self._on_kept(self._offer.plan)

    @Slot(object)
    def _on_kept(self, plan: SeatingPlan) -> None:
        visit = self._visit
        if visit is None:
            return
        try:
            seating.set_plan(self._core, visit_id=visit.id, plan=plan, seen=self._seen)
        except ObserveError as error:
            self.save_failed.emit(error)
            self._edit(plan)  # what was made stays on the screen until it is stored
            return
        self.saved.emit()
