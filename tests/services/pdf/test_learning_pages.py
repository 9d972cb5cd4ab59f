"""Portfolios, statements and certificates on paper: as on file, tagged, in every language, whatever people are called.

UPDATE_GOLDEN=1 in the environment stores what is on file anew.
"""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.hours import HoursKind, Spent
from observe_app.domain.portfolio import PickKind
from observe_app.paths import resources_dir
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.learning_words import LearningWords, learning_words
from observe_app.services.pdf.portfolio_build import Piece, build_portfolio
from observe_app.services.pdf.render import certificate_bytes, comparison_bytes
from observe_app.services.pdf.statement_build import build_statement
from observe_app.services.pdf.words import capitals, languages
from tests.services.pdf import learning_samples as samples
from tests.services.pdf.reading import read
from tests.services.pdf.samples import assert_golden, pages_of
from tests.services.pdf.sheet import assert_passes, opened
from tests.services.pdf.test_languages import OTHERS, placeholders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.pdf.document import Paper

ENGLISH = LearningWords()
NAMES = tuple(one.name for one in fields(LearningWords))
SIGNS = {"file_portfolio", "certificate_text", "only_hours", "only_minutes", "hours_minutes"}
"""Words that are but numbers, signs and symbols, and may be written alike anywhere."""
ALIKE: dict[str, set[str]] = {"de": {"kind_portfolio", "running_portfolio"}, "fr": {"entry"}}
"""Words that a language happens to share with English."""
HOSTILE = '</para><img src="/etc/passwd"/>& \u202e <b>x</b> {name} ' + "Hochschule" * 30

MADE: dict[str, Callable[[str, Paper], bytes]] = {
    "portfolio": lambda language, paper: comparison_bytes(build_portfolio(samples.portfolio(language, paper)))[0],
    "statement": lambda language, paper: comparison_bytes(
        build_statement(samples.statement(), samples.facts(language, paper))
    )[0],
    "certificate": lambda language, paper: certificate_bytes(samples.page(language, paper))[0],
}


def test_what_is_said_is_on_file() -> None:
    assert_golden("portfolio.json", build_portfolio(samples.portfolio()).to_json())
    assert_golden("statement.json", build_statement(samples.statement(), samples.facts()).to_json())
    assert_golden("certificate.json", samples.page().to_json())


@pytest.mark.parametrize("name", MADE)
def test_how_the_pages_read_is_on_file(name: str) -> None:
    data = MADE[name]("en", "A4")
    pages = "".join(f"--- page {number}\n{page}\n" for number, page in enumerate(pages_of(data), start=1))
    roles = " ".join(one.role for one in read(data).walk())
    assert_golden(f"{name}.txt", f"{pages}--- structure\n{roles}\n")


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_pages_pass_the_machine_checks(name: str, paper: Paper, tmp_path: Path) -> None:
    assert_passes(MADE[name]("en", paper), tmp_path)


@pytest.mark.parametrize("name", MADE)
def test_same_words_make_the_same_bytes(name: str) -> None:
    assert MADE[name]("en", "A4") == MADE[name]("en", "A4")


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_is_set_without_a_box(name: str, language: str) -> None:
    data = MADE[name](language, "A4")
    text = read(data).text()
    assert "\N{WHITE SQUARE}" not in text
    assert not any(word in text for word in ("In all", "Foreword", "Issued on", "Every line"))


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_exactly_the_words_that_are_said(language: str) -> None:
    path = resources_dir() / "pages" / "learning" / f"{language}.toml"
    assert sorted(tomllib.loads(path.read_text(encoding="utf-8"))) == sorted(NAMES)


@pytest.mark.parametrize("language", OTHERS)
def test_patterns_are_filled_with_the_same_in_every_language(language: str) -> None:
    own = learning_words(language)
    assert {name: placeholders(getattr(own, name)) for name in NAMES} == {
        name: placeholders(getattr(ENGLISH, name)) for name in NAMES
    }


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english_but_what_is_written_alike(language: str) -> None:
    own = learning_words(language)
    same = {name for name in NAMES if getattr(own, name) == getattr(ENGLISH, name)}
    assert same - SIGNS - ALIKE.get(language, set()) == set()


