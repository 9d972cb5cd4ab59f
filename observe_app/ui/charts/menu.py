"""What can be done with a chart: copy it, save it, show it as a table. One menu for the mouse and the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from observe_app.ui.charts.copies import copy_picture, save_picture
from observe_app.ui.charts.table import ChartTableSheet

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from observe_app.ui.charts.base import ChartWidget


class ChartMenu(QObject):
    """The menu of a chart; a page may hang `menu` on a button of its own too."""

    def __init__(self, view: ChartWidget) -> None:
        super().__init__(view)
        self._view = view
        self.menu = QMenu(view)
        self.table_action = self._add(self.tr("Show as table…"))
        self.table_action.triggered.connect(self.show_table)
        self.menu.addSeparator()
        self.copy_action = self._add(self.tr("Copy picture"))
        self.copy_action.triggered.connect(self._on_copy)
        self.save_action = self._add(self.tr("Save picture…"))
        self.save_action.triggered.connect(self._on_save)

    def _add(self, text: str) -> QAction:
        action = QAction(text, self.menu)
        self.menu.addAction(action)
        return action

    @Slot()
    def show_table(self) -> ChartTableSheet:
        """Open the data of the chart as a table over the page."""
        sheet = ChartTableSheet(self._view.whole_picture(), self._view)
        sheet.open_over()
        return sheet

    def open_at(self, point: QPoint) -> None:
        """Open at a point of the screen."""
        self.menu.popup(point)

    @Slot()
    def _on_copy(self) -> None:
        copy_picture(self._view.whole_picture())

    @Slot()
    def _on_save(self) -> None:
        picture = self._view.whole_picture()
        kinds = self.tr("Picture (*.png);;Drawing (*.svg);;PDF (*.pdf)")
        name, kind = QFileDialog.getSaveFileName(self._view, self.tr("Save the picture"), f"{picture.title}.png", kinds)
        if name:
            path = Path(name)
            ending = ".svg" if "*.svg" in kind else ".pdf" if "*.pdf" in kind else ".png"
            self.save_to(path if path.suffix else path.with_suffix(ending))

    def save_to(self, target: Path) -> None:
        """Write the picture by the ending of the file.

        Raises:
            ExportFailed: the file cannot be written.
        """
        save_picture(self._view.whole_picture(), target)
