"""The line over a list: finding by typing, with those of before, how many there are."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonSize, Plane, SearchField, TextLabel

TYPING_MS = 80
_HIGH = 52


class FilterBar(Plane):
    """Search, a button that brings in those of before, and a count.

    Signals:
        typed: the words, once the person pauses. archived_toggled: with those of before or not.
        left_downwards: to the list.
    """

    typed = Signal(str)
    archived_toggled = Signal(bool)
    left_downwards = Signal()

    def __init__(self, find: str, archived: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(scaled(_HIGH))
        self.search = SearchField(find, self)
        self.search.setObjectName(f"{name}_search")
        self.search.setFixedHeight(scaled(36))
        self.search.setMaximumWidth(scaled(360))
        self.archived_button = Button(archived, self, size=ButtonSize.SMALL)
        self.archived_button.setObjectName(f"{name}_archived")
        self.archived_button.setCheckable(True)
        self.count_label = TextLabel("", self, step="small", tone="muted", tabular=True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        row = QHBoxLayout(self)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, scaled(16), 0)
        row.setSpacing(scaled(12))
        row.addWidget(self.search, 3)
        row.addWidget(self.archived_button)
        row.addStretch(1)
        row.addWidget(self.count_label)
        self.search.textEdited.connect(self._on_edited)
        self.search.left_downwards.connect(self.left_downwards)
        self.archived_button.toggled.connect(self.archived_toggled)
        self._typing.timeout.connect(self._on_paused)

    def show_count(self, words: str, count: int) -> None:
        """Say how many there are; nothing of none."""
        self.count_label.setText(words)
        self.count_label.setVisible(bool(count))

    def clear(self) -> None:
        """Take the words away, without a word of it."""
        self._typing.stop()
        self.search.clear()

    @Slot()
    def _on_edited(self) -> None:
        self._typing.start()

    @Slot()
    def _on_paused(self) -> None:
        self._typing.stop()
        self.typed.emit(self.search.text())
