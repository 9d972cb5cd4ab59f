"""How close a page is set: no closer than it must be, and never over its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from observe_app.services.pdf.document import Claim, ReportDocument
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout.fitting import Fitted, fitted
from observe_app.services.pdf.layout.page_one import page_one
from observe_app.services.pdf.layout.page_two import page_two
from observe_app.services.pdf.layout.pieces import Kit
from observe_app.services.pdf.layout.styles import SHEETS
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for
from tests.services.pdf.samples import pages_of, released_document, sample_document, written

PAPERS = ("A4", "Letter")
ROOM = {"A4": 795.0, "Letter": 751.0}


def kit_for(document: ReportDocument) -> Kit:
    """Return what the document is set with at its natural air."""
    sheet = SHEETS[document.paper]
    return Kit(words_for(document.language), sheet, Ink(fonts.register()), Node("Document"), document)


def page_one_with(lines: int, paper: str = "A4") -> tuple[Kit, Fitted]:
    """Return page one of the sample visit with so many lines more in one strength."""
    claim = Claim("One more", "\n".join(f"Line {number}" for number in range(lines)))
    document = sample_document(paper=paper)
    kit = kit_for(replace(document, strengths=(*document.strengths, claim)))
    return kit, fitted(kit, page_one, ROOM[paper])


def test_a_page_with_room_keeps_its_natural_air() -> None:
    kit = kit_for(sample_document(questions=()))

    found = fitted(kit, page_one, ROOM["A4"])

    assert (found.fits, found.kit.sheet.air, found.kit.sheet.size) == (True, 1.0, 1.0)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("lines", range(1, 9))
def test_a_full_page_uses_the_room_that_it_has(lines: int, paper: str) -> None:
    _kit, found = page_one_with(lines, paper)

    if found.fits and found.kit.sheet.air < 1:
        assert ROOM[paper] - 12 < found.height <= ROOM[paper]
    else:
        assert found.kit.sheet.air == 1


def test_more_words_bring_a_page_closer_step_by_step() -> None:
    airs = [page_one_with(lines)[1].kit.sheet for lines in (1, 2, 3)]

    assert [sheet.size for sheet in airs] == [1.0, 1.0, 1.0]
    assert airs[0].air > airs[1].air > airs[2].air > 0


def test_a_part_beyond_its_page_keeps_its_natural_air() -> None:
    _kit, found = page_one_with(60)

    assert (found.fits, found.kit.sheet.air) == (False, 1.0)


def test_tries_that_were_not_kept_leave_nothing_in_the_reading_order() -> None:
    kit, _found = page_one_with(3)
    fitted(kit, page_two, 500)

    ids = [node.id for node in kit.root.walk()]
    assert len(ids) == len(set(ids))
    assert [node.role for node in kit.root.walk()].count("H1") == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_full_visit_keeps_its_lesson_in_time_on_page_one(paper: str) -> None:
    claims = released_document().strengths
    data, result = written(released_document(paper=paper, strengths=(*claims, replace(claims[1], title="A third"))))

    pages = pages_of(data)
    assert result.pages == 2
    assert "A third" in pages[0]
    assert "50 min" in pages[0]
    assert "Your reply" in pages[1]
