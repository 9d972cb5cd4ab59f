"""The theme in force. Like the palette it hangs on the application, so a widget needs no extra argument to paint.

A theme switch changes this value first and the application palette afterwards; Qt then sends every
widget a palette change, which repaints it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from observe_app.ui.theme.tokens import Scheme, Tokens, load_tokens, scale_length

_PROPERTY = "observeScheme"
_TEXT_SIZE = "observeTextSize"
_MOTION = "observeReduceMotion"


def tokens() -> Tokens:
    """Tokens of the scheme in force; the light ones before a theme is applied."""
    app = QCoreApplication.instance()
    name = app.property(_PROPERTY) if app is not None else None
    return load_tokens(Scheme(name) if name else Scheme.LIGHT, text_size())


def color(name: str) -> QColor:
    """Colour of a token by name, for example ``"accent"``.

    Raises:
        AttributeError: no such token.
    """
    return QColor(getattr(tokens().color, name))


def set_scheme(app: QCoreApplication, scheme: Scheme) -> None:
    """Make a scheme the one in force; the caller changes palette and style sheet afterwards."""
    app.setProperty(_PROPERTY, scheme.value)


def text_size() -> int:
    """Size of the words in per cent of the design's."""
    app = QCoreApplication.instance()
    return int((app.property(_TEXT_SIZE) if app is not None else None) or 100)


def scaled(pixels: int) -> int:
    """Return a length of the design at the text size in force, for what is not in the token table.

    For lengths that hold words (line heights, columns, icons beside words); not for margins, rules and radii.
    """
    return scale_length(pixels, text_size())


def room_for(pixels: int) -> int:
    """Return the width from which a layout that wants this many pixels at 100 % has room for larger words.

    Margins and planes do not grow, so a part of it is enough; never less than at 100 %.
    """
    return max(pixels, scaled(pixels * 85 // 100))


def set_text_size(app: QCoreApplication, percent: int) -> None:
    """Make a text size the one in force; what stands on the screen must be built again."""
    app.setProperty(_TEXT_SIZE, percent)


def motion_reduced() -> bool:
    """True when nothing may move: the user or the system asked for it."""
    app = QCoreApplication.instance()
    return bool(app is not None and app.property(_MOTION))


def set_motion_reduced(app: QCoreApplication, *, reduced: bool) -> None:
    """Turn every movement of the interface off (or on again)."""
    app.setProperty(_MOTION, reduced)
