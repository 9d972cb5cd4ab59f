"""Erasing a visit for good, on this computer and, by its author, on those of everybody who has it.

What is exported or printed is out of reach, and a computer that is never switched on again erases nothing; the screen
says so. What stays is that a visit was erased, when and why.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound
from observe_app.domain.ids import natural_id
from observe_app.services import opened
from observe_app.services.sync import purged, sharing

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who had an erased visit.

    Attributes:
        name: as their card says it. seen: when a computer of theirs was heard of last, None for never.
        erased: every computer of theirs that is known was heard of since; each erases before it says a word.
    """

    fingerprint: str
    name: str
    seen: datetime | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a visit was erased.

    Attributes:
        by: name of who did it, "" for unknown. reason: their word for it. holders: others who had it.
        unreadable: backups of this computer that could not be opened and may still hold it.
    """

    visit_id: str
    at: datetime
    by: str = ""
    reason: str = ""
    holders: tuple[Holder, ...] = ()
    unreadable: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing a visit would do, to be said before.

    Attributes:
        everywhere: its author erases it on all computers; others only their own copy.
        people: names of the others who have it. copies: how many files of it were saved or printed.
    """

    everywhere: bool
    people: tuple[str, ...]
    copies: int


def plan(core: Core, visit_id: str) -> Plan:
    """Say what `purge` would do.

    Raises:
        NotFound: no such visit.
    """
    with core.store.read() as unit:
        unit.visits.get(visit_id)
        copies = len(unit.after.copies(visit_id))
    others = tuple(one.name or one.share.fingerprint[:8] for one in sharing.takers(core, visit_id) if not one.me)
    return Plan(sharing.rights(core, visit_id).writes, others, copies)


def purge(core: Core, visit_id: str, reason: str = "") -> Erasure:
    """Erase a visit for good: nothing takes it back.

    Args:
        core: the open data folder.
        visit_id: of any visit, in the bin or not.
        reason: kept and told to those who had it; no word of the visit belongs into it.

    Raises:
        NotFound: no such visit. SyncBusy: another program is at the shared folder; nothing was changed.
        ObserveError: the database refused; nothing was changed.
    """
    _erase(core, visit_id, reason)
    unreadable = purged.clean(core, (visit_id,))
    return next(
        Erasure(one.visit_id, one.at, one.by, one.reason, one.holders, unreadable)
        for one in listing(core)
        if one.visit_id == visit_id
    )


def purge_all(core: Core, visit_ids: tuple[str, ...], reason: str = "") -> int:
    """Erase several visits in one go; return how many.

    Raises:
        SyncBusy: another program is at the shared folder. ObserveError: the database refused; what was erased is.
    """
    done = []
    for visit_id in visit_ids:
        with contextlib.suppress(NotFound):
            _erase(core, visit_id, reason)
            done.append(visit_id)
    if done:
        purged.clean(core, tuple(done))
    return len(done)


def _erase(core: Core, visit_id: str, reason: str) -> None:
    from observe_app.services.sync import setup  # noqa: PLC0415  (with what encrypts)
    from observe_app.services.sync.alone import alone  # noqa: PLC0415
    from observe_app.store.sync import purge as rows  # noqa: PLC0415  (loads the schema)

    me = sharing.own_fingerprint(core)
    shared = bool(setup.folders(core))
    # Nothing may be sealed between the word that it is erased and the erasing itself.
    with alone(core) if shared else contextlib.nullcontext():
        with core.store.write("visit.purge", scope=visit_id, undoable=False) as unit:
            unit.visits.get(visit_id)
            own = core.settings.get().my_name
            words = " ".join(reason.split())[:MAX_REASON]
            unit.shares.say_erased(natural_id("erasure", visit_id), visit_id, core.clock.now(), own, words)
            unit.commit()
        with core.store.ledger.writing() as writing:
            gone = rows.erase(writing.sql, visit_id, me or "-")
            writing.visits.add(visit_id)
            writing.changed(gone)
    opened.clear(core)


def listing(core: Core) -> tuple[Erasure, ...]:
    """Return the visits that were erased, the newest first, with those who may still hold them."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)
    from observe_app.store.sync import outbox  # noqa: PLC0415  (loads the schema)

    me = sharing.own_fingerprint(core)
    names = {one.card.fingerprint: one.card.name for one in colleagues.listing(core, numbers=False)}
    found = []
    with core.store.ledger.reading() as sql:
        laptops: dict[str, list[str | None]] = {}
        for fingerprint, seen in sql.execute("SELECT fingerprint, seen FROM sync_laptop WHERE fingerprint <> ''"):
            laptops.setdefault(fingerprint, []).append(seen)
        for visit, at, by, reason in sql.execute(
            'SELECT visit_id, at, "by", reason FROM erasure WHERE deleted = 0 ORDER BY at DESC, visit_id'
        ).fetchall():
            people = [row[0] for row in outbox.erased_people(sql, visit) if row[0] != me]
            holders = tuple(
                _holder(one, names.get(one, ""), laptops.get(one, []), at) for one in people if one in names
            )  # fmt: skip
            found.append(Erasure(visit, datetime.fromisoformat(at), by, reason, holders))
    return tuple(found)


def _holder(fingerprint: str, name: str, laptops: list[str | None], at: str) -> Holder:
    heard = [one for one in laptops if one]
    last = max(heard, default=None)
    erased = bool(laptops) and all(one is not None and one > at for one in laptops)
    return Holder(fingerprint, name, datetime.fromisoformat(last) if last else None, erased)
