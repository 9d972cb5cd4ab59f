"""What many visits come to, counted by SQLite: a handful of queries however many visits there are.

Every figure is that of the view of one visit (`domain.compare.facts.facts_of`); the rules stand there, and the words of
SQL here say the same. Private and deleted events are in none.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from observe_app.domain.compare.lines import AnswerLine, CountLine, Facet, SheetLine, VisitLine
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.talk_share import count_words
from observe_app.store import journal
from observe_app.store.columns import utc_text
from observe_app.store.names import KEPT_ID, KEPT_NAME, WITH_MERGED
from observe_app.store.repos.base import Repo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from observe_app.domain.compare.lines import SheetWanted, TermWanted

_MICROSECOND = timedelta(microseconds=1)
_GIVEN = "(SELECT value FROM json_each(:ids))"
_START = "coalesce(v.started, v.start)"
_ID, _NAME = KEPT_ID.format(p="p"), KEPT_NAME.format(p="p")
_ALL = WITH_MERGED.format(given=f"IN {_GIVEN}")

_VISITS = f"""SELECT v.id, v.class_name, v.subject, {_START}, v.started, v.ended, v.stage, v.minutes, v.zone, v.focus,
 v.form_id, v.form_version, v.form_title, v.source FROM visit v WHERE """

# Who takes part: of several in one role the first by id, as everywhere.
_MEMBERS = f"""SELECT m.visit_id, m.role, {_ID}, {_NAME} FROM visit_member m JOIN person p ON p.id = m.person_id
 WHERE m.visit_id IN {_GIVEN} AND m.deleted = 0 AND m.role IN ('teacher', 'observer') ORDER BY m.id DESC"""

_ANSWERS = f"""SELECT visit_id, item, value, absence FROM answer WHERE visit_id IN {_GIVEN} AND deleted = 0"""

_KNOWN = ", ".join(f"'{kind.value}'" for kind in EventKind)
_KINDS = {kind.value: kind for kind in EventKind}
_ROWS = "'start', 'stop', 'pause', 'resume', 'wait', 'sweep'"

# One walk over the events; what it finds is counted in memory. A kind that a newer version wrote reads as a note.
_TOLD = f"""WITH told AS MATERIALIZED (
 SELECT id, visit_id, CASE WHEN kind IN ({_KNOWN}) THEN kind ELSE 'note' END AS kind, offset_ms, item, value, "of",
  outcome, tags, speaker = 'T' AS teacher, CASE WHEN speaker <> '' AND kind NOT IN ({_ROWS}, 'interval', 'tally')
  THEN observe_words(text) END AS words
 FROM event WHERE visit_id IN {_GIVEN} AND deleted = 0 AND private = 0)"""

_MOMENTS = f"""{_TOLD}
SELECT 'last', visit_id, '', count(*), max(offset_ms), NULL, NULL, NULL, NULL FROM told GROUP BY visit_id
UNION ALL SELECT 'tally', visit_id, item, count(*), min(offset_ms), NULL, NULL, NULL, NULL FROM told
 WHERE kind = 'tally' AND item <> '' GROUP BY visit_id, item
UNION ALL SELECT 'notes', visit_id, '', count(*), min(offset_ms), NULL, NULL, NULL, NULL FROM told
 WHERE kind = 'note' GROUP BY visit_id
UNION ALL SELECT iif(teacher, 'teacher', 'students'), visit_id, '', sum(words), min(offset_ms), NULL, NULL, NULL, NULL
 FROM told WHERE kind = 'note' AND words IS NOT NULL GROUP BY visit_id, teacher
UNION ALL SELECT 'tag', visit_id, CAST(j.value AS TEXT), count(DISTINCT told.id), min(offset_ms), NULL, NULL, NULL, NULL
 FROM told, json_each(told.tags) AS j WHERE kind = 'note' AND tags <> '[]' GROUP BY visit_id, CAST(j.value AS TEXT)
