"""The form panel: the observer answers items by key or pointer while the note line waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.answer import Answer
from observe_app.domain.changes import NOTHING_SEEN, Changes, Seen
from observe_app.domain.errors import ObserveError
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.ids import natural_id
from observe_app.services import answers
from observe_app.ui.form_panel.check_item import CheckItem
from observe_app.ui.form_panel.form_item import MARGIN, FormItem, Given
from observe_app.ui.form_panel.item_keys import FORM_KEY, assign_letters
from observe_app.ui.form_panel.rating_item import RatingItem
from observe_app.ui.form_panel.text_item import GuidanceItem, TextItem
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    KeyHint,
    Plane,
    ScrollPane,
    SectionHead,
    TextLabel,
    caption,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.form import Form, Item
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus


_BAR = 12  # a scroll bar may take this much


class FormPanel(Plane):
    """Items of a visit's form in sections; answers are stored as they are given.

    Signals:
        armed_changed: True while an item waits for its key.
        left: the user wants back to the note line.
        typed: text typed here that belongs to the note line.
        saved: an answer is on disk.
        failed: the `ObserveError` that kept an answer from being stored; the items show what is stored.
        form_chosen: id of a form the user wants for this visit.
    """

    armed_changed = Signal(bool)
    left = Signal()
    typed = Signal(str)
    saved = Signal()
    failed = Signal(object)
    form_chosen = Signal(str)

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("form_panel")
        self._core = core
        self._visit_id = ""
        self._form: Form | None = None
        self._items: list[FormItem] = []
        self._letters: dict[str, str] = {}
        self._rows: dict[str, str] = {}
        self._seen: dict[str, Seen] = {}
        self._armed: FormItem | None = None
        self._open: FormItem | None = None
        self.setAccessibleName(self.tr("Form"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._pane: ScrollPane | None = None
        self.form_box: ComboBox | None = None
        bus.changed.connect(self._on_changed)

    # -- public

    @property
    def form(self) -> Form | None:
        """The form shown."""
        return self._form

    @property
    def armed(self) -> str:
        """Id of the item that waits for its key, "" for none."""
        return self._armed.item.id if self._armed else ""

    @property
    def items(self) -> tuple[FormItem, ...]:
        """The items that can be answered, in order."""
        return tuple(self._items)

    def item(self, item_id: str) -> FormItem | None:
        """The widget of an item, None where the form has none."""
        return next((shown for shown in self._items if shown.item.id == item_id), None)

    def targets(self) -> tuple[tuple[str, str], ...]:
        """Item ids and labels a note can be evidence for."""
        return tuple((shown.item.id, shown.label) for shown in self._items)

    def load(self, visit_id: str, form: Form | None) -> None:
        """Show the form of a visit with the answers given so far; without a form offer to choose one."""
        self.flush()
        self.disarm()
        self._visit_id, self._form = visit_id, form
        self._items, self._open, self.form_box = [], None, None
        self._rows, self._seen = {}, {}
        if self._pane is not None:
            self._pane.hide()
            self._pane.deleteLater()
        self._pane = ScrollPane(self, plane="side", margin=0)
        self._pane.body.setContentsMargins(0, 12, 0, 16)
        if form is None:
            self._build_choice(self._pane.body)
        else:
            self._letters = assign_letters(form.items)
            self._build_form(form, self._pane.body)
            self._load_answers()
        self._pane.body.addStretch(1)
        self._column.addWidget(self._pane)
        self._align()

    def press(self, letter: str) -> bool:
        """Turn to the item of a letter: it waits for its key, a text takes the cursor. False without such an item."""
        found = next((shown for shown in self._items if shown.letter == letter.upper()), None)
        if found is None:
            return False
        self._show(found)
        found.focus_part().setFocus()
        if not isinstance(found, TextItem):
            self._arm(found)
        return True

    def disarm(self) -> None:
        """No item waits any longer."""
        if self._armed is not None:
            self._armed.set_armed(False)
            self._armed = None
            self.armed_changed.emit(False)

    def enter(self) -> bool:
        """Take the keyboard at the item touched last, else at the first; False without items."""
        found = self._open or (self._items[0] if self._items else None)
        part = found.focus_part() if found else self.form_box
        if part is None:
            return False
        if found:
            self._show(found)
        part.setFocus()
        return True

    def flush(self) -> None:
        """Store words that are still being written; for leaving the page."""
        for shown in self._items:
            if isinstance(shown, TextItem):
                shown.flush()

    # -- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All ratings in one line, or none: the dots stand in one column."""
        super().resizeEvent(event)
        self._align()
        QTimer.singleShot(0, self._reveal)

    # -- slots

    @Slot(object)
    def _on_given(self, given: Given) -> None:
        shown = self.item(given.item)
        if shown is None:
            return
        try:
            opened = answers.give(
                self._core,
                visit_id=self._visit_id,
                item=given.item,
                value=given.value,
                absence=given.absence,
                seen=self._seen.get(given.item, NOTHING_SEEN),
            )
        except ObserveError as error:
            shown.set_answer(shown.answer)
            self.failed.emit(error)
            return
        self._seen[given.item] = opened.seen
        shown.set_answer(opened.value)
        self.saved.emit()
        if shown is self._armed:
            self.disarm()
            self.left.emit()

    @Slot(str)
    def _on_touched(self, item_id: str) -> None:
        shown = self.item(item_id)
        if shown is not None:
            if self._armed is not None and shown is not self._armed:
                self.disarm()
            self._show(shown)

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        sender = self.sender()
        if sender in self._items:
            self.disarm()
            place = self._items.index(sender) + step
            if 0 <= place < len(self._items):
                self._show(self._items[place])
                self._items[place].focus_part().setFocus()

    @Slot()
    def _on_left(self) -> None:
        self.disarm()
        self.left.emit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.disarm()
        self.typed.emit(text)

    @Slot()
    def _on_form_chosen(self) -> None:
        if self.form_box is not None and self.form_box.currentData():
            self.form_chosen.emit(str(self.form_box.currentData()))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        for row in changes.of("answer"):
            shown = self.item(self._rows.get(row, ""))
            if shown is not None:
                self._refresh(shown)

    # -- helpers

    def _align(self) -> None:
        ratings = [shown for shown in self._items if isinstance(shown, RatingItem)]
        in_one_line = all(shown.fits_one_line(self.width() - _BAR) for shown in ratings)
        for shown in ratings:
            shown.set_in_one_line(in_one_line)

    def _load_answers(self) -> None:
        found = answers.all_of(self._core, self._visit_id)
        for shown in self._items:
            item_id = shown.item.id
            self._rows[natural_id("answer", self._visit_id, item_id)] = item_id
            if item_id in found:
                self._refresh(shown)
            else:
                shown.set_answer(Answer(self._visit_id, item_id))

    def _refresh(self, shown: FormItem) -> None:
        opened = answers.open_answer(self._core, visit_id=self._visit_id, item=shown.item.id)
        if isinstance(shown, TextItem) and shown.is_dirty and shown.area.hasFocus():
            return  # what the author has on screen is what they write over
        self._seen[shown.item.id] = opened.seen
        shown.set_answer(opened.value)

    def _arm(self, shown: FormItem) -> None:
        was = self._armed is not None
        if self._armed is not None and self._armed is not shown:
            self._armed.set_armed(False)
        self._armed = shown
        shown.set_armed(True)
        if not was:
            self.armed_changed.emit(True)

    def _show(self, shown: FormItem) -> None:
        if self._open is not shown:
            if self._open is not None:
                self._open.set_open(False)
            self._open = shown
            shown.set_open(True)
            if self._pane is not None:
                self._pane.body.activate()
        self._reveal()

    @Slot()
    def _reveal(self) -> None:
        """Scroll so that the item touched last is seen, its beginning before its end."""
        shown = self._open
        if self._pane is not None and shown is not None:
            bar = self._pane.verticalScrollBar()
            bottom = shown.y() + shown.height() + 8 - self._pane.viewport().height()
            bar.setValue(min(max(bar.value(), bottom), shown.y() - 8))

    def _build_form(self, form: Form, body: QVBoxLayout) -> None:
        language = self.locale().name()
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 4)
        name = self.tr("Form · {title}").format(title=text_in(form.title, language))
        head.addWidget(caption(name, self), 1)
        head.addWidget(KeyHint(FORM_KEY, self.tr("+ key"), self))
        body.addLayout(head)
        for section in form.sections:
            title = SectionHead(text_in(section.title, language), "", self, step="text")
            box = QVBoxLayout()
            box.setContentsMargins(MARGIN, 8, MARGIN, 4)
            box.addWidget(title)
            if section.help:
                box.addWidget(TextLabel(text_in(section.help, language), self, step="small", tone="muted", wrap=True))
            body.addLayout(box)
            for item in section.items:
                made = self._make(item, language)
                body.addWidget(made)

    def _make(self, item: Item, language: str) -> FormItem:
        if item.kind is ItemKind.GUIDANCE:
            return GuidanceItem(item, "", language, self)
        kinds = {ItemKind.RATING: RatingItem, ItemKind.CHECK: CheckItem, ItemKind.TEXT: TextItem}
        made: FormItem = kinds[item.kind](item, self._letters.get(item.id, ""), language, self)
        made.given.connect(self._on_given)
        made.touched.connect(self._on_touched)
        made.stepped.connect(self._on_stepped)
        made.left.connect(self._on_left)
        made.typed.connect(self._on_typed)
        self._items.append(made)
        return made

    def _build_choice(self, body: QVBoxLayout) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(MARGIN, 4, MARGIN, 0)
        column.setSpacing(10)
        column.addWidget(caption(self.tr("Form"), self))
        words = self.tr("No form chosen. Notes alone are fine; a form can be added at any time.")
        column.addWidget(TextLabel(words, self, tone="muted", wrap=True))
        self.form_box = ComboBox(self)
        self.form_box.setObjectName("form_box")
        self.form_box.setAccessibleName(self.tr("Form for this visit"))
        language = self.locale().name()
        for entry in self._core.catalogue.entries():
            if not entry.problems:
                self.form_box.addItem(text_in(entry.title, language), entry.form_id)
        choose = Button(self.tr("Use this form"), self, kind=ButtonKind.PLAIN, size=ButtonSize.SMALL)
        choose.setObjectName("choose_form")
        choose.clicked.connect(self._on_form_chosen)
        column.addWidget(self.form_box)
        column.addWidget(choose)
        body.addLayout(column)
