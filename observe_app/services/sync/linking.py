"""Saying that a colleague is the one of a card: from then on both computers mean the same person.

The card's own person id takes the place of the one used here, in every record, in one act that undo takes back. Two
people of one name are told apart by their cards.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.sync.safety import may_share_to, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.people import Person
    from observe_app.domain.sync.card import Card, Colleague
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit


def of_person(core: Core, person_id: str) -> Colleague | None:
    """Return the colleague whose card a person is linked to, None without one; the number is left out."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    with core.store.read() as unit:
        try:
            person = unit.people.get(person_id)
        except NotFound:
            return None
    found = [one for one in colleagues.listing(core, numbers=False) if not one.me]
    if person.card:
        return next((one for one in found if one.card.fingerprint == person.card), None)
    return next((one for one in found if one.card.person_id == person_id), None)


def candidates(core: Core, person_id: str) -> tuple[Colleague, ...]:
    """Return the colleagues of a person's name whose card is nobody's yet: whom to offer.

    Raises:
        NotFound: no such person.
    """
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    with core.store.read() as unit:
        name = unit.people.get(person_id).name
        taken = {person.card for person in unit.people.all(archived=True)}
    return tuple(
        one
        for one in colleagues.listing(core, numbers=False)
        if not one.me and one.card.fingerprint not in taken and same_name(one.card.name, name)
    )


def offered(core: Core, person_ids: Iterable[str]) -> tuple[tuple[str, Colleague], ...]:
    """Return whom to ask about: (person id, colleague of that name) where no card is linked; changed keys are not."""
    me = core.settings.get().me_id
    found: list[tuple[str, Colleague]] = []
    for person_id in person_ids:
        if person_id == me or of_person(core, person_id) is not None:
            continue
        try:
            names = candidates(core, person_id)
        except NotFound:
            continue
        found += [(person_id, one) for one in names if may_share_to(one.trust)]
    return tuple(found)


def link(core: Core, *, person_id: str, fingerprint: str) -> Person:
    """Say that a person is the colleague of a card; return them as they are called from now on. Undo takes it back.

    Raises:
        NotFound: no such person or card. Invalid: the person is oneself ("is_me").
    """
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

    card = colleagues.one(core, fingerprint, number=False).card
    me = core.settings.get().me_id
    if me in (person_id, card.person_id):
        raise Invalid("person", card.name, "is_me")
    return adopt(core, person_id, card)


def unlink(core: Core, person_id: str) -> Person:
    """Say that a person is not the colleague of the card that they were linked to.

    Raises:
        NotFound: no such person.
    """
    with core.store.write("person.link") as unit:
        unit.see(unit.seen(("person", person_id)))
        person = unit.people.change(person_id, {"card": ""})
        unit.commit()
    return person


def adopt(core: Core, person_id: str, card: Card) -> Person:
    """Give a person the id and the fingerprint of their card, in every record, as one act.

    Raises:
        NotFound: no such person.
    """
    with core.store.write("person.link") as unit:
        old = unit.people.get(person_id)
        for other in unit.people.all(archived=True):
            if other.card == card.fingerprint and other.id not in (person_id, card.person_id):
                unit.see(unit.seen(("person", other.id)))
                unit.people.change(other.id, {"card": ""})
        if card.person_id == person_id:
            unit.see(unit.seen(("person", person_id)))
            unit.people.change(person_id, {"card": card.fingerprint, **_called(old, card)})
        else:
            _take_over(unit, old, card)
            named = (*unit.shares.cells_naming(person_id), *unit.merging.cells(person_id, card.person_id))
            unit.see(unit.seen(("person", person_id), *named))
            unit.shares.name_anew(person_id, card.person_id)
            unit.merging.put(person_id, card.person_id)
            unit.people.change(person_id, {"deleted": True})
        unit.commit()
        return unit.people.get(card.person_id)


def _called(person: Person, card: Card) -> dict[str, object]:
    """Return the name that their own card gives a person: the one here may have been planted by somebody else."""
    return {"name": card.name} if card.name and card.name != person.name else {}


def _take_over(unit: WriteUnit, old: Person, card: Card) -> None:
    """Make the card's person what is known of the old one; what they have already stays."""
    try:
        there = unit.people.get(card.person_id)
    except NotFound:
        name = card.name or old.name
        unit.people.add(replace(old, id=card.person_id, name=name, card=card.fingerprint, deleted=False))
        return
    unit.see(unit.seen(("person", there.id)))
    fields: dict[str, object] = {"card": card.fingerprint, "deleted": False, **_called(there, card)}
    for name in ("email", "staff_id", "subjects", "language", "roles"):
        if not getattr(there, name) and getattr(old, name):
            fields[name] = getattr(old, name)
    unit.people.change(there.id, fields)
