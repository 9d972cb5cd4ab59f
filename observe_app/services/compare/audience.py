"""What of several visits somebody may be shown: whose audience they are in, and what their release lets out.

A comparison tells nothing that the visits' own pages would not tell: of a released visit what the revision that stands
froze; of one's own, where that is asked for, all but what is private.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.compare.audience import Standing, VisitAudience, Who, Why
from observe_app.domain.errors import Ambiguous, NotFound, VaultClosed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.event import Event
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class ToldItem:
    """What a release says of one item of the form.

    Attributes:
        kind: as of the released page: "rating", "check", "text", "value" or "interval".
        levels: how many levels a rating has. level: index of the one that was told, None for none.
        answer: the value in the words of the page, "" without one. comment: what was written beside it.
    """

    kind: str
    levels: int = 0
    level: int | None = None
    answer: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ToldStep:
    """An action step as it was released. dated: a day was told by which."""

    id: str
    text: str
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What may be shown of one visit.

    Attributes:
        whole: one's own visit: all but private and deleted events; the rest here is empty then.
        items: by id, what was released of the form. notes: ids of the notes whose words were. steps: agreed in it.
        with_notes: every note that is not private was. led: the teacher led: only what the focus agreed is told, and
            nothing is counted beside it. language: of the words of `items`.
        events: as they were when they were released, None where none of them changed since.
    """

    visit_id: str
    whole: bool = False
    items: Mapping[str, ToldItem] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    steps: tuple[ToldStep, ...] = ()
    with_notes: bool = False
    led: bool = False
    language: str = "en"
    events: tuple[Event, ...] | None = None

    def tells(self, item: str) -> bool:
        """Whether an item of the form may be shown; "" asks for what belongs to no item."""
        if self.whole:
            return True
        return item in self.items if item else not self.led


@dataclass(frozen=True, slots=True)
class Audience:
    """What somebody may be shown of a choice of visits.

    Attributes:
        reader: who. told: by visit, in the order asked for.
        left_out: (why, how many) of the others. Known to who asks, never to the reader: that a visit took place which
            they may not read is not theirs to know.
    """

    reader: Who
    told: Mapping[str, Told] = field(default_factory=dict)
    left_out: tuple[tuple[Why, int], ...] = ()

    @property
    def released(self) -> dict[str, tuple[Event, ...]]:
        """The events of visits that changed since they were released, as they were then."""
        return {visit: one.events for visit, one in self.told.items() if one.events is not None}


def myself(core: Core) -> Who:
    """Return who sits at this computer, nobody before they said so."""
    chosen = core.settings.get()
    if chosen.me_id is None:
        return Who()
    with core.store.read() as unit:
        try:
            return Who(chosen.me_id, unit.people.get(chosen.me_id).name)
        except NotFound:
            return Who(chosen.me_id)


def reader_named(core: Core, name: str) -> Who:
    """Return somebody by name: the person known here, else the name alone, as a teacher may have written it.

    Raises:
        Ambiguous: several people are called so. NotFound: no name.
    """
    if not name.strip():
        raise NotFound("person", name)
    with core.store.read() as unit:
        found = unit.people.named(name)
    if len(found) > 1:
        raise Ambiguous("person", name, tuple(one.name for one in found))
    return Who(found[0].id, found[0].name) if found else Who("", name.strip())


def audience(core: Core, visit_ids: Iterable[str], *, reader: Who, own: bool = False) -> Audience:
    """Return what a reader may be shown of these visits.

    Args:
        core: the open data folder.
        visit_ids: the visits, in the order wanted.
        reader: who will read it.
        own: with all of what I wrote myself, released or not; counts only where I am the reader.
    """
    wanted = tuple(dict.fromkeys(visit_ids))
    me, mine = myself(core), _fingerprints(core)
    told: dict[str, Told] = {}
    why: Counter[Why] = Counter()
    with core.store.read() as unit:
        known = _audiences(unit, wanted, mine)
        parsed: dict[str, Told | None] = {}
        for visit, kind, document in unit.after.standing(wanted):
            if visit in known:
                known[visit] = _standing(known[visit], kind)
                if known[visit].why(reader, me, own=own) is Why.READS:
                    parsed[visit] = _told(visit, document)
        released = unit.events.as_released(visit for visit, one in parsed.items() if one is not None)
    for visit in wanted:
        found = known[visit].why(reader, me, own=own) if visit in known else Why.GONE
        what = Told(visit, whole=True) if found is Why.OWN else parsed.get(visit)
        if what is not None and visit in released:
            what = replace(what, events=released[visit])
        if found.inside and what is not None:
            told[visit] = what
        else:
            why[Why.DAMAGED if found.inside else found] += 1
    return Audience(reader, told, tuple(sorted(why.items())))


def _fingerprints(core: Core) -> frozenset[str]:
    """Return what one's own letters are signed with, as far as this computer knows while its words are locked."""
    found: set[str] = set()
    with contextlib.suppress(VaultClosed):
        found.add(core.vault.keys().fingerprint)
    me = core.settings.get().me_id
    if me is not None:
        with core.store.read() as unit, contextlib.suppress(NotFound):
            found.add(unit.people.get(me).card)
    return frozenset(found - {""})


def _audiences(unit: ReadUnit, wanted: tuple[str, ...], mine: frozenset[str]) -> dict[str, VisitAudience]:
    letters = unit.after.letters_of(wanted)
    people: dict[str, dict[str, list[Who]]] = {}
    for visit, role, person, name in unit.after.named(wanted):
        roles = people.setdefault(visit, {})
        if role:
            roles.setdefault(role, []).append(Who(person, name))
    return {
        visit: VisitAudience(
            visit,
            teacher=next(iter(roles.get("teacher", ())), Who()),
            observer=next(iter(roles.get("observer", ())), Who()),
            readers=tuple(roles.get("reader", ())),
            made_here=visit not in letters or letters[visit] in mine,
        )
        for visit, roles in people.items()
    }


def _standing(one: VisitAudience, kind: str) -> VisitAudience:
    standing = Standing.WITHDRAWN if kind == "withdrawal" else Standing.RELEASED
    return VisitAudience(one.visit_id, one.teacher, one.observer, one.readers, standing, one.made_here)


def _told(visit: str, document: str) -> Told | None:
    """Return what a frozen document lets out, None where it cannot be read: then nothing is."""
    try:
        frozen = json.loads(document)
        items = {
            item["id"]: _item(item) for section in frozen["checklist"] for item in section["items"] if item.get("id")
        }
        notes = {note["event"] for note in frozen["notes"]} - {""}
        claims = [claim for kind in ("strengths", "growth", "questions") for claim in frozen[kind]]
        quotes = [quote for claim in claims for quote in (*claim["quotations"], *claim.get("further", ()))]
        notes |= {quote["event"] for quote in (*quotes, *frozen["heard"])} - {""}
        steps = tuple(ToldStep(step.get("id", ""), str(step["text"]), bool(step.get("by"))) for step in frozen["steps"])
        led = bool(frozen.get("observed_led"))
        language = str(frozen.get("language", "en"))
        with_notes = bool(frozen.get("with_notes", True))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Told(
        visit, items=items, notes=frozenset(notes), steps=steps, with_notes=with_notes, led=led, language=language
    )


def _item(item: dict[str, Any]) -> ToldItem:
    level = item.get("level")
    return ToldItem(
        str(item["kind"]),
        len(item.get("levels") or ()),
        level if isinstance(level, int) else None,
        str(item.get("answer") or ""),
        str(item.get("comment") or ""),
    )
