"""Source Sans 3 in the steps of the type scale, with figures of equal width and spaced captions."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from observe_app.ui.theme.current import tokens
from observe_app.ui.theme.resources import resource_path

FAMILY = "Source Sans 3"
_FILES = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-Semibold.ttf",
    "SourceSans3-It.ttf",
    "SourceSans3-SemiboldIt.ttf",
)
_CAPTION_SPACING = 106.0  # per cent: 0.06 em


@lru_cache(maxsize=1)
def register_fonts() -> tuple[int, ...]:
    """Add the shipped font files to the application; the ids are -1 for files that could not be read.

    Once per process: Qt keeps application fonts until the application ends.
    """
    return tuple(QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) for name in _FILES)


def font(step: str = "text", *, weight: int | None = None, italic: bool = False, tabular: bool = False) -> QFont:
    """Font of a step of the type scale.

    Args:
        step: name in the token file, for example ``"heading"``; ``"caption"`` is letter spaced.
        weight: 400 or 600 instead of the step's own.
        italic: for quotations only.
        tabular: figures of equal width, for times, counts and tables.

    Raises:
        KeyError: no such step.
    """
    style = tokens().type[step]
    result = QFont(FAMILY)
    result.setPixelSize(style.pixels)
    result.setWeight(QFont.Weight.DemiBold if (weight or style.weight) >= 600 else QFont.Weight.Normal)
    result.setItalic(italic)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        result.setFeature(QFont.Tag("tnum"), 1)
    if step == "caption":
        result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _CAPTION_SPACING)
    return result
