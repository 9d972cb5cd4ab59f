"""The room in one lesson: how many were at work over time, who was heard where, and who spoke after whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from observe_app.services.charts.drawing import TEXT, Drawing, nothing
from observe_app.services.charts.figures import clock, number
from observe_app.services.charts.picture import Anchor, Picture, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.charts.picture import Cell, Ruler, Size
    from observe_app.services.charts.words import ChartWords

_MINUTE = 60_000
_PLOT = 110.0
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)
_GRID = 56.0
_LEAST = 3
_SEAT = 46.0
_FLOW = 40.0
_STEPS_OF_TONE = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One look around the room: on of `of` were at work. of 0: nobody looked when it was due."""

    at_ms: int
    on: int
    of: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Looks over a lesson. until_ms: where its axis ends."""

    title: str
    points: tuple[CurvePoint, ...]
    until_ms: int
    visit_id: str = ""


def curve(data: Curve, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the shares over the minutes; a look that was not made is a dash and cuts the line."""
    if not data.points:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    draw.word(0, draw.px(15), data.title, size=14, weight=600, room=draw.width)
    labels = [(part, words.percent.format(n=part)) for part in (0, 50, 100)]
    left = max(draw.wide(text) for _part, text in labels) + 8
    right, top = draw.width - draw.px(10), draw.px(46)
    bottom = top + draw.px(_PLOT)
    for part, text in labels:
        y = bottom - (bottom - top) * part / 100
        draw.line(left, y, right, y, "line")
        draw.word(left - 6, y + draw.px(4), text, tone="muted", anchor=Anchor.END)
    until = max(data.until_ms, data.points[-1].at_ms, _MINUTE)

    def place(at_ms: int) -> float:
        return left + draw.px(22) + (right - left - draw.px(28)) * at_ms / until

    _minutes(draw, until, place(0), place(until), bottom + draw.px(14))
    enough = sum(point.of > 0 for point in data.points) >= _LEAST
    joined: list[tuple[float, float]] = []
    for point in data.points:
        if not point.of:
            draw.path(joined if enough else (), edge="mid")
            joined = []
        else:
            joined.append((place(point.at_ms), bottom - (bottom - top) * point.on / point.of))
    draw.path(joined if enough else (), edge="mid")
    _looks(draw, data, place, top, bottom)
    y = bottom + draw.px(48)
    used = 0.0 if enough else draw.word(0, y, words.too_few, tone="warm", weight=600) + 8
    draw.word(used, y, words.curve_axis, tone="muted", room=draw.width - used)
    alt = " ".join((f"{data.title}.", *(f"{spot.says}." for spot in draw.spots)))
    return draw.done(y + draw.px(6), data.title, alt, partial(_curve_table, data, words))


def _looks(draw: Drawing, data: Curve, place: Callable[[int], float], top: float, bottom: float) -> None:
    """Draw each look, and a dash below the plot for each that was not made."""
    words = draw.words
    for at, point in enumerate(data.points):
        x = place(point.at_ms)
        time = clock(point.at_ms)
        if point.of:
            y = bottom - (bottom - top) * point.on / point.of
            draw.dot(x, y, 4, fill="ground", edge="bar", weight=1.8)
            says = words.curve_says.format(time=time, n=point.on, of=point.of)
            text = f"{point.on}/{point.of}"
            near = (data.points[at + 1].at_ms if at + 1 < len(data.points) else 10**9) - point.at_ms
            if draw.wide(text) + 6 <= (place(near) - place(0)) and draw.wide(text) / 2 <= draw.width - x:
                # a plane of its own, so that no line runs through the figures
                draw.box(x - draw.wide(text) / 2 - 2, y - draw.px(19), draw.wide(text) + 4, draw.px(13), fill="ground")
                draw.word(x, y - draw.px(8), text, tone="muted", anchor=Anchor.MIDDLE)
        else:
            y = bottom + draw.px(24)
            draw.line(x - 3, y, x + 3, y, "muted", 1.5)
            says = words.curve_not.format(time=time)
        rect = (x - 12, y - 12, 24.0, 24.0)
        draw.spot(rect, f"look:{point.at_ms}:{at}", says, data.visit_id, point.at_ms, row=0, column=at)


