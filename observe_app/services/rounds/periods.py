"""The school's bell times: what "period 3" means in a timetable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.services.exchange.timetable_lines import DAY_MIN, Period, read_minute, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.core import Core

MAX_PERIODS = 30


def bell_times(core: Core) -> tuple[Period, ...]:
    """Return the periods of the school's day in their order; () where nobody said."""
    times = ((one[0], read_minute(one[1]), read_minute(one[2])) for one in core.settings.get().bell_times if one[2:])
    return tuple(Period(name, begin, end) for name, begin, end in times if begin is not None and end)


def set_bell_times(core: Core, periods: Sequence[Period]) -> tuple[Period, ...]:
    """Keep the periods of the school's day, on this computer.

    Raises:
        Invalid: a period without a name, one that ends before it begins, a name twice, too many.
    """
    if len(periods) > MAX_PERIODS:
        raise Invalid("bell times", str(len(periods)), "out_of_range", f"1–{MAX_PERIODS}")
    names: set[str] = set()
    for one in periods:
        if not short(one.name):
            raise Invalid("name", "", "empty")
        if one.name.casefold() in names:
            raise Invalid("period", one.name[:40], "taken")
        names.add(one.name.casefold())
        if not 0 <= one.start_min < one.end_min <= DAY_MIN:
            raise Invalid("time", one.name[:40], "out_of_range", "00:00–24:00")
    ordered = sorted(periods, key=lambda one: one.start_min)
    core.settings.change(
        bell_times=tuple((short(one.name), _clock(one.start_min), _clock(one.end_min)) for one in ordered)
    )
    return tuple(ordered)


def read_bell_times(text: str) -> tuple[Period, ...]:
    """Return the periods typed one a line, such as "1  8:50-9:40"; lines with times alone are numbered.

    Raises:
        Invalid: a line that says no two times.
    """
    found: list[Period] = []
    for line in (line.strip() for line in text.replace(";", "\n").splitlines()):
        if not line:
            continue
        words = line.replace("–", "-").replace("—", "-").replace(" - ", "-").split()
        times = words[-1].split("-") if words else []
        if len(times) != 2 and len(words) >= 2:
            times, words = words[-2:], words[:-1]
        begin, end = (read_minute(times[0]), read_minute(times[1])) if len(times) == 2 else (None, None)
        if begin is None or end is None:
            raise Invalid("bell times", line[:40], "unknown")
        found.append(Period(" ".join(words[:-1]).strip(" :=") or str(len(found) + 1), begin, end))
    return tuple(found)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
