"""Comparisons in every language that the pages speak: whole, and with nothing on their pages in English."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from observe_app.services.charts.words import ChartWords
from observe_app.services.compare.agree_words import AgreementWords
from observe_app.services.pdf.calibration_build import build_calibration
from observe_app.services.pdf.group_build import build_group
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.render import comparison_bytes
from observe_app.services.pdf.term_build import TermAsk, TermStep, build_term
from observe_app.services.pdf.term_words import TermWords, agree_words, chart_words, compare_language, term_words
from observe_app.services.pdf.words import capitals, languages, words_for
from tests.services.pdf import term_samples
from tests.services.pdf.reading import read
from tests.services.pdf.test_languages import OTHERS, keys, leaves, placeholders, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.compare.marks import Series, Term
    from observe_app.services.pdf.term_document import CompareDocument, Facts

ENGLISH = {"compare": TermWords(), "charts": ChartWords(), "agree": AgreementWords()}
FILLING = re.compile(r"\{\w*\}")
WORD = re.compile(r"[^\W\d_]+")
LEVELS = ("Qia", "Qib", "Qic", "Qid")
GIVEN = {"Amina", "Diallo", "Žižek", "Tomás", "Rivera", "Joonas", "Brandt", "Mei", "Lindqvist", *LEVELS}
"""What is on the pages beside the words of the language: names and what a form would say."""
SIGNS = {
    "compare.of_form", "compare.broken", "compare.other_observer", "compare.minutes", "compare.month_name",
    "compare.group_item", "compare.level_cell", "compare.kappa", "compare.ac1", "compare.jaccard",
    "compare.name_term", "compare.name_group", "charts.date", "charts.date_year", "charts.dash", "charts.percent",
    "charts.seconds", "charts.broken", "charts.alt_course", "charts.alt_value", "charts.says", "charts.says_from",
    "charts.column_n", "charts.per_ten", "charts.minutes_axis", "charts.bars_alt", "charts.seat_says", "agree.span",
    "agree.seconds", "agree.tag", "agree.side_label",
}  # fmt: skip
"""Words that are but numbers, signs, symbols and names, and may be written alike anywhere."""
ALIKE: dict[str, set[str]] = {
    "de": {"compare.code", "compare.weights_linear", "charts.column_minute"},
    "es": {"agree.no", "charts.no"},
    "fr": {
        "compare.code", "compare.date", "compare.moments", "compare.notes_with", "charts.column_date",
        "charts.column_minute", "charts.column_section", "charts.phases",
    },
    "it": {"agree.no", "charts.no"},
    "nl": {"compare.code"},
    "pt": {"compare.weights_linear"},
}  # fmt: skip
"""Words that a language happens to share with English."""


def own_words(language: str) -> dict[str, Any]:
    """Return the words of comparisons in a language, by table."""
    return {"compare": term_words(language), "charts": chart_words(language), "agree": agree_words(language)}


def every_leaf(tables: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every word of the tables with the name of its field."""
    for name, words in tables.items():
        yield from leaves(words, f"{name}.")


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_comparisons_speak_every_language_of_the_pages(language: str) -> None:
    assert compare_language(language) == language


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("table", ENGLISH)
def test_a_table_has_exactly_the_words_that_comparisons_say(language: str, table: str) -> None:
    assert sorted(keys(table_of(language)[table])) == sorted(name for name, _word in leaves(ENGLISH[table]))


@pytest.mark.parametrize("language", OTHERS)
def test_patterns_of_comparisons_are_filled_with_the_same_in_every_language(language: str) -> None:
    english = dict(every_leaf(ENGLISH))
    differing = {
        name: (word, english[name])
        for name, word in every_leaf(own_words(language))
        if placeholders(word) != placeholders(english[name])
    }
    assert differing == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_comparisons_is_left_in_english_but_what_is_written_alike(language: str) -> None:
    english = dict(every_leaf(ENGLISH))
    same = {name for name, word in every_leaf(own_words(language)) if word == english[name]}
    assert {name for name in same if ".months." not in name} - SIGNS - ALIKE.get(language, set()) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_comparisons_have_neither_straight_quotes_nor_spaces_at_their_ends(language: str) -> None:
    found = {
        name: word for name, word in every_leaf(own_words(language)) if set(word) & set("\"'`") or word != word.strip()
    }
    assert found == {}


@pytest.mark.parametrize("language", languages())
def test_the_fonts_have_every_character_of_comparisons(language: str) -> None:
    covered = fonts.register()
    used = {char for _name, word in every_leaf(own_words(language)) for char in word + capitals(word)}
    assert {char for char in used if ord(char) not in covered} == set()


