"""Room for a reply: its fields, what is attached, where it stands; and links there and back."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from observe_app.services.pdf.document import Claim
from observe_app.services.pdf.layout.reply_form import ATTACHMENT, attachment
from observe_app.services.pdf.preview import render_pages
from tests.services.pdf.samples import corrected_document, pages_of, released_document, sample_document, written

WHOLE = {"overall", "step", "readers", "received", "name", "day"}


def reader_of(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.mark.parametrize("scope", ["summary", "record"])
def test_each_claim_has_a_stance_and_words_and_a_question_words_alone(scope: str) -> None:
    fields = reader_of(written(released_document(scope=scope))[0]).get_fields() or {}

    wanted = {f"words_{number}" for number in range(1, 7)} | {f"stance_{number}" for number in range(1, 5)}
    assert {name for name in fields if "." not in name} >= wanted | WHOLE
    assert not {"stance_5", "stance_6"} & set(fields)


def test_what_is_asked_is_said_in_whole_sentences() -> None:
    fields = reader_of(written(released_document())[0]).get_fields() or {}

    said = {name: str(field.get("/TU", "")) for name, field in fields.items()}
    assert said["words_1"] == "Your words on claim 1, “Silence is used on purpose”."
    assert said["words_5"] == "Your answer to question 5, “What did table 6 need?”."
    assert all(said[name].endswith(".") for name in WHOLE)


def test_the_attached_file_names_visit_revision_and_claims_and_nothing_that_is_not_on_the_page() -> None:
    document = released_document()
    attached = reader_of(written(document)[0]).attachments[ATTACHMENT][0]

    assert attached == attachment(document)
    assert json.loads(attached) == {
        "format": "observe-reply", "version": 1, "visit": "v1", "release": "rel1", "revision": 1,
        "school": "Northfield School", "teacher": "Amina Diallo-Žižek", "date": "10 March 2026",
        "claims": ["c1", "c2", "c3", "c4", "c5", "c6"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "document", [sample_document(), corrected_document(status="withdrawn")], ids=["draft", "withdrawn"]
)
def test_nobody_is_asked_in_a_draft_or_a_withdrawal(document: Any) -> None:
    reader = reader_of(written(document)[0])

    assert not reader.get_fields()
    assert ATTACHMENT not in reader.attachments


def test_a_withdrawal_says_so_and_nothing_of_its_content() -> None:
    (page,) = pages_of(written(corrected_document(status="withdrawn"))[0])

    assert "This feedback was withdrawn" in page
    assert "Revision 2, 14 March 2026, 08:30." in page
    for gone in ("Adding fractions", "Silence is used", "think, pair, share", "Leaves thinking time", "exit question"):
        assert gone not in page


def test_a_correction_says_what_changed_and_why() -> None:
    first = pages_of(written(corrected_document())[0])[0]

    assert "Revision 2, 14 March 2026, 08:30." in first
    assert "Changed: Growth area 4 was reworded." in first
    assert "Why: Amina told me" in first


def test_many_claims_flow_on_and_each_can_be_answered() -> None:
    many = tuple(Claim(f"Strength {number}", "It was seen.", id=f"m{number}") for number in range(40))
    data, result = written(released_document(strengths=many, growth=(), questions=()))

    fields = reader_of(data).get_fields() or {}
    assert not result.fallback
    assert {f"stance_{number}" for number in range(1, 41)} <= set(fields)


def test_every_released_page_can_be_named_and_a_draft_cannot() -> None:
    assert all("Ref. v1-2" in page for page in pages_of(written(corrected_document(scope="record"))[0]))
    assert all("Ref." not in page for page in pages_of(written(sample_document(scope="record"))[0]))


def links_of(data: bytes) -> dict[int, list[str]]:
    """Return the names of the places that the links of each page lead to."""
    found: dict[int, list[str]] = {}
    for number, page in enumerate(reader_of(data).pages, start=1):
        for one in page.get("/Annots", []):
            annotation = one.get_object()
            if annotation["/Subtype"] == "/Link":
                found.setdefault(number, []).append(str(annotation.get("/Dest") or annotation["/A"]["/D"]))
    return found


def test_quotations_lead_to_their_notes_and_notes_back_to_what_rests_on_them() -> None:
    data, _result = written(released_document(scope="record"))

    links = links_of(data)
    assert len(links[1]) >= 5  # each quotation of page one
    assert len(links[3]) >= 7  # five claims by their notes, and one answer by two
    assert "Leaves thinking time" in pages_of(data)[2]


def test_ink_is_saved_and_nothing_is_lost() -> None:
    def dark(data: bytes) -> float:
        pixels = [value for image in render_pages(data, 200, count=1) for value in image.pixels[::4]]
        return sum(value < 200 for value in pixels) / len(pixels)

    full, saving = (written(corrected_document(scope="record", ink_saving=save))[0] for save in (False, True))

    assert dark(saving) < 0.7 * dark(full)
    assert [sorted(page.split()) for page in pages_of(saving)] == [sorted(page.split()) for page in pages_of(full)]


def test_a_summary_and_a_record_are_renderings_of_one_document() -> None:
    document = released_document()

    summary, record = (written(replace(document, scope=scope))[1].pages for scope in ("summary", "record"))

    assert (summary, record) == (2, 3)
