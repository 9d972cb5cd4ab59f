"""Two computers of one person, and somebody who comes or goes meanwhile: what the one wrote the other one hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.letter import AudienceKind, Letter, Removal
from observe_app.domain.turn import Voice
from observe_app.services import people, releases, steps, talk, turns
from observe_app.services.sync import erasing, sharing
from observe_app.services.sync.judge import Judge
from observe_app.store.sync import apply, outbox, refused, removals, segments, shares
from observe_app.store.sync.outbox import Sealing
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

REFUSED = "cd" * 32
"""Hash that letters go by of which something is refused."""


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes on two computers, Amina teaches, Nora may be let in."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        people.ensure(made.cores["Amina"], "Nora")
        made.meet()
        made.second("Joonas", made.cores["Joonas"].vault.words())
        made.rounds(times=2)
        yield made


def sealed(staff: School, name: str, kind: AudienceKind = AudienceKind.VISIT) -> list[Letter]:
    """Return what a computer would write to a visit's people now, or to the other ones of its person."""
    ledger, me = staff.cores[name].store.ledger, staff.print_of(name)
    everybody = frozenset(staff.print_of(one) for one in staff.cores)
    with ledger.writing() as writing:
        if outbox.due(writing.sql, everybody):
            outbox.pay(writing.sql, everybody)
        folder = writing.sql.execute("SELECT id FROM sync_folder").fetchone()[0]
        made = list(outbox.batches(writing, Sealing(folder, home=True, me=me, may_read=everybody)))
    return [
        Letter(folder, "0000000f", number, one.audience, me, 1004, one.actions, one.ops, (), one.removals)
        for number, one in enumerate(made, start=1)
        if one.audience.kind is kind
    ]


def take(staff: School, name: str, letters: list[Letter]) -> None:
    """Let a computer take in letters as a round does."""
    for letter in letters:
        with staff.cores[name].store.ledger.writing() as writing:
            judge = Judge(writing.sql, staff.print_of(name))
            verdicts = [(op, judge(letter, op)) for op in letter.ops]
            good = [op for op, verdict in verdicts if verdict == "apply"]
            segments.refuse_ops(
                writing.sql, folder=letter.folder, name=REFUSED, writer=letter.writer, signer=letter.signer,
                ops=[(op, verdict[7:]) for op, verdict in verdicts if verdict.startswith("refuse:")],
                at="2026-11-22T10:00:00.000000Z",
            )  # fmt: skip
            apply.take_in(
                writing.sql, actions=letter.actions, ops=good, writer=letter.writer, signer=letter.signer,
                audience=letter.audience.visit or letter.audience.kind.value,
            )  # fmt: skip
            judge.after(writing, letter, good)


def push(staff: School, name: str, visit: str) -> None:
    """Send all that went out once more, as where somebody new joins."""
    with staff.cores[name].store.ledger.writing() as writing:
        shares.push_all(writing.sql, visit)


def let_in(staff: School, visit: str) -> None:
    sharing.add_reader(
        staff.cores["Amina"], visit_id=visit, fingerprint=staff.print_of("Nora"), role=sharing.ShareRole.COACH
    )


def said(letters: list[Letter]) -> set[object]:
    """Return the words of all turns in letters."""
    return {op.new for letter in letters for op in letter.ops if (op.table, op.column) == ("turn", "text")}


def with_coach(staff: School) -> str:
    """Return a visit that Nora takes part in, on all computers."""
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    let_in(staff, visit)
    staff.rounds(times=3)
    return visit


