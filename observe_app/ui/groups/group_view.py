"""A group's page, made to be opened at the start of a meeting: what for, how far, who promised what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from observe_app.ui.groups import parts
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.audience_line import AudienceLine
from observe_app.ui.groups.goal_card import GoalCard
from observe_app.ui.groups.parts import Section
from observe_app.ui.groups.words import gap_words, kind_name
from observe_app.ui.moments import day_words, list_date
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import Button, ButtonSize, ScrollPane, TextLabel, caption
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QResizeEvent

    from observe_app.services.groups.audience import GroupAudience
    from observe_app.services.groups.page import GroupPage

_TWO_COLUMNS_FROM = 800
_SIDE = 300
_CLOSED = 6


class GroupView(ScrollPane):
    """The page of one group.

    Signals:
        asked: an `Ask`. files_dropped: list of paths of this computer.
    """

    asked = Signal(object)
    files_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0, exact=True)
        self.setObjectName("group_view")
        self.setAcceptDrops(True)
        self.page: GroupPage | None = None
        self._shown: tuple[GroupPage, date, GroupAudience] | None = None
        self._kept_place = 0
        self._columns: QBoxLayout | None = None
        self._head_row: QBoxLayout | None = None
        self._side: QWidget | None = None
        margin = tokens().size.margin
        self.body.setContentsMargins(margin + 8, scaled(20), margin + 8, scaled(32))
        self.body.setSpacing(0)

    def show_page(self, page: GroupPage, today: date, readers: GroupAudience) -> None:
        """Show a group; where it is the same one, the place on the page and the keyboard stay."""
        if (page, today, readers) == self._shown:
            return  # a change elsewhere: nothing on the page moves under the hand
        self._shown = (page, today, readers)
        same = self.page is not None and self.page.group.id == page.group.id
        place = self.verticalScrollBar().value() if same else 0
        focused = self.window().focusWidget()
        name = focused.objectName() if self.isAncestorOf(focused) else ""  # False of nothing, too
        self.page = page
        self._clear()
        self._build(page, today, readers)
        self._arrange()
        if name:
            found = self.findChildren(QWidget, name)
            (found[-1] if found else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self._kept_place = place
        QTimer.singleShot(0, self, self._restore_place)

    @Slot()
    def _restore_place(self) -> None:
        self.verticalScrollBar().setValue(self._kept_place)

    def _clear(self) -> None:
        content = self.widget()
        assert content is not None  # noqa: S101  (the pane has one from the start)
        for widget in content.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            widget.setObjectName("")
            for inner in widget.findChildren(QWidget):
                inner.setObjectName("")  # it is looked for no more while its events are done
        clear_layout(self.body)
        while self.body.count():
            self.body.takeAt(0)

    # --- parts ------------------------------------------------------------------------------------

    def _build(self, page: GroupPage, today: date, readers: GroupAudience) -> None:
        body = QWidget(self.widget())
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(page, today, body))
        column.addSpacing(scaled(8))
        line = AudienceLine(readers, body)
        line.asked.connect(self.asked)
        column.addWidget(line)
        column.addSpacing(scaled(14))
        column.addWidget(self._purpose(page, today, body))
        column.addSpacing(scaled(24))
        both = QWidget(body)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(scaled(40))
        left, self._side = QWidget(both), QWidget(both)
        self._fill(left, self._left(page, today, left))
        self._fill(self._side, self._right(page, today, self._side))
        self._columns.addWidget(left, 1)
        self._columns.addWidget(self._side, 0)
        column.addWidget(both)
        column.addStretch(1)
        self.body.addWidget(body, 1)
        body.show()  # at once: what is put into a layout shows itself only after the next event

    def _fill(self, place: QWidget, sections: list[Section | None]) -> None:
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in sections:
            if section is not None:
                section.asked.connect(self.asked)
                column.addWidget(section)
        column.addStretch(1)

    def _head(self, page: GroupPage, today: date, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.setSpacing(scaled(12))
        words = QVBoxLayout()
        words.setSpacing(scaled(2))
        words.addWidget(TextLabel(page.group.name, made, step="page", weight=600, wrap=True))
        facts = [kind_name(page.group.kind)]
        if page.group.archived:
            facts.append(self.tr("former group"))
        if page.next_session is not None and page.next_session.day is not None:
            day = day_words(page.next_session.day, today)
            facts.append(self.tr("next session {day}: {title}").format(day=day, title=page.next_session.title))
        words.addWidget(TextLabel(" · ".join(facts), made, step="small", tone="muted", wrap=True))
        self._head_row.addLayout(words, 1)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        self._head_row.addLayout(row, 0)
        if page.next_session is not None:
            session = Button(self.tr("Open the session"), made, icon="calendar")
            session.setObjectName("group_session")
            session.setProperty("ask", Ask(Act.SESSION, page.next_session.session_id))
            session.clicked.connect(self._on_button)
            row.addWidget(session, 0, Qt.AlignmentFlag.AlignTop)
        change = Button(self.tr("Change"), made, icon="pencil")
        change.setObjectName("group_change")
        change.setProperty("ask", Ask(Act.CHANGE))
        change.clicked.connect(self._on_button)
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        more = Button(self.tr("More"), made)
        more.setAccessibleDescription(page.group.name)
        more.setObjectName("group_more")
        more.setMenu(self._menu(page, more))
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return made

    def _menu(self, page: GroupPage, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.triggered.connect(self._on_menu)
        meets = self.tr("Bring the group back") if page.group.archived else self.tr("Move to former groups")
        for act, words in ((Act.ARCHIVE, meets), (Act.DELETE, self.tr("Delete the group"))):
            action = QAction(words, menu)
            action.setData(act)
            menu.addAction(action)
        return menu

    def _purpose(self, page: GroupPage, today: date, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        group = page.group
        if group.purpose:
            column.addWidget(TextLabel(group.purpose, made, step="heading", tone="quote", wrap=True))
        told = []
        if group.measure:
            told.append(self.tr("We will know by: {measure}").format(measure=group.measure))
        if group.revisit is not None:
            told.append(self.tr("Looked at again on {day}").format(day=list_date(group.revisit, today)))
        if told:
            column.addWidget(TextLabel(" · ".join(told), made, step="small", tone="muted", wrap=True))
        goals = [line.strip() for line in group.school_goals.split("\n") if line.strip()]
        if goals:
            words = self.tr("Goals of the school: {goals}").format(goals=" · ".join(goals))
            column.addWidget(TextLabel(words, made, step="small", tone="muted", wrap=True))
        if page.gaps:
            column.addSpacing(scaled(4))
            column.addWidget(caption(self.tr("What would help"), made))
            for gap in page.gaps:
                column.addWidget(TextLabel(gap_words(gap), made, step="small", tone="muted", wrap=True))
        return made

    def _left(self, page: GroupPage, today: date, parent: QWidget) -> list[Section | None]:
        goals = Section(self.tr("Goals"), str(len(page.goals)) if page.goals else "", parent)
        goals.add_act(self.tr("Set a goal"), Act.GOAL_NEW, name="goal_new", icon="plus")
        if not page.goals:
            goals.say(self.tr("No open goal. A goal says what is measured, from where to where, and by when."))
        for view in page.goals:
            card = GoalCard(view, today, goals)
            card.asked.connect(self.asked)
            goals.add_row(card)
        return [
            goals,
            parts.celebrations_section(page.celebrations, today, parent),
            self._closed(page, today, parent),
            parts.excerpts_section(page.excerpts, today, parent),
        ]

    def _closed(self, page: GroupPage, today: date, parent: QWidget) -> Section | None:
        if not page.closed:
            return None
        made = Section(self.tr("Closed goals"), str(len(page.closed)), parent)
        for view in page.closed[:_CLOSED]:
            day = list_date(view.goal.closed.date(), today) if view.goal.closed is not None else ""
            state = self.tr("reached") if view.goal.status == "reached" else self.tr("not pursued any more")
            again = Button(self.tr("Open again"), made, size=ButtonSize.SMALL)
            again.setObjectName(f"goal_open_{view.goal.id}")
            again.setProperty("ask", Ask(Act.GOAL_OPEN, view.goal.id))
            again.clicked.connect(made.on_button)
            second = " · ".join(part for part in (state, day) if part)
            made.add_row(parts.WordsRow(view.goal.title, second, made, end=again))
        return made

    def _right(self, page: GroupPage, today: date, parent: QWidget) -> list[Section | None]:
        return [
            parts.promises_section(page.promises, today, parent),
            parts.people_section(page.parts, today, parent),
            parts.norms_section(page.group.norms, parent),
            parts.resources_section(page.resources, parent, shared=self._is_shared()),
        ]

    def _is_shared(self) -> bool:
        return self._shown is not None and self._shown[2].shared

    # --- width ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._columns is None or self._side is None:
            return
        wide = self.width() >= scaled(_TWO_COLUMNS_FROM)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        if self._head_row is not None:
            self._head_row.setDirection(direction)
        self._columns.setSpacing(scaled(40) if wide else 0)
        if wide:
            self._side.setFixedWidth(scaled(_SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)

    # --- asking -----------------------------------------------------------------------------------

    @Slot()
    def _on_button(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.property("ask"))

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        if action.data():  # the chart's own actions do what they say themselves
            self.asked.emit(Ask(Act(action.data())))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer are taken."""
        if self.page is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on the page."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files become resources."""
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            event.acceptProposedAction()
            self.files_dropped.emit(found)
