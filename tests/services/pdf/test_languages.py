"""The pages in every language that they speak: whole, with nothing left in English, and set as well as in English."""

from __future__ import annotations

import io
import string
import tomllib
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from observe_app.paths import resources_dir
from observe_app.services.item_words import figure
from observe_app.services.pdf.build import build_feedback, released_words
from observe_app.services.pdf.dates import day
from observe_app.services.pdf.document import ReportDocument
from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.render import form_bytes
from observe_app.services.pdf.words import Words, capitals, languages, page_language, words_for
from observe_app.services.release_changes import changes
from tests.services.pdf.form_samples import every_kind
from tests.services.pdf.samples import (
    CORRECTED,
    NEXT_VISIT,
    after_record,
    pages_of,
    sample_record,
    words_in,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.document import Paper, Scope

ENGLISH = Words()
OTHERS = languages()[1:]
PATTERNS = {
    "first", "date", "day_month", "when", "when_to", "moment", "seconds", "minutes", "row_tag", "unanswered",
    "alt_line", "reference", "items.number", "items.view_code_of", "items.view_level", "items.view_tally",
    "changes.nothing", "figure_notes_unit", "form.version",
}  # fmt: skip
"""Words that are but numbers, signs and symbols, and may be written alike anywhere."""
ALIKE = {
    "de": {
        "phase", "reply_name", "sheet_codes", "form.code", "form.code_key", "form.sweep_minute",
        "form.interval_minutes_axis",
    },
    "es": {"no", "form.no", "form.total"},
    "fr": {
        "questions", "changes.questions", "phase", "reply_date", "note", "sheet_codes", "form.code", "form.date",
        "form.notes", "form.sweep_minute", "form.interval_minutes_axis", "form.total",
    },
    "it": {"no", "form.no"},
    "nl": {
        "summary", "summary_undated", "step_is_open", "sheet_interval", "sheet_codes", "items.tally", "form.code",
        "form.code_key", "form.start_stop_start", "form.start_stop_stop",
    },
    "pl": {"form.start_stop_start", "form.start_stop_stop"},
    "pt": {"form.total"},
}  # fmt: skip
"""Words that a language happens to share with English."""


def leaves(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every word with the name of its field; months and days one by one."""
    for one in fields(words):
        value = getattr(words, one.name)
        if is_dataclass(value):
            yield from leaves(value, f"{path}{one.name}.")
        elif isinstance(value, tuple):
            yield from ((f"{path}{one.name}.{at}", word) for at, word in enumerate(value))
        else:
            yield path + one.name, value


def keys(table: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the names of a file's entries, as `leaves` names them."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, f"{path}{name}.")
        elif isinstance(value, list):
            yield from (f"{path}{name}.{at}" for at in range(len(value)))
        else:
            yield path + name


def placeholders(text: str) -> list[str]:
    """Return what a pattern is filled with."""
    return sorted(name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None)


def table_of(language: str) -> dict[str, Any]:
    """Return a language's file."""
    return tomllib.loads((resources_dir() / "pages" / f"{language}.toml").read_text(encoding="utf-8"))


def test_english_comes_first_and_the_others_by_their_codes() -> None:
    assert languages() == ("en", "de", "el", "es", "fr", "it", "nl", "pl", "pt", "uk")


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_exactly_the_words_that_the_pages_say(language: str) -> None:
    own = {name: words for name, words in table_of(language).items() if name not in {"compare", "charts", "agree"}}
    assert sorted(keys(own)) == sorted(name for name, _word in leaves(ENGLISH))


@pytest.mark.parametrize("language", OTHERS)
def test_patterns_are_filled_with_the_same_in_every_language(language: str) -> None:
    english = dict(leaves(ENGLISH))
    differing = {
        name: (word, english[name])
        for name, word in leaves(words_for(language))
        if placeholders(word) != placeholders(english[name])
    }
    assert differing == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english_but_what_is_written_alike(language: str) -> None:
    english = dict(leaves(ENGLISH))
    same = {name for name, word in leaves(words_for(language)) if word == english[name]}
    assert same - PATTERNS - ALIKE.get(language, set()) - {f"months.{at}" for at in range(12)} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_words_have_neither_straight_quotes_nor_spaces_at_their_ends(language: str) -> None:
    joining = {"form.both", "form.either", "form.neither"}
    found = {
        name: word
        for name, word in leaves(words_for(language))
        if set(word) & set("\"'`") or (word != word.strip() and name not in joining)
    }
    assert found == {}


@pytest.mark.parametrize("language", languages())
def test_the_fonts_have_every_character_in_small_letters_and_capitals(language: str) -> None:
    covered = fonts.register()
    missing = {
        char
        for _name, word in leaves(words_for(language))
        for char in word + capitals(word)
        if ord(char) not in covered
    }
    assert missing == set()


def test_french_keeps_its_punctuation_with_the_word_before_it() -> None:
    loose = {
        name: word
        for name, word in leaves(words_for("fr"))
        if any(f" {sign}" in word for sign in ":;?!»") or "« " in word
    }
    assert loose == {}


def test_capitals_drop_the_greek_accent_and_no_other() -> None:
    assert capitals("Συμφωνημένη εστίαση") == "ΣΥΜΦΩΝΗΜΕΝΗ ΕΣΤΙΑΣΗ"
    assert capitals("προϊόν") == "ΠΡΟΪΟΝ"
    assert capitals("Évaluation à améliorer, größer, її") == "ÉVALUATION À AMÉLIORER, GRÖSSER, ЇЇ"


@pytest.mark.parametrize(
    ("language", "written_day"),
    [
        ("en", "10 March 2026"), ("de", "10. März 2026"), ("fr", "10 mars 2026"), ("es", "10 de marzo de 2026"),
        ("nl", "10 maart 2026"), ("it", "10 marzo 2026"), ("pt", "10 de março de 2026"), ("pl", "10 marca 2026"),
        ("el", "10 Μαρτίου 2026"), ("uk", "10 березня 2026"),
    ],
)  # fmt: skip
def test_dates_are_written_as_the_language_writes_them(language: str, written_day: str) -> None:
    assert day(date(2026, 3, 10), words_for(language)) == written_day


def test_the_first_of_a_month_is_written_as_the_language_writes_it() -> None:
    assert day(date(2026, 5, 1), words_for("fr")) == "1er mai 2026"
    assert day(date(2026, 5, 1), words_for("it")) == "1º maggio 2026"
    assert day(date(2026, 5, 1), words_for("de")) == "1. Mai 2026"


def test_decimals_follow_the_language() -> None:
    assert figure(1.4, 1, words_for("en").items.point) == "1.4"
    assert figure(1.4, 1, words_for("de").items.point) == "1,4"
    assert figure(3.0, 1, words_for("de").items.point) == "3"


@pytest.mark.parametrize("language", ["de", "de-AT", "de_CH", "DE"])
def test_a_region_speaks_its_language(language: str) -> None:
    assert words_for(language) is words_for(language)
    assert words_for(language) == words_for("de")
    assert page_language(language) == language


@pytest.mark.parametrize("language", ["fi", "fil", "xx-YY", "C", "", "d", "..", "den"])
def test_a_language_without_words_gets_english_throughout(language: str) -> None:
    assert words_for(language) == ENGLISH
    made = build_feedback(sample_record(), language=language)
    assert (made.language, made.form_title) == ("en", "General peer observation")


@cache
def whole(language: str) -> ReportDocument:
    """Return the sample visit's corrected revision, everything in it, in a language."""
    moment = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)
    return build_feedback(
        after_record(), language=language, with_notes=True, scope="record", school="Northfield School",
        release=CORRECTED._replace(released=released_words(moment, "UTC", language)), next_visit=NEXT_VISIT,
        why="Amina told me that table 6 had spoken twice.",
    )  # fmt: skip


@cache
def file_of(language: str, paper: Paper, scope: Scope) -> bytes:
    """Return the sample visit's corrected revision as a file."""
    data, result = written(replace(whole(language), paper=paper, scope=scope))
    assert (result.replaced, result.fallback) == ((), False)
    return data


def pages(data: bytes) -> int:
    """Return how many pages a file has."""
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def language_in(data: bytes) -> object:
    """Return the language that a file says it is in."""
    return pypdf.PdfReader(io.BytesIO(data)).root_object["/Lang"]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", OTHERS)
def test_a_summary_takes_at_most_a_page_more_than_in_english(language: str, paper: Paper) -> None:
    assert pages(file_of(language, paper, "summary")) - pages(file_of("en", paper, "summary")) in (0, 1)


@pytest.mark.parametrize("language", languages())
def test_the_file_says_which_language_it_speaks(language: str) -> None:
    assert language_in(file_of(language, "A4", "summary")) == language


@pytest.mark.parametrize("language", OTHERS)
def test_the_record_says_its_heads_in_the_language_and_none_in_english(language: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(file_of(language, "A4", "record")))
    text = words_in("".join(page.extract_text() for page in reader.pages))
    heads = ("strengths", "growth", "steps", "in_time", "turns", "earlier", "next_visit", "replies", "reply", "notes")
    words = words_for(language)
    assert [name for name in heads if words_in(getattr(words, name)) not in text] == []
    english = [name for name in (*heads, "reply_tick", "reply_readers", "evidence") if getattr(ENGLISH, name)]
    assert [name for name in english if words_in(getattr(ENGLISH, name)) in text] == []


@pytest.mark.parametrize("language", OTHERS)
def test_fields_explain_themselves_in_the_language(language: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(file_of(language, "A4", "summary")))
    tips = {name: field.get("/TU") for name, field in (reader.get_fields() or {}).items()}
    assert tips["received"] == words_for(language).tip_received
    assert tips["overall"] == words_for(language).tip_overall


def test_a_released_document_keeps_its_language() -> None:
    frozen = ReportDocument.from_json(whole("de").to_json())
    data, _result = written(replace(frozen, scope="summary", paper="Letter", ink_saving=True))
    assert language_in(data) == "de"
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert words_in("Stärken") in words_in(reader.pages[0].extract_text())


def test_a_correction_says_what_changed_in_the_readers_language() -> None:
    before = whole("de")
    first = before.strengths[0]
    after = replace(before, strengths=(replace(first, title="Ruhe"), *before.strengths[1:]))
    assert changes(before, after, words_for("de").changes) == ("Neu formuliert: „Ruhe“.",)


def test_views_and_counts_are_told_in_the_readers_language() -> None:
    (view,) = whole("fr").strengths[0].views
    assert view.text == "#question dans 4 notes sur 12"
    assert words_for("pl").items.view_tag.format(tag="pytanie", n=4, of=12) == "#pytanie w 4 z 12 notatek"


def test_a_printed_form_speaks_one_language_that_of_its_title() -> None:
    form = every_kind()
    assert {"", "de"} <= {code for code, _text in form.title}
    german, french = (build_form(form, language=code) for code in ("de-AT", "fr"))

    assert (german.language, french.language) == ("de-AT", "en")
    first = pages_of(form_bytes(german)[0])[0]
    assert words_in("Lehrkraft") in words_in(first)
    assert words_in("Seite 1 von") in words_in(first)
    english = pages_of(form_bytes(french)[0])[0]
    assert words_in("Students present") in words_in(english)
    assert words_in("Page 1 of") in words_in(english)


@pytest.mark.parametrize("language", OTHERS)
def test_a_printed_form_of_every_kind_takes_about_the_room_of_the_english_one(language: str) -> None:
    form = every_kind()
    own = replace(form, language=language)
    data, result = form_bytes(build_form(own))
    assert (result.replaced, result.fallback) == ((), False)
    assert result.pages - form_bytes(build_form(form))[1].pages in (0, 1)
    assert words_in(words_for(language).form.teacher) in words_in(pages_of(data)[0])
