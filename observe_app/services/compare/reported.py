"""A term, a group or two observers as somebody may be told them: what reports and exports are made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import FormInvalid, Invalid, NotFound
from observe_app.domain.record import VisitRecord
from observe_app.services import visits
from observe_app.services.compare.audience import Audience, audience, myself
from observe_app.services.compare.told_record import told_record
from observe_app.services.compare.told_term import told_term

TOLERANCE_MS = 2000
"""How far apart two moments may lie and still be one, where nobody says."""

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.domain.compare.agree_view import AgreementView, GroupAgreement
    from observe_app.domain.compare.audience import Who
    from observe_app.domain.compare.marks import Term
    from observe_app.domain.progress import Progress
    from observe_app.services.compare.agree_words import AgreementWords
    from observe_app.services.compare.term import TermChoice
    from observe_app.services.core import Core


@dataclass(frozen=True, slots=True)
class Reported:
    """A term with nothing in it that its reader may not be told.

    Attributes:
        audience: who reads it, what each visit tells them, and for whoever asked, what was left out.
        own: with what its author did not release, for nobody but them.
    """

    term: Term
    audience: Audience
    own: bool = False


def reported_term(core: Core, choice: TermChoice, *, reader: Who | None = None, own: bool = False) -> Reported:
    """Return what a reader may be told of a choice of visits.

    Args:
        core: the open data folder.
        choice: which visits.
        reader: who will read it; None is whoever sits at this computer.
        own: with all but the private of what I wrote myself; only where I am the reader.

    Raises:
        Invalid: "nobody_reads": there is no visit among them that the reader may read.
        FormInvalid: the form of a visit is damaged.
    """
    from observe_app.services.compare.term import term  # noqa: PLC0415  (reports alone need it)

    who = reader if reader is not None else myself(core)
    found = term(core, replace(choice, reader=None))
    may = audience(core, (visit.id for visit in found.visits), reader=who, own=own)
    if not may.told:
        raise Invalid("visits", who.name, "nobody_reads")
    # Lines and their breaks are those of what may be told, not of the rest; counts are those of the release.
    if len(may.told) < len(found.visits) or may.released:
        found = term(core, replace(choice, reader=None, ids=tuple(may.told)), may.released)
    return Reported(told_term(found, may.told), may, any(one.whole for one in may.told.values()))


def told_records(core: Core, may: Audience, progress: Progress | None = None) -> Iterator[VisitRecord]:
    """Yield the records of what may be told, one at a time; one whose form is damaged goes without its form's words.

    Raises:
        Cancelled: the person asked to stop.
    """
    for number, (visit_id, told) in enumerate(may.told.items(), start=1):
        record = _lean(core, visit_id)
        if record is not None:
            yield told_record(record, told)
        if progress is not None:
            progress.step(number, len(may.told))


def _lean(core: Core, visit_id: str) -> VisitRecord | None:
    """Return a record with what is exported of it, None where it was purged meanwhile."""
    with core.store.read() as unit:
        try:
            visit = unit.visits.get(visit_id)
        except NotFound:
            return None
        events, answers = unit.events.of_visit(visit_id), unit.answers.of_visit(visit_id)
    try:
        form = visits.form_of(visit)
    except FormInvalid:
        form = None
    return VisitRecord(visit, events=tuple(events), answers=tuple(answers), form=form)


def reported_pair(
    core: Core,
    a: str,
    b: str,
    *,
    reader: Who | None = None,
    own: bool = False,
    offset_ms: int | None = None,
    tolerance_ms: int = TOLERANCE_MS,
    interval_s: int | None = None,
    language: str = "",
    words: AgreementWords | None = None,
) -> tuple[AgreementView, Audience]:
    """Return how far two observers agree in what a reader may be told of both; arguments as of `agreement`.

    Whoever sits here is the reader where there is none; what the two agreed on afterwards is not in it.

    Raises:
        Invalid: "nobody_reads": one of the two may not be read; "same", "out_of_range".
        NotFound: no such visit. FormInvalid: a form is damaged.
    """
    from observe_app.services.compare.agreement import compare  # noqa: PLC0415

    if a == b:
        raise Invalid("visit", a, "same")
    (one, other), may = _told_all(core, (a, b), reader, own=own)
    view = compare(
        one, other, offset_ms=offset_ms, tolerance_ms=tolerance_ms, interval_s=interval_s, language=language,
        words=words,
    )  # fmt: skip
    return view, may


def reported_group(
    core: Core, ids: Sequence[str], *, reader: Who | None = None, own: bool = False, language: str = ""
) -> tuple[GroupAgreement, Audience]:
    """Return how far three observers and more agree in what a reader may be told of all; as `reported_pair`.

    Raises:
        Invalid: "nobody_reads": one of them may not be read. NotFound: no such visit. FormInvalid: a form is damaged.
    """
    from observe_app.services.compare.agree_group import compare_all  # noqa: PLC0415

    records, may = _told_all(core, tuple(dict.fromkeys(ids)), reader, own=own)
    return compare_all(records, language=language), may


def _told_all(core: Core, ids: tuple[str, ...], reader: Who | None, *, own: bool) -> tuple[list[VisitRecord], Audience]:
    who = reader if reader is not None else myself(core)
    may = audience(core, ids, reader=who, own=own)
    if len(may.told) < len(ids):
        raise Invalid("visits", who.name, "nobody_reads")
    return [told_record(visits.load_record(core, visit), may.told[visit]) for visit in ids], may
