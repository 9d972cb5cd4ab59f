"""What is being compared: the view that shows and the choices over it, kept from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TERM, LESSONS, LESSON, SIDES, OBSERVERS = "term", "lessons", "lesson", "sides", "observers"
TABS = (TERM, LESSONS, LESSON, SIDES, OBSERVERS)


@dataclass(frozen=True, slots=True)
class CompareTarget:
    """Where to go in Compare: a view, and the visits or the person it shows; "" leaves what is chosen.

    `observer_id` is whose visits are looked at alone, "" everybody's; None leaves what is chosen.
    """

    tab: str = ""
    visit_id: str = ""
    other_id: str = ""
    person_id: str = ""
    observer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices; what is empty leaves nothing out.

    Attributes:
        tab: one of `TABS`.
        people: ids of teachers. form: id. span: key of a stretch of dates.
        items: ids of items. focus, class_name: words of the visits. observer: id.
        visit, other: ids, of one lesson and of the one beside it.
        first, second: ids of the two visits of one lesson.
        align: "phase" or "minute".
    """

    tab: str = TERM
    people: tuple[str, ...] = ()
    form: str = ""
    span: str = ""
    items: tuple[str, ...] = ()
    focus: str = ""
    class_name: str = ""
    observer: str = ""
    visit: str = ""
    other: str = ""
    first: str = ""
    second: str = ""
    align: str = "phase"

    @property
    def more(self) -> int:
        """How many of the rarer choices are made."""
        return sum(bool(one) for one in (self.focus, self.class_name, self.observer))

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the choices as the settings keep them."""
        kept = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                kept.append((field.name, *value) if isinstance(value, tuple) else (field.name, value))
        return tuple(kept)


def from_rows(rows: Iterable[tuple[str, ...]]) -> Chosen:
    """Return the choices that the settings kept; what is not understood is left out."""
    chosen = Chosen()
    known = {field.name for field in fields(Chosen)}
    for name, *values in rows:
        if name not in known or not values:
            continue
        is_many = isinstance(getattr(chosen, name), tuple)
        value: object = tuple(values) if is_many else values[0]
        chosen = replace(chosen, **{name: value})  # type: ignore[arg-type]  # of the field's own kind, as looked up
    return chosen if chosen.tab in TABS else replace(chosen, tab=TERM)
