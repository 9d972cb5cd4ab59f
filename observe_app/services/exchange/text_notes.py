"""Notes written as plain text: "09:14 T: Why?", "[12:31] ...", "12'30 S7 ...", a time on a line of its own, subtitles.

They become a table of three columns (time, speaker, words), and are read on as any other table is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import MAX_ROWS, Row, Table, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress

_TIME = (
    r"\d{1,3}[:;h]\d{1,2}(?:[:;]\d{1,2}(?:[.,:]\d{1,3})?)?(?:\s?[ap]\.?m\.?)?"
    r"|\d{1,3}['′’]\s?\d{1,2}(?:\"|''|″|”)?|\d{1,3}['′’]"
)
_UNITS = r"(?:\d{1,2}\s?h\s?)?\d{1,3}\s?min(?:\s?\d{1,2}\s?s(?:ec)?)?\.?|\d{1,5}\s?s(?:ec)?\.?"
_DATE = r"(?:\d{4}-\d{2}-\d{2}[T ]|\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+)"
_START = re.compile(
    rf"""^\s*(?:[-*•>+]\s+|\d{{1,4}}[.)]\s+)?          # a bullet, or a number
         (?:\*\*|__|`)?[\[(<{{]?\s*
         (?P<time>{_DATE}?(?:{_TIME})|{_UNITS})
         \s*(?P<to>(?:-->?|–|—|-)\s*(?:{_TIME})[^\s\])>}}]*)?
         \s*[\])>}}]?(?:\*\*|__|`)?
         (?P<rest>(?:\s*[-–—:|.]\s+|\s+|$|(?<=[\])>}}*]))(?P<words>.*))$""",
    re.VERBOSE | re.IGNORECASE,
)
_SPEAKER = re.compile(r"^(?P<who>[^\W_][\w.’'-]{0,24}(?:\s[\w.’'-]{1,20}){0,2})\s?:\s+(?=\S)")
_CODE = re.compile(r"^(?P<who>T|SS|S\d{1,3})\s+(?=\S)")
_PLAIN = frozenset({".txt", ".text", ".md", ".markdown", ".log", ".srt", ".vtt"})
_SHARE, _LISTED = 0.3, 40
_DELIMITERS = "\t;|"


@dataclass(slots=True)
class _Note:
    row: int
    time: str
    first: str
    more: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.first or self.more)

    @property
    def words(self) -> str:
        return "\n".join((self.first, *self.more)).strip()


@dataclass(frozen=True, slots=True)
class TextNotes:
    """A text read line by line. `table` has the columns time, speaker and words; `speakers`: the second one is used."""

    table: Table
    speakers: bool
    problems: tuple[Problem, ...]


def read_text_notes(path: Path, progress: Progress) -> TextNotes | None:
    """Read a file as lines of notes; None where it is a workbook or a table.

    Raises:
        FileUnreadable: as `tables.read_table`.
    """
    found = read_text(path)
    if found is None:
        return None
    text, encoding = found
    progress.step(0, 0)
    lines = text.replace("\x0c", "\n").splitlines()
    if len(lines) > MAX_ROWS:
        raise FileUnreadable(path, "too_many_rows", str(MAX_ROWS))
    if not is_lines(path.suffix, lines):
        return None
    notes, untimed = _notes(lines)
    if not notes:
        return None
    speakers = [_speaker(note.words) for note in notes]
    named = sum(bool(who) for who, _words in speakers) >= max(1, round(len(notes) * _SHARE))
    rows = tuple(
        Row(note.row, (note.time or None, who if named else None, words if named else note.words))
        for note, (who, words) in zip(notes, speakers, strict=True)
    )
    problems = [Problem("line_untimed", note.row, found=shortened(note.words, 30)) for note in untimed[:_LISTED]]
    if len(untimed) > _LISTED:
        problems.append(Problem("line_untimed_more", count=len(untimed) - _LISTED))
    table = Table(path, rows, encoding=encoding)
    return TextNotes(table, named, tuple(problems))


def is_lines(suffix: str, lines: list[str]) -> bool:
    """Tell a text of lines from a table: many begin with a time and go on in words, or nothing divides them evenly."""
    filled = [line for line in lines if line.strip()][:400]
    timed = sum(_START.match(line) is not None for line in filled)
    if any(sum(line.count(sign) for line in filled) >= len(filled) for sign in _DELIMITERS):
        return False
    if timed >= max(1, len(filled) * _SHARE):
        return True
    counts = [line.count(",") for line in filled]
    even = bool(counts) and min(counts) > 0 and len(set(counts)) == 1
    return suffix.casefold() in _PLAIN and not even


def _notes(lines: list[str]) -> tuple[list[_Note], list[_Note]]:
    """Return the notes, and those of them that took their time from the line above."""
    notes: list[_Note] = []
    untimed: list[_Note] = []
    time, open_note = "", None
    for number, line in enumerate(lines, start=1):
        found = _START.match(line)
        if not line.strip():
            # A time that stands alone waits for its words; anything else ends with an empty line.
            open_note = None if open_note is not None and not open_note.is_empty else open_note
        elif found:
            time = _time(found["time"])
            open_note = _Note(number, time, found["words"].strip())
            notes.append(open_note)
        elif open_note is not None and (open_note.is_empty or line[:1] in " \t" or _is_subtitle(lines, open_note.row)):
            open_note.more.append(line.strip())
        elif not _is_counter(lines, number - 1):
            open_note = _Note(number, time, line.strip())
            notes.append(open_note)
            untimed.append(open_note)
    return [note for note in notes if not note.is_empty], [note for note in untimed if not note.is_empty]


def _is_subtitle(lines: list[str], number: int) -> bool:
    """Whether the words of this line's note go on until an empty line: it gives a span of time and nothing else."""
    found = _START.match(lines[number - 1])
    return found is not None and bool(found["to"]) and not found["words"].strip()


def _is_counter(lines: list[str], place: int) -> bool:
    """Whether a line is the number that subtitles begin with, or the head of such a file; neither is words."""
    line = lines[place].strip()
    if not line.isdecimal():
        return place == 0 and line.casefold() == "webvtt"
    return place + 1 < len(lines) and _is_subtitle(lines, place + 2)


def _time(text: str) -> str:
    """Return a time in a writing that a column of times is read in: 12'30 is twelve minutes and thirty seconds."""
    if found := re.fullmatch(r"(\d{1,3})['′’]\s?(\d{1,2})?\D*", text.strip()):
        return f"{found[1]}:{(found[2] or '0').zfill(2)}"
    return text.strip()


def _speaker(words: str) -> tuple[str, str]:
    """Return who spoke, as written, and the words without it; "" where the line does not begin with a speaker."""
    found = _SPEAKER.match(words) or _CODE.match(words)
    if found is None:
        return "", words
    return found["who"], words[found.end() :]
