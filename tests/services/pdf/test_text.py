"""What may be printed of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.pdf.text import MAX_PIECE, MAX_WORD, MISSING, Ink, broken, clean, pieces

LATIN = frozenset(range(0x20, 0x250)) | {ord(MISSING)}


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200dwidth\u200b", "zerowidth"),
        ("over\u202eride", "override"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("non\ufdd0char\uffff", "nonchar"),
        ("tab\tline\r\nnext\u2028last", "tab line\nnext\nlast"),
        ("e\u0301", "é"),
        ("a" + "\u0335" * 40, "a" + "\u0335" * 3),
    ],
)
def test_what_cannot_be_seen_is_dropped(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(char) for char in clean(text) if char != "\n"}

    assert not left & {"Cc", "Cs", "Cf"}


@given(st.integers(1, 2000))
def test_no_word_is_longer_than_the_limit_and_no_letter_is_lost(length: int) -> None:
    found = broken("x" * length)

    assert max(map(len, found.split())) <= MAX_WORD
    assert found.replace(" ", "") == "x" * length


@given(st.lists(st.text("ab<&>", min_size=1, max_size=300), max_size=60))
def test_pieces_are_short_and_together_the_whole(words: list[str]) -> None:
    found = pieces(" ".join(words))

    assert all(len(piece) <= MAX_PIECE for piece in found)
    assert "".join(" ".join(found).split()) == "".join(words)


def test_a_missing_glyph_is_replaced_visibly_and_reported() -> None:
    ink = Ink(LATIN)

    assert ink.line("Zoë said שלום") == f"Zoë said {MISSING * 4}"
    assert ink.replaced == set("שלום")


def test_paragraphs_follow_the_lines_and_empty_lines_only_separate() -> None:
    assert Ink(LATIN).paragraphs("one\n\n  \ntwo  three\n") == ("one", "two three")
