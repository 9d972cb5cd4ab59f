"""Figures for whoever coordinates: told only where that was turned on, by oneself alone, and never a word with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotFound
from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.domain.sync.progress import TABLE, Figures, progress_id, term_of
from observe_app.domain.sync.segment import file_hash, parse
from observe_app.services import backup, people, releases, replies, turns, visits
from observe_app.services.sync import colleagues, counts, health, letters, setup, status
from observe_app.services.sync.crypto import AgeCipher, unsqueeze
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.sync.letter import Value
    from observe_app.services.core import Core


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes, Amina teaches, Carla coordinates."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Carla"):
            made.add(name)
        people.ensure(made.cores["Joonas"], "Amina")
        made.meet()
        yield made


def folder(core: Core) -> str:
    return setup.folders(core)[0].id


def turn(core: Core, *, on: bool) -> None:
    counts.turn(core, folder(core), on=on)


def told(core: Core) -> dict[str, tuple[int, ...]]:
    return {one.name: one.figures.each() for one in counts.listing(core)}


def letters_of_all(staff: School) -> list[Path]:
    return sorted((staff.shared / "observe" / "d").rglob("*.seg"))


def public_words(staff: School) -> bytes:
    """Return what anybody who can open the folder reads of it."""
    found = b""
    for path in (staff.shared / "observe").rglob("*"):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        found += raw + path.name.encode()
        if path.suffix == ".seg":
            header, body = parse(raw)
            found += unsqueeze(body) if header.public else b""
    return found


def a_whole_visit(staff: School) -> str:
    visit = staff.visit("Joonas", "Amina")
    core = staff.cores["Joonas"]
    turns.start_talk(core, visit)
    turns.end_talk(core, visit)
    releases.release(core, visit_id=visit)
    replies.type_in(core, visit_id=visit, overall="Thank you")
    return visit


def test_nothing_is_told_until_it_is_turned_on(staff: School) -> None:
    staff.released("Joonas", "Amina")
    staff.rounds(times=3)
    assert not counts.is_on(staff.cores["Joonas"], folder(staff.cores["Joonas"]))
    assert all(told(core) == {} for core in staff.cores.values())
    assert TABLE.encode() not in public_words(staff)


def test_everybody_sees_how_far_the_visits_came_and_none_of_them(staff: School) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    a_whole_visit(staff)
    staff.visit("Joonas", "Amina")
    visits.plan(joonas, class_name="9z canary class")
    visits.plan(joonas, source="demo")
    turn(joonas, on=True)
    staff.rounds(times=2)

    assert told(carla) == {"Joonas": (3, 2, 1, 1, 1)}
    assert told(joonas) == {"Joonas": (3, 2, 1, 1, 1)}
    assert [one.me for one in counts.listing(joonas)] == [True]
    assert staff.ask("Carla", "SELECT count(*) FROM visit")[0][0] == 0
    assert status.not_let_in(carla) == ()


def test_the_figures_follow_by_themselves_and_are_not_written_twice(staff: School) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    turn(joonas, on=True)
    staff.rounds(times=2)
    assert told(carla) == {"Joonas": (0, 0, 0, 0, 0)}
    staff.visit("Joonas", "Amina")
    staff.rounds(times=2)
    assert told(carla) == {"Joonas": (1, 1, 0, 0, 0)}
    staff.rounds(times=2)
    before = len(letters_of_all(staff))
    staff.rounds(times=3)
    assert len(letters_of_all(staff)) == before


def test_what_is_public_names_no_visit_no_class_and_no_teacher(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    teacher = people.ensure(joonas, "Zebulon Canary-Teacher")
    visit = visits.plan(joonas, teacher_id=teacher.id, class_name="9z canary class", topic="Canary topic")
    visits.begin(joonas, visit_id=visit.id)
    visits.finish(joonas, visit_id=visit.id)
    turn(joonas, on=True)
    staff.rounds(times=2)
    words = public_words(staff)
    assert TABLE.encode() in words
    for canary in (visit.id, teacher.id, "Canary-Teacher", "canary class", "Canary topic"):
        assert canary.encode() not in words, canary


def test_turned_off_the_figures_are_zeros_and_gone(staff: School) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    staff.released("Joonas", "Amina")
    turn(joonas, on=True)
    staff.rounds(times=2)
    turn(joonas, on=False)
    staff.rounds(times=2)
    assert told(carla) == {}
    row = staff.ask("Carla", "SELECT planned, observed, talked, released, answered, deleted FROM progress_count")
    assert row == [(0, 0, 0, 0, 0, 1)]
    staff.visit("Joonas", "Amina")
    staff.rounds(times=2)
    assert told(carla) == {}
    turn(joonas, on=True)
    staff.rounds(times=2)
    assert told(carla) == {"Joonas": (2, 2, 0, 1, 0)}


def test_a_new_term_begins_at_nothing_and_the_last_one_stays_to_be_seen(staff: School, clock: FakeClock) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    staff.visit("Joonas", "Amina")
    turn(joonas, on=True)
    staff.rounds(times=2)
    clock.advance(seconds=150 * 86_400)
    staff.rounds(times=2)
    found = counts.listing(carla)
    assert [(one.term.since.month, one.figures) for one in found] == [(8, Figures()), (2, Figures(1, 1))]
    turn(joonas, on=False)
    staff.rounds(times=2)
    assert counts.listing(carla) == ()


def test_another_computer_of_the_same_person_agrees(staff: School) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    staff.visit("Joonas", "Amina")
    turn(joonas, on=True)
    staff.rounds(times=2)
    second = staff.second("Joonas", joonas.vault.words())
    staff.rounds(times=3)
    assert counts.is_on(second, folder(second))
    assert told(second) == told(carla) == {"Joonas": (1, 1, 0, 0, 0)}
    visits.plan(second)
    staff.rounds(times=3)
    assert told(carla) == {"Joonas": (2, 1, 0, 0, 0)}
    before = len(letters_of_all(staff))
    staff.rounds(times=3)
    assert len(letters_of_all(staff)) == before, "two computers do not answer each other for ever"


def test_turned_off_on_one_computer_it_is_off_although_the_other_counted_on(staff: School) -> None:
    joonas, carla = staff.cores["Joonas"], staff.cores["Carla"]
    turn(joonas, on=True)
    staff.rounds(times=2)
    second = staff.second("Joonas", joonas.vault.words())
    staff.rounds(times=3)
    visits.plan(second)
    counts.update(second, colleagues.own_fingerprint(second), folder(second))
    turn(joonas, on=False)
    staff.rounds(times=4)
    assert not counts.is_on(joonas, folder(joonas))
    assert not counts.is_on(second, folder(second))
    assert told(carla) == {}
    rows = staff.ask("Carla", "SELECT planned, deleted FROM progress_count")
    assert rows == [(0, 1)]
    assert all(status.overview(core).conflicts == 0 for core in staff.cores.values())


def test_a_folder_that_one_takes_no_part_in_is_told_nothing(staff: School) -> None:
    with pytest.raises(NotFound):
        counts.turn(staff.cores["Joonas"], "elsewhere", on=True)


def test_in_another_folder_it_is_another_question(staff: School, tmp_path: Path) -> None:
    joonas = staff.cores["Joonas"]
    (tmp_path / "Second school").mkdir()
    other = setup.create(joonas, tmp_path / "Second school", "Second").folder
    counts.turn(joonas, other.id, on=True)
    staff.rounds(times=2)
    assert told(staff.cores["Carla"]) == {}
    assert TABLE.encode() not in public_words(staff)
    assert [one.folder for one in counts.listing(joonas)] == [other.id]


def test_the_database_and_the_folder_are_whole_with_figures_in_them(staff: School) -> None:
    turn(staff.cores["Joonas"], on=True)
    staff.rounds(times=2)
    for core in staff.cores.values():
        assert backup.check(core) == ()
        assert health.problems(core) == ()


# --- by somebody who means harm --------------------------------------------------------------------------------------


def forge(staff: School, by: str, row: str, cells: dict[str, Value], *, number: int = 1) -> None:
    """Lay a letter into the folder that everybody reads, rightly signed by somebody, with these cells of a row."""
    core = staff.cores[by]
    keys, cipher = core.vault.keys(), AgeCipher(bytes)
    stamp = f"01a2f000000ff-{number:06x}-bad0bad0"
    ops = tuple(
        Op(f"{number:08x}{place:08x}", f"evil-{number}", TABLE, row, column, value, (), stamp, inserted=True)
        for place, (column, value) in enumerate(cells.items())
    )
    letter = Letter(
        folder=folder(core), writer="bad0bad0", seq=number, signer=keys.fingerprint, format=1004,
        audience=Audience(AudienceKind.ALL), actions=(ActionHead(f"evil-{number}", "x", core.store.ledger.now()),),
        ops=ops,
    )  # fmt: skip
    raw, _hash = letters.pack(letter, keys, {}, "", cipher=cipher)
    path = staff.shared / "observe" / "d" / "bad0bad0" / f"{number:08d}-{file_hash(raw)[:16]}.seg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def cells(staff: School, whose: str, clock: FakeClock, **others: Value) -> tuple[str, dict[str, Value]]:
    term, where = term_of(clock.now().date()), folder(staff.cores[whose])
    row = progress_id(staff.print_of(whose), where, term.since)
    told_: dict[str, Value] = {
        "fingerprint": staff.print_of(whose), "folder": where, "since": term.since.isoformat(),
        "until": term.until.isoformat(), "planned": 7,
    }  # fmt: skip
    return row, told_ | others


def test_nobody_tells_the_figures_of_somebody_else(staff: School, clock: FakeClock) -> None:
    carla = staff.cores["Carla"]
    row, evil = cells(staff, "Joonas", clock)
    forge(staff, "Amina", row, evil)
    staff.rounds("Carla", times=2)
    assert told(carla) == {}
    assert {one.reason for one in status.not_let_in(carla)} == {"not_theirs"}
    turn(staff.cores["Joonas"], on=True)
    staff.rounds("Joonas", "Carla", times=2)
    forge(staff, "Amina", row, {"deleted": 1, "observed": 3}, number=2)
    staff.rounds("Carla", times=2)
    assert told(carla) == {"Joonas": (0, 0, 0, 0, 0)}


@pytest.mark.parametrize("value", [-1, 10_000, 10**12, "7 visits, and she was late", 1.5, None, True])
def test_what_is_no_figure_is_not_let_in(staff: School, clock: FakeClock, value: Value) -> None:
    carla = staff.cores["Carla"]
    forge(staff, "Amina", *cells(staff, "Amina", clock, observed=value))
    staff.rounds("Carla", times=2)
    assert told(carla) in ({}, {"Amina": (7, 0, 0, 0, 0)})
    assert status.not_let_in(carla), "it is shown"
    assert b"late" not in str(staff.ask("Carla", "SELECT * FROM progress_count")).encode()


def test_a_name_that_is_not_on_the_card_is_not_shown(staff: School, clock: FakeClock) -> None:
    forge(staff, "Amina", *cells(staff, "Amina", clock, name="Joonas"))
    staff.rounds("Carla", times=2)
    assert set(told(staff.cores["Carla"])) == {"Amina"}
