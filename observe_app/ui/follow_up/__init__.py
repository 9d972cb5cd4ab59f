"""Follow up: the PDF as the teacher reads it, who reads it, and what became of the action steps."""

from __future__ import annotations

from observe_app.ui.follow_up.tab import FollowUpTab

__all__ = ["FollowUpTab"]
