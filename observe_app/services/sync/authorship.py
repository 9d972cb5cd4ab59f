"""Who really wrote a visit: whoever signed it, whatever name stands in it.

A record says in words who observed. Anybody may write any name there; under a letter only one key fits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound
from observe_app.domain.sync.safety import same_name

if TYPE_CHECKING:
    from observe_app.domain.sync.card import Card
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Wrote:
    """Who signed somebody else's visit.

    Attributes:
        name: as they are called here, else as their card says; "" for somebody without a card.
        named: whom the record calls its observer although they did not sign it, "" where it names who did.
    """

    name: str
    named: str = ""


def wrote(core: Core, visit_id: str) -> Wrote | None:
    """Return who wrote a visit that somebody else shared, None for one's own and for one that no letter brought.

    Raises:
        NotFound: no such visit.
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415  (they ask each other)

    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        author = unit.shares.author(visit_id)
    if not author or author == sharing.own_fingerprint(core):
        return None
    card = _card(core, author)
    with core.store.read() as unit:
        known = next((person.name for person in unit.people.all(archived=True) if person.card == author), "")
        name = known or (card.name if card is not None else "")
        named = "" if _is_named(unit, visit, author, card) else visit.observer
        named = named or _told_of(unit, visit, name)
    return Wrote(name, named)


def observer_of(core: Core, visit_id: str, told: str) -> str:
    """Return whose name belongs on a page: the one that it tells, or where that is another's that of who signed it.

    Raises:
        NotFound: no such visit.
    """
    found = wrote(core, visit_id)
    return found.name if found is not None and found.named and found.name else told


def _card(core: Core, fingerprint: str) -> Card | None:
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    known = colleagues.listing(core, numbers=False)
    return next((one.card for one in known if one.card.fingerprint == fingerprint), None)


def _is_named(unit: ReadUnit, visit: Visit, author: str, card: Card | None) -> bool:
    """Tell whether the observer that a visit names is who signed it; one that names nobody names nobody else."""
    if visit.observer_id is None:
        return True
    try:
        person = unit.people.get(visit.observer_id)
    except NotFound:
        return True
    if person.card:
        return person.card == author
    return card is not None and (person.id == card.person_id or same_name(person.name, card.name))


def _told_of(unit: ReadUnit, visit: Visit, name: str) -> str:
    """Return another name that the released page gives its observer, "" where it gives none or that of the author."""
    standing = [one for one in unit.after.releases(visit.id) if one.taken_back is None]
    if not standing:
        return ""
    try:
        told = str(json.loads(max(standing, key=lambda one: (one.number, one.id)).document)["observer"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    honest = not told.strip() or same_name(told, name) or same_name(told, visit.observer)
    return "" if honest else told
