"""The paper of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper

_LETTER = {
    QLocale.Country.UnitedStates,
    QLocale.Country.Canada,
    QLocale.Country.Mexico,
    QLocale.Country.Philippines,
    QLocale.Country.Colombia,
    QLocale.Country.Chile,
    QLocale.Country.Venezuela,
    QLocale.Country.PuertoRico,
}


def paper_of(setting: str, locale: QLocale) -> Paper:
    """Return the paper of a setting; "auto" is what the region uses."""
    if setting in ("A4", "Letter"):
        return "Letter" if setting == "Letter" else "A4"
    return "Letter" if locale.territory() in _LETTER else "A4"