UNION ALL SELECT kind, visit_id, item, 0, offset_ms, told.id, value, "of", outcome FROM told WHERE kind IN ({_ROWS})"""

_SHEETS = f"""WITH cell AS MATERIALIZED (
 SELECT visit_id, offset_ms / :ms AS place, offset_ms, id, code, value FROM event
 WHERE visit_id IN {_GIVEN} AND deleted = 0 AND private = 0 AND kind = 'interval' AND item = :item
  AND offset_ms BETWEEN 0 AND {MAX_OFFSET_MS} AND (code = '' OR code IN (SELECT value FROM json_each(:codes)))),
 level AS (
 SELECT visit_id, offset_ms, value, row_number() OVER (PARTITION BY visit_id, place ORDER BY offset_ms DESC, id DESC)
  AS newest FROM cell WHERE code = '' AND value IN (SELECT value FROM json_each(:levels)))
SELECT visit_id, 'coded', '', count(DISTINCT place), max(place) FROM cell GROUP BY visit_id
UNION ALL SELECT visit_id, 'code', code, count(DISTINCT place), min(offset_ms) FROM cell
 WHERE code <> '' AND value <> 0 GROUP BY visit_id, code
UNION ALL SELECT visit_id, 'level', CAST(CAST(value AS INTEGER) AS TEXT), count(*), min(offset_ms) FROM level
 WHERE newest = 1 GROUP BY visit_id, value"""


class CompareRepo(Repo):
    """Reads many visits at once."""

    def visits(self, wanted: TermWanted) -> tuple[VisitLine, ...]:
        """Return the visits of a choice by start, undated ones last; none that lies in the bin."""
        where, values = _conditions(wanted)
        rows = self._all(f"{_VISITS}{where} ORDER BY {_START} IS NULL, {_START}, v.id", values)
        people = self._people(row[0] for row in rows)
        made = []
        for row in rows:
            teacher, observer = people.get((row[0], "teacher"), ("", "")), people.get((row[0], "observer"), ("", ""))
            if wanted.teacher_ids and teacher[0] not in wanted.teacher_ids:
                continue
            if wanted.observer_id is not None and observer[0] != wanted.observer_id:
                continue
            made.append(_line(row, teacher, observer))
        return tuple(made)

    def _people(self, ids: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
        rows = self._all(_MEMBERS, {"ids": json.dumps(list(ids))})
        return {(visit, role): (person, name) for visit, role, person, name in rows}

    def snapshots(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give (visit id, snapshot of its form) one by one: hundreds of them at once would be megabytes."""
        statement = f"SELECT id, form_snapshot FROM visit WHERE id IN {_GIVEN} AND form_snapshot <> ''"
        yield from self._run(statement, {"ids": json.dumps(list(ids))})

    def answers(self, ids: Iterable[str]) -> tuple[AnswerLine, ...]:
        """Return the answers of these visits."""
        known: dict[str | None, Any] = {None: None}
        made = []
        for visit, item, value, absence in self._run(_ANSWERS, {"ids": json.dumps(list(ids))}):
            if value not in known:
                found = json.loads(value)
                known[value] = tuple(found) if isinstance(found, list) else found
            made.append(AnswerLine(visit, item, known[value], absence or ""))
        return tuple(made)

    def moments(self, ids: Iterable[str]) -> tuple[tuple[CountLine, ...], tuple[Event, ...]]:
        """Return what these visits' events come to but for their sheets: counts, and the moments that rules need.

        Of these a start, stop, pause, resume, wait or look has no more than its rules ask for: neither words nor wall
        times are read.
        """
        self._words()
        counts, rows = [], []
        for what, visit, name, n, at, row, value, of, outcome in self._run(_MOMENTS, {"ids": json.dumps(list(ids))}):
            if row is None:
                counts.append(CountLine(visit, what, name, n, at))
            else:
                rows.append(Event(row, visit, _KINDS[what], at, item=name, value=value, of=of, outcome=outcome))
        return tuple(counts), tuple(rows)

    def sheets(self, wanted: SheetWanted) -> tuple[SheetLine, ...]:
        """Return what the sheets of one interval item come to, visit by visit."""
        values = {
            "ids": json.dumps(wanted.visit_ids),
            "item": wanted.item,
            "ms": max(1, wanted.seconds) * 1000,
            "codes": json.dumps(wanted.codes),
            "levels": json.dumps(wanted.levels),
        }
        return tuple(SheetLine(*row) for row in self._run(_SHEETS, values))

    def facets(self, teacher_ids: Sequence[str] = (), turns: Sequence[str] = ()) -> tuple[Facet, ...]:
        """Return what can be chosen of these teachers' visits: observers, forms, classes, focuses, days.

        Args:
            teacher_ids: of whom; () of everybody.
            turns: days (YYYY-MM-DD) whose visits are told moment by moment, beside those on which a half year turns.
        """
        values = {"ids": json.dumps(list(teacher_ids)), "turns": json.dumps(list(turns))}
        return _facets(self._run(_FACETS.format(mine=_OF_THESE if teacher_ids else ""), values))

    def people(self) -> tuple[Facet, ...]:
        """Return whose lessons were observed, which takes a look at every visit there is."""
        return _facets(self._run(_PEOPLE, {}))

    def forms(self, teacher_ids: Sequence[str] = (), form_id: str = "") -> tuple[tuple[str, int], ...]:
        """Return (snapshot, visits) of each version of the forms that these teachers' visits use, most used first.

        Of one version one visit's snapshot stands for all.
        """
        values = {"ids": json.dumps(list(teacher_ids)), "form": form_id}
        found = self._run(_FORMS.format(mine=_TAUGHT if teacher_ids else ""), values)
        return tuple((str(text), int(n)) for text, n in found)

    def _words(self) -> None:
        """Give the connection the words of a text as `count_words` counts them; SQLite knows no Unicode spaces."""
        journal.plain_sql(self.session).create_function("observe_words", 1, count_words, deterministic=True)

    def _run(self, statement: str, values: dict[str, Any]) -> Any:
        return journal.plain_sql(self.session).execute(statement, values)

    def _all(self, statement: str, values: dict[str, Any]) -> list[Any]:
        found: list[Any] = self._run(statement, values).fetchall()
        return found


