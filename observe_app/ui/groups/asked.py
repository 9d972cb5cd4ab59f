"""What somebody asks for on a group's page; the tab does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """An act."""

    CHANGE = "change"
    PEOPLE = "people"
    ARCHIVE = "archive"
    DELETE = "delete"
    SHARE = "share"
    GOAL_NEW = "goal_new"
    GOAL = "goal"
    GOAL_CLOSE = "goal_close"
    GOAL_OPEN = "goal_open"
    GOAL_DELETE = "goal_delete"
    READING = "reading"
    READINGS = "readings"
    READINGS_IN = "readings_in"
    READINGS_OUT = "readings_out"
    LINK = "link"
    VISIT = "visit"
    SESSION = "session"
    FILE = "file"
    LINK_NEW = "link_new"
    RESOURCE = "resource"
    RESOURCE_OPEN = "resource_open"
    RESOURCE_DELETE = "resource_delete"


@dataclass(frozen=True, slots=True)
class Ask:
    """An act and the record that it is done with, "" for the group itself."""

    act: Act
    id: str = ""
