"""The focus the two agreed on, marked by the accent bar, wherever a visit is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, tokens
from observe_app.ui.widgets.labels import TextLabel, caption
from observe_app.ui.widgets.paint import BAR


class FocusPanel(QWidget):
    """Caption and the focus in the teacher's words, with a 4 px bar; on `tint` unless `plain`."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, label: str | None = None, plain: bool = False
    ) -> None:
        super().__init__(parent)
        self._plain = plain
        self.caption_label = caption(self.tr("Focus") if label is None else label, self)
        self.caption_label.setVisible(label != "")
        self.text_label = TextLabel(text, self, step="lead", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2 if plain else 12, 0 if plain else 16, 2 if plain else 12)
        column.setSpacing(2)
        column.addWidget(self.caption_label)
        column.addWidget(self.text_label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str) -> None:
        """Show another focus."""
        self.text_label.setText(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane and bar at the leading edge."""
        painter = QPainter(self)
        if not self._plain:
            painter.fillRect(self.rect(), color("tint"))
            if tokens().scheme.is_contrast:
                painter.setPen(QPen(color("ink"), 1))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(QRect(self.width() - BAR if mirrored else 0, 0, BAR, self.height()), color("accent"))
