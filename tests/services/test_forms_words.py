"""The sentences for what is wrong in a form file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import observe_app.services.forms as package
from observe_app.domain.errors import FormProblem
from observe_app.services.form_words import SENTENCES, SENTENCES_NEAREST, SENTENCES_NOTHING, TYPE_WORDS, problem_text


@pytest.mark.parametrize("rule", SENTENCES)
def test_every_rule_has_one_plain_sentence(rule: str) -> None:
    text = problem_text(FormProblem(3, "section 1", rule, "found", "one, two", "near"))

    assert text[0].isupper() or text.startswith("“")
    assert not re.search(r"\{(found|allowed|nearest)\}", text)
    assert text.endswith(".") or "found" in text


def test_every_rule_that_the_reader_knows_has_a_sentence() -> None:
    """Rules are the quoted lower-case words that stand where a rule stands in the reader's sources."""
    folder = Path(str(package.__file__)).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    named = set(re.findall(r'FormProblem\([^"]*"", "([a-z_]+)"', source))
    named |= set(re.findall(r'\.problem\([^,()]+, "([a-z_]+)"', source))
    named |= set(re.findall(r'where, "([a-z_]+)"', source))
    named |= set(re.findall(r'SnapshotDamaged\("([a-z_]+)"', source))
    named |= set(re.findall(r'^    \(.*, "([a-z_]+)"\),$', source, re.MULTILINE))

    assert len(named) > 35
    assert named - {"text", "table"} <= set(SENTENCES)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            FormProblem(1, "", "unknown_kind", "raiting", "check, rating", "rating"),
            "There is no kind “raiting”; did you mean “rating”? Possible are: check, rating.",
        ),
        (
            FormProblem(1, "", "unknown_kind", "tally", "check, rating"),
            "There is no kind “tally”. Possible are: check, rating.",
        ),
        (FormProblem(1, "", "wrong_type", "date", "whole"), "This is a date or time; it must be a whole number."),
        (
            FormProblem(1, "", "wrong_type", "list", "text, table"),
            "This is a list; it must be a text in quotation marks, or a table of texts by language.",
        ),
        (FormProblem(1, "", "level_count", "1", "2, 9"), "A scale needs 2 to 9 levels; this one has 1."),
        (FormProblem(1, "", "unknown_scale", "x"), "There is no scale “x”; the form defines none."),
        (FormProblem(0, "", "unreadable", ""), "The file cannot be opened."),
        (
            FormProblem(1, "", "bad_value", "a = {0} {x}"),
            "This value cannot be read; a text stands between quotation marks: a = {0} {x}",
        ),
    ],
)
def test_a_sentence_says_what_was_found_and_what_is_possible(problem: FormProblem, text: str) -> None:
    assert problem_text(problem) == text


def test_a_sentence_is_translated_before_it_is_filled() -> None:
    words = {SENTENCES["missing_key"]: "Der Schlüssel „{found}“ fehlt."}

    text = problem_text(FormProblem(1, "", "missing_key", "title"), lambda source: words.get(source, source))

    assert text == "Der Schlüssel „title“ fehlt."


def test_special_sentences_belong_to_rules() -> None:
    assert set(SENTENCES_NEAREST) | set(SENTENCES_NOTHING) <= set(SENTENCES)
    assert {"text", "flag", "whole", "decimal", "list", "table", "date"} <= set(TYPE_WORDS)
