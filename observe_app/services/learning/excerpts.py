"""Words out of one's own journal that one gives to a group, word for word as picked, and takes back.

Only the picked words are kept there, with who gave them and when: not the entry they come from, its title or visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.groups.group import Excerpt
from observe_app.domain.note_line import clean_note
from observe_app.services import journals, people
from observe_app.services.learning.days import local

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.services.core import Core

MAX_EXCERPT = 5_000
GAP = "\n[…]\n"
"""Between passages that do not follow one another."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Somebody's excerpt as its writer sees it. group: its name, "" for one that is gone."""

    excerpt: Excerpt
    group: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Who sees what is given to a group.

    Attributes:
        group: its name. people: its members today, by name, without oneself.
    """

    group: str
    people: tuple[str, ...]


def passages(entry: JournalEntry) -> tuple[str, ...]:
    """Return the paragraphs of an entry that one can pick from."""
    parts = (part.strip() for part in entry.text.replace("\r\n", "\n").split("\n\n"))
    return tuple(part for part in parts if part)


def reach(core: Core, group_id: str) -> Reach:
    """Return who belongs to a group and so may be shown what is given to it.

    Raises:
        NotFound: no such group.
    """
    me = people.me(core)
    today = local(core.clock.now(), core.clock.zone_name()).date()
    names: dict[str, str] = {}
    with core.store.read() as unit:
        group = unit.groups.groups.get(group_id)
        known = {person.id: person.name for person in unit.people.all(archived=True)}
        kept = unit.people.kept_ids()
        for one in unit.groups.members.find(group_id=group_id):
            who = kept.get(one.person_id, one.person_id)
            if one.on(today) and who in known and (me is None or who != me.id):
                names[who] = known[who]
    return Reach(group.name, tuple(sorted(names.values(), key=str.casefold)))


def share(core: Core, *, entry_id: str, group_id: str, text: str) -> Excerpt:
    """Give words of an entry to a group.

    Args:
        core: the open data folder.
        entry_id: one's own entry; it is not kept with the words.
        group_id: the group.
        text: word for word out of the entry; passages that do not follow one another are joined by `GAP`.

    Raises:
        Invalid: no words, too many, or words that are not in the entry; nobody said yet who uses this computer.
        NotFound: no such entry of one's own, no such group.
    """
    me = people.me(core)
    if me is None:
        raise Invalid("person", "", "nobody_yet")
    entry = _own(core, entry_id)
    words = clean_note(text)
    if not words:
        raise Invalid("excerpt", "", "empty")
    if len(words) > MAX_EXCERPT:
        raise Invalid("excerpt", words[:40], "too_long", str(MAX_EXCERPT))
    if not is_from(entry, words):
        raise Invalid("excerpt", words[:40], "not_in_entry")
    made = Excerpt(core.ids.new(), group_id, me.id, words, core.clock.now())
    with core.store.write("excerpt.share") as unit:
        if unit.groups.groups.get(group_id).deleted:
            raise NotFound("group", group_id)
        unit.groups.excerpts.add(made)
        unit.commit()
    return made


def is_from(entry: JournalEntry, text: str) -> bool:
    """Tell whether words are an entry's, passage for passage in its order."""
    whole, at = " ".join(entry.text.split()), 0
    for part in text.split("[…]"):
        wanted = " ".join(part.split())
        found = whole.find(wanted, at)
        if found < 0:
            return False
        at = found + len(wanted)
    return True


def mine(core: Core) -> tuple[Shared, ...]:
    """Return what one has given to groups, the newest first."""
    me = people.me(core)
    if me is None:
        return ()
    with core.store.read() as unit:
        names = {group.id: group.name for group in unit.groups.groups.find()}
        found = unit.groups.excerpts.find(person_id=me.id)
    made = [Shared(one, names.get(one.group_id, "")) for one in found]
    return tuple(sorted(made, key=lambda one: (one.excerpt.at.isoformat() if one.excerpt.at else "", one.excerpt.id)))[
        ::-1
    ]


def take_back(core: Core, excerpt_id: str, seen: Seen | None = None) -> None:
    """Take words back from a group; what somebody copied or printed meanwhile is not taken back by it.

    Raises:
        NotFound: no such excerpt of one's own.
    """
    me = people.me(core)
    with core.store.read() as unit:
        found = unit.groups.excerpts.get(excerpt_id)
        shown = seen or unit.seen(("excerpt", excerpt_id))
    if me is None or found.person_id != me.id or found.deleted:
        raise NotFound("excerpt", excerpt_id)
    with core.store.write("excerpt.take_back", seen=shown) as unit:
        unit.groups.excerpts.remove(excerpt_id)
        unit.commit()


def _own(core: Core, entry_id: str) -> JournalEntry:
    entry = next((one for one in journals.everything(core) if one.id == entry_id), None)
    if entry is None:
        raise NotFound("journal entry", entry_id)
    return entry
