"""A visit as a BORIS project: the form's items become the ethogram, the visit one live observation.

Tallies, sweeps, waits and ticked interval codes are point events, timers are states. What is no item (notes, phases,
pauses, who speaks at a seat) stands under behaviours of the category "Observe", with its words in the comment. What a
comment cannot say by itself, such as tags, stands in brackets at its end (`boris_note`).
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.form_ids import unique_id
from observe_app.domain.lesson_parts import pauses
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line
from observe_app.domain.timeline import interval_sheet, timers
from observe_app.services.exchange.boris_form import NOTE, OURS, PAUSE, PHASE, RESUME, SPEAKS
from observe_app.services.exchange.boris_note import Comment, write_comment
from observe_app.services.item_words import figure

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.form import Item
    from observe_app.domain.lesson_parts import Stretch
    from observe_app.domain.record import VisitRecord

FORMAT_VERSION = "7.0"
_LONGEST = 100
_KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SUBJECTS = {"T": "Teacher", "S": "A student", "SS": "Several students"}
_MARKS = {EventKind.PHASE: PHASE, EventKind.PAUSE: PAUSE, EventKind.RESUME: RESUME}
_ABOUT = {
    NOTE: "A note; its words are the comment.",
    PHASE: "A phase of the lesson begins; its name is the comment.",
    PAUSE: "The observation pauses.",
    RESUME: "The observation goes on.",
    SPEAKS: "Somebody speaks; the subject says who, the comment to whom.",
}


def boris_document(record: VisitRecord, events: tuple[Event, ...]) -> dict[str, Any]:
    """Return a visit as a project of version 7.

    Args:
        record: the whole visit.
        events: those that may leave their author.
    """
    maker = _Maker(record, events)
    maker.items()
    maker.rest()
    rows = maker.ordered()
    visit = record.visit
    title = text_in(record.form.title, record.form.language) if record.form else ""
    variables = _variables(record, title)
    name = _plain(" ".join(part for part in (visit.class_name, visit.topic) if part)) or "visit"
    return {
        "time_format": "hh:mm:ss",
        "project_date": _date(visit.created or visit.started or visit.start, record),
        "project_name": _plain(title) or name,
        "project_description": "Written by Observe.",
        "project_format_version": FORMAT_VERSION,
        "subjects_conf": _numbered(
            {"key": "", "name": name, "description": _SUBJECTS.get(name, f"Student {name[1:]}")}
            for name in sorted({row[1] for row in rows if row[1]}, key=_by_role)
        ),
        "behaviors_conf": _numbered(maker.behaviours.values()),
        "behavioral_categories": list(
            dict.fromkeys(one["category"] for one in maker.behaviours.values() if one["category"])
        ),
        "behavioral_categories_config": {},
        "independent_variables": _numbered(
            {"label": label, "description": "", "type": "text", "default value": "", "possible values": ""}
            for label in variables
        ),
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
        "observations": {
            name: {
                "file": {},
                "type": "LIVE",
                "date": _date(visit.started or visit.start or visit.created, record),
                "description": visit.focus,
                "time offset": 0.0,
                "observation time interval": [0, 0],
                "independent_variables": variables,
                "visualize_spectrogram": False,
                "visualize_waveform": False,
                "close_behaviors_between_videos": False,
                "scan_sampling_time": 0,
                "start_from_current_time": False,
                "start_from_current_epoch_time": False,
                "events": [list(row) for row in rows],
            }
        },
    }


def boris_text(record: VisitRecord, events: tuple[Event, ...]) -> str:
    """Return the project as BORIS reads it from a file."""
    return json.dumps(boris_document(record, events), ensure_ascii=False, indent=1) + "\n"


def boris_bytes(record: VisitRecord, events: tuple[Event, ...]) -> bytes:
    """Return the project as a file holds it; half a sign, which no file can hold, becomes a question mark."""
    return boris_text(record, events).encode("utf-8", errors="replace")


Row = tuple[float, str, str, str, str]
"""Seconds, subject, behaviour, modifiers, comment."""


@dataclass(slots=True)
class _Maker:
    record: VisitRecord
    events: tuple[Event, ...]
    behaviours: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    goes_on: set[int] = field(default_factory=set)  # places of rows that begin a run which lasts

    def ordered(self) -> list[Row]:
        """Return the rows by moment and behaviour; what begins and lasts comes after what only began and ended there.

        Of two timers of a group that were pressed in one millisecond the later one runs on, and must be read so.
        """
        places = sorted(range(len(self.rows)), key=lambda at: (self.rows[at][0], at in self.goes_on, self.rows[at][2]))
        return [self.rows[at] for at in places]

    def items(self) -> None:
        """Keep the form's items and their events."""
        form = self.record.form
        if form is None:
            return
        states: dict[str, str] = {}
        groups: dict[str, list[str]] = {}
        for section in form.sections:
            category = _plain(text_in(section.title, ""))
            for item in section.items:
                label = text_in(item.label, "") or item.id
                if item.kind is ItemKind.INTERVAL:
                    self._intervals(item, category)
                elif item.kind in {ItemKind.TALLY, ItemKind.SWEEP, ItemKind.WAIT}:
                    code = self._behaviour(label, text_in(item.help, ""), category)
                    self._points(item, code)
                elif item.kind is ItemKind.TIMER:
                    states[item.id] = self._behaviour(label, text_in(item.help, ""), category, state=True)
                    if item.group:
                        groups.setdefault(item.group, []).append(states[item.id])
        for members in groups.values():
            for code in members:
                self.behaviours[code]["excluded"] = ",".join(one for one in members if one != code)
        self._timers(states)

    def rest(self) -> None:
        """Keep what is no item: notes, phases and pauses, who speaks, and events whose item is gone."""
        self._own(NOTE)
        for event in self.events:
            if event.id in self.told or event.deleted or event.kind is EventKind.GAP:
                continue
            if event.kind is EventKind.NOTE:
                self._ours(event, NOTE, _comment(event))
            elif event.kind in _MARKS:
                self._ours(event, _MARKS[event.kind], event.text)
            elif event.kind is EventKind.TALLY and not event.item:
                self._ours(event, SPEAKS, _comment(event))
            else:
                said = " ".join(part for part in (event.kind.value, event.item, event.code, _figures(event)) if part)
                self._ours(event, NOTE, " · ".join(part for part in (said, event.text) if part))

    def _ours(self, event: Event, code: str, comment: str) -> None:
        if code not in self.behaviours:
            self._own(code)
        self._row(event, code, comment)

    def _own(self, code: str) -> None:
        self._named(code, _ABOUT[code], OURS, state=False)

    def _behaviour(self, label: str, about: str, category: str, *, state: bool = False) -> str:
        # The names of our own behaviours are not for items.
        code = unique_id(_plain(label)[:_LONGEST].strip() or "item", self.behaviours.keys() | _ABOUT.keys())
        self._named(code, about, category, state=state)
        return code

    def _named(self, code: str, about: str, category: str, *, state: bool) -> None:
        keys = {one["key"] for one in self.behaviours.values()}
        self.behaviours[code] = {
            "type": "State event" if state else "Point event",
            "key": next((key for key in _KEYS if key not in keys), ""),
            "code": code,
            "description": clean_line(about),
            "color": "",
            "category": category,
            "modifiers": {},
            "excluded": "",
            "coding map": "",
        }

    def _row(self, event: Event, code: str, comment: str, at_ms: int | None = None) -> None:
        moment = event.offset_ms if at_ms is None else at_ms
        self.told.add(event.id)
        self.rows.append((round(moment / 1000, 3), event.speaker, code, "", clean_note(comment)))

    def _points(self, item: Item, code: str) -> None:
        kinds = {ItemKind.TALLY: EventKind.TALLY, ItemKind.SWEEP: EventKind.SWEEP, ItemKind.WAIT: EventKind.WAIT}
        for event in self.events:
            if event.item == item.id and event.kind is kinds[item.kind] and not event.deleted:
                self._row(event, code, " · ".join(part for part in (_figures(event), event.text) if part))

    def _intervals(self, item: Item, category: str) -> None:
        """Keep each tick as a moment at the start of its interval."""
        sheet = interval_sheet(item, self.events)
        cells = {
            (event.offset_ms // (max(1, item.seconds) * 1000), event.code): event
            for event in self.events
            if event.item == item.id and event.kind is EventKind.INTERVAL and not event.deleted
        }
        codes = {
            side.full(code): self._behaviour(side.full(code), text_in(code.label, ""), category)
            for side in item.sides
            for code in side.codes
        }
        levels = {level.number: text_in(level.label, "") for level in item.levels}
        label = text_in(item.label, "") or item.id
        level_code = self._behaviour(f"{label}: level", "The level is the comment.", category) if levels else ""
        empty = self._behaviour(f"{label}: nothing", "Looked at, and nothing to tick.", category)
        for one in sheet.coded:
            start = one.index * item.seconds * 1000
            for code in one.ticked:
                self._row(cells[one.index, code], codes[code], one.comment(code), start)
            mark = next((event for (index, _code), event in cells.items() if index == one.index), None)
            if mark is not None and one.level is not None:
                self._row(mark, level_code, levels.get(one.level) or str(one.level), start)
            elif mark is not None and not one.ticked:
                self._row(mark, empty, "", start)
        # A tick that was taken away is told by its absence.
        strange = set(sheet.strange)
        self.told |= {event.id for event in cells.values() if event.id not in strange}

    def _timers(self, states: dict[str, str]) -> None:
        """Keep the runs of timers, parted by the lesson's pauses so that BORIS counts the same time."""
        form = self.record.form
        found = timers(form.items, self.events) if form else {}
        breaks = pauses(self.events)
        starts = {
            (event.item, event.offset_ms): event
            for event in reversed(self.events)
            if event.kind is EventKind.START and not event.deleted
        }
        stops = {
            (event.item, event.offset_ms): event
            for event in self.events
            if event.kind is EventKind.STOP and not event.deleted
        }
        for item, code in states.items():
            state = found[item]
            for run in state.stretches:
                start = starts[item, run.start_ms]
                end_ms = self._end_ms() if run.end_ms is None else run.end_ms
                for begin, end in _parted(run.start_ms, end_ms, breaks):
                    self._row(start, code, start.text if begin == run.start_ms else "", begin)
                    if end != begin:
                        self.goes_on.add(len(self.rows) - 1)
                    if end is not None:
                        stop = stops.get((item, end))
                        self.rows.append(
                            (round(end / 1000, 3), start.speaker, code, "", clean_note(stop.text if stop else ""))
                        )
            loose = set(state.loose)
            self.told |= {event.id for event in self.events if event.item == item and event.id not in loose}

    def _end_ms(self) -> int | None:
        """Return the end of the lesson, where what still runs ends; None while the lesson goes on."""
        visit = self.record.visit
        if visit.started is None or visit.ended is None:
            return None
        last = max((event.offset_ms for event in self.events), default=0)
        return max(last, round((visit.ended - visit.started).total_seconds() * 1000))


def _parted(start: int, end: int | None, breaks: tuple[Stretch, ...]) -> list[tuple[int, int | None]]:
    """Return the parts of a run that lie outside the pauses; the last has no end where the run has none."""
    parts: list[tuple[int, int | None]] = []
    for one in breaks:
        stop = one.end_ms
        if end is not None and one.start_ms >= end:
            break
        if stop is not None and stop <= start:
            continue
        if one.start_ms > start:
            parts.append((start, one.start_ms))
        if stop is None:
            return parts
        start = stop
    if end is None or start < end or not parts:
        parts.append((start, end))
    return parts


def _comment(event: Event) -> str:
    return write_comment(Comment(clean_note(event.text), event.to, event.tags, event.starred, event.private))


def _figures(event: Event) -> str:
    """Return the numbers of a sweep or a wait in words."""
    if event.kind is EventKind.WAIT and event.value is not None:
        return " ".join(
            part for part in (f"{figure(event.value / 1000, 3)} s", event.outcome.replace("_", " ")) if part
        )
    if event.kind is EventKind.SWEEP and event.value is not None and event.of is not None:
        return f"{figure(event.value)} of {figure(event.of)}"
    return "" if event.value is None else figure(event.value)


def _plain(text: str) -> str:
    """Return a name that BORIS can hold: commas and bars part names there."""
    return clean_line(clean_note(text.replace(",", ";").replace("|", "/"))).strip()


def _numbered(entries: Any) -> dict[str, Any]:
    return {str(place): one for place, one in enumerate(entries)}


def _by_role(name: str) -> tuple[int, int, str]:
    """Order the roles first, then students by number, then whatever else a damaged record may hold."""
    if name in _SUBJECTS:
        return list(_SUBJECTS).index(name), 0, name
    number = name[1:]
    return len(_SUBJECTS), int(number) if number.isascii() and number.isdecimal() else 1000, name


def _variables(record: VisitRecord, title: str) -> dict[str, str]:
    visit = record.visit
    known = {
        "Teacher": visit.teacher, "Observer": visit.observer, "Class": visit.class_name, "Subject": visit.subject,
        "Topic": visit.topic, "Room": visit.room, "Form": title,
    }  # fmt: skip
    return {label: clean_line(value) for label, value in known.items() if value}


def _date(moment: datetime | None, record: VisitRecord) -> str:
    """Return a moment as local time of the visit's zone without saying the zone, as BORIS has it."""
    if moment is None:
        return "1970-01-01T00:00:00"
    with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
        moment = moment.astimezone(ZoneInfo(record.visit.zone))
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")
