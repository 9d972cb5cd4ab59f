"""BORIS projects made for one test each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Row = list[Any]


def behaviour(code: str, kind: str = "Point event", *, excluded: str = "", category: str = "") -> dict[str, Any]:
    return {
        "type": kind, "key": "", "code": code, "description": "", "category": category, "modifiers": {},
        "excluded": excluded, "coding map": "",
    }  # fmt: skip


def state(code: str, **more: str) -> dict[str, Any]:
    return behaviour(code, "State event", **more)


def observation(*events: Row, **more: Any) -> dict[str, Any]:
    return {
        "file": {}, "type": "LIVE", "date": "2026-03-10T09:05:00", "description": "", "time offset": 0.0,
        "independent_variables": {}, "events": list(events),
    } | more  # fmt: skip


def project(
    behaviours: list[dict[str, Any]], observations: dict[str, Any], subjects: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    return {
        "time_format": "hh:mm:ss", "project_name": "Talk", "project_date": "2026-03-10T08:00:00",
        "project_description": "", "project_format_version": "7.0",
        "subjects_conf": {str(n): {"key": "", "name": name, "description": ""} for n, name in enumerate(subjects)},
        "behaviors_conf": {str(n): one for n, one in enumerate(behaviours)},
        "observations": observations, "behavioral_categories": [], "independent_variables": {}, "coding_map": {},
        "converters": {},
    } | more  # fmt: skip


def written(folder: Path, content: Any, name: str = "talk.boris") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def one_lesson(folder: Path, behaviours: list[dict[str, Any]], *events: Row, **more: Any) -> Path:
    """Write a project with one observation called "lesson"."""
    return written(folder, project(behaviours, {"lesson": observation(*events, **more)}))
