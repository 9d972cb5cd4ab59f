"""The small field for the moment of what is typed in after the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

from observe_app.domain.lesson_clock import parse_clock
from observe_app.ui.theme import font
from observe_app.ui.widgets import LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST = 9
_FRAME = 36


class SmallField(LineEdit):
    """A field as wide as what it asks for."""

    def __init__(self, item_id: str, placeholder: str, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent, placeholder=placeholder)
        self.setObjectName(f"moment_{item_id}")
        self.setAccessibleName(name)
        self.setFixedWidth(QFontMetrics(font("text")).horizontalAdvance(placeholder) + _FRAME)
        self.setMaxLength(_MOST)
        self.hide()


class MomentField(SmallField):
    """When it was, as "12:30". Empty: the moment at which the lesson's clock stands."""

    def __init__(self, item_id: str, label: str, parent: QWidget) -> None:
        super().__init__(item_id, "", "", parent)
        placeholder = self.tr("at 12:30")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(self.tr("{item}: when it was, in minutes and seconds").format(item=label))
        self.setFixedWidth(QFontMetrics(font("text")).horizontalAdvance(placeholder) + _FRAME)

    @property
    def moment_ms(self) -> int | None:
        """The moment typed, in ms; None where none is, or none that can be read."""
        return parse_clock(self.text())

    def trouble(self, end_ms: int) -> str:
        """Say what is wrong with the moment, "" where it can be stored.

        Args:
            end_ms: moment at which the lesson ended, 0 where nobody knows.
        """
        if not self.text().strip():
            return ""
        moment = self.moment_ms
        if moment is None:
            return self.tr("Type the time as in 12:30, or leave it empty.")
        if end_ms and moment > end_ms:
            return self.tr("The lesson was over by then.")
        return ""
