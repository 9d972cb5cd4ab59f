"""Sharing a visit: who gets what, who decides, and that the screen says what the letters do."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotReleasable
from observe_app.domain.sync.shares import ShareRole
from observe_app.domain.turn import Voice
from observe_app.services import notes, people, releases, replies, talk, turns, visits
from observe_app.services.sync import sharing
from observe_app.store.sync import refused
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


FILLED = b"%PDF-1.4 filled by hand"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes, Amina teaches, Nora may be let in."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        people.ensure(made.cores["Amina"], "Nora")
        made.meet()
        yield made


def texts(made: School, name: str, visit: str) -> set[str]:
    return {row[0] for row in made.ask(name, "SELECT text FROM event WHERE visit_id = ?", visit)}


def test_before_release_nobody_has_anything_of_it(staff: School) -> None:
    visit = staff.visit("Joonas", "Amina")
    staff.rounds(times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM visit")[0][0] == 0
    assert sharing.people_of(staff.cores["Joonas"], visit) == ()


def test_a_release_brings_the_teacher_what_the_document_lets_out(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    assert texts(staff, "Amina", visit) == {"Five breaths of waiting"}
    amina = staff.cores["Amina"]
    seen = visits.get(amina, visit)
    assert (seen.teacher, seen.observer, seen.focus) == ("Amina", "Joonas", "Waiting")
    assert seen.teacher_id == amina.settings.get().me_id
    assert [claim.title for claim in talk.claims(amina, visit)] == ["Silence is used"]
    assert releases.latest(amina, visit) is not None
    assert staff.ask("Nora", "SELECT count(*) FROM visit")[0][0] == 0


def test_words_typed_after_a_release_stay_until_the_next_revision(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    joonas = staff.cores["Joonas"]
    claim = talk.claims(joonas, visit)[0]
    opened = talk.open_claim(joonas, claim.id)
    opened = talk.edit_claim(joonas, claim_id=claim.id, seen=opened.seen, title="A draft of something else")
    staff.rounds(times=2)
    assert talk.claims(staff.cores["Amina"], visit)[0].title == "Silence is used"
    talk.edit_claim(joonas, claim_id=claim.id, seen=opened.seen, title="Silence is used well")
    releases.release(joonas, visit_id=visit, why="A better title")
    staff.rounds(times=2)
    assert talk.claims(staff.cores["Amina"], visit)[0].title == "Silence is used well"
    assert staff.ask("Amina", "SELECT * FROM sync_conflict") == []
    heads = "SELECT count(*) FROM journal_head WHERE row_id = ? AND column_name = 'title'"
    assert staff.ask("Amina", heads, claim.id) == [(1,)]


def test_what_both_write_goes_at_once(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="I counted to seven")
    staff.rounds(times=2)
    assert [turn.text for turn in turns.of_visit(staff.cores["Joonas"], visit)] == ["I counted to seven"]


def test_only_the_teacher_lets_somebody_in_and_out(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    nora = staff.print_of("Nora")
    with pytest.raises(NotReleasable, match="teacher_decides"):
        sharing.add_reader(staff.cores["Joonas"], visit_id=visit, fingerprint=nora)
    sharing.add_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora, role=ShareRole.COACH)
    staff.rounds(times=3)
    assert texts(staff, "Nora", visit) == {"Five breaths of waiting"}
    turns.add(staff.cores["Nora"], visit_id=visit, voice=Voice.BOTH, text="Both said so")
    staff.rounds(times=2)
    assert [turn.text for turn in turns.of_visit(staff.cores["Joonas"], visit)] == ["Both said so"]
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora)
    staff.rounds("Amina", "Joonas")
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="After Nora left")
    turns.add(staff.cores["Nora"], visit_id=visit, voice=Voice.BOTH, text="Still talking")
    staff.rounds(times=3)
    with pytest.raises(NotReleasable, match="not_yours"):
        turns.add(staff.cores["Nora"], visit_id=visit, voice=Voice.BOTH, text="And on")
    assert [turn.text for turn in turns.of_visit(staff.cores["Nora"], visit)] == ["Both said so", "Still talking"]
    assert "Still talking" not in {turn.text for turn in turns.of_visit(staff.cores["Joonas"], visit)}
    with staff.cores["Joonas"].store.ledger.reading() as sql:
        kept = refused.listing(sql)
    assert {(one.reason, one.signer) for one in kept} == {("removed", nora)}
    assert "Still talking" in {one.value for one in kept}
    assert sharing.rights(staff.cores["Nora"], visit).joins is False
    left = [one for one in sharing.takers(staff.cores["Joonas"], visit) if one.share.deleted]
    assert [(one.name, one.reads) for one in left] == [("Nora", False)]


def test_the_second_computer_of_the_observer_has_all_of_it(staff: School) -> None:
    words = staff.cores["Joonas"].vault.words()
    visit = staff.released("Joonas", "Amina")
    staff.rounds()
    second = staff.second("Joonas", words)
    staff.rounds(times=3)
    assert len(texts(staff, "Joonas 2", visit)) == 3
    assert sharing.rights(second, visit).writes
    turns.add(second, visit_id=visit, voice=Voice.OBSERVER, text="From the other laptop")
    staff.rounds(times=3)
    assert [turn.text for turn in turns.of_visit(staff.cores["Amina"], visit)] == ["From the other laptop"]


def test_a_release_can_be_taken_back_until_it_was_sealed(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    joonas = staff.cores["Joonas"]
    assert releases.can_take_back(joonas, visit)
    releases.take_back(joonas, visit)
    staff.rounds(times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]
    releases.release(joonas, visit_id=visit)
    staff.rounds(times=2)
    assert texts(staff, "Amina", visit) == {"Five breaths of waiting"}
    assert not releases.can_take_back(joonas, visit)
    with pytest.raises(NotReleasable, match="sent"):
        releases.take_back(joonas, visit)


def test_notes_of_others_are_not_taken_from_a_teacher(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_refused") == [(0,)]
    event = staff.ask("Amina", "SELECT id FROM event WHERE visit_id = ?", visit)[0][0]
    with pytest.raises(NotReleasable, match="not_yours"):
        notes.edit(
            staff.cores["Amina"], event_id=event, line="Somebody else's words",
            seen=notes.open_note(staff.cores["Amina"], event).seen,
        )  # fmt: skip


def test_a_filled_reply_travels_as_a_file_and_lets_in_whom_it_names(
    staff: School, tmp_path: Path, clock: FakeClock
) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.visit("Joonas", "Zoe")  # who has no computer in the folder
    releases.release(joonas, visit_id=visit)
    assert sharing.people_of(joonas, visit) == ()
    reply = replies.type_in(joonas, visit_id=visit, overall="Let Nora see it", readers=("Nora",))
    nora, digest = staff.print_of("Nora"), hashlib.sha256(FILLED).hexdigest()
    with pytest.raises(NotReleasable, match="teacher_decides"):
        sharing.apply_reply_decision(joonas, visit_id=visit, fingerprint=staff.print_of("Amina"), reply_id=reply.id)
    with joonas.store.write("reply.import", scope=visit) as unit:
        unit.after.keep_file(digest, "Filled.pdf", FILLED, clock.now())
        unit.after.add_reply(
            replace(reply, id=joonas.ids.new(), source="pdf", sha256=digest, file_name="Filled.pdf")
        )  # fmt: skip
        unit.commit()
    sharing.apply_reply_decision(joonas, visit_id=visit, fingerprint=nora, reply_id=reply.id)
    staff.rounds(times=4)
    assert texts(staff, "Nora", visit) == {"Five breaths of waiting"}
    assert staff.ask("Nora", "SELECT content FROM kept_file WHERE sha256 = ?", digest) == [(FILLED,)]
    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]
    assert sharing.rights(staff.cores["Nora"], visit).joins is False


@pytest.fixture
def watched(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """A school whose founder turned its key on."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        made.add("Joonas", school_key=True)
        made.add("Amina")
        people.ensure(made.cores["Joonas"], "Amina")
        made.meet()
        yield made


def test_the_schools_key_is_said_of_every_visit(watched: School) -> None:
    visit = watched.released("Joonas", "Amina")
    watched.rounds(times=2)
    roles = [one.share.role for one in sharing.takers(watched.cores["Amina"], visit)]
    assert roles == [ShareRole.AUTHOR, ShareRole.TEACHER, ShareRole.SCHOOL]
    assert all(one.reads for one in sharing.takers(watched.cores["Joonas"], visit))
    assert texts(watched, "Amina", visit) == {"Five breaths of waiting"}
