"""What is on now: the timers that run, with their times and keys, and when the next sweep is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.timeline import SweepSheet, next_due_ms, sweep_sheet
from observe_app.ui.form_panel.event_item import clock_words, until_second
from observe_app.ui.form_panel.form_item import MARGIN
from observe_app.ui.form_panel.on_now_chips import CHIP_PAD, SweepChip, TimerChip
from observe_app.ui.widgets import Plane, Rule, TextLabel, caption
from observe_app.ui.widgets.key_cap import KeyCap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from observe_app.domain.form import Form, Item
    from observe_app.ui.form_panel.keeper import FormKeeper

_TOP = 10
_BETWEEN = 16
_GAP = 6
_SAY_MS = 4000
_SHIFT = "Shift"


class _Hint(QWidget):
    """A second press never ends it; Shift with the key does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        before, after = self.tr("a second press never ends it; {key} + key does").split("{key}")
        self._parts: tuple[QWidget, ...] = (
            TextLabel(before.strip(), self, step="small", tone="muted"),
            KeyCap(_SHIFT, self),
            TextLabel(after.strip(), self, step="small", tone="muted"),
        )

    def sizeHint(self) -> QSize:
        """One line."""
        hints = [part.sizeHint() for part in self._parts]
        return QSize(sum(hint.width() + _GAP for hint in hints) - _GAP, max(hint.height() for hint in hints))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Beside each other."""
        x = 0
        for part in self._parts:
            size = part.sizeHint()
            left = self.width() - x - size.width() if self.isRightToLeft() else x
            part.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
            x += size.width() + _GAP


class OnNow(Plane):
    """The strip of what is on now. It takes no room for a form without timers and sweeps, and after the lesson.

    Its second costs the same however much has happened: what runs is worked out when something changes.

    Signals:
        pressed_on: id of a timer that was clicked; the same as its key.
        ended: id of a timer that is to end.
        sweep_asked: id of a sweep whose field is wanted.
        resized: its height is another now.
    """

    pressed_on = Signal(str)
    ended = Signal(str)
    sweep_asked = Signal(str)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("on_now")
        self.setAccessibleName(self.tr("On now"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keeper: FormKeeper | None = None
        self._language = ""
        self._keys: Mapping[str, str] = {}
        self._timers: tuple[Item, ...] = ()
        self._sweeps: tuple[Item, ...] = ()
        self._due: dict[str, int] = {}
        self._chips: dict[str, TimerChip] = {}
        self._runs = False
        self._paused = False
        self._over = False
        self._height = 0
        self._caption = caption(self.tr("On now"), self)
        self._hint = _Hint(self)
        self._words = TextLabel("", self, step="small", tone="muted")
        self._sweep = SweepChip("", self)
        self._sweep.asked.connect(self.sweep_asked)
        self._rule = Rule(self, line="line")
        self._said, self._said_of = "", ""
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAY_MS)
        self._saying.timeout.connect(self._on_said)
        self._seconds = QTimer(self)
        self._seconds.setSingleShot(True)
        self._seconds.timeout.connect(self.tick)
        self.hide()

    # -- public

    @property
    def chips(self) -> tuple[TimerChip, ...]:
        """A chip for every timer that runs, in the form's order."""
        return tuple(self._chips[item.id] for item in self._timers if item.id in self._chips)

    @property
    def sweep(self) -> SweepChip:
        """When the next sweep is due."""
        return self._sweep

    @property
    def words(self) -> str:
        """What stands beside the caption: a remark, or that no timer is on; "" for the hint or nothing."""
        return "" if self._words.isHidden() else self._words.text()

    @property
    def has_something(self) -> bool:
        """Whether the form has timers or sweeps and the lesson is not over, so that the strip has a place."""
        return bool(self._timers or self._sweeps) and not self._over

    def load(self, form: Form | None, keeper: FormKeeper | None, language: str = "") -> None:
        """Show what runs of a form; None of both for nothing."""
        if self._keeper is not None and keeper is not self._keeper:
            self._keeper.changed.disconnect(self._on_changed)
        if keeper is not None and keeper is not self._keeper:
            keeper.changed.connect(self._on_changed)
        self._keeper, self._language = keeper, language or self.locale().name()
        items = form.items if form is not None and keeper is not None else ()
        self._timers = tuple(item for item in items if item.kind is ItemKind.TIMER)
        self._sweeps = tuple(item for item in items if item.kind is ItemKind.SWEEP)
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        self._said = ""
        self.reload()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Show these keys, by item id."""
        self._keys = keys
        for item_id, chip in self._chips.items():
            chip.set_key(keys.get(item_id, ""))
        self._sweep.set_key(keys.get(self._sweep.item_id, ""))
        self._place()

    @Slot()
    def reload(self) -> None:
        """Work out anew what runs; after the lesson began or ended."""
        keeper = self._keeper
        self._due = {}
        if keeper is not None:
            self._due = {item.id: next_due_ms(self._sheet(item), item.every) for item in self._sweeps}
            self._runs = keeper.runs
            self._paused = keeper.paused
            self._over = not keeper.runs and keeper.now() > 0
        self._read_timers()
        self.setVisible(self.has_something)

    @Slot()
    def tick(self) -> None:
        """A second passed."""
        keeper = self._keeper
        if keeper is None or not (self._timers or self._sweeps):
            return
        if (keeper.runs, keeper.paused) != (self._runs, self._paused):
            self.reload()
            return
        now = keeper.now()
        grew = [chip.tick(now) for chip in self._chips.values()]
        if any([self._show_sweep(now), *grew]):
            self._place()
        if self.isVisible() and self._runs:
            self._seconds.start(until_second(now))

    def say_on(self, item_id: str) -> None:
        """Say that a timer was on already, and show the way to end it."""
        chip = self._chips.get(item_id)
        if chip is not None:
            chip.offer_end()
            self._said_of = item_id
            self._said = self.tr("{timer}: still on").format(timer=chip.text())
            self._saying.start()
            self._place()

    # -- Qt overrides

    def sizeHint(self) -> QSize:
        """As high as what is on needs."""
        return QSize(10, self._height)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, or the other direction of reading."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """The seconds run again."""
        super().showEvent(event)
        self._place()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the seconds."""
        super().hideEvent(event)
        self._seconds.stop()

    # -- slots

    @Slot(object)
    def _on_changed(self, item_ids: frozenset[str]) -> None:
        if any(item.id in item_ids for item in self._sweeps):
            self.reload()
        elif any(item.id in item_ids for item in self._timers):
            self._read_timers()

    @Slot()
    def _on_said(self) -> None:
        self._said = ""
        self._place()

    # -- helpers

    def _sheet(self, item: Item) -> SweepSheet:
        keeper = self._keeper
        return sweep_sheet(keeper.events_of(item.id) if keeper else (), item.id)

    def _read_timers(self) -> None:
        """Make a chip for what runs and drop those of what no longer does."""
        keeper = self._keeper
        now = keeper.now() if keeper is not None else 0
        running = set()
        for item in self._timers if keeper is not None and keeper.runs else ():
            state = keeper.timer_of(item.id) if keeper is not None else None
            if keeper is None or state is None or state.running_since is None:
                continue
            running.add(item.id)
            chip = self._chips.get(item.id) or self._make(item)
            at = max(now, state.running_since)
            chip.set_time(state.total_ms(at), at, paused=keeper.paused)
        for item_id in [one for one in self._chips if one not in running]:
            chip = self._chips.pop(item_id)
            chip.hide()
            chip.deleteLater()
        if self._said_of not in self._chips:
            self._said = ""
        self.tick()
        self._place()

    def _make(self, item: Item) -> TimerChip:
        chip = TimerChip(item.id, text_in(item.label, self._language), self)
        chip.set_key(self._keys.get(item.id, ""))
        chip.pressed_on.connect(self.pressed_on)
        chip.ended.connect(self.ended)
        self._chips[item.id] = chip
        chip.show()
        return chip

    def _show_sweep(self, now: int) -> bool:
        """Say when the next sweep is due; whether that takes other room now."""
        if not self._due:
            return False
        chip = self._sweep
        item_id = min(self._due, key=lambda one: self._due[one])
        due_ms = self._due[item_id]
        due = self._runs and now >= due_ms
        before = (chip.text(), chip.item_id)
        chip.item_id = item_id
        chip.set_key(self._keys.get(item_id, ""))
        chip.show_next(self._sweep_words(item_id, due_ms, due=due), due=due)
        return before != (chip.text(), item_id)

    def _sweep_words(self, item_id: str, due_ms: int, *, due: bool) -> str:
        if len(self._sweeps) == 1:
            return self.tr("Sweep due") if due else self.tr("next sweep {time}").format(time=clock_words(due_ms))
        name = next((text_in(item.label, self._language) for item in self._sweeps if item.id == item_id), "")
        if due:
            return self.tr("{sweep}: due").format(sweep=name)
        return self.tr("{sweep}: next {time}").format(sweep=name, time=clock_words(due_ms))

    def _beside_words(self) -> str:
        if self._said:
            return self._said
        if self._chips and self._paused:
            return self.tr("paused: times stand still")
        if self._timers and not self._chips:
            return self.tr("no timer is on")
        return ""

    def _place(self) -> None:
        """Caption and remark in the first line, chips in two columns or in lines of their own."""
        if not self.has_something or self.width() < 2 * MARGIN:
            return
        room = self.width() - 2 * MARGIN
        self._words.setText(self._beside_words())
        self._words.set_tone("accent" if self._said else "warm" if self._chips and self._paused else "muted")
        chips: list[QWidget] = list(self.chips)
        sweeps = bool(self._sweeps)
        self._sweep.setVisible(sweeps)
        line = max(self._caption.sizeHint().height(), self._hint.sizeHint().height())
        beside: QWidget | None = self._words if self._words.text() else self._hint if chips else None
        if sweeps and not self._timers:
            beside, line = self._sweep, max(line, self._sweep.sizeHint().height())
        elif sweeps:
            chips.append(self._sweep)
        words = self._caption.sizeHint().width()
        if beside is self._hint and beside.sizeHint().width() > room - words - _BETWEEN:
            beside = None
        for part in (self._hint, self._words):
            part.setVisible(part is beside)
        self._put(self._caption, MARGIN, _TOP, words, line)
        if beside is not None:
            width = min(beside.sizeHint().width(), room - words - _BETWEEN)
            self._put(beside, self.width() - MARGIN - width, _TOP, width, line)
        y = self._flow(chips, _TOP + line + 2, room) + 6
        self._put(self._rule, MARGIN, y, room, 1)
        if y + 1 != self._height:
            self._height = y + 1
            self.setFixedHeight(self._height)
            self.resized.emit()

    def _flow(self, chips: Sequence[QWidget], top: int, room: int) -> int:
        """Place the chips; return the bottom of the last line."""
        left, edge = MARGIN - CHIP_PAD, self.width() - MARGIN + CHIP_PAD
        column = (room + _BETWEEN) // 2
        halves = all(chip.sizeHint().width() <= column for chip in chips)
        x, y, line = left, top, 0
        for chip in chips:
            size = chip.sizeHint()
            width = min(size.width(), edge - left)
            if x > left and x + width > edge:
                x, y, line = left, y + line + 2, 0
            self._put(chip, x, y, width, size.height())
            x = left + column + CHIP_PAD if halves and x == left else x + width + _BETWEEN
            line = max(line, size.height())
        return y + line

    def _put(self, part: QWidget, x: int, y: int, width: int, height: int) -> None:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - width
        part.setGeometry(x, y, width, height)
