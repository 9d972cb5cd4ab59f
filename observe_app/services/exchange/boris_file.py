"""Reading a BORIS project: what is in it, and every place where it is not what it should be.

A project (format version 7) is one JSON document, often packed with gzip: behaviours, subjects, and observations whose
events are lists of time in seconds, subject, behaviour, modifiers and comment. A start and a stop of a state look the
same; which is which follows from their order. Nothing in the file is trusted: what has a wrong type is passed over and
reported, and what is not known is not kept.
"""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import FileUnreadable, ImportProblem
from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line
from observe_app.services.exchange.encodings import decode
from observe_app.services.exchange.problems import Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from observe_app.domain.progress import Progress

MAX_BYTES = 64_000_000
"""Of the file, and of what it unpacks to."""

MAX_OBSERVATIONS = 2_000
MAX_EVENTS = 200_000
"""Of all observations together."""

MAX_BEHAVIOURS = 2_000
MAX_NAME = 200
MAX_COMMENT = 40_000
MAX_PROBLEMS = 200
"""Problems listed one by one; how many more there are is said at the end."""

_MAX_SECONDS = 4_000_000_000
_SHORTEST_EVENT = 3
_DAY_S = 86_400
_GZIP = b"\x1f\x8b"
_FEW = 200


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One behaviour of the ethogram.

    Attributes:
        code: as its events name it. state: it lasts; otherwise it is a moment.
        excluded: codes of the behaviours that end when this one begins, and the other way round.
    """

    code: str
    state: bool
    description: str = ""
    category: str = ""
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BorisEvent:
    """One line of an observation.

    Attributes:
        number: its place in the file, from 1. offset_ms: since the start of the observation; negative before it.
        modifiers: as written, sets parted by "|"; "" without.
    """

    number: int
    offset_ms: int
    subject: str
    code: str
    modifiers: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation.

    Attributes:
        name: its id in the project. type: "LIVE", "MEDIA" or "IMAGES". date: local time, without a zone.
        variables: (label, value) of the independent variables that have one. media: names of films, without folders.
        length_ms: length of the films of the first player, None where it is not told. events: by moment.
    """

    name: str
    type: str
    date: datetime | None = None
    description: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    media: tuple[str, ...] = ()
    length_ms: int | None = None
    events: tuple[BorisEvent, ...] = ()

    @property
    def end_ms(self) -> int:
        """End of the observation: of its films, but never before its last event."""
        last = max((event.offset_ms for event in self.events), default=0)
        return max(last, self.length_ms or 0, 0)


@dataclass(frozen=True, slots=True)
class BorisProject:
    """A project as it was read. `problems`: nothing was passed over without one."""

    path: Path
    name: str
    description: str
    behaviours: tuple[Behaviour, ...]
    subjects: tuple[str, ...]
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...] = ()

    def behaviour(self, code: str) -> Behaviour | None:
        """Return the behaviour of this code, None where the ethogram has none."""
        return next((one for one in self.behaviours if one.code == code), None)


def looks_like_boris(path: Path) -> bool:
    """Whether the name is that of a BORIS project: ends in .boris or .boris.gz."""
    name = path.name.casefold()
    return name.endswith((".boris", ".boris.gz"))


def read_project(path: Path, progress: Progress | None = None) -> BorisProject:
    """Read a project.

    Args:
        path: the file; packed or not is told by what is in it.
        progress: told after each observation; may cancel.

    Raises:
        FileUnreadable: missing, closed, too large, or no JSON.
        ImportProblem: reason "not_boris": JSON, but not of this kind.
        Cancelled: the person asked to stop.
    """
    data = _document(path)
    if not isinstance(data, dict) or not isinstance(data.get("observations"), dict):
        raise ImportProblem(path, "not_boris")
    return _Reader(path, progress).project(data)


def _document(path: Path) -> Any:
    text, _name = decode(_bytes(path))
    if not text.strip():
        raise FileUnreadable(path, "empty")
    try:
        # What is no number becomes None here, and is reported where it stands.
        return json.loads(text, parse_constant=lambda _word: None)
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(path, "damaged", shortened(str(error))) from error


def _bytes(path: Path) -> bytes:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "missing", NotADirectoryError: "missing", PermissionError: "denied",
        IsADirectoryError: "folder",
    }  # fmt: skip
    limit = f"{MAX_BYTES // 1_000_000} MB"
    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.exists() and not path.is_file():
            raise FileUnreadable(path, "special")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(path, reasons.get(type(error), "denied"), str(error.strerror or "")) from error
    except ValueError as error:
        raise FileUnreadable(path, "missing") from error
    if len(data) > MAX_BYTES:
        raise FileUnreadable(path, "too_large", limit)
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise FileUnreadable(path, "damaged", str(error)) from error
    if len(data) > MAX_BYTES:
        raise FileUnreadable(path, "too_large", limit)
    if not unpacker.eof:
        raise FileUnreadable(path, "damaged")
    return data


