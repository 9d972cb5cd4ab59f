"""The library at the left: a search line, what makes new forms, and every form in its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QHBoxLayout, QVBoxLayout

from observe_app.ui.forms.shelf import Row, RowKind, Shelf, rows_of
from observe_app.ui.theme import color, font, paint_icon, room_for, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Plane, RowDelegate, RowList, SearchField, TextLabel
from observe_app.ui.widgets.layout import side_width
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.widgets.rows import Index

_ROW = Qt.ItemDataRole.UserRole
_HEIGHTS = {RowKind.FORM: 56, RowKind.BROKEN: 56, RowKind.GROUP: 36, RowKind.USE: 28}
NARROW_BELOW, WIDE_FROM = 1150, 1600
"""Widths of the page, at 100 %, for which its columns are narrow or wide."""

_WIDE, _USUAL, _NARROW = 320, 272, 232
_LEAST_SHARE = 0.28
_EDGE = 20
_ICON = 30
_ROOT = QModelIndex()
_FLAT = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class LibraryModel(QAbstractListModel):
    """The rows that the words find."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows shown, heads too."""
        return self._rows

    @property
    def forms(self) -> tuple[Row, ...]:
        """The rows a person can choose."""
        return tuple(row for row in self._rows if row.is_choice)

    def number_of(self, key: str) -> int:
        """Return where a form stands, -1 where the words do not find it."""
        return next((number for number, row in enumerate(self._rows) if row.is_choice and row.key == key), -1)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each row."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads take neither keyboard nor click."""
        if index.isValid() and self._rows[index.row()].is_choice:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, the row itself, and both lines for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.second}" if row.second else row.title
        if role == Qt.ItemDataRole.ToolTipRole and row.is_choice:
            return plain_tip(f"{row.title}\n{row.second}")
        return None


class LibraryDelegate(RowDelegate):
    """Icon, title, muted line; captions over the groups."""

    def paint(self, painter: QPainter, option: object, index: Index) -> None:
        """Heads have neither plane nor focus."""
        row = index.data(_ROW)
        if not isinstance(row, Row) or row.is_choice:
            super().paint(painter, option, index)  # type: ignore[arg-type]
            return
        painter.save()
        self.paint_row(painter, option.rect, index, is_selected=False)  # type: ignore[attr-defined]
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One row."""
        row = index.data(_ROW)
        if not isinstance(row, Row):
            return
        inner = rect.adjusted(_EDGE, 0, -_EDGE + 6, 0)
        if row.kind is RowKind.GROUP:
            low = inner.adjusted(0, inner.height() - scaled(24), 0, 0)
            draw_text(painter, low, row.title.upper(), font=font("caption"), color=color("muted"))
        elif row.kind is RowKind.USE:
            draw_text(painter, inner, row.title, font=font("small", weight=600), color=color("muted"))
        elif row.kind is RowKind.HINT:
            painter.setFont(font("small"))
            painter.setPen(color("muted"))
            painter.drawText(QRectF(inner.adjusted(0, 4, 0, 0)), _FLAT, row.title)
        else:
            self._paint_form(painter, inner, row, is_selected=is_selected)

    def _paint_form(self, painter: QPainter, inner: QRect, row: Row, *, is_selected: bool) -> None:
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = inner.center().y()
        side, lead = scaled(18), scaled(_ICON)
        left = inner.right() + 1 - side if mirrored else inner.left()
        tone = "warm" if row.kind is RowKind.BROKEN else "accent" if is_selected else "muted"
        paint_icon(painter, QRectF(left, middle + 1 - side // 2, side, side), row.icon, color(tone))
        words = inner.adjusted(0, 0, -lead, 0) if mirrored else inner.adjusted(lead, 0, 0, 0)
        first = QRect(words.left(), middle - scaled(19), words.width(), scaled(20))
        second = QRect(words.left(), middle + 1, words.width(), scaled(18))
        title = font("text", weight=600 if is_selected else 400)
        draw_text(painter, first, row.title, font=title, color=color("ink"), elide=Qt.TextElideMode.ElideMiddle)
        muted = color("warm" if row.kind is RowKind.BROKEN else "muted")
        draw_text(painter, second, row.second, font=font("small", tabular=True), color=muted)


class LibraryList(RowList):
    """The rows.

    Signals:
        typed: letters that belong into the search line. left_upwards: Up on the first form.
    """

    typed = Signal(str)
    left_upwards = Signal()

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Forms"), parent, row_height=scaled(_HEIGHTS[RowKind.FORM]))
        self.setModel(model)
        self.setItemDelegate(LibraryDelegate(self, rule=False))
        self.viewport().setAutoFillBackground(False)
        self.setObjectName("forms_list")
        self._model = model

    def fit_rows(self) -> None:
        """Give heads their own heights; the hint wraps."""
        metrics = QFontMetrics(font("small"))
        room = max(80, self.viewport().width() - 2 * _EDGE + 6)
        for number, row in enumerate(self._model.rows):
            if row.kind in _HEIGHTS:
                height = scaled(_HEIGHTS[row.kind])
            else:
                height = metrics.boundingRect(0, 0, room, 2000, _FLAT, row.title).height() + 14
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)

    def choose(self, number: int) -> None:
        """Make a row current and bring it into sight, with its head where it is the first of its group."""
        index = self._model.index(number)
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        first = number
        while first > 0 and not self._model.rows[first - 1].is_choice:
            first -= 1
        self.scrollTo(self._model.index(first), QAbstractItemView.ScrollHint.EnsureVisible)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def moveCursor(  # the first and last rows may be heads
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only forms are stops."""
        stops = [number for number, row in enumerate(self._model.rows) if row.is_choice]
        moves = QAbstractItemView.CursorAction
        if stops and action in (moves.MoveHome, moves.MoveEnd):
            return self._model.index(stops[0] if action is moves.MoveHome else stops[-1])
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters search; Up on the first form goes to the search line."""
        text = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        forms = self._model.forms
        current = self.currentIndex()
        if not held and text and text.isprintable() and not text.isspace():
            self.typed.emit(text)
        elif event.key() == Qt.Key.Key_Up and forms and current.row() == self._model.number_of(forms[0].key):
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the hint anew."""
        super().resizeEvent(event)
        self.fit_rows()


