"""Tokens as a QPalette, for everything Fusion paints by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from observe_app.ui.theme.tokens import Tokens


def build_palette(tokens: Tokens) -> QPalette:
    """Palette of a scheme; disabled text is muted, never see-through."""
    colors = tokens.color
    role = QPalette.ColorRole
    roles = {
        role.Window: colors.bg,
        role.WindowText: colors.ink,
        role.Base: colors.field,
        role.AlternateBase: colors.side,
        role.Text: colors.ink,
        role.Button: colors.bg,
        role.ButtonText: colors.ink,
        role.BrightText: colors.onfill,
        role.ToolTipBase: colors.side,
        role.ToolTipText: colors.ink,
        role.PlaceholderText: colors.muted,
        role.Highlight: colors.fill,
        role.HighlightedText: colors.onfill,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Accent: colors.accent,
        role.Light: colors.line2,
        role.Midlight: colors.line2,
        role.Mid: colors.line,
        role.Dark: colors.ctl,
        role.Shadow: colors.line,
    }
    palette = QPalette()
    for key, value in roles.items():
        palette.setColor(key, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, key, QColor(colors.muted))
    palette.setColor(disabled, role.Highlight, QColor(colors.line))
    palette.setColor(disabled, role.HighlightedText, QColor(colors.ink))
    return palette
