"""Three-way merge of sentences: symmetric, idempotent, and nothing that was written gets lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.merge import changed_words, merged, merged_line, merged_words, sentences

WORDS = st.sampled_from(["Hands", "stay", "down", "is", "it", "שלום", "naïve", "3.5", "e.g.", "…", "(so)"])
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words) + ".")
GAP = st.sampled_from([" ", " ", "\n", "\n\n", "  "])
TEXT = st.lists(st.tuples(SENTENCE, GAP), max_size=7).map(lambda parts: "".join(s + g for s, g in parts))
ANYTHING = st.text(alphabet="ab .!?\n\t\u00a0\u200f”", max_size=30)


@given(TEXT, TEXT, TEXT)
def test_both_sides_may_change_places(ancestor: str, one: str, two: str) -> None:
    assert merged(ancestor, one, two) == merged(ancestor, two, one)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_white_space_and_points_alone_change_nothing_of_that(ancestor: str, one: str, two: str) -> None:
    assert merged(ancestor, one, two) == merged(ancestor, two, one)


@given(TEXT, TEXT)
def test_a_side_that_changed_nothing_leaves_the_other(ancestor: str, one: str) -> None:
    assert merged(ancestor, ancestor, one) == one
    assert merged(ancestor, one, one) == one


@given(TEXT, TEXT, TEXT)
def test_merging_a_merged_text_again_says_the_same(ancestor: str, one: str, two: str) -> None:
    both = merged(ancestor, one, two)
    if both is not None:
        assert merged(ancestor, both, both) == both
        assert merged(one, both, one) == both


@given(TEXT, TEXT, TEXT)
def test_every_sentence_that_somebody_wrote_is_in_it(ancestor: str, one: str, two: str) -> None:
    both = merged(ancestor, one, two)
    if both is not None:
        assert (set(sentences(one)) | set(sentences(two))) - set(sentences(ancestor)) <= set(sentences(both))


@given(TEXT, TEXT, TEXT)
def test_nothing_is_in_it_that_nobody_wrote(ancestor: str, one: str, two: str) -> None:
    both = merged(ancestor, one, two)
    if both is not None:
        assert set(sentences(both)) <= set(sentences(ancestor)) | set(sentences(one)) | set(sentences(two))


@given(ANYTHING)
def test_no_sign_of_a_text_is_outside_its_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.lists(SENTENCE, min_size=4, max_size=8, unique=True), SENTENCE, SENTENCE)
def test_what_changes_far_apart_always_comes_together(parts: list[str], first: str, last: str) -> None:
    one, two = [first, *parts[1:]], [*parts[:-1], last]

    assert merged(" ".join(parts), " ".join(one), " ".join(two)) == " ".join([first, *parts[1:-1], last])


def test_the_same_sentence_changed_by_both_has_no_merged_text() -> None:
    assert merged("It is so. Hands.", "It is not so. Hands.", "It is quite so. Hands.") is None


def test_a_sentence_that_one_took_out_and_the_other_changed_has_none() -> None:
    assert merged("It is so. Hands.", "Hands.", "It is quite so. Hands.") is None


def test_what_both_added_alike_comes_once() -> None:
    assert merged("A.", "A. Same. Mine.", "A. Same. Theirs.") == "A. Same. Mine. Theirs."


def test_lines_and_paragraphs_stay() -> None:
    before = "First.\n\n- one\n- two"
    assert merged(before, "First, changed.\n\n- one\n- two", before + "\n- three") == (
        "First, changed.\n\n- one\n- two\n- three"
    )


def test_a_very_long_text_takes_no_time() -> None:
    long = "Same. " * 40_000
    assert merged(long, long + "Mine.", "Theirs. " + long) == f"Theirs. {long}Mine."
    assert changed_words(long, "Other. " * 40_000) != ()


@pytest.mark.parametrize(
    ("before", "one", "two", "both"),
    [
        ("Year 8 set 2", "Year 9 set 2", "Year 8 set 3", "Year 9 set 3"),
        ("Year 8", "Year 9", "Year 10", None),
        ("", "Year 9", "Year 10", None),
        ("Silence is used", "Silence is used well", "Silence is used twice", None),
    ],
)
def test_a_line_is_joined_word_by_word(before: str, one: str, two: str, both: str | None) -> None:
    assert merged_line(before, one, two) == both
    assert merged_line(before, two, one) == both


@given(*(st.lists(st.sampled_from("abcdef"), unique=True) for _ in range(3)))
def test_words_in_a_row_are_joined_as_sets(before: list[str], one: list[str], two: list[str]) -> None:
    both = merged_words(before, one, two)

    assert both == merged_words(before, two, one)
    assert set(both) == (set(one) & set(two)) | (set(one) - set(before)) | (set(two) - set(before))


def test_the_words_that_differ_are_told_as_one_run_where_little_is_between() -> None:
    this = "Use the name sticks for the exit question and two others after minute 30"
    other = "Use the name sticks for every open question after minute 30"

    assert [this[a:b] for a, b in changed_words(this, other)] == ["the exit question and two others"]
    assert [other[a:b] for a, b in changed_words(other, this)] == ["every open question"]


@given(TEXT, TEXT)
def test_runs_are_in_order_inside_the_text_and_never_blank(this: str, other: str) -> None:
    end = 0
    for start, stop in changed_words(this, other):
        assert end <= start < stop <= len(this)
        assert this[start:stop] == this[start:stop].strip()
        end = stop


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert changed_words(text, text) == ()


def test_words_that_come_again_and_again_are_told_as_changed_in_one_piece_and_at_once() -> None:
    this, other = "Huge. " * 900, "Small. " * 700
    start = time.perf_counter()

    assert changed_words(this, other) == ((0, len(this.strip()) - 1),)
    assert time.perf_counter() - start < 8


def test_a_long_text_of_many_words_is_still_told_word_by_word() -> None:
    words = [f"w{at % 97}" for at in range(600)]
    this, other = " ".join(words), " ".join("other" if at % 50 == 25 else word for at, word in enumerate(words))

    assert [this[a:b] for a, b in changed_words(this, other)] == [words[at] for at in range(25, 600, 50)]
