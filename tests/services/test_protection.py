"""Protecting a whole data folder: what opens it, what becomes of backups, and that its words are nowhere in it."""

from __future__ import annotations

import logging
import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from observe_app.app import start_log, wire_core
from observe_app.domain.errors import (
    BackupFailed,
    DatabaseDamaged,
    DatabaseLockedAway,
    DataFolderInUse,
    ProtectionFailed,
    VaultClosed,
    WordsWrong,
)
from observe_app.domain.progress import Progress
from observe_app.services import backup, notes, opened, people, protection, recovery, search, visits, words
from observe_app.services.core import close
from observe_app.store import driver
from observe_app.store.folder import DataFolder, WindowLock
from observe_app.store.vault import LEAST_PASSPHRASE, Vault
from tests.keyrings import MemoryKeyring, memory_keyring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

CANARY = "Canarybird"
PASSPHRASE = "four words put together"  # noqa: S105  (it protects nothing)
WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
OTHERS = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("OBSERVE_TEST_SEALED")), reason="decides by itself what is protected"
)


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as found:
        yield found


@pytest.fixture
def folder(data_folder: Path, clock: FakeClock) -> Path:
    """Return a plain data folder with words in the record, a backup and the recovery file."""
    core = wire_core(data_folder, clock=clock)
    visit = visits.plan(core, focus=f"{CANARY} focus")
    notes.add(core, visit_id=visit.id, line=f"T {CANARY} note", offset_ms=0)
    people.add(core, name=f"{CANARY} Person")
    backup.daily(core)
    recovery.keep_copy(core, f"T {CANARY} not stored")
    close(core)
    return data_folder


def holding(folder: Path, text: str = CANARY) -> list[str]:
    """Return the files that hold the text, plainly or packed tight."""
    found = [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]
    return sorted(str(path.relative_to(folder)) for path in found)


def found_in(folder: Path, **options: object) -> int:
    core = wire_core(folder, **options)  # type: ignore[arg-type]
    try:
        return len(search.notes(core, CANARY))
    finally:
        close(core)


# --- turning it on and off -------------------------------------------------------------------------------------------


