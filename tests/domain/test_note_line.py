"""A star behind the words of a new note."""

from __future__ import annotations

import pytest

from observe_app.domain.note_line import split_star


@pytest.mark.parametrize(
    ("line", "words", "starred"),
    [
        ("S7 laughs *", "S7 laughs", True),
        ("T waits #wait *  ", "T waits #wait", True),
        ("*", "*", False),
        ("  *", "  *", False),
        ("T wow*", "T wow*", False),
        ("3 * 4", "3 * 4", False),
        ("", "", False),
    ],
)
def test_a_star_behind_the_words_stars_the_note(line: str, words: str, starred: bool) -> None:
    assert split_star(line) == (words, starred)
