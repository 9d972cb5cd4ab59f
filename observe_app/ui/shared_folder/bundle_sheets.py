"""Files for mail or a stick: made of visits for people or under a passphrase, looked into, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QRadioButton, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.sync import bundle, colleagues, setup
from observe_app.services.sync.bundle_file import BundleProblem
from observe_app.ui.errors import describe
from observe_app.ui.jobs import Job
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, Field, LineEdit, Message, MessageKind, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.sync.card import Colleague
    from observe_app.services.core import Core
    from observe_app.services.sync.bundle import Bundle, Taken
    from observe_app.ui.jobs import JobRunner

_MOST_ROWS = 220
_ENDING = ".observe"


class MakeBundleSheet(Sheet):
    """Everything that the chosen people may read, in one file; or all shared visits, under a passphrase.

    Signals:
        message_posted: a `Message`.
    """

    message_posted = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__("", parent, width=600)
        self.setObjectName("make_bundle_sheet")
        self.title_label.setText(self.tr("A file for mail or a stick"))
        self.add_lead(
            self.tr("It holds the visits you shared, as the folder would bring them. Opening it twice does no harm.")
        )
        self._core, self._jobs = core, jobs
        self.boxes: list[tuple[QCheckBox, Colleague]] = []
        self.folder_box = ComboBox(self)
        self.folder_box.setObjectName("bundle_folder")
        for folder in setup.folders(core):
            self.folder_box.addItem(folder.name, folder)
        self.folder_field = Field(self.tr("Of which folder"), self.folder_box, self)
        self.folder_field.setVisible(self.folder_box.count() > 1)
        self.people_radio = QRadioButton(self.tr("Only these people can open it"), self)
        self.pass_radio = QRadioButton(self.tr("Whoever has a passphrase can open it"), self)
        self.people_radio.setChecked(True)
        self.people_pane = ScrollPane(self, margin=0)
        self.pass_edit = LineEdit("", self)
        self.pass_edit.setObjectName("bundle_passphrase")
        self.pass_edit.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("At least {n} characters. Tell it to the others some other way than the file.")
        hint = hint.format(n=bundle.LEAST_PASSPHRASE)
        self.pass_field = Field(self.tr("Passphrase"), self.pass_edit, self, hint=hint)
        self.warning = TextLabel("", self, tone="warm", wrap=True)
        self.warning.hide()
        for part in (
            self.folder_field,
            self.people_radio,
            self.people_pane,
            self.pass_radio,
            self.pass_field,
            self.warning,
        ):
            self.body.addWidget(part)
        self.add_safe(self.tr("Cancel"))
        self.make_button = self.add_main(self.tr("Choose where to save it"), icon="file-down")
        self.make_button.setObjectName("bundle_make")
        self._fill()
        for signal in (self.people_radio.toggled, self.pass_edit.textEdited):
            signal.connect(self._show)
        self._show()

    def open_over(self) -> None:
        """Show it; the list of people is as high as it needs to be."""
        super().open_over()
        self.fit(self.people_pane, scaled(_MOST_ROWS))

    @Slot()
    def accept(self) -> None:
        """Ask where; the sheet stays until the file is there."""
        dialog = QFileDialog(self, self.tr("Save the file"))
        dialog.setObjectName("bundle_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Files of Observe (*.observe)"))
        dialog.setDefaultSuffix(_ENDING[1:])
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(self.tr("Visits"))
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Make the file there, in the background."""
        core, path, folder = self._core, Path(name), self.folder_box.currentData()
        named = self.people_radio.isChecked()
        to = tuple(one.card for box, one in self.boxes if box.isChecked()) if named else ()
        passphrase = "" if named else self.pass_edit.text()

        def work(_progress: Progress) -> Bundle:
            return bundle.make(core, path, folder=folder, visits=(), to=to, passphrase=passphrase, every=True)

        self.make_button.set_disabled_because(self.tr("The file is being written"))
        self._jobs.run(work, Job(self, lambda made: self._on_made(made, path), self._on_failed))

    def _on_made(self, made: Bundle, path: Path) -> None:
        count = len(made.manifest.visits)
        words = self.tr("Saved {name} with 1 visit.") if count == 1 else self.tr("Saved {name} with {n} visits.")
        self._close()
        self.message_posted.emit(
            Message(
                MessageKind.NEWS, words.format(name=path.name, n=count), self.tr("Show the folder"), "check",
                key=f"folder/{path.parent}",
            )
        )  # fmt: skip
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._show()
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.warning.setText(f"{told.text} {told.hint}".strip())
        self.warning.show()

    def _fill(self) -> None:
        for one in colleagues.listing(self._core, numbers=False):
            if not one.me and one.trust.value != "changed":
                box = QCheckBox(one.card.name, self)
                box.toggled.connect(self._show)
                self.people_pane.body.addWidget(box)
                self.people_pane.body.addSpacing(4)
                self.boxes.append((box, one))
        if not self.boxes:
            words = self.tr("Nobody else takes part yet; use a passphrase.")
            self.people_pane.body.addWidget(TextLabel(words, self, tone="muted", wrap=True))

    @Slot()
    def _show(self) -> None:
        named = self.people_radio.isChecked()
        self.people_pane.setVisible(named)
        self.pass_field.setVisible(not named)
        why = ""
        if named and not any(box.isChecked() for box, _one in self.boxes):
            why = self.tr("Choose who can open it")
        elif not named and len(self.pass_edit.text()) < bundle.LEAST_PASSPHRASE:
            why = self.tr("Choose a passphrase of at least {n} characters first").format(n=bundle.LEAST_PASSPHRASE)
        self.make_button.set_disabled_because(why)


