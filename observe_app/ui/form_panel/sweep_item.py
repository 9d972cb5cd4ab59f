"""A sweep: how many of how many are on task, every few minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.timeline import SweepSheet, next_due_ms, sweep_sheet
from observe_app.ui.form_panel.event_item import EventItem, clock_words
from observe_app.ui.form_panel.form_item import MARGIN, PAD, mirrored
from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets import LineEdit
from observe_app.ui.widgets.paint import RIGHT, draw_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_TYPED = re.compile(r"\s*(\d{1,4})\s*(?:/\s*(\d{1,4})\s*)?")
_KEYS = frozenset("0123456789/ ")


class SweepItem(EventItem):
    """A field for the number on task; Enter stores it. "24/26" says of how many, too."""

    acts_at_once = False

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._sheet = SweepSheet()
        self._was_due = False
        self._row = QRect()
        self._of_rect = QRectF()
        self.field = LineEdit(parent=self)
        self.field.setObjectName(f"sweep_{item.id}")
        self.field.setAccessibleName(self.tr("{item}: how many are on task").format(item=self.label))
        self.field.setMaxLength(11)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        # Before the proxy, which would take the policy over: Tab stops at the field alone, else it never gets past it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.field)
        self.listen_to(self.field)
        self.reload()

    @property
    def sheet(self) -> SweepSheet:
        """Every sweep so far."""
        return self._sheet

    @property
    def of(self) -> int | None:
        """How many are looked at: the item's number, else the class size, else as in the last sweep; None: unknown."""
        last = self._sheet.sweeps[-1].seen.of if self._sheet.sweeps else None
        return self.item.of or self.keeper.class_size or last

    @property
    def due_ms(self) -> int:
        """Moment of the lesson at which the next sweep is due."""
        return next_due_ms(self._sheet, self.item.every)

    @property
    def is_due(self) -> bool:
        """Whether it is time."""
        return self.keeper.runs and self.keeper.now() >= self.due_ms

    @property
    def of_words(self) -> str:
        """What stands behind the field."""
        return self.tr("of {n}").format(n=self.of) if self.of else self.tr("of how many?")

    @property
    def value_words(self) -> str:
        """The last sweep and when the next one is due."""
        if self.absence_words() and not self._sheet.sweeps:
            return self.absence_words()
        parts = []
        if self._sheet.sweeps:
            last = self._sheet.sweeps[-1]
            words = self.tr("{n} of {m} at {time}")
            parts.append(words.format(n=last.seen.count, m=last.seen.of, time=clock_words(last.offset_ms)))
        if self.is_due:
            parts.append(self.tr("due now"))
        elif self.keeper.runs:
            parts.append(self.tr("next at {time}").format(time=clock_words(self.due_ms)))
        return " · ".join(parts)

    def focus_part(self) -> QWidget:
        """The field."""
        return self.field

    @Slot()
    def press_key(self) -> None:
        """Turn to the field."""
        self.touched.emit(self.item.id)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def press_shift(self) -> None:
        """A sweep has nothing to end; the field takes the cursor."""
        self.press_key()

    def store(self) -> bool:
        """Store what is typed; False, with the reason said, where that is no sweep."""
        typed = _TYPED.fullmatch(self.field.text())
        if typed is None:
            self.say(self.tr("Type how many are on task, as in 24 or 24/27."))
            return False
        on_task = int(typed[1])
        of = int(typed[2]) if typed[2] else self.of
        if of is None:
            self.say(self.tr("Of how many? Type it behind a slash, as in 24/27."))
            return False
        if on_task > of or not of:
            self.say(self.tr("{n} is more than {m}.").format(n=on_task, m=of))
            return False
        if self.moment_is_bad():
            return False
        at_ms = self.typed_moment()
        if not self.act(lambda: self.keeper.sweep(self.item.id, on_task, of, at_ms)):
            return False
        self.field.clear()
        self.forget_moment()
        self.say("")
        self.flash()
        return True

    def read(self) -> None:
        """Compute the sweeps."""
        self._sheet = sweep_sheet(self.events, self.item.id)

    def needs_seconds(self) -> bool:
        """The next sweep falls due while one waits."""
        return self.keeper.runs

    @Slot()
    def on_second(self) -> None:
        """Say it when the next sweep falls due."""
        if self.is_due != self._was_due:
            self._was_due = self.is_due
            self.describe()
            self.fit()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter stores and goes back to the note; Esc empties the field before it leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.field.text().strip() and self.store():
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Absences by their letters; digits are a number here, so 0 is no absence."""
        if text == "0":
            return False
        return super().answer_key(key, text)

    def absence_cap(self, cap: str) -> str:
        """0 is a number here."""
        return "-" if cap == "0" else cap

    def part_keeps(self, part: QWidget, event: QKeyEvent) -> bool:
        """The field keeps digits and the keys of editing."""
        if part is not self.field:
            return super().part_keeps(part, event)
        text = event.text()
        if types_text(event) and text and text.isprintable():
            return text in _KEYS
        mine = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
        editing = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self.field.text()
        return event.key() not in mine and not editing

    def lay_out(self, width: int) -> int:
        """Label, field and "of 27" in one row; last and next below."""
        small = QFontMetrics(font("small"))
        of = small.horizontalAdvance(self.of_words) + 2
        field = QFontMetrics(font("text", tabular=True)).horizontalAdvance("24/270") + 18
        height = max(self.field.sizeHint().height(), tokens().size.control)
        right = of + field + 8 + 12
        # The field is taller than a row; label and key stand in its middle.
        top, line = 2, tokens().type["text"].line
        inset = max(0, top + (height - line) // 2 - PAD)
        bottom = max(self.head(width, right, top=inset), top + height + 2)
        self._row = QRect(0, inset, width, bottom - inset)
        x = width - MARGIN - of - 8 - field
        self.field.setGeometry(x, top, field, height)
        self._of_rect = QRectF(width - MARGIN - of, top, of, height)
        tone = "warm" if self.is_due else "muted"
        y = self.note(self.value_words, bottom - 1, width, tone)
        return self.place_moment(self.tail(y + PAD if y > bottom - 1 else bottom, width), width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row turns to the field."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._row.contains(event.position().toPoint()):
            self.press_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row and base."""
        painter = QPainter(self)
        self.paint_row(painter, self._row)
        place = mirrored(painter, self._of_rect)
        draw_text(painter, place, self.of_words, font=font("small"), color=color("muted"), align=RIGHT)
