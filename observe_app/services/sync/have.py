"""Reports: what each installation holds, so that others can hand over again what was lost on its way to it.

    JSON | newline | Ed25519 signature, hexadecimal | newline | SHA-256 of both lines, hexadecimal

A new file each time, the older ones of one's own are removed. A report also says what its writer knows of from others'
reports and has not got (`wants`), and is made anew once a day, so that one can tell who is still there.

The number and the words of one's own last report are kept in the database. One that says otherwise under the same name
was made by a copy of this computer: nobody would hand over what only one of the two lacks, as reports of their common
name replace each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from observe_app.services.sync.context import SHORT, Report
from observe_app.services.sync.publish import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen

MOST_BYTES = 16 * 1024 * 1024
MOST_WANTS = 2_000
MOST_HAVE = 300_000
MOST_WRITERS = 5_000
MOST_OF_ONE = 24
"""Installations of one person whose reports are heeded: nobody makes others fill memory and folder by names alone."""
RENEWED_MS = 24 * 3_600_000
LIVE_MS = 90 * 24 * 3_600_000
"""A report that is older is not answered any more, and nothing waits for its writer."""
CLOCK_OFF_MS = 24 * 3_600_000
WANTED_AFTER = 3
"""Looks that did not find a segment which somebody else holds, before it is asked for."""

_NAME = re.compile(r"d/([0-9a-f]{8})/have-(\d{8})-([0-9a-f]{12}).*\.json", re.DOTALL)
_OWN = re.compile(r"d/[0-9a-f]{8}/have-\d{8}-[0-9a-f]{12}\.json")
_CONTEXT = b"observe-have-1\n"
_LAST = "sync_report:"
_FAR = 90_000_000
"""Nobody gets there by counting: a name with such a number is somebody's mischief, and is not counted on from."""
_SHORT = re.compile(rf"[0-9a-f]{{{SHORT}}}")


def live(context: Context) -> dict[str, Report]:
    """Return the reports that are not older than 90 days, by writer."""
    now = context.ledger.now_ms()
    return {writer: one for writer, one in sorted(context.memory.reports.items()) if now - one.seen_ms <= LIVE_MS}


def known(context: Context) -> set[str]:
    """Return the short hashes of what is held here or known to be for others."""
    memory = context.memory
    found = {name[:SHORT] for name, one in memory.held.items() if one.state != "waiting" or one.size < 1 << 22}
    return found | {name[:SHORT] for name in memory.strangers}


# --- others' ---------------------------------------------------------------------------------------------------------


def read(context: Context, listing: Sequence[FileSeen]) -> None:
    """Read the newest report of every other installation."""
    memory = context.memory
    by_writer: dict[str, list[tuple[int, FileSeen]]] = {}
    for file in listing:
        match = _NAME.fullmatch(file.name)
        if match is not None:
            by_writer.setdefault(match[1], []).append((int(match[2]), file))
    own = [file for _number, file in by_writer.pop(context.writer, ())]
    memory.copied = memory.copied or _is_by_copy(context, own)
    keys = {(file.name, file.size, file.mtime_ns) for found in by_writer.values() for _number, file in found}
    memory.report_files = {key: writer for key, writer in memory.report_files.items() if key in keys}
    for writer, files in sorted(by_writer.items())[:MOST_WRITERS]:
        for _number, file in sorted(files, key=lambda one: (-one[0], one[1].name)):
            key = (file.name, file.size, file.mtime_ns)
            if key in memory.report_files:
                break
            if _read(context, writer, file):
                memory.report_files[key] = writer
                break


def _is_by_copy(context: Context, own: Sequence[FileSeen]) -> bool:
    """Tell whether a report under our name was made by another installation of this person, or by a later database."""
    memory = context.memory
    keys = {(file.name, file.size, file.mtime_ns): file for file in own}
    memory.own_reports &= keys.keys()
    fresh = {key: file for key, file in keys.items() if key not in memory.own_reports}
    number, digest = _last(context) if fresh else (0, "")
    if not number:  # nothing was reported from here yet; a copy would find out by what comes
        return False
    for key, file in sorted(fresh.items()):
        try:
            about = _believed(context, context.io.read(file.name, MOST_BYTES), context.writer)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        says = about["n"], _digest(about["have"], about["wants"], about["version"])
        if about["who"] == context.me and about["n"] >= number and says != (number, digest):
            return True
        memory.own_reports.add(key)
    return False


