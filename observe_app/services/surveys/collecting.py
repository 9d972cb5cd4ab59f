"""What becomes of sealed answers on their organiser's computer: named ones are kept, anonymous ones wait for a batch.

Releasing is never taken back: who could see a batch, take it back and see a larger one would learn of the difference.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import NotFound
from observe_app.domain.ids import natural_id
from observe_app.domain.surveys.release import may_release, mixed
from observe_app.domain.surveys.sheet import content_of, sheet_of
from observe_app.domain.surveys.survey import SurveyAnswer, SurveyState
from observe_app.services.surveys.surveys import form_of, today, turn
from observe_app.services.sync.sealed import signed_part, unseal

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.domain.surveys.survey import Survey, SurveySecret
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit


def collect(core: Core) -> int:
    """Keep the named answers that came; return how many. Anonymous ones stay sealed, see `release`."""
    with core.store.read() as unit:
        waiting = unit.surveys.waiting()
        found = [
            one for one in unit.surveys.surveys.find()
            if not one.anonymous and waiting.get(one.id) and unit.surveys.secrets.has(one.id)
        ]  # fmt: skip
    return sum(_collect(core, survey) for survey in found)


def _collect(core: Core, survey: Survey) -> int:
    form, cards = form_of(survey.content), _cards(core)
    if form is None:
        return 0
    with core.store.write("survey.collect", undoable=False) as unit:
        secret = unit.surveys.secrets.get(survey.id)
        people = {one.card: one.id for one in unit.people.all(archived=True, merged=True) if one.card}
        rows = unit.surveys.in_urn(survey.id)
        kept = 0
        for _name, raw in rows:
            answer = _named(core, form, survey, _opened(raw, secret), cards, people)
            if answer is not None:
                unit.surveys.answers.put(answer)
                kept += 1
        _take(unit, secret, [name for name, _raw in rows])
        unit.commit()
    return kept


def release(core: Core, *, survey_id: str) -> int:
    """Show what waits of an anonymous survey, as one shuffled batch; return how many answers that were.

    Fewer than the survey promised are not shown: they wait for others, and 0 is returned.

    Raises:
        NotFound: no such survey of one's own.
    """
    with core.store.write("survey.release", undoable=False) as unit:
        survey = unit.surveys.surveys.get(survey_id)
        if survey.deleted or not survey.anonymous or not unit.surveys.secrets.has(survey_id):
            raise NotFound("survey", survey_id)
        secret = unit.surveys.secrets.get(survey_id)
        form = form_of(survey.content)
        if form is None or secret.collector != core.store.writer:
            return 0
        unit.surveys.take_out(secret.taken)  # what an older copy of the data brought back was shown already
        rows = unit.surveys.in_urn(survey_id)
        opened = {name: sheet_of(form, _opened(raw, secret).get("answers")) for name, raw in rows}
        sheets = [sheet for sheet in opened.values() if sheet]
        if not may_release(len(sheets), survey.least):
            _take(unit, secret, [name for name, sheet in opened.items() if not sheet])  # sealed, and nothing in it
            unit.commit()
            return 0
        fresh = [
            SurveyAnswer(secrets.token_hex(16), survey_id, content_of(sheet), secret.batches + 1)
            for sheet in mixed(form, sheets, SystemRandom())
        ]
        unit.surveys.answers.add_all(sorted(fresh, key=lambda one: one.id))
        _take(unit, replace(secret, batches=secret.batches + 1), [name for name, _raw in rows])
        unit.commit()
    core.store.ledger.empty_log()
    return len(sheets)


def close(core: Core, *, survey_id: str) -> Survey:
    """Close a survey; what waits is shown together where it is enough.

    Raises:
        NotFound: no such survey of one's own.
    """
    found = turn(core, survey_id, SurveyState.CLOSED)
    collect(core)
    if found.anonymous:
        release(core, survey_id=survey_id)
    return found


def _take(unit: WriteUnit, secret: SurveySecret, names: list[str]) -> None:
    taken = tuple(sorted({*secret.taken, *names}))
    unit.surveys.secrets.change(secret.id, {"taken": taken, "batches": secret.batches})
    unit.surveys.take_out(names)


def _opened(raw: bytes, secret: SurveySecret) -> dict[str, Any]:
    try:
        return unseal(raw, secret.identity, secret.survey_id)
    except ValueError:
        return {}


def _cards(core: Core) -> dict[str, str]:
    """Return the keys that check signatures, by fingerprint."""
    from observe_app.services.sync import colleagues  # noqa: PLC0415  (loads the schema)

    return {one.card.fingerprint: one.card.verify_key for one in colleagues.listing(core, numbers=False)}


def _named(
    core: Core, form: Form, survey: Survey, table: dict[str, Any], cards: dict[str, str], people: dict[str, str]
) -> SurveyAnswer | None:
    """Return a named answer, None where nobody we know signed it."""
    from observe_app.services.sync.crypto import verified  # noqa: PLC0415  (loads the schema)

    by = table.get("by")
    if not isinstance(by, dict) or not all(isinstance(by.get(key), str) for key in ("fingerprint", "on", "signature")):
        return None
    sheet = sheet_of(form, table.get("answers"))
    try:
        signature, on = bytes.fromhex(by["signature"]), date.fromisoformat(by["on"])
    except ValueError:
        return None
    key = cards.get(by["fingerprint"], "")
    if not sheet or not key or not verified(key, signed_part(survey.id, by["on"], table["answers"]), signature):
        return None
    who = people.get(by["fingerprint"], "")
    row = natural_id("survey_answer", survey.id, who or by["fingerprint"])
    return SurveyAnswer(row, survey.id, content_of(sheet), 1, who, min(on, today(core)))
