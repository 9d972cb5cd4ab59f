"""Which visits came from colleagues and were not opened on this computer yet: known here alone, never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.services.core import Core

_OPENED = "opened:"


def unopened(core: Core) -> tuple[str, ...]:
    """Return ids of the visits that a letter of somebody else brought and that nobody opened here, the first first."""
    with core.store.ledger.reading() as sql:
        found = sql.execute(
            "SELECT visit_id FROM sync_visit "
            "WHERE author <> coalesce((SELECT value FROM meta WHERE key = 'fingerprint'), '') "
            "AND ? || visit_id NOT IN (SELECT key FROM meta) ORDER BY visit_id",
            (_OPENED,),
        )
        return tuple(str(row[0]) for row in found)


def opened_at(core: Core) -> dict[str, str]:
    """Return when visits of colleagues were opened here last, by visit: UTC in ISO form."""
    with core.store.ledger.reading() as sql:
        found = sql.execute("SELECT key, value FROM meta WHERE substr(key, 1, ?) = ?", (len(_OPENED), _OPENED))
        return {str(key)[len(_OPENED) :]: str(value) for key, value in found}


def mark_opened(core: Core, visit_ids: Iterable[str]) -> None:
    """Keep that somebody here opened these visits, now.

    Raises:
        ObserveError: it could not be written.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415  (loads the schema)

    now = core.clock.now().isoformat()
    with core.store.ledger.writing() as writing:
        for visit_id in visit_ids:
            segments.set_meta(writing.sql, _OPENED + visit_id, now)
