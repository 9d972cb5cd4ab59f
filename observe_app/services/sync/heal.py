"""Handing over again what another installation has not got.

What is asked for, or was still missing in a report made since, is given at the 3rd, the 9th and the 27th look: files
are often only late, and answers that never stopped would fill the folder. Laptops that are switched off are not
answered: they may find everything when they come back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.sync import have
from observe_app.services.sync.context import SHORT
from observe_app.services.sync.publish import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context, Report
    from observe_app.services.sync.folder_io import FileSeen

LOOKS = {3: 3, 9: 4, 27: 1_000}
"""At which looks a segment is handed over, and only while fewer whole files of it are in sight."""
MOST_AT_ONCE = 200

_GIVEN = frozenset({"published", "taken", "waiting", "unread"})


def answer(context: Context, listing: Sequence[FileSeen]) -> None:
    """Write copies for those who lack something.

    Raises:
        OSError: the folder does not take them.
    """
    memory = context.memory
    reports = have.live(context)
    lack = _lack(context, reports)
    pairs = {(writer, name) for writer, names in lack.items() for name in names}
    memory.lacking = {pair: looks for pair, looks in memory.lacking.items() if pair in pairs}
    names = {file.name.casefold() for file in listing}
    given: set[str] = set()
    for writer, name in sorted(pairs):
        report = reports[writer]
        looks = memory.lacking.setdefault((writer, name), [0, report.number])
        if name[:SHORT] not in report.wants and report.number <= looks[1]:
            continue
        looks[0] += 1
        most = LOOKS.get(looks[0], 0)
        if len(memory.there.get(name, ())) < most and name not in given and len(given) < MOST_AT_ONCE:
            given.add(name)
            _copy(context, name, names)


def _lack(context: Context, reports: dict[str, Report]) -> dict[str, frozenset[str]]:
    """Return, by writer, the hashes of what it has not got and is not in something that it has."""
    memory = context.memory
    state = (memory.generation, tuple((writer, one.number) for writer, one in reports.items()))
    if memory.lack_state != state:
        mine = [name for name, one in memory.held.items() if one.state in _GIVEN]
        memory.lack = {
            writer: frozenset(
                name for name in mine if name[:SHORT] not in report.have and not _covered(context, name, report)
            )
            for writer, report in reports.items()
        }
        memory.lack_state = state
    return memory.lack


def _covered(context: Context, name: str, report: Report) -> bool:
    """Tell whether they hold a segment by the same writer that has all of this one's changes."""
    held = context.memory.held
    return any(
        one in held and held[one].writer == held[name].writer and one[:SHORT] in report.have
        for one in context.memory.covers.get(name, ())
    )


def _copy(context: Context, name: str, names: set[str]) -> None:
    """Write a segment once more, its bytes unchanged.

    Raises:
        OSError: the folder does not take it.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        raw = segments.raw(sql, name)
    if raw is None:
        return
    count = 0
    while (copy := f"d/{context.writer}/copy-{name[:SHORT]}-{count}.seg") in names or copy in context.memory.used:
        count += 1
    context.memory.used.add(copy)
    write_whole(context, copy, raw)
