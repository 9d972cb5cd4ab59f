"""Where something that leaves is written, as a stage of the visit and a note there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import ObserveError
from observe_app.domain.visit import Stage
from observe_app.services import visits

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.wording import NameInText

_TALK = frozenset({"claim", "step", "turn"})


def place_of(core: Core, visit_id: str, found: NameInText) -> tuple[Stage, str]:
    """Return the stage at which a name stands, and the id of the event there, "" without one."""
    if found.kind in _TALK:
        return Stage.TALK, ""
    if found.kind == "visit":
        return (Stage.TALK if _in_summary(core, visit_id, found.name) else Stage.PREPARE), ""
    return Stage.OBSERVE, found.id if found.kind in {"note", "event"} else ""


def _in_summary(core: Core, visit_id: str, name: str) -> bool:
    """Whether it stands in the summary of the conversation, and not in focus or what to look for."""
    try:
        visit = visits.get(core, visit_id)
    except ObserveError:
        return False
    return name in visit.conversation and name not in visit.focus + visit.looking_for
