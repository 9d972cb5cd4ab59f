"""Where the files live that ship beside the package: fonts, icons, style tables."""

from __future__ import annotations

from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Path of a shipped resource; the folder stands beside the package in a checkout and in a bundle."""
    return Path(__file__).resolve().parents[3].joinpath("resources", *parts)
