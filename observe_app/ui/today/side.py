"""The side of Today: what comes later, and where the record is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.i18n import short_date
from observe_app.ui.moments import day_words, local, time_words
from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Plane, Rule, SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from observe_app.domain.visit import VisitRow

WIDTH = 356
NARROW = 280
_WEEK = timedelta(days=7)
_MOST = 8


class SideIcon(QWidget):
    """An icon in front of the head of a panel."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(scaled(20), scaled(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the accent."""
        paint_icon(QPainter(self), QRect(0, 1, scaled(20), scaled(20)).toRectF(), self._name, color("accent"))


class TodaySide(Plane):
    """Later visits, and the record on this computer.

    Signals:
        visit_asked: id of a visit to open.
    """

    visit_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(0)
        self._build_computer()
        self._later = QWidget(self)
        self._later_column = QVBoxLayout(self._later)
        self._later_column.setContentsMargins(0, 28, 0, 0)
        self._later_column.setSpacing(0)
        self._column.addWidget(self._later)
        self._column.addStretch(1)

    def _build_computer(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(SideIcon("hard-drive", self))
        head.addWidget(TextLabel(self.tr("On this computer"), self, step="heading", weight=600), 1)
        self.backup_label = TextLabel("", self, step="small", wrap=True)
        self.backup_label.setObjectName("last_backup")
        self._column.addLayout(head)
        self._column.addSpacing(2)
        self.where_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.where_label.setObjectName("record_where")
        self._column.addWidget(self.where_label)
        self.show_where(shared=False)
        self._column.addSpacing(8)
        self._column.addWidget(Rule(self, line="line"))
        self._column.addSpacing(10)
        self._column.addWidget(self.backup_label)
        self._column.addSpacing(12)
        self._column.addWidget(Rule(self))

    def show_where(self, *, shared: bool) -> None:
        """Say where the record lies: here alone, or in a shared folder too."""
        self.where_label.setText(
            self.tr("Your record is here, and in the shared folder a copy that only you can open")
            if shared
            else self.tr("Your record is here and nowhere else")
        )

    def show_backup(self, newest: Path | None, zone: str, today: date) -> None:
        """Say when the record was last copied; None for never."""
        if newest is None:
            self.backup_label.setText(
                self.tr("No backup yet. The first one is made by itself, then one every day the program is used.")
            )
            return
        made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
        day = day_words(local(made, zone).date(), today)
        self.backup_label.setText(self.tr("Last backup {day}, {time}").format(day=day, time=time_words(made, zone)))

    def show_later(self, rows: Sequence[VisitRow], now: datetime, today: date) -> None:
        """List the visits of the coming week."""
        while (item := self._later_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        soon = [row for row in rows if row.start is not None and row.start < now + _WEEK][:_MOST]
        self._later.setVisible(bool(soon))
        if not soon:
            return
        self._later_column.addWidget(SectionHead(self.tr("Coming up"), "", self._later, rule="line"))
        for row in soon:
            self._later_column.addWidget(self._row(row, today))

    def _row(self, row: VisitRow, today: date) -> TwoLineRow:
        moment = row.start
        assert moment is not None  # noqa: S101  (chosen by the caller)
        day = local(moment, row.zone).date()
        near = day_words(day, today) if abs((day - today).days) <= 1 else short_date(day)
        when = self.tr("{day}, {time}").format(day=near[:1].upper() + near[1:], time=time_words(moment, row.zone))
        who = " · ".join(part for part in (row.teacher or self.tr("Teacher not named yet"), row.class_name) if part)
        made = TwoLineRow(when, "", who, self._later, icon="calendar")
        made.setProperty("visit", row.id)
        made.opened.connect(self._on_opened)
        return made

    @Slot()
    def _on_opened(self) -> None:
        row = self.sender()
        if row is not None:
            self.visit_asked.emit(str(row.property("visit")))