def test_words_written_after_a_removal_are_not_handed_on_where_it_has_not_come(staff: School) -> None:
    visit, nora = with_coach(staff), staff.print_of("Nora")
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora)
    removal = sealed(staff, "Amina")
    take(staff, "Joonas", removal)
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="Nora is not to read this")
    written = sealed(staff, "Joonas")
    assert all(nora not in one.audience.members for one in written)
    assert {one.fingerprint for letter in written for one in letter.removals} == {nora}

    take(staff, "Joonas 2", written)
    push(staff, "Joonas 2", visit)
    turns.add(staff.cores["Joonas 2"], visit_id=visit, voice=Voice.OBSERVER, text="Nor this")
    handed = sealed(staff, "Joonas 2")
    assert {"Nora is not to read this", "Nor this"} <= said(handed)
    assert all(nora not in letter.audience.members for letter in handed)
    assert all(nora in {one.fingerprint for one in letter.removals} for letter in handed)

    take(staff, "Joonas 2", removal)
    assert sealed(staff, "Joonas 2") == [], "who was removed is owed nothing"


def test_who_was_let_in_again_gets_what_was_kept_back(staff: School) -> None:
    visit, nora = with_coach(staff), staff.print_of("Nora")
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora)
    removal = sealed(staff, "Amina")
    take(staff, "Joonas", removal)
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="For who is in")
    take(staff, "Joonas 2", sealed(staff, "Joonas"))
    push(staff, "Joonas 2", visit)
    assert all(nora not in letter.audience.members for letter in sealed(staff, "Joonas 2"))
    staff.clock.advance(seconds=60)
    let_in(staff, visit)
    take(staff, "Joonas 2", [*sealed(staff, "Amina"), *removal])
    handed = [letter for letter in sealed(staff, "Joonas 2") if nora in letter.audience.members]
    assert "For who is in" in said(handed)


def test_words_of_a_computer_that_had_not_heard_of_somebody_new_are_handed_on_to_them(staff: School) -> None:
    visit, nora = staff.released("Joonas", "Amina"), staff.print_of("Nora")
    staff.rounds(times=2)
    let_in(staff, visit)
    take(staff, "Joonas 2", sealed(staff, "Amina"))
    sealed(staff, "Joonas 2")
    turns.add(staff.cores["Joonas"], visit_id=visit, voice=Voice.OBSERVER, text="Written without knowing")
    written = sealed(staff, "Joonas")
    assert all(nora not in letter.audience.members for letter in written)
    take(staff, "Joonas 2", written)  # and that computer is never seen again
    handed = [letter for letter in sealed(staff, "Joonas 2") if nora in letter.audience.members]
    assert said(handed) == {"Written without knowing"}
    take(staff, "Joonas", handed)
    assert sealed(staff, "Joonas") == [], "two computers do not go on telling each other"


def test_a_removal_that_came_before_the_word_of_joining_counts_until_it_is_judged_again(staff: School) -> None:
    visit, nora = staff.released("Joonas", "Amina"), staff.print_of("Nora")
    staff.second("Amina", staff.cores["Amina"].vault.words())
    staff.rounds(times=3)
    let_in(staff, visit)
    joined = sealed(staff, "Amina")
    staff.clock.advance(seconds=60)
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora)
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="Nora is not to read this")
    written = sealed(staff, "Amina")

    take(staff, "Amina 2", written)
    assert staff.ask("Amina 2", "SELECT count(*) > 0 FROM sync_refused") == [(1,)], "nobody had joined there yet"
    take(staff, "Amina 2", joined)
    with staff.cores["Amina 2"].store.ledger.writing() as writing:
        refused.forget_letters(writing.sql, [REFUSED])  # it is to be judged again, and sealing comes in between
    handed = sealed(staff, "Amina 2")
    assert all(nora not in letter.audience.members for letter in handed if said([letter]))

    take(staff, "Amina 2", written)
    assert all(nora not in letter.audience.members for letter in sealed(staff, "Amina 2"))
    assert staff.ask("Amina 2", "SELECT deleted FROM visit_share WHERE fingerprint = ?", nora) == [(1,)]


