"""One action step: what, who, by when, with what help; edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.errors import NotFound
from observe_app.services import steps
from observe_app.ui.days import show_day
from observe_app.ui.talk.due_field import DueField
from observe_app.ui.talk.in_place import InPlaceText
from observe_app.ui.talk.seen_behind import seen_behind
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, LineEdit, TextLabel
from observe_app.ui.widgets.paint import hairline
from observe_app.ui.widgets.ringed import RingedRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from observe_app.domain.action_step import ActionStep
    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

EDGE = 8


class StepRow(RingedRow):
    """A step, or one that is only begun: without an id until its first words are written.

    Signals:
        edited: words changed; they are stored by `store`.
        delete_asked: the person wants the step gone.
        walked: -1 or 1: the keyboard goes to the neighbour.
    """

    edited = Signal()
    delete_asked = Signal()
    walked = Signal(int)

    def __init__(
        self,
        core: Core,
        visit_id: str,
        today: date,
        owners: Sequence[tuple[str | None, str]],
        step: ActionStep | None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a row.

        Args:
            core: services' core.
            visit_id: visit the step belongs to.
            today: for words about dates.
            owners: (person id, name) to choose from, the teacher first.
            step: None for a step that is only begun.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._core, self._visit_id, self._today = core, visit_id, today
        self._owners = tuple(owners)
        self._step = step
        self._seen: Seen | None = None
        self._shown: ActionStep | None = None
        self._dirty = False
        self._open = False
        self._build()
        self._connect()
        if step is not None:
            self.show_step(step)
        self.set_open(opened=False)

    @property
    def step_id(self) -> str | None:
        """Id of the stored step, None while it is only begun."""
        return self._step.id if self._step is not None else None

    @property
    def is_dirty(self) -> bool:
        """Whether words are only on the screen."""
        return self._dirty

    @property
    def is_open_step(self) -> bool:
        """Whether it is under way: kept, neither done nor dropped."""
        return self._step is not None and self._step.status is StepStatus.OPEN

    @property
    def is_empty(self) -> bool:
        """Whether there are no words in it."""
        return not any(words.strip() for words in (self.text.text(), *(line.text() for line in self._lines())))

    def show_step(self, step: ActionStep) -> None:
        """Show the step as it is stored now; words that are not stored yet stay as they are."""
        self._step = step
        if not self._dirty:
            self._seen, self._shown = None, step
            self.text.set_text(step.text)
            self.due.set_day(step.due)
            for line, words in zip(self._lines(), (step.practice, step.notice, step.help), strict=True):
                if line.text() != words:
                    line.setText(words)
                    line.setCursorPosition(0)
            self._fill_owners(step.owner_id, step.owner)
        self._show_summary()

    def set_number(self, number: int) -> None:
        """Say which step it is, counted from 1."""
        self.number.setText(str(number))

    def set_open(self, *, opened: bool) -> None:
        """Show or hide the fields for who, when and help."""
        self._open = opened
        self.fields.setVisible(opened)
        if opened and self._seen is None and self._step is not None and not self._dirty:
            found = steps.open_step(self._core, self._step.id)
            self.show_step(found.value)
            self._seen = found.seen
        self._show_summary()
        self.update()

    def begin_again(self) -> None:
        """Keep the words of a step that was deleted elsewhere while they were being written."""
        self._step, self._seen, self._shown = None, None, None

    def store(self) -> None:
        """Write the words that are only on the screen.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        if not self._dirty:
            return
        text = self.text.text().strip()
        practice, notice, help_ = (line.text().strip() for line in self._lines())
        owner, due = self.owner.currentData(), self.due.day
        if self._step is None:
            if self.is_empty:
                self._dirty = False
                return
            self._step = steps.add(
                self._core,
                visit_id=self._visit_id,
                text=text,
                owner_id=owner,
                due=due,
                help=help_,
                practice=practice,
                notice=notice,
            )
            self._seen = None
        else:
            try:
                seen = self._seen or steps.open_step(self._core, self._step.id).seen
                # Only what was changed here: another field may have another value by now, which nobody here replaced.
                was = self._shown or self._step
                found = steps.edit(
                    self._core,
                    step_id=self._step.id,
                    seen=seen,
                    text=text if text != was.text else None,
                    owner_id=owner if owner != was.owner_id else steps.UNSET,
                    due=due if due != was.due else steps.UNSET,
                    help=help_ if help_ != was.help else None,
                    practice=practice if practice != was.practice else None,
                    notice=notice if notice != was.notice else None,
                )
            except NotFound:
                self.begin_again()
                self.store()
                return
            self._step, self._seen = found.value, found.seen
            self._shown = found.value
        self._dirty = False

    def toggle_done(self) -> None:
        """End the step, or open it again.

        A later visit shows whether a step of the teacher's was taken, so here it can only be let go; a promise of
        somebody else, which no lesson shows, is done when they say so.

        Raises:
            ObserveError: it could not be written.
        """
        if self._step is None:
            return
        status = self._ending if self._step.status is StepStatus.OPEN else StepStatus.OPEN
        found = steps.open_step(self._core, self._step.id)
        opened = steps.edit(self._core, step_id=self._step.id, seen=found.seen, status=status)
        self._seen = opened.seen if not self._dirty else self._seen
        self.show_step(opened.value)

    @property
    def _ending(self) -> StepStatus:
        return StepStatus.DONE if self.owner.currentIndex() > 0 else StepStatus.DROPPED

    # Building.

    def _build(self) -> None:
        self.setObjectName("step")
        self.number = TextLabel("", self, weight=600, tabular=True)
        self.number.setFixedSize(scaled(17), scaled(20))
        self.text = InPlaceText(self, step="text", one_line=True)
        self.text.setObjectName("step_text")
        self.text.setAccessibleName(self.tr("Action step"))
        self.text.set_hint(self.tr("What will happen, small enough for two weeks?"))
        self.when = TextLabel("", self, weight=600, tabular=True)
        self.when.setFixedHeight(scaled(20))
        self.summary = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.owner = ComboBox(self)
        self.owner.setObjectName("step_owner")
        self.owner.setAccessibleName(self.tr("Whose step it is"))
        self.owner.setMinimumContentsLength(8)
        self.due = DueField(self._today, self)
        self.practice = self._line(
            "step_practice", self.tr("First small practice"), self.tr("First, small: tried when?")
        )
        self.notice = self._line("step_notice", self.tr("How we will notice"), self.tr("How will we notice?"))
        self.help = self._line("step_help", self.tr("Help agreed"), self.tr("Help agreed, if any"))
        self.done_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="circle-check", name=self.tr("Done")
        )
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="trash-2", name=self.tr("Delete this step")
        )
        self._lay_out()

    def _line(self, name: str, words: str, hint: str) -> LineEdit:
        line = LineEdit("", self, placeholder=hint)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setToolTip(words)
        return line

    def _lines(self) -> tuple[LineEdit, LineEdit, LineEdit]:
        return self.practice, self.notice, self.help

    def _lay_out(self) -> None:
        self.fields = QWidget(self)
        grid = QGridLayout(self.fields)
        SideMargins(self, grid, (scaled(17), 6, 0, 4))
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.owner, 0, 0)
        grid.addWidget(self.due, 0, 1)
        last = QHBoxLayout()
        last.setSpacing(4)
        last.addWidget(self.help, 1)
        last.addWidget(self.done_button)
        last.addWidget(self.delete_button)
        grid.addWidget(self.practice, 1, 0)
        grid.addWidget(self.notice, 1, 1)
        grid.addLayout(last, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 8, EDGE, 8)
        column.setSpacing(0)
        column.addLayout(row)
        SideMargins(self, self.summary, (scaled(17) + 8, 2, 0, 0))
        column.addWidget(self.summary)
        column.addWidget(self.fields)
        self._fill_owners(None, "")

    def _connect(self) -> None:
        self.text.edited.connect(self._on_edited)
        self.text.focus_changed.connect(self._on_text_focus)
        self.text.escaped.connect(self._on_escaped)
        self.text.went_on.connect(self._on_text_done)
        self.owner.activated.connect(self._on_edited)
        self.due.day_changed.connect(self._on_edited)
        for line in self._lines():
            line.textEdited.connect(self._on_edited)
        self.delete_button.clicked.connect(self.delete_asked)

    # Qt overrides.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Enter writes, Delete deletes; Escape comes back from a field."""
        key = event.key()
        if key == Qt.Key.Key_Escape and not self.hasFocus():
            self._on_escaped()
        elif not self.hasFocus():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.text.write()
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Space:
            self.done_button.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane of the open row, ring, plane under the caret, rule."""
        painter = QPainter(self)
        if self._open:
            painter.fillRect(self.rect(), color("tint"))
        hairline(painter, self.rect().adjusted(EDGE, 0, -EDGE, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self.text.hasFocus():
            around = self.text.geometry().adjusted(-5, -3, 5, 3)
            painter.setBrush(color("field"))
            painter.drawRoundedRect(around, 5, 5)
        painter.end()

    # Slots.

    @Slot()
    def _on_edited(self) -> None:
        if not self._dirty and self._shown is not None and self._seen is None:
            self._seen = seen_behind(self._core, "action_step", self._shown.id, _columns(self._shown))
        self._dirty = True
        self._show_summary()
        self.edited.emit()

    @Slot(bool)
    def _on_text_focus(self, _here: bool) -> None:
        self.update()

    @Slot()
    def _on_escaped(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_text_done(self) -> None:
        self.due.line.setFocus(Qt.FocusReason.TabFocusReason)

    # Helpers.

    def _fill_owners(self, owner_id: str | None, owner: str) -> None:
        choices = list(self._owners)
        if owner_id is not None and owner_id not in [person_id for person_id, _name in choices]:
            choices.append((owner_id, owner))
        self.owner.clear()
        for person_id, name in choices:
            self.owner.addItem(name, person_id)
        place = self.owner.findData(owner_id) if owner_id is not None else 0
        self.owner.setCurrentIndex(max(0, place))

    def _show_summary(self) -> None:
        step = self._step
        status = step.status if step is not None else StepStatus.OPEN
        day = self.due.day
        self.when.setText(show_day(day, self._today, QLocale()) if day is not None else "")
        late = day is not None and day < self._today and status is StepStatus.OPEN
        self.when.set_tone("warm" if late else "ink")
        self.when.setVisible(day is not None and not self._open)
        parts: list[str] = []
        if status is StepStatus.DONE:
            parts.append(self.tr("done"))
        elif status is StepStatus.DROPPED:
            parts.append(self.tr("dropped"))
        if self.owner.currentIndex() > 0:
            parts.append(self.owner.currentText())
        parts += [line.text().strip() for line in self._lines() if line.text().strip()]
        self.summary.setText(" · ".join(parts))
        self.summary.setVisible(bool(parts) and not self._open)
        ended, done = status is not StepStatus.OPEN, self._ending is StepStatus.DONE
        self.done_button.setChecked(ended)
        name = self.tr("Open again") if ended else self.tr("Done") if done else self.tr("Let it go")
        self.done_button.setAccessibleName(name)
        self.done_button.setToolTip(name)
        self.done_button.set_icon("rotate-ccw" if ended else "circle-check" if done else "archive")
        self.done_button.setEnabled(step is not None)
        self.setAccessibleName(self.tr("Action step {n}: {text}").format(n=self.number.text(), text=self.text.text()))
        self.setAccessibleDescription(" · ".join([self.when.text(), *parts]))


def _columns(step: ActionStep) -> dict[str, str | None]:
    """Return what the row's fields display, as the journal keeps it."""
    return {
        "text": step.text,
        "owner_id": step.owner_id,
        "due": step.due.isoformat() if step.due is not None else None,
        "help": step.help,
        "practice": step.practice,
        "notice": step.notice,
    }
