"""Words that judge: the shipped lists, and what a person changes in them."""

from __future__ import annotations

import pytest

from observe_app.services import word_lists
from observe_app.services.word_lists import JudgingWord, add, languages, listing, mark, remove, shipped_words
from observe_app.services.wording import judging_words


def test_every_shipped_list_has_words():
    assert "en" in languages()
    assert [one for one in languages() if not shipped_words(one)] == []
    assert shipped_words("../en") == shipped_words("xx") == shipped_words("") == ()


def test_a_shipped_word_is_left_alone_and_marked_again(core):
    word = shipped_words("en")[0]

    mark(core, "en", word, marked=False)
    assert word not in judging_words(core, "en")
    mark(core, "en", word, marked=True)
    assert word in judging_words(core, "en")


def test_an_own_word_is_added_once_and_removed(core):
    assert add(core, "en", "  Rubbish   LESSON ")
    assert add(core, "en", "rubbish lesson")

    assert JudgingWord("rubbish lesson", own=True, marked=True) in listing(core, "en")
    assert core.settings.get().judging_words == (("en", "rubbish lesson"),)
    assert "rubbish lesson" in judging_words(core, "en")
    assert "rubbish lesson" not in judging_words(core, "de")
    remove(core, "en", "rubbish lesson")
    assert core.settings.get().judging_words == ()


def test_adding_a_word_that_was_left_alone_marks_it_again(core):
    word = shipped_words("en")[0]
    mark(core, "en", word, marked=False)

    add(core, "en", word)

    assert JudgingWord(word, own=False, marked=True) in listing(core, "en")


@pytest.mark.parametrize("word", ["", "  ", "x" * 61])
def test_what_is_no_word_is_not_added(core, word):
    assert not add(core, "en", word)


def test_settings_that_make_no_sense_leave_the_list_as_it_is(core):
    before = listing(core, "en")
    core.settings.change(judging_words=(("en",), ("en", "a", "b"), ("en", ""), ("en", "y" * 99)), fair_words=(("en",),))

    assert listing(core, "en") == before
    assert len(word_lists.listing(core, "xx")) == 0
