"""Compare: what changed over a term, what one lesson shows, and how far two observers of it agree."""

from __future__ import annotations

from observe_app.ui.compare.page import ComparePage
from observe_app.ui.compare.state import CompareTarget

__all__ = ["ComparePage", "CompareTarget"]
