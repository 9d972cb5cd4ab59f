"""The header of the Forms page: which form, what can be done with it; while one is edited, the way back."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import tokens
from observe_app.ui.widgets import Button, ButtonKind, ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget


class Act(Enum):
    """What can be done with a form; the value is the name of its button or entry."""

    USE = "use_form"
    EDIT = "edit_form"
    COPY = "copy_form"
    DUPLICATE = "duplicate_form"
    PRINT = "print_form"
    TOML = "export_toml"
    XLSFORM = "export_xlsform"
    REMOVE = "remove_form"


IN_MENU = (Act.DUPLICATE, Act.TOML, Act.XLSFORM, Act.REMOVE)


class FormsHeader(PageHeader):
    """Title, second line, acts.

    Signals:
        asked: `Act` of the form that is shown. back_asked: leave the editor.
    """

    asked = Signal(object)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = Button(self.tr("All forms"), self, icon="arrow-left", keys=self.tr("Esc"))
        self.back_button.setObjectName("all_forms")
        self.title_label = ElidedLabel("", self, step="page", weight=600)
        self.subtitle_label = ElidedLabel("", self, step="small", tone="muted")
        self.print_button = Button(self.tr("Print…"), self, icon="printer")
        self.edit_button = Button("", self, icon="pencil")
        copy_button = Button(self.tr("Make your own copy"), self, icon="copy")
        self.more_button = Button(self.tr("More"), self)
        self.use_button = Button(self.tr("Use in a visit"), self, kind=ButtonKind.PRIMARY, icon="calendar-plus")
        self._buttons = {
            Act.PRINT: self.print_button,
            Act.EDIT: self.edit_button,
            Act.COPY: copy_button,
            Act.USE: self.use_button,
        }
        self._entries: dict[Act, QAction] = {}
        self._editing = False
        self._editing_acts: tuple[QWidget, ...] = ()
        self._menu = QMenu(self)
        self._build_menu()
        self._lay_out()
        self._connect()
        self.set_editing(editing=False)

    def button(self, act: Act) -> Button:
        """Button of an act.

        Raises:
            KeyError: the act is in the menu.
        """
        return self._buttons[act]

    def entry(self, act: Act) -> QAction:
        """Entry of an act in the menu.

        Raises:
            KeyError: the act has a button.
        """
        return self._entries[act]

    def set_words(self, title: str, subtitle: str) -> None:
        """Show which form it is."""
        self.title_label.setText(title)
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))

    def set_editing(self, *, editing: bool) -> None:
        """Show the way back instead of the acts, or the acts again."""
        self._editing = editing
        self._words.setContentsMargins(8 if editing else 0, 0, 8, 0)
        self.back_button.setVisible(editing)
        for button in (*self._buttons.values(), self.more_button):
            button.setVisible(not editing)
        for widget in self._editing_acts:
            widget.setVisible(editing)

    def add_editing_acts(self, widgets: Sequence[QWidget]) -> None:
        """Take in what the editor wants at the end of the header; it shows while a form is edited."""
        self._editing_acts = tuple(widgets)
        for widget in widgets:
            widget.setParent(self)
            self._row.addWidget(widget)
            widget.setVisible(self._editing)

    def offer(self, acts: Mapping[Act, str], *, main: Act | None) -> None:
        """Offer these acts: each with the reason why it cannot be done now, "" when it can; `main` is filled."""
        for act, button in self._buttons.items():
            button.setVisible(act in acts and not self._editing)
            button.set_disabled_because(acts.get(act, ""))
            button.set_kind(ButtonKind.PRIMARY if act is main else ButtonKind.PLAIN)
        for act, entry in self._entries.items():
            entry.setVisible(act in acts)
            entry.setEnabled(not acts.get(act, ""))
        self.more_button.setVisible(any(act in acts for act in IN_MENU) and not self._editing)

    @Slot()
    def _on_asked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(Act(sender.objectName()))

    def _build_menu(self) -> None:
        words = {
            Act.DUPLICATE: self.tr("Duplicate"),
            Act.TOML: self.tr("Export as a text file…"),
            Act.XLSFORM: self.tr("Export as XLSForm…"),
            Act.REMOVE: self.tr("Remove"),
        }
        for act in IN_MENU:
            if act is Act.REMOVE:
                self._menu.addSeparator()
            entry = QAction(words[act], self)
            entry.setObjectName(act.value)
            entry.triggered.connect(self._on_asked)
            self._menu.addAction(entry)
            self._entries[act] = entry
        self.more_button.setMenu(self._menu)
        self.more_button.setObjectName("more_acts")

    def _lay_out(self) -> None:
        self.edit_button.setText(self.tr("Edit"))
        margin = tokens().size.margin
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(8)
        row.addWidget(self.back_button)
        words = self._words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title_label)
        words.addWidget(self.subtitle_label)
        words.addStretch(1)
        row.addLayout(words, 1)
        for act in (Act.PRINT, Act.EDIT, Act.COPY):
            row.addWidget(self._buttons[act])
        row.addWidget(self.more_button)
        row.addWidget(self.use_button)
        self.setFixedHeight(tokens().size.header)

    def _connect(self) -> None:
        for act, button in self._buttons.items():
            button.setObjectName(act.value)
            button.clicked.connect(self._on_asked)
        self.back_button.clicked.connect(self.back_asked)
