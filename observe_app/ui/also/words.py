"""Fields, values, people and moments in the words of the dialog about what was also written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence, Answer
from observe_app.domain.errors import NotFound, ObserveError
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.form import text_in
from observe_app.domain.people import Role
from observe_app.domain.sync.written import FieldKind, kind_of
from observe_app.domain.visit import Stage
from observe_app.services import also_written
from observe_app.ui import undo_words_groups as groups
from observe_app.ui import undo_words_learning as learning
from observe_app.ui import undo_words_people
from observe_app.ui import undo_words_rounds as rounds
from observe_app.ui import undo_words_sessions as sessions
from observe_app.ui.i18n import (
    absence_name,
    claim_name,
    language_name,
    long_date,
    role_name,
    short_date,
    stage_name,
    step_name,
    time_of_day,
)
from observe_app.ui.moments import list_date, local, time_words, today_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.form import Item
    from observe_app.domain.sync.conflict import Conflict, Version
    from observe_app.domain.sync.letter import Value
    from observe_app.services.also_written import Place
    from observe_app.services.core import Core

_MOST = 400


def field_words(conflict: Conflict, place: Place) -> str:
    """Return the name of a field, or of a whole record, as a person would call it."""
    name = _field(conflict.table, conflict.column)
    record = _record(conflict, place)
    if conflict.kind == "delete" or not name:
        return record
    if not record:
        return name
    return QCoreApplication.translate("also", "{record}: {field}").format(record=record, field=name)


def _record(conflict: Conflict, place: Place) -> str:
    tr = QCoreApplication.translate
    short = place.label if len(place.label) <= 40 else place.label[:39].rstrip() + "…"
    if conflict.table == "action_step":
        return tr("also", "Action step {n}").format(n=place.number)
    if conflict.table == "turn":
        return tr("also", "Conversation, line {n}").format(n=place.number)
    if conflict.table == "event":
        when = _clock(place.minute_ms or 0)
        kind = tr("also", "Note at {time}") if place.kind == "note" else tr("also", "What was recorded at {time}")
        return kind.format(time=when)
    if conflict.table == "claim":
        kind = claim_name(ClaimKind(place.kind)) if place.kind in list(ClaimKind) else tr("also", "Claim")
        return tr("also", "{kind} “{title}”").format(kind=kind, title=short) if short else kind
    if conflict.table == "visit":
        return tr("also", "Visit") if conflict.kind == "delete" else ""
    around = undo_words_people.RECORDS | groups.RECORDS | sessions.RECORDS | learning.RECORDS | rounds.RECORDS
    if conflict.table in around:
        kind = tr("also", str(around[conflict.table]))
        return tr("also", "{kind} “{title}”").format(kind=kind, title=short) if short else kind
    return {
        "answer": tr("also", "Answer in the form"), "reply": tr("also", "The teacher’s reply"),
        "journal_entry": tr("also", "Journal entry"), "person": short, "form_draft": tr("also", "Draft of a form"),
    }.get(conflict.table, "")  # fmt: skip


def _clock(offset_ms: int) -> str:
    from observe_app.domain.note_line import clock_text  # noqa: PLC0415  (compiles patterns; rarely wanted)

    return clock_text(offset_ms)


def _field(table: str, column: str) -> str:
    """Return the name of a field beside its record's; "" where the record is named by it."""
    tr = QCoreApplication.translate
    around = undo_words_people.COLUMNS | groups.COLUMNS | sessions.COLUMNS | learning.COLUMNS | rounds.COLUMNS
    if (table, column) in around:
        return tr("also", str(around[table, column]))
    return {
        ("visit", "class_name"): tr("also", "Class"), ("visit", "subject"): tr("also", "Subject"),
        ("visit", "topic"): tr("also", "Topic"), ("visit", "room"): tr("also", "Room"),
        ("visit", "class_size"): tr("also", "Students"), ("visit", "minutes"): tr("also", "Minutes"),
        ("visit", "start"): tr("also", "Date and time"), ("visit", "started"): tr("also", "Begin of the lesson"),
        ("visit", "ended"): tr("also", "End of the lesson"), ("visit", "stage"): tr("also", "Stage"),
        ("visit", "focus"): tr("also", "Focus"), ("visit", "looking_for"): tr("also", "Looking for"),
        ("visit", "context"): tr("also", "Context of the class"),
        ("visit", "preparation"): tr("also", "Notes of the meeting before"),
        ("visit", "conversation"): tr("also", "Conversation"), ("visit", "form_id"): tr("also", "Form"),
        ("visit", "seating"): tr("also", "Seating plan"), ("visit", "video_consent"): tr("also", "Consent to filming"),
        ("visit", "led"): tr("also", "Who leads the visit"), ("visit", "agreed_items"): tr("also", "Items agreed on"),
        ("visit", "protocol_id"): tr("also", "Protocol of the talk"),
        ("event", "speaker"): tr("also", "who spoke"), ("event", "to"): tr("also", "to whom"),
        ("event", "offset_ms"): tr("also", "time"), ("event", "value"): tr("also", "number"),
        ("event", "of"): tr("also", "base of the number"), ("event", "outcome"): tr("also", "outcome"),
        ("event", "tags"): tr("also", "tags"), ("event", "private"): tr("also", "private"),
        ("event", "starred"): tr("also", "star"), ("answer", "comment"): tr("also", "comment"),
        ("claim", "title"): tr("also", "heading"), ("claim", "kind"): tr("also", "column"),
        ("action_step", "owner_id"): tr("also", "whose step"), ("action_step", "due"): tr("also", "by when"),
        ("action_step", "help"): tr("also", "help"), ("action_step", "practice"): tr("also", "first practice"),
        ("action_step", "notice"): tr("also", "noticed by"), ("action_step", "status"): tr("also", "where it stands"),
        ("action_step", "teacher_agrees"): tr("also", "the teacher has seen it"),
        ("action_step", "observer_agrees"): tr("also", "the observer has seen it"),
        ("turn", "voice"): tr("also", "who said it"), ("reply", "step"): tr("also", "next step"),
        ("person", "name"): tr("also", "name"), ("person", "email"): tr("also", "email"),
        ("person", "staff_id"): tr("also", "staff number"), ("person", "subjects"): tr("also", "subjects"),
        ("person", "roles"): tr("also", "roles"), ("person", "language"): tr("also", "language"),
        ("person", "archived"): tr("also", "no longer here"),
    }.get((table, column), "")  # fmt: skip


