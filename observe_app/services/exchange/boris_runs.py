"""BORIS state events paired into runs, and the fewest timers on which no two runs overlap.

BORIS keeps no mark of start or stop: events of one subject, behaviour and set of modifiers start and stop in turn. Two
subjects may be in the same state at once, but one of our timers runs once at a time. So a behaviour whose runs overlap
gets a timer for each subject, or for each subject and set of modifiers where even that overlaps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from observe_app.services.exchange.boris_file import Behaviour, BorisEvent, Observation

Track = tuple[str, ...]
"""What a timer is of: (behaviour,), (behaviour, subject) or (behaviour, subject, modifiers)."""


@dataclass(frozen=True, slots=True)
class Run:
    """One time in a state. `stop` is None where no event ends it."""

    start: BorisEvent
    stop: BorisEvent | None = None

    @property
    def end_ms(self) -> float:
        """Its end in ms, endless where nothing ends it."""
        return math.inf if self.stop is None else self.stop.offset_ms

    def track(self, parts: int) -> Track:
        """Return what it is of, told apart by so many parts beside the behaviour: none, the subject, the modifiers."""
        return (self.start.code, self.start.subject, self.start.modifiers)[: parts + 1]


@dataclass(frozen=True, slots=True)
class Timers:
    """How the states of a project become timers.

    Attributes:
        parts: behaviour to the number of parts that tell its timers apart.
        groups: behaviours of which one excludes every other, and no two of one timer group ever overlap.
        unclean: behaviours that exclude each other, but not as a whole group, or that overlap all the same.
    """

    parts: dict[str, int]
    groups: tuple[tuple[str, ...], ...] = ()
    unclean: tuple[tuple[str, ...], ...] = ()


def runs_of(observation: Observation, states: Collection[str]) -> tuple[Run, ...]:
    """Return the runs of an observation by the moment of their start."""
    running: dict[Track, BorisEvent] = {}
    found: list[Run] = []
    for event in observation.events:
        if event.code not in states:
            continue
        track = (event.code, event.subject, event.modifiers)
        start = running.pop(track, None)
        if start is None:
            running[track] = event
        else:
            found.append(Run(start, event))
    found += [Run(start) for start in running.values()]
    return tuple(sorted(found, key=lambda run: (run.start.offset_ms, run.end_ms, run.start.number)))


def overlap(runs: Iterable[Run]) -> bool:
    """Whether any two of these runs share a moment; one may begin where another ends."""
    end = -math.inf
    for run in sorted(runs, key=lambda run: (run.start.offset_ms, run.end_ms)):
        if run.start.offset_ms < end:
            return True
        end = max(end, run.end_ms)
    return False


def plan_timers(behaviours: Iterable[Behaviour], observations: Iterable[Observation]) -> Timers:
    """Return how these states become timers, the same for all of a project's observations."""
    states = {one.code: one for one in behaviours if one.state}
    lessons: dict[str, list[tuple[int, Run]]] = {code: [] for code in states}
    for number, observation in enumerate(observations):
        for run in runs_of(observation, states):
            lessons[run.start.code].append((number, run))
    parts = {code: _parts(code, lessons) for code in states}
    groups: list[tuple[str, ...]] = []
    unclean: list[tuple[str, ...]] = []
    for members in _components(states):
        clean = all(set(members) - {code} <= _excluded(states, code) for code in members)
        most = max(parts[code] for code in members)
        if clean and most <= 1 and not _clash(members, most, lessons):
            groups.append(members)
            parts |= dict.fromkeys(members, most)
        else:
            unclean.append(members)
    return Timers(parts, tuple(groups), tuple(unclean))


def _parts(code: str, lessons: dict[str, list[tuple[int, Run]]]) -> int:
    for parts in (0, 1):
        if not _clash((code,), parts, lessons):
            return parts
    return 2


def _clash(codes: tuple[str, ...], parts: int, lessons: dict[str, list[tuple[int, Run]]]) -> bool:
    """Whether runs of these behaviours overlap, those of one subject each where a part tells them apart.

    `lessons` has the runs of each behaviour, each with the number of its observation.
    """
    tracks: dict[tuple[int, Track], list[Run]] = {}
    for code in codes:
        for number, run in lessons[code]:
            tracks.setdefault((number, run.track(parts)[1:]), []).append(run)
    return any(overlap(track) for track in tracks.values())


def _excluded(states: dict[str, Behaviour], code: str) -> set[str]:
    """Return the states that one excludes or is excluded by."""
    own = set(states[code].excluded & states.keys())
    return own | {other for other, one in states.items() if code in one.excluded and other != code}


def _components(states: dict[str, Behaviour]) -> list[tuple[str, ...]]:
    """Return the sets of two or more states that hang together by exclusion, in the order of the ethogram."""
    linked = {code: _excluded(states, code) for code in states}
    seen: set[str] = set()
    found: list[tuple[str, ...]] = []
    for code in states:
        if code in seen:
            continue
        members, waiting = {code}, [code]
        while waiting:
            for other in linked[waiting.pop()] - members:
                members.add(other)
                waiting.append(other)
        seen |= members
        if len(members) > 1:
            found.append(tuple(one for one in states if one in members))
    return found
