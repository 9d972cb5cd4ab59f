"""A choice: one of a few options, beside each other where they are short, else in rows while the item is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.form import OTHER, text_in
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
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.form_panel.option_button import OptionButton, option_keys
from observe_app.ui.theme import color, font
from observe_app.ui.widgets import LineEdit
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item

_PAUSE_MS = 500
_RETRY_MS = 5000
_GAP = 8
_MOST_WORDS = 400


class ChoiceItem(FormItem):
    """Digits, then letters, choose; the chosen one again takes it back. Left and Right go from option to option."""

    def __init__(self, item: Item, letter: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(item, letter, language, parent)
        self._label: WrappedText | None = None
        self._help: WrappedText | None = None
        self._value: WrappedText | None = None
        self._value_top = 0
        self._hint = QRectF()
        words = [
            (option.id, text_in(option.label, language), text_in(option.help, language)) for option in item.options
        ]
        if item.other:
            words.append((OTHER, self.tr("Other"), ""))
        self.options: dict[str, OptionButton] = {}
        for key, (option_id, text, told) in zip(option_keys(item), words, strict=True):
            tells = self.tr("{item}: {answer}").format(item=self.label, answer=text)
            button = OptionButton(key, text, told, tells, self)
            button.setObjectName(f"option_{item.id}_{option_id}")
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
            self.options[option_id] = button
        self.absences: dict[Absence, KeyButton] = {}
        for cap, text, absence in (
            ("0", self.tr("Not seen"), Absence.NOT_SEEN),
            ("L", self.tr("Not looked for"), Absence.NOT_LOOKED_FOR),
            ("X", self.tr("Not applicable"), Absence.NOT_APPLICABLE),
        ):
            absent = KeyButton(cap, text, self, checkable=True)
            absent.setObjectName(f"{absence.value}_{item.id}")
            absent.clicked.connect(self._on_absence)
            absent.installEventFilter(self)
            absent.hide()
            self.absences[absence] = absent
        self.words: LineEdit | None = self._make_words() if item.other else None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.flush)

    # -- public

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the options chosen, in the form's order."""
        value = self.answer.value if self.answer else None
        if isinstance(value, tuple):
            return value
        return (value,) if isinstance(value, str) else ()

    @property
    def value_words(self) -> str:
        """What was chosen, else why nothing was."""
        return ", ".join(self._words_of(option_id) for option_id in self.chosen) or self.absence_words()

    @property
    def is_dirty(self) -> bool:
        """Whether the words of "other" are not kept yet."""
        return self.words is not None and OTHER in self.chosen and self.words.text().strip() != self._kept()

    def focus_part(self) -> QWidget:
        """The option chosen, else the first."""
        if OTHER in self.chosen and self.words is not None and self.words.hasFocus():
            return self.words
        return self.options[next(iter(self.chosen))] if self.chosen else next(iter(self.options.values()))

    def set_answer(self, answer: Answer | None) -> None:
        """Show what is chosen; words that are not kept yet are never replaced."""
        writing = self.is_dirty
        self.answer = answer
        for option_id, button in self.options.items():
            button.setChecked(option_id in self.chosen)
        for absence, absent in self.absences.items():
            absent.setChecked(absence is self.absence)
        if self.words is not None and not writing and self.words.text().strip() != self._kept():
            self.words.setText(self._kept())
        self.setAccessibleDescription(self.value_words)
        super().set_answer(answer)

    def not_kept(self) -> None:
        """Show what is stored; the words of "other" stay and are tried again."""
        super().not_kept()
        if self.is_dirty:
            self._pause.start(_RETRY_MS)

    def finishes(self, given: Given) -> bool:
        """Other wants its words first."""
        return given.value != OTHER

    @Slot()
    def flush(self) -> None:
        """Keep the words of "other"."""
        self._pause.stop()
        if self.is_dirty and self.words is not None and self.answer is not None:
            self.give(self.answer.value, comment=self.words.text().strip())

    def choose(self, option_id: str) -> None:
        """Choose an option; the chosen one again takes it back."""
        if option_id in self.chosen:
            self.give(absence=Absence.UNANSWERED, comment=self._comment(()))
        else:
            self.give(option_id, comment=self._comment((option_id,)))
        self.after_choice(option_id)

    def after_choice(self, option_id: str) -> None:
        """Ask for the words of "other"."""
        if option_id == OTHER and OTHER in self.chosen and self.words is not None:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """The keys of the options, then those of the absences."""
        found = next((option_id for option_id, button in self.options.items() if self._means(button, text)), "")
        if found:
            self.choose(found)
            return True
        return super().answer_key(key, text)

    def lay_out(self, width: int) -> int:
        """Label; short options in one line; else the chosen one, and all in rows while open."""
        room = width - MARGIN - label_left()
        self._label = WrappedText(self.label_words, self.label_font(), line_height(), room)
        y = PAD + self._label.height
        self._help = self._value = None
        if self.is_open and self.help:
            self._help = WrappedText(self.help, font("small"), small_line(), room)
            y += self._help.height + 2
        in_line = self._in_one_line(room)
        told = self.is_open and any(button.told for button in self.options.values())
        for button in self.options.values():
            button.setVisible(in_line or self.is_open)
        # Folded it takes Tab itself, and unfolds; with its options seen Tab goes to them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if in_line or self.is_open else Qt.FocusPolicy.TabFocus)
        if in_line and not told:
            y = self._lay_out_line(y + 2)
        elif self.is_open:
            y = self._lay_out_rows(y + 2, width)
        elif not in_line:
            text = self.value_words or self.tr("%n options", "", len(self.options))
            look = font("small", weight=600 if self.chosen else None)
            self._value, self._value_top = WrappedText(text, look, small_line(), room), y
            y += self._value.height
        return self._lay_out_foot(y, width) + PAD

    # -- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The item's own keys come before those of its parts."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.words:
                return self._words_key(event)
            if event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                event.accept()
                self.keyPressEvent(event)
                return event.isAccepted()
        elif event.type() == QEvent.Type.FocusIn:
            self.touched.emit(self.item.id)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from option to option, Enter is done with it or presses."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(-1 if (key == Qt.Key.Key_Left) is not self.isRightToLeft() else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Unfold and hand the keyboard on."""
        super().focusInEvent(event)
        self.touched.emit(self.item.id)
        self.focus_part().setFocus(event.reason())

    def entered(self) -> None:
        """Choose the option that has the keyboard."""
        for option_id, button in self.options.items():
            if button.hasFocus():
                self.choose(option_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, label, help, and what was chosen where no option shows it."""
        painter = QPainter(self)
        self.paint_ground(painter)
        if self._label is None:
            return
        self._label.draw(painter, label_left(), PAD, "ink")
        if self._help is not None:
            self._help.draw(painter, label_left(), PAD + self._label.height + 1, "muted")
        if self._value is not None:
            self._value.draw(painter, label_left(), self._value_top, "accent" if self.chosen else "muted")
        if not self._hint.isEmpty():
            draw_text(
                painter, mirrored(painter, self._hint), self.absence_words(), font=font("small"), color=color("muted")
            )

    # -- slots

    @Slot()
    def _on_clicked(self) -> None:
        for option_id, button in self.options.items():
            if button is self.sender():
                button.setChecked(option_id in self.chosen)  # until it is kept
                self.choose(option_id)

    @Slot()
    def _on_absence(self) -> None:
        for absence, absent in self.absences.items():
            if absent is self.sender():
                self.give(absence=absence if absent.isChecked() else Absence.UNANSWERED)

    @Slot()
    def _on_words(self) -> None:
        self._pause.start(_PAUSE_MS)

    # -- helpers

    def _make_words(self) -> LineEdit:
        field = LineEdit(parent=self, placeholder=self.tr("in words"))
        field.setObjectName(f"other_{self.item.id}")
        field.setAccessibleName(self.tr("{item}: other, in words").format(item=self.label))
        field.setMaxLength(_MOST_WORDS)
        field.textEdited.connect(self._on_words)
        field.left.connect(self.flush)
        field.installEventFilter(self)
        field.hide()
        return field

    def _means(self, button: OptionButton, text: str) -> bool:
        return bool(button.key) and button.key.casefold() == text.casefold()

    def _kept(self) -> str:
        return self.answer.comment if self.answer and OTHER in self.chosen else ""

    def _comment(self, chosen: tuple[str, ...]) -> str | None:
        """Words of "other" go with it."""
        return "" if OTHER in self.chosen and OTHER not in chosen else None

    def _words_of(self, option_id: str) -> str:
        if option_id == OTHER and self._kept():
            return self._kept()
        button = self.options.get(option_id)
        return button.text() if button is not None else option_id

    def _in_one_line(self, room: int) -> bool:
        widths = [button.sizeHint().width() + _GAP for button in self.options.values()]
        return sum(widths) - _GAP <= room + 8

    def _lay_out_line(self, y: int) -> int:
        for button in self.options.values():
            button.lay_out(button.sizeHint().width(), told=False)
        return flow(self.options.values(), label_left() - 4, y, self.width() - MARGIN + 8, _GAP)

    def _lay_out_rows(self, y: int, width: int) -> int:
        for button in self.options.values():
            room = width - MARGIN - label_left() + 8
            height = button.lay_out(room, told=True)
            button.setGeometry(label_left() - 4, y, room, height)
            y += height
        return y

    def _lay_out_foot(self, y: int, width: int) -> int:
        if self.words is not None:
            self.words.setVisible(OTHER in self.chosen and (self.is_open or self._value is None))
            if self.words.isVisibleTo(self):
                height = self.words.sizeHint().height()
                self.words.setGeometry(label_left(), y + 4, width - MARGIN - label_left(), height)
                y += height + 8
        for absent in self.absences.values():
            absent.setVisible(self.is_open and self.offers_absences)
        self._hint = QRectF()
        if self.is_open and not self.offers_absences:
            return y
        if self.is_open:
            return flow(self.absences.values(), label_left() - 4, y + 2, width - MARGIN + 8)
        if self.absence and self._value is None:
            self._hint = QRectF(label_left(), y, width - MARGIN - label_left(), small_line())
            y += small_line()
        return y

    def _walk(self, step: int) -> None:
        shown = [button for button in self.options.values() if button.isVisibleTo(self)]
        here = next((place for place, button in enumerate(shown) if button.hasFocus()), None)
        if shown:
            place = 0 if here is None else max(0, min(len(shown) - 1, here + step))
            shown[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _words_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            if self.is_armed:
                self.left.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True
