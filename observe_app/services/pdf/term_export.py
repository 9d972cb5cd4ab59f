"""The use cases of comparing on paper: a term of one teacher, a group without names, two observers of one lesson."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.compare.audience import Who, Why
from observe_app.domain.errors import Invalid
from observe_app.services import people
from observe_app.services.compare.audience import myself
from observe_app.services.compare.reported import TOLERANCE_MS, reported_pair, reported_term
from observe_app.services.compare.told_steps import told_steps
from observe_app.services.pdf.calibration_build import build_calibration
from observe_app.services.pdf.dates import day, local
from observe_app.services.pdf.export import paper_of
from observe_app.services.pdf.group_build import build_group, unnamed
from observe_app.services.pdf.render import comparison_bytes, write_whole
from observe_app.services.pdf.term_build import TermAsk, TermStep, build_term
from observe_app.services.pdf.term_document import CompareDocument, Facts
from observe_app.services.pdf.term_words import agree_words, compare_language
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.services.compare.audience import Audience
    from observe_app.services.compare.term import TermChoice
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.words import Words


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are to look; None and "" take the settings."""

    paper: Paper | None = None
    language: str = ""
    ink_saving: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison as data, and what whoever makes it should know and its reader should not.

    Attributes:
        visits: how many it rests on. left_out: (why, how many) visits of the choice that may not be told.
        own: whether something is in it that was not released.
    """

    document: CompareDocument
    visits: int
    left_out: tuple[tuple[Why, int], ...] = ()
    own: bool = False


def term_report(
    core: Core, choice: TermChoice, *, reader: Who | None = None, own: bool = False, look: Look | None = None
) -> Comparison:
    """Return the term of one teacher as pages, from the visits that the reader may read.

    Args:
        core: the open data folder.
        choice: which visits; of one teacher.
        reader: who will read it; None is the teacher, and with `own` whoever sits at this computer.
        own: with what I wrote myself and did not release; only where I am the reader.
        look: paper, language, ink.

    Raises:
        Invalid: "nobody_reads"; "one_teacher": the visits are of several people. FormInvalid: a form is damaged.
    """
    facts = _facts(core, look)
    who = reader if reader is not None else None if own else _teacher(core, choice)
    found = reported_term(core, replace(choice, language=facts.language), reader=who, own=own)
    teachers = dict.fromkeys(visit.teacher for visit in found.term.visits)
    if len({visit.teacher_id or visit.teacher for visit in found.term.visits}) > 1:
        raise Invalid("term", ", ".join(teachers)[:200], "one_teacher")
    steps = _steps(core, found.audience, {visit.id: (visit.start, visit.zone) for visit in found.term.visits}, facts)
    name = found.audience.reader.name or next(iter(teachers), "")
    document = build_term(found.term, TermAsk(name, found.own, steps, facts))
    return Comparison(_looked(document, look), len(found.term.visits), found.audience.left_out, found.own)


def group_report(core: Core, choice: TermChoice, *, look: Look | None = None) -> Comparison:
    """Return a group of five teachers and more without names, from what whoever sits here may read of them.

    Raises:
        Invalid: "nobody_reads", "too_few_people". FormInvalid: a form is damaged.
    """
    facts = _facts(core, look)
    found = reported_term(core, replace(choice, language=facts.language))
    document = build_group(found.term, facts)
    nobodys = unnamed(found.term)
    left = (*found.audience.left_out, *(((Why.UNNAMED, nobodys),) if nobodys else ()))
    return Comparison(_looked(document, look), len(found.term.visits) - nobodys, left)


def calibration_report(
    core: Core,
    a: str,
    b: str,
    *,
    own: bool = False,
    offset_ms: int | None = None,
    tolerance_ms: int = TOLERANCE_MS,
    interval_s: int | None = None,
    look: Look | None = None,
) -> Comparison:
    """Return how far two observers of one lesson agree as pages, from what whoever sits here may read of both.

    Raises:
        Invalid: "nobody_reads", "same", "out_of_range". NotFound: no such visit. FormInvalid: a form is damaged.
    """
    facts = _facts(core, look)
    view, may = reported_pair(
        core, a, b, own=own, offset_ms=offset_ms, tolerance_ms=tolerance_ms, interval_s=interval_s,
        language=facts.language, words=agree_words(facts.language),
    )  # fmt: skip
    alone = any(one.whole for one in may.told.values())
    document = build_calibration(view, facts, own_of=myself(core).name if alone else "")
    return Comparison(_looked(document, look), 2, may.left_out, alone)


def comparison_pdf(document: CompareDocument, progress: Progress | None = None) -> tuple[bytes, PdfResult]:
    """Return a comparison as the bytes of a PDF and what there is to tell about them; same document, same bytes.

    Raises:
        Cancelled: the person asked to stop.
    """
    return comparison_bytes(document, progress)


def export_comparison(made: Comparison, target: Path, progress: Progress | None = None) -> PdfResult:
    """Write a comparison as PDF.

    Raises:
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    data, result = comparison_bytes(made.document, progress)
    write_whole(target, data)
    return result


def _facts(core: Core, look: Look | None) -> Facts:
    chosen, now = core.settings.get(), core.clock.now()
    look = look or Look()
    language = compare_language(look.language or chosen.language or "en")
    return Facts(
        paper=look.paper if look.paper is not None else paper_of(chosen.paper),
        language=language,
        purpose_line=chosen.purpose_line,
        school=chosen.school,
        made=now.isoformat(),
        made_label=day(local(now, core.clock.zone_name()), words_for(language)),
    )


def _teacher(core: Core, choice: TermChoice) -> Who | None:
    """Return the one teacher of a choice."""
    if len(choice.teacher_ids) != 1:
        return None
    return Who(choice.teacher_ids[0], people.get(core, choice.teacher_ids[0]).name)


def _looked(document: CompareDocument, look: Look | None) -> CompareDocument:
    return replace(document, ink_saving=look is not None and look.ink_saving)


def _steps(
    core: Core, may: Audience, begun: dict[str, tuple[datetime | None, str]], facts: Facts
) -> tuple[TermStep, ...]:
    words = words_for(facts.language)
    made: list[TermStep] = []
    for step in told_steps(core, may):
        start, zone = begun.get(step.visit_id, (None, "UTC"))
        made.append(
            TermStep(
                step.text,
                _day(start, zone, words),
                day(step.due, words) if step.due is not None else "",
                step.state,
                _day(step.closed, zone, words),
            )
        )
    return tuple(made)


def _day(moment: datetime | None, zone: str, words: Words) -> str:
    return day(local(moment, zone), words) if moment is not None else ""
