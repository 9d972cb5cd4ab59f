"""What was not let in, and what cannot be judged yet: kept with its words, so that a person can look at it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.ids import natural_id
from observe_app.domain.sync.letter import ActionHead, Op

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.ledger import Connection

WAITING = "waiting"
"""Reason of a change that is tried again once more has come; not shown before it is a day old."""


@dataclass(frozen=True, slots=True)
class Held:
    """A change outside the record.

    Attributes:
        folder, hash, writer, signer: the letter that it came in.
        kind: whom the letter was for. visit: the visit that it was about, "" for none.
        reason: `WAITING`, or a stable word for why it may not be (`domain.sync.rights`).
        at: when, as the database keeps it.
    """

    folder: str
    hash: str
    writer: str
    signer: str
    kind: str
    visit: str
    op: Op
    action: ActionHead
    reason: str = WAITING
    at: str = ""

    @property
    def id(self) -> str:
        """The id that keeps it apart from all others, however often the letter comes."""
        return natural_id("refused", self.op.op, self.signer)


def keep(sql: Connection, held: Iterable[Held]) -> None:
    """Keep changes outside the record; one that is there already only changes its reason."""
    sql.executemany(
        "INSERT INTO sync_refused(id, folder, hash, writer, signer, reason, content, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET reason = excluded.reason "
        "WHERE reason <> excluded.reason",
        [(one.id, one.folder, one.hash, one.writer, one.signer, one.reason, _text(one), one.at) for one in held],
    )


def drop(sql: Connection, held: Iterable[Held]) -> None:
    """Keep them no longer: they came into the record."""
    sql.executemany("DELETE FROM sync_refused WHERE id = ?", [(one.id,) for one in held])


def of_visit(sql: Connection, visit: str, *, waiting: bool = False) -> list[Held]:
    """Return what is kept about a visit, only what waits where `waiting`."""
    more = "AND reason = 'waiting'" if waiting else ""
    rows = sql.execute(
        "SELECT folder, hash, writer, signer, reason, content, at FROM sync_refused "
        f"WHERE json_valid(content) AND json_extract(content, '$.visit') = ? {more} ORDER BY id",
        (visit,),
    )
    return [found for row in rows if (found := _held(row)) is not None]


def erase_visit(sql: Connection, visit: str) -> None:
    """Forget all that is kept about a visit."""
    sql.execute("DELETE FROM sync_refused WHERE json_valid(content) AND json_extract(content, '$.visit') = ?", (visit,))


def _text(held: Held) -> str:
    return json.dumps(
        {"kind": held.kind, "visit": held.visit, "op": asdict(held.op), "action": asdict(held.action)},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _held(row: Any) -> Held | None:
    folder, digest, writer, signer, reason, content, at = row
    try:
        about = json.loads(content)
        op = Op(**{**about["op"], "over": tuple(about["op"]["over"])})
        return Held(folder, digest, writer, signer, about["kind"], about["visit"], op, ActionHead(**about["action"]),
                    reason, at)  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None


__all__ = ["WAITING", "Held", "drop", "erase_visit", "keep", "of_visit"]
