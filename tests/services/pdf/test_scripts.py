"""Scripts other than Latin: each in its face, in its direction, and read out as it was written."""

from __future__ import annotations

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.pdf.layout import fonts, lines, markup, scripts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import printed
from observe_app.services.pdf.words import words_for

from .reading import paragraphs
from .samples import sample_document, written
from .sheet import STAMP

HEBREW = "שלום עולם"
LONG_HEBREW = "זה משפט ארוך מאוד (עם סוגריים) ועם English words ו־123 באמצע. " * 6
LONG_ARABIC = "هذه جملة طويلة جدا (مع أقواس) ومع English words و 123 و ١٢٣ في الوسط. " * 6


def set_lines(text: str, width: float) -> list[list[lines.Segment]]:
    """Break a text into lines, each as its segments in the order of reading."""
    words, level = lines.words_of(markup.spans(text, look.styles()["body"]))
    return [lines.segments(line, level) for line in lines.broken(words, width, width)]


def said(segments: list[lines.Segment]) -> str:
    return "".join(one.shown if one.text is None else one.text for one in segments)


def seen(segments: list[lines.Segment]) -> str:
    return "".join(one.shown for one in sorted(segments, key=lambda one: one.x))


@pytest.mark.parametrize(
    "text",
    [
        "Ελληνικά: Ποιος σηκώνει το χέρι;",
        "Українська й русский: Хто відповідає?",
        "Tiếng Việt: học sinh nào giơ tay trước?",
        "Łódź, Žižek, Şırnak, Ærø, Þór, Țepeș, Ħamrun",
        "[ˈɑːnsə] [ʃəʊ] [ðiːz]",
    ],
)
def test_european_scripts_are_in_our_own_face(text: str) -> None:
    assert fonts.runs(text, fonts.REGULAR) == [(fonts.REGULAR, text)]
    assert printed(text, fonts.register()) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("face", "text", "expected"),
    [
        (fonts.REGULAR, "אב", fonts.HEBREW),
        (fonts.ITALIC, "אב", fonts.HEBREW),
        (fonts.BOLD, "אב", fonts.HEBREW_SEMIBOLD),
        (fonts.REGULAR, "اب", fonts.ARABIC),
        (fonts.SEMIBOLD, "اب", fonts.ARABIC_SEMIBOLD),
    ],
)
def test_letters_that_the_face_lacks_come_from_its_companion_of_like_weight(
    face: str, text: str, expected: str
) -> None:
    assert fonts.runs(f"a {text}.", face) == [(face, "a "), (expected, text), (face, ".")]


@pytest.mark.parametrize("text", [HEBREW, LONG_HEBREW, LONG_ARABIC, f"He said {HEBREW} to محمد (שלום)."])
def test_lines_are_broken_in_the_order_of_reading(text: str) -> None:
    found = set_lines(text, 180)

    assert "".join(map(said, found)) == text.strip()
    assert all(one.x >= 0 and one.x + one.width <= 181 for line in found for one in line)


@pytest.mark.parametrize("text", [LONG_HEBREW, LONG_ARABIC])
def test_a_text_from_the_right_begins_at_the_right_of_its_first_line(text: str) -> None:
    first = set_lines(text, 180)[0]

    assert first[0].x == max(one.x for one in first)


def test_brackets_turn_with_the_direction() -> None:
    [line] = set_lines("שלום (עולם)", 500)

    assert seen(line) == "(םלוע) םולש"


@given(st.lists(st.sampled_from(["שלום", "עולם", "abc", "Def", "12", "ו", "x-y", "3.5"]), min_size=1, max_size=12))
def test_each_line_looks_as_the_unicode_rules_order_it(words: list[str]) -> None:
    text = " ".join(words)
    level, _levels = scripts.levels(text)
    [line] = set_lines(text, 10_000)

    assert seen(line) == get_display(text, base_dir="RL"[1 - level])


def test_arabic_letters_join_and_their_text_stays_what_was_written() -> None:
    [[segment]] = set_lines("محمد", 500)

    assert segment.text == "محمد"
    assert [unicodedata.decomposition(char).split()[0] for char in reversed(segment.shown)] == [
        "<initial>", "<medial>", "<medial>", "<final>",
    ]  # fmt: skip


def test_lam_and_alef_become_one_sign() -> None:
    [[segment]] = set_lines("لا", 500)

    assert (segment.shown, segment.text) == ("ﻻ", "لا")


def test_a_word_longer_than_a_line_is_cut_between_letters_and_goes_on_without_a_space() -> None:
    for word in ("x" * 500, "שלום" * 100, "محمد" * 100, "x\u0302" * 300):
        found = set_lines(word, 150)

        assert len(found) > 2
        assert "".join(map(said, found)) == word
        assert not any(unicodedata.combining(said(line)[0]) for line in found)


def test_a_mark_stands_over_its_letter() -> None:
    letter, mark, after = set_lines("x\u0302y", 500)[0]

    assert (letter.shown, mark.shown, after.shown) == ("x", "\u0302", "y")
    assert letter.x <= mark.x < after.x == pytest.approx(letter.width)


def test_a_paragraph_from_the_right_stands_at_the_right_but_a_name_keeps_its_side() -> None:
    from observe_app.services.pdf.layout.canvas import MarkedCanvas

    drawn: list[float] = []

    class Seen(MarkedCanvas):
        def write(self, code: str) -> None:
            if code.startswith("BT 1 0 0 1 "):
                drawn.append(float(code.split()[5]))
            super().write(code)

    for style in ("body", "name"):
        text = Text(HEBREW, look.styles()[style])
        canvas = Seen("unused.pdf", words=words_for("en"), root=Node("Document"), stamp=STAMP)
        text.wrapOn(canvas, 400, 100)
        text.drawOn(canvas, 0, 0)

    assert drawn[0] == pytest.approx(400 - fonts.width(HEBREW, fonts.REGULAR, 9.6))
    assert drawn[1] == 0


@pytest.mark.parametrize("text", [f"He said {HEBREW} to محمد.", LONG_HEBREW, LONG_ARABIC, "Việt x\u0302 Ελλ Прив"])
def test_what_was_written_is_read_out_of_the_file_in_its_order(text: str) -> None:
    data, result = written(sample_document(conversation=text))

    wanted = unicodedata.normalize("NFKC", text.strip())
    assert wanted in [unicodedata.normalize("NFKC", one) for one in paragraphs(data)]
    assert result.replaced == ()


def test_a_name_of_another_script_is_drawn_in_heads_and_feet_too() -> None:
    data, result = written(sample_document(teacher="דוד כהן", confidential_for="דוד כהן", conversation="long " * 3000))

    assert result.replaced == ()
    assert "דוד כהן" in paragraphs(data)


def test_width_is_that_of_what_is_drawn() -> None:
    [line] = set_lines("a שלום لا x\u0302", 500)

    assert fonts.width("a שלום لا x\u0302", fonts.REGULAR, 9.6) == pytest.approx(max(one.x + one.width for one in line))
