"""What two of one's computers wrote into a session without seeing each other is asked about, in words; so is undo."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import observe_app
from observe_app.services import also_written, people
from observe_app.services.sessions import attendance, follow_ups, sessions
from observe_app.ui.also.words import field_words, plain_words
from observe_app.ui.undo_words import what_was_done
from tests.also_hands import Colleague, ops_of
from tests.services.sessions.made import meeting

if TYPE_CHECKING:
    from observe_app.services.core import Core


def write(core: Core, session_id: str, notes: str) -> None:
    """Write notes by somebody who sees what stands there."""
    sessions.edit(core, session_id=session_id, seen=sessions.open_session(core, session_id).seen, notes=notes)


HOME = Path(observe_app.__file__).parent / "services" / "sessions"


def test_notes_written_on_two_computers_are_both_kept_and_joined(core: Core) -> None:
    me = people.add(core, name="Jonas Brandt")
    core.store.me = me.id
    home = Colleague(core, "", writer="cccccccc", fingerprint="c" * 32)
    home.link(me.id)
    found = meeting(core)
    write(core, found.session, "They waited. Nobody spoke.")
    seen = ops_of(core, "session", found.session, "notes")
    write(core, found.session, "They waited. Nobody spoke. Then three hands.")
    home.writes("session", found.session, {"notes": "They waited for long. Nobody spoke."}, seen=seen)

    open_one = also_written.of_cell(core, table="session", row=found.session, column="notes")

    assert open_one is not None
    assert field_words(open_one, also_written.place_of(core, open_one)) == "Session “Wait time, week 2”: notes"
    assert also_written.joined(open_one) == "They waited for long. Nobody spoke. Then three hands."


def test_attendance_changed_after_it_came_is_no_question(core: Core) -> None:
    me = people.add(core, name="Jonas Brandt")
    core.store.me = me.id
    home = Colleague(core, "", writer="cccccccc", fingerprint="c" * 32)
    home.link(me.id)
    found = meeting(core)
    kept = attendance.mark(core, session_id=found.session, person_id=found.people[0].id, state="present")
    home.writes("attendance", kept.id, {"state": "part"}, seen=ops_of(core, "attendance", kept.id, "state"))

    attendance.mark(core, session_id=found.session, person_id=found.people[0].id, state="apologies")

    assert also_written.open_conflicts(core) == ()


def test_an_owner_and_a_state_are_told_in_words(core: Core) -> None:
    found = meeting(core)
    promise = follow_ups.add(core, session_id=found.session, text="Share", owner_id=found.people[0].id)

    assert plain_words(core, "follow_up", "owner_id", promise.owner_id) == "Amina Diallo-Žižek"
    assert plain_words(core, "attendance", "state", "part") == "there in part"
    assert plain_words(core, "session", "state", "held") == "held"


def test_every_act_has_words_for_undo() -> None:
    kinds = {
        kind
        for path in HOME.glob("*.py")
        for kind in re.findall(r'"((?:session|follow_up)\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    } | {"session.agenda", "session.parking", "session.decision"}

    assert len(kinds) > 15
    assert {kind for kind in kinds if what_was_done(kind) == "Change"} == set()
