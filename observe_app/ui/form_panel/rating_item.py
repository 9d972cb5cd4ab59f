"""A rating: dots on a line, the word of the level, and what each level means for the item touched last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.form import text_in
from observe_app.ui.form_panel.form_item import (
    MARGIN,
    PAD,
    FormItem,
    WrappedText,
    key_side,
    label_left,
    line_height,
    mirrored,
    small_line,
    widest,
)
from observe_app.ui.form_panel.item_keys import FORM_KEY
from observe_app.ui.theme import color, font, scaled, set_focus_ring, tokens
from observe_app.ui.widgets import DotScale
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item

_STEP = 26
_DOTS_GAP = 14
_LEVEL_GAP = 4
_WORD_MOST = 110
_LEAST_LABEL = 75


@dataclass(frozen=True, slots=True)
class _Row:
    """One level, or an absence, in the open item."""

    cap: str
    word: str
    text: WrappedText | None
    rect: QRect
    level: int = 0
    absence: Absence | None = None


class RatingItem(FormItem):
    """Digits, a dot or a row of the open item set the level; 0 is "not seen"."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        self._words = tuple(text_in(level.label, language) for level in item.levels)
        self._texts = tuple(text_in(level.descriptor, language) for level in item.levels)
        self._rows: tuple[_Row, ...] = ()
        self._label: WrappedText | None = None
        self._help: WrappedText | None = None
        self._word_rect = QRectF()
        self._in_one_line = True
        self.dots = DotScale(self._words, self.label, self)
        self.dots.setObjectName(f"dots_{item.id}")
        set_focus_ring(self.dots, shown=False)
        self.dots.rated.connect(self._on_rated)
        self.dots.installEventFilter(self)
        self.setMouseTracking(True)

    @property
    def level(self) -> int:
        """The level given, 0 without one."""
        value = self.answer.value if self.answer else None
        return value if isinstance(value, int) else 0

    @property
    def word(self) -> str:
        """The word shown beside the dots."""
        return self._words[self.level - 1] if 0 < self.level <= len(self._words) else self.absence_words()

    def focus_part(self) -> QWidget:
        """The dots."""
        return self.dots

    def set_answer(self, answer: Answer | None) -> None:
        """Show a level or an absence."""
        super().set_answer(answer)
        self.dots.set_rating(min(self.level, len(self._words)), self.absence_words())

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Digits set a level of the scale."""
        if text.isascii() and text.isdigit() and 0 < int(text) <= len(self._words):
            self.give(int(text))
            return True
        return super().answer_key(key, text)

    def set_in_one_line(self, wanted: bool) -> None:
        """Follow the panel, which lays all its ratings out alike so that the dots stand in one column."""
        if wanted != self._in_one_line:
            self._in_one_line = wanted
            self.fit()

    def lay_out(self, width: int) -> int:
        """One line where the words fit beside dots and level; else the level stands under the dots."""
        dots, word = _dots_width(self._words), _word_width(self._words)
        right = width - MARGIN
        room = right - label_left()
        one_line = _label_room(self._words, width)
        column = max(dots, word) + 4
        if self._in_one_line and rating_fits(self.item, self.language, width):
            self._label = WrappedText(self.label_words, self.label_font(), line_height(), one_line + 8)
            left = right - word - _DOTS_GAP - dots
            self.dots.setGeometry(left, PAD - 3, dots, scaled(26))
            self._word_rect = QRectF(right - word, PAD, word, line_height())
            height = line_height() + 2 * PAD
        elif dots <= 110 and room - column - 12 >= scaled(_LEAST_LABEL):
            self._label = WrappedText(self.label_words, self.label_font(), line_height(), room - column - 12)
            self.dots.setGeometry(right - column, PAD - 3, dots, scaled(26))
            self._word_rect = QRectF(right - column + 1, PAD + line_height(), column, line_height())
            # Open, the levels below say which one it is; its word above them would leave a line blank at the left.
            lines = 1 if self.is_open else 2
            height = max(lines * line_height(), self._label.height) + 2 * PAD
            if self.is_open:
                self._word_rect = QRectF()
        else:
            self._label = WrappedText(self.label_words, self.label_font(), line_height(), room)
            self.dots.setGeometry(label_left(), PAD + self._label.height, dots, scaled(26))
            self._word_rect = QRectF(
                label_left() + dots + 12, PAD + self._label.height + 3, room - dots - 12, line_height()
            )
            height = self._label.height + scaled(26) + 2 * PAD
        self._rows, self._help = (), None
        return self._lay_out_levels(height, width) if self.is_open else height

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The item's own keys come before those of the dots."""
        if watched is self.dots:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
                if not sideways:
                    event.accept()
                    self.keyPressEvent(event)
                    return event.isAccepted()
            elif event.type() == QEvent.Type.FocusIn:
                self.touched.emit(self.item.id)
                self.update()
            elif event.type() == QEvent.Type.FocusOut:
                self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row of the open item sets its level."""
        for row in self._rows:
            if row.rect.contains(event.position().toPoint()):
                if row.level:
                    self.give(row.level)
                else:
                    self.give(absence=row.absence)
                return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, word, levels."""
        painter = QPainter(self)
        self.paint_ground(painter)
        if self._label is not None:
            self._label.draw(painter, label_left(), PAD, "ink")
        rated = bool(self.level)
        look = font("text" if rated else "small", weight=600 if rated else 400)
        if not self._word_rect.isEmpty():
            ink = color("accent" if rated else "muted")
            draw_text(painter, mirrored(painter, self._word_rect), self.word, font=look, color=ink)
        if self._help is not None and self._rows:
            self._help.draw(painter, label_left(), self._rows[0].rect.top() - self._help.height - 4, "muted")
        for row in self._rows:
            self._paint_row(painter, row)
        if self._rows and self.offers_absences:
            self._paint_hint(painter)
        if self.dots.hasFocus() and not self.is_armed:
            inner = self.rect().adjusted(1, 1, -1, -1)
            painter.setPen(color("accent"))
            painter.drawRect(inner.adjusted(0, 0, -1, -1))

    @Slot(int)
    def _on_rated(self, level: int) -> None:
        if level:
            self.give(level)
        else:
            self.give(absence=Absence.UNANSWERED)

    def _lay_out_levels(self, top: int, width: int) -> int:
        room = width - MARGIN - label_left()
        y = top + 2
        if self.help:
            self._help = WrappedText(self.help, font("small"), small_line(), room)
            y += self._help.height + 4
        word = min(scaled(_WORD_MOST), widest(self._words, font("small", weight=600)) + 12)
        rows = []
        for number, (name, text) in enumerate(zip(self._words, self._texts, strict=True), start=1):
            told = WrappedText(text, font("small"), small_line(), room - word) if text else None
            height = (told.height if told else small_line()) + _LEVEL_GAP
            rows.append(_Row(str(number), name, told, QRect(0, y, width, height), level=number))
            y += height
        absences = (
            ("0", self.tr("Not seen"), Absence.NOT_SEEN),
            ("L", self.tr("Not looked for"), Absence.NOT_LOOKED_FOR),
            ("X", self.tr("Not applicable"), Absence.NOT_APPLICABLE),
        )
        for cap, name, absence in absences if self.offers_absences else ():
            rows.append(_Row(cap, name, None, QRect(0, y, width, small_line() + _LEVEL_GAP), absence=absence))
            y += small_line() + _LEVEL_GAP
        self._rows = tuple(rows)
        return y + 6

    def _paint_row(self, painter: QPainter, row: _Row) -> None:
        chosen = row.level == self.level if row.level else row.absence is not None and row.absence is self.absence
        top = row.rect.top()
        paint_key_cap(
            painter, mirrored(painter, QRectF(MARGIN, top, key_side(), tokens().size.key_cap)), row.cap, ticked=chosen
        )
        word = min(scaled(_WORD_MOST), widest(self._words, font("small", weight=600)) + 12)
        box = QRectF(label_left(), top, word - 6 if row.text else scaled(180), small_line())
        ink = color("accent" if chosen else "ink" if row.level else "muted")
        draw_text(painter, mirrored(painter, box), row.word, font=font("small", weight=600), color=ink)
        if row.text is not None:
            row.text.draw(painter, label_left() + word, top, "muted")

    def _paint_hint(self, painter: QPainter) -> None:
        """At the right of the last rows: which keys set it, and what happens then."""
        last = self._rows[-1].rect
        metrics_font = font("small", weight=600 if self.is_armed else None)
        words = (
            self.tr("0 to {most} sets it, back to the note") if self.is_armed else self.tr("then 0 to {most}")
        ).format(most=len(self._words))
        width = widest((words,), metrics_font) + 2
        x = self.width() - MARGIN - width
        ink = color("accent" if self.is_armed else "muted")
        draw_text(
            painter, mirrored(painter, QRectF(x, last.top(), width, small_line())), words, font=metrics_font, color=ink
        )
        if not self.is_armed and self.letter:
            cap = f"{FORM_KEY} {self.letter}"
            cap_width = key_cap_width(cap)
            box = mirrored(painter, QRectF(x - cap_width - 8, last.top(), cap_width, tokens().size.key_cap))
            paint_key_cap(painter, box, cap, active=False)


def rating_fits(item: Item, language: str, width: int) -> bool:
    """Whether label, dots and word of a rating have room beside each other in a panel of this width."""
    words = tuple(text_in(level.label, language) for level in item.levels)
    star = QCoreApplication.translate("FormItem", "{label} *") if item.required else "{label}"
    label = star.format(label=text_in(item.label, language))
    return widest((label,), font("text", weight=600)) <= _label_room(words, width)


def _label_room(words: tuple[str, ...], width: int) -> int:
    return width - MARGIN - label_left() - _dots_width(words) - _DOTS_GAP - _word_width(words) - 8


def _dots_width(words: tuple[str, ...]) -> int:
    return _STEP * max(0, len(words) - 1) + 14


def _word_width(words: tuple[str, ...]) -> int:
    absent = QCoreApplication.translate("RatingItem", "not looked for")
    # A level stands out, a reason for none is small.
    return min(scaled(_WORD_MOST), max(widest(words, font("text", weight=600)), widest((absent,), font("small"))) + 4)
