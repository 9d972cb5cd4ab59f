"""Bringing a BORIS project in: its observations, what its behaviours become, and what was not understood."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import FormUse, ItemKind, text_in
from observe_app.services.exchange import boris_in
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.visits.behaviour_list import BehaviourList
from observe_app.ui.visits.observation_list import ROW, ObservationList, ObservationModel
from observe_app.ui.widgets import (
    ComboBox,
    ElidedLabel,
    Field,
    LineEdit,
    ProgressLine,
    ScrollPane,
    SectionHead,
    Sheet,
    TextLabel,
    caption,
)

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.boris_in import BorisPreview, BorisResult
    from observe_app.ui.jobs import JobRunner

_WIDTH = 900
_FEWEST = 2
_PROBLEM_LINES = 5
_LINE = 22
_MOST_PROBLEMS = 200

Read = tuple["BorisPreview", tuple[tuple[str, str], ...]]
"""What the project gives, and (id, title) of the forms that it may go to."""


class ImportBoris(QObject):
    """The import of one project, from the first look to the visits.

    Signals:
        imported: the `BorisResult`.
        ended: the sheet is gone, in whatever way.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(self, core: Core, jobs: JobRunner, path: Path, host: QWidget, *, teacher: str = "") -> None:
        super().__init__(host)
        self._core, self._jobs, self._path, self._host = core, jobs, path, host
        self._teacher = teacher
        self._form_id = ""
        self._mapping: dict[str, str] = {}
        self._keeping: Job[BorisResult] | None = None
        self._reading: Job[Read] | None = None
        self._over = False
        self.sheet: Sheet | None = None
        self.preview: BorisPreview | None = None

    def start(self) -> None:
        """Read the file in the background, then show what it gives."""
        read = partial(_read, self._core, self._path, self._form_id, dict(self._mapping))
        if self._reading is not None:
            self._reading.cancel()  # what was chosen since decides
        self._reading = Job(self, self._on_read, self._on_failed)
        self._jobs.run(read, self._reading)

    # --- sheet ------------------------------------------------------------------------------------

    def _on_read(self, found: Read) -> None:
        self._reading = None
        if self._over:
            return
        self.preview, forms = found
        if self.sheet is None:
            self._open_sheet(self.preview, forms)
        self._fill(self.preview)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self._keeping = None
        if self.sheet is None:
            self._open_failed(told.title, told.text, told.hint)
            return
        self.progress_line.finish()
        self._warning.setText(f"{told.text} {told.hint}".strip())
        self._warning.setVisible(True)
        self._let_keep()

    def _open_failed(self, title: str, text: str, hint: str) -> None:
        sheet = Sheet(title, self._host)
        sheet.setObjectName("import_failed")
        sheet.body.addWidget(TextLabel(text, sheet, step="body", wrap=True))
        if hint:
            sheet.body.addWidget(TextLabel(hint, sheet, tone="muted", wrap=True))
        sheet.add_safe(self.tr("Go on"))
        sheet.closed.connect(self.ended)
        sheet.open_over()

    def _open_sheet(self, preview: BorisPreview, forms: tuple[tuple[str, str], ...]) -> None:
        sheet = Sheet(self.tr("Bring in a BORIS project"), self._host, width=_WIDTH)
        sheet.setObjectName("import_boris_sheet")
        self.sheet = sheet
        words = self.tr("{project} in {file}").format(project=preview.project, file=preview.path.name)
        sheet.body.addWidget(ElidedLabel(words, sheet, step="body", tone="muted"))
        sheet.body.addLayout(self._fields(sheet, forms))
        lists = QHBoxLayout()
        lists.setSpacing(32)
        lists.addLayout(self._observations(sheet, preview), 6)
        lists.addLayout(self._behaviours(sheet), 5)
        sheet.body.addLayout(lists, 1)
        self._subjects = TextLabel("", sheet, step="small", tone="muted", wrap=True)
        sheet.body.addWidget(self._subjects)
        self._problem_head = caption(self.tr("Good to know"), sheet)
        sheet.body.addWidget(self._problem_head)
        self.problem_pane = ScrollPane(sheet, plane="bg", margin=0)
        self.problem_pane.setObjectName("boris_problems")
        self.problem_pane.body.setContentsMargins(0, 0, 14, 0)
        self.problem_pane.body.setSpacing(2)
        # Wrapped words ask for the height they would have in the narrowest column; here they never are so narrow.
        content = self.problem_pane.body.parentWidget()
        if content is not None:
            content.setMinimumHeight(1)
        sheet.body.addWidget(self.problem_pane)
        self._warning = TextLabel("", sheet, step="small", tone="warm", wrap=True)
        self._warning.hide()
        sheet.body.addWidget(self._warning)
        self.progress_line = ProgressLine(sheet)
        self.progress_line.stopped.connect(self._on_stop)
        sheet.body.addWidget(self.progress_line)
        sheet.add_safe(self.tr("Leave it"))
        main = sheet.add_main(self.tr("Bring in"), enter_accepts=True)
        # The sheet stays until all is kept, so that it can say how far it is.
        main.clicked.disconnect(sheet.accept)
        main.clicked.connect(self._on_accepted)
        sheet.rejected.connect(self._on_rejected)
        sheet.open_over()

    def _fields(self, sheet: Sheet, forms: tuple[tuple[str, str], ...]) -> QHBoxLayout:
        self.teacher_line = LineEdit(self._teacher, sheet, placeholder=self.tr("May stay empty"))
        self.teacher_line.setObjectName("import_teacher")
        self.form_box = ComboBox(sheet)
        self.form_box.setObjectName("boris_form")
        self.form_box.addItem(self.tr("A form made of the behaviours"), "")
        for form_id, title in forms:
            self.form_box.addItem(title, form_id)
        self.form_box.activated.connect(self._on_form_chosen)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addWidget(Field(self.tr("Teacher of these lessons"), self.teacher_line, sheet), 6)
        row.addWidget(Field(self.tr("Counted and timed with"), self.form_box, sheet), 5)
        return row

    def _observations(self, sheet: Sheet, preview: BorisPreview) -> QVBoxLayout:
        self.observation_head = SectionHead(self.tr("Observations"), "", sheet, step="body")
        self.observation_list = ObservationList(ObservationModel(preview.observations), sheet)
        self.observation_list.observations.chosen_changed.connect(self._on_chosen)
        self.all_box = QCheckBox(self.tr("All of them"), sheet)
        self.all_box.setObjectName("boris_all")
        self.all_box.setTristate(True)
        self.all_box.clicked.connect(self._on_all)
        self.all_box.setVisible(len(preview.observations) > 1)
        return self._column(self.observation_head, self.all_box, self.observation_list)

    def _behaviours(self, sheet: Sheet) -> QVBoxLayout:
        self.behaviour_list = BehaviourList(sheet)
        self.behaviour_list.setObjectName("boris_behaviours")
        self.behaviour_list.mapped.connect(self._on_mapped)
        return self._column(SectionHead(self.tr("Behaviours"), "", sheet, step="body"), self.behaviour_list)

    def _column(self, *widgets: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        for widget in widgets:
            column.addWidget(widget, 1 if widget is widgets[-1] else 0)
        held = widgets[-1]
        held.setMinimumHeight(scaled(ROW) * _FEWEST)
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return column

    # --- what it shows ----------------------------------------------------------------------------

    def _fill(self, preview: BorisPreview) -> None:
        form = preview.form if self._form_id else None
        self.behaviour_list.show_rows(preview.behaviours, form)
        self._warning.hide()
        self._say_subjects(preview)
        self._say_problems(preview)
        self._on_chosen()

    def _say_subjects(self, preview: BorisPreview) -> None:
        spoken = ", ".join(
            name if name == speaker else self.tr("{name} as {speaker}").format(name=name, speaker=speaker)
            for name, speaker in preview.subjects
            if speaker
        )
        self._subjects.setText(self.tr("Speakers: {names}").format(names=spoken))
        self._subjects.setVisible(bool(spoken))

    def _say_problems(self, preview: BorisPreview) -> None:
        body = self.problem_pane.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in preview.problems[:_MOST_PROBLEMS]:
            body.addWidget(
                TextLabel(problem_sentence(problem), self.problem_pane, step="small", tone="warm", wrap=True)
            )
        more = len(preview.problems) - _MOST_PROBLEMS
        if more > 0:
            words = self.tr("and {n} more").format(n=more)
            body.addWidget(TextLabel(words, self.problem_pane, step="small", tone="muted"))
        body.addStretch(1)
        some = bool(preview.problems)
        self._problem_head.setVisible(some)
        self.problem_pane.setVisible(some)
        lines = min(len(preview.problems) + 1, _PROBLEM_LINES)
        self.problem_pane.setMaximumHeight(scaled(_LINE) * lines)
        self.problem_pane.setMinimumHeight(scaled(_LINE) * min(lines, 2))  # with large words in a small window

    @Slot()
    def _on_chosen(self) -> None:
        model = self.observation_list.observations
        chosen, rows = len(model.chosen), model.rowCount()
        self.observation_head.set_right(self.tr("{n} of {all}").format(n=chosen, all=rows))
        self.all_box.setChecked(chosen == rows)
        if 0 < chosen < rows:
            self.all_box.setCheckState(Qt.CheckState.PartiallyChecked)
        self._let_keep()

    def _let_keep(self) -> None:
        """Say on the button what it will do, and why it cannot."""
        if self.sheet is None or self.sheet.main_button is None:
            return
        chosen = len(self.observation_list.observations.chosen)
        button = self.sheet.main_button
        words = self.tr("Bring in 1 visit") if chosen == 1 else self.tr("Bring in {n} visits").format(n=chosen)
        button.setText(words)
        button.updateGeometry()
        why = "" if chosen else self.tr("No observation is chosen.")
        button.set_disabled_because(self.tr("It is being brought in.") if self._keeping is not None else why)

    # --- slots ------------------------------------------------------------------------------------

    @Slot(bool)
    def _on_all(self, _on: bool) -> None:
        model = self.observation_list.observations
        model.choose_all(len(model.chosen) < model.rowCount())

    @Slot(int)
    def _on_form_chosen(self, _place: int) -> None:
        self._form_id = str(self.form_box.currentData() or "")
        self._mapping = {}
        self.start()

    @Slot()
    def _on_mapped(self) -> None:
        self._mapping = self.behaviour_list.mapping()
        self.start()

    @Slot()
    def _on_accepted(self) -> None:
        if self._keeping is not None:
            return
        keep = partial(
            _keep,
            self._core,
            self._path,
            self.observation_list.observations.chosen,
            self.teacher_line.text().strip(),
            self._form_id,
            self.behaviour_list.mapping() if self._form_id else {},
        )
        self._warning.hide()
        self.progress_line.start(self.tr("Bringing in observations …"))
        self._keeping = Job(self, self._on_kept, self._on_failed, self._on_progress, self._on_stopped)
        self._let_keep()
        self._jobs.run(keep, self._keeping)

    def _on_progress(self, done: int, total: int, _text: str) -> None:
        self.progress_line.set_progress(done, total)

    @Slot()
    def _on_stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()

    def _on_stopped(self) -> None:
        """What was whole by then is kept; the list shows it."""
        self._keeping = None
        self.progress_line.finish()
        self._warning.setText(self.tr("Stopped. The observations that were whole by then are in the list of visits."))
        self._warning.setVisible(True)
        self._let_keep()

    @Slot()
    def _on_rejected(self) -> None:
        self._on_stop()
        self._over = True
        self.sheet = None
        self.ended.emit()

    def _on_kept(self, result: BorisResult) -> None:
        self._keeping = None
        if self.sheet is not None:
            self.sheet.accept()
            self.sheet = None
        self.imported.emit(result)
        self.ended.emit()


def _read(core: Core, path: Path, form_id: str, mapping: dict[str, str], progress: Progress) -> Read:
    form = core.catalogue.form(form_id) if form_id else None
    return boris_in.preview(path, form=form, mapping=mapping, progress=progress), _forms(core)


def _forms(core: Core) -> tuple[tuple[str, str], ...]:
    """Return (id, title) of the forms that can count or time."""
    return tuple(
        (entry.form_id, text_in(entry.title, ""))
        for entry in core.catalogue.entries()
        if not entry.problems and entry.use is FormUse.LESSON and {ItemKind.TALLY, ItemKind.TIMER} & set(entry.kinds)
    )


def _keep(
    core: Core,
    path: Path,
    names: tuple[str, ...],
    teacher: str,
    form_id: str,
    mapping: dict[str, str],
    progress: Progress,
) -> BorisResult:
    return boris_in.import_boris(
        core,
        path=path,
        observations=names,
        teacher=teacher,
        form_id=form_id,
        mapping=mapping,
        progress=progress,
    )
