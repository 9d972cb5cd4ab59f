"""Reading form files: a form, or every problem at once."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.form import ItemKind
from observe_app.services.form_words import SENTENCES, problem_text
from observe_app.services.forms.limits import (
    MAX_FILE_BYTES,
    MAX_ITEMS,
    MAX_LABEL,
    MAX_PROBLEMS,
    MAX_SECTIONS,
    MAX_TEXT,
)
from observe_app.services.forms.reader import read_bytes_as, read_file

from .forms_made import short_line

if TYPE_CHECKING:
    from observe_app.domain.errors import FormProblem

FIXTURES = Path(__file__).parents[1] / "fixtures" / "forms"

GOOD = """\
id = "small"
version = 1
title = "Small"
purpose = "To be small."
[scales.yes]
levels = ["No", { label = "Yes", descriptor = "Of course." }]
[[sections]]
title = "One"
[[sections.items]]
kind = "check"
id = "first"
label = "First"
[[sections.items]]
kind = "rating"
id = "second"
label = "Second"
scale = "yes"
"""


def problems_of(text: str | bytes) -> tuple[FormProblem, ...]:
    return read_bytes_as(text.encode() if isinstance(text, str) else text, "small").problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_small_form_is_read() -> None:
    form = read_bytes_as(GOOD.encode(), "small").form

    assert form is not None
    assert [item.id for item in form.items] == ["first", "second"]
    assert form.sections[0].id == "section-1"
    rating = form.item("second")
    assert rating is not None
    assert [(level.number, level.label, level.descriptor) for level in rating.levels] == [
        (1, (("", "No"),), ()),
        (2, (("", "Yes"),), (("", "Of course."),)),
    ]


def test_an_item_gives_levels_its_own_descriptors() -> None:
    reading = read_bytes_as((GOOD + 'descriptors.1 = "Not at all."\n').encode())

    assert reading.form is not None
    assert [level.descriptor for level in reading.form.items[1].levels] == [
        (("", "Not at all."),),
        (("", "Of course."),),
    ]


def test_a_scale_says_what_its_levels_are_levels_of() -> None:
    plain = read_bytes_as(changed("levels", 'label = " Energy "\nlevels').encode(), "small").form
    languages = read_bytes_as(changed("levels", 'label = { en = "Energy", de = "Kraft" }\nlevels').encode()).form
    assert plain is not None
    assert languages is not None

    assert plain.scale_label(plain.items[1]) == (("", "Energy"),)
    assert languages.scale_label(languages.items[1]) == (("", "Energy"), ("de", "Kraft"))
    assert plain.scale_label(plain.items[0]) == ()


def test_the_forms_own_language_comes_first_and_without_a_code() -> None:
    text = changed('title = "Small"', 'language = "de"\ntitle.en = "Small"\ntitle.de = "Klein"\ntitle.fr = ""')

    form = read_bytes_as(text.encode()).form

    assert form is not None
    assert form.title == (("", "Klein"), ("en", "Small"))


def test_windows_line_ends_and_a_byte_order_mark_are_welcome() -> None:
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()

    assert read_bytes_as(raw, "small").form == read_bytes_as(GOOD.encode(), "small").form


@pytest.mark.parametrize(
    ("text", "line", "where", "rule", "nearest"),
    [
        (changed("purpose", "purpse"), 4, "", "unknown_key", "purpose"),
        (changed("version = 1\n", ""), 1, "", "missing_key", ""),
        (changed("version = 1", "version = 0"), 2, "version", "bad_version", ""),
        (changed("version = 1", "version = true"), 2, "version", "wrong_type", ""),
        (changed("version = 1", 'version = "1"'), 2, "version", "wrong_type", ""),
        (changed("version = 1", "version = 2024-01-01"), 2, "version", "wrong_type", ""),
        (changed("version = 1", "version = 1.5"), 2, "version", "wrong_type", ""),
        (changed('id = "small"', 'id = "Small"'), 1, "id", "bad_id", ""),
        (changed('id = "small"', 'id = "other"'), 1, "id", "name_mismatch", ""),
        (changed("version = 1", 'version = 1\nlanguage = "english"'), 3, "language", "bad_language", ""),
        (changed('title = "Small"', 'title = ""'), 3, "title", "empty_text", ""),
        (changed('title = "Small"', "title = 7"), 3, "title", "wrong_type", ""),
        (changed('title = "Small"', f'title = "{short_line(MAX_LABEL + 1)}"'), 3, "title", "too_long", ""),
        (changed("To be small.", short_line(MAX_TEXT + 1)), 4, "purpose", "too_long", ""),
        (changed('title = "Small"', 'title = "a\\nb"'), 3, "title", "line_break", ""),
        (changed('title = "Small"', 'title = "a\\u0007b"'), 3, "title", "control_character", ""),
        (changed('title = "Small"', 'title = "a\\u202Eb"'), 3, "title", "bidi_control", ""),
        (changed('title = "Small"', 'title.de = "Klein"'), 3, "title", "own_language_missing", ""),
        (changed('title = "Small"', 'title.en = "S"\ntitle.deutsch = "K"'), 4, "title", "bad_language", ""),
        (changed('title = "Small"', 'title.en = "S"\ntitle.de = 1'), 4, "title, de", "wrong_type", ""),
        (changed("[scales.yes]", "[scales.YES]"), 5, "scale YES", "bad_id", ""),
        (changed('"No", {', "{"), 6, "scale yes, levels", "level_count", ""),
        (changed('"No", ', '"No",' * 9), 6, "scale yes, levels", "level_count", ""),
        (changed('"No", ', "1, "), 6, "scale yes, level 1", "wrong_type", ""),
        (changed("descriptor =", "description ="), 6, "scale yes, level 2", "unknown_key", "descriptor"),
        (changed("levels", "label = 3\nlevels"), 6, "scale yes, label", "wrong_type", ""),
        (changed("levels", f'label = "{short_line(301)}"\nlevels'), 6, "scale yes, label", "too_long", ""),
        (changed("levels", 'label = "One\\nTwo"\nlevels'), 6, "scale yes, label", "line_break", ""),
        (changed("levels", "level"), 5, "scale yes", "missing_key", ""),
        (
            changed("[[sections]]", "[[section]]").replace("sections.items", "section.items"),
            7,
            "",
            "unknown_key",
            "sections",
        ),
        (changed('kind = "check"', 'kind = "chek"'), 10, "section 1, item first, kind", "unknown_kind", "check"),
        (changed('kind = "rating"', 'kind = "raiting"'), 14, "section 1, item second, kind", "unknown_kind", "rating"),
        (changed('kind = "check"', 'kind = "map"'), 10, "section 1, item first, kind", "unknown_kind", ""),
        (changed('kind = "check"\n', ""), 9, "section 1, item first", "missing_key", ""),
        (changed('id = "first"\n', ""), 9, "section 1, item 1", "missing_key", ""),
        (changed('id = "second"', 'id = "first"'), 15, "section 1, item first, id", "duplicate_id", ""),
        (changed('scale = "yes"', 'scale = "yess"'), 17, "section 1, item second, scale", "unknown_scale", "yes"),
        (changed('scale = "yes"', ""), 13, "section 1, item second", "no_scale", ""),
        (GOOD + 'descriptors.3 = "x"', 18, "section 1, item second, descriptors, 3", "unknown_level", ""),
        (GOOD + 'descriptors = "x"', 18, "section 1, item second, descriptors", "wrong_type", ""),
        (GOOD + "long = true", 18, "section 1, item second", "key_of_other_kind", "rating"),
        (GOOD + "required = 1", 18, "section 1, item second, required", "wrong_type", ""),
        (GOOD + 'hotkey = "ab"', 18, "section 1, item second, hotkey", "bad_hotkey", ""),
        (GOOD + 'hotkey = "1"', 18, "section 1, item second, hotkey", "bad_hotkey", ""),
        (GOOD + '[[sections]]\ntitle = "Two"', 18, "section 2", "empty_section", ""),
        (GOOD + '[[sections]]\ntitle = "Two"\nitems = []', 20, "section 2", "empty_section", ""),
        (GOOD + '[[sections]]\ntitle = "Two"\nitems = [3]', 20, "section 2, item 1", "wrong_type", ""),
        (
            GOOD + '[[sections]]\ntitle = "Two"\nid = "section-1"\nitems = []',
            20,
            "section 2, id",
            "duplicate_section",
            "",
        ),
    ],
)
def test_each_problem_has_its_line_its_place_and_the_nearest_word(
    text: str, line: int, where: str, rule: str, nearest: str
) -> None:
    found = {(problem.line, problem.where, problem.rule, problem.nearest) for problem in problems_of(text)}

    assert (line, where, rule, nearest) in found


def test_hotkeys_clash_whatever_their_case() -> None:
    text = changed('label = "First"', 'label = "First"\nhotkey = "k"') + 'hotkey = "K"\n'

    (problem,) = problems_of(text)

    assert (problem.line, problem.rule, problem.found, problem.allowed) == (19, "duplicate_hotkey", "k", "first")


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("", 1, "empty_file"),
        ("\n  \n", 1, "empty_file"),
        (b'id = "a"\ntitle = "\xff"', 2, "encoding"),
        (GOOD.encode("utf-16"), 1, "encoding"),
        (GOOD.encode("utf-16-le"), 1, "encoding"),
        (changed('title = "Small"', "title = Small"), 3, "bad_value"),
        (changed('title = "Small"', 'title = "Small'), 3, "unclosed_text"),
        (changed('title = "Small"', "title = 'Small"), 3, "unclosed_text"),
        (changed('title = "Small"', 'title = """Small'), 3, "unclosed_text"),
        (changed('title = "Small"', 'title "Small"'), 3, "no_equals"),
        (changed('title = "Small"', 'title = "a" "b"'), 3, "stray_text"),
        (changed('title = "Small"', 'title = "a\\b c:\\dir"'), 3, "backslash"),
        (changed('title = "Small"', 'id = "again"'), 3, "duplicate_key"),
        (changed('title = "Small"', "? = 1"), 3, "stray_text"),
        (changed('title = "Small"', "a. = 1"), 3, "bad_key"),
        (changed('title = "Small"', 'title = "a\x07"'), 3, "raw_control_character"),
        (changed("[scales.yes]", "[scales.yes"), 5, "unclosed_heading"),
        (changed("[[sections]]", "[[sections]"), 7, "unclosed_heading"),
        (changed('"Of course." }]', '"Of course." ]'), 6, "unclosed_table"),
        (changed('"No", {', '"No" {'), 6, "unclosed_list"),
        (changed("version = 1", "version = " + "9" * 5000), 2, "bad_value"),
        (changed("version = 1", "version = 2024-02-31"), 2, "bad_value"),
        (changed("version = 1", "version = " + "[" * 2000), 2, "nesting"),
        (changed("version = 1", "a." * 2000 + "b = 1"), 2, "nesting"),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_its_line(text: str | bytes, line: int, rule: str) -> None:
    assert [(problem.line, problem.rule) for problem in problems_of(text)] == [(line, rule)]


