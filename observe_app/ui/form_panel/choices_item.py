"""Choices: as many of the options as apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from observe_app.domain.answer import Absence
from observe_app.domain.form import OTHER
from observe_app.ui.form_panel.choice_item import ChoiceItem

if TYPE_CHECKING:
    from observe_app.ui.form_panel.form_item import Given


class ChoicesItem(ChoiceItem):
    """A key or Space ticks an option or takes its tick away; Enter is done with it."""

    def finishes(self, given: Given) -> bool:
        """More may be ticked; only a reason for none ends it."""
        return given.value is None and given.absence is not Absence.UNANSWERED

    def choose(self, option_id: str) -> None:
        """Tick an option, or take its tick away."""
        before = self.chosen
        wanted = tuple(one for one in self.options if (one in before) is not (one == option_id))
        comment = self._comment(wanted)
        if wanted:
            self.give(wanted, comment=comment)
        else:
            self.give(absence=Absence.UNANSWERED, comment=comment)
        self.after_choice(option_id)

    def after_choice(self, option_id: str) -> None:
        """Ask for the words of "other" when it was ticked just now."""
        if option_id == OTHER and OTHER in self.chosen and self.words is not None:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> None:
        """Done: back to the note line, where it came from; else the option that has the keyboard is ticked."""
        if self.is_armed:
            self.left.emit()
        else:
            super().entered()
