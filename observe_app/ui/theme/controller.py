"""Applies a theme to the application and follows the system when asked to."""

from __future__ import annotations

from enum import Enum
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from observe_app.domain.settings import TEXT_SIZES
from observe_app.ui.theme.current import set_motion_reduced, set_scheme, set_text_size, text_size
from observe_app.ui.theme.focus_ring import FocusRingKeeper
from observe_app.ui.theme.fonts import font, register_fonts
from observe_app.ui.theme.palette import build_palette
from observe_app.ui.theme.resources import resource_path
from observe_app.ui.theme.style import ObserveStyle
from observe_app.ui.theme.tokens import Scheme, Tokens, load_tokens, scale_length

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_LENGTHS = (16, 18, 24, 26)  # "px18" in the style sheet: 18 at the text size in force


class ThemeChoice(Enum):
    """What the user chose in the settings; the values are stored."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class ThemeController(QObject):
    """Owns the look of the running application.

    Signals:
        changed: the new `Tokens`, after every widget was told to repaint.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = ThemeChoice.SYSTEM
        self._applied: Scheme | None = None
        register_fonts()
        app.setStyle(ObserveStyle())
        app.setFont(font("text"))
        self._ring = FocusRingKeeper(app)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._on_contrast_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What was asked for last."""
        return self._choice

    @property
    def tokens(self) -> Tokens:
        """What is in force."""
        return load_tokens(self._applied or Scheme.LIGHT, text_size())

    @property
    def ring(self) -> FocusRingKeeper:
        """Who draws the focus."""
        return self._ring

    def apply(self, choice: ThemeChoice) -> None:
        """Switch to a theme at once, without a restart."""
        self._choice = choice
        wanted = {
            ThemeChoice.LIGHT: Qt.ColorScheme.Light,
            ThemeChoice.DARK: Qt.ColorScheme.Dark,
        }.get(choice, Qt.ColorScheme.Unknown)
        # Offscreen and on bare xcb this does nothing; elsewhere it makes title bars and native parts follow.
        self._app.styleHints().setColorScheme(wanted)
        self._show(self._resolve())

    def set_text_size(self, percent: int) -> None:
        """Make the words larger or smaller; a size that is not offered counts as 100.

        Fonts and lengths are measured when widgets are built: a window that stands is built again by its owner.
        """
        size = percent if percent in TEXT_SIZES else 100
        if size == text_size():
            return
        set_text_size(self._app, size)
        self._app.setFont(font("text"))
        if self._applied is not None:
            self._put_on(self._applied)

    def set_reduced_motion(self, *, reduced: bool) -> None:
        """Turn every movement off, or leave it to the design again."""
        set_motion_reduced(self._app, reduced=reduced)

    def _resolve(self) -> Scheme:
        hints = self._app.styleHints()
        system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        if contrast or self._choice is ThemeChoice.CONTRAST:
            return Scheme.CONTRAST_DARK if system_dark else Scheme.CONTRAST_LIGHT
        if self._choice is ThemeChoice.SYSTEM:
            return Scheme.DARK if system_dark else Scheme.LIGHT
        return Scheme.DARK if self._choice is ThemeChoice.DARK else Scheme.LIGHT

    def _show(self, scheme: Scheme) -> None:
        if scheme is self._applied:
            return
        self._applied = scheme
        self._put_on(scheme)

    def _put_on(self, scheme: Scheme) -> None:
        tokens = load_tokens(scheme, text_size())
        set_scheme(self._app, scheme)
        self._app.setPalette(build_palette(tokens))
        self._app.setStyleSheet(build_style_sheet(tokens))
        self._ring.refresh()
        self.changed.emit(tokens)

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice in (ThemeChoice.SYSTEM, ThemeChoice.CONTRAST):
            self._show(self._resolve())

    @Slot()
    def _on_contrast_changed(self) -> None:
        self._show(self._resolve())


def build_style_sheet(tokens: Tokens) -> str:
    """The style sheet template filled with the colours and sizes of a scheme.

    Raises:
        KeyError: the template names a token that does not exist.
    """
    template = Template(resource_path("styles", "observe.qss").read_text(encoding="utf-8"))
    size = tokens.size
    values: dict[str, str] = {name: getattr(tokens.color, name) for name in tokens.color.__slots__}
    values |= {name: str(getattr(size, name)) for name in size.__slots__}
    # What stands inside the edges of a field, and the lines of menus and lists; the template cannot reckon.
    inside = {"field_inner": size.control - 2, "search_inner": size.control_main + 2}
    values |= {name: str(length) for name, length in inside.items()}
    values |= {f"px{length}": str(scale_length(length, tokens.percent)) for length in _LENGTHS}
    values["hover_decoration"] = "underline" if tokens.scheme.is_contrast else "none"
    values["plane_edge"] = tokens.color.ink if tokens.scheme.is_contrast else "transparent"
    return template.substitute(values)
