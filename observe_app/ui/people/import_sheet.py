"""Bringing people in from a list: columns are mapped, and what happens to each row is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from observe_app.domain.errors import ObserveError
from observe_app.services.exchange import people_in
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.people.import_mapping import MappingGrid, encoding_words, lead_label
from observe_app.ui.people.import_model import (
    ADD,
    CHANGE,
    OUT,
    SAME,
    PreviewModel,
    PreviewRow,
    PreviewTable,
    kind_word,
    preview_rows,
)
from observe_app.ui.theme import scaled
from observe_app.ui.thin_bar import ThinBar
from observe_app.ui.widgets import ComboBox, ScrollPane, Sheet, StageTabs, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.people_in import PeopleFile, PeopleResult
    from observe_app.ui.jobs import JobRunner

_WIDTH = 940
_HIGH, _TABLE_HIGH = 520, 200
_KINDS = ("", ADD, CHANGE, SAME, OUT)
_SOON_MS = 400


class ImportSheet(Sheet):
    """The columns of a list and what would happen.

    Signals:
        look_asked: another mapping, to be compared: roles to letters, with "heads" and "sheet".
        sheet_asked: name of another sheet of the workbook, to be read.
    """

    look_asked = Signal(object)
    sheet_asked = Signal(str)

    def __init__(self, found: PeopleFile, host: QWidget) -> None:
        super().__init__("", host, width=_WIDTH)
        self.title_label.setText(self.tr("Bring in people"))
        self.setAccessibleName(self.tr("Bring in people"))
        self.setObjectName("import_people_sheet")
        self._rows: tuple[PreviewRow, ...] = ()
        self._build()
        self.show_file(found)

    def mapping(self) -> dict[str, str]:
        """Return how the file is to be read."""
        found = self.grid.mapping() | {"heads": "yes" if self.heads_box.isChecked() else "no"}
        if self.sheet_box.count() > 1:
            found["sheet"] = self.sheet_box.currentText()
        return found

    def show_file(self, found: PeopleFile) -> None:
        """Show the columns of the file, or of another of its sheets."""
        table = found.table
        facts = (table.path.name, self.tr("{n} rows").format(n=found.rows), encoding_words(table.encoding))
        self.file_label.setText(" · ".join(part for part in facts if part))
        self.heads_box.setChecked(found.heads)
        self.sheet_box.blockSignals(True)
        self.sheet_box.clear()
        self.sheet_box.addItems(list(table.sheets))
        self.sheet_box.setCurrentText(table.sheet)
        self.sheet_box.blockSignals(False)
        self.sheet_box.setVisible(len(table.sheets) > 1)
        self.grid.show_file(found)
        self._fit_soon()

    def show_result(self, result: PeopleResult, rows: tuple[PreviewRow, ...]) -> None:
        """Show what would happen."""
        self._rows = rows
        counts = {kind: sum(row.kind == kind for row in rows) for kind in _KINDS[1:]}
        for place, kind in enumerate(_KINDS):
            words = kind_word(kind) if kind else self.tr("All")
            self.tabs.setTabText(place, self.tr("{what} {n}").format(what=words, n=counts.get(kind, len(rows))))
        self._show_rows()
        whole = [problem_sentence(problem) for problem in result.problems if not problem.row]
        self._say(" ".join(whole), warn=False)
        total = counts[ADD] + counts[CHANGE]
        self._offer(total)

    def show_refusal(self, words: str) -> None:
        """Say why the file cannot be read so."""
        self._rows = ()
        self._show_rows()
        self._say(words, warn=True)
        self._offer(0)

    def _offer(self, total: int) -> None:
        assert self.main_button is not None  # noqa: S101  (built with the sheet)
        act = self.tr("Bring in 1 person") if total == 1 else self.tr("Bring in {n} people").format(n=total)
        self.main_button.setText(act)
        self.main_button.updateGeometry()
        why = "" if total else self.tr("Nobody in this list is new or different.")
        self.main_button.set_disabled_because(why)

    def _say(self, words: str, *, warn: bool) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.told.set_tone("warm" if warn else "muted")
        self._fit_soon()

    @Slot()
    def _on_mapping(self) -> None:
        self.look_asked.emit(self.mapping())

    @Slot(int)
    def _on_sheet(self, _index: int) -> None:
        self.sheet_asked.emit(self.sheet_box.currentText())

    @Slot()
    def _show_rows(self) -> None:
        self.model.show_rows(self._rows, _KINDS[max(self.tabs.currentIndex(), 0)])

    def open_over(self) -> None:
        """Show the sheet; the columns take the room that they need."""
        super().open_over()
        self._fit()

    @Slot()
    def _fit(self) -> None:
        if self.isVisible():
            self.fit(self.pane, scaled(_HIGH))

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._fit)

    def _build(self) -> None:
        self.file_label = lead_label(self)
        self.body.addWidget(self.file_label)
        self.heads_box = QCheckBox(self.tr("The first row is headings"), self)
        self.heads_box.setObjectName("import_heads")
        self.sheet_box = ComboBox(self)
        self.sheet_box.setObjectName("import_sheet_of")
        self.sheet_box.setAccessibleName(self.tr("Sheet of the workbook"))
        line = QHBoxLayout()
        line.addWidget(self.heads_box)
        line.addStretch(1)
        line.addWidget(self.sheet_box)
        self.body.addLayout(line)
        self.grid = MappingGrid(self)
        self.pane = ScrollPane(self, margin=0, exact=True)
        self.pane.body.setSpacing(scaled(10))
        self.pane.body.addWidget(self.grid)
        self.tabs = StageTabs([""] * len(_KINDS), self, height=scaled(34))
        self.tabs.setAccessibleName(self.tr("Rows by what happens"))
        self.pane.body.addWidget(self.tabs)
        self.model = PreviewModel(self)
        self.table = PreviewTable(self.model, self)
        self.table.setFixedHeight(scaled(_TABLE_HIGH))
        self.pane.body.addWidget(self.table)
        self.told = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.pane.body.addWidget(self.told)
        self.body.addWidget(self.pane)
        self.add_safe(self.tr("Leave it"))
        self.add_main("")
        self.heads_box.clicked.connect(self._on_mapping)
        self.sheet_box.activated.connect(self._on_sheet)
        self.grid.changed.connect(self._on_mapping)
        self.tabs.currentChanged.connect(self._show_rows)


class ImportPeople(QObject):
    """The import of one list.

    Signals:
        imported: the `PeopleResult`.
        ended: the sheet is gone, in whatever way.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, path: Path, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._path, self._host = core, jobs, path, host
        self._file: PeopleFile | None = None
        self._job: Job[Any] | None = None
        self._is_stopping = False
        self._mapping: dict[str, str] | None = None
        self.sheet: ImportSheet | None = None
        self.working: Sheet | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_working)

    def start(self) -> None:
        """Read the list in the background, then show what it would do."""
        self._read("")

    def _read(self, sheet: str) -> None:
        path = self._path

        def read(progress: Progress) -> PeopleFile:
            return people_in.open_list(path, sheet=sheet, progress=progress)

        self._run(read, self._on_read, self._on_failed)

    def _run(
        self, work: Callable[[Progress], Any], done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        """Start work in place of what is still running."""
        if self._job is not None:
            self._job.cancel()
        self._job = Job(self, done, failed, on_progress=self._on_progress, on_cancel=self._on_cancelled)
        self._soon.start()
        self._jobs.run(work, self._job)

    def _on_read(self, found: PeopleFile) -> None:
        self._file = found
        if self.sheet is not None:
            self.sheet.show_file(found)
            self._compare(self.sheet.mapping())
        else:
            self._compare(None)

    def _opened(self) -> ImportSheet:
        """Return the sheet, made once there is something to show in it."""
        if self.sheet is None:
            assert self._file is not None  # noqa: S101  (read before it is compared)
            sheet = self.sheet = ImportSheet(self._file, self._host)
            sheet.look_asked.connect(self._on_look)
            sheet.sheet_asked.connect(self._on_other_sheet)
            sheet.accepted.connect(self._on_accepted)
            sheet.rejected.connect(self._on_rejected)
        return self.sheet

    @Slot(object)
    def _on_look(self, mapping: dict[str, str]) -> None:
        found = self._file
        assert self.sheet is not None  # noqa: S101  (it asked)
        if found is not None and (mapping["heads"] == "yes") != found.heads:
            # The samples are others now; what was chosen for the columns stays.
            chosen = {letter: box.currentData() for letter, box in self.sheet.grid.boxes.items()}
            self._file = people_in.open_list(self._path, heads=mapping["heads"], table=found.table)
            self.sheet.show_file(self._file)
            for letter, box in self.sheet.grid.boxes.items():
                box.setCurrentIndex(max(box.findData(chosen.get(letter, "")), 0))
        self._compare(mapping)

    @Slot(str)
    def _on_other_sheet(self, name: str) -> None:
        self._read(name)

    def _compare(self, mapping: dict[str, str] | None) -> None:
        core, path, found = self._core, self._path, self._file
        assert found is not None  # noqa: S101  (read before it is compared)
        self._mapping = mapping
        table = found.table

        def look(progress: Progress) -> tuple[PeopleResult, tuple[PreviewRow, ...]]:
            result = people_in.preview_people(core, path=path, mapping=mapping, table=table, progress=progress)
            return result, preview_rows(result)

        self._run(look, self._on_looked, self._on_refused)

    def _on_looked(self, found: tuple[PeopleResult, tuple[PreviewRow, ...]]) -> None:
        self._end_working()
        self._opened().show_result(*found)
        self._open()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        self._end_working()
        told = describe(error)
        self._opened().show_refusal(f"{told.text} {told.hint}".strip())
        self._open()

    def _open(self) -> None:
        if self.sheet is not None and not self.sheet.isVisible():
            self.sheet.open_over()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        self._end_working()
        told = describe(error)
        sheet = Sheet(told.title, self._host)
        sheet.setObjectName("import_failed")
        sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
        if told.hint:
            sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
        sheet.add_safe(self.tr("Go on"))
        sheet.closed.connect(self.ended)
        sheet.open_over()

    @Slot()
    def _on_rejected(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.ended.emit()

    @Slot()
    def _on_accepted(self) -> None:
        core, path, mapping, found = self._core, self._path, self._mapping, self._file
        self.sheet = None
        table = found.table if found is not None else None

        def keep(progress: Progress) -> PeopleResult:
            return people_in.import_people(core, path=path, mapping=mapping, table=table, progress=progress)

        self._run(keep, self._on_kept, self._on_failed)

    def _on_kept(self, result: PeopleResult) -> None:
        self._end_working()
        self.imported.emit(result)
        self.ended.emit()

    # --- while it takes long ----------------------------------------------------------------------

    @Slot()
    def _show_working(self) -> None:
        """Say that it goes on, where it takes long and nothing else shows."""
        if self.working is not None or (self.sheet is not None and self.sheet.isVisible()):
            return
        self.working = Sheet(self.tr("People are being brought in"), self._host, width=480)
        self.working.setObjectName("import_working")
        self.bar = ThinBar(self.working)
        self.bar.set_share(0.0)
        self.bar_words = TextLabel(self._path.name, self.working, step="small", tone="muted")
        self.working.body.addWidget(self.bar)
        self.working.body.addWidget(self.bar_words)
        self.working.add_safe(self.tr("Stop"))
        self.working.rejected.connect(self._on_stop)
        self.working.open_over()

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        if self.working is not None and total:
            self.bar.set_share(done / total)
            self.bar_words.setText(self.tr("{done} of {total} rows").format(done=done, total=total))

    @Slot()
    def _on_stop(self) -> None:
        self.working, self._is_stopping = None, True
        if self._job is not None:
            self._job.cancel()

    def _on_cancelled(self) -> None:
        """Nothing was kept; what was only put aside by other work is not meant."""
        if self._is_stopping:
            self._end_working()
            self.ended.emit()

    def _end_working(self) -> None:
        self._soon.stop()
        working, self.working = self.working, None
        if working is not None:
            working.rejected.disconnect(self._on_stop)
            working.reject()
