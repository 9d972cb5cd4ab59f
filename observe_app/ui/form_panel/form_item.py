"""What every item of the panel is: a key, a label that wraps, a control, and help for the one touched last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.answer import Absence, Answer, AnswerValue
from observe_app.domain.form import Item, text_in
from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import RIGHT, draw_text, key_cap_width, paint_key_cap

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN = 20
PAD = 5

_ABSENCE_KEYS = {"0": Absence.NOT_SEEN, "-": Absence.NOT_SEEN, "l": Absence.NOT_LOOKED_FOR, "x": Absence.NOT_APPLICABLE}
_TRAVEL = {
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer the observer gave; no value and no absence clears it. A comment of None stays as it is."""

    item: str
    value: AnswerValue = None
    absence: Absence | None = None
    comment: str | None = None


_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def mirrored(painter: QPainter, rect: QRectF) -> QRectF:
    """Return where a rectangle lies in the painted widget: where it is given, or as far from the other edge."""
    if painter.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return rect
    return QRectF(painter.window().width() - rect.right(), rect.top(), rect.width(), rect.height())


def key_side() -> int:
    """Width of a key in front of a label, at the text size in force."""
    return scaled(20)


def label_left() -> int:
    """Where labels begin, at the text size in force."""
    return MARGIN + key_side() + 10


def line_height() -> int:
    """Height of a line of a label, at the text size in force."""
    return tokens().type["text"].line


def small_line() -> int:
    """Height of a line of help, at the text size in force."""
    return tokens().type["small"].line


class WrappedText:
    """A few lines of one width, laid out once."""

    def __init__(self, text: str, look: QFont, line: int, width: float) -> None:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout = QTextLayout(text.replace("\n", "\u2028"), look)
        self.layout.setTextOption(option)
        self.lines = 0
        self.width = max(40.0, width)
        self.layout.beginLayout()
        while (made := self.layout.createLine()).isValid():
            made.setLineWidth(self.width)
            made.setPosition(QPointF(0, self.lines * line))
            self.lines += 1
        self.layout.endLayout()
        self._inset = (line - self.layout.lineAt(0).height()) / 2 if self.lines else 0.0
        self.height = max(1, self.lines) * line

    def draw(self, painter: QPainter, x: float, y: float, token: str) -> None:
        """Draw the lines from this corner; from the right where the window runs from right to left."""
        painter.setPen(color(token))
        option = self.layout.textOption()
        if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft and option.alignment() != _AT_RIGHT:
            option.setAlignment(_AT_RIGHT)
            self.layout.setTextOption(option)
        self.layout.draw(painter, mirrored(painter, QRectF(x, y + self._inset, self.width, 1)).topLeft())


