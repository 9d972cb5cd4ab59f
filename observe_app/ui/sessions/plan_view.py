"""Planning a session: when, where, who, what for, the agenda, what is open from before. Fields keep themselves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.people import Role
from observe_app.domain.sessions.series import Every
from observe_app.services import people
from observe_app.services.groups import groups
from observe_app.services.sessions import series, sessions
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.sessions.agenda_editor import AgendaEditor
from observe_app.ui.sessions.around_list import AroundList
from observe_app.ui.sessions.carried_list import CarriedList
from observe_app.ui.sessions.series_sheet import SeriesSheet
from observe_app.ui.theme import scaled
from observe_app.ui.when import WhenEditor
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    Field,
    LineEdit,
    ScrollPane,
    SectionHead,
    TextArea,
    TextLabel,
)

if TYPE_CHECKING:
    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core

_LINES = ("title", "place", "link")
_NAMES = (*_LINES, "objectives", "start", "minutes")
_ROLES = ("facilitator_id", "recorder_id", "time_keeper_id")
_COLUMN = 860


class PlanView(ScrollPane):
    """What is agreed on beforehand.

    Signals:
        writing: something on the screen is not on the disk. saved: everything is. save_failed: an `ObserveError`.
        changed: something was done that others show too. survey_asked: id of a survey to go to.
    """

    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)
    changed = Signal()
    survey_asked = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_view")
        self._core = core
        self._session: Session | None = None
        self._seen: Seen = NOTHING_SEEN
        self._saver = FieldSaver(self._write, self)
        self._build()
        self._connect()

    # --- public -----------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The session shown."""
        return self._session

    def show_session(self, session_id: str) -> None:
        """Show a session, or the same one again as stored now; words that are not kept yet stay."""
        same = self._session is not None and self._session.id == session_id
        opened = sessions.open_session(self._core, session_id)
        self._take(opened)
        self.when_editor.set_zone(opened.value.zone)
        (self._saver.load if same else self._saver.reset)(_values(opened.value), opened.seen)
        if not same:
            self.following_box.setChecked(False)
            self.verticalScrollBar().setValue(0)
        self._show_groups(opened.value)
        self._show_people(opened.value)
        self._show_series(opened.value)
        self.agenda.show_session(session_id, opened.value.minutes)
        self.carried.show_session(session_id)
        self.around.show_session(session_id)

    def begin(self, *, new: bool = False) -> None:
        """Bring the keyboard to the title of a new session, else to the agenda."""
        if new:
            self.title_line.setFocus()
            self.title_line.selectAll()
        else:
            self.agenda.begin()

    def leave(self) -> bool:
        """Keep what is only on the screen; False where it cannot be kept."""
        settled = [field.settle() for field in self.people.values()]  # each is asked, whatever the others say
        kept = self._saver.leave()
        return self.agenda.leave() and kept and all(settled)

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        opened = self._edit(seen, **{name: value})
        return _values(opened.value), opened.seen

    def _edit(self, seen: Seen, **fields: Any) -> Opened[Session]:
        assert self._session is not None  # noqa: S101  (fields show only with a session)
        following = self.following_box.isVisibleTo(self) and self.following_box.isChecked()
        opened = sessions.edit(self._core, session_id=self._session.id, seen=seen, following=following, **fields)
        self._take(opened)
        self.changed.emit()
        return opened

    def _take(self, opened: Opened[Session]) -> None:
        self._session, self._seen = opened.value, opened.seen

    # --- showing ----------------------------------------------------------------------------------

    def _show_groups(self, session: Session) -> None:
        found = groups.listing(self._core, archived=True)
        self.group_box.clear()
        self.group_box.addItem(self.tr("no group"), "")
        for row in found:
            if not row.group.archived or row.group.id == session.group_id:
                self.group_box.addItem(row.group.name, row.group.id)
        self.group_box.setCurrentIndex(max(0, self.group_box.findData(session.group_id)))
        self.group_box.setToolTip(self.group_box.currentText())

    def _show_people(self, session: Session) -> None:
        names = {row.person.id: row.person.name for row in people.listing(self._core, archived=True)}
        for key, field in self.people.items():
            person_id = getattr(session, key)
            field.show_person(person_id, names.get(person_id, ""))

    def _show_series(self, session: Session) -> None:
        there = series.sessions_of(self._core, session.id)
        rule = series.rule_of(self._core, session.id)
        self.repeat_button.setVisible(not session.series_id)
        dated = session.start is not None
        self.repeat_button.set_disabled_because("" if dated else self.tr("The session has no date yet."))
        later = [one for one in there if one.state == "planned" and sessions.when_of(one) > sessions.when_of(session)]
        self.following_box.setVisible(bool(later))
        several = self.tr("Change the {n} that follow, too").format(n=len(later))
        self.following_box.setText(self.tr("Change the one that follows, too") if len(later) == 1 else several)
        words = ""
        if rule is not None:
            every = {
                Every.WEEKLY: self.tr("every week"),
                Every.FORTNIGHTLY: self.tr("every other week"),
                Every.MONTHLY: self.tr("every month"),
            }[rule.every]
            at = next((number for number, one in enumerate(there, start=1) if one.id == session.id), 1)
            words = self.tr("Session {at} of {n}, {every}").format(at=at, n=len(there), every=every)
            if rule.skipped:
                today = today_of(self._core.clock)
                free = ", ".join(list_date(day, today) for day in rule.skipped)
                words = self.tr("{series}; holidays left out: {days}").format(series=words, days=free)
        self.series_label.setText(words)
        self.series_label.setVisible(bool(words))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_group(self) -> None:
        chosen = str(self.group_box.currentData() or "")
        if self._session is not None and chosen != self._session.group_id:
            self._do(group_id=chosen)

    def _do(self, **fields: Any) -> None:
        try:
            self._edit(self._seen, **fields)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        if self._session is not None:
            self.show_session(self._session.id)
        self.saved.emit()

    @Slot(str)
    def _on_person(self, person_id: str) -> None:
        key = next((key for key, field in self.people.items() if field is self.sender()), "")
        if key:
            self._do(**{key: person_id})

    @Slot(str)
    def _on_new_person(self, name: str) -> None:
        key = next((key for key, field in self.people.items() if field is self.sender()), "")
        if not key:
            return
        try:
            person = people.add(self._core, name=name)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self._do(**{key: person.id})

    @Slot()
    def _on_repeat(self) -> None:
        if self._session is None or self._session.start is None or not self.leave():
            return
        sheet = SeriesSheet(self._core, self._session, self)
        sheet.made.connect(self._on_made)
        sheet.open()

    @Slot()
    def _on_made(self) -> None:
        if self._session is not None:
            self.show_session(self._session.id)
        self.changed.emit()

    @Slot()
    def _on_settled(self) -> None:
        self._on_made()

    @Slot()
    def _on_agenda_saved(self) -> None:
        self.saved.emit()

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        content = QWidget(self.widget())
        content.setMaximumWidth(scaled(_COLUMN))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(12))
        self.series_label = TextLabel("", content, step="small", tone="muted", wrap=True)
        self.series_label.setObjectName("series_label")
        self.following_box = QCheckBox("", content)
        self.following_box.setObjectName("series_following")
        column.addLayout(self._build_fields(content))
        told = QHBoxLayout()
        told.setSpacing(scaled(16))
        told.addWidget(self.following_box)
        told.addWidget(self.series_label, 1)
        column.addLayout(told)
        self.agenda = AgendaEditor(self._core, content)
        self.carried = CarriedList(self._core, content)
        self.around = AroundList(self._core, content)
        for part in (self.agenda, self.carried, self.around):
            column.addWidget(part)
            column.addSpacing(scaled(8))
        self.body.setContentsMargins(scaled(24), scaled(16), scaled(32), scaled(24))
        self.body.addWidget(content)
        self.body.addStretch(1)

    def _build_fields(self, parent: QWidget) -> QGridLayout:
        self.title_line, self.place_line, self.link_line = (LineEdit("", parent) for _name in _LINES)
        self.minutes_line = LineEdit("", parent)
        self.minutes_line.setMaxLength(3)
        self.when_editor = WhenEditor(self._core.clock, parent)
        self.group_box = ComboBox(parent)
        self.group_box.setObjectName("session_group")
        self.group_box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.group_box.setMinimumContentsLength(8)
        self.objectives_area = TextArea(
            "", parent, placeholder=self.tr("One a line: what shall be different afterwards?"), lines=2
        )
        self.people = {key: PersonField(self._core, Role.COACH, parent) for key in _ROLES}
        self.repeat_button = Button(
            self.tr("Make a series"), parent, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="repeat"
        )
        self.repeat_button.setObjectName("session_repeat")
        lines = {"title": self.title_line, "place": self.place_line, "link": self.link_line}
        for name, line in lines.items():
            line.setObjectName(f"session_{name}")
        self.minutes_line.setObjectName("session_minutes")
        self.objectives_area.setObjectName("session_objectives")
        self.fields = {
            "title": Field(self.tr("Title"), self.title_line, parent),
            "place": Field(self.tr("Place"), self.place_line, parent),
            "link": Field(self.tr("Video call link"), self.link_line, parent),
            "minutes": Field(self.tr("Minutes"), self.minutes_line, parent),
            "objectives": Field(self.tr("What it is for"), self.objectives_area, parent),
        }
        return self._placed(parent)

    def _placed(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(10))
        head = SectionHead(self.tr("When, where, who"), "", parent)
        head.add_right(self.repeat_button)
        labels = (self.tr("Led by"), self.tr("Minutes by"), self.tr("Time kept by"))
        grid.addWidget(self.fields["title"], 0, 0, 1, 8)
        grid.addWidget(Field(self.tr("Group"), self.group_box, parent), 0, 8, 1, 4)
        grid.addWidget(head, 1, 0, 1, 12)
        when = QHBoxLayout()
        when.setSpacing(scaled(16))
        when.addWidget(self.when_editor, 5)
        when.addWidget(self.fields["minutes"], 2)
        grid.addLayout(when, 2, 0, 1, 8)
        grid.addWidget(self.fields["place"], 2, 8, 1, 4)
        for place, (key, label) in enumerate(zip(_ROLES, labels, strict=True)):
            field = self.people[key]
            field.line.setObjectName(f"session_{key}")
            field.line.setAccessibleName(label)
            grid.addWidget(Field(label, field, parent), 3, place * 3, 1, 3)
        grid.addWidget(self.fields["link"], 3, 9, 1, 3)
        grid.addWidget(self.fields["objectives"], 4, 0, 1, 12)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        self._order_tabs()
        return grid

    def _order_tabs(self) -> None:
        """Tab goes as one reads: along the lines, from the top."""
        when = self.when_editor
        order: list[QWidget] = [self.title_line, self.group_box, self.repeat_button, when.date_line, when.time_line]
        order += [self.minutes_line, self.place_line, *(self.people[key].line for key in _ROLES)]
        order += [self.link_line, self.objectives_area]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        saver = self._saver
        for name, line in (("title", self.title_line), ("place", self.place_line), ("link", self.link_line)):
            saver.bind_line(name, line, self.fields[name])
        saver.bind_line("minutes", self.minutes_line, self.fields["minutes"], read=_minutes, show=str)
        saver.bind_area("objectives", self.objectives_area, self.fields["objectives"])
        when = self.when_editor
        saver.bind("start", when, when.edited, when.left, read=when.read, show=when.show_moment, warn=when.set_warning)
        saver.writing.connect(self.writing)
        saver.saved.connect(self.saved)
        saver.failed.connect(self.save_failed)
        self.group_box.activated.connect(self._on_group)
        for field in self.people.values():
            field.chosen.connect(self._on_person)
            field.add_asked.connect(self._on_new_person)
        self.repeat_button.clicked.connect(self._on_repeat)
        self.agenda.writing.connect(self.writing)
        self.agenda.saved.connect(self._on_agenda_saved)
        self.agenda.save_failed.connect(self.save_failed)
        self.carried.done.connect(self._on_settled)
        self.carried.failed.connect(self.save_failed)
        self.around.survey_asked.connect(self.survey_asked)
        self.around.failed.connect(self.save_failed)


def _values(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in _NAMES}


def _minutes(text: str) -> int:
    if not text.strip():
        raise Invalid("minutes", "", "empty")
    try:
        return int(text)
    except ValueError:
        raise Invalid("minutes", text[:40], "not_a_number") from None
