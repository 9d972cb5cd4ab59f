"""Bundles: visits of a shared folder in one file, for mail or a stick, and taking one in.

A bundle holds the same letters as the folder, so that one may come twice, late, or after the folder brought the same.
Whoever it is made for by name needs their own keys, inside as outside. One under a passphrase is for somebody without
any: each letter in it is encrypted once more, to a key that lies in the bundle. Either way nobody gets more than the
people of the visit have, and a letter keeps the signature of who wrote it.

What `store` provides is imported inside functions: services load lightly.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app import __version__
from observe_app.domain.errors import FileUnreadable, VaultClosed
from observe_app.domain.sync.letter import AudienceKind
from observe_app.domain.sync.segment import NotOurs, NotReady, file_hash, frame, parse
from observe_app.services.sync import crypto
from observe_app.services.sync.bundle_file import (
    MAGIC,
    MAX_FILE,
    PASSPHRASE,
    PEOPLE,
    Broken,
    BundleProblem,
    BundleVisit,
    Manifest,
    pack,
    unpack,
)  # fmt: skip
from observe_app.services.sync.context import Context
from observe_app.services.sync.judge import Judge
from observe_app.services.sync.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from observe_app.domain.sync.card import Card
    from observe_app.domain.sync.segment import Header
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.core import Core
    from observe_app.services.sync.crypto import Keys

LEAST_PASSPHRASE = 12
"""Characters; whoever has the file may try as many as they like."""

_NOBODY = "-"
"""Fingerprint of somebody without keys; nobody has it, so nothing that was written here counts as another's."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in a bundle, as it says itself.

    Attributes:
        manifest: who made it, of which folder, about which visits.
        under_passphrase: a passphrase opened it. letters, people, files: how many of each. size: bytes of the file.
    """

    manifest: Manifest
    under_passphrase: bool
    letters: int
    people: int
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a bundle in.

    Attributes:
        letters: new ones. records: that changed. refused: letters not let in.
        waiting: letters under a passphrase that were left out until who wrote them is known and it is opened again.
    """

    bundle: Bundle
    letters: int
    records: int
    refused: int
    waiting: int = 0


# --- making ----------------------------------------------------------------------------------------------------------


def make(
    core: Core,
    path: Path,
    *,
    folder: SharedFolder,
    visits: Sequence[str],
    to: Sequence[Card] = (),
    passphrase: str = "",
    every: bool = False,
) -> Bundle:
    """Write a bundle; what was written here and is in no letter yet goes along.

    Args:
        core: the open data folder, with its keys.
        path: file to write.
        folder: the shared folder that the visits travel through.
        visits: ids; () with `every`.
        to: who can open it; each must be among the people of every visit named.
        passphrase: opens it instead, where nobody is named.
        every: all visits that all of the named may read.

    Raises:
        BundleProblem: "nothing", "not_a_reader", "not_shared", "too_large", "weak".
        VaultClosed: there are no keys, or they are locked. ExportFailed: the file cannot be written.
        SyncBusy: another program is sharing just now.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415

    keys = core.vault.keys()
    if passphrase and len(passphrase) < LEAST_PASSPHRASE:
        raise BundleProblem(path, "weak", str(LEAST_PASSPHRASE))
    readers = [one.fingerprint for one in to if one.fingerprint != keys.fingerprint]
    chosen = _chosen(core, path, visits, readers, every=every, fingerprint=keys.fingerprint)
    if not chosen:
        raise BundleProblem(path, "nothing")
    context = _context(core, keys, folder, {})
    _sealed(core, context)
    wanted = {*chosen, AudienceKind.ALL.value}
    if to and not readers:
        wanted.add(AudienceKind.ME.value)
    secret = os.urandom(16) if passphrase else b""
    files = dict(_files(context, wanted, secret)) | _attached(core, chosen)
    files |= _cards(core, folder.id)
    if not any(name.endswith(".seg") for name in files):
        raise BundleProblem(path, "nothing")
    manifest = Manifest(
        folder=folder.id, name=folder.name, by=keys.fingerprint, by_name=core.settings.get().my_name,
        at=core.store.ledger.now(), visits=tuple(_about(core, one) for one in chosen), key=secret.hex(),
    )  # fmt: skip
    try:
        payload = pack(manifest, files)
    except Broken as error:
        raise BundleProblem(path, error.reason, f"{MAX_FILE >> 20} MB") from None
    raw = _locked(payload, [keys.recipient, *(one.recipient for one in to)], passphrase)
    write_whole(path, raw)
    if passphrase:
        _note_copies(core, chosen, path, raw)
    return _described(manifest, files, len(raw), under_passphrase=bool(passphrase))


def _chosen(
    core: Core, path: Path, visits: Sequence[str], readers: Sequence[str], *, every: bool, fingerprint: str
) -> list[str]:
    """Return the visits that go along.

    Raises:
        BundleProblem: one that was named is shared with nobody, or not with somebody named.
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415
    from observe_app.store.sync import shares  # noqa: PLC0415

    if every:
        with core.store.ledger.reading() as sql:
            mine = shares.visits_of(sql, fingerprint)
            return sorted(one for one in mine if all(one in shares.visits_of(sql, reader) for reader in readers))
    for one in visits:
        members = {share.fingerprint for share in sharing.people_of(core, one) if not share.deleted}
        if not members:
            raise BundleProblem(path, "not_shared", one[-8:])
        if not members >= set(readers):
            raise BundleProblem(path, "not_a_reader", one[-8:])
    return list(dict.fromkeys(visits))


