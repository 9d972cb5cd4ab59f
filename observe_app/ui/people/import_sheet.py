"""Bringing people in from a list: who would be added and who changed is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.services.exchange import people_in
from observe_app.ui.errors import describe
from observe_app.ui.import_words import problem_sentence
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import SectionHead, Sheet, TextLabel, caption

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.exchange.people_in import PeopleResult, PersonChange
    from observe_app.ui.jobs import JobRunner

_SHOWN = 5
_PROBLEMS = 4


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
        self.sheet: Sheet | None = None

    def start(self) -> None:
        """Read the list in the background, then show what it would do."""
        core, path = self._core, self._path
        self._jobs.run(
            lambda _progress: people_in.preview_people(core, path=path), Job(self, self._on_read, self._on_failed)
        )

    def _on_read(self, found: PeopleResult) -> None:
        added, changed = found.count("add"), found.count("change")
        sheet = Sheet(self.tr("Bring in people"), self._host)
        sheet.setObjectName("import_people_sheet")
        self.sheet = sheet
        words = self.tr("{file}: {added} new, {changed} changed, {same} as they are").format(
            file=self._path.name, added=added, changed=changed, same=found.count("same")
        )
        sheet.body.addWidget(TextLabel(words, sheet, step="body", tone="muted", wrap=True))
        for kind, head in (("add", self.tr("New")), ("change", self.tr("Changed"))):
            those = [change for change in found.changes if change.kind == kind]
            if those:
                sheet.body.addWidget(SectionHead(head, str(len(those)), sheet, step="body"))
                for change in those[:_SHOWN]:
                    sheet.body.addWidget(self._row(change, sheet))
                if len(those) > _SHOWN:
                    more = self.tr("and {n} more").format(n=len(those) - _SHOWN)
                    sheet.body.addWidget(TextLabel(more, sheet, step="small", tone="muted"))
        self._add_problems(found, sheet)
        sheet.add_safe(self.tr("Leave it"))
        total = added + changed
        act = self.tr("Bring in 1 person") if total == 1 else self.tr("Bring in {n} people").format(n=total)
        main = sheet.add_main(act)
        if not added + changed:
            main.set_disabled_because(self.tr("Nobody in this list is new or different."))
        sheet.accepted.connect(self._on_accepted)
        sheet.rejected.connect(self.ended)
        sheet.open_over()

    def _row(self, change: PersonChange, parent: QWidget) -> TwoLineRow:
        person = change.person
        facts = " · ".join(part for part in (person.subjects, person.email, person.staff_id) if part)
        row = TwoLineRow(
            person.name,
            "",
            facts or self.tr("name only"),
            parent,
            icon="user-plus" if change.kind == "add" else "pencil",
        )
        row.setFixedHeight(scaled(46))
        return row

    def _add_problems(self, found: PeopleResult, sheet: Sheet) -> None:
        if not found.problems:
            return
        sheet.body.addWidget(caption(self.tr("Good to know"), sheet))
        for problem in found.problems[:_PROBLEMS]:
            sheet.body.addWidget(TextLabel(problem_sentence(problem), sheet, step="small", tone="warm", wrap=True))
        more = len(found.problems) - _PROBLEMS
        if more > 0:
            sheet.body.addWidget(TextLabel(self.tr("and {n} more").format(n=more), sheet, step="small", tone="muted"))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
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
    def _on_accepted(self) -> None:
        core, path = self._core, self._path

        def keep(progress: Progress) -> PeopleResult:
            return people_in.import_people(core, path=path, progress=progress)

        self._jobs.run(keep, Job(self, self._on_kept, self._on_failed))

    def _on_kept(self, result: PeopleResult) -> None:
        self.imported.emit(result)
        self.ended.emit()
