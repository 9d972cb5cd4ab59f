"""One's whole journal as a file of one's own: readable text, or JSON. Only by an act of its owner."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.domain.errors import ExportFailed
from observe_app.services import journals
from observe_app.services.exchange.files import write_whole
from observe_app.services.learning.days import local

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

ENDINGS = (".md", ".txt", ".json")


def export(core: Core, target: Path) -> int:
    """Write all of one's own entries, the first one first, and return how many.

    Raises:
        ExportFailed: no such format, or the file could not be written.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise ExportFailed(target, "unknown_format", ", ".join(ENDINGS))
    entries = journals.everything(core)[::-1]
    visits = journals.visits_of(core, entries)
    zone = core.clock.zone_name()
    text = _as_json(entries) if ending == ".json" else _as_text(entries, visits, zone, marked=ending == ".md")
    write_whole(target, text.encode())
    return len(entries)


def _as_json(entries: tuple[JournalEntry, ...]) -> str:
    found = [
        {
            "id": one.id, "at": one.at.isoformat() if one.at else None, "kind": one.kind.value, "title": one.title,
            "prompt": one.prompt, "text": one.text, "visits": list(journals.linked(one)),
        }
        for one in entries
    ]  # fmt: skip
    return (
        json.dumps({"format": "observe-journal", "version": 1, "entries": found}, ensure_ascii=False, indent=1) + "\n"
    )


def _as_text(entries: tuple[JournalEntry, ...], visits: dict[str, Visit], zone: str, *, marked: bool) -> str:
    parts: list[str] = []
    for one in entries:
        when = f"{local(one.at, zone):%Y-%m-%d %H:%M}" if one.at else ""
        head = " · ".join(part for part in (when, one.title) if part)
        about = [
            " · ".join(part for part in (visits[visit].teacher, visits[visit].class_line) if part)
            for visit in journals.linked(one)
            if visit in visits
        ]
        lines = [f"## {head}" if marked else head]
        lines += [f"> {one.prompt}" if marked else one.prompt] if one.prompt else []
        lines += [f"({line})" for line in about if line]
        parts.append("\n\n".join((*lines, one.text)) if one.text else "\n\n".join(lines))
    return "\n\n\n".join(parts) + "\n"
