"""A text item, kept as it is written; and guidance, which asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import MAX_LONG_ANSWER, MAX_SHORT_ANSWER
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
from observe_app.ui.theme import color, font, paint_icon, set_focus_ring
from observe_app.ui.widgets import TextArea
from observe_app.ui.widgets.paint import paint_inner_focus

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item

_PAUSE_MS = 500
_RETRY_MS = 5000
_SIGN = 16
_FOLD = 24


class TextItem(FormItem):
    """Words kept half a second after the last key and when the field is left; what fails is tried again."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        self._label: WrappedText | None = None
        self._help: WrappedText | None = None
        self._problem = ""
        self._most = MAX_LONG_ANSWER if item.long else MAX_SHORT_ANSWER
        self.area = TextArea(parent=self, lines=3 if item.long else 1, most=10 if item.long else 4)
        self.area.setObjectName(f"text_{item.id}")
        self.area.setAccessibleName(self.label)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.flush)
        self.area.edited.connect(self._on_edited)
        self.area.left.connect(self.flush)
        self.area.document().documentLayout().documentSizeChanged.connect(self._on_grown)
        self.area.installEventFilter(self)

    @property
    def is_dirty(self) -> bool:
        """Whether there are words that are not kept yet."""
        return self.area.text().strip() != self._kept()

    def focus_part(self) -> QWidget:
        """The field."""
        return self.area

    def set_answer(self, answer: Answer | None) -> None:
        """Show an answer; words that are not kept yet are never replaced."""
        dirty = self.is_dirty
        super().set_answer(answer)
        if not dirty:
            self.area.set_text(self._kept())

    def not_kept(self) -> None:
        """The words stay and are tried again."""
        self._pause.start(_RETRY_MS)

    @Slot()
    def flush(self) -> None:
        """Keep what is written now."""
        self._pause.stop()
        if not self.is_dirty or self._problem:
            return
        text = self.area.text().strip()
        if text:
            self.give(text)
        else:
            self.give(absence=Absence.UNANSWERED)

    def lay_out(self, width: int) -> int:
        """Label, help, field."""
        room = width - MARGIN - label_left()
        self._label = WrappedText(self.label_words, self.label_font(), line_height(), room)
        y = PAD + self._label.height + 3
        self._help = None
        words = self._problem or (self.help if self.is_open else "")
        if words:
            self._help = WrappedText(words, font("small"), small_line(), room)
            y += self._help.height + 4
        height = self.area.sizeHint().height()
        self.area.setGeometry(label_left(), y, room, height)
        return y + height + PAD + 4

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves; Up and Down at the ends of the text go to the next item."""
        if watched is self.area:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusIn:
                self.touched.emit(self.item.id)
            if event.type() == QEvent.Type.Resize:
                # Another width wraps into another number of lines, and the document does not tell of it by itself.
                QTimer.singleShot(0, self, self._on_grown)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the label is a click into the field."""
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, and help or what is wrong."""
        painter = QPainter(self)
        self.paint_ground(painter)
        if self._label is not None:
            self._label.draw(painter, label_left(), PAD, "ink")
            if self._help is not None:
                tone = "warm" if self._problem else "muted"
                self._help.draw(painter, label_left(), PAD + self._label.height + 3, tone)

    @Slot()
    def _on_edited(self) -> None:
        count = len(self.area.text())
        problem = ""
        if count > self._most:
            problem = self.tr("Too long to keep: {count} of {most} characters.").format(count=count, most=self._most)
        if problem != self._problem:
            self._problem = problem
            self.fit()
            self.update()
        self._pause.start(_PAUSE_MS)

    @Slot()
    def _on_grown(self) -> None:
        self.fit()

    def _kept(self) -> str:
        value = self.answer.value if self.answer else None
        return value if isinstance(value, str) else ""

    def _key(self, event: QKeyEvent) -> bool:
        block = self.area.textCursor().blockNumber()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Up and block == 0:
            self.stepped.emit(-1)
        elif event.key() == Qt.Key.Key_Down and block == self.area.blockCount() - 1:
            self.stepped.emit(1)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.travelled.emit("page_up" if event.key() == Qt.Key.Key_PageUp else "page_down")
        else:
            return False
        return True


class GuidanceItem(FormItem):
    """Words of the form's author to the observer. What explains them can be folded away, so that a lesson has room."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        self._label: WrappedText | None = None
        self._help: WrappedText | None = None
        self.setAccessibleDescription(self.help)
        if self.help:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_focus_ring(self, shown=False)
        self.set_open(shown=True)

    def lay_out(self, width: int) -> int:
        """The label, and while it is open the help."""
        room = width - 2 * MARGIN
        self._label = WrappedText(self.label, font("text"), line_height(), room - (_FOLD if self.help else 0))
        self._help = WrappedText(self.help, font("small"), small_line(), room) if self.help and self.is_open else None
        return PAD + self._label.height + (self._help.height + 2 if self._help else 0) + PAD

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold the help away, or show it."""
        if self.help and event.button() == Qt.MouseButton.LeftButton:
            self.set_open(not self.is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter do the same."""
        if self.help and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_open(not self.is_open)
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two texts, and the sign that one of them folds."""
        painter = QPainter(self)
        if self._label is None:
            return
        self._label.draw(painter, MARGIN, PAD, "quote")
        if self._help is not None:
            self._help.draw(painter, MARGIN, PAD + self._label.height + 2, "muted")
        if self.help:
            box = QRectF(self.width() - MARGIN - _SIGN, PAD + (line_height() - _SIGN) / 2, _SIGN, _SIGN)
            paint_icon(
                painter, mirrored(painter, box), "chevron-up" if self.is_open else "chevron-down", color("muted")
            )
        if self.hasFocus():
            paint_inner_focus(painter, self.rect())