def test_a_removal_counts_for_a_computer_that_lets_the_same_person_in_by_itself(staff: School) -> None:
    visit, nora = staff.released("Joonas", "Amina"), staff.print_of("Nora")
    staff.second("Amina", staff.cores["Amina"].vault.words())
    staff.rounds(times=3)
    let_in(staff, visit)
    sealed(staff, "Amina")
    staff.clock.advance(seconds=60)
    sharing.remove_reader(staff.cores["Amina"], visit_id=visit, fingerprint=nora)
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="Nora is not to read this")
    take(staff, "Amina 2", sealed(staff, "Amina"))

    sharing.add_reader(staff.cores["Amina 2"], visit_id=visit, fingerprint=nora)

    letters = sealed(staff, "Amina 2")
    assert said(letters)
    assert all(nora not in letter.audience.members for letter in letters)


def test_who_joined_while_a_step_was_deleted_gets_it_when_an_edit_keeps_it(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    step = steps.add(staff.cores["Amina"], visit_id=visit, text="Wait longer").id
    staff.rounds(times=3)
    joonas, amina = staff.cores["Joonas"], staff.cores["Amina"]
    seen = steps.open_step(joonas, step).seen
    steps.delete(amina, step_id=step, seen=steps.open_step(amina, step).seen)
    let_in(staff, visit)
    staff.rounds(times=4)
    assert staff.ask("Nora", "SELECT count(*) FROM action_step") == [(0,)]
    steps.edit(joonas, step_id=step, seen=seen, text="Wait five breaths")  # in an editor that was open all the while
    staff.rounds(times=3)
    shown = "SELECT text, deleted FROM action_step WHERE id = ?"
    for name in ("Joonas", "Amina", "Nora"):
        assert staff.ask(name, shown, step) == [("Wait five breaths", 0)], name


def test_somebody_elses_word_of_a_removal_keeps_nothing_from_anybody(staff: School) -> None:
    visit, nora = with_coach(staff), staff.print_of("Nora")
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="Mine")
    (letter,) = sealed(staff, "Amina")
    claimed = Letter(
        letter.folder, letter.writer, letter.seq, letter.audience, letter.signer, letter.format, letter.actions,
        letter.ops, (), (Removal("ab" * 8, visit, nora),),
    )  # fmt: skip
    take(staff, "Joonas", [claimed])
    with staff.cores["Joonas"].store.ledger.reading() as sql:
        assert removals.awaited(sql, visit) == frozenset()


def test_a_word_that_came_after_the_one_that_replaced_it_leaves_readers_with_one(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    second = staff.cores["Joonas 2"]
    claim = talk.claims(second, visit)[0].id
    own = []
    for title in ("Silence", "Silence is used well"):
        seen = talk.open_claim(second, claim).seen
        talk.edit_claim(second, claim_id=claim, seen=seen, title=title)
        own.append(sealed(staff, "Joonas 2", AudienceKind.ME))
    take(staff, "Joonas", own[1])
    releases.release(staff.cores["Joonas"], visit_id=visit, why="A better title")
    take(staff, "Amina", sealed(staff, "Joonas"))
    take(staff, "Joonas", own[0])
    take(staff, "Amina", sealed(staff, "Joonas"))
    heads = "SELECT count(*) FROM journal_head WHERE row_id = ? AND column_name = 'title'"
    assert staff.ask("Amina", heads, claim) == [(1,)]
    assert talk.claims(staff.cores["Amina"], visit)[0].title == "Silence is used well"
    assert sealed(staff, "Joonas") == []


def test_who_was_let_in_before_the_author_erased_a_visit_unknowing_hears_of_it(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    let_in(staff, visit)
    staff.rounds("Amina", "Joonas 2", "Nora")
    assert staff.ask("Nora", "SELECT count(*) FROM visit_share WHERE visit_id = ?", visit) != [(0,)]
    erasing.purge(staff.cores["Joonas"], visit)
    staff.rounds(times=3)
    for name in staff.cores:
        assert staff.ask(name, "SELECT count(*) FROM journal_change WHERE new LIKE '%Silence%'") == [(0,)], name
        assert staff.ask(name, "SELECT count(*) FROM visit_share WHERE visit_id = ?", visit) == [(0,)], name