def test_every_mistake_of_a_file_is_found_in_one_go() -> None:
    """The expected findings stand in the file itself, as remarks on their lines: `#! rule` or `#! rule nearest`."""
    path = FIXTURES / "many-mistakes.toml"
    expected = sorted(
        (number, *[*mark.split(), ""][:2])
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        for mark in line.split("#!")[1:]
    )

    found = sorted((problem.line, problem.rule, problem.nearest) for problem in read_file(path).problems)

    assert found == expected
    assert len(found) > 20


def test_problems_come_by_line() -> None:
    lines = [problem.line for problem in read_file(FIXTURES / "many-mistakes.toml").problems]

    assert lines == sorted(lines)


def _items(count: int, *, same: bool = False) -> str:
    row = '[[sections.items]]\nkind = "check"\nid = "i{n}"\nlabel = "L"\n'
    return GOOD + "".join(row.format(n=0 if same else n) for n in range(count))


CHOICE = GOOD + '[[sections.items]]\nkind = "choice"\nid = "c"\nlabel = "C"\n'
SHEET = GOOD + '[[sections.items]]\nkind = "interval"\nid = "s"\nlabel = "S"\nseconds = 60\n'
CODE = '{ id = "a", label = "A" }, '

HOSTILE = {
    "options": CHOICE + "options = [" + '"o", ' * 90_000 + "]",
    "long options": CHOICE + "options = [" + ('"' + "x" * 9_000 + '", ') * 100 + "]",
    "conditions": CHOICE + "show_when = [" + '{ item = "first", is = "x" }, ' * 20_000 + "]",
    "answers of a condition": CHOICE + 'show_when = [{ item = "first", is = [' + '"x", ' * 90_000 + "] }]",
    "codes": SHEET + "codes = [" + CODE * 20_000 + "]",
    "aliases": SHEET + 'codes = [{ id = "a", label = "A", aliases = [' + '"b", ' * 90_000 + "] }]",
    "sides": SHEET + "sides = [" + '{ id = "a", codes = [] }, ' * 20_000 + "]",
    "one id as long as the file": CHOICE + f'options = ["a", {{ id = "{"x" * 900_000}", label = "X" }}]',
    "a scale with a name as long as the file": GOOD + f'[scales.{"x" * 450_000}]\nlevels = ["{"y" * 450_000}", "b"]',
    "control characters": 'title = "' + "\\u0007" * 150_000 + '"',
    "turning characters": 'title = "' + "\u202e" * 300_000 + '"',
    "too many items": _items(10_000),
    "one id ten thousand times": _items(10_000, same=True),
    "too many sections": GOOD + '[[sections]]\ntitle = "S"\n' * 5_000,
    "unknown keys": GOOD + "".join(f"k{n} = 1\n" for n in range(60_000)),
    "deep brackets": "a = " + "[" * 900_000,
    "deep tables": "a = " + "{a=" * 300_000,
    "one long key": "a." * 450_000 + "a = 1",
    "many long keys": ("a." * 7 + "a{n} = 1\n") * 40_000,
    "many headings": "[[a]]\n" * 150_000,
    "a huge number": "a = " + "9" * 900_000,
    "one huge text": 'title = "' + "x" * 900_000 + '"',
    "escapes": 'title = "' + '\\"' * 450_000 + '"',
    "quotes": "a = " + '"' * 900_000,
    "combining marks": 'title = "' + "\u0301" * 400_000 + '"',
    "commas": "a = [" + "," * 900_000,
    "blank lines": "\n" * 900_000 + "x",
    "remarks": "#\n" * 450_000 + "x",
    "tables in a list": "a = [" + "{}," * 300_000 + "]",
    "spaces": "a = [" + " " * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(name: str) -> None:
    raw = HOSTILE[name].replace("{n}", "").encode()
    assert len(raw) <= MAX_FILE_BYTES
    started = time.process_time()

    reading = read_bytes_as(raw, "small")

    assert reading.form is None
    assert 1 <= len(reading.problems) <= MAX_PROBLEMS + 1
    assert all(len(problem_text(problem)) < 500 for problem in reading.problems)
    # Generous: what is to be caught takes minutes.
    assert time.process_time() - started < 10


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_needs_less_than_200_mb(name: str) -> None:
    raw = HOSTILE[name].replace("{n}", "").encode()
    tracemalloc.start()
    try:
        read_bytes_as(raw, "small")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 200_000_000


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("options", "option_count"),
        ("conditions", "too_many"),
        ("answers of a condition", "too_many"),
        ("codes", "too_many"),
        ("aliases", "too_many"),
        ("sides", "too_many"),
        ("one id as long as the file", "bad_id"),
        ("a scale with a name as long as the file", "bad_id"),
        ("control characters", "control_character"),
        ("turning characters", "bidi_control"),
        ("one id ten thousand times", "duplicate_id"),
        ("deep brackets", "nesting"),
    ],
)
def test_what_is_too_much_is_said(name: str, rule: str) -> None:
    assert rule in {problem.rule for problem in problems_of(HOSTILE[name])}


