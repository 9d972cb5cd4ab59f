"""Claims made after a lesson, and the events they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim says."""

    STRENGTH = "strength"
    GROWTH = "growth"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Claim:
    """A strength, a growth area or a question.

    Attributes:
        title: the claim in one line; may be empty while it is only gathered evidence. text: what explains it.
        position: order within its kind; fractions let a claim move between two others.
        evidence: ids of the events it rests on, in the order they were linked. views: keys of the views it rests on
            (`lesson_views`). Both empty means "no evidence yet".
    """

    id: str
    visit_id: str
    kind: ClaimKind
    title: str = ""
    text: str = ""
    position: float = 0.0
    evidence: tuple[str, ...] = ()
    deleted: bool = False
    views: tuple[str, ...] = ()

    @property
    def rests(self) -> bool:
        """Whether it rests on anything."""
        return bool(self.evidence or self.views)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link from a claim, an answer or an action step to an event, or to a view of several.

    Attributes:
        target_kind: "claim", "answer" or "step". target_id: the claim's or step's id, or the item's id for an answer.
        event_id: the event; "" where `view` names a view (`lesson_views`): a sentence computed from events, which
            stays linked to them.
    """

    visit_id: str
    target_kind: str
    target_id: str
    event_id: str
    position: float = 0.0
    view: str = ""
