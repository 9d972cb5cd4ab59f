"""How the two clocks are laid on each other: what was found, and the way to move one of them by seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.compare.agree_view import OffsetBy
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, NumberEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import Offset

_MOST_S = 7200
_SETTLE_MS = 250


class ClockBar(QWidget):
    """One line.

    Signals:
        offset_asked: ms to add to the other's times; None to find it again.
    """

    offset_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.said = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.said.setObjectName("clock_said")
        self.label = TextLabel(self.tr("Move by"), self, step="small", tone="muted")
        self.seconds = NumberEdit(self)
        self.seconds.setObjectName("clock_seconds")
        self.seconds.setAccessibleName(self.tr("Seconds by which the other clock is moved"))
        self.seconds.setRange(-_MOST_S, _MOST_S)
        self.seconds.setSuffix(self.tr(" s"))
        self.seconds.setMinimumWidth(scaled(96))
        self.seconds.setFixedHeight(scaled(28))
        self.label.setBuddy(self.seconds)
        self.found_button = Button(self.tr("Find it"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.found_button.setObjectName("clock_find")
        self.zero_button = Button(self.tr("As recorded"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.zero_button.setObjectName("clock_zero")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        for widget in (self.label, self.seconds, self.found_button, self.zero_button):
            row.addWidget(widget)
        self.seconds.valueChanged.connect(self._on_changed)
        self.found_button.clicked.connect(self._on_find)
        self.zero_button.clicked.connect(self._on_zero)

    def show_offset(self, offset: Offset, name: str) -> None:
        """Say how the clock of somebody is moved."""
        if not self._settle.isActive():
            self.seconds.blockSignals(True)
            self.seconds.setValue(round(offset.ms / 1000))
            self.seconds.blockSignals(False)
        self.said.setText(self._sentence(offset, name))
        self.zero_button.setEnabled(offset.ms != 0)
        self.found_button.setEnabled(offset.by is not OffsetBy.FOUND and offset.found_ms is not None)

    def _sentence(self, offset: Offset, name: str) -> str:
        moved = self.tr("The clock of {name} is moved by {seconds} s").format(name=name, seconds=_seconds(offset.ms))
        if offset.by is OffsetBy.FOUND:
            why = self.tr("found from {n} of {of} events that could match").format(n=offset.votes, of=offset.of)
        elif offset.by is OffsetBy.GIVEN and offset.ms:
            why = self.tr("as you set it")
        elif offset.found_ms is None:
            return self.tr("Both clocks as recorded: too little matches to find how far they lie apart.")
        else:
            return self.tr("Both clocks as recorded; what matches says {seconds} s.").format(
                seconds=_seconds(offset.found_ms)
            )
        return self.tr("{moved}, {why}.").format(moved=moved, why=why)

    @Slot()
    def _on_changed(self) -> None:
        self._settle.start()

    @Slot()
    def _on_settled(self) -> None:
        self.offset_asked.emit(self.seconds.value() * 1000)

    @Slot()
    def _on_find(self) -> None:
        self.offset_asked.emit(None)

    @Slot()
    def _on_zero(self) -> None:
        self.offset_asked.emit(0)


def _seconds(ms: int) -> str:
    return f"{ms / 1000:+g}".replace("-", "−")
