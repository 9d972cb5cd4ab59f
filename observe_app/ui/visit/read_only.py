"""A visit that somebody else wrote: a line that says so, and the parts that stay closed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.sync.shares import VisitRights
from observe_app.domain.visit import Stage
from observe_app.services.sync import authorship, came, sharing
from observe_app.ui.talk import TalkTab
from observe_app.ui.theme import scaled
from observe_app.ui.visit.audience_words import wrote_words
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core


class ReadOnlyStrip(QWidget):
    """Says whose visit it is and what one can do with it; hidden on one's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read_only_strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.rights = VisitRights()
        self.words = TextLabel("", self, step="small", tone="muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(24), scaled(8), scaled(24), scaled(8))
        row.addWidget(self.words)
        self.hide()

    def show_visit(self, core: Core, visit_id: str, stage: Stage) -> None:
        """Say what is true of a visit, at the stage that shows."""
        self.rights = sharing.rights(core, visit_id)
        self.setVisible(not self.rights.writes)
        if self.rights.writes:
            return
        found = authorship.wrote(core, visit_id)
        name = (found.name if found is not None else "") or self.tr("Somebody else")
        words = self._sentence(stage).format(name=name)
        false = found is not None and bool(found.named)
        if found is not None and false:
            words = wrote_words(found)
        self.words.set_tone("warm" if false else "muted")
        self.words.setText(words)

    def mark_opened(self, core: Core, visit_id: str) -> None:
        """Keep that somebody else's visit was opened here: it is news no more."""
        if not self.rights.writes:
            with contextlib.suppress(ObserveError):  # then Today tells it once more, which is no harm
                came.mark_opened(core, [visit_id])

    def _sentence(self, stage: Stage) -> str:
        if stage is Stage.OBSERVE:
            return self.tr("Notes that {name} released")
        if stage is Stage.PREPARE:
            return self.tr("{name} wrote this visit. Here is what was released to you; only {name} can change it.")
        if self.rights.removed:
            return self.tr("You were taken out of {name}’s visit: you keep what you received, and nothing more comes.")
        if not self.rights.joins:
            return self.tr("{name} wrote this visit. You can read it.")
        if stage is Stage.TALK:
            return self.tr("{name} wrote the claims. The conversation and the steps are for all of you to write.")
        return self.tr("{name} wrote this visit. You can reply to it in your own words.")

    def close_tab(self, tab: QWidget, stage: Stage) -> None:
        """Let nobody type where nothing typed could be kept."""
        writes, joins = self.rights.writes, self.rights.joins
        if isinstance(tab, TalkTab):
            authors: tuple[QWidget, ...] = (tab.board, tab.form_board, tab.bar)
            for part in authors:
                part.setEnabled(writes)
            tab.bar.setVisible(writes)
            tab.notes.set_reading(reading=not writes)
            tab.conversation.setEnabled(joins)
            tab.steps.setEnabled(joins)
        elif stage is Stage.PREPARE:
            tab.setEnabled(writes)