# The lines of visits, each once: who the teacher and the observer are is decided as above. Days on which a term of the
# school year turns are told moment by moment, for where midnight is differs from zone to zone.
_TEACHER = f"""(SELECT {_ID} FROM visit_member m JOIN person p ON p.id = m.person_id WHERE m.visit_id = v.id
 AND m.role = 'teacher' AND m.deleted = 0 ORDER BY m.id LIMIT 1)"""

_PEOPLE = f"""WITH line AS MATERIALIZED (SELECT {_START} AS start, {_TEACHER} AS teacher FROM visit v
 WHERE v.deleted = 0 AND v.stage <> 'prepare')
SELECT 'person', l.teacher, p.name, count(*), min(l.start), max(l.start) FROM line l JOIN person p ON p.id = l.teacher
 GROUP BY l.teacher"""

# Who taught beside others is found by their lines of taking part, and then asked whether they are the first.
_TAUGHT = f"""AND v.id IN (SELECT m.visit_id FROM visit_member m WHERE m.person_id IN {_ALL} AND m.role = 'teacher'
 AND m.deleted = 0)"""
_OF_THESE = f"{_TAUGHT} AND {_TEACHER} IN {_GIVEN}"

_FACETS = f"""WITH mine AS MATERIALIZED (
 SELECT {_START} AS start, v.form_id, v.form_title, v.class_name, v.focus,
  (SELECT {_ID} FROM visit_member m JOIN person p ON p.id = m.person_id WHERE m.visit_id = v.id
   AND m.role = 'observer' AND m.deleted = 0 ORDER BY m.id LIMIT 1) AS observer
 FROM visit v WHERE v.deleted = 0 AND v.stage <> 'prepare' {{mine}})
SELECT 'observer', l.observer, p.name, count(*), min(l.start), max(l.start) FROM mine l
 JOIN person p ON p.id = l.observer GROUP BY l.observer
UNION ALL SELECT 'form', form_id, max(form_title), count(*), min(start), max(start) FROM mine WHERE form_id <> ''
 GROUP BY form_id
UNION ALL SELECT 'class', class_name, class_name, count(*), min(start), max(start) FROM mine WHERE class_name <> ''
 GROUP BY class_name
UNION ALL SELECT 'focus', focus, focus, count(*), min(start), max(start) FROM mine WHERE focus <> '' GROUP BY focus
UNION ALL SELECT 'all', '', '', count(*), min(start), max(start) FROM mine
UNION ALL SELECT 'day', '', '', count(*), min(start), max(start) FROM mine WHERE start IS NOT NULL
 GROUP BY iif(substr(start, 6, 5) IN ('01-31', '02-01', '07-31', '08-01')
  OR substr(start, 1, 10) IN (SELECT value FROM json_each(:turns)), start, substr(start, 1, 10))"""

