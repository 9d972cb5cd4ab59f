"""Marks where something was also written: at the fields and rows of a visit's pages; a strip for what has no field.

Nothing is built and nothing walked through while nothing is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import also_written
from observe_app.ui.also.mark import AlsoMark, open_cells
from observe_app.ui.follow_up.step_line import StepLine
from observe_app.ui.observe.stream_view import StreamView
from observe_app.ui.talk.claim_card import ClaimCard
from observe_app.ui.talk.notes_list import NotesList
from observe_app.ui.talk.step_row import StepRow
from observe_app.ui.talk.turn_row import TurnRow
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QPaintEvent

    from observe_app.domain.sync.conflict import Conflict
    from observe_app.services.also_written import Cell
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_NAMED = 3


def mark_at(core: Core, bus: ChangeBus, place: QWidget, cells: frozenset[Cell], table: str, row: str,
            columns: tuple[str, ...] = ()) -> set[Cell]:  # fmt: skip
    """Show or hide the mark of a field or a row; return the cells it stands for.

    Args:
        core: the open data folder.
        bus: of the window.
        place: what the mark is put into.
        cells: everything open.
        table: of the record.
        row: its id.
        columns: those of the field; every one of the record without.
    """
    mine = {cell for cell in cells if cell[:2] == (table, row) and (not columns or cell[2] in columns)}
    mark = place.findChild(AlsoMark)
    if mark is None and mine:
        mark = AlsoMark(core, bus, place)
        _put(place, mark)
    if mark is not None:
        mark.show_for(table, row, *sorted(cell[2] for cell in mine))
    return mine


def _put(place: QWidget, mark: AlsoMark) -> None:
    if isinstance(place, Field):
        place.add_mark(mark)
        return
    layout = place.layout()
    if isinstance(layout, QBoxLayout):
        side = layout.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop if side else Qt.AlignmentFlag.AlignRight)


def mark_fields(core: Core, bus: ChangeBus, table: str, row: str, fields: Mapping[str, Field]) -> set[Cell]:
    """Show or hide the marks of a record's fields; return the cells that they stand for."""
    cells = open_cells(core, bus).cells
    found: set[Cell] = set()
    for column, field in fields.items():
        found |= mark_at(core, bus, field, cells, table, row, (column,))
    return found


class VisitMarks(QObject):
    """Keeps the marks of a visit's page true. `refresh` after another tab or visit is shown."""

    def __init__(self, core: Core, bus: ChangeBus, page: QWidget, strip: AlsoStrip) -> None:
        """Watch for this page; `show_visit` says which visit it shows."""
        super().__init__(page)
        self._core, self._bus, self._strip = core, bus, strip
        self._visit_id = ""
        self._tab: QWidget | None = None
        self._any = False
        self._open = open_cells(core, bus)
        self._open.looked.connect(self.refresh)

    def show_tab(self, visit_id: str, tab: QWidget | None) -> None:
        """Mark on this tab of this visit from now on."""
        self._visit_id, self._tab = visit_id, tab
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Make the marks those of what is open now."""
        cells = self._open.cells
        if not cells and not self._any:
            return
        self._any = bool(cells)
        marked: set[Cell] = set()
        if self._tab is not None:
            for place, table, row, columns in _places(self._tab, self._visit_id):
                marked |= mark_at(self._core, self._bus, place, cells, table, row, columns)
            events = frozenset(row for table, row, _column in cells if table == "event")
            for stream in self._tab.findChildren(StreamView):
                stream.show_also(events)
            for listed in self._tab.findChildren(NotesList):
                listed.show_also(events)
        self._strip.show_rest(self._visit_id, cells - marked)


def _places(tab: QWidget, visit_id: str) -> Iterator[tuple[QWidget, str, str, tuple[str, ...]]]:
    """Find what can bear a mark on a tab: (widget, table, row id, columns)."""
    fields = getattr(tab, "visit_fields", None)
    if fields is not None:
        for column, field in fields().items():
            yield field, "visit", visit_id, (column,)
    for card in tab.findChildren(ClaimCard):
        if card.claim_id:
            yield card, "claim", card.claim_id, ()
    for row in tab.findChildren(StepRow):
        if row.step_id:
            yield row, "action_step", row.step_id, ()
    for line in tab.findChildren(StepLine):
        yield line, "action_step", line.course.step.id, ()
    for turn in tab.findChildren(TurnRow):
        yield turn, "turn", turn.turn.id, ()


class AlsoStrip(QWidget):
    """One line under the header: what was also written in this visit and has no field of its own on this page."""

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("also_strip")
        self._core, self._bus = core, bus
        self._cells: tuple[Cell, ...] = ()
        self.words = ElidedLabel("", self)
        self.button = Button(self.tr("Look"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, tone="warm")
        self.button.setObjectName("also_strip_look")
        self.button.clicked.connect(self._on_look)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.setFixedHeight(scaled(40))
        self.hide()

    def show_rest(self, visit_id: str, cells: frozenset[Cell]) -> None:
        """Show what of these belongs to the visit; nothing of it hides the line."""
        found: tuple[Conflict, ...] = ()
        if cells:
            try:
                every = also_written.open_conflicts(self._core)
            except ObserveError:
                every = ()
            found = tuple(
                one for one in every if one.visit_id == visit_id and (one.table, one.row, one.column) in cells
            )
        self._cells = tuple((one.table, one.row, one.column) for one in found)
        if found:
            self.words.setText(self._say(found))
        self.setVisible(bool(found))

    def _say(self, found: tuple[Conflict, ...]) -> str:
        from observe_app.ui.also.words import field_words  # noqa: PLC0415  (only where something is open)

        names = [field_words(one, also_written.place_of(self._core, one)) for one in found[:_NAMED]]
        said = " · ".join(dict.fromkeys(names))
        if len(found) > _NAMED:
            return self.tr("Also written: {fields} and {n} more").format(fields=said, n=len(found) - _NAMED)
        return self.tr("Also written: {fields}").format(fields=said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plane of a message that asks for a look."""
        from PySide6.QtGui import QPainter  # noqa: PLC0415  (seldom painted)

        QPainter(self).fillRect(event.rect(), color("warmtint"))

    @Slot()
    def _on_look(self) -> None:
        from observe_app.ui.also.dialog import open_dialog  # noqa: PLC0415  (wanted once in a while)
        from observe_app.ui.also.page import AlsoPage  # noqa: PLC0415

        if len(self._cells) == 1:
            open_dialog(self._core, self._bus, self._cells[0], self)
        elif self._cells:
            AlsoPage(self._core, self._bus, self, visit_id=self._cells_visit()).open_over()

    def _cells_visit(self) -> str:
        table, row, column = self._cells[0]
        conflict = also_written.of_cell(self._core, table=table, row=row, column=column)
        return conflict.visit_id if conflict is not None else ""
