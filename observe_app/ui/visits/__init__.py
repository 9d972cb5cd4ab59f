"""Visits: every visit in one list that is found by typing."""

from observe_app.ui.visits.page import VisitsPage

__all__ = ["VisitsPage"]
