"""Action steps under the conversation: small, dated, owned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.errors import ObserveError
from observe_app.domain.step_closing import FEW
from observe_app.ui.talk.earlier_steps import EarlierSteps
from observe_app.ui.talk.edge_fade import EdgeFade
from observe_app.ui.talk.next_visit_row import NextVisitRow
from observe_app.ui.talk.side_margins import SideMargins
from observe_app.ui.talk.step_row import EDGE, StepRow
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, SectionHead, SteadyScrollArea, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from observe_app.domain.action_step import ActionStep
    from observe_app.services.core import Core

_GUTTER = 24 - EDGE


class StepsPanel(QWidget):
    """Rows of steps; the one with the keyboard shows its fields.

    Signals:
        edited: StepRow whose words changed.
        left: StepRow that the keyboard left.
        delete_asked: StepRow to be deleted.
        failed: ObserveError of a change that was not a typed word.
    """

    edited = Signal(object)
    left = Signal(object)
    delete_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, visit_id: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id, self._today = core, visit_id, today
        self._owners: tuple[tuple[str | None, str], ...] = ()
        self._rows: list[StepRow] = []
        self._open: StepRow | None = None
        self._build()
        self.add_button.clicked.connect(self.begin)
        self.keep_button.clicked.connect(self._on_keep)
        self.more_button.clicked.connect(self._on_more)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _build(self) -> None:
        self.head = SectionHead(self.tr("Action steps"), "", self)
        self.add_button = Button(
            self.tr("Add"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus", keys="N"
        )
        self.add_button.setObjectName("add_step")
        self.head.add_right(self.add_button)
        self._inner = QWidget()
        self._inner.setProperty("plane", "none")
        self._column = QVBoxLayout(self._inner)
        SideMargins(self._inner, self._column, (0, 0, _GUTTER, 0))  # the scroll bar lies in the page's margin
        self._column.setSpacing(0)
        self.hint = TextLabel("", self._inner, step="small", tone="muted", wrap=True)
        inset = QVBoxLayout()
        inset.setContentsMargins(EDGE, 8, EDGE, 8)
        inset.addWidget(self.hint)
        self._column.addLayout(inset)
        self._build_ask()
        self._column.addWidget(self.ask)
        self.earlier = EarlierSteps(self._core, self._visit_id, self._today, self._inner)
        self._column.addWidget(self.earlier)
        self.next_visit = NextVisitRow(self._core, self._visit_id, self._inner)
        self._column.addWidget(self.next_visit)
        self._column.addStretch(1)
        self.scroll_area = SteadyScrollArea(self)
        self.scroll_area.setWidget(self._inner)
        self.fades = (EdgeFade(self.scroll_area, top=True), EdgeFade(self.scroll_area))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        SideMargins(self, top, (EDGE, 0, EDGE + _GUTTER, 0))
        top.addWidget(self.head)
        column.addLayout(top)
        column.addWidget(self.scroll_area, 1)

    def _build_ask(self) -> None:
        self.ask = QWidget(self._inner)
        self.ask.setObjectName("third_step")
        self.ask_words = TextLabel("", self.ask, wrap=True)
        self.keep_button = Button("", self.ask, size=ButtonSize.SMALL)
        self.more_button = Button(self.tr("Add it"), self.ask, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.more_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self.ask)
        column.setContentsMargins(EDGE, 8, EDGE, 8)
        column.setSpacing(6)
        column.addWidget(self.ask_words)
        column.addLayout(buttons)
        self.ask.hide()

    @property
    def under_way(self) -> int:
        """How many steps are open, those of earlier visits too."""
        mine = sum(1 for row in self._rows if row.is_open_step)
        return mine + sum(1 for row in self.earlier.rows if row.status is StepStatus.OPEN)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """Rows from top to bottom."""
        return tuple(self._rows)

    def show_steps(self, steps: Sequence[ActionStep], owners: Sequence[tuple[str | None, str]]) -> None:
        """Show the steps as they are stored; rows stay, and so do words that are not stored yet."""
        self._owners = tuple(owners)
        before = {row.step_id: row for row in self._rows if row.step_id is not None}
        wanted = {step.id for step in steps}
        begun = [row for row in self._rows if row.step_id is None]
        for step_id, row in before.items():
            if step_id not in wanted:
                if row.is_dirty:
                    row.begin_again()
                    begun.append(row)
                else:
                    self._remove(row)
        rows: list[StepRow] = []
        for step in steps:
            found = before.get(step.id)
            row = found or self._new_row(step)
            if found is not None:
                found.show_step(step)
            rows.append(row)
        self._set_rows([*rows, *begun])

    @Slot()
    def begin(self) -> StepRow | None:
        """Begin a step; it is stored with its first words. Where two are under way it is asked first."""
        begun = any(row.step_id is None and row.is_empty for row in self._rows)
        count = self.under_way
        if count < FEW or begun:
            return self._begin()
        if count == FEW:
            self.ask_words.setText(self.tr("Two are under way. A third one makes each smaller: keep two, or add it?"))
            self.keep_button.setText(self.tr("Keep two"))
        else:
            words = self.tr("{count} are under way. One more makes each smaller: keep these, or add it?")
            self.ask_words.setText(words.format(count=count))
            self.keep_button.setText(self.tr("Keep these"))
        self.ask.setAccessibleName(self.ask_words.text())
        self.ask.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.activate()
        self.scroll_area.ensureWidgetVisible(self.ask, 0, 4)
        return None

    @Slot()
    def _on_keep(self) -> None:
        self.ask.hide()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_more(self) -> None:
        self._begin()

    def _begin(self) -> StepRow:
        self.ask.hide()
        row = next((row for row in self._rows if row.step_id is None and row.is_empty), None)
        if row is None:
            row = self._new_row(None)
            self._set_rows([*self._rows, row])
        row.text.write()
        self._column.activate()
        self.scroll_area.ensureWidgetVisible(row, 0, 4)
        return row

    def drop_empty(self, row: StepRow) -> None:
        """Take away a row that was begun and left without a word."""
        if row.step_id is None and row.is_empty and row in self._rows:
            self._set_rows([other for other in self._rows if other is not row])
            self._remove(row)

    def _set_rows(self, rows: list[StepRow]) -> None:
        if rows != self._rows:
            for row in self._rows:
                self._column.removeWidget(row)
            self._rows = rows
            for place, row in enumerate(rows):
                self._column.insertWidget(place, row)
                row.show()
        for place, row in enumerate(rows):
            row.set_number(place + 1)
        self._say()

    def _say(self) -> None:
        if not self._rows:
            words = self.tr("None agreed yet. One small step with a date is worth more than five good intentions.")
        elif len(self._rows) > FEW:
            words = self.tr("One or two at a time keeps them real.")
        else:
            words = ""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _new_row(self, step: ActionStep | None) -> StepRow:
        row = StepRow(self._core, self._visit_id, self._today, self._owners, step, self._inner)
        row.edited.connect(self._on_edited)
        row.delete_asked.connect(self._on_delete)
        row.walked.connect(self._on_walked)
        row.done_button.clicked.connect(self._on_done)
        return row

    def _remove(self, row: StepRow) -> None:
        if row is self._open:
            self._open = None
        row.blockSignals(True)
        row.hide()
        row.deleteLater()

    @Slot()
    def _on_edited(self) -> None:
        self._say()
        self.edited.emit(self.sender())

    @Slot()
    def _on_delete(self) -> None:
        self.delete_asked.emit(self.sender())

    @Slot()
    def _on_done(self) -> None:
        row = next((row for row in self._rows if row.done_button is self.sender()), None)
        if row is None:
            return
        try:
            row.toggle_done()
        except ObserveError as error:
            self.failed.emit(error)

    @Slot(int)
    def _on_walked(self, step: int) -> None:
        row = self.sender()
        if isinstance(row, StepRow) and row in self._rows:
            place = self._rows.index(row) + step
            if 0 <= place < len(self._rows):
                self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
                self.scroll_area.ensureWidgetVisible(self._rows[place], 0, 4)

    @Slot()
    def _bring_into_view(self) -> None:
        # The scroll area learns of the fields' height only once the event that showed them is over.
        if self._open is not None:
            self.scroll_area.ensureWidgetVisible(self._open, 0, 4)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if QApplication.activePopupWidget() is not None or new is None:
            return
        row = next((row for row in self._rows if row is new or row.isAncestorOf(new)), None)
        if row is self._open:
            return
        before, self._open = self._open, row
        if row is not None:
            row.set_open(opened=True)
            QTimer.singleShot(0, self._bring_into_view)
        if before is not None:
            before.set_open(opened=False)
            self.left.emit(before)
