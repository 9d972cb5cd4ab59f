"""Saying things: plain lines or JSON on stdout, one clear line on stderr, whatever the terminal can show."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

from observe_app.services import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.problems import Problem

_OBEYED = dict.fromkeys(
    (place for place in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
     if chr(place) not in "\t\n"),
    "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip
"""Control characters, and marks that turn the direction of all that follows; those within words of a language stay."""


def prepare_streams() -> None:
    """Let signs that a terminal cannot show become "?", rather than end the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us, or a program without a console
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  (for good)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(line: str = "") -> None:
    """Write a line on stdout; a name may hold what a terminal would obey, which is shown as a sign of its own."""
    sys.stdout.write(f"{line.translate(_OBEYED)}\n")


def flush() -> None:
    """Hand on what was said so far, for a program that goes on."""
    sys.stdout.flush()


def warn(line: str) -> None:
    """Write a line on stderr."""
    sys.stderr.write(f"observe-app: {' '.join(line.split()).translate(_OBEYED)}\n")


def say_json(value: Any) -> None:
    """Write a value as JSON; signs beyond ASCII only where the stream can carry them all."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    sys.stdout.write(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2) + "\n")


def error_line(error: BaseException) -> str:
    """Return what happened and what to do about it, on one line."""
    told = words.describe(error)
    return f"{told.text} {told.hint}".strip()


def say_problems(problems: Sequence[Problem]) -> None:
    """Write what an import noticed, one line each."""
    for problem in problems:
        say(f"  {problem.where}: {problem.message}" if problem.where else f"  {problem.message}")


def problems_json(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Return what an import noticed in the stable form."""
    return [{"where": problem.where, "message": problem.message} for problem in problems]


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write columns of one width; the last one as wide as it is."""
    lines = [list(heads), *[[" ".join(cell.split()) for cell in row] for row in rows]]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(heads) - 1)]
    for line in lines:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=False)]
        say("  ".join([*cells, line[-1]]).rstrip())


def _width(text: str) -> int:
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in "WF")
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def close_quietly() -> None:
    """Point stdout at nothing after its reader went away, so that the interpreter's last flush finds an open end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
