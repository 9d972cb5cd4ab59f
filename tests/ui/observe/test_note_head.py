"""What is taken out of the start of the line while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.note_line import parse_note_line
from observe_app.ui.observe.note_head import Head, split_head

_WORDS = st.text(alphabet="TSs7 ab:>→-#é“.", max_size=24)


@pytest.mark.parametrize(
    ("line", "speaker", "to", "words"),
    [
        ("T Say more", "T", "", "Say more"),
        ("s7 hello", "S7", "", "hello"),
        ("S3->S8 cut", "S3", "S8", "cut"),
        ("S3 → S8 cut", "S3", "S8", "cut"),
        ("Tom smiles", "", "", "Tom smiles"),
        ("S7", "", "", "S7"),
        ("T: why?", "T", "", "why?"),
    ],
)
def test_speaker_is_read(line, speaker, to, words):
    head, text = split_head(line)

    assert (head.speaker, head.to, text) == (speaker, to, words)


def test_a_late_time_comes_before_the_speaker():
    head, text = split_head("@20:07 T late")

    assert head.offset_ms == 1_207_000
    assert head.speaker == "T"
    assert text == "late"
    assert head.line(text) == "T late"


@pytest.mark.parametrize("line", ["@20:77 x", "@home x", "@20 x", "x @20:07 y"])
def test_what_is_no_time_stays_words(line):
    assert split_head(line)[0].offset_ms is None


def test_only_one_speaker_is_taken():
    assert split_head("T T shirts on the line")[1] == "T shirts on the line"


@given(st.sampled_from(["T", "S", "SS", "S7", "S12"]), _WORDS)
def test_what_is_taken_out_is_stored_as_the_line_reads(speaker, words):
    """Parsing the stored line gives what the typed line gives."""
    line = f"{speaker} {words}"
    head, text = split_head(line)
    if text.strip():
        stored, typed = parse_note_line(head.line(text)), parse_note_line(line)
        assert (stored.speaker, stored.to, stored.text) == (typed.speaker, typed.to, typed.text)


@given(_WORDS)
def test_a_draft_reads_back_as_the_same_head(words):
    head, text = split_head(words)
    again, same = split_head(head.typed(text))

    assert (again.speaker, again.to, again.offset_ms, same) == (head.speaker, head.to, head.offset_ms, text)


def test_an_empty_head_changes_nothing():
    assert Head().typed("words") == "words"
