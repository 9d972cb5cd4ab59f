"""Where the shipped forms and resources lie: in the package once installed or bundled, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def forms_dir() -> Path:
    """Return the folder of the forms that ship.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _shipped("forms")


def resources_dir() -> Path:
    """Return the folder of fonts, icons, styles and translations.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _shipped("resources")


def _shipped(name: str) -> Path:
    # The package's own copy first: beside an installed package any other program's folder of that name may lie.
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    raise FileNotFoundError(installed)
