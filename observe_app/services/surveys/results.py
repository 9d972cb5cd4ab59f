"""What surveys come to: each by itself, a pulse over its rounds, before and after a session."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import SystemRandom
from typing import TYPE_CHECKING

from observe_app.domain.form import ItemKind
from observe_app.domain.surveys.results import (
    CLOSED,
    FEW,
    PulsePoint,
    cross,
    item_results,
    loose_columns,
    same_question,
    upper_half,
)
from observe_app.domain.surveys.sheet import read_content
from observe_app.domain.surveys.survey import SurveyKind, SurveyState
from observe_app.services.surveys.surveys import SurveyView, of_series, view

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.form import Form, Item
    from observe_app.domain.surveys.results import Cells, ItemResult
    from observe_app.domain.surveys.sheet import Sheet
    from observe_app.services.core import Core


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """What a survey comes to.

    Attributes:
        view: the survey. items: what came of each question, empty while nothing may be shown.
        n: filled surveys that these are made of. enough: there is something to show.
        few: so few that one more answer may change the picture. ready: what waits is enough to be shown.
        too_many: more answers than people were asked; nobody can tell whether somebody answered twice.
    """

    view: SurveyView
    items: tuple[ItemResult, ...] = ()
    n: int = 0
    enough: bool = False
    few: bool = False
    ready: bool = False
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A filled survey with a name. `name` "" for nobody known."""

    person_id: str
    name: str
    on: date | None
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Compared:
    """A question before and after. The people need not be the same ones: they are two groups, and no pairs."""

    before: ItemResult
    after: ItemResult


def results(core: Core, survey_id: str) -> SurveyResults:
    """Return what a survey comes to so far.

    Raises:
        NotFound: no such survey.
    """
    found = view(core, survey_id)
    if found.form is None:
        return SurveyResults(found)
    survey = found.survey
    batches = _batches(core, found.form, survey_id)
    n = sum(len(batch) for batch in batches)
    enough = n >= (survey.least if survey.anonymous else 1)
    items = (
        item_results(found.form, batches, least=survey.least, anonymous=survey.anonymous, rng=SystemRandom())
        if enough
        else ()
    )
    return SurveyResults(
        found, items, n if enough else 0, enough, n < FEW,
        survey.anonymous and found.here and found.waiting >= survey.least,
        found.asked is not None and n + found.waiting > found.asked,
    )  # fmt: skip


def named(core: Core, survey_id: str) -> tuple[Named, ...]:
    """Return the filled surveys of a named one by name; none of an anonymous one.

    Raises:
        NotFound: no such survey.
    """
    found = view(core, survey_id)
    if found.survey.anonymous or found.form is None:
        return ()
    with core.store.read() as unit:
        rows = unit.surveys.answers.find(survey_id=survey_id)
        names = {one.id: one.name for one in unit.people.all(archived=True, merged=True)}
    made = [
        Named(one.person_id, names.get(one.person_id, ""), one.on, read_content(found.form, one.content))
        for one in rows
    ]
    return tuple(sorted(made, key=lambda one: (not one.name, one.name.casefold(), one.person_id)))


def columns(core: Core, survey_id: str) -> tuple[tuple[Item, tuple[object, ...]], ...]:
    """Return the values of each question of an anonymous survey by itself, in no order; none while too few are in.

    Raises:
        NotFound: no such survey.
    """
    found = results(core, survey_id)
    form = found.view.form
    if not found.enough or form is None:
        return ()
    return loose_columns(form, _batches(core, form, survey_id), least=found.view.survey.least, rng=SystemRandom())


def crossed(core: Core, survey_id: str, first: str, second: str) -> Cells | None:
    """Return how many gave each pair of answers to two questions; None where that would point at too few.

    Only once the survey is closed: a table that grows with every batch would say what the last one added.

    Raises:
        NotFound: no such survey.
    """
    found = view(core, survey_id)
    one, two = (found.form.item(key) if found.form is not None else None for key in (first, second))
    if found.form is None or one is None or two is None or one.kind not in CLOSED or two.kind not in CLOSED:
        return None
    if found.survey.anonymous and found.survey.state != SurveyState.CLOSED:
        return None
    return cross(one, two, _batches(core, found.form, survey_id), found.survey.least if found.survey.anonymous else 1)


def pulse(core: Core, series_id: str) -> tuple[tuple[Item, tuple[PulsePoint, ...]], ...]:
    """Return each rating of a pulse with its rounds, the first one first; rounds that show nothing are left out."""
    rounds = [results(core, one.survey.id) for one in of_series(core, series_id)]
    rounds = [one for one in rounds if one.enough]
    found: list[tuple[Item, tuple[PulsePoint, ...]]] = []
    for item in _ratings(rounds):
        points = []
        for one in rounds:
            result = next((some for some in one.items if same_question(some.item, item)), None)
            if result is not None and result.n:
                points.append(
                    PulsePoint(one.view.survey.id, _day(one.view), upper_half(item, result.counts), result.n)
                )  # fmt: skip
        if points:
            found.append((item, tuple(points)))
    return tuple(found)


def before_after(core: Core, survey_id: str) -> tuple[Compared, ...]:
    """Return the questions that a survey and its counterpart both ask, the one before first; none without one.

    Raises:
        NotFound: no such survey.
    """
    mine = view(core, survey_id)
    both = {
        kind: next((one for one in of_series(core, mine.survey.series_id) if one.survey.kind == kind), None)
        for kind in (SurveyKind.BEFORE, SurveyKind.AFTER)
    }
    first, second = both[SurveyKind.BEFORE], both[SurveyKind.AFTER]
    if first is None or second is None:
        return ()
    before, after = results(core, first.survey.id), results(core, second.survey.id)
    return tuple(
        Compared(one, two)
        for one in before.items
        for two in after.items
        if same_question(one.item, two.item) and one.counts and one.n and two.n
    )


def _ratings(rounds: list[SurveyResults]) -> list[Item]:
    seen: dict[str, Item] = {}
    for one in rounds:
        for result in one.items:
            if result.item.kind is ItemKind.RATING:
                seen.setdefault(result.item.id, result.item)
    return list(seen.values())


def _day(found: SurveyView) -> date:
    survey = found.survey
    return survey.opens or survey.created.date()


def _batches(core: Core, form: Form, survey_id: str) -> list[list[Sheet]]:
    with core.store.read() as unit:
        rows = unit.surveys.answers.find(survey_id=survey_id)
    found: dict[int, list[Sheet]] = defaultdict(list)
    for one in rows:
        found[one.batch].append(read_content(form, one.content))
    return [found[batch] for batch in sorted(found)]