def test_counts_over_the_limit_are_said_once() -> None:
    rules = [problem.rule for problem in problems_of(_items(MAX_ITEMS + 50))]
    assert rules == ["too_many_items"]

    section = '[[sections]]\ntitle = "S"\n[[sections.items]]\nkind = "check"\nid = "s{n}"\nlabel = "L"\n'
    text = GOOD + "".join(section.format(n=n) for n in range(MAX_SECTIONS))
    assert [problem.rule for problem in problems_of(text)] == ["too_many_sections"]


def test_a_form_at_the_limits_is_read() -> None:
    assert read_bytes_as(_items(MAX_ITEMS - 2).encode(), "small").form is not None


def test_of_very_many_problems_the_rest_is_counted() -> None:
    problems = problems_of(GOOD + "".join(f"k{n} = 1\n" for n in range(MAX_PROBLEMS + 30)))

    assert len(problems) == MAX_PROBLEMS + 1
    assert (problems[-1].rule, problems[-1].found) == ("more_problems", "30")


def test_the_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)

    (problem,) = read_file(path).problems

    assert (problem.rule, problem.allowed) == ("file_too_large", str(MAX_FILE_BYTES))


def test_files_that_are_none_are_problems(tmp_path: Path) -> None:
    assert [problem.rule for problem in read_file(tmp_path / "nowhere.toml").problems] == ["missing_file"]
    assert [problem.rule for problem in read_file(tmp_path).problems] == ["not_a_file"]
    assert [problem.rule for problem in read_file(Path("a\0b.toml")).problems] == ["unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)

    assert [problem.rule for problem in read_file(path).problems] == ["not_a_file"]


SHIPPED = Path(__file__).parents[2] / "forms"
SAMPLES = [path.read_bytes() for path in (*sorted(FIXTURES.glob("*.toml")), SHIPPED / "lecture.toml")] + [GOOD.encode()]


@given(st.data())
def test_a_file_with_bytes_changed_gives_a_form_or_problems(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _round in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 20)))
        put = data.draw(
            st.binary(max_size=6) | st.sampled_from([b'"""', b"[[", b"]]", b"{", b"\\u", b"\n", b".", b"\0"])
        )
        raw[start:end] = put
    lines = bytes(raw).count(b"\n") + 1

    reading = read_bytes_as(bytes(raw), "small")

    assert (reading.form is None) == bool(reading.problems)
    for problem in reading.problems:
        assert 0 <= problem.line <= lines
        assert problem.rule in SENTENCES
        assert problem_text(problem).isprintable()


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_a_form_or_problems(raw: bytes) -> None:
    reading = read_bytes_as(raw)

    assert (reading.form is None) == bool(reading.problems)


def test_every_kind_of_item_is_in_the_fixture_that_shows_them_all() -> None:
    form = read_file(FIXTURES / "every-kind.toml").form

    assert form is not None
    assert {item.kind for item in form.items} == set(ItemKind)
