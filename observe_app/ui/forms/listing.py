"""A form as one reads it: sections and items, each opened on demand. One painted list, so 300 items stay light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy

from observe_app.domain.form import text_in
from observe_app.ui.forms.listing_lines import Line, LineKind, condition_words, lines_of
from observe_app.ui.forms.words import item_words, key_words, kind_icon
from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import RIGHT, draw_text, key_cap_width, paint_key_cap

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form, Item, Section
    from observe_app.ui.widgets.rows import Index

_ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LEAD = 40
_END = 30
_PAD = 9
_GAP = 6
_LEAST_LABEL = 160


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A section's name, or an item with what stands under it.

    Attributes:
        words: what the item takes; of a section its help. key: as on a keycap.
    """

    title: str
    words: str = ""
    icon: str = ""
    key: str = ""
    lines: tuple[Line, ...] = ()
    is_section: bool = False
    item_id: str = ""


def rows_of_form(form: Form, language: str) -> tuple[ReadRow, ...]:
    """Return every section and item of a form, in order."""
    rows: list[ReadRow] = []
    for section in form.sections:
        rows.append(_section_row(section, form, language))
        rows.extend(_item_row(item, form, language) for item in section.items)
    return tuple(rows)


def _section_row(section: Section, form: Form, language: str) -> ReadRow:
    words = " ".join(
        part for part in (text_in(section.help, language), condition_words(section, form, language)) if part
    )
    return ReadRow(text_in(section.title, language), words, is_section=True)


def _item_row(item: Item, form: Form, language: str) -> ReadRow:
    return ReadRow(
        title=text_in(item.label, language),
        words=item_words(item, language),
        icon=kind_icon(item.kind),
        key=key_words(item.hotkey),
        lines=lines_of(item, form, language),
        item_id=item.id,
    )


class ReadModel(QAbstractListModel):
    """Sections and items; which of them are open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadRow, ...] = ()
        self._open: set[str] = set()

    @property
    def rows(self) -> tuple[ReadRow, ...]:
        """The rows in order."""
        return self._rows

    @property
    def openable(self) -> frozenset[str]:
        """Ids of the items that have more to say."""
        return frozenset(row.item_id for row in self._rows if row.lines)

    def is_open(self, row: ReadRow) -> bool:
        """Whether what stands under an item shows."""
        return row.item_id in self._open and not row.is_section

    def show(self, rows: tuple[ReadRow, ...], *, keep_open: bool) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self._open = self._open & self.openable if keep_open else set()
        self.endResetModel()

    def set_open(self, ids: frozenset[str], *, on: bool) -> None:
        """Open items, or close them."""
        self._open = self._open | ids if on else self._open - ids
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each section and item."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The keyboard stops at items."""
        if index.isValid() and not self._rows[index.row()].is_section:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Label, the row itself, and the whole of it for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            below = [line.spoken for line in row.lines] if self.is_open(row) else []
            return ". ".join(part for part in (row.title, row.words, row.key, *below) if part)
        return None


