"""What the note line hands over when Enter is pressed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.domain.lesson_clock import Stamp


class LineMode(Enum):
    """What the line is for just now."""

    NOTE = "note"
    EDIT = "edit"
    RETIME = "retime"


@dataclass(frozen=True, slots=True)
class Entry:
    """What Enter hands over.

    Attributes:
        line: speaker and words, as `parse_note_line` reads them; the new time in mode RETIME.
        stamp: of the first key; None while editing.
        late_ms: time typed with "@", None without.
        event_id: the note being edited or moved, "" for a new one.
        links: ids of the form items that the note is evidence for.
        parts: the two lines that an edited note is to be split into, empty where it stays one.
    """

    mode: LineMode
    line: str
    stamp: Stamp | None = None
    late_ms: int | None = None
    event_id: str = ""
    links: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
