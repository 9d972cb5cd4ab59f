"""Bringing an interval sheet in: the grid as it was understood, what can be told better, then it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import text_in
from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.services.exchange import interval_in
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.visits.grid_picture import GridPicture
from observe_app.ui.visits.import_base import open_failed
from observe_app.ui.widgets import ComboBox, ElidedLabel, Field, LineEdit, Sheet, TextLabel, caption
from observe_app.ui.widgets.layout import SCROLL_BAR, SteadyScrollArea

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.domain.visit import VisitRow
    from observe_app.services.core import Core
    from observe_app.services.exchange.interval_in import Asked, GridPreview
    from observe_app.services.exchange.notes_in import ImportResult
    from observe_app.services.exchange.problems import Problem
    from observe_app.ui.jobs import JobRunner

_SIDE = 290
_TALLEST, _AROUND = 500, 290
_VISITS = 60
_PROBLEMS, _EACH = 40, 4
_LENGTHS = (30, 60, 120, 180, 300, 600)


class ImportIntervals(QObject):
    """The import of one sheet of interval codes, from the first look to the visit.

    Args:
        visit_id: the visit that the ticks go to, with its teacher's name; None lets the person choose.

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
        self._fixed, self._visit_id, self._teacher = visit_id is not None, visit_id, teacher
        self._asked = interval_in.Asked()
        self._forms: tuple[tuple[str, str], ...] = ()
        self._rows: tuple[VisitRow, ...] = ()
        self.sheet: Sheet | None = None
        self.preview: GridPreview | None = None
        self.code_boxes: tuple[ComboBox, ...] = ()

    def start(self) -> None:
        """Read the file in the background, then show what it gives."""
        core, path, asked, visit_id = self._core, self._path, self._asked, self._visit_id

        def read(progress: Progress) -> GridPreview:
            return interval_in.preview(core, path, asked, visit_id=visit_id, progress=progress)

        self._jobs.run(read, Job(self, self._on_read, self._on_failed))

    # --- sheet ------------------------------------------------------------------------------------

    def _on_read(self, preview: GridPreview) -> None:
        self.preview = preview
        if self.sheet is None:
            self._forms = interval_in.forms_with_intervals(self._core)
            self._rows = visits.listing(self._core, VisitFilter(limit=_VISITS)) if not self._fixed else ()
            self._open_sheet()
        self._fill(preview)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        if self.sheet is None:
            open_failed(error, self._host).closed.connect(self.ended)
            return
        self._refuse(error)

    def _refuse(self, error: ObserveError) -> None:
        told = describe(error)
        self._warning.setText(f"{told.text} {told.hint}".strip())
        self._warning.setVisible(True)
        if self.sheet is not None and self.sheet.main_button is not None:
            self.sheet.main_button.set_disabled_because(told.text)

    def _open_sheet(self) -> None:
        sheet = Sheet(self.tr("Bring in an interval sheet"), self._host, width=1080)
        sheet.setObjectName("import_intervals_sheet")
        self.sheet = sheet
        self._file_label = ElidedLabel("", sheet, step="body", tone="muted")
        sheet.body.addWidget(self._file_label)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(self._build_grid(sheet), 1)
        row.addWidget(self._build_side(sheet))
        sheet.body.addLayout(row)
        self._warning = TextLabel("", sheet, step="small", tone="warm", wrap=True)
        self._warning.hide()
        sheet.body.addWidget(self._warning)
        sheet.add_safe(self.tr("Leave it"))
        sheet.add_main(self.tr("Bring in"), enter_accepts=True)
        sheet.accepted.connect(self._on_accepted)
        sheet.rejected.connect(self.ended)
        sheet.open_over()

    def _build_grid(self, sheet: Sheet) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.picture = GridPicture()
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, SCROLL_BAR + 4, 0)
        inner.setSpacing(10)
        self._mapping_box = QVBoxLayout()
        self._mapping_box.setSpacing(6)
        inner.addLayout(self._mapping_box)
        inner.addWidget(self.picture)
        inner.addStretch(1)
        column.addWidget(_scrolled(holder, sheet, self.tr("The sheet as it was understood")))
        return column

    def _build_side(self, sheet: Sheet) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, SCROLL_BAR + 4, 0)
        column.setSpacing(10)
        self.form_box, self.visit_box = _box(holder, "import_form"), _box(holder, "import_visit")
        self.turn_box, self.length_box = _box(holder, "import_orientation"), _box(holder, "import_length")
        self.teacher_line = LineEdit(self._teacher, holder, placeholder=self.tr("May stay empty"))
        self.teacher_line.setObjectName("import_teacher")
        column.addWidget(Field(self.tr("Form"), self.form_box, holder))
        self._visit_field = Field(self.tr("Goes to"), self.visit_box, holder)
        self._teacher_field = Field(self.tr("Teacher of this lesson"), self.teacher_line, holder)
        column.addWidget(self._visit_field)
        column.addWidget(self._teacher_field)
        self._visit_field.setVisible(not self._fixed)
        self._teacher_field.setVisible(not self._fixed)
        column.addWidget(Field(self.tr("Codes stand"), self.turn_box, holder))
        column.addWidget(Field(self.tr("An interval of the sheet lasts"), self.length_box, holder))
        self._told = QVBoxLayout()
        self._told.setSpacing(5)
        column.addLayout(self._told)
        column.addStretch(1)
        self._fill_fixed_boxes()
        for box in (self.form_box, self.turn_box, self.length_box):
            box.activated.connect(self._on_asked)
        self.visit_box.activated.connect(self._on_visit_chosen)
        area = _scrolled(holder, sheet, self.tr("How it is read"))
        area.setFixedWidth(scaled(_SIDE))
        return area

    def _fill_fixed_boxes(self) -> None:
        for form_id, title in self._forms:
            self.form_box.addItem(title, form_id)
        self.visit_box.addItem(self.tr("A new visit"), None)
        today = today_of(self._core.clock)
        for row in self._rows:
            moment = row.started or row.start
            day = list_date(local(moment, row.zone).date(), today) if moment is not None else self.tr("no date")
            name = row.teacher or self.tr("a teacher not named yet")
            words = self.tr("{teacher}, {day}").format(teacher=name, day=day)
            self.visit_box.addItem(f"{words} · {row.class_name}" if row.class_name else words, row.id)
        self.turn_box.addItem(self.tr("one below the other"), interval_in.ORIENTATIONS[0])
        self.turn_box.addItem(self.tr("side by side"), interval_in.ORIENTATIONS[1])

    # --- what it gives ----------------------------------------------------------------------------

    def _fill(self, preview: GridPreview) -> None:
        assert self.sheet is not None  # noqa: S101  (made before it is filled)
        self._warning.hide()
        words = self.tr("{count} in {file}").format(count=self._counts(preview), file=preview.path.name)
        self._file_label.setText(words)
        self.form_box.setCurrentIndex(max(0, self.form_box.findData(preview.form.id)))
        self.turn_box.setCurrentIndex(self.turn_box.findData(preview.grid.orientation))
        self._fill_lengths(preview)
        self._fill_unknown(preview)
        self._fill_problems(preview)
        self.picture.show_preview(preview, preview.form.language)
        if self.sheet.main_button is not None:
            self.sheet.main_button.set_disabled_because("")
            ticks = self._ticks(preview)
            self.sheet.main_button.setText(self.tr("Bring in {count}").format(count=ticks))
            self.sheet.main_button.updateGeometry()
        if preview.refused is not None:
            self._refuse(preview.refused)

    def _ticks(self, preview: GridPreview) -> str:
        return self.tr("1 tick") if preview.ticks == 1 else self.tr("{n} ticks").format(n=preview.ticks)

    def _counts(self, preview: GridPreview) -> str:
        ticks = self._ticks(preview)
        if preview.intervals == 1:
            return self.tr("1 interval with {ticks}").format(ticks=ticks)
        return self.tr("{n} intervals with {ticks}").format(n=preview.intervals, ticks=ticks)

    def _fill_lengths(self, preview: GridPreview) -> None:
        self.length_box.clear()
        for seconds in sorted({*_LENGTHS, preview.seconds, preview.item.seconds}):
            words = self._length(seconds)
            if seconds == preview.item.seconds:
                words = self.tr("{length}, as in the form").format(length=words)
            self.length_box.addItem(words, seconds)
        self.length_box.setCurrentIndex(self.length_box.findData(preview.seconds))

    def _length(self, seconds: int) -> str:
        if seconds % 60:
            return self.tr("{n} seconds").format(n=seconds)
        return self.tr("1 minute") if seconds == 60 else self.tr("{n} minutes").format(n=seconds // 60)

    def _fill_unknown(self, preview: GridPreview) -> None:
        """A box for each heading that the form does not have, and for each that a person told about."""
        _empty(self._mapping_box)
        told = dict(self._asked.mapping)
        heads = [code for code in preview.grid.codes if code.how in {"unknown", "left_out"} or code.head in told]
        boxes = []
        if heads:
            self._mapping_box.addWidget(caption(self.tr("Not in the form"), self.sheet))
        for code in heads:
            box = _box(None, "import_code")
            box.addItem(self.tr("leave out"), "")
            for full, name in _code_names(preview).items():
                box.addItem(name, full)
            box.setCurrentIndex(max(0, box.findData(code.full)))
            box.setProperty("head", code.head)
            box.setAccessibleName(self.tr("What “{head}” is").format(head=code.head))
            box.activated.connect(self._on_asked)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(ElidedLabel(code.head or "?", line, step="text", weight=600), 1)
            times = self.tr("ticked once") if code.ticks == 1 else self.tr("ticked {n} times").format(n=code.ticks)
            row.addWidget(TextLabel(times, line, step="small", tone="muted"))
            row.addWidget(box)
            self._mapping_box.addWidget(line)
            boxes.append(box)
        self.code_boxes = tuple(boxes)

    def _fill_problems(self, preview: GridPreview) -> None:
        _empty(self._told)
        names = _code_names(preview)
        absent = [names.get(one.found, one.found) for one in preview.problems if one.rule == "code_absent"]
        others = [problem for problem in preview.problems if problem.rule != "code_absent"]
        if not preview.problems:
            return
        self._told.addSpacing(4)
        self._told.addWidget(caption(self.tr("Good to know"), self.sheet))
        shown = [one for number, one in enumerate(others) if _rank(others, number) < _EACH][:_PROBLEMS]
        for problem in shown:
            self._told.addWidget(TextLabel(problem_sentence(problem), self.sheet, step="small", tone="warm", wrap=True))
        if len(others) > len(shown):
            words = self.tr("and {n} more").format(n=len(others) - len(shown))
            self._told.addWidget(TextLabel(words, self.sheet, step="small", tone="muted"))
        if absent:
            words = self.tr("Absent from the sheet, so nobody looked for them: {codes}").format(codes=", ".join(absent))
            self._told.addWidget(TextLabel(words, self.sheet, step="small", tone="muted", wrap=True))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_asked(self) -> None:
        """Read again as the boxes say; only what a person moved is asked for."""
        moved = self.sender()
        asked: Asked = self._asked
        if moved is self.form_box:
            asked = replace(asked, form_id=str(self.form_box.currentData()), mapping=(), item="")
        elif moved is self.turn_box:
            asked = replace(asked, orientation=str(self.turn_box.currentData()), mapping=())
        elif moved is self.length_box:
            asked = replace(asked, seconds=int(self.length_box.currentData()))
        else:
            told = dict(asked.mapping)
            for box in self.code_boxes:
                if box is moved:
                    told[str(box.property("head"))] = str(box.currentData())
            asked = replace(asked, mapping=tuple(told.items()))
        self._asked = asked
        self.start()

    @Slot()
    def _on_visit_chosen(self) -> None:
        chosen = self.visit_box.currentData()
        self._visit_id = str(chosen) if chosen else None
        self._teacher_field.setVisible(self._visit_id is None)
        # A visit that has a form is read with that form.
        self._asked = replace(self._asked, form_id="", mapping=(), item="")
        self.start()

    @Slot()
    def _on_accepted(self) -> None:
        core, path, visit_id, asked = self._core, self._path, self._visit_id, self._asked
        teacher = self.teacher_line.text().strip() if visit_id is None else ""

        def keep(progress: Progress) -> ImportResult:
            return interval_in.import_intervals(
                core, path=path, visit_id=visit_id, teacher=teacher, asked=asked, progress=progress
            )

        self.sheet = None
        self._jobs.run(keep, Job(self, self._on_kept, self._on_failed))

    def _on_kept(self, result: ImportResult) -> None:
        self.imported.emit(result)
        self.ended.emit()


def _rank(problems: list[Problem], number: int) -> int:
    """Count the problems of the same rule before this one: a row of a hundred question marks is one thing to know."""
    return sum(one.rule == problems[number].rule for one in problems[:number])


def _box(parent: QWidget | None, name: str) -> ComboBox:
    box = ComboBox(parent)
    box.setObjectName(name)
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    return box


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _scrolled(content: QWidget, parent: QWidget, name: str) -> SteadyScrollArea:
    """Put content into what the window leaves beside head and buttons of a sheet."""
    area = SteadyScrollArea(parent)
    area.setAccessibleName(name)
    room = parent.window().height() - scaled(_AROUND)
    area.setFixedHeight(max(scaled(120), min(scaled(_TALLEST), room)))
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    area.setWidget(content)
    return area


def _code_names(preview: GridPreview) -> dict[str, str]:
    """Return what each code of the form is called, with its side, which the same code may have on both."""
    places = {side.id: text_in(side.label, preview.form.language) for side in preview.item.sides}
    return {
        side.full(one): f"{one.id} ({places[side.id]})" if places[side.id] else one.id
        for side in preview.item.sides
        for one in side.codes
    }
