"""One step of setting up: a title, a sentence, its content, and the ways on at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import bounded

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WIDTH = 592
_SIDE = 40


class StepPane(QWidget):
    """Base of the steps; add to `body`.

    Signals:
        back_asked, next_asked, aside_asked: the buttons at the foot.
        message_posted: a `Message` to show.
    """

    back_asked = Signal()
    next_asked = Signal()
    aside_asked = Signal()
    message_posted = Signal(object)

    def __init__(
        self, title: str, lead: str, next_words: str, parent: QWidget | None = None, *, aside: str = ""
    ) -> None:
        super().__init__(parent)
        self.pane = ScrollPane(self, exact=True)
        outside = self.pane.body
        outside.setContentsMargins(_SIDE, 20, 24, 24)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title_label = TextLabel(title, self, step="page", wrap=True)
        self.lead_label = TextLabel(lead, self, step="body", tone="muted", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.warning = TextLabel("", self, tone="warm", wrap=True)
        self.warning.setObjectName("step_warning")
        self.warning.hide()
        column.addWidget(self.title_label)
        column.addSpacing(6)
        column.addWidget(self.lead_label)
        column.addSpacing(18)
        column.addLayout(self.body)
        column.addSpacing(16)
        column.addWidget(self.warning)
        column.addSpacing(24)
        column.addLayout(self._foot(next_words, aside))
        outside.addLayout(bounded(holder, scaled(WIDTH)))
        outside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)

    def _foot(self, next_words: str, aside: str) -> QHBoxLayout:
        self.back_button = Button(self.tr("Back"), self, kind=ButtonKind.LINK)
        self.aside_button = Button(aside, self, kind=ButtonKind.LINK)
        self.next_button = Button(next_words, self, kind=ButtonKind.PRIMARY)
        self.back_button.setObjectName("step_back")
        self.aside_button.setObjectName("step_aside")
        self.next_button.setObjectName("step_next")
        self.aside_button.setVisible(bool(aside))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.aside_button)
        row.addWidget(self.next_button)
        self.back_button.clicked.connect(self.back_asked)
        self.aside_button.clicked.connect(self.aside_asked)
        self.next_button.clicked.connect(self._on_next)
        return row

    def start_widget(self) -> QWidget:
        """Where the keyboard starts."""
        return self.next_button

    def set_busy(self, *, busy: bool) -> None:
        """Wait for what was begun."""
        self.next_button.set_disabled_because(self.tr("One moment") if busy else "")
        for button in (self.back_button, self.aside_button):
            button.setEnabled(not busy)

    def warn(self, sentence: str) -> None:
        """Say what needs a look; "" takes it away."""
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def warn_of(self, error: Exception) -> None:
        """Say why something did not work; anything but an expected error is raised."""
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.warn(f"{told.text} {told.hint}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on where one can."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next_button.isEnabled():
            self.next_button.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_next(self) -> None:
        self.warn("")
        self.next_asked.emit()
