"""Parts of the seat pane: the line that shows who speaks to whom, and what is there before there is a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.domain.seating import Seat, SeatState
from observe_app.ui.seating.words import offer_words
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, TextLabel
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap
from observe_app.ui.widgets.ringed import Ringed

if TYPE_CHECKING:
    from observe_app.services.seating import Proposal

_HIGH = 46


class EntryLine(Ringed):
    """Who speaks, as it is typed: moment, words, the key that keeps it. All keys are the pane's.

    Its top rule is its focus ring, as the note line's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment: int | None = None
        self._words = ""
        self._hint = ""
        self.setFixedHeight(scaled(_HIGH))
        self.setObjectName("seat_entry")
        self.setAccessibleName(self.tr("Who speaks: type a seat number"))

    @property
    def words(self) -> str:
        """What stands in it."""
        return self._words

    def show_entry(self, words: str, moment: int | None, hint: str) -> None:
        """Show what was typed at a moment in ms; "" shows the hint."""
        if (words, moment, hint) != (self._words, self._moment, self._hint):
            self._words, self._moment, self._hint = words, moment, hint
            self.setAccessibleDescription(words or hint)
            self.update()

    def sizeHint(self) -> QSize:
        """One line of 18 px."""
        return QSize(320, scaled(_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The pane's."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Field, rule, moment, words, caret, key."""
        painter = QPainter(self)
        rect = self.rect()
        focused = self.hasFocus()
        painter.fillRect(rect, color("field"))
        painter.fillRect(rect.x(), 0, rect.width(), 2, color("accent" if focused else "ctl"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        inner = QRectF(rect).adjusted(20, 2, -20, 0)
        if not self._words:
            draw_text(painter, inner, self._hint, font=font("body"), color=color("muted"))
            return
        if self._moment is not None:
            time = clock_text(self._moment)
            face = font("small", tabular=True)
            draw_text(painter, self._turned(inner), time, font=face, color=color("muted"))
            inner = inner.adjusted(QFontMetrics(face).horizontalAdvance(time) + 12, 0, 0, 0)
        cap = self.tr("Enter")
        wide = key_cap_width(cap)
        high = tokens().size.key_cap
        key = QRectF(inner.right() - wide, inner.center().y() - high / 2, wide, high)
        paint_key_cap(painter, self._turned(key), cap)
        face = font("lead", weight=600)
        room = inner.adjusted(0, 0, -wide - 10, 0)
        used = draw_text(painter, self._turned(room), self._words, font=face, color=color("accent"))
        if focused:
            caret = QRectF(room.left() + used + 2, inner.center().y() - scaled(10), 2, scaled(20))
            painter.fillRect(self._turned(caret), color("accent"))

    def _turned(self, rect: QRectF) -> QRectF:
        """Return where a part stands where reading goes from right to left."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return rect
        return QRectF(self.width() - rect.right(), rect.top(), rect.width(), rect.height())


class NoPlan(QWidget):
    """What is there without a plan: the plan of the class to take over, or one to make.

    Signals:
        offer_taken: the plan of the class is wanted.
        plan_asked: a new one is.
    """

    offer_taken = Signal()
    plan_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = TextLabel("", self, step="heading", weight=600, wrap=True)
        self.words = TextLabel("", self, step="text", tone="muted", wrap=True)
        self.offer_button = Button("", self, kind=ButtonKind.PRIMARY, icon="history")
        self.plan_button = Button(self.tr("Make a plan"), self, icon="layout-grid")
        self.offer_button.setObjectName("seat_offer")
        self.plan_button.setObjectName("seat_make")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self.offer_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.plan_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.offer_button.clicked.connect(self._on_offer)
        self.plan_button.clicked.connect(self._on_plan)

    def show_offer(self, offer: Proposal | None, *, damaged: bool = False) -> None:
        """Offer the plan of the class, where there is one."""
        self.head.setText(
            self.tr("The seating plan of this visit cannot be read") if damaged else self.tr("No seating plan yet")
        )
        self.words.setText(
            self.tr("Whoever was pressed stays counted by number. A new plan takes its place; undo brings it back.")
            if damaged
            else self.tr("With one, a key or a click on a seat says who spoke, and to whom. It takes under a minute.")
        )
        self.offer_button.setVisible(offer is not None)
        self.plan_button.set_kind(ButtonKind.PLAIN if offer is not None else ButtonKind.PRIMARY)
        if offer is not None:
            self.offer_button.setText(offer_words(offer))
            self.offer_button.updateGeometry()

    def start_widget(self) -> QWidget:
        """Where the keyboard starts."""
        return self.plan_button if self.offer_button.isHidden() else self.offer_button

    @Slot()
    def _on_offer(self) -> None:
        self.offer_taken.emit()

    @Slot()
    def _on_plan(self) -> None:
        self.plan_asked.emit()


def seat_menu(seat: Seat, parent: QWidget) -> QMenu:
    """Return the menu of a seat: who sits there today. Its actions hold (seat id, state)."""
    tr = QCoreApplication.translate
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for state, words in (
        (SeatState.TAKEN, tr("Seats", "Somebody sits here")),
        (SeatState.ABSENT, tr("Seats", "Absent today")),
        (SeatState.EMPTY, tr("Seats", "Nobody sits here")),
    ):
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(seat.state is state)
        action.setData((seat.id, state.value))
    return menu


def typed(who: str) -> str:
    """Return what is typed for a speaker."""
    return who[1:] if who[:1] == "S" and who[1:].isdigit() else who
