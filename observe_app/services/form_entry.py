"""One form as a list shows it, and as the index keeps that."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import FormProblem
from observe_app.domain.form import FormUse, ItemKind
from observe_app.services.forms.toml_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.form import Form, Texts

_SEAL = 16


class Origin(StrEnum):
    """Where a form comes from."""

    SHIPPED = "shipped"
    OWN = "own"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One form as a list shows it.

    Attributes:
        title, purpose: in the form's languages; of a broken file the title is its name and the purpose empty.
        version: 0 for a broken file.
        path: its file; None for an own stored form.
        problems: why it cannot be used; empty for a good one.
        items: how many items it has, guidance left out. kinds: those that occur, in order.
        languages: the form's own first, then those that any of its texts is in.
        interval_s: length of its intervals in seconds, 0 without.
    """

    form_id: str
    title: Texts
    purpose: Texts
    version: int
    path: Path | None
    problems: tuple[FormProblem, ...] = ()
    origin: Origin = Origin.SHIPPED
    use: FormUse = FormUse.LESSON
    items: int = 0
    kinds: tuple[ItemKind, ...] = ()
    languages: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    citation: str = ""
    interval_s: int = 0


def broken_entry(name: str, origin: Origin, problems: tuple[FormProblem, ...], path: Path | None) -> CatalogueEntry:
    """Return the entry of a form that cannot be read."""
    return CatalogueEntry(name, (("", shown(name)),), (), 0, path, problems, origin)


def entry_of(form: Form, origin: Origin, path: Path | None) -> CatalogueEntry:
    """Return the entry of a good form."""
    asked = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    return CatalogueEntry(
        form_id=form.id,
        title=form.title,
        purpose=form.purpose,
        version=form.version,
        path=path,
        origin=origin,
        use=form.use,
        items=len(asked),
        kinds=tuple(dict.fromkeys(item.kind for item in asked)),
        languages=tuple(dict.fromkeys((form.language, *(code for code in _codes(form) if code)))),
        source=form.source,
        licence=form.licence,
        citation=form.citation,
        interval_s=next((item.seconds for item in asked if item.kind is ItemKind.INTERVAL), 0),
    )


def _codes(form: Form) -> Iterator[str]:
    for texts in (form.title, form.purpose):
        yield from (code for code, _text in texts)
    for section in form.sections:
        yield from (code for code, _text in section.title)
        for item in section.items:
            yield from (code for code, _text in item.label)


def entry_out(entry: CatalogueEntry, key: str) -> str:
    """Return an entry as the index keeps it under this key; where the form lies is not part of that."""
    content = json.dumps(
        {
            "id": entry.form_id,
            "title": entry.title,
            "purpose": entry.purpose,
            "version": entry.version,
            "problems": [asdict(problem) for problem in entry.problems],
            "use": entry.use,
            "items": entry.items,
            "kinds": entry.kinds,
            "languages": entry.languages,
            "source": entry.source,
            "licence": entry.licence,
            "citation": entry.citation,
            "interval_s": entry.interval_s,
        },
        separators=(",", ":"),
    )
    return _seal(key, content) + content


def entry_in(text: str | None, key: str, origin: Origin, path: Path | None) -> CatalogueEntry | None:
    """Return the entry that the index keeps, None where it keeps none, a damaged one or that of another key."""
    if text is None or text[:_SEAL] != _seal(key, text[_SEAL:]):
        return None
    try:
        data = json.loads(text[_SEAL:])
        return CatalogueEntry(
            form_id=_word(data["id"]),
            title=_texts(data["title"]),
            purpose=_texts(data["purpose"]),
            version=_number(data["version"]),
            path=path,
            problems=tuple(_problem(one) for one in data["problems"]),
            origin=origin,
            use=FormUse(data["use"]),
            items=_number(data["items"]),
            kinds=tuple(ItemKind(kind) for kind in data["kinds"]),
            languages=tuple(_word(code) for code in data["languages"]),
            source=_word(data["source"]),
            licence=_word(data["licence"]),
            citation=_word(data["citation"]),
            interval_s=_number(data["interval_s"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _seal(key: str, content: str) -> str:
    """Return what stands before an entry, so that one that was changed by hand or moved to another key is not taken."""
    return hashlib.sha256(f"{key}\0{content}".encode(errors="replace")).hexdigest()[:_SEAL]


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(type(value))
    return value


def _texts(value: Any) -> Texts:
    return tuple((_word(code), _word(words)) for code, words in value)


def _problem(value: Any) -> FormProblem:
    fields: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in value.items()}
    return FormProblem(**fields)
