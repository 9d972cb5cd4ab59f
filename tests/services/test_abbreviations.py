"""Abbreviations as schools bring them: pasted, from a file, and out again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable
from observe_app.services import abbreviations
from observe_app.services.abbreviations import MAX_PAIRS, good, merged, read_file, read_lines, why_not, write_file


@pytest.mark.parametrize(
    "line",
    ["ss\tstudents", "ss = students", "ss;students", "ss, students", "ss  students", "ss students", "ss -> students",
     "ss – students", "ss: students", "  ss → students  "],
)  # fmt: skip
def test_a_line_is_read_however_it_is_parted(line):
    assert read_lines(line).pairs == (("ss", "students"),)


def test_lines_that_are_none_are_named_by_number():
    read = read_lines("ss students\n\nlonely\n#tag = no\na b = two words\n" + "x" * 41 + " = long")

    assert read.pairs == (("ss", "students"),)
    assert read.not_understood == (3, 4, 5, 6)


@pytest.mark.parametrize(
    ("short", "long", "why"),
    [
        ("", "x", "empty"),
        ("x", "", "empty"),
        ("a b", "x", "blank_inside"),
        ("/go", "x", "sign"),
        ("x", "y" * 301, "too_long"),
    ],
)
def test_what_is_no_abbreviation_is_said(short, long, why):
    assert why_not(short, long) == why


@pytest.mark.parametrize(
    "data",
    [b"short,long\nss,students\n", "Short;Long\nss;students".encode("utf-16"),
     "ss\tstudents".encode("utf-8-sig"),
     b'"ss","students"\r\n'],
)  # fmt: skip
def test_a_file_is_read_in_any_encoding(tmp_path, data):
    (tmp_path / "list.csv").write_bytes(data)

    assert read_file(tmp_path / "list.csv").pairs == (("ss", "students"),)


@pytest.mark.parametrize(
    ("make", "reason"), [("none", "missing"), ("folder", "folder"), ("empty", "empty"), ("big", "too_large")]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, make, reason):
    path = tmp_path / "list.csv"
    if make == "folder":
        path.mkdir()
    elif make == "empty":
        path.write_bytes(b"\n \n")
    elif make == "big":
        path.write_bytes(b"a,b\n" * 600_000)

    with pytest.raises(FileUnreadable) as caught:
        read_file(path)
    assert caught.value.reason == reason


def test_what_a_spreadsheet_would_run_is_written_so_that_it_does_not(tmp_path):
    path = tmp_path / "list.csv"
    write_file(path, (("x", "=cmd|' /C calc'!A0"), ("-", "minus")))

    text = path.read_text(encoding="utf-8-sig")
    assert "x,'=cmd" in text
    assert "'-,minus" in text
    assert read_file(path).pairs == (("-", "minus"), ("x", "=cmd|' /C calc'!A0"))


words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=20)


@given(st.lists(st.tuples(words, words), max_size=30))
def test_what_is_written_is_read_again(tmp_path_factory, pairs):
    path = tmp_path_factory.mktemp("pairs") / "list.csv"
    wanted = tuple(pair for pair in good(pairs) if tuple(word.casefold() for word in pair) != ("short", "long"))
    wanted = tuple(pair for pair in wanted if not any(word.startswith("'") for word in pair))
    write_file(path, wanted)

    if wanted:
        assert read_file(path).pairs == wanted


rows = st.lists(st.lists(st.text(max_size=60), max_size=3).map(tuple))


@given(rows, rows)
def test_of_two_lists_the_fresh_one_counts_and_each_word_stands_once(pairs, fresh):
    kept = merged(pairs, fresh)

    assert len({pair[0].casefold() for pair in kept}) == len(kept)
    assert set(good(fresh)) <= set(kept)
    assert all(not why_not(*pair) for pair in kept)


def test_a_list_without_end_is_cut():
    assert len(good((f"w{n}", "x") for n in range(10 * MAX_PAIRS))) == MAX_PAIRS
    assert len(read_lines("\n".join(f"w{n} x" for n in range(MAX_PAIRS + 5))).not_understood) == 5


def test_what_is_kept_is_there_after_a_restart(core, tmp_path):
    abbreviations.keep(core, (("ss", "students"), ("SS", "twice"), ("bad",), ("t", "teacher")))

    assert core.settings.get().abbreviations == (("ss", "students"), ("t", "teacher"))
