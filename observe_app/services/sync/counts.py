"""How many visits one made, for whoever coordinates them: told only where one turned that on, and in figures only.

Whether it is on is said by one's own row itself, so that all computers of a person agree: while it is there, rounds
keep it up to date; turned off, its figures are zeros and it is deleted. Everybody who can open the folder can read it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from observe_app.domain.errors import NotFound
from observe_app.domain.sync.progress import (
    MOST_NAME,
    Figures,
    Made,
    Progress,
    figures,
    own_ids,
    progress_id,
    term_before,
    term_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from observe_app.domain.sync.progress import Term
    from observe_app.services.core import Core
    from observe_app.store.sync.progress import ProgressRow, VisitRow


def listing(core: Core, folder_id: str = "") -> tuple[Progress, ...]:
    """Return what people let others know of the present term and the one before, the newest term first.

    By name within a term: it is no ranking.

    Args:
        core: the open data folder.
        folder_id: of a shared folder, "" for all; somebody who tells it in two of them is there twice.
    """
    from observe_app.services.sync import colleagues, setup  # noqa: PLC0415  (load the schema)
    from observe_app.store.sync import progress  # noqa: PLC0415

    me = colleagues.own_fingerprint(core)
    names = {one.card.fingerprint: one.card.name for one in colleagues.listing(core, numbers=False)}
    wanted = [one.id for one in setup.folders(core) if folder_id in {"", one.id}]
    oldest = term_before(term_of(_today(core))).since
    with core.store.ledger.reading() as sql:
        rows = [row for one in wanted for row in progress.rows(sql, one) if not row.deleted and not row.off]
    found = [_progress(row, names, me) for row in rows if row.id in own_ids(row.fingerprint, row.folder)]
    shown = [one for one in found if one.term.since >= oldest]
    return tuple(
        sorted(shown, key=lambda one: (-one.term.since.toordinal(), one.name.casefold(), one.fingerprint, one.folder))
    )


def _progress(row: ProgressRow, names: dict[str, str], me: str) -> Progress:
    return Progress(
        id=row.id,
        folder=row.folder,
        fingerprint=row.fingerprint,
        name=names.get(row.fingerprint, row.name),
        term=term_of(date.fromisoformat(row.since)),
        figures=Figures(*row.numbers),
        at=datetime.fromisoformat(row.at).astimezone(UTC) if row.at else None,
        me=bool(me) and row.fingerprint == me,
    )


def is_on(core: Core, folder_id: str) -> bool:
    """Tell whether one's own figures are told in a folder."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (loads the schema)
    from observe_app.store.sync import progress  # noqa: PLC0415

    me = colleagues.own_fingerprint(core)
    with core.store.ledger.reading() as sql:
        return bool(me) and _is_on(progress.rows(sql, folder_id, me))


def _is_on(own: list[ProgressRow]) -> bool:
    return bool(own) and not own[0].off


def turn(core: Core, folder_id: str, *, on: bool) -> None:
    """Tell one's figures in a folder from now on, or take them back.

    Raises:
        NotFound: this computer does not take part in the folder. VaultClosed: no twelve words, or they are locked.
        ObserveError: one of the storage errors; nothing was changed.
    """
    from observe_app.services.sync import setup  # noqa: PLC0415  (loads the schema)

    me = core.vault.keys().fingerprint
    if folder_id not in {one.id for one in setup.folders(core)}:
        raise NotFound("shared folder", folder_id)
    if on:
        _tell(core, me, folder_id, {term_of(_today(core))})
    else:
        _withdraw(core, me, folder_id)


def update(core: Core, me: str, folder_id: str) -> bool:
    """Bring one's own figures in a folder up to date where they are told; return whether anything was written.

    Belongs after a round that got through: what other computers of the same person wrote is here then.

    Args:
        core: the open data folder.
        me: own fingerprint.
        folder_id: of the shared folder.
    """
    from observe_app.store.sync import progress  # noqa: PLC0415  (loads the schema)

    ledger, today = core.store.ledger, _today(core)
    with ledger.reading() as sql:
        stands = progress.position(sql), today
        if ledger.kept.get(_key(folder_id)) == stands:
            return False
        own = progress.rows(sql, folder_id, me)
    wrote = False
    if _is_on(own):
        now = term_of(today)
        before = {term_before(now).since.isoformat()} & {row.since for row in own if not row.off}
        wrote = _tell(core, me, folder_id, {now} | {term_of(date.fromisoformat(since)) for since in before})
    elif any(not row.deleted for row in own):  # another computer of one's own counted on before it heard
        _withdraw(core, me, folder_id)
        wrote = True
    if not wrote:
        ledger.kept[_key(folder_id)] = stands
    return wrote


def _key(folder_id: str) -> str:
    return f"counts:{folder_id}"


def _tell(core: Core, me: str, folder_id: str, terms: Iterable[Term]) -> bool:
    """Write the figures that are others than this computer told last; return whether there were any.

    Not others than the row shows: two computers of a person that hold different visits would answer each other for
    ever.
    """
    from observe_app.store.sync import progress, segments  # noqa: PLC0415  (load the schema)

    ledger, settings = core.store.ledger, core.settings.get()
    name = settings.my_name[:MOST_NAME]
    with ledger.reading() as sql:
        made = [_made(row) for row in progress.visits_of(sql, settings.me_id or "")]
        there = {row.id for row in progress.rows(sql, folder_id, me) if not row.off and not row.deleted}
        counted = {(progress_id(me, folder_id, term.since), term): figures(made, term) for term in terms}
        fresh = {
            (row, term): found
            for (row, term), found in counted.items()
            if row not in there or segments.meta(sql, f"told:{row}") != _told(found, name)
        }
        seen = progress.heads(sql, [row for row, _term in fresh])
    if not fresh:
        return False
    with ledger.acting("progress.tell", scope=None, author=settings.me_id, seen=seen) as writing:
        for (row, term), found in fresh.items():
            progress.tell(
                writing.sql, row, folder=folder_id, fingerprint=me, name=name, term=term, figures=found, at=ledger.now()
            )
            segments.set_meta(writing.sql, f"told:{row}", _told(found, name))
    return True


def _told(found: Figures, name: str) -> str:
    return " ".join((*map(str, found.each()), name))


def _withdraw(core: Core, me: str, folder_id: str) -> None:
    from observe_app.store.sync import progress  # noqa: PLC0415  (loads the schema)

    ledger = core.store.ledger
    with ledger.reading() as sql:
        own = [row.id for row in progress.rows(sql, folder_id, me)]
        seen = progress.heads(sql, own)
    with ledger.acting("progress.withdraw", scope=None, author=core.settings.get().me_id, seen=seen) as writing:
        for row in own:
            progress.withdraw(writing.sql, row, ledger.now())


def _made(row: VisitRow) -> Made:
    day = datetime.fromisoformat(row.moment).astimezone(_zone(row.zone)).date()
    return Made(day, row.observed, row.talked, row.released, row.answered)


def _today(core: Core) -> date:
    return core.clock.now().astimezone(_zone(core.clock.zone_name())).date()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone is a KeyError; somebody's letter may say anything
        return UTC


__all__ = ["is_on", "listing", "turn", "update"]
