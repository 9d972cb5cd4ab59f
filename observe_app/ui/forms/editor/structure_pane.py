"""The left column: what the form is made of, and the ways to add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from observe_app.ui.forms.editor.structure_model import StructureModel
from observe_app.ui.forms.editor.structure_view import StructureView
from observe_app.ui.forms.editor.target import THE_FORM
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, SearchField, TextLabel

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form
    from observe_app.ui.forms.editor.target import Target

_SEARCH_FROM = 20
"""Items from which a search field helps more than it takes room."""


class StructurePane(Plane):
    """Structure, search, buttons.

    Signals:
        chosen: the `Target` that the person chose.
        lines_pasted: lines of the clipboard to make items of; none where it holds no words.
        item_asked, section_asked, borrow_asked: add one; take over from another form.
    """

    chosen = Signal(object)
    lines_pasted = Signal(object)
    item_asked = Signal()
    section_asked = Signal()
    borrow_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.model = StructureModel(self)
        self.view = StructureView(self.model, self)
        self._choosing = False
        self._build()
        self._connect()

    @property
    def target(self) -> Target:
        """What is chosen; the form itself where nothing is."""
        return self.view.target or THE_FORM

    def show_form(self, form: Form, target: Target) -> None:
        """Show a form, with a part of it chosen; sends nothing."""
        self._choosing = True
        self.model.show(form)
        count = len(form.items)
        self.count_label.setText(str(count) if count else "")
        self.empty_label.setVisible(not count)
        self.search.setVisible(count >= _SEARCH_FROM or self.model.is_filtered)
        self.view.choose(target)
        self._choosing = False

    def choose(self, target: Target) -> None:
        """Choose a part; sends nothing. Words that hide it are taken away."""
        self._choosing = True
        if self.model.row_of(target) < 0 and self.model.is_filtered:
            self.search.clear()
            self.model.find("")
        self.view.choose(target)
        self._choosing = False

    def mark(self, looks: Collection[Target]) -> None:
        """Mark the parts that need a look."""
        current = self.view.target
        self._choosing = True
        self.model.mark(looks)
        if current is not None:
            self.view.choose(current)
        self._choosing = False

    # --- slots ------------------------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, target: Target) -> None:
        if not self._choosing:
            self.chosen.emit(target)

    @Slot()
    def _on_paste(self) -> None:
        self.lines_pasted.emit([line for line in QApplication.clipboard().text().splitlines() if line.strip()])

    @Slot(str)
    def _on_search(self, words: str) -> None:
        target = self.target
        self._choosing = True
        self.model.find(words)
        self.view.choose(target)
        self._choosing = False

    @Slot()
    def _on_left_search(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.section_button = self._link(self.tr("Section"), "plus")
        self.item_button = self._link(self.tr("Item"), "plus", keys="Ins")
        self.borrow_button = self._link(self.tr("From another form"), "copy")
        self.paste_button = self._link(self.tr("Paste lines"), "clipboard-paste")
        self.section_button.setObjectName("form_add_section")
        self.item_button.setObjectName("form_add_item")
        self.paste_button.setToolTip(self.tr("Each line of the clipboard becomes an item"))
        self.count_label = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.empty_label = TextLabel(
            self.tr("Ins adds the first item. A list that you paste here becomes items, one a line."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.empty_label.setContentsMargins(16, 8, 16, 12)
        self.search = SearchField(self.tr("Find an item"), self)
        self.search.setObjectName("form_structure_search")
        self.search.setVisible(False)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 4)
        head.setSpacing(4)
        head.addWidget(TextLabel(self.tr("Items"), self, step="heading", weight=600))
        head.addSpacing(4)
        head.addWidget(self.count_label)
        head.addStretch(1)
        head.addWidget(self.section_button)
        head.addWidget(self.item_button)
        find = QHBoxLayout()
        find.setContentsMargins(16, 0, 16, 6)
        find.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 10, 8)
        foot.setSpacing(4)
        foot.addWidget(self.borrow_button)
        foot.addWidget(self.paste_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(find)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty_label)
        column.addLayout(foot)

    def _link(self, text: str, icon: str, *, keys: str = "") -> Button:
        return Button(text, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon=icon, keys=keys)

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_chosen)
        self.view.paste_asked.connect(self._on_paste)
        self.view.add_asked.connect(self.item_asked)
        self.view.section_asked.connect(self.section_asked)
        self.paste_button.clicked.connect(self._on_paste)
        self.section_button.clicked.connect(self.section_asked)
        self.item_button.clicked.connect(self.item_asked)
        self.borrow_button.clicked.connect(self.borrow_asked)
        self.search.textEdited.connect(self._on_search)
        self.search.left_downwards.connect(self._on_left_search)
