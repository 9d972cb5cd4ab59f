"""What was said in the feedback conversation, turn by turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class Voice(StrEnum):
    """Who spoke in the conversation."""

    TEACHER = "teacher"
    OBSERVER = "observer"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said, as it was written down.

    Attributes:
        voice: who said it; "both" for what the two agreed on.
        text: the words, or their sense.
        prompt: id of the protocol's prompt it answers, "" when it came by itself.
        at: when it was written, aware UTC. position: order in the conversation.
    """

    id: str
    visit_id: str
    voice: Voice
    text: str
    prompt: str = ""
    at: datetime | None = None
    position: float = 0.0
    deleted: bool = False
