"""Whether two visits are of one lesson: asked where they may be, said where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.services.charts.figures import local
from observe_app.ui.i18n import short_date
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.compare.agree_view import AgreementView


class SameStrip(QWidget):
    """One line over the strip.

    Signals:
        same_said: the two are one lesson. apart_said: they are not.
    """

    same_said = Signal()
    apart_said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.words = TextLabel("", self, wrap=True)
        self.words.setObjectName("same_words")
        self.same_button = Button(self.tr("Same lesson"), self, size=ButtonSize.SMALL)
        self.same_button.setObjectName("same_yes")
        self.apart_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.apart_button.setObjectName("same_no")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.same_button)
        row.addWidget(self.apart_button)
        self.same_button.clicked.connect(self.same_said)
        self.apart_button.clicked.connect(self.apart_said)

    def show_pair(self, view: AgreementView) -> None:
        """Show how it stands with these two."""
        self._asks = not view.same_lesson
        left, right = (12, 8) if self._asks else (0, 0)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(left, 6 if self._asks else 0, right, 6 if self._asks else 0)
        a, b = view.a, view.b
        day = short_date(local(a.start, a.zone).date()) if a.start is not None else self.tr("no date")
        what = " · ".join(part for part in (a.teacher, a.class_name, a.subject, day) if part)
        people = self.tr("{a} and {b}").format(
            a=a.observer or self.tr("nobody named"), b=b.observer or self.tr("nobody named")
        )
        if self._asks:
            self.words.setText(self.tr("Are these two the same lesson? {people}, {what}").format(
                people=people, what=what))  # fmt: skip
        else:
            self.words.setText(self.tr("{people}: {what}").format(people=people, what=what))
        self.words.set_tone("ink" if self._asks else "muted")
        self.same_button.setVisible(self._asks)
        self.apart_button.setText(self.tr("Not the same") if self._asks else self.tr("Not the same lesson after all"))
        self.apart_button.updateGeometry()
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A plane while it asks."""
        if self._asks:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(color("tint"))
            painter.setBrush(color("tint"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), scaled(6), scaled(6))