class Library(Plane):
    """Search line, ways to a new form, list.

    Signals:
        chosen: `Row` that became current. opened: `Row` that Enter or a double click opened.
        new_asked, import_asked: make a form, bring one in.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._shelf = Shelf()
        self._language = ""
        self._key = ""
        self._quiet = False
        self._told: Row | None = None
        self.search = SearchField(self.tr("Find forms"), self)
        self.search.setObjectName("forms_search")
        self.new_button = Button(self.tr("New form"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        self.new_button.setObjectName("new_form")
        self.import_button = Button(
            self.tr("Bring one in"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="upload"
        )
        self.import_button.setObjectName("import_form")
        self.model = LibraryModel(self)
        self.list = LibraryList(self.model, self)
        self.nothing = TextLabel(
            self.tr("No form has all of these words in its title, purpose, id or source."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.nothing.setContentsMargins(_EDGE, 4, _EDGE, 0)
        self.nothing.hide()
        self._lay_out()
        self._connect()

    # --- public -----------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Key of the form that is chosen, "" for none."""
        return self._key

    @property
    def row(self) -> Row | None:
        """The row that is chosen."""
        number = self.model.number_of(self._key)
        return self.model.rows[number] if number >= 0 else None

    def show_shelf(self, shelf: Shelf, language: str, key: str = "") -> None:
        """Show what there is now, with this form chosen; else with the one that was, else with the first."""
        self._shelf, self._language = shelf, language
        if not self.choose(key):
            self._refill()

    def choose(self, key: str) -> bool:
        """Choose a form; words in the search line that hide it go. False where there is no such form."""
        if all(row.key != key for row in rows_of(self._shelf, "", self._language) if row.is_choice):
            return False
        self._key = key
        if all(row.key != key for row in rows_of(self._shelf, self.search.text(), self._language)):
            self.search.clear()
        self._refill()
        return True

    def search_for(self, words: str) -> None:
        """Find the forms with these words."""
        self.search.setText(words)
        self._refill()

    def fit(self, room: int) -> None:
        """Take its width in a page of this width; the page's own words come before those of the library."""
        wide = _WIDE if room >= room_for(WIDE_FROM) else _USUAL
        beside = side_width(room, wide=wide, narrow=_NARROW, below=NARROW_BELOW)
        self.setFixedWidth(max(beside, min(scaled(_NARROW), round(room * _LEAST_SHARE))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ways to a new form stand under each other where larger words leave no room beside each other."""
        super().resizeEvent(event)
        margins = self._ways.contentsMargins()
        needed = self.new_button.sizeHint().width() + self.import_button.sizeHint().width()
        is_narrow = needed > event.size().width() - margins.left() - margins.right()
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._ways.setDirection(way)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        self._refill()

    @Slot(str)
    def _on_typed(self, letters: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(self.search.text() + letters)
        self._refill()

    @Slot()
    def _on_left_search(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_left_list(self) -> None:
        self.search.setFocus(Qt.FocusReason.BacktabFocusReason)

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        row = index.data(_ROW) if index.isValid() else None
        if self._quiet or not isinstance(row, Row) or not row.is_choice:
            return
        self._key = row.key
        self._tell(row)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if isinstance(row, Row) and row.is_choice:
            self.opened.emit(row)

    @Slot()
    def _on_return(self) -> None:
        row = self.row
        if row is not None:
            self.opened.emit(row)

    # --- helpers ----------------------------------------------------------------------------------

    def _refill(self) -> None:
        rows = rows_of(self._shelf, self.search.text(), self._language)
        self._quiet = True
        place = self.list.verticalScrollBar().value()
        if rows != self.model.rows:
            self.model.show(rows)
            self.list.fit_rows()
            self.list.verticalScrollBar().setValue(place)
        forms = self.model.forms
        if forms and self.model.number_of(self._key) < 0:
            self._key = forms[0].key
        number = self.model.number_of(self._key)
        if number >= 0:
            self.list.choose(number)
        self._quiet = False
        self.nothing.setVisible(bool(self._shelf.entries) and not forms)
        row = self.row
        if row is not None and row != self._told:
            self._tell(row)

    def _tell(self, row: Row) -> None:
        self._told = row
        self.chosen.emit(row)

    def _lay_out(self) -> None:
        ways = self._ways = QHBoxLayout()
        ways.setContentsMargins(_EDGE - 6, 0, _EDGE - 6, 0)
        ways.setSpacing(4)
        start = Qt.AlignmentFlag.AlignLeft
        ways.addWidget(self.new_button, 0, start)
        ways.addStretch(1)
        ways.addWidget(self.import_button, 0, start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(_EDGE - 4, 0, _EDGE - 4, 0)
        top.addWidget(self.search)
        column.addLayout(top)
        column.addLayout(ways)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_edited)
        self.search.left_downwards.connect(self._on_left_search)
        self.search.returnPressed.connect(self._on_return)
        self.list.typed.connect(self._on_typed)
        self.list.left_upwards.connect(self._on_left_list)
        self.list.selected.connect(self._on_selected)
        self.list.opened.connect(self._on_opened)
        self.new_button.clicked.connect(self.new_asked)
        self.import_button.clicked.connect(self.import_asked)
