"""What a sheet shows: the rows of a form, the answers in them, and which of them the answers ask for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.form import EVENT_KINDS, ItemKind, text_in
from observe_app.domain.form_keys import keys_of
from observe_app.domain.show_when import shown_items, unanswered_required
from observe_app.ui.form_panel.form_item import MARGIN, FormItem
from observe_app.ui.form_panel.halves import halved
from observe_app.ui.form_panel.item_keys import NUMBER_COMMAND, shown
from observe_app.ui.form_panel.item_table import make_item
from observe_app.ui.form_panel.rating_item import RatingItem, rating_fits
from observe_app.ui.form_panel.sheet_pane import SheetPane, SheetRow
from observe_app.ui.form_panel.sheet_parts import RequiredLine, SectionRow, SheetHead
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Plane

if TYPE_CHECKING:
    from observe_app.domain.form import Form, Item, Section
    from observe_app.ui.form_panel.event_item import EventItem
    from observe_app.ui.form_panel.keeper import FormKeeper

_HEAD = "§"
_GUESS = {ItemKind.RATING: 30, ItemKind.TALLY: 30, ItemKind.TIMER: 30, ItemKind.INTERVAL: 420, ItemKind.GUIDANCE: 30}
_GUESS_ELSE = 64
_GUESS_SECTION = 46
_LETTER_WIDTH = 7


class SheetBase(Plane):
    """Rows of a form with what its keeper keeps. `FormSheet` adds the ways to get from item to item.

    Attributes:
        number_key: of the command that asks for an item's number, as the table of keys writes it; "" for none.
        folds_guidance: of guidance only the label shows at first; in a lesson the room is for what is filled in.
        asks_colleagues: the form is a survey: without its name, and without the reasons that an observer has for no
            value; set before the first form.
        left_out: ids of items that are filled in elsewhere on the screen; they have no row from the next form on.

    Signals:
        saved: something is kept.
        failed: the `ObserveError` that kept something from being kept; the items show what is kept.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._form: Form | None = None
        self._keeper: FormKeeper | None = None
        self._language = ""
        self._letters: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._shown: frozenset[str] = frozenset()
        self._made: dict[str, FormItem] = {}
        self._armed: FormItem | None = None
        self._open = ""
        self._numbered = False
        self.folds_guidance = False
        self.asks_colleagues = False
        self.left_out: frozenset[str] = frozenset()
        self.number_key = NUMBER_COMMAND
        self._head_key = NUMBER_COMMAND
        self._in_one_line = True
        self._holding = False
        self.setAccessibleName(self.tr("Form"))
        self.pane = SheetPane(self)
        self.required = RequiredLine(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # -- public

    @property
    def form(self) -> Form | None:
        """The form shown."""
        return self._form

    @property
    def items(self) -> tuple[FormItem, ...]:
        """The items that can be answered, in order, shown or not; builds those that are not built yet."""
        self.pane.build_all()
        return tuple(self._made[item.id] for item in self._asked())

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the items that can be answered and that the answers so far ask for, in order."""
        return tuple(item.id for item in self._asked() if self._has_place(item.id))

    def item(self, item_id: str) -> FormItem | None:
        """The widget of an item, built now if it was not; None where the form has none."""
        row = self.pane.row(item_id)
        if row is None or item_id not in self._numbers:
            return None
        self.pane.build(row)
        return self._made[item_id]

    def targets(self) -> tuple[tuple[str, str], ...]:
        """Item ids and labels a note can be evidence for."""
        return tuple((item.id, text_in(item.label, self._language)) for item in self._asked())

    def show_form(self, form: Form | None, keeper: FormKeeper | None, language: str = "") -> None:
        """Show a form with what its keeper keeps. Widgets of items that are the same for the same keeper stay.

        Args:
            form: None for none.
            keeper: None only without a form.
            language: that the texts are shown in; "" for the user's.
        """
        self.flush()
        self.disarm()
        language = language or self.locale().name()
        fresh = keeper is not self._keeper or language != self._language
        if keeper is not self._keeper and keeper is not None:
            keeper.changed.connect(self._on_kept)
            keeper.set_writing(self._is_writing)
        self._form, self._keeper, self._language = form, keeper, language
        asked = self._asked()
        self._letters = keys_of(asked, keeper.own_keys if keeper else {})
        self._head_key = self.number_key
        self._numbers = {item.id: number for number, item in enumerate(asked, start=1)}
        self._shown = self._wanted()
        self._holding = False
        self._in_one_line = self._fits_one_line()
        before = {} if fresh else {row.key: row for row in self.pane.rows}
        rows = self._rows(before)
        self._made = {item_id: made for item_id, made in self._made.items() if before.get(item_id) in rows}
        if self._open not in self._numbers:
            self._open = ""
        if fresh:
            self._open = ""
        for item_id in self._made:
            self._dress(self._made[item_id])
        self.pane.set_rows(rows)
        self._align()
        self._count_required()

    def refresh(self) -> None:
        """The lesson began or ended, or the class is another: what hangs on that is shown anew."""
        for made in self._made.values():
            if made.item.kind in EVENT_KINDS:
                self._event_item(made).reload()

    def refresh_keys(self) -> None:
        """The person chose other keys: show them, and obey them."""
        form, keeper = self._form, self._keeper
        if form is None or keeper is None:
            return
        for made in self._made.values():
            if made.item.kind in EVENT_KINDS:
                self._event_item(made).follow_keys()
        if keys_of(self._asked(), keeper.own_keys) != self._letters or self._head_key != self.number_key:
            self.show_form(form, keeper, self._language)

    @property
    def is_dirty(self) -> bool:
        """Whether there are words in it that are not kept yet."""
        return any(made.is_dirty for made in self._made.values())

    def flush(self) -> None:
        """Store words that are still being written; for leaving the page."""
        for made in list(self._made.values()):
            made.flush()

    # -- for the sheet with its keys

    def disarm(self) -> None:
        """No item waits any longer."""

    def connect_item(self, made: FormItem) -> None:
        """Listen to an item that was built."""
        raise NotImplementedError

    # -- slots

    @Slot(object)
    def _on_kept(self, item_ids: frozenset[str]) -> None:
        """Answers or events are others now: show them, and the timers of their groups, and what hangs on them."""
        keeper = self._keeper
        if keeper is None:
            return
        timers = any(self._is_timer(item_id) for item_id in item_ids)
        for item_id, made in self._made.items():
            if item_id in item_ids and not self._is_writing(item_id):
                made.set_answer(keeper.answer(item_id))
            if made.item.kind in EVENT_KINDS and (item_id in item_ids or (timers and self._is_timer(item_id))):
                self._event_item(made).reload()
        self._apply_shown()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self._holding:
            # Not now: the widget that loses the keyboard must not go while Qt still speaks to it.
            QTimer.singleShot(0, self, self._apply_shown)

    # -- what is shown

    def _has_place(self, item_id: str) -> bool:
        row = self.pane.row(item_id)
        return row is not None and row.shown

    def _wanted(self) -> frozenset[str]:
        """Return the items that the answers so far ask for here."""
        form, keeper = self._form, self._keeper
        return shown_items(form, keeper.answers) - self.left_out if form and keeper else frozenset()

    @Slot()
    def _apply_shown(self) -> None:
        """Let items come and go; the one that has the keyboard goes when it is left."""
        form, keeper = self._form, self._keeper
        if form is None or keeper is None:
            return
        self._count_required()
        wanted = self._wanted()
        held = self._held()
        self._holding = bool(held) and held not in wanted
        if self._holding:
            wanted |= {held}
        if wanted == self._shown:
            return
        self._shown = wanted
        for section in form.sections:
            self._row_of(_HEAD + section.id).shown = any(item.id in wanted for item in section.items)
            for item in section.items:
                self._row_of(item.id).shown = item.id in wanted
        self.pane.place()

    def _held(self) -> str:
        if self._armed is not None:
            return self._armed.item.id
        focused: QWidget | None = QApplication.focusWidget()
        while focused is not None and focused is not self:
            if isinstance(focused, FormItem):
                return focused.item.id if self._made.get(focused.item.id) is focused else ""
            focused = focused.parentWidget()
        return ""

    def _row_of(self, key: str) -> SheetRow:
        row = self.pane.row(key)
        if row is None:
            raise KeyError(key)
        return row

    def _count_required(self) -> None:
        self.required.set_count(len(self._missing()))

    def _missing(self) -> tuple[str, ...]:
        """Return the items here that have to be answered and are not."""
        form, keeper = self._form, self._keeper
        missing = unanswered_required(form, keeper.answers) if form and keeper else ()
        return tuple(item_id for item_id in missing if item_id not in self.left_out)

    def _is_writing(self, item_id: str) -> bool:
        """Whether the user is writing in an item: what is on the screen is what they write over."""
        made = self._made.get(item_id)
        return made is not None and made.is_dirty and has_keyboard(made)

    # -- building

    def _asked(self) -> list[Item]:
        return [item for item in self._form.items if item.kind is not ItemKind.GUIDANCE] if self._form else []

    def _rows(self, before: dict[str, SheetRow]) -> list[SheetRow]:
        form = self._form
        if form is None:
            return []
        title, numbered = text_in(form.title, self._language), len(self._letters) < len(self._numbers)
        rows = [SheetRow(_HEAD, partial(self._make_head, title, numbered), same=(title, numbered, self.number_key))]
        if self.asks_colleagues:
            rows.clear()
        for section in form.sections:
            words = (section.title, section.help)
            make = partial(self._make_section, section)
            shown = any(item.id in self._shown for item in section.items)
            rows.append(SheetRow(_HEAD + section.id, make, _GUESS_SECTION, shown=shown, same=words))
            for item in section.items:
                make = partial(self._make_item, item)
                row = SheetRow(item.id, make, self._guess(item), shown=item.id in self._shown, same=item)
                rows.append(row)
        return [self._keep(before, row) for row in rows]

    def _keep(self, before: dict[str, SheetRow], row: SheetRow) -> SheetRow:
        """Return the row as it stood before where it is the same."""
        old = before.get(row.key)
        if old is None or old.same != row.same:
            return row
        old.shown = row.shown
        return old

    def _make_head(self, title: str, numbered: bool, parent: QWidget, width: int) -> QWidget:
        return _wide(SheetHead(title, parent, numbered=numbered, number_key=shown(self.number_key)), width)

    def _make_section(self, section: Section, parent: QWidget, width: int) -> QWidget:
        return _wide(SectionRow(section, self._language, parent), width)

    def _make_item(self, item: Item, parent: QWidget, width: int) -> QWidget:
        keeper = self._keeper
        if keeper is None:
            raise ValueError(item.id)
        made = make_item(item, self._letters.get(item.id, ""), self._language, keeper, parent)
        made.resize(width, made.height())
        made.offer_absences(on=not self.asks_colleagues)
        if item.kind is ItemKind.GUIDANCE:
            made.set_open(not self.folds_guidance)
            made.fit()
            return made
        self._made[item.id] = made
        self.connect_item(made)
        if isinstance(made, RatingItem):
            made.set_in_one_line(self._in_one_line)
        self._dress(made)
        return made

    def _dress(self, made: FormItem) -> None:
        """Show on an item what may be another without the item being one: its key, number and answer."""
        item_id, keeper = made.item.id, self._keeper
        made.letter, made.number = self._letters.get(item_id, ""), self._numbers[item_id]
        made.set_numbered(self._numbered)
        if keeper is not None and not (made.is_dirty and has_keyboard(made)):
            made.set_answer(keeper.answer(item_id))
        if made.item.kind in EVENT_KINDS:
            self._event_item(made).reload()
        made.set_open(item_id == self._open)
        made.update()

    def _event_item(self, made: FormItem) -> EventItem:
        return cast("EventItem", made)

    def _is_timer(self, item_id: str) -> bool:
        item = self._form.item(item_id) if self._form else None
        return item is not None and item.kind is ItemKind.TIMER

    def _guess(self, item: Item) -> int:
        room = max(120, self.width() - 2 * MARGIN - 30)
        lines = 1 + len(text_in(item.label, self._language)) * scaled(_LETTER_WIDTH) // room
        return scaled(_GUESS.get(item.kind, _GUESS_ELSE) + 20 * (lines - 1))

    def _fits_one_line(self) -> bool:
        width = self.width()  # the bar of scrolling lies over the margin
        ratings = [item for item in self._asked() if item.kind is ItemKind.RATING]
        return all(rating_fits(item, self._language, width) for item in ratings)

    def _align(self) -> None:
        self.pane.set_halved(halved(self._form, self._language, self.width()))
        for made in self._made.values():
            if isinstance(made, RatingItem):
                made.set_in_one_line(self._in_one_line)


def has_keyboard(made: FormItem) -> bool:
    """Whether the keyboard is in a part of an item."""
    focused: QWidget | None = QApplication.focusWidget()
    return focused is not None and made.isAncestorOf(focused)


def _wide(widget: SheetHead | SectionRow, width: int) -> QWidget:
    widget.resize(width, widget.height())
    widget.fit()
    return widget
