"""Portfolios: what their owner picks from their own year, in their order, with words of their own around it.

Offered are one's own journal and excerpts, own action steps that were closed, strengths that visits to one's own
lessons told one, and certificates. Of visits only what one may read is offered. Nobody else is named unless the owner
chooses so, and whose names stand in picked words is told before anything is printed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.action_step import StepStatus
from observe_app.domain.changes import Opened
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line
from observe_app.domain.portfolio import (
    MAX_FOREWORD,
    MAX_OWN,
    MAX_PICKS,
    MAX_TITLE,
    Pick,
    PickKind,
    Portfolio,
    picks_json,
    picks_of,
)
from observe_app.domain.visit import VisitFilter
from observe_app.services import journals, people
from observe_app.services.compare.audience import audience, myself
from observe_app.services.learning import certificates, excerpts
from observe_app.services.learning.days import day_of as _day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.domain.visit import VisitRow
    from observe_app.services.compare.audience import Told
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_LEAST_NAME = 3
_MOST_VISITS = 2_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Something of one's own that can be picked.

    Attributes:
        heading: of the record, "" for none. text: all of it. on: its local day, None for none known.
        prompt: the question that an entry answers. who: the other person of the visit it comes from, "" for none.
        names: of other people that stand in the heading or the text.
        detail: of a certificate its number.
    """

    kind: PickKind
    target_id: str
    heading: str
    text: str
    on: date | None = None
    prompt: str = ""
    who: str = ""
    names: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pick with what it stands for now; `offer` is None for own words and for what is no longer there to be read."""

    pick: Pick
    offer: Offer | None
    names: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether what was picked cannot be read any more: it is left out of the pages."""
        return self.offer is None and self.pick.kind is not PickKind.WORDS

    @property
    def text(self) -> str:
        """What goes on the pages."""
        return self.pick.words or (self.offer.text if self.offer is not None else "")

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.pick.heading or (self.offer.heading if self.offer is not None else "")


class PortfolioFields(TypedDict, total=False):
    """What can be changed of a portfolio."""

    title: str
    first: date | None
    last: date | None
    foreword: str
    picks: tuple[Pick, ...]


# --- the records -----------------------------------------------------------------------------------------------------


def listing(core: Core) -> tuple[Portfolio, ...]:
    """Return one's own portfolios, the newest first."""
    me = people.me(core)
    with core.store.read() as unit:
        found = unit.learning.portfolios.find(order="created", person_id=("", me.id) if me else "")
    return found[::-1]


def open_portfolio(core: Core, portfolio_id: str) -> Opened[Portfolio]:
    """Return a portfolio of one's own for an editor.

    Raises:
        NotFound: no such id, or somebody else's.
    """
    me = people.me(core)
    with core.store.read() as unit:
        found = unit.learning.portfolios.get(portfolio_id)
        if found.person_id not in ("", me.id if me else ""):
            raise NotFound("portfolio", portfolio_id)
        return Opened(found, unit.seen(("portfolio", portfolio_id)))


def add(core: Core, *, title: str, first: date | None = None, last: date | None = None) -> Opened[Portfolio]:
    """Begin a portfolio.

    Raises:
        Invalid: no title, or the days are the wrong way round.
    """
    me = people.me(core)
    made = Portfolio(core.ids.new(), me.id if me else "", _title(title), first, last, created=core.clock.now())
    _check_days(first, last)
    with core.store.write("portfolio.add") as unit:
        unit.learning.portfolios.add(made)
        unit.commit()
    return open_portfolio(core, made.id)


def edit(core: Core, *, portfolio_id: str, seen: Seen, **fields: Unpack[PortfolioFields]) -> Opened[Portfolio]:
    """Change a portfolio.

    Raises:
        Invalid: no title, too many words or picks, days the wrong way round. NotFound: no such id of one's own.
    """
    before = open_portfolio(core, portfolio_id).value
    changes: dict[str, object] = {}
    if "title" in fields:
        changes["title"] = _title(fields["title"])
    if "foreword" in fields:
        changes["foreword"] = _words("foreword", fields["foreword"], MAX_FOREWORD)
    if "first" in fields or "last" in fields:
        first, last = fields.get("first", before.first), fields.get("last", before.last)
        _check_days(first, last)
        changes |= {"first": first, "last": last}
    if "picks" in fields:
        changes["picks"] = picks_json(_picks(fields["picks"]))
    with core.store.write("portfolio.edit", seen=seen) as unit:
        unit.learning.portfolios.change(portfolio_id, changes)
        unit.commit()
    return open_portfolio(core, portfolio_id)


