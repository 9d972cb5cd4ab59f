"""Settings on disk: versioned TOML, replaced as a whole, unknown keys kept for newer versions."""

from __future__ import annotations

import contextlib
import os
import threading
import tomllib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import DataFolderUnusable, SettingsUnreadable
from observe_app.domain.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1


class SettingsBox:
    """The settings of one data folder."""

    def __init__(self, path: Path) -> None:
        """Read the file; one that cannot be understood is set aside and `problem` says so."""
        self._path = path
        self._lock = threading.Lock()
        self._extra: dict[str, Any] = {}
        self.problem: SettingsUnreadable | None = None
        self._settings = self._load()

    def get(self) -> Settings:
        """Return the settings as they are now."""
        return self._settings

    def change(self, **values: Any) -> Settings:
        """Change some settings and write them.

        Raises:
            TypeError: no such setting.
            DataFolderUnusable: the file cannot be written; the old settings stay.
        """
        with self._lock:
            fresh = replace(self._settings, **values)
            self._save(fresh)
            self._settings = fresh
            return fresh

    def _load(self) -> Settings:
        try:
            table = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self.problem = SettingsUnreadable(self._path, str(error))
            with contextlib.suppress(OSError):
                self._path.replace(self._path.with_suffix(".unreadable.toml"))
            return Settings()
        known: dict[str, Any] = {}
        defaults = Settings()
        for field in fields(Settings):
            value = table.pop(field.name, None)
            default = getattr(defaults, field.name)
            expected = str if default is None else type(default)
            if expected is tuple:
                value = _rows(value)
            if isinstance(value, expected) and not (expected is int and isinstance(value, bool)):
                known[field.name] = value
        table.pop("version", None)
        self._extra = table
        return Settings(**known)

    def _save(self, settings: Settings) -> None:
        import tomli_w  # noqa: PLC0415  (a start only reads)

        table: dict[str, Any] = {"version": _VERSION}
        for field in fields(Settings):
            value = getattr(settings, field.name)
            if value is not None:
                table[field.name] = value
        # Half of a sign can come from the clipboard and cannot be written; "?" stands in its place.
        content = tomli_w.dumps(table | self._extra).encode("utf-8", "replace")
        partial = self._path.with_suffix(".part")
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise DataFolderUnusable(self._path.parent, str(error)) from error


def _rows(value: object) -> tuple[tuple[str, ...], ...]:
    """Return a list of lists of texts as tuples; rows that are none are left out."""
    rows = value if isinstance(value, list) else ()
    return tuple(tuple(row) for row in rows if isinstance(row, list) and all(isinstance(part, str) for part in row))
