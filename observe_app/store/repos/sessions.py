"""Sessions: themselves, their lines, who was there, and what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.sessions.session import Attendance, FollowUp, Session, SessionItem
from observe_app.store.repos.kept import Kept
from observe_app.store.schema_groups import AttendanceRow, FollowUpRow, SessionItemRow, SessionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Transaction


class SessionRepo:
    """The four tables of sessions."""

    def __init__(self, transaction: Transaction) -> None:
        """Read and write in this transaction."""
        self.sessions = Kept(transaction, SessionRow, Session, "session")
        self.items = Kept(transaction, SessionItemRow, SessionItem, "session_item")
        self.attendance = Kept(transaction, AttendanceRow, Attendance, "attendance")
        self.follow_ups = Kept(transaction, FollowUpRow, FollowUp, "follow_up")
