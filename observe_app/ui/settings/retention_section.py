"""How long visits are kept: off at first; what is due is listed, and goes only when somebody says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from observe_app.domain.errors import ObserveError
from observe_app.services.sync import retention
from observe_app.ui.errors import describe
from observe_app.ui.i18n import short_date
from observe_app.ui.jobs import Job
from observe_app.ui.moments import local, today_of
from observe_app.ui.settings.parts import SettingsSection, row_of
from observe_app.ui.widgets import Button, ComboBox, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.domain.visit import VisitRow
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner

_CHOICES = (0, 1, 2, 3, 5, 10)
_HEIGHT = 320


class RetentionSection(SettingsSection):
    """Asks for a number of school years, and shows what is due."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, self.tr("How long visits are kept"), "", parent)
        self.setObjectName("retention_section")
        self._jobs = jobs
        self._due: tuple[VisitRow, ...] = ()
        self.choice = ComboBox(self)
        self.choice.setObjectName("retention_years")
        self.choice.setAccessibleName(self.tr("How long visits are kept"))
        self.choice.addItem(self.tr("For as long as I like"), 0)
        self.choice.addItem(self.tr("This school year"), 1)
        for years in _CHOICES[2:]:
            self.choice.addItem(self.tr("The last {n} school years").format(n=years), years)
        self.state_label = TextLabel("", self, wrap=True)
        self.state_label.setObjectName("retention_state")
        self.look_button = Button(self.tr("Look at them…"), self)
        self.look_button.setObjectName("retention_look")
        self.column.addLayout(row_of(self.choice))
        self.column.addWidget(self.state_label)
        self.column.addLayout(row_of(self.look_button))
        self.choice.activated.connect(self._on_chosen)
        self.look_button.clicked.connect(self._on_look)
        self.reload()

    def reload(self) -> None:
        """Show what is set, and what is due today."""
        years = retention.years(self.core)
        place = self.choice.findData(years)
        if place < 0:
            self.choice.addItem(self.tr("The last {n} school years").format(n=years), years)
            place = self.choice.count() - 1
        self.choice.setCurrentIndex(place)
        self._due = retention.due(self.core, today_of(self.core.clock))
        count = len(self._due)
        if not years:
            words = self.tr("No visit is ever erased by itself.")
        elif not count:
            words = self.tr("Nothing is due. Visits that are due are listed here, and go only when you say so.")
        elif count == 1:
            words = self.tr("1 visit is older than that. It stays until you erase it.")
        else:
            words = self.tr("{n} visits are older than that. They stay until you erase them.").format(n=count)
        self.state_label.setText(words)
        self.look_button.setVisible(bool(count))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.attempt(partial(retention.set_years, self.core, int(self.choice.itemData(index))))
        self.reload()

    @Slot()
    def _on_look(self) -> None:
        sheet = DueSheet(self.core, self._jobs, self._due, self)
        sheet.closed.connect(self._on_closed)
        sheet.open_over()

    @Slot()
    def _on_closed(self) -> None:
        self.reload()


class DueSheet(Sheet):
    """Lists what is due; one act erases it, after the box is ticked."""

    def __init__(self, core: Core, jobs: JobRunner, due: tuple[VisitRow, ...], parent: QWidget) -> None:
        super().__init__(self.tr("Erase what is due?"), parent, width=640)
        self.setObjectName("due_sheet")
        self._core, self._jobs, self._due = core, jobs, due
        self._job: Job[int] | None = None
        told = self.tr(
            "They go for good: from the record, the search and the backups, and from the computers of those who have "
            "them through a shared folder. Undo does not bring them back."
        )
        self.body.addWidget(TextLabel(told, self, tone="quote", wrap=True))
        pane = ScrollPane(self, margin=0)
        zone = core.clock.zone_name()
        for row in due:
            moment = row.started or row.start
            day = short_date(local(moment, zone).date()) if moment is not None else ""
            name = row.teacher or self.tr("Teacher not named yet")
            pane.body.addWidget(TextLabel(" · ".join(filter(None, (name, row.class_line, day))), pane))
        pane.body.addStretch(1)
        pane.setMinimumHeight(min(_HEIGHT, 26 * (len(due) + 1)))
        self.body.addWidget(pane)
        others = retention.others_hold(core, tuple(row.id for row in due))
        if others:
            words = self.tr("{people} hold some of them until their computers hear of it.")
            self.body.addWidget(TextLabel(words.format(people=", ".join(others)), self, tone="muted", wrap=True))
        self.box = QCheckBox(self.tr("I know that nobody can bring them back"), self)
        self.box.setObjectName("due_box")
        self.body.addWidget(self.box)
        self.trouble = TextLabel("", self, tone="err", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.add_safe(self.tr("Keep them"))
        self.main = self.add_main(self.tr("Erase for good"))
        self.main.setEnabled(False)
        self.box.toggled.connect(self._on_toggled)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.main.setEnabled(on and self._job is None)

    @Slot()
    def accept(self) -> None:
        """Erase them in the background; the sheet closes once that is done."""
        if not self.main.isEnabled() or self._job is not None:
            return
        self.main.setEnabled(False)
        self._job = Job(self, self._on_done, self._on_failed)
        only = frozenset(row.id for row in self._due)
        self._jobs.run(partial(_erase, self._core, today_of(self._core.clock), only), self._job)

    def _on_done(self, _count: int) -> None:
        self._job = None
        super().accept()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.trouble.setText(f"{told.text} {told.hint}".strip())
        self.trouble.show()
        self._on_toggled(self.box.isChecked())


def _erase(core: Core, today: date, only: frozenset[str], _progress: Progress) -> int:
    return retention.erase_due(core, today, only)
