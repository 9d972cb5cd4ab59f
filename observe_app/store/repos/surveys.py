"""Surveys, their organisers' secrets, released answers, and the urn in which sealed ones wait on this computer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import sqlite

from observe_app.domain.surveys.survey import Survey, SurveyAnswer, SurveySecret
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.repos.kept import Kept
from observe_app.store.schema_learning import (
    SurveyAnswerRow,
    SurveyDoneRow,
    SurveyRow,
    SurveySecretRow,
    SurveyUrnRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_URN, _DONE = table_of(SurveyUrnRow), table_of(SurveyDoneRow)


class SurveyRepo(Repo):
    """Everything of surveys in one unit of work."""

    @cached_property
    def surveys(self) -> Kept[Survey]:
        """Surveys, own ones and those of others."""
        return Kept(self.session, SurveyRow, Survey, "survey")

    @cached_property
    def secrets(self) -> Kept[SurveySecret]:
        """What oneself has of one's own surveys."""
        return Kept(self.session, SurveySecretRow, SurveySecret, "survey")

    @cached_property
    def answers(self) -> Kept[SurveyAnswer]:
        """Released answers."""
        return Kept(self.session, SurveyAnswerRow, SurveyAnswer, "answer")

    def released(self) -> dict[str, int]:
        """Return how many answers each survey shows, by its id."""
        table = table_of(SurveyAnswerRow)
        asked = select(table.c.survey_id, func.count()).where(table.c.deleted == False)  # noqa: E712  (SQL)
        return {row[0]: int(row[1]) for row in self.session.execute(asked.group_by(table.c.survey_id))}

    def waiting(self) -> dict[str, int]:
        """Return how many sealed answers wait on this computer to be released, by their survey's id."""
        asked = select(_URN.c.survey_id, func.count()).where(_URN.c.leave == False)  # noqa: E712  (SQL)
        return {row[0]: int(row[1]) for row in self.session.execute(asked.group_by(_URN.c.survey_id))}

    def leaving(self) -> dict[str, int]:
        """Return how many sealed answers wait on this computer to leave it, by their survey's id."""
        asked = select(_URN.c.survey_id, func.count()).where(_URN.c.leave == True)  # noqa: E712  (SQL)
        return {row[0]: int(row[1]) for row in self.session.execute(asked.group_by(_URN.c.survey_id))}

    def put_in(self, sealed_id: str, survey_id: str, content: bytes, *, leave: bool) -> None:
        """Put a sealed answer into the urn, once."""
        row = {"id": sealed_id, "survey_id": survey_id, "leave": leave, "content": content}
        self.session.execute(sqlite.insert(_URN).values(row).on_conflict_do_nothing())

    def in_urn(self, survey_id: str) -> tuple[tuple[str, bytes], ...]:
        """Return what waits to be released of a survey, sealed, by its random id."""
        asked = select(_URN.c.id, _URN.c.content).where(_URN.c.survey_id == survey_id, _URN.c.leave == False)  # noqa: E712
        return tuple((row[0], bytes(row[1])) for row in self.session.execute(asked.order_by(_URN.c.id)))

    def take_out(self, ids: Iterable[str]) -> None:
        """Take sealed answers out of the urn."""
        for one in ids:
            self.session.execute(delete(_URN).where(_URN.c.id == one))

    def empty(self, survey_id: str) -> None:
        """Take everything of a survey out of the urn."""
        self.session.execute(delete(_URN).where(_URN.c.survey_id == survey_id))

    def done_by(self, person_id: str) -> frozenset[str]:
        """Return the surveys that somebody answered on this computer, or will not."""
        asked = select(_DONE.c.survey_id).where(_DONE.c.person_id == person_id)
        return frozenset(row[0] for row in self.session.execute(asked))

    def keep_done(self, survey_id: str, person_id: str) -> None:
        """Keep that somebody answered a survey on this computer, or will not."""
        row = {"survey_id": survey_id, "person_id": person_id}
        self.session.execute(sqlite.insert(_DONE).values(row).on_conflict_do_nothing())
