"""What was given to groups of one's own journal: the words, where they are, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.learning import excerpts
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, EmptyState, Plane, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import Rule, bounded, clear_layout

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.learning.excerpts import Shared

_WIDE = 760


class SharedView(Plane):
    """Excerpts, the newest first.

    Signals:
        taken_back: an excerpt was. failed: the `ObserveError` of something that could not be done.
    """

    taken_back = Signal()
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("shared_words")
        self._core = core
        self.rows: list[QWidget] = []
        self.empty = EmptyState(
            self.tr("Nothing shared yet"),
            self.tr(
                "Your journal is yours. When words of it could help a group, open the entry and choose “Share "
                "words”: you see exactly what goes, and to whom."
            ),
            self,
        )
        self.pane = ScrollPane(self)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        held = QWidget(self.pane)
        held.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.pane.body.addLayout(bounded(held, scaled(_WIDE)))
        self.pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.pane)

    def reload(self) -> None:
        """Show what is stored now.

        Raises:
            ObserveError: it cannot be read.
        """
        found = excerpts.mine(self._core)
        self.empty.setVisible(not found)
        self.pane.setVisible(bool(found))
        clear_layout(self._column)
        self.rows = [self._row(one) for one in found]
        for row in self.rows:
            self._column.addWidget(row)
            self._column.addWidget(Rule(self))

    def _row(self, one: Shared) -> QWidget:
        row = QWidget(self)
        words = TextLabel(one.excerpt.text, row, step="text", tone="quote", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        at = one.excerpt.at
        day = list_date(local(at, self._core.clock.zone_name()).date(), today_of(self._core.clock)) if at else ""
        group = one.group or self.tr("a group that is no longer there")
        where = self.tr("with {group}, since {day}").format(group=group, day=day)
        back = Button(self.tr("Take back"), row, size=ButtonSize.SMALL, icon="undo-2")
        back.setProperty("excerpt", one.excerpt.id)
        back.setAccessibleDescription(one.excerpt.text[:120])
        back.clicked.connect(self._on_back)
        below = QHBoxLayout()
        below.setSpacing(scaled(12))
        below.addWidget(TextLabel(where, row, step="small", tone="muted", wrap=True), 1)
        below.addWidget(back)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, scaled(12), 0, scaled(12))
        column.setSpacing(scaled(6))
        column.addWidget(words)
        column.addLayout(below)
        return row

    @Slot()
    def _on_back(self) -> None:
        button = self.sender()
        if button is None:
            return
        try:
            excerpts.take_back(self._core, str(button.property("excerpt")))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.taken_back.emit()
