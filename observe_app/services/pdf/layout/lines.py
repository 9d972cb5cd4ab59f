"""From spans of text to lines: words are measured once, broken where a line is full, and ordered for the eye.

The cost grows with the length of the text and nothing else: no word, however long, is measured twice.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from observe_app.services.pdf.layout import fonts, scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.services.pdf.layout.markup import Look

_ROOM_FUZZ = 0.01
_TOKEN = re.compile(r"\n|[^ \n]+")
_STRETCH = re.compile(r"\n| +|[^ \n]+")


class Piece(NamedTuple):
    """Part of a word in one look and one direction.

    Attributes:
        shown: what is drawn, in the order of reading. text: what it says; the same but where letters join.
        level: odd from right to left. width: in points.
    """

    shown: str
    text: str
    look: Look
    level: int
    width: float


class Word(NamedTuple):
    """What a line is not broken within.

    Attributes:
        width: in points. pieces: in the order of reading. space: what parts it from a word after it.
        glued: follows the word before it without a space (the rest of a word longer than a line).
        last: a line ends after it.
    """

    width: float
    pieces: tuple[Piece, ...]
    space: Piece
    glued: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line. `width`: in points. `goes_on`: a space parts it from the next line."""

    words: tuple[Word, ...]
    width: float
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line to be drawn at once.

    Attributes:
        shown: from left to right as drawn. text: what it says, where that differs, else None. x: from the line's left.
    """

    shown: str
    text: str | None
    look: Look
    x: float
    width: float


# --- words ------------------------------------------------------------------------------------------------------------


def words_of(spans: Sequence[tuple[str, Look]]) -> tuple[list[Word], int]:
    """Return the words of a paragraph and its level: 1 where its first letter runs from the right."""
    plain = fonts.coverage().plain.issuperset
    if all(plain(text if "\n" not in text else text.replace("\n", "")) for text, _look in spans):
        return (list(_plain_words(*spans[0])) if len(spans) == 1 else _styled_words(spans)), 0
    return _mixed_words(spans)


def _plain_words(text: str, look: Look) -> Iterator[Word]:
    face, size = look.face, look.size
    share = size / 1000
    space = Piece(" ", " ", look, 0, fonts.run_units(" ", face) * share)
    units = fonts.run_units
    for number, part in enumerate(text.split("\n")):
        if number:
            yield Word(0.0, (), space, last=True)
        for token in part.split(" "):
            if token:
                width = units(token, face) * share
                yield Word(width, (Piece(token, token, look, 0, width),), space)


def _styled_words(spans: Sequence[tuple[str, Look]]) -> list[Word]:
    """Return the words of a text that Source Sans alone sets, in several looks: none is looked at letter by letter."""
    out: list[Word] = []
    pieces: list[Piece] = []
    for text, look in spans:
        share = look.size / 1000
        space = Piece(" ", " ", look, 0, fonts.run_units(" ", look.face) * share)
        for run in _STRETCH.findall(text):
            if run[0] not in " \n":
                pieces.append(Piece(run, run, look, 0, fonts.run_units(run, look.face) * share))
                continue
            if pieces:
                # before a line's end a space looks like the letters it follows
                out.append(_joined(pieces, space if run != "\n" else _space_after(pieces[-1])))
                pieces = []
            if run == "\n":
                out.append(Word(0.0, (), space, last=True))
    if pieces:
        out.append(_joined(pieces, _space_after(pieces[-1])))
    return out


def _joined(pieces: list[Piece], space: Piece) -> Word:
    return Word(sum(piece.width for piece in pieces) if len(pieces) > 1 else pieces[0].width, tuple(pieces), space)


def _space_after(piece: Piece) -> Piece:
    look = piece.look
    return Piece(" ", " ", look, 0, fonts.run_units(" ", look.face) * look.size / 1000)


def _mixed_words(spans: Sequence[tuple[str, Look]]) -> tuple[list[Word], int]:
    text = "".join(part for part, _look in spans)
    looks: list[Look] = []
    for part, look in spans:
        looks += [look] * len(part)
    base, level = scripts.levels(text) if scripts.runs_from_right(text) else (0, [])
    out: list[Word] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if text[start] == "\n":
            out.append(Word(0.0, (), _piece(" ", looks[start], looks[start].face, base), last=True))
            continue
        own = level[start:end] if level else [0] * (end - start)
        pieces = tuple(_pieces(token.group(), looks[start:end], own))
        ending = looks[end] if end < len(looks) and text[end] == " " else looks[end - 1]
        # in the face of the letters before it, so that words of another script are one run with their spaces
        face = pieces[-1].look.face if ending == looks[end - 1] else ending.face
        space = _piece(" ", ending, face, level[end] if level and end < len(text) else base)
        out.append(Word(sum(piece.width for piece in pieces), pieces, space))
    return out, base


def _pieces(word: str, looks: Sequence[Look], levels: Sequence[int]) -> Iterator[Piece]:
    """Part a word where look, face or direction change, and before and after each mark that is set over its letter."""
    faces = [fonts.companion(char, look.face) for char, look in zip(word, looks, strict=True)]
    marks = [bool(unicodedata.combining(char)) for char in word]
    start = 0
    for at in range(1, len(word) + 1):
        if at < len(word) and levels[at] == levels[at - 1] and looks[at] == looks[at - 1]:
            if marks[at] and levels[at] & 1:
                continue  # goes with its letter into the order of the eye
            if faces[at] == faces[at - 1] and not marks[at] and not marks[at - 1]:
                continue
        if marks[start] and start and not levels[start] & 1:
            yield _mark(word[start], word[start - 1], looks[start], faces[start], levels[start])
        else:
            yield _piece(word[start:at], looks[start], faces[start], levels[start])
        start = at


def _mark(mark: str, letter: str, look: Look, face: str, level: int) -> Piece:
    """Set a mark over the middle of its letter: the faces are used without their tables for placing marks."""
    letter_units = 0.0 if unicodedata.combining(letter) else fonts.run_units(letter, face)
    shift = -(letter_units + fonts.run_units(mark, face)) / 2 * look.size / 1000
    return Piece(mark, mark, replace(look, face=face, shift=shift), level, 0.0)


def _piece(text: str, look: Look, face: str, level: int) -> Piece:
    own = look if face == look.face else replace(look, face=face)
    shown = fonts.shaped(text)
    return Piece(shown, text, own, level, fonts.run_units(shown, face) * look.size / 1000)


# --- lines ------------------------------------------------------------------------------------------------------------


def broken(words: Sequence[Word], first: float, later: float) -> list[Line]:
    """Break the words into lines: the first `first` points wide, all others `later`."""
    lines: list[Line] = []
    line: list[Word] = []
    used, space, room = 0.0, 0.0, first + _ROOM_FUZZ
    for whole in words:
        if whole.last:
            lines.append(Line(tuple(line), used, goes_on=False))
            line, used, room = [], 0.0, later + _ROOM_FUZZ
            continue
        for word in (whole,) if whole.width <= later else _cut(whole, max(later, 1.0)):
            gap = 0.0 if not line or word.glued else space
            if line and used + gap + word.width > room:
                lines.append(Line(tuple(line), used, goes_on=not word.glued))
                line, used, room, gap = [], 0.0, later + _ROOM_FUZZ, 0.0
            line.append(word)
            used += gap + word.width
            space = word.space.width
    if line:
        lines.append(Line(tuple(line), used, goes_on=False))
    return lines


def _cut(word: Word, room: float) -> Iterator[Word]:
    """Cut a word wider than a line into parts that fit; marks stay with their letters, joined letters join anew."""
    held: list[Piece] = []
    used, glued = 0.0, word.glued
    for piece in word.pieces:
        for part in _parts(piece, room):
            if held and used + part.width > room:
                yield Word(used, tuple(held), word.space, glued)
                held, used, glued = [], 0.0, True
            held.append(part)
            used += part.width
    yield Word(used, tuple(held), word.space, glued)


def _parts(piece: Piece, room: float) -> Iterator[Piece]:
    if piece.width <= room:
        yield piece
        return
    known, missing = fonts.advances(piece.look.face)
    share = piece.look.size / 1000
    start, used = 0, 0.0
    for at, char in enumerate(piece.text):
        width = known.get(char, missing) * share
        if used + width > room and at > start and not unicodedata.combining(char):
            yield _piece(piece.text[start:at], piece.look, piece.look.face, piece.level)
            start, used = at, 0.0
        used += width
    yield _piece(piece.text[start:], piece.look, piece.look.face, piece.level)


# --- segments ---------------------------------------------------------------------------------------------------------


def segments(line: Line, base: int) -> list[Segment]:
    """Return what to draw of a line, in the order of reading, each stretch at its place.

    A line that goes on ends in a space, which is not part of its width: without it a reader that joins the lines runs
    two words together.
    """
    runs = _runs(line)
    order: Sequence[int] = range(len(runs))
    if base or any(run.level for run in runs):
        order = scripts.order_on_line([run.level for run in runs])
    places = [0.0] * len(runs)
    x = 0.0
    for index in order:
        places[index] = x
        x += runs[index].width
    if runs and line.goes_on:
        last = runs[-1]
        # a run from the right says the space without drawing it: it would be drawn at its left
        shown = last.shown if last.level & 1 else last.shown + " "
        runs[-1] = last._replace(shown=shown, text=last.text + " ")
    return [_segment(run, place) for run, place in zip(runs, places, strict=True)]


def _runs(line: Line) -> list[Piece]:
    """Join the pieces of neighbouring words that look and run alike, spaces included."""
    out: list[Piece] = []
    shown: list[str] = []
    text: list[str] = []
    look, level, width = None, 0, 0.0
    before: Word | None = None
    for word in line.words:
        items = word.pieces
        if before is not None and not word.glued:
            items = (before.space, *items)
        for item in items:
            if item.level != level or (item.look is not look and item.look != look):
                if look is not None:
                    out.append(Piece("".join(shown), "".join(text), look, level, width))
                shown, text, look, level, width = [], [], item.look, item.level, 0.0
            shown.append(item.shown)
            text.append(item.text)
            width += item.width
        before = word
    if look is not None:
        out.append(Piece("".join(shown), "".join(text), look, level, width))
    return out


def _segment(run: Piece, x: float) -> Segment:
    x += run.look.shift
    if run.level & 1:
        return Segment(scripts.reversed_line(run.shown), run.text, run.look, x, run.width)
    return Segment(run.shown, None if run.shown == run.text else run.text, run.look, x, run.width)
