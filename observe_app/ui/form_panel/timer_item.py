"""A timer: a press starts it, a second press never ends it, Shift does; of a group one runs at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_clock import parse_clock
from observe_app.domain.timeline import TimerState
from observe_app.ui.form_panel.event_item import EventItem, clock_words
from observe_app.ui.form_panel.form_item import MARGIN, PAD, mirrored
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.form_panel.moment_field import SmallField
from observe_app.ui.theme import color, font, tokens
from observe_app.ui.widgets.paint import RIGHT, draw_text, paint_dot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_DOT = 10


class TimerItem(EventItem):
    """Dot, name, time. The row is the button; while it runs there is one to end it."""

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._state = TimerState(item.id)
        self._base_ms = 0
        self._at_ms = 0
        self._caption = ""
        self._top = 0
        self._row = QRect()
        self._said_box: QRectF | None = None
        # A click starts it and leaves the keyboard where it is, in the note line.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end = KeyButton("", self.tr("End"), self, name=self.tr("End {timer}").format(timer=self.label))
        self.end.setObjectName(f"end_{item.id}")
        self.end.clicked.connect(self.press_shift)
        self.listen_to(self.end)
        self.start_edit = self._field(self.tr("from 3:20"), self.tr("{timer}: began at").format(timer=self.label))
        self.end_edit = self._field(self.tr("to 8:05"), self.tr("{timer}: ended at").format(timer=self.label))
        self.reload()

    @property
    def state(self) -> TimerState:
        """Its runs, and what did not fit."""
        return self._state

    @property
    def runs(self) -> bool:
        """Whether it runs now."""
        return self._state.running_since is not None

    @property
    def total_ms(self) -> int:
        """How long it ran up to now."""
        if not self.runs or self.keeper.paused:
            return self._base_ms
        return self._base_ms + max(0, self.keeper.now() - self._at_ms)

    @property
    def time_words(self) -> str:
        """The time shown: "13:42", or "off" before it ever ran."""
        if not self._state.stretches:
            return self.absence_words() or self.tr("off")
        return clock_words(self.total_ms)

    @property
    def shows_details(self) -> bool:
        """While it never ran, the keyboard is here, or times are typed in from paper."""
        return self.is_open and (not self.has_happened() or not self.keeper.runs or self.holds_keyboard)

    @property
    def value_words(self) -> str:
        """On or off, and how long it ran when it was last turned on or off."""
        if not self._state.stretches:
            return self.time_words
        if self.runs:
            return self.tr("on since {time}").format(time=clock_words(self._state.running_since or 0))
        return self.tr("off, {time} in all").format(time=self.time_words)

    @Slot()
    def press_key(self) -> None:
        """Start it; one that runs goes on and says so. Where the lesson's clock stands still, ask from when to when."""
        if self.runs:
            self.say(self.tr("still on; Shift + key ends it"))
            self.flash()
        elif not self.keeper.runs:
            self.touched.emit(self.item.id)
            self.start_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.act(lambda: self.keeper.start(self.item.id)):
            self.say("")
            self.flash()

    @Slot()
    def press_shift(self) -> None:
        """End it."""
        if not self.runs:
            self.say(self.tr("not on"))
        elif self.act(lambda: self.keeper.stop(self.item.id)):
            self.say("")
            self.flash()

    @property
    def awaits_key(self) -> bool:
        """Typing in from paper takes the keyboard."""
        return not self.keeper.runs and not self.runs

    def focus_part(self) -> QWidget:
        """The field of the first moment while its moments are typed in, else the row."""
        return self.start_edit if self.start_edit.isVisibleTo(self) else self

    def read(self) -> None:
        """Compute its runs from its events and those of its group."""
        self._caption = self.tr("one at a time") if self._leads() else ""
        ran = self.runs
        self._state = self.keeper.timer_of(self.item.id)
        # Summed up once: a second, or a layout, must not go through every run of the lesson.
        since = self._state.running_since
        ends = self._state.stretches[-1].end_ms or 0 if self._state.stretches else 0
        self._at_ms = ends if since is None else max(self.keeper.now(), since)
        self._base_ms = self._state.total_ms(self._at_ms)
        if ran and not self.runs:
            self.say("")  # that it is still on would be said beside "off"

    def needs_seconds(self) -> bool:
        """While it runs."""
        return self.runs and self.keeper.runs

    def has_happened(self) -> bool:
        """Whether it ever ran."""
        return bool(self._state.stretches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field of a moment goes on to the other one, then stores."""
        typing = self.start_edit.hasFocus() or self.end_edit.hasFocus()
        if typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_moment_entered()
        else:
            super().keyPressEvent(event)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Enter, Space and + start it; - ends it while it runs, else it is "not seen"."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) or text == "+":
            self.press_key()
        elif text == "-" and self.runs:
            self.press_shift()
        else:
            return super().answer_key(key, text)
        return True

    def lay_out(self, width: int) -> int:
        """A caption, the row, and what is open."""
        self._top = tokens().type["caption"].line + 8 if self._caption else 0
        look = font("text", weight=600, tabular=True)
        self.end.setVisible(self.runs)
        right = QFontMetrics(look).horizontalAdvance(max("00:00", self.time_words, key=len)) + 16
        if self.runs:
            right += self.end.sizeHint().width()
        bottom = self.head(width, right, left=self._name_x, top=self._top)
        self._row = QRect(0, self._top, width, bottom - self._top)
        size = self.end.sizeHint()
        self.end.setGeometry(
            width - self.margin_right - size.width() + 4,
            self._row.center().y() - size.height() // 2 + 1,
            size.width(),
            size.height(),
        )
        self._said_box = self._beside_name(right, width)
        y = self.tail(bottom, width)
        typed_in = self.is_open and not self.keeper.runs
        for field in (self.start_edit, self.end_edit):
            field.setVisible(typed_in)
        if typed_in:
            y = flow((self.start_edit, self.end_edit), self.label_x, y + 2, width - self.margin_right) + PAD + 2
        return y

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row starts it."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._row.contains(event.position().toPoint()):
            self.press_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caption, dot, name, time."""
        painter = QPainter(self)
        self.paint_row(painter, self._row, left=self._name_x)
        if self._caption:
            box = mirrored(painter, QRectF(MARGIN, 4, self.width() - 2 * MARGIN, self._top - 6))
            draw_text(painter, box, self._caption, font=font("axis"), color=color("muted"))
        middle = self._row.top() + max(tokens().size.row_tally, tokens().type["text"].line + 2 * PAD) / 2
        token = "accent" if self.runs else "muted"
        dot = mirrored(painter, QRectF(self.label_x + _DOT / 2, middle, 0, 0)).topLeft()
        paint_dot(painter, dot, _DOT, token, filled=self.runs)
        right = self.width() - MARGIN - (self.end.width() if self.runs else 0)
        box = mirrored(painter, QRectF(self._name_x, self._row.top(), right - self._name_x, self._row.height()))
        look = font("text", weight=600 if self.runs else None, tabular=True)
        draw_text(painter, box, self.time_words, font=look, color=color(token), align=RIGHT)
        if self._said_box is not None:
            place = mirrored(painter, self._said_box)
            draw_text(painter, place, self.said, font=font("small"), color=color("accent"))

    def label_font(self) -> QFont:
        """The name of a running timer stands out."""
        return font("text", weight=600 if self.runs else None)

    def remark(self) -> str:
        """A remark has its place behind the name where there is room."""
        return "" if self._said_box is not None else super().remark()

    def _beside_name(self, right: int, width: int) -> QRectF | None:
        """Return where a remark fits into the row, None without one or without room: nothing below is to move."""
        name = QFontMetrics(self.label_font()).horizontalAdvance(self.label_words)
        x = self._name_x + name + _DOT
        room = width - self.margin_right - right - x
        needed = QFontMetrics(font("small")).horizontalAdvance(self.said)
        if not self.said or needed > room:
            return None
        return QRectF(x, self._row.top(), room, min(self._row.height(), tokens().type["text"].line + 2 * PAD))

    @property
    def _name_x(self) -> int:
        return self.label_x + _DOT + 8

    def _on_moment_entered(self) -> None:
        """Store the run that was typed in; a moment that cannot be read keeps the cursor."""
        start, end = parse_clock(self.start_edit.text()), parse_clock(self.end_edit.text())
        if start is None:
            self.start_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif end is None:
            self.end_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif end <= start:
            self.say(self.tr("It ends before it begins."))
        elif self.act(lambda: self.keeper.stretch(self.item.id, start, end)):
            self.start_edit.clear()
            self.end_edit.clear()
            self.start_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.flash()

    def _leads(self) -> bool:
        """Whether it is the first of timers of one group that stand under each other."""
        items = self.keeper.items
        place = next((n for n, one in enumerate(items) if one.id == self.item.id), 0)
        before = items[place - 1] if place else None
        grouped = sum(one.kind is ItemKind.TIMER and one.group == self.item.group for one in items) > 1
        return bool(self.item.group) and grouped and (before is None or before.group != self.item.group)

    def _field(self, placeholder: str, name: str) -> SmallField:
        field = SmallField(self.item.id, placeholder, name, self)
        self.listen_to(field)
        return field
