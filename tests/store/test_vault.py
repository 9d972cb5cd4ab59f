"""Where keys are kept: in a keyring, under a passphrase, or nowhere; and that nothing gives them away."""

from __future__ import annotations

import logging
import os
import stat
import sys
import threading
import time

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from observe_app.domain.errors import VaultClosed, WordsWrong
from observe_app.store.identity import PersonKeys
from observe_app.store.vault import Vault, VaultState

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
OTHERS = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"
PASSPHRASE = "four words put together"  # noqa: S105  (it protects nothing)


class Memory(KeyringBackend):
    """A keyring in memory; keeps what was asked of it."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(Memory):
    """The person pressed Cancel when the system asked them."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("secret-in-message " + "".join(self.kept.values()))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(password)


class Forgetful(Memory):
    """Takes everything and has nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Hanging(Memory):
    """Answers when let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.go.wait(60)
        return super().get_password(service, username)


class PlainText(Memory):
    """One of those that their own makers do not recommend."""

    priority = 0.5


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield lambda backend: keyring.set_keyring(backend) or backend
    keyring.set_keyring(before)


@pytest.fixture
def ring(use):
    return use(Memory())


@pytest.fixture
def nothing(use):
    return use(fail.Keyring())


def closed(call, *arguments):
    with pytest.raises(VaultClosed) as caught:
        call(*arguments)
    return caught.value.reason


# --- in the keyring --------------------------------------------------------------------------------------------------


def test_a_folder_without_a_key_asks_no_keyring(tmp_path, ring):
    vault = Vault(tmp_path)

    assert vault.state() is VaultState.NONE
    assert vault.database_key() is None
    assert closed(vault.keys) == "none"
    assert ring.asked == 0


def test_a_key_in_the_keyring_is_there_at_the_next_start(tmp_path, ring):
    Vault(tmp_path).create(WORDS)
    vault = Vault(tmp_path)

    assert vault.state() is VaultState.OPEN
    assert vault.place() == "keyring"
    assert vault.words() == WORDS
    assert vault.keys().fingerprint == PersonKeys(bytes([0x7F] * 16)).fingerprint
    assert [service for service, _account in ring.kept] == ["Observe"]


def test_the_keyring_is_asked_once(tmp_path, ring):
    Vault(tmp_path).create(WORDS)
    vault = Vault(tmp_path)
    before = ring.asked
    for _ in range(5):
        vault.keys()
        vault.state()
        vault.database_key()

    assert ring.asked == before + 1


