"""The IANA name of the zone this computer is set to."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _valid(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def system_zone_name() -> str:
    """Return the zone of `TZ`, `/etc/timezone` or `/etc/localtime`; "UTC" where none can be told.

    Windows keeps its own zone names; there the wall time is stored with the offset of the moment,
    and "UTC" is only the name shown for the zone.
    """
    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    with contextlib.suppress(OSError, UnicodeDecodeError):
        candidates.append(Path("/etc/timezone").read_text(encoding="ascii").strip())
    link = Path("/etc/localtime")
    if link.is_symlink():
        candidates.append(str(link.readlink()).partition("zoneinfo/")[2])
    return next((name for name in candidates if name and _valid(name)), "UTC")
