"""What can be done on a group's page: each act opens its sheet, or is done at once and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from observe_app.domain.errors import ObserveError
from observe_app.domain.groups.goal import GoalStatus
from observe_app.services.charts.readings import readings_table
from observe_app.services.groups import goals, groups, readings, resources
from observe_app.services.groups.audience import audience
from observe_app.services.groups.page import goal_view
from observe_app.ui.charts.words import chart_words
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.audience_words import names_words
from observe_app.ui.widgets import Message, MessageKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.groups.group import PeerGroup
    from observe_app.services.core import Core
    from observe_app.services.groups.readings_in import ReadingsResult
    from observe_app.ui.groups.readings_import import ImportReadings
    from observe_app.ui.jobs import JobRunner


class GroupActs(QObject):
    """The acts of one tab.

    Signals:
        done: id of the group to show, "" for the one that shows. failed: an `ObserveError`.
        message_posted: a `Message`. visit_asked: a `VisitTarget`. session_asked: id.
    """

    done = Signal(str)
    failed = Signal(object)
    message_posted = Signal(object)
    visit_asked = Signal(object)
    session_asked = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, host: QWidget) -> None:
        super().__init__(host)
        self._core, self._jobs, self._host = core, jobs, host
        self.group: PeerGroup | None = None
        self.importing: ImportReadings | None = None
        self._asked = ""
        self._acts: dict[Act, Callable[[str], None]] = {
            Act.CHANGE: self._change,
            Act.PEOPLE: self._people,
            Act.ARCHIVE: self._archive,
            Act.DELETE: self._delete,
            Act.SHARE: self._share,
            Act.GOAL_NEW: self._goal_new,
            Act.GOAL: self._goal,
            Act.GOAL_CLOSE: self._goal_close,
            Act.GOAL_OPEN: self._goal_open,
            Act.GOAL_DELETE: self._goal_delete,
            Act.READING: self._reading,
            Act.READINGS: self._readings,
            Act.READINGS_IN: self._readings_in,
            Act.READINGS_OUT: self._readings_out,
            Act.LINK: self._link,
            Act.VISIT: self._visit,
            Act.SESSION: self._session,
            Act.FILE: self._file,
            Act.LINK_NEW: self._link_new,
            Act.RESOURCE: self._resource,
            Act.RESOURCE_OPEN: self._resource_open,
            Act.RESOURCE_DELETE: self._resource_delete,
        }

    @Slot(object)
    def do(self, ask: Ask) -> None:
        """Do what was asked for."""
        if self.group is None:
            return
        try:
            self._acts[ask.act](ask.id)
        except ObserveError as error:
            self.failed.emit(error)

    @Slot()
    def new_group(self) -> None:
        """Ask for a new group."""
        from observe_app.ui.groups.group_sheets import GroupSheet  # noqa: PLC0415  (sheets load when they are wanted)

        sheet = GroupSheet(self._core, None, self._host)
        sheet.kept.connect(self.done)
        sheet.begin()

    @Slot()
    def school_goals(self) -> None:
        """Show the goals of the school."""
        from observe_app.ui.groups.school_goals import SchoolGoalsSheet  # noqa: PLC0415  (as above)

        sheet = SchoolGoalsSheet(self._core, self._host)
        sheet.deleted.connect(self._on_school_deleted)
        sheet.closed.connect(self._on_kept)
        sheet.begin()

    @Slot(str)
    def _on_school_deleted(self, title: str) -> None:
        self._say(self.tr("“{title}” is in the bin. Undo brings it back.").format(title=title), "trash-2", undo=True)

    @Slot(list)
    def keep_files(self, names: list[str]) -> None:
        """Keep files with the group that shows."""
        paths = tuple(Path(name) for name in names)
        if self.group is None or not paths:
            return
        from observe_app.ui.groups.resource_sheets import FilesSheet  # noqa: PLC0415  (as above)

        sheet = FilesSheet(self._core, self.group.id, paths, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    # --- the group --------------------------------------------------------------------------------

    def _change(self, _id: str) -> None:
        from observe_app.ui.groups.group_sheets import GroupSheet  # noqa: PLC0415  (as above)

        sheet = GroupSheet(self._core, groups.open_group(self._core, self._group_id), self._host)
        sheet.kept.connect(self.done)
        sheet.begin()

    def _people(self, _id: str) -> None:
        from observe_app.ui.groups.group_sheets import PeopleSheet  # noqa: PLC0415  (as above)

        sheet = PeopleSheet(self._core, groups.get(self._core, self._group_id), self._host)
        sheet.closed.connect(self._on_kept)
        sheet.begin()

    def _archive(self, _id: str) -> None:
        opened = groups.open_group(self._core, self._group_id)
        archived = not opened.value.archived
        groups.edit(self._core, group_id=self._group_id, seen=opened.seen, archived=archived)
        words = self.tr("{name} is a former group now.") if archived else self.tr("{name} meets again.")
        self._say(words.format(name=opened.value.name), "archive", undo=True)
        self.done.emit("")

    def _delete(self, _id: str) -> None:
        opened = groups.open_group(self._core, self._group_id)
        groups.delete(self._core, group_id=self._group_id, seen=opened.seen)
        words = self.tr("{name} is in the bin with its goals and resources. Undo brings it back.")
        self._say(words.format(name=opened.value.name), "trash-2", undo=True)
        self.done.emit("")

    def _share(self, _id: str) -> None:
        from observe_app.ui.groups.share_sheet import ShareSheet  # noqa: PLC0415  (as above)

        sheet = ShareSheet(self._core, groups.get(self._core, self._group_id), self._host)
        sheet.begun.connect(self._on_begun)
        sheet.stop_asked.connect(self._on_stop)
        sheet.closed.connect(self._on_kept)
        sheet.begin()

    @Slot()
    def _on_begun(self) -> None:
        readers = [one.name for one in audience(self._core, self._group_id).readers]
        if readers:
            words = self.tr("{names} get it with the next exchange.") if len(readers) > 1 else self.tr(
                "{names} gets it with the next exchange."
            )  # fmt: skip
            self._say(words.format(names=names_words(readers)), "send")
        else:
            self._say(self.tr("It is shared. Its members get it as soon as they have a card."), "send")

    @Slot()
    def _on_stop(self) -> None:
        from observe_app.ui.groups.share_sheet import StopSheet  # noqa: PLC0415  (as above)

        sheet = StopSheet(self._core, groups.get(self._core, self._group_id), self._host)
        sheet.ended.connect(self._on_ended)
        sheet.failed.connect(self.failed)
        sheet.open_over()

    @Slot()
    def _on_ended(self) -> None:
        self._say(self.tr("Nobody else is sent it any more. What they have they keep."), "lock")
        self.done.emit("")

    # --- goals ------------------------------------------------------------------------------------

    def _goal_new(self, _id: str) -> None:
        from observe_app.ui.groups.goal_sheets import GoalSheet  # noqa: PLC0415  (as above)

        sheet = GoalSheet(self._core, self._group_id, None, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    def _goal(self, goal_id: str) -> None:
        from observe_app.ui.groups.goal_sheets import GoalSheet  # noqa: PLC0415  (as above)

        sheet = GoalSheet(self._core, self._group_id, goals.open_goal(self._core, goal_id), self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    def _goal_close(self, goal_id: str) -> None:
        from observe_app.ui.groups.goal_sheets import CloseGoalSheet  # noqa: PLC0415  (as above)

        sheet = CloseGoalSheet(self._core, goals.open_goal(self._core, goal_id), self._host)
        sheet.kept.connect(self._on_closed)
        sheet.begin()

    def _goal_open(self, goal_id: str) -> None:
        opened = goals.open_goal(self._core, goal_id)
        goals.close(self._core, goal_id=goal_id, status=GoalStatus.OPEN, seen=opened.seen)
        self.done.emit("")

    def _goal_delete(self, goal_id: str) -> None:
        opened = goals.open_goal(self._core, goal_id)
        goals.delete(self._core, goal_id=goal_id, seen=opened.seen)
        self._say(self.tr("The goal is in the bin with its readings. Undo brings it back."), "trash-2", undo=True)
        self.done.emit("")

    def _link(self, goal_id: str) -> None:
        from observe_app.ui.groups.link_sheet import LinkSheet  # noqa: PLC0415  (as above)

        sheet = LinkSheet(self._core, goals.get(self._core, goal_id), self._host)
        sheet.accepted.connect(self._on_kept)
        sheet.begin()

    # --- readings ---------------------------------------------------------------------------------

    def _reading(self, goal_id: str) -> None:
        from observe_app.ui.groups.reading_sheets import ReadingSheet  # noqa: PLC0415  (as above)

        sheet = ReadingSheet(self._core, goals.get(self._core, goal_id), None, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    def _readings(self, goal_id: str) -> None:
        from observe_app.ui.groups.reading_sheets import ReadingsSheet  # noqa: PLC0415  (as above)

        self._asked = goal_id
        sheet = ReadingsSheet(self._core, goals.get(self._core, goal_id), self._host)
        sheet.change_asked.connect(self._on_reading_asked)
        sheet.add_asked.connect(self._on_reading_wanted)
        sheet.closed.connect(self._on_kept)
        sheet.begin()

    @Slot(str)
    def _on_reading_asked(self, reading_id: str) -> None:
        from observe_app.ui.groups.reading_sheets import ReadingSheet  # noqa: PLC0415  (as above)

        opened = readings.open_reading(self._core, reading_id)
        sheet = ReadingSheet(self._core, goals.get(self._core, opened.value.goal_id), opened, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    @Slot()
    def _on_reading_wanted(self) -> None:
        self._reading(self._asked)

    def _readings_in(self, goal_id: str) -> None:
        self._asked = goal_id
        dialog = QFileDialog(self._host, self.tr("Readings to bring in"))
        dialog.setObjectName("readings_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Tables (*.csv *.xlsx *.tsv *.txt *.xls)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_table_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _on_table_chosen(self, name: str) -> None:
        self.import_readings(self._asked, Path(name))

    def import_readings(self, goal_id: str, path: Path) -> None:
        """Look at a table of readings and offer to bring it in."""
        from observe_app.ui.groups.readings_import import ImportReadings  # noqa: PLC0415  (as above)

        self.importing = ImportReadings(self._core, self._jobs, goals.get(self._core, goal_id), path, self._host)
        self.importing.imported.connect(self._on_imported)
        self.importing.ended.connect(self._on_import_ended)
        self.importing.start()

    @Slot(object)
    def _on_imported(self, result: ReadingsResult) -> None:
        words = self.tr("{added} readings are new, {changed} changed.").format(
            added=result.count("add"), changed=result.count("change")
        )
        self._say(words, "check", undo=True)
        self.done.emit("")

    @Slot()
    def _on_import_ended(self) -> None:
        if self.importing is not None:
            self.importing.deleteLater()
            self.importing = None

    def _readings_out(self, goal_id: str) -> None:
        self._asked = goal_id
        kinds = self.tr("Table (*.csv);;Workbook (*.xlsx)")
        self._ask_target(self.tr("Save the readings"), "readings.csv", kinds, self._on_table_target)

    @Slot(str)
    def _on_table_target(self, name: str) -> None:
        self.export_readings(self._asked, Path(name))

    def export_readings(self, goal_id: str, target: Path) -> None:
        """Write the readings of a goal as a table by the ending of the file."""
        from observe_app.services.exchange.chart_table import write_table  # noqa: PLC0415  (only who saves needs it)

        view = goal_view(self._core, goal_id)
        try:
            write_table(readings_table(view.chart, chart_words()), view.goal.title, target)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._say(self.tr("The readings are in {file}.").format(file=target.name), "check")

    # --- resources --------------------------------------------------------------------------------

    def _file(self, _id: str) -> None:
        dialog = QFileDialog(self._host, self.tr("Files to keep"))
        dialog.setObjectName("resource_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.keep_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _link_new(self, _id: str) -> None:
        from observe_app.ui.groups.resource_sheets import ResourceSheet  # noqa: PLC0415  (as above)

        sheet = ResourceSheet(self._core, self._group_id, None, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    def _resource(self, resource_id: str) -> None:
        from observe_app.ui.groups.resource_sheets import ResourceSheet  # noqa: PLC0415  (as above)

        opened = resources.open_resource(self._core, resource_id)
        sheet = ResourceSheet(self._core, self._group_id, opened, self._host)
        sheet.kept.connect(self._on_kept)
        sheet.delete_asked.connect(self._on_resource_delete)
        sheet.begin()

    def _resource_open(self, resource_id: str) -> None:
        found = resources.open_resource(self._core, resource_id).value
        if not found.sha256:
            # What came from another computer is looked at again: nothing but a page of the web is ever opened.
            QDesktopServices.openUrl(QUrl(resources.checked_link(found.link)))
            return
        self._asked = resource_id
        name, _data = resources.content(self._core, resource_id)
        self._ask_target(self.tr("Save a copy"), name, "", self._on_copy_target)

    @Slot(str)
    def _on_copy_target(self, name: str) -> None:
        self.save_copy(self._asked, Path(name))

    def save_copy(self, resource_id: str, target: Path) -> None:
        """Write a copy of a resource's file."""
        try:
            resources.save_copy(self._core, resource_id=resource_id, target=target)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self._say(self.tr("A copy is in {file}.").format(file=target.name), "check")

    @Slot(str)
    def _on_resource_delete(self, resource_id: str) -> None:
        self.do(Ask(Act.RESOURCE_DELETE, resource_id))

    def _resource_delete(self, resource_id: str) -> None:
        opened = resources.open_resource(self._core, resource_id)
        resources.delete(self._core, resource_id=resource_id, seen=opened.seen)
        words = self.tr("“{title}” is off the list. Undo brings it back.").format(title=opened.value.title)
        self._say(words, "trash-2", undo=True)
        self.done.emit("")

    # --- ways -------------------------------------------------------------------------------------

    def _visit(self, visit_id: str) -> None:
        self.visit_asked.emit(VisitTarget(visit_id))

    def _session(self, session_id: str) -> None:
        self.session_asked.emit(session_id)

    @Slot()
    def _on_kept(self) -> None:
        self.done.emit("")

    @Slot(str, str)
    def _on_closed(self, _goal_id: str, status: str) -> None:
        if status == GoalStatus.REACHED:
            self._say(self.tr("Reached. That is worth telling the others."), "party-popper", undo=True)
        self.done.emit("")

    # --- helpers ----------------------------------------------------------------------------------

    @property
    def _group_id(self) -> str:
        return self.group.id if self.group is not None else ""

    def _say(self, words: str, icon: str, *, undo: bool = False) -> None:
        action = self.tr("Undo") if undo else ""
        self.message_posted.emit(Message(MessageKind.NEWS, words, action, icon, key="undo/" if undo else "groups"))

    def _ask_target(self, title: str, name: str, kinds: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._host, title)
        dialog.setObjectName("save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        if kinds:
            dialog.setNameFilters(kinds.split(";;"))
            dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
