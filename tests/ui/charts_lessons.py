"""Lessons, shares, rooms and agreements for looking at charts; the same every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from observe_app.domain.agreement import Counts
from observe_app.domain.compare.agree_view import Cell, CodeAgreement, SheetAgreement
from observe_app.services.charts.agreement import Strip
from observe_app.services.charts.lessons import Lane, LessonRow, SideBySide, Span
from observe_app.services.charts.room import Curve, CurvePoint, Flow, Seat, Seats
from observe_app.services.charts.shares import (
    BalanceRow,
    Bars,
    Budget,
    BudgetPart,
    ShareBar,
    WaitBins,
    bins_of,
)
from observe_app.services.charts.steps import StepLine, StepLines, StepState

MINUTE = 60_000
PHASES = ("Warm-up", "New idea: ratios", "Groups at the tables", "Plenary")
FIRST = date(2025, 9, 18)


def lesson(index: int, minutes: int = 45) -> LessonRow:
    """A lesson with phases, lanes and a pause."""
    at = [0, 6 + index, 18 + index, 34, minutes]
    phases = tuple(
        Span(a * MINUTE, b * MINUTE, name) for a, b, name in zip(at, at[1:], PHASES[: len(at) - 1], strict=False)
    )
    questions = tuple((3 + 4 * n + index) * MINUTE + 20_000 for n in range(9))
    waits = tuple((3 + 4 * n + index) * MINUTE + 23_000 for n in range(0, 9, 2))
    talk = tuple(Span(a * MINUTE, (a + 4) * MINUTE) for a in (1, 9 + index, 20, 36))
    return LessonRow(
        visit_id=f"v{index}",
        label=f"{18 + index} Sep",
        sub="Year 7 Science · Tomás Rivera",
        length_ms=minutes * MINUTE,
        phases=phases,
        lanes=(
            Lane("questions", "Open questions", "9", questions),
            Lane("waits", "Waits of 3 s or more", "5 of 9", waits, shape="dot"),
            Lane("talk", "Teacher talks", "16 min", spans=talk),
            Lane("starred", "Starred", "2", (12 * MINUTE, 31 * MINUTE), shape="triangle"),
        ),
        unseen=(Span(28 * MINUTE, 31 * MINUTE, "pause"),) if index % 2 else (),
    )


def stacked(count: int) -> tuple[LessonRow, ...]:
    """Lessons of different lengths."""
    return tuple(lesson(index, 45 if index % 3 else 40) for index in range(count))


def beside() -> SideBySide:
    """Two lessons by phase; the second has no groups."""
    first, second = lesson(0), lesson(4, 50)
    warm, idea, groups, plenary = second.phases
    kept = (warm, Span(idea.start_ms, groups.end_ms, idea.label), plenary)
    return SideBySide(first, replace(second, phases=kept), by_phase=True)


def copus_bars() -> Bars:
    """Codes of both sides with a zero and a code nobody could look for."""
    named = (("Lecturing", 14), ("Posing a question", 21), ("Moving and guiding", 0), ("Waiting", 3))
    students = (("Listening", 29), ("Discussing a clicker question in groups of three or four", 8), ("Test or quiz", 0))
    made = [ShareBar(name, name, n, 38, section="Instructor") for name, n in named]
    made += [ShareBar(name, name, n, 38, section="Students") for name, n in students]
    made.append(ShareBar("x", "Student presentation", 0, 0, note="not coded", section="Students"))
    return Bars("Codes", tuple(made), "of 38 intervals of 2 minutes")


def budget() -> Budget:
    """An exclusive group of timers."""
    parts = (("Teacher talks", 16), ("Pairs", 9), ("Groups", 12))
    made = tuple(BudgetPart(name, name, n * MINUTE + 12_000) for name, n in parts)
    return Budget("Where the time went", made, 45 * MINUTE)


def waits() -> WaitBins:
    """Fourteen waits with an aim of three seconds."""
    found = (400, 900, 1200, 1300, 1900, 2100, 2600, 3000, 3100, 3600, 4200, 5100, 7300, 14_000)
    return WaitBins("How long was the wait", bins_of(found), 3000, sum(wait >= 3000 for wait in found), "v1")


def curve(count: int = 9) -> Curve:
    """Looks every five minutes, two of them not made."""
    looks = [(22, 26), (24, 26), (25, 25), (0, 0), (19, 26), (17, 26), (0, 0), (23, 26), (25, 26)]
    made = tuple(CurvePoint(n * 5 * MINUTE, *looks[n % 9]) for n in range(count))
    return Curve("At work", made, 45 * MINUTE, "v1")


def seats() -> Seats:
    """Four rows of six; some never heard, two empty."""
    made = tuple(
        Seat(f"S{n}", "" if n in {9, 20} else f"S{n + 1}" if n % 5 else "Aleksandra-Marie", n // 6, n % 6, (n * 7) % 5)
        for n in range(24)
    )
    return Seats("Who was heard", made, "46 presses", "v1")


def flow() -> Flow:
    """Teacher, students, one student by name."""
    turns = (("T", "S", 24), ("S", "T", 22), ("S", "S", 5), ("S12", "T", 3), ("T", "S12", 3), ("T", "T", 1))
    return Flow("Who spoke next", ("T", "S", "S12"), turns, "v1")


def steps() -> StepLines:
    """Four steps in all states."""

    def day(n: int) -> date:
        return FIRST + timedelta(days=n)

    made = (
        StepLine("a", "Count to three first", day(0), day(64), StepState.DONE, (day(26), day(64)), "v0"),
        StepLine("b", "Ask a second student before saying right or wrong", day(26), looked=(day(64),), visit_id="v1"),
        StepLine("c", "Seating in fours", day(26), day(40), StepState.DROPPED),
        StepLine("d", "A hinge question before the groups", day(119), None, visit_id="v3"),
    )
    return StepLines("Action steps", made, day(173))


def balance() -> tuple[BalanceRow, ...]:
    """Conversations after visits, one of them without words."""
    said = ((420, 610), (380, 820), (0, 0), (210, 990))
    return tuple(BalanceRow(f"v{n}", f"{18 + n} Sep", (("You", a), ("Amina", b))) for n, (a, b) in enumerate(said))


def strip(intervals: int = 24) -> Strip:
    """The design's strip: five codes, five differences."""
    rows = {
        "Lec": ("lecturing", "XXXX.XX..........XX...XX"),
        "PQ": ("posing a question", "..XXA.XX......X...XAB..."),
        "MG": ("moving and guiding", ".......AXXXXXXAXX......."),
        "L": ("listening", "XXXXXXX..........XX...XX"),
        "WG": ("worksheet in groups", ".......XXXXXXXXXX....??."),
        "CQ": ("clicker question", "." * 24),
    }
    kinds = {"X": Cell.BOTH, "A": Cell.ONLY_A, "B": Cell.ONLY_B, ".": Cell.NEITHER, "?": Cell.NOT_COMPARED}
    codes = []
    for short, (label, row) in rows.items():
        cells = tuple(kinds[row[n % 24]] for n in range(intervals))
        counts = Counts(*(cells.count(cell) for cell in (Cell.BOTH, Cell.ONLY_A, Cell.ONLY_B, Cell.NEITHER)))
        codes.append(CodeAgreement(f"I.{short}", label, short, counts=counts, cells=cells))
    sheet = SheetAgreement("copus", "COPUS", 120, intervals=intervals, n=intervals, codes=tuple(codes))
    return Strip(sheet, ("you", "Tomás"), "v1", frozenset({("I.MG", 14)}), chosen=14)
