"""Under the codes: the level of the interval, and the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.form import text_in
from observe_app.ui.form_panel.key_button import KeyButton
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets.paint import RIGHT, draw_text, hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.domain.form import Item

HEIGHT = 35
_MARGIN = 24
_GAP = 8
_LEAST_MEANING = 120


class BoardFoot(QWidget):
    """Name of the levels, a button each, what the one that is set means, ticks here and so far.

    Signals:
        level_chosen: number of a level that was clicked.
    """

    level_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.levels: dict[int, KeyButton] = {}
        self._name = ""
        self._meanings: dict[int, str] = {}
        self._level: int | None = None
        self._here = ""
        self._so_far = ""
        self._free = QRect()

    @property
    def count_words(self) -> str:
        """Ticks in this interval and over all, as shown."""
        return self.tr("{here} · {so_far}").format(here=self._here, so_far=self._so_far)

    def load(self, item: Item, name: str, language: str) -> tuple[KeyButton, ...]:
        """Make a button for each level of an item; return them."""
        self.clear()
        self._name = name if item.levels else ""
        for level in item.levels:
            button = KeyButton(str(level.number), text_in(level.label, language), self, checkable=True)
            button.setObjectName(f"board_level_{level.number}")
            button.setAccessibleName(self.tr("{name}: {level}").format(name=name, level=button.text()))
            button.setToolTip(plain_tip(text_in(level.descriptor, language)))
            button.clicked.connect(self._on_clicked)
            button.show()
            self.levels[level.number] = button
            self._meanings[level.number] = text_in(level.descriptor, language)
        self._lay_out()
        return tuple(self.levels.values())

    def clear(self) -> None:
        """Show no levels."""
        for button in self.levels.values():
            button.hide()
            button.deleteLater()
        self.levels, self._meanings, self._level = {}, {}, None
        self._name = ""

    def show_state(self, level: int | None, here: str, so_far: str) -> None:
        """Show a level and the counts."""
        if (level, here, so_far) == (self._level, self._here, self._so_far):
            return
        self._level, self._here, self._so_far = level, here, so_far
        for number, button in self.levels.items():
            button.setChecked(number == level)
        self._lay_out()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(600, scaled(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons from the start on."""
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, meaning, counts, hairline."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        bold, small, muted = font("small", weight=600), font("small", tabular=True), color("muted")
        if self._name:
            box = QRectF(_MARGIN, 0, self._name_width(), self.height() - 2)
            draw_text(painter, self._turned(box), self._name, font=bold, color=color("ink"))
        counts = self._counts_width()
        box = QRectF(self.width() - _MARGIN - counts, 0, counts, self.height() - 2)
        draw_text(painter, self._turned(box), self._shown_counts(), font=small, color=muted, align=RIGHT)
        meaning = self._meanings.get(self._level or 0, "")
        free = QRectF(self._free).adjusted(_GAP, 0, -16, -2)
        if meaning and free.width() >= scaled(_LEAST_MEANING):
            draw_text(painter, self._turned(free), meaning, font=small, color=muted)
        hairline(painter, QRect(_MARGIN, 0, self.width() - 2 * _MARGIN, self.height()))

    @Slot()
    def _on_clicked(self) -> None:
        for number, button in self.levels.items():
            if button is self.sender():
                button.setChecked(number == self._level)  # what is stored decides
                self.level_chosen.emit(number)

    # -- helpers

    def _name_width(self) -> int:
        wanted = QFontMetrics(font("small", weight=600)).horizontalAdvance(self._name) + 2 if self._name else 0
        return min(wanted, self.width() // 3)

    def _shown_counts(self) -> str:
        """Both counts, or those of the interval where the levels leave no room for more."""
        metrics = QFontMetrics(font("small", tabular=True))
        levels = sum(button.sizeHint().width() + _GAP for button in self.levels.values())
        room = self.width() - 2 * _MARGIN - self._name_width() - levels - _GAP
        words = (self.count_words, self._here)
        return next((one for one in words if metrics.horizontalAdvance(one) <= room), "")

    def _counts_width(self) -> int:
        return QFontMetrics(font("small", tabular=True)).horizontalAdvance(self._shown_counts()) + 2

    def _lay_out(self) -> None:
        x = _MARGIN + (self._name_width() + _GAP if self._name else 0)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for button in self.levels.values():
            size = button.sizeHint()
            left = self.width() - x - size.width() if rtl else x
            button.setGeometry(left, (self.height() - 2 - size.height()) // 2, size.width(), size.height())
            x += size.width() + _GAP
        end = self.width() - _MARGIN - self._counts_width()
        self._free = QRect(x, 0, max(0, end - x), self.height())
        self.setToolTip(plain_tip(self.count_words) if self._shown_counts() != self.count_words else "")

    def _turned(self, box: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height())