def _last(context: Context) -> tuple[int, str]:
    """Return number and digest of the last report that was made here under the present name, (0, "") for none."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        kept = segments.meta(sql, _LAST + context.folder.id).split(" ")
    return (int(kept[1]), kept[2]) if kept[0] == context.writer else (0, "")


def _digest(have: list[str], wants: list[str], version: str) -> str:
    return hashlib.sha256(json.dumps([have, wants, version]).encode()).hexdigest()[:SHORT]


def _read(context: Context, writer: str, file: FileSeen) -> bool:
    """Take one report in; False where it is not whole, or not by somebody known."""
    try:
        raw = context.io.read(file.name, MOST_BYTES) if file.size <= MOST_BYTES else b""
        about = _believed(context, raw, writer)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
    before = context.memory.reports.get(writer)
    if not _speaks_for(context, writer, about["who"], before):
        return False
    if before is not None and before.who == about["who"] and before.number >= about["n"]:
        return True
    report = Report(
        about["n"], frozenset(about["have"]), frozenset(about["wants"]), about["who"], about["seq"],
        _seen_ms(context, writer, about["clock"], file, new=before is not None),
    )  # fmt: skip
    context.memory.reports[writer] = report
    _keep(context, writer, report, about)
    return True


def _speaks_for(context: Context, writer: str, who: str, before: Report | None) -> bool:
    """Tell whether somebody may report for an installation: theirs as far as is known, and not one of too many."""
    from observe_app.store.sync import laptops  # noqa: PLC0415

    with context.ledger.reading() as sql:
        owner = laptops.owner(sql, context.folder.id, writer)
    if owner not in {"", who}:
        return False
    others = sum(one.who == who for one in context.memory.reports.values())
    return before is not None or others < MOST_OF_ONE


def _believed(context: Context, raw: bytes, writer: str) -> dict[str, Any]:
    """Return what a report says.

    Raises:
        ValueError, KeyError, TypeError: it is not whole, or somebody else made it.
    """
    body, signature, digest = raw.rstrip(b"\n").split(b"\n")
    if hashlib.sha256(body + b"\n" + signature).hexdigest().encode() != digest:
        raise ValueError
    about: Any = json.loads(body)
    verify_key = context.verify_key_of(about["who"])
    if verify_key is None or not context.cipher.verify(verify_key, _CONTEXT + body, bytes.fromhex(signature.decode())):
        raise ValueError
    shorts = [*about["have"], *about["wants"]]
    right = [
        about["folder"] == context.folder.id and about["writer"] == writer,
        all(type(about[name]) is int and 0 <= about[name] < 1 << 62 for name in ("n", "seq", "clock")),
        len(shorts) <= MOST_HAVE and all(type(one) is str and _SHORT.fullmatch(one) for one in shorts),
        type(about["version"]) is str and len(about["version"]) <= 40,
    ]
    if not all(right):
        raise ValueError
    return dict(about)


def _seen_ms(context: Context, writer: str, clock_ms: int, file: FileSeen, *, new: bool) -> int:
    """Say when its writer was there last: now where it is news, else as late as anything says it may have been."""
    from observe_app.store.sync import laptops  # noqa: PLC0415

    now = context.ledger.now_ms()
    if new:
        return now
    with context.ledger.reading() as sql:
        row = laptops.laptops(sql, context.folder.id).get(writer)
    before = _ms(row.seen) if row is not None and row.seen else 0
    return min(now, max(clock_ms, file.mtime_ns // 1_000_000, before))


def _ms(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def _text(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _keep(context: Context, writer: str, report: Report, about: dict[str, Any]) -> None:
    from observe_app.store.sync import laptops  # noqa: PLC0415

    off = clock_off_ms(context, report, about["clock"])
    with context.ledger.writing() as writing:
        laptops.heard(
            writing.sql,
            context.folder.id,
            laptops.LaptopRow(
                writer, report.who, _text(report.seen_ms), "" if off is None else str(off // 1000),
                about["version"], report.seq,
            ),
        )  # fmt: skip


def clock_off_ms(context: Context, report: Report, clock_ms: int) -> int | None:
    """Return by how much a laptop's clock is off when that is more than a day, None for fine.

    An old report tells nothing; only one from the future does, or one older than what it says it holds of ours.
    """
    if clock_ms - context.ledger.now_ms() > CLOCK_OFF_MS:
        return clock_ms - context.ledger.now_ms()
    made = [
        one.at
        for name, one in context.memory.held.items()
        if one.state == "published" and one.writer == context.writer and name[:SHORT] in report.have
    ]
    if made and (behind := clock_ms - _ms(max(made))) < -CLOCK_OFF_MS:
        return behind
    return None


# --- one's own -------------------------------------------------------------------------------------------------------


def write(context: Context, listing: Sequence[FileSeen]) -> None:
    """Say what is held here where the last report says something else, is a day old, or is not whole.

    Raises:
        OSError: the folder does not take it.
    """
    memory = context.memory
    have, wants = sorted(known(context)), _wants(context)
    digest = _digest(have, wants, context.version)
    own = sorted(file.name for file in listing if _OWN.fullmatch(file.name) and file.name[2:10] == context.writer)
    if not have and not wants and not own:
        return
    newest = own[-1] if own else ""
    if digest in newest and not _outdated(context, newest):
        return
    number = max(_last(context)[0], *(int(name[16:24]) for name in own if int(name[16:24]) < _FAR), 0) + 1
    seq = _begin(context, number, digest)
    name = f"d/{context.writer}/have-{number:08d}-{digest}.json"
    if write_whole(context, name, _report(context, number, have, wants, seq)):
        memory.own_report_missing = 0
        for old in own:
            context.io.delete(old)


def _outdated(context: Context, name: str) -> bool:
    """Tell whether one's own report is a day old, or was three times not found whole."""
    try:
        about = _believed(context, context.io.read(name, MOST_BYTES), context.writer)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        context.memory.own_report_missing += 1
        return context.memory.own_report_missing >= WANTED_AFTER
    context.memory.own_report_missing = 0
    return bool(abs(context.ledger.now_ms() - about["clock"]) > RENEWED_MS)