_FORMS = """SELECT f.form_snapshot, s.n FROM (SELECT min(v.rowid) AS row, count(*) AS n FROM visit v
 WHERE v.deleted = 0 AND (:form = '' OR v.form_id = :form) {mine}
 GROUP BY v.form_id, v.form_version) s JOIN visit f ON f.rowid = s.row WHERE f.form_snapshot <> ''
 ORDER BY s.n DESC, f.form_version DESC, f.id"""


def _facets(rows: Iterable[Sequence[Any]]) -> tuple[Facet, ...]:
    return tuple(Facet(what, row, name, n, _moment(first), _moment(last)) for what, row, name, n, first, last in rows)


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).astimezone(UTC)


def _line(row: Sequence[Any], teacher: tuple[str, str], observer: tuple[str, str]) -> VisitLine:
    visit, class_name, subject, start, started, ended, stage, minutes, zone, focus, form, version, title, source = row
    begun, over = _moment(started), _moment(ended)
    # A part of a millisecond is one begun, as a part of a minute is.
    took = -(-((over - begun) // _MICROSECOND) // 1000) if begun and over else 0
    return VisitLine(
        visit, class_name, subject, _moment(start), stage != "prepare", max(0, took), minutes, zone, focus, form,
        version, title, source, *teacher, *observer,
    )  # fmt: skip


def _conditions(wanted: TermWanted) -> tuple[str, dict[str, Any]]:
    parts, values = ["v.deleted = 0"], {}
    if wanted.ids:
        parts.append(f"v.id IN {_GIVEN}")
        values["ids"] = json.dumps(wanted.ids)
    for role, people in (
        ("teacher", wanted.teacher_ids),
        ("observer", () if wanted.observer_id is None else (wanted.observer_id,)),
    ):
        if people:
            these = WITH_MERGED.format(given=f"IN (SELECT value FROM json_each(:{role}))")
            parts.append(
                f"v.id IN (SELECT m.visit_id FROM visit_member m WHERE m.person_id IN {these} "
                f"AND m.role = '{role}' AND m.deleted = 0)"
            )
            values[role] = json.dumps(people)
    for name, bound, sign in (("since", wanted.since, ">="), ("until", wanted.until, "<")):
        if bound is not None:
            parts.append(f"{_START} {sign} :{name}")
            values[name] = utc_text(bound)
    for name in ("form_id", "focus", "class_name"):
        if getattr(wanted, name):
            parts.append(f"v.{name} = :{name}")
            values[name] = getattr(wanted, name)
    return " AND ".join(parts), values
