"""Parts of a whole: bars that name their base, a budget of time, waits by length, and who spoke how much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from observe_app.services.charts.drawing import TEXT, Drawing, nothing
from observe_app.services.charts.figures import clock, number
from observe_app.services.charts.picture import Anchor, Picture, Table

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Ruler, Size
    from observe_app.services.charts.words import ChartWords

_ROW = 28.0
_TWO = 40.0
_BAR = 40.0
"""Least length of a whole bar in pixels, where there is room for it."""
_TITLE = 24.0
_SECTION = 28.0
_PLOT = 96.0
_FILLS = ("bar", "h2", "tint2", "h1")
_ON = {"bar": "onfill", "h2": "on_h12", "tint2": "ink", "h1": "on_h12"}


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One bar.

    Attributes:
        count, of: what is drawn and said: "14 of 38"; of 0 there is no bar. value: said instead of "count of of".
        note: said after it, muted, such as "2 not coded". section: a caption over the first of its bars.
        visit_id, at_ms: what it opens.
    """

    key: str
    label: str
    count: float
    of: float
    value: str = ""
    note: str = ""
    section: str = ""
    visit_id: str = ""
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one base, which stands under the title: "of 38 intervals"."""

    title: str
    bars: tuple[ShareBar, ...]
    base: str = ""


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """How long something took, in ms."""

    key: str
    label: str
    ms: int
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """Where the time went.

    Attributes:
        whole_ms: the lesson's minutes, pauses left out. exclusive: the parts never overlap, so that what is left is a
            part too.
    """

    title: str
    parts: tuple[BudgetPart, ...]
    whole_ms: int
    exclusive: bool = True
    visit_id: str = ""


def bars(data: Bars, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return a bar for each share, label at the left and "14 of 38" at the right."""
    if not data.bars:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    top = _heading(draw, data.title, data.base)
    told = [one.value or words.of.format(n=number(one.count, words), of=number(one.of, words)) for one in data.bars]
    value = max(draw.wide(text, TEXT, 600) for text in told) + 8
    label = min(max(draw.wide(one.label, TEXT) for one in data.bars) + 12, draw.width * 0.42)
    note = min(max((draw.wide(one.note) + 12 for one in data.bars if one.note), default=0.0), draw.width * 0.2)
    if draw.width - label - value - note < _BAR:
        note = 0.0  # it is said of the bar all the same
    label = max(min(label, draw.width - value - _BAR - 8), draw.width * 0.2)
    full = max(draw.width - label - value - note - 8, 1.0)
    section = ""
    for at, (one, text) in enumerate(zip(data.bars, told, strict=True)):
        if one.section and one.section != section:
            section = one.section
            draw.word(0, top + draw.px(19), section, tone="muted", weight=600, room=draw.width)
            top += draw.px(_SECTION)
        lines = draw.wrapped(one.label, label - 10, TEXT)
        high = draw.px(_ROW if len(lines) == 1 else _TWO)
        part = min(max(one.count / one.of, 0.0), 1.0) if one.of else 0.0
        for place, line in enumerate(lines):
            shift = draw.px(16) * (place - (len(lines) - 1) / 2)
            draw.word(0, draw.middle(top, high, TEXT) + shift, line, size=TEXT)
        thick = draw.px(_ROW) * 0.44
        if one.of:
            draw.box(label, top + (high - thick) / 2, full, thick, fill="line2")
            draw.box(label, top + (high - thick) / 2, full * part, thick, fill="bar")
        right = label + full + 8
        draw.word(
            right, draw.middle(top, high, TEXT), text if one.of or one.value else words.dash, size=TEXT, weight=600
        )
        draw.word(right + value + 4, draw.middle(top, high), one.note, tone="muted", room=note)
        draw.line(0, top + high - 1, draw.width, top + high - 1, "line2")
        says = words.bars_alt.format(label=one.label, value=text)
        draw.spot(
            (0, top, draw.width, high), one.key, f"{says} {one.note}".strip(), one.visit_id, one.at_ms, row=at, column=0
        )
        top += high
    alt = " ".join(
        (
            f"{data.title}.",
            *(words.bars_alt.format(label=o.label, value=t) for o, t in zip(data.bars, told, strict=True)),
        )
    )
    return draw.done(top + draw.px(4), data.title, alt, partial(_bars_table, data, words))


