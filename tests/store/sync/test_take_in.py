"""Taking in and sealing without any folder: whatever order letters come in, the records are what they ought to be."""

from __future__ import annotations

import pytest

from observe_app.store.sync import apply
from tests.sim.edits import Editor
from tests.sim.store_world import StoreWorld


@pytest.mark.parametrize("seed", range(60))
def test_every_laptop_shows_what_was_written_in_whatever_order_it_comes(seed: int) -> None:
    world = StoreWorld(seed)
    for _ in range(70):
        world.step()
        assert not world.fault(), (seed, world.fault())
    world.deliver_everything()
    assert not world.fault(), (seed, world.fault())
    assert world.all_equal()
    before = world.states()
    world.deliver_everything()
    assert world.states() == before, "a second time changed something"


@pytest.mark.parametrize("seed", range(60))
def test_what_is_evicted_was_never_there(seed: int) -> None:
    world = StoreWorld(seed)
    for _ in range(50):
        world.step()
    world.deliver_everything()
    laptop = world.laptops[0]
    there = sorted(world.oracle.written)
    out = set(world.dice.sample(there, min(len(there), world.dice.randint(1, 12))))
    with laptop.ledger.writing() as writing:
        writing.changed(apply.evict(writing.sql, sorted(out)))
    assert not world.oracle.check(laptop), seed
    again = [(writer, batch) for writer, batch in world.letters.values()]
    world.dice.shuffle(again)
    for writer, batch in again:
        with laptop.ledger.writing() as writing:
            apply.take_in(
                writing.sql, actions=batch.actions, ops=batch.ops, writer=writer, signer="b" * 32, audience="me"
            )
    assert world.all_equal(), "what came again after it was evicted is not what it was"


@pytest.mark.parametrize("seed", range(40))
def test_an_old_version_loses_nothing_that_a_newer_one_wrote(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns and a table that a laptop does not know wait in its journal, pass on, and appear after its upgrade."""
    hidden = frozenset({("event", "speaker"), ("visit", "focus"), *(("turn", one) for one in apply.columns_of("turn"))})
    known = apply.columns_of
    old: set[str] = set()
    world = StoreWorld(seed)
    world.editor = Editor(world.dice, world.oracle, ("visit", "event", "turn", "claim"))

    def of_version(table: str) -> dict[str, tuple[bool, str]]:
        if world.at in old:
            return {name: what for name, what in known(table).items() if (table, name) not in hidden}
        return known(table)

    monkeypatch.setattr(apply, "columns_of", of_version)
    world.laptops[0].hidden = hidden
    old.add(world.laptops[0].name)
    for _ in range(60):
        world.step()
        assert not world.fault(), (seed, world.fault())
    world.deliver_everything()
    assert not world.fault(), (seed, world.fault())
    world.laptops[0].hidden = frozenset()
    old.clear()
    with world.laptops[0].ledger.writing() as writing:
        apply.project_unknown(writing.sql)
    assert not world.fault(), (seed, world.fault())
    assert world.all_equal()


@pytest.mark.parametrize("seed", range(20))
def test_own_stamps_never_go_back_whatever_clocks_do_and_whatever_comes(seed: int) -> None:
    world = StoreWorld(seed)
    last: dict[str, str] = {}
    for _ in range(80):
        before = set(world.oracle.written)
        world.laptops[0].clock.off_ms = world.dice.choice((0, 86_400_000 * 3650, -86_400_000 * 400))
        world.step()
        for op in sorted(set(world.oracle.written) - before, key=lambda one: world.oracle.written[one].stamp):
            laptop = world.oracle.home[op]
            assert world.oracle.written[op].stamp > last.get(laptop, ""), seed
            last[laptop] = world.oracle.written[op].stamp