class OpenBundleSheet(Sheet):
    """Says what is in a file, then takes it in.

    Signals:
        taken: a `Taken`. message_posted: a `Message`.
    """

    taken = Signal(object)
    message_posted = Signal(object)

    def __init__(self, core: Core, jobs: JobRunner, path: Path, parent: QWidget) -> None:
        super().__init__("", parent, width=560)
        self.setObjectName("open_bundle_sheet")
        self.title_label.setText(self.tr("Open {name}").format(name=path.name))
        self._core, self._jobs, self._path = core, jobs, path
        self.told = TextLabel(self.tr("Looking into it…"), self, wrap=True)
        self.told.setObjectName("bundle_told")
        self.pass_edit = LineEdit("", self)
        self.pass_edit.setObjectName("open_passphrase")
        self.pass_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pass_field = Field(self.tr("Passphrase of the file"), self.pass_edit, self)
        self.pass_field.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(self.pass_field)
        self.add_safe(self.tr("Close"))
        self.take_button = self.add_main(self.tr("Bring it in"), enter_accepts=True)
        self.take_button.setObjectName("bundle_take")
        self._looked = False

    def open_over(self) -> None:
        """Show it, and look into the file."""
        super().open_over()
        self._look()

    @Slot()
    def accept(self) -> None:
        """Look with the passphrase, or take the file in."""
        if not self._looked:
            self._look()
            return
        core, path, passphrase = self._core, self._path, self.pass_edit.text()

        def work(_progress: Progress) -> Taken:
            return bundle.take(core, path, passphrase)

        self.take_button.set_disabled_because(self.tr("It is being brought in"))
        self._jobs.run(work, Job(self, self._on_taken, self._on_failed))

    def _look(self) -> None:
        core, path, passphrase = self._core, self._path, self.pass_edit.text()

        def work(_progress: Progress) -> Bundle:
            return bundle.look(core, path, passphrase)

        self.take_button.set_disabled_because(self.tr("Looking into it"))
        self._jobs.run(work, Job(self, self._on_looked, self._on_failed))

    def _on_looked(self, found: Bundle) -> None:
        self._looked = True
        count = len(found.manifest.visits)
        words = self.tr("1 visit from {name}.") if count == 1 else self.tr("{n} visits from {name}.")
        who = found.manifest.by_name or self.tr("somebody")
        self.told.setText(words.format(n=count, name=who))
        self.pass_field.hide()
        self.take_button.setText(self.tr("Bring it in"))
        self.take_button.set_disabled_because("")
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_taken(self, done: Taken) -> None:
        self._close()
        words = self.tr("Nothing new was in it.") if not done.letters else self.tr("It is in your record now.")
        if done.waiting:
            words = self.tr(
                "Part of it is from people who are not known here yet and was left out. Open the file again once their "
                "cards are here."
            )
        if done.refused:
            words = self.tr("{words} Some of it was not let in; Shared folder says why.").format(words=words)
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="check", key="bundle"))
        self.taken.emit(done)
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        needs = isinstance(error, BundleProblem) and error.reason in {"passphrase", "wrong_passphrase"}
        if needs:
            self.told.setText(self.tr("It opens with a passphrase."))
            self.pass_field.show()
            wrong = isinstance(error, BundleProblem) and error.reason == "wrong_passphrase"
            self.pass_field.set_warning(f"{told.text} {told.hint}".strip() if wrong else "")
            self.take_button.setText(self.tr("Open"))
            self.take_button.set_disabled_because("")
            self.pass_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.told.setText(f"{told.text} {told.hint}".strip())
        self.take_button.set_disabled_because(self.tr("It cannot be opened"))
