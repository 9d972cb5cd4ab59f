"""What the panel shows for a visit without a form: which forms there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.form import FormUse, text_in
from observe_app.ui.form_panel.form_item import MARGIN
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, Plane, TextLabel, caption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from observe_app.services.catalogue import CatalogueEntry


class FormChooser(Plane):
    """A list of the forms that can be used, those for lessons first, and the button that takes one.

    Signals:
        chosen: id of the form.
    """

    chosen = Signal(str)

    def __init__(self, entries: Iterable[CatalogueEntry], parent: QWidget) -> None:
        super().__init__("side", parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 16, MARGIN, 0)
        column.setSpacing(10)
        column.addWidget(caption(self.tr("Form"), self))
        words = self.tr("No form chosen. Notes alone are fine; a form can be added at any time.")
        column.addWidget(TextLabel(words, self, tone="muted", wrap=True))
        self.box = ComboBox(self)
        self.box.setObjectName("form_box")
        self.box.setAccessibleName(self.tr("Form for this visit"))
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill([entry for entry in entries if not entry.problems])
        self.choose = Button(self.tr("Use this form"), self, kind=ButtonKind.PLAIN, size=ButtonSize.SMALL)
        self.choose.setObjectName("choose_form")
        self.choose.clicked.connect(self._on_clicked)
        column.addWidget(self.box)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _fill(self, entries: list[CatalogueEntry]) -> None:
        language = self.locale().name()
        for use in FormUse:
            found = [entry for entry in entries if entry.use is use]
            if found and self.box.count():
                self.box.insertSeparator(self.box.count())
            for entry in sorted(found, key=lambda entry: text_in(entry.title, language).casefold()):
                self.box.addItem(text_in(entry.title, language), entry.form_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the closed list takes the form it names."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.box.hasFocus():
            self._on_clicked()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        if self.box.currentData():
            self.chosen.emit(str(self.box.currentData()))
