"""SQL that several questions share."""

from __future__ import annotations

KEPT_NAME = "coalesce((SELECT k.name FROM person k WHERE k.id = {p}.merged_into AND k.deleted = 0), {p}.name)"
"""The name of a person `p`, or of whom they turned out to be: what others signed goes on naming the old record."""

KEPT_ID = "iif({p}.merged_into = '', {p}.id, {p}.merged_into)"
"""The id of a person `p`, or of whom they turned out to be."""

WITH_MERGED = "(SELECT k.id FROM person k WHERE k.id {given} OR k.merged_into {given})"
"""The ids of people, with all who turned out to be them; `given` is a comparison."""

TEACHER_NAME = (
    f"(SELECT {KEPT_NAME.format(p='p')} FROM visit_member m JOIN person p ON p.id = m.person_id "
    "WHERE m.visit_id = {visit} AND m.role = 'teacher' AND m.deleted = 0 ORDER BY m.id LIMIT 1)"
)
"""A visit's teacher, "" aside NULL when nobody is named; `visit` is a column that holds a visit's id."""
