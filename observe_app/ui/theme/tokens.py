"""The design tokens as frozen values: colours of each scheme, sizes, type scale."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from observe_app.ui.theme.resources import resource_path

_FIXED = frozenset({"grid", "margin", "radius_key", "radius_button", "radius_dialog", "target"})


class Scheme(Enum):
    """A complete set of colours; the value is its section in the token file."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"

    @property
    def is_dark(self) -> bool:
        """True when text is lighter than its ground."""
        return self in (Scheme.DARK, Scheme.CONTRAST_DARK)

    @property
    def is_contrast(self) -> bool:
        """True when planes also get outlines, because tints alone may not be told apart."""
        return self in (Scheme.CONTRAST_LIGHT, Scheme.CONTRAST_DARK)


@dataclass(frozen=True, slots=True)
class Colors:
    """Colours as #RRGGBB; the names say the use, not the hue."""

    bg: str
    side: str
    field: str
    ink: str
    quote: str
    muted: str
    accent: str
    fill: str
    onfill: str
    fill_hover: str
    fill_pressed: str
    bar: str
    mid: str
    tint: str
    tint2: str
    warm: str
    warmtint: str
    err: str
    errtint: str
    ctl: str
    line: str
    line2: str
    hover: str
    rail: str
    railink: str
    railon: str
    onrail: str
    h1: str
    h2: str
    h3: str
    h4: str
    on_h12: str
    on_h34: str
    scrim: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in logical pixels."""

    grid: int
    margin: int
    radius_key: int
    radius_button: int
    radius_dialog: int
    row_note: int
    row_note_two: int
    row_machine: int
    row_item: int
    row_tally: int
    row_table: int
    row_two_line: int
    control_small: int
    control: int
    control_main: int
    header: int
    strip: int
    message_bar: int
    rail: int
    rail_narrow: int
    rail_item: int
    icon: int
    icon_rail: int
    key_cap: int
    target: int
    text_column: int


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale: pixel size, line height, weight (400 or 600)."""

    pixels: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """All a painter needs to know of the look; `percent` is the text size that lengths and type were made for."""

    scheme: Scheme
    percent: int
    color: Colors
    size: Sizes
    type: dict[str, TypeStyle]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(resource_path("styles", "tokens.toml").read_text(encoding="utf-8"))


def scale_length(pixels: int, percent: int) -> int:
    """Return a length at a text size: whole pixels, halves up; at 100 the length itself."""
    return (pixels * percent + 50) // 100


@lru_cache(maxsize=4 * len(Scheme))
def load_tokens(scheme: Scheme, percent: int = 100) -> Tokens:
    """Tokens of a scheme at a text size; each pair is made once.

    Type, and every length that holds words, grows with the size; margins, radii and the grid do not: the room that
    words take is taken from the page, not doubled by empty space. The size is in per cent of the design's.

    Raises:
        TypeError: the file names a token the program does not know, or lacks one.
    """
    table = _table()
    return Tokens(
        scheme=scheme,
        percent=percent,
        color=Colors(**table["color"][scheme.value]),
        size=Sizes(
            **{name: value if name in _FIXED else scale_length(value, percent) for name, value in table["size"].items()}
        ),
        type={
            name: TypeStyle(scale_length(pixels, percent), scale_length(line, percent), weight)
            for name, (pixels, line, weight) in table["type"].items()
        },
    )


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two #RRGGBB colours, 1 to 21.

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