def _begin(context: Context, number: int, digest: str) -> int:
    """Keep what the next report says before anybody can read it; return the number of the last own segment."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.writing() as writing:
        segments.set_meta(writing.sql, _LAST + context.folder.id, f"{context.writer} {number} {digest}")
        return segments.last_seq(writing.sql, context.folder.id)


def _report(context: Context, number: int, have: list[str], wants: list[str], seq: int) -> bytes:
    about = {
        "format": 1, "folder": context.folder.id, "writer": context.writer, "n": number, "who": context.me,
        "have": have, "wants": wants, "seq": seq, "clock": max(context.ledger.now_ms(), 0), "version": context.version,
    }  # fmt: skip
    body = json.dumps(about, separators=(",", ":")).encode()
    signature = context.keys.sign(_CONTEXT + body).hex().encode()
    return body + b"\n" + signature + b"\n" + hashlib.sha256(body + b"\n" + signature).hexdigest().encode() + b"\n"


def _wants(context: Context) -> list[str]:
    """Return what somebody holds and three looks did not find here."""
    memory = context.memory
    reports = live(context)
    state = (memory.generation, tuple((writer, one.number) for writer, one in reports.items()))
    if memory.unknown[0] != state:
        held = known(context)
        everything = frozenset[str]().union(*(one.have for one in reports.values()))
        covered = {name[:SHORT] for name, by in memory.covers.items() if _holds(context, by)}
        memory.unknown = state, everything - held - covered
    lacking = memory.unknown[1]
    memory.wanting = {one: memory.wanting.get(one, 0) + 1 for one in lacking}
    return sorted(one for one, looks in memory.wanting.items() if looks >= WANTED_AFTER)[:MOST_WANTS]


def _holds(context: Context, by: set[str]) -> bool:
    return any(one in context.memory.held or one in context.memory.strangers for one in by)
