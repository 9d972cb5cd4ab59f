"""Whether a folder is the one that was joined, and the cards of its people."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from observe_app.domain.errors import CardUnusable
from observe_app.domain.sync.card import Card, Colleague, Trust
from observe_app.domain.sync.safety import both_ask, trust_of
from observe_app.services.sync.publish import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.sync.context import Context
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.card_rows import CardRow

FOUNDING = "folder.json"
MOST_FOUNDING = 16_384
MOST_CARDS = 5_000
_MOST_KEYS = 64
OWN_LOOKS = 3
"""Rounds after which one's own card that is there and says something else is written again."""


def founding(folder: SharedFolder) -> bytes:
    """Return the content of `folder.json`, which says which folder this is; the same on every computer."""
    about = {
        "format": "observe-folder", "version": 1, "id": folder.id, "name": folder.name, "school_key": folder.school_key,
    }  # fmt: skip
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def belongs(context: Context, listing: Sequence[FileSeen]) -> bool:
    """Tell whether this is the folder that was joined; another one is left alone and told as "not_observe".

    Where nothing says which folder it is, or what does was damaged, three looks in a row, that is written down again.
    """
    memory = context.memory
    there = any(file.name == FOUNDING for file in listing)
    found = _founded(context) if there else ""
    if found is None:
        return True
    if found == context.folder.id:
        memory.founding_missing = 0
        return True
    if found and not _damaged(found, context.folder.id):
        context.tally.problem = "not_observe"
        return False
    # Half a file, perhaps on its way: nothing is taken in that is not of this folder all the same.
    memory.founding_missing += 1
    if memory.founding_missing >= 3 and not context.school:
        if there:
            context.io.delete(FOUNDING)
        write_whole(context, FOUNDING, founding(context.folder))
    return True


def _founded(context: Context) -> str | None:
    """Return the id of the folder as its file says, "" where that makes no sense, None where it cannot be read now."""
    try:
        return str(json.loads(context.io.read(FOUNDING, MOST_FOUNDING))["id"])
    except OSError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _damaged(found: str, ours: str) -> bool:
    """Tell whether an id is this folder's with a bit or two gone wrong on a disk; random ids are never so near."""
    return len(found) == len(ours) and sum(one != other for one, other in zip(found, ours, strict=True)) <= 2


def read(context: Context, listing: Sequence[FileSeen]) -> None:
    """Take the cards in that lie in the folder."""
    from observe_app.services.sync import cards  # noqa: PLC0415

    memory = context.memory
    files = sorted((file for file in listing if _is_card(file.name)), key=lambda file: file.name)[:MOST_CARDS]
    keys = {(file.name, file.size, file.mtime_ns) for file in files}
    memory.card_files &= keys
    found: list[tuple[Card, bytes]] = []
    for file in files:
        key = (file.name, file.size, file.mtime_ns)
        if key in memory.card_files or file.size > cards.MOST_BYTES:
            continue
        try:
            raw = context.io.read(file.name, cards.MOST_BYTES)
            card = cards.read(raw, context.cipher.verify)
        except (OSError, CardUnusable):
            continue
        found.append((card, raw))
        memory.card_files.add(key)
    first = [card for card, raw in _parents_first(found) if _take(context, card, raw)]
    _doubt(context, first)


def _parents_first(found: list[tuple[Card, bytes]]) -> list[tuple[Card, bytes]]:
    """Order cards so that a key comes after the one that vouches for it, whatever the files are called."""
    previous = {card.fingerprint: card.previous for card, _raw in found}

    def depth(name: str) -> int:
        steps = 0
        while steps < _MOST_KEYS and (name := previous.get(name, "")) in previous:
            steps += 1
        return steps

    return sorted(found, key=lambda one: depth(one[0].fingerprint))


