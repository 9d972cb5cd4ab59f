"""A tally: a press counts one, Shift takes one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.timeline import tallies
from observe_app.ui.form_panel.event_item import EventItem
from observe_app.ui.form_panel.form_item import MARGIN, label_left, mirrored
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.theme import color, font
from observe_app.ui.widgets.paint import RIGHT, draw_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_COUNT_LEAST = "000"


class TallyItem(EventItem):
    """Key, name, count. The row is the button; Enter, Space and + count too, - takes back."""

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._count = 0
        self._row = QRect()
        self.back = KeyButton("-", self.tr("Take one back"), self, name=self.tr("Take one back"))
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

    @Slot()
    def press_key(self) -> None:
        """Count one."""
        if self.act(lambda: self.keeper.tally(self.item.id)):
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
        self._count = len(tallies(self.events, self.item.id))

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
        """One row; help, "take one back" and the absences while open."""
        absent = not self._count and self.absence_words()
        words = self.absence_words() if absent else max(_COUNT_LEAST, str(self._count), key=len)
        look = font("small") if absent else font("note", weight=600, tabular=True)
        right = QFontMetrics(look).horizontalAdvance(words) + 12
        bottom = self.head(width, right)
        self._row = QRect(0, 0, width, bottom)
        y = self.tail(bottom, width)
        self.back.setVisible(self.is_open and self._count > 0)
        if self.back.isVisibleTo(self):
            y = flow((self.back,), label_left() - 4, y, width - MARGIN) + 4
        return y

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row counts."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._row.contains(event.position().toPoint()):
            self.press_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row and count."""
        painter = QPainter(self)
        self.paint_row(painter, self._row)
        box = mirrored(painter, QRectF(label_left(), 0, self.width() - MARGIN - label_left(), self._row.height()))
        if not self._count and self.absence_words():
            draw_text(painter, box, self.absence_words(), font=font("small"), color=color("muted"), align=RIGHT)
        else:
            look = font("note", weight=600, tabular=True)
            draw_text(
                painter, box, str(self._count), font=look, color=color("ink" if self._count else "muted"), align=RIGHT
            )
