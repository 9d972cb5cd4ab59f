"""Short words expand when they are finished, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.abbreviations import expansion, finishes

PAIRS = (("tt", "think time"), ("Wb", "whiteboard"), ("bc", "because"), ("tr.", "training"), ("b/c", "because"))
_TEXT = st.text(alphabet="tTwWbBc. #>@/“'éß ", max_size=20)


def written(text: str, pairs=PAIRS, sign=" ") -> str:
    """Return the text after the sign was typed behind it."""
    found = expansion(text, len(text), pairs, sign)
    if found is None:
        return text + sign
    return text[: found.start] + found.text + text[found.end :] + sign


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("gives tt", "gives think time "),
        ("Tt", "Think time "),
        ("TT", "Think time "),
        ("wb", "whiteboard "),
        ("“bc", "“because "),
        ("(wb", "(whiteboard "),
        ("attt", "attt "),
        ("tts", "tts "),
        ("#tt", "#tt "),
        (">tt", ">tt "),
        ("@tt", "@tt "),
        ("b/c", "because "),
        ("tr.", "training "),
        ("", " "),
    ],
)
def test_a_finished_short_word_becomes_the_long_one(typed, kept):
    assert written(typed) == kept


@pytest.mark.parametrize("sign", list(' .,;:!?)”"\n'))
def test_punctuation_finishes_a_word(sign):
    assert finishes(sign)
    assert written("tt", sign=sign) == f"think time{sign}"


def test_letters_finish_nothing():
    assert not any(finishes(sign) for sign in "abc7-é")


def test_a_sign_that_may_belong_to_a_longer_short_word_is_waited_for():
    pairs = (("tr", "trio"), ("tr.", "training"))

    assert written("tr", pairs, ".") == "tr."
    assert written("tr.", pairs) == "training "
    assert written("tr", pairs) == "trio "


@pytest.mark.parametrize("pairs", [(), (("tt",),), (("tt", ""),), (("", "x"),), (("tt", "tt"),)])
def test_rows_that_say_nothing_expand_nothing(pairs):
    assert written("tt", pairs) == "tt "


def test_the_first_of_two_alike_wins():
    assert written("tt", (("tt", "one"), ("TT", "two"))) == "one "


@given(_TEXT, _TEXT)
def test_only_the_last_word_ever_changes(before, word):
    text = f"{before} {word}"
    found = expansion(text, len(text), PAIRS)

    if found is not None:
        assert found.end == len(text)
        assert text[found.start : found.end].casefold() in {short.casefold() for short, _long in PAIRS}
        assert found.start == 0 or text[found.start - 1] in " “'("
        assert found.text[0].isupper() == text[found.start].isupper()


@given(_TEXT)
def test_without_a_list_every_text_stays(text):
    assert expansion(text, len(text), ()) is None