def _minutes(draw: Drawing, until_ms: int, left: float, right: float, y: float) -> None:
    """Write round minutes below an axis."""
    whole = until_ms / _MINUTE
    fits = max((right - left) / draw.px(_GRID), 1)
    step = next((step for step in _STEPS if whole / step <= fits), whole)
    minute = 0.0
    while minute <= whole + 1e-9:
        x = left + (right - left) * minute / whole
        last = minute + step > whole + 1e-9
        text = number(minute, draw.words)
        text = draw.words.minutes_axis.format(n=text) if last else text
        draw.line(x, y - draw.px(13), x, y - draw.px(10), "ctl")
        draw.word(min(x, draw.width - draw.wide(text) / 2), y, text, tone="muted", anchor=Anchor.MIDDLE)
        minute += step


def _curve_table(data: Curve, words: ChartWords) -> Table:
    rows = tuple(
        (clock(p.at_ms), p.on, p.of, round(p.on / p.of, 4)) if p.of else (clock(p.at_ms), None, None, None)
        for p in data.points
    )
    return Table((words.column_minute, words.column_n, words.column_of, words.column_share), rows)


# -- seats


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the plan: how often who sits there was heard. name "" is an empty seat."""

    key: str
    name: str
    row: int
    column: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Seats:
    """A room seen from the teacher's place or as the plan has it; rows from the top."""

    title: str
    seats: tuple[Seat, ...]
    base: str = ""
    visit_id: str = ""


