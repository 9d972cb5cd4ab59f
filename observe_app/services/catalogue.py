"""The forms to choose from: those that ship, form files of the data folder, and a school's own stored forms."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import threading
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app import __version__
from observe_app.domain.errors import FormInvalid, NotFound, ObserveError
from observe_app.services.form_entry import CatalogueEntry, Origin, broken_entry, entry_in, entry_of, entry_out
from observe_app.services.forms.limits import MAX_FILES
from observe_app.services.forms.reader import Reading, read_bytes_as, read_file
from observe_app.services.forms.snapshot import SnapshotDamaged, dumps_snapshot, loads_snapshot
from observe_app.services.forms.toml_text import FormUnreadable, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form
    from observe_app.domain.own_form import StoredVersion
    from observe_app.store.database import Store

__all__ = [
    "Catalogue",
    "CatalogueEntry",
    "Origin",
    "SnapshotDamaged",
    "check_file",
    "dumps_snapshot",
    "loads_snapshot",
]

log = logging.getLogger(__name__)

RULES = zlib.crc32(f"3/{__version__}".encode())
"""Number of the rules by which forms are read into the index: other ones with each version of the program, and when
the number here is counted up because a form's entry would come out otherwise."""

_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _File:
    """A form file of a folder; `stamp` is its time and size."""

    path: Path
    stamp: _Stamp
    origin: Origin


def check_file(path: Path) -> tuple[FormProblem, ...]:
    """Return everything wrong with a form file: the first error of syntax, or every one of meaning."""
    return read_file(path).problems


class Catalogue:
    """Every form by its id. A later source wins: shipped files, files of the data folder, own stored forms.

    A broken form is listed with its problems and takes nothing away: the good form of its id from an earlier source
    stays usable. What a list shows of a form is kept in the store's index by the hash of what it was read from, so
    that only forms never seen before are parsed; an index that is damaged or cannot be written costs only that time.
    May be used from several threads, and without a store.
    """

    def __init__(self, folders: tuple[Path, ...], store: Store | None = None) -> None:
        """Look in these folders, the shipped forms' first, and in this store."""
        self._folders = folders
        self._store = store
        self._readings: dict[Path, tuple[_Stamp, Reading]] = {}
        self._listed: dict[Path, tuple[_Stamp, str, CatalogueEntry]] = {}
        self._own: dict[str, CatalogueEntry] = {}
        self._own_forms: dict[str, Form] = {}
        self._lock = threading.Lock()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where form files are looked for; shipped ones first."""
        return self._folders

    def file_ids(self) -> frozenset[str]:
        """Return the ids that the names of form files claim, broken ones too."""
        return frozenset(file.path.stem for file in self._files())

    def shipped_ids(self) -> frozenset[str]:
        """Return the ids of the forms that ship."""
        return frozenset(file.path.stem for file in self._files() if file.origin is Origin.SHIPPED)

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Return all forms by source and name; those replaced by a later source's good one are left out."""
        entries = _Reader(self._listed, self._own, self._lock).read(self._files(), self._store)
        good = {entry.form_id: number for number, entry in enumerate(entries) if not entry.problems}
        return tuple(entry for number, entry in enumerate(entries) if entry.problems or good[entry.form_id] == number)

    def form(self, form_id: str) -> Form:
        """Return the form of this id, of an own one the newest version.

        Raises:
            NotFound: no source has it. FormInvalid: one has, and it is broken.
        """
        broken: FormInvalid | None = None
        try:
            stored = self._stored(form_id)
        except FormInvalid as error:
            stored, broken = None, error
        if stored is not None:
            return stored
        for folder in reversed(self._folders):
            path = folder / f"{form_id}.toml"
            # The id may come from a command line: it must name a file of the folder and nothing elsewhere.
            stamp = _stamp(path) if path.parent == folder and path.stem == form_id else None
            if stamp is None:
                continue
            reading = self._reading(path, stamp)
            if reading.form is not None:
                return reading.form
            broken = broken or FormInvalid(path, reading.problems)
        raise broken or NotFound("form", form_id)

    def _files(self) -> list[_File]:
        return [
            _File(path, stamp, Origin.FILE if number else Origin.SHIPPED)
            for number, folder in enumerate(self._folders)
            for path, stamp in _form_files(folder)
        ]

    def _reading(self, path: Path, stamp: _Stamp) -> Reading:
        with self._lock:
            known = self._readings.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        reading = read_file(path)
        with self._lock:
            self._readings[path] = (stamp, reading)
        return reading

    def _stored(self, form_id: str) -> Form | None:
        if self._store is None:
            return None
        with self._store.read() as unit:
            found = unit.forms.newest(form_id)
            if not found:
                return None
            with self._lock:
                known = self._own_forms.get(found[0].id)
            content = unit.forms.content(found[0].id)[0] if known is None else ""
        if known is None:
            known = _own_form(found[0], content)
            with self._lock:
                self._own_forms[found[0].id] = known
        return known


