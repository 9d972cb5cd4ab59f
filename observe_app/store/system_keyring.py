"""The system's keyring: it may be missing, locked, or never answer, and none of that may hold us up."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from observe_app.domain.errors import VaultClosed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVICE = "Observe"
"""Name under which the system's keyring shows what we keep there."""
PATIENCE = 10.0
"""Seconds that we wait for it; it may ask the person something, or hang."""

_T = TypeVar("_T")


class SystemKeyring:
    """Asks the keyring; every way of failing is a `VaultClosed` with the reason "keyring"."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        """Ask for this data folder, and wait for an answer for at most this many seconds."""
        self._folder = folder
        self._patience = patience
        self._hanging: threading.Thread | None = None

    def usable(self) -> bool:
        """Tell whether there is one that keeps secrets for this person alone, and answers."""
        try:
            return self._call(_is_safe) and self.get("") is None
        except VaultClosed:
            return False

    def get(self, account: str) -> str | None:
        """Return what is kept, None where nothing is."""
        import keyring  # noqa: PLC0415  (it looks for every keyring of the system)

        return self._call(lambda: keyring.get_password(SERVICE, account))

    def set(self, account: str, text: str) -> None:
        """Keep this."""
        import keyring  # noqa: PLC0415

        self._call(lambda: keyring.set_password(SERVICE, account, text))

    def delete(self, account: str) -> None:
        """Keep it no longer."""
        import keyring  # noqa: PLC0415

        def delete() -> None:
            if keyring.get_password(SERVICE, account) is not None:
                keyring.delete_password(SERVICE, account)

        self._call(delete)

    def _call(self, ask: Callable[[], _T]) -> _T:
        """Return what it answers; in a thread of its own, which stays behind where it never does."""
        if self._hanging is not None and self._hanging.is_alive():
            raise VaultClosed(self._folder, "keyring", "no answer")
        answers: list[_T] = []
        failures: list[str] = []

        def work() -> None:
            try:
                answers.append(ask())
            except Exception as error:  # noqa: BLE001  (each system's keyring fails with errors of its own)
                failures.append(type(error).__name__)

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        thread.join(self._patience)
        if thread.is_alive():
            self._hanging = thread
            raise VaultClosed(self._folder, "keyring", "no answer")
        if failures:
            raise VaultClosed(self._folder, "keyring", failures[0])
        return answers[0]


def _is_safe() -> bool:
    """Tell whether the keyring is one that its makers recommend; some write plain text, some forget everything."""
    import keyring  # noqa: PLC0415
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415

    found = keyring.get_keyring()
    if isinstance(found, ChainerBackend):
        return any(one.priority >= 1 for one in found.backends)
    return bool(found.priority >= 1)
