"""From a session to its minutes as data, and the use cases of minutes on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.sessions.running import lasted_min
from observe_app.domain.sessions.states import FollowUpStatus, ItemKind, Presence, SessionState
from observe_app.services.pdf.dates import day, local, span
from observe_app.services.pdf.minutes_document import AgendaLine, MinutesDocument, Promise
from observe_app.services.pdf.minutes_words import minutes_words
from observe_app.services.pdf.words import page_language, words_for
from observe_app.services.sessions import attendance, items, series, sessions
from observe_app.services.sessions.follow_ups import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from observe_app.domain.groups.resource import Resource
    from observe_app.domain.progress import Progress
    from observe_app.domain.sessions.session import FollowUp, Session, SessionItem
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.minutes_words import MinutesWords
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.words import Words
    from observe_app.services.sessions.attendance import Line

_ENDED = frozenset({SessionState.HELD, SessionState.RUNNING})


@dataclass(frozen=True, slots=True)
class _Told:
    """What minutes are made from."""

    session: Session
    group: str
    lines: tuple[SessionItem, ...]
    sheet: tuple[Line, ...]
    promises: tuple[FollowUp, ...]
    earlier: tuple[FollowUp, ...]
    earlier_parking: tuple[SessionItem, ...]
    resources: tuple[Resource, ...]
    days: Mapping[str, str]
    names: Mapping[str, str]


def minutes(
    core: Core,
    session_id: str,
    *,
    with_notes: bool = False,
    paper: Paper | None = None,
    language: str = "",
    ink_saving: bool = False,
) -> MinutesDocument:
    """Return the minutes of a session as data; of one that is only planned its agenda.

    Args:
        core: the open data folder.
        session_id: the session.
        with_notes: with what the facilitator noted.
        paper: that of the settings when None.
        language: that of the settings when "".
        ink_saving: without filled areas.

    Raises:
        NotFound: no such session.
    """
    from observe_app.services.pdf.export import paper_of  # noqa: PLC0415  (only who makes pages needs it)

    chosen, now = core.settings.get(), core.clock.now()
    code = page_language(language or chosen.language or "en")
    words, own = words_for(code), minutes_words(code)
    told = _gathered(core, session_id, words)
    session = told.session
    following = series.next_of(core, session_id)
    return MinutesDocument(
        session_id=session.id,
        title=session.title,
        group=told.group,
        when=_when(session, words),
        meta=_meta(told, own),
        planned=session.state not in _ENDED,
        people=_people(told, own),
        objectives=tuple(line.strip(" -•\t") for line in session.objectives.splitlines() if line.strip(" -•\t")),
        agenda=tuple(_agenda(told, own)),
        agenda_sum=_sum(told, own),
        decisions=tuple(_with_text(one) for one in told.lines if one.kind == ItemKind.DECISION),
        promises=_promises(told, own, words),
        parking=_parking(told, own),
        resources=tuple(_resource(one, own) for one in told.resources),
        notes=tuple(line for line in session.notes.splitlines() if line.strip()) if with_notes else (),
        next_when=_when(following, words) if following is not None else "",
        paper=paper if paper is not None else paper_of(chosen.paper),
        language=code,
        school=chosen.school,
        purpose_line=chosen.purpose_line,
        made=now.isoformat(),
        made_label=day(local(now, core.clock.zone_name()), words),
        ink_saving=ink_saving,
    )


def minutes_pdf(document: MinutesDocument, progress: Progress | None = None) -> tuple[bytes, PdfResult]:
    """Return minutes as the bytes of a PDF and what there is to tell about them; same document, same bytes.

    Raises:
        Cancelled: the person asked to stop.
    """
    from observe_app.services.pdf.render import minutes_bytes  # noqa: PLC0415

    return minutes_bytes(document, progress)


def export_minutes(document: MinutesDocument, target: Path, progress: Progress | None = None) -> PdfResult:
    """Write minutes as PDF.

    Raises:
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    from observe_app.services.pdf.render import write_whole  # noqa: PLC0415

    data, result = minutes_pdf(document, progress)
    write_whole(target, data)
    return result


def file_name(document: MinutesDocument, day_text: str) -> str:
    """Return a name for the file: day and title without signs that folders do not take."""
    title = "".join(c if c.isalnum() or c in " -_." else " " for c in document.title)
    return f"{' '.join(f'{day_text} {title}'.split())[:80].strip(' .')}.pdf"


