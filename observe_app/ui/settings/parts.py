"""What the sections of the settings share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.widgets import Message, MessageKind, SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core


class SettingsSection(QWidget):
    """A part of the settings with its head; what is changed is kept at once.

    Signals:
        message_posted: a `Message`: something could not be kept.
    """

    message_posted = Signal(object)

    def __init__(self, core: Core, title: str, told: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.core = core
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.head = SectionHead(title, parent=self)
        self.column.addWidget(self.head)
        if told:
            self.column.addWidget(TextLabel(told, self, tone="muted", wrap=True))

    def reload(self) -> None:
        """Show what is kept now."""
        raise NotImplementedError

    def change(self, **values: Any) -> bool:
        """Keep settings; False where they were not kept, which is said."""
        return self.attempt(lambda: self.core.settings.change(**values))

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that keeps; False where it failed, which is said."""
        try:
            act()
        except ObserveError as error:
            told = describe(error)
            self.say(f"{told.text} {told.hint}".strip(), MessageKind.LOOK)
            return False
        return True

    def say(self, sentence: str, kind: MessageKind = MessageKind.NEWS, icon: str = "") -> None:
        """Say something under the header."""
        self.message_posted.emit(Message(kind, sentence, icon=icon, key="settings"))


def row_of(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Return widgets beside each other, at the left."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row
