"""What was answered and what happened, in the words of the feedback."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.form import OTHER
from observe_app.services.item_words import ItemWords, figure, happened, interval_base, lesson_minutes
from observe_app.services.pdf.build import build_feedback
from tests.services.pdf.form_samples import every_kind, filled_record
from tests.services.pdf.samples import pages_of, words_in, written

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ChecklistItem, ReportDocument


def told() -> dict[str, ChecklistItem]:
    document = build_feedback(filled_record())
    return {item.label: item for section in document.checklist for item in section.items}


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("How they sit", "Other: On the floor"),
        ("Came late", "0 students"),
        ("Open questions", "14 in 50 min, 2.8 per 10 min"),
        ("Teacher talks", "10:00 min, 20 % of 50 min"),
        ("Students talk", "12:30 min, 25 % of 50 min"),
        ("At work", "44 of 54 looked at (2 sweeps)"),
        ("After a question", "3 waits, median 2.1 s, 1 of 3 at 3 s or more; answered 2, rephrased 1"),
    ],
)
def test_each_kind_is_told_in_words_with_its_base(label: str, words: str) -> None:
    assert told()[label].answer == words


def test_nothing_counted_is_no_zero() -> None:
    found = told()

    assert (found["Closed questions"].answer, found["Closed questions"].absence) == ("", "not looked for")
    assert (found["Noise from outside"].answer, found["Noise from outside"].absence) == ("", "–")


def test_items_whose_condition_does_not_hold_are_left_out() -> None:
    assert {"What they use", "Why they were late"}.isdisjoint(told())


def test_several_options_stand_in_the_forms_words() -> None:
    record = filled_record()
    answers = (Answer("v1", "form", "pairs", None), Answer("v1", "tools", ("book", "board"), None))

    document = build_feedback(replace(record, answers=answers))

    items = {item.label: item.answer for section in document.checklist for item in section.items}
    assert (items["How they sit"], items["What they use"]) == ("In pairs", "A book, The board")


def test_the_words_of_other_are_said_once() -> None:
    found = told()["How they sit"]

    assert found.comment == ""


def test_intervals_are_shares_with_categories_and_their_base() -> None:
    item = told()["What goes on"]

    assert item.answer.startswith("25 intervals of 2 min")
    assert [(line.side, line.label, line.value) for line in item.shares] == [
        ("Instructor", "Presenting", "14 of 25"),
        ("", "Guiding", "0 of 25"),
        ("Students", "Receiving", "3 of 25"),
        ("", "student act 12", "11 of 25"),
        ("Level", "Low", "9 of 25"),
        ("", "Medium", "8 of 25"),
        ("", "High", "8 of 25"),
    ]
    assert item.shares[0].parts == "instructor act 0 14"


def test_levels_of_intervals_are_headed_with_what_they_are_levels_of() -> None:
    form = every_kind()
    named = replace(form, scales=(*form.scales[:1], replace(form.scales[1], label=(("", "Energy"),))))
    document = build_feedback(replace(filled_record(), form=named))

    items = {item.label: item for section in document.checklist for item in section.items}

    assert [line.side for line in items["What goes on"].shares[-3:]] == ["Energy", "", ""]


def test_an_interval_nobody_coded_is_in_no_base_and_is_told() -> None:
    record = filled_record()
    item = every_kind().item("codes")
    assert item is not None
    events = tuple(event for event in record.events if event.item != "codes" or event.offset_ms != 240_000)
    found = happened(every_kind(), events, lesson_minutes(record.visit, events))

    assert interval_base(item, found, ItemWords()).startswith("24 intervals")
    assert "One in between was not coded" in interval_base(item, found, ItemWords())


def test_a_form_with_nothing_but_counts_is_shown_and_without_any_left_out() -> None:
    record = filled_record()

    assert build_feedback(replace(record, answers=())).checklist
    notes = tuple(event for event in record.events if not event.item)
    assert build_feedback(replace(record, answers=(), events=notes)).checklist == ()


def test_an_answer_of_an_option_that_is_gone_is_told_by_its_id() -> None:
    document = build_feedback(replace(filled_record(), answers=(Answer("v1", "form", "stairs", None),)))

    assert [
        item.answer for section in document.checklist for item in section.items if item.label == "How they sit"
    ] == ["stairs"]


def test_the_bare_other_and_an_absence_are_words() -> None:
    answers = (Answer("v1", "form", OTHER, None), Answer("v1", "late", None, Absence.NOT_APPLICABLE))

    document = build_feedback(replace(filled_record(), answers=answers))

    items = {item.label: item for section in document.checklist for item in section.items}
    assert (items["How they sit"].answer, items["Came late"].absence) == ("Other", "not applicable")


def test_a_text_that_nobody_wrote_is_no_empty_place_and_a_reason_for_none_is_told() -> None:
    record = filled_record()
    nothing = build_feedback(replace(record, answers=()))
    unseen = build_feedback(replace(record, answers=(Answer("v1", "story", None, Absence.NOT_SEEN),)))

    def labels(document: ReportDocument) -> set[str]:
        return {item.label for section in document.checklist for item in section.items}

    assert {"What happened", "What I take away"}.isdisjoint(labels(nothing))
    assert "What happened" in labels(unseen)


def test_evidence_has_a_column_only_where_there_is_some() -> None:
    document = build_feedback(filled_record())
    bare = replace(
        document,
        checklist=tuple(
            replace(section, items=tuple(replace(item, evidence=()) for item in section.items))
            for section in document.checklist
        ),
    )
    some = replace(
        bare,
        checklist=tuple(
            replace(section, items=tuple(replace(item, evidence=("12:02",)) for item in section.items))
            for section in bare.checklist
        ),
    )

    assert "Evidence" not in " ".join(pages_of(written(bare)[0]))
    assert "Evidence" in " ".join(pages_of(written(some)[0]))


def test_every_value_is_on_the_pages() -> None:
    document = build_feedback(filled_record())
    found = words_in(" ".join(pages_of(written(document)[0])))

    for section in document.checklist:
        for item in section.items:
            assert words_in(item.answer if item.kind != "rating" else item.label) in found
            assert all(words_in(line.label) in found and words_in(line.value) in found for line in item.shares)


@pytest.mark.parametrize(("value", "words"), [(3, "3"), (3.0, "3"), (2.5, "2.5"), (1e8, "100000000"), (-0.25, "-0.25")])
def test_numbers_are_written_as_people_write_them(value: float, words: str) -> None:
    assert figure(value) == words
