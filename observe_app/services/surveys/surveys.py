"""Surveys: making, opening and closing them, and which there are.

A draft is a record of the organiser alone. Opening makes another record of it, whose id says whose it is, with a key
for its answers; that one travels to everybody in the shared folder, and what it promises is never changed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict, Unpack
from zoneinfo import ZoneInfo

from observe_app.domain.changes import NOTHING_SEEN, Seen
from observe_app.domain.errors import Ambiguous, Invalid, NotFound, VaultClosed
from observe_app.domain.surveys.survey import (
    LEAST,
    Survey,
    SurveyKind,
    SurveySecret,
    SurveyState,
    checked_days,
    checked_form,
    checked_least,
    checked_title,
)
from observe_app.domain.sync.survey_rights import WHOSE, public_id
from observe_app.services.forms.reader import read_bytes_as
from observe_app.services.forms.writer import dumps_toml
from observe_app.services.sync.sealed import new_key

if TYPE_CHECKING:
    from datetime import tzinfo

    from observe_app.domain.form import Form
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit


_NOBODY = "0" * WHOSE
"""Instead of a fingerprint, where somebody has none."""


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A survey as a list shows it.

    Attributes:
        form: what it asks, None where this version cannot read it.
        mine: one made it. maker: name of who did, "" for unknown.
        here: its answers are collected on this computer.
        asked: how many were asked, None for unknown; known to its maker alone.
        released: answers that results are made of. waiting: sealed ones here that nobody sees yet.
        leaving: own or passed-round answers that are still to leave this computer.
        stays: it was opened where nothing is shared, and travels to nobody.
        done: oneself answered it on this computer, or will not.
    """

    survey: Survey
    form: Form | None
    mine: bool = False
    maker: str = ""
    here: bool = False
    asked: int | None = None
    released: int = 0
    waiting: int = 0
    leaving: int = 0
    stays: bool = False
    done: bool = False


class SurveyFields(TypedDict, total=False):
    """What can be changed of a draft."""

    title: str
    kind: str
    anonymous: bool
    least: int
    group_id: str
    session_id: str
    series_id: str
    opens: date | None
    closes: date | None


# --- reading ---------------------------------------------------------------------------------------------------------


def listing(core: Core) -> tuple[SurveyView, ...]:
    """Return every survey there is, the newest first."""
    with core.store.read() as unit:
        found = unit.surveys.surveys.find()
        views = _views(core, unit, found)
    makers = _makers(core)
    return tuple(
        sorted(
            (one if one.mine else replace(one, maker=makers.get(one.survey.id[:WHOSE], "")) for one in views),
            key=lambda one: (one.survey.created, one.survey.id), reverse=True,
        )
    )  # fmt: skip


def view(core: Core, survey_id: str) -> SurveyView:
    """Return one survey.

    Raises:
        NotFound: no such id, or it was deleted.
    """
    with core.store.read() as unit:
        survey = _there(unit, survey_id)
        (found,) = _views(core, unit, (survey,))
    return found if found.mine else replace(found, maker=_makers(core).get(survey.id[:WHOSE], ""))


def resolve(core: Core, begin: str) -> str:
    """Return the id of the survey whose id, or the part of it behind its maker's, begins or ends so.

    Raises:
        NotFound: none does. Ambiguous: several do.
    """
    known = [one.survey.id for one in listing(core)]
    if begin in known:
        return begin
    found = [
        one for one in known
        if begin and (one.startswith(begin) or one.endswith(begin) or one.partition("-")[2].startswith(begin))
    ]  # fmt: skip
    if len(found) > 1:
        raise Ambiguous("survey", begin, tuple(found[:5]))
    if not found:
        raise NotFound("survey", begin)
    return found[0]


def of_session(core: Core, session_id: str) -> tuple[SurveyView, ...]:
    """Return the surveys of a session, the first one made first."""
    return tuple(one for one in reversed(listing(core)) if session_id and one.survey.session_id == session_id)


def of_series(core: Core, series_id: str) -> tuple[SurveyView, ...]:
    """Return the surveys that follow each other, the first one made first."""
    return tuple(one for one in reversed(listing(core)) if series_id and one.survey.series_id == series_id)


def waiting_for_me(core: Core) -> tuple[SurveyView, ...]:
    """Return the surveys that one is asked to answer, those that end first before others."""
    me, day = core.settings.get().me_id, today(core)
    with core.store.read() as unit:
        if not unit.surveys.surveys.find(state=SurveyState.OPEN.value):
            return ()
        asked = {one.survey_id for one in unit.surveys.secrets.find() if me and me in one.asked}
    found = [
        one for one in listing(core)
        if one.form is not None and not one.done and one.survey.takes_answers(day)
        and (not one.mine or one.survey.id in asked)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.survey.closes or date.max, one.survey.created)))


def seen_of(core: Core, survey_id: str) -> Seen:
    """Return what an editor of a draft displays."""
    with core.store.read() as unit:
        return unit.seen(("survey", survey_id), ("survey_secret", survey_id))


