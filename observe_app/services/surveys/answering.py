"""Answering a survey: sealed at once where it is anonymous, so that nothing in plain words is ever stored.

An anonymous answer goes into the urn of this computer under the hash of what it was sealed to, with no person, time or
order. Own ones leave for the shared folder in a later round; those that were given on the organiser's own computer (the
laptop that was passed round, sheets of paper) wait where they are.
"""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.ids import natural_id
from observe_app.domain.surveys.sheet import checked_sheet, content_of
from observe_app.domain.surveys.survey import SurveyAnswer, SurveyState
from observe_app.services.surveys.surveys import form_of, today
from observe_app.services.sync.sealed import FORMAT, seal, signed_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.form import Form
    from observe_app.domain.surveys.sheet import Given
    from observe_app.domain.surveys.survey import Survey
    from observe_app.services.core import Core


class Way(StrEnum):
    """How an answer was given."""

    OWN = "own"
    PASSED = "passed"
    PAPER = "paper"


def answer(core: Core, *, survey_id: str, given: Mapping[str, Given], way: Way = Way.OWN, person_id: str = "") -> None:
    """Keep a filled survey.

    Args:
        core: the open data folder.
        survey_id: of the survey.
        given: by item id.
        way: OWN: oneself, who is not asked again; PASSED: somebody at this computer; PAPER: typed in from paper.
        person_id: whose a named answer on paper or on a laptop passed round is, "" for nobody known.

    Raises:
        NotFound: no such survey. Invalid: rule "closed" where it takes no answers, "empty" where nothing was
            answered, or an answer that its question does not take. VaultClosed: a named answer to somebody else's
            survey is signed, and the keys are locked.
    """
    from observe_app.store.sync.urn import redeal  # noqa: PLC0415  (comes with the schema)

    with core.store.read() as unit:
        survey = unit.surveys.surveys.get(survey_id)
        mine = unit.surveys.secrets.has(survey_id)
        here = mine and unit.surveys.secrets.get(survey_id).collector == core.store.writer
    form = _open_form(core, survey, way, mine=mine)
    sheet = checked_sheet(form, given)
    if not sheet:
        raise Invalid("answer", "", "empty")
    who = (core.settings.get().me_id or "") if way is Way.OWN else person_id
    content = content_of(sheet)
    if not survey.anonymous and mine:
        _keep_named(core, survey, who, content, done=way is Way.OWN)
        return
    table: dict[str, Any] = {"format": FORMAT, "survey": survey_id, "answers": json.loads(content)}
    if not survey.anonymous:
        table["by"] = _signature(core, survey_id, table["answers"])
    try:
        name, raw = seal(table, survey.key)
    except ValueError as error:
        raise Invalid("survey_form", survey_id, "unreadable") from error
    with core.store.write("survey.answer") as unit:
        unit.surveys.put_in(name, survey_id, raw, leave=not here)
        redeal(unit.plain, survey_id)
        if way is Way.OWN:
            unit.surveys.keep_done(survey_id, who)
        unit.commit()
    with suppress(ObserveError):  # it is kept; the log that tells one answer from the next is emptied with the next
        core.store.ledger.empty_log()


def _open_form(core: Core, survey: Survey, way: Way, *, mine: bool) -> Form:
    form = form_of(survey.content)
    if survey.deleted:
        raise NotFound("survey", survey.id)
    if form is None:
        raise Invalid("survey_form", survey.id, "unreadable")
    late = mine and way is Way.PAPER and survey.state != SurveyState.DRAFT
    if not late and not survey.takes_answers(today(core)):
        raise Invalid("survey", survey.title[:40], "closed")
    return form


def _keep_named(core: Core, survey: Survey, who: str, content: str, *, done: bool) -> None:
    row = natural_id("survey_answer", survey.id, who) if who else core.ids.new()
    with core.store.write("survey.answer_named") as unit:
        unit.surveys.answers.put(SurveyAnswer(row, survey.id, content, 1, who, today(core)))
        if done:
            unit.surveys.keep_done(survey.id, who)
        unit.commit()


def _signature(core: Core, survey_id: str, answers: object) -> dict[str, str]:
    keys, on = core.vault.keys(), today(core).isoformat()
    return {
        "fingerprint": keys.fingerprint, "on": on,
        "signature": keys.sign(signed_part(survey_id, on, answers)).hex(),
    }  # fmt: skip
