"""Releasing: what is frozen, what a correction says, when it can be taken back."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from observe_app.app import wire_core
from observe_app.domain.action_step import StepStatus
from observe_app.domain.clock import FakeClock
from observe_app.domain.errors import NothingToUndo, NotReleasable
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.ids import Ids
from observe_app.domain.release import ReleaseKind
from observe_app.domain.reply import ReplyPoint, Stance
from observe_app.domain.turn import Voice
from observe_app.domain.visit import Stage
from observe_app.services import (
    answers,
    demo,
    history,
    journals,
    notes,
    people,
    releases,
    replies,
    steps,
    talk,
    turns,
    visits,
)
from observe_app.services.core import Core, close

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def make_visit(core: Core) -> str:
    visit = visits.plan(
        core, teacher_id=people.ensure(core, "Amina Diallo").id, form_id="general-peer-observation", focus="Waiting"
    )
    visits.begin(core, visit_id=visit.id)
    seen = notes.add(core, visit_id=visit.id, line="T waits for five breaths", offset_ms=60_000)
    notes.add(core, visit_id=visit.id, line="S7 looks out of the window", offset_ms=90_000)
    notes.add(core, visit_id=visit.id, line="I would have spoken", offset_ms=95_000, private=True)
    visits.finish(core, visit_id=visit.id)
    talk.add_claim(core, visit_id=visit.id, kind=ClaimKind.STRENGTH, title="Silence is used", evidence=(seen.id,))
    return visit.id


@pytest.fixture
def visit_id(core: Core) -> str:
    return make_visit(core)


def test_a_release_freezes_the_document_and_moves_the_visit_on(core: Core, visit_id: str) -> None:
    made = releases.release(core, visit_id=visit_id)
    document = releases.document_of(made)

    assert (made.number, made.kind, made.at, made.readers) == (
        1,
        ReleaseKind.RELEASE,
        core.clock.now(),
        ("Amina Diallo",),
    )
    assert made.digest == hashlib.sha256(made.document.encode()).hexdigest()
    assert (document.revision, document.release_id, document.status, document.reply_form) == (
        1,
        made.id,
        "released",
        True,
    )
    assert visits.get(core, visit_id).stage is Stage.FOLLOW_UP
    assert releases.audience(core, visit_id) == ("Amina Diallo",)


def test_before_it_nobody_else_reads_it(core: Core, visit_id: str) -> None:
    assert releases.audience(core, visit_id) == ()
    assert releases.latest(core, visit_id) is None
    assert not releases.differs(core, visit_id)


def test_notes_go_along_when_something_rests_on_them_or_when_asked(core: Core, visit_id: str) -> None:
    few = releases.preview(core, visit_id)
    all_ = releases.preview(core, visit_id, with_notes=True)

    assert (few.notes, few.notes_stay, few.private_stay) == (1, 1, 1)
    assert (all_.notes, all_.notes_stay, all_.private_stay) == (2, 0, 1)
    assert "window" not in few.document.to_json()
    assert "window" in all_.document.to_json()
    assert "would have spoken" not in all_.document.to_json()


def test_a_key_does_not_take_a_release_back(core: Core, visit_id: str) -> None:
    releases.release(core, visit_id=visit_id)

    for _ in range(50):
        try:
            history.undo(core, scope=visit_id)
        except NothingToUndo:
            break
    assert releases.latest(core, visit_id) is not None


def test_a_correction_says_what_changed_and_why(core: Core, visit_id: str) -> None:
    first = releases.release(core, visit_id=visit_id)
    (claim,) = talk.claims(core, visit_id)
    talk.edit_claim(core, claim_id=claim.id, seen=talk.open_claim(core, claim.id).seen, title="Silence is used well")
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.QUESTION, title="Who chose?")
    steps.add(core, visit_id=visit_id, text="Count to five")
    assert releases.differs(core, visit_id)

    with pytest.raises(NotReleasable) as caught:
        releases.release(core, visit_id=visit_id)
    assert caught.value.reason == "no_reason"
    second = releases.release(core, visit_id=visit_id, why="A word was wrong")

    document = releases.document_of(second)
    assert (second.number, second.kind, document.why) == (2, ReleaseKind.CORRECTION, "A word was wrong")
    assert document.changes == (
        "Reworded: “Silence is used well”.",
        "Added: “Who chose?”.",
        "Action step added: “Count to five”.",
    )
    assert releases.document_of(first).strengths[0].title == "Silence is used"
    assert not releases.differs(core, visit_id)
    with pytest.raises(NotReleasable, match="unchanged"):
        releases.release(core, visit_id=visit_id, why="again")


def test_what_comes_by_itself_is_no_change(core: Core, visit_id: str) -> None:
    (note, *_rest) = notes.stream(core, visit_id)
    step = steps.add(core, visit_id=visit_id, text="Count to five")
    made = releases.release(core, visit_id=visit_id)
    (claim,) = talk.claims(core, visit_id)
    point = ReplyPoint(claim.id, Stance.PARTLY, "only once")
    replies.type_in(core, visit_id=visit_id, release_id=made.id, points=(point,), readers=("Tomás Rivera",))
    steps.edit(core, step_id=step.id, seen=steps.open_step(core, step.id).seen, status=StepStatus.DONE)
    visits.plan(core, teacher_id=visits.get(core, visit_id).teacher_id)

    assert not releases.differs(core, visit_id)
    with pytest.raises(NotReleasable, match="unchanged"):
        releases.release(core, visit_id=visit_id, why="because")
    notes.star(core, event_id=note.id, starred=True, seen=notes.open_note(core, note.id).seen)
    assert not releases.differs(core, visit_id)


def test_it_is_taken_back_until_a_copy_has_left(core: Core, visit_id: str) -> None:
    releases.release(core, visit_id=visit_id)
    assert releases.can_take_back(core, visit_id)
    back = releases.take_back(core, visit_id)

    assert back.taken_back == core.clock.now()
    assert releases.latest(core, visit_id) is None
    assert releases.audience(core, visit_id) == ()

    again = releases.release(core, visit_id=visit_id)
    assert (again.number, again.kind) == (2, ReleaseKind.RELEASE)
    copy = releases.add_copy(
        core, release=again, reader="Amina Diallo", way="file", scope="summary", file_name="a.pdf", data=b"%PDF"
    )
    assert copy.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert releases.copies(core, visit_id) == (copy,)
    with pytest.raises(NotReleasable) as caught:
        releases.take_back(core, visit_id)
    assert (caught.value.reason, caught.value.detail) == ("copy_left", "a.pdf")


def test_no_copy_goes_out_of_what_was_taken_back(core: Core, visit_id: str) -> None:
    made = releases.release(core, visit_id=visit_id)
    releases.take_back(core, visit_id)

    with pytest.raises(NotReleasable, match="taken_back"):
        releases.add_copy(core, release=made, reader="Amina Diallo", way="file", scope="summary", data=b"x")


def test_a_withdrawal_tells_nothing_but_itself(core: Core, visit_id: str) -> None:
    made = releases.release(core, visit_id=visit_id)
    releases.add_copy(core, release=made, reader="Amina Diallo", way="print", scope="record", data=b"x")
    gone = releases.withdraw(core, visit_id, "It was the wrong class")
    document = releases.document_of(gone)

    assert (gone.number, gone.kind, document.status, document.why) == (
        2,
        ReleaseKind.WITHDRAWAL,
        "withdrawn",
        "It was the wrong class",
    )
    assert document.empty
    assert not document.focus
    assert not document.reply_form
    with pytest.raises(NotReleasable, match="not_released"):
        releases.withdraw(core, visit_id, "again")
    third = releases.release(core, visit_id=visit_id, why="The right class now")
    assert (third.number, third.kind) == (3, ReleaseKind.CORRECTION)


def test_ratings_can_wait_for_the_conversation(core: Core, visit_id: str) -> None:
    answers.give(
        core,
        visit_id=visit_id,
        item="respect",
        value=3,
        seen=answers.open_answer(core, visit_id=visit_id, item="respect").seen,
    )
    asked = releases.preview(core, visit_id)
    assert (asked.ratings, asked.talked) == (1, False)

    made = releases.release(core, visit_id=visit_id, ratings=False)
    told = [item.kind for section in releases.document_of(made).checklist for item in section.items]
    assert "rating" not in told
    assert not releases.differs(core, visit_id)

    turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="It felt long")
    assert releases.preview(core, visit_id).talked


def test_ratings_that_waited_are_a_difference_once_you_have_talked(core: Core, visit_id: str) -> None:
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=3, seen=seen)
    releases.release(core, visit_id=visit_id, ratings=False)
    assert releases.preview(core, visit_id).ratings_waited

    turns.start_talk(core, visit_id)
    assert releases.differs(core, visit_id)
    assert len(releases.preview(core, visit_id).changes) == 1
    made = releases.release(core, visit_id=visit_id, why="We have talked")
    assert made.number == 2
    assert not releases.preview(core, visit_id).ratings_waited


def test_another_reader_alone_is_no_correction(core: Core, visit_id: str) -> None:
    releases.release(core, visit_id=visit_id)
    releases.set_reader(core, visit_id=visit_id, name="Tomás Rivera")

    assert releases.preview(core, visit_id).changes == ()
    assert not releases.differs(core, visit_id)


def test_names_of_students_are_found_in_what_leaves_only(core: Core, visit_id: str) -> None:
    turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="So Peter Miller had to wait")
    notes.add(core, visit_id=visit_id, line="Sarah Jones waits", offset_ms=99_000)

    few = releases.preview(core, visit_id)
    every = releases.preview(core, visit_id, with_notes=True)
    assert [(found.kind, found.name) for found in few.names] == [("turn", "Peter Miller")]
    assert {found.name for found in every.names} == {"Peter Miller", "Sarah Jones"}


def test_what_cannot_be_released_says_why(core: Core) -> None:
    nobody = visits.plan(core).id
    with pytest.raises(NotReleasable, match="no_teacher"):
        releases.release(core, visit_id=nobody)
    bare = visits.plan(core, teacher_id=people.ensure(core, "Amina").id).id
    with pytest.raises(NotReleasable, match="nothing"):
        releases.release(core, visit_id=bare)
    with pytest.raises(NotReleasable, match="not_released"):
        releases.take_back(core, bare)


def test_the_teacher_lets_somebody_else_read(core: Core, visit_id: str) -> None:
    releases.set_reader(core, visit_id=visit_id, name=" Tomás  Rivera ")
    made = releases.release(core, visit_id=visit_id)

    assert made.readers == ("Amina Diallo", "Tomás Rivera")
    assert releases.audience(core, visit_id) == ("Amina Diallo", "Tomás Rivera")
    releases.set_reader(core, visit_id=visit_id, name="Tomás Rivera", reads=False)
    assert releases.audience(core, visit_id) == ("Amina Diallo",)


def test_the_second_of_two_windows_is_told(core: Core, visit_id: str, data_folder: Path, clock: FakeClock) -> None:
    other = wire_core(data_folder, clock=clock, ids=Ids(clock))
    stands = releases.latest(core, visit_id)
    assert stands is None
    releases.release(other, visit_id=visit_id)
    close(other)

    with pytest.raises(NotReleasable) as caught:
        releases.release(core, visit_id=visit_id)
    assert caught.value.reason in {"no_reason", "meanwhile"}
    assert [one.number for one in releases.of_visit(core, visit_id)] == [1]


def test_the_sample_releases_no_private_word(core: Core) -> None:
    visit_id = demo.record_sample(core)
    entry = journals.add(core, text="Only for me, a journal", visit_id=visit_id)
    document = releases.preview(core, visit_id, with_notes=True).document.to_json()

    private = [event.text for event in visits.load_record(core, visit_id).events if event.private]
    assert private
    for text in (*private, entry.value.text):
        assert text not in document


class Releasing(RuleBasedStateMachine):
    """Any order of releasing, correcting, copying, taking back and withdrawing keeps the rules."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile
        from pathlib import Path as RealPath

        self.room = tempfile.TemporaryDirectory()
        clock = FakeClock(at=NOON)
        self.core = wire_core(RealPath(self.room.name), clock=clock, ids=Ids(clock))
        self.visit_id = make_visit(self.core)
        self.claims = 0

    def teardown(self) -> None:
        close(self.core)
        self.room.cleanup()

    @rule()
    def write(self) -> None:
        self.claims += 1
        talk.add_claim(self.core, visit_id=self.visit_id, kind=ClaimKind.GROWTH, title=f"Claim {self.claims}")

    @rule(why=st.sampled_from(["", "because"]))
    def release(self, why: str) -> None:
        stands = releases.latest(self.core, self.visit_id)
        changed = stands is None or stands.kind is ReleaseKind.WITHDRAWAL or releases.differs(self.core, self.visit_id)
        expected = "" if stands is None else "no_reason" if not why else "" if changed else "unchanged"
        if not expected:
            releases.release(self.core, visit_id=self.visit_id, why=why)
            return
        with pytest.raises(NotReleasable, match=expected):
            releases.release(self.core, visit_id=self.visit_id, why=why)

    @precondition(lambda self: releases.latest(self.core, self.visit_id) is not None)
    @rule()
    def copy(self) -> None:
        stands = releases.latest(self.core, self.visit_id)
        assert stands is not None
        releases.add_copy(self.core, release=stands, reader="Amina", way="file", scope="summary", data=b"x")

    @rule()
    def take_back(self) -> None:
        possible = releases.can_take_back(self.core, self.visit_id)
        try:
            releases.take_back(self.core, self.visit_id)
        except NotReleasable:
            assert not possible
        else:
            assert possible

    @rule()
    def withdraw(self) -> None:
        stands = releases.latest(self.core, self.visit_id)
        try:
            releases.withdraw(self.core, self.visit_id, "a mistake")
        except NotReleasable:
            assert stands is None or stands.kind is ReleaseKind.WITHDRAWAL

    @invariant()
    def numbers_count_up_and_a_copy_is_never_taken_back(self) -> None:
        every = releases.of_visit(self.core, self.visit_id)
        assert [one.number for one in every] == list(range(1, len(every) + 1))
        taken = {one.id for one in every if one.taken_back is not None}
        assert not taken & {copy.release_id for copy in releases.copies(self.core, self.visit_id)}
        for one in every:
            assert hashlib.sha256(one.document.encode()).hexdigest() == one.digest
            assert releases.document_of(one).revision == one.number


TestReleasing = Releasing.TestCase
TestReleasing.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)


@given(st.text(max_size=60))
@settings(max_examples=5)
def test_any_reason_can_be_given(core: Core, why: str) -> None:
    visit_id = make_visit(core)
    releases.release(core, visit_id=visit_id)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.GROWTH, title="More")
    if not why.split():
        with pytest.raises(NotReleasable, match="no_reason"):
            releases.release(core, visit_id=visit_id, why=why)
        return
    made = releases.release(core, visit_id=visit_id, why=why)
    assert releases.document_of(made).why == " ".join(why.split())


def test_what_leaves_is_what_was_shown(core: Core, clock: FakeClock) -> None:
    visit_id = make_visit(core)
    looked = releases.preview(core, visit_id)
    clock.advance(seconds=600)
    talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.QUESTION, title="Written behind its back")

    with pytest.raises(NotReleasable) as caught:
        releases.release(core, visit_id=visit_id, shown=looked.document)

    assert caught.value.reason == "changed"
    assert releases.of_visit(core, visit_id) == ()
    looked = releases.preview(core, visit_id)
    clock.advance(seconds=600)
    assert releases.release(core, visit_id=visit_id, shown=looked.document).number == 1
