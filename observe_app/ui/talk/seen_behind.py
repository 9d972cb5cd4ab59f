"""What an editor displayed when the first key was pressed in it, so that its write replaces that and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import ObserveError
from observe_app.services import history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.changes import Seen
    from observe_app.domain.sync.letter import Value
    from observe_app.services.core import Core


def seen_behind(core: Core, table: str, row: str, shown: Mapping[str, Value]) -> Seen | None:
    """Return the ops behind the values on screen, None where they cannot be asked for now: the write asks again."""
    try:
        return history.seen_as_shown(core, table=table, row=row, shown=shown)
    except ObserveError:
        return None