def delete(core: Core, *, portfolio_id: str, seen: Seen) -> None:
    """Take a portfolio away, and nothing that was picked for it; undo brings it back.

    Raises:
        NotFound: no such id of one's own.
    """
    open_portfolio(core, portfolio_id)
    with core.store.write("portfolio.delete", seen=seen) as unit:
        unit.learning.portfolios.remove(portfolio_id)
        unit.commit()


def _title(text: str) -> str:
    line = clean_line(text)
    if not line:
        raise Invalid("title", "", "empty")
    if len(line) > MAX_TITLE:
        raise Invalid("title", line[:40], "too_long", str(MAX_TITLE))
    return line


def _words(field: str, text: str, most: int) -> str:
    words = clean_note(text)
    if len(words) > most:
        raise Invalid(field, words[:40], "too_long", str(most))
    return words


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise Invalid("last", last.isoformat(), "before", first.isoformat())


def _picks(found: tuple[Pick, ...]) -> tuple[Pick, ...]:
    if len(found) > MAX_PICKS:
        raise Invalid("picks", str(len(found)), "out_of_range", str(MAX_PICKS))
    made = tuple(
        replace(one, words=_words("text", one.words, MAX_OWN), heading=clean_line(one.heading)[:MAX_TITLE])
        for one in found
    )
    return tuple(one for one in made if one.target_id or one.words or one.heading)


# --- what can be picked ----------------------------------------------------------------------------------------------


def offers(core: Core, first: date | None = None, last: date | None = None) -> tuple[Offer, ...]:
    """Return what of one's own can be picked, the latest first; between days where they are given, both included."""
    known = _Names(core)
    found = (*_entries(core), *_excerpts(core), *_of_visits(core), *_certificates(core))
    within = (
        replace(one, names=known.within(f"{one.heading}\n{one.prompt}\n{one.text}"))
        for one in found
        if (first is None or (one.on is not None and one.on >= first))
        and (last is None or (one.on is not None and one.on <= last))
    )
    return tuple(sorted(within, key=lambda one: (one.on.isoformat() if one.on else "", one.target_id), reverse=True))


def chosen(core: Core, portfolio: Portfolio) -> tuple[Chosen, ...]:
    """Return what a portfolio holds, in its order; what cannot be read any more is said to be missing."""
    known = _Names(core)
    by_target = {(one.kind, one.target_id): one for one in offers(core)}
    made: list[Chosen] = []
    for pick in picks_of(portfolio.picks):
        offer = by_target.get((pick.kind, pick.target_id))
        one = Chosen(pick, offer)
        prompt = offer.prompt if offer is not None else ""
        names = known.within(f"{one.heading}\n{prompt}\n{one.text}")
        if pick.named and offer is not None and offer.who:
            names = tuple(dict.fromkeys((offer.who, *names)))
        made.append(replace(one, names=names))
    return tuple(made)


def names_told(core: Core, portfolio: Portfolio) -> tuple[str, ...]:
    """Return the names of other people that a portfolio's pages would show, the foreword's too."""
    known = _Names(core)
    found = [*known.within(f"{portfolio.title}\n{portfolio.foreword}")]
    for one in chosen(core, portfolio):
        if not one.is_missing:
            found += one.names
    return tuple(dict.fromkeys(found))


def _entries(core: Core) -> Iterator[Offer]:
    zone = core.clock.zone_name()
    for entry in journals.everything(core):
        on = _day(entry.at, zone)
        yield Offer(PickKind.ENTRY, entry.id, entry.title, entry.text, on, entry.prompt)


def _excerpts(core: Core) -> Iterator[Offer]:
    zone = core.clock.zone_name()
    for one in excerpts.mine(core):
        yield Offer(PickKind.EXCERPT, one.excerpt.id, "", one.excerpt.text, _day(one.excerpt.at, zone))


