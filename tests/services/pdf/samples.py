"""A worked visit as a record, and what the tests of the PDF ask of a file."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf

from observe_app.domain.action_step import ActionStep, StepRow, StepStatus
from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import Event, EventKind
from observe_app.domain.evidence import Claim, ClaimKind, Evidence
from observe_app.domain.form import Form, Item, ItemKind, Level, Section
from observe_app.domain.record import VisitRecord
from observe_app.domain.release import Reader
from observe_app.domain.reply import Reply, ReplyPoint, Stance
from observe_app.domain.turn import Turn, Voice
from observe_app.domain.visit import Stage, Visit
from observe_app.services.pdf.build import ReleasedAs, build_feedback
from observe_app.services.pdf.render import PdfResult, render

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ReportDocument

GOLDEN = Path(__file__).parents[2] / "golden" / "pdf"
BEGUN = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
PRIVATE_WORDS = "Only for my own eyes"

_NOTES = (
    (30, "T", "Aim on the board: “Which is bigger, a third or a quarter?”", ("board",), False),
    (494, "T", "“What could be the same about these two bars?”", ("question",), False),
    (722, "T", "“Nobody answers yet. Look at the two bars and think.”", ("question",), False),
    (733, "S3", "“The thirds are bigger pieces, so you can’t just add them up.”", (), True),
    (984, "T", "Counts silently on fingers to five before choosing.", (), False),
    (1171, "S12", "“Mine looks wrong now. The two is too small for both bars.”", (), True),
    (1207, "T", "“Interesting. Who can make a picture of S12’s idea?”", ("question",), False),
    (1872, "S20", "Table 6: looking at the window, sheet empty.", (), False),
    (2360, "T", "Five answers in a row from the front two tables.", (), False),
    (2530, "T", "“So what do we need first? … Yes, a common denominator.”", ("question",), True),
    (2582, "S7", "“I knew it but S2 already said it.”", (), True),
    (2700, "", "Strips are collected, chairs pushed in.", ("routine",), False),
)
_PHASES = ((0, "Starter"), (360, "Bars on the board"), (1080, "Pair work"), (2040, "Discussion"), (2700, "Exit"))
_LEVELS = ("Not yet", "Sometimes", "Often", "Throughout")


def _notes() -> tuple[Event, ...]:
    made = [
        Event(f"n{index:02d}", "v1", EventKind.NOTE, second * 1000, BEGUN + timedelta(seconds=second), text,
              speaker=speaker, tags=tags, starred=starred)
        for index, (second, speaker, text, tags, starred) in enumerate(_NOTES)
    ]  # fmt: skip
    made += [
        Event(f"p{index}", "v1", EventKind.PHASE, second * 1000, text=name)
        for index, (second, name) in enumerate(_PHASES)
    ]
    made.append(
        Event("secret", "v1", EventKind.NOTE, 1_000_000, text=PRIVATE_WORDS, speaker="T", private=True, starred=True)
    )
    return tuple(made)


def _rating(item_id: str, label: str) -> Item:
    levels = tuple(Level(number, (("", name),)) for number, name in enumerate(_LEVELS, start=1))
    return Item(item_id, ItemKind.RATING, (("", label),), levels=levels, scale="how_often")


def sample_form() -> Form:
    """Return a form with every kind of item."""
    check, text, guidance = ItemKind.CHECK, ItemKind.TEXT, ItemKind.GUIDANCE
    return Form(
        "general", 1, (("", "General peer observation"), ("de", "Allgemeine Hospitation")), (("", "For any lesson"),),
        (
            Section("questioning", (("", "Questioning"),), (
                _rating("wait", "Leaves thinking time"), _rating("open", "Open questions lead the lesson"),
                _rating("wrong", "Wrong answers are explored"), _rating("who", "Different students answer"),
            )),
            Section("talk", (("", "Talk"),), (
                Item("how", guidance, (("", "Count who speaks, not how well."),)),
                _rating("pairs", "Students talk to each other"), _rating("back", "Teacher steps back"),
                _rating("quiet", "Quiet students have a way in"),
            )),
            Section("climate", (("", "Climate"),), (
                _rating("safe", "Mistakes are safe"), _rating("calm", "Transitions are calm"),
                Item("aim", check, (("", "The aim is on the board"),)),
                Item("names", check, (("", "Students are called by name"),)),
                Item("homework", check, (("", "Homework is set"),)),
                Item("surprise", text, (("", "What surprised me"),), long=True),
            )),
        ),
    )  # fmt: skip


def _answers() -> tuple[Answer, ...]:
    given = (
        ("wait", 3, None), ("open", 3, None), ("wrong", 4, None), ("who", 2, None), ("pairs", 3, None),
        ("back", None, Absence.NOT_LOOKED_FOR), ("quiet", None, Absence.NOT_SEEN), ("safe", 4, None),
        ("aim", "yes", None), ("names", "no", None), ("homework", None, Absence.NOT_APPLICABLE),
        ("surprise", "How long the class kept silent once the fingers were up.", None),
    )  # fmt: skip
    return tuple(Answer("v1", item, value, absence, at=BEGUN) for item, value, absence in given)


def sample_record() -> VisitRecord:
    """Return a whole visit: two strengths, two growth areas, two questions, two steps, a filled form."""
    visit = Visit(
        "v1", Stage.FOLLOW_UP, "Amina Diallo-Žižek", "Joonas Παπαδόπουλος", class_name="Year 8", subject="Mathematics",
        topic="Adding fractions", room="Room 12", class_size=27, start=BEGUN, minutes=50, started=BEGUN,
        ended=BEGUN + timedelta(minutes=50), zone="UTC", focus="How can I give students more time to think?",
        looking_for="wait of 3 seconds or more after open questions\nwho answers", created=BEGUN - timedelta(days=2),
        conversation="We met on 11 March for 25 minutes.\n\nAmina chose the exit question as the one place to change.",
    )  # fmt: skip
    strength, growth, question = ClaimKind.STRENGTH, ClaimKind.GROWTH, ClaimKind.QUESTION
    claims = (
        Claim("c1", "v1", strength, "Silence is used on purpose", "You counted on your fingers; hands were down.", 1,
              ("n02", "n04")),
        Claim("c2", "v1", strength, "Wrong answers became material", "S12’s answer stayed on the board.", 2, ("n06",)),
        Claim("c3", "v1", growth, "Waiting fades near the end", "Five answers in a row from the front.", 1, ("n09",)),
        Claim("c4", "v1", growth, "Quiet tables were not asked", "Tables 4 and 6 did not speak to the class.", 2),
        Claim("c5", "v1", question, "What did table 6 need?", "", 1, ("n07",)),
        Claim("c6", "v1", question, "How do you choose who answers?", "", 2, ("secret",)),
    )  # fmt: skip
    steps = (
        ActionStep("s1", "v1", "Put “think, pair, share” on the slide before the exit question", None,
                   "Amina Diallo-Žižek", date(2026, 3, 20), "Joonas sends his slide", position=1),
        ActionStep("s2", "v1", "Use the name sticks for every open question after minute 30", None,
                   "Amina Diallo-Žižek", date(2026, 3, 27), position=2),
        ActionStep("s3", "v1", "Was agreed and given up again", status=StepStatus.DROPPED, position=3),
    )  # fmt: skip
    evidence = (Evidence("v1", "answer", "wait", "n02", 1), Evidence("v1", "answer", "wait", "n04", 2),
                Evidence("v1", "answer", "quiet", "secret", 1))  # fmt: skip
    return VisitRecord(
        visit, events=_notes(), answers=_answers(), claims=claims, evidence=evidence, steps=steps, form=sample_form(),
        number=3, visits=3, position=412,
    )  # fmt: skip


def after_record() -> VisitRecord:
    """Return the sample visit with what came after: turns, a reply, an earlier step, a view as evidence, a reader."""
    record = sample_record()
    turns = (
        Turn("t1", "v1", Voice.OBSERVER, "What did you notice about the quiet after your questions?", position=1),
        Turn("t2", "v1", Voice.TEACHER, "It felt long. I counted to five on my fingers so that I would not speak.",
             position=2),
        Turn("t3", "v1", Voice.BOTH, "The exit question is the place to try it next.", position=3),
    )  # fmt: skip
    points = (
        ReplyPoint("c1", Stance.AGREE, "Yes, and I will keep the fingers."),
        ReplyPoint("c3", Stance.PARTLY, "Two of the five had their hands up for a while."),
        ReplyPoint("c5", None, "A first sentence to start from, I think."),
    )
    reply = Reply("r1", "v1", "rel1", 1, "pdf", BEGUN + timedelta(days=3), "Amina Diallo-Žižek", "13 March 2026",
                  received=True, points=points, overall="Thank you. The list of times helped most.",
                  step="Name sticks after minute 30.")  # fmt: skip
    earlier = ActionStep("e1", "v0", "Write the question on the board before asking it", None, "Amina Diallo-Žižek",
                         date(2026, 2, 20), status=StepStatus.OPEN, teacher_agrees=True)  # fmt: skip
    claims = tuple(replace(claim, views=("tag:question",)) if claim.id == "c1" else claim for claim in record.claims)
    steps = (
        replace(record.steps[0], practice="We tried it once on the sum with the two bars.",
                notice="More than five hands before anybody answers."),
        *record.steps[1:],
    )  # fmt: skip
    return replace(
        record,
        visit=replace(
            record.visit, talk_started=BEGUN + timedelta(days=1, hours=5),
            talk_ended=BEGUN + timedelta(days=1, hours=5, minutes=25), next_visit_id="v2",
        ),
        claims=claims, steps=steps, turns=turns, replies=(reply,),
        readers=(Reader("v1", "Mei Lindqvist"),),
        earlier_steps=(StepRow(earlier, "Amina Diallo-Žižek", BEGUN - timedelta(days=30)),),
        evidence=(*record.evidence, Evidence("v1", "step", "e1", "n00", 1)),
    )  # fmt: skip


NEXT_VISIT = Visit("v2", Stage.PREPARE, "Amina Diallo-Žižek", "Joonas Παπαδόπουλος", class_name="Year 8",
                   subject="Mathematics", topic="Dividing fractions", start=BEGUN + timedelta(days=28))  # fmt: skip
RELEASED = ReleasedAs(1, "rel1", "11 March 2026, 16:02", "2026-03-11T16:02:00+00:00")
CORRECTED = ReleasedAs(2, "rel2", "14 March 2026, 08:30", "2026-03-14T08:30:00+00:00")


def released_document(**changes: object) -> ReportDocument:
    """Return the sample visit's document as it was first released, before any reply, with fields changed."""
    made = build_feedback(
        replace(after_record(), replies=()), language="en-GB", purpose_line="For professional growth.",
        with_notes=True, scope="record", school="Northfield School", release=RELEASED, next_visit=NEXT_VISIT,
    )  # fmt: skip
    return replace(made, **{"scope": "summary", **changes})  # type: ignore[arg-type]


