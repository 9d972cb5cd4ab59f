"""Third step: who is there already, and their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from observe_app.services.sync import colleagues
from observe_app.ui.jobs import Job
from observe_app.ui.shared_folder.colleague_list import ColleagueList
from observe_app.ui.shared_folder.step_pane import StepPane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.progress import Progress
    from observe_app.domain.sync.card import Colleague
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


class PeopleStep(StepPane):
    """Numbers can be compared here, or at the next talk."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", parent)
        self._core, self._jobs = core, jobs
        self.title_label.setText(self.tr("Check your colleagues"))
        self.lead_label.setText(
            self.tr(
                "Anybody who can write in the folder could pretend to be somebody. So compare: your colleague’s screen "
                "shows the same number beside their own name. You can do it when you sit together for a talk."
            )
        )
        self.next_button.setText(self.tr("Continue"))
        self.back_button.hide()
        self.people = ColleagueList(core.clock, self)
        self.body.addWidget(self.people)
        self.people.same_said.connect(self._on_same)
        self.people.other_said.connect(self._on_other)

    @Slot()
    def reload(self) -> None:
        """Show who is there now."""
        core = self._core

        def work(_progress: Progress) -> tuple[Colleague, ...]:
            return colleagues.listing(core)

        self._jobs.run(work, Job(self, self.people.show_people, self.warn_of))

    @Slot(str)
    def _on_same(self, fingerprint: str) -> None:
        colleagues.same(self._core, fingerprint)
        self.reload()

    @Slot(str)
    def _on_other(self, fingerprint: str) -> None:
        colleagues.not_same(self._core, fingerprint)
        self.reload()