class ReadDelegate(RowDelegate):
    """Paints the rows and measures them; both use the same steps."""

    def __init__(self, view: FormListing, model: ReadModel) -> None:
        super().__init__(view)
        self._model = model

    def height(self, row: ReadRow, width: int) -> int:
        """Return how high a row is at a width."""
        if row.is_section:
            words = _wrapped(row.words, font("small"), width) + 4 if row.words else 0
            return 20 + _wrapped(row.title or " ", font("body", weight=600), width) + 7 + words
        label = _wrapped(row.title or " ", font("text"), self._label_width(row, width))
        below = self._below_height(row, width) if self._model.is_open(row) else 0
        words = 0 if self._is_beside(row, width) else tokens().type["small"].line
        return max(_first_line(), label + 2 * _PAD + words) + below

    def paint(self, painter: QPainter, option: object, index: Index) -> None:
        """Section names have neither plane nor focus."""
        row = index.data(_ROW)
        if not isinstance(row, ReadRow) or not row.is_section:
            super().paint(painter, option, index)  # type: ignore[arg-type]
            return
        painter.save()
        self._paint_section(painter, option.rect, row)  # type: ignore[attr-defined]
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Icon, label, what it takes, key; under them what was opened."""
        row = index.data(_ROW)
        if not isinstance(row, ReadRow):
            return
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(18)
        mark = _at(rect, 8, side, side, rect.top() + (_first_line() - side) // 2, mirrored=mirrored)
        paint_icon(painter, mark, row.icon, color("accent"))
        width = self._label_width(row, rect.width())
        label = _at(rect, scaled(_LEAD), width, rect.height() - 2 * _PAD, rect.top() + _PAD, mirrored=mirrored)
        _draw_wrapped(painter, label, row.title, font("text", weight=600 if is_selected else 400), "ink")
        self._paint_end(painter, rect, row, mirrored=mirrored)
        if self._model.is_open(row):
            words = 0 if self._is_beside(row, rect.width()) else tokens().type["small"].line
            head = _wrapped(row.title or " ", font("text"), width) + 2 * _PAD + words
            top = rect.top() + max(_first_line(), head) - 2
            for line in row.lines:
                top += self._line(line, row, rect, top, painter) + _GAP

    def _paint_section(self, painter: QPainter, rect: QRect, row: ReadRow) -> None:
        bold = font("body", weight=600)
        title = _wrapped(row.title or " ", bold, rect.width())
        box = QRectF(rect.left(), rect.top() + 20, rect.width(), title)
        _draw_wrapped(painter, box, row.title, bold, "ink")
        under = rect.top() + 20 + title + 6
        painter.fillRect(QRect(rect.left(), under, rect.width(), 1), color("ink"))
        if row.words:
            words = QRectF(rect.left(), under + 5, rect.width(), rect.bottom() - under - 4)
            _draw_wrapped(painter, words, row.words, font("small"), "muted")

    def _paint_end(self, painter: QPainter, rect: QRect, row: ReadRow, *, mirrored: bool) -> None:
        end = 8
        if row.lines:
            chevron = "chevron-down" if self._model.is_open(row) else "chevron-left" if mirrored else "chevron-right"
            side = scaled(14)
            top = rect.top() + (_first_line() - side) // 2
            box = _at(rect, rect.width() - end - side, side, side, top, mirrored=mirrored)
            paint_icon(painter, box, chevron, color("muted"))
        end = scaled(_END)
        if row.key:
            cap, height = key_cap_width(row.key), tokens().size.key_cap
            top = rect.top() + (_first_line() - height) // 2
            box = _at(rect, rect.width() - end - cap, cap, height, top, mirrored=mirrored)
            paint_key_cap(painter, box, row.key)
            end += cap + 10
        small = font("small", tabular=True)
        width = QFontMetrics(font("small")).horizontalAdvance(row.words) + 2
        if self._is_beside(row, rect.width()):
            box = _at(rect, rect.width() - end - width, width, _first_line(), rect.top(), mirrored=mirrored)
            draw_text(painter, box, row.words, font=small, color=color("muted"), align=RIGHT)
            return
        label = self._label_width(row, rect.width())
        below = rect.top() + _PAD + _wrapped(row.title or " ", font("text"), label)
        line = tokens().type["small"].line
        box = _at(rect, scaled(_LEAD), rect.width() - scaled(_LEAD), line, below, mirrored=mirrored)
        draw_text(painter, box, row.words, font=small, color=color("muted"), align=_start(mirrored=mirrored))

    def _label_width(self, row: ReadRow, width: int) -> int:
        beside = self._room_beside(row, width)
        return beside if self._is_beside(row, width) else max(80, self._room(row, width) - 4)

    def _is_beside(self, row: ReadRow, width: int) -> bool:
        """Whether what an item takes stands at the end of its label's line; in a narrow page it stands under it."""
        return not row.words or self._room_beside(row, width) >= scaled(_LEAST_LABEL)

    def _room_beside(self, row: ReadRow, width: int) -> int:
        return self._room(row, width) - QFontMetrics(font("small")).horizontalAdvance(row.words) - 16

    def _room(self, row: ReadRow, width: int) -> int:
        key = key_cap_width(row.key) + 10 if row.key else 0
        return width - scaled(_LEAD) - scaled(_END) - key

    def _below_height(self, row: ReadRow, width: int) -> int:
        rect = QRect(0, 0, width, 10_000)
        return sum(self._line(line, row, rect, 0, None) + _GAP for line in row.lines) + 6

    def _line(self, line: Line, row: ReadRow, rect: QRect, top: int, painter: QPainter | None) -> int:
        """Draw a line, or only measure it without a painter; return its height."""
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        indent = scaled(_LEAD)
        room = rect.width() - indent - 12
        if line.kind is LineKind.NOTE:
            height = _wrapped(line.text, font("small"), room)
            if painter is not None:
                _draw_wrapped(
                    painter, _at(rect, indent, room, height, top, mirrored=mirrored), line.text, font("small"), "muted"
                )
            return height
        if line.kind is LineKind.HEAD:
            if painter is not None:
                box = _at(rect, indent, room, scaled(22), top + 4, mirrored=mirrored)
                draw_text(
                    painter,
                    box,
                    line.head,
                    font=font("small", weight=600),
                    color=color("ink"),
                    align=_start(mirrored=mirrored),
                )
            return scaled(20) + 4
        return self._entry(line, row, rect, top, painter, room=room, mirrored=mirrored)

    def _entry(
        self, line: Line, row: ReadRow, rect: QRect, top: int, painter: QPainter | None, *, room: int, mirrored: bool
    ) -> int:
        leads = max(
            (QFontMetrics(font("text", weight=600)).horizontalAdvance(one.lead) for one in row.lines), default=0
        )
        lead = leads + 12 if leads else 0
        heads = [
            QFontMetrics(font("text")).horizontalAdvance(one.head) for one in row.lines if one.kind is LineKind.ENTRY
        ]
        side_by_side = max(heads) <= scaled(150) and room - lead >= scaled(380)
        head_width = max(heads) + 16 if side_by_side else room - lead
        text_left, text_room = (lead + head_width, room - lead - head_width) if side_by_side else (lead, room - lead)
        head = _wrapped(line.head or " ", font("text"), head_width)
        text = _wrapped(line.text, font("text"), text_room) if line.text else 0
        if painter is not None:
            indent = scaled(_LEAD)
            box = _at(rect, indent, lead, tokens().type["text"].line, top, mirrored=mirrored)
            draw_text(
                painter,
                box,
                line.lead,
                font=font("text", weight=600),
                color=color("ink"),
                align=_start(mirrored=mirrored),
            )
            _draw_wrapped(
                painter,
                _at(rect, indent + lead, head_width, head, top, mirrored=mirrored),
                line.head,
                font("text"),
                "ink",
            )
            below = top if side_by_side else top + head
            _draw_wrapped(
                painter,
                _at(rect, indent + text_left, text_room, text, below, mirrored=mirrored),
                line.text,
                font("text"),
                "muted",
            )
        return max(head, text) if side_by_side else head + text


