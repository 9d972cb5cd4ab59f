"""The page of everything around the visits: groups, rounds, sessions, surveys, hours."""

from __future__ import annotations

from observe_app.ui.groups.page import GroupsPage
from observe_app.ui.groups.tab_base import GroupsTab, GroupsTarget

__all__ = ["GroupsPage", "GroupsTab", "GroupsTarget"]
