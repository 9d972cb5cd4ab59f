"""The snapshot of a form that a visit keeps: versioned JSON, written and read back exactly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from observe_app.domain.errors import FormInvalid, FormProblem
from observe_app.domain.form import Form, Item, ItemKind, Level, Section, Texts

FORMAT = "observe-form"
VERSION = 1


class SnapshotDamaged(FormInvalid):
    """A stored form cannot be read. Its only problem's rule is "snapshot_damaged" or "snapshot_newer"."""

    def __init__(self, rule: str, found: str = "") -> None:
        super().__init__(Path(), (FormProblem(0, "", rule, found, str(VERSION)),))


def dumps_snapshot(form: Form) -> str:
    """Return the form as JSON; equal forms give equal text."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "form": {
            "id": form.id,
            "version": form.version,
            "title": _texts_out(form.title),
            "purpose": _texts_out(form.purpose),
            "source": form.source,
            "licence": form.licence,
            "citation": form.citation,
            "language": form.language,
            "sections": [
                {
                    "id": section.id,
                    "title": _texts_out(section.title),
                    "help": _texts_out(section.help),
                    "items": [_item_out(item) for item in section.items],
                }
                for section in form.sections
            ],
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def loads_snapshot(text: str) -> Form:
    """Return the form of a snapshot. Fields that a later version added are passed over.

    Raises:
        SnapshotDamaged: it is no snapshot, incomplete, or of a newer version than this program knows.
    """
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise SnapshotDamaged("snapshot_damaged")
        version = _of(content, "version", int)
        if version > VERSION:
            raise SnapshotDamaged("snapshot_newer", str(version))
        return _form_in(content["form"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise SnapshotDamaged("snapshot_damaged", type(error).__name__) from error


def _texts_out(texts: Texts) -> list[list[str]]:
    return [[code, words] for code, words in texts]


def _item_out(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "label": _texts_out(item.label),
        "help": _texts_out(item.help),
        "scale": item.scale,
        "levels": [[level.number, _texts_out(level.label), _texts_out(level.descriptor)] for level in item.levels],
        "hotkey": item.hotkey,
        "required": item.required,
        "long": item.long,
    }


def _form_in(data: Any) -> Form:
    return Form(
        id=_of(data, "id", str),
        version=_of(data, "version", int),
        title=_texts_in(data["title"]),
        purpose=_texts_in(data["purpose"]),
        sections=tuple(
            Section(
                _of(row, "id", str),
                _texts_in(row["title"]),
                tuple(_item_in(item) for item in _of(row, "items", list)),
                _texts_in(row["help"]),
            )
            for row in _of(data, "sections", list)
        ),
        source=_of(data, "source", str),
        licence=_of(data, "licence", str),
        citation=_of(data, "citation", str),
        language=_of(data, "language", str),
    )


def _item_in(data: Any) -> Item:
    return Item(
        id=_of(data, "id", str),
        kind=ItemKind(data["kind"]),
        label=_texts_in(data["label"]),
        help=_texts_in(data["help"]),
        levels=tuple(
            Level(_checked(number, int), _texts_in(label), _texts_in(descriptor))
            for number, label, descriptor in _of(data, "levels", list)
        ),
        scale=_of(data, "scale", str),
        hotkey=_of(data, "hotkey", str),
        required=_of(data, "required", bool),
        long=_of(data, "long", bool),
    )


def _texts_in(data: Any) -> Texts:
    return tuple((_checked(code, str), _checked(words, str)) for code, words in _checked(data, list))


def _of(data: Any, key: str, kind: type) -> Any:
    return _checked(data[key], kind)


def _checked(value: Any, kind: type) -> Any:
    # type() and not isinstance(): a true in place of a number is damage.
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    if isinstance(value, str):
        # Half a surrogate pair cannot be stored or shown; encoding raises for it.
        value.encode()
    return value