def _doubt(context: Context, first: list[Card]) -> None:
    """Believe neither of two that came in one look and lay claim to one person; a checked one stays so."""
    from observe_app.store.sync import card_rows  # noqa: PLC0415

    if len(asked := both_ask(first)) < 2:
        return
    with context.ledger.writing() as writing:
        for row in card_rows.all_cards(writing.sql):
            if row.fingerprint in asked and row.trust == Trust.NEW.value:
                card_rows.set_trust(writing.sql, row.fingerprint, Trust.CHANGED.value, None)
        rows = card_rows.all_cards(writing.sql)
    context.know(rows)


def _is_card(name: str) -> bool:
    return name.startswith("people/") and ".card" in name and not name.endswith(".tmp")


def _take(context: Context, card: Card, raw: bytes) -> bool:
    """Keep a card with whether its key is one to compare first; return whether this key was never seen before."""
    from observe_app.store.sync import card_rows  # noqa: PLC0415

    row_id = card_rows.row_id(context.folder.id, card.fingerprint)
    known = context.memory.parsed.get(row_id)
    text = raw.decode()
    if known is not None and (known[0] == text or not _newer(card, known[1])):
        return False
    with context.ledger.writing() as writing:
        rows = card_rows.all_cards(writing.sql)
        same = [row for row in rows if row.fingerprint == card.fingerprint]
        trust = _trust(context, card, raw, rows)
        card_rows.add(
            writing.sql,
            card_rows.CardRow(
                row_id, context.folder.id, card.fingerprint, text, trust, same[0].checked if same else None,
                context.ledger.now(),
            ),
        )  # fmt: skip
        if any(row.trust != trust for row in same):
            card_rows.set_trust(writing.sql, card.fingerprint, trust, None)
        rows = card_rows.all_cards(writing.sql)
    context.know(rows)
    context.tally.news = True
    return not same


def _newer(card: Card, known: Card | None) -> bool:
    """Tell whether somebody made a card anew, with another name on it."""
    return known is None or (card.at is not None and known.at is not None and card.at > known.at)


def _trust(context: Context, card: Card, raw: bytes, rows: Sequence[CardRow]) -> str:
    """Say what to think of a card: changed, where it takes the name or the place of somebody who has another key."""
    from observe_app.services.sync import cards  # noqa: PLC0415

    if card.fingerprint == context.me:
        return Trust.CHECKED.value
    known = [
        Colleague(parsed[1], Trust(row.trust))
        for row in rows
        if (parsed := context.memory.parsed.get(row.id)) is not None and parsed[1] is not None
    ]
    parents = [one.card for one in known if one.card.fingerprint == card.previous]
    follows = any(cards.follows(raw, one, context.cipher.verify) for one in parents)
    return trust_of(card, known, follows=follows).value


def write(context: Context, listing: Sequence[FileSeen]) -> None:
    """Put one's own card back where it is missing.

    Raises:
        OSError: the folder does not take it.
    """
    from observe_app.store.sync import card_rows  # noqa: PLC0415

    own = context.memory.parsed.get(card_rows.row_id(context.folder.id, context.me))
    if own is None or own[1] is None:
        return
    raw = own[0].encode()
    there = {file.name.casefold(): file for file in listing if file.name.startswith("people/")}
    # Whoever may write here may put something else under that name; the next one is a little longer then.
    for digits in (8, 16, 24, 32, 64):
        name = f"people/{context.me[:16]}-{hashlib.sha256(raw).hexdigest()[:digits]}.card"
        if name not in there:
            write_whole(context, name, raw)
            return
        if _sound(context, there[name], raw):
            return


def _sound(context: Context, file: FileSeen, raw: bytes) -> bool:
    """Tell whether one's own card is in a file as it should be; one that cannot be read now counts as sound."""
    key = (file.name, file.size, file.mtime_ns)
    if key in context.memory.own_card:
        return True
    try:
        right = file.size == len(raw) and context.io.read(file.name, len(raw)) == raw
    except OSError:
        return True
    if right:
        context.memory.own_card = {key}
        context.memory.missing.pop(file.name, None)
        return True
    looks = context.memory.missing[file.name] = context.memory.missing.get(file.name, 0) + 1
    return looks < OWN_LOOKS
