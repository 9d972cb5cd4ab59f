"""Releasing from the window: what leaves and who reads it, corrections, taking back."""

from __future__ import annotations

from observe_app.ui.release.correct_sheet import CorrectSheet
from observe_app.ui.release.end_sheets import TakeBackSheet, WithdrawSheet
from observe_app.ui.release.release_sheet import ReleaseSheet

__all__ = ["CorrectSheet", "ReleaseSheet", "TakeBackSheet", "WithdrawSheet"]
