"""A step from an earlier visit: what shows it now, who has seen it, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.step_closing import Gap, closing_gap
from observe_app.domain.turn import Voice
from observe_app.ui.days import show_day
from observe_app.ui.i18n import step_name
from observe_app.ui.talk.quotes import QuoteColumn
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyHint, TextLabel
from observe_app.ui.widgets.paint import hairline
from observe_app.ui.widgets.ringed import RingedRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from observe_app.domain.action_step import StepRow as EarlierStep
    from observe_app.ui.talk.source import Source

EDGE = 8
_INDENT = 25


class EarlierRow(RingedRow):
    """One step that is on the table again.

    Signals:
        picked: the person chose this row. walked: -1 or 1: the keyboard goes to the neighbour.
        seen_asked: (Voice, bool) one of the two says it was seen, or no longer. close_asked, reopen_asked, drop_asked.
        source_asked, unlink_asked: `Source` to be shown, or taken away.
    """

    picked = Signal()
    walked = Signal(int)
    seen_asked = Signal(object, bool)
    close_asked = Signal()
    reopen_asked = Signal()
    drop_asked = Signal()
    source_asked = Signal(object)
    unlink_asked = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._open = False
        self._drop = False
        self.step_id = ""
        self.status = StepStatus.OPEN
        self.setObjectName("earlier_step")
        self.text = TextLabel("", self, wrap=True)
        self.when = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.state = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.quotes = QuoteColumn(self)
        self.hint = KeyHint(self.tr("L", "key"), self.tr("links the picked notes"), self)
        self.teacher_button = self._button("")
        self.observer_button = self._button("")
        for button in (self.teacher_button, self.observer_button):
            button.setCheckable(True)
        self.close_button = self._button(self.tr("Close step"))
        self.reopen_button = self._button(self.tr("Open again"))
        self.drop_button = self._button(self.tr("Drop"), ButtonKind.LINK)
        self.drop_button.setToolTip(self.tr("Let this step go; it stays readable"))
        self._lay_out()
        self._connect()
        self.set_open(opened=False)

    def _button(self, words: str, kind: ButtonKind = ButtonKind.PLAIN) -> Button:
        return Button(words, self, kind=kind, size=ButtonSize.SMALL)

    def show_step(self, row: EarlierStep, sources: Sequence[Source], names: Mapping[Voice, str], visit_id: str) -> None:
        """Show a step with what shows it in this visit."""
        step = row.step
        self.step_id, self.status = step.id, step.status
        self.text.setText(step.text)
        agreed = show_day(row.start.astimezone().date(), self._today, QLocale()) if row.start is not None else ""
        self.when.setText(agreed)
        self.when.setToolTip(self.tr("Agreed on {day}").format(day=agreed) if agreed else "")
        self.quotes.show_sources(sources, None)
        gap = closing_gap(step, visit_id, len(sources))
        self._show_buttons(gap, names, (step.teacher_agrees, step.observer_agrees))
        parts = [step_name(step.status)] if step.status is not StepStatus.OPEN else []
        if step.due is not None and step.status is StepStatus.OPEN:
            parts.append(self.tr("due {day}").format(day=show_day(step.due, self._today, QLocale())))
        if sources:
            many = self.tr("{count} pieces of evidence").format(count=len(sources))
            parts.append(self.tr("one piece of evidence") if len(sources) == 1 else many)
        said = [
            names[voice]
            for voice, says in zip(Voice, (step.teacher_agrees, step.observer_agrees), strict=False)
            if says
        ]
        if said:
            parts.append(self.tr("seen: {names}").format(names=", ".join(said)))
        parts += [words for words in (step.notice,) if words]
        self.state.setText(" · ".join(parts))
        self.state.setVisible(bool(parts))
        self.hint.setVisible(self._open and step.status is StepStatus.OPEN and not sources)
        self.setAccessibleName(self.tr("Step from an earlier visit: {text}").format(text=step.text))
        self.setAccessibleDescription(" · ".join([agreed, *parts]))

    def _show_buttons(self, gap: Gap, names: Mapping[Voice, str], agrees: tuple[bool, bool]) -> None:
        is_open = self.status is StepStatus.OPEN
        both = ((self.teacher_button, Voice.TEACHER, agrees[0]), (self.observer_button, Voice.OBSERVER, agrees[1]))
        for button, voice, says in both:
            name = self.fontMetrics().elidedText(names[voice], Qt.TextElideMode.ElideMiddle, scaled(110))
            button.setText(self.tr("{name}: seen").format(name=name).replace("&", "&&"))
            button.setAccessibleName(self.tr("{name} has seen it").format(name=names[voice]))
            button.setChecked(says)
            button.set_icon("check" if says else "")
            button.setVisible(is_open)
        reasons = {
            Gap.EVIDENCE: self.tr("Link a note of this visit that shows it first."),
            Gap.TEACHER: self.tr("{name} has not said yet that it was seen.").format(name=names[Voice.TEACHER]),
            Gap.OBSERVER: self.tr("The observer has not said yet that it was seen."),
        }
        self.close_button.set_disabled_because(reasons.get(gap, ""))
        self.close_button.setVisible(is_open)
        self.drop_button.setVisible(is_open)
        self.reopen_button.setVisible(not is_open)

    def set_open(self, *, opened: bool) -> None:
        """Show or hide what can be done with the step."""
        self._open = opened
        self.quotes.setVisible(opened and bool(self.quotes.quotes))
        self.quotes.set_reachable(reachable=opened)
        self._acts.setVisible(opened)
        self.hint.setVisible(opened and self.status is StepStatus.OPEN and not self.quotes.quotes)
        self.update()

    def set_drop(self, *, here: bool) -> None:
        """Show that notes let go here would be linked."""
        if here != self._drop:
            self._drop = here
            self.update()

    # Building.

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addSpacing(scaled(_INDENT))
        top.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.when, 0, Qt.AlignmentFlag.AlignTop)
        under = QVBoxLayout()
        SideMargins(self, under, (scaled(_INDENT), 1, 0, 0))
        under.setSpacing(2)
        under.addWidget(self.state)
        under.addWidget(self.quotes)
        under.addWidget(self.hint)
        self._acts = QWidget(self)
        acts = QVBoxLayout(self._acts)
        acts.setContentsMargins(0, 6, 0, 2)
        acts.setSpacing(6)
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, buttons in (
            (first, (self.teacher_button, self.observer_button)),
            (second, (self.close_button, self.reopen_button, self.drop_button)),
        ):
            line.setSpacing(8)
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
            acts.addLayout(line)
        under.addWidget(self._acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 7, EDGE, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(under)

    def _connect(self) -> None:
        self.quotes.asked.connect(self.source_asked)
        self.quotes.unlink_asked.connect(self.unlink_asked)
        self.teacher_button.clicked.connect(self._on_teacher)
        self.observer_button.clicked.connect(self._on_observer)
        self.close_button.clicked.connect(self.close_asked)
        self.reopen_button.clicked.connect(self.reopen_asked)
        self.drop_button.clicked.connect(self.drop_asked)

    # Qt overrides.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go."""
        if self.hasFocus() and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard chooses the row; it stays chosen until another is."""
        super().focusInEvent(event)
        self.picked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane of the chosen row, sign of an open or closed step, ring, rule."""
        painter = QPainter(self)
        if self._drop:
            painter.fillRect(self.rect(), color("tint2"))
        elif self._open:
            painter.fillRect(self.rect(), color("tint"))
        hairline(painter, self.rect().adjusted(EDGE, 0, -EDGE, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(9)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - EDGE - side - 2 if mirrored else EDGE + 2
        done = self.status is StepStatus.DONE
        painter.setPen(QPen(color("accent" if done else "ctl"), 1.5))
        painter.setBrush(color("accent") if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(left, 7 + (scaled(20) - side) // 2, side, side)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    # Slots.

    @Slot(bool)
    def _on_teacher(self, checked: bool) -> None:
        self.seen_asked.emit(Voice.TEACHER, checked)

    @Slot(bool)
    def _on_observer(self, checked: bool) -> None:
        self.seen_asked.emit(Voice.OBSERVER, checked)
