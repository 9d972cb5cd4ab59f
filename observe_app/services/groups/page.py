"""A group as its page shows it at the start of a meeting: one look at one moment.

Of visits it shows the day and nothing else, and of an action step its words only to whom it belongs: what is written
about a lesson stays with the teacher and the observer, whatever goals it is linked to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.changes import NOTHING_SEEN, Seen
from observe_app.domain.errors import NotFound
from observe_app.domain.groups.goal import GoalStatus, LinkKind
from observe_app.domain.groups.purpose import PurposeGap, purpose_gaps
from observe_app.services.charts.readings import GoalReadings, Point, ReadingLine, VisitDay
from observe_app.services.groups import goals as goals_service
from observe_app.services.groups import groups, readings, resources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.groups.goal import Goal, GoalLink, Reading
    from observe_app.domain.groups.group import Excerpt, PeerGroup
    from observe_app.domain.groups.resource import Resource
    from observe_app.domain.sessions.session import FollowUp
    from observe_app.services.core import Core
    from observe_app.services.groups.groups import Part
    from observe_app.store.unit import ReadUnit

L = TypeVar("L", "LinkedVisit", "LinkedStep", "LinkedSession")

_MOST = 200
"""Promises, celebrations and excerpts shown at once."""


@dataclass(frozen=True, slots=True)
class LinkedVisit:
    """The day of a visit that pursues a goal. `mine`: whoever sits here was in it and may open it."""

    visit_id: str
    day: date | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class LinkedStep:
    """An action step that pursues a goal. `text`: "" unless it is one's own. `day`: of the visit it was agreed in."""

    step_id: str
    visit_id: str
    day: date | None = None
    text: str = ""
    status: str = "open"
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class LinkedSession:
    """A session that pursues a goal."""

    session_id: str
    title: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with what is known of it.

    Attributes:
        serves: the title of the goal it serves, and `serves_group` that goal's group, "" for the school's.
        found: its readings and those of outcomes, by day.
    """

    goal: Goal
    seen: Seen = NOTHING_SEEN
    serves: str = ""
    serves_group: str = ""
    found: tuple[Reading, ...] = ()
    visits: tuple[LinkedVisit, ...] = ()
    steps: tuple[LinkedStep, ...] = ()
    sessions: tuple[LinkedSession, ...] = ()

    @property
    def latest(self) -> Reading | None:
        """The newest reading of its own measure."""
        own = [one for one in self.found if not one.series]
        return own[-1] if own else None

    @property
    def chart(self) -> GoalReadings:
        """What its chart draws."""
        return GoalReadings(
            self.goal.title,
            self.goal.measure,
            self.goal.unit,
            tuple(
                ReadingLine(
                    line.name, tuple(Point(one.id, one.on, one.value, one.n, one.note) for one in line.readings)
                )
                for line in readings.lines(self.found)
            ),
            self.goal.baseline,
            self.goal.target,
            self.goal.due,
            tuple(VisitDay(one.day, one.visit_id if one.mine else "") for one in self.visits if one.day is not None),
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised in a session or for a goal. `late`: its day has passed."""

    follow_up: FollowUp
    owner: str = ""
    session: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Celebration:
    """Something that came to a good end. `kind`: "goal", "step" or "promise"; `words`: "" for another one's step."""

    kind: str
    id: str
    day: date | None = None
    words: str = ""
    story: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class KeptResource:
    """A resource. `here`: its bytes are on this computer; True for links."""

    resource: Resource
    here: bool = True


