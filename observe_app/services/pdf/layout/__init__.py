"""Setting a document on pages with ReportLab. Import this package inside a function only: it costs 0.15 s.

Importing it first puts ReportLab's configuration out of reach of the machine it runs on: `~/.reportlab_settings`
would run as Python, and `RL_*` variables change the bytes of every file (both read when `rl_config` is imported).
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from types import ModuleType
from typing import Any

_STAND_INS = ("reportlab_settings", "reportlab.local_rl_settings")


def _without_local_settings() -> None:
    """Import `rl_config` while it can see neither settings files nor variables."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("RL_")}
    missing = [name for name in _STAND_INS if name not in sys.modules]
    for name in missing:
        sys.modules[name] = ModuleType(name)
    try:
        import reportlab.rl_config  # noqa: F401, PLC0415  (its import is what is being guarded)
    finally:
        os.environ.update(hidden)
        for name in missing:
            sys.modules.pop(name, None)


@lru_cache(maxsize=8192)
def _number(value: float) -> str:
    text = f"{value:.6f}" if -1 < value < 1 else f"{value:.4f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _numbers(*values: Any) -> str:
    """Write numbers as PDF does. Stands in for ReportLab's own, which its C part would replace and which is slow."""
    if len(values) == 1 and isinstance(values[0], (list, tuple)):
        values = tuple(values[0])
    return " ".join(map(_number, values))


def _settle() -> None:
    """Set what the pages rely on; other modules of ReportLab copy these values when they are imported."""
    from reportlab import rl_config  # noqa: PLC0415  (after the guard)
    from reportlab.lib import rl_accel  # noqa: PLC0415  (the same)

    rl_accel.fp_str = _numbers

    rl_config.invariant = 1
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = []
    rl_config.useA85 = 0
    rl_config.pageCompression = 1
    rl_config.canvas_basefontname = "Observe"
    rl_config.defaultGraphicsFontName = "Observe"
    rl_config.warnOnMissingFontGlyphs = 0
    from reportlab.lib.fonts import addMapping  # noqa: PLC0415  (copies the base font's name)

    # styles look the base font's family up when they are imported, before any font is registered
    addMapping("Observe", 0, 0, "Observe")
    addMapping("Observe", 1, 0, "Observe-Semibold")
    addMapping("Observe", 0, 1, "Observe-Italic")
    addMapping("Observe", 1, 1, "Observe-SemiboldItalic")


_without_local_settings()
_settle()