@pytest.mark.parametrize("language", languages())
def test_the_fonts_have_every_character(language: str) -> None:
    covered = fonts.register()
    words = [getattr(learning_words(language), name) for name in NAMES]
    assert {char for word in words for char in word + capitals(word) if ord(char) not in covered} == set()
    assert [word for word in words if word != word.strip() or set(word) & set("\"'`")] == []


def test_an_unknown_language_speaks_english() -> None:
    assert learning_words("fi") == ENGLISH
    assert learning_words("de-AT") == learning_words("de")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (815, "13 h 35 min"), (-30, "−30 min"), (-90, "−1 h 30 min")],
)
def test_minutes_are_said_as_hours(minutes: int, words: str) -> None:
    assert ENGLISH.time(minutes) == words


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Konstantinos-Alexandros " * 8, HOSTILE, "علی‌رضا مرادی", "学校 😀", ""])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_certificate_stays_one_page_whatever_people_are_called(name: str, paper: Paper, tmp_path: Path) -> None:
    data, result = certificate_bytes(samples.page("de", paper, name, f"{name} {name}", withdrawn=True))
    assert len(opened(data).pages) == result.pages == 1
    assert "OBS-2026-7K3F-9QXD" in read(data).text()
    assert_passes(data, tmp_path)


def test_a_withdrawn_certificate_says_so() -> None:
    assert "Withdrawn on 2 August 2026" in read(certificate_bytes(samples.page(withdrawn=True))[0]).text()
    assert "Withdrawn" not in read(certificate_bytes(samples.page())[0]).text()


def test_a_certificate_says_what_its_number_is_good_for() -> None:
    text = " ".join(read(certificate_bytes(samples.page())[0]).text().split())
    assert "It does not say who made a file or a print" in text
    assert "its issuer can look up" in " ".join(read(certificate_bytes(samples.page(school=""))[0]).text().split())


def test_a_long_year_runs_over_pages_and_every_line_is_there(tmp_path: Path) -> None:
    many = tuple(
        Spent(date(2025, 8, 1) + timedelta(days=at % 360), HoursKind.SESSION, at % 90, f"Session {at}", str(at))
        for at in range(400)
    )
    data, result = comparison_bytes(build_statement(samples.statement(many), samples.facts()))
    text = read(data).text()
    assert (result.pages > 5, result.fallback) == (True, False)
    assert [at for at in range(400) if f"Session {at}\n" not in text] == []


def test_an_empty_statement_says_that_nothing_counts() -> None:
    text = read(comparison_bytes(build_statement(samples.statement(()), samples.facts()))[0]).text()
    assert "Nothing counts in these days." in text
    assert "Every line" not in text


def test_a_portfolio_holds_long_and_foreign_words(tmp_path: Path) -> None:
    long = "\n\n".join(["A paragraph that goes on. " * 60] * 30)
    pieces = (
        Piece(PickKind.ENTRY, HOSTILE, HOSTILE),
        Piece(PickKind.ENTRY, "שלום", "مرحبا بالعالم"),
        Piece(PickKind.WORDS, "Part", long),
    )
    ask = replace(samples.portfolio(), title=HOSTILE, name=HOSTILE, foreword=long, pieces=pieces)
    data, result = comparison_bytes(build_portfolio(ask))
    assert result.pages > 4
    assert_passes(data, tmp_path)
    assert read(data).text().count("A paragraph that goes on.") == 60 * 60


def test_an_empty_portfolio_says_so() -> None:
    ask = replace(samples.portfolio(), foreword="", pieces=())
    assert "Nothing is picked yet." in read(comparison_bytes(build_portfolio(ask))[0]).text()


@pytest.mark.parametrize("who", ["", "Jonas Brandt"])
def test_the_other_person_is_named_only_where_the_owner_chose_so(who: str) -> None:
    piece = Piece(PickKind.STRENGTH, "waits", "long", date(2026, 1, 20), who=who)
    told = build_portfolio(replace(samples.portfolio(), pieces=(piece,))).to_json()
    assert ("seen by Jonas Brandt" in told) == bool(who)


def test_headings_go_down_step_by_step() -> None:
    roles = [one.role for one in read(MADE["portfolio"]("en", "A4")).walk() if one.role in {"H1", "H2", "H3"}]
    assert roles[0] == "H1"
    assert all(not (before == "H1" and after == "H3") for before, after in itertools.pairwise(roles))
