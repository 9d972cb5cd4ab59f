"""Two records of one person: found, looked at, joined as one act that undo takes back whole.

The record that goes is kept, archived, and says whom it turned out to be: what others signed names it still, and names
are followed from there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_FILLED = (
    "email", "staff_id", "subjects", "language", "pronouns", "photo", "building", "manager_id", "week_load", "card",
)  # fmt: skip
"""Fields that the kept record takes over where it has nothing."""

_SIMILAR = 0.87
_MOST_NAMES = 2_000
"""People up to whose number every name is compared with every other."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that may be one person. why: "email", "staff_id", "name" or "similar"."""

    one: Person
    other: Person
    why: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What joining would do.

    Attributes:
        keep: the record that stays. gone: the one that is joined to it.
        after: the kept record as it would be. taken: names of the fields that come from the other.
        counts: (table, how many records) that would name the kept one, the most first.
        followed: visits that somebody else made; they go on naming the old record and show the new name.
        together: visits in which one observes the other, which speaks against it.
    """

    keep: Person
    gone: Person
    after: Person
    taken: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    followed: int = 0
    together: int = 0

    @property
    def records(self) -> int:
        """How many records would be changed."""
        return sum(count for _table, count in self.counts)


# --- finding ---------------------------------------------------------------------------------------------------------


def likely(core: Core) -> tuple[Likely, ...]:
    """Return who may be there twice, the surest first; never two who are linked to different cards."""
    with core.store.read() as unit:
        people = unit.people.all(archived=True)
    return likely_among(people)


def likely_among(people: Iterable[Person]) -> tuple[Likely, ...]:
    """Return who of these may be there twice, the surest first, each two once."""
    everybody = sorted(people, key=lambda person: person.id)
    found: dict[tuple[str, str], Likely] = {}
    for why, key_of in (("email", _email), ("staff_id", _staff), ("name", name_key)):
        same: dict[str, list[Person]] = {}
        for person in everybody:
            if key := key_of(person):
                same.setdefault(key, []).append(person)
        for group in same.values():
            for one, other in pairwise(group):
                _note(found, one, other, why)
    if len(everybody) <= _MOST_NAMES:
        _similar(found, everybody)
    order = ("email", "staff_id", "name", "similar")
    return tuple(sorted(found.values(), key=lambda two: (order.index(two.why), two.one.name.casefold(), two.one.id)))


def _note(found: dict[tuple[str, str], Likely], one: Person, other: Person, why: str) -> None:
    if one.card and other.card and one.card != other.card:
        return
    if why in {"name", "similar"} and _differ(one, other):
        return
    found.setdefault((one.id, other.id), Likely(one, other, why))


def _differ(one: Person, other: Person) -> bool:
    """Both have a staff number and they differ: two people of one name."""
    return bool(_staff(one) and _staff(other) and _staff(one) != _staff(other))


def _email(person: Person) -> str:
    return person.email.strip().casefold()


def _staff(person: Person) -> str:
    return person.staff_id.strip().casefold()


def name_key(person: Person) -> str:
    """Return the words of a name in one order, without accents, titles and signs: "Li, Dr. Bo" is "Bo Li"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", person.name) if not unicodedata.combining(c)).casefold()
    words = [
        word for word in re.findall(r"\w+", plain) if word not in {"dr", "mr", "mrs", "ms", "herr", "frau", "prof"}
    ]
    return " ".join(sorted(words))


def _similar(found: dict[tuple[str, str], Likely], people: list[Person]) -> None:
    """Note names that differ by a slip: only those are compared that share their first sign or their longest word."""
    near: dict[str, list[tuple[str, Person]]] = {}
    for person in people:
        key = name_key(person)
        words = key.split()
        if len(key) < 5 or not words:
            continue
        for mark in {max(words, key=len), *(f"{word[:2]}…{len(words)}" for word in words)}:
            near.setdefault(mark, []).append((key, person))
    compared: set[tuple[str, str]] = set()
    for group in near.values():
        for place, (key, one) in enumerate(group):
            for other_key, other in group[place + 1 :]:
                pair = (one.id, other.id)
                if pair in compared or pair in found or abs(len(key) - len(other_key)) > 3:
                    continue
                compared.add(pair)
                match = SequenceMatcher(None, key, other_key)
                if match.quick_ratio() >= _SIMILAR and match.ratio() >= _SIMILAR:
                    _note(found, one, other, "similar")


