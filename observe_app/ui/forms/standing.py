"""How a form of the library stands: its second line, what can be done with it, what its reader is told. No widgets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.services.catalogue import Origin
from observe_app.ui.forms.details import Reading
from observe_app.ui.forms.header import Act
from observe_app.ui.forms.shelf import Row, RowKind, Shelf
from observe_app.ui.forms.words import usage_words, version_words, visits_words

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent

    from observe_app.domain.form import Form

_ENDINGS = frozenset({".toml", ".xlsx", ".xls", ".csv", ".tsv"})


def is_own(row: Row) -> bool:
    """Whether it is one of the school's own forms, or a draft of one."""
    return row.kind is RowKind.FORM and (row.entry is None or row.entry.origin is Origin.OWN)


def subtitle_of(row: Row, shelf: Shelf) -> str:
    """Version and use, the header's second line."""
    tr = QCoreApplication.translate
    if row.kind is RowKind.BROKEN:
        return tr("forms page", "Needs mending")
    if row.entry is None:
        return tr("forms page", "Draft, not used yet")
    version = version_words(row.entry.version)
    words = tr("forms page", "{version} · {used}").format(version=version, used=visits_words(shelf.visits(row.key)))
    return words[:1].upper() + words[1:]


def acts_for(row: Row) -> tuple[dict[Act, str], Act]:
    """What can be done with a form, each with the reason why not now ("" when it can), and the main one."""
    acts = dict.fromkeys((Act.USE, Act.PRINT, Act.TOML, Act.XLSFORM), "")
    if is_own(row):
        acts.update(dict.fromkeys((Act.EDIT, Act.DUPLICATE, Act.REMOVE), ""))
    else:
        acts[Act.COPY] = ""
    if row.entry is None:
        acts[Act.USE] = QCoreApplication.translate(
            "forms page", "This form is a draft. Edit it and bring its first version into use."
        )
        return acts, Act.EDIT
    return acts, Act.USE


def reading_of(row: Row, form: Form, shelf: Shelf) -> Reading:
    """The form with what the library knows of it."""
    entry = row.entry
    usage = shelf.usage.get(row.key)
    return Reading(
        form=form,
        used=usage_words(usage) if usage is not None else "",
        next_version=entry.version + 1 if entry is not None and shelf.draft(row.key) is not None else 0,
        languages=entry.languages if entry is not None else (),
    )


def published_words(title: str, version: int, visits: int) -> str:
    """What is said when a version came into use."""
    tr = QCoreApplication.translate
    alone = tr("forms page", "Version {n} of “{title}” is what new visits get.")
    kept = tr("forms page", "Version {n} of “{title}” is what new visits get; visits that have an earlier one keep it.")
    return (kept if visits else alone).format(n=version, title=title)


def dropped_file(event: QDropEvent) -> Path | None:
    """Return the one file of a kind that a form can come from, None for anything else."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() in _ENDINGS else None