def visit_words(core: Core, place: Place) -> str:
    """Return which visit it is: "Amina Diallo-Žižek · Year 8 · Tue 10 Mar"; "" for none."""
    day = ""
    if place.start is not None:
        zone = core.clock.zone_name()
        day = list_date(local(place.start, zone).date(), today_of(core.clock))
    return " · ".join(part for part in (place.teacher, place.class_name, day) if part)


# --- who and when -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Who:
    """A version's author in words: `words` such as "Your words", `show` for the button, `name` in a sentence."""

    name: str
    words: str
    show: str


def who(core: Core, version: Version, conflict: Conflict) -> Who:
    """Return whose version it is."""
    tr = QCoreApplication.translate
    written = kind_of(conflict.table, conflict.column) in (FieldKind.TEXT, FieldKind.LINE)
    if version.mine:
        several = sum(one.mine for one in conflict.versions) > 1
        here = version.laptop == core.store.writer
        if several and here:
            mine = tr("also", "Your words here") if written else tr("also", "Your choice here")
        elif several:
            mine = tr("also", "Your words, other computer") if written else tr("also", "Yours, other computer")
        else:
            mine = tr("also", "Your words") if written else tr("also", "Your choice")
        show = tr("also", "Show your words") if written else tr("also", "Show your choice")
        if several:
            show = tr("also", "Show this computer’s") if here else tr("also", "Show the other computer’s")
        return Who(tr("also", "you"), mine, show)
    name = version.by or tr("also", "somebody else")
    words = tr("also", "{name}’s words") if written else tr("also", "{name}’s choice")
    show = tr("also", "Show {name}’s words") if written else tr("also", "Show {name}’s choice")
    return Who(name, _upper(words.format(name=name)), show.format(name=name))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def when(core: Core, version: Version) -> str:
    """Return when a version was written, by its writer's clock: "Thu 12 Mar, 08:12"; "" for unknown."""
    if version.at is None:
        return ""
    zone = core.clock.zone_name()
    there = local(version.at, zone)
    words = QCoreApplication.translate("also", "{day}, {time}")
    return words.format(day=list_date(there.date(), today_of(core.clock)), time=time_words(version.at, zone))


