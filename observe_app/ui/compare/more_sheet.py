"""The rarer choices: class, focus, observer, language of the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from observe_app.ui.widgets import ComboBox, Field, Sheet, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from observe_app.services.compare.term import Offered
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.compare.state import Chosen


class MoreSheet(Sheet):
    """One list for each choice.

    Signals:
        taken: the choices as a dict of `Chosen`'s fields.
    """

    taken = Signal(object)

    def __init__(self, found: Read, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(self.tr("More choices"), parent, width=520)
        self.setObjectName("more_sheet")
        options = found.options
        self._lists: dict[str, ComboBox] = {}
        self._add("class_name", self.tr("Class"), self.tr("Any class"), _pairs(options.classes),
                  chosen.class_name)  # fmt: skip
        self._add("focus", self.tr("Focus"), self.tr("Any focus"), _pairs(options.focuses),
                  chosen.focus)  # fmt: skip
        self._add("observer", self.tr("Observer"), self.tr("Any observer"),
                  _pairs(options.observers), chosen.observer)  # fmt: skip
        self.body.addWidget(
            TextLabel(
                self.tr(
                    "Only visits of one observer with one scale make a line. Another one interrupts it, and the "
                    "chart says why."
                ),
                self,
                step="small",
                tone="muted",
                wrap=True,
            )
        )
        self.clear_button = self.add_other(self.tr("Leave nothing out"))
        self.clear_button.setObjectName("more_clear")
        self.clear_button.clicked.connect(self._on_clear)
        self.add_safe(self.tr("Leave as it was"))
        self.take_button = self.add_main(self.tr("Show these"))
        self.take_button.setObjectName("more_take")
        self.accepted.connect(self._on_accepted)

    def _add(self, name: str, label: str, anything: str, choices: Sequence[tuple[str, str]], key: str) -> None:
        made = ComboBox(self)
        made.setObjectName(f"more_{name}")
        made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.addItem(anything, "")
        for one, words in choices:
            made.addItem(words if len(words) < 80 else f"{words[:78]}…", one)
        made.setCurrentIndex(max(made.findData(key), 0))
        made.setEnabled(made.count() > 1)
        self._lists[name] = made
        self.body.addWidget(Field(label, made, self))

    @Slot()
    def _on_clear(self) -> None:
        for one in self._lists.values():
            one.setCurrentIndex(0)

    @Slot()
    def _on_accepted(self) -> None:
        self.taken.emit({name: str(one.currentData() or "") for name, one in self._lists.items()})


def _pairs(offered: Sequence[Offered]) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in offered]
