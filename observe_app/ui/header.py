"""The shell's header: name of the page, a way to find anything, a way to plan a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.button import Button
from observe_app.ui.widgets.labels import ElidedLabel
from observe_app.ui.widgets.paint import draw_text, hairline, key_cap_width, paint_key_cap, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FIND_WIDTH = 290


class FindButton(QPushButton):
    """Looks like a field, opens the palette."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._keys = keys
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(scaled(_FIND_WIDTH))

    def sizeHint(self) -> QSize:
        """290 x 34."""
        return QSize(scaled(_FIND_WIDTH), tokens().size.control)

    def minimumSizeHint(self) -> QSize:
        """The magnifier and the keycap."""
        return QSize(scaled(110), tokens().size.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge, magnifier, words, keycap."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground = color("hover" if self.underMouse() else "field")
        rounded(painter, rect, tokens().size.radius_button, fill=ground, edge=color("ctl"))
        width = key_cap_width(self._keys)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, high = scaled(16), tokens().size.key_cap
        icon_left = rect.width() - 11 - side if mirrored else 11
        paint_icon(painter, QRectF(icon_left, (rect.height() - side) / 2, side, side), "search", color("muted"))
        cap = QRectF(10 if mirrored else rect.width() - width - 10, (rect.height() - high) / 2, width, high)
        lead, tail = side + 19, width + 16
        words = rect.adjusted(tail if mirrored else lead, 0, -lead if mirrored else -tail, 0)
        draw_text(painter, words, self.text(), font=font("text"), color=color("muted"))
        paint_key_cap(painter, cap, self._keys, active=False)


class Header(QWidget):
    """Title and second line at the leading side, find and plan at the other.

    Signals:
        find_requested: the user wants the palette.
        plan_requested: the user wants to plan a visit.
    """

    find_requested = Signal()
    plan_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title_label = ElidedLabel("", self, step="page")
        self.subtitle_label = ElidedLabel("", self, step="small", tone="muted")
        self.find_button = FindButton(self.tr("Find a person, visit, note"), "Ctrl K", self)
        self.plan_button = Button(self.tr("Plan a visit"), self, icon="plus")
        self.find_button.setObjectName("find_button")
        self.plan_button.setObjectName("plan_button")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title_label)
        words.addWidget(self.subtitle_label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens().size.margin, 0, tokens().size.margin, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.find_button, 1)
        row.addWidget(self.plan_button)
        self.setFixedHeight(tokens().size.header)
        self.find_button.clicked.connect(self.find_requested)
        self.plan_button.clicked.connect(self.plan_requested)

    def set_words(self, title: str, subtitle: str) -> None:
        """Name the page."""
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule under the header."""
        hairline(QPainter(self), self.rect())
