"""Whether this installation is still the only one of its name, and what a new version or new keys ask for.

A database that was copied to another computer, or restored, would write under a name that is in use. Whoever finds
that out takes a new one; what was not sealed yet is sealed under it.
"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.sync.context import Context
    from observe_app.store.sync.ledger import Ledger

MOST_TOLD = 3
"""Letters of others under our name after which no other name is taken, as long as the program runs."""

_MACHINE, _KEYS, _FORMAT = "sync_machine", "sync_keys", "sync_format"


def settle(context: Context) -> None:
    """Take a new name where somebody else writes under ours; look again at what new keys or a new version may read."""
    memory = context.memory
    if not memory.started:
        _begin(context)
        memory.started = True
    if memory.settled == memory.generation and not memory.copied:
        return
    memory.settled = memory.generation
    mine = [one for one in memory.held.values() if one.writer == context.writer]
    others = {one.hash for one in mine if one.state == "refused"}
    others |= {name for name, (writer, _seq) in memory.strangers.items() if writer == context.writer}
    others -= memory.told
    if memory.copied or any(one.state == "taken" for one in mine) or (others and len(memory.told) < MOST_TOLD):
        memory.told |= others
        memory.copied = False
        context.writer = context.ledger.new_writer()


def _begin(context: Context) -> None:
    from observe_app.store.migrate import CURRENT  # noqa: PLC0415
    from observe_app.store.sync import apply, segments  # noqa: PLC0415

    with context.ledger.reading() as sql:
        keys, number = segments.meta(sql, _KEYS), segments.meta(sql, _FORMAT)
    if keys == context.me and number == str(CURRENT):
        return
    with context.writing() as writing:
        if keys not in {"", context.me}:
            segments.forget_strangers(writing.sql)
            context.memory.strangers = {}
        if number not in {"", str(CURRENT)}:
            apply.project_unknown(writing.sql)
        segments.set_meta(writing.sql, _KEYS, context.me)
        segments.set_meta(writing.sql, _FORMAT, str(CURRENT))


def check(ledger: Ledger, machine: str) -> bool:
    """Take a new name when the database last lived on another computer or in another place; return whether it did.

    The first time too: a data folder may have been copied to many computers before anything was shared.

    Args:
        ledger: the database.
        machine: from `machine_of`.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415

    with ledger.reading() as sql:
        known = segments.meta(sql, _MACHINE)
    if known == machine:
        return False
    ledger.new_writer()
    with ledger.writing() as writing:
        segments.set_meta(writing.sql, _MACHINE, machine)
    return bool(known)


def machine_of(database: Path) -> str:
    """Return a text that is another one on another computer, or where the database lies elsewhere."""
    about = f"{_machine_id()}\n{database.resolve()}"
    return hashlib.sha256(about.encode(errors="surrogateescape")).hexdigest()[:16]


def _machine_id() -> str:
    """Return what the system calls this computer; "" where it does not tell, then the place alone must do."""
    with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError):
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415  (Windows alone has it)

            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        if sys.platform == "darwin":
            command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
            said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout  # noqa: S603
            return next((line.split('"')[3] for line in said.splitlines() if "IOPlatformUUID" in line), "")
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    return ""
