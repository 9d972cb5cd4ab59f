"""The conversation and what came of it, as the database keeps it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.action_step import ActionStep, StepStatus
from observe_app.domain.errors import NotFound
from observe_app.domain.evidence import Evidence
from observe_app.domain.journal_entry import EntryKind, JournalEntry
from observe_app.domain.release import Copy, Reader, Release, ReleaseKind
from observe_app.domain.reply import Reply, ReplyPoint, Stance, points_json, points_of
from observe_app.domain.turn import Turn, Voice
from observe_app.services import notes, people, talk, visits

if TYPE_CHECKING:
    from observe_app.services.core import Core

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def visit_id(core: Core) -> str:
    return visits.plan(core, teacher_id=people.ensure(core, "Amina").id, start=NOON).id


def test_what_is_kept_comes_back_as_it_was(core: Core, visit_id: str) -> None:
    turn = Turn("t1", visit_id, Voice.TEACHER, "It felt long", "start", NOON, 1.0)
    release = Release(
        "r1", visit_id, 1, ReleaseKind.CORRECTION, NOON, None, "", '{"a": "ü"}', "abc", "de", True, "why", ("Amina",)
    )
    copy = Copy("c1", visit_id, "r1", NOON, "Amina", "print", "record", "a.pdf", "ff", 12)
    reader = Reader(visit_id, "Tomás", None, "reply", NOON)
    reply = Reply(
        "y1", visit_id, "r1", 1, "pdf", NOON, "Amina", "11 March", True,
        (ReplyPoint("k", Stance.PARTLY, "only once"), ReplyPoint("l")), "good", "sticks", ("Tomás",), "ff", "a.pdf",
    )  # fmt: skip
    with core.store.write("test", scope=visit_id) as unit:
        unit.after.add_turn(turn)
        unit.after.add_release(release)
        unit.after.add_copy(copy)
        unit.after.set_reader(reader)
        unit.after.add_reply(reply)
        unit.commit()

    record = visits.load_record(core, visit_id)
    assert (record.turns, record.replies, record.readers) == ((turn,), (reply,), (reader,))
    with core.store.read() as unit:
        assert unit.after.releases(visit_id) == (release,)
        assert unit.after.copies(visit_id) == (copy,)
        assert unit.after.unseen_replies() == (reply,)
        assert unit.after.reply_of_file("ff") == reply
        assert unit.after.reply_of_file("ee") is None
        with pytest.raises(NotFound):
            unit.after.release("r2")


def test_a_turn_without_a_place_comes_last(core: Core, visit_id: str) -> None:
    with core.store.write("test", scope=visit_id) as unit:
        for name in "abc":
            unit.after.add_turn(Turn(name, visit_id, Voice.BOTH, name))
        unit.after.change_turn("c", {"position": 1.5})
        unit.commit()
    with core.store.read() as unit:
        assert [turn.id for turn in unit.after.turns(visit_id)] == ["a", "c", "b"]


def test_the_same_reader_is_kept_once_and_can_be_taken_away(core: Core, visit_id: str) -> None:
    with core.store.write("test", scope=visit_id) as unit:
        unit.after.set_reader(Reader(visit_id, "Tomás Rivera"))
        unit.after.set_reader(Reader(visit_id, "tomás rivera", via="reply"))
        unit.commit()
    with core.store.read() as unit:
        assert [(reader.name, reader.via) for reader in unit.after.readers(visit_id)] == [("tomás rivera", "reply")]
    with core.store.write("test", scope=visit_id) as unit:
        unit.after.set_reader(Reader(visit_id, "Tomás Rivera", deleted=True))
        unit.commit()
    with core.store.read() as unit:
        assert unit.after.readers(visit_id) == ()


def test_a_journal_is_read_by_its_own_person_only(core: Core, visit_id: str) -> None:
    with core.store.write("test") as unit:
        unit.after.add_entry(JournalEntry("e1", "p1", visit_id, EntryKind.LEARNING, "mine", NOON))
        unit.after.add_entry(JournalEntry("e2", "p2", visit_id, text="theirs", at=NOON))
        unit.after.add_entry(JournalEntry("e3", None, "", text="nobody's", at=NOON))
        unit.commit()
    with core.store.read() as unit:
        assert [entry.text for entry in unit.after.entries(visit_id=None, person_id="p1")] == ["mine"]
        assert [entry.text for entry in unit.after.entries(visit_id=visit_id, person_id="p2")] == ["theirs"]
        assert [entry.text for entry in unit.after.entries(visit_id=None, person_id=None)] == ["nobody's"]


def test_the_same_bytes_are_kept_once(core: Core) -> None:
    with core.store.write("test") as unit:
        unit.after.keep_file("ff", "a.pdf", b"\x00\xff", NOON)
        unit.after.keep_file("ff", "b.pdf", b"\x00\xff", NOON)
        unit.commit()
    with core.store.read() as unit:
        assert unit.after.kept_file("ff") == ("a.pdf", b"\x00\xff")
        assert unit.after.kept_file("ee") is None


def test_open_steps_of_earlier_visits_are_on_the_table(core: Core, visit_id: str) -> None:
    amina, other = people.ensure(core, "Amina").id, people.ensure(core, "Ben").id

    def visit(teacher: str, days: int) -> str:
        return visits.plan(core, teacher_id=teacher, start=NOON + timedelta(days=days)).id

    earlier, later, foreign = visit(amina, -7), visit(amina, 7), visit(other, -7)
    closed_here, closed_there = ("closed here", visit_id), ("closed there", earlier)
    with core.store.write("test") as unit:
        for number, (text, where) in enumerate(
            [("open", earlier), ("later", later), ("not hers", foreign), ("here", visit_id)]
        ):
            unit.talk.add_step(ActionStep(f"s{number}", where, text, due=date(2026, 3, 20)))
        for text, where in (closed_here, closed_there):
            unit.talk.add_step(ActionStep(text, earlier, text, status=StepStatus.DONE, closed_visit_id=where))
        unit.talk.add_step(ActionStep("gone", earlier, "gone", deleted=True))
        unit.commit()

    rows = visits.load_record(core, visit_id).earlier_steps
    assert [(row.step.text, row.teacher, row.start) for row in rows] == [
        ("open", "Amina", NOON - timedelta(days=7)),
        ("closed here", "Amina", NOON - timedelta(days=7)),
    ]


def test_a_view_is_evidence_beside_events(core: Core, visit_id: str) -> None:
    note = notes.add(core, visit_id=visit_id, line="T waits", offset_ms=0)
    claim = talk.claims(core, visit_id)
    assert claim == ()
    with core.store.write("test", scope=visit_id) as unit:
        from observe_app.domain.evidence import Claim, ClaimKind

        unit.talk.add_claim(Claim("k", visit_id, ClaimKind.STRENGTH, "Waits"))
        unit.talk.link(Evidence(visit_id, "claim", "k", "", view="wait:open"))
        unit.talk.link(Evidence(visit_id, "claim", "k", note.id))
        unit.commit()
    (found,) = talk.claims(core, visit_id)
    assert (found.evidence, found.views, found.rests) == ((note.id,), ("wait:open",), True)

    with core.store.write("test", scope=visit_id) as unit:
        unit.talk.unlink(visit_id, "claim", "k", "", view="wait:open")
        unit.talk.unlink(visit_id, "claim", "k", note.id)
        unit.commit()
    assert not talk.claims(core, visit_id)[0].rests


STANCES = st.one_of(st.none(), st.sampled_from(Stance))
DAMAGED = '[["a","agree"],["b",1,"c"],3,["k","odd","w"]]'


@given(st.lists(st.builds(ReplyPoint, st.text(max_size=20), STANCES, st.text(max_size=50)), max_size=5))
def test_points_come_back_from_their_text(points: list[ReplyPoint]) -> None:
    assert points_of(points_json(tuple(points))) == tuple(points)


@given(st.one_of(st.text(max_size=40), st.just("[" * 100_000), st.just(DAMAGED)))
def test_damaged_points_are_left_out(text: str) -> None:
    assert all(isinstance(point, ReplyPoint) for point in points_of(text))