def day_of(core: Core, version: Version) -> str:
    """Return the day alone: "Thu 12 Mar"."""
    return list_date(local(version.at, core.clock.zone_name()).date(), today_of(core.clock)) if version.at else ""


def names(core: Core, conflict: Conflict) -> str:
    """Return who wrote, in a sentence: "Joonas and you"."""
    found = list(dict.fromkeys(who(core, version, conflict).name for version in conflict.versions))
    tr = QCoreApplication.translate
    if len(found) == 1:
        return _upper(found[0])
    several = tr("also", "{names} and {last}").format(names=", ".join(found[:-1]), last=found[-1])
    return _upper(several)


def lead(core: Core, conflict: Conflict, place: Place) -> str:
    """Return the sentence below the title."""
    tr = QCoreApplication.translate
    field = field_words(conflict, place)
    if all(version.mine for version in conflict.versions):
        return tr("also", "You changed “{field}” on two computers. Both are kept. Which should be shown?").format(
            field=field
        )
    several = len(conflict.versions) > 2
    days = {day_of(core, version) for version in conflict.versions}
    if several:
        words = tr("also", "{names} changed “{field}” without seeing each other’s words. All are kept. "
                           "Which should be shown?")  # fmt: skip
    elif len(days) == 1:
        words = tr("also", "{names} changed “{field}” on the same day, without seeing each other’s words. "
                           "Both are kept. Which should be shown?")  # fmt: skip
    else:
        words = tr("also", "{names} changed “{field}” without seeing each other’s words. Both are kept. "
                           "Which should be shown?")  # fmt: skip
    return words.format(names=names(core, conflict), field=field)


def deleted_lead(core: Core, conflict: Conflict) -> str:
    """Return who deleted it when, and who edited it when."""
    words = QCoreApplication.translate("also", "{deeds} It is still here. Keep it?")
    return words.format(deeds=deeds(core, conflict))


def deeds(core: Core, conflict: Conflict) -> str:
    """Return "Joonas deleted this (Mon 9 Mar). You edited it (Tue 10 Mar).": what two people did to a record."""
    gone, edits = conflict.versions[-1], conflict.versions[:-1]
    said = [_one_deed(core, conflict, gone, deleted=True)]
    said += [_one_deed(core, conflict, one, deleted=False) for one in edits]
    return " ".join(said)


def _one_deed(core: Core, conflict: Conflict, version: Version, *, deleted: bool) -> str:
    tr = QCoreApplication.translate
    moment = when(core, version)
    if version.mine:
        words = tr("also", "You deleted this {when}.") if deleted else tr("also", "You edited it {when}.")
    else:
        words = tr("also", "{name} deleted this {when}.") if deleted else tr("also", "{name} edited it {when}.")
    return _upper(words.format(name=who(core, version, conflict).name, when=f"({moment})" if moment else "").strip())


# --- values -----------------------------------------------------------------------------------------------------------


def value_words(core: Core, conflict: Conflict, version: Version) -> str:
    """Return a version as it is read."""
    if conflict.table == "answer" and conflict.column == "value":
        return _answer(core, conflict, version)
    kind = kind_of(conflict.table, conflict.column)
    if kind is FieldKind.WHOLE:
        return _whole(core, conflict, version)
    return plain_words(core, conflict.table, conflict.column, version.value)


def plain_words(core: Core, table: str, column: str, value: Value) -> str:
    """Return a value as it is read, by what stands in its field."""
    tr = QCoreApplication.translate
    kind = kind_of(table, column)
    if value is None or value == "":
        return tr("also", "nothing")
    if kind is FieldKind.FLAG:
        return tr("also", "yes") if value else tr("also", "no")
    if column == "offset_ms" and isinstance(value, (int, float)):
        return _clock(int(value))
    text = f"{value:g}" if isinstance(value, float) else str(value)
    say: Callable[[], str] | None = (
        {
            FieldKind.DAY: partial(_day, text),
            FieldKind.MOMENT: partial(_moment, core, text),
            FieldKind.PERSON: partial(_person, core, text),
            FieldKind.WORDS: partial(_several, column, text),
            FieldKind.CHOICE: partial(_choice, column, text),
        }.get(kind)
        if kind is not None
        else None
    )
    return say() if say is not None else text


