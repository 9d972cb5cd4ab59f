"""What belongs to a session beside its agenda: what is worked with, and what people are asked before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import NotFound, ObserveError
from observe_app.services import session_asking as asking
from observe_app.services.groups import resources
from observe_app.services.session_asking import Asked
from observe_app.services.sessions import sessions
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.hand_over import start_folder
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit, SectionHead, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.services.core import Core


class AroundList(QWidget):
    """Surveys and resources of a session.

    Signals:
        survey_asked: id of a survey to go to. failed: an `ObserveError`.
    """

    survey_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._session_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(SectionHead(self.tr("Ask people"), "", self))
        self._surveys = QVBoxLayout()
        self._surveys.setSpacing(scaled(4))
        column.addLayout(self._surveys)
        ways = QHBoxLayout()
        ways.setSpacing(scaled(8))
        self.ask_buttons: dict[Asked, Button] = {}
        for what, words in (
            (Asked.NEEDS, self.tr("What is needed")),
            (Asked.BEFORE, self.tr("Before")),
            (Asked.AFTER, self.tr("Afterwards")),
        ):
            button = Button(words, self, size=ButtonSize.SMALL, icon="vote")
            button.setObjectName(f"ask_{what.value}")
            button.setProperty("what", what.value)
            button.clicked.connect(self._on_ask)
            self.ask_buttons[what] = button
            ways.addWidget(button)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addSpacing(scaled(10))
        column.addWidget(SectionHead(self.tr("Worked with"), "", self))
        self._resources = QVBoxLayout()
        self._resources.setSpacing(scaled(2))
        column.addLayout(self._resources)
        self._build_adding(column)

    def _build_adding(self, column: QVBoxLayout) -> None:
        self.link_line = LineEdit("", self, placeholder=self.tr("https://… and Enter adds a link"))
        self.link_line.setObjectName("session_link_new")
        self.link_line.setAccessibleName(self.tr("Address of something to work with"))
        self.file_button = Button(self.tr("Add a file"), self, size=ButtonSize.SMALL, icon="paperclip")
        self.file_button.setObjectName("session_file_new")
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.link_line, 1)
        row.addWidget(self.file_button)
        self.remark = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.remark.hide()
        column.addLayout(row)
        column.addWidget(self.remark)
        self.link_line.returnPressed.connect(self._on_link)
        self.file_button.clicked.connect(self._on_file)

    def show_session(self, session_id: str) -> None:
        """Show what there is of a session."""
        if session_id != self._session_id:
            self._say("")
            self.link_line.clear()
        self._session_id = session_id
        clear_layout(self._surveys)
        while self._surveys.count():
            self._surveys.takeAt(0)
        clear_layout(self._resources)
        while self._resources.count():
            self._resources.takeAt(0)
        names = {
            Asked.NEEDS.value: self.tr("What is needed"),
            Asked.BEFORE.value: self.tr("Before"),
            Asked.AFTER.value: self.tr("Afterwards"),
        }
        found = asking.of_session(self._core, session_id)
        for view in found:
            kind = names.get(view.survey.kind, view.survey.title)
            count = self.tr("1 answer") if view.released == 1 else self.tr("{n} answers").format(n=view.released)
            state = self.tr("not sent yet") if view.survey.state == "draft" else count
            words = self.tr("{kind}: {state}").format(kind=kind, state=state)
            self._surveys.addWidget(self._link(words, "vote", view.survey.id, self._on_survey, "session_survey"))
        kinds = {view.survey.kind for view in found}
        for what, button in self.ask_buttons.items():
            button.setVisible(what.value not in kinds)
        for one in resources.of_session(self._core, session_id):
            words = (
                self.tr("{title} ({licence})").format(title=one.title, licence=one.licence)
                if one.licence
                else one.title
            )
            icon = "link" if one.link else "paperclip"
            self._resources.addWidget(self._link(words, icon, one.id, self._on_resource, "session_resource"))

    def _link(self, words: str, icon: str, record_id: str, slot: object, name: str) -> QWidget:
        button = Button(words.replace("&", "&&"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon=icon)
        button.setObjectName(name)
        button.setProperty("record", record_id)
        button.setToolTip(words)
        button.clicked.connect(slot)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        return holder

    def _group(self) -> str:
        return sessions.get(self._core, self._session_id).group_id

    def _say(self, words: str) -> None:
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def _tell(self, error: ObserveError) -> None:
        told = describe(error)
        self._say(f"{told.text} {told.hint}".strip())

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_ask(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        try:
            made = asking.ask(self._core, session_id=self._session_id, what=Asked(str(sender.property("what"))))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.survey_asked.emit(made.id)

    @Slot()
    def _on_survey(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.survey_asked.emit(str(sender.property("record")))

    @Slot()
    def _on_resource(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        try:
            found = resources.open_resource(self._core, str(sender.property("record"))).value
        except NotFound as error:
            self.failed.emit(error)
            return
        if found.link:
            QDesktopServices.openUrl(QUrl(found.link))
        else:
            self._save_copy(found.id, found.file_name)

    def _save_copy(self, resource_id: str, name: str) -> None:
        dialog = QFileDialog(self, self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.selectFile(resources.file_name(name))
        dialog.setProperty("record", resource_id)
        dialog.fileSelected.connect(self._on_copy_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_copy_chosen(self, name: str) -> None:
        sender = self.sender()
        if name and sender is not None:
            try:
                resources.save_copy(self._core, resource_id=str(sender.property("record")), target=Path(name))
            except ObserveError as error:
                self.failed.emit(error)

    @Slot()
    def _on_link(self) -> None:
        text = self.link_line.text().strip()
        if not text:
            return
        try:
            resources.add_link(self._core, link=text, session_id=self._session_id, group_id=self._group())
        except ObserveError as error:
            self._tell(error)
            return
        self._say("")
        self.link_line.clear()
        self.show_session(self._session_id)

    @Slot()
    def _on_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(start_folder(self._core)))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_file_chosen(self, name: str) -> None:
        if not name:
            return
        try:
            resources.add_file(self._core, path=Path(name), session_id=self._session_id, group_id=self._group())
        except ObserveError as error:
            self._tell(error)
            return
        self._say("")
        self.show_session(self._session_id)
