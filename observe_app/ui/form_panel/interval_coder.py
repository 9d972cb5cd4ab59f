"""Coding interval by interval, without a face: which interval is shown, what its keys do, when it comes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import text_in
from observe_app.domain.sheet_change import changed_sheet
from observe_app.domain.timeline import Interval, IntervalSheet, index_at, interval_count
from observe_app.ui.form_panel.event_item import clock_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

GRACE_MS = 120_000
"""So long an interval that just closed is still offered."""
IDLE_MS = 20_000
"""After so long without a key an interval that is corrected gives way to the current one: the eyes are on the room."""
_LATE_MS = 1_500
_LAST_INDEX = 24 * 3600


class IntervalCoder(QObject):
    """One interval at a time: the current one, or an earlier one that is being corrected.

    Signals:
        leaving: another interval is about to be shown; words half written belong to the one that still is.
        changed: what is to be shown is another.
        kept: something was stored.
        failed: the `ObserveError` that kept something from being stored.
        said: a passing remark.
    """

    leaving = Signal()
    changed = Signal()
    kept = Signal()
    failed = Signal(object)
    said = Signal(str)

    def __init__(self, item: Item, language: str, keeper: EventKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self.item = item
        self.language = language
        self.keeper = keeper
        self._levels = {level.number for level in item.levels}
        self._sheet = IntervalSheet(item.id, item.seconds)
        self._events: tuple[Event, ...] | None = None
        self._chosen: int | None = None
        self._shown = 0
        self._touched_ms = 0

    # -- what there is

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
        """The interval that keys act on."""
        return self._shown

    @property
    def here(self) -> Interval:
        """What is stored of the interval shown."""
        return self._sheet.at(self._shown)

    @property
    def before(self) -> Interval:
        """What is stored of the one before."""
        return self._sheet.at(self._shown - 1)

    @property
    def is_correcting(self) -> bool:
        """Whether an earlier interval than the current one is shown while the lesson runs."""
        return self.keeper.runs and self._shown != self.current

    @property
    def can_go_on(self) -> bool:
        """Whether there is a later interval to show."""
        return not self.keeper.runs or self._shown < self.current

    @property
    def open_left_ms(self) -> int:
        """How long the interval that just closed is still offered, 0 when none is."""
        if not self.keeper.runs or self.current == 0:
            return 0
        return max(0, GRACE_MS - (self.keeper.now() - self.current * self.item.seconds * 1000))

    # -- words

    def words_of(self, index: int) -> str:
        """Which stretch of the lesson an interval is: "Minute 30 to 32"."""
        start, end = index * self.item.seconds, (index + 1) * self.item.seconds
        if self.item.seconds % 60:
            return self.tr("{start} to {end}").format(start=clock_words(start * 1000), end=clock_words(end * 1000))
        return self.tr("Minute {start} to {end}").format(start=start // 60, end=end // 60)

    @property
    def title(self) -> str:
        """Which stretch of the lesson is shown."""
        return self.words_of(self._shown)

    @property
    def place_words(self) -> str:
        """Which interval of how many, or which minute is being corrected."""
        if self.is_correcting and self.item.seconds % 60:
            return self.tr("correcting {time}").format(time=clock_words(self._shown * self.item.seconds * 1000))
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
    def here_words(self) -> str:
        """Ticks in this interval."""
        here = len(self.here.ticked)
        return self.tr("1 tick in this interval") if here == 1 else self.tr("%n ticks in this interval", "", here)

    @property
    def so_far_words(self) -> str:
        """Ticks over all intervals that were coded."""
        coded = len(self._sheet.coded)
        words = self.tr("{n} so far in 1 interval") if coded == 1 else self.tr("{n} so far in %n intervals", "", coded)
        return words.format(n=self._sheet.ticks)

    # -- which interval

    def read(self) -> None:
        """Compute the sheet from what is kept now; sends nothing."""
        events = self.keeper.events_of(self.item.id)
        if events is not self._events:
            before, self._events = self._events or (), events
            self._sheet = changed_sheet(self.item, self._sheet, before, events)
        self._shown = self.current if self._chosen is None else self._chosen

    def go_to(self, index: int) -> None:
        """Show an interval: any up to the current one, or of the whole lesson while its clock stands still."""
        self.leaving.emit()
        last = self.current if self.keeper.runs else max(_LAST_INDEX // self.item.seconds - 1, 0)
        index = max(0, min(index, last))
        self._chosen = None if self.keeper.runs and index == self.current else index
        self.touch()
        self._refresh()

    @Slot()
    def step_back(self) -> None:
        """One interval back."""
        self.go_to(self._shown - 1)

    @Slot()
    def step_on(self) -> None:
        """One interval on; at the current one it follows the clock again."""
        self.go_to(self._shown + 1)

    @Slot()
    def follow(self) -> None:
        """Come back to the current interval and follow the clock."""
        self.leaving.emit()
        self._chosen = None
        self._refresh()

    def touch(self) -> None:
        """Somebody is at work on the interval shown."""
        self._touched_ms = self.keeper.now()

    def tick(self, *, held: bool = False) -> None:
        """A second passed: go on with the clock, or come back from an interval that nobody corrects any more.

        Args:
            held: words are being written beside a code; nothing goes away under them.
        """
        if not self.keeper.runs:
            return
        if self._chosen is None:
            if self._shown != self.current:
                self.leaving.emit()
                self._refresh()
        elif held:
            self.touch()
        elif not 0 <= self.keeper.now() - self._touched_ms < IDLE_MS:
            self.follow()
            self.said.emit(self.tr("back in the current interval"))

    # -- acts

    def catch_up(self) -> None:
        """Go on to the interval of this moment where nothing told of the seconds for a while.

        Within the second that the screen may be late a key belongs to the interval that the user sees.
        """
        if self._chosen is None and self._shown != self.current:
            late = self.keeper.now() - self.current * self.item.seconds * 1000
            if late > _LATE_MS:
                self.tick()

    def knows(self, text: str) -> bool:
        """Whether a key means something that is no code's."""
        return text in ("=", "0") or (text.isascii() and text.isdigit() and int(text) in self._levels)

    def press(self, text: str) -> bool:
        """Do what a key means that is no code's: =, 0, the digits of levels; False for any other."""
        if text == "=":
            self.take_last()
        elif text == "0":
            self.tick_nothing()
        elif self.knows(text):
            self.set_level(int(text))
        else:
            return False
        return True

    def toggle(self, full: str) -> None:
        """Tick a code in the interval shown, or take its tick away."""
        self.catch_up()
        ticked = full not in self.here.ticked
        self.act(partial(self.keeper.tick, self.item.id, self._shown, full, ticked=ticked))

    @Slot()
    def take_last(self) -> None:
        """Tick what is ticked in the interval before."""
        self.catch_up()
        codes = self.before.ticked
        if not codes:
            self.said.emit(self.tr("nothing is ticked in the last interval"))
        else:
            self.act(partial(self.keeper.same, self.item.id, self._shown, codes))

    @Slot()
    def tick_nothing(self) -> None:
        """Say that somebody looked and nothing of it occurred."""
        self.catch_up()
        if self.here.ticked:
            self.said.emit(self.tr("codes are ticked in this interval"))
        elif self.act(partial(self.keeper.level, self.item.id, self._shown, None)):
            self.said.emit(self.tr("noted: nothing of it occurred"))

    def set_level(self, number: int) -> None:
        """Set the level of the interval shown; the one it has is taken away."""
        self.catch_up()
        self.act(partial(self.keeper.level, self.item.id, self._shown, None if self.here.level == number else number))

    def comment(self, full: str, words: str) -> bool:
        """Keep words beside a code of the interval shown, unless they are what is kept; False where that failed."""
        kept = words == self.here.comment(full)
        return kept or self.act(partial(self.keeper.comment, self.item.id, self._shown, full, words))

    def act(self, what: Callable[[], object]) -> bool:
        """Store something and show it; False where it was not stored."""
        self.touch()
        try:
            what()
        except ObserveError as error:
            self._refresh()
            self.failed.emit(error)
            return False
        self._refresh()
        self.kept.emit()
        return True

    def _refresh(self) -> None:
        self.read()
        self.changed.emit()