class FormItem(QWidget):
    """Base of the items.

    Signals:
        given: a `Given`.
        touched: id of the item the user turned to.
        left: the user wants back to the note line.
        stepped: -1 or +1, to the item above or below.
        typed: text that belongs to the note line.
        travelled: "first", "last", "page_up" or "page_down", to an item further away.
        resized: its height is another now.
    """

    given = Signal(object)
    touched = Signal(str)
    left = Signal()
    stepped = Signal(int)
    typed = Signal(str)
    travelled = Signal(str)
    resized = Signal()

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"item_{item.id}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.item = item
        self.letter = letter
        self.language = language
        self.label = text_in(item.label, language)
        self.help = text_in(item.help, language)
        self.answer: Answer | None = None
        self.offers_absences = True
        self.number = 0
        self.margin_left = MARGIN
        self.margin_right = MARGIN
        self._open = False
        self._armed = False
        self._numbered = False
        self._fitted = 0
        name = self.tr("{item}, required").format(item=self.label) if item.required else self.label
        self.setAccessibleName(name)

    # -- public

    @property
    def is_open(self) -> bool:
        """Whether its help shows: it is the item touched last."""
        return self._open

    @property
    def is_armed(self) -> bool:
        """Whether it waits for its key."""
        return self._armed

    @property
    def is_dirty(self) -> bool:
        """Whether there are words that are not kept yet."""
        return False

    @property
    def label_words(self) -> str:
        """The label as it is drawn: an item that wants an answer has a star."""
        return self.tr("{label} *").format(label=self.label) if self.item.required else self.label

    @property
    def cap(self) -> str:
        """What stands in front of the label: its key, else its number; its number while one is being typed."""
        number = str(self.number) if self.number else ""
        return number if self._numbered or not self.letter else self.letter

    @property
    def label_x(self) -> int:
        """Where its label begins."""
        return self.margin_left + key_side() + 10

    @property
    def absence(self) -> Absence | None:
        """Why there is no value, None with one and before anything was said."""
        absence = self.answer.absence if self.answer else None
        return None if absence is Absence.UNANSWERED else absence

    def focus_part(self) -> QWidget:
        """The part that takes the keyboard."""
        return self

    def set_answer(self, answer: Answer | None) -> None:
        """Show an answer."""
        self.answer = answer
        self.fit()
        self.update()

    def not_kept(self) -> None:
        """What was given could not be stored: show what is."""
        self.set_answer(self.answer)

    def set_open(self, shown: bool) -> None:
        """Show or hide the help."""
        if shown != self._open:
            self._open = shown
            self.fit()
            self.update()

    def set_armed(self, armed: bool) -> None:
        """Wait for the item's key, or no longer."""
        if armed != self._armed:
            self._armed = armed
            self.update()

    def set_numbered(self, numbered: bool) -> None:
        """Show the number in place of the key, while a number is being typed."""
        if numbered != self._numbered:
            self._numbered = numbered
            self.update()

    def finishes(self, given: Given) -> bool:
        """Whether nothing more is to be said here after this answer, so that the keyboard goes back to the note."""
        return True

    def flush(self) -> None:
        """Keep what is being written now."""

    def offer_absences(self, *, on: bool) -> None:
        """Offer the reasons for having no value, or none: whoever answers a survey leaves out what they want."""
        self.offers_absences = on

    def absence_words(self) -> str:
        """The word of the absence, "" without one."""
        return {
            Absence.NOT_SEEN: self.tr("not seen"),
            Absence.NOT_LOOKED_FOR: self.tr("not looked for"),
            Absence.NOT_APPLICABLE: self.tr("not applicable"),
        }.get(self.absence or Absence.UNANSWERED, "")

    def fit(self) -> None:
        """Take the height that the width needs."""
        self._fitted = self.width()
        height = self.lay_out(max(200, self._fitted))
        if self.isRightToLeft():
            for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                part.move(self._fitted - part.x() - part.width(), part.y())
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self.resized.emit()

    def lay_out(self, width: int) -> int:
        """Place everything for a width; return the height. Each kind of item has its own."""
        raise NotImplementedError

    def give(self, value: AnswerValue = None, absence: Absence | None = None, *, comment: str | None = None) -> None:
        """Say what was answered."""
        self.given.emit(Given(self.item.id, value, absence, comment))

    # -- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        if event.size().width() != self._fitted:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, or the other direction of reading."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, keys of the item answer, Esc leaves; while armed other letters go to the note."""
        key, text = Qt.Key(event.key()), event.text()
        plain = types_text(event)
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif plain and key in _TRAVEL:
            self.travelled.emit(_TRAVEL[key])
        elif plain and self.answer_key(key, text):
            return
        elif plain and self._armed and text and text.isprintable():
            self.typed.emit(text)
        else:
            event.ignore()

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Answer by a key; False when the key means nothing here."""
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.give(absence=Absence.UNANSWERED)
        elif self.offers_absences and text.casefold() in _ABSENCE_KEYS:
            self.give(absence=_ABSENCE_KEYS[text.casefold()])
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the label opens the help."""
        self.touched.emit(self.item.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plane, ring and key; kinds add the rest."""
        painter = QPainter(self)
        self.paint_ground(painter)

    def paint_ground(self, painter: QPainter) -> None:
        """Plane of the open item, ring of the armed one, key."""
        if self._open:
            painter.fillRect(self.rect(), color("tint"))
            if tokens().scheme.is_contrast:
                painter.setPen(color("ink"))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._armed:
            ring = QRect(self.rect())
            for edge in (
                QRect(ring.left(), ring.top(), ring.width(), 2),
                QRect(ring.left(), ring.bottom() - 1, ring.width(), 2),
                QRect(ring.left(), ring.top(), 2, ring.height()),
                QRect(ring.right() - 1, ring.top(), 2, ring.height()),
            ):
                painter.fillRect(edge, color("accent"))
        self.paint_cap(painter, PAD + 1)

    def paint_cap(self, painter: QPainter, top: float) -> None:
        """Key or number in front of the label; a number alone has no edge, for it is no key."""
        words = self.cap
        if not words:
            return
        if words == self.letter:
            width = max(key_side(), key_cap_width(words))
            box = QRectF(self.margin_left, top, width, tokens().size.key_cap)
            paint_key_cap(painter, mirrored(painter, box), words)
        else:
            tone = "accent" if self._numbered else "muted"
            box = mirrored(painter, QRectF(0, top, self.label_x - 10, tokens().size.key_cap))
            draw_text(painter, box, words, font=font("axis", weight=600, tabular=True), color=color(tone), align=RIGHT)

    def label_font(self) -> QFont:
        """14, 600 while open."""
        return font("text", weight=600 if self._open else None)


def widest(words: Sequence[str], look: QFont) -> int:
    """Width of the widest of some words in pixels."""
    metrics = QFontMetrics(look)
    return max((metrics.horizontalAdvance(word) for word in words), default=0)
