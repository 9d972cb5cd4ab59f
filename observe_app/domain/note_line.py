"""Reading the note line: speaker prefix, tags, star. Used by the window, the command line and imports."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_NOTE = 20_000

_SPEAKER = re.compile(r"^(T|SS|S(?:\d{1,3})?)(?:\s*(?:->|→|>)\s*(T|SS|S(?:\d{1,3})?))?(?=[ :])[ :]\s*", re.IGNORECASE)
_TAG = re.compile(r"(?:^|(?<=\s))#([^\W_][\w-]{0,39})", re.UNICODE)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What a typed line says.

    Attributes:
        speaker, to: "T", "S", "SS" or "S" with a number, "" where none is written.
        text: the words without the speaker, with the tags taken out of the end but kept inside a sentence.
        tags: lower case, without "#", each once, in order.
    """

    speaker: str
    to: str
    text: str
    tags: tuple[str, ...]


def clean_note(text: str) -> str:
    """Return the text with plain line feeds and without control characters, surrogates and outer spaces."""
    if text.isprintable():  # most are, and then nothing but the ends can change
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    kept = (
        "".join(
            c for c in line if c == "\t" or (c >= " " and not "\x7f" <= c <= "\x9f" and not "\ud800" <= c <= "\udfff")
        )
        for line in lines
    )
    return "\n".join(kept).strip()


def has_signs(text: str) -> bool:
    """Return whether there is anything to see; joiners, byte order marks and spaces alone are nothing."""
    return any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text)


def parse_note_line(line: str) -> NoteLine:
    """Read a line as an observer types it, e.g. ``S7 "Can I use the bar?" #open``.

    A speaker counts only at the start and before a space or colon; in "Tom smiles" there is none.
    "T" alone without words is a text, not a speaker.
    """
    text = clean_note(line)
    speaker = to = ""
    found = _SPEAKER.match(text + " " if len(text) > 2 else text)
    if found and text[found.end() :].strip():
        speaker, to = found.group(1).upper(), (found.group(2) or "").upper()
        text = text[found.end() :].strip()
    tags: list[str] = []
    for match in _TAG.finditer(text):
        tag = match.group(1).casefold()
        if tag not in tags:
            tags.append(tag)
    while True:
        cut = re.sub(r"(?:^|\s+)#[^\W_][\w-]{0,39}\s*$", "", text)
        if cut == text or not cut.strip():
            break
        text = cut.rstrip()
    return NoteLine(speaker, to, text, tuple(tags))


def split_star(line: str) -> tuple[str, bool]:
    """Return a new line without the star at its end, and whether it had one: ``S7 laughs #open *``.

    A star counts only after a space and behind words; in ``3 *`` of a sum it would too, and then it can be taken away.
    """
    words = line.rstrip()
    rest = words[:-1].rstrip()
    if words.endswith("*") and len(rest) < len(words) - 1 and rest:
        return rest, True
    return line, False


def compose_note_line(speaker: str, to: str, text: str, tags: tuple[str, ...]) -> str:
    """Return the line that `parse_note_line` reads as these parts; what an editor shows for a stored note."""
    head = f"{speaker}→{to} " if speaker and to else f"{speaker} " if speaker else ""
    inside = {match.group(1).casefold() for match in _TAG.finditer(text)}
    tail = "".join(f" #{tag}" for tag in tags if tag not in inside)
    return f"{head}{text}{tail}"


def clock_text(offset_ms: int) -> str:
    """Return lesson time as "MM:SS", with hours as more minutes ("75:02"), "-" before the start."""
    seconds = abs(offset_ms) // 1000
    return f"{'-' if offset_ms < 0 else ''}{seconds // 60:02d}:{seconds % 60:02d}"
