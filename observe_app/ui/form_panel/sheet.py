"""The sheet: a form as it is filled in, whoever keeps the answers. Keys go from item to item and answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import EVENT_KINDS, ItemKind, text_in
from observe_app.ui.form_panel.form_item import FormItem, Given
from observe_app.ui.form_panel.item_keys import asks_number, form_key
from observe_app.ui.form_panel.sheet_base import SheetBase, has_keyboard
from observe_app.ui.form_panel.sheet_parts import NumberBar

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent


class FormSheet(SheetBase):
    """Items of a form in sections, by key and by pointer.

    Signals:
        armed_changed: True while an item waits for its key.
        left: the user wants back to where they came from.
        typed: text typed here that belongs to the note line.
    """

    armed_changed = Signal(bool)
    left = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from_note = False
        self.number_bar = NumberBar(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.pane, self.number_bar, self.required):
            self._column.addWidget(part, 1 if part is self.pane else 0)
        self.required.asked.connect(self._on_required_asked)
        self.number_bar.edited.connect(self._on_number_edited)
        self.number_bar.accepted.connect(self._on_number_accepted)
        self.number_bar.closed.connect(self._on_number_closed)

    # -- public

    @property
    def armed(self) -> str:
        """Id of the item that waits for its key, "" for none."""
        return self._armed.item.id if self._armed else ""

    @property
    def armed_kind(self) -> ItemKind | None:
        """Kind of the item that waits for its key, None for none."""
        return self._armed.item.kind if self._armed else None

    def show_item(self, item_id: str) -> None:
        """Open an item and bring it into sight; the keyboard stays where it is."""
        shown = self.item(item_id)
        if shown is not None and self._has_place(item_id):
            self._show(shown)

    def has_key(self, key: str, *, of: str = "") -> bool:
        """Whether an item of the form has this key, a letter or "F2" to "F9"; `of`: whether just this item has it."""
        return bool(key) and self._letters.get(of) == key.upper() if of else key in self._letters.values()

    def press(self, key: str, *, shift: bool = False) -> bool:
        """Do what an item's key does, a letter or "F2" to "F9"; False where no item that is shown has it.

        A tally counts and a timer starts at once; a text takes the cursor; others wait for what is to be answered.
        """
        wanted = next((item_id for item_id, letter in self._letters.items() if letter == key.upper()), "")
        return bool(wanted) and self.press_item(wanted, shift=shift)

    def press_item(self, item_id: str, *, shift: bool = False) -> bool:
        """Do what the key of an item does, whether it has one or not; False where the item is not shown."""
        shown = self.item(item_id) if self._has_place(item_id) else None
        if shown is None or (shift and shown.item.kind not in EVENT_KINDS):
            return False
        self._turn_to(shown, shift=shift)
        return True

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a key that means the form wherever the keyboard is: an item's key, or the one for numbers."""
        if self._form is None:
            return False
        if asks_number(event, self.number_key):
            self.ask_number()
            return True
        key = form_key(event)
        return bool(key) and self.press(key, shift=bool(event.modifiers() & event.modifiers().ShiftModifier))

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key press means an item that is shown, so that it is no command of the window."""
        key = form_key(event)
        return bool(key) and any(self._has_place(one) for one, own in self._letters.items() if own == key.upper())

    def ask_number(self, text: str = "", *, from_note: bool = True) -> None:
        """Open the field for an item's number; every item shows its own meanwhile."""
        self.disarm()
        self._came_from_note = from_note
        self._numbered = True
        for made in self._made.values():
            made.set_numbered(True)
        self.number_bar.open_with(text)

    def disarm(self) -> None:
        """No item waits any longer."""
        if self._armed is not None:
            self._armed.set_armed(False)
            self._armed = None
            self.armed_changed.emit(False)

    def enter(self) -> bool:
        """Take the keyboard at the item touched last, else at the first; False without items."""
        shown = self.shown
        wanted = self._open if self._open in shown else next(iter(shown), "")
        found = self.item(wanted) if wanted else None
        if found is None:
            return False
        self._show(found)
        found.focus_part().setFocus()
        return True

    def connect_item(self, made: FormItem) -> None:
        """Listen to an item that was built."""
        made.given.connect(self._on_given)
        made.touched.connect(self._on_touched)
        made.stepped.connect(self._on_stepped)
        made.travelled.connect(self._on_travelled)
        made.left.connect(self._on_left)
        made.typed.connect(self._on_typed)
        if made.item.kind in EVENT_KINDS:
            event_item = self._event_item(made)
            event_item.kept.connect(self._on_happened)
            event_item.failed.connect(self._on_failed)

    # -- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All ratings in one line, or none: the dots stand in one column."""
        super().resizeEvent(event)
        self._in_one_line = self._fits_one_line()
        self._align()
        QTimer.singleShot(0, self, self._reveal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that means nothing to the item, or #, begins an item's number."""
        text = event.text()
        if self._form is not None and not self.armed and (text == "#" or (text.isascii() and text.isdigit())):
            self.ask_number(text.replace("#", ""), from_note=False)
        else:
            super().keyPressEvent(event)

    # -- slots

    @Slot(object)
    def _on_given(self, given: Given) -> None:
        shown, keeper = self._made.get(given.item), self._keeper
        if shown is None or keeper is None:
            return
        try:
            keeper.give(given)
        except ObserveError as error:
            shown.not_kept()
            self.failed.emit(error)
            return
        shown.set_answer(keeper.answer(given.item))
        self._apply_shown()
        self.saved.emit()
        if shown is self._armed and shown.finishes(given):
            self.disarm()
            self.left.emit()

    @Slot()
    def _on_happened(self) -> None:
        shown = self.sender()
        self.saved.emit()
        if self._armed is not None and shown is self._armed and not self._event_item(self._armed).awaits_key:
            self.disarm()
            self.left.emit()

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        self.failed.emit(error)

    @Slot(str)
    def _on_touched(self, item_id: str) -> None:
        shown = self._made.get(item_id)
        if shown is not None:
            if self._armed is not None and shown is not self._armed:
                self.disarm()
            self._show(shown)

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        place = self._place_of_sender()
        if place is not None:
            shown = self.shown
            self._go(shown[max(0, min(len(shown) - 1, place + step))])

    @Slot(str)
    def _on_travelled(self, where: str) -> None:
        place, shown = self._place_of_sender(), self.shown
        if place is None:
            return
        row = self.pane.row(shown[place])
        if where in ("first", "last") or row is None:
            self._go(shown[0 if where == "first" else -1])
            return
        step = -1 if where == "page_up" else 1
        y = self.pane.page_from(row, step)
        rows = [found for found in (self.pane.row(item_id) for item_id in shown[::step]) if found is not None]
        beyond = (found for found in rows if (found.top - y) * step >= 0)
        self._go(next(beyond, rows[-1]).key)

    @Slot()
    def _on_left(self) -> None:
        self.disarm()
        self.left.emit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.disarm()
        self.typed.emit(text)

    @Slot()
    def _on_required_asked(self) -> None:
        missing = self._missing()
        if missing:
            here = self._numbers.get(self._open, 0)
            self._go(next((item_id for item_id in missing if self._numbers[item_id] > here), missing[0]))

    @Slot(int)
    def _on_number_edited(self, number: int) -> None:
        item_id, words = self._named(number)
        self.number_bar.say(words, found=bool(item_id))
        if item_id:
            self.show_item(item_id)

    @Slot()
    def _on_number_accepted(self) -> None:
        text = self.number_bar.field.text()
        item_id, _words = self._named(int(text) if text.isdigit() else 0)
        shown = self.item(item_id) if item_id else None
        if shown is None:
            return
        self._close_number()
        if self._came_from_note and shown.item.kind not in EVENT_KINDS:
            self._turn_to(shown)
        else:
            self._go(item_id)

    @Slot()
    def _on_number_closed(self) -> None:
        if self.number_bar.isHidden():
            return
        held = self.number_bar.field.hasFocus()
        self._close_number()
        if held and (self._came_from_note or not self.enter()):
            self.left.emit()

    def turned_to(self, made: FormItem) -> None:
        """An item that events fill was pressed, by its key or from elsewhere."""

    # -- turning to items

    def _turn_to(self, shown: FormItem, *, shift: bool = False) -> None:
        gave_up = self._armed is not None and self._armed is not shown
        if gave_up:
            self.disarm()
        self._show(shown)
        if shown.item.kind in EVENT_KINDS:
            event_item = self._event_item(shown)
            (event_item.press_shift if shift else event_item.press_key)()
            self.turned_to(shown)
            if not event_item.awaits_key:
                if gave_up:
                    self.left.emit()  # else the keyboard would stay in an item that no longer waits
                return
        shown.focus_part().setFocus()
        if shown.item.kind is not ItemKind.TEXT:
            self._arm(shown)

    def _go(self, item_id: str) -> None:
        """Take the keyboard to an item."""
        shown = self.item(item_id)
        if shown is not None:
            self.disarm()
            self._show(shown)
            shown.focus_part().setFocus()

    def _arm(self, shown: FormItem) -> None:
        was = self._armed is not None
        self._armed = shown
        shown.set_armed(True)
        if not was:
            self.armed_changed.emit(True)

    def _show(self, shown: FormItem) -> None:
        item_id = shown.item.id
        if self._open != item_id:
            before = self._made.get(self._open)
            self._open = item_id
            self.pane.watch(item_id)
            shown.set_open(True)
            if before is not None:
                if has_keyboard(before):
                    # What is folded away with the keyboard in it would pass it on to whichever part comes next.
                    shown.focus_part().setFocus()
                before.set_open(False)
        self._reveal()

    @Slot()
    def _reveal(self) -> None:
        """Scroll so that the item touched last is seen."""
        row = self.pane.row(self._open)
        if row is not None and row.shown:
            self.pane.reveal(row)

    def _place_of_sender(self) -> int | None:
        sender, shown = self.sender(), self.shown
        item_id = sender.item.id if isinstance(sender, FormItem) else ""
        return shown.index(item_id) if item_id in shown else None

    def _named(self, number: int) -> tuple[str, str]:
        """Return the id of the item that a number goes to, "" for none, and what to say of it."""
        if not number:
            return "", self.tr("1 to {most}").format(most=len(self._numbers))
        item = next((item for item in self._asked() if self._numbers[item.id] == number), None)
        if item is None:
            return "", self.tr("There are {most} items.").format(most=len(self._numbers))
        if not self._has_place(item.id):
            return "", self.tr("Not asked after the answers so far.")
        return item.id, text_in(item.label, self._language)

    def _close_number(self) -> None:
        self.number_bar.hide()
        self._numbered = False
        for made in self._made.values():
            made.set_numbered(False)
