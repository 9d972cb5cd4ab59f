"""First step: which folder, what it is called, and whether one has twelve words already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from observe_app.services import people
from observe_app.services.sync import setup
from observe_app.ui.jobs import Job
from observe_app.ui.shared_folder.step_pane import StepPane
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, Field, LineEdit, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.sync.folder_check import FolderCheck
    from observe_app.ui.jobs import JobRunner

_TYPED_MS = 400


class FolderStep(StepPane):
    """Tries a folder as soon as one is named.

    Signals:
        checking: its path as text, "" for none. checked: the `FolderCheck`.
        words_known_changed: whether the person says that they have twelve words.
    """

    checking = Signal(str)
    checked = Signal(object)
    words_known_changed = Signal(bool)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", parent)
        self._core, self._jobs = core, jobs
        self._check: FolderCheck | None = None
        self._job: Job[FolderCheck] | None = None
        self._knows_words = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPED_MS)
        self._timer.timeout.connect(self.try_folder)
        self._build()
        self._connect()
        self.reload()

    # --- what was chosen --------------------------------------------------------------------------

    @property
    def check(self) -> FolderCheck | None:
        """What was found out about the folder that stands in the line; None while that is not known."""
        return self._check

    @property
    def knows_words(self) -> bool:
        """The person has a sheet with twelve words."""
        return self._knows_words

    @property
    def name(self) -> str:
        """What a new folder is to be called."""
        return self.name_edit.text()

    @property
    def school_key(self) -> bool:
        """The school is to be able to open what is shared through a new folder."""
        return self.school_box.isChecked() and not self.school_box.isHidden()

    def start_widget(self) -> QWidget:
        """The first line that is empty."""
        if not self.me_field.isHidden() and not self.me_edit.text():
            return self.me_edit
        return self.path_edit if not self.path_edit.text() else self.next_button

    def reload(self) -> None:
        """Ask for what is not known yet; twelve words that are here are not asked for."""
        known = people.me(self._core) is not None
        self.me_field.setVisible(not known and not self._knows_words)
        self.words_button.setVisible(not setup.has_identity(self._core))
        self._show()

    def choose(self, path: str) -> None:
        """Take a folder and try it."""
        self.path_edit.setText(path)
        self.try_folder()

    @Slot()
    def try_folder(self) -> None:
        """Find out about the folder in the line."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        self._check = None
        self.warn("")
        text = self.path_edit.text().strip().strip('"')
        self.checking.emit(text)
        self._show()
        if not text:
            return
        core, path = self._core, Path(text).expanduser()

        def work(_progress: Progress) -> FolderCheck:
            return setup.check(path, core)

        self._job = Job(self, self._on_checked, self.warn_of)
        self._jobs.run(work, self._job)

    def introduce(self) -> bool:
        """Keep the person's name where it is asked for; False where it is missing or cannot be."""
        if self.me_field.isHidden():
            return True
        if not self.me_edit.text().strip():
            self.me_field.set_warning(self.tr("Colleagues have to know whose visits they get."))
            self.me_edit.setFocus()
            return False
        kept = self._core.settings.get()
        people.introduce(self._core, name=self.me_edit.text(), school=kept.school, role=kept.my_role)
        return True

    # --- slots ------------------------------------------------------------------------------------

    def _on_checked(self, found: FolderCheck) -> None:
        self._job = None
        self._check = found
        self.name_edit.setText(found.path.name)
        self._show()
        self.checked.emit(found)

    @Slot()
    def _on_typed(self) -> None:
        self._check = None
        self._show()
        self._timer.start()

    @Slot()
    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the shared folder"))
        dialog.setObjectName("shared_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        dialog.setDirectory(self.path_edit.text() or home)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_folder_chosen(self, path: str) -> None:
        if path:
            self.choose(path)

    @Slot()
    def _on_words_toggled(self) -> None:
        self._knows_words = not self._knows_words
        self.words_known_changed.emit(self._knows_words)
        self.reload()

    # --- showing ----------------------------------------------------------------------------------

    def _show(self) -> None:
        check, knows = self._check, self._knows_words
        there = check.found if check is not None else None
        fresh = check is not None and check.is_usable and there is None
        self.title_label.setText(self.tr("Where your folder lies") if knows else self.tr("Choose the folder"))
        self.lead_label.setText(
            self.tr("The folder that is named on your sheet. Your twelve words come next.")
            if knows
            else self.tr(
                "Any folder that you and your colleagues can reach: on the school’s drive, in a cloud, on a stick."
            )
        )
        self.words_button.setText(self.tr("I have no words yet") if knows else self.tr("I have twelve words"))
        self.name_field.setVisible(fresh and not knows)
        self.school_box.setVisible(fresh and not knows)
        self.school_note.setVisible(fresh and not knows)
        self.next_button.setText(self._next_words(fresh=fresh, there=there is not None))
        self.next_button.updateGeometry()
        self.next_button.set_disabled_because(self._why_not(fresh=fresh))

    def _next_words(self, *, fresh: bool, there: bool) -> str:
        if self._knows_words:
            return self.tr("Continue")
        if there:
            return self.tr("Join this folder")
        return self.tr("Begin a shared folder") if fresh else self.tr("Continue")

    def _why_not(self, *, fresh: bool) -> str:
        if self._check is None:
            return (
                self.tr("Choose a folder first") if not self.path_edit.text().strip() else self.tr("It is being tried")
            )
        if not self._check.is_usable:
            return self.tr("This folder cannot be used; the reason is at the right")
        if fresh and self._knows_words:
            return self.tr("Nobody shares through this folder yet, so your record is not in it")
        return ""

    def _build(self) -> None:
        self.me_edit = LineEdit("", self, placeholder=self.tr("As colleagues know you"))
        self.me_edit.setObjectName("shared_me")
        self.me_field = Field(self.tr("Your name"), self.me_edit, self)
        self.path_edit = LineEdit("", self, placeholder=self.tr("For example H:\\Maths department"))
        self.path_edit.setObjectName("shared_path")
        self.browse_button = Button(self.tr("Choose…"), self, icon="folder-open")
        self.browse_button.setObjectName("shared_browse")
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.path_edit, 1)
        row.addWidget(self.browse_button)
        self.path_field = Field(self.tr("Folder"), place, self)
        self.path_edit.setAccessibleName(self.tr("Folder"))
        self.words_button = Button("", self, kind=ButtonKind.LINK)
        self.words_button.setObjectName("shared_words_known")
        self.name_edit = LineEdit("", self)
        self.name_edit.setObjectName("shared_name")
        self.name_field = Field(self.tr("What you call it"), self.name_edit, self)
        self.school_box = QCheckBox(self.tr("The school can open every visit shared here"), self)
        self.school_box.setObjectName("shared_school")
        self.school_note = TextLabel(
            self.tr("Off as a rule. Where it is on, every visit says so, and you print a second sheet for the school."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.school_note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for widget, below in (
            (self.me_field, 14), (self.path_field, 4), (self.words_button, 18), (self.name_field, 14),
            (self.school_box, 4), (self.school_note, 0),
        ):  # fmt: skip
            self.body.addWidget(widget)
            self.body.addSpacing(below)
        self.me_edit.setMaximumWidth(scaled(320))
        self.name_edit.setMaximumWidth(scaled(320))
        self.back_button.hide()

    def _connect(self) -> None:
        self.path_edit.textEdited.connect(self._on_typed)
        self.path_edit.returnPressed.connect(self.try_folder)
        self.browse_button.clicked.connect(self._on_browse)
        self.words_button.clicked.connect(self._on_words_toggled)
