"""One turn of the conversation: who, and the words, edited where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from observe_app.domain.errors import NotFound
from observe_app.services import turns
from observe_app.ui.talk.in_place import InPlaceText
from observe_app.ui.talk.seen_behind import seen_behind
from observe_app.ui.talk.voices import NAME_WIDTH, next_voice, voice_tone
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel
from observe_app.ui.widgets.paint import hairline
from observe_app.ui.widgets.ringed import RingedRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.changes import Seen
    from observe_app.domain.turn import Turn, Voice
    from observe_app.services.core import Core


class TurnRow(RingedRow):
    """A turn as it is kept.

    Signals:
        edited: words changed; they are stored by `store`. delete_asked: the person wants the turn gone.
        voice_asked: somebody else said it. walked: -1 or 1: the keyboard goes to the neighbour.
        left: the caret left the words.
    """

    edited = Signal()
    delete_asked = Signal()
    voice_asked = Signal()
    walked = Signal(int)
    left = Signal()

    def __init__(self, core: Core, turn: Turn, names: Mapping[Voice, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._turn, self._names = core, turn, names
        self._seen: Seen | None = None
        self._dirty = False
        self.setObjectName("turn")
        self.name = ElidedLabel("", self, weight=600)
        self.name.setFixedSize(scaled(NAME_WIDTH), scaled(20))
        self.text = InPlaceText(self, step="text", one_line=True)
        self.text.setObjectName("turn_text")
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="trash-2", name=self.tr("Delete this turn")
        )
        self.delete_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.delete_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7, 0, 8)
        row.setSpacing(12)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        self.text.edited.connect(self._on_edited)
        self.text.focus_changed.connect(self._on_focus)
        self.text.escaped.connect(self._on_done)
        self.text.went_on.connect(self._on_done)
        self.delete_button.clicked.connect(self.delete_asked)
        self.show_turn(turn, names)

    @property
    def turn(self) -> Turn:
        """The turn as it was stored last."""
        return self._turn

    @property
    def is_dirty(self) -> bool:
        """Whether words are only on the screen."""
        return self._dirty

    def show_turn(self, turn: Turn, names: Mapping[Voice, str]) -> None:
        """Show the turn as it is stored now; words that are not stored yet stay as they are."""
        self._turn, self._names = turn, names
        if not self._dirty:
            self._seen = None
            self.text.set_text(turn.text)
        self.name.setText(names[turn.voice])
        self.name.set_tone(voice_tone(turn.voice, names))
        words = self.tr("{name}: {text}").format(name=names[turn.voice], text=turn.text)
        self.setAccessibleName(words)
        self.text.setAccessibleName(self.tr("Words of {name}").format(name=names[turn.voice]))

    def set_name_width(self, width: int) -> None:
        """Give the name so much room."""
        self.name.setFixedWidth(width)

    def store(self) -> None:
        """Write the words that are only on the screen; a turn emptied of words stays as it was.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        if not self._dirty:
            return
        words = self.text.text().strip()
        try:
            if words:
                seen = self._seen or turns.open_turn(self._core, self._turn.id).seen
                found = turns.edit(self._core, turn_id=self._turn.id, seen=seen, text=words)
                self._turn, self._seen = found.value, found.seen
        except NotFound:
            self._turn = turns.add(self._core, visit_id=self._turn.visit_id, voice=self._turn.voice, text=words)
            self._seen = None
        self._dirty = False

    def switch_voice(self) -> None:
        """Say that the next one of the voices said it.

        Raises:
            ObserveError: it could not be written.
        """
        opened = turns.open_turn(self._core, self._turn.id)
        turns.edit(self._core, turn_id=self._turn.id, seen=opened.seen, voice=next_voice(self._turn.voice))

    # Qt overrides.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Enter writes, Delete deletes, Alt+S says that somebody else said it."""
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key == Qt.Key.Key_S:
            self.voice_asked.emit()
        elif not self.hasFocus() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.text.write()
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer brings the way to delete it."""
        super().enterEvent(event)
        self.delete_button.show()

    def leaveEvent(self, event: QEvent) -> None:
        """It goes with the pointer."""
        super().leaveEvent(event)
        self.delete_button.hide()

    def resizeEvent(self, event: object) -> None:
        """The button keeps the corner where the line ends."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.delete_button.move(0 if mirrored else self.width() - self.delete_button.sizeHint().width(), 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rule, ring, plane under the caret."""
        painter = QPainter(self)
        hairline(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(1, 1, -1, -2))
        if self.text.hasFocus():
            painter.setBrush(color("field"))
            painter.drawRoundedRect(self.text.geometry().adjusted(-5, -3, 4, 3), 5, 5)
        painter.end()

    # Slots.

    @Slot()
    def _on_edited(self) -> None:
        if not self._dirty and self._seen is None:
            self._seen = seen_behind(self._core, "turn", self._turn.id, {"text": self._turn.text})
        self._dirty = True
        self.edited.emit()

    @Slot(bool)
    def _on_focus(self, here: bool) -> None:
        self.update()
        if not here and QApplication.activePopupWidget() is None:
            if self._dirty and not self.text.text().strip():
                self._dirty = False
                self.text.set_text(self._turn.text)
            self.left.emit()

    @Slot()
    def _on_done(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
