"""Events of every kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, text, update

from observe_app.domain.event import Event, EventKind
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import EventRow
from observe_app.store.triggers import bulk_capture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TABLE = table_of(EventRow)
_FIELDS = tuple(column.name for column in _TABLE.columns)


_MANY = 20
"""From so many new events on their changes are journalled together."""

_ALL_FIELDS = "SELECT " + ", ".join(f'"{name}"' for name in _FIELDS) + " FROM event "
_OF_VISIT = _ALL_FIELDS + "WHERE visit_id = ? AND deleted = 0 ORDER BY offset_ms, id"
_SOME = _ALL_FIELDS + "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY offset_ms, id"
_WHOLE = _ALL_FIELDS + "WHERE visit_id = ? ORDER BY offset_ms, id"
_KINDS = {kind.value: kind for kind in EventKind}

# Stamps and not the order of rows: what came in a letter was written down in any order. The joins are in this order
# because the journal is found by the record, and a folder has a hundred times as many changes as a visit.
_SINCE_RELEASE = """WITH stands AS MATERIALIZED (
 SELECT r.visit_id, (SELECT min(c.stamp) FROM journal_change c WHERE c.row_id = r.id AND c.inserted = 1) AS stamp
 FROM json_each(?) j JOIN "release" r ON r.visit_id = j.value WHERE r.deleted = 0 AND r.taken_back IS NULL
 AND NOT EXISTS (SELECT 1 FROM "release" l WHERE l.visit_id = r.visit_id AND l.deleted = 0 AND l.taken_back IS NULL
  AND (l.number, l.id) > (r.number, r.id)))