def seats(data: Seats, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the room: each seat with its name and count, darker the more it was heard, a thin frame for never."""
    if not data.seats:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    taken = [seat for seat in data.seats if seat.name]
    heard = words.seats_heard.format(n=sum(seat.count > 0 for seat in taken), of=len(taken))
    used = draw.word(0, draw.px(15), data.title, size=14, weight=600, room=draw.width * 0.6)
    told = f"{heard} · {data.base}" if data.base else heard
    draw.word(used + 12, draw.px(15), told, tone="muted", room=draw.width - used - 12)
    columns = max(seat.column for seat in data.seats) + 1
    rows = max(seat.row for seat in data.seats) + 1
    step = min(draw.width / columns, draw.px(120))
    high, top = draw.px(_SEAT), draw.px(30)
    most = max((seat.count for seat in taken), default=0)
    for seat in sorted(data.seats, key=lambda one: (one.row, one.column)):
        x, y = seat.column * step, top + seat.row * high
        _seat(draw, seat, (x + 2, y + 2, step - 4, high - 4), most)
        if seat.name:
            form = words.seat_says if seat.count else words.seat_none
            says = form.format(name=seat.name, n=seat.count)
            draw.spot((x, y, step, high), seat.key, says, data.visit_id, row=seat.row, column=seat.column)
    alt = " ".join((f"{data.title}. {heard}.", *(f"{spot.says}." for spot in draw.spots)))
    return draw.done(top + rows * high + draw.px(4), data.title, alt, partial(_seats_table, data, words))


def _seat(draw: Drawing, seat: Seat, rect: tuple[float, float, float, float], most: int) -> None:
    x, y, wide, high = rect
    if not seat.name:
        draw.box(x, y, wide, high, edge="line2", radius=4)
        return
    tone = "" if not seat.count else _STEPS_OF_TONE[min((seat.count - 1) * 4 // max(most, 1), 3)]
    draw.box(x, y, wide, high, fill=tone, edge="" if tone else "line", radius=4)
    ink = {"h1": "on_h12", "h2": "on_h12", "h3": "on_h34", "h4": "on_h34"}.get(tone, "muted")
    draw.word(x + wide / 2, y + high / 2 - draw.px(3), seat.name, tone=ink, anchor=Anchor.MIDDLE, room=wide - 6)
    text = str(seat.count) if seat.count else draw.words.dash
    draw.word(x + wide / 2, y + high / 2 + draw.px(13), text, tone=ink, weight=600, size=TEXT, anchor=Anchor.MIDDLE)


def _seats_table(data: Seats, words: ChartWords) -> Table:
    taken = sorted((seat for seat in data.seats if seat.name), key=lambda one: (one.row, one.column))
    return Table((words.column_what, words.column_n), tuple((seat.name, seat.count) for seat in taken))


# -- verbal flow


@dataclass(frozen=True, slots=True)
class Flow:
    """Who spoke after whom: (source, target, how often); speakers in the order of the table."""

    title: str
    speakers: tuple[str, ...]
    turns: tuple[tuple[str, str, int], ...]
    visit_id: str = ""


def flow(data: Flow, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return a table of turns: who spoke in the rows, who spoke next in the columns."""
    if not data.speakers or not data.turns:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    counts = {(source, target): n for source, target, n in data.turns}
    total, most = sum(counts.values()), max(counts.values())
    used = draw.word(0, draw.px(15), data.title, size=14, weight=600, room=draw.width * 0.6)
    draw.word(used + 12, draw.px(15), words.flow_base.format(n=total), tone="muted", room=draw.width - used - 12)
    label = min(max(draw.wide(name, TEXT) for name in data.speakers) + 14, draw.width * 0.3)
    step = min((draw.width - label) / len(data.speakers), draw.px(84))
    top, high = draw.px(52), draw.px(_FLOW)
    for at, name in enumerate(data.speakers):
        x = label + (at + 0.5) * step
        shown = draw.fit(f"→ {name}", step - 4, TEXT)
        draw.word(x, top - draw.px(10), shown, tone="muted", size=TEXT, anchor=Anchor.MIDDLE)
    draw.line(0, top - draw.px(4), label + step * len(data.speakers), top - draw.px(4), "ink", 2.0)
    for at, source in enumerate(data.speakers):
        y = top + at * high
        draw.word(0, draw.middle(y, high, TEXT), source, size=TEXT, room=label - 10)
        of = sum(n for (one, _other), n in counts.items() if one == source)
        for place, target in enumerate(data.speakers):
            n = counts.get((source, target), 0)
            _turn(draw, n, most, (label + place * step + 1, y + 1, step - 2, high - 2))
            says = words.flow_says.format(source=source, target=target, n=n, of=of)
            rect = (label + place * step, y, step, high)
            draw.spot(rect, f"{source}>{target}", says, data.visit_id, row=at, column=place)
    told = [words.flow_says.format(source=a, target=b, n=n, of=total) for (a, b), n in counts.items() if n]
    alt = " ".join((f"{data.title}.", *(f"{one}." for one in told)))
    height = top + len(data.speakers) * high + draw.px(4)
    return draw.done(height, data.title, alt, partial(_flow_table, data, words))


def _turn(draw: Drawing, n: int, most: int, rect: tuple[float, float, float, float]) -> None:
    x, y, wide, high = rect
    tone = _STEPS_OF_TONE[min((n - 1) * 4 // most, 3)] if n else ""
    draw.box(x, y, wide, high, fill=tone, edge="" if tone else "line2", radius=3)
    ink = {"h1": "on_h12", "h2": "on_h12", "h3": "on_h34", "h4": "on_h34"}.get(tone, "muted")
    text = str(n) if n else draw.words.dash
    draw.word(x + wide / 2, draw.middle(y, high, TEXT), text, tone=ink, size=TEXT, anchor=Anchor.MIDDLE)


def _flow_table(data: Flow, words: ChartWords) -> Table:
    counts = {(source, target): n for source, target, n in data.turns}
    rows: list[tuple[Cell, ...]] = [
        (source, *(counts.get((source, target), 0) for target in data.speakers)) for source in data.speakers
    ]
    return Table((words.column_from, *data.speakers), tuple(rows))
