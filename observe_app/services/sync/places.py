"""Which shared folders there are: asked with each first page, so nothing is loaded here that encrypts or signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.core import Core


def folders(core: Core) -> tuple[SharedFolder, ...]:
    """Return the shared folders that this computer takes part in, the one joined first first."""
    from observe_app.store.sync import folders as kept  # noqa: PLC0415  (loads the schema)

    with core.store.read() as unit:
        return kept.all_folders(unit.plain)


def reminds(core: Core, today: str) -> bool:
    """Tell whether Today is to remind of keeping the twelve words; nothing that shows them was confirmed yet."""
    settings = core.settings.get()
    if settings.words_kept or settings.words_remind > today or not core.vault.place():
        return False
    return bool(folders(core))
