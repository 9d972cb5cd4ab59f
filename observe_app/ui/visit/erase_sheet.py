"""Erasing a visit for good: what goes, what stays out of reach, and the question asked twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import visits
from observe_app.services.sync import erasing
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.widgets import Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.sync.erasing import Erasure, Plan
    from observe_app.ui.jobs import JobRunner

_WIDTH = 640


class EraseSheet(Sheet):
    """Says what erasing does; the button works once the box is ticked and the teacher's name typed.

    Signals:
        erased: a sentence on what was done, and what others still hold.
    """

    erased = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget) -> None:
        super().__init__(self.tr("Erase this visit for good?"), parent, width=_WIDTH)
        self.setObjectName("erase_sheet")
        self._core, self._jobs, self._visit_id = core, jobs, visit_id
        self._name = visits.get(core, visit_id).teacher
        self._job: Job[Erasure] | None = None
        about = erasing.plan(core, visit_id)
        for words in self._sentences(about):
            self.body.addWidget(TextLabel(words, self, tone="quote", wrap=True))
        self.box = QCheckBox(self.tr("I know that nobody can bring it back"), self)
        self.box.setObjectName("erase_box")
        self.body.addWidget(self.box)
        self.name_edit = LineEdit("", self)
        self.name_edit.setObjectName("erase_name")
        asked = self.tr("Type the teacher’s name: {name}").format(name=self._name)
        self._field = Field(asked, self.name_edit, self)
        self._field.setVisible(bool(self._name))
        self.body.addWidget(self._field)
        self.reason_edit = LineEdit("", self)
        self.reason_edit.setObjectName("erase_reason")
        hint = self.tr("Kept with the date, and told to those who had it. No word of the visit belongs here.")
        self.body.addWidget(Field(self.tr("Why, in a few words"), self.reason_edit, self, hint=hint))
        self.trouble = TextLabel("", self, tone="err", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.add_safe(self.tr("Keep it"))
        self.main = self.add_main(self.tr("Erase for good"))
        self.main.setObjectName("erase_main")
        self.main.setEnabled(False)
        self.box.toggled.connect(self._on_changed)
        self.name_edit.textChanged.connect(self._on_changed)

    def _sentences(self, about: Plan) -> tuple[str, ...]:
        found = [
            self.tr(
                "Its notes, claims, conversation and history go from this computer: from the record, the search, "
                "the backups and what was set aside. Undo does not bring it back."
            )
        ]
        people = ", ".join(about.people)
        if about.people and about.everywhere:
            words = self.tr(
                "{people} had it through the shared folder. Their computers erase it too, as soon as they are next "
                "switched on with the folder; until then they hold it."
            )
            found.append(words.format(people=people))
        elif about.people:
            words = self.tr("Only your copy is erased. {people} keep theirs.")
            found.append(words.format(people=people))
        if about.copies:
            found.append(self.tr("Files that were saved or printed, and files sent by mail, are out of reach."))
        return tuple(found)

    @Slot()
    def accept(self) -> None:
        """Erase it, in the background; the sheet closes once that is done."""
        if not self.main.isEnabled() or self._job is not None:
            return
        self.main.setEnabled(False)
        self.trouble.hide()
        self._job = Job(self, self._on_done, self._on_failed)
        self._jobs.run(partial(_erase, self._core, self._visit_id, self.reason_edit.text()), self._job)

    @property
    def _agreed(self) -> bool:
        typed = " ".join(self.name_edit.text().split()).casefold()
        return self.box.isChecked() and typed == " ".join(self._name.split()).casefold()

    @Slot()
    def _on_changed(self) -> None:
        self.main.setEnabled(self._agreed and self._job is None)

    def _on_done(self, done: Erasure) -> None:
        self._job = None
        words = self.tr("The visit is erased.")
        if done.unreadable:
            told = self.tr("The visit is erased. {files} could not be opened and may still hold it.")
            words = told.format(files=", ".join(path.name for path in done.unreadable))
        elif done.holders:
            told = self.tr("The visit is erased here. Until their computers hear of it, these still hold it: {people}.")
            words = told.format(people=", ".join(one.name for one in done.holders))
        self.erased.emit(words)
        super().accept()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.trouble.setText(f"{told.text} {told.hint}".strip())
        self.trouble.show()
        self._on_changed()


def _erase(core: Core, visit_id: str, reason: str, _progress: Progress) -> Erasure:
    return erasing.purge(core, visit_id, reason)
