"""A check: yes, no or not seen, by key or click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import NO, YES
from observe_app.ui.form_panel.form_item import (
    MARGIN,
    PAD,
    FormItem,
    WrappedText,
    label_left,
    line_height,
    mirrored,
    small_line,
)
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets import CheckChoice
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from observe_app.domain.form import Item

_NOT_SEEN = "not_seen"


class CheckItem(FormItem):
    """Three buttons under the label; Y, N and - answer."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        options = ((YES, self.tr("Yes")), (NO, self.tr("No")), (_NOT_SEEN, self.tr("Not seen")))
        self._keys = {self.tr("Yes")[:1].casefold(): YES, self.tr("No")[:1].casefold(): NO}
        self._label: WrappedText | None = None
        self._help: WrappedText | None = None
        self._word_rect = QRectF()
        self.choice = CheckChoice(options, self.label, self)
        self.choice.setObjectName(f"choice_{item.id}")
        self.choice.chosen.connect(self._on_chosen)
        self._buttons = self.choice.findChildren(QAbstractButton)
        for button in self._buttons:
            button.installEventFilter(self)

    def offer_absences(self, *, on: bool) -> None:
        """Show the third button, or not."""
        super().offer_absences(on=on)
        self._buttons[-1].setVisible(on)

    def focus_part(self) -> QWidget:
        """The chosen answer, else the first."""
        return next((button for button in self._buttons if button.isChecked()), self._buttons[0])

    def set_answer(self, answer: Answer | None) -> None:
        """Show an answer."""
        super().set_answer(answer)
        value = answer.value if answer else None
        shown = _NOT_SEEN if self.absence is Absence.NOT_SEEN else str(value) if value else None
        self.choice.set_value(shown)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """The first letters of yes and no."""
        value = self._keys.get(text.casefold())
        if value:
            self.give(value)
            return True
        return super().answer_key(key, text)

    def lay_out(self, width: int) -> int:
        """Label, buttons, help while open."""
        room = width - MARGIN - label_left()
        self._label = WrappedText(self.label_words, self.label_font(), line_height(), room)
        y = PAD + self._label.height + 3
        self._help = None
        if self.is_open and self.help:
            self._help = WrappedText(self.help, font("small"), small_line(), room)
            y += self._help.height + 4
        hint = self.choice.sizeHint()
        self.choice.setGeometry(label_left(), y, min(room, hint.width() + 4), tokens().size.control_small)
        left = label_left() + hint.width() + 16
        self._word_rect = QRectF(left, y, max(0, width - MARGIN - left), tokens().size.control_small)
        return y + tokens().size.control_small + PAD + 2

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The item's own keys come before those of its buttons."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            theirs = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.key() not in theirs:
                event.accept()
                self.keyPressEvent(event)
                return event.isAccepted()
        elif event.type() == QEvent.Type.FocusIn:
            self.touched.emit(self.item.id)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, help, an absence that has no button."""
        painter = QPainter(self)
        self.paint_ground(painter)
        if self._label is not None:
            self._label.draw(painter, label_left(), PAD, "ink")
            if self._help is not None:
                self._help.draw(painter, label_left(), PAD + self._label.height + 3, "muted")
        if self.absence not in (None, Absence.NOT_SEEN):
            draw_text(
                painter,
                mirrored(painter, self._word_rect),
                self.absence_words(),
                font=font("small"),
                color=color("muted"),
            )
        elif self.is_armed:
            words = self.tr("Y, N or -")
            draw_text(
                painter,
                mirrored(painter, self._word_rect),
                words,
                font=font("small", weight=600),
                color=color("accent"),
            )

    @Slot(object)
    def _on_chosen(self, key: object) -> None:
        if key == _NOT_SEEN:
            self.give(absence=Absence.NOT_SEEN)
        elif key is None:
            self.give(absence=Absence.UNANSWERED)
        else:
            self.give(str(key))
