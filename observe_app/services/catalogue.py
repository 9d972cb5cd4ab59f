"""The forms to choose from: every form file of the shipped folder and of the data folder's own."""

from __future__ import annotations

import os
import stat
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import FormInvalid, FormProblem, NotFound
from observe_app.services.forms.limits import MAX_FILES
from observe_app.services.forms.reader import Reading, read_file
from observe_app.services.forms.snapshot import SnapshotDamaged, dumps_snapshot, loads_snapshot
from observe_app.services.forms.toml_text import shown

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.form import Form, Texts

__all__ = ["Catalogue", "CatalogueEntry", "SnapshotDamaged", "check_file", "dumps_snapshot", "loads_snapshot"]

_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One form file as a list shows it.

    Attributes:
        title, purpose: in the form's languages; of a broken file the title is its name and the purpose empty.
        version: 0 for a broken file.
        problems: why the file cannot be used; empty for a good one.
    """

    form_id: str
    title: Texts
    purpose: Texts
    version: int
    path: Path
    problems: tuple[FormProblem, ...] = ()


def check_file(path: Path) -> tuple[FormProblem, ...]:
    """Return everything wrong with a form file: the first error of syntax, or every one of meaning."""
    return read_file(path).problems


class Catalogue:
    """Form files of some folders, read when first asked for and again when a file's time or size has changed.

    A later folder wins: a school's own form replaces the shipped one of the same id. A broken file is listed with its
    problems and takes nothing away: the good form of its id from an earlier folder stays usable.
    May be used from several threads.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._readings: dict[Path, tuple[_Stamp, Reading]] = {}
        self._lock = threading.Lock()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where form files are looked for; shipped ones first."""
        return self._folders

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Return all form files by folder and name; those replaced by a later folder's good one are left out."""
        found = self._read_all()
        good: dict[str, Path] = {path.stem: path for path, reading in found if reading.form is not None}
        return tuple(
            _entry(path, reading) for path, reading in found if reading.form is None or good[path.stem] == path
        )

    def form(self, form_id: str) -> Form:
        """Return the form of this id.

        Raises:
            NotFound: no folder has a file of this name. FormInvalid: there is one, and it is broken.
        """
        broken: FormInvalid | None = None
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

    def _read_all(self) -> list[tuple[Path, Reading]]:
        listed = [(path, stamp) for folder in self._folders for path, stamp in _form_files(folder)]
        with self._lock:
            for path in self._readings.keys() - {path for path, _stamp_ in listed}:
                del self._readings[path]
        return [(path, self._reading(path, stamp)) for path, stamp in listed]

    def _reading(self, path: Path, stamp: _Stamp) -> Reading:
        with self._lock:
            known = self._readings.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        reading = read_file(path)
        with self._lock:
            self._readings[path] = (stamp, reading)
        return reading


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


def _entry(path: Path, reading: Reading) -> CatalogueEntry:
    form = reading.form
    if form is None:
        return CatalogueEntry(path.stem, (("", shown(path.stem)),), (), 0, path, reading.problems)
    return CatalogueEntry(form.id, form.title, form.purpose, form.version, path)
