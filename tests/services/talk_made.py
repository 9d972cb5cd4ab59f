"""Protocols and visits made for the tests of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from observe_app.domain.protocol import Asked, Prompt, Protocol
from observe_app.domain.turn import Voice
from observe_app.services import people, visits

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_WORDS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Co", "Cn")), min_size=1, max_size=60
).map(lambda text: " ".join(text.split()) or "x")
_IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?", fullmatch=True)


@st.composite
def protocols_made(draw: st.DrawFn) -> Protocol:
    """Any protocol that a file can hold."""
    languages = draw(st.sampled_from(((), ("de",), ("de", "fr", "zh-Hant"))))

    def texts() -> tuple[tuple[str, str], ...]:
        return tuple(sorted({"": draw(_WORDS)}.items() | {(code, draw(_WORDS)) for code in languages}))

    prompts = tuple(
        Prompt(
            id=prompt_id,
            stage=draw(st.sampled_from(((), "text"))) and texts(),
            text=texts(),
            asks=draw(st.sampled_from(Asked)),
            minutes=draw(st.integers(1, 120)),
        )
        for prompt_id in draw(st.lists(_IDS, min_size=1, max_size=8, unique=True))
    )
    return Protocol(
        id=draw(_IDS),
        title=texts(),
        about=draw(st.sampled_from(((), "text"))) and texts(),
        source=draw(st.just("") | _WORDS),
        first=draw(st.sampled_from(Voice)),
        prompts=prompts,
    )


def two_visits(core: Core, later: datetime) -> tuple[Visit, Visit]:
    """Return an earlier and a later visit of the same teacher by the same observer."""
    teacher, observer = people.add(core, name="Amina Diallo-Žižek"), people.add(core, name="Joonas Papadopoulos")
    first = visits.plan(core, teacher_id=teacher.id, observer_id=observer.id, start=core.clock.now(), class_name="8 B")
    second = visits.plan(core, teacher_id=teacher.id, observer_id=observer.id, start=later, class_name="8 B")
    return first, second
