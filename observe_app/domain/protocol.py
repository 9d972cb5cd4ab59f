"""Conversation protocols: who speaks first, and what is asked one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from observe_app.domain.form import Texts  # noqa: TC001  (dataclass fields are read at run time)
from observe_app.domain.turn import Voice

OPEN_PROTOCOL = "open"
"""Id of the shipped protocol that has no stages of its own."""


class Asked(StrEnum):
    """To whom a prompt goes."""

    TEACHER = "teacher"
    OBSERVER = "observer"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask or to do in a conversation.

    Attributes:
        id: what turns that answer it are linked by.
        stage: name of the step it belongs to, a few words. text: what is asked.
        asks: who answers. minutes: time planned for it.
    """

    id: str
    stage: Texts
    text: Texts
    asks: Asked = Asked.TEACHER
    minutes: int = 3

    @property
    def voice(self) -> Voice:
        """Who is likely to speak now."""
        return Voice(self.asks.value)


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to hold a feedback conversation.

    Attributes:
        title, about: in the protocol's languages. source: where it comes from, in one plain sentence.
        language: code of the texts without a code. first: who speaks first.
        prompts: in the order they are asked, at least one.
    """

    id: str
    title: Texts
    prompts: tuple[Prompt, ...]
    about: Texts = ()
    source: str = ""
    language: str = "en"
    first: Voice = Voice.TEACHER

    @property
    def minutes(self) -> int:
        """Time planned for all of it."""
        return sum(prompt.minutes for prompt in self.prompts)

    def place_of(self, prompt_id: str) -> int | None:
        """Return where a prompt stands, counted from 0; None for one that is not in it."""
        return next((place for place, prompt in enumerate(self.prompts) if prompt.id == prompt_id), None)
