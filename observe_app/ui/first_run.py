"""The first start: name, school, role, each of which may stay empty, and a sample visit to look around in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.people import Role
from observe_app.services import people
from observe_app.services.demo import record_sample
from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.i18n import role_name
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    Field,
    LineEdit,
    Message,
    MessageKind,
    ScrollPane,
    TextLabel,
)
from observe_app.ui.widgets.empty_state import TimeLineMark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

_WIDTH = 460


class FirstRunPage(DataPage):
    """One calm page; nothing on it is needed to begin.

    Signals:
        finished: what was said is kept; go on to Today.
    """

    finished = Signal()

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("first_run_page")
        self._build()
        self.go_button.clicked.connect(self._on_go)
        self.skip_button.clicked.connect(self._on_skip)

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Welcome."""
        return self.tr("Welcome")

    def subtitle(self) -> str:
        """Where the record is kept."""
        if self.core.store.key is not None:
            return self.tr("Everything stays on this computer, protected: it opens while you are signed in.")
        return self.tr("Everything stays on this computer. Its copy there is not protected; see Settings.")

    def start_widget(self) -> QWidget | None:
        """The name."""
        return self.name_edit

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_skip(self) -> None:
        self.name_edit.clear()
        self._keep(with_sample=False)

    @Slot()
    def _on_go(self) -> None:
        self._keep(with_sample=self.sample_box.isChecked())

    def _keep(self, *, with_sample: bool) -> None:
        role = self.role_box.currentData()
        try:
            people.introduce(
                self.core, name=self.name_edit.text(), school=self.school_edit.text(), role=str(role or "")
            )
        except Invalid as error:
            told = describe(error)
            self.name_field.set_warning(f"{told.text} {told.hint}".strip())
            self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except ObserveError as error:
            self._tell(error)
            return
        if not with_sample:
            self.finished.emit()
            return
        for button in (self.go_button, self.skip_button):
            button.setEnabled(False)
        self.jobs.run(self._work_sample, Job(self, self._on_sample_there, self._on_sample_failed))

    def _work_sample(self, progress: Progress) -> str:
        return record_sample(self.core, progress)

    def _on_sample_there(self, visit_id: str) -> None:
        words = self.tr("A made-up visit is under Visits, to look around in. Delete it whenever you like.")
        self.finished.emit()
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Open it"), "info", key=f"visit/{visit_id}"))

    def _on_sample_failed(self, error: Exception) -> None:
        for button in (self.go_button, self.skip_button):
            button.setEnabled(True)
        if not isinstance(error, ObserveError):
            raise error
        self._tell(error)

    def _tell(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.RISK, f"{told.text} {told.hint}".strip(), key="first-run"))

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Escape skips."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go_button.isEnabled():
            (self.skip_button if self.skip_button.hasFocus() else self.go_button).click()
        elif event.key() == Qt.Key.Key_Escape and self.skip_button.isEnabled():
            self.skip_button.click()
        else:
            super().keyPressEvent(event)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.name_edit = LineEdit("", self, placeholder=self.tr("As colleagues know you"))
        self.school_edit = LineEdit("", self)
        self.role_box = ComboBox(self)
        self.role_box.addItem(self.tr("Not said"), "")
        for role in Role:
            self.role_box.addItem(role_name(role), role.value)
        self.role_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_edit.setObjectName("name_edit")
        self.school_edit.setObjectName("school_edit")
        self.role_box.setObjectName("role_box")
        self.name_field = Field(self.tr("Your name"), self.name_edit, self, hint=self.tr("It appears on your PDFs."))
        self.sample_box = QCheckBox(self.tr("Add a sample visit to look around in"), self)
        self.sample_box.setObjectName("sample_box")
        self.sample_box.setChecked(True)
        self.go_button = Button(self.tr("Begin"), self, kind=ButtonKind.PRIMARY, size=ButtonSize.MAIN, keys="Enter")
        self.skip_button = Button(self.tr("Skip"), self, size=ButtonSize.MAIN)
        self.go_button.setObjectName("go_button")
        self.skip_button.setObjectName("skip_button")
        self._arrange()

    def _arrange(self) -> None:
        pane = ScrollPane(self)
        column = pane.body
        column.setContentsMargins(120, 64, 24, 24)
        column.setSpacing(0)
        sentence = TextLabel(self.tr("Visit a lesson, keep every word"), self, step="empty", wrap=True)
        explained = TextLabel(
            self.tr(
                "Observe works without an account and without a network. "
                "What you write is yours until you hand it over."
            ),
            self,
            step="lead",
            tone="muted",
            wrap=True,
        )
        explained.setMaximumWidth(scaled(520))
        for widget, below in ((TimeLineMark(self), 36), (sentence, 6), (explained, 28)):
            column.addWidget(widget)
            column.addSpacing(below)
        form = QWidget(self)
        form.setMaximumWidth(scaled(_WIDTH))
        fields = QVBoxLayout(form)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(14)
        fields.addWidget(self.name_field)
        fields.addWidget(Field(self.tr("School"), self.school_edit, self))
        fields.addWidget(Field(self.tr("What you mostly do"), self.role_box, self))
        fields.addSpacing(4)
        fields.addWidget(self.sample_box)
        column.addWidget(form)
        column.addSpacing(22)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.go_button)
        row.addWidget(self.skip_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(pane)
