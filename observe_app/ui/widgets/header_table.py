"""Tables with a head: muted names over a 2 px ink rule; a click on a name sorts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text, hairline
from observe_app.ui.widgets.rows import Index, RowDelegate, RowView

if TYPE_CHECKING:
    from collections.abc import Iterable

_PADDING = 24
_HEAD = 40


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a column looks: token of the colour, weight, figures of equal width, alignment."""

    tone: str = "ink"
    weight: int = 400
    tabular: bool = False
    right: bool = False


class TableHead(QHeaderView):
    """The head of a `HeaderTable`; the sorted column shows its direction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(scaled(_HEAD))
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        """40 high."""
        return QSize(super().sizeHint().width(), scaled(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Name, direction, rule."""
        painter.save()
        model = self.model()
        text = model.headerData(logical_index, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        lead = _PADDING if self.visualIndex(logical_index) == 0 else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(8, 2, -lead, 0) if mirrored else rect.adjusted(lead, 2, -8, 0)
        width = draw_text(painter, inner, str(text or ""), font=font("small", weight=600), color=color("muted"))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logical_index:
            name = "arrow-up" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "arrow-down"
            side = scaled(13)
            left = inner.right() - width - 5 - side if mirrored else inner.left() + width + 4
            paint_icon(painter, QRectF(left, rect.center().y() - side // 2 + 1, side, side), name, color("muted"))
        hairline(painter, rect, "ink", height=2)
        painter.restore()


class CellDelegate(RowDelegate):
    """Cells of a `HeaderTable`, each column in its `CellStyle`."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One line of text, elided in the middle."""
        table = self.parent()
        style = table.column_style(index.column()) if isinstance(table, HeaderTable) else CellStyle()
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        draw_text(
            painter,
            cell_rect(rect, index.column()),
            text,
            font=font("text", weight=style.weight, tabular=style.tabular),
            color=color(style.tone),
            align=RIGHT if style.right else LEFT,
            elide=Qt.TextElideMode.ElideMiddle,
        )


def cell_rect(rect: QRect, column: int) -> QRect:
    """Where the content of a cell stands: the first column keeps the page margin."""
    return rect.adjusted(_PADDING if column == 0 else 0, 0, -12, 0)


class HeaderTable(RowView):
    """Table of 40 px rows selected as a whole.

    Signals:
        sort_changed: column and Qt.SortOrder the user asked for; the page sorts in its query.
    """

    sort_changed = Signal(int, object)

    def __init__(self, name: str, parent: QWidget | None = None, *, row_height: int = 0) -> None:
        super().__init__(name, parent, row_height=row_height or tokens().size.row_table)
        self._styles: dict[int, CellStyle] = {}
        self._head = TableHead(self)
        self.setHorizontalHeader(self._head)
        self._head.setSectionsClickable(True)
        self._head.setSortIndicatorShown(True)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._head.sectionClicked.connect(self._on_section_clicked)
        self.setItemDelegate(CellDelegate(self))

    def set_column(self, column: int, style: CellStyle | None = None, *, width: int = 0) -> None:
        """Style a column; a width fixes it, 0 lets it share what is left. Set the model first."""
        if style is not None:
            self._styles[column] = style
        if width:
            self._head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self._head.resizeSection(column, width)

    def column_style(self, column: int) -> CellStyle:
        """Style of a column."""
        return self._styles.get(column, CellStyle())

    def width_of(self, column: int, words: Iterable[str], *, least: int) -> int:
        """Width at which a column shows each of these words in full, at least `least`; style the column first."""
        style = self.column_style(column)
        metrics = QFontMetrics(font("text", weight=style.weight, tabular=style.tabular))
        room = cell_rect(QRect(0, 0, 0, 1), column).width()
        return max(least, max(map(metrics.horizontalAdvance, words), default=0) - room)

    def text_width(self, text: str) -> int:
        """Width of a text in the font of the cells, for fixed columns."""
        return QFontMetrics(font("text", weight=600)).horizontalAdvance(text)

    @Slot(int)
    def _on_section_clicked(self, column: int) -> None:
        self.sort_changed.emit(column, self._head.sortIndicatorOrder())
