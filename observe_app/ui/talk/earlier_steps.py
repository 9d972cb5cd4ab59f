"""Steps of earlier visits that are on the table again: linked to notes of this one, seen by both, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import steps
from observe_app.ui.talk.earlier_row import EDGE, EarlierRow
from observe_app.ui.talk.source import picked_of
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

    from observe_app.domain.action_step import StepRow as EarlierStep
    from observe_app.domain.evidence import Evidence
    from observe_app.domain.turn import Voice
    from observe_app.services.core import Core
    from observe_app.ui.talk.source import Picked, Source, Sources


class EarlierSteps(QWidget):
    """Rows of earlier steps under a caption; hidden while there are none.

    Signals:
        selection_changed: another row is chosen, or none. changed: something was stored.
        failed: ObserveError of an act. told: a sentence about what was done; undo brings it back.
        source_asked: `Source` to be shown among the notes.
    """

    selection_changed = Signal()
    changed = Signal()
    failed = Signal(object)
    told = Signal(str)
    source_asked = Signal(object)

    def __init__(self, core: Core, visit_id: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id, self._today = core, visit_id, today
        self._rows: list[EarlierRow] = []
        self._selected: EarlierRow | None = None
        self.setAcceptDrops(True)
        self.head = TextLabel("", self, step="small", weight=600)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(EDGE, 0, EDGE, 2)
        inset.addWidget(self.head)
        self._column.addLayout(inset)
        self.hide()

    @property
    def rows(self) -> tuple[EarlierRow, ...]:
        """Rows from top to bottom."""
        return tuple(self._rows)

    @property
    def selected(self) -> EarlierRow | None:
        """The row that L links to."""
        return self._selected

    def show_rows(
        self,
        earlier: Sequence[EarlierStep],
        links: Mapping[str, Sequence[Evidence]],
        sources: Sources,
        names: Mapping[Voice, str],
    ) -> None:
        """Show the steps as they are stored, with what of this visit shows each."""
        before = {row.step_id: row for row in self._rows}
        rows = []
        for place, one in enumerate(earlier):
            row = before.pop(one.step.id, None) or self._new_row()
            mine = links.get(one.step.id, ())
            shown = sources.of(
                [each.event_id for each in mine if not each.view], [each.view for each in mine if each.view]
            )
            row.show_step(one, shown, names, self._visit_id)
            row.set_open(opened=row is self._selected)
            if self._column.indexOf(row) != place + 1:
                self._column.removeWidget(row)
                self._column.insertWidget(place + 1, row)
            row.show()
            rows.append(row)
        for row in before.values():
            if row is self._selected:
                self.select(None)
            row.hide()
            row.deleteLater()
        self._rows = rows
        self.head.setText(self.tr("From earlier visits"))
        self.setVisible(bool(rows))

    def select(self, row: EarlierRow | None) -> None:
        """Choose a row."""
        if row is self._selected:
            return
        before, self._selected = self._selected, row
        for one in (before, row):
            if one is not None:
                one.set_open(opened=one is row)
        self.selection_changed.emit()

    def link(self, row: EarlierRow, picked: Picked) -> bool:
        """Make what is picked evidence of a step; True when it was stored."""
        return self._act(
            lambda: steps.link(
                self._core,
                visit_id=self._visit_id,
                step_id=row.step_id,
                event_ids=picked.events,
                views=picked.views,
            )
        )

    # Dragging.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Notes and views may be let go here."""
        if picked_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would be linked."""
        under = self._under(event.position().toPoint())
        for row in self._rows:
            row.set_drop(here=row is under)
        event.setAccepted(under is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would be linked."""
        self._clear_drop()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Link them to the step under the pointer."""
        self._clear_drop()
        row = self._under(event.position().toPoint())
        picked = picked_of(event.mimeData())
        if row is None or not picked:
            event.ignore()
            return
        event.acceptProposedAction()
        if self.link(row, picked):
            self.select(row)

    def _under(self, place: QPoint) -> EarlierRow | None:
        return next((row for row in self._rows if row.geometry().contains(place)), None)

    def _clear_drop(self) -> None:
        for row in self._rows:
            row.set_drop(here=False)

    # Acts.

    def _new_row(self) -> EarlierRow:
        row = EarlierRow(self._today, self)
        row.picked.connect(self._on_picked)
        row.walked.connect(self._on_walked)
        row.seen_asked.connect(self._on_seen)
        row.close_asked.connect(self._on_close)
        row.reopen_asked.connect(self._on_reopen)
        row.drop_asked.connect(self._on_drop)
        row.source_asked.connect(self.source_asked)
        row.unlink_asked.connect(self._on_unlink)
        return row

    def _act(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ObserveError as error:
            self.failed.emit(error)
            return False
        self.changed.emit()
        return True

    def _row(self) -> EarlierRow | None:
        row = self.sender()
        return row if isinstance(row, EarlierRow) and row in self._rows else None

    @Slot()
    def _on_picked(self) -> None:
        self.select(self._row())

    @Slot(int)
    def _on_walked(self, step: int) -> None:
        row = self._row()
        place = self._rows.index(row) + step if row is not None else -1
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, bool)
    def _on_seen(self, voice: Voice, agrees: bool) -> None:
        row = self._row()
        if row is None:
            return
        step_id, visit_id = row.step_id, self._visit_id

        def act() -> None:
            seen = steps.open_step(self._core, step_id).seen
            steps.say_seen(self._core, step_id=step_id, visit_id=visit_id, voice=voice, agrees=agrees, seen=seen)

        self._act(act)

    @Slot()
    def _on_close(self) -> None:
        if self._change(steps.close):
            self.told.emit(self.tr("Step closed. Ctrl Z opens it again."))

    @Slot()
    def _on_reopen(self) -> None:
        self._change(steps.reopen)

    @Slot()
    def _on_drop(self) -> None:
        if self._change(steps.drop):
            self.told.emit(self.tr("Step dropped. Ctrl Z brings it back."))

    def _change(self, change: Callable[..., object]) -> bool:
        row = self._row()
        if row is None:
            return False
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        step_id = row.step_id
        return self._act(
            lambda: change(
                self._core,
                step_id=step_id,
                visit_id=self._visit_id,
                seen=steps.open_step(self._core, step_id).seen,
            )
        )

    @Slot(object)
    def _on_unlink(self, source: Source) -> None:
        row = self._row()
        if row is None:
            return
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        done = self._act(
            lambda: steps.unlink(
                self._core, visit_id=self._visit_id, step_id=row.step_id, event_id=source.event_id, view=source.view
            )
        )
        if done:
            self.told.emit(self.tr("Quotation taken away. Ctrl Z brings it back."))
