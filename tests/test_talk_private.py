"""Everything private of one visit has a word of its own; none of them is in anything that leaves, or in a log."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject, TextStringObject

from observe_app.app import wire_core
from observe_app.cli import main
from observe_app.domain.event import Draft
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.turn import Voice
from observe_app.domain.visit import VisitFilter
from observe_app.services import answers, journals, notes, people, releases, search, steps, talk, turns, visits
from observe_app.services.core import close
from tests.services.reply_samples import filled
from tests.talk_job_hands import FORM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


class Marks:
    """Words that occur nowhere else, each with the place it was hidden in."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """Return a new word."""
        word = f"zq{len(self.places)}xhw"
        self.places[word] = place
        return word

    def found_in(self, data: bytes) -> list[str]:
        """Return the places whose word is in the bytes, in any of the ways a text is written there."""
        low = data.lower()
        return [place for word, place in self.places.items() if word.encode() in low or word.encode("utf-16-be") in low]


def seen_claim(core: Core, claim_id: str) -> Any:
    return talk.open_claim(core, claim_id).seen


def observed(core: Core, visit_id: str, mark: Marks) -> tuple[str, str]:
    """Write notes of which some stay or went; return a note to lean on, and one that is leant on no more."""
    shown = notes.add(core, visit_id=visit_id, line="T waits for five breaths #wait", offset_ms=60_000)
    gone = notes.add(core, visit_id=visit_id, line=f"T {mark('note taken away from a claim')}", offset_ms=70_000)
    notes.add(
        core, visit_id=visit_id, line=f"T {mark('private note')} Peter Miller #{mark('tag of a private note')}",
        offset_ms=80_000, private=True, starred=True,
    )  # fmt: skip
    later = notes.add(core, visit_id=visit_id, line=f"S3 {mark('note made private later')}", offset_ms=85_000)
    notes.set_private(core, event_id=later.id, private=True, seen=notes.open_note(core, later.id).seen)
    dropped = notes.add(core, visit_id=visit_id, line=f"S3 {mark('deleted note')}", offset_ms=90_000)
    notes.delete(core, event_id=dropped.id, seen=notes.open_note(core, dropped.id).seen)
    edited = notes.add(core, visit_id=visit_id, line=f"S3 {mark('words of a note before it was edited')}", offset_ms=1)
    notes.edit(core, event_id=edited.id, line="S3 draws", seen=notes.open_note(core, edited.id).seen)
    now = core.clock.now()
    notes.keep_draft(core, Draft(visit_id, "note", f"T {mark('unfinished note')}", 1_000, now))
    return shown.id, gone.id


def talked(core: Core, visit_id: str, mark: Marks, shown: str, gone: str) -> None:
    """Sort and talk, with much that was dropped again."""
    kept = talk.add_claim(
        core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title=mark("title before it was edited"),
        text="Peter Miller had time.", evidence=(shown, gone),
    )  # fmt: skip
    talk.edit_claim(core, claim_id=kept.id, seen=seen_claim(core, kept.id), title="Silence is used")
    talk.unlink(core, visit_id=visit_id, target_kind="claim", target_id=kept.id, event_id=gone)
    for note in notes.stream(core, visit_id):
        if note.private:  # leaning on it lets nothing of it out
            talk.link(core, visit_id=visit_id, target_kind="claim", target_id=kept.id, event_id=note.id)
    away = talk.add_claim(
        core, visit_id=visit_id, kind=ClaimKind.GROWTH, title=mark("deleted claim"), text=mark("text of it"),
        evidence=(shown,),
    )  # fmt: skip
    talk.delete_claim(core, claim_id=away.id, seen=seen_claim(core, away.id))
    step = steps.add(core, visit_id=visit_id, text=mark("deleted step"), help=mark("help of a deleted step"))
    steps.delete(core, step_id=step.id, seen=steps.open_step(core, step.id).seen)
    steps.add(core, visit_id=visit_id, text="Count to three")
    turns.start_talk(core, visit_id)
    turn = turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text=mark("deleted turn"))
    turns.delete(core, turn_id=turn.id, seen=turns.open_turn(core, turn.id).seen)
    turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="It felt long")
    turns.keep_draft(core, visit_id=visit_id, voice=Voice.OBSERVER, text=mark("unfinished turn"))
    turns.end_talk(core, visit_id)
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    opened = answers.give(
        core, visit_id=visit_id, item="respect", value=3, comment=mark("comment that was emptied"), seen=seen
    )
    answers.give(core, visit_id=visit_id, item="respect", value=3, comment="", seen=opened.seen)
    for kind in EntryKind:
        journals.add(core, visit_id=visit_id, text=mark(f"entry: {kind.value}"), kind=kind)
    journals.add(core, text=mark("entry of no visit"))
    reader = f"Otto {mark('reader who reads no more')}"
    releases.set_reader(core, visit_id=visit_id, name=reader)
    releases.set_reader(core, visit_id=visit_id, name=reader, reads=False)


def strings_of(value: Any, depth: int = 0) -> Iterator[bytes]:
    """Return every string in an object of a PDF, references left alone."""
    if depth > 30:
        return
    if isinstance(value, TextStringObject):
        yield str(value).encode("utf-8", errors="replace")
    elif isinstance(value, ByteStringObject):
        yield bytes(value)
    elif isinstance(value, DictionaryObject):
        for name, one in value.raw_get_items() if hasattr(value, "raw_get_items") else dict.items(value):
            yield str(name).encode()
            yield from strings_of(one, depth + 1)
    elif isinstance(value, ArrayObject):
        for one in list.__iter__(value):
            yield from strings_of(one, depth + 1)


def inside_pdf(data: bytes) -> bytes:
    """Return all that is in a PDF, its streams without their filters, with the text of its pages."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    parts = [data, *("".join(page.extract_text().split()).encode() for page in reader.pages)]
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        parts += strings_of(found)
        if isinstance(found, StreamObject):
            parts.append(found.get_data())
    for files in reader.attachments.values():
        parts += files
    return b"\n".join(parts)


