"""A table of codes on the screen: arrows walk, typing changes a cell, Insert and Delete add and take away rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QHeaderView, QSizePolicy, QWidget

from observe_app.domain.form import Code
from observe_app.domain.form_ids import unique_id
from observe_app.domain.form_texts import text_of
from observe_app.ui.forms.editor.codes_model import CodesModel, Column
from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets import CellDelegate, HeaderTable, LineEdit, cell_rect
from observe_app.ui.widgets.paint import CENTER, draw_text, key_cap_width, paint_inner_focus, paint_key_cap

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from observe_app.ui.widgets.rows import Index

_ROW, _HEAD = 34, 32
_NARROW = 520


class CodesDelegate(CellDelegate):
    """Keycap, code in 600, words, tick; typed in place."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As a row; the ring is around the one cell that typing changes."""
        super().paint(painter, option, index)
        if self._view.currentIndex() == index and self._view.hasFocus():
            paint_inner_focus(painter, option.rect)

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One cell."""
        column, text = Column(index.column()), str(index.data() or "")
        inner = cell_rect(rect, index.column())
        if column is Column.KEY:
            if text:
                width, height = key_cap_width(text), tokens().size.key_cap
                top = inner.center().y() + 0.5 - height / 2
                paint_key_cap(painter, QRectF(inner.left(), top, width, height), text)
        elif column is Column.COMMENT:
            model = index.model()
            code = model.code(index.row()) if isinstance(model, CodesModel) else None
            if code is not None and code.comment:
                middle = rect.center()
                side = scaled(16)
                box = QRectF(middle.x() - side / 2, middle.y() + 0.5 - side / 2, side, side)
                paint_icon(painter, box, "check", color("accent"))
            else:
                draw_text(painter, rect, "–", font=font("small"), color=color("ctl"), align=CENTER)
        else:
            strong = column is Column.CODE
            tone = "ink" if column in (Column.CODE, Column.MEANING) else "muted"
            face = font("text" if column in (Column.CODE, Column.MEANING) else "small", weight=600 if strong else 400)
            draw_text(painter, inner, text, font=face, color=color(tone), elide=Qt.TextElideMode.ElideRight)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line over the cell; categories are offered."""
        line = LineEdit("", parent)
        line.setProperty("focusRing", "none")
        line.setStyleSheet("QLineEdit { padding: 0 6px; min-height: 0; }")
        column = Column(index.column())
        if column is Column.KEY:
            line.setMaxLength(1)
        elif column is Column.CODE:
            line.setMaxLength(12)
        elif column is Column.CATEGORY:
            model = index.model()
            names = [text_of(one.label) for one in model.side.categories] if isinstance(model, CodesModel) else []
            completer = QCompleter(names, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands there, chosen as a whole."""
        if isinstance(editor, LineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was typed."""
        if isinstance(editor, LineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Over the cell."""
        editor.setGeometry(option.rect.adjusted(1, 2, -1, -2))


class CodesTable(HeaderTable):
    """The table, as high as its rows.

    Signals:
        code_chosen: number of the row the keyboard is in.
    """

    code_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Codes"), parent, row_height=scaled(_ROW))
        self.codes = CodesModel(self)
        self.setModel(self.codes)
        self.setItemDelegate(CodesDelegate(self, rule=True))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFixedHeight(scaled(_HEAD))
        self.codes.modelReset.connect(self._on_reset)
        self.selected.connect(self._on_selected)
        self._fit_columns()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(300, scaled(_HEAD) + max(1, self.codes.rowCount()) * scaled(_ROW) + 2)

    def minimumSizeHint(self) -> QSize:
        """As the hint in height."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow tables leave out how else a code is written."""
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rows come, go and move; Space ticks; Enter types."""
        row = self.currentIndex().row()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move(row, step)
        elif event.key() == Qt.Key.Key_Insert:
            self.add_after(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove(row)
        elif self.currentIndex().column() == Column.COMMENT and event.key() == Qt.Key.Key_Space:
            self._toggle(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # The Enter that ends the typing in a cell comes by here too.
            if self.state() is not QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click into the last column ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Column.COMMENT and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(index.row())

    def add_after(self, row: int) -> None:
        """A new code after this row."""
        codes = self.codes.side.codes
        taken = {code.id for code in codes}
        letter = next((chr(65 + n) for n in range(26) if chr(65 + n) not in taken), "")
        made = Code(letter or unique_id("C", taken), ())
        place = row + 1 if row >= 0 else len(codes)
        self.codes.set_codes((*codes[:place], made, *codes[place:]))
        self._go(place, Column.CODE)

    def remove(self, row: int) -> None:
        """Take a code away; a side keeps one."""
        codes = self.codes.side.codes
        if 0 <= row < len(codes) and len(codes) > 1:
            column = Column(max(0, self.currentIndex().column()))
            self.codes.set_codes((*codes[:row], *codes[row + 1 :]))
            self._go(min(row, len(codes) - 2), column)

    def move(self, row: int, step: int) -> None:  # type: ignore[override]  # QWidget.move has another meaning
        """Move a code up or down."""
        codes = list(self.codes.side.codes)
        if 0 <= row < len(codes) and 0 <= row + step < len(codes):
            column = Column(max(0, self.currentIndex().column()))
            codes.insert(row + step, codes.pop(row))
            self.codes.set_codes(tuple(codes))
            self._go(row + step, column)

    def _toggle(self, row: int) -> None:
        code = self.codes.code(row)
        if code is not None:
            self.codes.put(row, replace(code, comment=not code.comment))

    def _go(self, row: int, column: Column) -> None:
        index = self.codes.index(row, column)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_columns(self) -> None:
        narrow = self.width() < scaled(_NARROW)
        self.setColumnHidden(Column.ALIASES, narrow)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        words = QFontMetrics(font("small", weight=600))
        for column in (Column.KEY, Column.CODE, Column.COMMENT):
            text = str(self.codes.headerData(column, Qt.Orientation.Horizontal))
            least = scaled({Column.KEY: 60, Column.CODE: 64}.get(column, 44))
            lead = 34 if column is Column.KEY else 20
            head.resizeSection(column, max(least, words.horizontalAdvance(text) + lead))
        head.resizeSection(Column.CATEGORY, scaled(96 if narrow else 120))
        head.resizeSection(Column.ALIASES, scaled(110))
        head.setSectionResizeMode(Column.MEANING, QHeaderView.ResizeMode.Stretch)

    @Slot()
    def _on_reset(self) -> None:
        self.updateGeometry()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        self.code_chosen.emit(index.row())