def asked_of(core: Core, survey_id: str) -> tuple[str, ...]:
    """Return the ids of those who were asked; none for a survey of somebody else."""
    with core.store.read() as unit:
        return unit.surveys.secrets.get(survey_id).asked if unit.surveys.secrets.has(survey_id) else ()


@lru_cache(maxsize=64)
def form_of(content: str) -> Form | None:
    """Return the form that a survey holds, None where it cannot be read or asks what no survey can."""
    form = read_bytes_as(content.encode("utf-8", "replace")).form
    try:
        return None if form is None else checked_form(form)
    except Invalid:
        return None


def today(core: Core) -> date:
    """Return the present day where this computer is."""
    zone: tzinfo = UTC
    try:
        zone = ZoneInfo(core.clock.zone_name())
    except (KeyError, ValueError, OSError):
        zone = UTC
    return core.clock.now().astimezone(zone).date()


# --- making ----------------------------------------------------------------------------------------------------------


def create(core: Core, *, form: Form, asked: tuple[str, ...] = (), **fields: Unpack[SurveyFields]) -> Survey:
    """Make a draft of a form used as a survey; nobody else sees it.

    Args:
        core: the open data folder.
        form: what it asks; kept as it is now.
        asked: ids of the people; without any, those of the group, if there is one.
        fields: the title, and what else is known of it.

    Raises:
        Invalid: title, form, days or number of answers that the rules refuse. NotFound: no such group or session.
    """
    fields["title"] = fields.get("title", "")
    wanted = _checked(fields)
    survey = replace(
        Survey(core.ids.new(), "", dumps_toml(checked_form(form)), core.clock.now()),
        organiser_id=core.settings.get().me_id or "", **wanted,
    )  # fmt: skip
    checked_days(survey.opens, survey.closes)
    people = asked or people_of(core, survey.group_id)
    with core.store.write("survey.create") as unit:
        for there, one in ((unit.groups.groups, survey.group_id), (unit.sessions.sessions, survey.session_id)):
            if one:
                there.get(one)
        unit.surveys.surveys.add(survey)
        unit.surveys.secrets.add(SurveySecret(survey.id, survey.id, asked=people))
        unit.commit()
    return survey


def edit(
    core: Core, *, survey_id: str, seen: Seen = NOTHING_SEEN, asked: tuple[str, ...] | None = None,
    form: Form | None = None, **fields: Unpack[SurveyFields],
) -> Survey:  # fmt: skip
    """Change a draft; of a survey that was opened only its title and its last day.

    Raises:
        NotFound: no such survey of one's own. Invalid: what the rules refuse, or rule "promised".
    """
    wanted: dict[str, object] = dict(_checked(fields))
    with core.store.write("survey.edit", seen=seen) as unit:
        survey, _secret = _own(unit, survey_id)
        if survey.state != SurveyState.DRAFT and (set(wanted) - {"title", "closes", "series_id"} or form is not None):
            raise Invalid("survey", survey_id, "promised")
        if form is not None:
            wanted["content"] = dumps_toml(checked_form(form))
        found = unit.surveys.surveys.change(survey_id, wanted)
        checked_days(found.opens, found.closes)
        if asked is not None:
            unit.surveys.secrets.change(survey_id, {"asked": asked})
        unit.commit()
    return found


def open_survey(core: Core, *, survey_id: str) -> Survey:
    """Open a draft: from now on it can be answered, and everybody in the shared folder reads it.

    Returns:
        The survey that was opened; the draft it was made of is gone.

    Raises:
        NotFound: no such survey of one's own. Invalid: rule "promised" where it was opened before.
    """
    identity, key = new_key()
    try:
        whose = core.vault.keys().fingerprint
    except VaultClosed:  # nothing is shared: it stays on this computer, where a laptop can be passed round
        whose = _NOBODY
    with core.store.write("survey.open", undoable=False) as unit:
        draft, secret = _own(unit, survey_id)
        if draft.state != SurveyState.DRAFT:
            raise Invalid("survey", survey_id, "promised")
        survey = replace(
            draft, id=public_id(whose, secrets.token_bytes(12)), state=SurveyState.OPEN.value, key=key,
            created=core.clock.now(),
        )  # fmt: skip
        unit.surveys.surveys.remove(survey_id)
        unit.surveys.secrets.remove(survey_id)
        unit.surveys.surveys.add(survey)
        unit.surveys.secrets.add(
            replace(secret, id=survey.id, survey_id=survey.id, identity=identity, collector=core.store.writer)
        )
        unit.commit()
    return survey


def reopen(core: Core, *, survey_id: str) -> Survey:
    """Open a closed survey again; a last day that is over is taken away.

    Raises:
        NotFound: no such survey of one's own.
    """
    return turn(core, survey_id, SurveyState.OPEN)


def remove(core: Core, *, survey_id: str) -> None:
    """Move a survey to the bin, for everybody; undo brings it back.

    Raises:
        NotFound: no such survey of one's own.
    """
    with core.store.write("survey.remove") as unit:
        _own(unit, survey_id)
        unit.surveys.surveys.remove(survey_id)
        unit.commit()


