"""The seating plan: made in a sheet, shown small where a visit is prepared, pressed on while it is observed."""

from __future__ import annotations

from observe_app.ui.seating.pane import SeatPane
from observe_app.ui.seating.plan_editor import PlanEditor
from observe_app.ui.seating.plan_row import PlanRow

__all__ = ["PlanEditor", "PlanRow", "SeatPane"]
