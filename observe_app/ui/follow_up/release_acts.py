"""What can be done about a release from where its copies are listed: release, correct, take back, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from observe_app.ui.follow_up.loaded import Loaded


class ReleaseActs(QWidget):
    """Buttons for what makes sense now; the visit's page opens the sheets.

    Signals:
        asked: "release", "correct", "take_back" or "withdraw".
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.release_button = self._button("release_open", self.tr("Release…"), "release")
        self.correct_button = self._button("correct_open", self.tr("Correct it…"), "correct")
        self.take_back_button = self._button("take_back_open", self.tr("Take it back…"), "take_back")
        self.withdraw_button = self._button("withdraw_open", self.tr("Withdraw it…"), "withdraw")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for button in (self.release_button, self.correct_button, self.take_back_button, self.withdraw_button):
            row.addWidget(button)
        row.addStretch(1)

    def show_loaded(self, loaded: Loaded) -> None:
        """Offer what can be done now."""
        self.setVisible(loaded.rights.writes)
        stands = loaded.release is not None
        self.release_button.setVisible(not stands)
        self.correct_button.setVisible(stands)
        self.correct_button.setText(self.tr("Release it again…") if loaded.withdrawn else self.tr("Correct it…"))
        self.take_back_button.setVisible(stands and not loaded.left)
        self.withdraw_button.setVisible(stands and loaded.left and not loaded.withdrawn)

    def _button(self, name: str, words: str, act: str) -> Button:
        button = Button(words, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        button.setObjectName(name)
        button.setProperty("act", act)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.asked.emit(str(button.property("act")))
