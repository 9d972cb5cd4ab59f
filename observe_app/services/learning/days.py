"""Local days of moments, by the zone of the place where something was."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import date, datetime


def local(moment: datetime, zone: str) -> datetime:
    """Return an aware moment on the clock of this IANA zone, UTC where the zone is unknown."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC)


def day_of(moment: datetime | None, zone: str) -> date | None:
    """Return the local day of a moment, None for none."""
    return local(moment, zone).date() if moment is not None else None
