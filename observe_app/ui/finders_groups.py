"""What Ctrl+K finds of groups and what they do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.services.groups import groups
from observe_app.services.sessions import sessions
from observe_app.ui.groups.tab_base import GROUPS, HOURS, ROUNDS, SESSIONS, SURVEYS, GroupsTarget
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local
from observe_app.ui.palette import PaletteEntry

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.guide import Guide

_MOST = 6


def groups_found(core: Core, desk: Guide, query: str) -> list[PaletteEntry]:
    """Return groups and sessions whose name has what is asked for."""
    asked = query.strip().casefold()
    if not asked:
        return []
    tr = QCoreApplication.translate
    found = [
        PaletteEntry(
            kind=tr("finders", "Group"), title=row.group.name, subtitle=" ".join(row.group.purpose.split())[:80],
            action=partial(desk.go_to_groups, GroupsTarget(GROUPS, row.group.id)), icon="handshake", found=True,
        )
        for row in groups.listing(core) if asked in row.group.name.casefold()
    ][:_MOST]  # fmt: skip
    for row in sessions.listing(core):
        if asked in row.session.title.casefold() and len(found) < 2 * _MOST:
            start = row.session.start
            found.append(
                PaletteEntry(
                    kind=tr("finders", "Session"), title=row.session.title,
                    subtitle=short_date(local(start, row.session.zone).date()) if start is not None else "",
                    action=partial(desk.go_to_groups, GroupsTarget(SESSIONS, row.session.id)),
                    icon="users-round", found=True,
                )
            )  # fmt: skip
    return found


def groups_commands(desk: Guide, _query: str) -> list[PaletteEntry]:
    """Return the parts of Groups as places to go to."""
    tr = QCoreApplication.translate
    places = {
        ROUNDS: tr("finders", "Rounds of visits"),
        SESSIONS: tr("finders", "Sessions"),
        SURVEYS: tr("finders", "Surveys"),
        HOURS: tr("finders", "Hours and certificates"),
    }
    command = tr("finders", "Command")
    return [
        PaletteEntry(command, words, partial(desk.go_to_groups, GroupsTarget(tab)), icon="handshake")
        for tab, words in places.items()
    ]
