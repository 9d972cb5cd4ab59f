"""Whatever a visit holds: what is private, a journal or a draft is in no document that leaves."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import NotReleasable
from observe_app.domain.event import Draft
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.ids import Ids
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.turn import Voice
from observe_app.services import journals, notes, people, releases, steps, talk, turns, visits
from observe_app.services.core import close

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn")), max_size=30)


@dataclass(frozen=True, slots=True)
class Written:
    """One note of a lesson, and whether claims and steps lean on it."""

    words: str
    private: bool
    starred: bool
    leaned_on: bool


NOTES = st.lists(st.builds(Written, WORDS, st.booleans(), st.booleans(), st.booleans()), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    written=NOTES,
    entries=st.lists(st.tuples(WORDS, st.sampled_from(EntryKind)), max_size=3),
    draft=WORDS,
    led=st.sampled_from(["observer", "teacher"]),
    with_notes=st.booleans(),
    form=st.sampled_from(["", "general-peer-observation", "open-notes"]),
)
def test_nothing_of_the_author_alone_ever_leaves(
    written: list[Written],
    entries: list[tuple[str, EntryKind]],
    draft: str,
    led: str,
    with_notes: bool,
    form: str,
) -> None:
    secrets = []

    def secret(words: str) -> str:
        # a mark of its own, so that the same words said openly elsewhere prove nothing
        secrets.append(f"zq{len(secrets)}qz")
        return f"{words} {secrets[-1]}"

    with tempfile.TemporaryDirectory() as room:
        clock = FakeClock(at=NOON)
        core = wire_core(Path(room), clock=clock, ids=Ids(clock))
        try:
            visit = visits.plan(core, teacher_id=people.ensure(core, "Amina Diallo").id, form_id=form)
            visits.update(core, visit_id=visit.id, seen=visits.open_visit(core, visit.id).seen, led=led)
            visits.begin(core, visit_id=visit.id)
            lean: list[str] = []
            for place, one in enumerate(written):
                words = secret(one.words) if one.private else f"{one.words} heard"
                event = notes.add(
                    core,
                    visit_id=visit.id,
                    line=f"T {words} #{secrets[-1]}" if one.private else f"T {words}",
                    offset_ms=place * 30_000,
                    private=one.private,
                    starred=one.starred,
                )
                lean += [event.id] if one.leaned_on else []
            notes.keep_draft(core, Draft(visit.id, "note", secret(draft), 1_000, clock.now()))
            clock.advance(seconds=3000)
            visits.finish(core, visit_id=visit.id)
            talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.GROWTH, title="A claim", evidence=tuple(lean))
            talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.QUESTION, title="A question", evidence=tuple(lean))
            steps.add(core, visit_id=visit.id, text="A step")
            turns.add(core, visit_id=visit.id, voice=Voice.TEACHER, text="It felt long")
            for words, kind in entries:
                journals.add(core, text=secret(words), visit_id=visit.id, kind=kind)

            made = releases.release(core, visit_id=visit.id, with_notes=with_notes)
            talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Another", evidence=tuple(lean))
            again = releases.release(core, visit_id=visit.id, with_notes=not with_notes, why="One more")
        except NotReleasable as error:  # a visit with a claim can always be released
            raise AssertionError(error.reason) from error
        finally:
            close(core)
    for text in (made.document, again.document):
        assert "A claim" in text
        assert not [mark for mark in secrets if mark in text]