@dataclass(slots=True)
class _Reader:
    path: Path
    progress: Progress | None = None
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0
    left: int = MAX_EVENTS

    def project(self, data: Mapping[str, Any]) -> BorisProject:
        behaviours = self._behaviours(data.get("behaviors_conf"))
        subjects = self._subjects(data.get("subjects_conf"))
        found = data["observations"]
        if len(found) > MAX_OBSERVATIONS:
            self._tell("boris_observations_cut", found=str(MAX_OBSERVATIONS), count=len(found) - MAX_OBSERVATIONS)
        observations: dict[str, Observation] = {}
        for place, (name, one) in enumerate(list(found.items())[:MAX_OBSERVATIONS]):
            if self.progress is not None:
                self.progress.step(place, len(found))
            label = _line(name) or "–"
            if label in observations:
                self._tell("boris_observation_twice", found=label)
            elif isinstance(one, dict):
                observations[label] = self._observation(label, one)
            else:
                self._tell("boris_not_readable", observation=label)
        if self.unsaid:
            self.problems.append(Problem("boris_more", count=self.unsaid))
        return BorisProject(
            self.path,
            _line(data.get("project_name")) or _line(self.path.name.split(".")[0]),
            _words(data.get("project_description")),
            tuple(behaviours),
            subjects,
            tuple(observations.values()),
            tuple(self.problems),
        )

    def _tell(self, rule: str, *, observation: str = "", row: int = 0, found: str = "", count: int = 0) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(rule, row, found=shortened(found), count=count, observation=observation))
        else:
            self.unsaid += 1

    def _behaviours(self, conf: object) -> Iterator[Behaviour]:
        seen: set[str] = set()
        for place, one in enumerate(_entries(conf)):
            code = _line(one.get("code")) if isinstance(one, dict) else ""
            if place >= MAX_BEHAVIOURS:
                self._tell("boris_behaviours_cut", found=str(MAX_BEHAVIOURS))
                return
            if not code or not isinstance(one, dict):
                self._tell("boris_behaviour_unnamed", found=str(place + 1))
            elif code in seen:
                self._tell("boris_behaviour_twice", found=code)
            else:
                seen.add(code)
                kind = _line(one.get("type")).casefold()
                if not kind.startswith(("point", "state")):
                    self._tell("boris_type_unknown", found=code)
                excluded = frozenset(part for part in map(_line, _line(one.get("excluded"), _WIDE).split(",")) if part)
                yield Behaviour(
                    code,
                    kind.startswith("state"),
                    _words(one.get("description")),
                    _line(one.get("category")),
                    excluded - {code},
                )

    def _subjects(self, conf: object) -> tuple[str, ...]:
        names = (_line(one.get("name")) for one in _entries(conf)[:MAX_BEHAVIOURS] if isinstance(one, dict))
        return tuple(dict.fromkeys(name for name in names if name))

    def _observation(self, name: str, one: Mapping[str, Any]) -> Observation:
        kind = _line(one.get("type")).upper()
        date = _date(one.get("date"))
        if date is None:
            self._tell("boris_no_date", observation=name, found=_line(one.get("date")))
        media, length = _films(one)
        base = _base(one, date)
        raw = one.get("events")
        if not isinstance(raw, list):
            if raw is not None:
                self._tell("boris_not_readable", observation=name)
            raw = []
        timed = list(self._timed(name, raw))
        if base is None and timed:
            base = min(seconds for seconds, _event in timed)
            self._tell("boris_first_is_start", observation=name)
        variables = one.get("independent_variables")
        return Observation(
            name,
            kind if kind in {"LIVE", "MEDIA", "IMAGES"} else "LIVE",
            date,
            _words(one.get("description")),
            tuple(
                (_line(label), _line(value))
                for label, value in (list(variables.items())[:_FEW] if isinstance(variables, dict) else ())
                if _line(label) and _line(value)
            ),
            media,
            length,
            tuple(self._events(name, timed, base or 0.0)),
        )

    def _timed(self, name: str, raw: list[Any]) -> Iterator[tuple[float, BorisEvent]]:
        """Return the events that can be read, with their seconds as stored."""
        for number, one in enumerate(raw, start=1):
            if self.left <= 0:
                self._tell("boris_events_cut", observation=name, row=number, found=str(MAX_EVENTS))
                return
            if not isinstance(one, list) or len(one) < _SHORTEST_EVENT:
                self._tell("boris_not_readable", observation=name, row=number)
                continue
            seconds = _seconds(one[0])
            if seconds is None:
                self._tell("boris_time_unreadable", observation=name, row=number, found=_shown(one[0]))
                continue
            self.left -= 1
            subject, code, modifiers, comment = ([*one[1:5], "", ""])[:4]
            yield (
                seconds,
                BorisEvent(number, 0, _subject(subject), _line(code), _line(modifiers), _words(comment)[:MAX_COMMENT]),
            )

    def _events(self, name: str, timed: list[tuple[float, BorisEvent]], base: float) -> Iterator[BorisEvent]:
        before = -math.inf
        moved = 0
        for seconds, _one in timed:
            moved += seconds < before
            before = seconds
        if moved:
            self._tell("boris_not_in_order", observation=name, count=moved)
        for seconds, one in sorted(timed, key=lambda pair: pair[0]):
            offset = round((seconds - base) * 1000)
            if abs(offset) > MAX_OFFSET_MS:
                self._tell("boris_time_far", observation=name, row=one.number, found=f"{seconds:g}")
                continue
            yield BorisEvent(one.number, offset, one.subject, one.code, one.modifiers, one.comment)


