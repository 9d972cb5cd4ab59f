"""Rules behind Talk: the notes' model, days in words, the order of claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QMimeData, QModelIndex

from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.services import talk
from observe_app.ui.days import read_day, show_day
from observe_app.ui.talk.acts import move_claim
from observe_app.ui.talk.notes_model import NotesModel, find_words, ids_of

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from observe_app.services.core import Core
    from tests.ui.talk.lesson import Lesson

TODAY = date(2026, 3, 10)
LOCALES = ("en_GB", "en_US", "de_DE", "fr_FR", "es_ES", "pl_PL", "fi_FI", "sv_SE", "ja_JP", "ar_EG")


def note(number: int) -> Event:
    """Return a note with this number as its id and time."""
    return Event(id=f"n{number}", visit_id="v", kind=EventKind.NOTE, offset_ms=number, text=f"note {number}")


@given(st.lists(st.sets(st.integers(0, 12)), min_size=1, max_size=6))
def test_the_model_shows_what_it_was_given_after_any_changes(qtmodeltester: ModelTester, steps: list[set[int]]) -> None:
    model = NotesModel()
    qtmodeltester.check(model)
    for numbers in steps:
        model.set_notes([note(number) for number in sorted(numbers)], {})
        shown = [model.event_at(row).id for row in range(model.rowCount())]
        assert shown == [f"n{number}" for number in sorted(numbers)]


def test_one_new_note_is_one_inserted_row() -> None:
    model = NotesModel()
    model.set_notes([note(1), note(3)], {})
    inserted: list[tuple[int, int]] = []
    resets: list[int] = []

    def on_inserted(_parent: QModelIndex, first: int, last: int) -> None:
        inserted.append((first, last))

    model.rowsInserted.connect(on_inserted)
    model.modelReset.connect(lambda: resets.append(1))
    model.set_notes([note(1), note(2), note(3)], {})

    assert inserted == [(1, 1)]
    assert resets == []


def test_deleted_notes_and_other_events_are_not_shown() -> None:
    model = NotesModel()
    model.set_notes([note(1), replace(note(2), deleted=True), replace(note(3), kind=EventKind.TALLY)], {})

    assert model.rowCount() == 1


def test_a_drag_carries_ids_in_lesson_order_and_nothing_else() -> None:
    model = NotesModel()
    model.set_notes([note(1), note(2)], {})

    data = model.mimeData([model.index(1, 0), model.index(0, 0)])

    assert ids_of(data) == ("n1", "n2")
    assert not data.hasText()
    assert ids_of(QMimeData()) == ()


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [
        ("Élève silencieux", "eleve", ((0, 5),)),
        ("the bars, the Bars", "BARS", ((4, 8), (14, 18))),
        ("one two", "two one", ((0, 3), (4, 7))),
        ("one two", "three", None),
        ("Straße", "strasse", ((0, 6),)),
    ],
)
def test_words_are_found_without_case_and_accents(
    text: str, words: str, marks: tuple[tuple[int, int], ...] | None
) -> None:
    assert find_words(text, words) == marks


@given(st.text(max_size=40), st.text(max_size=6))
def test_marks_lie_inside_the_text(text: str, words: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_words(text, words) or ())


@given(st.integers(0, 700), st.sampled_from(LOCALES))
def test_a_shown_day_is_read_as_the_same_day(ahead: int, name: str) -> None:
    day = TODAY + timedelta(days=ahead)
    locale = QLocale(name)

    assert read_day(show_day(day, TODAY, locale), TODAY, locale) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("+14", date(2026, 3, 24)),
        ("2026-03-20", date(2026, 3, 20)),
        ("20 March", date(2026, 3, 20)),
        ("20 mar", date(2026, 3, 20)),
        ("20.3.", date(2026, 3, 20)),
        ("20/3", date(2026, 3, 20)),
        ("1 March", date(2027, 3, 1)),
        ("31 Feb", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(words: str, day: date | None) -> None:
    assert read_day(words, TODAY, QLocale("en_GB")) == day


def test_americans_write_the_month_first() -> None:
    assert read_day("3/20", TODAY, QLocale("en_US")) == date(2026, 3, 20)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=8))
def test_moving_claims_is_moving_in_a_list(core: Core, lesson: Lesson, moves: list[tuple[int, int]]) -> None:
    for old in talk.claims(core, lesson.visit.id):
        talk.delete_claim(core, claim_id=old.id, seen=talk.open_claim(core, old.id).seen)
    expected = [
        talk.add_claim(core, visit_id=lesson.visit.id, kind=ClaimKind.GROWTH, title=str(n)).id for n in range(4)
    ]
    for source, target in moves:
        claim_id = expected[source]
        move_claim(core, talk.claims(core, lesson.visit.id), claim_id, ClaimKind.GROWTH, target)
        place = target - (target > source)
        expected.remove(claim_id)
        expected.insert(place, claim_id)

    assert [claim.id for claim in talk.claims(core, lesson.visit.id)] == expected
