"""Finding words in notes and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.domain.event import NoteHit
    from observe_app.domain.people import Person
    from observe_app.services.core import Core


def notes(core: Core, words: str, *, visit_id: str | None = None, limit: int = 50) -> tuple[NoteHit, ...]:
    """Return the notes that hold every word as a prefix, case and accents aside; none for no words."""
    with core.store.read() as unit:
        return unit.search.notes(words, visit_id=visit_id, limit=limit)


def people(core: Core, words: str, limit: int = 20) -> tuple[Person, ...]:
    """Return the people whose name, subjects or e-mail hold every word as a prefix."""
    with core.store.read() as unit:
        return tuple(unit.people.get(person_id) for person_id in unit.search.people(words, limit=limit))
