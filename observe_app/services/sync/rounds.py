"""Rounds with all shared folders of a data folder, one program at a time, and how they stand.

What the store provides is imported inside functions: it comes with SQLAlchemy, and nobody who does not share waits.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app import __version__
from observe_app.domain.errors import CardUnusable, NotFound
from observe_app.domain.sync.state import FolderStatus, LaptopSeen, RoundReport, SharedFolder
from observe_app.services.sync.alone import alone
from observe_app.services.sync.context import Progress, go_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.core import Core
    from observe_app.services.sync.device import Device
    from observe_app.services.sync.folder_io import DiskFolder
    from observe_app.store.identity import Keys
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Ledger
    from observe_app.store.sync.log import LogLine

_SHARE_S = 0.0005
_NOTED_AFTER_S = 60.0
"""Seconds after which a round that did nothing is kept as the last one."""


@dataclass
class _Running:
    """A folder's rounds in this program."""

    device: Device
    io: DiskFolder
    about: tuple[SharedFolder, str]
    report: RoundReport | None = None
    late: int = 0


def run_round(
    core: Core, progress: Progress = go_on, *, folder_id: str = "", breathe: float = 0.0
) -> tuple[RoundReport, ...]:
    """Run one round with each folder that is not paused, in the order in which they were joined.

    Args:
        core: the open data folder.
        progress: called between transactions and files; returning False ends the round early.
        folder_id: of the only folder wanted, "" for all.
        breathe: seconds to leave to others after each transaction or file, so that a window stays smooth.

    Returns:
        A report for each of these folders.

    Raises:
        SyncBusy: another program is at it; it does what is to do.
        VaultClosed: there is no identity, or it is locked.
        ObserveError: the database refused.
    """
    from observe_app.services.sync import group_sharing, incarnation, purged  # noqa: PLC0415

    wanted = [one for one in _folders(core) if not one.paused and folder_id in {"", one.id}]
    if not wanted:
        return ()
    group_sharing.settle(core)
    with alone(core):
        keys = core.vault.keys()
        ledger = core.store.ledger
        with ledger.giving_way(), _in_small_shares(small=bool(breathe)):
            if "machine" not in ledger.kept:
                ledger.kept["machine"] = machine = incarnation.machine_of(core.store.path)
                if incarnation.check(ledger, machine):
                    _log(ledger, "", "new_name")
            done = tuple(_round(core, keys, one, _breathing(progress, breathe)) for one in wanted)
    purged.follow(core)
    return done


