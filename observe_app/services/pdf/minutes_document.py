"""The minutes of a session as data: in reading order, before any page exists.

Every text is somebody's own or a filled sentence of `minutes_words`; nothing in it is markup. What the facilitator
noted is in it only where that was asked for.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the agenda. who, planned, taken: in words, "" where nothing is known."""

    title: str
    who: str = ""
    planned: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A follow-up. who, by, state: in words. since: in which session it was promised, "" for this one."""

    text: str
    who: str = ""
    by: str = ""
    state: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class MinutesDocument:
    """Minutes of one session.

    Attributes:
        session_id: whose minutes they are. group: its name, "" for none. when: weekday, date, time, "" for no day.
        meta: place, who led it and who wrote, a line each.
        planned: it was not held yet, so that this is its agenda.
        people: who was there, with apologies, not there: a sentence each. parking: with what earlier sessions left.
        resources: what was worked with, with the line on its terms.
        notes: paragraphs, () where they were not asked for. next_when: the next session, "" for none.
        made: moment of making, ISO 8601 in UTC: same document, same bytes. made_label: its date in words.
    """

    session_id: str
    title: str
    group: str = ""
    when: str = ""
    meta: tuple[str, ...] = ()
    planned: bool = False
    people: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    agenda_sum: str = ""
    decisions: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    parking: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    next_when: str = ""
    paper: Paper = "A4"
    language: str = "en"
    school: str = ""
    purpose_line: str = ""
    made: str = ""
    made_label: str = ""
    ink_saving: bool = False

    def to_json(self) -> str:
        """Return the document as indented JSON, keys in the order of reading."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
