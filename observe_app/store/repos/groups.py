"""Groups, their people, goals, readings, resources, and excerpts given to them."""

from __future__ import annotations

from functools import cached_property

from observe_app.domain.groups.goal import Goal, GoalLink, Reading
from observe_app.domain.groups.group import Excerpt, GroupMember, PeerGroup
from observe_app.domain.groups.resource import Resource
from observe_app.store.repos.base import Repo
from observe_app.store.repos.kept import Kept
from observe_app.store.schema_groups import (
    ExcerptRow,
    GoalLinkRow,
    GoalRow,
    GroupMemberRow,
    PeerGroupRow,
    ReadingRow,
    ResourceRow,
)


class GroupRepo(Repo):
    """What groups keep."""

    @cached_property
    def groups(self) -> Kept[PeerGroup]:
        """The groups themselves."""
        return Kept(self.session, PeerGroupRow, PeerGroup, "group")

    @cached_property
    def members(self) -> Kept[GroupMember]:
        """Who has which part in them."""
        return Kept(self.session, GroupMemberRow, GroupMember, "member")

    @cached_property
    def goals(self) -> Kept[Goal]:
        """Goals of groups, people and the school."""
        return Kept(self.session, GoalRow, Goal, "goal")

    @cached_property
    def readings(self) -> Kept[Reading]:
        """Readings of measures."""
        return Kept(self.session, ReadingRow, Reading, "reading")

    @cached_property
    def links(self) -> Kept[GoalLink]:
        """What goals are pursued by."""
        return Kept(self.session, GoalLinkRow, GoalLink, "link")

    @cached_property
    def resources(self) -> Kept[Resource]:
        """Files and links."""
        return Kept(self.session, ResourceRow, Resource, "resource")

    @cached_property
    def excerpts(self) -> Kept[Excerpt]:
        """Words out of journals that their writers gave to a group."""
        return Kept(self.session, ExcerptRow, Excerpt, "excerpt")
