"""Words of a journal are in nothing that leaves, but where their owner picked them; hours hold no word of a visit."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.portfolio import Pick, PickKind
from observe_app.services import journals, people, releases, search, talk
from observe_app.services.exchange import journal_out
from observe_app.services.exchange.people_out import export_people
from observe_app.services.exchange.visit_out import export_visit
from observe_app.services.learning import certificates, hours, portfolio
from observe_app.services.pdf import export_feedback
from observe_app.services.pdf.learning_export import (
    certificate_page,
    export_portfolio,
    portfolio_document,
    statement_document,
    write_certificate,
    write_pages,
)
from observe_app.services.pdf.term_export import Look
from tests.services.learning.made import person, session, visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.services.core import Core

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)
CANARIES = ("zqtitlexhw", "zqpromptxhw", "zqtextxhw", "zqlearningxhw", "zqforewordxhw")


def texts(path: Path) -> Iterator[bytes]:
    """Yield what is in a file in every way that words are kept there."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield from (item for items in reader.attachments.values() for item in items)


def found_in(path: Path) -> list[str]:
    return [word for word in CANARIES for data in texts(path) if word.encode() in data.lower()]


@pytest.fixture
def where(core: Core) -> str:
    """A visit, with a journal about it whose every word is known."""
    me = people.introduce(core, name="Jonas Brandt")
    assert me is not None
    made = visit(core, person(core, "Amina Diallo"), me, talk=20)
    talk.add_claim(core, visit_id=made, kind=ClaimKind.STRENGTH, title="waits", text="Five breaths.")
    journals.add(core, text="zqtextxhw", title="zqtitlexhw", prompt="zqpromptxhw", visit_id=made)
    journals.add(core, text="zqlearningxhw", visit_id=made, kind=EntryKind.LEARNING, visit_ids=())
    releases.release(core, visit_id=made, with_notes=True)
    begun = portfolio.add(core, title="My year")
    portfolio.edit(core, portfolio_id=begun.value.id, seen=begun.seen, foreword="zqforewordxhw")
    session(core, "Wait time", {me: 60})
    return made


@pytest.mark.parametrize("name", ["a.json", "a.xlsx", "a.csv", "a.boris"])
def test_no_export_of_a_visit_has_a_word_of_the_journal(core: Core, where: str, tmp_path: Path, name: str) -> None:
    export_visit(core, visit_id=where, target=tmp_path / name, private=True)
    assert found_in(tmp_path / name) == []


def test_no_document_about_others_has_a_word_of_the_journal(core: Core, where: str, tmp_path: Path) -> None:
    export_feedback(core, visit_id=where, target=tmp_path / "feedback.pdf", scope="record")
    export_people(core, tmp_path / "people.xlsx")
    amina = people.by_name(core, "Amina Diallo")
    write_pages(statement_document(core, person_id=amina.id, first=FIRST, last=LAST), tmp_path / "statement.pdf")
    issued = certificates.issue(core, person_id=amina.id, first=FIRST, last=LAST)
    write_certificate(certificate_page(core, issued), tmp_path / "certificate.pdf")
    assert {path.name: found_in(path) for path in tmp_path.iterdir() if path.is_file()} == {
        "feedback.pdf": [],
        "people.xlsx": [],
        "statement.pdf": [],
        "certificate.pdf": [],
    }


def test_no_search_but_that_of_the_journal_finds_it(core: Core, where: str) -> None:
    for word in CANARIES:
        assert search.notes(core, word) == ()
    with core.store.read() as unit:
        assert all(unit.search.visits(word) == () for word in CANARIES) if hasattr(unit.search, "visits") else True
    every = journals.everything(core)
    assert [one.title for one in journals.matching(every, "zqtext")] == ["zqtitlexhw"]
    assert journals.matching(every, "Zqtéxt") == journals.matching(every, "zqtext")


def test_a_portfolio_holds_what_was_picked_and_nothing_beside_it(core: Core, where: str, tmp_path: Path) -> None:
    (found,) = portfolio.listing(core)
    learning = next(one for one in journals.everything(core) if one.kind is EntryKind.LEARNING)
    seen = portfolio.open_portfolio(core, found.id).seen
    portfolio.edit(core, portfolio_id=found.id, seen=seen, picks=(Pick(PickKind.ENTRY, learning.id),))
    export_portfolio(core, found.id, tmp_path / "mine.pdf", look=Look("A4"))
    assert set(found_in(tmp_path / "mine.pdf")) == {"zqlearningxhw", "zqforewordxhw"}
    told = portfolio_document(core, found.id).document.to_json()
    for other in ("Amina", "waits", "zqtext"):
        assert other not in told


@pytest.mark.parametrize("name", ["mine.md", "mine.txt", "mine.json"])
def test_the_owner_takes_the_whole_journal_out(core: Core, where: str, tmp_path: Path, name: str) -> None:
    assert journal_out.export(core, tmp_path / name) == 2
    assert {"zqtitlexhw", "zqpromptxhw", "zqtextxhw", "zqlearningxhw"} <= set(found_in(tmp_path / name))


def test_what_is_certified_names_nobody_else(core: Core, where: str) -> None:
    amina = people.by_name(core, "Amina Diallo")
    found = hours.statement(core, person_id=amina.id, first=FIRST, last=LAST)
    content = certificates.content_of(found, "Northfield")
    for other in ("Jonas", "waits", "breaths", where):
        assert other not in content