def _note_copies(core: Core, visits: Sequence[str], path: Path, raw: bytes) -> None:
    """Keep that a copy left which anybody opens who has the passphrase: it is a reader that no list of people names."""
    from observe_app.services import release_copies  # noqa: PLC0415

    for one in visits:
        with core.store.read() as unit:
            standing = [found for found in unit.after.releases(one) if found.taken_back is None]
        for release in sorted(standing, key=lambda found: found.number)[-1:]:
            release_copies.add_copy(
                core, release=release, reader="", way="file", scope="record", file_name=path.name, data=raw
            )  # fmt: skip


def _sealed(core: Core, context: Context) -> None:
    """Put what is in no letter yet into letters; the folder need not be there for that."""
    from observe_app.services.sync import blobs, publish, rounds  # noqa: PLC0415

    with rounds.alone(core):
        context.load()
        with suppress(OSError):  # kept here; a round brings them into the folder
            blobs.carry(context, (), os.urandom)
        publish.seal(context)


def _files(context: Context, audiences: set[str], secret: bytes) -> Iterator[tuple[str, bytes]]:
    """Give out the letters for these audiences under the names that they have in the folder."""
    from observe_app.store.sync import segments, unsent  # noqa: PLC0415

    states = {segments.OUT, segments.PUBLISHED, segments.TAKEN}
    with context.ledger.reading() as sql:
        found = [one for one in segments.in_state(sql, context.folder.id, states) if one.audience in audiences]
    with context.ledger.writing() as writing:  # from now on they may be anywhere
        unsent.begin(writing.sql, context.folder.id, [one.hash for one in found if one.state == segments.OUT])
    with context.ledger.reading() as sql:
        for one in found:
            raw = segments.raw(sql, one.hash)
            if raw is None:
                continue
            header, body = parse(raw)
            if secret and not header.public:
                raw = _again(context, header, body, secret)
            yield f"d/{one.writer}/{one.seq:08d}-{one.hash[:16]}.seg", raw


def _attached(core: Core, visits: Sequence[str]) -> dict[str, bytes]:
    """Return the encrypted files of visits; the key of each travels in its row."""
    from observe_app.store.sync import bundles  # noqa: PLC0415

    with core.store.ledger.reading() as sql:
        found = bundles.attached(sql, visits)
    return {f"b/{blob[:2]}/{blob}.blob": raw for blob, raw in found}


def _again(context: Context, header: Header, body: bytes, secret: bytes) -> bytes:
    """Return a letter encrypted to the key of a bundle; what its signer signed stays as it is."""
    sealed = context.cipher.seal(context.keys.open(body), [crypto.PersonKeys(secret).recipient])
    return frame(sealed, writer=header.writer, seq=header.seq, previous=header.previous, covers=header.covers)


def _cards(core: Core, folder_id: str) -> dict[str, bytes]:
    from observe_app.services.sync import cards  # noqa: PLC0415
    from observe_app.store.sync import card_rows  # noqa: PLC0415

    with core.store.ledger.reading() as sql:
        raws = [row.raw.encode() for row in card_rows.all_cards(sql) if row.folder == folder_id]
    return {f"people/{cards.file_name(raw)}": raw for raw in raws}


