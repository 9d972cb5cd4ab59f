"""A wait: press when the question ends, press again at the first word; then say how it ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent

from observe_app.domain.form_keys import FUNCTION_KEYS
from observe_app.domain.timeline import OUTCOMES, WaitSheet, newest, wait_sheet
from observe_app.ui.form_panel.event_item import EventItem
from observe_app.ui.form_panel.form_item import MARGIN, PAD, label_left, mirrored
from observe_app.ui.form_panel.item_keys import FORM_KEY, types_text
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.form_panel.moment_field import SmallField
from observe_app.ui.theme import color, font
from observe_app.ui.widgets.paint import RIGHT, draw_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_LENGTH = re.compile(r"\d{1,3}(\.\d{1,3})?")
_TENTH_MS = 100
_LONGEST_MS = 10 * 60_000


class WaitItem(EventItem):
    """The last wait in seconds; under it how many, their middle, and how many reach the aim.

    While it has the keyboard 1, 2 and 3 end a wait that runs and say how in one; afterwards they say it of the last.
    """

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, keeper, parent)
        self._since: int | None = None
        self._asks = False
        self._sheet = WaitSheet()
        self._last: Event | None = None
        self._row = QRect()
        self._value = QRectF()
        self._tenths = QTimer(self)
        self._tenths.setInterval(_TENTH_MS)
        self._tenths.timeout.connect(self.on_second)
        # Digits and no letters: the next note often begins with "T " while nobody looks at the screen.
        words = (
            ("1", self.tr("Answered")),
            ("2", self.tr("Rephrased")),
            ("3", self.tr("Teacher answered")),
        )
        self._keys = {cap: outcome for (cap, _word), outcome in zip(words, OUTCOMES, strict=True)}
        hint = self.tr("3.5 s", "a wait to be typed in")
        self.length = SmallField(item.id, hint, self.tr("{item}: seconds waited").format(item=self.label), self)
        self.listen_to(self.length)
        self.outcomes: dict[str, KeyButton] = {}
        for (cap, word), outcome in zip(words, OUTCOMES, strict=True):
            button = KeyButton(cap, word, self, checkable=True)
            button.setObjectName(f"{outcome}_{item.id}")
            button.clicked.connect(self._on_outcome)
            button.hide()
            self.outcomes[outcome] = button
            self.listen_to(button)
        self.reload()

    @property
    def sheet(self) -> WaitSheet:
        """Every wait so far."""
        return self._sheet

    @property
    def waits(self) -> bool:
        """Whether a question has ended and no word has fallen."""
        return self._since is not None

    @property
    def shown_words(self) -> str:
        """What stands at the right: the running or the last wait, an absence, or that there is none yet."""
        if self._since is not None:
            return self._seconds_words(self.keeper.now() - self._since)
        if self._last is not None:
            return self._seconds_words(self._last.value or 0)
        return self.absence_words() or self.tr("none yet")

    @property
    def value_words(self) -> str:
        """The last wait and the summary."""
        if self._since is not None:
            return self.tr("waiting")
        return " ".join(part for part in (self.shown_words, self.summary) if part)

    @property
    def summary(self) -> str:
        """How many waits, their middle, and how many reach the aim; "" without any."""
        count = len(self._sheet.waits_ms)
        if not count:
            return ""
        middle = self._seconds_words(self._sheet.median_ms or 0)
        if self._sheet.reached is None:
            words = self.tr("1 wait") if count == 1 else self.tr("%n waits, median {median}", "", count)
            return words.format(median=middle)
        aim = self.locale().toString(float(self.item.aim or 0), "g", 3)
        return self.tr("{reached} of {n} at {aim} s or more, median {median}").format(
            reached=self._sheet.reached.count, n=count, aim=aim, median=middle
        )

    @property
    def running_hint(self) -> str:
        """What ends or throws away the wait, "" while none runs.

        The keyboard is in the note then, so that Esc alone would not reach the item.
        """
        if not self.waits:
            return ""
        if not self.letter:
            return self.tr("press again at the first word; Esc throws it away")
        key = self.letter if self.letter in FUNCTION_KEYS else f"{FORM_KEY} {self.letter}"
        return self.tr("press again at the first word; Shift {key} throws it away").format(key=key)

    @property
    def awaits_key(self) -> bool:
        """Until it was said how the last wait ended. A wait that runs leaves the keyboard to the note."""
        return self._asks or (not self.keeper.runs and not self.waits)

    def focus_part(self) -> QWidget:
        """The field of the length while waits are typed in, else the row."""
        return self.length if self.length.isVisibleTo(self) and not self._asks else self

    @Slot()
    def press_key(self) -> None:
        """The question has ended; pressed again: the first word. After the lesson, ask how long it was."""
        if self._since is None and not self.keeper.runs:
            self.touched.emit(self.item.id)
            self.length.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._since is None:
            self._since = self.keeper.now()
            self._asks = False
            self.say("")
            self._run()
        else:
            self._end("")

    @Slot()
    def press_shift(self) -> None:
        """Throw the running wait away."""
        if self._since is None:
            self.say(self.tr("no wait is running"))
            return
        self._since = None
        self.say(self.tr("thrown away"))
        self._run()

    def read(self) -> None:
        """Compute every wait."""
        self._sheet = wait_sheet(self.item, self.events)
        self._last = newest(self.events)
        if self._last is None:
            self._asks = False
        for outcome, button in self.outcomes.items():
            button.setChecked(not self.waits and self._last is not None and self._last.outcome == outcome)

    def has_happened(self) -> bool:
        """Whether a wait is kept or runs."""
        return self.waits or bool(self._sheet.waits_ms)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc throws a running wait away before it leaves; 1, 2 and 3 say how a wait ended."""
        if event.key() == Qt.Key.Key_Escape and self.waits:
            self.press_shift()
            return
        super().keyPressEvent(event)
        if types_text(event) and event.text().isprintable() and event.text():
            self._asks = False

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """Enter and Space are the item's key; Enter in a field stores what was typed."""
        outcome = self._keys.get(text)
        if any(field.hasFocus() for field in (self.length, self.moment_field) if field is not None):
            self._store_typed()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.press_key()
        elif outcome and self.has_happened():
            self._choose(outcome)
        else:
            return super().answer_key(key, text)
        return True

    def lay_out(self, width: int) -> int:
        """Row, summary, outcomes while they can be said."""
        look = font("text", weight=600, tabular=True)
        right = QFontMetrics(look).horizontalAdvance(max(self.tr("00.0 s"), self.shown_words, key=len)) + 14
        bottom = self.head(width, right)
        hint = self.running_hint
        y = self.note(hint or self.summary, bottom - PAD, width, "accent" if hint else "muted")
        y = y + PAD if y > bottom - PAD else bottom
        self._row = QRect(0, 0, width, y)
        self._value = QRectF(label_left(), 0, width - MARGIN - label_left(), bottom)
        shown = self.has_happened() and (self.is_open or self.waits or self._asks)
        for button in self.outcomes.values():
            button.setVisible(shown)
        if shown:
            y = flow(self.outcomes.values(), label_left() - 4, y, width - MARGIN + 4) + PAD
        return self.place_moment(self.tail(y, width), width, self.length)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row is the item's key."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self._row.contains(event.position().toPoint()):
            self.press_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row and seconds."""
        painter = QPainter(self)
        self.paint_row(painter, self._row)
        counted = self.waits or self._last is not None
        look = font("text", weight=600, tabular=True) if counted else font("small")
        token = "accent" if self.waits else "ink" if counted else "muted"
        draw_text(painter, mirrored(painter, self._value), self.shown_words, font=look, color=color(token), align=RIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """The tenths run again."""
        super().showEvent(event)
        self._watch_tenths()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the tenths; the wait goes on."""
        super().hideEvent(event)
        self._watch_tenths()

    @Slot()
    def _on_outcome(self) -> None:
        for outcome, button in self.outcomes.items():
            if button is self.sender():
                if self.waits or button.isChecked():
                    self._choose(outcome)
                else:
                    self._say_outcome("")

    def _choose(self, outcome: str) -> None:
        if self.waits:
            self._end(outcome)
        else:
            self._say_outcome(outcome)

    def _say_outcome(self, outcome: str) -> None:
        last = self._last
        if last is not None:
            self._asks = False
            self.act(lambda: self.keeper.outcome(last.id, outcome))

    def _end(self, outcome: str) -> None:
        since = self._since or 0
        length = self.keeper.now() - since
        self._since = None
        if length > _LONGEST_MS:
            self.say(self.tr("longer than ten minutes: thrown away"))
        elif self.act(lambda: self.keeper.wait(self.item.id, since, length, outcome)):
            self._asks = not outcome
            self.flash()
        else:
            self._since = since  # nothing was stored: the question still stands
        self._run()

    def _store_typed(self) -> None:
        """Store the wait that was typed in; what cannot be read keeps the cursor."""
        typed = self.length.text().strip().removesuffix("s").strip().replace(",", ".")
        seconds = float(typed) if _LENGTH.fullmatch(typed) else None
        if seconds is None or seconds * 1000 > _LONGEST_MS:
            self.say(self.tr("Type how long it was in seconds, as in 3.5."))
            self.length.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.moment_is_bad():
            return
        at_ms = self.typed_moment()
        start = self.keeper.now() if at_ms is None else at_ms
        if self.act(lambda: self.keeper.wait(self.item.id, start, round(seconds * 1000), "")):
            self.length.clear()
            self.forget_moment()
            self.length.setFocus(Qt.FocusReason.OtherFocusReason)
            self.say("")
            self.flash()

    def _run(self) -> None:
        self.reload()
        self._watch_tenths()

    def _watch_tenths(self) -> None:
        if self.isVisible() and self.waits:
            self._tenths.start()
        else:
            self._tenths.stop()

    def _seconds_words(self, ms: float) -> str:
        return self.tr("{seconds} s").format(seconds=self.locale().toString(max(0.0, ms) / 1000, "f", 1))
