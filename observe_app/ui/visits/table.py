"""The painted table of visits: stage dots, the form column only where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from observe_app.ui.moments import widest_dates
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.visits.model import CLASS, DATE, FORM, NOTES, STAGE, TEACHER, VisitsModel
from observe_app.ui.widgets import CellDelegate, CellStyle, HeaderTable, cell_rect
from observe_app.ui.widgets.paint import draw_text, paint_stage_dots

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.widgets.rows import Index

_NO_FORM_BELOW = 740
_NO_STAGE_WORD_BELOW = 620
_NO_COUNT_BELOW = 480
_DOTS = 88


class StageDelegate(CellDelegate):
    """Four dots and the word of the stage."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """The dots stand for the word, never instead of it where there is room."""
        if index.column() != STAGE:
            super().paint_row(painter, rect, index, is_selected=is_selected)
            return
        model = index.model()
        row = model.row(index.row()) if isinstance(model, VisitsModel) else None
        if row is None:
            return
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        cell = cell_rect(rect, STAGE)
        dots = QRect(cell.right() - _DOTS if mirrored else cell.left(), cell.top(), _DOTS, cell.height())
        paint_stage_dots(painter, dots, row.stage.order)
        words = cell.adjusted(0, 0, -_DOTS, 0) if mirrored else cell.adjusted(_DOTS, 0, 12, 0)
        draw_text(painter, words, str(index.data() or ""), font=font("small"), color=color("muted"))


class VisitsTable(HeaderTable):
    """Visits as rows of a table; Enter opens one."""

    def __init__(self, model: VisitsModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("visits_table")
        self.setAccessibleName(self.tr("Visits"))
        self.setItemDelegate(StageDelegate(self))
        self.setModel(model)
        self.set_column(DATE, CellStyle(tone="muted", tabular=True))
        self.set_column(DATE, width=self.width_of(DATE, widest_dates(), least=scaled(122)))
        self.set_column(TEACHER, CellStyle(weight=600))
        self.set_column(CLASS, CellStyle())
        self.set_column(FORM, CellStyle(tone="muted"))
        self.set_column(NOTES, CellStyle(tabular=True), width=scaled(92))
        self.set_column(STAGE, CellStyle(tone="muted"), width=_DOTS + scaled(84))
        self.horizontalHeader().setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What matters least goes first."""
        super().resizeEvent(event)
        width = event.size().width()
        self.setColumnHidden(NOTES, width < scaled(_NO_COUNT_BELOW))
        self.setColumnHidden(FORM, width < scaled(_NO_FORM_BELOW))
        self.set_column(STAGE, width=_DOTS + scaled(84) if width >= scaled(_NO_STAGE_WORD_BELOW) else _DOTS + 8)
