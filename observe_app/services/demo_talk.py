"""The sample's conversation and what follows it, through the same services as a real one."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
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


def release_feedback(core: Core, visit_id: str, at: datetime) -> Release:
    """Release a visit to its teacher, and no more."""
    from observe_app.services import releases  # noqa: PLC0415  (loads the pages)

    _go_to(core, at)
    return releases.release(core, visit_id=visit_id)


def release(core: Core, visit_id: str, at: datetime) -> Release:
    """Release a visit and hand over its summary, which is kept as a copy that went out."""
    from observe_app.services import releases  # noqa: PLC0415  (loads the pages)

    made = release_feedback(core, visit_id, at)
    document = releases.document_of(made)
    name = f"Feedback {document.teacher} {document.date_label}.pdf"
    releases.add_copy(
        core,
        release=made,
        reader=document.teacher,
        way="file",
        scope="summary",
        file_name=name,
        data=_summary(made),
    )
    return made


def _summary(made: Release) -> bytes:
    from dataclasses import replace  # noqa: PLC0415

    from observe_app.services import releases  # noqa: PLC0415
    from observe_app.services.pdf import feedback_pdf  # noqa: PLC0415  (ReportLab)

    return feedback_pdf(replace(releases.document_of(made), scope="summary"))[0]


def reply(core: Core, made: Release, at: datetime) -> None:
    """Fill the released PDF as a teacher does in any reader, and take it in."""
    from pypdf import PdfWriter  # noqa: PLC0415

    from observe_app.services import replies  # noqa: PLC0415

    values = {"overall": words.REPLY_OVERALL, "step": words.REPLY_STEP, "readers": words.REPLY_READER}
    values |= {"name": words.REPLY_NAME, "received": "/Yes"}
    for number, (stance, text) in enumerate(words.REPLY_POINTS, start=1):
        values |= {f"words_{number}": text} | ({f"stance_{number}": f"/{stance}"} if stance else {})
    filled = PdfWriter(clone_from=io.BytesIO(_summary(made)))
    for page in filled.pages:
        filled.update_page_form_field_values(page, values, auto_regenerate=False)
    _go_to(core, at)
    with TemporaryDirectory() as folder:
        file = Path(folder) / words.REPLY_FILE
        with file.open("wb") as stream:
            filled.write(stream)
        replies.import_reply(core, file)


def _go_to(core: Core, moment: datetime) -> None:
    """Bring a clock that is led by hand to a moment; it never goes back."""
    if isinstance(core.clock, FakeClock) and moment > core.clock.at:
        core.clock.advance(ms=int((moment - core.clock.at).total_seconds() * 1000))
