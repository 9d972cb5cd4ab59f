"""The notes of two visits beside each other: in blocks of the same phase, or of the same minutes of the lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.lesson_parts import phases
from observe_app.ui.compare.lesson_data import told_events

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.record import VisitRecord

_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Said:
    """A note."""

    event_id: str
    at_ms: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """What stands beside each other. name: of the phase or minute; "" before the first phase. minute: -1 of a phase."""

    name: str
    minute: int = -1
    left: tuple[Said, ...] = ()
    right: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """Two visits. by_phase: they are aligned by phase, which both must have."""

    left: VisitRecord
    right: VisitRecord
    blocks: tuple[Block, ...] = ()
    by_phase: bool = False


def sides_of(left: VisitRecord, right: VisitRecord, *, by_phase: bool) -> Sides:
    """Return the notes of two visits in blocks; by the minute where not both have phases."""
    both = [_notes(told_events(record)) for record in (left, right)]
    parts = [_by_phase(told_events(record), notes) for record, notes in zip((left, right), both, strict=True)]
    if by_phase and all(len(part) > 1 for part in parts):
        return Sides(left, right, _phase_blocks(parts[0], parts[1]), by_phase=True)
    found = [{minute: tuple(said) for minute, said in groupby(notes, _minute)} for notes in both]
    minutes = sorted(found[0].keys() | found[1].keys())
    blocks = tuple(Block("", minute, *(own.get(minute, ()) for own in found)) for minute in minutes)
    return Sides(left, right, blocks)


def first_notes(blocks: tuple[Block, ...], most: int) -> tuple[tuple[Block, ...], int]:
    """Return the blocks with so many notes at most, the earliest of each, and how many are left."""
    shown: list[Block] = []
    room, total = most, sum(len(block.left) + len(block.right) for block in blocks)
    for block in blocks:
        if room <= 0:
            break
        if len(block.left) + len(block.right) > room:
            last = sorted((*block.left, *block.right), key=lambda one: one.at_ms)[room - 1].at_ms
            own = [tuple(said for said in side if said.at_ms <= last) for side in (block.left, block.right)]
            shown.append(replace(block, left=own[0], right=own[1]))
        else:
            shown.append(block)
        room -= len(shown[-1].left) + len(shown[-1].right)
    return tuple(shown), total - sum(len(block.left) + len(block.right) for block in shown)


def _minute(note: Said) -> int:
    return note.at_ms // _MINUTE


def _notes(events: tuple[Event, ...]) -> list[Said]:
    found = [one for one in events if one.kind is EventKind.NOTE and one.text]
    return [Said(one.id, one.offset_ms, one.speaker, one.text) for one in sorted(found, key=lambda one: one.offset_ms)]


def _by_phase(events: tuple[Event, ...], notes: list[Said]) -> list[tuple[str, tuple[Said, ...]]]:
    """Return what stands before the first phase under "", then each phase with its notes."""
    found = phases(events)
    first = found[0].start_ms if found else 1 << 60
    parts = [("", tuple(note for note in notes if note.at_ms < first))]
    for one in found:
        end = one.end_ms if one.end_ms is not None else 1 << 60
        parts.append((one.name, tuple(note for note in notes if one.start_ms <= note.at_ms < end)))
    return parts


def _phase_blocks(
    left: list[tuple[str, tuple[Said, ...]]], right: list[tuple[str, tuple[Said, ...]]]
) -> tuple[Block, ...]:
    """Put phases of the same name, in order, beside each other; what only one has stands alone."""
    longest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in reversed(range(len(left))):
        for b in reversed(range(len(right))):
            same = left[a][0].casefold() == right[b][0].casefold()
            longest[a][b] = longest[a + 1][b + 1] + 1 if same else max(longest[a + 1][b], longest[a][b + 1])
    blocks, a, b = [], 0, 0
    while a < len(left) or b < len(right):
        if a < len(left) and b < len(right) and left[a][0].casefold() == right[b][0].casefold():
            blocks.append(Block(left[a][0], -1, left[a][1], right[b][1]))
            a, b = a + 1, b + 1
        elif b >= len(right) or (a < len(left) and longest[a + 1][b] >= longest[a][b + 1]):
            blocks.append(Block(left[a][0], -1, left[a][1]))
            a += 1
        else:
            blocks.append(Block(right[b][0], -1, (), right[b][1]))
            b += 1
    return tuple(block for block in blocks if block.name or block.left or block.right)
