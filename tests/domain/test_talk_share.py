"""Words of the teacher, of all words said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.event import Event, EventKind
from observe_app.domain.talk_share import talk_share
from observe_app.domain.timeline import Share

SPEAKERS = st.sampled_from(["T", "S", "S7", "SS", ""])
WORDS = st.lists(st.sampled_from(["why", "half", "“two”", "--", "3/8"]), max_size=6).map(" ".join)


def note(speaker: str, text: str, **fields: object) -> Event:
    """Return a note."""
    return Event(id="e", visit_id="v", kind=EventKind.NOTE, offset_ms=0, text=text, speaker=speaker, **fields)  # type: ignore[arg-type]


@given(st.lists(st.tuples(SPEAKERS, WORDS)))
def test_the_share_is_a_plain_count_of_words(said: list[tuple[str, str]]) -> None:
    found = talk_share(note(*one) for one in said)
    teacher = " ".join(text for who, text in said if who == "T").split()
    students = " ".join(text for who, text in said if who.startswith("S")).split()
    assert found.of_talk == Share(len(teacher), len(teacher) + len(students))
    assert found.unsaid == len(" ".join(text for who, text in said if not who).split())


def test_what_is_no_living_note_is_passed_over() -> None:
    tally = Event(id="t", visit_id="v", kind=EventKind.TALLY, offset_ms=0, text="two words", speaker="S7")
    assert talk_share([tally, note("T", "gone", deleted=True)]).of_talk.value is None
