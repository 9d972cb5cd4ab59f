"""Ratings before the conversation: the talk comes before the paper, so it is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from observe_app.services.releases import ReleasePreview


class RatingsPart(QWidget):
    """Hidden where nothing is to be asked; neither way is chosen beforehand.

    Signals:
        changed: a way was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release_ratings")
        self._asks = False
        self.title = TextLabel(self.tr("The talk comes before the paper"), self, weight=600)
        told = self.tr("There are ratings in it, and no conversation has taken place.")
        self.wait = QRadioButton(self.tr("Leave the ratings out until we have talked"), self)
        self.along = QRadioButton(self.tr("Release with the ratings"), self)
        self.wait.setObjectName("ratings_wait")
        self.along.setObjectName("ratings_along")
        self._group = QButtonGroup(self)
        self._group.addButton(self.wait)
        self._group.addButton(self.along)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(TextLabel(told, self, tone="quote", wrap=True))
        column.addWidget(self.wait, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.along, 0, Qt.AlignmentFlag.AlignLeft)
        self._group.buttonClicked.connect(self._on_chosen)
        self.hide()

    @property
    def go_along(self) -> bool:
        """Whether ratings go along: also while nothing is asked or chosen."""
        return not self.wait.isChecked()

    @property
    def undecided(self) -> bool:
        """Whether the question stands unanswered."""
        return self._asks and self._group.checkedButton() is None

    def show_preview(self, preview: ReleasePreview, *, out_already: bool) -> None:
        """Ask where it is to be asked.

        Args:
            preview: what would leave as things are chosen now.
            out_already: a revision with ratings stands; they went along by somebody's word.
        """
        held_back = not self.go_along
        self._asks = not preview.talked and not out_already and (preview.ratings > 0 or held_back)
        self.setVisible(self._asks)

    @Slot()
    def _on_chosen(self) -> None:
        self.changed.emit()
