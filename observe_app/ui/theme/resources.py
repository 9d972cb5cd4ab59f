"""Where the files of the look live: fonts, icons, style tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Path of a shipped resource.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return resources_dir().joinpath(*parts)
