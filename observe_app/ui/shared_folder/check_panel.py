"""What was found out about the folder, at the right while one sets up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.services.sync.check_words import points
from observe_app.ui.shared_folder.parts import PointRow
from observe_app.ui.widgets import ElidedLabel, Plane, Rule, ScrollPane, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.services.sync.check_words import Point
    from observe_app.services.sync.folder_check import FolderCheck


def check_points(check: FolderCheck) -> tuple[Point, ...]:
    """Return the findings in the language of the window."""
    return points(check, _translate)


def _translate(text: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in services/sync/check_words.py
    return lookup("folder_check", text)


class CheckPanel(Plane):
    """The folder's name and a row for each finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.rows: tuple[PointRow, ...] = ()
        self.pane = ScrollPane(self, plane="side", exact=True)
        body = self.pane.body
        body.setContentsMargins(24, 20, 24, 20)
        self.head = TextLabel(self.tr("The folder"), self, step="heading", weight=600)
        self.place = ElidedLabel("", self, step="small", tone="muted")
        self.place.setObjectName("checked_place")
        body.addWidget(self.head)
        body.addSpacing(2)
        body.addWidget(self.place)
        body.addSpacing(6)
        body.addWidget(Rule(self, line="line"))
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        body.addWidget(holder)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing was chosen yet."""
        self._fill(())
        self.place.setText(self.tr("not chosen yet"))
        self._column.addSpacing(10)
        words = self.tr("Choose a folder that all of you can reach. It is tried at once, and left as it was.")
        self._column.addWidget(TextLabel(words, self, step="small", tone="muted", wrap=True))

    def show_checking(self, place: str) -> None:
        """It is being tried."""
        self._fill(())
        self.place.setText(place)
        self._column.addSpacing(10)
        self._column.addWidget(TextLabel(self.tr("Trying it…"), self, step="small", tone="muted"))

    def show_check(self, check: FolderCheck) -> None:
        """Show what was found."""
        name = check.found.name if check.found is not None and check.found.name else check.path.name
        self.place.setText(self.tr("{name}, {path}").format(name=name, path=check.path) if name else str(check.path))
        self._fill(check_points(check))

    def _fill(self, found: tuple[Point, ...]) -> None:
        clear_layout(self._column)
        self.rows = tuple(PointRow(point, self) for point in found)
        for row in self.rows:
            self._column.addWidget(row)
