"""The scene of an action that stores what happened: the visit, the item, the moment; and how it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.ids import natural_id
from observe_app.domain.lesson_clock import LessonClock
from observe_app.services import visits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from observe_app.domain.form import Item, ItemKind
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit


@dataclass(frozen=True, slots=True)
class Scene:
    """An action under way: the visit, the form's item, and the moment that is to be stored."""

    unit: WriteUnit
    visit: Visit
    items: tuple[Item, ...]
    item: Item
    offset_ms: int
    wall: datetime | None

    def event(self, core: Core, kind: EventKind, **fields: Any) -> Event:
        """Make an event of the item at the moment."""
        given: dict[str, Any] = {
            "id": core.ids.new(),
            "item": self.item.id,
            "offset_ms": self.offset_ms,
            "wall": self.wall,
            "author_id": core.store.me,
        }
        return Event(visit_id=self.visit.id, kind=kind, **(given | fields))


def scene_of(
    core: Core,
    unit: WriteUnit,
    visit_id: str,
    item_id: str,
    kind: ItemKind,
    offset_ms: int | None = None,
    wall: datetime | None = None,
) -> Scene:
    """Return the scene of an action on an item of the visit's form.

    Raises:
        NotFound: no such visit or item. Invalid: the item is of another kind, or the moment is no lesson's.
    """
    visit = unit.visits.get(visit_id)
    form = visits.form_of(visit)
    item = form.item(item_id) if form else None
    if form is None or item is None:
        raise NotFound("item", item_id)
    if item.kind is not kind:
        raise Invalid(item_id, item.kind.value, "unknown", kind.value)
    return Scene(unit, visit, form.items, item, *moment_of(core, visit, offset_ms, wall))


def moment_of(
    core: Core, visit: Visit, offset_ms: int | None = None, wall: datetime | None = None
) -> tuple[int, datetime | None]:
    """Return the moment that is to be stored, in ms and as wall time: the one given, else now.

    Raises:
        Invalid: the moment is no lesson's.
    """
    if offset_ms is None:
        return _now(core, visit)
    return checked_offset(offset_ms), None if wall is None else require_utc(wall)


def _now(core: Core, visit: Visit) -> tuple[int, datetime | None]:
    # Wall time is all that a single action has to go by. A window that is open follows the monotonic clock and gives
    # the moment itself.
    clock = LessonClock(core.clock, started=visit.started, ended=visit.ended)
    if not clock.running:
        return clock.elapsed_ms(), None
    stamp = clock.stamp()
    return stamp.offset_ms, stamp.wall


def checked_offset(offset_ms: int) -> int:
    """Return a moment that a lesson can have.

    Raises:
        Invalid: it is more than a day from the start.
    """
    if not -MAX_OFFSET_MS <= offset_ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(offset_ms)[:20], "out_of_range", "24 h")
    return offset_ms


def keep(scene: Scene, *events: Event) -> None:
    """Add events of the scene's item."""
    scene.unit.events.add_many(events)
    unsay(scene)


def unsay(scene: Scene) -> None:
    """Take the item's absence away: something happened after all."""
    unit, visit_id, item = scene.unit, scene.visit.id, scene.item.id
    answer = unit.answers.get(visit_id, item)
    if answer.absence not in {None, Absence.UNANSWERED}:
        unit.see(unit.seen(("answer", natural_id("answer", visit_id, item))))
        unit.answers.put(Answer(visit_id, item, None, Absence.UNANSWERED, answer.comment, answer.at))


def change(scene: Scene, event_id: str, fields: Mapping[str, Any]) -> Event:
    """Change a stored event as it stands."""
    # Counts and ticks are on the screen at all times, so what is live is what was seen.
    scene.unit.see(scene.unit.seen(("event", event_id)))
    return scene.unit.events.change(event_id, fields)
