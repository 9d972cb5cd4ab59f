"""The settings: every choice is kept as it is made."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.people import Role
from observe_app.domain.settings import TEXT_SIZES
from observe_app.services import backup, people
from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.i18n import role_name
from observe_app.ui.jobs import Job
from observe_app.ui.moments import day_words, local, time_words, today_of
from observe_app.ui.settings.keys import KeyTable
from observe_app.ui.settings.lesson_sections import LessonSections
from observe_app.ui.settings.protection_section import ProtectionSection
from observe_app.ui.settings.restore_sheet import RestoreSheet
from observe_app.ui.settings.retention_section import RetentionSection
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ComboBox,
    Field,
    LineEdit,
    Message,
    MessageKind,
    ScrollPane,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

_WIDTH = 460


class SettingsPage(DataPage):
    """What was chosen once, on this computer.

    Signals:
        theme_chosen: word of the theme to switch to at once.
        text_size_chosen: per cent; every word of the window is to have this size at once.
        motion_chosen: True for no movement at all.
        restore_chosen: Path of a backup to put in the record's place; asked and answered.
        protection_chosen: a `Wish`: protect the record, or end that; asked and answered.
        keys_changed: keys that count everywhere are others now.
    """

    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    motion_chosen = Signal(bool)
    restore_chosen = Signal(object)
    protection_chosen = Signal(object)
    keys_changed = Signal()

    place: ClassVar[str] = "settings"
    tables: ClassVar[frozenset[str]] = frozenset({"person"})

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("settings_page")
        self._build()
        self._connect()

    # --- page -------------------------------------------------------------------------------------

    def title(self) -> str:
        """Settings."""
        return self.tr("Settings")

    def subtitle(self) -> str:
        """When they count."""
        return self.tr("Every change is kept at once")

    def leave(self) -> bool:
        """Keep what stands in the fields."""
        self._keep_person()
        self._keep_purpose()
        return super().leave()

    def start_widget(self) -> QWidget | None:
        """The first field."""
        return self.name_edit

    @Slot()
    def reload(self) -> None:
        """Show what is kept now."""
        kept = self.core.settings.get()
        me = people.me(self.core)
        for edit, text in (
            (self.name_edit, me.name if me is not None else kept.my_name),
            (self.school_edit, kept.school),
            (self.purpose_edit, kept.purpose_line),
        ):
            if not edit.hasFocus():
                edit.setText(text)
        for box, value in ((self.role_box, kept.my_role), (self.theme_box, kept.theme), (self.paper_box, kept.paper)):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.text_size_box.setCurrentIndex(max(0, self.text_size_box.findData(kept.text_size)))
        self.motion_box.setChecked(kept.reduce_motion)
        self.ink_box.setChecked(kept.ink_saving)
        self.key_table.show_keys(kept.keys)
        self.lesson.reload()
        self.protection.reload()
        self.retention.reload()
        self._show_where()
        self._show_backup()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _keep_person(self) -> None:
        kept = self.core.settings.get()
        me = people.me(self.core)
        name, school = self.name_edit.text(), self.school_edit.text()
        role = str(self.role_box.currentData() or "")
        if (name.strip(), school, role) == (me.name if me is not None else "", kept.school, kept.my_role):
            return
        try:
            if name.strip():
                people.introduce(self.core, name=name, school=school, role=role)
                self.name_field.set_warning("")
            else:
                self.core.settings.change(school=school, my_role=role)
                self.name_field.set_warning(self.tr("Without a name, PDFs say nobody observed.") if me is None else "")
        except ObserveError as error:
            self._warn(self.name_field, error)

    @Slot()
    def _keep_purpose(self) -> None:
        text = " ".join(self.purpose_edit.text().split())
        if text != self.core.settings.get().purpose_line:
            self._change(purpose_line=text)

    @Slot()
    def _on_role_chosen(self) -> None:
        self._keep_person()

    @Slot()
    def _on_theme_chosen(self) -> None:
        theme = str(self.theme_box.currentData())
        if self._change(theme=theme):
            self.theme_chosen.emit(theme)

    @Slot()
    def _on_text_size_chosen(self) -> None:
        percent = int(self.text_size_box.currentData())
        if percent == self.core.settings.get().text_size or not self._change(text_size=percent):
            return
        # This page is built again with all others: not while its own box still tells what was chosen.
        QTimer.singleShot(0, self, partial(self.text_size_chosen.emit, percent))

    def return_to_text_size(self) -> None:
        """Bring the keyboard back to the choice that built the window again."""
        self.text_size_box.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._on_built_again)

    @Slot()
    def _on_built_again(self) -> None:
        self._pane.ensureWidgetVisible(self.text_size_box)

    @Slot()
    def _on_paper_chosen(self) -> None:
        self._change(paper=str(self.paper_box.currentData()))

    @Slot(bool)
    def _on_ink_chosen(self, saving: bool) -> None:
        self._change(ink_saving=saving)

    @Slot(bool)
    def _on_motion_chosen(self, reduced: bool) -> None:
        if self._change(reduce_motion=reduced):
            self.motion_chosen.emit(reduced)

    @Slot()
    def _on_keys_changed(self) -> None:
        self.key_table.show_keys(self.core.settings.get().keys)
        self.keys_changed.emit()

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.core.folder)))

    @Slot()
    def _on_backup_now(self) -> None:
        core = self.core
        self.backup_button.setEnabled(False)
        self.jobs.run(lambda _progress: backup.make(core), Job(self, self._on_backed_up, self._on_backup_failed))

    @Slot()
    def _on_backup_elsewhere(self) -> None:
        dialog = QFileDialog(self, self.tr("Save a copy of the record"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("sqlite")
        dialog.selectFile(self.tr("Observe {day}").format(day=today_of(self.core.clock).isoformat()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.open()

    @Slot(str)
    def _on_place_chosen(self, chosen: str) -> None:
        core, target = self.core, Path(chosen)
        self.backup_button.setEnabled(False)
        self.jobs.run(
            lambda _progress: backup.make(core, target), Job(self, self._on_backed_up, self._on_backup_failed)
        )

    @Slot()
    def _on_restore_asked(self) -> None:
        dialog = QFileDialog(self, self.tr("Bring back a backup"), str(self.core.files.backups))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Backups (*.sqlite)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.ask_restore)
        dialog.open()

    @Slot(str)
    def ask_restore(self, chosen: str) -> None:
        """Ask before the record is replaced by a backup."""
        sheet = RestoreSheet(Path(chosen), self)
        sheet.restore_chosen.connect(self.restore_chosen)
        sheet.open_over()

    def _on_backed_up(self, made: Path) -> None:
        self.backup_button.setEnabled(True)
        words = self.tr("Backup made: {name}").format(name=made.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="check", key="backup"))
        self._show_backup()

    def _on_backup_failed(self, error: Exception) -> None:
        self.backup_button.setEnabled(True)
        if not isinstance(error, ObserveError):
            raise error
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="backup"))

    # --- helpers ----------------------------------------------------------------------------------

    def _change(self, **values: Any) -> bool:
        try:
            self.core.settings.change(**values)
        except ObserveError as error:
            told = describe(error)
            self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key="settings"))
            return False
        return True

    @staticmethod
    def _warn(field: Field, error: ObserveError) -> None:
        told = describe(error)
        field.set_warning(f"{told.text} {told.hint}".strip())

    def _show_backup(self) -> None:
        made = backup.listing(self.core)
        if not made:
            self.backup_label.setText(self.tr("None yet; the first is made within the hour."))
            return
        at = datetime.fromtimestamp(made[0].stat().st_mtime, UTC)
        zone = self.core.clock.zone_name()
        day = day_words(local(at, zone).date(), today_of(self.core.clock))
        words = self.tr("The newest is from {day}, {time}. Kept in all: {n}.")
        self.backup_label.setText(words.format(day=day, time=time_words(at, zone), n=len(made)))

    # --- build ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.name_edit.left.connect(self._keep_person)
        self.school_edit.left.connect(self._keep_person)
        self.purpose_edit.left.connect(self._keep_purpose)
        for edit in (self.name_edit, self.school_edit):
            edit.returnPressed.connect(self._keep_person)
        self.purpose_edit.returnPressed.connect(self._keep_purpose)
        self.role_box.activated.connect(self._on_role_chosen)
        self.theme_box.activated.connect(self._on_theme_chosen)
        self.text_size_box.activated.connect(self._on_text_size_chosen)
        self.paper_box.activated.connect(self._on_paper_chosen)
        self.ink_box.clicked.connect(self._on_ink_chosen)
        self.motion_box.clicked.connect(self._on_motion_chosen)
        self.folder_button.clicked.connect(self._on_open_folder)
        self.backup_button.clicked.connect(self._on_backup_now)
        self.elsewhere_button.clicked.connect(self._on_backup_elsewhere)
        self.restore_button.clicked.connect(self._on_restore_asked)
        self.lesson.message_posted.connect(self.message_posted)
        self.protection.message_posted.connect(self.message_posted)
        self.protection.wished.connect(self.protection_chosen)
        self.retention.message_posted.connect(self.message_posted)
        self.lesson.keys_changed.connect(self._on_keys_changed)

    def _build(self) -> None:
        self._pane = pane = ScrollPane(self)
        pane.body.setContentsMargins(24, 20, 24, 24)
        self._columns = columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(56)
        columns.addWidget(self._build_left(), 0, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self._build_right(), 0, Qt.AlignmentFlag.AlignTop)
        columns.addStretch(1)
        self.lesson = LessonSections(self.core, self)
        pane.body.addLayout(columns)
        pane.body.addSpacing(32)
        pane.body.addWidget(self.lesson)
        pane.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them, else one under the other."""
        super().resizeEvent(event)
        beside = event.size().width() >= 2 * scaled(_WIDTH) + 56 + 48
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)
            self._columns.setSpacing(56 if beside else 32)
        self.lesson.set_beside(beside=beside, each=scaled(_WIDTH))

    def _build_left(self) -> QWidget:
        side, column = _column(self)
        self.name_edit, self.school_edit = LineEdit("", side), LineEdit("", side)
        self.name_edit.setObjectName("name_edit")
        self.school_edit.setObjectName("school_edit")
        self.role_box = _box(side, "role_box", (("", self.tr("Not said")), *((r.value, role_name(r)) for r in Role)))
        self.name_field = Field(self.tr("Your name"), self.name_edit, side)
        column.addWidget(SectionHead(self.tr("You"), parent=side))
        column.addWidget(self.name_field)
        column.addWidget(Field(self.tr("School"), self.school_edit, side))
        column.addWidget(Field(self.tr("What you mostly do"), self.role_box, side))
        column.addSpacing(12)
        column.addWidget(SectionHead(self.tr("Look"), parent=side))
        themes = (
            ("system", self.tr("Same as the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )
        self.theme_box = _box(side, "theme_box", themes)
        column.addWidget(Field(self.tr("Theme"), self.theme_box, side))
        sizes = tuple((percent, self.tr("{n} %").format(n=percent)) for percent in TEXT_SIZES)
        self.text_size_box = _box(side, "text_size_box", sizes)
        column.addWidget(Field(self.tr("Text size"), self.text_size_box, side))
        self.motion_box = QCheckBox(self.tr("Reduce motion"), side)
        self.motion_box.setObjectName("motion_box")
        column.addWidget(self.motion_box)
        column.addSpacing(12)
        column.addWidget(SectionHead(self.tr("PDF"), parent=side))
        papers = (("auto", self.tr("As usual in your region")), ("A4", self.tr("A4")), ("Letter", self.tr("Letter")))
        self.paper_box = _box(side, "paper_box", papers)
        column.addWidget(Field(self.tr("Paper"), self.paper_box, side))
        self.ink_box = QCheckBox(self.tr("Save ink: no filled areas"), side)
        self.ink_box.setObjectName("ink_box")
        self.ink_box.setToolTip(self.tr("Where Follow up begins; each visit can have it otherwise"))
        column.addWidget(self.ink_box)
        self.purpose_edit = LineEdit("", side)
        self.purpose_edit.setObjectName("purpose_edit")
        self.purpose_edit.setPlaceholderText(self.tr("Your school’s own words"))
        hint = self.tr("Stands at the foot of each page. Leave it empty to print none.")
        column.addWidget(Field(self.tr("Line on the purpose"), self.purpose_edit, side, hint=hint))
        return side

    def _show_where(self) -> None:
        from observe_app.services.sync import setup  # noqa: PLC0415  (not needed before the page is)

        self.where_label.setText(
            self.tr("It lies on this computer, and in the shared folder a copy that only you can open.")
            if setup.folders(self.core)
            else self.tr("It lies on this computer and nowhere else.")
        )

    def _build_right(self) -> QWidget:
        side, column = _column(self)
        column.addWidget(SectionHead(self.tr("Your record"), parent=side))
        self.where_label = TextLabel("", side, tone="muted", wrap=True)
        column.addWidget(self.where_label)
        self._show_where()
        folder = TextLabel(str(self.core.folder), side, step="small", wrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(folder)
        self.folder_button = Button(self.tr("Open the data folder"), side, icon="folder-open")
        self.backup_button = Button(self.tr("Make a backup now"), side, icon="hard-drive")
        self.elsewhere_button = Button(self.tr("Save a copy…"), side)
        self.folder_button.setObjectName("folder_button")
        self.backup_button.setObjectName("backup_button")
        self.elsewhere_button.setObjectName("elsewhere_button")
        self.restore_button = Button(self.tr("Bring one back…"), side, icon="history")
        self.restore_button.setObjectName("restore_button")
        column.addLayout(_row(self.folder_button))
        column.addSpacing(12)
        column.addWidget(SectionHead(self.tr("Backups"), parent=side))
        self.backup_label = TextLabel("", side, wrap=True)
        self.backup_label.setObjectName("backup_label")
        column.addWidget(self.backup_label)
        column.addLayout(_row(self.backup_button, self.elsewhere_button, self.restore_button))
        how = self.tr(
            "One is made each day by itself. Bringing one back replaces the record; what stands there now "
            "is kept as a backup too."
        )
        column.addWidget(TextLabel(how, side, step="small", tone="muted", wrap=True))
        column.addSpacing(12)
        self.protection = ProtectionSection(self.core, self.jobs, side)
        column.addWidget(self.protection)
        column.addSpacing(12)
        self.retention = RetentionSection(self.core, self.jobs, side)
        column.addWidget(self.retention)
        column.addSpacing(12)
        column.addWidget(SectionHead(self.tr("Keys everywhere"), parent=side))
        self.key_table = KeyTable(side)
        column.addWidget(self.key_table)
        return side


def _column(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    side = QWidget(parent)
    side.setFixedWidth(scaled(_WIDTH))
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return side, column


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _box(parent: QWidget, name: str, choices: Sequence[tuple[str | int, str]]) -> ComboBox:
    box = ComboBox(parent)
    box.setObjectName(name)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for value, words in choices:
        box.addItem(words, value)
    return box
