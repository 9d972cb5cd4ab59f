"""Taking part in a shared folder: words, beginning, joining, coming back with the words alone, leaving."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NotFound, SharingRefused, VaultClosed, WordsWrong
from observe_app.domain.ids import Ids
from observe_app.domain.sync.card import Trust
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.sync import cards, colleagues, crypto, setup
from tests.keyrings import memory_keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from tests.keyrings import MemoryKeyring


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def laptop(tmp_path: Path, clock: FakeClock, _blank_database: Path) -> Iterator[Callable[..., Core]]:
    """Return a function that opens somebody's computer, empty where no name is given."""
    opened: list[Core] = []

    def make(place: str, name: str = "") -> Core:
        folder = tmp_path / place
        folder.mkdir()
        shutil.copy(_blank_database, folder / "observe.sqlite")
        core = wire_core(folder, clock=clock, ids=Ids(clock))
        opened.append(core)
        if name:
            people.introduce(core, name=name)
        return core

    yield make
    for core in opened:
        close(core)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "Maths department"
    folder.mkdir()
    return folder


def begun(core: Core, team: Path, **more: bool) -> setup.Joined:
    setup.make_identity(core)
    return setup.create(core, team, **more)


def test_new_words_are_twelve_kept_and_asked_back_until_typed(laptop: Callable[..., Core], team: Path) -> None:
    core = laptop("a", "Amina")
    words = setup.make_identity(core)
    setup.create(core, team)

    assert len(words.split()) == 12
    assert core.vault.words() == words
    assert setup.reminds(core, "2026-03-10")
    setup.remind_later(core, "2026-03-11")
    assert not setup.reminds(core, "2026-03-10")
    assert setup.reminds(core, "2026-03-11")
    setup.keep_words_checked(core)
    assert not setup.reminds(core, "2026-03-12")


def test_words_are_in_no_settings_and_not_made_twice(laptop: Callable[..., Core]) -> None:
    core = laptop("a", "Amina")
    words = setup.make_identity(core)

    with pytest.raises(VaultClosed):
        setup.make_identity(core)
    held = b"".join(path.read_bytes() for path in core.folder.rglob("*") if path.is_file())
    # Some of the words may stand in the database's own words, such as "person"; never all of them.
    assert not all(word.encode() in held for word in words.split())


def test_two_places_in_the_two_halves_are_asked() -> None:
    asked = [setup.words_to_ask() for _ in range(200)]

    assert all(1 <= first <= 6 < second <= 12 for first, second in asked)
    assert len(set(asked)) > 5


def test_beginning_puts_the_folder_and_ones_card_there(laptop: Callable[..., Core], team: Path) -> None:
    core = laptop("a", "Amina")

    made = begun(core, team)

    about = json.loads((team / "observe" / "folder.json").read_text())
    assert about == {
        "format": "observe-folder", "version": 1, "id": made.folder.id, "name": "Maths department", "school_key": "",
    }  # fmt: skip
    (card,) = (team / "observe" / "people").iterdir()
    assert cards.NAME.fullmatch(card.name)
    assert cards.read(card.read_bytes()).name == "Amina"
    assert made.folder.home
    assert made.school_words == ""
    me = people.me(core)
    assert me is not None
    assert me.card == core.vault.keys().fingerprint


def test_joining_shows_each_the_others_name(laptop: Callable[..., Core], team: Path) -> None:
    begun(laptop("a", "Amina"), team)
    other = laptop("b", "Ben")
    setup.make_identity(other)

    assert setup.check(team, other).found.people == ("Amina",)  # type: ignore[union-attr]  # it is there
    joined = setup.join(other, team)

    assert joined.people == 2
    assert sorted(setup.check(team, other).found.people) == ["Amina", "Ben"]  # type: ignore[union-attr]  # as above
    assert [one.card.name for one in colleagues.listing(other)] == ["Ben"]


@pytest.mark.parametrize("reason", ["there", "joined", "none_here", "no_name", "missing"])
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    laptop: Callable[..., Core], team: Path, tmp_path: Path, reason: str
) -> None:
    core = laptop("a", "" if reason == "no_name" else "Amina")
    setup.make_identity(core)
    empty = tmp_path / "empty"
    empty.mkdir()
    act = {
        "there": lambda: (setup.create(core, team), setup.create(core, team)),
        "joined": lambda: (setup.create(core, team), setup.join(core, team)),
        "none_here": lambda: setup.join(core, empty),
        "no_name": lambda: setup.create(core, empty),
        "missing": lambda: setup.create(core, tmp_path / "nowhere"),
    }[reason]

    with pytest.raises(SharingRefused) as caught:
        act()

    assert caught.value.reason == reason
    assert len(setup.folders(core)) == (1 if reason in {"there", "joined"} else 0)
    assert list(empty.iterdir()) == []


def test_without_words_nothing_is_begun(laptop: Callable[..., Core], team: Path) -> None:
    with pytest.raises(VaultClosed):
        setup.create(laptop("a", "Amina"), team)

    assert list(team.iterdir()) == []


