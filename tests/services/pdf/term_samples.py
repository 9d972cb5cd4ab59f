"""Terms, a group and two observers as the tests of their pages need them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Break, Measure, Missing, Origin, Series, Term, TermVisit
from observe_app.domain.event import Event, EventKind
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import Visit
from observe_app.paths import forms_dir
from observe_app.services.compare.agreement import compare
from observe_app.services.forms.reader import read_file
from observe_app.services.pdf.calibration_build import build_calibration
from observe_app.services.pdf.group_build import build_group
from observe_app.services.pdf.term_build import TermAsk, TermStep, build_term
from observe_app.services.pdf.term_document import CompareDocument, Facts
from tests.ui import charts_data

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import AgreementView
    from observe_app.domain.form import Form
    from observe_app.services.compare.agree_words import AgreementWords

FACTS = Facts(
    made="2026-03-22T10:00:00+00:00",
    made_label="22 March 2026",
    school="Northfield School",
    purpose_line="For professional growth.",
)
STEPS = (
    TermStep("Count to five before choosing who answers.", "18 September 2025", "14 October 2025", "done",
             "20 November 2025"),
    TermStep("Name sticks after minute 30.", "10 March 2026"),
)  # fmt: skip
HOSTILE = '</para><img src="/etc/passwd"/>& \u202e <b>x</b>\ud800'
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel" * 6


def term() -> Term:
    """Return five visits: ratings with a change of observer, a check, shares of which one is imported, tags."""
    made = charts_data.look_term()
    visits = made.visits
    ratings = [replace(series, section="Questions" if at < 5 else "Talk") for at, series in enumerate(made.series)]
    ratings[1] = replace(ratings[1], breaks=((3, Break.OBSERVER),), comparable=3)
    check = Series(
        "aim", Measure.CHECK, made.series[0].base, "The aim is on the board", "aim", section="Talk",
        teacher_id=visits[0].teacher_id,
        marks=tuple(replace(made.series[0].marks[0], visit_id=one.id, value=float(at % 2), words="") for at, one in
                    enumerate(visits)),
        comparable=5,
    )  # fmt: skip
    lecture = charts_data.share("Lecturing", visits, [20, 18, None, 12, 9])
    never = charts_data.share("Clicker question", visits, [0, 0, 0, 0, 0])
    lines = (*ratings, check, lecture, never)
    visits = (*visits[:4], replace(visits[4], origin=Origin.IMPORTED))
    return Term(visits, lines, tags=(("question", 12, 40, 4), ("wait", 3, 40, 2)))


def term_document(made: Term | None = None, *, steps: tuple[TermStep, ...] = STEPS, **facts: object) -> CompareDocument:
    """Return the pages of a term as data."""
    told = replace(FACTS, **facts)  # type: ignore[arg-type]
    return build_term(made if made is not None else term(), TermAsk("Amina Diallo-Žižek", steps=steps, facts=told))


def group(teachers: int = 9) -> Term:
    """Return four visits each of several teachers, the same every time; one item was looked for with three alone."""
    hand = random.Random(4)
    visits: list[TermVisit] = []
    lines: list[Series] = []
    for number in range(teachers):
        name = f"Teacher {number}"
        own = tuple(
            replace(one, id=f"{number}-{at}", teacher_id=f"t{number}", observer_id=f"o{number % 3}")
            for at, one in enumerate(charts_data.visits(4, teacher=name))
        )
        visits += own
        for at, label in enumerate(charts_data.LABELS[:5]):
            levels = [2, 3] if at == 2 else [1, 2, 2, 3, 3, 4, None]
            line = charts_data.rating(label, own, [hand.choice(levels) for _one in own])
            lines.append(replace(line, teacher_id=f"t{number}", section="Questions" if at < 3 else "Talk"))
        if number < 3:
            lines.append(replace(charts_data.rating("Rarely looked for", own, [1, 2, 3, 4]), teacher_id=f"t{number}"))
        counts: list[int | None] = [hand.randint(0, 20) for _one in own]
        lines.append(replace(charts_data.share("Lecturing", own, counts), teacher_id=f"t{number}"))
    return Term(tuple(visits), tuple(lines))


def group_document(teachers: int = 9, **facts: object) -> CompareDocument:
    """Return the pages of a group as data."""
    return build_group(group(teachers), replace(FACTS, **facts))  # type: ignore[arg-type]


def copus() -> Form:
    """Return the form of the two observers."""
    form = read_file(forms_dir() / "copus.toml").form
    assert form is not None
    return form


def copus_words() -> str:
    """Return what that form says of itself on the pages of a comparison."""
    items = [item for item in copus().items if item.sides]
    told = [text for item in items for text in (item.label, *(side.label for side in item.sides))]
    codes = [code for item in items for side in item.sides for code in side.codes]
    told += [text for code in codes for text in (code.label, ((code.id, code.id),))]
    return " ".join(word for text in told for _language, word in text)


def agreement(words: AgreementWords | None = None) -> AgreementView:
    """Return two COPUS records of one lecture with slips."""
    form = copus()
    item = next(one for one in form.items if one.sides)
    codes = [side.full(code) for side in item.sides for code in side.codes]

    def record(visit: str, observer: str, seed: int) -> VisitRecord:
        lesson, slips = random.Random(1), random.Random(seed)
        ticks = [
            Event(f"{visit}-{at}-{code}", visit, EventKind.INTERVAL, at * 120_000, item=item.id, code=code, value=1.0)
            for at in range(25)
            for place, code in enumerate(codes)
            if (lesson.random() < (0.5 if place % 5 == 0 else 0.12)) != (slips.random() < 0.06)
        ]
        begun = charts_data.FIRST
        about = Visit(
            visit, teacher="Amina Diallo-Žižek", observer=observer, class_name="Physics 101", subject="Waves",
            start=begun, started=begun, ended=begun + timedelta(minutes=50), form_id=form.id, form_title="COPUS",
        )  # fmt: skip
        return VisitRecord(about, events=tuple(ticks), form=form)

    return compare(record("a", "Joonas Brandt", 2), record("b", "Mei Lindqvist", 3), words=words)


def calibration_document(**facts: object) -> CompareDocument:
    """Return the pages of two observers as data."""
    return build_calibration(agreement(), replace(FACTS, **facts))  # type: ignore[arg-type]


def hostile(made: Term) -> Term:
    """Return a term whose every text means harm."""
    visits = tuple(
        replace(one, teacher=HOSTILE, observer=f"{HOSTILE} O", class_name=LONG_WORD, form_title=HOSTILE)
        for one in made.visits
    )
    lines = tuple(
        replace(one, label=HOSTILE if at % 2 else LONG_WORD, section=f"{HOSTILE} {LONG_WORD}")
        for at, one in enumerate(made.series)
    )
    return Term(visits, lines, tags=((HOSTILE, 1, 2, 1),))


def empty(count: int) -> Term:
    """Return visits whose one item nobody looked for."""
    visits = charts_data.visits(count)
    line = charts_data.rating("Never looked for", visits, [None] * count)
    marks = tuple(replace(mark, missing=Missing.NOT_LOOKED_FOR) for mark in line.marks)
    return Term(visits, (replace(line, marks=marks),))
