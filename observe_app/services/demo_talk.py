"""The sample's conversation and what follows it, through the same services as a real one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.clock import FakeClock
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.turn import Voice
from observe_app.services import demo_talk_words as words
from observe_app.services import journals, steps, turns, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from observe_app.domain.release import Release
    from observe_app.services.core import Core


def talk(core: Core, visit_id: str, begin: datetime, due: Callable[[datetime], date]) -> None:
    """Hold the conversation that began at `begin`; `due` makes a school day of a moment.

    The clock goes along where it is led by hand.
    """
    _go_to(core, begin)
    turns.start_talk(core, visit_id)
    for number, (voice, prompt, text) in enumerate(words.TURNS):
        _go_to(core, begin + timedelta(minutes=2 + 2.5 * number))
        turns.add(core, visit_id=visit_id, voice=Voice(voice), text=text, prompt=prompt)
    for text, help_, practice, notice, days in words.STEPS:
        steps.add(
            core,
            visit_id=visit_id,
            text=text,
            help=help_,
            practice=practice,
            notice=notice,
            due=due(begin + timedelta(days=days)),
        )
    _go_to(core, begin + timedelta(minutes=words.TALK_MINUTES))
    turns.end_talk(core, visit_id)
    opened = visits.open_visit(core, visit_id)
    visits.update(core, visit_id=visit_id, seen=opened.seen, conversation=words.SUMMARY)


def write_journal(core: Core, visit_id: str) -> None:
    """Write down what the observer takes along, and an entry of the journal."""
    journals.add(core, text=words.LEARNING, visit_id=visit_id, kind=EntryKind.LEARNING)
    journals.add(core, text=words.JOURNAL, visit_id=visit_id)


def look_at_earlier_steps(core: Core, visit_id: str, ids: Mapping[str, str]) -> None:
    """Link what a visit's notes show of earlier steps; `ids` are its notes by lesson time.

    A step of `CLOSED_BY` was seen by both and is done; one of `STEP_EVIDENCE` was seen by the observer alone.
    """
    for row in steps.earlier(core, visit_id):
        step = row.step
        done, seen_once = words.CLOSED_BY.get(step.text), words.STEP_EVIDENCE.get(step.text)
        clocks = done or seen_once or ()
        if not clocks or any(clock not in ids for clock in clocks):
            continue
        steps.link(core, visit_id=visit_id, step_id=step.id, event_ids=[ids[clock] for clock in clocks])
        voice = Voice.BOTH if done else Voice.OBSERVER
        opened = steps.open_step(core, step.id)
        opened = steps.say_seen(core, step_id=step.id, visit_id=visit_id, voice=voice, agrees=True, seen=opened.seen)
        if done:
            steps.close(core, step_id=step.id, visit_id=visit_id, seen=opened.seen)


def release(core: Core, visit_id: str, at: datetime) -> Release:
    """Release the visit and hand over the summary as a file, without writing one."""
    from observe_app.services import releases  # noqa: PLC0415  (only the sample needs it)

    _go_to(core, at)
    made = releases.release(core, visit_id=visit_id)
    return made


def reply(core: Core, made: Release, at: datetime) -> None:
    """Fill the released PDF as a teacher would, and take it in."""


def _go_to(core: Core, moment: datetime) -> None:
    """Bring a clock that is led by hand to a moment; it never goes back."""
    if isinstance(core.clock, FakeClock) and moment > core.clock.at:
        core.clock.advance(ms=int((moment - core.clock.at).total_seconds() * 1000))
