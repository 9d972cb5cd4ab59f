"""Sheets about a group itself: its purpose and norms, and who has which role in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from observe_app.domain.groups.group import GroupKind, GroupRole, PeerGroup
from observe_app.domain.groups.purpose import purpose_gaps
from observe_app.domain.people import Role
from observe_app.services import people
from observe_app.services.groups import goals, groups
from observe_app.ui.groups.sheet_base import FieldsSheet, day_field
from observe_app.ui.groups.words import gap_words, kind_name, part_name, parts_words
from observe_app.ui.moments import list_date
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonSize,
    ComboBox,
    LineEdit,
    Rule,
    ScrollPane,
    Sheet,
    TextArea,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.changes import Opened
    from observe_app.services.core import Core
    from observe_app.services.groups.groups import GroupFields, Part

_PEOPLE_HIGH = 360


class GroupSheet(FieldsSheet):
    """A new group, or changes to one.

    Signals:
        kept: id of the group.
    """

    kept = Signal(str)

    def __init__(self, core: Core, opened: Opened[PeerGroup] | None, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        title = tr("GroupSheet", "New group") if opened is None else tr("GroupSheet", "Change the group")
        super().__init__(title, parent, width=720)
        self.setObjectName("group_sheet")
        self._core, self._opened = core, opened
        self._today = groups.today(core)
        self._goals = goals.of_group(core, opened.value.id) if opened is not None else ()
        self._build(opened.value if opened is not None else PeerGroup("", ""))
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Make the group") if opened is None else self.tr("Keep"), enter_accepts=True)
        self._on_edited()

    def begin(self) -> None:
        """Open with the keyboard in the name."""
        self.open_with(self.name)

    def _build(self, group: PeerGroup) -> None:
        self.name = LineEdit(group.name, self)
        self.kind = ComboBox(self)
        for kind in GroupKind:
            self.kind.addItem(kind_name(kind.value), kind.value)
        self.kind.setCurrentIndex(max(self.kind.findData(group.kind), 0))
        self.purpose = TextArea(parent=self)
        self.purpose.set_text(group.purpose)
        self.measure = LineEdit(group.measure, self)
        self.revisit = day_field(self._today, group.revisit, self, hint=self.tr("e.g. 12 January, or +90"))
        self.norms = TextArea(parent=self)
        self.norms.set_text(group.norms)
        self.school_goals = TextArea(parent=self)
        self.school_goals.set_text(group.school_goals)
        self.add_field("name", self.tr("Name"), self.name, (0, 0, 1))
        self.add_field("kind", self.tr("Kind"), self.kind, (0, 1, 1))
        self.add_field("purpose", self.tr("What it is there for"), self.purpose, (1, 0, 2))
        self.add_field("measure", self.tr("How we will know"), self.measure, (2, 0, 1))
        self.add_field("revisit", self.tr("We look at it again on"), self.revisit, (2, 1, 1))
        self.help = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.help.setObjectName("purpose_help")
        self.grid.addWidget(self.help, 3, 0, 1, 2)
        self.add_field("norms", self.tr("Norms, one a line"), self.norms, (4, 0, 1))
        self.add_field("school_goals", self.tr("Goals of the school it serves, one a line"), self.school_goals,
                       (4, 1, 1))  # fmt: skip
        self.purpose.edited.connect(self._on_edited)
        self.measure.textEdited.connect(self._on_edited)
        self.revisit.day_changed.connect(self._on_edited)

    def written(self) -> PeerGroup:
        """The group as it stands in the fields."""
        return PeerGroup(
            "", self.name.text(), purpose=self.purpose.text(), measure=self.measure.text(), revisit=self.revisit.day
        )

    @Slot()
    def _on_edited(self) -> None:
        gaps = purpose_gaps(self.written(), self._goals, self._today)
        self.help.setText(" ".join(gap_words(gap) for gap in gaps))
        self.help.setVisible(bool(gaps))

    def store(self) -> None:
        """Make the group, or keep what was changed of it."""
        fields: GroupFields = {
            "name": self.name.text(),
            "kind": str(self.kind.currentData()),
            "purpose": self.purpose.text(),
            "measure": self.measure.text(),
            "revisit": self.day_of("revisit", self.revisit),
            "norms": self.norms.text(),
            "school_goals": self.school_goals.text(),
        }
        if self._opened is None:
            self.kept.emit(groups.add(self._core, **fields).id)
            return
        group = self._opened.value
        groups.edit(self._core, group_id=group.id, seen=self._opened.seen, **fields)
        self.kept.emit(group.id)


class PeopleSheet(Sheet):
    """Who belongs to a group and with which roles; each change is kept at once."""

    def __init__(self, core: Core, group: PeerGroup, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        super().__init__(tr("GroupPeopleSheet", "People of {name}").format(name=group.name), parent, width=640)
        self.setObjectName("group_people_sheet")
        self._core, self._group = core, group
        self.person = PersonField(core, Role.TEACHER, self)
        self.person.setAccessibleName(tr("GroupPeopleSheet", "Add somebody"))
        self.person.line.setPlaceholderText(tr("GroupPeopleSheet", "Add somebody: type a name, Enter"))
        self.person.chosen.connect(self._on_chosen)
        self.person.add_asked.connect(self._on_new)
        self.pane = ScrollPane(self, margin=0)
        self.body.addWidget(self.person)
        self.body.addWidget(self.pane)
        self.add_safe(tr("GroupPeopleSheet", "Done"))
        self._load()

    def begin(self) -> None:
        """Open with the keyboard where a name is typed."""
        self.open_over()
        self.fit(self.pane, scaled(_PEOPLE_HIGH))
        self.person.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        clear_layout(self.pane.body)
        place = QWidget(self.pane)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 14, 0)
        column.setSpacing(0)
        found = groups.parts(self._core, self._group.id)
        for part in found:
            column.addWidget(self._row(part, place))
            column.addWidget(Rule(place))
        if not found:
            text = QCoreApplication.translate("GroupPeopleSheet", "Nobody yet.")
            column.addWidget(TextLabel(text, place, tone="muted"))
        self.pane.body.addWidget(place)
        place.show()  # a part that is not shown yet has no height for the pane
        if self.isVisible():
            self.fit(self.pane, scaled(_PEOPLE_HIGH))

    def _row(self, part: Part, parent: QWidget) -> QWidget:
        tr = QCoreApplication.translate
        made = QWidget(parent)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, scaled(6), 0, scaled(6))
        row.setSpacing(scaled(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TextLabel(part.person.name, made, wrap=True))
        second = parts_words(part.member.roles)
        if part.member.until is not None:
            day = list_date(part.member.until, groups.today(self._core))
            until = tr("GroupPeopleSheet", "until {day}").format(day=day)
            second = f"{second} · {until}" if second else until
        if second:
            words.addWidget(TextLabel(second, made, step="small", tone="muted", wrap=True))
        row.addLayout(words, 1)
        roles = Button(tr("GroupPeopleSheet", "Roles"), made, size=ButtonSize.SMALL)
        roles.setObjectName(f"roles_{part.person.id}")
        roles.setAccessibleDescription(part.person.name)
        roles.setMenu(self._menu(part, roles))
        row.addWidget(roles)
        ended = tr("GroupPeopleSheet", "Bring back") if not part.now or part.member.until else ""
        leave = Button(ended or tr("GroupPeopleSheet", "Take out"), made, size=ButtonSize.SMALL)
        leave.setObjectName(f"leave_{part.person.id}")
        leave.setAccessibleDescription(part.person.name)
        leave.setProperty("part", part)
        leave.clicked.connect(self._on_leave)
        row.addWidget(leave)
        return made

    def _menu(self, part: Part, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.triggered.connect(self._on_role)
        for role in GroupRole:
            action = QAction(part_name(role.value), menu)
            action.setCheckable(True)
            action.setChecked(role.value in part.member.roles)
            action.setData((part, role.value))
            menu.addAction(action)
        menu.addSeparator()
        out = QAction(QCoreApplication.translate("GroupPeopleSheet", "Take out, as if never in it"), menu)
        out.setData((part, ""))
        menu.addAction(out)
        return menu

    @Slot(QAction)
    def _on_role(self, action: QAction) -> None:
        part, role = action.data()
        member = part.member
        if not role:
            groups.remove_member(self._core, group_id=self._group.id, person_id=member.person_id)
        else:
            roles = set(member.roles) ^ {role}
            groups.set_member(
                self._core,
                group_id=self._group.id,
                person_id=member.person_id,
                roles=tuple(roles),
                since=member.since,
                until=member.until,
            )
        self._again(part.person.id)

    @Slot()
    def _on_leave(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        part = sender.property("part")
        member = part.member
        if member.until is not None:
            groups.set_member(
                self._core,
                group_id=self._group.id,
                person_id=member.person_id,
                roles=member.roles,
                since=member.since,
            )
        else:
            groups.leave(self._core, group_id=self._group.id, person_id=member.person_id)
        self._again(part.person.id)

    @Slot(str)
    def _on_chosen(self, person_id: str) -> None:
        if person_id:
            groups.add_members(self._core, group_id=self._group.id, person_ids=(person_id,))
        self.person.show_person("", "")
        self.person.line.clear()
        self._load()

    @Slot(str)
    def _on_new(self, name: str) -> None:
        self._on_chosen(people.add(self._core, name=name).id)

    def _again(self, person_id: str) -> None:
        self._load()
        button = self.pane.findChildren(Button, f"roles_{person_id}")
        (button[-1] if button else self.person.line).setFocus(Qt.FocusReason.OtherFocusReason)
