"""What the items have in common that are filled with what happens: a row that acts at its key, counts, absences."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.errors import ObserveError
from observe_app.ui.form_panel.form_item import PAD, FormItem, WrappedText
from observe_app.ui.form_panel.key_button import KeyButton, flow
from observe_app.ui.form_panel.moment_field import MomentField
from observe_app.ui.theme import color, font, set_focus_ring, tokens
from observe_app.ui.widgets import LineEdit
from observe_app.ui.widgets.paint import paint_inner_focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.ui.form_panel.event_keeper import EventKeeper

_FLASH_MS = 600
_SAY_MS = 4000
_SECOND_MS = 1000


class EventItem(FormItem):
    """Base of tally, timer, wait, sweep and interval.

    The item's key (Alt with its letter, or F2 to F9) and a click on its row do the same: `press_key`. Shift with the
    key is `press_shift`. After either, an item that `awaits_key` wants the keyboard for what follows.

    Signals:
        failed: the `ObserveError` that kept something from being stored; the item shows what is stored.
        kept: something was stored.
    """

    failed = Signal(object)
    kept = Signal()

    acts_at_once: ClassVar[bool] = True
    """Whether the item's key alone says what happened; else it asks for more and takes the keyboard."""

    def __init__(
        self, item: Item, letter: str, language: str, keeper: EventKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(item, letter, language, parent)
        self.keeper = keeper
        self._flashing = False
        self._detailed = False
        self._said = ""
        self._label: WrappedText | None = None
        self._label_top = PAD
        self._notes: tuple[tuple[WrappedText, int, str], ...] = ()
        self._at: MomentField | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_ring(self, shown=False)
        self._flash = _once(self, _FLASH_MS, self._on_flash_over)
        self._saying = _once(self, _SAY_MS, self._on_said)
        self._seconds = _once(self, _SECOND_MS, self._on_seconds)
        self._absences: dict[Absence, KeyButton] = {}
        for cap, word, absence in (
            ("0", self.tr("Not seen"), Absence.NOT_SEEN),
            ("L", self.tr("Not looked for"), Absence.NOT_LOOKED_FOR),
            ("X", self.tr("Not applicable"), Absence.NOT_APPLICABLE),
        ):
            button = KeyButton(self.absence_cap(cap), word, self, checkable=True)
            button.setObjectName(f"{absence.value}_{item.id}")
            button.clicked.connect(self._on_absence)
            button.hide()
            self._absences[absence] = button
            self.listen_to(button)

    # -- public

    @property
    def events(self) -> tuple[Event, ...]:
        """The item's events as they are kept."""
        return self.keeper.events_of(self.item.id)

    @property
    def awaits_key(self) -> bool:
        """Whether it wants the keyboard now."""
        return not self.acts_at_once

    @property
    def value_words(self) -> str:
        """What the item comes to, in words; the accessible description."""
        return self.absence_words()

    @property
    def is_flashing(self) -> bool:
        """Whether the row is tinted because it was just pressed."""
        return self._flashing

    @property
    def said(self) -> str:
        """A passing remark such as "still on", "" for none."""
        return self._said

    @property
    def holds_keyboard(self) -> bool:
        """Whether the keyboard is in it or in a part of it."""
        focused: QWidget | None = QApplication.focusWidget()
        return focused is self or (focused is not None and self.isAncestorOf(focused))

    @property
    def shows_details(self) -> bool:
        """Whether help and absences show below the row."""
        return self.is_open

    def press_key(self) -> None:
        """Do what the item's key does."""
        raise NotImplementedError

    def press_shift(self) -> None:
        """Do what Shift with the item's key does: take back, end."""
        raise NotImplementedError

    def reload(self) -> None:
        """Show what is kept now; called after anything of the item changed."""
        self.read()
        self.describe()
        self.fit()
        self.update()
        self.watch_seconds()

    def set_answer(self, answer: Answer | None) -> None:
        """Show an absence, or none."""
        super().set_answer(answer)
        for absence, button in self._absences.items():
            button.setChecked(absence is self.absence)
        self.describe()

    # -- for the kinds

    def read(self) -> None:
        """Compute from the kept events what is to be shown."""
        raise NotImplementedError

    def needs_seconds(self) -> bool:
        """Whether something shown changes with time alone."""
        return False

    @Slot()
    def on_second(self) -> None:
        """A second passed while the item was visible and needed it."""
        self.update()

    def absence_cap(self, cap: str) -> str:
        """Return the key shown for an absence, "" where it means something else in this item."""
        return cap

    def follow_keys(self) -> None:
        """The person chose other keys: obey those inside the item."""

    def has_happened(self) -> bool:
        """Whether anything is kept; then no absence can be said."""
        return bool(self.events)

    def act(self, what: Callable[[], object]) -> bool:
        """Store something and show it; False where it was not stored."""
        try:
            what()
        except ObserveError as error:
            self.reload()
            self.failed.emit(error)
            return False
        self.reload()
        self.kept.emit()
        return True

    def flash(self) -> None:
        """Tint the row for a moment."""
        self._flashing = True
        self._flash.start()
        self.update()

    def say(self, words: str) -> None:
        """Show a remark under the label for a few seconds."""
        self._said = words
        if words:
            self._saying.start()
        self.fit()
        self.describe()
        self.update()

    def describe(self) -> None:
        """Tell screen readers the value."""
        words = " ".join(part for part in (self.value_words, self._said) if part)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def watch_seconds(self) -> None:
        """Let the seconds run while they are needed and seen."""
        wanted = self.isVisible() and self.needs_seconds()
        if wanted != self._seconds.isActive():
            if wanted:
                self._wait_second()
            else:
                self._seconds.stop()

    def listen_to(self, part: QWidget) -> None:
        """Let the item's keys come before those of one of its parts."""
        part.installEventFilter(self)

    def part_keeps(self, part: QWidget, event: QKeyEvent) -> bool:
        """Whether a part wants this key for itself."""
        if isinstance(part, LineEdit):
            mine = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            return event.key() not in mine
        theirs: tuple[Qt.Key, ...] = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(part, QAbstractButton):
            theirs = (*theirs, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.key() in theirs

    # -- what is typed in after the lesson

    def place_moment(self, y: int, width: int, *others: QWidget) -> int:
        """Show the field for the moment below while the lesson's clock stands still; return the bottom."""
        shown = self.is_open and not self.keeper.runs
        if shown and self._at is None:
            self._at = MomentField(self.item.id, self.label, self)
            self.listen_to(self._at)
        parts = [*others, *([self._at] if self._at is not None else [])]
        for part in parts:
            part.setVisible(shown)
        return flow(parts, self.label_x, y + 2, width - self.margin_right) + PAD + 2 if shown else y

    @property
    def moment_field(self) -> MomentField | None:
        """The field for the moment, None before it was first shown."""
        return self._at

    def typed_moment(self) -> int | None:
        """Return the moment typed beside it in ms, None for now."""
        return self._at.moment_ms if self._at is not None and not self.keeper.runs else None

    def moment_is_bad(self) -> bool:
        """Say what is wrong with the moment that is typed; False where nothing is."""
        trouble = self._at.trouble(self.keeper.now()) if self._at is not None and not self.keeper.runs else ""
        if trouble:
            self.say(trouble)
        return bool(trouble)

    def forget_moment(self) -> None:
        """The moment was used: empty its field for the next."""
        if self._at is not None:
            self._at.clear()

    # -- layout

    def head(self, width: int, right: int, *, left: int | None = None, top: int = 0) -> int:
        """Lay the label out beside `right` pixels of value; return the bottom of the row."""
        line = tokens().type["text"].line
        room = width - self.margin_right - (self.label_x if left is None else left) - right
        self._label = WrappedText(self.label_words, self.label_font(), line, room)
        self._notes = ()
        height = max(tokens().size.row_tally, self._label.height + 2 * PAD)
        self._label_top = (height - self._label.height) // 2
        return top + height

    def note(self, words: str, top: int, width: int, tone: str = "muted") -> int:
        """Add a line of small words under the label; return its bottom."""
        if not words:
            return top
        room = width - self.margin_right - self.label_x
        made = WrappedText(words, font("small"), tokens().type["small"].line, room)
        self._notes = (*self._notes, (made, top, tone))
        return top + made.height

    def remark(self) -> str:
        """Return the passing remark that wants a line of its own, "" for none."""
        return self._said

    def tail(self, top: int, width: int) -> int:
        """Lay out what shows below: a remark, and while open the help and the absences; return the bottom."""
        y = self.note(self.remark(), top, width, "accent")
        self._detailed = self.shows_details
        if self.shows_details:
            y = self.note(self.help, y, width)
        shown = self.shows_details and not self.has_happened()
        for button in self._absences.values():
            button.setVisible(shown)
        if shown:
            y = flow(self._absences.values(), self.label_x - 4, y + 2, width - self.margin_right + 4) + PAD
        return y + (PAD if y > top and not shown else 0)

    # -- Qt overrides

    def refold(self) -> None:
        """Lay it out anew where help and absences came or went with the keyboard."""
        if self.shows_details != self._detailed:
            self.fit()
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """The seconds run again."""
        super().showEvent(event)
        self.on_second()
        self.watch_seconds()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the seconds."""
        super().hideEvent(event)
        self.watch_seconds()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The user turned to it."""
        super().focusInEvent(event)
        self.touched.emit(self.item.id)
        self.refold()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes, and what only shows with the keyboard in it."""
        super().focusOutEvent(event)
        self.refold()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The item's own keys come before those of its parts."""
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if not self.part_keeps(watched, event):
                    event.accept()
                    self.keyPressEvent(event)
                    return event.isAccepted()
            elif event.type() == QEvent.Type.FocusIn:
                self.touched.emit(self.item.id)
            elif event.type() == QEvent.Type.FocusOut:
                self.refold()
        return super().eventFilter(watched, event)

    def answer_key(self, key: Qt.Key, text: str) -> bool:
        """An absence by its key, unless something happened: that is not unsaid by a key."""
        if self.has_happened() and not self.absence:
            return False
        return super().answer_key(key, text)

    def paint_row(self, painter: QPainter, row: QRect, *, left: int | None = None) -> None:
        """Ground, the tint of a press, key, label, notes, ring."""
        if self.shows_details:
            painter.fillRect(self.rect(), color("tint"))
            if tokens().scheme.is_contrast:
                painter.setPen(color("ink"))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._flashing:
            painter.fillRect(row, color("tint2" if self.shows_details else "tint"))
        y = row.top() + self._label_top
        self.paint_cap(painter, y + (tokens().type["text"].line - tokens().size.key_cap) // 2)
        if self._label is not None:
            self._label.draw(painter, self.label_x if left is None else left, y, "ink")
        for made, top, tone in self._notes:
            made.draw(painter, self.label_x, top, tone)
        if self.is_armed or self.hasFocus():
            paint_inner_focus(painter, self.rect())

    # -- slots

    @Slot()
    def _on_seconds(self) -> None:
        self.on_second()
        self.watch_seconds()

    def _wait_second(self) -> None:
        # All that shows time changes at the lesson's full seconds, so that no two of them disagree.
        self._seconds.start(until_second(self.keeper.now()))

    @Slot()
    def _on_flash_over(self) -> None:
        self._flashing = False
        self.update()

    @Slot()
    def _on_said(self) -> None:
        self.say("")

    @Slot()
    def _on_absence(self) -> None:
        for absence, button in self._absences.items():
            if button is self.sender():
                self.give(absence=absence if button.isChecked() else Absence.UNANSWERED)


def _once(parent: QObject, ms: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(then)
    return timer


def until_second(now_ms: int) -> int:
    """Return the ms until just after the lesson's next full second."""
    return _SECOND_MS + 5 - now_ms % _SECOND_MS


def clock_words(ms: int) -> str:
    """Return a length such as "13:42", with hours from sixty minutes on."""
    seconds = max(0, ms) // 1000
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
