"""Bringing notes in from a file: what was understood is shown, columns can be told, then they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.note_line import clock_text
from observe_app.services.exchange import notes_in
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.visits.import_base import open_failed
from observe_app.ui.widgets import (
    ComboBox,
    ElidedLabel,
    Field,
    LineEdit,
    Rule,
    SectionHead,
    Sheet,
    TextLabel,
    caption,
)

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.notes_in import ImportResult, Preview
    from observe_app.ui.jobs import JobRunner

_ROWS = 4
_PROBLEMS = 3
_COLUMNS = 6
_ROLES = ("", "time", "speaker", "text", "tags")


class ImportNotes(QObject):
    """The import of one file, from the first look to the visit.

    Args:
        visit_id: the visit the notes go to, with its teacher's name; None makes a new visit.

    Signals:
        imported: the `ImportResult`.
        ended: the sheet is gone, in whatever way.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(
        self,
        core: Core,
        jobs: JobRunner,
        path: Path,
        host: QWidget,
        *,
        visit_id: str | None = None,
        teacher: str = "",
    ) -> None:
        super().__init__(host)
        self._core, self._jobs, self._path, self._host = core, jobs, path, host
        self._visit_id, self._teacher = visit_id, teacher
        self._mapping: dict[str, str] = {}
        self.sheet: Sheet | None = None
        self.preview: Preview | None = None
        self.role_boxes: tuple[ComboBox, ...] = ()

    def start(self) -> None:
        """Read the file in the background, then show what it gives."""
        path, teacher, mapping = self._path, self._teacher, dict(self._mapping)

        def read(_progress: Progress) -> Preview:
            return notes_in.preview(path, mapping or None, teacher=teacher)

        self._jobs.run(read, Job(self, self._on_read, self._on_failed))

    # --- sheet ------------------------------------------------------------------------------------

    def _on_read(self, preview: Preview) -> None:
        self.preview = preview
        if self.sheet is None:
            self._open_sheet()
        self._fill(preview)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        if self.sheet is None:
            open_failed(error, self._host).closed.connect(self.ended)
            return
        told = describe(error)
        self._warning.setText(f"{told.text} {told.hint}".strip())
        self._warning.setVisible(True)
        if self.sheet.main_button is not None:
            self.sheet.main_button.set_disabled_because(told.text)

    def _open_sheet(self) -> None:
        sheet = Sheet(self.tr("Bring in notes"), self._host, width=760)
        sheet.setObjectName("import_sheet")
        self.sheet = sheet
        self._file_label = ElidedLabel("", sheet, step="body", tone="muted")
        sheet.body.addWidget(self._file_label)
        self.teacher_line = LineEdit(self._teacher, sheet, placeholder=self.tr("May stay empty"))
        self.teacher_line.setObjectName("import_teacher")
        if self._visit_id is None:
            self.teacher_line.left.connect(self._on_teacher_left)
            sheet.body.addWidget(Field(self.tr("Teacher of this lesson"), self.teacher_line, sheet))
        else:
            self.teacher_line.hide()
        self._warning = TextLabel("", sheet, step="small", tone="warm", wrap=True)
        self._warning.hide()
        self._holder = QWidget(sheet)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        sheet.body.addWidget(self._holder)
        sheet.body.addWidget(self._warning)
        sheet.add_safe(self.tr("Leave it"))
        sheet.add_main(self.tr("Bring in"), enter_accepts=True)
        sheet.accepted.connect(self._on_accepted)
        sheet.rejected.connect(self.ended)
        sheet.open_over()

    def _fill(self, preview: Preview) -> None:
        assert self.sheet is not None  # noqa: S101  (made before it is filled)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._warning.hide()
        total = self.tr("1 note") if preview.total == 1 else self.tr("{n} notes").format(n=preview.total)
        self._file_label.setText(self.tr("{count} in {file}").format(count=total, file=preview.path.name))
        if self.sheet.main_button is not None:
            self.sheet.main_button.set_disabled_because("")
            self.sheet.main_button.setText(self.tr("Bring in {count}").format(count=total))
            self.sheet.main_button.updateGeometry()
        self._add_columns(preview)
        self._add_rows(preview)
        self._add_problems(preview)

    def _add_columns(self, preview: Preview) -> None:
        self._column.addWidget(SectionHead(self.tr("Columns"), "", self._holder, step="body"))
        holder = QWidget(self._holder)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        names = (self.tr("not used"), self.tr("time"), self.tr("speaker"), self.tr("text"), self.tr("tags"))
        boxes = []
        shown = sorted(preview.columns, key=lambda column: (not column.role, column.index))[:_COLUMNS]
        for place, column in enumerate(sorted(shown, key=lambda column: column.index)):
            box = ComboBox(holder)
            for role, name in zip(_ROLES, names, strict=True):
                box.addItem(name, role)
            box.setCurrentIndex(_ROLES.index(column.role) if column.role in _ROLES else 0)
            box.setProperty("letter", column.letter)
            box.setAccessibleName(self.tr("Column {letter}").format(letter=column.letter))
            box.activated.connect(self._on_role_chosen)
            boxes.append(box)
            head = column.head or self.tr("column {letter}").format(letter=column.letter)
            row, side = divmod(place, 2)
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(ElidedLabel(head, holder, step="text", weight=600))
            cell.addWidget(ElidedLabel(column.sample, holder, step="small", tone="muted"))
            grid.addLayout(cell, row, side * 2)
            grid.addWidget(box, row, side * 2 + 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self.role_boxes = tuple(boxes)
        self._column.addWidget(holder)

    def _add_rows(self, preview: Preview) -> None:
        self._column.addWidget(SectionHead(self.tr("As it will read"), "", self._holder, step="body"))
        for note in preview.rows[:_ROWS]:
            line = QWidget(self._holder)
            grid = QGridLayout(line)
            grid.setContentsMargins(0, 5, 0, 5)
            grid.setHorizontalSpacing(0)
            grid.setColumnMinimumWidth(0, scaled(56))
            grid.setColumnMinimumWidth(1, scaled(44))
            grid.setColumnStretch(2, 1)
            time = TextLabel(clock_text(note.offset_ms), line, step="small", tone="muted", tabular=True)
            tone = "ink" if note.speaker == "T" else "accent"
            grid.addWidget(time, 0, 0)
            grid.addWidget(TextLabel(note.speaker, line, step="small", tone=tone, weight=600), 0, 1)
            grid.addWidget(
                ElidedLabel(note.text.replace("\n", " "), line, step="text", mode=Qt.TextElideMode.ElideRight), 0, 2
            )
            self._column.addWidget(line)
            self._column.addWidget(Rule(self._holder))

    def _add_problems(self, preview: Preview) -> None:
        if not preview.problems:
            return
        self._column.addSpacing(8)
        self._column.addWidget(caption(self.tr("Good to know"), self._holder))
        for problem in preview.problems[:_PROBLEMS]:
            self._column.addWidget(
                TextLabel(problem_sentence(problem), self._holder, step="small", tone="warm", wrap=True)
            )
        more = len(preview.problems) - _PROBLEMS
        if more > 0:
            words = self.tr("and {n} more").format(n=more)
            self._column.addWidget(TextLabel(words, self._holder, step="small", tone="muted"))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_teacher_left(self) -> None:
        name = self.teacher_line.text().strip()
        if name != self._teacher:
            self._teacher = name
            self.start()

    @Slot()
    def _on_role_chosen(self) -> None:
        chosen: dict[str, list[str]] = {role: [] for role in _ROLES if role}
        for box in self.role_boxes:
            role = str(box.currentData())
            if role:
                chosen[role].append(str(box.property("letter")))
        moved = self.sender()
        for role, letters in chosen.items():
            # A role other than tags has one column: the one chosen last.
            if role != "tags" and len(letters) > 1 and moved is not None:
                last = str(moved.property("letter"))
                chosen[role] = [last] if last in letters else letters[:1]
        self._mapping = {role: "+".join(letters) for role, letters in chosen.items()}
        self.start()

    @Slot()
    def _on_accepted(self) -> None:
        core, path, visit_id = self._core, self._path, self._visit_id
        teacher = self.teacher_line.text().strip() if visit_id is None else ""
        mapping = dict(self._mapping) or None

        def keep(progress: Progress) -> ImportResult:
            return notes_in.import_notes(
                core, path=path, visit_id=visit_id, teacher=teacher, mapping=mapping, progress=progress
            )

        self.sheet = None
        self._jobs.run(keep, Job(self, self._on_kept, self._on_failed))

    def _on_kept(self, result: ImportResult) -> None:
        self.imported.emit(result)
        self.ended.emit()