def _day(value: str) -> str:
    try:
        return long_date(date.fromisoformat(value))
    except ValueError:
        return value


def _moment(core: Core, value: str) -> str:
    try:
        there = local(datetime.fromisoformat(value).astimezone(UTC), core.clock.zone_name())
    except ValueError:
        return value
    words = QCoreApplication.translate("also", "{day}, {time}")
    return words.format(day=short_date(there.date()), time=time_of_day(there.time()))


def _person(core: Core, person_id: str) -> str:
    from observe_app.services import people  # noqa: PLC0415  (only where a step's owner is in question)

    try:
        return people.get(core, person_id).name
    except NotFound:
        return QCoreApplication.translate("also", "somebody who is not here any more")


def _several(column: str, value: str) -> str:
    try:
        found = [str(one) for one in json.loads(value)]
    except (ValueError, TypeError):
        return value
    if not found:
        return QCoreApplication.translate("also", "none")
    if column == "roles":
        return ", ".join(role_name(Role(one)) if one in list(Role) else one for one in found)
    return " ".join(f"#{one}" for one in found) if column == "tags" else ", ".join(found)


def _choice(column: str, value: str) -> str:
    tr = QCoreApplication.translate
    if column == "stage" and value in list(Stage):
        return stage_name(Stage(value))
    if column == "status" and value in list(StepStatus):
        return step_name(StepStatus(value))
    if column == "kind" and value in list(ClaimKind):
        return claim_name(ClaimKind(value))
    if column == "language":
        return language_name(value)
    around = groups.VALUES | sessions.VALUES | learning.VALUES | rounds.VALUES
    if value in around:
        return tr("also", str(around[value]))
    return {
        "teacher": tr("also", "the teacher"), "observer": tr("also", "the observer"), "both": tr("also", "both"),
        "answered": tr("also", "answered"), "rephrased": tr("also", "rephrased"),
        "answered_by_teacher": tr("also", "answered by the teacher"), "counted": tr("also", "counted"),
        "ignored": tr("also", "not counted"),
    }.get(value, value)  # fmt: skip


def _whole(core: Core, conflict: Conflict, version: Version) -> str:
    tr = QCoreApplication.translate
    if conflict.column == "form_id":
        found = also_written.company_values(core, conflict, version)
        title = str(found.get("form_title") or "")
        return tr("also", "the form “{title}”").format(title=title) if title else tr("also", "no form")
    if conflict.column == "seating":
        return tr("also", "a seating plan") if version.value else tr("also", "no seating plan")
    if conflict.column == "protocol_id":
        return tr("also", "the protocol that was chosen then")
    return tr("also", "the draft as it was saved then")


def _answer(core: Core, conflict: Conflict, version: Version) -> str:
    from observe_app.services import item_words, visits  # noqa: PLC0415  (only where an answer is in question)

    tr = QCoreApplication.translate
    absence = also_written.company_values(core, conflict, version).get("absence")
    try:
        visit = visits.get(core, conflict.visit_id)
        form = visits.form_of(visit)
    except ObserveError:
        form = None
    item = _item(core, conflict, form.items if form is not None else ())
    try:
        value = json.loads(str(version.value)) if version.value is not None else None
    except ValueError:
        value = version.value
    if absence in list(Absence):
        return absence_name(Absence(str(absence)))
    if form is None or item is None or value is None:
        return str(value) if value is not None else tr("also", "no answer")
    if isinstance(value, list):
        value = tuple(str(one) for one in value)
    level = next((one for one in item.levels if one.number == value), None)
    if level is not None:
        return text_in(level.label, form.language) or str(value)
    if value in ("yes", "no"):
        return tr("also", "yes") if value == "yes" else tr("also", "no")
    answer = Answer(conflict.visit_id, item.id, value, None)
    said = item_words.said(item, answer, item_words.happened(form, (), 0.0), item_words.ItemWords(), form.language)
    return said[:_MOST] or str(value)


def _item(core: Core, conflict: Conflict, items: tuple[Item, ...]) -> Item | None:
    wanted = also_written.place_of(core, conflict).label
    return next((item for item in items if item.id == wanted), None)
