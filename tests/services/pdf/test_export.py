"""From the store to the file: what was entered is what the teacher reads."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import NotFound
from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.services import answers, people, releases, talk, visits
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
def clock() -> FakeClock:
    """Return a clock that stands still."""
    return FakeClock()


@pytest.fixture
def core(tmp_path: Path, clock: FakeClock) -> Iterator[Core]:
    """Open an empty data folder."""
    opened = wire_core(tmp_path / "data", clock=clock)
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


def _rated(core: Core, clock: FakeClock, level: int) -> str:
    """Keep a visit with one rating and one strength, a day after the one before."""
    clock.advance(seconds=86_400)
    teacher, me = people.ensure(core, "Amina"), people.introduce(core, name="Jonas")
    visit = visits.plan(
        core, teacher_id=teacher.id, observer_id=me.id, start=clock.now(), form_id="general-peer-observation"
    )
    visits.begin(core, visit_id=visit.id)
    visits.finish(core, visit_id=visit.id)
    opened = answers.open_answer(core, visit_id=visit.id, item="respect")
    answers.give(core, visit_id=visit.id, item="respect", value=level, seen=opened.seen)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Everybody spoke")
    return visit.id


def test_a_level_of_the_visit_before_is_told_once_that_was_released(core: Core, clock: FakeClock) -> None:
    before, now = (_rated(core, clock, level) for level in (2, 4))

    def last() -> list[int | None]:
        sections = feedback_document(core, visit_id=now).checklist
        return [item.last for section in sections for item in section.items if item.id == "respect"]

    assert last() == [None]
    releases.release(core, visit_id=before)
    assert last() == [1]
    releases.withdraw(core, before, "Not mine to tell.")
    assert last() == [None]
