"""From the bytes of a form file to plain tables, or to the first problem that keeps it from being read."""

from __future__ import annotations

import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import FormProblem
from observe_app.services.forms.limits import MAX_FILE_BYTES, MAX_NESTING, MAX_VALUES
from observe_app.services.forms.toml_lines import LineMap, ScanStopped, map_lines

if TYPE_CHECKING:
    from pathlib import Path

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_AFTER_DOUBT = 200
"""Characters that `tomllib` still sees behind the place where the scanner stopped: enough to fail there by itself."""

# How tomllib words its errors, and our rule for each. Its sentences are for programmers.
_RULES = (
    ("Cannot overwrite a value", "duplicate_key"),
    ("Duplicate inline table key", "duplicate_key"),
    ("Cannot declare", "duplicate_key"),
    ("Cannot redefine", "duplicate_key"),
    ("Cannot mutate", "duplicate_key"),
    ("Expected '=' after a key", "no_equals"),
    ("Unclosed array", "unclosed_list"),
    ("Unclosed inline table", "unclosed_table"),
    ("Unterminated string", "unclosed_text"),
    ("Illegal character '\\n'", "unclosed_text"),
    ("Found invalid character '\\n'", "unclosed_text"),
    ("Expected \"'", "unclosed_text"),
    ("Illegal character", "raw_control_character"),
    ("Found invalid character", "raw_control_character"),
    ("Unescaped '\\' in a string", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character is not", "backslash"),
    ("Invalid date", "bad_value"),
    ("Invalid value", "bad_value"),
    ("Expected ']", "unclosed_heading"),
    ("Invalid initial character for a key part", "bad_key"),
    ("Invalid statement", "stray_text"),
    ("Expected newline or end of document", "stray_text"),
)


class FormUnreadable(Exception):
    """The file cannot be read as far as its meaning; `problem` is the first reason."""

    def __init__(self, problem: FormProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def read_bytes(path: Path) -> bytes:
    """Return the content of a form file of at most `MAX_FILE_BYTES`.

    The size is checked first, and no more is read even when the file grows meanwhile.

    Raises:
        FormUnreadable: missing, no ordinary file, not allowed, or too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FormUnreadable(FormProblem(0, "", "not_a_file"))
        if status.st_size > MAX_FILE_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise FormUnreadable(FormProblem(0, "", "missing_file")) from None
    except (OSError, ValueError) as error:
        raise FormUnreadable(FormProblem(0, "", "unreadable", found=getattr(error, "strerror", "") or "")) from None
    if len(raw) > MAX_FILE_BYTES:
        raise _too_large(len(raw))
    return raw


def parse(raw: bytes) -> tuple[dict[str, Any], LineMap]:
    """Return the tables of a TOML file and the lines of their keys.

    A byte-order mark and Windows line ends are accepted.

    Raises:
        FormUnreadable: not UTF-8, empty, not TOML, too deeply nested or with too many values.
    """
    text = _decoded(raw)
    if not text.strip():
        raise FormUnreadable(FormProblem(1, "", "empty_file"))
    try:
        lines = map_lines(text)
    except ScanStopped as stopped:
        raise FormUnreadable(_stopped_problem(text, stopped)) from None
    try:
        return tomllib.loads(text), lines
    except ValueError as error:
        raise FormUnreadable(_syntax_problem(text, error)) from None
    except RecursionError:
        raise FormUnreadable(FormProblem(1, "", "nesting", allowed=str(MAX_NESTING))) from None


def shown(value: str, width: int = 60) -> str:
    """Return foreign text for a message: shortened, on one line, unprintable characters written as codes."""
    cut = value[:width] + "…" if len(value) > width else value
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in cut)


def _too_large(size: int) -> FormUnreadable:
    return FormUnreadable(FormProblem(0, "", "file_too_large", found=str(size), allowed=str(MAX_FILE_BYTES)))


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        # UTF-16 without a mark passes as UTF-8; no text of ours holds a zero byte.
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        raise FormUnreadable(FormProblem(line, "", "encoding", found="00"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = " ".join(f"{byte:02X}" for byte in raw[error.start : error.start + 2])
        raise FormUnreadable(FormProblem(line, "", "encoding", found=found)) from None
    return text.replace("\r\n", "\n")


def _stopped_problem(text: str, stopped: ScanStopped) -> FormProblem:
    """Return what is wrong where the scanner stopped; `tomllib` names it, having seen no more than it must."""
    if stopped.rule == "nesting":
        return FormProblem(stopped.line, "", "nesting", allowed=str(MAX_NESTING))
    if stopped.rule == "too_many_values":
        return FormProblem(stopped.line, "", "too_many_values", allowed=str(MAX_VALUES))
    start = text[: stopped.pos + _AFTER_DOUBT]
    try:
        tomllib.loads(start)
    except ValueError as error:
        problem = _syntax_problem(start, error)
        if problem.line <= stopped.line:
            return problem
    rule = stopped.rule or "syntax"
    return FormProblem(stopped.line, "", rule, found=_source_line(text, stopped.line))


def _syntax_problem(text: str, error: ValueError) -> FormProblem:
    message = str(error)
    position = _POSITION.search(message)
    line = int(position.group(1)) if position and position.group(1) else text.count("\n") + 1
    if not isinstance(error, tomllib.TOMLDecodeError):
        # Python refuses whole numbers of thousands of digits without saying where.
        line = next((n for n, part in enumerate(text.split("\n"), 1) if re.search(r"\d{4300}", part)), line)
        return FormProblem(line, "", "bad_value", found=_source_line(text, line))
    rule = next((rule for start, rule in _RULES if message.startswith(start)), "syntax")
    return FormProblem(line, "", rule, found=_source_line(text, line))


def _source_line(text: str, line: int) -> str:
    parts = text.split("\n", line)
    return shown(parts[line - 1].strip()) if 0 < line <= len(parts) else ""
