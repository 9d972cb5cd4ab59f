"""Who can read a visit, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.widgets import Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.visit import Visit

_WIDTH = 560


class AudienceSheet(Sheet):
    """Says who reads the record, and what a PDF changes about that."""

    def __init__(self, visit: Visit, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("AudienceSheet", "Who can read this visit"), parent, width=_WIDTH)
        self.setObjectName("audience_sheet")
        who = visit.observer or self.tr("You")
        self.body.addWidget(
            TextLabel(self.tr("{who}, on this computer. Nobody else.").format(who=who), self, step="body", weight=600)
        )
        told = self.tr(
            "Nothing leaves this computer by itself. A PDF that you save and hand over is read by whoever has "
            "the file: it holds what Follow up shows, and never a private note."
        )
        self.body.addWidget(TextLabel(told, self, wrap=True, tone="quote"))
        self.add_safe(self.tr("Close"))
