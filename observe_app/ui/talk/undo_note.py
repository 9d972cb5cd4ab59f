"""A quiet line that says for six seconds what was taken away, and brings it back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

SHOWN_MS = 6000


class UndoNote(QWidget):
    """One sentence and "Undo"; it goes by itself.

    Signals:
        undo_asked: the person wants it back.
    """

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextLabel("", self, step="small", tone="ink", wrap=True)
        self.undo_button = Button(self.tr("Undo"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.undo_button.setObjectName("undo_note")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 14, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.undo_button.clicked.connect(self._on_undo)
        self.hide()

    def say(self, words: str, *, undo: bool = True) -> None:
        """Show a sentence for six seconds."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.undo_button.setVisible(undo)
        self.show()
        self._timer.start()

    @Slot()
    def _on_undo(self) -> None:
        self._timer.stop()
        self.hide()
        self.undo_asked.emit()