@dataclass(frozen=True, slots=True)
class GivenExcerpt:
    """Words that somebody gave to the group out of their journal."""

    excerpt: Excerpt
    who: str = ""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group and all that its page shows; `goals` are open, `closed` reached or dropped, the newest first."""

    group: PeerGroup
    seen: Seen = NOTHING_SEEN
    parts: tuple[Part, ...] = ()
    gaps: tuple[PurposeGap, ...] = ()
    goals: tuple[GoalView, ...] = ()
    closed: tuple[GoalView, ...] = ()
    promises: tuple[Promise, ...] = ()
    resources: tuple[KeptResource, ...] = ()
    celebrations: tuple[Celebration, ...] = ()
    excerpts: tuple[GivenExcerpt, ...] = ()
    next_session: LinkedSession | None = None
    next_start: datetime | None = None


def page(core: Core, group_id: str) -> GroupPage:
    """Return a group as its page shows it.

    Raises:
        NotFound: no such id.
    """
    day = groups.today(core)
    parts = groups.parts(core, group_id)
    with core.store.read() as unit:
        look = _Look(core, unit, day)
        group = unit.groups.groups.get(group_id)
        found = goals_service.goals_of(unit, group_id)
        views = [look.goal(goal) for goal in found]
        promises = look.promises(group_id)
        upcoming = look.next_session(group_id)
        closed = [one for one in views if one.goal.status != GoalStatus.OPEN]
        return GroupPage(
            group=group,
            seen=unit.seen(("peer_group", group_id)),
            parts=parts,
            gaps=purpose_gaps(group, found, day),
            goals=tuple(one for one in views if one.goal.status == GoalStatus.OPEN),
            closed=tuple(sorted(closed, key=_ended, reverse=True)),
            promises=promises,
            resources=look.resources(group_id),
            celebrations=look.celebrations(group_id, views),
            excerpts=look.excerpts(group_id),
            next_session=upcoming[0] if upcoming else None,
            next_start=upcoming[1] if upcoming else None,
        )


def goal_view(core: Core, goal_id: str) -> GoalView:
    """Return a goal with its readings and what it is pursued by.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return _Look(core, unit, groups.today(core)).goal(unit.groups.goals.get(goal_id))


def _ended(view: GoalView) -> str:
    return view.goal.closed.isoformat() if view.goal.closed is not None else ""


