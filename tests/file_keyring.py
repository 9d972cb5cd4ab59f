"""A keyring for programs that tests start: secrets in a file that the environment names, so that it outlives them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

ENVIRONMENT = "OBSERVE_TEST_KEYRING"


class FileKeyring(KeyringBackend):
    """Chosen with PYTHON_KEYRING_BACKEND=tests.file_keyring.FileKeyring."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._all() | {f"{service}/{username}": password}), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        every = self._all()
        if every.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError(username)
        self._file.write_text(json.dumps(every), encoding="utf-8")

    @property
    def _file(self) -> Path:
        return Path(os.environ[ENVIRONMENT])

    def _all(self) -> dict[str, str]:
        return json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}
