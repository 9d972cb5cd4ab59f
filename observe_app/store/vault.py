"""Where secrets are kept: a person's key and the key of the database, in the system's keyring or under a passphrase.

Beside the database lie at most three small files, none of which tells a secret:

- `identity.id`        the account under which the system's keyring keeps them
- `identity.age`       or the secrets themselves, encrypted with a passphrase
- `database.key.age`   the key of the database, encrypted to the person, so that the twelve words open it too

Secrets are in no error, no log and no printed form of anything here.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import VaultClosed
from observe_app.store import twelve_words
from observe_app.store.identity import SECRET_BYTES, NotForMe, PersonKeys, Unreadable, age_identity, age_open
from observe_app.store.system_keyring import PATIENCE, SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY_BYTES = 32
LEAST_PASSPHRASE = 8
MOST_KEPT = 1_200
"""Characters; Windows keeps 1,280."""

_ACCOUNT = re.compile(r"[0-9a-f]{32}")


class VaultState(StrEnum):
    """NONE: no key of a person is kept here. LOCKED: one may be, and cannot be had now. OPEN: it can be used."""

    NONE = "none"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept; either may be b""."""

    secret: bytes = field(default=b"", repr=False)
    database: bytes = field(default=b"", repr=False)


class Vault:
    """The secrets of one data folder. May be asked from any thread."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        """Look into this data folder when asked; waits for the keyring for at most this many seconds."""
        self._folder = folder
        self._ring = SystemKeyring(folder, patience)
        self._kept: _Kept | None = None
        self._passphrase = ""
        self._keys: PersonKeys | None = None
        self._lock = threading.RLock()

    def __repr__(self) -> str:
        return f"Vault({self._folder})"

    # --- how it stands -----------------------------------------------------------------------------------------------

    @property
    def wrapped_key(self) -> Path:
        """The file with the database's key, encrypted to the person."""
        return self._folder / "database.key.age"

    def place(self) -> str:
        """Return where secrets are kept: "passphrase", "keyring", or "" for nowhere yet."""
        if self._file.exists():
            return "passphrase"
        return "keyring" if self._id_file.exists() else ""

    def state(self) -> VaultState:
        """Return how it stands with the person's key; asks the keyring where that has it."""
        with self._lock:
            try:
                kept = self._read()
            except VaultClosed as error:
                return VaultState.NONE if error.reason == "none" else VaultState.LOCKED
            return VaultState.OPEN if kept.secret else VaultState.NONE

    def lost(self) -> bool:
        """Tell whether secrets were kept in a keyring that has them no more, as on a computer that this was copied to.

        Raises:
            VaultClosed: the keyring does not answer.
        """
        with self._lock:
            return self.place() == "keyring" and self._ring.get(self._account()) is None

    def keyring_usable(self) -> bool:
        """Tell whether this computer has a keyring that keeps secrets; nothing is put into it."""
        return self._ring.usable()

    # --- the person's key --------------------------------------------------------------------------------------------

    def create(self, words: str, passphrase: str | None = None) -> None:
        """Keep the key that twelve words say.

        Args:
            words: new ones, or those of an identity that is to come to this computer.
            passphrase: protects them where they are not to go into the keyring. Not needed where the database's key
                is already kept under one.

        Raises:
            WordsWrong: they are no key.
            VaultClosed: "exists", "keyring", "too_short", "locked", "damaged".
        """
        secret = twelve_words.to_secret(words)
        with self._lock:
            kept = self._read_or_empty()
            if kept.secret not in {b"", secret}:
                raise self._closed("exists")
            if not kept.database:
                with contextlib.suppress(VaultClosed):
                    kept = replace(kept, database=self._unwrapped(secret))
            self._write(replace(kept, secret=secret), passphrase)
            self._wrap()

    def unlock(self, passphrase: str) -> None:
        """Open what is kept under a passphrase, until the program ends or `lock` is called.

        Raises:
            VaultClosed: "passphrase" (it was another one), "none", "damaged".
        """
        with self._lock:
            if not self._file.exists():
                raise self._closed("none")
            self._kept = self._unlocked(passphrase)
            self._passphrase = passphrase

    def lock(self) -> None:
        """Forget in memory what was unlocked."""
        with self._lock:
            self._kept, self._keys, self._passphrase = None, None, ""

    def keys(self) -> PersonKeys:
        """Return the person's keys.

        Raises:
            VaultClosed: "none", "locked", "keyring", "damaged".
        """
        with self._lock:
            if self._keys is None:
                self._keys = PersonKeys(self._secret())
            return self._keys

    def words(self) -> str:
        """Return the twelve words, for the recovery sheet and nothing else.

        Raises:
            VaultClosed: as `keys`.
        """
        with self._lock:
            return twelve_words.of_secret(self._secret())

    def forget(self) -> None:
        """Keep the person's key no longer, on this computer; the key of the database stays.

        Raises:
            VaultClosed: "locked", "keyring".
        """
        with self._lock:
            kept = replace(self._read_or_empty(), secret=b"")
            self._keys = None
            if kept.database:
                self._write(kept, None)
                self.wrapped_key.unlink(missing_ok=True)
            else:
                self._clear()

    def set_passphrase(self, passphrase: str | None) -> None:
        """Keep the secrets under this passphrase from now on, or in the keyring for None.

        Raises:
            VaultClosed: "none", "locked", "keyring", "too_short"; everything is kept as it was.
        """
        with self._lock:
            kept = self._read()
            if passphrase is None:
                self._to_keyring(kept)
                self._file.unlink(missing_ok=True)
                return
            account = self._account() if self.place() == "keyring" else ""
            self._to_file(kept, passphrase)
            if account:
                with contextlib.suppress(VaultClosed):
                    self._ring.delete(account)
                self._id_file.unlink(missing_ok=True)

    def keep_again(self) -> None:
        """Keep what is open in memory once more where its file is gone, as with a folder that was deleted meanwhile."""
        with self._lock, contextlib.suppress(VaultClosed):
            if self._kept is not None and not self.place():
                self._write(self._kept, self._passphrase or None)
                self._wrap()

    # --- the key of the database -------------------------------------------------------------------------------------

    def database_key(self) -> bytes | None:
        """Return the key of the database, 32 bytes; None where none was made.

        Raises:
            VaultClosed: "locked", "keyring", "damaged", "lost".
        """
        with self._lock:
            try:
                kept = self._read()
            except VaultClosed as error:
                if error.reason == "none":
                    return None
                raise
            return kept.database or None

    def make_database_key(self, random_bytes: Callable[[int], bytes], passphrase: str | None = None) -> bytes:
        """Return the key of the database; the first time it is made and kept, in the keyring without a passphrase.

        Raises:
            VaultClosed: "keyring", "too_short", "locked", "damaged".
        """
        with self._lock:
            kept = self._read_or_empty()
            if not kept.database:
                kept = replace(kept, database=random_bytes(KEY_BYTES))
                self._write(kept, passphrase)
            self._wrap()
            return kept.database

    def recover_database_key(self, words: str, passphrase: str | None = None) -> bytes:
        """Take the database's key out of its side file with the twelve words, and keep both from now on.

        Raises:
            WordsWrong: the words are no key.
            VaultClosed: "none" (no side file), "other_words" (those of somebody else), "damaged", and as `create`.
        """
        secret = twelve_words.to_secret(words)
        with self._lock:
            key = self._unwrapped(secret)
            self._write(_Kept(secret, key), passphrase)
            return key

    def forget_database_key(self) -> None:
        """Keep the key of the database no longer; whatever it protects cannot be read any more.

        Raises:
            VaultClosed: "locked", "keyring".
        """
        with self._lock:
            kept = replace(self._read_or_empty(), database=b"")
            if kept.secret:
                self._write(kept, None)
            else:
                self._clear()
            self.wrapped_key.unlink(missing_ok=True)

    def _wrap(self) -> None:
        """Encrypt the database's key to the person where both are kept and that was not done yet."""
        kept = self._read()
        if not kept.secret or not kept.database:
            return
        try:
            if self._unwrapped(kept.secret) == kept.database:
                return
            other = True
        except VaultClosed as error:
            other = error.reason == "other_words"
        if other:  # it may be all that opens a backup
            self.wrapped_key.replace(self.wrapped_key.with_name(f"database.key-{os.urandom(4).hex()}.age"))
        import pyrage  # noqa: PLC0415  (a start without protection does not need it)

        recipient = age_identity(kept.secret).to_public()
        self._store(self.wrapped_key, bytes(pyrage.encrypt(kept.database, [recipient])))

    def _unwrapped(self, secret: bytes) -> bytes:
        try:
            key = age_open(self._load(self.wrapped_key), age_identity(secret))
        except NotForMe:
            raise self._closed("other_words") from None
        except Unreadable:
            raise self._closed("damaged") from None
        if len(key) != KEY_BYTES:
            raise self._closed("damaged")
        return key

    # --- keeping -----------------------------------------------------------------------------------------------------

    @property
    def _id_file(self) -> Path:
        return self._folder / "identity.id"

    @property
    def _file(self) -> Path:
        return self._folder / "identity.age"

    def _closed(self, reason: str, detail: str = "") -> VaultClosed:
        return VaultClosed(self._folder, reason, detail)

    def _secret(self) -> bytes:
        kept = self._read()
        if not kept.secret:
            raise self._closed("none")
        return kept.secret

    def _account(self) -> str:
        text = self._load(self._id_file).decode("ascii", "replace").strip()
        if _ACCOUNT.fullmatch(text) is None:
            raise self._closed("damaged")
        return text

    def _read(self) -> _Kept:
        if self._kept is not None:
            return self._kept
        place = self.place()
        if place == "passphrase":
            raise self._closed("locked")
        if not place:
            raise self._closed("none")
        text = self._ring.get(self._account())
        if text is None:
            raise self._closed("lost")
        self._kept = self._decoded(text)
        return self._kept

    def _read_or_empty(self) -> _Kept:
        try:
            return self._read()
        except VaultClosed as error:
            # Lost is empty too: whoever brings the words again begins anew under the same account.
            if error.reason in {"none", "lost"}:
                return _Kept()
            raise

    def _write(self, kept: _Kept, passphrase: str | None) -> None:
        if passphrase is None and self.place() == "passphrase":
            passphrase = self._passphrase
        if passphrase is None:
            self._to_keyring(kept)
        else:
            self._to_file(kept, passphrase)

    def _to_keyring(self, kept: _Kept) -> None:
        if not self._ring.usable():
            raise self._closed("keyring", "none")
        fresh = not self._id_file.exists()
        account = os.urandom(16).hex() if fresh else self._account()
        text = _encoded(kept)
        self._ring.set(account, text)
        if self._ring.get(account) != text:
            raise self._closed("keyring", "not kept")
        if fresh:
            self._store(self._id_file, account.encode())
        self._kept, self._keys, self._passphrase = kept, None, ""

    def _to_file(self, kept: _Kept, passphrase: str) -> None:
        import pyrage  # noqa: PLC0415  (a start without protection does not need it)

        if len(passphrase) < LEAST_PASSPHRASE:
            raise self._closed("too_short", str(LEAST_PASSPHRASE))
        data = bytes(pyrage.passphrase.encrypt(_encoded(kept).encode(), _normal(passphrase)))
        self._store(self._file, data)
        self._kept, self._keys, self._passphrase = kept, None, passphrase

    def _unlocked(self, passphrase: str) -> _Kept:
        import pyrage  # noqa: PLC0415  (a start without protection does not need it)

        data = self._load(self._file)
        try:
            text = bytes(pyrage.passphrase.decrypt(data, _normal(passphrase))).decode()
        except pyrage.DecryptError as error:
            # age's words for a passphrase that does not fit; everything else is damage. A test holds it to them.
            wrong = str(error) == "Decryption failed"
            raise self._closed("passphrase" if wrong else "damaged") from None
        except UnicodeDecodeError:
            raise self._closed("damaged") from None
        return self._decoded(text)

    def _decoded(self, text: str) -> _Kept:
        try:
            found: Any = json.loads(text)
            kept = _Kept(bytes.fromhex(found["secret"]), bytes.fromhex(found["database"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise self._closed("damaged") from None
        if len(kept.secret) not in {0, SECRET_BYTES} or len(kept.database) not in {0, KEY_BYTES}:
            raise self._closed("damaged")
        return kept

    def _clear(self) -> None:
        if self.place() == "keyring":
            self._ring.delete(self._account())
        for path in (self._id_file, self._file, self.wrapped_key):
            path.unlink(missing_ok=True)
        self._kept, self._keys, self._passphrase = None, None, ""

    def _load(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(16_384)
        except FileNotFoundError:
            raise self._closed("none") from None
        except OSError as error:
            raise self._closed("damaged", error.strerror or "") from None

    def _store(self, path: Path, data: bytes) -> None:
        half = path.with_name(path.name + ".tmp")
        try:
            with contextlib.suppress(FileNotFoundError):
                half.unlink()
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                half.unlink()
            raise self._closed("not_written", error.strerror or "") from None


def _encoded(kept: _Kept) -> str:
    text = json.dumps({"v": 1, "secret": kept.secret.hex(), "database": kept.database.hex()}, separators=(",", ":"))
    assert len(text) <= MOST_KEPT  # noqa: S101  (two keys of fixed length)
    return text


def _normal(passphrase: str) -> str:
    # The same letters may be typed in two ways, on a Mac and elsewhere.
    return unicodedata.normalize("NFKC", passphrase)
