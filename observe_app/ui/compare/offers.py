"""What the lists of the header offer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.ui.compare.pick import SEVERAL
from observe_app.ui.compare.reading import EVERYBODY
from observe_app.ui.compare.state import OBSERVERS
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local

if TYPE_CHECKING:
    from observe_app.domain.compare.same_lesson import LessonVisit
    from observe_app.domain.visit import VisitRow
    from observe_app.services.compare.presets import Preset
    from observe_app.services.core import Core
    from observe_app.ui.compare.reading import Pair, Read
    from observe_app.ui.compare.state import Chosen

Offer = tuple[str, tuple[tuple[str, str], ...], str]
_MOST = 400
PAIR = "\x1f"
"""Between the two ids of a pair."""


def offers(found: Read, chosen: Chosen) -> tuple[Offer, ...]:
    """Return (name of the choice, its (key, words), the key that shows) of every choice that the view has."""
    if chosen.tab == OBSERVERS:
        return (_pairs(found, chosen),)
    rows = tuple((row.id, _visit(row)) for row in found.rows)
    others = tuple(one for one in rows if one[0] != chosen.visit)
    return (
        _people(found, chosen),
        _forms(found, chosen),
        _spans(found, chosen),
        _items(found, chosen),
        ("visit", rows, chosen.visit),
        ("other", others, chosen.other),
        _align(chosen),
    )


def several_titles() -> dict[str, str]:
    """Return what the sheets are called that choose several."""
    tr = QCoreApplication.translate
    return {
        "people": tr("Offers", "Whose visits"),
        "items": tr("Offers", "Which items"),
        "pair": tr("Offers", "Which two visits are of one lesson"),
    }


def visits_offered(core: Core) -> tuple[tuple[str, str], ...]:
    """Return (id, words) of the visits that took place, the newest first."""
    found = visits.listing(core, VisitFilter(limit=_MOST))
    return tuple((row.id, f"{_visit(row)} · {row.observer}") for row in found if row.started is not None)


def _people(found: Read, chosen: Chosen) -> Offer:
    tr = QCoreApplication.translate
    listed = tuple((one.id, _counted(one.name, one.visits)) for one in found.options.people)
    key = chosen.people[0] if len(chosen.people) == 1 else SEVERAL
    rest: tuple[tuple[str, str], ...] = ()
    if len(listed) > 1:
        several = tr("Offers", "Several people…")
        if len(chosen.people) > 1:
            several = tr("Offers", "{n} people…").format(n=len(chosen.people))
        rest = ((EVERYBODY, tr("Offers", "Everybody")), (SEVERAL, several))
    return "people", (*listed, *rest), key


def _forms(found: Read, chosen: Chosen) -> Offer:
    listed = tuple((one.id, _counted(one.name, one.visits)) for one in found.options.forms)
    any_form = (("", QCoreApplication.translate("Offers", "Any form")),) if len(listed) > 1 or not chosen.form else ()
    return "form", (*listed, *any_form), chosen.form


def _spans(found: Read, chosen: Chosen) -> Offer:
    """Return the school years and terms with visits; the count says how many show, not how many there are."""
    tr = QCoreApplication.translate
    presets = [(one.key, _preset(one)) for one in found.options.presets]
    spans = (("", tr("Offers", "All dates")), *presets)
    shown = len(found.term.visits)
    listed = tuple((key, _counted(words, shown) if key == chosen.span and shown else words) for key, words in spans)
    return "span", listed, chosen.span


def _preset(one: Preset) -> str:
    if one.name:
        return one.name
    tr = QCoreApplication.translate
    if one.key.startswith("year:"):
        return tr("Offers", "School year {first}/{last}").format(
            first=one.first.year, last=f"{one.last.year % 100:02d}"
        )
    locale, form = QLocale(), QLocale.FormatType.ShortFormat
    first = locale.standaloneMonthName(one.first.month, form)
    last = locale.standaloneMonthName(one.last.month, form)
    return tr("Offers", "{first} to {last} {year}").format(first=first, last=last, year=one.last.year)


def _items(found: Read, chosen: Chosen) -> Offer:
    tr = QCoreApplication.translate
    count = len(found.options.items)
    everything = tr("Offers", "All {n} items").format(n=count) if count > 1 else tr("Offers", "All items")
    listed = tuple((one.id, one.name) for one in found.options.items)
    key = chosen.items[0] if len(chosen.items) == 1 else SEVERAL if chosen.items else ""
    several = (
        tr("Offers", "{n} items…").format(n=len(chosen.items))
        if len(chosen.items) > 1
        else tr("Offers", "Several items…")
    )
    return "items", (("", everything), *listed, *(((SEVERAL, several),) if count > 1 else ())), key


def _align(chosen: Chosen) -> Offer:
    tr = QCoreApplication.translate
    return "align", (("phase", tr("Offers", "Phase")), ("minute", tr("Offers", "Minute"))), chosen.align


def _pairs(found: Read, chosen: Chosen) -> Offer:
    tr = QCoreApplication.translate
    key = f"{chosen.first}{PAIR}{chosen.second}" if chosen.first else ""
    listed = []
    for one in found.pairs:
        words = _pair(one)
        ids = (one.a.id, one.b.id)
        mine = key if set(ids) == {chosen.first, chosen.second} else PAIR.join(ids)
        listed.append((mine, words if one.marked else tr("Offers", "Perhaps: {lesson}").format(lesson=words)))
    if key and key not in {one for one, _words in listed}:
        listed.insert(0, (key, tr("Offers", "The two visits you chose")))
    if not listed:
        listed = [("", tr("Offers", "None yet"))]
    return "pair", (*listed, (SEVERAL, tr("Offers", "Two other visits…"))), key


def _pair(one: Pair) -> str:
    tr = QCoreApplication.translate
    people = tr("Offers", "{a} and {b}").format(a=_observer(one.a), b=_observer(one.b))
    day = short_date(local(one.a.start, one.a.zone).date())
    return " · ".join(part for part in (one.a.teacher or one.b.teacher, one.a.class_name, day, people) if part)


def _observer(visit: LessonVisit) -> str:
    return visit.observer or QCoreApplication.translate("Offers", "nobody named")


def _visit(row: VisitRow) -> str:
    moment = row.started or row.start
    day = short_date(local(moment, row.zone).date()) if moment is not None else ""
    what = row.topic or row.class_name or row.subject
    return " · ".join(part for part in (day, what, row.teacher, row.form_name) if part)


def _counted(words: str, count: int) -> str:
    return QCoreApplication.translate("Offers", "{words} ({n})").format(words=words, n=count) if count else words
