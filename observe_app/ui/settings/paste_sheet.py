"""Many abbreviations at once: pasted lines, with what was understood of them said while they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot

from observe_app.services.abbreviations import MAX_BYTES, PairsRead, read_lines
from observe_app.ui.widgets import Sheet, TextArea, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LINES = 10
_NAMED = 8


class PasteSheet(Sheet):
    """A field for lines; the button says how many abbreviations it adds.

    Signals:
        pairs_given: the pairs.
    """

    pairs_given = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("PasteSheet", "Paste abbreviations"), parent)
        self.setObjectName("paste_sheet")
        told = self.tr("One a line: the short word, then a tab, a comma, “=” or two blanks, then the long one.")
        self.area = TextArea("", self, placeholder=self.tr("ss = students"), lines=_LINES, most=_LINES)
        self.area.setObjectName("paste_area")
        self.area.setAccessibleName(self.tr("Lines"))
        self.found_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.body.addWidget(TextLabel(told, self, tone="muted", wrap=True))
        self.body.addWidget(self.area)
        self.body.addWidget(self.found_label)
        self.add_safe(self.tr("Not now"))
        self._add = self.add_main(self.tr("Add"))
        self._add.setObjectName("paste_main")
        self._read = PairsRead(())
        self.area.edited.connect(self._on_edited)
        self.accepted.connect(self._on_accepted)
        self._on_edited()

    def open_over(self) -> None:
        """Open with the keyboard in the field."""
        super().open_over()
        self.area.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        self._read = read_lines(self.area.text()[:MAX_BYTES])
        count, wrong = len(self._read.pairs), self._read.not_understood
        self._add.setText(self.tr("Add {n}").format(n=count) if count else self.tr("Add"))
        self._add.setEnabled(bool(count))
        if wrong:
            lines = ", ".join(str(number) for number in wrong[:_NAMED]) + ("…" if len(wrong) > _NAMED else "")
            self.found_label.setText(self.tr("Not understood: line {lines}").format(lines=lines))
        else:
            self.found_label.setText("")
        self.found_label.set_tone("warm" if wrong else "muted")

    @Slot()
    def _on_accepted(self) -> None:
        self.pairs_given.emit(self._read.pairs)
