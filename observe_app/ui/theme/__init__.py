"""The look: tokens, fonts, icons, palette, style and the focus ring.

Painters call `tokens()`, `color("ink")`, `font("heading")`, `scaled(20)` and `paint_icon`; the application calls
`ThemeController(app).apply(ThemeChoice.SYSTEM)` once before the first window.
"""

from __future__ import annotations

from observe_app.ui.theme.controller import ThemeChoice, ThemeController
from observe_app.ui.theme.current import color, motion_reduced, room_for, scaled, text_size, tokens
from observe_app.ui.theme.focus_ring import set_focus_ring
from observe_app.ui.theme.fonts import FAMILY, font
from observe_app.ui.theme.icons import icon, paint_icon, pixmap
from observe_app.ui.theme.tokens import Scheme, Tokens, load_tokens

__all__ = [
    "FAMILY",
    "Scheme",
    "ThemeChoice",
    "ThemeController",
    "Tokens",
    "color",
    "font",
    "icon",
    "load_tokens",
    "motion_reduced",
    "paint_icon",
    "pixmap",
    "room_for",
    "scaled",
    "set_focus_ring",
    "text_size",
    "tokens",
]
