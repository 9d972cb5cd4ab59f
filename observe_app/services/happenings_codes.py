"""Interval codes of a lesson, stored against the visit's own form: ticks, their words, levels.

Each function is one user action, as in `happenings`, which offers them too. A cell is one row, the same on every
computer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import Invalid
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.ids import natural_id
from observe_app.domain.lesson_clock import LessonClock
from observe_app.domain.timeline import index_at
from observe_app.services.happening_scene import Scene, change, scene_of, unsay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit

MAX_COMMENT = 2_000


def tick(core: Core, *, visit_id: str, item: str, index: int, code: str, ticked: bool) -> Event:
    """Tick a code in an interval, or take its tick away; its words stay for when it is ticked again.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of an interval item.
        index: interval, from 0.
        code: full id such as "I.Lec".
        ticked: whether it occurs in the interval.

    Raises:
        NotFound: no such visit or item. Invalid: another kind of item, an unknown code, no interval of a lesson.
    """
    with core.store.write("happening.tick" if ticked else "happening.untick", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, code)
        event = _put_cell(core, scene, code, {"value": 1.0 if ticked else 0.0})
        unit.commit()
    return event


def tick_same(core: Core, *, visit_id: str, item: str, index: int, codes: tuple[str, ...]) -> tuple[Event, ...]:
    """Tick several codes at once, such as those of the interval before; those ticked already stay.

    Raises:
        NotFound, Invalid: as of `tick`; nothing is stored then.
    """
    with core.store.write("happening.same", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, "")
        for code in codes:
            _checked_code(scene.item, code)
        events = tuple(_put_cell(core, scene, code, {"value": 1.0}) for code in codes)
        unit.commit()
    return events


def comment_code(core: Core, *, visit_id: str, item: str, index: int, code: str, text: str) -> Event:
    """Say in words what a code stands for in an interval; that ticks it.

    Raises:
        NotFound: as of `tick`. Invalid: as of `tick`, or more than `MAX_COMMENT` characters.
    """
    from observe_app.domain.note_line import clean_note  # noqa: PLC0415  (compiles patterns; not needed to start)

    words = clean_note(text)
    if len(words) > MAX_COMMENT:
        raise Invalid("comment", words[:40], "too_long", str(MAX_COMMENT))
    with core.store.write("happening.comment", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, code)
        event = _put_cell(core, scene, code, {"value": 1.0, "text": words})
        unit.commit()
    return event


def set_level(core: Core, *, visit_id: str, item: str, index: int, level: int | None) -> Event:
    """Say the level of an interval; None takes it away and leaves the mark that somebody looked.

    That mark alone, in an interval without a tick, says "nothing of this happened": it counts as coded.

    Raises:
        NotFound: as of `tick`. Invalid: as of `tick`, or no level of the item's scale.
    """
    kind = "happening.level" if level is not None else "happening.looked"
    with core.store.write(kind, scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, "")
        numbers = [one.number for one in scene.item.levels]
        if level is not None and level not in numbers:
            raise Invalid(item, str(level)[:20], "not_in_scale", f"1–{max(numbers, default=0)}")
        event = _put_cell(core, scene, "", {"value": float(level or 0)})
        unit.commit()
    return event


# -- helpers


def _cell_scene(core: Core, unit: WriteUnit, visit_id: str, item: str, index: int, code: str) -> Scene:
    scene = scene_of(core, unit, visit_id, item, ItemKind.INTERVAL, 0)
    if not 0 <= index <= index_at(MAX_OFFSET_MS, scene.item.seconds):
        raise Invalid("interval", str(index)[:20], "out_of_range", "24 h")
    if code:
        _checked_code(scene.item, code)
    started = scene.visit.started
    offset = index * scene.item.seconds * 1000
    wall = None
    if started is not None:
        wall = LessonClock(core.clock, started=started, ended=scene.visit.ended).wall_at(offset)
    return Scene(unit, scene.visit, scene.items, scene.item, offset, wall)


def _checked_code(item: Item, code: str) -> None:
    if item.code(code) is None:
        known = ", ".join(side.full(one) for side in item.sides for one in side.codes)
        raise Invalid("code", code[:40], "unknown", known)


def cell_id(visit_id: str, item: str, index: int, code: str) -> str:
    """Return the id of the row of a cell; the same on every computer, so that ticking twice is one row.

    `code` "" is the row of the interval's level.
    """
    return natural_id("interval", visit_id, item, str(index), code)


def _put_cell(core: Core, scene: Scene, code: str, fields: Mapping[str, Any]) -> Event:
    index = index_at(scene.offset_ms, scene.item.seconds)
    row = cell_id(scene.visit.id, scene.item.id, index, code)
    found = scene.unit.events.some((row,))
    unsay(scene)
    if not found:
        event = scene.event(core, EventKind.INTERVAL, id=row, code=code, **fields)
        scene.unit.events.add(event)
        return event
    was = found[0]
    if was.deleted:
        # A cell whose first tick was undone starts over, without the words it had then.
        fields = {"text": "", **fields, "deleted": False}
    wanted = {name: value for name, value in fields.items() if getattr(was, name) != value}
    return change(scene, row, wanted) if wanted else was
