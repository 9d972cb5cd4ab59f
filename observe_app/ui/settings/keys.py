"""Every key of the program on one card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.ui.widgets import KeyCap, TextLabel


class KeyTable(QWidget):
    """Keys and what they do, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        for line, (keys, words) in enumerate(self.keys()):
            grid.addWidget(KeyCap(keys, self), line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(TextLabel(words, self, step="small"), line, 1)
        grid.setColumnStretch(1, 1)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Keys and words, those of every page first, then those of a lesson, then those of the talk."""
        return (
            ("Ctrl K", self.tr("find anything")),
            ("Ctrl N", self.tr("plan a visit")),
            ("Ctrl Enter", self.tr("start writing now")),
            ("Ctrl Z", self.tr("take back the last thing done; Ctrl Shift Z brings it again")),
            ("F6", self.tr("next part of the window")),
            ("Enter", self.tr("in a lesson: keep the note; Shift Enter begins a new line")),
            ("T Space", self.tr("at the start of a note: the teacher; S or S7 for students")),
            ("#", self.tr("begins a tag")),
            ("*", self.tr("stars the last note; @ gives a note another time")),
            ("Alt A", self.tr("or another letter of the form: rate it, then 0 to 4")),
            ("F2", self.tr("to F9, in a lesson: count, or start a timer; Shift takes one back, or ends it")),
            ("Ctrl G", self.tr("in a lesson: an item of the form by its number")),
            ("Esc", self.tr("in a lesson: back to the note line")),
            ("S", self.tr("in the talk: the note shows a strength; G to grow, Q a question, L links it")),
        )