def _about(core: Core, visit_id: str) -> BundleVisit:
    from observe_app.services import visits  # noqa: PLC0415
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    visit = visits.get(core, visit_id)
    return BundleVisit(visit.id, visit.teacher, moment(visit.started or visit.start) or "", visit.class_line)


def _locked(payload: bytes, recipients: Sequence[str], passphrase: str) -> bytes:
    payload += bytes(crypto.padded_length(len(payload)) - len(payload))
    if passphrase:
        return MAGIC + PASSPHRASE + crypto.encrypt_with_passphrase(payload, passphrase)
    return MAGIC + PEOPLE + crypto.encrypt(payload, recipients, os.urandom)


# --- opening ---------------------------------------------------------------------------------------------------------


def look(core: Core, path: Path, passphrase: str = "") -> Bundle:
    """Say what is in a bundle; nothing is kept.

    Raises:
        BundleProblem: it is none, damaged, too large, of a newer version, for others, or under another passphrase.
        FileUnreadable: it cannot be read.
    """
    return _opened(core, path, passphrase)[0]


def take(core: Core, path: Path, passphrase: str = "") -> Taken:
    """Take a bundle in, as if its letters had come through the folder; one that was taken before changes nothing.

    Raises:
        BundleProblem, FileUnreadable: as `look`; nothing was changed.
        SyncBusy: another program is sharing just now.
        ObserveError: the database refused; whole letters that were taken in stay.
    """
    from observe_app.services.sync import rounds  # noqa: PLC0415

    bundle, files = _opened(core, path, passphrase)
    folder = _folder(core, bundle.manifest)
    own = _own_keys(core, folder)
    lent = _encrypted(files) if bundle.manifest.key else {}
    common = {name: raw for name, raw in files.items() if name not in lent}
    lent |= {name: raw for name, raw in files.items() if name.startswith("b/")} if lent else {}
    with rounds.alone(core):
        lent_only = _LentContext(core, bundle.manifest, own, folder, common)
        plain = lent_only if own is None else _context(core, own, folder, common)
        before = _refused(plain)
        _pull(plain, seals=own is not None and bool(folder.path))
        other = _LentContext(core, bundle.manifest, own, folder, lent)
        _pull(other, seals=False)
        waiting = _waiting(other, lent)
        _forget(other, lent)
        refused = _refused(plain) - before
    tallies = plain.tally, other.tally
    return Taken(bundle, sum(one.received for one in tallies), sum(one.rows for one in tallies), refused, waiting)


def _pull(context: Context, *, seals: bool) -> None:
    from observe_app.services.sync import blobs, people, publish, pull  # noqa: PLC0415

    context.load()
    if seals:
        publish.seal(context)
    listing = context.io.list()
    people.read(context, listing)
    pull.pull(context, listing)
    with suppress(OSError):  # nothing can be written into a bundle
        blobs.carry(context, listing, os.urandom)


def _waiting(context: Context, files: Mapping[str, bytes]) -> int:
    """Return how many of these letters could not be judged yet."""
    from observe_app.store.sync import segments  # noqa: PLC0415

    held = (context.memory.held.get(file_hash(raw)) for raw in files.values())
    return sum(one is not None and one.state in {segments.WAITING, segments.UNREAD} for one in held)


def _forget(context: Context, files: Mapping[str, bytes]) -> None:
    from observe_app.store.sync import bundles  # noqa: PLC0415

    if files:
        with context.ledger.writing() as writing:
            bundles.forget(writing.sql, context.folder.id, map(file_hash, files.values()))


def _refused(context: Context) -> int:
    from observe_app.store.sync import segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        return segments.refused(sql, context.folder.id)


def _own_keys(core: Core, folder: SharedFolder) -> Keys | None:
    """Return the person's keys, None for somebody without any.

    Raises:
        VaultClosed: the folder is one that they take part in, and their keys are locked.
    """
    try:
        return core.vault.keys()
    except VaultClosed:
        if folder.path:
            raise
        return None


def _encrypted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the letters that the bundle's own key opens."""
    found = {}
    for name, raw in files.items():
        with suppress(NotOurs, NotReady):
            if name.endswith(".seg") and not parse(raw)[0].public:
                found[name] = raw
    return found


def _opened(core: Core, path: Path, passphrase: str) -> tuple[Bundle, dict[str, bytes]]:
    raw = _read(path)
    under_passphrase = raw[len(MAGIC) : len(MAGIC) + 1] == PASSPHRASE
    try:
        manifest, files = unpack(_unlocked(core, path, raw, passphrase))
    except Broken as error:
        raise BundleProblem(path, error.reason, f"{MAX_FILE >> 20} MB") from None
    return _described(manifest, files, len(raw), under_passphrase=under_passphrase), files


