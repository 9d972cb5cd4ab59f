"""Choosing a language: of the form, of its translations, and the one that is being written."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.i18n import language_name
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, TextLabel

_USUAL = (
    "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he",
    "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru",
    "sk", "sl", "sq", "sr", "sv", "sw", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip


class LanguageBox(ComboBox):
    """Languages by their own names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for code in sorted(_USUAL, key=language_name):
            self.addItem(language_name(code), code)
        self.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def code(self) -> str:
        """Code of the chosen language."""
        return str(self.currentData())

    def set_code(self, code: str) -> None:
        """Choose a language; one that is not offered is added."""
        if self.findData(code) < 0:
            self.addItem(language_name(code), code)
        self.setCurrentIndex(self.findData(code))


class LanguageSwitch(QWidget):
    """Which language is being written; shows only when the form has more than one.

    Signals:
        chosen: code of a language, "" for the form's own.
        remove_asked: take the translation away that is shown.
    """

    chosen = Signal(str)
    remove_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[str, ...] = ()
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.label = TextLabel(self.tr("Texts in"), self, step="small", tone="muted")
        self.remove_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="trash-2",
            name=self.tr("Take this translation away"),
        )  # fmt: skip
        self.remove_button.clicked.connect(self.remove_asked)
        self._row.addWidget(self.label)
        self._row.addStretch(1)
        self._row.addWidget(self.remove_button)

    def show_languages(self, own: str, others: tuple[str, ...], current: str) -> None:
        """Show the form's own language and its translations, one of them being written."""
        codes = ("", *others)
        self.setVisible(bool(others))
        if (own, *others) != self._codes:
            self._codes = (own, *others)
            for button in self._buttons:
                self._row.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = []
            for code, name in zip(codes, self._codes, strict=True):
                button = Button(language_name(name), self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL)
                button.setText(language_name(name))
                button.setCheckable(True)
                button.setProperty("code", code)
                button.clicked.connect(self._on_clicked)
                self._row.insertWidget(self._row.count() - 2, button)
                self._buttons.append(button)
        for button in self._buttons:
            button.setChecked(button.property("code") == current)
        self.remove_button.setVisible(bool(current))

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.chosen.emit(str(button.property("code")))
