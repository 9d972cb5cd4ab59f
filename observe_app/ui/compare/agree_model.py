"""The table of agreement: a code a row, counts before coefficients; what is not defined is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from observe_app.services.charts.agreement import name_of
from observe_app.services.compare.agree_words import band, number, spread
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import CellDelegate, CellStyle, HeaderTable, cell_rect
from observe_app.ui.widgets.paint import LEFT, draw_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter, QResizeEvent

    from observe_app.domain.compare.agree_view import CodeAgreement
    from observe_app.services.compare.agree_words import AgreementWords

CODE, BOTH, ONLY_A, ONLY_B, NEITHER, SAME, KAPPA, SPREAD, BAND, AC1, JACCARD = range(11)
ROW = 34
_ROOT = QModelIndex()
_WIDTHS = {BOTH: 42, ONLY_A: 62, ONLY_B: 62, NEITHER: 58, SAME: 72, KAPPA: 54, SPREAD: 100, BAND: 104, AC1: 48,
           JACCARD: 62}  # fmt: skip
_GIVE_WAY = (AC1, JACCARD, NEITHER, BAND, SPREAD, SAME)
"""Columns that go in a narrow window, in this order; all are in what is exported."""
_LEAST_CODE = 170
Index = QModelIndex | QPersistentModelIndex


def _as_read(text: str) -> str:
    """Return words that keep their own direction in a window read from the right, where "24 of 25" would turn round."""
    if " " not in text or QGuiApplication.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


class AgreeModel(QAbstractTableModel):
    """Codes with their figures; the last row is all of them together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CodeAgreement, ...] = ()
        self._names = ("", "")
        self._words: AgreementWords | None = None

    def show(self, rows: Sequence[CodeAgreement], names: tuple[str, str], words: AgreementWords) -> None:
        """Show other figures."""
        self.beginResetModel()
        self._rows, self._names, self._words = tuple(rows), names, words
        self.endResetModel()

    def row(self, number_of: int) -> CodeAgreement | None:
        """The code of a row, None outside."""
        return self._rows[number_of] if 0 <= number_of < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many codes."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Eleven."""
        return 0 if parent.isValid() else JACCARD + 1

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if way is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        tr = QCoreApplication.translate
        only = tr("AgreeModel", "Only {name}")
        return (
            tr("AgreeModel", "Code"), tr("AgreeModel", "Both"), only.format(name=self._names[0]),
            only.format(name=self._names[1]), tr("AgreeModel", "Neither"), tr("AgreeModel", "Same"),
            tr("AgreeModel", "Kappa"), tr("AgreeModel", "95 % interval"), tr("AgreeModel", "In words"),
            tr("AgreeModel", "AC1"), tr("AgreeModel", "Jaccard"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Figures as they are printed."""
        words = self._words
        if words is None or not index.isValid():
            return None
        code = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{head}: {self._text(code, index.column(), words)}"
        if role == Qt.ItemDataRole.DisplayRole:
            return _as_read(self._text(code, index.column(), words))
        return None

    def _text(self, code: CodeAgreement, column: int, words: AgreementWords) -> str:
        counts = code.counts
        if column == CODE:
            return name_of(code) if code.code else QCoreApplication.translate("AgreeModel", "All of these together")
        if column in (BOTH, ONLY_A, ONLY_B, NEITHER):
            return str((counts.both, counts.only_a, counts.only_b, counts.neither)[column - BOTH])
        if column == SAME:
            return words.of.format(n=counts.both + counts.neither, of=counts.n)
        if column == KAPPA:
            return number(code.kappa, words)
        if not code.kappa.defined and column in (SPREAD, BAND):
            return ""
        if column == SPREAD:
            return spread(code.spread, words)
        if column == BAND:
            return band(code.band, words)
        figure = code.ac1 if column == AC1 else code.jaccard
        return number(figure, words) if figure.defined else "–"


class AgreeTable(HeaderTable):
    """All rows at once: the page scrolls, not the table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("agree_table", parent, row_height=scaled(ROW))  # type: ignore[arg-type]  # a widget, as Qt has it
        self.agree_model = AgreeModel(self)
        self.setModel(self.agree_model)
        self.setItemDelegate(_AgreeDelegate(self))
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column, width in _WIDTHS.items():
            strong = column == KAPPA
            tone = "muted" if column in (NEITHER, SPREAD, BAND, AC1) else "ink"
            self.set_column(column, CellStyle(tone, 600 if strong else 400, tabular=True), width=scaled(width))
        self.set_column(CODE, CellStyle(weight=600))

    def show(self, rows: Sequence[CodeAgreement] = (), names: tuple[str, str] = ("", ""),
             words: AgreementWords | None = None) -> None:  # fmt: skip
        """Show these figures; without any only become visible."""
        if words is not None:
            self.agree_model.show(rows, names, words)
            only = CellStyle("accent", 600, tabular=True), CellStyle("warm", 600, tabular=True)
            for column, style, name in zip((ONLY_A, ONLY_B), only, names, strict=True):
                head = str(self.agree_model.headerData(column, Qt.Orientation.Horizontal) or name)
                self.set_column(column, style, width=max(scaled(_WIDTHS[column]), self.text_width(head) + 16))
            high = self.horizontalHeader().height() + scaled(ROW) * len(rows) + 2
            self.setFixedHeight(high)
            self._fit(self.width())
        super().show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names their room first."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        for column in _GIVE_WAY:
            self.setColumnHidden(column, False)
        for column in _GIVE_WAY:
            used = sum(self.columnWidth(one) for one in range(1, JACCARD + 1) if not self.isColumnHidden(one))
            if width - used >= scaled(_LEAST_CODE):
                break
            self.setColumnHidden(column, True)


class _AgreeDelegate(CellDelegate):
    """A kappa that is not defined says so over the columns that have nothing to say then."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        table = self.parent()
        model = index.model()
        code = model.row(index.row()) if isinstance(model, AgreeModel) else None
        if code is None or not isinstance(table, AgreeTable):
            return
        column = index.column()
        if not code.kappa.defined and column in (KAPPA, SPREAD, BAND):
            if column == KAPPA:
                wide = rect.adjusted(0, 0, sum(table.columnWidth(one) for one in (SPREAD, BAND)), 0)
                painter.save()
                painter.setClipping(False)
                draw_text(painter, wide, str(index.data() or ""), font=font("small"), color=color("muted"), align=LEFT)
                painter.restore()
            return
        if column in (ONLY_A, ONLY_B) and str(index.data()) == "0":
            draw_text(painter, cell_rect(rect, column), "0", font=font("text", tabular=True), color=color("muted"),
                      align=LEFT)  # fmt: skip
            return
        super().paint_row(painter, rect, index, is_selected=is_selected)
