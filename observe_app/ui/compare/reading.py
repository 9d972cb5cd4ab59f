"""What the page reads in its job: what can be chosen, and what the choices show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.compare.marks import Measure, Term
from observe_app.domain.errors import NotFound
from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.services.charts.heat import heat_data
from observe_app.services.compare import pairs
from observe_app.services.compare.term import TermChoice, TermOptions, filled, term
from observe_app.ui.compare.state import LESSONS, OBSERVERS, TERM, Chosen
from observe_app.ui.compare.term_words import shown_lines

if TYPE_CHECKING:
    from observe_app.domain.compare.same_lesson import LessonVisit
    from observe_app.domain.visit import VisitRow
    from observe_app.services.charts.heat import HeatData
    from observe_app.services.compare.term import Offered
    from observe_app.services.core import Core

_MOST = 400
"""Visits of one person that are offered one by one."""
EVERYBODY = "*"
"""In the place of people: everybody was chosen, which is not the same as nobody yet."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two visits that are, or may be, one lesson."""

    a: LessonVisit
    b: LessonVisit
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Attributes:
        chosen: the choices, with what had to be chosen first filled in. choice: the same as services take it.
        options: what else can be chosen. term: what the choices show. rows: visits one by one, the newest first.
        pairs: lessons that two observers saw, those that are marked first.
        heat: the lines of the term that something is recorded for, ready to be drawn; of a term alone.
    """

    chosen: Chosen
    choice: TermChoice = field(default_factory=TermChoice)
    options: TermOptions = field(default_factory=TermOptions)
    term: Term = field(default_factory=Term)
    rows: tuple[VisitRow, ...] = ()
    pairs: tuple[Pair, ...] = ()
    heat: HeatData | None = None


def read(core: Core, chosen: Chosen, language: str, people: tuple[Offered, ...] = ()) -> Read:
    """Return what the page shows. Where nobody was chosen yet it is who was visited most, with the form used most.

    `people` are those who can be chosen where they are known; () looks at every visit for them.

    Raises:
        ObserveError: what the services say.
    """
    if chosen.tab == OBSERVERS:
        found = _pairs(core)
        return Read(_with_pair(core, chosen, found), pairs=found)
    chosen, offered = _filled(core, chosen, language, people)
    choice = _choice(chosen, offered, language)
    if chosen.tab in (TERM, LESSONS):
        made = _named(term(core, choice))
        heat = heat_data(replace(made, series=tuple(shown_lines(made)))) if chosen.tab == TERM else None
        return Read(chosen, choice, offered, made, heat=heat)
    rows = _rows(core, chosen, choice, offered)
    ids = [row.id for row in rows]
    if chosen.visit not in ids:
        chosen = replace(chosen, visit=ids[0] if ids else "")
    if chosen.other not in ids or chosen.other == chosen.visit:
        chosen = replace(chosen, other=_beside(rows, chosen.visit))
    return Read(chosen, choice, offered, rows=rows)


def _named(found: Term) -> Term:
    """Return the term with names for lines that no form names."""
    tr = QCoreApplication.translate
    words = tr("Reading", "Teacher’s words, of those written down with a speaker")
    series = tuple(
        replace(line, label=words) if line.measure is Measure.TALK_WORDS and not line.label else line
        for line in found.series
    )
    return replace(found, series=series)


def _filled(core: Core, chosen: Chosen, language: str, people: tuple[Offered, ...]) -> tuple[Chosen, TermOptions]:
    """Return the choices and what there is; what is gone is not chosen any more."""
    asked = tuple(one for one in chosen.people if one != EVERYBODY)
    everybody = EVERYBODY in chosen.people
    choice = TermChoice(asked, form_id=chosen.form, items=chosen.items, language=language)
    choice, offered = filled(core, choice, everybody=everybody, people=people)
    items = {one.id for one in offered.items}
    chosen = replace(
        chosen,
        people=(*((EVERYBODY,) if everybody else ()), *choice.teacher_ids),
        form=choice.form_id,
        items=tuple(one for one in choice.items if one in items),
        span=chosen.span if chosen.span in {one.key for one in offered.presets} else "",
    )
    return chosen, offered


def _choice(chosen: Chosen, offered: TermOptions, language: str) -> TermChoice:
    preset = next((one for one in offered.presets if one.key == chosen.span), None)
    lessons = chosen.tab == LESSONS
    return TermChoice(
        teacher_ids=tuple(one for one in chosen.people if one != EVERYBODY),
        since=preset.since if preset is not None else None,
        until=preset.until if preset is not None else None,
        form_id=chosen.form,
        items=() if lessons else chosen.items,
        focus=chosen.focus,
        class_name=chosen.class_name,
        observer_id=chosen.observer or None,
        language=language,
    )


def _beside(rows: tuple[VisitRow, ...], visit_id: str) -> str:
    """Return the visit to put beside one: the one before it with the same form, else any other."""
    mine = next((row for row in rows if row.id == visit_id), None)
    if mine is None:
        return ""
    at = rows.index(mine)
    others = (*rows[at + 1 :], *rows[:at])
    same = [row.id for row in others if row.form_id == mine.form_id]
    return same[0] if same else next((row.id for row in others), "")


def _rows(core: Core, chosen: Chosen, choice: TermChoice, offered: TermOptions) -> tuple[VisitRow, ...]:
    names = {one.name for one in offered.people if one.id in chosen.people}
    person = choice.teacher_ids[0] if len(choice.teacher_ids) == 1 else None
    found = visits.listing(core, VisitFilter(person_id=person, since=choice.since, until=choice.until, limit=_MOST))
    return tuple(row for row in found if row.started is not None and (not names or row.teacher in names))


def _pairs(core: Core) -> tuple[Pair, ...]:
    found = [Pair(a, b) for _mark, a, b in pairs.marked(core)]
    return (*found, *(Pair(one.a, one.b, marked=False) for one in pairs.suggest(core)))


def _with_pair(core: Core, chosen: Chosen, found: tuple[Pair, ...]) -> Chosen:
    """Return the choices with a pair: the one that was chosen while both are there, else the first."""
    now = {chosen.first, chosen.second}
    whole = len(now) == 2 and "" not in now
    if whole and (any({one.a.id, one.b.id} == now for one in found) or _are_there(core, now)):
        return chosen
    me = core.settings.get().me_id
    if not found:
        return replace(chosen, first="", second="")
    a, b = found[0].a, found[0].b
    if me is not None and b.observer_id == me:
        a, b = b, a
    return replace(chosen, first=a.id, second=b.id)


def _are_there(core: Core, ids: set[str]) -> bool:
    try:
        return not any(visits.get(core, one).deleted for one in ids)
    except NotFound:
        return False
