"""A scale as a grid: one row a level, its label and what it looks like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.form import MAX_LEVELS, Level
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.inputs import LineArea
from observe_app.ui.forms.editor.rows_editor import EditRow, RowsEditor
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form import Texts

_MIN = 2
_LABEL = 112
"""Pixels that a label of one word needs."""


class LevelRow(EditRow):
    """Number, label, descriptor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = TextLabel("", self, step="small", weight=600, tabular=True)
        self.number.setFixedWidth(scaled(14))
        self.label = LineArea(self, placeholder=self.tr("Level"))
        self.label.setMinimumWidth(scaled(_LABEL))
        self.descriptor = LineArea(self, placeholder=self.tr("What it looks like"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        self.number.setFixedHeight(self.label.minimumSizeHint().height())
        row.addWidget(self.number, 0, top)
        row.addWidget(self.label, 3, top)
        row.addWidget(self.descriptor, 7, top)
        row.addWidget(self.remove_button, 0, top)
        for area in (self.label, self.descriptor):
            area.edited.connect(self.edited)
            area.left.connect(self.left)
        self.watch(self.label, self.descriptor)
        self.label.finished.connect(self._on_label_finished)
        self.descriptor.finished.connect(self.next_asked)

    def inputs(self) -> tuple[QWidget, ...]:
        """Label, descriptor, the way to take it away."""
        return (self.label, self.descriptor, self.remove_button)

    @Slot()
    def _on_label_finished(self) -> None:
        self.descriptor.setFocus()


class LevelsEditor(RowsEditor[LevelRow]):
    """The levels, lowest first.

    Signals:
        restructured: (levels, numbers they had before or None): a level came, went or moved.
    """

    restructured = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.add_button.setText(self.tr("Level"))
        self._levels: list[Level] = []
        self._code = ""
        self._focus = -1

    def value(self) -> tuple[Level, ...]:
        """The levels as they are on the screen."""
        return tuple(self._read(level, row) for level, row in zip(self._levels, self.rows, strict=True))

    def set_value(self, levels: tuple[Level, ...], code: str = "") -> None:
        """Show levels in a language."""
        self.fit(len(levels))
        self._levels, self._code = list(levels), code
        for level, row in zip(levels, self.rows, strict=True):
            row.number.setText(str(level.number))
            row.label.set_text(text_of(level.label, code))
            row.descriptor.set_text(text_of(level.descriptor, code))
            row.label.setAccessibleName(self.tr("Level {n}").format(n=level.number))
            row.descriptor.setAccessibleName(self.tr("What level {n} looks like").format(n=level.number))
            row.label.setPlaceholderText(text_of(level.label) if code else self.tr("Level"))
            row.descriptor.setPlaceholderText(text_of(level.descriptor) if code else self.tr("What it looks like"))
            row.remove_button.setVisible(len(levels) > _MIN)
        self.add_button.setVisible(len(levels) < MAX_LEVELS)
        if self._focus >= 0:
            self.focus_row(self._focus)
            self._focus = -1

    def make_row(self) -> LevelRow:
        """An empty row."""
        return LevelRow(self)

    def add_after(self, number: int) -> None:
        """An empty level after this one."""
        if len(self._levels) < MAX_LEVELS:
            levels, origins = self._now()
            levels.insert(number + 1, Level(0, ()))
            origins.insert(number + 1, None)
            self._restructure(levels, origins, number + 1)

    def remove_at(self, number: int) -> None:
        """Take a level away."""
        if len(self._levels) > _MIN:
            levels, origins = self._now()
            del levels[number], origins[number]
            self._restructure(levels, origins, number)

    def step(self, number: int, by: int) -> None:
        """Move a level."""
        levels, origins = self._now()
        levels.insert(number + by, levels.pop(number))
        origins.insert(number + by, origins.pop(number))
        self._restructure(levels, origins, number + by)

    def _read(self, level: Level, row: LevelRow) -> Level:
        label = with_text(level.label, self._code, row.label.text().strip())
        return replace(level, label=label, descriptor=self._descriptor(level, row))

    def _descriptor(self, level: Level, row: LevelRow) -> Texts:
        return with_text(level.descriptor, self._code, row.descriptor.text().strip())

    def _now(self) -> tuple[list[Level], list[int | None]]:
        levels = list(self.value())
        return levels, [level.number for level in levels]

    def _restructure(self, levels: list[Level], origins: list[int | None], focus: int) -> None:
        self._focus = focus
        self.restructured.emit(tuple(levels), tuple(origins))
