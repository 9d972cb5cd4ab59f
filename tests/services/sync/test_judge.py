"""Letters judged in any order come to the same record; what others may not write is kept outside and shown."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.domain.turn import Voice
from observe_app.services import notes, people, turns
from observe_app.services.sync import sharing
from observe_app.services.sync.judge import Judge
from observe_app.store.sync import apply, outbox
from observe_app.store.sync.outbox import Sealing
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        people.ensure(made.cores["Amina"], "Nora")
        made.meet()
        yield made


def letters(staff: School, name: str) -> list[Letter]:
    """Return what somebody would seal now, as letters, without sending them."""
    ledger, me = staff.cores[name].store.ledger, staff.print_of(name)
    everybody = frozenset(staff.print_of(one) for one in staff.cores)
    with ledger.writing() as writing:
        folder = writing.sql.execute("SELECT id FROM sync_folder").fetchone()[0]
        made = list(outbox.batches(writing, Sealing(folder, home=True, me=me, may_read=everybody)))
    writer = f"{sum(name.encode()):08x}"
    return [
        Letter(folder, writer, number, batch.audience, me, 1004, batch.actions, batch.ops)
        for number, batch in enumerate(made, start=1)
        if batch.audience.kind is AudienceKind.VISIT
    ]


def take(staff: School, name: str, letter: Letter) -> list[str]:
    """Let somebody take in a letter as a round does; return the verdicts."""

    me = staff.print_of(name)
    with staff.cores[name].store.ledger.writing() as writing:
        judge = Judge(writing.sql, me)
        found = [(op, judge(letter, op)) for op in letter.ops]
        good = [op for op, verdict in found if verdict == "apply"]
        apply.take_in(
            writing.sql, actions=letter.actions, ops=good, writer=letter.writer, signer=letter.signer,
            audience=letter.audience.visit,
        )  # fmt: skip
        judge.after(writing, letter, good)
    return [verdict for _op, verdict in found]


def test_a_forged_author_does_not_become_one(staff: School) -> None:
    visit = staff.visit("Joonas", "Amina")
    nora = staff.print_of("Nora")
    event = staff.ask("Joonas", "SELECT id FROM event WHERE visit_id = ?", visit)[0][0]

    op = Op("ab" * 8, "act", "event", event, "text", "Forged", (), f"{9:013x}-000000-00000009")
    head = ActionHead("act", "note.edit", "2026-03-10T09:05:00.000000Z")
    audience = Audience(AudienceKind.VISIT, visit, nora, (staff.print_of("Joonas"), nora))
    forged = Letter("folder", "0000000a", 1, audience, nora, 1004, (head,), (op,))
    assert take(staff, "Joonas", forged) == ["refuse:other_author"]
    honest = replace(forged, audience=replace(audience, author=staff.print_of("Joonas")))
    assert take(staff, "Joonas", honest) == ["refuse:no_part"]


def test_a_members_letter_before_the_authors_waits(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    first = letters(staff, "Joonas")
    for letter in first:
        take(staff, "Amina", letter)
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="I counted")
    sharing.add_reader(staff.cores["Amina"], visit_id=visit, fingerprint=staff.print_of("Nora"))
    (second,) = letters(staff, "Amina")
    assert set(take(staff, "Nora", second)) == {"wait"}
    for letter in first:
        assert set(take(staff, "Nora", replace(letter, audience=second.audience))) <= {"apply", "leave"}
    assert set(take(staff, "Nora", second)) <= {"apply", "leave"}


def test_the_order_of_a_removal_and_words_after_it_makes_no_difference(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    sharing.add_reader(
        staff.cores["Amina"], visit_id=visit, fingerprint=staff.print_of("Nora"), role=sharing.ShareRole.COACH
    )
    staff.rounds(times=3)
    turns.add(staff.cores["Nora"], visit_id=visit, voice=Voice.BOTH, text="While there")
    while_there = letters(staff, "Nora")
    staff.clock.advance(seconds=60)
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=staff.print_of("Nora"))
    removal = [one for one in letters(staff, "Amina") if staff.print_of("Nora") not in one.audience.members]
    staff.clock.advance(seconds=60)
    turns.add(staff.cores["Nora"], visit_id=visit, voice=Voice.BOTH, text="After that")
    after = letters(staff, "Nora")
    mail = [while_there[0], removal[0], after[0]]
    found = set()
    for order in itertools.permutations(mail):
        for letter in order:
            take(staff, "Joonas", letter)
        found.add(tuple(sorted(turn.text for turn in turns.of_visit(staff.cores["Joonas"], visit))))
        forget(staff, [op.op for letter in mail for op in letter.ops], visit)
    assert found == {("While there",)}


def forget(staff: School, ops: list[str], visit: str) -> None:
    """Undo what letters did to Joonas' computer, so that they can come in another order."""

    with staff.cores["Joonas"].store.ledger.writing() as writing:
        apply.evict(writing.sql, ops)
        writing.sql.execute("DELETE FROM meta WHERE key IN (?, ?)", (f"members:{visit}", f"people:{visit}"))


def test_the_observers_notes_are_not_taken_from_the_teacher(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    event = staff.ask("Amina", "SELECT id FROM event WHERE visit_id = ?", visit)[0][0]
    amina, joonas = staff.print_of("Amina"), staff.print_of("Joonas")
    op = Op("cd" * 8, "forged", "event", event, "text", "Not my words", (), f"{2**44:013x}-000000-0000000b")
    head = ActionHead("forged", "note.edit", "2026-03-10T09:06:00.000000Z", scope=visit)
    audience = Audience(AudienceKind.VISIT, visit, joonas, tuple(sorted((amina, joonas))))
    forged = Letter("folder", "0000000b", 1, audience, amina, 1004, (head,), (op,))
    assert take(staff, "Joonas", forged) == ["refuse:author_only"]
    assert "Not my words" not in {note.text for note in notes.stream(staff.cores["Joonas"], visit)}


def test_the_badge_says_what_the_letters_do(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    sharing.add_reader(staff.cores["Amina"], visit_id=visit, fingerprint=staff.print_of("Nora"))
    staff.rounds(times=3)
    for name in ("Joonas", "Amina"):
        told = {one.share.fingerprint for one in sharing.takers(staff.cores[name], visit) if one.reads}
        turns.add(staff.cores[name], visit_id=visit, voice=Voice.BOTH, text=f"By {name}")
        sent = {member for letter in letters(staff, name) for member in letter.audience.members}
        assert told == sent
