"""Groups: the list at the side, the page of the chosen one, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from observe_app.domain.errors import NotFound
from observe_app.services.groups import groups
from observe_app.services.groups.audience import audience
from observe_app.services.groups.page import page as page_of
from observe_app.ui.groups.acts import GroupActs
from observe_app.ui.groups.group_view import GroupView
from observe_app.ui.groups.groups_model import GroupsDelegate, GroupsModel
from observe_app.ui.groups.tab_base import SESSIONS, GroupsTab, GroupsTarget
from observe_app.ui.moments import today_of
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, EmptyState, Plane, RowList, Rule
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner


class GroupsListTab(GroupsTab):
    """All groups, one of them open."""

    tables: ClassVar[frozenset[str]] = frozenset({
        "peer_group", "group_member", "goal", "reading", "goal_link", "resource", "excerpt", "session", "follow_up",
        "person", "action_step", "visit", "visit_share",
    })  # fmt: skip

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("groups_list_tab")
        self._chosen = ""
        self._build()
        self.acts = GroupActs(core, jobs, self)
        self.acts.done.connect(self._on_done)
        self.acts.failed.connect(self.failed)
        self.acts.message_posted.connect(self.message_posted)
        self.acts.visit_asked.connect(self.visit_asked)
        self.acts.session_asked.connect(self._on_session)
        self.view.asked.connect(self.acts.do)
        self.view.files_dropped.connect(self.acts.keep_files)
        self.list.selected.connect(self._on_selected)
        self.list.opened.connect(self._on_opened)
        for button in (self.new_button, self.empty_new):
            button.clicked.connect(self._on_new)
        for button in (self.school_button, self.empty_school):
            button.clicked.connect(self._on_school)
        self.archived_button.toggled.connect(self._on_archived)

    # --- tab --------------------------------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        everything = groups.listing(self.core, archived=True)
        with_former = self.archived_button.isChecked()
        rows = tuple(row for row in everything if with_former or not row.group.archived)
        self.archived_button.setVisible(any(row.group.archived for row in everything))
        if not self._chosen and rows:
            self._chosen = rows[0].group.id
        self.list.blockSignals(True)
        self.model.show(rows)
        number = self.model.number_of(self._chosen)
        if number < 0 and rows:
            number, self._chosen = 0, rows[0].group.id
        self.list.setCurrentIndex(self.model.index(number, 0) if number >= 0 else QModelIndex())
        self.list.blockSignals(False)
        self.stack.setCurrentWidget(self.both if rows else self.empty)
        self.new_button.setVisible(bool(rows))
        if rows:
            self._show_page()

    def regions(self) -> tuple[QWidget, ...]:
        """List and page."""
        return (self.list, self.view) if self.model.rows else (self.empty,)

    def start_widget(self) -> QWidget | None:
        """The list, or the way to a first group."""
        return self.list if self.model.rows else self.empty_new

    def show_target(self, target: GroupsTarget) -> None:
        """Show a group."""
        if target.id:
            self._chosen = target.id
            self._show_archived(target.id)

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """Groups that meet no more, a new group."""
        return (self.archived_button, self.new_button)

    @property
    def group_id(self) -> str:
        """The group that shows, "" for none."""
        return self._chosen

    # --- slots ------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        rows = self.model.rows
        if index.isValid() and index.row() < len(rows) and rows[index.row()].group.id != self._chosen:
            self._chosen = rows[index.row()].group.id
            self._show_page()

    @Slot(QModelIndex)
    def _on_opened(self, _index: QModelIndex) -> None:
        first = self.view.findChild(Button, "group_change")
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_new(self) -> None:
        self.acts.new_group()

    @Slot()
    def _on_school(self) -> None:
        self.acts.school_goals()

    @Slot(bool)
    def _on_archived(self, _on: bool) -> None:
        self.reload()

    @Slot(str)
    def _on_done(self, group_id: str) -> None:
        if group_id:
            self._chosen = group_id
            self.reload()  # everything else comes with the change itself

    @Slot(str)
    def _on_session(self, session_id: str) -> None:
        self.target_asked.emit(GroupsTarget(SESSIONS, session_id))

    # --- helpers ----------------------------------------------------------------------------------

    def _show_archived(self, group_id: str) -> None:
        try:
            archived = groups.get(self.core, group_id).archived
        except NotFound:
            return
        if archived and not self.archived_button.isChecked():
            self.archived_button.setChecked(True)

    def _show_page(self) -> None:
        try:
            found = page_of(self.core, self._chosen)
        except NotFound:
            return
        self.acts.group = found.group
        self.view.show_page(found, today_of(self.core.clock), audience(self.core, self._chosen))

    def _build(self) -> None:
        self.model = GroupsModel(self)
        self.both = Plane("page", self)
        self.side = Plane("list", self.both)
        self.list = RowList(self.tr("Groups"), self.side, row_height=tokens().size.row_two_line)
        self.list.setObjectName("groups_list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(GroupsDelegate(self.list))
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, scaled(8), 0, 0)
        inside.addWidget(self.list, 1)
        self.school_button = Button(self.tr("Goals of the school"), self.side, kind=ButtonKind.GHOST, icon="school")
        self.school_button.setObjectName("school_goals")
        inside.addWidget(Rule(self.side))
        inside.addWidget(self.school_button)
        self.view = GroupView(self.both)
        row = QHBoxLayout(self.both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.view, 1)
        self.archived_button = Button(self.tr("With former groups"), self, size=ButtonSize.SMALL)
        self.archived_button.setObjectName("groups_archived")
        self.archived_button.setCheckable(True)
        self.new_button = Button(self.tr("New group"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.new_button.setObjectName("group_new")
        self.empty_new = Button(self.tr("New group"), self, kind=ButtonKind.PRIMARY, icon="plus")
        self.empty_new.setObjectName("group_first")
        self.empty_school = Button(self.tr("Goals of the school"), self, icon="school")
        self.empty_school.setObjectName("school_goals_first")
        self.empty = EmptyState(
            self.tr("No group yet"),
            self.tr(
                "A group keeps its purpose, its goals and its promises on one page: a learning community, a "
                "department, a mentoring pair. It stays on your own computers until you share it with its members."
            ),
            self,
            buttons=(self.empty_new, self.empty_school),
        )
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.both)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.stack.setCurrentWidget(self.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives room where there is little."""
        super().resizeEvent(event)
        self.side.setFixedWidth(side_width(self.width(), wide=300, narrow=220, below=1100))
