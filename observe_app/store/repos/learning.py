"""Portfolios, hours and certificates, and the times of visits that hours are counted from."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import text

from observe_app.domain.hours import Certificate, HoursEntry, HoursRule
from observe_app.domain.portfolio import Portfolio
from observe_app.store.columns import UtcText, utc_text
from observe_app.store.repos.base import Repo
from observe_app.store.repos.kept import Kept
from observe_app.store.schema import CertificateRow, HoursEntryRow, HoursRuleRow, PortfolioRow


class VisitTime(NamedTuple):
    """When somebody took part in a visit and its conversation, without a word of what was written.

    `role`: "teacher" or "observer". Times are aware UTC, None where nobody began.
    """

    visit_id: str
    person_id: str
    role: str
    zone: str
    started: datetime | None
    ended: datetime | None
    talk_started: datetime | None
    talk_ended: datetime | None


_TIMES = """SELECT v.id, m.person_id, m.role, v.zone, v.started, v.ended, v.talk_started, v.talk_ended
FROM visit v JOIN visit_member m ON m.visit_id = v.id AND m.deleted = 0 AND m.role IN ('teacher', 'observer')
WHERE v.deleted = 0 AND v.source <> 'demo'
AND ((v.started >= :first AND v.started < :last) OR (v.talk_started >= :first AND v.talk_started < :last))
ORDER BY v.id, m.role, m.person_id"""


class LearningRepo(Repo):
    """What somebody learnt and how long they spent on it."""

    @cached_property
    def portfolios(self) -> Kept[Portfolio]:
        """Portfolios."""
        return Kept(self.session, PortfolioRow, Portfolio, "portfolio")

    @cached_property
    def hours_rules(self) -> Kept[HoursRule]:
        """How kinds of activity count."""
        return Kept(self.session, HoursRuleRow, HoursRule, "hours rule")

    @cached_property
    def hours_entries(self) -> Kept[HoursEntry]:
        """Time put in by hand."""
        return Kept(self.session, HoursEntryRow, HoursEntry, "hours entry")

    @cached_property
    def certificates(self) -> Kept[Certificate]:
        """Certificates as they were issued."""
        return Kept(self.session, CertificateRow, Certificate, "certificate")

    def visit_times(self, first: datetime, last: datetime) -> tuple[VisitTime, ...]:
        """Return who took part in visits that began, or were talked about, in [first, last), aware UTC."""
        rows = self.session.execute(
            text(_TIMES).columns(started=UtcText, ended=UtcText, talk_started=UtcText, talk_ended=UtcText),
            {"first": utc_text(first), "last": utc_text(last)},
        )
        return tuple(VisitTime(*row) for row in rows)
