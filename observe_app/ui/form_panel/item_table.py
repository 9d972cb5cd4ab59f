"""Which widget shows which kind of item. Modules are loaded when a form first has the kind."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from observe_app.domain.form import EVENT_KINDS, Item, ItemKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.form_panel.form_item import FormItem
    from observe_app.ui.form_panel.keeper import FormKeeper

WIDGETS: dict[ItemKind, tuple[str, str]] = {
    ItemKind.CHECK: ("check_item", "CheckItem"),
    ItemKind.RATING: ("rating_item", "RatingItem"),
    ItemKind.CHOICE: ("choice_item", "ChoiceItem"),
    ItemKind.CHOICES: ("choices_item", "ChoicesItem"),
    ItemKind.NUMBER: ("number_item", "NumberItem"),
    ItemKind.TEXT: ("text_item", "TextItem"),
    ItemKind.GUIDANCE: ("text_item", "GuidanceItem"),
    ItemKind.TALLY: ("tally_item", "TallyItem"),
    ItemKind.TIMER: ("timer_item", "TimerItem"),
    ItemKind.WAIT: ("wait_item", "WaitItem"),
    ItemKind.SWEEP: ("sweep_item", "SweepItem"),
    ItemKind.INTERVAL: ("interval_item", "IntervalItem"),
}
"""Module of this package, and class, of each kind."""


def make_item(item: Item, letter: str, language: str, keeper: FormKeeper, parent: QWidget) -> FormItem:
    """Return the widget of an item; those filled with events get the keeper, the others only show and give answers."""
    module, name = WIDGETS[item.kind]
    made = getattr(import_module(f"observe_app.ui.form_panel.{module}"), name)
    if item.kind not in EVENT_KINDS:
        return cast("FormItem", made(item, letter, language, parent))
    widget = cast("FormItem", made(item, letter, language, keeper, parent))
    if item.kind is ItemKind.INTERVAL:
        # Its codes lie as their keys do, and time runs as on every strip: neither turns round with the language.
        widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return widget
