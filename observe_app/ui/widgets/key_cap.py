"""Keycaps: show a key where its effect is. `KeyHint` adds the word of the effect."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.theme.current import tokens
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.paint import key_cap_width, paint_key_cap


class KeyCap(QWidget):
    """One key or chord, for example "Ctrl K". Active: it acts now; else a hint with a softer edge."""

    def __init__(self, keys: str, parent: QWidget | None = None, *, active: bool = False) -> None:
        super().__init__(parent)
        self._keys = keys
        self._active = active
        self._ticked = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def keys(self) -> str:
        """The words on the cap."""
        return self._keys

    def set_keys(self, keys: str) -> None:
        """Show another key."""
        self._keys = keys
        self._name()
        self.updateGeometry()
        self.update()

    def set_ticked(self, *, ticked: bool) -> None:
        """Fill the cap: its effect is on."""
        self._ticked = ticked
        self.update()

    def sizeHint(self) -> QSize:
        """18 high, at least 20 wide."""
        return QSize(key_cap_width(self._keys), tokens().size.key_cap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge and letters."""
        painter = QPainter(self)
        paint_key_cap(painter, QRectF(self.rect()), self._keys, active=self._active, ticked=self._ticked)

    def _name(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("KeyCap", "Key {keys}").format(keys=self._keys))


class KeyHint(QWidget):
    """A keycap and what the key does, in muted words."""

    def __init__(self, keys: str, words: str, parent: QWidget | None = None, *, active: bool = False) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.cap = KeyCap(keys, self, active=active)
        self.words = TextLabel(words, self, step="small", tone="muted")
        row.addWidget(self.cap)
        row.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
