"""Cards of colleagues as they came, and what this person knows of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in one folder. `raw`: the file as text. `trust`: a value of `domain.sync.card.Trust`."""

    id: str
    folder: str
    fingerprint: str
    raw: str
    trust: str
    checked: str | None
    at: str


_FIELDS = "id, folder, fingerprint, raw, trust, checked, at"


def all_cards(sql: Connection) -> list[CardRow]:
    """Return every card of every folder, in the order in which they came."""
    rows = sql.execute(f"SELECT {_FIELDS} FROM sync_card ORDER BY at, id").fetchall()
    return [CardRow(*row) for row in rows]


def add(sql: Connection, row: CardRow) -> None:
    """Keep a card; of one that is kept already only the file is replaced."""
    sql.execute(
        "INSERT INTO sync_card(id, folder, fingerprint, raw, trust, checked, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET raw = excluded.raw",
        (row.id, row.folder, row.fingerprint, row.raw, row.trust, row.checked, row.at),
    )


def set_trust(sql: Connection, fingerprint: str, trust: str, checked: str | None) -> None:
    """Say what is known of a key, in every folder that it is in."""
    sql.execute("UPDATE sync_card SET trust = ?, checked = ? WHERE fingerprint = ?", (trust, checked, fingerprint))


def row_id(folder: str, fingerprint: str) -> str:
    """Return the id of a card's row."""
    return f"{folder}:{fingerprint}"
