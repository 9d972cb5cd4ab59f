"""Full-text search over notes, people and visits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import text

from observe_app.domain.event import NoteHit
from observe_app.store.names import TEACHER_NAME
from observe_app.store.repos.base import Repo

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN, _CLOSE = "\ue000", "\ue001"
_CANDIDATES = 2000


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words to look for; marks that FTS5 would read as syntax are gone."""
    return tuple(re.findall(r"\w+", typed.replace("_", " ")))[:12]


def match_of(words: Sequence[str]) -> str:
    """Return an FTS5 query: every word as a prefix, all of them."""
    return " AND ".join(f'"{word}"*' for word in words)


def any_of(words: Sequence[str]) -> str:
    """Return an FTS5 query: any of the words as a prefix."""
    return " OR ".join(f'"{word}"*' for word in words)


def _unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    plain: list[str] = []
    marks: list[tuple[int, int]] = []
    length = start = 0
    for part in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if part == _OPEN:
            start = length
        elif part == _CLOSE:
            marks.append((start, length))
        else:
            plain.append(part)
            length += len(part)
    return "".join(plain), tuple(marks)


class SearchRepo(Repo):
    """Finds words, prefix by prefix, accents and case aside."""

    def notes(self, typed: str, *, visit_id: str | None = None, limit: int = 50) -> tuple[NoteHit, ...]:
        """Return the notes that hold every word, the newest first; nothing for no words.

        Candidates are capped at 2,000 before sorting, so that a common word stays fast.
        """
        words = words_of(typed)
        if not words:
            return ()
        visit = "AND d.visit_id = :visit" if visit_id else ""
        rows = self.session.execute(
            text(
                "SELECT e.id, e.visit_id, e.offset_ms, e.speaker, e.text, f.marked, "
                + TEACHER_NAME.format(visit="e.visit_id")
                + " FROM (SELECT d.row_id AS row_id, highlight(search_fts, 0, :open, :close) AS marked "
                "FROM search_fts JOIN search_doc d ON d.pk = search_fts.rowid "
                f"WHERE search_fts MATCH :match AND d.kind = 'event' {visit} "
                "ORDER BY search_fts.rowid DESC LIMIT :candidates) f JOIN event e ON e.id = f.row_id "
                "JOIN visit v ON v.id = e.visit_id WHERE v.deleted = 0 AND e.deleted = 0 "
                + ("ORDER BY e.offset_ms, e.id " if visit_id else "ORDER BY e.wall DESC, e.id DESC ")
                + "LIMIT :limit"
            ),
            {
                "match": match_of(words),
                "visit": visit_id,
                "limit": limit,
                "open": _OPEN,
                "close": _CLOSE,
                "candidates": _CANDIDATES,
            },
        ).all()
        hits = []
        for event_id, visit, offset_ms, speaker, body, marked, teacher in rows:
            _plain, marks = _unmark(marked)
            inside = tuple((start, end) for start, end in marks if end <= len(body))
            hits.append(NoteHit(event_id, visit, teacher or "", offset_ms, speaker, body, inside))
        return tuple(hits)

    def people(self, typed: str, *, limit: int = 20) -> tuple[str, ...]:
        """Return the ids of the people whose name, subjects or e-mail hold every word."""
        words = words_of(typed)
        if not words:
            return ()
        rows = self.session.execute(
            text(
                "SELECT d.row_id FROM search_fts JOIN search_doc d ON d.pk = search_fts.rowid "
                "JOIN person p ON p.id = d.row_id WHERE search_fts MATCH :match AND d.kind = 'person' "
                "ORDER BY lower(p.name), p.id LIMIT :limit"
            ),
            {"match": match_of(words), "limit": limit},
        )
        return tuple(str(row[0]) for row in rows)
