"""What two people wrote into one place without seeing each other's words: listed, chosen, joined, taken back.

Every choice is one action that undo takes back, and none drops words: the other version stays in the journal.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound
from observe_app.domain.merge import merged, merged_line, merged_words
from observe_app.domain.sync.written import FieldKind, kind_of, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.conflict import Conflict, Version
    from observe_app.domain.sync.letter import Value
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.sync.choices import Choice

Cell = tuple[str, str, str]
"""Table, row id, column."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was also written, for saying it in words.

    Attributes:
        teacher, class_name, start: of the visit, "" and None for none.
        number: place of a step or a turn among its likes, 1 for the first; 0 for none.
        minute_ms: of a note, milliseconds since the lesson's start; None for none.
        label: what else tells it: a claim's heading, a person's name, a form's title, the id of a form's item.
        kind: of an event or a claim, as stored; "" for none.
    """

    teacher: str = ""
    class_name: str = ""
    start: datetime | None = None
    number: int = 0
    minute_ms: int | None = None
    label: str = ""
    kind: str = ""


# --- what is open ----------------------------------------------------------------------------------------------------


def open_conflicts(core: Core) -> tuple[Conflict, ...]:
    """Return everything that is open, the latest first; without ancestors."""
    from observe_app.store.sync import conflicts  # noqa: PLC0415  (services load before the store does)

    with core.store.read() as unit:
        found = conflicts.listing(unit.plain, core.store.me)
    return tuple(sorted(found, key=_latest, reverse=True))


def _latest(conflict: Conflict) -> tuple[str, str, str]:
    moments = [version.at.isoformat() for version in conflict.versions if version.at is not None]
    return max(moments, default=""), conflict.row, conflict.column


def open_cells(core: Core) -> frozenset[Cell]:
    """Return the cells with something open; one short question while there is nothing."""
    return frozenset((one.table, one.row, one.column) for one in open_conflicts(core))


def count(core: Core) -> int:
    """Return how much is open."""
    return len(open_conflicts(core))


def of_record(core: Core, *, table: str, row: str) -> tuple[Conflict, ...]:
    """Return what is open in a record, with the values that everybody had seen."""
    from observe_app.store.sync import conflicts  # noqa: PLC0415

    with core.store.read() as unit:
        found = conflicts.listing(unit.plain, core.store.me, {(table, row)})
        return tuple(replace(one, ancestor=conflicts.ancestor(unit.plain, one)) for one in found)


def of_cell(core: Core, *, table: str, row: str, column: str) -> Conflict | None:
    """Return what is open in a cell, or of a record as a whole for "deleted"; None when nothing is."""
    return next((one for one in of_record(core, table=table, row=row) if one.column == column), None)


def along_with(core: Core, conflict: Conflict) -> tuple[Conflict, ...]:
    """Return other open fields of the record that the same computers wrote; they are told and chosen together."""
    return together(conflict, of_record(core, table=conflict.table, row=conflict.row))


# --- what can be offered ---------------------------------------------------------------------------------------------


def joined(conflict: Conflict) -> Value:
    """Return one value that holds the changes of all versions, None where there is none or it says nothing new.

    Texts are joined sentence by sentence, lines word by word, tags and the like as sets. Dates, numbers and choices
    have no value between two. The same on every computer.
    """
    kind = kind_of(conflict.table, conflict.column)
    values = [version.value for version in conflict.versions]
    if conflict.kind != "field" or not all(isinstance(value, str) for value in values):
        return None
    texts = sorted(str(value) for value in values)
    if kind is FieldKind.WORDS:
        return _joined_words(conflict, texts)
    if kind not in (FieldKind.TEXT, FieldKind.LINE) or not isinstance(conflict.ancestor, str):
        return None
    join = merged if kind is FieldKind.TEXT else merged_line
    said: str | None = texts[0]
    for text in texts[1:]:
        said = join(conflict.ancestor, said, text) if said is not None else None
    return said if said and said.strip() and said not in values else None


def _joined_words(conflict: Conflict, texts: Sequence[str]) -> Value:
    before = _words(conflict.ancestor)
    said = _words(texts[0]) or ()
    for text in texts[1:]:
        said = merged_words(before or (), said, _words(text) or ())
    written = json.dumps(list(said), ensure_ascii=False, separators=(",", ":"))
    return written if all(_words(version.value) != said for version in conflict.versions) else None


def _words(value: Value) -> tuple[str, ...] | None:
    try:
        found = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return tuple(str(word) for word in found) if isinstance(found, list) else None


def company_values(core: Core, conflict: Conflict, version: Version) -> dict[str, Value]:
    """Return what goes with a version and tells what it is: a form's title, an answer's kind of absence."""
    from observe_app.store.sync import conflicts  # noqa: PLC0415

    with core.store.read() as unit:
        return conflicts.company_values(unit.plain, conflict, version.op)


# --- choices ---------------------------------------------------------------------------------------------------------


def use(core: Core, conflict: Conflict, op: str, *, along: Iterable[Conflict] = ()) -> None:
    """Show one of the versions; the others stay in the journal.

    Args:
        core: the open data folder.
        conflict: as it was on screen; a version that came meanwhile stays open.
        op: id of the version's change.
        along: other open fields of the record that are to follow the same computer (`along_with`).

    Raises:
        NotFound: no such version.
    """
    version = next((one for one in conflict.versions if one.op == op), None)
    if version is None:
        raise NotFound(conflict.table, conflict.row)
    _write(core, "also.use", conflict, _chosen(conflict, version, along), op)


def keep_mine(core: Core, conflict: Conflict, *, along: Iterable[Conflict] = ()) -> None:
    """Show one's own version, whether it is the one that is shown now or not.

    Raises:
        NotFound: none of the versions is one's own.
    """
    version = next((one for one in conflict.versions if one.mine), None)
    if version is None:
        raise NotFound(conflict.table, conflict.row)
    _write(core, "also.keep", conflict, _chosen(conflict, version, along), version.op)


def write_together(core: Core, conflict: Conflict, value: Value) -> None:
    """Show something written from all versions, in place of them.

    Raises:
        Invalid: the field cannot hold it.
    """
    from observe_app.domain.errors import Invalid  # noqa: PLC0415
    from observe_app.store.sync import apply  # noqa: PLC0415

    if not apply.fits(conflict.table, conflict.column, value) or (
        isinstance(value, str) and not value.strip() and conflict.column in _NEVER_EMPTY
    ):
        raise Invalid(conflict.column, str(value)[:40], "empty")
    _write(core, "also.merge", conflict, ((conflict, value),))


_NEVER_EMPTY = frozenset({"name"})


def keep_row(core: Core, conflict: Conflict) -> None:
    """Keep a record that one deleted and another edited."""
    _write(core, "also.keep", conflict, ((conflict, 0),))


def delete_row(core: Core, conflict: Conflict) -> None:
    """Delete a record that one deleted and another edited; its words stay in the journal."""
    _write(core, "also.delete", conflict, ((conflict, 1),))


def _chosen(conflict: Conflict, version: Version, along: Iterable[Conflict]) -> tuple[tuple[Conflict, Value], ...]:
    found = [(conflict, version.value)]
    for other in along:
        follows = next((one for one in other.versions if one.laptop == version.laptop), None)
        if follows is not None:
            found.append((other, follows.value))
    return tuple(found)


def _write(core: Core, kind: str, conflict: Conflict, values: Sequence[tuple[Conflict, Value]], op: str = "") -> None:
    from observe_app.store.sync import choices  # noqa: PLC0415

    with core.store.write(kind, scope=conflict.visit_id or None) as unit:
        sql = unit.plain
        made: list[Choice] = []
        for one, value in values:
            over = tuple(version.op for version in one.versions)
            if one.kind == "delete" and value:
                over = (*over, *choices.edits_of(sql, one))
            elif one.kind == "delete":
                over = choices.deletions_of(sql, one)
            made.append(choices.Choice((one.table, one.row, one.column), value, over))
        if op:
            made += choices.going_along(sql, conflict, op)
        choices.settle(unit, made)
        unit.commit()


# --- where it is -----------------------------------------------------------------------------------------------------


def place_of(core: Core, conflict: Conflict) -> Place:
    """Return where something open stands; what is not known any more is left out."""
    from observe_app.store.sync import conflicts  # noqa: PLC0415

    with core.store.read() as unit:
        visit = None
        if conflict.visit_id:
            try:
                visit = unit.visits.get(conflict.visit_id)
            except NotFound:
                visit = None
        number, minute_ms, kind, label = conflicts.facts(unit.plain, conflict)
    return replace(_of_visit(visit), number=number, minute_ms=minute_ms, kind=kind, label=label)


def _of_visit(visit: Visit | None) -> Place:
    if visit is None:
        return Place()
    return Place(visit.teacher, visit.class_name, visit.start)
