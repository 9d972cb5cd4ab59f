"""Which tallies of a form stand in two columns: those whose names have room for it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

from observe_app.domain.form import ItemKind, text_in
from observe_app.ui.form_panel.form_item import MARGIN, key_side
from observe_app.ui.theme import font, scaled

if TYPE_CHECKING:
    from observe_app.domain.form import Form

INNER = 12
"""Space between the middle of the sheet and what stands beside it, in pixels."""

_LEAST = 205
_COUNT = "000"
_GAPS = 22


def halved(form: Form | None, language: str, width: int) -> frozenset[str]:
    """Return the ids of the tallies that stand two beside each other in a sheet of this width, in pixels.

    All of a row of neighbours or none, so that their counts stand in columns; with larger words there is less room.
    """
    half = width // 2
    if form is None or half < scaled(_LEAST):
        return frozenset()
    look = QFontMetrics(font("text"))
    count = QFontMetrics(font("note", weight=600, tabular=True)).horizontalAdvance(_COUNT)
    room = half - MARGIN - INNER - key_side() - count - _GAPS
    found: set[str] = set()
    for section in form.sections:
        for is_tally, run in groupby(section.items, key=lambda item: item.kind is ItemKind.TALLY):
            items = list(run)
            labels = [text_in(item.label, language) + (" *" if item.required else "") for item in items]
            if is_tally and len(items) > 1 and all(look.horizontalAdvance(label) <= room for label in labels):
                found.update(item.id for item in items)
    return frozenset(found)
