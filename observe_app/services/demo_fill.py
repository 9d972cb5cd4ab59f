"""The sample term's forms: the school's own one grows from version to version, and visits are filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.form import Form, Item, ItemKind
from observe_app.services import answers, demo_term, happenings, own_forms
from observe_app.services.demo_forms import DRAFT_ITEM, FILLED, OWN_FORM, OWN_FORM_FILE, WRONG_ANSWERS

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.domain.changes import Opened
    from observe_app.services.core import Core

FIRST_USE = "decimals"
"""After this visit the school made a second version of its form."""


def offset_of(clock: str) -> int:
    """Return a lesson time such as "07:33" in milliseconds."""
    minutes, _, seconds = clock.partition(":")
    return (int(minutes) * 60 + int(seconds)) * 1000


def bring_own_form(core: Core) -> None:
    """Bring in the school's own form, unless it is there."""
    from observe_app.services.forms.reader import read_bytes_as  # noqa: PLC0415  (form reading is not needed to start)

    form = read_bytes_as(OWN_FORM_FILE.encode(), OWN_FORM).form
    if form is not None and not own_forms.versions(core, OWN_FORM):
        own_forms.adopt(core, form, as_new=False)


def second_version(core: Core) -> None:
    """Make the second version: one more rating."""
    opened = _with_rating(core, *WRONG_ANSWERS)
    own_forms.publish(core, form_id=OWN_FORM, seen=opened.seen)


def draft_of_third_version(core: Core) -> None:
    """Begin a third version and leave it a draft."""
    _with_rating(core, *DRAFT_ITEM)


def _with_rating(core: Core, section_id: str, label: str, hotkey: str) -> Opened[own_forms.FormDraft]:
    opened = own_forms.open_draft(core, OWN_FORM)
    form = opened.value.form
    item_id = label.lower().replace(" ", "-")
    if form.item(item_id) is None:
        form = _added(form, section_id, Item(item_id, ItemKind.RATING, (("", label),), hotkey=hotkey))
    return own_forms.change(core, form_id=OWN_FORM, form=form, seen=opened.seen)


def _added(form: Form, section_id: str, item: Item) -> Form:
    scale = form.scales[0]
    made = replace(item, scale=scale.id, levels=scale.levels)
    sections = tuple(
        replace(section, items=(*section.items, made)) if section.id == section_id else section
        for section in form.sections
    )
    return replace(form, sections=sections)


def fill(core: Core, visit_id: str, begin: datetime, name: str) -> None:
    """Fill in a visit of the sample term."""
    filled = FILLED.get(name) or demo_term.FILLED[name]
    for item, value in filled.answers:
        seen = answers.open_answer(core, visit_id=visit_id, item=item).seen
        answers.give(core, visit_id=visit_id, item=item, value=value, seen=seen)
    for item, absence in filled.absences:
        seen = answers.open_answer(core, visit_id=visit_id, item=item).seen
        answers.give(core, visit_id=visit_id, item=item, absence=Absence(absence), seen=seen)
    for item, clocks in filled.tallies:
        for clock in clocks:
            offset, wall = _moment(begin, clock)
            happenings.tally(core, visit_id=visit_id, item=item, offset_ms=offset, wall=wall)
    for item, start, end in filled.timers:
        happenings.add_stretch(core, visit_id=visit_id, item=item, start_ms=offset_of(start), end_ms=offset_of(end))
    for item, clock, count in filled.sweeps:
        offset, wall = _moment(begin, clock)
        happenings.sweep(core, visit_id=visit_id, item=item, on_task=count, offset_ms=offset, wall=wall)
    for item, clock, seconds, outcome in filled.waits:
        offset, wall = _moment(begin, clock)
        happenings.wait(
            core, visit_id=visit_id, item=item, wait_ms=seconds * 1000, outcome=outcome, offset_ms=offset, wall=wall
        )
    item, intervals = filled.sheet
    for index, (codes, level) in enumerate(intervals):
        happenings.tick_same(core, visit_id=visit_id, item=item, index=index, codes=tuple(codes.split()))
        happenings.set_level(core, visit_id=visit_id, item=item, index=index, level=level)


def _moment(begin: datetime, clock: str) -> tuple[int, datetime]:
    offset = offset_of(clock)
    return offset, begin + timedelta(milliseconds=offset)
