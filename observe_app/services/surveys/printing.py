"""A survey on paper: its own form, with its title and what becomes of the sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.form import FormUse
from observe_app.services import survey_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView


def _as_it_is(text: str) -> str:
    return text


def printed_form(view: SurveyView, translate: Callable[[str], str] = _as_it_is) -> Form:
    """Return the form that is printed, to be filled in with a pen.

    Raises:
        Invalid: rule "unreadable": this version cannot read the survey.
    """
    if view.form is None:
        raise Invalid("survey_form", view.survey.id, "unreadable")
    words = survey_words.PAPER if view.survey.anonymous else survey_words.PAPER_NAMED
    told = translate(words).format(least=view.survey.least)
    return replace(view.form, title=(("", view.survey.title),), purpose=(("", told),), use=FormUse.SURVEY)


def export(core: Core, view: SurveyView, target: Path) -> int:
    """Write a survey's sheet as a tagged PDF; return its pages.

    Raises:
        Invalid: this version cannot read the survey. ExportFailed: the file could not be written.
    """
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (writers load when something is)
    from observe_app.services.pdf.export import form_pages, paper_of  # noqa: PLC0415  (loads ReportLab)

    chosen = core.settings.get()
    data, result = form_pages(printed_form(view), paper=paper_of(chosen.paper), language=chosen.language)
    write_whole(target, data)
    return result.pages