def corrected_document(**changes: object) -> ReportDocument:
    """Return the second revision of the sample visit's document, with the reply to the first, with fields changed."""
    made = build_feedback(
        after_record(), language="en-GB", purpose_line="For professional growth.", with_notes=True, scope="record",
        school="Northfield School", release=CORRECTED, next_visit=NEXT_VISIT,
        why="Amina told me that table 6 had spoken twice.",
        changes=("Growth area 4 was reworded.", "One note was linked to it."),
    )  # fmt: skip
    return replace(made, **{"scope": "summary", **changes})  # type: ignore[arg-type]


def sample_document(**changes: object) -> ReportDocument:
    """Return the document of the sample visit with some of its fields changed."""
    made = build_feedback(sample_record(), language="en-GB", purpose_line="For professional growth.", with_notes=True)
    return replace(made, **changes)  # type: ignore[arg-type]


def written(document: ReportDocument) -> tuple[bytes, PdfResult]:
    """Return the rendered file and what the export reports."""
    target = io.BytesIO()
    result = render(document, target)
    return target.getvalue(), result


def pages_of(data: bytes) -> list[str]:
    """Return the text of each page as pypdf extracts it."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def words_in(text: str) -> str:
    """Return the text without anything that a line break may have changed."""
    return "".join(text.split())


def assert_golden(name: str, text: str) -> None:
    """Compare with the stored text; UPDATE_GOLDEN=1 in the environment stores it instead."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