def test_french_comparisons_keep_their_punctuation_with_the_word_before_it() -> None:
    loose = {
        name: word
        for name, word in every_leaf(own_words("fr"))
        if any(f" {sign}" in word for sign in ":;?!»") or "« " in word
    }
    assert loose == {}


def test_a_region_compares_in_its_language_and_an_unknown_language_in_english() -> None:
    assert (compare_language("de-AT"), compare_language("fi")) == ("de-AT", "en")
    assert term_words("de-AT") == term_words("de")
    assert (term_words("fi"), chart_words("fi"), agree_words("fi")) == tuple(ENGLISH.values())


def test_months_of_a_group_stand_as_they_do_without_a_day() -> None:
    told = {code: term_words(code).months[2] for code in ("en", "de", "pl", "uk", "el")}
    assert told == {"en": "March", "de": "März", "pl": "marzec", "uk": "березень", "el": "Μάρτιος"}


# --- pages -----------------------------------------------------------------------------------------------------------


def nameless(made: Term) -> Term:
    """Return a term whose form says nothing in any language."""
    words = dict(zip(("Not yet", "Sometimes", "Often", "Throughout"), LEVELS, strict=True))

    def line(series: Series) -> Series:
        marks = tuple(replace(mark, words=words.get(mark.words, "")) for mark in series.marks)
        levels = tuple((number, words[word]) for number, word in series.levels)
        return replace(series, label="Qia", section="Qib", marks=marks, levels=levels)

    visits = tuple(replace(one, form_title="Qic", class_name="7", subject="Qid") for one in made.visits)
    return replace(made, visits=visits, series=tuple(map(line, made.series)), tags=(("qia", 12, 40, 4),))


def facts(language: str) -> Facts:
    """Return what the settings say, with no words in them."""
    return replace(term_samples.FACTS, language=language, made_label="22", school="Qia", purpose_line="Qib")


def term_pages(language: str) -> CompareDocument:
    """Return a term as data."""
    states = (("open", ""), ("done", "20"), ("done", ""), ("dropped", "21"))
    steps = tuple(TermStep("Qia", "18", "19", state, closed) for state, closed in states)
    made = nameless(term_samples.term())
    return build_term(made, TermAsk("Amina Diallo-Žižek", steps=steps, facts=facts(language)))


def group_pages(language: str) -> CompareDocument:
    """Return a group as data."""
    return build_group(nameless(term_samples.group()), facts(language))


def two_pages(language: str) -> CompareDocument:
    """Return two observers as data."""
    return build_calibration(term_samples.agreement(agree_words(language)), facts(language))


def words_of(texts: Iterator[tuple[str, str]]) -> set[str]:
    """Return the single words of a language's tables, however they begin."""
    return {word.casefold() for _name, text in texts for word in WORD.findall(FILLING.sub(" ", text))}


def spoken(language: str) -> set[str]:
    """Return every word that a language's pages may say."""
    every = [*leaves(words_for(language)), *every_leaf(own_words(language))]
    return words_of(iter(every)) | words_of((name, capitals(FILLING.sub(" ", text))) for name, text in every)


def said_by(document: CompareDocument) -> set[str]:
    """Return the single words on the pages of a comparison, with those that stand for its pictures."""
    data, result = comparison_bytes(document)
    assert (result.fallback, result.replaced) == (False, ())
    return {word.casefold() for word in WORD.findall(read(data).text())}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("pages", [term_pages, group_pages])
def test_a_report_says_nothing_but_words_of_its_language(pages: Any, language: str) -> None:
    document = pages(language)
    given = {word.casefold() for word in GIVEN}

    assert document.facts.language == language
    assert said_by(document) - spoken(language) - given == set()


@pytest.mark.parametrize("language", OTHERS)
def test_two_observers_are_told_in_the_language_but_for_what_their_form_says(language: str) -> None:
    form = {word.casefold() for word in WORD.findall(term_samples.copus_words())}
    given = {word.casefold() for word in GIVEN | {"Physics", "Waves", "COPUS"}} | form

    assert said_by(two_pages(language)) - spoken(language) - given == set()


def test_a_german_report_is_as_long_as_the_english_one() -> None:
    for pages in (term_pages, group_pages, two_pages):
        english, german = (comparison_bytes(pages(code))[1].pages for code in ("en", "de"))
        assert german - english in (0, 1)
