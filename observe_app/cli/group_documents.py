"""Groups in the stable form that the command line answers with; of visits only their days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.groups.goal import Reading
    from observe_app.domain.groups.resource import Resource
    from observe_app.services.core import Core
    from observe_app.services.groups.page import GoalView
    from observe_app.services.groups.readings_in import ReadingsResult


def group_document(core: Core, group_id: str) -> dict[str, Any]:
    """Return a group in the stable form; of visits only their days."""
    from observe_app.services.group_words import GAPS  # noqa: PLC0415  (help and usage need it not)
    from observe_app.services.groups.page import page  # noqa: PLC0415  (help and usage need it not)

    found = page(core, group_id)
    one = found.group
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "purpose": one.purpose,
        "measure": one.measure,
        "revisit": _iso(one.revisit),
        "norms": [line for line in one.norms.split("\n") if line.strip()],
        "school_goals": [line for line in one.school_goals.split("\n") if line.strip()],
        "archived": one.archived,
        "would_help": [{"gap": gap.value, "message": GAPS[gap]} for gap in found.gaps],
        "people": [
            {"id": part.person.id, "name": part.person.name, "roles": list(part.member.roles),
             "since": _iso(part.member.since), "until": _iso(part.member.until), "now": part.now}
            for part in found.parts
        ],
        "goals": [goal_document(view) for view in (*found.goals, *found.closed)],
        "promises": [
            {"id": promise.follow_up.id, "text": promise.follow_up.text, "owner": promise.owner,
             "due": _iso(promise.follow_up.due), "late": promise.late}
            for promise in found.promises
        ],
        "resources": [resource_document(kept.resource) for kept in found.resources],
        "celebrations": [
            {"kind": done.kind, "words": done.words, "day": _iso(done.day), "story": done.story, "who": done.who}
            for done in found.celebrations
        ],
        "shared_with": audience_document(core, group_id),
    }  # fmt: skip


def audience_document(core: Core, group_id: str) -> dict[str, Any]:
    """Return who reads a group's page, and why members do not."""
    from observe_app.services.groups.audience import audience  # noqa: PLC0415  (help and usage need it not)

    found = audience(core, group_id)
    return {
        "shared": found.shared,
        "folder": found.folder if found.shared else "",
        "by": found.author or ("me" if found.mine else ""),
        "readers": [
            {"id": one.person_id, "name": one.name, "fingerprint": one.fingerprint, "number_compared": one.checked,
             "member": one.member}
            for one in found.readers
        ],
        "not": [{"id": one.person_id, "name": one.name, "why": one.why.value} for one in found.left_out],
        "keep": list(found.kept),
        "removed": found.removed,
    }  # fmt: skip


def goal_document(view: GoalView) -> dict[str, Any]:
    """Return a goal with its readings."""
    one = view.goal
    return {
        "id": one.id, "title": one.title, "measure": one.measure, "unit": one.unit, "baseline": one.baseline,
        "target": one.target, "due": _iso(one.due), "status": one.status, "story": one.story, "serves": view.serves,
        "readings": [reading_document(reading) for reading in view.found],
        "visit_days": [_iso(visit.day) for visit in view.visits],
        "steps": {"done": sum(step.status == "done" for step in view.steps), "of": len(view.steps)},
        "sessions": [session.title for session in view.sessions],
    }  # fmt: skip


def reading_document(one: Reading) -> dict[str, Any]:
    """Return a reading."""
    return {
        "id": one.id, "on": one.on.isoformat(), "value": one.value, "n": one.n, "of": one.series, "note": one.note,
        "source": one.source,
    }  # fmt: skip


def resource_document(one: Resource) -> dict[str, Any]:
    """Return a resource, without its bytes."""
    return {
        "id": one.id, "title": one.title, "link": one.link, "file": one.file_name, "size": one.size,
        "sha256": one.sha256, "licence": one.licence, "note": one.note,
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def result_document(result: ReadingsResult, *, preview: bool) -> dict[str, Any]:
    """Return what an import of readings did, or would do."""
    from observe_app.services.groups.readings_in import problem_words  # noqa: PLC0415  (help and usage need it not)

    return {
        "preview": preview,
        "added": result.count("add"),
        "changed": result.count("change"),
        "same": result.count("same"),
        "mapping": result.mapping,
        "problems": [{"where": one.where, "message": problem_words(one)} for one in result.problems],
        "readings": [{"row": one.row, "kind": one.kind} | reading_document(one.reading) for one in result.changes],
    }
