"""Who reads a group's page: what is said is what is encrypted, and nothing reaches anybody else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotReleasable
from observe_app.services import journals, people, words
from observe_app.services.groups import goals, groups, resources
from observe_app.services.groups.audience import Why, audience
from observe_app.services.sessions import sessions
from observe_app.services.sync import colleagues, group_sharing, linking
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.groups.group import PeerGroup

CANARY = "zqcanary"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas leads a group with Amina; Nora is in the folder and not in the group; Lena has no card."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora", "Lena"):
            people.ensure(made.cores["Joonas"], name)
        made.meet()
        yield made


def group_of(made: School, *names: str) -> PeerGroup:
    core = made.cores["Joonas"]
    group = groups.add(core, name="Questions", purpose=f"{CANARY}purpose: more wait time")
    ids = [core.settings.get().me_id or "", *(people.by_name(core, name).id for name in names)]
    groups.add_members(core, group_id=group.id, person_ids=ids)
    return group


def names(made: School, name: str, group_id: str) -> list[str]:
    return [one.name for one in audience(made.cores[name], group_id).readers]


def test_a_group_is_its_makers_alone_and_the_others_are_said_to_wait(staff: School) -> None:
    group = group_of(staff, "Amina", "Lena")
    found = audience(staff.cores["Joonas"], group.id)

    assert (found.readers, found.shared, found.can_begin, found.folder) == ((), False, True, "School")
    assert [(one.name, one.why) for one in found.left_out] == [("Amina", Why.WAITS), ("Lena", Why.NO_CARD)]


def test_readers_are_named_as_takers_say_on_every_computer(staff: School) -> None:
    group = group_of(staff, "Amina", "Lena")
    group_sharing.begin(staff.cores["Joonas"], group.id)
    assert names(staff, "Joonas", group.id) == ["Amina"]
    staff.rounds(times=2)

    mine, hers = (audience(staff.cores[name], group.id) for name in ("Joonas", "Amina"))
    assert [(one.name, one.why) for one in mine.left_out] == [("Lena", Why.NO_CARD)]
    assert (mine.mine, mine.author) == (True, "")
    assert [one.name for one in hers.readers] == ["Joonas"]
    assert (hers.mine, hers.can_begin, hers.author) == (False, False, "Joonas")
    assert audience(staff.cores["Nora"], group.id).readers == ()


def test_who_is_called_a_reader_is_who_a_taker_reads(staff: School) -> None:
    group = group_of(staff, "Amina", "Nora")
    joonas = staff.cores["Joonas"]
    group_sharing.begin(joonas, group.id)
    colleagues.not_same(joonas, staff.print_of("Amina"))
    found = audience(joonas, group.id)
    reads = {one.name for one in group_sharing.takers(joonas, group.id) if one.reads and not one.me}

    assert {one.name for one in found.readers} == reads == {"Nora"}
    assert found.changed == ("Amina",)
    staff.rounds("Joonas")
    assert audience(joonas, group.id).changed == ("Amina",)
    assert audience(joonas, group.id).kept == ("Amina",)


def test_a_card_of_the_same_name_is_asked_about_and_then_let_in(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    staff.add("Lena")
    staff.rounds(times=2)
    group = group_of(staff, "Lena")
    (lena,) = audience(joonas, group.id).left_out
    assert (lena.why, lena.fingerprint) == (Why.NOT_LINKED, staff.print_of("Lena"))
    group_sharing.begin(joonas, group.id)
    staff.rounds(times=2)
    assert staff.ask("Lena", "SELECT count(*) FROM peer_group") == [(0,)]
    linking.link(joonas, person_id=lena.person_id, fingerprint=lena.fingerprint)
    assert [one.why for one in audience(joonas, group.id).left_out] == [Why.WAITS]
    staff.rounds(times=3)

    assert names(staff, "Joonas", group.id) == ["Lena"]
    assert groups.get(staff.cores["Lena"], group.id).name == "Questions"


def test_after_it_ended_it_is_said_who_keeps_what_they_had(staff: School) -> None:
    group = group_of(staff, "Amina")
    joonas, amina = staff.cores["Joonas"], staff.cores["Amina"]
    group_sharing.begin(joonas, group.id)
    staff.rounds(times=2)
    group_sharing.end(joonas, group.id)
    staff.rounds(times=2)

    mine, hers = audience(joonas, group.id), audience(amina, group.id)
    assert (mine.readers, mine.shared, mine.kept, mine.removed) == ((), False, ("Amina",), False)
    assert hers.removed
    assert not hers.can_begin
    with pytest.raises(NotReleasable) as said:
        groups.edit(amina, group_id=group.id, norms="Late")
    assert said.value.reason == "group_left"
    assert "Joonas shares it" in words.describe(said.value).text
    group_sharing.begin(joonas, group.id)
    staff.rounds(times=2)
    assert names(staff, "Joonas", group.id) == ["Amina"]
    assert not audience(amina, group.id).removed


def test_somebody_elses_group_says_so_in_words(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group.id)
    staff.rounds(times=2)
    amina = staff.cores["Amina"]
    for act in (group_sharing.begin, group_sharing.end):
        with pytest.raises(NotReleasable) as said:
            act(amina, group.id)
        assert words.describe(said.value).text.startswith("Joonas shares it with its members")
    with pytest.raises(NotReleasable) as said:
        groups.delete(amina, group_id=group.id)
    assert "visit" not in words.describe(said.value).text


def test_without_a_folder_it_stays_here_and_says_what_is_missing(core) -> None:
    people.introduce(core, name="Amina")
    group = groups.add(core, name="Questions")
    found = audience(core, group.id)
    assert (found.shared, found.can_begin, found.folder) == (False, False, "")
    with pytest.raises(NotReleasable) as said:
        group_sharing.begin(core, group.id)
    assert "Set one up" in words.describe(said.value).hint


def canaries(made: School, name: str) -> str:
    """Return everything that somebody's database says, the words of letters nobody can open here aside."""
    with made.cores[name].store.ledger.reading() as sql:
        tables = [row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(
            repr(row) for table in tables if not table.startswith("sqlite_")
            for row in sql.execute(f'SELECT * FROM "{table}"')
        )  # fmt: skip


def full_group(made: School, path: Path) -> PeerGroup:
    """A group of Joonas and Amina with a word of its own in every kind of record."""
    core = made.cores["Joonas"]
    group = group_of(made, "Amina")
    groups.edit(core, group_id=group.id, norms=f"{CANARY}norms", measure=f"{CANARY}measure")
    goal = goals.add(core, group_id=group.id, title=f"{CANARY}goal")
    path.write_bytes(f"{CANARY}bytes".encode() * 200)
    resources.add_file(core, path=path, title=f"{CANARY}file", group_id=group.id)
    sessions.plan(core, title=f"{CANARY}session", group_id=group.id, start=core.clock.now())
    visit = made.visit("Joonas", "Nora", line="zqvisit line")
    goals.link(core, goal_id=goal.id, kind="visit", target_id=visit)
    journals.add(core, text="zqjournal words")
    goals.add(core, title="zqschool goal")
    return group


def test_nothing_of_a_group_that_is_not_shared_leaves_in_words(staff: School, tmp_path: Path) -> None:
    full_group(staff, tmp_path / "slides.pdf")
    staff.rounds(times=3)

    for name in ("Amina", "Nora"):
        assert CANARY not in canaries(staff, name)
        assert staff.ask(name, "SELECT count(*) FROM peer_group") == [(0,)]
    for file in staff.shared.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()


def test_a_shared_group_reaches_its_members_whole_and_nobody_else_at_all(staff: School, tmp_path: Path) -> None:
    group = full_group(staff, tmp_path / "slides.pdf")
    group_sharing.begin(staff.cores["Joonas"], group.id)
    staff.rounds(times=4)

    hers = canaries(staff, "Amina")
    for word in ("purpose", "norms", "measure", "goal", "file", "session", "bytes"):
        assert CANARY + word in hers
    for word in ("zqvisit", "zqjournal", "zqschool"):
        assert word not in hers
    assert CANARY not in canaries(staff, "Nora")
    for file in staff.shared.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()


def test_a_file_reaches_ones_own_other_computer_once_the_group_is_shared(staff: School, tmp_path: Path) -> None:
    joonas = staff.cores["Joonas"]
    staff.second("Joonas", joonas.vault.words())
    group = full_group(staff, tmp_path / "slides.pdf")
    digest = hashlib.sha256((tmp_path / "slides.pdf").read_bytes()).hexdigest()
    has = "SELECT count(*) FROM kept_file WHERE sha256 = ?"
    staff.rounds(times=3)
    assert groups.get(staff.cores["Joonas 2"], group.id).name == "Questions"
    assert staff.ask("Joonas 2", has, digest) == [(0,)]
    group_sharing.begin(joonas, group.id)
    staff.rounds(times=4)
    assert staff.ask("Joonas 2", has, digest) == [(1,)]
    assert names(staff, "Joonas 2", group.id) == ["Amina"]

    again = tmp_path / "more.pdf"
    again.write_bytes(b"of the other computer" * 50)
    kept = resources.add_file(staff.cores["Joonas 2"], path=again, group_id=group.id)
    staff.rounds(times=4)
    for name in ("Joonas", "Amina"):
        assert staff.ask(name, has, kept.sha256) == [(1,)]
    group_sharing.end(joonas, group.id)
    goals.add(joonas, group_id=group.id, title="After the end")
    staff.rounds(times=3)
    titles = "SELECT count(*) FROM goal WHERE title = 'After the end'"
    assert staff.ask("Joonas 2", titles) == [(1,)]
    assert staff.ask("Amina", titles) == [(0,)]


def test_the_only_other_member_hears_that_they_are_out(staff: School) -> None:
    group = group_of(staff, "Amina")
    joonas, amina = staff.cores["Joonas"], staff.cores["Amina"]
    group_sharing.begin(joonas, group.id)
    staff.rounds(times=2)
    groups.remove_member(joonas, group_id=group.id, person_id=people.by_name(joonas, "Amina").id)
    staff.rounds(times=2)

    assert audience(amina, group.id).removed
    assert audience(joonas, group.id).readers == ()
    with pytest.raises(NotReleasable):
        groups.edit(amina, group_id=group.id, norms="Still here")
