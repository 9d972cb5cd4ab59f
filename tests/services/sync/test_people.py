"""Cards in a folder: who is believed, and who takes somebody else's place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from observe_app.domain.sync.card import Trust
from observe_app.services.sync import cards, colleagues

from .engine_hands import Laptop, keys_of


@pytest.fixture
def anna(data_folder, tmp_path, clock):
    laptop = Laptop(data_folder, tmp_path / "shared", clock)
    yield laptop
    laptop.close()


def lay(laptop, person, *, name=None, person_id=None, later=0, previous=None, rounds=True):
    """Put a card of this person's keys into the folder."""
    raw = cards.make(
        keys_of(person),
        name=name or person,
        person_id=person_id or f"person-{person}",
        at=laptop.core.clock.now() + timedelta(seconds=later),
        previous=keys_of(previous) if previous else None,
    )
    (laptop.shared / "observe" / "people" / cards.file_name(raw)).write_bytes(raw)
    if rounds:
        laptop.round()


def trust(laptop, person):
    with laptop.core.store.ledger.reading() as sql:
        rows = sql.execute("SELECT trust FROM sync_card WHERE fingerprint = ?", (keys_of(person).fingerprint,))
        return Trust(rows.fetchone()[0])


def test_a_colleague_is_new_until_the_numbers_were_compared(anna):
    lay(anna, "Ben")
    assert trust(anna, "Ben") is Trust.NEW

    colleagues.same(anna.core, keys_of("Ben").fingerprint)
    lay(anna, "Ben", name="Benjamin", later=9)
    assert trust(anna, "Ben") is Trust.CHECKED


@pytest.mark.parametrize("claim", [{"name": "BEN"}, {"person_id": "person-Ben"}, {"name": "Anna"}])
def test_another_key_in_somebodys_name_is_red(anna, claim):
    lay(anna, "Ben")
    lay(anna, "Eve", **claim)

    assert trust(anna, "Eve") is Trust.CHANGED
    assert trust(anna, "Ben") is Trust.NEW


@pytest.mark.parametrize("claim", [{"name": "BEN"}, {"person_id": "person-Ben"}])
def test_two_new_keys_in_one_name_that_come_together_are_both_red(anna, claim):
    lay(anna, "Ben", rounds=False)
    lay(anna, "Eve", **claim, rounds=False)
    lay(anna, "Cleo")

    assert (trust(anna, "Ben"), trust(anna, "Eve"), trust(anna, "Cleo")) == (Trust.CHANGED, Trust.CHANGED, Trust.NEW)

    colleagues.same(anna.core, keys_of("Ben").fingerprint)
    anna.round()
    assert (trust(anna, "Ben"), trust(anna, "Eve")) == (Trust.CHECKED, Trust.CHANGED)


def test_an_old_and_a_new_key_of_one_person_that_come_together_are_new(anna):
    lay(anna, "Ben's new key", name="Ben", person_id="person-Ben", previous="Ben", later=9, rounds=False)
    lay(anna, "Ben")

    assert (trust(anna, "Ben"), trust(anna, "Ben's new key")) == (Trust.NEW, Trust.NEW)


@pytest.mark.parametrize("claim", [{"name": "Ben"}, {"person_id": "person-Ben"}])
def test_a_checked_colleague_who_takes_anothers_place_is_red(anna, claim):
    lay(anna, "Ben")
    lay(anna, "Eve")
    colleagues.same(anna.core, keys_of("Eve").fingerprint)

    lay(anna, "Eve", **claim, later=9)

    assert trust(anna, "Eve") is Trust.CHANGED


def test_a_new_key_that_the_checked_one_signed_is_checked(anna):
    lay(anna, "Ben")
    colleagues.same(anna.core, keys_of("Ben").fingerprint)

    lay(anna, "Ben's new key", name="Ben", person_id="person-Ben", previous="Ben", later=9)

    assert trust(anna, "Ben's new key") is Trust.CHECKED


def test_a_name_that_was_red_and_is_checked_stays_checked(anna):
    lay(anna, "Ben")
    lay(anna, "Another", name="Ben", person_id="person-Another")
    colleagues.same(anna.core, keys_of("Another").fingerprint)

    lay(anna, "Another", name="Ben", person_id="person-Another", later=9)

    assert trust(anna, "Another") is Trust.CHECKED
