"""Under the preview: what needs a look, each a way to its item; and which visits keep which version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.forms.editor.checks import Check, Weight
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent, QResizeEvent

_ICON, _LEAD, _PAD = 16, 26, 3
_PROBLEMS, _HINTS = 12, 5
"""How many sentences of each are said; the rest is counted."""

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LOOKS = {
    Weight.PROBLEM: ("triangle-alert", "warm", "ink"),
    Weight.HINT: ("info", "muted", "muted"),
    Weight.GOOD: ("check", "accent", "ink"),
    Weight.NEWS: ("info", "muted", "muted"),
}


class CheckRow(QAbstractButton):
    """One sentence with its icon; a link where it has a place."""

    def __init__(self, check: Check, parent: QWidget) -> None:
        super().__init__(parent)
        self.check = check
        self.setText(check.text)
        self.setAccessibleName(check.text)
        link = check.target is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if link else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        metrics = QFontMetrics(font("small"))
        room = QRect(0, 0, max(40, width - scaled(_LEAD)), 10_000)
        return max(scaled(24), metrics.boundingRect(room, _FLAGS, self.text()).height() + 2 * _PAD)

    def sizeHint(self) -> QSize:
        """For the width it has."""
        width = self.width() if self.width() > scaled(_LEAD) else 280
        return QSize(200, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never wider than its column."""
        return QSize(80, scaled(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps into another number of lines."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and words; a link is underlined under the pointer."""
        painter = QPainter(self)
        name, tone, ink = _LOOKS[self.check.weight]
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, lead = scaled(_ICON), scaled(_LEAD)
        left = self.width() - side if mirrored else 0
        paint_icon(painter, QRectF(left, _PAD + 1, side, side), name, color(tone))
        face = font("small")
        face.setUnderline(self.check.target is not None and self.underMouse())
        painter.setFont(face)
        painter.setPen(color(ink))
        rect = self.rect().adjusted(0 if mirrored else lead, _PAD, -lead if mirrored else 0, 0)
        painter.drawText(rect, _FLAGS, self.text())


class ChecksList(QWidget):
    """All sentences.

    Signals:
        target_asked: `Target` to go to.
    """

    target_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CheckRow] = []
        self._checks: tuple[Check, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.more = TextLabel("", self, step="small", tone="muted")
        self.more.setContentsMargins(scaled(_LEAD), 2, 0, 0)
        self._column.addWidget(self.more)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What is said."""
        return self._checks

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Say these."""
        found = tuple(checks)
        if found == self._checks:
            return
        self._checks = found
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        problems = [check for check in found if check.weight is Weight.PROBLEM][:_PROBLEMS]
        rest = [check for check in found if check.weight is not Weight.PROBLEM][:_HINTS]
        said = (*problems, *rest)
        for number, check in enumerate(said):
            row = CheckRow(check, self)
            row.clicked.connect(self._on_clicked)
            self._column.insertWidget(number, row)
            row.show()
            self.rows.append(row)
        left = len(found) - len(said)
        self.more.setText(self.tr("and {n} more").format(n=left) if left > 0 else "")
        self.more.setVisible(left > 0)
        self.updateGeometry()

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, CheckRow) and row.check.target is not None:
            self.target_asked.emit(row.check.target)
