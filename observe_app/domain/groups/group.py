"""A group of colleagues, who has which part in it, and what its people gave it out of their journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

from observe_app.domain.ids import natural_id


class GroupKind(StrEnum):
    """What a group is."""

    COMMUNITY = "community"
    DEPARTMENT = "department"
    MENTORING = "mentoring"
    OTHER = "other"


class GroupRole(StrEnum):
    """What somebody does in a group beside being in it."""

    FACILITATOR = "facilitator"
    RECORDER = "recorder"
    TIME_KEEPER = "time_keeper"
    SPONSOR = "sponsor"
    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A learning community, a department, a mentoring pair.

    Attributes:
        kind: of `GroupKind`. purpose: what it is there for. measure: how it will know. norms: one a line.
        revisit: when the purpose is looked at again. school_goals: one a line, as the school words them.
        archived: it does not meet any more.
    """

    id: str
    name: str
    kind: str = GroupKind.COMMUNITY.value
    purpose: str = ""
    measure: str = ""
    revisit: date | None = None
    norms: str = ""
    school_goals: str = ""
    archived: bool = False
    created: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Somebody's part in a group.

    Attributes:
        roles: of `GroupRole`; () is a plain member. since, until: first and last day, None where not said.
    """

    id: str
    group_id: str
    person_id: str
    roles: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    deleted: bool = False

    def on(self, day: date) -> bool:
        """Tell whether they belong to the group on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words from a private journal that their writer chose to give to a group; not from which entry."""

    id: str
    group_id: str
    person_id: str
    text: str
    at: datetime | None = None
    deleted: bool = False


def member_id(group_id: str, person_id: str) -> str:
    """Return the id that every computer gives this person's part in this group."""
    return natural_id("group_member", group_id, person_id)
