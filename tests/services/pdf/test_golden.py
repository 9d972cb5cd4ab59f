"""Whole documents on file at three levels: what is said, how it reads on pages, and the bytes.

UPDATE_GOLDEN=1 in the environment stores all of them anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from observe_app.services.pdf.build import build_feedback
from observe_app.services.pdf.document import ReportDocument
from tests.services.pdf.reading import Element, read
from tests.services.pdf.samples import (
    GOLDEN,
    RELEASED,
    after_record,
    assert_golden,
    corrected_document,
    pages_of,
    released_document,
    sample_document,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HASHES = GOLDEN / "hashes.json"


def _observed_led() -> ReportDocument:
    record = after_record()
    led = replace(record, visit=replace(record.visit, led="teacher", agreed_items=("wait", "who")), replies=())
    return build_feedback(led, language="en-GB", with_notes=True, scope="record", release=RELEASED)


def _empty() -> ReportDocument:
    return build_feedback(VisitRecord(Visit("v1", teacher="Amina Diallo-Žižek")), release=RELEASED)


CASES: dict[str, Callable[[], ReportDocument]] = {
    "summary-A4": released_document,
    "summary-Letter": lambda: released_document(paper="Letter"),
    "record": lambda: released_document(scope="record"),
    "draft": sample_document,
    "corrected": lambda: corrected_document(scope="record"),
    "observed-led": _observed_led,
    "empty": _empty,
    "withdrawn": lambda: corrected_document(status="withdrawn", reply_form=False),
}
"""By name; made when asked for."""


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_is_on_file(name: str) -> None:
    document = CASES[name]()

    assert_golden(f"{name}.json", document.to_json())
    assert ReportDocument.from_json(document.to_json()) == document


@pytest.mark.parametrize("name", CASES)
def test_the_pages_their_structure_and_their_outline_are_on_file(name: str) -> None:
    data, result = written(CASES[name]())

    pages = "".join(f"--- page {number}\n{page}\n" for number, page in enumerate(pages_of(data), start=1))
    outline = "\n".join(_entries(pypdf.PdfReader(io.BytesIO(data)).outline))
    tree = "\n".join(_tree(read(data)))
    assert (result.fallback, result.replaced) == (False, ())
    assert_golden(f"{name}.txt", f"{pages}--- outline\n{outline}\n--- structure\n{tree}\n")


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_those_on_file(name: str) -> None:
    digest = hashlib.sha256(written(CASES[name]())[0]).hexdigest()

    known = json.loads(HASHES.read_text(encoding="utf-8")) if HASHES.exists() else {}
    if os.environ.get("UPDATE_GOLDEN"):
        known |= {name: digest, "packing": _packing()}
        HASHES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    if known["packing"] != _packing():
        pytest.skip("the zlib of this Python packs the same words into other bytes")
    assert known[name] == digest


def _packing() -> str:
    """Return what tells one way of packing from another: builds of zlib differ in the bytes, never in the words."""
    return hashlib.sha256(zlib.compress((GOLDEN / "record.json").read_bytes())).hexdigest()


def _entries(outline: list[Any], depth: int = 0) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, depth + 1)
        else:
            yield f"{'  ' * depth}{entry.title}"


def _tree(element: Element, depth: int = 0) -> Iterator[str]:
    own = " ".join("".join(part for part in element.parts if isinstance(part, str)).split())
    yield f"{' ' * depth}{element.role}{': ' + own[:60] if own else ''}"
    for part in element.parts:
        if isinstance(part, Element):
            yield from _tree(part, depth + 1)
