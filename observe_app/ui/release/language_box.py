"""The language in which the pages speak to their reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.services.pdf.words import languages
from observe_app.ui.i18n import language_name
from observe_app.ui.widgets import ComboBox, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence


class LanguageBox(QWidget):
    """Shown where the pages know more than one language.

    Signals:
        chosen: another language was chosen.
    """

    chosen = Signal()

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        known: Sequence[str] = languages()
        self._given = language
        self.box = ComboBox(self)
        self.box.setObjectName("release_language")
        self.box.setAccessibleName(self.tr("Language of the pages"))
        for code in known:
            self.box.addItem(language_name(code), code)
        self.box.setCurrentIndex(max(0, self.box.findData(language[:2])))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(TextLabel(self.tr("Language"), self, step="small", tone="muted"))
        row.addWidget(self.box)
        self.box.activated.connect(self._on_chosen)
        self.setVisible(len(known) > 1)

    @property
    def language(self) -> str:
        """The code chosen; the one given where it is a form of that language, such as "en-GB"."""
        code = str(self.box.currentData() or "en")
        return self._given if self._given[:2] == code else code

    @Slot()
    def _on_chosen(self) -> None:
        self.chosen.emit()
