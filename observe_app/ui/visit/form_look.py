"""A look at a form before it is chosen: the form as it will be filled in, to be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.form import text_in
from observe_app.ui.form_panel.preview import FormPreview
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form

_WIDTH, _HEIGHT, _AROUND = 680, 460, 300


class FormLook(Sheet):
    """The real form; what is answered in it is kept nowhere. Its main answer takes the form."""

    def __init__(self, form: Form, parent: QWidget, *, chosen: bool) -> None:
        """Make the sheet; `chosen`: the visit has this form already."""
        title = text_in(form.title, QLocale().name()) or form.id
        super().__init__(title, parent, width=_WIDTH)
        self.setObjectName("form_look")
        self.form_id = form.id
        tr = QCoreApplication.translate
        self.body.addWidget(
            TextLabel(tr("FormLook", "Try the keys. Nothing of it is kept."), self, step="small", tone="muted")
        )
        self.preview = FormPreview(self)
        self.preview.setFixedHeight(max(scaled(160), min(scaled(_HEIGHT), parent.window().height() - scaled(_AROUND))))
        self.body.addWidget(self.preview)
        self.add_safe(tr("FormLook", "Close"))
        if not chosen:
            self.add_main(tr("FormLook", "Use this form"))
        self.preview.show_form(form)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the form's items work wherever the keyboard is in the sheet."""
        if not self.preview.sheet.take_key(event):
            super().keyPressEvent(event)
