"""Every text of a document, by where it stands; and documents made by giving each of them another."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNSEEN = frozenset({
    "visit_id", "release_id", "id", "key", "event", "form_id", "kind", "paper", "language", "scope", "status", "stance",
    "shape", "revised", "use", "rests", "origin",
})  # fmt: skip
"""Fields that hold names for the program: ids, kinds, codes of languages. Nothing of them is printed as it is.

A claim's, step's or reply's `status`, `kind` and `stance` are told in the words of the page.
"""


def texts_of(document: Any) -> dict[str, str]:
    """Return the printed texts by path ("strengths.0.title"), in the order of the fields."""
    return dict(_texts(document, ""))


def _texts(found: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(found, str):
        yield path, found
    elif isinstance(found, tuple):
        for number, one in enumerate(found):
            yield from _texts(one, f"{path}.{number}")
    elif is_dataclass(found):
        for one in fields(found):
            if one.name not in UNSEEN:
                yield from _texts(getattr(found, one.name), f"{path}.{one.name}".lstrip("."))


def changed(document: Any, change: Callable[[str, str], str], path: str = "") -> Any:
    """Return the document with every printed text replaced by `change(path, text)`."""
    if isinstance(document, str):
        return change(path, document)
    if isinstance(document, tuple):
        return tuple(changed(one, change, f"{path}.{number}") for number, one in enumerate(document))
    if is_dataclass(document) and not isinstance(document, type):
        return replace(document, **{
            one.name: changed(getattr(document, one.name), change, f"{path}.{one.name}".lstrip("."))
            for one in fields(document) if one.name not in UNSEEN
        })  # fmt: skip
    return document


def flat(text: str) -> str:
    """Return the text in form NFKD and without white space, which lines and paragraphs change.

    Two texts are the same in NFKD if and only if they are in NFKC; unlike that, a part of a text stays a part of it.
    """
    return "".join(unicodedata.normalize("NFKD", text).split())