class _Look:
    """What several parts of a page ask, read once."""

    def __init__(self, core: Core, unit: ReadUnit, today: date) -> None:
        self.unit, self.today = unit, today
        self.me = core.settings.get().me_id or ""
        self.zone = core.clock.zone_name()
        self._names: dict[str, str] = {}

    def name(self, person_id: str) -> str:
        """Return somebody's name, "" for nobody."""
        if not person_id:
            return ""
        if person_id not in self._names:
            try:
                self._names[person_id] = self.unit.people.get(person_id).name
            except NotFound:
                self._names[person_id] = ""
        return self._names[person_id]

    def day(self, moment: datetime | None, zone: str = "") -> date | None:
        """Return the local day of a moment."""
        if moment is None:
            return None
        try:
            return moment.astimezone(ZoneInfo(zone or self.zone)).date()
        except (ZoneInfoNotFoundError, ValueError):
            return moment.date()

    def goal(self, goal: Goal) -> GoalView:
        """Return a goal with what is linked to it."""
        serves = serves_group = ""
        if goal.parent_id:
            try:
                parent = self.unit.groups.goals.get(goal.parent_id)
                if not parent.deleted:
                    serves = parent.title
                    serves_group = self.unit.groups.groups.get(parent.group_id).name if parent.group_id else ""
            except NotFound:
                pass
        links = self.unit.groups.links.find(goal_id=goal.id)
        return GoalView(
            goal,
            self.unit.seen(("goal", goal.id)),
            serves,
            serves_group,
            self.unit.groups.readings.find(goal_id=goal.id, order="on"),
            _sorted(self._visit(link) for link in links if link.kind == LinkKind.VISIT),
            _sorted(self._step(link) for link in links if link.kind == LinkKind.STEP),
            _sorted(self._session(link) for link in links if link.kind == LinkKind.SESSION),
        )

    def _visit(self, link: GoalLink) -> LinkedVisit | None:
        try:
            visit = self.unit.visits.get(link.target_id)
        except NotFound:
            return None
        if visit.deleted:
            return None
        mine = not self.me or self.me in {visit.teacher_id, visit.observer_id}
        return LinkedVisit(visit.id, self.day(visit.started or visit.start, visit.zone), mine)

    def _step(self, link: GoalLink) -> LinkedStep | None:
        try:
            step = self.unit.talk.step(link.target_id)
            visit = self.unit.visits.get(step.visit_id)
        except NotFound:
            return None
        if step.deleted or visit.deleted:
            return None
        own = bool(self.me) and step.owner_id == self.me
        return LinkedStep(
            step.id,
            step.visit_id,
            self.day(visit.started or visit.start, visit.zone),
            step.text if own else "",
            step.status.value,
            self.day(step.closed),
        )

    def _session(self, link: GoalLink) -> LinkedSession | None:
        try:
            found = self.unit.sessions.sessions.get(link.target_id)
        except NotFound:
            return None
        return None if found.deleted else LinkedSession(found.id, found.title, self.day(found.start, found.zone))

    def promises(self, group_id: str) -> tuple[Promise, ...]:
        """Return what is still open, what is late first."""
        found = self.unit.sessions.follow_ups.find(group_id=group_id, status="open")
        order = sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.position, one.id))
        return tuple(
            Promise(
                one,
                self.name(one.owner_id),
                self._session_title(one.session_id),
                one.due is not None and one.due < self.today,
            )
            for one in order[:_MOST]
        )

    def _session_title(self, session_id: str) -> str:
        try:
            return self.unit.sessions.sessions.get(session_id).title if session_id else ""
        except NotFound:
            return ""

    def resources(self, group_id: str) -> tuple[KeptResource, ...]:
        """Return what the group works with, and whether its bytes are here."""
        return tuple(
            KeptResource(one, not one.sha256 or self.unit.after.kept_size(one.sha256) is not None)
            for one in resources.resources_of(self.unit, group_id)
        )

    def celebrations(self, group_id: str, views: list[GoalView]) -> tuple[Celebration, ...]:
        """Return what came to a good end, the newest first."""
        made = [
            Celebration("goal", view.goal.id, self.day(view.goal.closed), view.goal.title, view.goal.story)
            for view in views
            if view.goal.status == GoalStatus.REACHED
        ]
        steps = {step.step_id: step for view in views for step in view.steps if step.status == "done"}
        made += [Celebration("step", step.step_id, step.closed, step.text) for step in steps.values()]
        made += [
            Celebration("promise", one.id, self.day(one.closed), one.text, who=self.name(one.owner_id))
            for one in self.unit.sessions.follow_ups.find(group_id=group_id, status="done")
        ]
        return tuple(sorted(made, key=lambda one: (one.day or date.min, one.id), reverse=True)[:_MOST])

    def excerpts(self, group_id: str) -> tuple[GivenExcerpt, ...]:
        """Return what people gave to the group out of their journals, the newest first."""
        found = self.unit.groups.excerpts.find(group_id=group_id, order="at")
        return tuple(GivenExcerpt(one, self.name(one.person_id)) for one in reversed(found[-_MOST:]))

    def next_session(self, group_id: str) -> tuple[LinkedSession, datetime] | None:
        """Return the session that comes next."""
        found = [
            one
            for one in self.unit.sessions.sessions.find(group_id=group_id, state=("planned", "running"), order="start")
            if one.start is not None and (self.day(one.start, one.zone) or date.min) >= self.today
        ]
        if not found or found[0].start is None:
            return None
        one = found[0]
        return LinkedSession(one.id, one.title, self.day(one.start, one.zone)), found[0].start


def _sorted(found: Iterable[L | None]) -> tuple[L, ...]:
    there = [one for one in found if one is not None]
    return tuple(sorted(there, key=lambda one: (one.day is None, one.day or date.max)))
