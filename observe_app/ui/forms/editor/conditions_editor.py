"""When a part of the form is shown, built as a sentence: show when [item] [is] [answer]."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.domain.form import Condition, ConditionTest, Item, ItemKind
from observe_app.domain.form_edit import earlier_items, possible_values
from observe_app.domain.form_texts import text_of
from observe_app.ui.forms.editor.condition_words import answers_of, tests_of, value_words, word_of_test
from observe_app.ui.forms.editor.inputs import read_number, shown_number
from observe_app.ui.forms.editor.tab_order import insert_before
from observe_app.ui.theme import scaled, text_size
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, CheckChoice, ComboBox, LineEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form import Form

    Value = str | int | float | bool

Conditions = tuple[tuple[Condition, ...], bool]


class ConditionRow(QWidget):
    """One sentence.

    Signals:
        edited: it says something else. remove_asked: take it away.
    """

    edited = Signal()
    remove_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: dict[str, Item] = {}
        self._condition: Condition | None = None
        self._tests: tuple[tuple[ConditionTest, bool], ...] = ()
        self.lead = TextLabel(self.tr("Show when"), self, step="small", tone="muted")
        self.item_box, self.test_box = ComboBox(self), ComboBox(self)
        self.item_box.setAccessibleName(self.tr("Earlier item"))
        self.test_box.setAccessibleName(self.tr("What is asked of its answer"))
        self.item_box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item_box.setMinimumContentsLength(12)
        self.item_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.value_button = Button("", self, size=ButtonSize.NORMAL)
        self.value_line = LineEdit("", self)
        self.value_line.setFixedWidth(scaled(80))
        self.value_line.setAccessibleName(self.tr("Number"))
        self.remove_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Take this condition away")
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.lead, 0, 0)
        grid.addWidget(self.item_box, 0, 1, 1, 2)
        grid.addWidget(self.remove_button, 0, 3)
        grid.addWidget(self.test_box, 1, 1)
        # Larger words take two lines: beside each other, test and answer are wider than a small window's column.
        place = (1, 2, 1, 1) if text_size() == 100 else (2, 1, 1, 2)
        grid.addWidget(self.value_button, *place, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.value_line, *place, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnMinimumWidth(0, scaled(72))
        grid.setColumnStretch(2, 1)
        self.item_box.activated.connect(self._on_item)
        self.test_box.activated.connect(self._on_test)
        self.value_line.editingFinished.connect(self._on_number)
        self.remove_button.clicked.connect(self.remove_asked)

    @property
    def condition(self) -> Condition:
        """What the sentence says."""
        assert self._condition is not None  # noqa: S101  (a row is shown with one)
        return self._condition

    def show_condition(self, condition: Condition, items: tuple[Item, ...]) -> None:
        """Show a sentence and the items it may be about."""
        self._items = {item.id: item for item in items}
        self._condition = condition
        self.item_box.clear()
        for item in items:
            self.item_box.addItem(text_of(item.label) or self.tr("item without a label"), item.id)
        if condition.item not in self._items:
            self.item_box.addItem(self.tr("An item that comes later or is gone"), condition.item)
        self.item_box.setCurrentIndex(self.item_box.findData(condition.item))
        self.item_box.setToolTip(self.item_box.currentText())
        self._show_test()

    def _show_test(self) -> None:
        item = self._items.get(self.condition.item)
        tests = tests_of(item) if item is not None else ((ConditionTest.ANSWERED, True),)
        self.test_box.clear()
        wanted = -1
        self._tests = tests
        for test, on in tests:
            self.test_box.addItem(word_of_test(test, on=on))
            same = self.condition.test is test
            if same and (test is not ConditionTest.ANSWERED or self.condition.values == (on,)):
                wanted = self.test_box.count() - 1
        self.test_box.setCurrentIndex(max(0, wanted))
        self._show_value(item)

    def _show_value(self, item: Item | None) -> None:
        test = self.condition.test
        asks = test is not ConditionTest.ANSWERED and item is not None
        number = asks and item is not None and item.kind is ItemKind.NUMBER
        self.value_line.setVisible(bool(number))
        self.value_button.setVisible(bool(asks and not number))
        if number:
            first = self.condition.values[0] if self.condition.values else None
            self.value_line.setText(shown_number(first) if isinstance(first, (int, float)) else str(first or ""))
        elif asks and item is not None:
            self.value_button.setText(value_words(item, self.condition.values) or self.tr("choose"))
            self.value_button.setAccessibleName(self.tr("Answer: {words}").format(words=self.value_button.text()))
            self.value_button.setMenu(self._menu(item))
            self.value_button.updateGeometry()

    def _menu(self, item: Item) -> QMenu:
        old = self.value_button.menu()
        if old is not None:
            old.deleteLater()
        menu = QMenu(self.value_button)
        one_only = self.condition.test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}
        for value, words in answers_of(item, levels_only=one_only):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value in self.condition.values)
            action.setData(value)
        menu.triggered.connect(self._on_value)
        return menu

    @Slot()
    def _on_item(self) -> None:
        item = self._items.get(str(self.item_box.currentData()))
        if item is None or item.id == self.condition.item:
            return
        self._condition = first_condition(item)
        self._show_test()
        self.edited.emit()

    @Slot()
    def _on_test(self) -> None:
        test, on = self._tests[self.test_box.currentIndex()]
        item = self._items.get(self.condition.item)
        if item is None:
            return
        before = self.condition
        values: tuple[Value, ...] = before.values
        if test is ConditionTest.ANSWERED:
            values = (on,)
        elif before.test is ConditionTest.ANSWERED:
            values = first_condition(item).values
        elif test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}:
            numbers = [value for value in values if not isinstance(value, str)]
            values = (numbers[0],) if numbers else (answers_of(item, levels_only=True)[0][0],)
        self._condition = replace(before, test=test, values=values)
        self._show_value(item)
        if self._condition != before:
            self.edited.emit()

    @Slot(QAction)
    def _on_value(self, action: QAction) -> None:
        item = self._items.get(self.condition.item)
        if item is None:
            return
        value: Value = action.data()
        before = self.condition.values
        if self.condition.test in {ConditionTest.AT_LEAST, ConditionTest.AT_MOST}:
            values: tuple[Value, ...] = (value,)
        else:
            chosen = {*before} ^ {value} or {value}
            values = tuple(one for one, _words in answers_of(item) if one in chosen)
        self._condition = replace(self.condition, values=values)
        self._show_value(item)
        if values != before:
            self.edited.emit()

    @Slot()
    def _on_number(self) -> None:
        try:
            number = read_number(self.value_line.text(), "number")
        except Invalid:
            number = None
        if number is None or (number,) == self.condition.values:
            return
        self._condition = replace(self.condition, values=(number,))
        self.edited.emit()


def first_condition(item: Item) -> Condition:
    """Return the likeliest question to an item's answer."""
    if item.kind is ItemKind.TEXT:
        return Condition(item.id, ConditionTest.ANSWERED, (True,))
    if item.kind is ItemKind.NUMBER:
        return Condition(item.id, ConditionTest.AT_LEAST, (1,))
    if item.kind is ItemKind.RATING:
        return Condition(item.id, ConditionTest.AT_LEAST, (max(1, len(item.levels)),))
    possible = possible_values(item) or frozenset()
    value = next((one for one, _words in answers_of(item) if one in possible), "yes")
    return Condition(item.id, ConditionTest.IS, (value,))


