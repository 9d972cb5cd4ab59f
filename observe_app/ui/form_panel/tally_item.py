"""A tally: a press counts one, Shift takes one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent

from observe_app.ui.form_panel.event_item import EventItem
from observe_app.ui.form_panel.form_item import MARGIN, PAD, WrappedText, mirrored
from observe_app.ui.form_panel.halves import INNER
from observe_app.ui.form_panel.key_button import KeyButton
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets.paint import RIGHT, draw_text

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_COUNT_LEAST = "000"
_GAP = 12


class TallyItem(EventItem):
    """Key, name, count. The row is the button; Enter, Space and + count too, - takes back.

    A press from the note line moves nothing on the screen but the count: help and absences show while the keyboard is
    here or nothing is counted, the button that takes one back stands within the row.
    """

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._count = 0
        self._row = QRect()
        self._hovered = False
        self._half = 0
        # A click counts and leaves the keyboard where it is, in the note line.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back = KeyButton("−", "", self, name=self.tr("{item}: take one back").format(item=self.label))
        self.back.setObjectName(f"back_{item.id}")
        self.back.clicked.connect(self.press_shift)
        self.back.hide()
        self.listen_to(self.back)
        self.reload()

    @property
    def count(self) -> int:
        """How many were counted."""
        return self._count

    @property
    def value_words(self) -> str:
        """The count, else why there is none."""
        if not self._count and self.absence_words():
            return self.absence_words()
        return self.tr("%n counted", "", self._count)

    @property
    def shows_details(self) -> bool:
        """While nothing is counted, the keyboard is here, or moments are typed in from paper."""
        return self.is_open and (not self._count or not self.keeper.runs or self.holds_keyboard)

    def set_half(self, half: int) -> None:
        """Stand alone in a line (0), or as its first or second half."""
        self._half = half
        self.margin_left = INNER if half == 2 else MARGIN
        self.margin_right = INNER if half == 1 else MARGIN

    @Slot()
    def press_key(self) -> None:
        """Count one, after the lesson at the moment that is typed below."""
        if self.moment_is_bad():
            return
        at_ms = self.typed_moment()
        if self.act(lambda: self.keeper.tally(self.item.id, at_ms)):
            self.forget_moment()
            self.flash()

    @Slot()
    def press_shift(self) -> None:
        """Take back the one pressed last."""
        if not self._count:
            self.say(self.tr("nothing to take back"))
        elif self.act(lambda: self.keeper.untally(self.item.id)):
            self.flash()

    def read(self) -> None:
        """Count."""
        self._count = self.keeper.count_of(self.item.id)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Enter, Space and + count; - takes one back while there is one, else it is "not seen"."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) or text == "+":
            self.press_key()
        elif text == "-" and self._count:
            self.press_shift()
        else:
            return super().answer_key(key, text)
        return True

    def lay_out(self, width: int) -> int:
        """One row; help and the absences while they show."""
        absent = not self._count and self.absence_words()
        words = self.absence_words() if absent else max(_COUNT_LEAST, str(self._count), key=len)
        look = font("small") if absent else font("note", weight=600, tabular=True)
        right = QFontMetrics(look).horizontalAdvance(words) + _GAP
        bottom = self.head(width, right)
        self._row = QRect(0, 0, width, bottom)
        self.back.setVisible(self._count > 0 and (self.is_open or self._hovered))
        if self.back.isVisibleTo(self):
            size = self.back.sizeHint()
            x = width - self.margin_right - right + _GAP - size.width() - 2
            self.back.setGeometry(x, (tokens().size.row_tally - size.height()) // 2, size.width(), size.height())
            self._shorten(x - 4)
        return self.place_moment(self.tail(bottom, width), width)

    def label_font(self) -> QFont:
        """Always the same: a name that grows bold could wrap, and the rows below would move."""
        return font("text")

    def enterEvent(self, event: QEnterEvent) -> None:
        """The way to take one back, for the pointer."""
        super().enterEvent(event)
        self._hovered = True
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        super().leaveEvent(event)
        self._hovered = False
        self.fit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row counts."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._row.contains(event.position().toPoint()):
            self.press_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row and count."""
        painter = QPainter(self)
        self.paint_row(painter, self._row)
        place = QRectF(self.label_x, 0, self.width() - self.margin_right - self.label_x, self._row.height())
        box = mirrored(painter, place)
        if not self._count and self.absence_words():
            draw_text(painter, box, self.absence_words(), font=font("small"), color=color("muted"), align=RIGHT)
        else:
            look = font("note", weight=600, tabular=True)
            draw_text(
                painter, box, str(self._count), font=look, color=color("ink" if self._count else "muted"), align=RIGHT
            )

    def _shorten(self, right: int) -> None:
        """Keep the name clear of the button that takes one back, in as many lines as it has."""
        line, room = tokens().type["text"].line, right - self.label_x
        if self._label is None:
            return
        made, lines = WrappedText(self.label_words, self.label_font(), line, room), self._label.lines
        if made.lines > lines:
            metrics = QFontMetrics(self.label_font())
            words = metrics.elidedText(self.label_words, Qt.TextElideMode.ElideRight, room * lines - PAD)
            made = WrappedText(words, self.label_font(), line, room)
        if made.lines <= lines:
            self._label = made
