"""How sharing stands, in one look: what the rail says, what the page tells, what waits to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound
from observe_app.domain.sync.card import Trust
from observe_app.services.sync import colleagues, setup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.sync.state import FolderStatus, RoundReport
    from observe_app.services.core import Core

_WAITED = timedelta(days=1)


class Standing(StrEnum):
    """What the rail says of all folders together, the most urgent first."""

    NONE = "none"  # not set up
    LOCKED = "locked"  # a passphrase is needed
    AWAY = "away"  # a folder cannot be reached or used
    PAUSED = "paused"  # all of them
    WAITING = "waiting"  # something is saved here and not there yet
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plain log; kinds as of `rounds.log_lines`."""

    at: datetime
    folder: str
    kind: str
    detail: str
    count: int


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """A letter, or changes of one, that were kept outside the record.

    Attributes:
        name: who signed it, "" for somebody unknown. reason: stable word. visit: which visit it was about, in words.
        table: kind of record. count: changes. folder: name of the shared folder.
    """

    name: str
    reason: str
    table: str
    visit: str
    at: datetime
    count: int
    folder: str


@dataclass(frozen=True, slots=True)
class Overview:
    """How everything stands.

    Attributes:
        waiting: changes that are saved here and in no folder yet. refused: things not let in. conflicts: open ones.
        changed: names of people whose key is another one than before. reminds: the twelve words are kept nowhere yet.
        visits: that what waits is about.
    """

    standing: Standing = Standing.NONE
    folders: tuple[FolderStatus, ...] = ()
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    changed: tuple[str, ...] = ()
    reminds: bool = False
    visits: int = 0


def overview(core: Core, reports: Mapping[str, RoundReport] | None = None) -> Overview:
    """Return how everything stands; reads the database and no folder.

    Args:
        core: the open data folder.
        reports: of the last round of each folder, where this program ran one.
    """
    from observe_app.services.sync import rounds  # noqa: PLC0415  (with what encrypts)

    if not setup.folders(core):
        return Overview()
    found = tuple(
        replace(one, report=reports[one.folder.id]) if reports and one.folder.id in reports else one
        for one in rounds.statuses(core)
    )
    changed = tuple(
        one.card.name for one in colleagues.listing(core, numbers=False) if one.trust is Trust.CHANGED and not one.me
    )
    waiting = sum(one.waiting for one in found if not one.folder.paused)
    return Overview(
        _standing(core, found, waiting),
        found,
        waiting,
        sum(one.report.refused for one in found),
        max((one.report.conflicts for one in found), default=0),
        changed,
        setup.reminds(core, core.clock.now().date().isoformat()),
        max((one.visits for one in found if not one.folder.paused), default=0),
    )


def _standing(core: Core, found: tuple[FolderStatus, ...], waiting: int) -> Standing:
    active = [one for one in found if not one.folder.paused]
    if not active:
        return Standing.PAUSED
    if core.vault.state() != "open":
        return Standing.LOCKED
    if any(one.report.problem for one in active):
        return Standing.AWAY
    return Standing.WAITING if waiting else Standing.FINE


def lines(core: Core, most: int = 200) -> tuple[Line, ...]:
    """Return the newest lines of the log, newest first."""
    from observe_app.services.sync import rounds  # noqa: PLC0415  (with what encrypts)

    return tuple(
        Line(datetime.fromisoformat(one.at), one.folder, one.kind, one.detail, one.count)
        for one in rounds.log_lines(core, most=most)
    )


def not_let_in(core: Core) -> tuple[NotLetIn, ...]:
    """Return what was kept outside the record, newest first."""
    from observe_app.store.columns import utc_text  # noqa: PLC0415  (loads the schema)
    from observe_app.store.sync import refusals  # noqa: PLC0415

    names = {one.card.fingerprint: one.card.name for one in colleagues.listing(core, numbers=False)}
    places = {one.id: one.name for one in setup.folders(core)}
    with core.store.ledger.reading() as sql:
        rows = refusals.listing(sql, utc_text(core.clock.now() - _WAITED))
    return tuple(
        NotLetIn(
            names.get(row.signer, ""), row.reason, row.table, _visit_words(core, row.visit),
            datetime.fromisoformat(row.at).astimezone(UTC), row.count, places.get(row.folder, ""),
        )
        for row in rows
    )  # fmt: skip


def _visit_words(core: Core, visit_id: str) -> str:
    from observe_app.services import visits  # noqa: PLC0415  (rarely wanted)

    if not visit_id:
        return ""
    try:
        visit = visits.get(core, visit_id)
    except NotFound:
        return ""
    return " · ".join(part for part in (visit.teacher, visit.class_line) if part)
