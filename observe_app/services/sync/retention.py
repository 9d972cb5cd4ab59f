"""How long visits are kept: off unless the person set a number of years; nothing is erased without their act."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.visit import VisitFilter
from observe_app.services.sync import erasing, sharing

if TYPE_CHECKING:
    from observe_app.domain.visit import VisitRow
    from observe_app.services.core import Core

MOST_YEARS = 30
_PAGE = 500


def years(core: Core) -> int:
    """Return after how many years a visit is due to be erased, 0 for never."""
    return core.settings.get().retention_years


def set_years(core: Core, count: int) -> None:
    """Say after how many years visits are due; 0 turns it off.

    Raises:
        Invalid: not between 0 and `MOST_YEARS`. DataFolderUnusable: the settings cannot be written.
    """
    if not 0 <= count <= MOST_YEARS:
        raise Invalid("years", str(count), "out_of_range", f"0–{MOST_YEARS}")
    core.settings.change(retention_years=count)


def limit(today: date, count: int) -> date:
    """Return the first day of the school year (August) that is kept: whole years are due at once, when one ends."""
    begun = today.year if today.month >= 8 else today.year - 1
    return date(begun - count + 1, 8, 1)


def due(core: Core, today: date) -> tuple[VisitRow, ...]:
    """Return the visits of school years that ended long enough ago, the newest first; those in the bin too.

    Of visits that others wrote it is one's own copy that is due.
    """
    count = years(core)
    if not count:
        return ()
    until = datetime.combine(limit(today, count), time(), tzinfo=UTC)
    found: list[VisitRow] = []
    with core.store.read() as unit:
        for deleted in (False, True):
            offset = 0
            while page := unit.visits.listing(
                VisitFilter(until=until, deleted=deleted, limit=_PAGE, offset=offset, descending=True)
            ):
                found += page
                offset += len(page)
                if len(page) < _PAGE:
                    break
    return tuple(found)


def erase_due(core: Core, today: date, only: frozenset[str] | None = None) -> int:
    """Erase what is due for good, in one act; `only` leaves out all others. Return how many.

    Raises:
        SyncBusy: another program is at the shared folder. ObserveError: the database refused.
    """
    ids = tuple(row.id for row in due(core, today) if only is None or row.id in only)
    return erasing.purge_all(core, ids, "retention")


def others_hold(core: Core, visit_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of those who have any of these visits too, each once."""
    names = {one.name for visit in visit_ids for one in sharing.takers(core, visit) if not one.me and one.name}
    return tuple(sorted(names, key=str.casefold))
