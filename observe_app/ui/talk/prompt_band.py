"""What to ask next, with its quiet clock and the way to the prompts before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.form import text_in
from observe_app.ui.i18n import writing_language
from observe_app.ui.talk.voices import NAME_WIDTH
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.protocol import Protocol
    from observe_app.domain.turn import Voice


class PromptBand(QWidget):
    """One prompt at a time.

    Signals:
        stepped: 1 or -1: the next prompt, or the one before.
    """

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.head = TextLabel(self.tr("Ask next"), self, weight=600, tone="accent")
        self.head.setFixedWidth(scaled(NAME_WIDTH))
        self.text = TextLabel("", self, tone="accent", wrap=True)
        self.text.setObjectName("prompt_text")
        self.place = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.place.setFixedWidth(scaled(NAME_WIDTH))
        self.stage = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.clock = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.clock.setObjectName("prompt_clock")
        self.back_button = self._step_button("chevron-up", self.tr("Prompt before (Ctrl Up)"))
        self.next_button = self._step_button("chevron-down", self.tr("Next prompt (Ctrl Down)"))
        self._lay_out()
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)

    def _step_button(self, icon: str, name: str) -> Button:
        button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=icon, name=name)
        button.setFixedSize(scaled(24), scaled(24))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.head, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        low = QHBoxLayout()
        low.setSpacing(12)
        low.addWidget(self.place)
        low.addWidget(self.stage, 1)
        low.addWidget(self.clock)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        low.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(low)

    def set_narrow(self, *, narrow: bool) -> None:
        """Give the whole width to the prompt where there is little: its colour and its place say what it is."""
        self.head.setVisible(not narrow)

    def set_name_width(self, width: int) -> None:
        """Stand in line with the names of the turns."""
        self.head.setFixedWidth(width)
        self.place.setFixedWidth(width)

    def show_prompt(self, protocol: Protocol, place: int, names: Mapping[Voice, str]) -> None:
        """Show the prompt at this place, counted from 0."""
        prompt, language = protocol.prompts[place], writing_language()
        words = text_in(prompt.text, language)
        self.text.setText(words)
        stage = text_in(prompt.stage, language)
        self.stage.setText(" · ".join(part for part in (stage, names[prompt.voice]) if part))
        count = len(protocol.prompts)
        self.place.setText(self.tr("{number} of {count}").format(number=place + 1, count=count))
        first = self.tr("This is the first prompt.") if place == 0 else ""
        last = self.tr("This is the last prompt.") if place == count - 1 else ""
        self.back_button.set_disabled_because(first)
        self.next_button.set_disabled_because(last)
        for button, reason, name in (
            (self.back_button, first, self.tr("Prompt before (Ctrl Up)")),
            (self.next_button, last, self.tr("Next prompt (Ctrl Down)")),
        ):
            if not reason:
                button.setToolTip(name)
        self.setAccessibleName(self.tr("Ask next: {prompt}").format(prompt=words))

    def show_minutes(self, spent: int, planned: int) -> None:
        """Show the minutes spent on this prompt; past its time the words turn warm and nothing else happens."""
        self.clock.setText(self.tr("{spent} min of {planned}").format(spent=spent, planned=planned))
        self.clock.set_tone("warm" if spent >= planned else "muted")

    @Slot()
    def _on_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.stepped.emit(1)
