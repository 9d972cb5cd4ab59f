"""Bringing readings in from a table: which column is what, what would change, then all of it as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.groups import groups, readings_in
from observe_app.ui.errors import describe
from observe_app.ui.groups.words import number_words, problem_words, value_words
from observe_app.ui.jobs import Job
from observe_app.ui.moments import list_date
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, Field, LineEdit, ScrollPane, Sheet, TextLabel, caption
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.groups.goal import Goal
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.groups.readings_in import ReadingChange, ReadingsResult
    from observe_app.ui.jobs import JobRunner

_SHOWN = 6
_PROBLEMS = 4
_HIGH = 260
_ROLES = ("date", "value", "n", "series")


class ImportReadings(QObject):
    """The import of one table.

    Signals:
        imported: the `ReadingsResult`.
        ended: the sheet is gone, in whatever way.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, goal: Goal, path: Path, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._goal, self._path, self._host = core, jobs, goal, path, host
        self._mapping: dict[str, str] = {}
        self._columns: tuple[tuple[str, str], ...] = ()
        self.sheet: Sheet | None = None
        self.combos: dict[str, ComboBox] = {}

    def start(self) -> None:
        """Read the table in the background, then show what it would do."""
        core, goal, path, mapping = self._core, self._goal, self._path, self._given()

        def look(progress: Progress) -> ReadingsResult:
            return readings_in.preview_readings(core, goal_id=goal.id, path=path, mapping=mapping, progress=progress)

        self._jobs.run(look, Job(self, self._on_read, self._on_failed))

    def _given(self) -> dict[str, str]:
        name = self.series.text().strip() if self.sheet is not None else ""
        return dict(self._mapping) | ({"of": name} if name else {})

    # --- showing ----------------------------------------------------------------------------------

    def _on_read(self, found: ReadingsResult) -> None:
        if self.sheet is None:
            self._open(found)
        self._show(found)

    def _open(self, found: ReadingsResult) -> None:
        sheet = Sheet(self.tr("Bring in readings"), self._host, width=720)
        sheet.setObjectName("import_readings_sheet")
        self.sheet = sheet
        sheet.add_lead(self._path.name)
        self._columns = found.columns
        place = QWidget(sheet)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(16))
        names = (self.tr("Day"), self.tr("Value"), self.tr("n"), self.tr("Class or outcome"))
        for at, (role, name) in enumerate(zip(_ROLES, names, strict=True)):
            combo = self.combos[role] = ComboBox(sheet)
            combo.setObjectName(f"column_{role}")
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            combo.activated.connect(self._on_column)
            grid.addWidget(Field(name, combo, sheet), 0, at)
            grid.setColumnStretch(at, 1)
        self.series = LineEdit("", sheet)
        self.series.setObjectName("readings_series")
        self.series.left.connect(self._on_series)
        hint = self.tr("Empty: they are of the goal’s own measure. A name: they are an outcome beside it.")
        grid.addWidget(Field(self.tr("Name of the outcome"), self.series, sheet, hint=hint), 1, 0, 1, 4)
        sheet.body.addWidget(place)
        self.pane = ScrollPane(sheet, margin=0)
        sheet.body.addWidget(self.pane)
        sheet.add_safe(self.tr("Leave it"))
        sheet.add_main(self.tr("Bring in"))
        sheet.accepted.connect(self._on_accepted)
        sheet.rejected.connect(self.ended)
        sheet.open_over()

    def _show(self, found: ReadingsResult) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self._fill(found)
        clear_layout(self.pane.body)
        place = QWidget(self.pane)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 14, 0)
        grid.setVerticalSpacing(scaled(4))
        added, changed = found.count("add"), found.count("change")
        words = self.tr("{added} new, {changed} changed, {same} as they are").format(
            added=added, changed=changed, same=found.count("same")
        )
        grid.addWidget(TextLabel(words, place, weight=600, wrap=True), 0, 0)
        told = [self._line(change) for change in found.changes if change.kind != "same"]
        for text in told[:_SHOWN]:
            grid.addWidget(TextLabel(text, place, step="small", tabular=True, wrap=True), grid.rowCount(), 0)
        self._more(grid, len(told) - _SHOWN, place)
        if found.problems:
            grid.addWidget(caption(self.tr("Good to know"), place), grid.rowCount(), 0)
            for problem in found.problems[:_PROBLEMS]:
                label = TextLabel(problem_words(problem), place, step="small", tone="warm", wrap=True)
                grid.addWidget(label, grid.rowCount(), 0)
            self._more(grid, len(found.problems) - _PROBLEMS, place)
        grid.addWidget(TextLabel(self.tr("Class averages beside visits show what came after what, not what caused it."),
                                 place, step="small", tone="muted", wrap=True), grid.rowCount(), 0)  # fmt: skip
        self.pane.body.addWidget(place)
        place.show()  # a part that is not shown yet has no height for the pane
        sheet.fit(self.pane, scaled(_HIGH))
        main = sheet.main_button
        if main is not None:
            total = added + changed
            act = self.tr("Bring in 1 reading") if total == 1 else self.tr("Bring in {n} readings").format(n=total)
            main.setText(act)
            main.updateGeometry()
            main.set_disabled_because("" if total else self.tr("Nothing in this table is new or different."))

    def _more(self, grid: QGridLayout, more: int, parent: QWidget) -> None:
        if more > 0:
            words = self.tr("and {n} more").format(n=more)
            grid.addWidget(TextLabel(words, parent, step="small", tone="muted"), grid.rowCount(), 0)

    def _line(self, change: ReadingChange) -> str:
        reading = change.reading
        day = list_date(reading.on, groups.today(self._core))
        value = value_words(reading.value, "" if reading.series else self._goal.unit)
        n = self.tr("n {n}").format(n=number_words(reading.n)) if reading.n else ""
        words = self.tr("{what}, was {before}").format(what=value, before=number_words(change.before.value)) if (
            change.before is not None
        ) else value  # fmt: skip
        return " · ".join(part for part in (day, words, n, reading.series) if part)

    def _fill(self, found: ReadingsResult) -> None:
        for role, combo in self.combos.items():
            combo.clear()
            combo.addItem(self.tr("none"), "")
            chosen = found.mapping.get(role, "")
            for letter, head in found.columns:
                words = self.tr("{letter}: {head}").format(letter=letter, head=head) if head else letter
                combo.addItem(words, letter)
            if "+" in chosen:
                combo.addItem(self.tr("{n} columns side by side").format(n=chosen.count("+") + 1), chosen)
            combo.setCurrentIndex(max(combo.findData(chosen), 0))

    # --- choosing ---------------------------------------------------------------------------------

    @Slot()
    def _on_column(self) -> None:
        chosen = {role: str(combo.currentData() or "") for role, combo in self.combos.items()}
        self._mapping = {
            role: "+".join(f"@{letter}" for letter in letters.split("+") if letter) for role, letters in chosen.items()
        }
        self.start()

    @Slot()
    def _on_series(self) -> None:
        self.start()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        if self.sheet is not None and self.sheet.isVisible():
            clear_layout(self.pane.body)
            words = f"{told.text} {told.hint}".strip()
            self.pane.body.addWidget(TextLabel(words, self.pane, tone="warm", wrap=True))
            self.sheet.fit(self.pane, scaled(_HIGH))
            if self.sheet.main_button is not None:
                self.sheet.main_button.set_disabled_because(told.text)
            return
        sheet = Sheet(told.title, self._host)
        sheet.setObjectName("import_failed")
        sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
        if told.hint:
            sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
        sheet.add_safe(self.tr("Go on"))
        sheet.closed.connect(self.ended)
        sheet.open_over()

    @Slot()
    def _on_accepted(self) -> None:
        core, goal, path, mapping = self._core, self._goal, self._path, self._given()
        series = mapping.pop("of", "")

        def keep(progress: Progress) -> ReadingsResult:
            return readings_in.import_readings(
                core, goal_id=goal.id, path=path, mapping=mapping, series=series, progress=progress
            )

        self._jobs.run(keep, Job(self, self._on_kept, self._on_failed))

    def _on_kept(self, result: ReadingsResult) -> None:
        self.imported.emit(result)
        self.ended.emit()