def _base(one: Mapping[str, Any], date: datetime | None) -> float | None:
    """Return the stored time that is the observation's start, in seconds; None for "its first event".

    Stored times hold the observation's time offset. A live observation may instead count from midnight or 1970.
    """
    if one.get("start_from_current_epoch_time") is True:
        return None
    if one.get("start_from_current_time") is True:
        first = min((s for row in _rows(one) if (s := _seconds(row[0])) is not None), default=None)
        start = date.hour * 3600 + date.minute * 60 + date.second if date is not None else None
        return float(start) if start is not None and first is not None and 0 <= first - start < _DAY_S / 2 else None
    return _seconds(one.get("time offset")) or 0.0


def _rows(one: Mapping[str, Any]) -> list[list[Any]]:
    raw = one.get("events")
    return [row for row in raw if isinstance(row, list) and row] if isinstance(raw, list) else []


def _films(one: Mapping[str, Any]) -> tuple[tuple[str, ...], int | None]:
    """Return the names of the films without folders, and the length of the first player's together in ms."""
    files = one.get("file")
    players = [value for value in files.values() if isinstance(value, list)] if isinstance(files, dict) else []
    names = [name for player in players for name in player if isinstance(name, str)][:_FEW]
    info = one.get("media_info")
    lengths = info.get("length") if isinstance(info, dict) else None
    length = None
    if players and isinstance(lengths, dict):
        known = [_seconds(lengths.get(name)) for name in players[0] if isinstance(name, str)]
        if known and all(seconds is not None and seconds >= 0 for seconds in known):
            length = min(round(sum(seconds or 0 for seconds in known) * 1000), MAX_OFFSET_MS)
    return tuple(dict.fromkeys(_line(name.replace("\\", "/").rpartition("/")[2]) for name in names)), length


def _entries(conf: object) -> list[Any]:
    """Return the entries of a numbered table, which is an object with "0", "1" … or a list."""
    if isinstance(conf, dict):
        return [conf[key] for key in sorted(conf, key=lambda key: (len(str(key)), str(key)))]
    return conf if isinstance(conf, list) else []


_WIDE = 40_000


def _line(value: object, limit: int = MAX_NAME) -> str:
    """Return a text or number on one line; "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return clean_line(clean_note(str(value)[: limit * 4]))[:limit].strip()


def _words(value: object) -> str:
    return clean_note(value[:_WIDE]) if isinstance(value, str) else ""


def _shown(value: object) -> str:
    return shortened(str(value)[:100])


def _subject(value: object) -> str:
    name = _line(value)
    return "" if name.casefold() == "no focal subject" else name


def _seconds(value: object) -> float | None:
    """Return a time in seconds; None for what is no number, or one that no clock shows."""
    if isinstance(value, str):
        try:
            value = float(value[:40])
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    # An integer of any length is compared first: it may be too long to become a float.
    if not -_MAX_SECONDS <= value <= _MAX_SECONDS or not math.isfinite(value):
        return None
    return float(value)


def _date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip()[:40])
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if 1900 <= moment.year <= 2199 else None
