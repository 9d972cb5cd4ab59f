"""Words that judge are found outside quotations, whole, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.low_inference import marks, quotations, word_set

WORDS = frozenset({"good", "boring", "seemed", "well-behaved", "too slow", "s'ennuie"})
_TEXT = st.text(alphabet="god “”\"'’‘«».,-é", max_size=40)


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in marks(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T was good. Seemed Boring!", ["good", "Seemed", "Boring"]),
        ("goods, goodness, no-good, boringly", []),
        ("class well-behaved; pace too slow", ["well-behaved", "too slow"]),
        ("too, slow", []),
        ("S7 s’ennuie", ["s’ennuie"]),
        ("", []),
    ],
)
def test_whole_words_in_any_case(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "T “That is good”",
        'S3 "boring"',
        "T „good“ sagt sie",
        "T «good»",
        "T »good«",
        "T ‘good’",
        "T 'good' again",
        "T “This is still being typed, good",
        'T says "It’s good, don’t you think',
    ],
)
def test_a_quotation_is_evidence_and_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["T didn’t seem good", "the students' good work", "“Yes” is good", '5" of good rope'])
def test_an_apostrophe_or_a_closed_quotation_hides_nothing(text):
    assert found(text) == ["good"]


def test_own_words_join_and_fair_words_leave():
    words = word_set(
        ["good", "boring"], (("en", "Meh"), ("", "so-so"), ("de", "fad"), ("broken",)), (("en", "Boring"),), "en"
    )

    assert words == {"good", "meh", "so-so"}


@given(_TEXT)
def test_marks_are_words_of_the_text_in_order_and_outside_quotations(text):
    spans = quotations(text)
    last = 0
    for mark in marks(text, frozenset({"good", "go", "d"})):
        assert last <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end].casefold() == mark.word
        assert not any(start < mark.end and mark.start < end for start, end in spans)
        last = mark.end


@given(_TEXT)
def test_quotations_do_not_overlap(text):
    last = 0
    for start, end in quotations(text):
        assert last <= start < end <= len(text)
        last = end


@given(_TEXT)
def test_no_words_no_marks(text):
    assert marks(text, frozenset()) == ()
