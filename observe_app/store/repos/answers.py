"""Answers to form items: one row for each visit and item, named alike on every computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.ids import natural_id
from observe_app.store.repos.base import Repo
from observe_app.store.schema import AnswerRow

if TYPE_CHECKING:
    from observe_app.domain.answer import AnswerValue


def answer_id(visit_id: str, item: str) -> str:
    """Return the id that every computer gives this answer."""
    return natural_id("answer", visit_id, item)


def to_answer(row: AnswerRow) -> Answer:
    """Return the domain object of a row."""
    value: AnswerValue = row.value
    return Answer(row.visit_id, row.item, value, row.absence, row.comment, row.at)


class AnswerRepo(Repo):
    """What observers answered."""

    def of_visit(self, visit_id: str) -> tuple[Answer, ...]:
        """Return a visit's answers; an item never touched has none."""
        rows = self.session.scalars(
            select(AnswerRow).where(AnswerRow.visit_id == visit_id, ~AnswerRow.deleted).order_by(AnswerRow.item)
        )
        return tuple(to_answer(row) for row in rows)

    def get(self, visit_id: str, item: str) -> Answer:
        """Return one answer; an item never touched is unanswered."""
        row = self.session.get(AnswerRow, answer_id(visit_id, item))
        return Answer(visit_id, item) if row is None or row.deleted else to_answer(row)

    def put(self, answer: Answer) -> Answer:
        """Keep an answer, new or changed."""
        row = self.session.get(AnswerRow, answer_id(answer.visit_id, answer.item))
        if row is None:
            row = AnswerRow(
                id=answer_id(answer.visit_id, answer.item), visit_id=answer.visit_id, item=answer.item, comment=""
            )
            self.session.add(row)
        row.value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        row.absence = answer.absence
        row.comment = answer.comment
        row.at = answer.at
        row.deleted = False
        self.session.flush()
        return to_answer(row)

    def any_given(self, visit_id: str) -> bool:
        """Whether any item of the visit has a value or an absence other than unanswered."""
        return any(answer.absence is not Absence.UNANSWERED or answer.comment for answer in self.of_visit(visit_id))
