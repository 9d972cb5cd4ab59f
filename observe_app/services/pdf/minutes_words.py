"""The fixed words of minutes, in one place so that a translation replaces them all."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from observe_app.paths import resources_dir
from observe_app.services.pdf.words import filled, page_language


@dataclass(frozen=True, slots=True)
class MinutesWords:
    """Every sentence that minutes say by themselves; fields in braces are filled with `.format`."""

    kind: str = "Minutes"
    kind_planned: str = "Agenda"
    of_group: str = "For {group}"
    led_by: str = "Led by {name}"
    written_by: str = "Minutes by {name}"
    time_kept_by: str = "Time kept by {name}"
    name: str = "Minutes of {title}, {date}"
    name_undated: str = "Minutes of {title}"
    name_planned: str = "Agenda of {title}, {date}"
    present: str = "Present ({n} of {of}): {names}"
    in_part: str = "{name} (in part)"
    in_part_minutes: str = "{name} ({n} min)"
    apologies: str = "Apologies: {names}"
    absent: str = "Not there: {names}"
    expected: str = "Expected: {names}"
    objectives: str = "What it is for"
    agenda: str = "Agenda"
    item: str = "Item"
    planned: str = "Planned"
    taken: str = "Took"
    minutes: str = "{n} min"
    sum: str = "{n} min planned in a session of {of} min"
    item_by: str = "{title} ({name})"
    decisions: str = "Decisions"
    follow_ups: str = "What will be done"
    what: str = "What"
    who: str = "Who"
    by: str = "By"
    state: str = "Now"
    is_open: str = "open"
    is_done: str = "done"
    is_dropped: str = "let go"
    since: str = "from {date}"
    nobody: str = "nobody yet"
    parking: str = "Parking lot"
    parked_since: str = "{title} (from {date})"
    resources: str = "Worked with"
    resource: str = "{title} ({licence})"
    notes: str = "Notes"
    next_one: str = "Next session: {when}"
    made: str = "Made {date}"
    nothing: str = "Nothing was written down in this session."


@cache
def minutes_words(language: str) -> MinutesWords:
    """Return the words of a language, English where there is none: minutes speak one language throughout."""
    path = resources_dir() / "pages" / "minutes" / f"{page_language(language)[:2].lower()}.toml"
    if not path.is_file():
        return MinutesWords()
    return filled(MinutesWords, tomllib.loads(path.read_text(encoding="utf-8")))
