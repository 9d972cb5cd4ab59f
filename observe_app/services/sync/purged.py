"""What is left of an erased visit beside the record itself: backups, what was set aside, copies that were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services import opened

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

_CLEANED = "cleaned:"


def follow(core: Core) -> int:
    """Clean backups and the like of visits that somebody else erased, once; return how many.

    Called after rounds: the database itself obeyed already.
    """
    with core.store.ledger.reading() as sql:
        todo = tuple(
            row[0]
            for row in sql.execute(
                "SELECT visit_id FROM erasure WHERE deleted = 0 "
                "AND 'cleaned:' || visit_id NOT IN (SELECT key FROM meta WHERE key LIKE 'cleaned:%')"
            )
        )
    if todo:
        opened.clear(core)
        clean(core, todo)
    return len(todo)


def clean(core: Core, visit_ids: tuple[str, ...]) -> tuple[Path, ...]:
    """Erase visits in backups and in what was set aside, and write the database anew; return what stayed closed."""
    from observe_app.store import purged_files  # noqa: PLC0415  (loads the schema)
    from observe_app.store.sync import segments  # noqa: PLC0415

    key = core.store.key
    unreadable = purged_files.clean_backups(core.files.backups, key, visit_ids)
    whole = purged_files.clean_recovery(core.files.recovery, key, visit_ids)
    with core.store.ledger.writing() as writing:
        for visit_id in visit_ids:
            if whole and not unreadable:
                segments.set_meta(writing.sql, _CLEANED + visit_id, "1")
    purged_files.compact(core.store.path, key)
    return unreadable