def _read(path: Path) -> bytes:
    reasons = {FileNotFoundError: "missing", IsADirectoryError: "folder"}
    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.exists() and not path.is_file():
            raise FileUnreadable(path, "special")
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise BundleProblem(path, "not_a_bundle")
            file.seek(0)
            raw = file.read(MAX_FILE + 1) if os.fstat(file.fileno()).st_size <= MAX_FILE else b""
    except OSError as error:
        raise FileUnreadable(path, reasons.get(type(error), "denied"), error.strerror or "") from error
    except ValueError as error:
        raise FileUnreadable(path, "missing") from error
    if not raw or len(raw) > MAX_FILE:
        raise FileUnreadable(path, "too_large", f"{MAX_FILE >> 20} MB is the most.")
    if raw[len(MAGIC) : len(MAGIC) + 1] not in {PEOPLE, PASSPHRASE}:
        raise BundleProblem(path, "not_a_bundle")
    return raw


def _unlocked(core: Core, path: Path, raw: bytes, passphrase: str) -> bytes:
    data = raw[len(MAGIC) + 1 :]
    try:
        if raw[len(MAGIC) : len(MAGIC) + 1] == PEOPLE:
            return core.vault.keys().open(data)
        if not passphrase:
            raise BundleProblem(path, "passphrase")
        return crypto.decrypt_with_passphrase(data, passphrase)
    except crypto.NotForMe:
        raise BundleProblem(path, "wrong_passphrase" if passphrase else "not_for_me") from None
    except crypto.Unreadable:
        raise BundleProblem(path, "damaged") from None


def _described(manifest: Manifest, files: Mapping[str, bytes], size: int, *, under_passphrase: bool) -> Bundle:
    kinds = [name.partition("/")[0] for name in files]
    return Bundle(manifest, under_passphrase, kinds.count("d"), kinds.count("people"), kinds.count("b"), size)


def _folder(core: Core, manifest: Manifest) -> SharedFolder:
    """Return the folder that a bundle is of; one that this computer takes no part in is known by its id alone."""
    from observe_app.domain.sync.state import SharedFolder  # noqa: PLC0415
    from observe_app.services.sync import setup  # noqa: PLC0415

    for one in setup.folders(core):
        if one.id == manifest.folder:
            return one
    return SharedFolder(manifest.folder, "", manifest.name)


# --- what a round is given here --------------------------------------------------------------------------------------


class _Lent:
    """Keys that open what lies under a bundle's passphrase, with the eyes of whoever made it; they sign nothing."""

    def __init__(self, manifest: Manifest, own: Keys | None) -> None:
        self._inner = crypto.PersonKeys(bytes.fromhex(manifest.key)) if manifest.key else None
        self.fingerprint = manifest.by
        self.recipient = own.recipient if own is not None else ""
        self.verify_key = own.verify_key if own is not None else ""

    def sign(self, message: bytes) -> bytes:
        """Refuse."""
        raise ValueError(len(message))

    def open(self, data: bytes) -> bytes:
        """Return what the bundle's key opens."""
        if self._inner is None:
            raise crypto.NotForMe
        return self._inner.open(data)


class _LentContext(Context):
    """Reads with the bundle's key. Whoever opens it stays who they are: no right of its maker comes with it."""

    def __init__(
        self, core: Core, manifest: Manifest, own: Keys | None, folder: SharedFolder, files: Mapping[str, bytes]
    ) -> None:
        me = self._own = own.fingerprint if own is not None else _NOBODY
        super().__init__(
            core.store.ledger, _Lent(manifest, own), Shelf(files), folder, cipher=crypto.AgeCipher(os.urandom),
            version=__version__, judge=lambda sql: Judge(sql, me),
        )  # fmt: skip

    @property
    def me(self) -> str:
        """Own fingerprint."""
        return self._own


def _context(core: Core, keys: Keys, folder: SharedFolder, files: Mapping[str, bytes]) -> Context:
    return Context(
        core.store.ledger, keys, Shelf(files), folder, cipher=crypto.AgeCipher(os.urandom), version=__version__,
        judge=lambda sql: Judge(sql, keys.fingerprint),
    )  # fmt: skip
