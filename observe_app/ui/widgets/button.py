"""Buttons: the user presses one to act. One primary button per page; the rest are plain or links."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap, rounded
from observe_app.ui.widgets.tips import plain_tip


class ButtonKind(Enum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    LINK = "link"
    GHOST = "ghost"  # no edge; icons in rows and headers


class ButtonSize(Enum):
    """Height; the value is the token's name."""

    SMALL = "control_small"
    NORMAL = "control"
    MAIN = "control_main"


_GAP = 10
_ICON = 18
_CHEVRON = 14


class Button(QPushButton):
    """Push button painted by the kit; with a menu it shows a chevron and opens it.

    Args:
        text: what the act is called; may be empty for an icon alone, then `name` is needed.
        icon: name of a Lucide icon.
        keys: key shown as a keycap inside the button, for example "Enter"; it does not bind the key.
        tone: token of the text of a link, "accent", "warm" or "err".
        name: accessible name and tooltip of an icon button.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = ButtonKind.PLAIN,
        size: ButtonSize = ButtonSize.NORMAL,
        icon: str = "",
        keys: str = "",
        tone: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._size = size
        self._icon = icon
        self._keys = keys
        self._tone = tone
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(plain_tip(name))

    @property
    def kind(self) -> ButtonKind:
        """Primary, plain, link or ghost."""
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        """Give the button more or less weight."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon; an empty name takes it away."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_tone(self, token: str) -> None:
        """Colour the text of a link."""
        self._tone = token
        self.update()

    def set_disabled_because(self, reason: str) -> None:
        """Disable and say why in the tooltip; an empty reason enables the button."""
        self.setEnabled(not reason)
        self.setToolTip(plain_tip(reason))
        self.setAccessibleDescription(reason)

    def sizeHint(self) -> QSize:
        """Width of icon, text, keycap and padding; height of the size."""
        height = int(getattr(tokens().size, self._size.value))
        width = 2 * self._padding() + self._content_width()
        return QSize(max(width, height if self._kind is not ButtonKind.LINK else 24), height)

    def minimumSizeHint(self) -> QSize:
        """Same as the hint: buttons never clip their words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, icon, words, keycap, chevron; mirrored for right-to-left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_plane(painter)
        rect = QRectF(self.rect())
        x = (rect.width() - self._content_width()) / 2
        middle = rect.center().y()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def place(width: float, height: float) -> QRectF:
            left = rect.width() - x - width if mirrored else x
            return QRectF(left, middle - height / 2, width, height)

        if self._icon:
            paint_icon(painter, place(scaled(_ICON), scaled(_ICON)), self._icon, ink)
            x += scaled(_ICON) + _GAP
        words = self._words()
        if words:
            width = QFontMetrics(self._font()).horizontalAdvance(words)
            text_font = self._font()
            if self._kind is ButtonKind.LINK and tokens().scheme.is_contrast and self.underMouse():
                text_font.setUnderline(True)
            draw_text(painter, place(width + 1, rect.height()), words, font=text_font, color=ink)
            x += width + _GAP
        if self._keys:
            width = key_cap_width(self._keys)
            on_fill = self._kind is ButtonKind.PRIMARY and self.isEnabled()
            paint_key_cap(painter, place(width, tokens().size.key_cap), self._keys, active=False, on_fill=on_fill)
            x += width + _GAP
        if self.menu() is not None:
            paint_icon(painter, place(scaled(_CHEVRON), scaled(_CHEVRON)), "chevron-down", ink)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does; not every system's own buttons do so."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole rectangle is the target."""
        return self.rect().contains(pos)

    def _paint_plane(self, painter: QPainter) -> QColor:
        rect, radius = QRectF(self.rect()), tokens().size.radius_button
        pressed = self.isDown() or (self.isChecked() and self._kind is not ButtonKind.LINK)
        hovered = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            if self._kind in (ButtonKind.PRIMARY, ButtonKind.PLAIN):
                rounded(painter, rect, radius, edge=color("line"))
            return color("muted")
        if self._kind is ButtonKind.PRIMARY:
            fill = "fill_pressed" if pressed else "fill_hover" if hovered else "fill"
            rounded(painter, rect, radius, fill=color(fill))
            return color("onfill")
        plane = color("tint2") if pressed else color("hover") if hovered else None
        if self._kind is ButtonKind.PLAIN:
            rounded(painter, rect, radius, fill=plane, edge=color("ctl"))
            return color(self._tone or "ink")
        if plane is not None:
            rounded(painter, rect, radius, fill=plane)
        return color(self._tone or ("accent" if self._kind is ButtonKind.LINK else "ink"))

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _font(self) -> QFont:
        return font("small" if self._size is ButtonSize.SMALL else "text", weight=600)

    def _padding(self) -> int:
        if self._kind is ButtonKind.LINK:
            return 6
        if not self.text():
            return 0
        return 11 if self._size is ButtonSize.SMALL else 15

    def _content_width(self) -> int:
        parts = []
        if self._icon:
            parts.append(scaled(_ICON))
        if self.text():
            parts.append(QFontMetrics(self._font()).horizontalAdvance(self._words()))
        if self._keys:
            parts.append(key_cap_width(self._keys))
        if self.menu() is not None:
            parts.append(scaled(_CHEVRON))
        return sum(parts) + _GAP * max(0, len(parts) - 1)
