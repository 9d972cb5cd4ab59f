"""What a check's answer is called on the pages of a language."""

from __future__ import annotations

import pytest

from observe_app.services.page_answers import yes_and_no
from observe_app.services.pdf.words import languages, words_for


@pytest.mark.parametrize("language", [*languages(), "de-AT", "xx", "", "../.."])
def test_the_words_are_those_of_the_pages(language: str) -> None:
    words = words_for(language)

    assert yes_and_no(language) == (words.yes, words.no)
