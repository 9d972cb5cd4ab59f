"""What can be asked for on a survey's page; the tab does it."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """An act."""

    OPEN = "open"
    EDIT = "edit"
    ANSWER = "answer"
    PASS_BY = "pass_by"
    PASS_ROUND = "pass_round"
    PAPER = "paper"
    PRINT = "print"
    RELEASE = "release"
    CLOSE = "close"
    REOPEN = "reopen"
    EXPORT = "export"
    AGAIN = "again"
    REMOVE = "remove"
    TAKE_OVER = "take_over"
