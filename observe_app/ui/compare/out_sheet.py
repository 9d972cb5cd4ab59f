"""Before something goes out of Compare: who will read it, and in what form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from observe_app.ui.widgets import ComboBox, Field, Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes out. reader: a key of the readers offered. own: with what is not released. form: key of a form."""

    reader: str
    own: bool
    form: str = ""


class OutSheet(Sheet):
    """Asks for reader and form.

    Args:
        readers: (key, words); the first is whoever sits here.
        forms: (key, words) of the files there can be; () where there is only one.

    Signals:
        taken: `Asked`.
    """

    taken = Signal(object)

    def __init__(
        self,
        title: str,
        act: str,
        readers: Sequence[tuple[str, str]],
        forms: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent, width=600)
        self.setObjectName("out_sheet")
        self._own_key = readers[0][0] if readers else ""
        self.readers = self._list("out_reader", readers)
        self.forms = self._list("out_form", forms)
        if len(readers) > 1:
            self.body.addWidget(Field(self.tr("Who will read it"), self.readers, self))
        else:
            self.readers.hide()
        if forms:
            self.body.addWidget(Field(self.tr("As"), self.forms, self))
        else:
            self.forms.hide()
        self.own = QCheckBox(self.tr("With my own visits that are not released"), self)
        self.own.setObjectName("out_own")
        self.body.addWidget(self.own)
        self.rule = TextLabel(
            self.tr("Only released visits whose readers include this person go out, with what their release told. "
                    "What is private never does."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.body.addWidget(self.rule)
        self.add_safe(self.tr("Not yet"))
        self.take_button = self.add_main(act)
        self.take_button.setObjectName("out_take")
        self.readers.currentIndexChanged.connect(self._on_reader)
        self.accepted.connect(self._on_accepted)

    def _list(self, name: str, choices: Sequence[tuple[str, str]]) -> ComboBox:
        made = ComboBox(self)
        made.setObjectName(name)
        for key, words in choices:
            made.addItem(words, key)
        return made

    @Slot()
    def _on_reader(self) -> None:
        mine = self.readers.currentData() == self._own_key
        self.own.setEnabled(mine)
        if not mine:
            self.own.setChecked(False)

    @Slot()
    def _on_accepted(self) -> None:
        form = str(self.forms.currentData() or "")
        self.taken.emit(Asked(str(self.readers.currentData() or ""), self.own.isChecked(), form))
