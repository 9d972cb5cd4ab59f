"""Protocols: those that ship, files read strictly and written back, and a school's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from observe_app.domain.errors import NotFound, ProtocolInvalid
from observe_app.domain.form import text_in
from observe_app.domain.turn import Voice
from observe_app.paths import resources_dir
from observe_app.services import form_words, history, protocols, turns, visits
from observe_app.services.protocol_file import (
    dumps_protocol,
    dumps_snapshot,
    read_file,
    read_protocol,
    read_snapshot,
)
from tests.services.talk_made import protocols_made

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.protocol import Protocol
    from observe_app.services.core import Core

GOOD = """id = "ours"
title = "Ours"
first = "observer"

[[prompts]]
id = "begin"
asks = "both"
minutes = 4
text = "How was it?"
"""
FILES = sorted((resources_dir() / "protocols").glob("*.toml"))


@given(protocols_made())
def test_what_is_written_is_read_again(protocol: Protocol) -> None:
    text = dumps_protocol(protocol)

    assert read_protocol(text.encode()).protocol == protocol
    assert dumps_protocol(protocol) == text
    assert read_snapshot(dumps_snapshot(protocol)) == protocol


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_shipped_protocol_is_whole_in_english_and_german(path: Path) -> None:
    reading = read_file(path)

    assert reading.problems == ()
    protocol = reading.protocol
    assert protocol is not None
    assert (protocol.id, bool(protocol.source)) == (path.stem, True)
    assert 15 <= protocol.minutes <= 40
    for texts in (protocol.title, protocol.about, *(one for p in protocol.prompts for one in (p.stage, p.text))):
        assert {code for code, _words in texts} == {"", "de"}
        assert text_in(texts, "de") != text_in(texts, "en") or "GROW" in text_in(texts, "de")
    assert dumps_protocol(protocol) == path.read_text(encoding="utf-8"), "a shipped file is as the writer writes it"


def test_the_teacher_speaks_first_unless_the_protocol_says_otherwise() -> None:
    first = {one.id: one.first for one in protocols.shipped()}

    assert first == {
        "www-ebi": Voice.TEACHER,
        "grow": Voice.TEACHER,
        "see-name-do": Voice.OBSERVER,
        "observed-led": Voice.TEACHER,
        "open": Voice.TEACHER,
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "words"),
    [
        ('asks = "both"', 'asks = "bothh"', 7, "prompt begin, asks", "did you mean “both”"),
        ("minutes = 4", "minutes = 0", 8, "prompt begin, minutes", "it must be 1 to 120"),
        ("minutes = 4", 'minutes = "4"', 8, "prompt begin, minutes", "must be a whole number"),
        ('text = "How was it?"', "", 5, "prompt begin", "“text” is missing"),
        ('first = "observer"', 'first = "head"', 3, "first", "teacher, observer, both"),
        ('first = "observer"', 'firts = "observer"', 3, "", "did you mean “first”"),
        ('id = "begin"', 'id = "Begin"', 6, "prompt Begin, id", "cannot be an id"),
        ('title = "Ours"', "", 1, "", "“title” is missing"),
        ('title = "Ours"', 'title = "O\\u202Eurs"', 2, "title", "turns the reading direction"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_field(old: str, new: str, line: int, where: str, words: str) -> None:
    reading = read_protocol(GOOD.replace(old, new).encode())

    assert reading.protocol is None
    (problem,) = reading.problems
    assert (problem.line, problem.where) == (line, where)
    assert words in form_words.problem_text(problem)


def test_two_prompts_of_one_id_are_told_apart_by_line() -> None:
    reading = read_protocol((GOOD + GOOD[GOOD.index("[[") :]).encode())

    (problem,) = reading.problems
    assert (problem.rule, problem.line, problem.allowed) == ("duplicate_id", 11, "6")


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"id = ", b"[[prompts]]\n" * 50, b"prompts = 3", b"a.b" * 9])
def test_a_hostile_file_has_problems_and_no_protocol(raw: bytes) -> None:
    reading = read_protocol(raw)

    assert reading.protocol is None
    assert reading.problems


@pytest.mark.parametrize("text", ["", "[]", "{", '{"id":"x"}', "[" * 100_000])
def test_a_damaged_copy_is_no_protocol(text: str) -> None:
    assert read_snapshot(text) is None


def test_an_own_protocol_is_kept_changed_and_taken_away(core: Core) -> None:
    protocol = read_protocol(GOOD.encode()).protocol
    assert protocol is not None

    kept = protocols.keep(core, protocol)
    protocols.keep(core, replace(kept, title=(("", "Ours, shorter"),)))

    assert [one.protocol.title for one in protocols.listing(core) if one.own] == [(("", "Ours, shorter"),)]
    protocols.drop(core, "ours")
    assert not any(one.own for one in protocols.listing(core))
    with pytest.raises(NotFound):
        protocols.get(core, "ours")


def test_an_own_protocol_without_a_prompt_is_refused(core: Core) -> None:
    protocol = replace(protocols.shipped()[0], id="ours", prompts=())

    with pytest.raises(ProtocolInvalid) as caught:
        protocols.keep(core, protocol)

    assert [problem.rule for problem in caught.value.problems] == ["missing_key"]
    assert not any(one.own for one in protocols.listing(core))


def test_a_copy_never_takes_the_place_of_one_that_ships(core: Core) -> None:
    kept = protocols.keep(core, protocols.get(core, "grow"))

    assert kept.id == "grow-2"
    assert protocols.get(core, "grow") == next(one for one in protocols.shipped() if one.id == "grow")


def test_a_file_goes_out_and_comes_back(core: Core, tmp_path: Path) -> None:
    target = tmp_path / "www.toml"
    protocols.export_file(core, "www-ebi", target)

    kept = protocols.import_file(core, target)

    assert kept == replace(protocols.get(core, "www-ebi"), id=kept.id)
    assert kept.id == "www-ebi-2"


def test_a_visit_keeps_the_protocol_as_it_was_when_they_began(core: Core) -> None:
    own = protocols.keep(core, replace(protocols.shipped()[1], id="ours"))
    visit = visits.plan(core)
    protocols.choose(core, visit_id=visit.id, protocol_id="ours", seen=visits.open_visit(core, visit.id).seen)
    assert visits.get(core, visit.id).protocol_snapshot == "", "nothing is kept before they begin"

    turns.start_talk(core, visit.id)
    protocols.keep(core, replace(own, title=(("", "Another"),)))
    protocols.drop(core, "ours")

    assert protocols.of_visit(core, visits.get(core, visit.id)) == own


def test_another_protocol_can_be_chosen_while_they_talk(core: Core) -> None:
    visit = visits.plan(core)
    turns.start_talk(core, visit.id)

    protocols.choose(core, visit_id=visit.id, protocol_id="grow", seen=visits.open_visit(core, visit.id).seen)

    kept = protocols.kept_protocol(visits.get(core, visit.id))
    assert kept is not None
    assert kept.id == "grow"
    history.undo(core, scope=visit.id)
    assert protocols.of_visit(core, visits.get(core, visit.id)).id == "www-ebi"


def test_a_visit_that_the_teacher_leads_has_their_protocol(core: Core) -> None:
    visit = visits.plan(core, led="teacher")

    assert protocols.of_visit(core, visit).id == "observed-led"
