"""Shows what can be picked while the note line is typed: form items after ">", commands after "/"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from observe_app.ui.observe.commands import matching
from observe_app.ui.observe.line_asks import Ask, AskKind
from observe_app.ui.observe.line_popup import Offer
from observe_app.ui.observe.note_links import matching_targets

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.observe.commands import Command
    from observe_app.ui.observe.note_edit import NoteEdit

_MOST_ITEMS = 8
_SIDE = 14
_ABOVE = 4


class LineOffers(QObject):
    """Fills the popup of the words of a note line; it stands above the line."""

    def __init__(self, edit: NoteEdit, line: QWidget) -> None:
        super().__init__(line)
        self._edit, self._line = edit, line
        self.commands: tuple[Command, ...] = ()
        self.takes_commands = True
        edit.asked.connect(self._on_asked)

    @Slot(object)
    def _on_asked(self, ask: Ask | None) -> None:
        popup, edit = self._edit.popup, self._edit
        if popup is None:
            return
        offers: list[Offer] = []
        name = ""
        if ask is not None and ask.kind is AskKind.ITEM:
            name = self.tr("Items of the form")
            taken = edit.links.ids
            found = [one for one in matching_targets(edit.targets, ask.typed) if one.id not in taken]
            offers = [Offer(one.id, one.label, key=one.key) for one in found[:_MOST_ITEMS]]
        elif ask is not None and self.takes_commands:
            name = self.tr("Commands")
            offers = [
                Offer(
                    f"{one.name} " if one.takes else one.name,
                    f"/{one.name} …" if one.takes else f"/{one.name}",
                    detail=one.title,
                )
                for one in matching(self.commands, ask.typed)
            ]
        parent = popup.parentWidget()
        if not offers or parent is None:
            popup.close_offer()
            return
        left = edit.mapTo(parent, edit.cursorRect().topLeft()).x() - _SIDE
        popup.show_offers(offers, (left, self._line.mapTo(parent, QPoint(0, 0)).y() - _ABOVE), name)
