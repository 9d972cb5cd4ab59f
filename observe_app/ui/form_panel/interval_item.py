"""Interval codes: what occurred in each stretch of so many seconds, ticked by keys while the eyes stay on the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent

from observe_app.domain.form import text_in
from observe_app.ui.form_panel.code_grid import CodeGrid, CodeToggle
from observe_app.ui.form_panel.event_item import EventItem
from observe_app.ui.form_panel.form_item import MARGIN, PAD
from observe_app.ui.form_panel.interval_coder import IntervalCoder
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
    from observe_app.domain.timeline import IntervalSheet
    from observe_app.ui.form_panel.event_keeper import EventKeeper

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
        self.coder = IntervalCoder(item, language, keeper, self)
        self.coder.changed.connect(self._on_coder_changed)
        self.coder.leaving.connect(self.keep_comments)
        self.coder.kept.connect(self.kept)
        self.coder.failed.connect(self.failed)
        self.coder.said.connect(self._on_coder_said)
        self._head = QRect()
        self._ring = QPointF()
        self._counts = QRectF()
        self._level = QRectF()
        self.grid = CodeGrid(item, language, self, own_keys=keeper.own_keys)
        self.grid.toggled.connect(self._on_toggled)
        self.earlier = self._button("←", "", self.tr("Correct an earlier interval"), self.coder.step_back)
        self.later = self._button("→", "", self.tr("Later interval"), self.coder.step_on)
        same, nothing = self.tr("Tick what the last interval had"), self.tr("Nothing of it occurred in this interval")
        self.same = self._button("=", self.tr("same as last"), same, self.coder.take_last)
        self.nothing = self._button("0", self.tr("nothing of it"), nothing, self.coder.tick_nothing)
        self.levels: dict[int, KeyButton] = {}
        for level in item.levels:
            button = self._button(str(level.number), text_in(level.label, language), "", self._on_level, checkable=True)
            button.setToolTip(plain_tip(text_in(level.descriptor, language)))
            button.setObjectName(f"level_{item.id}_{level.number}")
            self.levels[level.number] = button
        self.comments: dict[str, LineEdit] = {}
        self._commented = 0  # the interval whose words stand in the fields
        for full, toggle in self.grid.toggles.items():
            self.listen_to(toggle)
            if toggle.code.comment:
                self._add_comment(full, toggle)
        self.reload()

    # -- public

    def follow_keys(self) -> None:
        """Show and obey the keys that the person chose for the codes."""
        self.grid.set_own_keys(self.keeper.own_keys)

    @property
    def sheet(self) -> IntervalSheet:
        """Every interval so far."""
        return self.coder.sheet

    @property
    def current(self) -> int:
        """The interval that the lesson's clock stands in."""
        return self.coder.current

    @property
    def shown(self) -> int:
        """The interval on the screen."""
        return self.coder.shown

    @property
    def is_correcting(self) -> bool:
        """Whether an earlier interval than the current one is on the screen while the lesson runs."""
        return self.coder.is_correcting

    @property
    def title(self) -> str:
        """Which stretch of the lesson is shown: "Minute 30 to 32"."""
        return self.coder.title

    @property
    def place_words(self) -> str:
        """Which interval of how many, or which minute is being corrected."""
        return self.coder.place_words

    @property
    def level_words(self) -> str:
        """What the levels are levels of; heads them."""
        return self.coder.level_words

    @property
    def count_words(self) -> str:
        """Ticks in this interval, and over all that were coded."""
        return self.tr("{here}, {so_far}").format(here=self.coder.here_words, so_far=self.coder.so_far_words)

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
        self.coder.follow()

    def go_to(self, index: int) -> None:
        """Show an interval: any up to the current one, or of the whole lesson while its clock stands still."""
        self.coder.go_to(index)

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
            if not field.isHidden() and field.isModified():
                field.setModified(not self.coder.comment(full, field.text().strip()))

    # -- for the base

    def read(self) -> None:
        """Compute the sheet and show the interval."""
        self.coder.read()
        here, before = self.coder.here, self.coder.before
        for full, toggle in self.grid.toggles.items():
            toggle.show_state(ticked=full in here.ticked, was=full in before.ticked)
        for number, button in self.levels.items():
            button.setChecked(number == here.level)
            button.setAccessibleName(self.tr("{name}: {level}").format(name=self.level_words, level=button.text()))
        for full, field in self.comments.items():
            field.setVisible(full in here.ticked)
            if not field.isModified() or self._commented != self.shown:
                field.setText(here.comment(full))
        self._commented = self.shown
        self.earlier.setEnabled(self.shown > 0)
        self.later.setEnabled(self.coder.can_go_on)

    def needs_seconds(self) -> bool:
        """The next interval begins by itself."""
        return self.keeper.runs

    @Slot()
    def on_second(self) -> None:
        """Go on to the next interval when its time comes; one that is being corrected stays while keys are pressed."""
        self.coder.tick(held=any(field.hasFocus() for field in self.comments.values()))

    def has_happened(self) -> bool:
        """Whether any interval was coded."""
        return bool(self.sheet.coded)

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
            self.coder.step_back()
        elif types_text(event) and key == on:
            self.coder.step_on()
        elif event.isAutoRepeat() and event.text().strip():
            return  # a key held down ticks once
        elif key == Qt.Key.Key_Escape:
            self.coder.follow()  # or the next key would tick in an interval long gone
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._step_code(1 if key == Qt.Key.Key_Down else -1):
            return
        else:
            super().keyPressEvent(event)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Keys of codes, digits of levels, = and 0."""
        toggle = self.grid.by_key(text) if text else None
        if toggle is None:
            return self.coder.press(text)
        self.coder.toggle(toggle.full)
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

    @Slot()
    def _on_coder_changed(self) -> None:
        self.reload()

    @Slot(str)
    def _on_coder_said(self, words: str) -> None:
        self.say(words)

    @Slot(str)
    def _on_toggled(self, full: str) -> None:
        self.coder.toggle(full)

    @Slot()
    def _on_level(self) -> None:
        for number, button in self.levels.items():
            if button is self.sender():
                self.coder.set_level(number)

    # -- helpers

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
