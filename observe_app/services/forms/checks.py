"""The rules of a form file for a form in memory: what an editor shows while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import FormProblem
from observe_app.services.forms.limits import MAX_FILE_BYTES
from observe_app.services.forms.plain import tables_of
from observe_app.services.forms.reader import Reading, read_tables
from observe_app.services.forms.snapshot import dumps_snapshot
from observe_app.services.forms.toml_lines import LineMap
from observe_app.services.forms.whole_scales import fits
from observe_app.services.forms.writer import dumps_toml

if TYPE_CHECKING:
    from observe_app.domain.form import Form

_MOST_GROWTH = 5
"""Bytes of a file for each character of the snapshot, at most: letters of four bytes, and the names of keys."""


def problems_of(form: Form) -> tuple[FormProblem, ...]:
    """Return every problem that the form's file would have, in its order; `line` is 0 and `place` points at the field.

    Codes of an interval item whose only side has no id and no label lie at ("sections", s, "items", i, "codes", c).
    """
    return read_form(form).problems


def read_form(form: Form) -> Reading:
    """Return the form as its file would give it (texts trimmed, languages in order), or every problem."""
    reading = read_tables(tables_of(form), LineMap({}, otherwise=0))
    problems = (*reading.problems, *_scale_problems(form), *_size_problems(form))
    return Reading(None, problems) if problems else reading


def _size_problems(form: Form) -> list[FormProblem]:
    """Return whether its file would be too large to be read again."""
    rough = len(dumps_snapshot(form))
    if rough * _MOST_GROWTH <= MAX_FILE_BYTES:
        return []
    size = len(dumps_toml(form).encode(errors="replace"))
    if size <= MAX_FILE_BYTES:
        return []
    return [FormProblem(0, "", "file_too_large", str(size), str(MAX_FILE_BYTES))]


def _scale_problems(form: Form) -> list[FormProblem]:
    """Return what plain tables cannot show: two scales of one id, and levels that are not those of the item's scale."""
    found = []
    scales = {}
    for scale in form.scales:
        if scale.id in scales:
            where = f"scale {scale.id}"
            found.append(FormProblem(0, where, "duplicate_scale", scale.id, place=("scales", scale.id)))
        scales[scale.id] = scale
    for number, section in enumerate(form.sections):
        for position, item in enumerate(section.items):
            # A scale that the form does not have is a problem of the reader's.
            if item.scale in scales and not fits(item, scales[item.scale]):
                where = f"section {number + 1}, item {item.id or position + 1}"
                place = ("sections", number, "items", position, "scale")
                found.append(FormProblem(0, where, "levels_differ", item.scale, place=place))
    return found
