"""What the imports of a file have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.errors import describe
from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.errors import ObserveError


def open_failed(error: ObserveError, host: QWidget) -> Sheet:
    """Say why a file could not be read, over the window of `host`; return the sheet, to hear when it is gone."""
    told = describe(error)
    sheet = Sheet(told.title, host)
    sheet.setObjectName("import_failed")
    sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
    if told.hint:
        sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
    sheet.add_safe(QCoreApplication.translate("ImportNotes", "Go on"))
    sheet.open_over()
    return sheet