def test_what_the_keyring_keeps_is_short_enough_for_windows(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.make_database_key(os.urandom)
    vault.create(WORDS)

    assert [len(text) <= 1_280 for text in ring.kept.values()] == [True]


def test_another_persons_words_do_not_replace_a_key(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.create(WORDS)

    assert closed(vault.create, OTHERS) == "exists"
    vault.create(WORDS.upper())
    assert vault.words() == WORDS


def test_wrong_words_leave_nothing_behind(tmp_path, ring):
    with pytest.raises(WordsWrong):
        Vault(tmp_path).create(WORDS.replace("year", "wave"))

    assert list(tmp_path.iterdir()) == []
    assert ring.kept == {}


def test_a_copied_folder_has_no_key_on_another_computer(tmp_path, ring, use):
    Vault(tmp_path).create(WORDS)
    use(Memory())
    vault = Vault(tmp_path)

    assert vault.lost()
    assert vault.state() is VaultState.LOCKED
    assert closed(vault.keys) == "lost"
    vault.create(WORDS)
    assert vault.state() is VaultState.OPEN
    assert not vault.lost()


def test_a_forgotten_key_is_gone_from_the_keyring_too(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    vault.forget()

    assert ring.kept == {}
    assert vault.state() is VaultState.NONE
    assert closed(vault.keys) == "none"
    assert list(tmp_path.iterdir()) == []


# --- keyrings that fail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlainText])
def test_what_keeps_no_secrets_is_no_keyring(tmp_path, use, backend):
    use(backend())
    vault = Vault(tmp_path)

    assert not vault.keyring_usable()
    assert closed(vault.create, WORDS) == "keyring"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("backend", [Locked, Forgetful])
def test_a_keyring_that_does_not_keep_is_said_and_leaves_nothing(tmp_path, use, backend):
    use(backend())

    assert closed(Vault(tmp_path).create, WORDS) == "keyring"
    assert list(tmp_path.iterdir()) == []


def test_a_locked_keyring_is_locked_and_not_empty(tmp_path, ring, use):
    Vault(tmp_path).create(WORDS)
    use(Locked())
    vault = Vault(tmp_path)

    assert vault.state() is VaultState.LOCKED
    assert closed(vault.keys) == "keyring"
    assert closed(vault.create, OTHERS) == "keyring"
    use(ring)
    assert vault.words() == WORDS


def test_a_keyring_that_hangs_holds_nobody_up(tmp_path, ring, use):
    Vault(tmp_path).create(WORDS)
    hanging = use(Hanging())
    hanging.kept = ring.kept
    vault = Vault(tmp_path, patience=0.1)
    start = time.monotonic()

    assert vault.state() is VaultState.LOCKED
    for _ in range(20):
        assert closed(vault.keys) == "keyring"

    assert time.monotonic() - start < 2
    assert hanging.asked == 1  # no thread is added to one that waits already
    hanging.go.set()
    while any(one.name == "keyring" for one in threading.enumerate()):
        threading.Event().wait(0.01)
    assert vault.words() == WORDS


def test_what_a_keyring_holds_and_nobody_understands_is_damage(tmp_path, ring):
    Vault(tmp_path).create(WORDS)
    for text in ("", "x", "[]", "{}", '{"secret":"00","database":""}', '{"secret":1,"database":2}', "[" * 9_999):
        ring.kept = dict.fromkeys(ring.kept, text)
        assert closed(Vault(tmp_path).keys) == "damaged"
        assert Vault(tmp_path).state() is VaultState.LOCKED


def test_a_spoilt_account_file_is_damage(tmp_path, ring):
    Vault(tmp_path).create(WORDS)
    (tmp_path / "identity.id").write_bytes(b"\xff" * 100)

    assert closed(Vault(tmp_path).keys) == "damaged"


# --- under a passphrase ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("slow_passphrases")
def test_a_passphrase_keeps_a_key_where_no_keyring_is(tmp_path, nothing):
    Vault(tmp_path).create(WORDS, PASSPHRASE + " für mich")
    vault = Vault(tmp_path)

    assert vault.place() == "passphrase"
    assert vault.state() is VaultState.LOCKED
    assert closed(vault.keys) == "locked"
    assert closed(vault.unlock, "five words put together") == "passphrase"
    assert vault.state() is VaultState.LOCKED
    vault.unlock(PASSPHRASE + " fu\u0308r mich")  # as it is typed on a Mac
    assert vault.words() == WORDS
    vault.lock()
    assert closed(vault.words) == "locked"
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "identity.age").stat().st_mode) == 0o600


def test_a_short_passphrase_is_refused(tmp_path, nothing):
    assert closed(Vault(tmp_path).create, WORDS, "1234567") == "too_short"
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_told_from_a_wrong_passphrase(tmp_path, nothing):
    Vault(tmp_path).create(WORDS, PASSPHRASE)
    file = tmp_path / "identity.age"
    whole = file.read_bytes()

    for spoilt in (b"", whole[:60], whole[:-1] + bytes([whole[-1] ^ 1]), b"x" * 100):
        file.write_bytes(spoilt)
        assert closed(Vault(tmp_path).unlock, PASSPHRASE) == "damaged"


def test_secrets_move_between_keyring_and_passphrase(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    key = vault.make_database_key(os.urandom)

    vault.set_passphrase(PASSPHRASE)
    assert (ring.kept, vault.place()) == ({}, "passphrase")
    assert (vault.words(), vault.database_key()) == (WORDS, key)

    again = Vault(tmp_path)
    assert closed(again.set_passphrase, None) == "locked"
    again.unlock(PASSPHRASE)
    again.set_passphrase(None)
    assert again.place() == "keyring"
    assert Vault(tmp_path).database_key() == key


def test_a_key_stays_where_it_is_when_the_keyring_refuses_it(tmp_path, use):
    use(Locked())
    vault = Vault(tmp_path)
    vault.create(WORDS, PASSPHRASE)

    assert closed(vault.set_passphrase, None) == "keyring"
    assert vault.place() == "passphrase"
    assert vault.words() == WORDS


# --- the key of the database -----------------------------------------------------------------------------------------


def test_the_key_of_the_database_comes_before_the_person(tmp_path, ring):
    vault = Vault(tmp_path)
    key = vault.make_database_key(os.urandom)

    assert (len(key), vault.state()) == (32, VaultState.NONE)
    assert vault.make_database_key(os.urandom) == key
    assert not vault.wrapped_key.exists()
    vault.create(WORDS)
    assert vault.wrapped_key.exists()
    assert Vault(tmp_path).database_key() == key


def test_twelve_words_alone_bring_the_key_of_the_database_back(tmp_path, ring, use):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    key = vault.make_database_key(os.urandom)
    use(Memory())
    fresh = Vault(tmp_path)

    assert closed(fresh.database_key) == "lost"
    assert closed(fresh.recover_database_key, OTHERS) == "other_words"
    assert fresh.recover_database_key(WORDS) == key
    assert (Vault(tmp_path).database_key(), Vault(tmp_path).words()) == (key, WORDS)


def test_twelve_words_help_where_the_passphrase_is_forgotten(tmp_path, nothing):
    vault = Vault(tmp_path)
    vault.create(WORDS, PASSPHRASE)
    key = vault.make_database_key(os.urandom)

    fresh = Vault(tmp_path)
    assert fresh.recover_database_key(WORDS, "another four words") == key
    assert (fresh.database_key(), fresh.words()) == (key, WORDS)


def test_a_lost_key_of_the_database_is_not_made_anew_while_the_words_can_bring_it_back(tmp_path, ring, use):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    key = vault.make_database_key(os.urandom)
    use(Memory())

    fresh = Vault(tmp_path)
    fresh.create(WORDS)

    assert fresh.database_key() == key


def test_a_leaver_keeps_the_key_of_the_database(tmp_path, ring):
    vault = Vault(tmp_path)
    key = vault.make_database_key(os.urandom)
    vault.create(WORDS)
    vault.forget()

    assert Vault(tmp_path).database_key() == key
    assert Vault(tmp_path).state() is VaultState.NONE
    assert not vault.wrapped_key.exists()


def test_a_spoilt_side_file_is_said_and_written_anew(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    key = vault.make_database_key(os.urandom)
    vault.wrapped_key.write_bytes(b"x")

    assert closed(Vault(tmp_path).recover_database_key, WORDS) == "damaged"
    assert Vault(tmp_path).make_database_key(os.urandom) == key
    assert Vault(tmp_path).recover_database_key(WORDS) == key


def test_a_forgotten_key_of_the_database_is_gone(tmp_path, ring):
    vault = Vault(tmp_path)
    vault.create(WORDS)
    vault.make_database_key(os.urandom)
    vault.forget_database_key()

    assert Vault(tmp_path).database_key() is None
    assert Vault(tmp_path).words() == WORDS
    assert not vault.wrapped_key.exists()


def test_a_side_file_of_another_person_is_kept(tmp_path, ring, use):
    Vault(tmp_path).create(OTHERS)
    key = Vault(tmp_path).make_database_key(os.urandom)
    use(Memory())
    vault = Vault(tmp_path)
    vault.create(WORDS)

    assert vault.make_database_key(os.urandom) != key
    (kept,) = tmp_path.glob("database.key-*.age")
    kept.replace(vault.wrapped_key)
    assert Vault(tmp_path).recover_database_key(OTHERS) == key


# --- nothing is given away -------------------------------------------------------------------------------------------


def test_nothing_printed_logged_or_kept_beside_the_database_tells_a_secret(tmp_path, ring, use, caplog):
    caplog.set_level(logging.DEBUG)
    vault = Vault(tmp_path)
    vault.create(WORDS)
    key = vault.make_database_key(os.urandom)
    said = [repr(vault), repr(vault.keys()), str(vault.__dict__)]
    use(Locked()).kept = ring.kept
    for call in (Vault(tmp_path).keys, Vault(tmp_path).database_key, lambda: Vault(tmp_path).create(OTHERS)):
        with pytest.raises(VaultClosed) as caught:
            call()
        said += [repr(caught.value), str(caught.value), repr(caught.value.__context__), repr(caught.value.__cause__)]
    said += [record.getMessage() for record in caplog.records]
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for secret in (bytes([0x7F] * 16), key):
        assert not any(secret.hex() in text or repr(secret) in text for text in said)
        assert secret not in files
        assert secret.hex().encode() not in files
    assert not any(word in " ".join(said) for word in ("sausage", "secret-in-message"))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder that refuses")
def test_a_folder_that_takes_nothing_is_said(tmp_path, nothing):
    tmp_path.chmod(0o500)
    try:
        assert closed(Vault(tmp_path).create, WORDS, PASSPHRASE) == "not_written"
    finally:
        tmp_path.chmod(0o700)


def test_half_a_write_leaves_the_old_file(tmp_path, nothing):
    vault = Vault(tmp_path)
    vault.create(WORDS, PASSPHRASE)
    (tmp_path / "identity.age.tmp").write_bytes(b"left by a kill")

    vault.make_database_key(os.urandom)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["database.key.age", "identity.age"]