def _certificates(core: Core) -> Iterator[Offer]:
    me = people.me(core)
    zone = core.clock.zone_name()
    for one in certificates.of_person(core, me.id) if me is not None else ():
        if one.withdrawn is None:
            yield Offer(PickKind.CERTIFICATE, one.id, "", "", _day(one.issued, zone), detail=one.number)


def _of_visits(core: Core) -> Iterator[Offer]:
    """Yield own closed steps of any visit that one may read, and strengths of visits to one's own lessons."""
    me = myself(core)
    if not me.person_id:
        return
    with core.store.read() as unit:
        rows = {row.id: row for row in unit.visits.listing(VisitFilter(person_id=me.person_id, limit=_MOST_VISITS))}
        parts = {(visit, role) for visit, role, person, _name in unit.after.named(rows) if person == me.person_id}
    # What was written at this computer is one's own only where one was the observer: others may have used it, too.
    released = audience(core, rows, reader=me).told
    written = [visit for visit in rows if (visit, "observer") in parts]
    told = {**released, **audience(core, written, reader=me, own=True).told}
    with core.store.read() as unit:
        yield from _strengths(unit, rows, told, {visit for visit, role in parts if role == "teacher"}, me.name)
        yield from _steps(unit, rows, told, me.person_id, me.name)


def _strengths(
    unit: ReadUnit, rows: dict[str, VisitRow], told: Mapping[str, Told], taught: Iterable[str], own_name: str
) -> Iterator[Offer]:
    mine = [visit for visit in taught if visit in told]
    whole = [visit for visit in mine if told[visit].whole]
    for visit in whole:
        for claim in unit.talk.claims(visit):
            if claim.kind is ClaimKind.STRENGTH:
                yield _of(rows[visit], PickKind.STRENGTH, f"{visit}/{claim.id}", claim.title, claim.text, own_name)
    for visit, _kind, document in unit.after.standing([visit for visit in mine if visit not in whole]):
        for claim_id, title, text in _released_strengths(document):
            yield _of(rows[visit], PickKind.STRENGTH, f"{visit}/{claim_id}", title, text, own_name)


def _released_strengths(document: str) -> Iterator[tuple[str, str, str]]:
    try:
        found = json.loads(document)["strengths"]
        for at, claim in enumerate(found):
            yield str(claim.get("id") or at), str(claim["title"]), str(claim["text"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _steps(
    unit: ReadUnit, rows: dict[str, VisitRow], told: Mapping[str, Told], me_id: str, own_name: str
) -> Iterator[Offer]:
    for visit, what in told.items():
        worded = {one.id: one.text for one in what.steps}
        for step in unit.talk.steps(visit):
            may_read = what.whole or step.id in worded
            if may_read and step.owner_id == me_id and step.status is StepStatus.DONE:
                text = step.text if what.whole else worded[step.id]
                made = _of(rows[visit], PickKind.STEP, step.id, "", text, own_name)
                yield replace(made, on=_day(step.closed, rows[visit].zone) or made.on)


def _of(row: VisitRow, kind: PickKind, target_id: str, heading: str, text: str, own_name: str) -> Offer:
    begun = row.started or row.start
    who = row.observer if row.teacher == own_name else row.teacher
    return Offer(kind, target_id, heading, text, _day(begun, row.zone), who=who if who != own_name else "")


# --- names -----------------------------------------------------------------------------------------------------------


class _Names:
    """Finds names of other people of this data folder in a text: any part of one that is written as it is there."""

    def __init__(self, core: Core) -> None:
        me = people.me(core)
        with core.store.read() as unit:
            everybody = unit.people.all(archived=True, merged=True)
        own = set(_parts(me.name)) if me is not None else set()
        self._by_part: dict[str, list[str]] = {}
        for person in everybody:
            if me is None or person.id != me.id:
                for part in set(_parts(person.name)) - own:
                    self._by_part.setdefault(part, []).append(person.name)

    def within(self, text: str) -> tuple[str, ...]:
        """Return the names, in the order in which they stand there."""
        found: dict[str, None] = {}
        for word in re.findall(r"[^\W\d_]+", text):
            for name in self._by_part.get(word, ()):
                found[name] = None
        return tuple(found)


def _parts(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", name)
    return [word for word in words if len(word) >= _LEAST_NAME and word[:1] != word[:1].lower()] or words[:1]
