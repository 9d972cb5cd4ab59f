"""The Prepare tab: who, where, when; the focus in the teacher's words; the form agreed on. Fields keep themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import FormInvalid, Invalid, NotFound, ObserveError, VisitStageError
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage, Visit
from observe_app.services import people, visits
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.errors import describe
from observe_app.ui.visit.prepare_fields import AREAS, PANE_MARGINS, PrepareFields
from observe_app.ui.widgets import (
    ButtonKind,
    Field,
)
from observe_app.ui.widgets.layout import side_width

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.people.person_field import PersonField

SIDE = 372
SIDE_NARROW = 312
_NARROW = 1080
_TABLES = ("visit", "visit_member", "person", "answer")
_LINES = ("class_name", "subject", "topic", "room")
_NAMES = (*_LINES, *AREAS, "start", "minutes", "class_size")


class PrepareTab(PrepareFields):
    """What is agreed before the lesson.

    Signals:
        lesson_asked: begin the lesson, or go to it.
        writing: something on the screen is not on the disk. saved: everything is.
        save_failed: the ObserveError of a write that is tried again.
        message_posted: `Message` for the bar under the header.
    """

    lesson_asked = Signal()
    message_posted = Signal(object)
    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(
        self, core: Core, visit_id: str, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None
    ) -> None:
        """Build the tab; `activate` loads it. `jobs` is part of what every tab is given."""
        super().__init__(core, parent)
        self._visit_id, self._jobs = visit_id, jobs
        self._visit: Visit | None = None
        self._seen: Seen = NOTHING_SEEN
        self._is_active = False
        self._held: PersonField | None = None
        self._saver = FieldSaver(self._write, self)
        self._bind()
        bus.changed.connect(self._on_changed)

    # --- what the visit's frame calls -------------------------------------------------------------

    def activate(self) -> None:
        """Load everything: the tab becomes visible."""
        self._is_active = True
        self.reload()

    def leave(self) -> bool:
        """Store what is only on the screen; False when it could not be stored and the person should stay."""
        if not (self._settle_people() and self._saver.leave()):
            return False
        self._is_active = False
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self.pane, self.side)

    def start_widget(self) -> QWidget:
        """Where the keyboard starts: what is missing first, else the button."""
        visit = self._visit
        if visit is None or not visit.teacher_id:
            return self.teacher_field.line
        return self.focus_area if not visit.focus and visit.started is None else self.start_button

    @Slot()
    def reload(self) -> None:
        """Show what is stored now; words that are not stored yet stay as they are."""
        opened = visits.open_visit(self._core, self._visit_id)
        self._take(opened)
        self.when_editor.set_zone(opened.value.zone)
        self._saver.load(_values(opened.value), opened.seen)

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        opened = visits.update(self._core, visit_id=self._visit_id, seen=seen, **{name: value})
        self._take(opened)
        return _values(opened.value), opened.seen

    def _take(self, opened: Opened[Visit]) -> None:
        visit = opened.value
        self._visit, self._seen = visit, opened.seen
        self.teacher_field.show_person(visit.teacher_id, visit.teacher)
        self.observer_field.show_person(visit.observer_id, visit.observer)
        self.forms.show_visit(visit)
        self.seating.show_visit(visit)
        self.lead.show_visit(visit)
        self.calendar.show_visit(visit)
        self._show_start(visit)

    def _set_person(self, role: Role, person_id: str) -> None:
        opened = visits.set_person(
            self._core, visit_id=self._visit_id, role=role, person_id=person_id or None, seen=self._seen
        )
        self._take(opened)
        self.saved.emit()

    # --- slots ------------------------------------------------------------------------------------

    @Slot(str)
    def _on_class_chosen(self, class_id: str) -> None:
        from observe_app.services.school import classes  # noqa: PLC0415  (only with classes)

        if not self._saver.leave():
            return
        try:
            classes.choose(self._core, visit_id=self._visit_id, class_id=class_id)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self.reload()
        self.saved.emit()

    @Slot(str)
    def _on_teacher_chosen(self, person_id: str) -> None:
        self._set_person(Role.TEACHER, person_id)

    @Slot(str)
    def _on_observer_chosen(self, person_id: str) -> None:
        self._set_person(Role.OBSERVER, person_id)

    @Slot(str)
    def _on_teacher_new(self, name: str) -> None:
        self._add_person(Role.TEACHER, name, self._teacher_note)

    @Slot(str)
    def _on_observer_new(self, name: str) -> None:
        self._add_person(Role.OBSERVER, name, self._observer_note)

    def _add_person(self, role: Role, name: str, note: Field) -> None:
        try:
            person = people.add(self._core, name=name)
        except Invalid as error:
            note.set_warning(describe(error).text)
            return
        note.set_warning("")
        self._set_person(role, person.id)

    @Slot(str)
    def _on_form_chosen(self, form_id: str) -> None:
        self.forms.say("")
        try:
            opened = visits.choose_form(self._core, visit_id=self._visit_id, form_id=form_id, seen=self._seen)
        except VisitStageError:
            title = self._visit.form_title if self._visit is not None else ""
            words = self.tr(
                "Something was recorded with “{form}” already, so it stays: another form would have no place for it."
            )
            self._refuse_form(words.format(form=title))
        except (FormInvalid, NotFound) as error:
            told = describe(error)
            self._refuse_form(f"{told.text} {told.hint}".strip())
        else:
            self._take(opened)
            self.saved.emit()

    def _refuse_form(self, words: str) -> None:
        self.forms.say(words)
        if self._visit is not None:
            self.forms.show_visit(self._visit)

    @Slot()
    def _on_start(self) -> None:
        if self._settle_people() and self._saver.leave():
            self.lesson_asked.emit()

    def _settle_people(self) -> bool:
        """Take the names that stand in the fields; one that several people have holds the person once."""
        for field in (self.teacher_field, self.observer_field):
            if field.settle():
                continue
            if self._held is not field:
                self._held = field
                field.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
            field.restore()
        self._held = None
        return True

    @Slot(str)
    def _on_teacher_unclear(self, name: str) -> None:
        self._teacher_note.set_warning(self._unclear_words(name))

    @Slot(str)
    def _on_observer_unclear(self, name: str) -> None:
        self._observer_note.set_warning(self._unclear_words(name))

    def _unclear_words(self, name: str) -> str:
        return self.tr("Several people are called {name}. Pick one from the list.").format(name=name) if name else ""

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        concerns = self._visit_id in changes.visits or not changes.visits or changes.touches("person")
        if self._is_active and concerns and changes.touches(*_TABLES):
            try:
                self.reload()
            except ObserveError as error:
                self.save_failed.emit(error)

    # --- Qt ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter here starts this lesson, not another one."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _start_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter anywhere, Enter on the button."""
        if _start_key(event) or (event.key() == Qt.Key.Key_Return and self.start_button.hasFocus()):
            self._on_start()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a small window."""
        super().resizeEvent(event)
        side = side_width(event.size().width(), wide=SIDE, narrow=SIDE_NARROW, below=_NARROW)
        self.side.setFixedWidth(side)
        self._break_when_row(event.size().width() - side - PANE_MARGINS)

    # --- showing ----------------------------------------------------------------------------------

    def _show_start(self, visit: Visit) -> None:
        if visit.ended is not None or visit.stage.order > Stage.OBSERVE.order:
            text, words = self.tr("Go to the notes"), self.tr("This lesson has been observed.")
        elif visit.started is not None:
            text, words = self.tr("Go on with the lesson"), self.tr("The lesson clock is running.")
        else:
            text, words = self.tr("Start the lesson"), self.tr("The lesson clock starts with it.")
        ahead = visit.started is None and visit.stage.order <= Stage.OBSERVE.order
        self.start_button.setText(text)
        self.start_button.set_kind(ButtonKind.PRIMARY if ahead else ButtonKind.PLAIN)
        self.start_words.setText(words)

    # --- keeping ----------------------------------------------------------------------------------

    def _bind(self) -> None:
        saver = self._saver
        for name, (line, note) in self._lines.items():
            saver.bind_line(name, line, note)
        for name, (area, note) in self._areas.items():
            saver.bind_area(name, area, note)
        saver.bind_line("minutes", self.minutes_line, self._minutes_note, read=_minutes, show=_shown)
        saver.bind_line("class_size", self.size_line, self._size_note, read=_size, show=_shown)
        when = self.when_editor
        saver.bind("start", when, when.edited, when.left, read=when.read, show=when.show_moment, warn=when.set_warning)
        for row in (self.seating, self.lead):
            row.saved.connect(self.saved)
            row.save_failed.connect(self.save_failed)
        self.start_button.clicked.connect(self._on_start)
        self.calendar.message_posted.connect(self.message_posted)
        self.forms.chosen.connect(self._on_form_chosen)
        saver.writing.connect(self.writing)
        saver.saved.connect(self.saved)
        saver.failed.connect(self.save_failed)
        self.class_offer.chosen.connect(self._on_class_chosen)
        self.teacher_field.chosen.connect(self._on_teacher_chosen)
        self.teacher_field.add_asked.connect(self._on_teacher_new)
        self.observer_field.chosen.connect(self._on_observer_chosen)
        self.observer_field.add_asked.connect(self._on_observer_new)
        self.teacher_field.unclear.connect(self._on_teacher_unclear)
        self.observer_field.unclear.connect(self._on_observer_unclear)


def _values(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in _NAMES}


def _number(text: str, field: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Invalid(field, text[:40], "not_a_number") from None


def _minutes(text: str) -> int:
    if not text.strip():
        raise Invalid("minutes", "", "empty")
    return _number(text.strip(), "minutes")


def _size(text: str) -> int | None:
    return _number(text.strip(), "class_size") if text.strip() else None


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)


def _start_key(event: QKeyEvent) -> bool:
    return (
        event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    )
