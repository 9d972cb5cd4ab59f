"""Asking people around a session: what they need, before, and afterwards. The surveys themselves live in `surveys`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.services.sessions import sessions

if TYPE_CHECKING:
    from observe_app.domain.surveys.survey import Survey
    from observe_app.services.core import Core
    from observe_app.services.surveys.surveys import SurveyView


class Asked(StrEnum):
    """What a survey of a session is for."""

    NEEDS = "needs"
    BEFORE = "before"
    AFTER = "after"


_FORMS = {Asked.NEEDS: "needs-poll", Asked.BEFORE: "before-and-after", Asked.AFTER: "session-survey"}


def of_session(core: Core, session_id: str) -> tuple[SurveyView, ...]:
    """Return the surveys of a session, the first one made first."""
    from observe_app.services.surveys import surveys  # noqa: PLC0415  (only who looks at them pays for it)

    return surveys.of_session(core, session_id)


def ask(core: Core, *, session_id: str, what: Asked) -> Survey:
    """Make a draft of a survey of a session, of the form that fits; its people are those of the session's group.

    What is asked afterwards repeats the questions that were asked before, where there were some, so that the two can
    stand beside each other.

    Raises:
        NotFound: no such session. FormInvalid: the form is not there.
    """
    from observe_app.services.surveys import surveys  # noqa: PLC0415  (as above)

    session = sessions.get(core, session_id)
    if what is Asked.AFTER:
        for one in surveys.of_session(core, session_id):
            if one.survey.kind == Asked.BEFORE and one.mine:
                return surveys.next_round(core, survey_id=one.survey.id, kind=Asked.AFTER.value)
    form = core.catalogue.form(_FORMS[what])
    return surveys.create(
        core, form=form, title=session.title, kind=what.value, group_id=session.group_id, session_id=session_id
    )
