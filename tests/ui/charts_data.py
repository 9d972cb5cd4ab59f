"""Terms, lines and lessons for looking at charts; the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from observe_app.domain.compare.marks import (
    Base,
    Break,
    Mark,
    Measure,
    Missing,
    Origin,
    Series,
    Term,
    TermVisit,
)

LEVELS = ((1, "Not yet"), (2, "Sometimes"), (3, "Often"), (4, "Throughout"))
FIRST = datetime(2025, 9, 18, 8, 0, tzinfo=UTC)
LABELS = (
    "Leaves thinking time",
    "Open questions lead",
    "Wrong answers explored",
    "Different pupils answer",
    "Pupils talk to each other",
    "Teacher steps back",
    "Quiet pupils have a way in",
    "Mistakes are safe",
    "Transitions are calm",
)
LONG = "Students explain their reasoning to one another before the teacher says whether an answer is right or wrong"


def visits(count: int, teacher: str = "Amina Diallo-Žižek", apart: int = 0) -> tuple[TermVisit, ...]:
    """Visits at uneven distances; `apart` days each, or a school year for all."""
    step = apart or max(170 // max(count, 2), 4)
    return tuple(
        TermVisit(
            id=f"{teacher[:3]}-{index}",
            teacher_id=teacher,
            teacher=teacher,
            observer_id="me",
            observer="Tomás Rivera",
            class_name="Year 7",
            subject="Science",
            start=FIRST + timedelta(days=step * index + (index * index) % 5),
            zone="Europe/Berlin",
            minutes=45.0,
            form_id="talk",
            form_version=1,
            form_title="Questioning and talk",
        )
        for index in range(count)
    )


def comparable(marks: tuple[Mark, ...], cuts: tuple[int, ...] = ()) -> int:
    """The longest uninterrupted run of marks with a value."""
    borders = [0, *cuts, len(marks)]
    return max(
        (sum(mark.missing is None for mark in marks[a:b]) for a, b in pairwise(borders)),
        default=0,
    )


def rating(label: str, of: tuple[TermVisit, ...], values: list[int | None], **more: object) -> Series:
    """A line of levels; None is not seen."""
    words = dict(LEVELS)
    marks = tuple(
        Mark(visit.id, float(value), words=words[value])
        if value is not None
        else Mark(visit.id, missing=Missing.NOT_SEEN)
        for visit, value in zip(of, values, strict=True)
    )
    breaks = more.pop("breaks", ())
    assert isinstance(breaks, tuple)
    key = label.lower().replace(" ", "_")[:40]
    return Series(
        key=key,
        measure=Measure.RATING,
        base=Base.NONE,
        label=label,
        item=key,
        teacher_id=of[0].teacher_id if of else "",
        levels=LEVELS,
        marks=marks,
        breaks=breaks,
        comparable=comparable(marks, tuple(at for at, _why in breaks)),
    )


def share(label: str, of: tuple[TermVisit, ...], counts: list[int | None], base: int = 38) -> Series:
    """A line of shares of intervals; every third was imported, None was not coded."""
    marks = tuple(
        Mark(
            visit.id,
            count / base,
            n=count,
            of=base,
            blank=index % 2,
            origin=Origin.IMPORTED if index % 3 == 0 else Origin.LIVE,
            at_ms=120_000,
        )
        if count is not None
        else Mark(visit.id, missing=Missing.NOTHING_RECORDED)
        for index, (visit, count) in enumerate(zip(of, counts, strict=True))
    )
    return Series(
        key=f"copus:{label}",
        measure=Measure.CODE_INTERVALS,
        base=Base.INTERVALS,
        label=label,
        item="copus",
        teacher_id=of[0].teacher_id if of else "",
        marks=marks,
        comparable=comparable(marks),
    )


def look_term() -> Term:
    """The term of the design's picture."""
    of = visits(5)
    rows = [
        [1, 1, 2, 2, 3],
        [2, 2, 2, 3, 3],
        [2, 3, 3, 4, 4],
        [1, 2, 2, 2, 2],
        [2, 2, 3, 3, 3],
        [1, 1, None, 2, 3],
        [None, 1, None, 1, None],
        [3, 3, 3, 3, 4],
        [3, 4, 4, 4, 4],
    ]
    return Term(of, tuple(rating(label, of, values) for label, values in zip(LABELS, rows, strict=True)))


def long_term(count: int, items: int = 30) -> Term:
    """Many visits of many items, some missing."""
    of = visits(count)
    lines = [
        rating(
            f"Item {item + 1}",
            of,
            [None if (i * 7 + item) % 11 == 0 else (i * (item + 2) // 5) % 4 + 1 for i in range(count)],
        )
        for item in range(items)
    ]
    return Term(of, tuple(lines))


def mixed_term(count: int = 8) -> Term:
    """Levels, shares, tallies, waits, checks and a choice of one person, with a change of observer."""
    of = visits(count)
    tally = Series(
        key="questions",
        measure=Measure.TALLY,
        base=Base.LESSON_MINUTES,
        label="Open questions",
        teacher_id=of[0].teacher_id,
        marks=tuple(Mark(v.id, (i + 2) / 45, n=i + 2, of=2_700_000) for i, v in enumerate(of)),
        comparable=count,
    )
    wait = Series(
        key="wait",
        measure=Measure.WAIT,
        base=Base.WAITS,
        label="Wait after a question",
        teacher_id=of[0].teacher_id,
        marks=tuple(Mark(v.id, 1200.0 + 350 * i, n=6 + i) for i, v in enumerate(of)),
        breaks=((count // 2, Break.OBSERVER),) if count > 3 else (),
        comparable=count // 2 if count > 3 else count,
    )
    check = Series(
        key="aim",
        measure=Measure.CHECK,
        base=Base.NONE,
        label="Aim is on the board",
        teacher_id=of[0].teacher_id,
        marks=tuple(Mark(v.id, float(i % 3 != 0)) for i, v in enumerate(of)),
        comparable=count,
    )
    names = ("Whole class", "Pairs", "Groups")
    choice = Series(
        key="setting",
        measure=Measure.CHOICE,
        base=Base.NONE,
        label="How the class works",
        teacher_id=of[0].teacher_id,
        marks=tuple(Mark(v.id, words=names[i % 3]) for i, v in enumerate(of)),
        comparable=count,
    )
    values = [i % 4 + 1 for i in range(count)]
    return Term(
        of,
        (
            rating("Leaves thinking time", of, values, breaks=((count // 2, Break.SCALE),) if count > 3 else ()),
            share("Students discuss in groups", of, [(i * 5) % 39 if i != 2 else None for i in range(count)]),
            tally,
            wait,
            check,
            choice,
            rating(LONG, of, [None if i % 2 else 2 for i in range(count)]),
        ),
    )
