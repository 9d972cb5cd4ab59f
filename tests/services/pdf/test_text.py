"""What may be printed of a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.pdf.text import MISSING, Ink, clean, printed

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


@given(st.text())
def test_printing_what_was_printed_changes_nothing_more(text: str) -> None:
    once = printed(text, LATIN)

    assert printed(once, LATIN) == once


@given(st.text())
def test_only_what_the_faces_have_is_printed(text: str) -> None:
    assert {ord(char) for char in printed(text, LATIN)} <= LATIN | {ord("\n")}


@given(st.lists(st.text("ab<&>\u00e9", min_size=1, max_size=300), max_size=60))
def test_no_letter_and_no_word_is_lost_however_long(words: list[str]) -> None:
    assert printed("  ".join(words), LATIN) == " ".join(words)


def test_a_letter_that_only_its_parts_can_show_is_written_in_parts() -> None:
    ink = Ink(frozenset(map(ord, "k\u030c")))

    assert (ink.line("\u01e9"), ink.replaced) == ("k\u030c", set())


def test_spaces_that_hold_words_together_stay_within_a_line_only() -> None:
    assert printed("\u00a0 4\u00a0% \u202f\n\u00a0\n5", LATIN | {0x202F}) == "4\u00a0%\n5"


@pytest.mark.parametrize("char", ["\U0001f600", "\U0001d4d0", "\U00020000", "\u4e2d", "\ue000"])
def test_what_lies_beyond_the_faces_is_replaced_visibly_and_reported(char: str) -> None:
    from observe_app.services.pdf.layout import fonts

    ink = Ink(fonts.register())

    assert (ink.line(f"a{char}b"), ink.replaced) == (f"a{MISSING}b", {char})


def test_a_missing_glyph_is_replaced_visibly_and_reported() -> None:
    ink = Ink(LATIN)

    assert ink.line("Zoë said שלום") == f"Zoë said {MISSING * 4}"
    assert ink.replaced == set("שלום")


def test_paragraphs_follow_the_lines_and_empty_lines_only_separate() -> None:
    assert Ink(LATIN).paragraphs("one\n\n  \ntwo  three\n") == ("one", "two three")
