"""The note line of a session: Enter keeps a note, a key makes it a decision, something parked, or a follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.sessions.undo_line import UndoLine
from observe_app.ui.theme import font, scaled
from observe_app.ui.widgets import KeyHint, Rule

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

NOTE, DECISION, PARKING, FOLLOW_UP = "note", "decision", "parking", "follow_up"
_KEYS = {Qt.Key.Key_D: DECISION, Qt.Key.Key_P: PARKING, Qt.Key.Key_F: FOLLOW_UP}
_DRAFT_MS = 300
_HINTS_FROM = 640


class _Line(UndoLine):
    """The line itself.

    Signals:
        given: what the words are: "note", "decision", "parking" or "follow_up".
        next_asked, back_asked, all_asked: Alt N, Alt B, Alt A.
    """

    given = Signal(str)
    next_asked = Signal()
    back_asked = Signal()
    all_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, and Alt with a letter."""
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.given.emit(NOTE)
        elif alt and key in _KEYS:
            self.given.emit(_KEYS[key])
        elif alt and key in _ACTS:
            {Qt.Key.Key_N: self.next_asked, Qt.Key.Key_B: self.back_asked, Qt.Key.Key_A: self.all_asked}[key].emit()
        else:
            super().keyPressEvent(event)


_ACTS = frozenset({Qt.Key.Key_N, Qt.Key.Key_B, Qt.Key.Key_A})


class SessionLine(QWidget):
    """Line and hints.

    Signals:
        given: (kind, words): Enter or a key, with words in the line.
        drafted: the words as they stand, after a pause; "" once they are gone.
        next_asked, back_asked, all_asked: go on, go back, everybody is there.
    """

    given = Signal(str, str)
    drafted = Signal(str)
    next_asked = Signal()
    back_asked = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Line("", self, placeholder=self.tr("What is said, decided, promised?"))
        self.edit.setObjectName("session_line")
        self.edit.setAccessibleName(self.tr("Note of the session"))
        self.edit.setFont(font("note"))
        self.edit.setMinimumHeight(scaled(42))
        self.edit.setMaxLength(20_000)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MS)
        self._timer.timeout.connect(self.flush)
        self.hints = QWidget(self)
        row = QHBoxLayout(self.hints)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(18))
        for key, words in (
            (self.tr("Enter", "key"), self.tr("note")),
            (self.tr("Alt D", "key"), self.tr("decision")),
            (self.tr("Alt P", "key"), self.tr("park it")),
            (self.tr("Alt F", "key"), self.tr("follow-up, “Mei: …” says who")),
            (self.tr("Alt N", "key"), self.tr("next item")),
        ):
            row.addWidget(KeyHint(key, words, self.hints))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(24), 0, scaled(24), scaled(8))
        column.setSpacing(scaled(6))
        column.addWidget(Rule(self, line="accent", height=2))
        column.addWidget(self.edit)
        column.addWidget(self.hints)
        self.edit.given.connect(self._on_given)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.next_asked.connect(self.next_asked)
        self.edit.back_asked.connect(self.back_asked)
        self.edit.all_asked.connect(self.all_asked)

    def show_draft(self, words: str) -> None:
        """Show words that were not finished; what the person types now stays."""
        self._timer.stop()
        self.edit.setText(words)

    def clear(self) -> None:
        """Empty the line."""
        self._timer.stop()
        self.edit.setText("")  # what was typed is kept as what it became: undo takes that back, not the typing

    @Slot()
    def flush(self) -> None:
        """Tell what stands in the line now."""
        self._timer.stop()
        self.drafted.emit(self.edit.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hints go where there is no room."""
        super().resizeEvent(event)
        self.hints.setVisible(event.size().width() >= scaled(_HINTS_FROM))

    @Slot()
    def _on_edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot(str)
    def _on_given(self, kind: str) -> None:
        words = self.edit.text().strip()
        if words:
            self.given.emit(kind, words)
