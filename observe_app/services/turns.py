"""The feedback conversation: when it began and ended, and who said what, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Invalid
from observe_app.domain.event import Draft
from observe_app.domain.turn import Turn, Voice
from observe_app.services import protocols

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

MAX_WORDS = 20_000
DRAFT_SLOT = "turn"
"""Slot of the unfinished line; the voice stands behind a colon, as in "turn:teacher"."""

PROMPT_SLOT = "prompt"
"""Slot of the prompt that is asked now, and since when."""


def _words(text: str) -> str:
    from observe_app.domain.note_line import clean_note  # noqa: PLC0415  (compiles patterns; not needed to start)

    cleaned = clean_note(text)
    if not cleaned:
        raise Invalid("turn", "", "empty")
    if len(cleaned) > MAX_WORDS:
        raise Invalid("turn", cleaned[:40], "too_long", str(MAX_WORDS))
    return cleaned


# --- turns -----------------------------------------------------------------------------------------------------------


def of_visit(core: Core, visit_id: str) -> tuple[Turn, ...]:
    """Return what was said in a visit's conversation, in order."""
    with core.store.read() as unit:
        return unit.after.turns(visit_id)


def open_turn(core: Core, turn_id: str) -> Opened[Turn]:
    """Return a turn for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.after.turn(turn_id), unit.seen(("turn", turn_id)))


def add(core: Core, *, visit_id: str, voice: Voice, text: str, prompt: str = "") -> Turn:
    """Write down what was said; the unfinished line is done with it.

    Raises:
        Invalid: no words, or too many. NotFound: no such visit.
    """
    turn = Turn(core.ids.new(), visit_id, voice, _words(text), prompt, core.clock.now())
    with core.store.write("turn.add", scope=visit_id) as unit:
        unit.visits.get(visit_id)
        unit.after.add_turn(turn)
        for draft in unit.drafts.of_visit(visit_id):
            if _is_line(draft.slot):
                unit.drafts.drop(visit_id, draft.slot)
        unit.commit()
        return unit.after.turn(turn.id)


def edit(
    core: Core,
    *,
    turn_id: str,
    seen: Seen,
    text: str | None = None,
    voice: Voice | None = None,
    position: float | None = None,
) -> Opened[Turn]:
    """Change a turn; None leaves a field as it is.

    Raises:
        Invalid: no words, or too many. NotFound: no such id.
    """
    fields: dict[str, object] = {}
    if text is not None:
        fields["text"] = _words(text)
    if voice is not None:
        fields["voice"] = voice
    if position is not None:
        fields["position"] = position
    visit_id = open_turn(core, turn_id).value.visit_id
    with core.store.write("turn.edit", scope=visit_id, seen=seen) as unit:
        unit.after.change_turn(turn_id, fields)
        unit.commit()
    return open_turn(core, turn_id)


def delete(core: Core, *, turn_id: str, seen: Seen) -> None:
    """Move a turn to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    visit_id = open_turn(core, turn_id).value.visit_id
    with core.store.write("turn.delete", scope=visit_id, seen=seen) as unit:
        unit.after.change_turn(turn_id, {"deleted": True})
        unit.commit()


# --- the conversation ------------------------------------------------------------------------------------------------


def start_talk(core: Core, visit_id: str) -> Visit:
    """Begin the conversation: the visit keeps a copy of its protocol from now on. One that has begun stays as it is.

    Raises:
        NotFound: no such id.
    """
    from observe_app.services.protocol_file import dumps_snapshot  # noqa: PLC0415

    with core.store.read() as reading:
        visit = reading.visits.get(visit_id)
        seen = reading.seen(("visit", visit_id))
    if visit.talk_started is not None:
        return visit
    protocol = protocols.of_visit(core, visit)
    fields = {
        "talk_started": core.clock.now(),
        "talk_ended": None,
        "protocol_id": protocol.id,
        "protocol_snapshot": dumps_snapshot(protocol),
    }
    return _set(core, "talk.start", visit_id, seen, fields)


def end_talk(core: Core, visit_id: str) -> Visit:
    """End the conversation; one that has not begun or has ended stays as it is.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as reading:
        visit = reading.visits.get(visit_id)
        seen = reading.seen(("visit", visit_id))
    if visit.talk_started is None or visit.talk_ended is not None:
        return visit
    ended = max(core.clock.now(), visit.talk_started)
    return _set(core, "talk.end", visit_id, seen, {"talk_ended": ended})


def go_on(core: Core, visit_id: str) -> Visit:
    """Open a conversation again that was ended; its clock runs on from its beginning.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as reading:
        seen = reading.seen(("visit", visit_id))
    return _set(core, "talk.start", visit_id, seen, {"talk_ended": None})


def _set(core: Core, kind: str, visit_id: str, seen: Seen, fields: Mapping[str, object]) -> Visit:
    with core.store.write(kind, scope=visit_id, seen=seen) as unit:
        unit.visits.change(visit_id, fields)
        unit.commit()
        return unit.visits.get(visit_id)


# --- what is not finished --------------------------------------------------------------------------------------------


def draft(core: Core, visit_id: str) -> tuple[Voice | None, str]:
    """Return who was speaking and the unfinished line; (None, "") where there is none."""
    with core.store.read() as unit:
        found = next((one for one in unit.drafts.of_visit(visit_id) if _is_line(one.slot)), None)
    if found is None:
        return None, ""
    voice = found.slot.partition(":")[2]
    return (Voice(voice) if voice in set(Voice) else None), found.text


def keep_draft(core: Core, *, visit_id: str, voice: Voice, text: str) -> None:
    """Keep the unfinished line, outside the journal; an empty one is forgotten."""
    with core.store.write("draft", undoable=False) as unit:
        for old in unit.drafts.of_visit(visit_id):
            if _is_line(old.slot):
                unit.drafts.drop(visit_id, old.slot)
        if text:
            unit.drafts.keep(Draft(visit_id, f"{DRAFT_SLOT}:{voice.value}", text, 0, core.clock.now()))
        unit.commit()


def prompt_now(core: Core, visit_id: str) -> tuple[str, datetime | None]:
    """Return the id of the prompt that is asked now and since when, aware UTC; ("", None) before the first."""
    with core.store.read() as unit:
        found = next((one for one in unit.drafts.of_visit(visit_id) if one.slot == PROMPT_SLOT), None)
    return ("", None) if found is None else (found.text, found.wall)


def ask(core: Core, *, visit_id: str, prompt: str) -> None:
    """Keep which prompt is asked from now on; it is part of no record, and of this computer only."""
    with core.store.write("draft", undoable=False) as unit:
        unit.drafts.keep(Draft(visit_id, PROMPT_SLOT, prompt, 0, core.clock.now()))
        unit.commit()


def _is_line(slot: str) -> bool:
    return slot.partition(":")[0] == DRAFT_SLOT
