"""Every key of the program on one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.ui.key_press import CommandKeys
from observe_app.ui.widgets import KeyCap, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.key_table import KeyRows


class KeyTable(QWidget):
    """Keys and what they do, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        self._caps: list[tuple[KeyCap, TextLabel]] = []
        for line, (keys, words) in enumerate(self.keys()):
            cap, label = KeyCap(keys, self), TextLabel(words, self, step="small")
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, line, 1)
            self._caps.append((cap, label))
        grid.setColumnStretch(1, 1)

    def show_keys(self, own: KeyRows) -> None:
        """Show the person's own keys where they have chosen some."""
        for (cap, label), (keys, _words) in zip(self._caps, self.keys(own), strict=True):
            cap.set_keys(keys)
            cap.setVisible(bool(keys))
            label.setVisible(bool(keys))

    def keys(self, own: KeyRows = ()) -> tuple[tuple[str, str], ...]:
        """Keys and words, those of every page first, then those of a lesson, then those of the talk; "" for no key."""
        commands = CommandKeys(own)
        return (
            ("Ctrl K", self.tr("find anything")),
            ("Ctrl N", self.tr("plan a visit")),
            ("Ctrl Enter", self.tr("start writing now")),
            ("Ctrl Z", self.tr("take back the last thing done; Ctrl Shift Z brings it again")),
            ("F6", self.tr("next part of the window")),
            (commands.cap("blank"), self.tr("hide the screen, all but the time of day")),
            (commands.cap("keys"), self.tr("in a lesson: every key of its form")),
            ("Enter", self.tr("in a lesson: keep the note; Shift Enter begins a new line")),
            ("T Space", self.tr("at the start of a note: the teacher; S or S7 for students")),
            ("#", self.tr("begins a tag")),
            ("*", self.tr("stars the note it ends, or alone the last one; @ gives a note another time")),
            ("Alt A", self.tr("or another letter of the form: rate it, then 0 to 4")),
            ("F2", self.tr("to F9, in a lesson: count, or start a timer; Shift takes one back, or ends it")),
            (commands.cap("number"), self.tr("in a lesson: an item of the form by its number")),
            ("Esc", self.tr("in a lesson: back to the note line")),
            ("S", self.tr("in the talk: the note shows a strength; G to grow, Q a question, L links it")),
        )
