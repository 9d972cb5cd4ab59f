"""Whatever was written on a visit and released can be read out of the PDF again, in the order of reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import Phase as Part
from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.action_step import ActionStep, StepRow
from observe_app.domain.answer import Answer
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Claim, ClaimKind, Evidence
from observe_app.domain.form import OTHER, Form, ItemKind
from observe_app.domain.release import Reader
from observe_app.domain.reply import Reply, ReplyPoint, Stance
from observe_app.domain.turn import Turn, Voice
from observe_app.services.pdf.build import build_feedback
from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.render import form_bytes
from observe_app.services.pdf.text import printed

from .fields import flat
from .form_samples import every_kind, filled_record
from .reading import decoration, paragraphs, read
from .samples import PRIVATE_WORDS, written

if TYPE_CHECKING:
    from observe_app.domain.form import Item
    from observe_app.domain.record import VisitRecord
    from observe_app.services.pdf.document import ReportDocument

OWN = re.compile(r"q\d+z")
"""The word of its own that each text carries."""
SOME = settings().max_examples // 4
"""A quarter of what the profile asks for: an example is a whole file, written and read."""
MOMENT = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
SCRIPTS = st.sampled_from([
    "abc", "Žö ñ ß", "Ελλάδα", "Привіт", "Tiếng Việt", "[ʃəʊ]", "שלום (עולם)", "مُحَمَّد: نعم، لا", "x\u0302\u0323",
    "12:30–13", "a\u00a0b", "\u202e", "\u200d", "\x00", "\ud800", "\t", "\n", "\n\n", "😀", "王", "\u00ad", "<b>",
    "&amp;", ")Tj", "{0}", "«»",
])  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Texts of every script and of none, short and long, with what the filter drops and replaces."""
    mixed = st.lists(st.one_of(SCRIPTS, st.text(max_size=12)), max_size=6).map(" ".join)
    return st.one_of(mixed, st.lists(SCRIPTS, max_size=5).map("".join), st.just("word " * 300))


class Written:
    """Texts for the fields of a record, each with a word of its own at one of its ends, and what was handed out."""

    def __init__(self, pool: list[str]) -> None:
        self.pool = pool
        self.given: list[str] = []

    def __call__(self) -> str:
        number = len(self.given)
        text = self.pool[number % len(self.pool)]
        self.given.append(f"q{number}z {text}" if number % 2 else f"{text} q{number}z")
        return self.given[-1]


def _form(form: Form, write: Written) -> Form:
    """Return the form with every text of its own replaced."""

    def item(one: Item) -> Item:
        made = replace(one, label=(("", write()),))
        if one.kind is ItemKind.RATING:
            made = replace(made, levels=tuple(replace(level, label=(("", write()),)) for level in one.levels))
        return replace(made, options=tuple(replace(option, label=(("", write()),)) for option in one.options))

    sections = tuple(
        replace(section, title=(("", write()),), items=tuple(map(item, section.items))) for section in form.sections
    )
    return replace(form, title=(("", write()),), sections=sections)


