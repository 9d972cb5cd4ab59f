"""From the store to the file: what was entered is what the teacher reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import NotFound
from observe_app.domain.event import EventKind
from observe_app.services import core as cores
from observe_app.services.demo import record_sample
from observe_app.services.pdf import export_feedback, feedback_document, preview_feedback
from observe_app.services.pdf.export import paper_of
from observe_app.services.visits import load_record
from tests.services.pdf.samples import pages_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.services.core import Core


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    """Open an empty data folder."""
    opened = wire_core(tmp_path / "data", clock=FakeClock())
    yield opened
    cores.close(opened)


def test_the_text_of_the_file_is_what_was_entered(core: Core, tmp_path: Path) -> None:
    visit_id = record_sample(core)
    record = load_record(core, visit_id)
    target = tmp_path / "feedback.pdf"

    result = export_feedback(core, visit_id=visit_id, target=target, include_notes=True)

    pages = pages_of(target.read_bytes())
    found = words_in(" ".join(pages))
    entered = [record.visit.teacher, record.visit.focus, *record.visit.conversation.split("\n")]
    entered += [text for claim in record.claims for text in (claim.title, claim.text)]
    entered += [text for step in record.steps for text in (step.text, step.help)]
    entered += [event.text for event in record.events if event.kind is EventKind.NOTE and not event.private]
    assert (result.fallback, result.replaced, len(pages)) == (False, (), result.pages)
    assert [text for text in entered if words_in(text) not in found] == []


def test_the_sample_visit_fits_on_one_sheet(core: Core) -> None:
    visit_id = record_sample(core)

    assert [export_feedback(core, visit_id=visit_id, target=io.BytesIO(), paper=paper).pages
            for paper in ("A4", "Letter")] == [2, 2]  # fmt: skip


def test_the_preview_is_the_file(core: Core, tmp_path: Path) -> None:
    visit_id = record_sample(core)

    data, result = preview_feedback(core, visit_id=visit_id)

    assert result == export_feedback(core, visit_id=visit_id, target=tmp_path / "a.pdf")
    assert data == (tmp_path / "a.pdf").read_bytes()


def test_the_settings_choose_paper_and_purpose(core: Core) -> None:
    visit_id = record_sample(core)
    core.settings.change(paper="Letter", purpose_line="Never used for appraisal.")

    document = feedback_document(core, visit_id=visit_id)

    assert (document.paper, document.purpose_line) == ("Letter", "Never used for appraisal.")


def test_an_unknown_visit_is_told_as_such(core: Core) -> None:
    with pytest.raises(NotFound):
        export_feedback(core, visit_id="none", target=io.BytesIO())


@pytest.mark.parametrize(
    ("setting", "region", "paper"),
    [
        ("A4", "en_US.UTF-8", "A4"),
        ("Letter", "de_DE", "Letter"),
        ("auto", "en_US.UTF-8", "Letter"),
        ("auto", "fr-CA", "Letter"),
        ("auto", "de_DE", "A4"),
        ("auto", "C.UTF-8", "A4"),
    ],
)
def test_auto_paper_goes_by_the_region(setting: str, region: str, paper: str) -> None:
    assert paper_of(setting, region) == paper
