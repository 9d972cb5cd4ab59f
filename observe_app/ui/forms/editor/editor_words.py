"""Sentences of the editor: which visits keep which version, and where something new will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.forms.editor.target import Part
from observe_app.ui.forms.words import version_words, visits_words

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def added_words(count: int) -> str:
    """Return how many items came."""
    tr = QCoreApplication.translate
    return (
        tr("form editor", "1 item is added.")
        if count == 1
        else tr("form editor", "{n} items are added.").format(n=count)
    )


def removed_words(name: str, items: int) -> str:
    """Return what was taken out; `items`: how many went with a section."""
    tr = QCoreApplication.translate
    if items:
        return tr("form editor", "“{name}” is taken out, with {n} items.").format(name=name, n=items)
    return (
        tr("form editor", "“{name}” is taken out.").format(name=name) if name else tr("form editor", "It is taken out.")
    )


def refused_words(problems: Sequence[str], version: int) -> str:
    """Return why a version cannot be used yet."""
    tr = QCoreApplication.translate
    name = version_words(version)
    if len(problems) == 1:
        return tr("form editor", "Before {version} can be used: {what}").format(version=name, what=problems[0])
    words = tr("form editor", "{n} things need a look before {version} can be used.")
    return words.format(n=len(problems), version=name)
