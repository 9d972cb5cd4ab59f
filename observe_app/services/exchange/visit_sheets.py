"""Sheets of a visit's workbook that are counted from its events: interval grids, runs of timers, who spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.lesson_parts import outside
from observe_app.domain.timeline import code_shares, interval_sheet, timers
from observe_app.services.item_words import lesson_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.release import Release
    from observe_app.domain.timeline import Interval

Value = str | int | float | None
Sheet = tuple[str, list[int], list[list[Value]]]
"""Title, widths of the first columns, rows with the heads first."""

_MINUTE = 60_000


def counted_sheets(record: VisitRecord, events: tuple[Event, ...]) -> list[Sheet]:
    """Return a sheet for each interval item that was coded, one for timers and one for who spoke; none without any."""
    found: list[Sheet] = []
    if record.form is not None:
        for item in record.form.items:
            rows = _grid(item, events) if item.kind is ItemKind.INTERVAL else []
            if rows:
                number = sum(title.startswith("Intervals") for title, _widths, _rows in found) + 1
                found.append(("Intervals" if number == 1 else f"Intervals {number}", [26, 9, 9, 8], rows))
        rows = _runs(record.form, record, events)
        if len(rows) > 1:
            found.append(("Timers", [18, 40, 10, 10, 10, 60], rows))
    rows = _spoke(events)
    if len(rows) > 1:
        found.append(("Participation", [12, 10, 10, 10], rows))
    return found


def talk_sheets(record: VisitRecord, releases: Sequence[Release] = ()) -> list[Sheet]:
    """Return a sheet for the conversation and one for what was released and answered; none without any."""
    found: list[Sheet] = []
    if record.turns:
        rows: list[list[Value]] = [["who", "text", "prompt", "at"]]
        rows += [[turn.voice.value, turn.text, turn.prompt, _moment(turn.at)] for turn in record.turns]
        found.append(("Conversation", [10, 80, 20, 22], rows))
    if record.replies:
        found.append(("Replies", [9, 22, 9, 60, 12, 80, 80, 20], _replies(record)))
    if releases or record.readers:
        found.append(("Releases", [9, 14, 22, 24, 60, 40], _releases(record, releases)))
    return found


def _replies(record: VisitRecord) -> list[list[Value]]:
    """Return every answer beside the claim that it answers, the newest reply first; then what was said on the whole."""
    claims = {claim.id: claim for claim in record.claims}
    rows: list[list[Value]] = [
        ["revision", "at", "from", "claim", "stance", "observer’s words", "teacher’s words", "signed"]
    ]
    for reply in reversed(record.replies):
        head: list[Value] = [reply.number or None, _moment(reply.at), reply.source]
        for point in reply.points:
            claim = claims.get(point.claim_id)
            title, text = (claim.title, claim.text) if claim else ("no longer in the record", "")
            stance = point.stance.value if point.stance else ""
            rows.append([*head, title, stance, text, point.text, reply.name])
        whole = (("overall", reply.overall), ("chosen step", reply.step), ("may read", ", ".join(reply.readers)))
        rows += [[*head, what, "", "", text, reply.name] for what, text in whole if text]
        if reply.received:
            rows.append([*head, "received, which is not agreed", "", "", "yes", reply.name])
    return rows


def _releases(record: VisitRecord, releases: Sequence[Release]) -> list[list[Value]]:
    rows: list[list[Value]] = [["revision", "what", "at", "by", "why", "readers"]]
    for release in releases:
        row: list[Value] = [release.number, release.kind.value, _moment(release.at), release.by, release.why]
        rows.append([*row, ", ".join(release.readers)])
        if release.taken_back is not None:
            rows.append([release.number, "taken back", _moment(release.taken_back), "", "", ""])
    rows += [[None, "may read", _moment(one.at), one.via, "", one.name] for one in record.readers]
    return rows


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def lesson_time(offset_ms: int) -> str:
    """Return lesson time as "h:mm:ss", which spreadsheets and our own import read alike; "-" before the start."""
    seconds = abs(offset_ms) // 1000
    return f"{'-' if offset_ms < 0 else ''}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _grid(item: Item, events: tuple[Event, ...]) -> list[list[Value]]:
    """Return the 0/1 grid of an interval item, its totals each with the base they rest on; nothing where not coded."""
    sheet = interval_sheet(item, events)
    if not sheet.coded:
        return []
    shares = code_shares(item, sheet)
    codes = list(shares)
    levels = {level.number: text_in(level.label, "") or level.number for level in item.levels}
    rows: list[list[Value]] = [["interval", "from", "to", "coded", *codes, "level", "comments"]]
    rows += [_interval(one, item.seconds, codes, levels) for one in sheet.intervals]
    base = len(sheet.coded)
    rows += [
        [],
        ["intervals with the code", None, None, base, *(shares[code].intervals.count for code in codes)],
        [f"share of {base} coded intervals", None, None, None, *(shares[code].intervals.value for code in codes)],
        ["ticks of its side", None, None, None, *(shares[code].ticks.of for code in codes)],
        ["share of the ticks of its side", None, None, None, *(shares[code].ticks.value for code in codes)],
    ]
    return rows


def _interval(one: Interval, seconds: int, codes: list[str], levels: Mapping[int, Value]) -> list[Value]:
    start = one.index * seconds * 1000
    ticks: list[Value] = [int(code in one.ticked) if one.coded else None for code in codes]
    words = "; ".join(f"{code}: {text}" for code, text in one.comments)
    level = None if one.level is None else levels.get(one.level, one.level)
    times = (lesson_time(start), lesson_time(start + seconds * 1000))
    return [one.index + 1, *times, int(one.coded), *ticks, level, words]


def _runs(form: Form, record: VisitRecord, events: tuple[Event, ...]) -> list[list[Value]]:
    """Return every run of every timer, and below its runs what they come to."""
    minutes = lesson_minutes(record.visit, events)
    until = round(minutes * _MINUTE)
    states = timers(form.items, events)
    rows: list[list[Value]] = [["timer", "label", "from", "to", "seconds", "about"]]
    for item in form.items:
        state = states.get(item.id)
        if state is None or not state.stretches:
            continue
        label = text_in(item.label, "")
        for run in state.stretches:
            length = round(outside(run, state.paused, until) / 1000, 3)
            end = "" if run.end_ms is None else lesson_time(run.end_ms)
            about = "without an end; counted to the end of the lesson" if run.end_ms is None else ""
            rows.append([item.id, label, lesson_time(run.start_ms), end, length, about])
        total = state.total_ms(until)
        share = f"{len(state.stretches)} in all, {100 * total / until:.1f} % of {minutes:g} min; pauses left out"
        rows.append([item.id, label, "total", "", round(total / 1000, 3), share])
    return rows


def _spoke(events: tuple[Event, ...]) -> list[list[Value]]:
    """Return who spoke to whom how often, by seat; an empty "to" is the class."""
    counts: dict[tuple[str, str, str], int] = {}
    for event in events:
        if event.kind is EventKind.TALLY and not event.item and event.seat:
            key = (event.seat, event.speaker, event.to)
            counts[key] = counts.get(key, 0) + 1
    rows: list[list[Value]] = [["seat", "speaker", "to", "times"]]
    return rows + [[*key, count] for key, count in sorted(counts.items())]
