"""Who reads a group's page: by the very rows by which it is encrypted, and why a member does not get it.

Nobody is called a reader here whom `group_sharing.takers` does not call one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.sync.card import Trust
from observe_app.domain.sync.safety import same_name
from observe_app.services.groups import groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.people import Person
    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.shares import Taker
    from observe_app.services.core import Core


class Why(StrEnum):
    """Why a member is not sent a group's page.

    WAITS: they are let in with the next exchange, or once it is shared. NO_CARD: none of theirs is known here.
    NOT_LINKED: somebody of this name has one, and nobody said that it is them. OTHER_FOLDER: they take part in another
    folder. CHANGED: their number is another one than before. NOT_LET_IN: whoever shares the group has not let them in.
    """

    WAITS = "waits"
    NO_CARD = "no_card"
    NOT_LINKED = "not_linked"
    OTHER_FOLDER = "other_folder"
    CHANGED = "changed_key"
    NOT_LET_IN = "not_let_in"


@dataclass(frozen=True, slots=True)
class GroupReader:
    """Somebody who is sent a group's page. `checked`: the number was compared. `member`: they belong to it today."""

    name: str
    fingerprint: str
    person_id: str = ""
    checked: bool = False
    member: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member who is not sent it, and why. `fingerprint`: of the card to say it of, for NOT_LINKED."""

    name: str
    person_id: str
    why: Why
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class GroupAudience:
    """Who reads a group's page.

    Attributes:
        readers: who is sent it beside oneself, by name. left_out: members who are not. kept: names of those who were
            sent it once and are no more. folder: what the shared folder is called here, "" for none.
        shared: others are sent it, or would be once they have a card. mine: one began it oneself. author: name of who
            did, "" for oneself. can_begin: one could share it. removed: nothing more comes to oneself.
    """

    readers: tuple[GroupReader, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    kept: tuple[str, ...] = ()
    folder: str = ""
    shared: bool = False
    mine: bool = False
    author: str = ""
    can_begin: bool = False
    removed: bool = False

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of members whose key changed."""
        return tuple(one.name for one in self.left_out if one.why is Why.CHANGED)

    @property
    def without(self) -> tuple[LeftOut, ...]:
        """Members who do not get it and will not by waiting."""
        return tuple(one for one in self.left_out if one.why is not Why.WAITS)


def audience(core: Core, group_id: str) -> GroupAudience:
    """Return who reads a group's page; for a group that is not there, oneself."""
    from observe_app.services.sync import places, sharing  # noqa: PLC0415  (with the cards)

    known = places.folders(core)
    every = sharing.takers(core, group_id)
    if not known and not every:
        return GroupAudience()
    from observe_app.services.sync import group_sharing  # noqa: PLC0415

    me = next((one for one in every if one.me), None)
    removed = bool(every) and (me is None or me.share.deleted) and not _own(core, group_id)
    takers = () if removed else group_sharing.takers(core, group_id)
    here = [one for one in takers if not one.share.deleted]
    folder_id = next((one.share.folder for one in here), "") or group_sharing.home(core)
    names = {one.id: one.name for one in known}
    can_begin = group_sharing.can_begin(core, group_id)
    mine = bool(here) and can_begin
    look = _Look(core, group_id, folder_id, here, mine=mine, shared=bool(here))
    return GroupAudience(
        readers=look.readers(),
        left_out=() if removed else look.left_out(),
        kept=tuple(sorted({one.name for one in every if one.share.deleted and not one.me}, key=str.casefold)),
        folder=names.get(folder_id, ""),
        shared=bool(here),
        mine=mine,
        author=_author(core, group_id, every),
        can_begin=can_begin,
        removed=removed,
    )


def _own(core: Core, group_id: str) -> bool:
    from observe_app.services.sync import sharing  # noqa: PLC0415

    with core.store.read() as unit:
        return unit.shares.author(group_id) in {"", sharing.own_fingerprint(core)}


def _author(core: Core, group_id: str, every: Iterable[Taker]) -> str:
    with core.store.read() as unit:
        author = unit.shares.author(group_id)
    return next((one.name for one in every if one.share.fingerprint == author and not one.me), "")


class _Look:
    """Members beside cards and parts, read once."""

    def __init__(
        self, core: Core, group_id: str, folder_id: str, here: list[Taker], *, mine: bool, shared: bool
    ) -> None:
        from observe_app.services.sync import colleagues  # noqa: PLC0415  (with the cards)

        own = core.settings.get().me_id
        self.members = [one for one in groups.members(core, group_id) if one.id != own]
        self.cards = [one for one in colleagues.listing(core, numbers=False) if not one.me]
        self.there = {one.card.fingerprint for one in colleagues.listing(core, folder_id, numbers=False)}
        with core.store.read() as unit:
            self.taken = {one.card for one in unit.people.all(archived=True) if one.card}
        self.here = [one for one in here if not one.me]
        self.mine, self.shared = mine, shared

    def readers(self) -> tuple[GroupReader, ...]:
        """Return who is sent it, by name."""
        of_card = {found.card.fingerprint: person for person in self.members if (found := self._card(person))}
        made = []
        for one in self.here:
            if not one.reads:
                continue
            person = of_card.get(one.share.fingerprint)
            made.append(
                GroupReader(
                    one.name, one.share.fingerprint, person.id if person is not None else one.linked, one.checked,
                    person is not None,
                )
            )  # fmt: skip
        return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.fingerprint)))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the members who are not sent it, by name."""
        reading = {one.share.fingerprint for one in self.here if one.reads}
        made = []
        for person in self.members:
            found = self._card(person)
            if found is None or found.card.fingerprint not in reading:
                made.append(self._why(person, found))
        return tuple(made)

    def _why(self, person: Person, found: Colleague | None) -> LeftOut:
        if found is not None:
            if found.trust is Trust.CHANGED:
                return LeftOut(person.name, person.id, Why.CHANGED)
            if found.card.fingerprint not in self.there:
                return LeftOut(person.name, person.id, Why.OTHER_FOLDER)
            return LeftOut(person.name, person.id, Why.NOT_LET_IN if self.shared and not self.mine else Why.WAITS)
        of_name = [
            one for one in self.cards
            if one.card.fingerprint not in self.taken and same_name(one.card.name, person.name)
        ]  # fmt: skip
        fit = [one for one in of_name if one.trust is not Trust.CHANGED]
        if len(fit) == 1:
            return LeftOut(person.name, person.id, Why.NOT_LINKED, fit[0].card.fingerprint)
        if of_name and not fit:
            return LeftOut(person.name, person.id, Why.CHANGED)
        return LeftOut(person.name, person.id, Why.NOT_LINKED if fit else Why.NO_CARD)

    def _card(self, person: Person) -> Colleague | None:
        """Return the colleague whose card a person has, as `linking.of_person` does."""
        if person.card:
            return next((one for one in self.cards if one.card.fingerprint == person.card), None)
        return next((one for one in self.cards if one.card.person_id == person.id), None)