def test_the_schools_key_is_off_unless_the_founder_turns_it_on(
    laptop: Callable[..., Core], team: Path, ring: MemoryKeyring
) -> None:
    core = laptop("a", "Amina")

    made = begun(core, team, school_key=True)

    recipient = crypto.keys_of(made.school_words).recipient
    assert made.folder.school_key == recipient != core.vault.keys().recipient
    assert made.school_words not in repr(made)
    assert not any(made.school_words in kept for kept in ring.kept.values())
    other = laptop("b", "Ben")
    setup.make_identity(other)
    assert setup.join(other, team).folder.school_key == recipient


def test_somebody_comes_back_on_an_empty_machine_with_the_words_alone(laptop: Callable[..., Core], team: Path) -> None:
    first = laptop("a", "Amina Diallo")
    words = setup.make_identity(first)
    setup.create(first, team)

    fresh = laptop("b")
    back = setup.recover(fresh, "  " + words.upper().replace(" ", "\n"), team)

    assert fresh.settings.get().me_id == first.settings.get().me_id
    assert fresh.settings.get().my_name == "Amina Diallo"
    assert fresh.settings.get().first_run_done
    assert fresh.vault.keys().fingerprint == first.vault.keys().fingerprint
    assert back.folder.home
    assert back.people == 1
    assert not setup.reminds(fresh, "2030-01-01")


def test_words_of_nobody_here_change_nothing(laptop: Callable[..., Core], team: Path) -> None:
    begun(laptop("a", "Amina"), team)
    fresh = laptop("b")

    with pytest.raises(SharingRefused) as caught:
        setup.recover(fresh, crypto.new_words(bytes), team)
    with pytest.raises(WordsWrong):
        setup.recover(fresh, "harbour lemon", team)

    assert caught.value.reason == "nobody"
    assert not setup.has_identity(fresh)
    assert fresh.settings.get().me_id is None


def test_anothers_words_do_not_take_over_a_record(laptop: Callable[..., Core], team: Path) -> None:
    first = laptop("a", "Amina")
    words = setup.make_identity(first)
    setup.create(first, team)
    other = laptop("b", "Ben")
    mine = other.settings.get().me_id

    with pytest.raises(SharingRefused) as caught:
        setup.recover(other, words, team)

    assert caught.value.reason == "other_person"
    assert not setup.has_identity(other)
    assert other.settings.get().me_id == mine


def test_another_name_means_a_new_card_with_the_same_key(laptop: Callable[..., Core], team: Path) -> None:
    core = laptop("a", "Amina")
    begun(core, team)
    assert not setup.refresh_card(core)

    people.introduce(core, name="Amina Diallo")

    assert setup.refresh_card(core)
    assert not setup.refresh_card(core)
    found = [cards.read(path.read_bytes()) for path in (team / "observe" / "people").iterdir()]
    assert {one.name for one in found} == {"Amina", "Amina Diallo"}
    assert len({one.fingerprint for one in found}) == 1
    assert [one.card.name for one in colleagues.listing(core)] == ["Amina Diallo"]


def test_two_schools_at_once_and_leaving_one(laptop: Callable[..., Core], team: Path, tmp_path: Path) -> None:
    core = laptop("a", "Amina")
    first = begun(core, team).folder
    second = tmp_path / "Other school"
    second.mkdir()
    other = setup.create(core, second, "The other school").folder

    assert [(one.name, one.home) for one in setup.folders(core)] == [
        ("Maths department", True), ("The other school", False),
    ]  # fmt: skip
    setup.leave(core, first.id)

    assert [(one.id, one.home) for one in setup.folders(core)] == [(other.id, True)]
    assert (team / "observe" / "folder.json").exists()
    with pytest.raises(NotFound):
        setup.leave(core, first.id)


def test_a_folder_that_moved_is_found_again_and_no_other_is_taken_for_it(
    laptop: Callable[..., Core], team: Path, tmp_path: Path
) -> None:
    core = laptop("a", "Amina")
    folder = begun(core, team).folder
    elsewhere, other = tmp_path / "X", tmp_path / "Y"
    team.rename(elsewhere)
    other.mkdir()
    setup.create(core, other)

    with pytest.raises(SharingRefused) as caught:
        setup.move(core, folder.id, other)
    assert caught.value.reason == "other"
    assert setup.move(core, folder.id, elsewhere).path == str(elsewhere)
    assert setup.rename(core, folder.id, " Maths\n").name == "Maths"


def test_comparing_numbers_is_kept_for_the_colleague(laptop: Callable[..., Core], team: Path) -> None:
    first, second = laptop("a", "Amina"), laptop("b", "Ben")
    begun(first, team)
    setup.make_identity(second)
    setup.join(second, team)
    own = colleagues.own_number(second)

    assert len(own.replace(" ", "")) == 20
    fingerprint = second.vault.keys().fingerprint
    assert colleagues.listing(second)[-1].number == own
    assert colleagues.same(second, fingerprint).trust is Trust.CHECKED
    assert colleagues.not_same(second, fingerprint).trust is Trust.CHANGED
    with pytest.raises(NotFound):
        colleagues.same(second, "0" * 32)
