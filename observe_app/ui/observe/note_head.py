"""Reading what stands before the words of a note while it is typed: a late time and the speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

from observe_app.domain.lesson_clock import parse_clock

_WHO = r"(?:T|SS|S(?:\d{1,3})?)"
_SPEAKER = re.compile(rf"({_WHO})(?:\s*(?:->|→|>)\s*({_WHO}))?[ :]\s*", re.IGNORECASE)
_TO = re.compile(rf"(?:->|→|>)\s*({_WHO})[ :]\s*", re.IGNORECASE)
_TIME = re.compile(r"@(\d{1,3}:\d{2}(?::\d{2})?) +")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing taken out of the start of the line.

    Attributes:
        raw: as it was typed, so that it can be put back.
        offset_ms: a late note's own time, None for a speaker.
        speaker, to: as the stream writes them, "" when the piece does not say.
    """

    raw: str
    offset_ms: int | None = None
    speaker: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What was taken out of the start of the line, in the order it was read."""

    pieces: tuple[Piece, ...] = ()

    @property
    def offset_ms(self) -> int | None:
        """The late note's time, None when the first keystroke counts."""
        return next((piece.offset_ms for piece in self.pieces if piece.offset_ms is not None), None)

    @property
    def speaker(self) -> str:
        """Who speaks, "" for nobody."""
        return next((piece.speaker for piece in self.pieces if piece.speaker), "")

    @property
    def to(self) -> str:
        """Whom they speak to, "" for nobody in particular."""
        return next((piece.to for piece in self.pieces if piece.to), "")

    @property
    def speaker_text(self) -> str:
        """Speaker as the column shows it, "S7 → S1"."""
        return f"{self.speaker} → {self.to}" if self.to else self.speaker

    def read(self, text: str) -> Piece | None:
        """Return the next piece at the start of the text, None when the words begin."""
        if self.offset_ms is None:
            late = _TIME.match(text)
            at = parse_clock(late.group(1)) if late else None
            if late and at is not None:
                return Piece(late.group(0), offset_ms=at)
        if not self.speaker:
            who = _SPEAKER.match(text)
            if who:
                return Piece(who.group(0), speaker=who.group(1).upper(), to=(who.group(2) or "").upper())
        elif not self.to:
            whom = _TO.match(text)
            if whom:
                return Piece(whom.group(0), to=whom.group(1).upper())
        return None

    def with_piece(self, piece: Piece) -> Head:
        """Return the head with one more piece."""
        return Head((*self.pieces, piece))

    def without_last(self) -> Head:
        """Return the head without its last piece."""
        return Head(self.pieces[:-1])

    def line(self, text: str) -> str:
        """Return the line that is stored: speaker and words, without the time."""
        if not self.speaker:
            return text
        who = f"{self.speaker}→{self.to}" if self.to else self.speaker
        return f"{who} {text}"

    def typed(self, text: str) -> str:
        """Return the line as it was typed, with everything that was taken out; what a draft keeps."""
        late = next((piece.raw for piece in self.pieces if piece.offset_ms is not None), "")
        return f"{late}{self.line(text)}"


def split_head(line: str) -> tuple[Head, str]:
    """Read a whole line: its head and the words."""
    head, text = Head(), line
    while (piece := head.read(text)) is not None:
        head, text = head.with_piece(piece), text[len(piece.raw) :]
    return head, text
