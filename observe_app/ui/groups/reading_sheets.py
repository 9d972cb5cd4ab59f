"""Sheets about readings: one of them, and all of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.services.groups import groups, readings
from observe_app.ui.groups.goal_sheets import number_of
from observe_app.ui.groups.parts import WordsRow
from observe_app.ui.groups.sheet_base import FieldsSheet, day_field
from observe_app.ui.groups.words import number_words, value_words
from observe_app.ui.moments import list_date
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    LineEdit,
    Rule,
    ScrollPane,
    Sheet,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.changes import Opened
    from observe_app.domain.groups.goal import Goal, Reading
    from observe_app.services.core import Core
    from observe_app.services.groups.readings import ReadingFields

_HIGH = 420


class ReadingSheet(FieldsSheet):
    """A new reading of a goal's measure or of an outcome beside it, or changes to one."""

    kept = Signal(str)

    def __init__(self, core: Core, goal: Goal, opened: Opened[Reading] | None, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        title = tr("ReadingSheet", "Add a reading") if opened is None else tr("ReadingSheet", "Change the reading")
        super().__init__(title, parent, width=600)
        self.setObjectName("reading_sheet")
        self._core, self._goal, self._opened = core, goal, opened
        self._today = groups.today(core)
        self.add_lead(goal.title)
        self._build(opened.value if opened is not None else None)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Keep"), enter_accepts=True)

    def begin(self) -> None:
        """Open with the keyboard in the value."""
        self.open_with(self.value)

    def _build(self, reading: Reading | None) -> None:
        self.value = LineEdit(number_words(reading.value) if reading else "", self, placeholder=self._goal.unit)
        self.n = LineEdit(str(reading.n) if reading and reading.n else "", self)
        self.on = day_field(self._today, reading.on if reading else self._today, self, hint=self.tr("e.g. 3 November"))
        self.series = ComboBox(self)
        self.series.setEditable(True)
        self.series.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.series.setMinimumContentsLength(12)
        self.series.addItem(self._own())
        known = {one.series for one in readings.of_goal(self._core, self._goal.id) if one.series}
        self.series.addItems(sorted(known, key=str.casefold))
        self.series.setCurrentText(reading.series if reading and reading.series else self._own())
        self.note = LineEdit(reading.note if reading else "", self)
        self.add_field("value", self.tr("Value"), self.value, (0, 0, 1))
        hint = self.tr("Pupils, answers, lessons: without it nobody can tell how much it says.")
        self.add_field("n", self.tr("How many it rests on (n)"), self.n, (0, 1, 1), hint=hint)
        self.add_field("on", self.tr("Day"), self.on, (1, 0, 1))
        hint = self.tr("The goal’s own measure, or the name of an outcome beside it.")
        self.add_field("series", self.tr("Of what"), self.series, (1, 1, 1), hint=hint)
        self.add_field("note", self.tr("Remark"), self.note, (2, 0, 2))

    def _own(self) -> str:
        return self._goal.measure or self.tr("The goal’s own measure")

    def store(self) -> None:
        """Keep the reading.

        Raises:
            Invalid: no value, no day, or no whole n.
        """
        value = number_of("value", self.value)
        if value is None:
            raise Invalid("value", "", "empty")
        n = number_of("n", self.n)
        if n is not None and n != int(n):
            raise Invalid("n", self.n.text()[:40], "not_a_number")
        day = self.day_of("on", self.on)
        if day is None:
            raise Invalid("on", "", "empty")
        series = self.series.currentText().strip()
        fields: ReadingFields = {
            "on": day,
            "value": value,
            "n": None if n is None else int(n),
            "series": "" if series == self._own() else series,
            "note": self.note.text(),
        }
        if self._opened is None:
            self.kept.emit(readings.add(self._core, goal_id=self._goal.id, **fields).id)
            return
        found = self._opened
        readings.edit(self._core, reading_id=found.value.id, seen=found.seen, **fields)
        self.kept.emit(found.value.id)


class ReadingsSheet(Sheet):
    """All readings of a goal, the newest first, to be changed or taken away.

    Signals:
        change_asked: id of a reading. add_asked: a new one.
    """

    change_asked = Signal(str)
    add_asked = Signal()

    def __init__(self, core: Core, goal: Goal, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ReadingsSheet", "Readings"), parent, width=640)
        self.setObjectName("readings_sheet")
        self._core, self._goal = core, goal
        self.add_lead(goal.title)
        self.pane = ScrollPane(self, margin=0)
        self.body.addWidget(self.pane)
        self.add_other(self.tr("Add a reading")).clicked.connect(self._on_add)
        self.add_safe(self.tr("Done"))
        self._load()

    def begin(self) -> None:
        """Open."""
        self.open_over()
        self.fit(self.pane, scaled(_HIGH))

    def _load(self) -> None:
        clear_layout(self.pane.body)
        place = QWidget(self.pane)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 14, 0)
        column.setSpacing(0)
        found = readings.of_goal(self._core, self._goal.id)
        today = groups.today(self._core)
        for reading in reversed(found):
            column.addWidget(self._row(reading, today, place))
            column.addWidget(Rule(place))
        if not found:
            column.addWidget(TextLabel(self.tr("None yet."), place, tone="muted"))
        self.pane.body.addWidget(place)
        place.show()  # a part that is not shown yet has no height for the pane
        if self.isVisible():
            self.fit(self.pane, scaled(_HIGH))

    def _row(self, reading: Reading, today: date, parent: QWidget) -> WordsRow:
        value = value_words(reading.value, "" if reading.series else self._goal.unit)
        n = self.tr("n {n}").format(n=number_words(reading.n)) if reading.n else self.tr("n not said")
        first = self.tr("{day}: {value}, {n}").format(day=list_date(reading.on, today), value=value, n=n)
        second = " · ".join(part for part in (reading.series, reading.note, reading.source) if part)
        end = QWidget(parent)
        column = QVBoxLayout(end)
        column.setContentsMargins(0, 0, 0, 0)
        for name, icon, words, act in (
            ("change", "pencil", self.tr("Change {reading}"), self._on_change),
            ("delete", "trash-2", self.tr("Delete {reading}"), self._on_delete),
        ):
            button = Button("", end, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon=icon,
                            name=words.format(reading=first))  # fmt: skip
            button.setObjectName(f"{name}_{reading.id}")
            button.setProperty("reading", reading.id)
            button.clicked.connect(act)
            column.addWidget(button)
        column.setDirection(QVBoxLayout.Direction.LeftToRight)
        return WordsRow(first, second, parent, end=end)

    @Slot()
    def _on_add(self) -> None:
        self.reject()
        self.add_asked.emit()

    @Slot()
    def _on_change(self) -> None:
        sender = self.sender()
        if sender is not None:
            found = str(sender.property("reading"))
            self.reject()
            self.change_asked.emit(found)

    @Slot()
    def _on_delete(self) -> None:
        sender = self.sender()
        if sender is not None:
            opened = readings.open_reading(self._core, str(sender.property("reading")))
            readings.delete(self._core, reading_id=opened.value.id, seen=opened.seen)
            self._load()
            if self.safe_button is not None:
                self.safe_button.setFocus(Qt.FocusReason.OtherFocusReason)
