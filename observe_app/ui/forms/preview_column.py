"""The right of the page: the form as it will be filled in, to be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from observe_app.ui.widgets import ElidedLabel, Plane, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form
    from observe_app.ui.form_panel.preview import FormPreview

PAUSE_MS = 120
"""How long a form must stay chosen before it is built as a form to fill in: arrows go past many."""


class PreviewColumn(Plane):
    """The real form; what is answered in it is kept nowhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._wanted: Form | None = None
        self._shown: Form | None = None
        self._language = self._shown_language = ""
        self._preview: FormPreview | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_due)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.setSpacing(12)
        head.addWidget(TextLabel(self.tr("As you’ll see it"), self, step="heading", weight=600))
        head.addStretch(1)
        head.addWidget(ElidedLabel(self.tr("press the keys to try"), self, step="small", tone="muted"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addStretch(1)

    @property
    def preview(self) -> FormPreview | None:
        """The form to try, None before the first."""
        return self._preview

    @property
    def shown(self) -> Form | None:
        """The form that can be tried now."""
        return self._shown

    def show_form(self, form: Form | None, *, language: str = "", at_once: bool = False) -> None:
        """Show a form once it has stayed chosen for a moment, or now; None for none.

        Args:
            form: what to show.
            language: that its texts are shown in; "" for the user's.
            at_once: without the pause.
        """
        self._wanted, self._language = form, language
        if form is None:
            self._timer.stop()
            self._shown = None
            if self._preview is not None:
                self._preview.hide()
        elif (form, language) != (self._shown, self._shown_language):
            self._timer.start(0 if at_once else PAUSE_MS)

    @Slot()
    def _on_due(self) -> None:
        form = self._wanted
        if form is None:
            return
        if self._preview is None:
            from observe_app.ui.form_panel.preview import FormPreview  # noqa: PLC0415  (the list paints without it)

            self._preview = FormPreview(self)
            self._column.insertWidget(1, self._preview, 1)
            self._column.setStretch(2, 0)
        self._preview.show_form(form, self._language)
        self._preview.show()
        self._shown, self._shown_language = form, self._language
