"""The line in which the next words of the conversation are written, with whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.turn import Voice
from observe_app.ui.talk.in_place import InPlaceText
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.talk.voices import NAME_WIDTH, next_voice
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyHint

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_LINES = 3
_HINT_ROOM = 400
_PAD = 7
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class EntryText(InPlaceText):
    """Words that grow to three lines and then scroll.

    Signals:
        stepped: 1 or -1: the next prompt, or the one before. voice_asked: somebody else speaks.
        climbed: Up was pressed in an empty line.
    """

    stepped = Signal(int)
    voice_asked = Signal()
    climbed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow goes through the prompts, Alt+S says who speaks, Up goes to what was said last."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_S:
            self.voice_asked.emit()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _KEYS:
            self.stepped.emit(_KEYS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Up and self.document().isEmpty():
            self.climbed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page takes the keyboard back to the notes; the words stay in the line
        else:
            super().keyPressEvent(event)

    def _wanted_height(self) -> int:
        return min(super()._wanted_height(), self._line * _MOST_LINES)


class TurnEntry(QWidget):
    """A frame with the speaker, the line and the key that changes who speaks.

    Signals:
        entered: Enter was pressed with words in the line. edited: the line changed, or who speaks.
        stepped: 1 or -1: the next prompt, or the one before. left: the caret went elsewhere.
        climbed: Up was pressed in the empty line.
    """

    entered = Signal()
    edited = Signal()
    stepped = Signal(int)
    left = Signal()
    climbed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._voice = Voice.TEACHER
        self._name_width = scaled(NAME_WIDTH)
        self._names: Mapping[Voice, str] = dict.fromkeys(Voice, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.voice_button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL)
        self.voice_button.setObjectName("turn_voice")
        self.voice_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.text = EntryText(self, step="text", one_line=True)
        self.text.setObjectName("turn_line")
        self.hint = KeyHint(self.tr("Alt S", "key"), self.tr("who speaks"), self)
        for widget in (self.voice_button, self.hint):
            widget.setFixedHeight(tokens().size.control)
        words = QVBoxLayout()
        words.setContentsMargins(0, _PAD, 0, _PAD)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        SideMargins(self, row, (1, 0, 12, 0))
        row.setSpacing(4)
        row.addWidget(self.voice_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self.voice_button.clicked.connect(self.switch_voice)
        self.text.edited.connect(self._on_edited)
        self.text.went_on.connect(self._on_enter)
        self.text.stepped.connect(self.stepped)
        self.text.voice_asked.connect(self.switch_voice)
        self.text.climbed.connect(self.climbed)
        self.text.focus_changed.connect(self._on_focus)
        self._fit()

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return self._voice

    @property
    def words(self) -> str:
        """What stands in the line."""
        return self.text.text()

    def set_names(self, names: Mapping[Voice, str]) -> None:
        """Say what the voices are called."""
        self._names = names
        self.set_voice(self._voice)

    def set_name_width(self, width: int) -> None:
        """Cut the speaker's name to so much room."""
        self._name_width = width
        self.set_voice(self._voice)

    def set_voice(self, voice: Voice) -> None:
        """Say who speaks."""
        self._voice = voice
        name = self._names[voice]
        metrics = QFontMetrics(font("small", weight=600))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, self._name_width)
        self.voice_button.setText(shown.replace("&", "&&"))
        self.voice_button.setAccessibleName(self.tr("Who speaks: {name}").format(name=name))
        self.voice_button.setToolTip(self.tr("{name} speaks. Press for somebody else.").format(name=name))
        self.text.setAccessibleName(self.tr("What {name} says").format(name=name))
        self.text.set_hint(
            self.tr("What do you agree on?")
            if voice is Voice.BOTH
            else self.tr("In their words")
            if voice is Voice.TEACHER
            else self.tr("In your words")
        )
        self.voice_button.updateGeometry()

    def set_words(self, words: str) -> None:
        """Show other words; does not count as an edit."""
        self.text.set_text(words)
        self._fit()

    @Slot()
    def switch_voice(self) -> None:
        """Let the next one of the voices speak."""
        self.set_voice(next_voice(self._voice))
        self.edited.emit()

    def sizeHint(self) -> QSize:
        """As high as the lines."""
        return QSize(120, max(tokens().size.control, self.text.height() + 2 * _PAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint gives way in a narrow panel."""
        super().resizeEvent(event)
        self.hint.setVisible(event.size().width() >= scaled(_HINT_ROOM))
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere writes."""
        self.text.write()
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame of a field."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.text.hasFocus()
        painter.setPen(QPen(color("accent" if here else "ctl"), 2 if here else 1))
        painter.setBrush(color("field"))
        inset = 1.0 if here else 0.5
        radius = tokens().size.radius_button
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    @Slot()
    def _on_edited(self) -> None:
        self._fit()
        self.edited.emit()

    @Slot()
    def _on_enter(self) -> None:
        if self.words.strip():
            self.entered.emit()

    @Slot(bool)
    def _on_focus(self, here: bool) -> None:
        self.update()
        if not here:
            self.left.emit()