def _heading(draw: Drawing, title: str, base: str) -> float:
    """Write a title and what its figures are of; return where the chart begins."""
    if not title and not base:
        return 0.0
    used = draw.word(0, draw.px(15), title, size=14, weight=600, room=draw.width)
    wide = draw.wide(base)
    if used and used + 14 + wide > draw.width:
        draw.word(0, draw.px(32), base, tone="muted", room=draw.width)
        return draw.px(_TITLE + 18)
    draw.word(used + (12 if used else 0), draw.px(15), base, tone="muted", room=draw.width - used)
    return draw.px(_TITLE)


def _bars_table(data: Bars, words: ChartWords) -> Table:
    rows = tuple(
        (one.section, one.label, one.count, one.of, round(one.count / one.of, 4) if one.of else None, one.note)
        for one in data.bars
    )
    header = (
        words.column_section, words.column_what, words.column_n, words.column_of, words.column_share, words.column_note,
    )  # fmt: skip
    return Table(header, rows)


def budget(data: Budget, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return where the time went: a bar for each part, and for what is left where parts exclude each other."""
    if not data.whole_ms:
        return nothing(size, ruler, words, data.title)
    whole = clock(data.whole_ms)
    rows = [
        ShareBar(
            one.key,
            one.label,
            one.ms / 60_000,
            data.whole_ms / 60_000,
            words.of.format(n=clock(one.ms), of=whole),
            visit_id=data.visit_id,
            at_ms=one.at_ms,
        )
        for one in data.parts
    ]
    rest = data.whole_ms - sum(one.ms for one in data.parts)
    if data.exclusive and rest > 0:
        rows.append(
            ShareBar("rest", words.budget_rest, rest / 60_000, data.whole_ms / 60_000,
                     words.of.format(n=clock(rest), of=whole), visit_id=data.visit_id)
        )  # fmt: skip
    return bars(Bars(data.title, tuple(rows), words.base_minutes), size, ruler, words)


# -- waits


@dataclass(frozen=True, slots=True)
class WaitBin:
    """Waits of low_ms and more, under high_ms; None is "and more". ends: (outcome, how many), unknown ones left out."""

    low_ms: int
    high_ms: int | None
    count: int
    ends: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WaitBins:
    """Waits by length. aim_ms: what the form aims at, None without; reached of `n` came up to it."""

    title: str
    bins: tuple[WaitBin, ...]
    aim_ms: int | None = None
    reached: int = 0
    visit_id: str = ""

    @property
    def n(self) -> int:
        """How many waits there are."""
        return sum(one.count for one in self.bins)


def bins_of(waits_ms: tuple[int, ...], width_ms: int = 1000, last_ms: int = 8000) -> tuple[WaitBin, ...]:
    """Return waits in half-open bins of one width, the last one open; a wait on a border belongs to the longer bin."""
    end = min(max(waits_ms, default=0) // width_ms + 1, last_ms // width_ms)
    made = [
        WaitBin(
            at * width_ms, (at + 1) * width_ms, sum(at * width_ms <= wait < (at + 1) * width_ms for wait in waits_ms)
        )
        for at in range(end)
    ]
    over = sum(wait >= end * width_ms for wait in waits_ms)
    return (*made, *((WaitBin(end * width_ms, None, over),) if over else ()))


def waits(data: WaitBins, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return how many waits were how long, each count on its column, the aim as a line."""
    if not data.n:
        return nothing(size, ruler, words, data.title)
    draw = Drawing(size, ruler, words)
    aim = ""
    if data.aim_ms is not None:
        seconds = number(data.aim_ms / 1000, words)
        aim = words.wait_aim.format(n=data.reached, of=data.n, aim=seconds)
    top = _heading(draw, data.title, aim) + draw.px(16)
    bottom = top + draw.px(_PLOT)
    most = max(one.count for one in data.bins)
    step = min((draw.width - 8) / len(data.bins), draw.px(72))
    for at, one in enumerate(data.bins):
        x = 4 + at * step
        high = (bottom - top) * one.count / most
        aimed = data.aim_ms is None or one.low_ms >= data.aim_ms
        draw.box(
            x + 2, bottom - high, step - 4, high, fill="bar" if aimed else "", edge="" if aimed else "mid", weight=2
        )
        draw.word(x + step / 2, bottom - high - draw.px(4), str(one.count), anchor=Anchor.MIDDLE, weight=600)
        low = number(one.low_ms / 1000, words)
        shown = words.seconds.format(n=low) if step >= draw.px(40) else low
        draw.word(x, bottom + draw.px(15), shown, tone="muted", anchor=Anchor.START if not at else Anchor.MIDDLE)
        name = (
            words.wait_last.format(low=low)
            if one.high_ms is None
            else words.wait_bin.format(low=low, high=number(one.high_ms / 1000, words))
        )
        says = words.wait_says.format(bin=name, n=one.count, of=data.n)
        draw.spot((x, top, step, bottom - top), f"wait:{one.low_ms}", says, data.visit_id, row=0, column=at)
    draw.line(4, bottom, 4 + step * len(data.bins), bottom, "ink")
    if data.aim_ms is not None:
        at = next((i for i, one in enumerate(data.bins) if one.low_ms >= data.aim_ms), len(data.bins))
        draw.line(4 + at * step, top - draw.px(8), 4 + at * step, bottom, "ink", 1.0, (3.0, 3.0))
    end = 4 + step * len(data.bins)
    if step < draw.px(40) and end + draw.wide(words.wait_axis) + 8 <= draw.width:
        draw.word(end + 6, bottom + draw.px(15), words.wait_axis, tone="muted")
    alt = " ".join((f"{data.title}.", aim, *(f"{spot.says}." for spot in draw.spots)))
    return draw.done(bottom + draw.px(22), data.title, alt, partial(_waits_table, data, words))


def _waits_table(data: WaitBins, words: ChartWords) -> Table:
    rows = tuple(
        (one.low_ms / 1000, one.high_ms / 1000 if one.high_ms is not None else None, one.count, data.n)
        for one in data.bins
    )
    return Table((words.column_from, words.column_to, words.column_n, words.column_of), rows)


# -- who said how much


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One conversation: (who, how many words) in the same order in every row."""

    visit_id: str
    label: str
    parts: tuple[tuple[str, int], ...]


def balance(data: tuple[BalanceRow, ...], size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return a bar for each conversation, parted by who spoke; names and figures stand in the parts or below."""
    title = words.column_visit
    if not data:
        return nothing(size, ruler, words, title)
    draw = Drawing(size, ruler, words)
    label = min(max(draw.wide(row.label, TEXT) for row in data) + 14, draw.width * 0.3)
    top = 0.0
    for at, row in enumerate(data):
        high, whole = draw.px(32), sum(n for _who, n in row.parts)
        draw.word(0, draw.middle(top, high, TEXT), row.label, size=TEXT, room=label - 10)
        x, room = label, draw.width - label
        if not whole:
            draw.word(x, draw.middle(top, high), words.nothing_recorded, tone="muted", room=room)
        for place, (who, n) in enumerate(row.parts):
            wide = room * n / whole if whole else 0.0
            fill = _FILLS[place % len(_FILLS)]
            draw.box(x, top + 4, max(wide - 1.5, 1.0) if n else 0, high - 8, fill=fill, radius=2)
            text = f"{who} {n}"
            shown = text if draw.wide(text) <= wide - 10 else str(n) if draw.wide(str(n)) <= wide - 6 else ""
            draw.word(x + 6, draw.middle(top, high), shown, tone=_ON[fill])
            says = words.balance_says.format(visit=row.label, who=who, n=n, of=whole)
            draw.spot((x, top, max(wide, 6), high), f"{row.visit_id}:{who}", says, row.visit_id, row=at, column=place)
            x += wide
        top += high
    names = [who for who, _n in data[0].parts]
    x = label
    for place, who in enumerate(names):
        draw.box(x, top + draw.px(6), 12, 12, fill=_FILLS[place % len(_FILLS)], radius=2)
        x += 18 + draw.word(x + 18, top + draw.px(16), who, tone="muted", room=max(draw.width - x - 18, 0)) + 16
    alt = " ".join(f"{spot.says}." for spot in draw.spots)
    return draw.done(top + draw.px(26), title, alt, partial(_balance_table, data, words))


def _balance_table(data: tuple[BalanceRow, ...], words: ChartWords) -> Table:
    rows = tuple((row.label, who, n, sum(m for _w, m in row.parts)) for row in data for who, n in row.parts)
    return Table((words.column_visit, words.column_what, words.column_n, words.column_of), rows)