def _notes(draw: Any, write: Written) -> tuple[Event, ...]:
    made = [
        Event(f"n{at}", "v1", EventKind.NOTE, 1000 + at * 61_000, text=write(), speaker="T",
              tags=("tag",) * draw(st.integers(0, 1)), starred=draw(st.booleans()))
        for at in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    hidden = Event("secret", "v1", EventKind.NOTE, 900_000, text=PRIVATE_WORDS, private=True, starred=True)
    return (*made, hidden)


def _claims(draw: Any, write: Written) -> tuple[Claim, ...]:
    return tuple(
        Claim(f"c{at}", "v1", draw(st.sampled_from(ClaimKind)), write(), write(), at,
              draw(st.sampled_from([(), ("n0",), ("n0", "secret"), ("secret",)])))
        for at in range(draw(st.integers(0, 4)))
    )  # fmt: skip


def _replies(draw: Any, write: Written, claims: tuple[Claim, ...]) -> tuple[Reply, ...]:
    return tuple(
        Reply(f"r{at}", "v1", "rel", at + 1, "typed", MOMENT, write(), "12 March", draw(st.booleans()),
              tuple(ReplyPoint(claim.id, draw(st.sampled_from([None, *Stance])), write()) for claim in claims),
              write(), write())
        for at in range(draw(st.integers(0, 2)))
    )  # fmt: skip


class Drawn:
    """A visit, all of its texts that leave, and those lists of them whose order the pages keep."""

    def __init__(self, record: VisitRecord, told: list[str], ordered: list[list[str]], pool: list[str]) -> None:
        self.record, self.told, self.ordered, self.pool = record, told, ordered, pool

    def __repr__(self) -> str:
        return f"Drawn({self.pool!r})"


@st.composite
def visits(draw: Any) -> Drawn:
    """Draw a visit."""
    write = Written(draw(st.lists(texts(), min_size=2, max_size=6)))
    base = filled_record()
    form = _form(every_kind(), write)
    before = len(write.given)
    visit = replace(
        base.visit, teacher=write(), observer=write(), class_name=write(), subject=write(), topic=write(), room=write(),
        focus=write(), looking_for=write(), conversation=write(),
    )  # fmt: skip
    notes = _notes(draw, write)
    claims = _claims(draw, write)
    turns = tuple(
        Turn(f"t{at}", "v1", draw(st.sampled_from(Voice)), write(), at=MOMENT, position=at)
        for at in range(draw(st.integers(0, 4)))
    )
    steps = tuple(
        ActionStep(f"s{at}", "v1", write(), None, write(), date(2026, 3, 20), write(), position=at, practice=write(),
                   notice=write())
        for at in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    earlier = tuple(
        StepRow(ActionStep(f"e{at}", "v0", write()), visit.teacher, MOMENT) for at in range(draw(st.integers(0, 2)))
    )
    replies = _replies(draw, write, claims)
    answers = (
        Answer("v1", "late", 2, None), Answer("v1", "why", write(), None, write()), Answer("v1", "mine", write(), None),
        Answer("v1", "story", write(), None),
        Answer("v1", "form", OTHER, None, write()), Answer("v1", "safe", 3, None, write()),
    )  # fmt: skip
    evidence = (Evidence("v1", "answer", "safe", "n0", 1), Evidence("v1", "answer", "safe", "secret", 2))
    events = (*notes, *(event for event in base.events if event.kind is not EventKind.NOTE))
    record = replace(
        base, visit=visit, form=form, events=tuple(sorted(events, key=lambda event: (event.offset_ms, event.id))),
        claims=claims, turns=turns, steps=steps, earlier_steps=earlier, replies=replies, answers=answers,
        evidence=evidence, readers=(Reader("v1", write()),),
    )  # fmt: skip
    told = [form.title[0][1], *(label for label in _labels(form)), *write.given[before:]]
    ordered = [
        [note.text for note in notes[:-1]], [turn.text for turn in turns], [step.text for step in steps],
        *([claim.title for claim in claims if claim.kind is kind] for kind in ClaimKind),
    ]  # fmt: skip
    return Drawn(record, told, ordered, write.pool)


def _labels(form: Form) -> list[str]:
    """Return what the record prints of a form: titles and labels; of options only those that were chosen."""
    sections = [section.title[0][1] for section in form.sections if any(_asked(item) for item in section.items)]
    return sections + [item.label[0][1] for section in form.sections for item in section.items if _asked(item)]


def _asked(item: Item) -> bool:
    # the tools are only asked for where they sit in rows or pairs
    return item.kind is not ItemKind.GUIDANCE and item.id != "tools"


def lost(told: list[str], data: bytes) -> list[str]:
    """Return the texts that cannot be read out of the file as the filter leaves them."""
    found = flat(read(data).text()) + flat(decoration(data))
    return [text for text in told
            if not all(flat(line) in found for line in printed(text, fonts.register()).split("\n"))]  # fmt: skip


def released(record: VisitRecord, **values: Any) -> ReportDocument:
    release = (1, "rel", "12 March 2026, 16:02", "2026-03-12T16:02:00+00:00")
    return build_feedback(record, scope="record", with_notes=True, release=release, **values)


# no shrinking: a failing visit is large and prints itself; explaining it takes minutes
@settings(max_examples=SOME, phases=(Part.explicit, Part.reuse, Part.generate))
@given(visits(), st.sampled_from(["A4", "Letter"]))
def test_every_released_text_is_read_out_of_the_record_in_its_order(drawn: Drawn, paper: str) -> None:
    data, result = written(released(drawn.record, paper=paper))

    assert not result.fallback
    assert lost(drawn.told, data) == []
    found = flat(read(data).text())
    for several in drawn.ordered:
        at = 0
        for line in (line for text in several for line in printed(text, fonts.register()).split("\n")):
            if OWN.search(line):
                at = found.find(flat(line), at) + 1
                assert at, line
    assert flat(PRIVATE_WORDS) not in found


@settings(max_examples=SOME, phases=(Part.explicit, Part.reuse, Part.generate))
@given(st.lists(texts(), min_size=2, max_size=6))
def test_every_text_of_a_blank_form_is_read_out_of_its_sheet(pool: list[str]) -> None:
    write = Written(pool)

    data, result = form_bytes(build_form(_form(every_kind(), write)))

    assert not result.fallback
    assert lost(write.given, data) == []


@settings(max_examples=SOME, phases=(Part.explicit, Part.reuse, Part.generate))
@given(texts(), st.sampled_from(["summary", "record"]))
def test_a_text_is_printed_as_the_filter_says_and_not_otherwise(text: str, scope: str) -> None:
    """Whole paragraphs, spaces included: nothing is added, dropped or turned around."""
    record = filled_record()
    record = replace(record, visit=replace(record.visit, conversation=f"begin {text} end"))
    document = replace(released(record), scope=scope)

    found = [unicodedata.normalize("NFKC", one) for one in paragraphs(written(document)[0])]

    expected = unicodedata.normalize("NFKC", printed(f"begin {text} end", fonts.register())).split("\n")
    at = next(number for number, one in enumerate(found) if one == expected[0])
    assert found[at : at + len(expected)] == expected
