"""What gets into the feedback, and what must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Claim, ClaimKind
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from observe_app.services.pdf.build import build_feedback, clock
from observe_app.services.pdf.claim_build import MAX_QUOTATIONS
from observe_app.services.pdf.document import ChecklistItem, ChecklistSection
from observe_app.services.pdf.timeline import figures
from observe_app.services.pdf.words import Words
from tests.services.pdf.samples import PRIVATE_WORDS, assert_golden, sample_record


def test_the_sample_visit_becomes_the_document_on_file() -> None:
    document = build_feedback(
        sample_record(), language="en-GB", purpose_line="For professional growth.", with_notes=True
    )

    assert_golden("feedback.json", document.to_json())


def test_with_notes_every_readable_note_is_in_the_appendix() -> None:
    record = sample_record()

    document = build_feedback(record, with_notes=True, scope="record")

    readable = [event for event in record.events if event.kind is EventKind.NOTE and not event.private]
    assert [note.text for note in document.notes] == [event.text for event in readable]


def test_a_private_note_is_nowhere_not_even_in_a_count() -> None:
    record = sample_record()
    without = replace(record, events=tuple(event for event in record.events if not event.private))

    document = build_feedback(record, with_notes=True, scope="record")

    assert PRIVATE_WORDS not in document.to_json()
    assert "secret" not in document.to_json()
    assert document.figures == build_feedback(without, with_notes=True).figures
    assert document.timeline == build_feedback(without, with_notes=True).timeline
    assert document.notes_kept == build_feedback(without, with_notes=True).notes_kept


def test_a_claim_without_evidence_says_so_and_one_with_private_evidence_does_not_lie() -> None:
    document = build_feedback(sample_record())

    assert document.growth[1].remark == "No note is linked to this yet."
    assert document.questions[1].remark == "The notes behind this are not part of this page."


def test_starred_evidence_is_quoted_and_further_evidence_is_named_by_its_time() -> None:
    notes = tuple(
        Event(f"n{i}", "v", EventKind.NOTE, i * 60_000, text=f"note {i}", starred=i in {1, 4}) for i in range(5)
    )
    claim = Claim("c", "v", ClaimKind.STRENGTH, "Often", evidence=tuple(note.id for note in notes))

    made = build_feedback(VisitRecord(Visit("v"), events=notes, claims=(claim,))).strengths[0]

    assert [quote.text for quote in made.quotations] == ["note 1", "note 4"][:MAX_QUOTATIONS]
    assert made.remark == "Also at 00:00, 02:00, 03:00."


@pytest.mark.parametrize(
    ("absence", "said"),
    [
        (Absence.UNANSWERED, "–"),
        (Absence.NOT_SEEN, "not seen"),
        (Absence.NOT_LOOKED_FOR, "not looked for"),
        (Absence.NOT_APPLICABLE, "not applicable"),
    ],
)
def test_the_four_absences_are_told_apart(absence: Absence, said: str) -> None:
    record = sample_record()
    answers = (Answer("v1", "wait", None, absence), Answer("v1", "aim", "yes", None))

    document = build_feedback(replace(record, answers=answers))

    assert document.checklist[0].items[0].absence == said
    assert document.checklist[0].items[0].level is None


def test_a_numbered_moment_is_quoted_once() -> None:
    document = build_feedback(sample_record(), with_notes=True)

    quoted = [quote.number for claim in document.strengths + document.growth for quote in claim.quotations]
    listed = [quote.number for quote in document.heard]
    assert sorted([number for number in quoted if number] + listed) == [1, 2, 3, 4]
    assert document.timeline is not None
    assert [moment.number for moment in document.timeline.moments] == [1, 2, 3, 4]


def test_a_form_nobody_touched_is_left_out() -> None:
    assert build_feedback(replace(sample_record(), answers=())).checklist == ()


def test_a_rating_outside_its_scale_is_told_and_put_on_no_level() -> None:
    record = replace(sample_record(), answers=(Answer("v1", "wait", 9, None),))

    item = build_feedback(record).checklist[0].items[0]

    assert (item.level, item.answer, item.absence) == (None, "9", "")


def test_an_empty_visit_still_makes_a_document_that_says_so() -> None:
    document = build_feedback(VisitRecord(Visit("v", teacher="A")))

    assert document.empty
    assert (document.figures, document.timeline, document.when, document.notes_kept) == ((), None, "", 0)


def test_dates_and_times_are_those_of_the_school() -> None:
    record = sample_record()

    document = build_feedback(replace(record, visit=replace(record.visit, zone="Europe/Helsinki")))

    assert document.when == "Tuesday 10 March 2026, 11:05–11:55"


def test_an_unknown_zone_falls_back_to_utc() -> None:
    record = sample_record()

    document = build_feedback(replace(record, visit=replace(record.visit, zone="Atlantis/Capital")))

    assert document.when == "Tuesday 10 March 2026, 09:05–09:55"


def test_every_figure_has_its_base() -> None:
    made = build_feedback(sample_record()).figures

    assert [(figure.value, figure.unit) for figure in made] == [
        ("12", "in 50 min"),
        ("7", "of 12"),
        ("4", "of 12"),
        ("4", "of 27"),
    ]


@pytest.mark.parametrize(("kind", "told"), [("check", True), ("rating", True), ("value", False)])
def test_items_are_counted_as_seen_only_where_there_is_something_to_see(
    kind: Literal["check", "rating", "value"], told: bool
) -> None:
    record, words = sample_record(), Words()
    notes = [event for event in record.events if event.kind is EventKind.NOTE and not event.speaker]
    checklist = (ChecklistSection("Talk", (ChecklistItem(kind, "Pairs talk", answer="Yes"),)),)

    labels = [figure.label for figure in figures(record.visit, notes, checklist, words)]

    assert (words.figure_items in labels) is told


def test_a_phase_lasts_until_the_next_and_the_last_until_the_end() -> None:
    timeline = build_feedback(sample_record()).timeline

    assert timeline is not None
    assert [(phase.start, phase.end) for phase in timeline.phases] == [(0, 6), (6, 18), (18, 34), (34, 45), (45, 50)]


@pytest.mark.parametrize(
    ("ms", "said"), [(0, "00:00"), (59_999, "00:59"), (722_000, "12:02"), (6_000_000, "100:00"), (-61_000, "-01:01")]
)
def test_lesson_clock(ms: int, said: str) -> None:
    assert clock(ms) == said


def test_whom_somebody_speaks_to_is_said_in_the_notes_and_in_quotations() -> None:
    note = Event("n", "v", EventKind.NOTE, 60_000, text="Show me.", speaker="S4", to="S5")
    claim = Claim("c", "v", ClaimKind.STRENGTH, "They ask each other", evidence=("n",))

    document = build_feedback(VisitRecord(Visit("v"), events=(note,), claims=(claim,)), with_notes=True, scope="record")

    assert [row.speaker for row in document.notes] == ["S4→S5"]
    assert [quote.speaker for quote in document.strengths[0].quotations] == ["S4→S5"]
