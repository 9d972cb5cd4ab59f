"""`also list|use|merge`: what two people wrote in one place without seeing each other's words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.domain.errors import Invalid, NotFound

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from observe_app.domain.sync.conflict import Conflict, Version

_SHOWN = 120


def place_id(conflict: Conflict) -> str:
    """Return a short id of the place, the same on every computer."""
    cell = f"{conflict.table}\x1f{conflict.row}\x1f{conflict.column}"
    return hashlib.sha256(cell.encode()).hexdigest()[:8]


def listing(arguments: Namespace) -> int:
    """List every place where words stand beside each other, with numbers to choose by."""
    from observe_app.services import also_written  # noqa: PLC0415  (help and usage need none of it)

    with opened(arguments) as core:
        found = also_written.open_conflicts(core)
    if arguments.json:
        output.say_json([_json(conflict) for conflict in found])
        return 0
    if not found:
        output.say("Nothing is open.")
    for conflict in found:
        output.say(f"{place_id(conflict)}  {_where(conflict)}")
        for number, version in enumerate(conflict.versions, 1):
            output.say(f"  {number}  {_who(version)}: {_value(conflict, version)}")
    return 0


def use(arguments: Namespace) -> int:
    """Take one of the versions; the others are kept in the history."""
    from observe_app.services import also_written  # noqa: PLC0415

    with opened(arguments) as core:
        conflict = _meant(also_written.open_conflicts(core), arguments.place)
        if not 1 <= arguments.version <= len(conflict.versions):
            raise Invalid("version", str(arguments.version), "out_of_range", f"1 to {len(conflict.versions)}")
        chosen = conflict.versions[arguments.version - 1]
        if conflict.kind != "delete":
            also_written.use(core, conflict, chosen.op, along=also_written.along_with(core, conflict))
        elif _is_deletion(conflict, chosen):
            also_written.delete_row(core, conflict)
        else:
            also_written.keep_row(core, conflict)
    return _done(arguments, conflict, "Settled. Undo in the window brings the question back.")


def merge(arguments: Namespace) -> int:
    """Write both, joined as a merged text where that can be."""
    from observe_app.services import also_written  # noqa: PLC0415

    with opened(arguments) as core:
        found = _meant(also_written.open_conflicts(core), arguments.place)
        conflict = also_written.of_cell(core, table=found.table, row=found.row, column=found.column) or found
        value = also_written.joined(conflict)
        if value is not None:
            also_written.write_together(core, conflict, value)
    if value is None:
        output.warn(f"These cannot be joined; take one of them: also use {place_id(conflict)} N")
        return 1
    return _done(arguments, conflict, "Both are in it now.")


def _done(arguments: Namespace, conflict: Conflict, words: str) -> int:
    if arguments.json:
        output.say_json({"place": place_id(conflict), "visit": conflict.visit_id or None})
    else:
        output.say(words)
    return 0


def _meant(found: Sequence[Conflict], given: str) -> Conflict:
    asked = given.strip().lower()
    for conflict in found:
        if place_id(conflict) == asked:
            return conflict
    raise NotFound("place", given)


def _is_deletion(conflict: Conflict, version: Version) -> bool:
    return conflict.kind == "delete" and version.value == 1


def _where(conflict: Conflict) -> str:
    visit = f" of visit {conflict.visit_id[-8:]}" if conflict.visit_id else ""
    return f"{conflict.table.replace('_', ' ')} {conflict.column.replace('_', ' ')}{visit}"


def _who(version: Version) -> str:
    when = "" if version.at is None else f", {version.at:%a %d %b %H:%M} UTC"
    return f"{'you' if version.mine else version.by or 'somebody'}{when}"


def _value(conflict: Conflict, version: Version) -> str:
    if conflict.kind == "delete":
        return "deleted it" if _is_deletion(conflict, version) else "edited it"
    text = " ".join(str("" if version.value is None else version.value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _json(conflict: Conflict) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "place": place_id(conflict),
        "kind": conflict.kind,
        "table": conflict.table,
        "row": conflict.row,
        "column": conflict.column,
        "visit": conflict.visit_id or None,
        "versions": [
            {"value": one.value, "by": one.by, "mine": one.mine, "at": moment(one.at)} for one in conflict.versions
        ],
    }
