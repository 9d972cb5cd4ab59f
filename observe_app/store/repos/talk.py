"""Claims, the evidence under them, and action steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.dialects import sqlite

from observe_app.domain.action_step import ActionStep, StepRow
from observe_app.domain.evidence import Claim, Evidence
from observe_app.domain.ids import natural_id
from observe_app.store.columns import UtcText
from observe_app.store.names import KEPT_ID, KEPT_NAME, TEACHER_NAME, WITH_MERGED
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.schema import ClaimRow, EventRow, EvidenceRow, PersonRow, StepRowData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_STEP_FIELDS = tuple(
    name for name in (column.name for column in table_of(StepRowData).columns) if name in ActionStep.__slots__
)

_STEPS_DUE = text(
    f"SELECT s.id, s.visit_id, s.text, s.owner_id, {KEPT_NAME.format(p='p')} AS owner, s.due, s.help, s.position, "
    + TEACHER_NAME.format(visit="s.visit_id")
    + " AS teacher FROM action_step s JOIN visit v ON v.id = s.visit_id LEFT JOIN person p ON p.id = s.owner_id "
    "WHERE s.deleted = 0 AND v.deleted = 0 AND s.status = 'open' AND s.due <= :until ORDER BY s.due, s.id"
)


_MOMENT = "coalesce({visit}.started, {visit}.start, {visit}.created)"
# Who the teacher is, with all who turned out to be them, is asked once and not of each of ten thousand members.
_EARLIER = text(
    f"WITH kept AS MATERIALIZED (SELECT {KEPT_ID.format(p='hp')} AS id FROM visit_member hm "
    "JOIN person hp ON hp.id = hm.person_id WHERE hm.visit_id = :visit AND hm.role = 'teacher' AND hm.deleted = 0), "
    f"same AS MATERIALIZED {WITH_MERGED.format(given='IN (SELECT id FROM kept)')} SELECT s.id, "
    + TEACHER_NAME.format(visit="s.visit_id")
    + f" AS teacher, {_MOMENT.format(visit='v')} AS moment FROM visit here CROSS JOIN same "
    "CROSS JOIN visit_member m ON m.person_id = same.id AND m.role = 'teacher' AND m.deleted = 0 "
    "CROSS JOIN visit v ON v.id = m.visit_id AND v.deleted = 0 AND v.id <> here.id "
    "JOIN action_step s ON s.visit_id = v.id AND s.deleted = 0 "
    f"WHERE here.id = :visit AND {_MOMENT.format(visit='v')} < {_MOMENT.format(visit='here')} "
    "AND (s.status = 'open' OR s.closed_visit_id = here.id) ORDER BY moment, s.position, s.id"
)


def evidence_id(visit_id: str, target_kind: str, target_id: str, event_id: str, view: str = "") -> str:
    """Return the id that every computer gives this link, to an event or to a view."""
    return natural_id("evidence", visit_id, target_kind, target_id, f"view:{view}" if view else event_id)


class TalkRepo(Repo):
    """What is said about a lesson."""

    def claims(self, visit_id: str, known: Sequence[Evidence] | None = None) -> tuple[Claim, ...]:
        """Return a visit's claims by kind and position, each with its evidence; `known` saves reading it again."""
        links: dict[str, list[Evidence]] = {}
        for link in self.evidence(visit_id) if known is None else known:
            if link.target_kind == "claim":
                links.setdefault(link.target_id, []).append(link)
        rows = self.session.scalars(
            select(ClaimRow)
            .where(ClaimRow.visit_id == visit_id, ~ClaimRow.deleted)
            .order_by(ClaimRow.kind, ClaimRow.position, ClaimRow.id)
        )
        return tuple(_claim(row, tuple(links.get(row.id, ()))) for row in rows)

    def claim(self, claim_id: str) -> Claim:
        """Return a claim, deleted or not.

        Raises:
            NotFound: no such id.
        """
        row = self.row(ClaimRow, claim_id, "claim")
        links = tuple(
            link for link in self.evidence(row.visit_id) if link.target_kind == "claim" and link.target_id == claim_id
        )
        return _claim(row, links)

    def add_claim(self, claim: Claim) -> None:
        """Keep a new claim; its evidence is linked by `link`."""
        self.session.add(
            ClaimRow(
                id=claim.id,
                visit_id=claim.visit_id,
                kind=claim.kind,
                title=claim.title,
                text=claim.text,
                position=claim.position,
                deleted=False,
            )
        )
        self.session.flush()

    def change_claim(self, claim_id: str, fields: Mapping[str, Any]) -> Claim:
        """Change fields of a claim.

        Raises:
            NotFound: no such id.
        """
        self.set(ClaimRow, claim_id, "claim", fields)
        return self.claim(claim_id)

    def last_position(self, visit_id: str, what: type[ClaimRow | EvidenceRow | StepRowData] = ClaimRow) -> float:
        """Return the highest position of a visit's claims, links or steps, 0 for none."""
        return float(
            self.session.execute(
                select(func.coalesce(func.max(what.position), 0.0)).where(what.visit_id == visit_id)
            ).scalar_one()
        )

    def evidence(self, visit_id: str) -> tuple[Evidence, ...]:
        """Return a visit's links to views, and to events that are not deleted, in the order they were made."""
        # Columns, not records: a page reads all links anew with each of them that is made.
        rows = self.session.execute(
            select(
                EvidenceRow.visit_id,
                EvidenceRow.target_kind,
                EvidenceRow.target_id,
                EvidenceRow.event_id,
                EvidenceRow.position,
                EvidenceRow.view,
            )
            .outerjoin(EventRow, EventRow.id == EvidenceRow.event_id)
            .where(
                EvidenceRow.visit_id == visit_id,
                ~EvidenceRow.deleted,
                or_(EvidenceRow.view != "", EventRow.deleted.is_(False)),
            )
            .order_by(EvidenceRow.position, EvidenceRow.id)
        )
        return tuple(Evidence(*row) for row in rows)

    def link(self, evidence: Evidence) -> None:
        """Link an event or a view to a claim, an answer or a step; a link taken away before comes back."""
        row_id = evidence_id(
            evidence.visit_id, evidence.target_kind, evidence.target_id, evidence.event_id, evidence.view
        )
        row = self.session.get(EvidenceRow, row_id)
        if row is None:
            self.session.add(
                EvidenceRow(
                    id=row_id,
                    visit_id=evidence.visit_id,
                    target_kind=evidence.target_kind,
                    target_id=evidence.target_id,
                    event_id=evidence.event_id,
                    view=evidence.view,
                    position=evidence.position or self.last_position(evidence.visit_id, EvidenceRow) + 1,
                    deleted=False,
                )
            )
        else:
            row.deleted = False
        self.session.flush()

    def unlink(self, visit_id: str, target_kind: str, target_id: str, event_id: str, view: str = "") -> None:
        """Take a link away; nothing happens where there is none."""
        row = self.session.get(EvidenceRow, evidence_id(visit_id, target_kind, target_id, event_id, view))
        if row is not None:
            row.deleted = True
            self.session.flush()

    def steps(self, visit_id: str) -> tuple[ActionStep, ...]:
        """Return a visit's action steps in order."""
        rows = self.session.execute(
            select(StepRowData, PersonRow.name)
            .outerjoin(PersonRow, PersonRow.id == StepRowData.owner_id)
            .where(StepRowData.visit_id == visit_id, ~StepRowData.deleted)
            .order_by(StepRowData.position, StepRowData.id)
        )
        return tuple(_step(row, name or "") for row, name in rows)

    def step(self, step_id: str) -> ActionStep:
        """Return a step, deleted or not.

        Raises:
            NotFound: no such id.
        """
        row = self.row(StepRowData, step_id, "action step")
        owner = self.session.get(PersonRow, row.owner_id) if row.owner_id else None
        return _step(row, owner.name if owner else "")

    def add_step(self, step: ActionStep) -> None:
        """Keep a new step."""
        values = {name: getattr(step, name) for name in _STEP_FIELDS}
        values["position"] = step.position or self.last_position(step.visit_id, StepRowData) + 1
        self.session.add(StepRowData(**values))
        self.session.flush()

    def change_step(self, step_id: str, fields: Mapping[str, Any]) -> ActionStep:
        """Change fields of a step.

        Raises:
            NotFound: no such id.
        """
        self.set(StepRowData, step_id, "action step", fields)
        return self.step(step_id)

    def earlier_steps(self, visit_id: str) -> tuple[StepRow, ...]:
        """Return the steps of the same teacher's other visits that are open, or that this visit closed; oldest first.

        Only visits that began, or were planned, before this one count.
        """
        rows = self.session.execute(_EARLIER, {"visit": visit_id})
        found = []
        for step_id, teacher, start in rows:
            found.append(
                StepRow(self.step(step_id), teacher or "", UtcText().process_result_value(start, sqlite.dialect()))
            )
        return tuple(found)

    def steps_due(self, until: date) -> tuple[StepRow, ...]:
        """Return the open steps due on or before this day, the earliest first, with the visit's teacher.

        Plain SQL: it fills the first page of a start, where the mapper's own set-up would cost 15 ms.
        """
        rows = self.session.execute(_STEPS_DUE, {"until": until.isoformat()})
        return tuple(
            StepRow(
                ActionStep(
                    id=row.id,
                    visit_id=row.visit_id,
                    text=row.text,
                    owner_id=row.owner_id,
                    owner=row.owner or "",
                    due=date.fromisoformat(row.due),
                    help=row.help,
                    position=row.position,
                ),
                row.teacher or "",
            )
            for row in rows
        )


def _claim(row: ClaimRow, links: Sequence[Evidence]) -> Claim:
    events = tuple(link.event_id for link in links if not link.view)
    views = tuple(link.view for link in links if link.view)
    return Claim(row.id, row.visit_id, row.kind, row.title, row.text, row.position, events, row.deleted, views)


def _step(row: StepRowData, owner: str) -> ActionStep:
    return ActionStep(owner=owner, **{name: getattr(row, name) for name in _STEP_FIELDS})