def test_protected_by_the_keyring_it_opens_by_itself(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    vault = Vault(folder)
    assert len(holding(folder)) == 3

    changed = protection.turn_on(folder, vault, clock=clock)

    assert changed.on
    assert changed.left == ()
    assert changed.converted == 2  # the daily one, and the one made now
    assert changed.backup is not None
    assert changed.backup.name.startswith("before-protecting-")
    assert holding(folder) == []
    assert found_in(folder) == 1
    told = protection.status(folder, Vault(folder))
    assert (told.is_on, told.kept_in, told.has_words, told.plain, told.sealed) == (True, "keyring", False, 0, 2)
    assert len(ring.kept) == 1


def test_on_another_computer_it_says_what_is_missing(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    ring.kept.clear()

    with pytest.raises(DatabaseLockedAway) as caught:
        wire_core(folder)

    assert caught.value.reason == "no_key"
    assert "not on this computer" in words.describe(caught.value).text


def test_under_a_passphrase_it_opens_with_that_alone(folder: Path, clock: FakeClock) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock, passphrase=PASSPHRASE)

    for given, reason in ((None, "passphrase"), ("another one", "wrong_passphrase")):
        with pytest.raises(DatabaseLockedAway) as caught:
            wire_core(folder, passphrase=given)
        assert caught.value.reason == reason
    assert found_in(folder, passphrase=PASSPHRASE) == 1
    assert holding(folder) == []
    assert holding(folder, PASSPHRASE) == []


def test_ended_everything_is_as_it_was_and_the_key_is_forgotten(
    folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    changed = protection.turn_off(folder, Vault(folder), clock=clock)

    assert not changed.on
    assert changed.left == ()
    assert found_in(folder) == 1
    assert ring.kept == {}
    assert not (folder / "identity.id").exists()
    assert all(driver.is_plain(path) for path in (folder / "backups").iterdir())
    assert (folder / "recovery.txt").read_text(encoding="utf-8") == f"T {CANARY} not stored\n"
    assert protection.turn_off(folder, Vault(folder), clock=clock) == protection.Changed(on=False)


def test_backups_left_protected_keep_their_key(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    changed = protection.turn_off(folder, Vault(folder), clock=clock, backups="keep")

    assert len(changed.left) == 3
    assert len(ring.kept) == 1
    backup.restore(folder, changed.left[0], clock)
    assert driver.is_plain(folder / "observe.sqlite")
    assert found_in(folder) == 1


@pytest.mark.parametrize(("wish", "plain", "sealed"), [("convert", 0, 2), ("remove", 0, 1), ("keep", 2, 0)])
def test_backups_become_what_was_wished(
    folder: Path, clock: FakeClock, ring: MemoryKeyring, wish: str, plain: int, sealed: int
) -> None:
    changed = protection.turn_on(folder, Vault(folder), clock=clock, backups=wish)
    told = protection.status(folder, Vault(folder))
    assert (told.plain, told.sealed) == (plain, sealed)
    assert len(changed.left) == plain
    again = protection.turn_on(folder, Vault(folder), clock=clock)  # does what was left
    assert again.backup is None
    assert holding(folder) == []


def test_a_record_that_is_not_there_yet_is_protected_from_its_first_word(
    tmp_path: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    core = wire_core(tmp_path, clock=clock, protect_new=True)
    assert core.store.key is not None
    notes.add(core, visit_id=visits.plan(core).id, line=CANARY, offset_ms=0)
    close(core)
    assert holding(tmp_path) == []
    assert found_in(tmp_path) == 1


def test_without_a_keyring_a_new_record_is_plain(tmp_path: Path, clock: FakeClock) -> None:
    core = wire_core(tmp_path, clock=clock, protect_new=True)
    assert core.store.key is None
    close(core)
    assert protection.status(tmp_path, Vault(tmp_path)).is_on is False
    with pytest.raises(ProtectionFailed) as caught:
        protection.turn_on(tmp_path, Vault(tmp_path), clock=clock)
    assert caught.value.reason == "no_keyring"


def test_a_passphrase_that_is_too_short_changes_nothing(folder: Path, clock: FakeClock) -> None:
    assert protection.LEAST_PASSPHRASE == LEAST_PASSPHRASE
    with pytest.raises(ProtectionFailed) as caught:
        protection.turn_on(folder, Vault(folder), clock=clock, passphrase=PASSPHRASE[:7])
    assert caught.value.reason == "short_passphrase"
    assert Vault(folder).place() == ""
    assert found_in(folder) == 1


def test_a_window_that_is_open_stands_in_the_way(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    lock = WindowLock(DataFolder(folder).window_lock)
    lock.acquire()
    with pytest.raises(DataFolderInUse):
        protection.turn_on(folder, Vault(folder), clock=clock)
    lock.release()
    assert protection.turn_on(folder, Vault(folder), clock=clock).on


def test_a_cancel_takes_back_the_copy_too(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    from observe_app.domain.progress import Cancelled

    before = {path.name for path in (folder / "backups").iterdir()}
    progress = Progress(lambda done, _all, _text: progress.cancel() if done >= 100 else None)
    with pytest.raises(Cancelled):
        protection.turn_on(folder, Vault(folder), clock=clock, progress=progress)
    assert {path.name for path in (folder / "backups").iterdir()} == before
    assert found_in(folder) == 1


def test_a_cancel_among_the_backups_leaves_the_rest_and_says_so(
    folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    progress = Progress(lambda done, _all, _text: progress.cancel() if done >= 900 else None)
    changed = protection.turn_on(folder, Vault(folder), clock=clock, progress=progress)
    assert driver.is_sealed(folder / "observe.sqlite")
    assert changed.left
    assert all(driver.is_plain(path) for path in changed.left)


def test_a_lost_key_is_not_replaced_by_a_new_one(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    kept = dict(ring.kept)
    ring.kept.clear()
    with pytest.raises(VaultClosed):
        protection.turn_on(folder, Vault(folder), clock=clock)
    with pytest.raises(VaultClosed):
        protection.turn_off(folder, Vault(folder), clock=clock)
    assert ring.kept == {}
    ring.kept.update(kept)
    assert found_in(folder) == 1


def test_from_keyring_to_passphrase_and_back_the_record_stays(
    folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    vault = Vault(folder)
    protection.turn_on(folder, vault, clock=clock)
    before = (folder / "observe.sqlite").read_bytes()
    protection.change_passphrase(vault, PASSPHRASE)
    assert ring.kept == {}
    assert found_in(folder, passphrase=PASSPHRASE) == 1
    protection.change_passphrase(vault, None)
    assert found_in(folder) == 1
    assert (folder / "observe.sqlite").read_bytes()[:16] == before[:16]


# --- the twelve words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("identity_first", [True, False])
def test_the_twelve_words_open_it_where_everything_else_is_lost(
    folder: Path, clock: FakeClock, ring: MemoryKeyring, identity_first: bool
) -> None:
    vault = Vault(folder)
    if identity_first:
        vault.create(WORDS)
    protection.turn_on(folder, vault, clock=clock)
    if not identity_first:
        vault.create(WORDS)
    assert protection.status(folder, vault).has_words
    ring.kept.clear()

    fresh = Vault(folder)
    with pytest.raises(WordsWrong):
        protection.open_with_words(folder, fresh, "some words")
    with pytest.raises(DatabaseLockedAway) as caught:
        protection.open_with_words(folder, fresh, OTHERS)
    assert caught.value.reason == "wrong_words"
    protection.open_with_words(folder, fresh, WORDS)
    assert found_in(folder) == 1


def test_a_forgotten_passphrase_is_replaced_with_the_words(folder: Path, clock: FakeClock) -> None:
    vault = Vault(folder)
    vault.create(WORDS, PASSPHRASE)
    protection.turn_on(folder, vault, clock=clock)

    fresh = Vault(folder)
    protection.open_with_words(folder, fresh, WORDS, PASSPHRASE[::-1])

    assert found_in(folder, passphrase=PASSPHRASE[::-1]) == 1


def test_without_words_that_is_said(folder: Path, clock: FakeClock, ring: MemoryKeyring) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    with pytest.raises(DatabaseLockedAway) as caught:
        protection.open_with_words(folder, Vault(folder), WORDS)
    assert caught.value.reason == "no_key"


# --- what lies in the folder -----------------------------------------------------------------------------------------


def test_no_word_is_in_any_file_while_it_is_worked_with(
    folder: Path, clock: FakeClock, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    temporary = folder.parent / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    root = logging.getLogger()
    before = list(root.handlers)
    start_log(folder / "observe.log")
    core = wire_core(folder, clock=clock)
    try:
        visit = visits.plan(core, focus=f"{CANARY} again")
        for number in range(200):
            notes.add(core, visit_id=visit.id, line=f"S{number % 9} {CANARY} {number} #tag", offset_ms=number)
        search.notes(core, CANARY)
        backup.make(core)
        clock.advance(seconds=90_000)
        backup.daily(core)
        assert recovery.keep_copy(core, f"{CANARY} set aside") == folder / "recovery.txt"
        (folder / "recovery.txt").rename(folder / "kept.txt")
        (folder / "recovery.txt").mkdir()  # in the way: the copy goes to the system's own folder
        assert recovery.keep_copy(core, f"{CANARY} elsewhere") == temporary / "observe-recovery.txt"
        with pytest.raises(BackupFailed):
            backup.make(core, folder)
        logging.getLogger("observe").info("something happened")
        (folder / "observe.sqlite-wal").read_bytes()
        assert holding(folder) == []
        assert holding(temporary) == []
        shown = opened.put(core, "Feedback.pdf", CANARY.encode())
        assert holding(folder) == [str(shown.relative_to(folder))]  # another program reads it: until it is cleared
        opened.clear(core)
    finally:
        close(core)
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
    assert holding(folder) == []
    (folder / "recovery.txt").rmdir()
    (folder / "kept.txt").rename(folder / "recovery.txt")
    core = wire_core(folder, clock=clock)
    assert recovery.show(core) == ((f"T {CANARY} not stored", f"{CANARY} set aside"), 0)
    close(core)


def test_a_record_put_back_after_its_folder_was_deleted_still_opens(
    folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    import shutil

    protection.turn_on(folder, Vault(folder), clock=clock)
    core = wire_core(folder, clock=clock)
    visit = visits.plan(core)
    shutil.rmtree(folder)
    folder.mkdir()
    notes.add(core, visit_id=visit.id, line=f"{CANARY} after", offset_ms=0)
    close(core)
    assert found_in(folder) == 2


def test_a_damaged_protected_record_goes_back_to_a_protected_backup(
    folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    path = folder / "observe.sqlite"
    path.write_bytes(path.read_bytes()[:16] + os.urandom(30_000))
    with pytest.raises(DatabaseDamaged):
        wire_core(folder, clock=clock)
    newest = backup.newest_of(folder, protection.silent_key(Vault(folder)))
    assert newest is not None
    assert backup.newest_of(folder) is None
    backup.restore(folder, newest, clock)
    assert driver.is_sealed(path)
    assert found_in(folder) == 1
