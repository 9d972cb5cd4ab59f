"""What a survey can be made of, and whom it can be for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.form import FormUse, ItemKind
from observe_app.domain.surveys.survey import ASKED_KINDS

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.form_entry import CatalogueEntry


def forms_to_ask(core: Core) -> tuple[CatalogueEntry, ...]:
    """Return the forms that can be surveys, those made for it first."""
    found = [one for one in core.catalogue.entries() if not one.problems and can_ask(one)]
    return tuple(sorted(found, key=lambda one: (one.use is not FormUse.SURVEY, one.form_id)))


def can_ask(entry: CatalogueEntry) -> bool:
    """Tell whether a form asks only what a survey can."""
    return entry.items > 0 and set(entry.kinds) <= ASKED_KINDS | {ItemKind.GUIDANCE}


def groups_to_ask(core: Core) -> tuple[tuple[str, str], ...]:
    """Return ids and names of the groups that meet, by name."""
    from observe_app.services.groups.groups import listing  # noqa: PLC0415  (only where surveys are made)

    return tuple((one.group.id, one.group.name) for one in listing(core))


def people_to_name(core: Core, asked: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return ids and names of those whose sheets may be typed in: those asked, else everybody; by name."""
    with core.store.read() as unit:
        found = [one for one in unit.people.all() if not asked or one.id in asked]
    return tuple((one.id, one.name) for one in sorted(found, key=lambda one: one.name.casefold()))
