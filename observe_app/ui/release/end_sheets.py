"""Taking back what nobody has yet, and withdrawing what somebody has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from observe_app.services import releases
from observe_app.ui.release.base import ReleasingSheet, teacher_of
from observe_app.ui.widgets import Field, LineEdit, TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.releases import ReleasePreview
    from observe_app.ui.jobs import JobRunner


class TakeBackSheet(ReleasingSheet):
    """Asks before a release that no copy has left of is taken back."""

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget) -> None:
        super().__init__(core, jobs, visit_id, "", parent, width=600)
        self.title_label.setText(self.tr("Take it back?"))
        self.setAccessibleName(self.title_label.text())
        self.setObjectName("take_back_sheet")
        told = self.tr("No copy has left this computer, so nobody has read it. After this only you can read it again.")
        self.body.addWidget(TextLabel(told, self, tone="quote", wrap=True))
        self.body.addWidget(self.trouble)
        self.add_safe(self.tr("Leave it released"))
        self.add_main(self.tr("Take it back"))

    def show_preview(self, preview: ReleasePreview) -> None:
        """Nothing is read here."""

    def act(self) -> Callable[[], Release]:
        """Take it back."""
        return partial(releases.take_back, self.core, self.visit_id)


class WithdrawSheet(ReleasingSheet):
    """Asks before a release is withdrawn by a revision that says so."""

    def __init__(self, core: Core, jobs: JobRunner, visit_id: str, parent: QWidget) -> None:
        super().__init__(core, jobs, visit_id, "", parent, width=640)
        self.title_label.setText(self.tr("Withdraw what was released?"))
        self.setAccessibleName(self.title_label.text())
        self.setObjectName("withdraw_sheet")
        teacher = teacher_of(core, visit_id)
        told = self.tr(
            "A copy has left, and this program cannot fetch it back. A new revision says that the feedback is "
            "withdrawn, and why; hand it to {name} as you did the other."
        )
        self.body.addWidget(TextLabel(told.format(name=teacher), self, tone="quote", wrap=True))
        self.why_edit = LineEdit("", self)
        self.why_edit.setObjectName("withdraw_why")
        self.body.addWidget(Field(self.tr("Why, in a sentence the teacher reads"), self.why_edit, self))
        self.body.addWidget(self.trouble)
        self.add_safe(self.tr("Leave it released"))
        self.add_main(self.tr("Withdraw it"), enter_accepts=True)
        self.why_edit.textChanged.connect(self._on_typed)
        self._on_typed()

    def show_preview(self, preview: ReleasePreview) -> None:
        """Nothing is read here."""

    @Slot()
    def _on_typed(self) -> None:
        if self._main is not None:
            self._main.setEnabled(bool(self.why_edit.text().strip()))

    def act(self) -> Callable[[], Release]:
        """Withdraw it."""
        return partial(releases.withdraw, self.core, self.visit_id, self.why_edit.text())
