"""Databases that a key protects: told apart, opened, converted, and what a kill in the middle leaves."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from observe_app.app import wire_core
from observe_app.domain.errors import (
    BackupFailed,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseLockedAway,
    DiskFull,
    ProtectionFailed,
)
from observe_app.domain.ids import Ids
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import notes, visits
from observe_app.services.core import close
from observe_app.store import backup, check, driver, recovery, sealing
from observe_app.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.clock import FakeClock

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
CANARY = "Canarybird sang"
_MANY = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
    "INSERT INTO meta(key, value) SELECT 'more-' || i, 'value' FROM n"
)
CHILD = Path(__file__).with_name("sealing_child.py")


@pytest.fixture
def written(data_folder: Path, clock: FakeClock) -> Path:
    """Return a plain database with words in it."""
    core = wire_core(data_folder, clock=clock)
    if core.store.key is not None:
        pytest.skip("begins with a plain record")
    visit = visits.plan(core, focus=CANARY)
    for number in range(30):
        notes.add(core, visit_id=visit.id, line=f"{CANARY} {number}", offset_ms=number)
    close(core)
    path = data_folder / "observe.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_MANY)  # so that writing it anew takes a moment
    return path


@pytest.fixture
def sealed(written: Path) -> Path:
    assert sealing.rewrite(written, KEY, seal=True)
    return written


@pytest.fixture
def store(sealed: Path, clock: FakeClock) -> Iterator[Store]:
    opened = Store(sealed, clock=clock, ids=Ids(clock), busy_ms=50, key=KEY)
    yield opened
    opened.close()


def rows(path: Path, key: bytes | None) -> list[str]:
    with closing(driver.connect(path, key)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM event ORDER BY offset_ms")]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")]
        return [str(numbers), *sorted(connection.iterdump())]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


def holds(folder: Path, words: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


# --- telling files apart ---------------------------------------------------------------------------------------------


def test_the_first_bytes_tell_plain_protected_and_damaged_apart(written: Path, tmp_path: Path) -> None:
    assert driver.is_plain(written)
    assert not driver.is_sealed(written)
    sealing.rewrite(written, KEY, seal=True)
    assert driver.is_sealed(written)
    assert not driver.is_plain(written)
    assert driver.head_of(written) == driver.mark_of(KEY) != driver.mark_of(OTHER)
    assert driver.head_of(tmp_path / "nothing") == b""
    assert KEY[:8] not in driver.mark_of(KEY)


@pytest.mark.parametrize(("key", "reason"), [(None, "no_key"), (OTHER, "other_key")])
def test_a_wrong_key_is_no_damage(sealed: Path, clock: FakeClock, key: bytes | None, reason: str) -> None:
    before = sealed.read_bytes()
    found = set()
    for attempt in (
        lambda: Store(sealed, clock=clock, ids=Ids(clock), key=key),
        lambda: driver.connect(sealed, key),
        lambda: backup.check_backup(sealed, key),
        lambda: backup.copy_database(sealed, sealed.with_name("copy.sqlite"), key),
        lambda: sealing.rewrite(sealed, key or OTHER, seal=False),
    ):
        with pytest.raises(DatabaseLockedAway) as caught:
            attempt()
        assert caught.value.path == sealed
        found.add(caught.value.reason)
    assert found == {reason, "other_key"}  # to convert it, some key is needed
    assert sealed.read_bytes() == before
    assert not sealing.can_open(sealed, key)


@given(st.integers(16, 4095), st.integers(1, 255))
def test_damage_of_a_protected_file_is_said_as_damage(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    from observe_app.domain.clock import FakeClock as Fake

    path = tmp_path_factory.mktemp("damage") / "observe.sqlite"
    clock = Fake()
    Store(path, clock=clock, ids=Ids(clock), key=KEY).close()
    raw = bytearray(path.read_bytes())
    raw[place] ^= flip
    path.write_bytes(raw)

    with pytest.raises(DatabaseDamaged):
        Store(path, clock=clock, ids=Ids(clock), key=KEY)


def test_what_protects_is_not_needed_for_what_is_not_protected(written: Path, clock: FakeClock) -> None:
    opened = Store(written, clock=clock, ids=Ids(clock), key=KEY)
    assert opened.key is None
    opened.close()
    assert driver.is_plain(written)


def test_without_the_library_a_protected_file_says_so(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    assert not driver.can_seal()
    with pytest.raises(DatabaseLockedAway) as caught:
        driver.connect(sealed, KEY)
    assert caught.value.reason == "no_driver"


def test_a_plain_start_loads_nothing_of_it(data_folder: Path) -> None:
    """What protects is loaded for protected records alone."""
    code = (
        "import sys; from pathlib import Path; from observe_app.app import wire_core; "
        f"core = wire_core(Path({str(data_folder)!r})); "
        "print(sorted(m for m in ('sqlcipher3', 'keyring', 'pyrage', 'cryptography', 'mnemonic') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    if not os.environ.get("OBSERVE_TEST_SEALED"):
        assert done.stdout.strip() == "[]"


# --- a store on it ---------------------------------------------------------------------------------------------------


def test_errors_of_the_other_library_are_ours_too(store: Store) -> None:
    with store.read() as unit, pytest.raises(DBAPIError) as caught:
        unit.connection.execute(text("SELECT * FROM nowhere"))
    assert isinstance(caught.value.orig, driver.errors())
    holder = driver.connect(store.path, KEY)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked), store.write("person.add") as unit:
        unit.connection.execute(text("UPDATE meta SET value = value"))
    holder.close()


def test_a_protected_record_passes_its_check_and_repair(store: Store) -> None:
    assert check.problems(store) == ()
    assert check.repair(store) == ()


def test_log_and_shared_memory_hold_no_words(store: Store) -> None:
    with store.write("person.add") as unit:
        unit.people.add(_person(store))
        unit.commit()
    assert store.path.with_name("observe.sqlite-wal").stat().st_size > 0
    assert holds(store.path.parent, "Canary") == []


def _person(store: Store):
    from observe_app.domain.people import Person

    return Person(id=store.ids.new(), name="Canary Person")


def test_a_copy_is_protected_like_what_it_is_a_copy_of(sealed: Path, written: Path) -> None:
    copy = backup.copy_database(sealed, sealed.parent / "backups" / "one.sqlite", KEY)
    assert driver.head_of(copy) == driver.mark_of(KEY)
    assert rows(copy, KEY) == rows(sealed, KEY)
    backup.check_backup(copy, KEY)


@pytest.mark.parametrize("backup_sealed", [False, True])
@pytest.mark.parametrize("record_sealed", [False, True])
def test_going_back_keeps_the_protection_of_the_record(
    written: Path, clock: FakeClock, backup_sealed: bool, record_sealed: bool
) -> None:
    copy = backup.copy_database(written, written.parent / "backups" / "one.sqlite")
    if backup_sealed:
        sealing.rewrite(copy, KEY, seal=True)
    if record_sealed:
        sealing.rewrite(written, KEY, seal=True)
    before = rows(written, KEY if record_sealed else None)

    aside = backup.restore(copy, written, clock, key=KEY)

    assert driver.is_sealed(written) == record_sealed
    assert aside is not None
    assert driver.is_sealed(aside) == record_sealed
    assert rows(written, KEY if record_sealed else None) == before


def test_a_file_that_is_no_database_is_no_backup(sealed: Path, tmp_path: Path) -> None:
    path = tmp_path / "torn.sqlite"
    path.write_bytes(sealed.read_bytes()[:6000])
    with pytest.raises(BackupFailed):
        backup.check_backup(path, KEY)


# --- converting ------------------------------------------------------------------------------------------------------


def test_there_and_back_everything_is_the_same(written: Path) -> None:
    before = dump(written)
    steps: list[int] = []

    assert sealing.rewrite(written, KEY, seal=True, progress=Progress(lambda done, _all, _text: steps.append(done)))
    assert holds(written.parent, CANARY) == []
    assert names(written.parent) == {"observe.sqlite"}
    assert not sealing.rewrite(written, KEY, seal=True)
    assert sealing.rewrite(written, KEY, seal=False)

    assert dump(written) == before
    assert steps == sorted(steps)
    assert names(written.parent) == {"observe.sqlite"}


@pytest.mark.parametrize("seal", [True, False])
@pytest.mark.parametrize("step", [1, 3, 20])
def test_a_cancel_changes_nothing(written: Path, seal: bool, step: int) -> None:
    if not seal:
        sealing.rewrite(written, KEY, seal=True)
    before = rows(written, None if seal else KEY)
    count = [0]

    def report(_done: int, _all: int, _text: str) -> None:
        count[0] += 1
        if count[0] == step:
            progress.cancel()

    progress = Progress(report)
    with pytest.raises(Cancelled):
        sealing.rewrite(written, KEY, seal=seal, progress=progress)

    assert driver.is_plain(written) == seal
    assert rows(written, None if seal else KEY) == before
    assert names(written.parent) == {"observe.sqlite"}


def test_a_copy_that_is_not_equal_takes_no_place(written: Path) -> None:
    """Somebody writes past the lock, as on a disk that knows none: what is compared tells."""
    with closing(sqlite3.connect(written)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    changed = [False]

    def report(done: int, _all: int, _text: str) -> None:
        if done >= 600 and not changed[0]:
            changed[0] = True
            fresh = written.with_name("observe.sqlite" + sealing.FRESH)
            with closing(driver.connect(fresh, KEY)) as other:
                other.execute("DELETE FROM meta")

    with pytest.raises(ProtectionFailed) as caught:
        sealing.rewrite(written, KEY, seal=True, progress=Progress(report))

    assert caught.value.reason == "not_equal"
    assert driver.is_plain(written)
    assert names(written.parent) == {"observe.sqlite"}


def test_a_record_that_another_program_has_open_is_not_converted(written: Path) -> None:
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode = WAL'); "
        "c.execute('SELECT count(*) FROM event').fetchall(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(written)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(ProtectionFailed) as caught:
            sealing.rewrite(written, KEY, seal=True)
        child.communicate("")
    assert caught.value.reason == "in_use"
    assert driver.is_plain(written)
    assert sealing.rewrite(written, KEY, seal=True)


@pytest.mark.parametrize(
    ("seal", "step"),
    # A protected file that was replaced is not written over, so there is no such step on the way back.
    [(seal, step) for seal in (True, False) for step in range(8) if seal or step != 6],
)
def test_a_kill_at_any_step_leaves_one_whole_record(written: Path, seal: bool, step: int) -> None:
    if not seal:
        sealing.rewrite(written, KEY, seal=True)
    words = rows(written, None if seal else KEY)

    done = subprocess.run(
        [sys.executable, str(CHILD), str(written), str(int(seal)), str(step)], capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr

    sealing.tidy(written)
    left = driver.is_sealed(written)
    assert rows(written, KEY if left else None) == words
    assert names(written.parent) == {"observe.sqlite"}
    if left:
        assert holds(written.parent, CANARY) == []
    sealing.rewrite(written, KEY, seal=seal)
    assert driver.is_sealed(written) == seal
    assert rows(written, KEY if seal else None) == words


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of eight megabytes, where this machine allows making one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    place = tmp_path / "disk"
    place.mkdir()
    may = sys.platform == "linux" and mount and umount and os.geteuid() == 0
    if not may or subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run([umount, "-l", place], check=True)


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_disk_without_room_leaves_the_record_as_it_was(written: Path, small_disk: Path, meanwhile: bool) -> None:
    path = small_disk / "observe.sqlite"
    shutil.copy(written, path)
    before = path.read_bytes()

    def fill(done: int = 0, _all: int = 0, _text: str = "") -> None:
        if done < 600 and not (small_disk / "ballast").exists():
            (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free - 50_000))

    if not meanwhile:
        fill()
    with pytest.raises(DiskFull if meanwhile else ProtectionFailed):
        sealing.rewrite(path, KEY, seal=True, progress=Progress(fill if meanwhile else lambda *_step: None))

    assert rows(path, None)
    assert path.read_bytes()[100:] == before[100:]
    assert names(small_disk) == {"observe.sqlite", "ballast"}


# --- the recovery file -----------------------------------------------------------------------------------------------


_LINES = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60)


@given(st.lists(_LINES))
def test_lines_of_the_recovery_file_come_back(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("lines") / "recovery.txt"
    for number, line in enumerate(lines):
        assert recovery.append(path, line, KEY if number % 2 else None)
    assert recovery.read(path, KEY) == (tuple(lines), 0)


def test_a_cut_or_foreign_line_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / "recovery.txt"
    recovery.append(path, CANARY, KEY)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.strip()[:-9] + "\n" + whole + recovery.as_kept("other", OTHER) + "\n", encoding="utf-8")

    assert recovery.read(path, KEY) == ((CANARY,), 2)
    assert CANARY not in path.read_text(encoding="utf-8")


def test_the_recovery_file_follows_the_record(tmp_path: Path) -> None:
    path = tmp_path / "recovery.txt"
    recovery.append(path, CANARY)
    recovery.convert(path, KEY, seal=True)
    assert CANARY not in path.read_text(encoding="utf-8")
    recovery.convert(path, KEY, seal=False)
    assert path.read_text(encoding="utf-8") == CANARY + "\n"
    assert names(tmp_path) == {"recovery.txt"}