def inside(path: Path) -> bytes:
    """Return all that is in a file, unpacked."""
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        return inside_pdf(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    return data


@pytest.fixture
def mark() -> Marks:
    return Marks()


@pytest.fixture
def visit(data_folder: Path, clock: FakeClock, mark: Marks) -> str:
    """Keep a visit with something private everywhere."""
    core = wire_core(data_folder, clock=clock)
    teacher, me = people.ensure(core, "Amina Diallo-Žižek"), people.introduce(core, name="Jonas Brandt")
    made = visits.plan(
        core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now(), form_id=FORM, focus="Who talks?"
    )
    visits.begin(core, visit_id=made.id)
    shown, gone = observed(core, made.id, mark)
    clock.advance(seconds=3000)
    visits.finish(core, visit_id=made.id)
    talked(core, made.id, mark, shown, gone)
    close(core)
    return made.id


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*words: str) -> str:
        found = main([*words, "--data", str(data_folder)])
        said = capsys.readouterr()
        assert found == 0, said.err
        return said.out + said.err

    return call


def test_no_private_word_is_in_anything_that_leaves(
    run: Callable[..., str], visit: str, mark: Marks, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "out"
    out.mkdir()
    scopes, looks = ("summary", "record"), (("A4",), ("Letter",), ("A4", "--ink-saving"))
    said = [run("visit", "release", visit, "--preview"), run("visit", "release", visit, "--preview", "--json")]
    said += [run("pdf", scope, visit, "-o", str(out / f"draft-{scope}.pdf")) for scope in scopes]
    said.append(run("visit", "release", visit, "--names-checked"))
    said += [
        run("pdf", scope, visit, "--paper", *look, "-o", str(out / f"{scope}-{''.join(look)}.pdf"))
        for scope in scopes
        for look in looks
    ]
    back = tmp_path / "back.pdf"
    back.write_bytes(filled((out / "summary-A4.pdf").read_bytes(), {"words_1": "Yes."}, {1: "agree"}))
    said.append(run("import", "reply", str(back)))
    said.append(run("pdf", "record", visit, "-o", str(out / "with-reply.pdf")))
    said.append(run("export", "ics", visit, "-o", str(out / "visit.ics"), "--with-focus"))
    said += [run("visit", "releases", visit), run("visit", "releases", visit, "--json"), run("visit", "list", "--json")]

    for path in sorted(out.iterdir()):
        held = inside(path)
        assert b"silence" in held.lower() or path.suffix == ".ics", "or this file would prove nothing"
        assert mark.found_in(held) == [], path.name
    assert mark.found_in("\n".join(said).encode()) == []
    assert mark.found_in(caplog.text.encode()) == []


LEAVES_WITH_THE_RECORD = {"note taken away from a claim"}
"""A note that is not private: an export holds the whole lesson."""


@pytest.mark.parametrize("ending", ["json", "xlsx", "csv", "boris"])
def test_no_private_word_is_in_an_export(
    run: Callable[..., str], visit: str, mark: Marks, tmp_path: Path, ending: str
) -> None:
    run("visit", "release", visit, "--names-checked")
    target = tmp_path / f"visit.{ending}"
    said = run("export", visit, "-o", str(target))

    held = inside(target)
    assert b"breaths" in held
    assert set(mark.found_in(held)) <= LEAVES_WITH_THE_RECORD
    assert mark.found_in(said.encode()) == []


def test_all_notes_of_a_release_are_all_but_the_private_ones(
    run: Callable[..., str], visit: str, mark: Marks, tmp_path: Path
) -> None:
    target = tmp_path / "record.pdf"
    run("visit", "release", visit, "--notes", "--names-checked")
    run("pdf", "record", visit, "-o", str(target))

    assert set(mark.found_in(inside(target))) == LEAVES_WITH_THE_RECORD


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_shown_of_a_visit_by_command_is_what_its_author_may_see_and_no_journal(
    run: Callable[..., str], visit: str, mark: Marks, *, as_json: bool
) -> None:
    said = run("visit", "show", visit, *(["--json"] if as_json else []))

    found = set(mark.found_in(said.encode()))
    assert "breaths" in said
    assert not {place for place in found if place.startswith(("entry", "deleted", "unfinished", "reader"))}, found


def test_an_export_with_private_notes_holds_no_journal_and_nothing_unfinished(
    run: Callable[..., str], visit: str, mark: Marks, tmp_path: Path
) -> None:
    target = tmp_path / "visit.json"
    run("export", visit, "--private", "-o", str(target))

    found = set(mark.found_in(inside(target)))
    assert "private note" in found
    assert not {place for place in found if place.startswith(("entry", "unfinished"))}, found


def test_no_search_finds_a_journal(data_folder: Path, visit: str, mark: Marks) -> None:
    core = wire_core(data_folder)
    entries = [word for word, place in mark.places.items() if place.startswith("entry")]
    assert len(entries) == 3
    for word in entries:
        assert search.notes(core, word) == ()
        assert visits.listing(core, VisitFilter(words=word)) == ()
    assert [row.id for row in visits.listing(core, VisitFilter(words="breaths"))] == [visit]
    close(core)


def test_the_sweep_would_find_a_word_wherever_it_hid(
    run: Callable[..., str], visit: str, data_folder: Path, tmp_path: Path
) -> None:
    mark = Marks()
    core = wire_core(data_folder)
    places = ["title of a claim", "words of a turn"]
    talk.add_claim(core, visit_id=visit, kind=ClaimKind.QUESTION, title=mark(places[0]))
    turns.add(core, visit_id=visit, voice=Voice.TEACHER, text=mark(places[1]))
    close(core)
    target = tmp_path / "draft.pdf"
    run("pdf", "record", visit, "-o", str(target))

    assert sorted(mark.found_in(inside(target))) == sorted(places)
