"""Whom to believe: what a card that appears in the folder means beside the cards that are known already."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from observe_app.domain.sync.card import Card, Colleague, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable


def trust_of(card: Card, known: Iterable[Colleague], *, follows: bool = False) -> Trust:
    """Return what is known of a card that has just been read.

    Args:
        card: its own signature holds.
        known: everybody whose card is known here, oneself among them.
        follows: the key that it names as its previous one signed it too (`cards.follows` found that out).

    Returns:
        What is kept for a key that is known. CHECKED for a key that follows a checked one. CHANGED where a person's id,
        or somebody's name, came with a key that does not follow the known one. NEW otherwise.
    """
    colleagues = list(known)
    for one in colleagues:
        if one.card.fingerprint == card.fingerprint:
            # The key is the same; who holds it may write their name anew, and not take somebody else's.
            others = [other for other in colleagues if other.card.fingerprint != card.fingerprint]
            return Trust.CHANGED if _taken(card, one, others) else one.trust
    parent = next((one for one in colleagues if follows and one.card.fingerprint == card.previous), None)
    if any(_claims(card, one) for one in colleagues if one is not parent):
        return Trust.CHANGED
    return Trust.NEW if parent is None else parent.trust


def may_share_to(trust: Trust) -> bool:
    """Tell whether letters are encrypted to somebody of whom this is known."""
    return trust is not Trust.CHANGED


def same_name(one: str, other: str) -> bool:
    """Tell whether two names look alike to who reads them: case, spaces and ways of writing a letter do not count."""
    return _plain(one) == _plain(other) != ""


def both_ask(cards: Iterable[Card]) -> frozenset[str]:
    """Return the fingerprints of those among cards that came together which lay claim to one person.

    Nobody can tell which of two was first where neither was known before: both are to be compared.
    """
    together = list(cards)
    return frozenset(
        one.fingerprint
        for one in together
        for other in together
        if one.fingerprint != other.fingerprint and _alike(one, other) and not _follow(one, other)
    )


def _follow(one: Card, other: Card) -> bool:
    return one.fingerprint == other.previous or other.fingerprint == one.previous


def _taken(card: Card, known: Colleague, others: Iterable[Colleague]) -> bool:
    """Tell whether the holder of a known key now takes a person's id or a name that belongs to somebody else."""
    moved = card.person_id != known.card.person_id or not same_name(card.name, known.card.name)
    return moved and any(_claims(card, one) for one in others)


def _claims(card: Card, known: Colleague) -> bool:
    return _alike(card, known.card)


def _alike(card: Card, other: Card) -> bool:
    return card.person_id == other.person_id or same_name(card.name, other.name)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    # Accents of Latin, Greek and Cyrillic letters go; vowel signs of other scripts are letters to who reads them.
    bare = (char for char in folded if not "\u0300" <= char <= "\u036f")
    kept = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " * char.isspace() for char in bare)
    return " ".join("".join(kept).split())
