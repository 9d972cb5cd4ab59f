"""One round on the page: its name, its counts, what can be done, and the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.rounds.round import RoundState
from observe_app.ui.rounds.board_model import Across, BoardData, BoardModel
from observe_app.ui.rounds.board_view import BoardView
from observe_app.ui.rounds.words import days_words, state_word
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    CheckChoice,
    ElidedLabel,
    KeyHint,
    ProgressLine,
    TextLabel,
)
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.rounds.board import Board
    from observe_app.domain.rounds.round import VisitRound

_KEYS_ABOVE = 560


class RoundPane(QWidget):
    """A round's head and board.

    Signals:
        solve_asked: a plan is wanted; True: without regard for the one before.
        invite_asked, change_asked, publish_asked, close_asked, delete_asked: as their names say.
        add_asked: a visit is to be planned by hand.
        stop_asked: the search is to end; the best found is kept.
    """

    solve_asked = Signal(bool)
    invite_asked = Signal()
    change_asked = Signal()
    publish_asked = Signal()
    close_asked = Signal()
    delete_asked = Signal()
    add_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = BoardModel(self)
        self.board = BoardView(self.model, self)
        self._state = RoundState.DRAFT
        self._build()

    def show_round(self, kept: VisitRound, board: Board, data: BoardData) -> None:
        """Show a round as it stands; the cell that is current stays, where it is still there."""
        self._state = RoundState(kept.state)
        self.title_label.setText(kept.title)
        self.facts_label.setText(self._facts(kept))
        self.counts_label.setText(self._counts(board))
        index = self.board.currentIndex()
        place = (index.row(), index.column()) if index.isValid() else (-1, -1)
        chosen = next((row.pairing.id for row in self.model.rows_at(index)), "")
        self.model.show(data)
        self.board.fit()
        found = self.model.place_of(chosen)
        if not found.isValid() and 0 <= place[0] < self.model.rowCount() and 0 <= place[1] < self.model.columnCount():
            found = self.model.index(*place)
        self.board.setCurrentIndex(found)
        planned = bool(board.rows)
        self.stack.setCurrentWidget(self.board if planned else self.nothing)
        self.solve_button.setText(self.tr("Plan again") if planned else self.tr("Make the plan"))
        self.solve_button.updateGeometry()
        self.solve_button.set_kind(ButtonKind.PLAIN if planned else ButtonKind.PRIMARY)
        self.invite_button.setVisible(planned)
        self.across.setVisible(planned)
        self.keys.setVisible(planned and self.height() > scaled(_KEYS_ABOVE))
        self._publish.setVisible(self._state is not RoundState.OPEN)
        self._publish.setText(
            self.tr("Open to its people") if self._state is RoundState.DRAFT else self.tr("Open again")
        )
        self._close.setVisible(self._state is RoundState.OPEN)
        self._anew.setVisible(planned)
        self._show_week()

    def select(self, pairing_id: str) -> None:
        """Bring the keyboard's place to a visit."""
        index = self.model.place_of(pairing_id)
        self._show_week()
        if index.isValid():
            self.board.setCurrentIndex(index)
            self.board.scrollTo(index)

    def show_solving(self, on: bool) -> None:
        """Show that a plan is looked for."""
        self.solve_button.setDisabled(on)
        if on:
            self.progress.start(self.tr("Looking for a plan"))
        else:
            self.progress.finish()

    def set_progress(self, done: int, total: int) -> None:
        """Show the best found so far."""
        words = self.tr("Looking for a plan; found so far: {done} of {total} visits")
        self.progress.set_progress(done, total, words.format(done=done, total=total))

    # --- words --------------------------------------------------------------------------------------------------------

    def _facts(self, kept: VisitRound) -> str:
        words = self.tr("{days} · {n} people · {state}")
        return words.format(days=days_words(kept.first, kept.last), n=len(kept.people), state=state_word(kept.state))

    def _counts(self, board: Board) -> str:
        if not board.rows:
            return self.tr("No plan yet.")
        parts = [self.tr("{n} visits planned").format(n=board.planned)]
        parts.append(self.tr("{n} visited").format(n=board.visited))
        parts.append(self.tr("{n} talked about").format(n=board.talked))
        if board.late:
            parts.append(self.tr("{n} not visited yet though their day is over").format(n=board.late))
        if board.planned > board.timed:
            parts.append(self.tr("{n} without a time").format(n=board.planned - board.timed))
        if board.cancelled:
            parts.append(self.tr("{n} cancelled").format(n=board.cancelled))
        return " · ".join(parts)

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_solve(self) -> None:
        self.solve_asked.emit(False)

    @Slot()
    def _on_anew(self) -> None:
        self.solve_asked.emit(True)

    @Slot(object)
    def _on_across(self, key: object) -> None:
        self.across.set_value(str(key) if key else self.model.across.value)
        if key:
            self.model.set_across(Across(str(key)))
            self._show_week()
            self._first_cell()

    @Slot()
    def _on_earlier(self) -> None:
        self.model.set_week(self.model.week - 1)
        self._show_week()
        self._first_cell()

    @Slot()
    def _on_later(self) -> None:
        self.model.set_week(self.model.week + 1)
        self._show_week()
        self._first_cell()

    def _first_cell(self) -> None:
        if self.model.rowCount() and self.model.columnCount():
            self.board.setCurrentIndex(self.model.index(0, 0))

    def _show_week(self) -> None:
        weeks = self.model.weeks
        on = self.model.across is Across.DAYS and len(weeks) > 1
        self.weeks_part.setVisible(on and self.stack.currentWidget() is self.board)
        if not on:
            return
        days = weeks[self.model.week]
        words = self.tr("{days} (week {n} of {total})")
        self.week_label.setText(
            words.format(days=days_words(days[0], days[-1]), n=self.model.week + 1, total=len(weeks))
        )
        self.earlier_button.setEnabled(self.model.week > 0)
        self.later_button.setEnabled(self.model.week < len(weeks) - 1)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Page Up and Page Down turn the weeks."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.model.across is Across.DAYS:
            if event.key() == Qt.Key.Key_PageUp:
                self._on_earlier()
                return
            if event.key() == Qt.Key.Key_PageDown:
                self._on_later()
                return
        super().keyPressEvent(event)

    # --- build --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        margin = tokens().size.margin
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.progress = ProgressLine(self)
        self.progress.stop_button.setText(self.tr("Stop and keep the best"))
        self.progress.stopped.connect(self.stop_asked)
        column.addWidget(self.progress)
        head = QVBoxLayout()
        head.setContentsMargins(margin, 14, margin, 10)
        head.setSpacing(4)
        top = self.top_row = QHBoxLayout()
        top.setSpacing(8)
        self.title_label = ElidedLabel("", self, step="page", weight=600)
        top.addWidget(self.title_label, 1)
        top.addStretch(0)
        for button in self._build_buttons():
            top.addWidget(button)
        head.addLayout(top)
        self.facts_label = TextLabel("", self, step="small", tone="muted", tabular=True, wrap=True)
        self.counts_label = TextLabel("", self, step="text", weight=600, tabular=True, wrap=True)
        self.counts_label.setObjectName("round_counts")
        head.addWidget(self.facts_label)
        head.addWidget(self.counts_label)
        head.addSpacing(4)
        head.addWidget(self._build_switch())
        column.addLayout(head)
        self.stack = QStackedWidget(self)
        self.nothing = QWidget(self)
        inside = QVBoxLayout(self.nothing)
        inside.setContentsMargins(margin, 24, margin, 0)
        words = self.tr("There is no plan yet. Make one: it takes some seconds, and nothing is told to anybody.")
        inside.addWidget(TextLabel(words, self.nothing, step="body", tone="muted", wrap=True))
        inside.addStretch(1)
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.nothing)
        column.addWidget(self.stack, 1)
        self.keys = FlowRow(self, gap=16)
        for key, told in (
            (self.tr("Enter"), self.tr("look at the visit")),
            ("L", self.tr("lock")),
            ("M", self.tr("move")),
            (self.tr("Del"), self.tr("cancel")),
        ):
            self.keys.add(KeyHint(key, told, self))
        foot = QHBoxLayout()
        foot.setContentsMargins(margin, 6, margin, 8)
        foot.addWidget(self.keys, 1)
        column.addLayout(foot)

    def _build_buttons(self) -> tuple[Button, ...]:
        self.solve_button = Button(self.tr("Plan again"), self, icon="calendar", size=ButtonSize.SMALL)
        self.solve_button.setObjectName("round_solve")
        self.solve_button.clicked.connect(self._on_solve)
        self.invite_button = Button(self.tr("Invitations"), self, icon="send", size=ButtonSize.SMALL)
        self.invite_button.setObjectName("round_invite")
        self.invite_button.clicked.connect(self.invite_asked)
        self.more_button = Button(self.tr("More"), self, size=ButtonSize.SMALL)
        self.more_button.setObjectName("round_more")
        menu = QMenu(self)
        self._action(menu, self.tr("Change people, dates and rules"), self.change_asked.emit)
        self._action(menu, self.tr("Plan a visit by hand"), self.add_asked.emit)
        self._anew = self._action(menu, self.tr("Plan from scratch"), self._on_anew)
        self._publish = self._action(menu, self.tr("Open to its people"), self.publish_asked.emit)
        self._close = self._action(menu, self.tr("Close the round"), self.close_asked.emit)
        menu.addSeparator()
        self._action(menu, self.tr("Delete the round"), self.delete_asked.emit)
        self.more_button.setMenu(menu)
        return self.solve_button, self.invite_button, self.more_button

    @staticmethod
    def _action(menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(act)
        menu.addAction(action)
        return action

    def _build_switch(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        options = ((Across.DAYS.value, self.tr("By day")), (Across.TEACHERS.value, self.tr("By teacher")))
        self.across = CheckChoice(options, self.tr("Columns"), holder)
        self.across.setObjectName("board_across")
        self.across.set_value(Across.DAYS.value)
        self.across.chosen.connect(self._on_across)
        row.addWidget(self.across)
        self.weeks_part = QWidget(holder)
        weeks = QHBoxLayout(self.weeks_part)
        weeks.setContentsMargins(0, 0, 0, 0)
        weeks.setSpacing(4)
        self.earlier_button = Button(
            "", holder, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-left", name=self.tr("Week before")
        )
        self.later_button = Button(
            "", holder, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="chevron-right", name=self.tr("Week after")
        )
        self.earlier_button.clicked.connect(self._on_earlier)
        self.later_button.clicked.connect(self._on_later)
        self.week_label = TextLabel("", holder, step="small", tabular=True)
        for part in (self.earlier_button, self.week_label, self.later_button):
            weeks.addWidget(part)
        row.addWidget(self.weeks_part)
        row.addStretch(1)
        return holder
