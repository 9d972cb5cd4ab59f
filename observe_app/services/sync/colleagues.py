"""Who takes part in the shared folders: cards, what is known of each, and the number that two people compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from observe_app.domain.errors import CardUnusable, NotFound, VaultClosed
from observe_app.domain.sync.card import Card, Colleague, Trust
from observe_app.services.sync import cards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.services.core import Core


def listing(core: Core, folder_id: str = "", *, numbers: bool = True) -> tuple[Colleague, ...]:
    """Return everybody with a card, oneself last; of one folder where one is named.

    Changed keys come first, then those whose number nobody compared yet, by name within each.

    Args:
        core: the open data folder.
        folder_id: of a shared folder, "" for all.
        numbers: with the numbers, each of which takes a tenth of a second the first time.
    """
    from observe_app.store.sync import card_rows, laptops  # noqa: PLC0415  (loads the schema)
    from observe_app.store.sync import folders as kept  # noqa: PLC0415

    me = own_fingerprint(core)
    with core.store.ledger.reading() as sql:
        rows = [row for row in card_rows.all_cards(sql) if folder_id in {"", row.folder}]
        seen: dict[str, datetime] = {}
        for folder in kept.all_folders(sql):
            for laptop in laptops.laptops(sql, folder.id).values():
                if laptop.seen and laptop.fingerprint:
                    moment = datetime.fromisoformat(laptop.seen)
                    seen[laptop.fingerprint] = max(seen.get(laptop.fingerprint, moment), moment)
    found: dict[str, Colleague] = {}
    for row in rows:
        try:
            card = read_card(row.raw)
        except CardUnusable:
            continue
        checked = datetime.fromisoformat(row.checked) if row.checked else None
        found[row.fingerprint] = Colleague(
            card, Trust(row.trust), number_of(card) if numbers else "", checked, seen.get(row.fingerprint),
            row.fingerprint == me,
        )  # fmt: skip
    return tuple(sorted(found.values(), key=_place))


def _place(one: Colleague) -> tuple[bool, int, str, str]:
    order = {Trust.CHANGED: 0, Trust.NEW: 1, Trust.CHECKED: 2}
    return one.me, order[one.trust], one.card.name.casefold(), one.card.fingerprint


def one(core: Core, fingerprint: str, *, number: bool = True) -> Colleague:
    """Return somebody by their fingerprint.

    Args:
        core: the open data folder.
        fingerprint: of the card.
        number: with the number, which takes a tenth of a second the first time.

    Raises:
        NotFound: nobody has it.
    """
    for found in listing(core, numbers=False):
        if found.card.fingerprint == fingerprint:
            return replace(found, number=number_of(found.card)) if number else found
    raise NotFound("colleague", fingerprint)


def own_fingerprint(core: Core) -> str:
    """Return one's own fingerprint, "" where there is none or it is locked."""
    try:
        return core.vault.keys().fingerprint
    except VaultClosed:
        return ""


def own_number(core: Core) -> str:
    """Return the number that colleagues see beside one's name.

    Raises:
        VaultClosed: there are no twelve words, or they are locked.
    """
    keys = core.vault.keys()
    return number_of(Card(keys.fingerprint, "", "", keys.recipient, keys.verify_key))


def same(core: Core, fingerprint: str) -> Colleague:
    """Keep that the two compared the number and it was the same.

    Raises:
        NotFound: nobody has this fingerprint.
    """
    return _trust(core, fingerprint, Trust.CHECKED)


def not_same(core: Core, fingerprint: str) -> Colleague:
    """Keep that the number was another one: nothing is shared to this key until it was checked.

    Raises:
        NotFound: nobody has this fingerprint.
    """
    return _trust(core, fingerprint, Trust.CHANGED)


def _trust(core: Core, fingerprint: str, trust: Trust) -> Colleague:
    from observe_app.store.sync import card_rows  # noqa: PLC0415  (loads the schema)

    one(core, fingerprint, number=False)
    ledger = core.store.ledger
    with ledger.writing() as writing:
        card_rows.set_trust(
            writing.sql, fingerprint, trust.value, ledger.now() if trust is Trust.CHECKED else None
        )  # fmt: skip
    return one(core, fingerprint)


def to_compare(core: Core, person_ids: Iterable[str]) -> tuple[Colleague, ...]:
    """Return who of these people has a card whose number was not compared yet, oneself aside; with numbers."""
    wanted = set(person_ids)
    linked = _linked(core, wanted)
    return tuple(
        replace(found, number=number_of(found.card))
        for found in listing(core, numbers=False)
        if not found.me
        and found.trust is not Trust.CHECKED
        and (found.card.person_id in wanted or found.card.fingerprint in linked)
    )


def _linked(core: Core, person_ids: set[str]) -> set[str]:
    found: set[str] = set()
    with core.store.read() as unit:
        for person_id in person_ids:
            try:
                card = unit.people.get(person_id).card
            except NotFound:
                continue
            found |= {card} - {""}
    return found


@lru_cache(maxsize=512)
def read_card(raw: str) -> Card:
    """Return a card; one that was read before is not checked again.

    Raises:
        CardUnusable: as `cards.read`.
    """
    return cards.read(raw.encode())


@lru_cache(maxsize=512)
def number_of(card: Card) -> str:
    """Return somebody's number, computed once in a run of the program."""
    return cards.safety_number(card)
