"""What the command line writes: names cannot steer the terminal that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.cli import output

if TYPE_CHECKING:
    import pytest


def test_what_a_terminal_would_obey_is_shown_as_a_sign(capsys: pytest.CaptureFixture[str]) -> None:
    output.say_table(("NAME", "CLASS"), [("\x1b[31mred\x07", "\N{RIGHT-TO-LEFT OVERRIDE}8b\x9b")])
    output.warn("bad \x1b]0;title\x07 name")

    said = capsys.readouterr()
    assert not set(said.out + said.err) & set("\x1b\x07\x9b\N{RIGHT-TO-LEFT OVERRIDE}")
    assert "red" in said.out


def test_words_of_every_language_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    name = "می\N{ZERO WIDTH NON-JOINER}خواهم Öykü 山田 👩\N{ZERO WIDTH JOINER}🏫"

    output.say(name)

    assert capsys.readouterr().out == f"{name}\n"
