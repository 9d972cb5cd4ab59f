"""Action steps over a term: when each was agreed, when it was closed and how, on a true axis of dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from observe_app.services.charts.drawing import TEXT, Drawing, nothing
from observe_app.services.charts.picture import Anchor, Picture, Table

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.charts.picture import Ruler, Size
    from observe_app.services.charts.words import ChartWords

_ROW = 30.0
_TWO = 40.0
_LONG = 360


class StepState(StrEnum):
    """How a step stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One action step.

    Attributes:
        opened: local day of the visit it was agreed in. closed: the day it was closed, None while it is open.
        looked: days of visits in which it was looked at again. visit_id: where it was agreed.
    """

    key: str
    label: str
    opened: date
    closed: date | None = None
    state: StepState = StepState.OPEN
    looked: tuple[date, ...] = ()
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class StepLines:
    """Steps in the order they were agreed, up to a day."""

    title: str
    steps: tuple[StepLine, ...]
    until: date


def steps(data: StepLines, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return a line for each step: a full end is done, a cross let go, an arrow still open."""
    if not data.steps:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    draw.word(0, draw.px(15), data.title, size=14, weight=600, room=draw.width)
    begin = min(step.opened for step in data.steps)
    until = max((data.until, *(step.closed for step in data.steps if step.closed)), default=data.until)
    span = max((until - begin).days, 1)
    year = span > _LONG
    label = min(max(draw.wide(step.label, TEXT) for step in data.steps) + 14, draw.width * 0.42)
    state = max(draw.wide(_state(step, words)) for step in data.steps) + 14
    left, right = label + 6, draw.width - state - 6

    def place(day: date) -> float:
        return left + (right - left) * min(max((day - begin).days / span, 0.0), 1.0)

    top = draw.px(28)
    names = [draw.wrapped(step.label, label - 10, TEXT) for step in data.steps]
    high = draw.px(_ROW if all(len(name) < 2 for name in names) else _TWO)
    for at, step in enumerate(data.steps):
        y = top + at * high
        for x in (left, right):
            draw.line(x, y, x, y + high, "line2")
        draw.line(0, y + high - 1, draw.width, y + high - 1, "line2")
        for line, text in enumerate(names[at]):
            shift = draw.px(16) * (line - (len(names[at]) - 1) / 2)
            draw.word(0, draw.middle(y, high, TEXT) + shift, text, size=TEXT)
        end = place(step.closed) if step.closed else right
        _stroke(draw, step, (place(step.opened), end, y + high / 2), [place(day) for day in step.looked])
        tone = "ink" if step.state is StepState.OPEN else "muted"
        draw.word(draw.width, draw.middle(y, high), _state(step, words), tone=tone, anchor=Anchor.END)
        draw.spot((0, y, draw.width, high), step.key, _says(step, words, year=year), step.visit_id, row=at, column=0)
    bottom = top + len(data.steps) * high
    used = draw.word(left, bottom + draw.px(16), day_words(begin, words, year=year), tone="muted")
    last = day_words(until, words, year=year)
    if span > 1 and left + used + 8 + draw.wide(last) <= right:
        draw.word(right, bottom + draw.px(16), last, tone="muted", anchor=Anchor.END)
    alt = " ".join((f"{data.title}.", *(f"{spot.says}." for spot in draw.spots)))
    return draw.done(bottom + draw.px(22), data.title, alt, partial(_table, data, words))


def _stroke(draw: Drawing, step: StepLine, where: tuple[float, float, float], looked: list[float]) -> None:
    x, end, y = where
    draw.line(x, y, max(end, x + 1), y, "mid" if step.state is StepState.OPEN else "line", 2.0)
    for at in looked:
        draw.line(at, y - 5, at, y + 5, "mid", 1.5)
    draw.dot(x, y, 4, fill="ground", edge="mid", weight=1.8)
    if step.state is StepState.DONE:
        draw.dot(end, y, 5, fill="bar")
    elif step.state is StepState.DROPPED:
        draw.path(((end - 4, y - 4), (end + 4, y + 4)), edge="muted", weight=1.8)
        draw.path(((end - 4, y + 4), (end + 4, y - 4)), edge="muted", weight=1.8)
    else:
        draw.path(((end - 5, y - 5), (end, y), (end - 5, y + 5)), edge="mid", weight=2.0)


def day_words(day: date, words: ChartWords, *, year: bool = False) -> str:
    """Return a day as an axis has it."""
    form = words.date_year if year else words.date
    return form.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def _state(step: StepLine, words: ChartWords) -> str:
    return {
        StepState.OPEN: words.step_open, StepState.DONE: words.step_done, StepState.DROPPED: words.step_dropped,
    }[step.state]  # fmt: skip


def _says(step: StepLine, words: ChartWords, *, year: bool) -> str:
    opened = day_words(step.opened, words, year=year)
    if step.closed is None:
        return words.step_says_open.format(label=step.label, opened=opened, state=_state(step, words))
    closed = day_words(step.closed, words, year=year)
    return words.step_says.format(label=step.label, opened=opened, closed=closed, state=_state(step, words))


def _table(data: StepLines, words: ChartWords) -> Table:
    rows = tuple(
        (step.label, step.opened.isoformat(), step.closed.isoformat() if step.closed else None, _state(step, words))
        for step in data.steps
    )
    return Table((words.column_what, words.column_from, words.column_to, words.column_state), rows)
