"""Names that a button can hold."""

from __future__ import annotations

MOST = 28


def short_name(name: str, most: int = MOST) -> str:
    """Return the name, its middle left out where it has more than so many characters."""
    if len(name) <= most:
        return name
    head = most // 2
    return f"{name[:head].rstrip()}…{name[head - most + 1 :].lstrip()}"
