"""Small parts of the side of Talk: a key that can be clicked, and the starred filter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, rounded


class KeyButton(QPushButton):
    """A keycap and its word that can also be clicked; the key itself is the page's."""

    def __init__(self, keys: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._keys = keys
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Keycap, word and a little air; 28 high."""
        words = QFontMetrics(font("small")).horizontalAdvance(self.text())
        return QSize(4 + key_cap_width(self._keys) + 7 + words + 5, tokens().size.control_small)

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hover plane, keycap, word."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            rounded(painter, rect, 6, fill=color("tint2" if self.isDown() else "hover"))
        cap, high = key_cap_width(self._keys), tokens().size.key_cap
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 4 - cap if mirrored else 4
        paint_key_cap(painter, QRectF(left, (rect.height() - high) / 2, cap, high), self._keys, active=self.isEnabled())
        words = rect.adjusted(2, 0, -(cap + 11), 0) if mirrored else rect.adjusted(cap + 11, 0, 2, 0)
        draw_text(painter, words, self.text(), font=font("small"), color=color("muted"))


class StarredChip(QPushButton):
    """Shows only starred notes while it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Show starred notes only"))

    def set_count(self, count: int) -> None:
        """Say how many notes are starred; without any there is nothing to show."""
        self.setText(self.tr("Starred {n}").format(n=count))
        self.setEnabled(count > 0 or self.isChecked())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Word and count; 28 high."""
        return QSize(
            QFontMetrics(font("small", weight=600)).horizontalAdvance(self.text()) + 18, tokens().size.control_small
        )

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """On is a plane, off is an edge: told apart without colour."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, rect, 6, fill=color("tint2"), edge=color("accent"))
        elif self.isEnabled():
            rounded(painter, rect, 6, fill=color("hover") if self.underMouse() else None, edge=color("ctl"))
        ink = color("accent" if self.isEnabled() else "muted")
        painter_font = font("small", weight=600, tabular=True)
        draw_text(painter, rect, self.text(), font=painter_font, color=ink, align=Qt.AlignmentFlag.AlignCenter)
