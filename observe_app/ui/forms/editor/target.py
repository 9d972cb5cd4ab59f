"""What of a form is chosen in the editor: the form itself, a section, or an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.form_edit import section_place

if TYPE_CHECKING:
    from observe_app.domain.form import Form


class Part(StrEnum):
    """Which part of a form."""

    FORM = "form"
    SECTION = "section"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a form, by its id; "" for the form itself."""

    part: Part = Part.FORM
    id: str = ""

    def is_in(self, form: Form) -> bool:
        """Whether the form has it."""
        if self.part is Part.ITEM:
            return form.item(self.id) is not None
        return self.part is Part.FORM or section_place(form, self.id) is not None


THE_FORM = Target()


def item_target(item_id: str) -> Target:
    """An item."""
    return Target(Part.ITEM, item_id)


def section_target(section_id: str) -> Target:
    """A section."""
    return Target(Part.SECTION, section_id)


def what_changed(old: Form, new: Form) -> Target | None:
    """Return the part that an undo or another window changed, None when all parts are the same.

    A new or changed item comes first, then a section; where an item is gone, the one that now stands in its place.
    """
    before = {item.id: item for item in old.items}
    for item in new.items:
        if before.get(item.id) != item:
            return item_target(item.id)
    after = new.items
    order_before, order_after = [one.id for one in old.items], [one.id for one in after]
    if order_before != order_after:
        for number, item_id in enumerate(order_before):
            if number >= len(order_after):
                break
            if order_after[number] != item_id:
                return item_target(order_after[number])
        return item_target(order_after[-1]) if order_after else THE_FORM
    sections = {one.id: one for one in old.sections}
    for section in new.sections:
        if sections.get(section.id) != section:
            return section_target(section.id)
    return THE_FORM if old != new else None
