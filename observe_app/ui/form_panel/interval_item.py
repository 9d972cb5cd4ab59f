"""Interval codes: what occurred in each stretch of so many seconds, ticked by keys while the eyes stay on the room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent

from observe_app.domain.form import text_in
from observe_app.domain.timeline import Interval, IntervalSheet, index_at, interval_count, interval_sheet
from observe_app.ui.form_panel.code_grid import CodeGrid, CodeToggle
from observe_app.ui.form_panel.event_item import EventItem, clock_words
from observe_app.ui.form_panel.form_item import MARGIN, PAD
from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import LineEdit
from observe_app.ui.widgets.paint import draw_text, paint_dot, paint_inner_focus
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_LAST_INDEX = 24 * 3600
_LEVEL_LOOK = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class IntervalItem(EventItem):
    """One interval at a time: the current one, or an earlier one that is being corrected.

    Keys tick their codes while it has the keyboard; Left and Right step through the intervals, Esc and Shift with the
    item's key come back to the current one, = ticks what was ticked in the one before, 0 says that nothing occurred.
    """

    acts_at_once = False

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._sheet = IntervalSheet(item.id, item.seconds)
        self._chosen: int | None = None
        self._shown = 0
        self._head = QRect()
        self._ring = QPointF()
        self._counts = QRectF()
        self._level = QRectF()
        self.grid = CodeGrid(item, language, self)
        self.grid.toggled.connect(self._on_toggled)
        self.earlier = self._button("←", "", self.tr("Correct an earlier interval"), self.step_back)
        self.later = self._button("→", "", self.tr("Later interval"), self.step_on)
        self.same = self._button(
            "=", self.tr("same as last"), self.tr("Tick what the last interval had"), self.take_last
        )
        self.nothing = self._button(
            "0", self.tr("nothing of it"), self.tr("Nothing of it occurred in this interval"), self.tick_nothing
        )
        self.levels: dict[int, KeyButton] = {}
        for level in item.levels:
            button = self._button(str(level.number), text_in(level.label, language), "", self._on_level, checkable=True)
            button.setToolTip(plain_tip(text_in(level.descriptor, language)))
            button.setObjectName(f"level_{item.id}_{level.number}")
            self.levels[level.number] = button
        self.comments: dict[str, LineEdit] = {}
        for full, toggle in self.grid.toggles.items():
            self.listen_to(toggle)
            if toggle.code.comment:
                self._add_comment(full, toggle)
        self.reload()

    # -- public

    @property
    def sheet(self) -> IntervalSheet:
        """Every interval so far."""
        return self._sheet

    @property
    def current(self) -> int:
        """The interval that the lesson's clock stands in."""
        now = self.keeper.now() if self.keeper.runs else self.keeper.now() - 1  # a lesson's end begins no interval
        return max(0, index_at(now, self.item.seconds))

    @property
    def shown(self) -> int:
        """The interval on the screen."""
        return self._shown

    @property
    def is_correcting(self) -> bool:
        """Whether an earlier interval than the current one is on the screen while the lesson runs."""
        return self.keeper.runs and self._shown != self.current

    @property
    def title(self) -> str:
        """Which stretch of the lesson is shown: "Minute 30 to 32"."""
        start, end = self._shown * self.item.seconds, (self._shown + 1) * self.item.seconds
        if self.item.seconds % 60:
            return self.tr("{start} to {end}").format(start=clock_words(start * 1000), end=clock_words(end * 1000))
        return self.tr("Minute {start} to {end}").format(start=start // 60, end=end // 60)

    @property
    def place_words(self) -> str:
        """Which interval of how many, or which minute is being corrected."""
        if self.is_correcting:
            return self.tr("correcting minute {minute}").format(minute=self._shown * self.item.seconds // 60)
        if self.keeper.minutes:
            count = interval_count(self.keeper.minutes, self.item.seconds)
            return self.tr("interval {n} of {count}").format(n=self._shown + 1, count=max(count, self._shown + 1))
        return self.tr("interval {n}").format(n=self._shown + 1)

    @property
    def level_words(self) -> str:
        """What the levels are levels of; heads them."""
        return text_in(self.keeper.scale_label(self.item), self.language) or self.tr("Level")

    @property
    def count_words(self) -> str:
        """Ticks in this interval, and over all that were coded."""
        here, coded = len(self._interval().ticked), len(self._sheet.coded)
        ticks = self.tr("1 tick in this interval") if here == 1 else self.tr("%n ticks in this interval", "", here)
        base = (
            self.tr("{n} so far in 1 interval") if coded == 1 else self.tr("{n} so far in %n intervals", "", coded)
        ).format(n=self._sheet.ticks)
        return self.tr("{here}, {so_far}").format(here=ticks, so_far=base)

    @property
    def value_words(self) -> str:
        """Where it stands, and the counts."""
        return f"{self.title}, {self.place_words}, {self.count_words}"

    def press_key(self) -> None:
        """Take the keyboard."""
        self.touched.emit(self.item.id)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def press_shift(self) -> None:
        """Come back to the current interval."""
        self.follow()

    @Slot()
    def step_back(self) -> None:
        """One interval back."""
        self.go_to(self._shown - 1)

    @Slot()
    def step_on(self) -> None:
        """One interval on; at the current one it follows the clock again."""
        self.go_to(self._shown + 1)

    def go_to(self, index: int) -> None:
        """Show an interval: any up to the current one, or of the whole lesson while its clock stands still."""
        self.keep_comments()
        last = self.current if self.keeper.runs else max(_LAST_INDEX // self.item.seconds - 1, 0)
        index = max(0, min(index, last))
        self._chosen = None if self.keeper.runs and index == self.current else index
        self.reload()

    @Slot()
    def follow(self) -> None:
        """Come back to the current interval and follow the clock."""
        self.keep_comments()
        self._chosen = None
        self.reload()

    @Slot()
    def take_last(self) -> None:
        """Tick what is ticked in the interval before."""
        codes = self._before().ticked
        if not codes:
            self.say(self.tr("nothing is ticked in the last interval"))
        else:
            self.act(lambda: self.keeper.same(self.item.id, self._shown, codes))

    @Slot()
    def tick_nothing(self) -> None:
        """Say that somebody looked and nothing of it occurred."""
        if self._interval().ticked:
            self.say(self.tr("codes are ticked in this interval"))
        elif self.act(lambda: self.keeper.level(self.item.id, self._shown, None)):
            self.say(self.tr("noted: nothing of it occurred"))

    @property
    def is_dirty(self) -> bool:
        """Whether words beside a code are not kept yet."""
        return any(not field.isHidden() and field.isModified() for field in self.comments.values())

    def flush(self) -> None:
        """Keep the words beside codes."""
        self.keep_comments()

    @Slot()
    def keep_comments(self) -> None:
        """Store words that were typed beside a code."""
        for full, field in self.comments.items():
            words = field.text().strip()
            if not field.isHidden() and field.isModified() and words != self._interval().comment(full):
                field.setModified(False)
                self.act(partial(self.keeper.comment, self.item.id, self._shown, full, words))

    # -- for the base

    def read(self) -> None:
        """Compute the sheet and show the interval."""
        self._sheet = interval_sheet(self.item, self.events)
        self._shown = self.current if self._chosen is None else self._chosen
        here, before = self._interval(), self._before()
        for full, toggle in self.grid.toggles.items():
            toggle.show_state(ticked=full in here.ticked, was=full in before.ticked)
        for number, button in self.levels.items():
            button.setChecked(number == here.level)
            button.setAccessibleName(self.tr("{name}: {level}").format(name=self.level_words, level=button.text()))
        for full, field in self.comments.items():
            field.setVisible(full in here.ticked)
            if not (field.hasFocus() and field.isModified()):
                field.setText(here.comment(full))
        self.earlier.setEnabled(self._shown > 0)
        self.later.setEnabled(not self.keeper.runs or self._shown < self.current)

    def needs_seconds(self) -> bool:
        """The next interval begins by itself."""
        return self.keeper.runs

    @Slot()
    def on_second(self) -> None:
        """Go on to the next interval when its time comes; one that is being corrected stays."""
        if self._chosen is None and self._shown != self.current:
            self.keep_comments()
            self.reload()

    def has_happened(self) -> bool:
        """Whether any interval was coded."""
        return bool(self._sheet.coded)

    def absence_cap(self, cap: str) -> str:
        """Absences are reached with Tab: the letters belong to the codes."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go through the intervals, Up and Down through the codes; Esc comes back to the current one."""
        key = Qt.Key(event.key())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back, on = (Qt.Key.Key_Right, Qt.Key.Key_Left) if mirrored else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and any(one.hasFocus() for one in self.comments.values()):
            self.keep_comments()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif types_text(event) and key == back:
            self.step_back()
        elif types_text(event) and key == on:
            self.step_on()
        elif key == Qt.Key.Key_Escape:
            self.follow()  # or the next key would tick in an interval long gone
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._step_code(1 if key == Qt.Key.Key_Down else -1):
            return
        else:
            super().keyPressEvent(event)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Keys of codes, digits of levels, = and 0."""
        toggle = self.grid.by_key(text) if text else None
        if toggle is not None:
            self._tick(toggle.full, ticked=not toggle.isChecked())
        elif text == "=":
            self.take_last()
        elif text == "0":
            self.tick_nothing()
        elif text.isascii() and text.isdigit() and int(text) in self.levels:
            self._set_level(int(text))
        else:
            return False
        return True

    def part_keeps(self, part: QWidget, event: QKeyEvent) -> bool:
        """A field of words keeps what is typed; Enter and Esc come back from it."""
        if isinstance(part, LineEdit):
            mine = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            return event.key() not in mine
        return super().part_keeps(part, event)

    def lay_out(self, width: int) -> int:
        """Label, header, hints, codes, words, level and counts."""
        right, line = width - MARGIN, tokens().type["text"].line
        top = self.head(width, 0)
        steps = self.earlier.sizeHint()
        self._head = QRect(MARGIN, top, right - MARGIN, max(line + 6, steps.height()))
        for place, button in ((2, self.earlier), (1, self.later)):
            button.setGeometry(right - place * (steps.width() + 2) + 4, top, steps.width(), self._head.height())
        self._ring = QPointF(MARGIN + 5, self._head.bottom() + 3 + steps.height() / 2)
        ring = QFontMetrics(font("axis")).horizontalAdvance(self._ring_words()) + 30
        y = flow((self.same, self.nothing), MARGIN + ring, self._head.bottom() + 3, right, gap=4) + 2
        height = self.grid.lay_out(right - MARGIN)
        self.grid.setGeometry(MARGIN, y, right - MARGIN, height)
        y += height + 4
        for field in self.comments.values():
            if not field.isHidden():
                field.setGeometry(MARGIN, y, right - MARGIN, line + 12)
                y += line + 16
        if self.levels:
            y = self._lay_out_levels(y, right, steps.height())
        words = QFontMetrics(font("small"))
        lines = 1 + words.horizontalAdvance(self.count_words) // max(1, right - MARGIN)
        self._counts = QRectF(MARGIN, y, right - MARGIN, lines * tokens().type["small"].line)
        return self.tail(round(self._counts.bottom()) + 4, width) + PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, header, hint and counts; the parts paint themselves."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        self.paint_row(painter, QRect(0, 0, self.width(), self._head.top()))
        strong = font("text", weight=600)
        taken = draw_text(painter, self._head, self.title, font=strong, color=color("ink"))
        rest = QRectF(self._head).adjusted(taken + 12, 0, self.earlier.x() - self._head.right() - 8, 0)
        tone = color("accent" if self.is_correcting else "muted")
        look = font("small", weight=600 if self.is_correcting else None)
        draw_text(painter, rest, self.place_words, font=look, color=tone)
        if self.is_correcting:
            paint_inner_focus(painter, self.grid.geometry().adjusted(-6, -2, 6, 2))
        paint_dot(painter, self._ring, 10, "accent", filled=False, pen=2)
        box = QRectF(self._ring.x() + 11, self._ring.y() - scaled(10), self.same.x() - self._ring.x() - 12, scaled(20))
        draw_text(painter, box, self._ring_words(), font=font("axis"), color=color("muted"))
        if self.levels:
            painter.setFont(font("small", weight=600))
            painter.setPen(color("ink"))
            painter.drawText(self._level, _LEVEL_LOOK, self.level_words)
        painter.setFont(font("small", tabular=True))
        painter.setPen(color("muted"))
        painter.drawText(self._counts, int(Qt.TextFlag.TextWordWrap), self.count_words)

    # -- slots

    @Slot(str, bool)
    def _on_toggled(self, full: str, ticked: bool) -> None:
        self._tick(full, ticked=ticked)

    @Slot()
    def _on_level(self) -> None:
        for number, button in self.levels.items():
            if button is self.sender():
                self._set_level(number)

    # -- helpers

    def _interval(self) -> Interval:
        return self._sheet.at(self._shown)

    def _before(self) -> Interval:
        return self._sheet.at(self._shown - 1)

    def _tick(self, full: str, *, ticked: bool) -> None:
        self.act(lambda: self.keeper.tick(self.item.id, self._shown, full, ticked=ticked))

    def _set_level(self, number: int) -> None:
        level = None if self._interval().level == number else number
        self.act(lambda: self.keeper.level(self.item.id, self._shown, level))

    def _step_code(self, step: int) -> bool:
        """Move the keyboard to the code above or below; False where the next item is meant."""
        here = next((toggle for toggle in self.grid.toggles.values() if toggle.hasFocus()), None)
        if here is not None:
            there = self.grid.neighbour(here, step)
        elif self.hasFocus() and step > 0:
            there = next(iter(self.grid.toggles.values()), None)
        else:
            return False
        if there is None:
            return False
        there.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _lay_out_levels(self, top: int, right: int, height: int) -> int:
        """Put the levels beside what heads them, or below it where that is long; return where they end."""
        metrics, room = QFontMetrics(font("small", weight=600)), right - MARGIN
        name = metrics.horizontalAdvance(self.level_words) + 10
        if name <= room // 2:
            self._level = QRectF(MARGIN, top, name, height)
            return flow(self.levels.values(), MARGIN + name - 4, top, right + 4) + 2
        needed = metrics.boundingRect(QRect(0, 0, room, 1), _LEVEL_LOOK, self.level_words).height()
        self._level = QRectF(MARGIN, top, room, needed)
        return flow(self.levels.values(), MARGIN, top + needed + 2, right + 4) + 2

    def _ring_words(self) -> str:
        return self.tr("in the last one")

    def _add_comment(self, full: str, toggle: CodeToggle) -> None:
        field = LineEdit(parent=self, placeholder=self.tr("{code}: what was it?").format(code=toggle.code.id))
        field.setObjectName(f"comment_{full}")
        field.setAccessibleName(self.tr("Words beside {code}").format(code=toggle.accessibleName()))
        field.setMaxLength(2000)
        field.left.connect(self.keep_comments)
        self.listen_to(field)
        field.hide()
        self.comments[full] = field

    def _button(
        self, cap: str, words: str, name: str, then: Callable[[], None], *, checkable: bool = False
    ) -> KeyButton:
        button = KeyButton(cap, words, self, name=name, checkable=checkable)
        button.clicked.connect(then)
        self.listen_to(button)
        return button
