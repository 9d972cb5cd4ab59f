"""What Ctrl+K finds besides the window's commands: visits, people, notes, forms and what is done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.form import text_in
from observe_app.domain.note_line import clock_text
from observe_app.domain.visit import VisitFilter
from observe_app.services import own_forms, search, visits
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.finders_groups import groups_commands, groups_found
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local
from observe_app.ui.palette import PaletteEntry, Provider

if TYPE_CHECKING:
    from observe_app.domain.event import NoteHit
    from observe_app.domain.form import Texts
    from observe_app.domain.people import Person
    from observe_app.domain.visit import VisitRow
    from observe_app.services.catalogue import CatalogueEntry
    from observe_app.services.core import Core
    from observe_app.ui.guide import Guide

_MOST = 12
_SHORTEST_NOTE_QUERY = 2


def providers(core: Core, desk: Guide) -> tuple[Provider, ...]:
    """Return what the palette asks, in the order in which equally good answers are listed."""
    return (
        partial(_visits, core, desk),
        partial(_people, core, desk),
        partial(_notes, core, desk),
        partial(_forms, core, desk),
        partial(_form_commands, desk),
        partial(_reply_commands, desk),
        partial(_compare_commands, desk),
        partial(groups_found, core, desk),
        partial(groups_commands, desk),
    )


def _visits(core: Core, desk: Guide, query: str) -> list[PaletteEntry]:
    return [_visit_entry(row, desk) for row in visits.listing(core, VisitFilter(words=query, limit=_MOST))]


def _visit_entry(row: VisitRow, desk: Guide) -> PaletteEntry:
    tr = QCoreApplication.translate
    moment = row.started or row.start
    day = short_date(local(moment, row.zone).date()) if moment is not None else tr("finders", "no date")
    return PaletteEntry(
        kind=tr("finders", "Visit"),
        title=row.teacher or tr("finders", "Teacher not named yet"),
        subtitle=" · ".join(part for part in (day, row.class_line) if part),
        action=partial(desk.go_to_visit, VisitTarget(row.id)),
        icon="notebook-text",
        found=True,
    )


def _people(core: Core, desk: Guide, query: str) -> list[PaletteEntry]:
    return [_person_entry(person, desk) for person in search.people(core, query, limit=_MOST)]


def _person_entry(person: Person, desk: Guide) -> PaletteEntry:
    return PaletteEntry(
        kind=QCoreApplication.translate("finders", "Person"),
        title=person.name,
        subtitle=person.subjects or person.email,
        action=partial(desk.go_to_person, person.id),
        icon="user",
        found=True,
    )


def _notes(core: Core, desk: Guide, query: str) -> list[PaletteEntry]:
    if len(query.strip()) < _SHORTEST_NOTE_QUERY:
        return []
    return [_note_entry(hit, desk) for hit in search.notes(core, query, limit=_MOST)]


def _note_entry(hit: NoteHit, desk: Guide) -> PaletteEntry:
    place = " · ".join(part for part in (hit.teacher, clock_text(hit.offset_ms), hit.speaker) if part)
    return PaletteEntry(
        kind=QCoreApplication.translate("finders", "Note"),
        title=" ".join(hit.text.split()),
        subtitle=place,
        action=partial(desk.go_to_visit, VisitTarget(hit.visit_id, "observe", hit.event_id)),
        icon="pencil-line",
        found=True,
    )


def _forms(core: Core, desk: Guide, query: str) -> list[PaletteEntry]:
    if not query.strip():
        return []
    forms = [entry for entry in core.catalogue.entries() if not entry.problems]
    stored = {entry.form_id for entry in forms}
    drafts = [draft for draft in own_forms.drafts(core) if draft.form_id not in stored]
    return [
        *(_form_entry(entry.form_id, entry.title, entry.purpose, desk) for entry in forms),
        *(_form_entry(draft.form_id, draft.form.title, draft.form.purpose, desk) for draft in drafts),
        *(_plan_entry(entry, desk) for entry in forms),
    ]


def _form_entry(form_id: str, title: Texts, purpose: Texts, desk: Guide) -> PaletteEntry:
    language = QLocale().name()
    return PaletteEntry(
        kind=QCoreApplication.translate("finders", "Form"),
        title=text_in(title, language) or form_id,
        subtitle=text_in(purpose, language),
        action=partial(desk.go_to_form, form_id),
        icon="list-checks",
    )


def _plan_entry(entry: CatalogueEntry, desk: Guide) -> PaletteEntry:
    tr = QCoreApplication.translate
    return PaletteEntry(
        kind=tr("finders", "Command"),
        title=tr("finders", "Plan a visit with {form}").format(form=text_in(entry.title, QLocale().name())),
        action=partial(desk.plan_with_form, entry.form_id),
        icon="calendar-plus",
    )


def _form_commands(desk: Guide, _query: str) -> list[PaletteEntry]:
    tr = QCoreApplication.translate
    command = tr("finders", "Command")
    return [
        PaletteEntry(command, tr("finders", "New form"), desk.new_form, icon="plus"),
        PaletteEntry(command, tr("finders", "Import a form"), desk.import_form, icon="upload"),
    ]


def _reply_commands(desk: Guide, _query: str) -> list[PaletteEntry]:
    tr = QCoreApplication.translate
    command = tr("finders", "Command")
    return [
        PaletteEntry(command, tr("finders", "Read a reply"), desk.read_reply, icon="reply"),
        PaletteEntry(command, tr("finders", "Your journal"), desk.open_journal, icon="lock"),
        PaletteEntry(command, tr("finders", "What others also wrote"), desk.open_also, icon="git-compare"),
    ]


def _compare_commands(desk: Guide, _query: str) -> list[PaletteEntry]:
    tr = QCoreApplication.translate
    views = {
        "term": tr("finders", "Compare visits over a term"),
        "lessons": tr("finders", "Compare lessons in time"),
        "lesson": tr("finders", "Look at one lesson"),
        "sides": tr("finders", "Put two visits side by side"),
        "observers": tr("finders", "Compare two observers of one lesson"),
    }
    command = tr("finders", "Command")
    return [
        PaletteEntry(command, words, partial(desk.go_to_compare, tab), icon="chart-line")
        for tab, words in views.items()
    ]
