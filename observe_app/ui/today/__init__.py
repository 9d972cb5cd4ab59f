"""Today: what asks for attention now."""

from observe_app.ui.today.page import TodayPage

__all__ = ["TodayPage"]
