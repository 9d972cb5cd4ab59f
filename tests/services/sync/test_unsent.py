"""A release is taken back while the folder is away: nothing of it may ever leave, and the chain has no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotReleasable
from observe_app.domain.turn import Voice
from observe_app.services import people, releases, turns
from observe_app.services.sync import bundle, colleagues, rounds, setup, sharing
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina"):
            made.add(name)
        people.ensure(made.cores["Joonas"], "Amina")
        made.meet()
        yield made


def unplugged(made: School, name: str, times: int = 2) -> None:
    """Let somebody do rounds while the folder is away."""
    away = made.shared.with_name("away")
    made.shared.rename(away)
    for _ in range(times):
        assert rounds.run_round(made.cores[name])[0].problem == "missing"
    away.rename(made.shared)


def chain(made: School, name: str) -> list[int]:
    """Return the numbers of somebody's own segments."""
    numbers = made.ask(
        name, "SELECT seq FROM sync_segment WHERE writer = (SELECT value FROM meta WHERE key = 'writer') ORDER BY seq"
    )
    return [row[0] for row in numbers]


def lines(made: School, name: str) -> set[str]:
    return {row[0] for row in made.ask(name, "SELECT text FROM event")}


def test_while_the_folder_is_away_a_release_can_be_taken_back(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.released("Joonas", "Amina")
    unplugged(staff, "Joonas")
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_segment WHERE audience = ?", visit)[0][0] > 0
    assert releases.can_take_back(joonas, visit)

    releases.take_back(joonas, visit)
    staff.rounds(times=3)

    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_segment WHERE audience = ?", visit) == [(0,)]
    assert chain(staff, "Joonas") == list(range(1, len(chain(staff, "Joonas")) + 1))
    assert all(one.deleted for one in sharing.people_of(joonas, visit))


def test_what_stands_behind_it_goes_out_all_the_same(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    words = joonas.vault.words()
    back = staff.released("Joonas", "Amina")
    unplugged(staff, "Joonas")
    turns.add(joonas, visit_id=back, voice=Voice.OBSERVER, text="Said while it was out")
    other = staff.visit("Joonas", "Amina", "A second visit")
    releases.release(joonas, visit_id=other)
    unplugged(staff, "Joonas")

    releases.take_back(joonas, back)
    staff.rounds(times=3)

    assert lines(staff, "Amina") == {"A second visit"}
    assert staff.ask("Amina", "SELECT text FROM turn") == []
    assert chain(staff, "Joonas") == list(range(1, len(chain(staff, "Joonas")) + 1))
    staff.second("Joonas", words)
    staff.rounds(times=3)
    assert {"Five breaths of waiting", "A second visit"} <= lines(staff, "Joonas 2")
    assert staff.ask("Joonas 2", "SELECT text FROM turn") == [("Said while it was out",)]


def test_it_can_be_released_again(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.released("Joonas", "Amina")
    unplugged(staff, "Joonas")
    releases.take_back(joonas, visit)
    unplugged(staff, "Joonas")
    releases.release(joonas, visit_id=visit)
    staff.rounds(times=3)

    assert lines(staff, "Amina") == {"Five breaths of waiting"}
    assert not releases.can_take_back(joonas, visit)
    with pytest.raises(NotReleasable, match="sent"):
        releases.take_back(joonas, visit)


def test_what_went_into_a_bundle_is_out(staff: School, tmp_path: Path) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.released("Joonas", "Amina")
    unplugged(staff, "Joonas")
    amina = next(one.card for one in colleagues.listing(joonas) if not one.me)
    bundle.make(joonas, tmp_path / "Visit.observe", folder=setup.folders(joonas)[0], visits=[visit], to=[amina])

    assert not releases.can_take_back(joonas, visit)


def test_a_folder_that_refused_the_file_may_have_it(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.released("Joonas", "Amina")
    own = staff.shared / "observe" / "d" / staff.ask("Joonas", "SELECT value FROM meta WHERE key = 'writer'")[0][0]
    own.rename(own.with_name("elsewhere"))
    own.write_bytes(b"")  # nothing can be written into what is no folder
    rounds.run_round(joonas)
    assert not releases.can_take_back(joonas, visit)
    own.unlink()
    own.with_name("elsewhere").rename(own)
    staff.rounds(times=3)
    assert lines(staff, "Amina") == {"Five breaths of waiting"}
