"""The codes of the current interval over the whole page: what a form that is led by codes is filled in with."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from observe_app.ui.form_panel.interval_coder import IntervalCoder
from observe_app.ui.form_panel.item_keys import FORM_MODIFIER, types_text
from observe_app.ui.observe.board_foot import HEIGHT as FOOT
from observe_app.ui.observe.board_foot import BoardFoot
from observe_app.ui.observe.board_head import HEIGHT as HEAD
from observe_app.ui.observe.board_head import BoardHead
from observe_app.ui.observe.code_field import HEIGHT as CELL
from observe_app.ui.observe.code_field import HEIGHT_LARGE as CELL_LARGE
from observe_app.ui.observe.code_field import CodeField
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import LineEdit, Plane, SteadyScrollArea

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.domain.timeline import IntervalSheet
    from observe_app.ui.form_panel.keeper import FormKeeper

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_WORDS = 40
_LARGE = 560
_NOTES, _NOTES_FEW = ((470, 5), (425, 4)), 3
"""From which height shared with the notes how many of them are to fit."""
_NOTES_END = 12
"""Below the last note, as the stream has it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEGIBLE = 0x01000000  # Qt numbers keys that type nothing from here


class CodeBoard(Plane):
    """Codes by the place of their keys, the level of the interval, words beside codes; one mechanism with the panel.

    Signals:
        saved: something was stored.
        failed: the `ObserveError` that kept something from being stored; the board shows what is stored.
        shown_changed: number of the interval shown, from 0.
        coded: the item's `IntervalSheet`, each time it is another; who shows it too need not work it out.
        left: the user wants back to the line.
    """

    saved = Signal()
    failed = Signal(object)
    shown_changed = Signal(int)
    coded = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("code_board")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click beside a code leaves the keyboard where it is
        self._coder: IntervalCoder | None = None
        self._keeper: FormKeeper | None = None
        self._field: CodeField | None = None
        self._shown = -1
        self._drawn: tuple[IntervalSheet, int, bool] | None = None
        self.comments: dict[str, LineEdit] = {}
        self._commented = 0  # the interval whose words stand in the fields
        self.head = BoardHead(self)
        self.area = SteadyScrollArea(self)
        self.foot = BoardFoot(self)
        for button in self.head.keys:
            button.installEventFilter(self)
            button.clicked.connect(self._on_head_key)
        self.foot.level_chosen.connect(self._on_level)

    # -- public

    @property
    def coder(self) -> IntervalCoder | None:
        """Where it stands, None while nothing is loaded."""
        return self._coder

    @property
    def codes(self) -> CodeField | None:
        """The toggles, None while nothing is loaded."""
        return self._field

    @property
    def shown(self) -> int:
        """The interval on the screen, -1 while nothing is loaded."""
        return self._coder.shown if self._coder is not None else -1

    @property
    def is_dirty(self) -> bool:
        """Whether words beside a code are not kept yet."""
        return any(not field.isHidden() and field.isModified() for field in self.comments.values())

    def load(self, item: Item, keeper: FormKeeper, language: str) -> None:
        """Show the codes of an item of the form that this keeper keeps."""
        self.clear()
        self._keeper = keeper
        coder = IntervalCoder(item, language, keeper, self)
        self._coder = coder
        self._field = CodeField(item, language, own_keys=keeper.own_keys)
        self.area.setWidget(self._field)
        self._field.show()
        self._field.toggled.connect(self._on_toggled)
        for full, toggle in self._field.toggles.items():
            toggle.installEventFilter(self)
            if toggle.code.comment:
                self._add_comment(full)
        for button in self.foot.load(item, coder.level_words, language):
            button.installEventFilter(self)
        coder.changed.connect(self._on_changed)
        coder.leaving.connect(self.keep_comments)
        coder.kept.connect(self.saved)
        coder.failed.connect(self._on_failed)
        coder.said.connect(self._on_said)
        keeper.changed.connect(self._on_kept_elsewhere)
        self.reload()

    def clear(self) -> None:
        """Keep what is being written, and show nothing."""
        if self._keeper is not None:
            self.keep_comments()
            with suppress(RuntimeError):  # a keeper that is gone tells nothing any more
                self._keeper.changed.disconnect(self._on_kept_elsewhere)
        for part in (self._coder, self._field, *self.comments.values()):
            if part is not None:
                part.deleteLater()
        self.area.takeWidget()
        self._keeper, self._coder, self._field, self._shown = None, None, None, -1
        self._drawn = None
        self.comments = {}
        self.foot.clear()

    def reload(self) -> None:
        """Show what is kept now."""
        if self._coder is not None:
            self._coder.read()
            self._show_state()

    def flush(self) -> None:
        """Keep the words beside codes; for leaving the page."""
        self.keep_comments()

    def follow_keys(self) -> None:
        """The person chose other keys: show them, and obey them."""
        if self._field is not None and self._keeper is not None:
            self._field.set_own_keys(self._keeper.own_keys)
            self._lay_out()

    def set_alone(self, *, alone: bool) -> None:
        """Say in the legend that keys tick with Alt, or alone (in codes mode)."""
        self.head.set_alt_shown(not alone)
        words = self.tr("{code}: what was it? Enter writes it") if alone else self.tr("{code}: what was it?")
        toggles = self._field.toggles if self._field is not None else {}
        for full, line in self.comments.items():
            line.setPlaceholderText(words.format(code=toggles[full].code.id))

    def say(self, words: str) -> None:
        """Show a passing remark in the head."""
        self.head.say(words)

    def enter(self) -> bool:
        """Give the keyboard to the first code, for the walk through the window; False where there is none."""
        first = next(iter(self._field.toggles.values()), None) if self._field is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return first is not None

    def height_for(self, width: int, share: int) -> int:
        """Return the height to give the board, of what it shares with the notes below it.

        Cells are 58 high, 64 in large windows; in low ones they shrink until five notes fit below, or four, or three.
        """
        if self._field is None:
            return 0
        fixed = scaled(HEAD) + scaled(FOOT) + self._words_height()
        cell = scaled(CELL_LARGE if share >= scaled(_LARGE) else CELL)
        count = next((count for least, count in _NOTES if share >= scaled(least)), _NOTES_FEW)
        notes = tokens().size.row_note * count + _NOTES_END
        wanted = fixed + self._field.height_of(cell, width)
        least = fixed + self._field.least_height(width)
        room = share - notes
        return min(wanted, max(room, min(least, share - tokens().size.row_note)))

    @Slot()
    def tick(self) -> None:
        """A second passed: go on with the clock, count the grace down, come back from a forgotten correction."""
        coder = self._coder
        if coder is None:
            return
        shown = coder.shown
        coder.tick(held=any(field.hasFocus() for field in self.comments.values()))
        if coder.shown == shown:
            self.head.show_state(coder)

    @Slot()
    def follow(self) -> None:
        """Come back to the current interval."""
        if self._coder is not None:
            self._coder.follow()

    @Slot(int)
    def go_to(self, index: int) -> None:
        """Show an interval, to correct it."""
        if self._coder is not None:
            self._coder.go_to(index)

    # -- keys

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a press with the form's modifier means something here, wherever the keyboard is."""
        text, key = self._with_modifier(event)
        return self._means(text, key)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a press with the form's modifier means; False where it means nothing here."""
        if not self.wants_key(event):
            return False
        text, key = self._with_modifier(event)
        return (bool(text) and event.isAutoRepeat()) or self.press(text, key)

    def press(self, text: str, key: Qt.Key) -> bool:
        """Do what a key means by itself; False where it means nothing here.

        Args:
            text: what it types, "" for keys that type nothing.
            key: its number.
        """
        coder, field = self._coder, self._field
        if coder is None or field is None:
            return False
        back, on = self._arrows()
        if key in (back, on):
            (coder.step_back if key == back else coder.step_on)()
        elif key in _ENTER or key == Qt.Key.Key_Escape:
            return self._finish(to_words=key in _ENTER)
        elif (toggle := field.by_key(text) if text else None) is not None:
            coder.toggle(toggle.full)
        else:
            return coder.press(text)
        return True

    @Slot(object)
    def on_codes_key(self, event: QKeyEvent) -> None:
        """Take a key of the codes mode; what means nothing here stays ignored."""
        if not types_text(event):
            event.ignore()
            return
        text = event.text().strip()
        held_down = event.isAutoRepeat() and self._means(text, Qt.Key.Key_unknown)
        event.setAccepted(held_down or self.press(text, Qt.Key(event.key())))

    @Slot()
    def keep_comments(self) -> None:
        """Store words that were typed beside a code."""
        for full, field in self.comments.items():
            if self._coder is not None and not field.isHidden() and field.isModified():
                field.setModified(not self._coder.comment(full, field.text().strip()))

    # -- Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys while the board has the keyboard: as in codes mode; Esc goes back to the line."""
        self.on_codes_key(event)
        if event.isAccepted():
            return
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._step_code(event.key() == Qt.Key.Key_Down):
            event.accept()
        elif types_text(event) and event.text().strip() and event.text().isprintable():
            event.accept()
            self.say(self.tr("“{key}” is the key of no code").format(key=event.text()))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The board's keys come before those of its parts; a field of words keeps what is typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            if isinstance(watched, LineEdit):
                if event.key() in (*_ENTER, Qt.Key.Key_Escape):
                    self.keep_comments()
                    watched.clearFocus()
                    self.left.emit()
                    return True
            elif not _keeps(watched, event):
                event.accept()
                self.keyPressEvent(event)
                return event.isAccepted()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much as there is room for."""
        super().resizeEvent(event)
        self._lay_out()

    # -- slots

    @Slot()
    def _on_changed(self) -> None:
        self._show_state()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._drawn = None  # a toggle that was clicked shows what is not stored
        self._show_state()
        self.failed.emit(error)

    @Slot(str)
    def _on_said(self, words: str) -> None:
        self.head.say(words)

    @Slot(object)
    def _on_kept_elsewhere(self, names: frozenset[str]) -> None:
        if self._coder is not None and self._coder.item.id in names:
            self.reload()

    @Slot(str)
    def _on_toggled(self, full: str) -> None:
        if self._coder is not None:
            self._coder.toggle(full)

    @Slot(int)
    def _on_level(self, number: int) -> None:
        if self._coder is not None:
            self._coder.set_level(number)

    @Slot()
    def _on_head_key(self) -> None:
        coder, head = self._coder, self.head
        if coder is None:
            return
        acts = {
            head.same: coder.take_last,
            head.nothing: coder.tick_nothing,
            head.earlier: coder.step_back,
            head.later: coder.step_on,
            head.back: coder.follow,
        }
        for button, act in acts.items():
            if button is self.sender():
                act()

    # -- helpers

    def _show_state(self) -> None:
        coder, field = self._coder, self._field
        if coder is None or field is None:
            return
        now = coder.sheet, coder.shown, coder.is_correcting
        if self._drawn is not None and now[0] is self._drawn[0] and now[1:] == self._drawn[1:]:
            return
        self._drawn = now
        here, before = coder.here, coder.before
        for full, toggle in field.toggles.items():
            toggle.show_state(ticked=full in here.ticked, was=full in before.ticked)
        for full, line in self.comments.items():
            if line.isHidden() == (full in here.ticked):
                line.setVisible(full in here.ticked)
            if not line.isModified() or self._commented != coder.shown:
                line.setText(here.comment(full))
        self._commented = coder.shown
        field.set_marked(marked=coder.is_correcting)
        self.head.show_state(coder)
        self.foot.show_state(here.level, coder.here_words, coder.so_far_words)
        self._place_comments()
        self.setAccessibleName(self.tr("Codes, {interval}").format(interval=coder.title))
        self.setAccessibleDescription(f"{coder.place_words}, {coder.here_words}, {coder.so_far_words}")
        self.coded.emit(coder.sheet)
        if coder.shown != self._shown:
            self._shown = coder.shown
            self.shown_changed.emit(coder.shown)

    def _finish(self, *, to_words: bool) -> bool:
        """Go to words that a code still wants, else end a correction; False where there is neither."""
        if to_words:
            for field in self.comments.values():
                if not field.isHidden() and not field.text().strip():
                    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    return True
        if self._coder is None or not self._coder.is_correcting:
            return False
        self._coder.follow()
        return True

    def _means(self, text: str, key: Qt.Key) -> bool:
        coder, field = self._coder, self._field
        if coder is None or field is None:
            return False
        return (bool(text) and (field.by_key(text) is not None or coder.knows(text))) or key in self._arrows()

    def _with_modifier(self, event: QKeyEvent) -> tuple[str, Qt.Key]:
        """Return what a press types without the form's modifier, and its key; nothing where that is not held."""
        key = event.key()
        nothing = "", Qt.Key.Key_unknown
        if event.modifiers() & _COMMANDS != FORM_MODIFIER:
            return nothing
        text = chr(key).casefold() if 0x20 < key < _LEGIBLE else ""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if (shifted and (text.isalpha() or not text)) or (keypad and text):
            return nothing  # with Shift it is an item's; Alt with the keypad types a sign by its number
        return text, Qt.Key(key)

    def _arrows(self) -> tuple[Qt.Key, Qt.Key]:
        """The keys that go back and on in time."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return (Qt.Key.Key_Right, Qt.Key.Key_Left) if rtl else (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def _step_code(self, down: bool) -> bool:
        """Move the keyboard to the code above or below."""
        field = self._field
        if field is None:
            return False
        here = next((toggle for toggle in field.toggles.values() if toggle.hasFocus()), None)
        there = next(iter(field.toggles.values()), None) if here is None else field.neighbour(here, 1 if down else -1)
        if there is None:
            return False
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(there, 0, 8)
        return True

    def _add_comment(self, full: str) -> None:
        if self._field is None:
            return
        toggle = self._field.toggles[full]
        line = LineEdit(parent=self, placeholder=self.tr("{code}: what was it?").format(code=toggle.code.id))
        line.setObjectName(f"comment_{full}")
        line.setAccessibleName(self.tr("Words beside {code}").format(code=toggle.accessibleName()))
        line.setMaxLength(2000)
        line.left.connect(self.keep_comments)
        line.installEventFilter(self)
        line.hide()
        self.comments[full] = line

    def _lay_out(self) -> None:
        width, field = self.width(), self._field
        head, foot = scaled(HEAD), scaled(FOOT)
        self.head.setGeometry(0, 0, width, head)
        self.foot.setGeometry(0, self.height() - foot, width, foot)
        middle = max(0, self.height() - head - foot - self._words_height())
        self.area.setGeometry(0, head, width, middle)
        if field is not None:
            field.setMinimumHeight(field.lay_out_in(width, middle))
        self._place_comments()

    def _words_height(self) -> int:
        return scaled(_WORDS) if any(not line.isHidden() for line in self._homeless()) else 0

    def _homeless(self) -> list[LineEdit]:
        """Fields of words that do not fit beside their code."""
        field = self._field
        return [line for full, line in self.comments.items() if field is None or field.free_beside(full).isEmpty()]

    def _place_comments(self) -> None:
        """Put words beside their code where the row has room, else over the foot."""
        field = self._field
        if field is None:
            return
        for full, line in self.comments.items():
            free = field.free_beside(full)
            if not free.isEmpty():
                line.setParent(field)
                line.setGeometry(free)
                line.setVisible(field.toggles[full].isChecked())
        waiting = [line for line in self._homeless() if not line.isHidden()]
        top = self.foot.y() - scaled(_WORDS)
        if waiting and self.area.geometry().bottom() >= top:
            self.area.resize(self.area.width(), max(0, top - self.area.y()))
            field.setMinimumHeight(field.lay_out_in(self.width(), self.area.height()))
        elif not waiting and self.area.geometry().bottom() + 1 < self.foot.y():
            self.area.resize(self.area.width(), self.foot.y() - self.area.y())
            field.setMinimumHeight(field.lay_out_in(self.width(), self.area.height()))
        each = (self.width() - 48 - 8 * (len(waiting) - 1)) // max(1, len(waiting))
        for number, line in enumerate(waiting):
            line.setParent(self)
            line.setGeometry(24 + number * (each + 8), top + 2, each, scaled(_WORDS) - 6)
            line.show()


def _keeps(part: QWidget, event: QKeyEvent) -> bool:
    """Whether a part wants this key for itself."""
    theirs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space)
    return isinstance(part, QAbstractButton) and event.key() in theirs
