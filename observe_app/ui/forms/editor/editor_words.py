"""Sentences of the editor: which visits keep which version, and where something new will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.forms.editor.target import Part
from observe_app.ui.forms.words import visits_words

if TYPE_CHECKING:
    from observe_app.services.own_forms import FormUsage
    from observe_app.ui.forms.editor.structure_model import StructureRow
    from observe_app.ui.forms.editor.target import Target


def kept_words(usage: FormUsage) -> str:
    """Return in how many visits a form is used, and that they keep their version."""
    tr = QCoreApplication.translate
    used = visits_words(usage.visits)
    if len(usage.by_version) != 1:
        words = tr("form editor", "{used}: each keeps the version it has.").format(used=used)
    elif usage.visits == 1:
        words = tr("form editor", "{used}: it keeps version {n}.").format(used=used, n=usage.by_version[0][0])
    else:
        words = tr("form editor", "{used}: they keep version {n}.").format(used=used, n=usage.by_version[0][0])
    return words[:1].upper() + words[1:]


def where_words(row: StructureRow | None, target: Target) -> str:
    """Return where a new item will stand."""
    tr = QCoreApplication.translate
    if row is None or not row.title or target.part is Part.FORM:
        return tr("form editor", "It goes to the end of the form.")
    if target.part is Part.SECTION:
        return tr("form editor", "It goes to the end of “{name}”.").format(name=row.title)
    return tr("form editor", "It goes after “{name}”.").format(name=row.title)