def next_round(core: Core, *, survey_id: str, kind: str = SurveyKind.PULSE) -> Survey:
    """Make a draft that asks the same once more, in one series with the survey it follows.

    Raises:
        NotFound: no such survey of one's own.
    """
    with core.store.write("survey.again") as unit:
        before, secret = _own(unit, survey_id)
        series = before.series_id or core.ids.new()
        if not before.series_id:
            unit.surveys.surveys.change(before.id, {"series_id": series})
        draft = replace(
            before, id=core.ids.new(), series_id=series, kind=str(kind), state=SurveyState.DRAFT.value, key="",
            opens=None, closes=None, created=core.clock.now(),
        )  # fmt: skip
        unit.surveys.surveys.add(draft)
        unit.surveys.secrets.add(SurveySecret(draft.id, draft.id, asked=secret.asked))
        unit.commit()
    return draft


def not_for_me(core: Core, *, survey_id: str) -> None:
    """Ask oneself no more on this computer; nobody else learns of it."""
    with core.store.write("survey.pass") as unit:
        unit.surveys.keep_done(survey_id, core.settings.get().me_id or "")
        unit.commit()


def take_over(core: Core, *, survey_id: str) -> None:
    """Collect answers on this computer from now on, and on no other of one's own.

    Raises:
        NotFound: no such survey of one's own.
    """
    with core.store.write("survey.take_over", undoable=False) as unit:
        _own(unit, survey_id)
        unit.surveys.secrets.change(survey_id, {"collector": core.store.writer})
        unit.commit()


# --- helpers ---------------------------------------------------------------------------------------------------------


def turn(core: Core, survey_id: str, state: SurveyState) -> Survey:
    """Close a survey, or open it again. Whoever closes one has `collecting.close`, which shows what waits.

    Raises:
        NotFound: no such survey of one's own.
    """
    with core.store.write(f"survey.{'close' if state is SurveyState.CLOSED else 'reopen'}") as unit:
        survey, _secret = _own(unit, survey_id)
        if survey.state == SurveyState.DRAFT:
            raise NotFound("survey", survey_id)
        changes: dict[str, object] = {"state": state.value}
        if state is SurveyState.OPEN and survey.closes is not None and survey.closes < today(core):
            changes["closes"] = None
        found = unit.surveys.surveys.change(survey_id, changes)
        unit.commit()
    return found


def _checked(fields: SurveyFields) -> SurveyFields:
    found = SurveyFields(**fields)
    if "title" in found:
        found["title"] = checked_title(found["title"])
    if "least" in found:
        found["least"] = checked_least(found["least"])
    if "kind" in found:
        if found["kind"] not in {one.value for one in SurveyKind}:
            raise Invalid("kind", str(found["kind"])[:40], "unknown", ", ".join(SurveyKind))
        found["kind"] = str(found["kind"])
    return found


def _there(unit: ReadUnit, survey_id: str) -> Survey:
    survey = unit.surveys.surveys.get(survey_id)
    if survey.deleted:
        raise NotFound("survey", survey_id)
    return survey


def _own(unit: ReadUnit, survey_id: str) -> tuple[Survey, SurveySecret]:
    survey = _there(unit, survey_id)
    if not unit.surveys.secrets.has(survey_id):
        raise NotFound("survey", survey_id)
    return survey, unit.surveys.secrets.get(survey_id)


def _views(core: Core, unit: ReadUnit, found: tuple[Survey, ...]) -> list[SurveyView]:
    kept = {one.survey_id: one for one in unit.surveys.secrets.find()}
    released, waiting, leaving = unit.surveys.released(), unit.surveys.waiting(), unit.surveys.leaving()
    settings = core.settings.get()
    done = unit.surveys.done_by(settings.me_id or "")
    views = []
    for survey in found:
        own = kept.get(survey.id)
        views.append(
            SurveyView(
                survey, form_of(survey.content), own is not None, settings.my_name if own is not None else "",
                own is not None and own.collector == core.store.writer,
                len(own.asked) if own is not None and own.asked else None,
                released.get(survey.id, 0), waiting.get(survey.id, 0), leaving.get(survey.id, 0),
                survey.id.startswith(_NOBODY), survey.id in done,
            )
        )  # fmt: skip
    return views


def _makers(core: Core) -> dict[str, str]:
    """Return the names of everybody with a card, by the digits that ids of their surveys begin with."""
    from observe_app.services.sync import colleagues, setup  # noqa: PLC0415  (loads the schema)

    if not setup.folders(core):
        return {}
    return {one.card.fingerprint[:WHOSE]: one.card.name for one in colleagues.listing(core, numbers=False)}


def people_of(core: Core, group_id: str) -> tuple[str, ...]:
    """Return the ids of those who belong to a group today; none without a group."""
    if not group_id:
        return ()
    from observe_app.services.groups.groups import members  # noqa: PLC0415  (only for a group)

    return tuple(one.id for one in members(core, group_id))


__all__ = [
    "LEAST", "SurveyFields", "SurveyView", "asked_of", "create", "edit", "form_of", "listing", "next_round",
    "not_for_me", "of_series", "of_session", "open_survey", "people_of", "remove", "reopen", "resolve", "seen_of",
    "take_over", "today", "turn", "view", "waiting_for_me",
]  # fmt: skip