@contextmanager
def _in_small_shares(*, small: bool) -> Iterator[None]:
    """Let Python's threads change places more often meanwhile.

    A window's thread that answers a key gives Python's lock away and asks for it again dozens of times, and waits each
    time as long as one that computes may keep it: 5 ms.
    """
    usual = sys.getswitchinterval()
    if small:
        sys.setswitchinterval(_SHARE_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _breathing(progress: Progress, seconds: float) -> Progress:
    if not seconds:
        return progress

    def step(name: str, done: int, total: int) -> object:
        time.sleep(seconds)
        return progress(name, done, total)

    return step


def _round(core: Core, keys: Keys, folder: SharedFolder, progress: Progress) -> RoundReport:
    from observe_app.services.sync import counts  # noqa: PLC0415

    running = _running(core, keys, folder)
    try:
        report = running.device.round(progress)
        whole = not report.problem and not report.incomplete
        if whole and counts.update(core, keys.fingerprint, folder.id):  # rare: when the figures are others than before
            first, report = report, running.device.round(progress)
            report = replace(
                report, sent=first.sent + report.sent, received=first.received + report.received,
                rows=first.rows + report.rows,
            )  # fmt: skip
    finally:
        running.io.close()
    late, running.late = running.late, running.device.late()
    _note(core.store.ledger, folder.id, report, running.report, running.late if running.late > late else 0)
    running.report = report
    return report


def _running(core: Core, keys: Keys, folder: SharedFolder) -> _Running:
    """Return what this program remembers of a folder, begun anew where folder or person are others now."""
    from observe_app.services.sync.device import Device  # noqa: PLC0415
    from observe_app.services.sync.folder_io import DiskFolder  # noqa: PLC0415
    from observe_app.services.sync.judge import Judge  # noqa: PLC0415

    ledger = core.store.ledger
    about = folder, keys.fingerprint
    known = ledger.kept.get(_key(folder.id))
    if isinstance(known, _Running) and known.about == about:
        return known
    io = DiskFolder(Path(folder.path))
    device = Device(
        ledger, keys, io, folder, os.urandom, __version__, judge=partial(Judge, me=keys.fingerprint)
    )  # fmt: skip
    running = _Running(device, io, about)
    ledger.kept[_key(folder.id)] = running
    return running


def _key(folder_id: str) -> str:
    return f"rounds:{folder_id}"


def _folders(core: Core) -> tuple[SharedFolder, ...]:
    from observe_app.store.sync import folders  # noqa: PLC0415

    with core.store.ledger.reading() as sql:
        return folders.all_folders(sql)


# --- log and state ---------------------------------------------------------------------------------------------------


def _note(ledger: Ledger, folder_id: str, report: RoundReport, before: RoundReport | None, late: int) -> None:
    """Write down what a round did, and when the last one came to its end; an idle one now and then."""
    from observe_app.store.sync import log  # noqa: PLC0415

    lines = [
        (kind, "", count) for kind, count in (("sent", report.sent), ("received", report.received)) if count
    ]  # fmt: skip
    if report.refused > (before.refused if before is not None else 0):
        lines.append(("refused", "", report.refused))
    if late:
        lines.append(("late", "", late))
    if report.problem and (before is None or before.problem != report.problem):
        lines.append(("problem", report.problem, 0))
    if not report.problem and before is not None and before.problem:
        lines.append(("back", "", 0))
    with ledger.reading() as sql:
        row = sql.execute("SELECT last_round FROM sync_folder WHERE id = ?", (folder_id,)).fetchone()
    last = datetime.fromisoformat(row[0]) if row is not None and row[0] else None
    stale = last is None or abs((ledger.clock.now() - last).total_seconds()) > _NOTED_AFTER_S
    if not lines and (report.problem or not stale):
        return
    with ledger.writing() as writing:
        for kind, detail, count in lines:
            log.add(writing.sql, ledger.now(), folder_id, kind, detail, count)
        if not report.problem:
            writing.sql.execute("UPDATE sync_folder SET last_round = ? WHERE id = ?", (ledger.now(), folder_id))


def _log(ledger: Ledger, folder_id: str, kind: str) -> None:
    from observe_app.store.sync import log  # noqa: PLC0415

    with ledger.writing() as writing:
        log.add(writing.sql, ledger.now(), folder_id, kind)


def log_lines(core: Core, folder_id: str = "", most: int = 200) -> tuple[LogLine, ...]:
    """Return the newest lines of the log, newest first; of all folders where none is named.

    Kinds: "sent", "received", "refused", "late" (arriving for more than a day), all with a count; "problem" (its name
    as detail), "back", "paused", "resumed", "new_name" (this database was on another computer before).
    """
    from observe_app.store.sync import log  # noqa: PLC0415

    with core.store.ledger.reading() as sql:
        return tuple(log.lines(sql, folder_id, most))


def pause(core: Core, folder_id: str, paused: bool) -> None:  # noqa: FBT001  (the interface others were told)
    """Run no rounds with a folder, or run them again.

    Raises:
        NotFound: this computer does not take part in it.
    """
    from observe_app.store.sync import log  # noqa: PLC0415

    ledger = core.store.ledger
    with ledger.writing() as writing:
        changed = writing.sql.execute(
            "UPDATE sync_folder SET paused = ? WHERE id = ?", (int(paused), folder_id)
        ).rowcount
        if changed:
            log.add(writing.sql, ledger.now(), folder_id, "paused" if paused else "resumed")
    if not changed:
        raise NotFound("shared folder", folder_id)


def statuses(core: Core) -> tuple[FolderStatus, ...]:
    """Return how each folder stands; asks the database alone."""
    from observe_app.store.sync import folders  # noqa: PLC0415

    ledger = core.store.ledger
    with ledger.reading() as sql:
        return tuple(_status(sql, ledger, one) for one in folders.all_folders(sql))


def _status(sql: Connection, ledger: Ledger, folder: SharedFolder) -> FolderStatus:
    from observe_app.store.sync import outbox, segments, unsent  # noqa: PLC0415

    running = ledger.kept.get(_key(folder.id))
    report = running.report if isinstance(running, _Running) else None
    row = sql.execute("SELECT last_round FROM sync_folder WHERE id = ?", (folder.id,)).fetchone()
    out = segments.in_state(sql, folder.id, {segments.OUT})
    waiting = outbox.unsealed(sql, folder.id) + sum(one.changes for one in out)
    return FolderStatus(
        folder=folder,
        waiting=waiting,
        visits=unsent.visits(sql, waiting) if waiting else 0,
        last=datetime.fromisoformat(row[0]) if row[0] else None,
        laptops=_laptops(sql, folder.id),
        report=report or _report(sql, folder.id, len(out)),
    )


def _report(sql: Connection, folder_id: str, waiting: int) -> RoundReport:
    """Return what is known of the last round where another program ran it."""
    from observe_app.store.sync import log, segments  # noqa: PLC0415

    kinds = {"problem", "back", "sent", "received"}
    told = next((one for one in log.lines(sql, folder_id, 20) if one.kind in kinds), None)
    return RoundReport(
        waiting=waiting,
        refused=segments.refused(sql, folder_id),
        conflicts=segments.conflicts(sql),
        problem=told.detail if told is not None and told.kind == "problem" else "",
    )


def _laptops(sql: Connection, folder_id: str) -> tuple[LaptopSeen, ...]:
    """Return the other installations, the longest silent last."""
    from observe_app.services.sync.colleagues import read_card  # noqa: PLC0415
    from observe_app.store.sync import card_rows, laptops, segments  # noqa: PLC0415

    names: dict[str, str] = {}
    for row in card_rows.all_cards(sql):
        try:
            names[row.fingerprint] = read_card(row.raw).name
        except CardUnusable:
            continue
    own, missing = segments.meta(sql, "writer"), laptops.missing(sql, folder_id)
    found = [
        LaptopSeen(
            writer=one.writer,
            name=names.get(one.fingerprint, ""),
            at=datetime.fromisoformat(one.seen) if one.seen else None,
            missing=missing.get(one.writer, 0),
            clock_off=float(one.clock) if one.clock else None,
        )
        for one in laptops.laptops(sql, folder_id).values()
        if one.writer != own
    ]
    return tuple(sorted(found, key=lambda one: (one.at is None, -one.at.timestamp() if one.at else 0.0, one.writer)))


__all__ = ["alone", "log_lines", "pause", "run_round", "statuses"]
