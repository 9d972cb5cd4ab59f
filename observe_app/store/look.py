"""How the window looks, read before anything else is loaded: the few settings that the first paint needs."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import NamedTuple


class Look(NamedTuple):
    """See `domain.settings.Settings` for the words; a file that cannot be read gives the defaults."""

    theme: str = "system"
    language: str = ""
    reduce_motion: bool = False
    text_size: int = 100


def default_folder() -> Path:
    """Return the folder the system sets aside for this person's data; `OBSERVE_DATA` overrules it."""
    chosen = os.environ.get("OBSERVE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415  (not needed when a folder is given)

    return user_data_path("Observe", appauthor=False, roaming=False)


def read_look(folder: Path) -> Look:
    """Return what the settings of this data folder say of the look."""
    try:
        table = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Look()
    theme, language, motion = table.get("theme"), table.get("language"), table.get("reduce_motion")
    text_size = table.get("text_size")
    return Look(
        theme if isinstance(theme, str) else "system",
        language if isinstance(language, str) else "",
        motion if isinstance(motion, bool) else False,
        text_size if isinstance(text_size, int) and not isinstance(text_size, bool) else 100,
    )
