"""The kit: every part of the pages that is not a page. Import names from here.

The user meets the same button, badge, row and sheet everywhere; pages compose them and paint only
what is theirs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.ui.widgets.badge import Badge, BadgeTone
    from observe_app.ui.widgets.button import Button, ButtonKind, ButtonSize
    from observe_app.ui.widgets.check_choice import CheckChoice
    from observe_app.ui.widgets.dot_scale import DotScale
    from observe_app.ui.widgets.empty_state import EmptyState, TimeLineMark
    from observe_app.ui.widgets.fields import ComboBox, Field, LineEdit, TextArea
    from observe_app.ui.widgets.focus_panel import FocusPanel
    from observe_app.ui.widgets.header_table import CellDelegate, CellStyle, HeaderTable, cell_rect
    from observe_app.ui.widgets.key_cap import KeyCap, KeyHint
    from observe_app.ui.widgets.labels import ElidedLabel, TextLabel, caption
    from observe_app.ui.widgets.layout import Plane, Rule, ScrollPane, SectionHead, SteadyScrollArea
    from observe_app.ui.widgets.message_bar import Message, MessageBar, MessageKind, ProgressLine
    from observe_app.ui.widgets.pickers import DateEdit, NumberEdit, TimeEdit
    from observe_app.ui.widgets.rows import RowDelegate, RowList, RowView
    from observe_app.ui.widgets.saved_state import SavedState, Saving
    from observe_app.ui.widgets.search_field import SearchField
    from observe_app.ui.widgets.sheet import Sheet
    from observe_app.ui.widgets.stage_tabs import StageTabs

__all__ = [
    "Badge",
    "BadgeTone",
    "Button",
    "ButtonKind",
    "ButtonSize",
    "CellDelegate",
    "CellStyle",
    "CheckChoice",
    "ComboBox",
    "DateEdit",
    "DotScale",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FocusPanel",
    "HeaderTable",
    "KeyCap",
    "KeyHint",
    "LineEdit",
    "Message",
    "MessageBar",
    "MessageKind",
    "NumberEdit",
    "Plane",
    "ProgressLine",
    "RowDelegate",
    "RowList",
    "RowView",
    "Rule",
    "SavedState",
    "Saving",
    "ScrollPane",
    "SearchField",
    "SectionHead",
    "Sheet",
    "StageTabs",
    "SteadyScrollArea",
    "TextArea",
    "TextLabel",
    "TimeEdit",
    "TimeLineMark",
    "caption",
    "cell_rect",
]

_MODULES = {
    "Badge": "badge",
    "BadgeTone": "badge",
    "Button": "button",
    "ButtonKind": "button",
    "ButtonSize": "button",
    "caption": "labels",
    "cell_rect": "header_table",
    "CellDelegate": "header_table",
    "CellStyle": "header_table",
    "CheckChoice": "check_choice",
    "ComboBox": "fields",
    "DateEdit": "pickers",
    "DotScale": "dot_scale",
    "ElidedLabel": "labels",
    "EmptyState": "empty_state",
    "Field": "fields",
    "FocusPanel": "focus_panel",
    "HeaderTable": "header_table",
    "KeyCap": "key_cap",
    "KeyHint": "key_cap",
    "LineEdit": "fields",
    "Message": "message_bar",
    "MessageBar": "message_bar",
    "MessageKind": "message_bar",
    "NumberEdit": "pickers",
    "Plane": "layout",
    "ProgressLine": "message_bar",
    "RowDelegate": "rows",
    "RowList": "rows",
    "RowView": "rows",
    "Rule": "layout",
    "SavedState": "saved_state",
    "Saving": "saved_state",
    "ScrollPane": "layout",
    "SearchField": "search_field",
    "SectionHead": "layout",
    "Sheet": "sheet",
    "StageTabs": "stage_tabs",
    "SteadyScrollArea": "layout",
    "TextArea": "fields",
    "TextLabel": "labels",
    "TimeEdit": "pickers",
    "TimeLineMark": "empty_state",
}


def __getattr__(name: str) -> object:
    """Load a part of the kit when it is first named: the first paint needs a third of it (PEP 562)."""
    try:
        module = import_module(f"{__name__}.{_MODULES[name]}")
    except KeyError:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message) from None
    found: object = getattr(module, name)
    globals()[name] = found
    return found
