"""A form to be tried out: the sheet that a visit has, with answers that are kept only as long as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from observe_app.ui.form_panel.sheet import FormSheet
from observe_app.ui.form_panel.try_keeper import TryKeeper
from observe_app.ui.widgets import Plane

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form


class FormPreview(Plane):
    """The real widget, in memory. Another state of the same form keeps answers, place and open item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("form_preview")
        self.setAccessibleName(self.tr("Preview of the form"))
        self._keeper = TryKeeper(self)
        self._form_id = ""
        self.sheet = FormSheet(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        self.setFocusProxy(self.sheet)

    @property
    def form(self) -> Form | None:
        """The form shown."""
        return self.sheet.form

    def show_form(self, form: Form, language: str = "") -> None:
        """Show a form, or another state of the one that is shown.

        Args:
            form: may have mistakes.
            language: that its texts are shown in; "" for the user's.
        """
        if form.id != self._form_id:
            self._keeper = TryKeeper(self)
            self._form_id = form.id
        self._keeper.set_form(form)
        self.sheet.show_form(form, self._keeper, language)

    def show_item(self, item_id: str) -> None:
        """Open an item and bring it into sight; the keyboard stays where it is."""
        self.sheet.show_item(item_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the items work while the keyboard is in the preview."""
        if not self.sheet.take_key(event):
            super().keyPressEvent(event)
