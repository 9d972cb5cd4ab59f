"""A school's abbreviations as people bring them: pasted lines, a CSV file; and out again."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.abbreviations import MAX_SHORT
from observe_app.domain.errors import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from observe_app.services.core import Core

Pairs = tuple[tuple[str, ...], ...]

MAX_PAIRS = 2_000
MAX_LONG = 300
MAX_BYTES = 2_000_000
HEAD = ("short", "long")
_SIGNS = ("#", ">", "@", "/")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_PARTED = re.compile(r"\t+|\s*(?:=>|->|→|=)\s*|\s*;\s*|\s{2,}|\s+[–—-]\s+|\s*,\s*|\s*:\s+")


@dataclass(frozen=True, slots=True)
class PairsRead:
    """What was found in a text: pairs in order, and the lines (from 1) that are none."""

    pairs: Pairs
    not_understood: tuple[int, ...] = ()


def why_not(short: str, long: str) -> str:
    """Return why two texts are no abbreviation: "empty", "blank_inside", "sign", "too_long"; "" where they are one."""
    if not short or not long:
        return "empty"
    if len(short) > MAX_SHORT or len(long) > MAX_LONG:
        return "too_long"
    if any(sign.isspace() for sign in short):
        return "blank_inside"
    return "sign" if short.startswith(_SIGNS) else ""


def read_lines(text: str) -> PairsRead:
    """Return the pairs of a text, one a line: short, then long, parted by a tab, "=", ";", "," or two blanks."""
    pairs: list[tuple[str, str]] = []
    wrong: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = _PARTED.split(line.strip(), maxsplit=1)
        if len(parts) != 2:
            parts = line.split(maxsplit=1)
        pair = tuple(" ".join(part.split()) for part in parts)
        if len(pair) == 2 and not why_not(pair[0], pair[1]) and len(pairs) < MAX_PAIRS:
            pairs.append((pair[0], pair[1]))
        else:
            wrong.append(number)
    return PairsRead(tuple(pairs), tuple(wrong))


def read_file(path: Path) -> PairsRead:
    """Return the pairs of a CSV file in any usual encoding, parted by commas, semicolons or tabs.

    Raises:
        FileUnreadable: missing, denied, a folder, empty or too large.
    """
    from observe_app.services.exchange.encodings import decode  # noqa: PLC0415  (wanted once in a while)

    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.stat().st_size > MAX_BYTES:
            raise FileUnreadable(path, "too_large")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(path, "missing") from error
    except OSError as error:
        raise FileUnreadable(path, "denied", str(error)) from error
    text, _encoding = decode(data)
    if not text.strip():
        raise FileUnreadable(path, "empty")
    return _read_csv(text)


def _read_csv(text: str) -> PairsRead:
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(",;\t", key=first.count)
    pairs: list[tuple[str, str]] = []
    wrong: list[int] = []
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign)
    try:
        for row in rows:
            cells = [" ".join(_plain(cell).split()) for cell in row[:2]]
            if not any(cells) or tuple(cell.casefold() for cell in cells) == HEAD:
                continue
            if len(cells) == 2 and not why_not(*cells) and len(pairs) < MAX_PAIRS:
                pairs.append((cells[0], cells[1]))
            else:
                wrong.append(rows.line_num)
    except csv.Error:
        wrong.append(rows.line_num)
    return PairsRead(tuple(pairs), tuple(wrong))


def _plain(cell: str) -> str:
    """Return a cell without the sign that kept a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def write_file(path: Path, pairs: Pairs) -> None:
    """Write pairs as CSV that any spreadsheet opens and none runs.

    Raises:
        ExportFailed: disk full, no right to write, no such folder.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (as above)

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([f"'{cell}" if cell.startswith(_RISKY) else cell for cell in pair] for pair in good(pairs))
    # The mark at the start is what makes a spreadsheet read UTF-8 as such.
    write_whole(path, out.getvalue().encode("utf-8-sig", errors="replace"))


def good(pairs: Iterable[tuple[str, ...]]) -> Pairs:
    """Return the rows that are abbreviations, by their short words, one for each: the first, as it is expanded."""
    found: dict[str, tuple[str, ...]] = {}
    for row in pairs:
        if len(row) == 2 and not why_not(row[0].strip(), row[1].strip()):
            found.setdefault(row[0].strip().casefold(), (row[0].strip(), row[1].strip()))
        if len(found) >= MAX_PAIRS:
            break
    return tuple(sorted(found.values(), key=lambda pair: pair[0].casefold()))


def merged(pairs: Iterable[tuple[str, ...]], fresh: Iterable[tuple[str, ...]]) -> Pairs:
    """Return all of them by short word; where both have one the fresh one counts."""
    return good((*fresh, *pairs))


def keep(core: Core, pairs: Pairs) -> None:
    """Keep these abbreviations and no others.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    core.settings.change(abbreviations=good(pairs))
