"""A number: typed as it is, with its unit beside it and its bounds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import checked_answer
from observe_app.domain.errors import Invalid
from observe_app.domain.form import text_in
from observe_app.ui.form_panel.form_item import (
    MARGIN,
    PAD,
    FormItem,
    Given,
    WrappedText,
    label_left,
    line_height,
    mirrored,
    small_line,
)
from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import LineEdit
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item

_PAUSE_MS = 700
_FIELD = 30
_LEAST = 72
_MOST = 14
_LONGEST = "-1000000000.0"


class NumberItem(FormItem):
    """Kept after a pause, at Enter and when the field is left. + and - step; 0 is a number here, never an absence."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        self.unit = text_in(item.unit, language)
        self._label: WrappedText | None = None
        self._told: WrappedText | None = None
        self._beside = QRectF()
        self._problem = ""
        self.field = LineEdit(parent=self)
        self.field.setObjectName(f"number_{item.id}")
        named = self.tr("{item}, {unit}").format(item=self.label, unit=self.unit) if self.unit else self.label
        self.field.setAccessibleName(named)
        self.field.setAccessibleDescription(self.bounds)
        self.field.setMaxLength(_MOST)
        self.field.textEdited.connect(self._on_edited)
        self.field.left.connect(self.flush)
        self.field.installEventFilter(self)
        self.absences: dict[Absence, KeyButton] = {}
        for cap, words, absence in (
            ("-", self.tr("Not seen"), Absence.NOT_SEEN),
            ("L", self.tr("Not looked for"), Absence.NOT_LOOKED_FOR),
            ("X", self.tr("Not applicable"), Absence.NOT_APPLICABLE),
        ):
            absent = KeyButton("" if cap == "-" and self._may_be_negative else cap, words, self, checkable=True)
            absent.setObjectName(f"{absence.value}_{item.id}")
            absent.clicked.connect(self._on_absence)
            absent.hide()
            self.absences[absence] = absent
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    # -- public

    @property
    def bounds(self) -> str:
        """What may be typed, in words; "" where anything may."""
        low, high = self.item.low, self.item.high
        if low is not None and high is not None:
            return self.tr("{low} to {high}").format(low=self.as_text(low), high=self.as_text(high))
        if low is not None:
            return self.tr("{low} or more").format(low=self.as_text(low))
        return self.tr("{high} or less").format(high=self.as_text(high)) if high is not None else ""

    @property
    def problem(self) -> str:
        """Why what is typed cannot be kept, "" when it can."""
        return self._problem

    @property
    def is_dirty(self) -> bool:
        """Whether what is typed is not kept yet."""
        return self.field.text().strip() != self._kept()

    def as_text(self, number: float) -> str:
        """Return a number as it is typed here."""
        if number == int(number):
            return str(int(number))
        return f"{number:.10f}".rstrip("0").replace(".", self.locale().decimalPoint())

    def focus_part(self) -> QWidget:
        """The field."""
        return self.field

    def set_answer(self, answer: Answer | None) -> None:
        """Show a number; one that is being typed is never replaced."""
        typing = self.is_dirty and (self.field.hasFocus() or self._pause.isActive())
        self.answer = answer
        if not typing and self.field.text().strip() != self._kept():
            self.field.setText(self._kept())
            self._problem = ""
        for absence, absent in self.absences.items():
            absent.setChecked(absence is self.absence)
        self.setAccessibleDescription(self.absence_words())
        super().set_answer(answer)

    def finishes(self, given: Given) -> bool:
        """More digits may follow; Enter and a reason for no number end it."""
        return given.value is None

    @Slot()
    def flush(self) -> None:
        """Keep what is typed, if it is a number that the item takes."""
        self._pause.stop()
        if not self.is_dirty:
            return
        self._check()
        if self._problem:
            return
        number = self._typed()
        if number is None:
            self.give(absence=Absence.UNANSWERED)
        else:
            self.give(number)

    def lay_out(self, width: int) -> int:
        """Label; field, unit and bounds on one line; help and absences while open."""
        room = width - MARGIN - label_left()
        self._label = WrappedText(self.label_words, self.label_font(), line_height(), room)
        y = PAD + self._label.height
        self._told = None
        words = self._problem or (self.help if self.is_open else "")
        if words:
            self._told = WrappedText(words, font("small"), small_line(), room)
            y += self._told.height + 2
        look = QFontMetrics(font("text", tabular=True))
        longest = max(
            (self.as_text(one) for one in (self.item.low, self.item.high) if one is not None), key=len, default=""
        )
        field = max(scaled(_LEAST), look.horizontalAdvance(longest or _LONGEST[:8]) + 28)
        height = max(scaled(_FIELD), self.field.sizeHint().height())
        self.field.setGeometry(label_left(), y + 3, field, height)
        self._beside = QRectF(label_left() + field + 10, y + 3, room - field - 10, height)
        y += height + 6
        for absent in self.absences.values():
            absent.setVisible(self.is_open and self.offers_absences)
        if self.is_open and self.offers_absences:
            y = flow(self.absences.values(), label_left() - 4, y + 2, width - MARGIN + 8)
        return y + PAD

    # -- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps digits and the keys of editing; what else the item knows comes first."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusIn:
                self.touched.emit(self.item.id)
                QTimer.singleShot(0, self.field, self.field.selectAll)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the label is a click into the field."""
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, label, unit, bounds or absence, and what is wrong."""
        painter = QPainter(self)
        self.paint_ground(painter)
        if self._label is None:
            return
        self._label.draw(painter, label_left(), PAD, "ink")
        if self._told is not None:
            self._told.draw(painter, label_left(), PAD + self._label.height + 1, "warm" if self._problem else "muted")
        rest = QRectF(self._beside)
        if self.unit:
            place = mirrored(painter, rest)
            rest.setLeft(rest.left() + draw_text(painter, place, self.unit, font=font("text"), color=color("ink")) + 14)
        words = self.absence_words() or (self.bounds if self.is_open or not self._kept() else "")
        draw_text(painter, mirrored(painter, rest), words, font=font("small"), color=color("muted"))

    # -- slots

    @Slot()
    def _on_edited(self) -> None:
        if self._problem:
            self._check()
        self._pause.start()

    @Slot()
    def _on_absence(self) -> None:
        for absence, absent in self.absences.items():
            if absent is self.sender():
                self._pause.stop()
                self.field.clear()
                self.give(absence=absence if absent.isChecked() else Absence.UNANSWERED)

    # -- helpers

    @property
    def _may_be_negative(self) -> bool:
        return self.item.low is None or self.item.low < 0

    def _kept(self) -> str:
        value = self.answer.value if self.answer else None
        return self.as_text(value) if isinstance(value, (int, float)) else ""

    def _typed(self) -> int | float | None:
        """Return the number typed, None for none.

        Raises:
            ValueError: it is none.
        """
        text = self.field.text().strip().replace("−", "-").replace(",", ".")
        if not text:
            return None
        number = float(text)
        return int(number) if number.is_integer() else number

    def _check(self) -> None:
        words = ""
        try:
            number = self._typed()
            if number is not None:
                checked_answer(self.item, number)
        except (ValueError, OverflowError):
            words = self.tr("This is no number; it is not kept.")
        except Invalid as error:
            if error.rule == "not_whole":
                words = self.tr("A whole number is wanted; this one is not kept.")
            else:
                words = self.tr("{bounds} is wanted; this is not kept.").format(bounds=self.bounds or "±10⁹")
        if words != self._problem:
            self._problem = words
            self.fit()
            self.update()

    def _key(self, event: QKeyEvent) -> bool:
        key, text = Qt.Key(event.key()), event.text()
        empty = not self.field.text() or self.field.selectedText() == self.field.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            if self.is_armed and not self._problem:
                self.left.emit()
        elif key == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.flush()
            self.keyPressEvent(event)
        elif not types_text(event):
            return False
        elif text == "+" or (text == "-" and not empty) or (text == "-" and self._kept() and not self._may_be_negative):
            self._step(1 if text == "+" else -1)
        elif text == "-" and not self._may_be_negative:
            self._say(Absence.NOT_SEEN)
        elif text.casefold() in ("l", "x"):
            self._say(Absence.NOT_LOOKED_FOR if text.casefold() == "l" else Absence.NOT_APPLICABLE)
        elif text.isprintable() and text and not (text.isdigit() or text in "-−.,"):
            if self.is_armed:
                self.flush()
                self.typed.emit(text)
        else:
            return False
        return True

    def _say(self, absence: Absence) -> None:
        self._pause.stop()
        self.field.clear()
        self.give(absence=absence)

    def _step(self, step: int) -> None:
        """One more or less, within the bounds; the first step of an empty field is to its lowest number."""
        try:
            number = self._typed()
        except ValueError:
            return
        low, high = self.item.low, self.item.high
        wanted = (low or 0) if number is None else number + step
        wanted = max(wanted, low) if low is not None else wanted
        wanted = min(wanted, high) if high is not None else wanted
        self.field.setText(self.as_text(wanted))
        self.flush()