class _Reader:
    """One reading of all entries: from memory, else from the index, else from the forms themselves."""

    def __init__(
        self,
        listed: dict[Path, tuple[_Stamp, str, CatalogueEntry]],
        own: dict[str, CatalogueEntry],
        lock: threading.Lock,
    ) -> None:
        self._listed = listed
        self._own = own
        self._lock = lock
        self._index: dict[str, str] = {}
        self._fresh: dict[str, str] = {}
        self._digests: set[str] = set()

    def read(self, files: list[_File], store: Store | None) -> list[CatalogueEntry]:
        """Return the entries of the files and of the store's newest versions, in this order."""
        stored: tuple[StoredVersion, ...] = ()
        contents: dict[str, str] = {}
        with self._lock:
            listed, own = dict(self._listed), dict(self._own)
        if store is not None:
            with store.read() as unit:
                stored = unit.forms.newest()
                if any(self._known(file, listed) is None for file in files) or any(
                    _own_key(one) not in own for one in stored
                ):
                    self._index = unit.forms.index(RULES)
                contents = {
                    one.id: unit.forms.content(one.id)[0]
                    for one in stored
                    if _own_key(one) not in own and _own_key(one) not in self._index
                }
        entries = [self._known(file, listed) or self._read(file) for file in files]
        for one in stored:
            entry = own.get(_own_key(one)) or self._read_own(one, contents)
            entries.append(replace(entry, form_id=one.form_id, version=one.version))
        self._tidy(files)
        if store is not None and self._fresh:
            self._keep(store)
        return entries

    def _known(self, file: _File, listed: dict[Path, tuple[_Stamp, str, CatalogueEntry]]) -> CatalogueEntry | None:
        known = listed.get(file.path)
        if known is None or known[0] != file.stamp:
            return None
        self._digests.add(known[1])
        return known[2]

    def _read(self, file: _File) -> CatalogueEntry:
        try:
            raw = read_bytes(file.path)
        except FormUnreadable as error:
            return broken_entry(file.path.stem, file.origin, (error.problem,), file.path)
        digest = hashlib.sha256(f"{file.path.stem}\0".encode(errors="replace") + raw).hexdigest()
        entry = entry_in(self._index.get(digest), digest, file.origin, file.path)
        if entry is None:
            reading = read_bytes_as(raw, file.path.stem)
            if reading.form is None:
                entry = broken_entry(file.path.stem, file.origin, reading.problems, file.path)
            else:
                entry = entry_of(reading.form, file.origin, file.path)
            self._fresh[digest] = entry_out(entry, digest)
        self._digests.add(digest)
        with self._lock:
            self._listed[file.path] = (file.stamp, digest, entry)
        return entry

    def _read_own(self, one: StoredVersion, contents: dict[str, str]) -> CatalogueEntry:
        key = _own_key(one)
        entry = entry_in(self._index.get(key), key, Origin.OWN, None)
        if entry is None:
            try:
                entry = entry_of(_own_form(one, contents.get(one.id, "")), Origin.OWN, None)
            except FormInvalid as error:
                entry = replace(broken_entry(one.form_id, Origin.OWN, error.problems, None), title=(("", one.title),))
            self._fresh[key] = entry_out(entry, key)
        with self._lock:
            self._own[key] = entry
        self._digests.add(key)
        return entry

    def _tidy(self, files: Iterable[_File]) -> None:
        """Forget files that are gone."""
        with self._lock:
            for path in self._listed.keys() - {file.path for file in files}:
                del self._listed[path]
            self._digests |= self._own.keys()

    def _keep(self, store: Store) -> None:
        try:
            with store.write("form.index") as unit:
                unit.forms.keep_index(RULES, self._fresh, self._digests)
                unit.commit()
        except ObserveError as error:
            log.info("the index of forms was not kept: %r", error)


def _own_key(stored: StoredVersion) -> str:
    return f"own-{stored.digest}"


def _own_form(stored: StoredVersion, content: str) -> Form:
    if hashlib.sha256(content.encode()).hexdigest() != stored.digest:
        raise SnapshotDamaged("snapshot_damaged", "digest")
    return replace(loads_snapshot(content), id=stored.form_id, version=stored.version)


def _form_files(folder: Path) -> list[tuple[Path, _Stamp]]:
    """Return the form files of a folder by name; none when it is missing or cannot be listed."""
    try:
        with os.scandir(folder) as listing:
            names = sorted(
                entry.name for entry in listing if entry.name.endswith(".toml") and not entry.name.startswith(".")
            )
    except (OSError, ValueError):
        return []
    stamped = ((folder / name, _stamp(folder / name)) for name in names[:MAX_FILES])
    return [(path, stamp) for path, stamp in stamped if stamp is not None]


def _stamp(path: Path) -> _Stamp | None:
    """Return the time and size of an ordinary file, None for anything else."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None
