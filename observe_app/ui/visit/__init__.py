"""A visit: one page whose header stays while its four stages change below: Prepare, Observe, Talk, Follow up."""

from __future__ import annotations

from observe_app.ui.visit.page import VisitPage

__all__ = ["VisitPage"]
