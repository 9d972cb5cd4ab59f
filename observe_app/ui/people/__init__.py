"""People: colleagues, added, changed and brought in from a list."""

from observe_app.ui.people.page import PeoplePage

__all__ = ["PeoplePage"]
