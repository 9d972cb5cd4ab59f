"""SQL that several questions share."""

from __future__ import annotations

TEACHER_NAME = (
    "(SELECT p.name FROM visit_member m JOIN person p ON p.id = m.person_id "
    "WHERE m.visit_id = {visit} AND m.role = 'teacher' AND m.deleted = 0 ORDER BY m.id LIMIT 1)"
)
"""A visit's teacher, "" aside NULL when nobody is named; `visit` is a column that holds a visit's id."""