class ConditionsEditor(QWidget):
    """All sentences of an item or a section, and whether all or any of them must hold.

    Signals:
        edited: something changed. left: write it now.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ConditionRow] = []
        self._items: tuple[Item, ...] = ()
        self._any = False
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self.always = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.mode = CheckChoice(
            (("all", self.tr("All of these")), ("any", self.tr("Any of these"))), self.tr("Conditions"), self
        )
        self.mode.chosen.connect(self._on_mode)
        self.add_button = Button(self.tr("Condition"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        self.add_button.clicked.connect(self._on_add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.always)
        outer.addLayout(self._column)
        outer.addWidget(self.mode, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> Conditions:
        """The conditions, and whether any of them is enough."""
        return tuple(row.condition for row in self.rows), self._any and len(self.rows) > 1

    def set_value(self, value: Conditions) -> None:
        """Show conditions."""
        conditions, self._any = value
        self._fit(len(conditions))
        for condition, row in zip(conditions, self.rows, strict=True):
            row.show_condition(condition, self._items)
        for number, row in enumerate(self.rows):
            row.lead.setText(self.tr("Show when") if not number else self.tr("or") if self._any else self.tr("and"))
        self._dress()

    def set_items(self, form: Form, target: str) -> None:
        """Say what may be asked about: the items before this item or section."""
        self._items = earlier_items(form, target)
        self._dress()

    def _dress(self) -> None:
        self.always.setVisible(not self.rows)
        self.always.setText(
            self.tr("Always shown.") if self._items else self.tr("Always shown: no earlier item takes an answer.")
        )
        self.add_button.setVisible(bool(self._items))
        self.mode.setVisible(len(self.rows) > 1)
        self.mode.set_value("any" if self._any else "all")

    def _fit(self, count: int) -> None:
        while len(self.rows) < count:
            row = ConditionRow(self)
            row.edited.connect(self._on_edited)
            row.remove_asked.connect(self._on_remove)
            self.rows.append(row)
            self._column.addWidget(row)
            insert_before(
                self.mode.button("all"),
                (row.item_box, row.remove_button, row.test_box, row.value_button, row.value_line),
            )
            row.show()
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
        self.left.emit()

    @Slot()
    def _on_add(self) -> None:
        if not self._items:
            return
        conditions, any_of = self.value()
        asked = {condition.item for condition in conditions}
        nearest = next((item for item in reversed(self._items) if item.id not in asked), self._items[-1])
        self.set_value(((*conditions, first_condition(nearest)), any_of))
        self.rows[-1].item_box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    @Slot()
    def _on_remove(self) -> None:
        row = self.sender()
        kept = tuple(one.condition for one in self.rows if one is not row)
        self.set_value((kept, self._any and len(kept) > 1))
        self._on_edited()

    @Slot(object)
    def _on_mode(self, key: str | None) -> None:
        self._any = key == "any"
        self.set_value((self.value()[0], self._any))
        self._on_edited()