# --- joining ---------------------------------------------------------------------------------------------------------


def better_kept(core: Core, one: Person, other: Person) -> tuple[Person, Person]:
    """Return which of two records is better kept, and the other: oneself, then a linked one, then by visits."""
    me = core.settings.get().me_id
    with core.store.read() as unit:
        counts = unit.people.visit_counts()

    def weight(person: Person) -> tuple[bool, bool, bool, int, int]:
        visits = sum(counts.get(person.id, (0, 0, None))[:2])
        filled = sum(bool(getattr(person, name)) for name in _FILLED)
        return person.id == me, bool(person.card), not person.archived, visits, filled

    return (one, other) if weight(one) >= weight(other) else (other, one)


def plan(core: Core, *, keep_id: str, gone_id: str) -> MergePlan:
    """Return what joining two records would do, and do nothing.

    Raises:
        NotFound: no such person. Invalid: as `merge`.
    """
    with core.store.read() as unit:
        return _plan(core, unit, keep_id, gone_id)


def merge(core: Core, *, keep_id: str, gone_id: str) -> MergePlan:
    """Join two records of one person, as one act; return what was done.

    Raises:
        NotFound: no such person.
        Invalid: of "person": they are one record already ("same_person"); the one that would go is oneself
            ("is_me_merged"), or is linked to a card, by which others know them ("is_linked"; with both of them,
            "two_cards").
    """
    with core.store.write("person.merge") as unit:
        found = _plan(core, unit, keep_id, gone_id)
        cells = [("person", found.keep.id), ("person", found.gone.id)]
        unit.see(unit.seen(*cells, *unit.merging.cells(found.gone.id, found.keep.id)))
        unit.merging.put(found.gone.id, found.keep.id)
        fields = {name: getattr(found.after, name) for name in (*_FILLED, "roles", "archived", "left_on")}
        if fields["manager_id"] in (found.keep.id, found.gone.id):
            fields["manager_id"] = ""
        unit.people.change(found.keep.id, fields)
        unit.people.change(found.gone.id, {"archived": True, "merged_into": found.keep.id, "card": ""})
        unit.commit()
    return found


def _plan(core: Core, unit: ReadUnit, keep_id: str, gone_id: str) -> MergePlan:
    keep, gone = unit.people.kept(unit.people.get(keep_id)), unit.people.get(gone_id)
    if keep.id == gone.id or gone.merged_into:
        raise Invalid("person", gone.name, "same_person")
    if gone.id == core.settings.get().me_id:
        raise Invalid("person", gone.name, "is_me_merged")
    if gone.card and keep.card and gone.card != keep.card:
        raise Invalid("person", gone.name, "two_cards")
    if gone.card:
        raise Invalid("person", gone.name, "is_linked")
    after = joined(keep, gone)
    taken = tuple(name for name in (*_FILLED, "roles") if getattr(after, name) != getattr(keep, name))
    named = unit.merging.naming(gone.id)
    counts = sorted(((table, len(ids)) for table, ids in named.items()), key=lambda one: (-one[1], one[0]))
    return MergePlan(
        keep, gone, after, taken, tuple(counts), unit.merging.foreign_visits(gone.id),
        unit.merging.together(keep.id, gone.id),
    )  # fmt: skip


def joined(keep: Person, gone: Person) -> Person:
    """Return the record that two make: what the kept one has stays, the other fills what is empty."""
    fields: Mapping[str, object] = {
        name: getattr(gone, name) for name in _FILLED if getattr(gone, name) and not getattr(keep, name)
    }
    roles = tuple(dict.fromkeys((*keep.roles, *gone.roles)))
    archived = keep.archived and gone.archived
    left_on = keep.left_on or gone.left_on if archived else keep.left_on if not keep.archived else None
    return replace(keep, **fields, roles=roles, archived=archived, left_on=left_on)  # type: ignore[arg-type]
