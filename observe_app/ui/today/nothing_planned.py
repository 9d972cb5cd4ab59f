"""Where the next visit would stand while none is planned: the two ways to one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Rule, TextLabel


class NothingPlanned(QWidget):
    """One sentence and two buttons.

    Signals:
        plan_asked, start_asked: what the buttons say.
    """

    plan_asked = Signal()
    start_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan_button = Button(
            self.tr("Plan a visit"), self, kind=ButtonKind.PRIMARY, size=ButtonSize.MAIN, keys=self.tr("Ctrl N")
        )
        self.start_button = Button(self.tr("Start writing now"), self, size=ButtonSize.MAIN, keys=self.tr("Ctrl Enter"))
        self.plan_button.setObjectName("first_plan")
        self.start_button.setObjectName("first_start")
        self.plan_button.clicked.connect(self.plan_asked)
        self.start_button.clicked.connect(self.start_asked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(TextLabel(self.tr("No visit is planned"), self, step="page", weight=600))
        words.addWidget(
            TextLabel(self.tr("Who and what can also be said after the lesson."), self, tone="muted", wrap=True)
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 2, 20)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.start_button)
        row.addWidget(self.plan_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule(self))
