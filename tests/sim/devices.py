"""The program's own rounds, on a simulated laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.sync.device import Device
from observe_app.services.sync.judge import Judge

if TYPE_CHECKING:
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.sync.crypto import Cipher, Keys, RandomBytes
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Ledger
    from tests.sim.fake_folder import FakeFolder

AnyDevice = Device


def make_device(
    ledger: Ledger, keys: Keys, io: FakeFolder, folder: SharedFolder, *, cipher: Cipher, rng: RandomBytes
) -> Device:
    """Return the program as it starts on a laptop: nothing remembered but what the database says."""

    def judge(sql: Connection) -> Judge:
        return Judge(sql, keys.fingerprint)

    return Device(ledger, keys, io, folder, rng, "1.0", judge=judge, cipher=cipher)
