"""The line that every key of a TOML file stands on.

`tomllib` keeps no positions, so this scanner walks the same grammar and notes a line for each key and list element. It
also stands guard: a dotted key with very many parts costs `tomllib` quadratic time and deep brackets end its recursion,
so both are refused here first. The scanner needs time and memory proportional to the text and no recursion.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.services.forms.limits import MAX_NESTING, MAX_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[str | int, ...]
"""Where a value lies: keys and 0-based list positions from the top, e.g. ("sections", 0, "items", 2, "label")."""

_SPACE = re.compile(r"[ \t]*+")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*")
_COMMENT = re.compile(r"#[^\n]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile(r'"(?:[^"\\\n]++|\\[^\n])*"')
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*"""(?:"{0,2})')
_LONG_LITERAL = re.compile(r"'''(?:[^']++|'{1,2}(?!'))*'''(?:'{0,2})")
_BARE_VALUE = re.compile(r"[^,\]}#\n\"'\[{]++")


class ScanStopped(Exception):
    """The scanner cannot go on.

    Attributes:
        pos: character where it stopped. line: its 1-based line.
        rule: "nesting", "too_many_values", "unclosed_text", or "" where the text is no TOML.
    """

    def __init__(self, pos: int, line: int, rule: str = "") -> None:
        super().__init__(pos, line, rule)
        self.pos, self.line, self.rule = pos, line, rule


@dataclass(frozen=True, slots=True)
class LineMap:
    """1-based lines of the keys of a file; `otherwise` is the line of what has none: 1, or 0 where there is no file."""

    lines: Mapping[Place, int]
    otherwise: int = 1

    def line(self, place: Place) -> int:
        """Return the line of this place, else of the nearest place around it, else `otherwise`."""
        for end in range(len(place), 0, -1):
            found = self.lines.get(place[:end])
            if found is not None:
                return found
        return self.otherwise


@dataclass(slots=True)
class _Frame:
    """An open list or inline table."""

    is_list: bool
    place: Place
    count: int = 0

    @property
    def closing(self) -> str:
        return "]" if self.is_list else "}"


@dataclass(slots=True)
class _Scanner:
    text: str
    pos: int = 0
    table: Place = ()
    lines: dict[Place, int] = field(default_factory=dict)
    lists: dict[Place, int] = field(default_factory=dict)
    values: int = 0
    _counted: int = 0
    _line: int = 1

    # positions

    def line_here(self) -> int:
        """Return the line of `pos`; cheap because `pos` only grows."""
        self._line += self.text.count("\n", self._counted, self.pos)
        self._counted = self.pos
        return self._line

    def stop(self, rule: str = "") -> ScanStopped:
        return ScanStopped(self.pos, self.line_here(), rule)

    def note(self, base: int, place: Place) -> None:
        """Remember the line of this place and of those around it down to a length of `base`."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise self.stop("too_many_values")
        line = self.line_here()
        for end in range(base + 1, len(place) + 1):
            self.lines.setdefault(place[:end], line)

    # the grammar, from the top

    def run(self) -> None:
        while True:
            self.skip(_SPACE)
            char = self.peek()
            if not char:
                return
            if char == "[":
                self.heading()
            elif char not in "#\n":
                self.value(*self.pair(self.table))
            self.end_of_line()

    def heading(self) -> None:
        mark = "]]" if self.text.startswith("[[", self.pos) else "]"
        self.pos += len(mark)
        self.skip(_SPACE)
        parts = self.key()
        if not self.text.startswith(mark, self.pos):
            raise self.stop()
        self.pos += len(mark)
        place: Place = ()
        for part in parts[:-1]:
            place += (part,)
            if place in self.lists:
                place += (self.lists[place] - 1,)
        place += (parts[-1],)
        if mark == "]]":
            number = self.lists.get(place, 0)
            self.lists[place] = number + 1
            place += (number,)
        elif place in self.lists:
            place += (self.lists[place] - 1,)
        self.table = place
        self.note(0, place)

    def pair(self, around: Place) -> tuple[int, Place]:
        """Read a key and its "="; return the length of the place around it, and its own place."""
        place = around + self.key()
        if self.peek() != "=":
            raise self.stop()
        self.pos += 1
        self.skip(_SPACE)
        return len(around), place

    def key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            parts.append(self.key_part())
            if len(parts) > MAX_NESTING:
                raise self.stop("nesting")
            self.skip(_SPACE)
            if self.peek() != ".":
                return tuple(parts)
            self.pos += 1
            self.skip(_SPACE)

    def key_part(self) -> str:
        for pattern in (_BARE_KEY, _BASIC, _LITERAL):
            match = pattern.match(self.text, self.pos)
            if match is None:
                continue
            part = match.group()
            if pattern is _LITERAL:
                part = part[1:-1]
            elif pattern is _BASIC:
                part = self.unescaped(part)
            self.pos = match.end()
            return part
        raise self.stop()

    def unescaped(self, quoted: str) -> str:
        if "\\" not in quoted:
            return quoted[1:-1]
        try:
            return str(tomllib.loads(f"k = {quoted}")["k"])
        except ValueError:
            raise self.stop() from None

    def value(self, base: int, place: Place) -> None:
        """Walk over one value with everything inside it."""
        frames: list[_Frame] = []
        step: tuple[int, Place] | None = (base, place)
        while step is not None:
            self.note(*step)
            char = self.peek()
            if char and char in "[{":
                if len(frames) >= MAX_NESTING:
                    raise self.stop("nesting")
                self.pos += 1
                frames.append(_Frame(char == "[", step[1]))
            else:
                self.scalar()
            step = self.next_inside(frames)

    def next_inside(self, frames: list[_Frame]) -> tuple[int, Place] | None:
        """Move to the next value of the innermost open bracket, closing those that end; None when all are closed."""
        while frames:
            frame = frames[-1]
            gap = _SPACE_AND_LINES if frame.is_list else _SPACE
            self.skip(gap)
            if frame.count and self.peek() == ",":
                self.pos += 1
                self.skip(gap)
                if frame.is_list and self.peek() == "]":
                    self.pos += 1
                    frames.pop()
                    continue
            elif self.peek() == frame.closing:
                self.pos += 1
                frames.pop()
                continue
            elif frame.count:
                raise self.stop()
            frame.count += 1
            if frame.is_list:
                return len(frame.place), (*frame.place, frame.count - 1)
            return self.pair(frame.place)
        return None

    def scalar(self) -> None:
        for opening, pattern in (
            ('"""', _LONG_BASIC),
            ("'''", _LONG_LITERAL),
            ('"', _BASIC),
            ("'", _LITERAL),
        ):
            if self.text.startswith(opening, self.pos):
                if not self.skip(pattern):
                    raise self.stop("unclosed_text")
                return
        if not self.skip(_BARE_VALUE):
            raise self.stop()

    def end_of_line(self) -> None:
        self.skip(_SPACE)
        self.skip(_COMMENT)
        if self.peek() not in {"", "\n"}:
            raise self.stop()
        self.pos += 1

    # characters

    def peek(self) -> str:
        return self.text[self.pos : self.pos + 1]

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Move past this pattern; False when it is not here."""
        match = pattern.match(self.text, self.pos)
        if match is not None:
            self.pos = match.end()
        return match is not None


def map_lines(text: str) -> LineMap:
    """Return the lines of every key, table and list element of a TOML text with line feeds as line ends.

    Raises:
        ScanStopped: the text is no TOML from some character on, too deeply nested, or has too many values.
    """
    scanner = _Scanner(text)
    scanner.run()
    return LineMap(scanner.lines)