def _gathered(core: Core, session_id: str, words: Words) -> _Told:
    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        earlier = {one.id: one for one in items.earlier_sessions(unit, session)}
        days = {key: _day(one, words) for key, one in earlier.items()}
        return _Told(
            session,
            sessions.group_names(unit).get(session.group_id, ""),
            items.lines(unit, session_id),
            attendance.sheet_in(unit, session, core),
            unit.sessions.follow_ups.find(session_id=session_id, order="position"),
            items.carried_follow_ups(unit, session),
            items.carried_parking(unit, session),
            unit.groups.resources.find(session_id=session_id, order="created"),
            days,
            names_of(unit),
        )


def _day(session: Session, words: Words) -> str:
    found = sessions.day_of(session)
    return day(found, words) if found is not None else ""


def _when(session: Session, words: Words) -> str:
    begun = session.started or session.start
    if begun is None:
        return ""
    end = session.ended if session.started is not None else sessions.ends(session)
    return span(begun, end, session.zone, words)


def _meta(told: _Told, own: MinutesWords) -> tuple[str, ...]:
    session = told.session
    parts = (
        (own.led_by, session.facilitator_id),
        (own.written_by, session.recorder_id),
        (own.time_kept_by, session.time_keeper_id),
    )
    people = " · ".join(pattern.format(name=told.names[who]) for pattern, who in parts if who in told.names)
    return tuple(line for line in (session.place, people) if line)


def _people(told: _Told, own: MinutesWords) -> tuple[str, ...]:
    marks: dict[str, list[str]] = {}
    for line in told.sheet:
        state = line.mark.state if line.mark is not None else ""
        name = line.person.name
        if state == Presence.PART and line.mark is not None:
            minutes = line.mark.minutes
            pattern = own.in_part if minutes is None else own.in_part_minutes
            name = pattern.format(name=name, n=minutes)
        marks.setdefault(Presence.PRESENT.value if state == Presence.PART else state, []).append(name)
    if not any(marks.get(state.value) for state in Presence):
        return (own.expected.format(names=", ".join(marks[""])),) if marks.get("") else ()
    here = marks.get(Presence.PRESENT.value, [])
    found = [own.present.format(n=len(here), of=len(told.sheet), names=", ".join(here) or "–")]
    for pattern, state in ((own.apologies, Presence.APOLOGIES), (own.absent, Presence.ABSENT)):
        if marks.get(state.value):
            found.append(pattern.format(names=", ".join(marks[state.value])))
    return tuple(found)


def _agenda(told: _Told, own: MinutesWords) -> list[AgendaLine]:
    return [
        AgendaLine(
            one.title,
            told.names.get(one.person_id, ""),
            own.minutes.format(n=one.minutes) if one.minutes is not None else "",
            own.minutes.format(n=max(1, round(one.spent_s / 60))) if one.spent_s else "",
        )
        for one in told.lines
        if one.kind == ItemKind.AGENDA
    ]


def _sum(told: _Told, own: MinutesWords) -> str:
    total = items.planned_min(told.lines)
    session = told.session
    long = lasted_min(session) if session.ended is not None else session.minutes
    return own.sum.format(n=total, of=long) if total else ""


def _with_text(item: SessionItem) -> str:
    return f"{item.title} {' '.join(item.text.split())}".strip()


def _promises(told: _Told, own: MinutesWords, words: Words) -> tuple[Promise, ...]:
    states = {
        FollowUpStatus.OPEN.value: own.is_open,
        FollowUpStatus.DONE.value: own.is_done,
        FollowUpStatus.DROPPED.value: own.is_dropped,
    }

    def one(found: FollowUp, since: str) -> Promise:
        due = day(found.due, words) if found.due is not None else ""
        who = told.names.get(found.owner_id, own.nobody)
        return Promise(" ".join(found.text.split()), who, due, states.get(found.status, ""), since)

    fresh = [one(found, "") for found in told.promises]
    return (*fresh, *(one(found, told.days.get(found.session_id, "")) for found in told.earlier))


def _resource(one: Resource, own: MinutesWords) -> str:
    named = own.resource.format(title=one.title, licence=one.licence) if one.licence else one.title
    return f"{named} {one.link}".strip() if one.link and one.link != one.title else named


def _parking(told: _Told, own: MinutesWords) -> tuple[str, ...]:
    fresh = [_with_text(one) for one in told.lines if one.kind == ItemKind.PARKING and not one.done]
    earlier = (
        own.parked_since.format(title=_with_text(one), date=told.days[one.session_id])
        if told.days.get(one.session_id)
        else _with_text(one)
        for one in told.earlier_parking
    )
    return (*fresh, *earlier)
