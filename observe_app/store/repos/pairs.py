"""Visits that are one lesson, and what was agreed on between their observers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, text
from sqlalchemy.dialects import sqlite

from observe_app.domain.compare.agree_view import Decision, Verdict
from observe_app.domain.compare.same_lesson import LessonVisit, SameLesson
from observe_app.domain.ids import natural_id
from observe_app.store.columns import UtcText, utc_text
from observe_app.store.names import KEPT_ID as _ID
from observe_app.store.names import KEPT_NAME as _NAME
from observe_app.store.repos.base import Repo
from observe_app.store.schema import AgreedCellRow, SameLessonRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_VISITS = f"""SELECT v.id, coalesce(v.started, v.start) AS start, v.started, v.ended, v.minutes, v.class_name,
 v.subject, v.room, v.zone, {_ID.format(p="tp")}, coalesce({_NAME.format(p="tp")}, ''), {_ID.format(p="op")},
 coalesce({_NAME.format(p="op")}, '')
FROM visit v
LEFT JOIN visit_member t ON t.visit_id = v.id AND t.role = 'teacher' AND t.deleted = 0
LEFT JOIN person tp ON tp.id = t.person_id
LEFT JOIN visit_member o ON o.visit_id = v.id AND o.role = 'observer' AND o.deleted = 0
LEFT JOIN person op ON op.id = o.person_id
WHERE v.deleted = 0 AND coalesce(v.started, v.start) IS NOT NULL {{more}}
GROUP BY v.id ORDER BY coalesce(v.started, v.start), v.id"""


_DAY = timedelta(days=1)


def pair_id(one: str, other: str) -> str:
    """Return the id that every computer gives these two visits, in whichever order they are named."""
    return natural_id("same_lesson", *sorted((one, other)))


def cell_id(mark_id: str, one: Decision) -> str:
    """Return the id that every computer gives this place."""
    return natural_id("agreed_cell", mark_id, one.clock_of, one.item, one.code, str(one.place))


class PairRepo(Repo):
    """Marks that two visits are one lesson, and the third record beside them."""

    def get(self, found: str) -> SameLesson:
        """Return a mark, taken away or not.

        Raises:
            NotFound: no such id.
        """
        return _mark(self.row(SameLessonRow, found, "visit"))

    def between(self, one: str, other: str) -> SameLesson | None:
        """Return the mark of these two, taken away or not; None where nothing was ever said of them."""
        row = self.session.get(SameLessonRow, pair_id(one, other))
        return None if row is None else _mark(row)

    def say(self, one: str, other: str, *, same: bool, at: datetime) -> SameLesson:
        """Keep that two visits are one lesson, or that they are not."""
        first, second = sorted((one, other))
        found = pair_id(one, other)
        row = self.session.get(SameLessonRow, found)
        if row is None:
            row = SameLessonRow(id=found, visit_id=first, other_visit_id=second, at=at, deleted=not same)
            self.session.add(row)
        else:
            row.at, row.deleted = at, not same
        self.session.flush()
        return _mark(row)

    def of_visit(self, visit_id: str) -> tuple[SameLesson, ...]:
        """Return the marks that a visit has part in."""
        rows = self.session.scalars(
            select(SameLessonRow)
            .where(or_(SameLessonRow.visit_id == visit_id, SameLessonRow.other_visit_id == visit_id))
            .where(~SameLessonRow.deleted)
            .order_by(SameLessonRow.id)
        )
        return tuple(_mark(row) for row in rows)

    def everything(self) -> tuple[SameLesson, ...]:
        """Return every mark, those taken away too: who said no once is not asked again."""
        return tuple(_mark(row) for row in self.session.scalars(select(SameLessonRow).order_by(SameLessonRow.id)))

    def lessons(
        self, visit_ids: Iterable[str] | None = None, *, near: datetime | None = None
    ) -> tuple[LessonVisit, ...]:
        """Return visits that have a start as what can be told to be one lesson, by start.

        Args:
            visit_ids: only these, None for all.
            near: only those that start within a day of it, None for all.
        """
        more, given = "", {}
        if visit_ids is not None:
            more, given = "AND v.id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(sorted(set(visit_ids)))}
        if near is not None:
            more += " AND coalesce(v.started, v.start) BETWEEN :since AND :until"
            given |= {"since": utc_text(near - _DAY), "until": utc_text(near + _DAY)}
        rows = self.session.execute(text(_VISITS.format(more=more)), given)
        made = []
        for found, start, started, ended, minutes, *rest in rows:
            begins = _moment(start)
            if begins is not None:
                made.append(LessonVisit(found, begins, _moment(started), _moment(ended), minutes, *rest))
        return tuple(made)

    # --- the third record

    def cells(self, found: str) -> tuple[Decision, ...]:
        """Return what was agreed on, by item, code and place."""
        rows = self.session.scalars(
            select(AgreedCellRow)
            .where(AgreedCellRow.pair_id == found, ~AgreedCellRow.deleted)
            .order_by(AgreedCellRow.item, AgreedCellRow.code, AgreedCellRow.place)
        )
        return tuple(_decision(row) for row in rows)

    def cell(self, found: str) -> tuple[SameLesson, Decision]:
        """Return what was agreed on for one place, taken back or not, and the mark it belongs to.

        Raises:
            NotFound: no such id.
        """
        row = self.row(AgreedCellRow, found, "agreed_cell")
        return self.get(row.pair_id), _decision(row)

    def decide(self, mark: SameLesson, decision: Decision) -> Decision:
        """Keep what was agreed on for one place, in place of what stood there."""
        found = cell_id(mark.id, decision)
        row = self.session.get(AgreedCellRow, found)
        if row is None:
            clock_of = decision.clock_of
            row = AgreedCellRow(id=found, pair_id=mark.id, visit_id=clock_of, other_visit_id=mark.other(clock_of))
            row.item, row.code, row.place = decision.item, decision.code, decision.place
            self.session.add(row)
        row.verdict, row.value, row.why = decision.verdict.value, decision.value, decision.why
        row.at, row.deleted = decision.at, False
        self.session.flush()
        return _decision(row)

    def forget(self, found: str) -> None:
        """Take back what was agreed on for one place.

        Raises:
            NotFound: no such id.
        """
        self.set(AgreedCellRow, found, "agreed_cell", {"deleted": True})


def _moment(value: str | None) -> datetime | None:
    return UtcText().process_result_value(value, sqlite.dialect())


def _mark(row: SameLessonRow) -> SameLesson:
    return SameLesson(row.id, row.visit_id, row.other_visit_id, row.at, same=not row.deleted)


def _decision(row: AgreedCellRow) -> Decision:
    known = {one.value for one in Verdict}
    verdict = Verdict(row.verdict) if row.verdict in known else Verdict.OPEN
    return Decision(row.item, row.code, row.place, verdict, row.value, row.why, row.at, row.visit_id, row.id)