class FormListing(RowList):
    """The rows at their full height: what is around it scrolls.

    Signals:
        shown_asked: top and height, in its own coordinates, of what the keyboard reached.
    """

    shown_asked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sections and items"), parent, row_height=_first_line())
        self.setObjectName("form_listing")
        self.read_model = ReadModel(self)
        self._delegate = ReadDelegate(self, self.read_model)
        self._language = ""
        self._form_id = ""
        self.setModel(self.read_model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setAutoScroll(False)
        self.opened.connect(self._on_opened)

    @property
    def all_open(self) -> bool:
        """Whether every item that has more to say shows it."""
        rows = [row for row in self.read_model.rows if row.lines]
        return bool(rows) and all(self.read_model.is_open(row) for row in rows)

    def show_form(self, form: Form, language: str) -> None:
        """Show a form; the same one again keeps open what was open."""
        self.read_model.show(rows_of_form(form, language), keep_open=form.id == self._form_id)
        self._form_id = form.id
        self._fit()

    def open_all(self, *, on: bool) -> None:
        """Show what stands under every item, or under none."""
        self.read_model.set_open(self.read_model.openable, on=on)
        self._fit()

    def toggle(self, number: int) -> None:
        """Open an item, or close it."""
        row = self.read_model.rows[number]
        if row.lines:
            self.read_model.set_open(frozenset({row.item_id}), on=not self.read_model.is_open(row))
            self._fit()
            self.shown_asked.emit(self.rowViewportPosition(number), self.rowHeight(number))

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(320, self.verticalHeader().length())

    def minimumSizeHint(self) -> QSize:
        """As high as all rows, narrow if need be."""
        return QSize(200, self.verticalHeader().length())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens like Enter; Right opens, Left closes."""
        index = self.currentIndex()
        key = event.key()
        if index.isValid() and key == Qt.Key.Key_Space:
            self.toggle(index.row())
        elif index.isValid() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self.read_model.is_open(self.read_model.rows[index.row()]) is (key == Qt.Key.Key_Left):
                self.toggle(index.row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an item opens or closes it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.toggle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def scrollTo(  # noqa: N802  (Qt's name)
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """What is around it scrolls."""
        del hint
        if index.isValid():
            self.shown_asked.emit(self.rowViewportPosition(index.row()), self.rowHeight(index.row()))

    def moveCursor(  # the first row is a section's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only items are stops."""
        stops = [number for number, row in enumerate(self.read_model.rows) if not row.is_section]
        moves = QAbstractItemView.CursorAction
        if not stops:
            return QModelIndex()
        at = self.currentIndex().row()
        far = {moves.MoveHome: stops[0], moves.MoveEnd: stops[-1]}
        if action in far:
            return self.read_model.index(far[action])
        if action in (moves.MovePageDown, moves.MovePageUp):
            near = min(range(len(stops)), key=lambda place: abs(stops[place] - at))
            step = 8 if action is moves.MovePageDown else -8
            return self.read_model.index(stops[max(0, min(len(stops) - 1, near + step))])
        return super().moveCursor(action, modifiers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.toggle(index.row())

    def _fit(self) -> None:
        width = max(240, self.viewport().width())
        for number, row in enumerate(self.read_model.rows):
            height = self._delegate.height(row, width)
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)
        self.setFixedHeight(max(1, self.verticalHeader().length()))


def _first_line() -> int:
    """Height of a row with a label of one line."""
    return tokens().type["text"].line + 2 * _PAD


def _wrapped(text: str, face: QFont, width: int) -> int:
    metrics = QFontMetrics(face)
    return metrics.boundingRect(0, 0, max(40, width), 100_000, _WRAP, text).height()


def _draw_wrapped(painter: QPainter, box: QRectF, text: str, face: QFont, tone: str) -> None:
    painter.setFont(face)
    painter.setPen(color(tone))
    painter.drawText(box, _WRAP, text)


def _at(rect: QRect, left: int, width: int, height: int, top: int, *, mirrored: bool) -> QRectF:
    x = rect.right() + 1 - left - width if mirrored else rect.left() + left
    return QRectF(x, top, width, height)


def _start(*, mirrored: bool) -> Qt.AlignmentFlag:
    return RIGHT if mirrored else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
