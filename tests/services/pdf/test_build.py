"""What gets into the feedback, and what must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Claim, ClaimKind
from observe_app.domain.form import Form, Item, ItemKind, Level, Section
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from observe_app.services.pdf.build import build_feedback, clock
from observe_app.services.pdf.claim_build import MAX_QUOTATIONS
from observe_app.services.pdf.document import ChecklistItem, ChecklistSection
from observe_app.services.pdf.timeline import figures
from observe_app.services.pdf.words import Words
from tests.services.pdf.samples import PRIVATE_WORDS, RELEASED, after_record, sample_record


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


# --- what came after, and what may leave ------------------------------------------------------------------------------


def test_without_notes_only_those_leave_that_a_claim_an_answer_or_a_step_rests_on() -> None:
    document = build_feedback(after_record(), scope="record")

    assert [note.event for note in document.notes] == ["n00", "n02", "n04", "n06", "n07", "n09"]
    assert not document.with_notes
    assert "I knew it" not in document.to_json()


def test_an_observed_led_visit_tells_only_what_the_focus_agreed() -> None:
    record = after_record()
    led = replace(record, visit=replace(record.visit, led="teacher", agreed_items=("who",)))

    document = build_feedback(led, with_notes=True, scope="record")

    assert (document.observed_led, document.figures, document.timeline) == (True, (), None)
    assert [item.label for section in document.checklist for item in section.items] == ["Different students answer"]
    # those behind the answer to an item that was not agreed on stay, unless a claim rests on them too
    assert [note.event for note in document.notes] == ["n00", "n02", "n04", "n06", "n07", "n09"]
    assert document.heard == ()


def test_claims_are_numbered_through_all_kinds_in_the_order_of_reading() -> None:
    document = build_feedback(after_record(), with_notes=True)

    assert [(claim.number, claim.id) for claim in document.claims] == [
        (1, "c1"), (2, "c2"), (3, "c3"), (4, "c4"), (5, "c5"), (6, "c6"),
    ]  # fmt: skip


def test_a_view_stands_at_its_claim_with_its_base() -> None:
    view = build_feedback(after_record()).strengths[0].views[0]

    assert (view.key, view.times) == ("tag:question", ("08:14", "12:02", "20:07", "42:10"))
    assert "4 of 12" in view.text


def test_turns_are_told_with_names() -> None:
    turns = build_feedback(after_record()).turns

    assert [turn.who for turn in turns] == ["Joonas Παπαδόπουλος", "Amina Diallo-Žižek", "Both"]


def test_a_reply_stands_at_its_claims_and_as_a_whole() -> None:
    document = build_feedback(after_record())

    assert [[reply.stance for reply in claim.replies] for claim in document.claims] == [
        ["agree"], [], ["partly"], [], [""], [],
    ]  # fmt: skip
    assert [(reply.revision, reply.received, reply.when) for reply in document.replies] == [(1, True, "13 March 2026")]


def test_a_step_that_one_of_two_calls_done_says_who() -> None:
    step = build_feedback(after_record(), with_notes=True).earlier_steps[0]

    assert (step.status, step.agreed) == ("Done, as Amina Diallo-Žižek sees it", "Agreed on 8 February 2026")
    assert [quote.time for quote in step.evidence] == ["00:30"]


def test_the_first_reader_is_the_teacher_and_named_ones_follow() -> None:
    assert build_feedback(after_record()).readers == ("Amina Diallo-Žižek", "Mei Lindqvist")


def test_a_release_carries_its_number_and_moment_and_a_draft_has_no_form() -> None:
    draft, released = build_feedback(after_record()), build_feedback(after_record(), release=RELEASED)

    assert (draft.revision, draft.status, draft.reply_form) == (0, "draft", False)
    assert (released.revision, released.status, released.reply_form) == (1, "released", True)
    assert released.reference == "v1-1"


def waits(*seconds: float) -> tuple[Event, ...]:
    """Return waits of these lengths, a minute apart."""
    return tuple(
        Event(f"w{at}", "v", EventKind.WAIT, at * 60_000, item="pause", value=length * 1000)
        for at, length in enumerate(seconds)
    )


def waited(visit_id: str, *seconds: float, level: int = 1) -> VisitRecord:
    """Return a visit with one wait item and one rating."""
    levels = tuple(Level(number, (("", f"Level {number}"),)) for number in (1, 2, 3))
    rating = Item("calm", ItemKind.RATING, (("", "Calm"),), levels=levels)
    section = Section("s", (("", "S"),), (Item("pause", ItemKind.WAIT, (("", "Pause"),)), rating))
    form = Form("f", 1, (("", "F"),), (("", ""),), (section,))
    return VisitRecord(
        Visit(visit_id), events=waits(*seconds), form=form, answers=(Answer(visit_id, "calm", level, None),)
    )


def test_a_line_of_figures_needs_three_visits_and_shows_their_true_values() -> None:
    earlier = (waited("a", 1.0, 1.2), waited("b", 2.0))

    now = waited("c", 3.0, 3.4, 3.2)
    assert build_feedback(now, earlier=earlier).figures[0].points == (1.1, 2.0, 3.2)
    assert build_feedback(now, earlier=earlier[:1]).figures[0].points == ()
    assert (build_feedback(now).figures[0].value, build_feedback(now).figures[0].unit) == ("3.2", "s, median of 3")


def test_the_level_of_the_visit_before_is_told_where_it_differs() -> None:
    earlier = (waited("a", 1.0, level=3), waited("b", 1.0, level=1))

    def last(level: int) -> int | None:
        return build_feedback(waited("c", 1.0, level=level), earlier=earlier).checklist[0].items[1].last

    assert (last(2), last(1)) == (0, None)