SELECT s.visit_id, c.row_id, c.column_name, c.old, c.inserted FROM stands s
 CROSS JOIN event e ON e.visit_id = s.visit_id CROSS JOIN journal_change c ON c.row_id = e.id
 WHERE c.table_name = 'event' AND c.stamp > s.stamp
 ORDER BY c.stamp DESC, c.seq DESC"""


def _read_events(rows: Iterable[Sequence[Any]]) -> Iterator[Event]:
    """Turn rows as SQLite gives them into events; the same rules as in `store.columns`."""
    words: dict[str, tuple[str, ...]] = {"[]": ()}
    for (
        event_id, visit_id, kind, offset_ms, wall, text_, speaker, to, seat, item, code, value, of, outcome, tags,
        private, starred, author_id, source, deleted,
    ) in rows:  # fmt: skip
        found = words.get(tags)
        if found is None:
            found = words[tags] = tuple(str(word) for word in json.loads(tags))
        moment = None if wall is None else datetime.fromisoformat(wall)
        if moment is not None and moment.tzinfo is not UTC:
            moment = moment.astimezone(UTC)
        yield Event(
            event_id, visit_id, _KINDS.get(kind, EventKind.NOTE), offset_ms, moment, text_, speaker, to, seat, item,
            code, value, of, outcome, found, bool(private), bool(starred), author_id, source, bool(deleted),
        )  # fmt: skip


def _before(row: Sequence[Any], old: Mapping[str, Any]) -> Sequence[Any]:
    """Return a row with its earlier values; what is private or a deleted note by now stays so."""
    if not old:
        return row
    now = dict(zip(_FIELDS, row, strict=True))
    stays = {"private"} if now["private"] else set()
    if now["deleted"] and now["kind"] == EventKind.NOTE.value:
        stays.add("deleted")
    return tuple(old[name] if name in old and name not in stays else now[name] for name in _FIELDS)


def to_event(row: EventRow) -> Event:
    """Return the domain object of a row."""
    return Event(**{name: getattr(row, name) for name in _FIELDS})


def _values(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _FIELDS}


class EventRepo(Repo):
    """What happened in lessons."""

    def get(self, event_id: str) -> Event:
        """Return an event, deleted or not.

        Raises:
            NotFound: no such id.
        """
        return to_event(self.row(EventRow, event_id, "note"))

    def add(self, event: Event) -> None:
        """Keep a new event."""
        self.session.execute(insert(_TABLE).values(_values(event)))

    def add_many(self, events: Iterable[Event]) -> None:
        """Keep many new events at once; their changes are journalled together, as `triggers.bulk_capture` says."""
        rows = [_values(event) for event in events]
        if len(rows) < _MANY:
            if rows:
                self.session.execute(insert(_TABLE), rows)
            return
        connection = self.session.connection()
        with connection.info["capture"].resting():
            self.session.execute(insert(_TABLE), rows)
            ids = json.dumps([row["id"] for row in rows])
            connection.exec_driver_sql(bulk_capture(_TABLE), (ids,))

    def change(self, event_id: str, fields: Mapping[str, Any]) -> Event:
        """Change fields of an event.

        Raises:
            NotFound: no such id.
        """
        return to_event(self.set(EventRow, event_id, "note", fields))

    def move(self, event_ids: Iterable[str], by_ms: int) -> None:
        """Move many events by so many milliseconds of the lesson; their wall times stay."""
        wanted = func.json_each(json.dumps(sorted(event_ids))).table_valued("value")
        self.session.execute(
            update(_TABLE)
            .where(_TABLE.c.id.in_(select(wanted.c.value)))
            .values(offset_ms=_TABLE.c.offset_ms + by_ms)
            .execution_options(synchronize_session=False)
        )

    def of_visit(self, visit_id: str) -> tuple[Event, ...]:
        """Return a visit's events by offset, then by id; deleted ones left out.

        A full lesson has thousands: they are read without SQLAlchemy's conversion of each value, which took three
        quarters of the time (10,000 events: 61 ms with it).
        """
        rows = self.session.connection().exec_driver_sql(_OF_VISIT, (visit_id,)).cursor
        return tuple(_read_events(rows.fetchall()))

    def as_released(self, visit_ids: Iterable[str]) -> dict[str, tuple[Event, ...]]:
        """Return the events of released visits as they were when the revision that stands was released.

        Only visits in which something was recorded, changed or deleted since are in it. What is private by now is left
        out, and notes that are deleted by now: nobody is told those again.
        """
        connection = self.session.connection()
        made: set[str] = set()
        before: dict[str, dict[str, Any]] = {}
        visits: dict[str, None] = {}
        for visit, row, column, old, inserted in connection.exec_driver_sql(
            _SINCE_RELEASE, (json.dumps(list(visit_ids)),)
        ):
            visits[visit] = None
            if inserted:
                made.add(row)
            else:
                before.setdefault(row, {})[column] = old  # the newest first: the oldest stays
        found = {}
        for visit in visits:
            rows = connection.exec_driver_sql(_WHOLE, (visit,)).cursor.fetchall()
            kept = (_before(row, before.get(row[0], {})) for row in rows if row[0] not in made)
            events = (event for event in _read_events(kept) if not event.deleted and not event.private)
            found[visit] = tuple(sorted(events, key=lambda event: (event.offset_ms, event.id)))
        return found

    def of_items(self, visit_id: str, items: Iterable[str]) -> tuple[Event, ...]:
        """Return what happened to these form items in a visit, by offset, then by id; deleted ones left out."""
        rows = self.session.execute(
            select(_TABLE)
            .where(_TABLE.c.visit_id == visit_id, _TABLE.c.item.in_(list(items)), _TABLE.c.deleted.is_(False))
            .order_by(_TABLE.c.offset_ms, _TABLE.c.id)
        )
        return tuple(Event(*row) for row in rows)

    def last_of_items(self, visit_id: str, items: Iterable[str], until_ms: int, limit: int) -> tuple[Event, ...]:
        """Return the latest of what happened to these items up to a moment, by offset; deleted ones left out."""
        rows = self.session.execute(
            select(_TABLE)
            .where(
                _TABLE.c.visit_id == visit_id,
                _TABLE.c.item.in_(list(items)),
                _TABLE.c.deleted.is_(False),
                _TABLE.c.offset_ms <= until_ms,
            )
            .order_by(_TABLE.c.offset_ms.desc(), _TABLE.c.id.desc())
            .limit(limit)
        )
        return tuple(reversed([Event(*row) for row in rows]))

    def some(self, event_ids: Iterable[str]) -> tuple[Event, ...]:
        """Return the events of these ids that exist, deleted or not, by offset; read as by `of_visit`.

        Every key of a lesson asks for what it changed, and building the statement anew took longer than the reading.
        """
        wanted = list(event_ids)
        rows = self.session.connection().exec_driver_sql(_SOME, (json.dumps(wanted),)).cursor
        return tuple(_read_events(rows.fetchall()))

    def tags(self, limit: int = 200) -> tuple[str, ...]:
        """Return the tags in use over all visits, the most frequent first."""
        rows = self.session.execute(
            text(
                "SELECT j.value, count(*) AS n FROM event, json_each(event.tags) AS j "
                "WHERE event.deleted = 0 AND event.tags <> '[]' GROUP BY j.value ORDER BY n DESC, j.value LIMIT :limit"
            ),
            {"limit": limit},
        )
        return tuple(str(row[0]) for row in rows)

    def count(self, visit_id: str) -> int:
        """Return how many events a visit has."""
        return int(
            self.session.execute(
                select(func.count())
                .select_from(_TABLE)
                .where(_TABLE.c.visit_id == visit_id, _TABLE.c.deleted.is_(False))
            ).scalar_one()
        )


def _check_field_order() -> None:
    """`Event(*row)` needs the table's columns in the order of the dataclass."""
    if tuple(Event.__slots__) != _FIELDS:
        message = "event columns and Event fields differ in order"
        raise RuntimeError(message)


_check_field_order()
