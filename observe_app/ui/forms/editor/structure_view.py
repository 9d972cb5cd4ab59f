"""The structure on the screen: chosen with the arrows, moved by drag or with Alt and the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolTip

from observe_app.ui.forms.editor.structure_model import MIME, ROW, StructureModel, StructureRow
from observe_app.ui.forms.editor.target import Part, Target
from observe_app.ui.theme import color, font, icon, paint_icon, scaled, tokens
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text, hairline, key_cap_width, paint_inner_focus, paint_key_cap
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QHelpEvent,
        QKeyEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from observe_app.ui.widgets.rows import Index

_ROW, _HEAD, _TOP = 36, 44, 44
_EDGE, _GRIP, _ICON, _GAP = 16, 16, 18, 10
_DETAIL_FROM = 330
"""Width of the column from which a row also says what its item takes."""


class StructureDelegate(RowDelegate):
    """Grip, icon, name, what it takes, key; a section is a name over a rule."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Sections have air above them."""
        row: StructureRow = index.data(ROW)
        return QSize(100, scaled({Part.FORM: _TOP, Part.SECTION: _HEAD, Part.ITEM: _ROW}[row.target.part]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As the base, with the rule that fits the part."""
        super().paint(painter, option, index)
        row: StructureRow = index.data(ROW)
        inner = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        hairline(painter, inner, "ink" if row.target.part is Part.SECTION else "line2")

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """The content of a row, mirrored where reading is."""
        row: StructureRow = index.data(ROW)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        cursor = _Cursor(painter, inner, mirrored=mirrored)
        hovered = self._view.hovered_row == index.row()
        if row.target.part is Part.SECTION:
            self._paint_section(cursor, row, grip=hovered or is_selected)
            return
        if row.target.part is Part.ITEM:
            cursor.icon("grip-vertical", "muted" if hovered or is_selected else "ctl", size=_GRIP, gap=4)
        cursor.icon(row.icon, "accent")
        if row.key:
            cursor.key_at_end(row.key)
        if row.look:
            cursor.icon_at_end("triangle-alert", "warm")
        if row.depends:
            cursor.icon_at_end("eye", "muted")
        wide = rect.width() >= scaled(_DETAIL_FROM)
        cursor.words(row, detail=row.detail if wide else "", weight=600 if is_selected else 400)

    def _paint_section(self, cursor: _Cursor, row: StructureRow, *, grip: bool) -> None:
        cursor.lower(scaled(8))
        if row.look:
            cursor.icon_at_end("triangle-alert", "warm")
        if row.depends:
            cursor.icon_at_end("eye", "muted")
        if grip:
            cursor.icon_at_end("grip-vertical", "muted", size=_GRIP)
        cursor.words(row, weight=600, step="body")


class _Cursor:
    """Places parts of a row from both ends towards its middle."""

    def __init__(self, painter: QPainter, rect: QRect, *, mirrored: bool) -> None:
        self._painter, self._left, self._right = painter, float(rect.left()), float(rect.right() + 1)
        self._middle, self._height, self._mirrored = rect.center().y() + 0.5, rect.height(), mirrored

    def lower(self, by: int) -> None:
        """Move the middle down."""
        self._middle += by

    def icon(self, name: str, tone: str, *, size: int = _ICON, gap: int = _GAP) -> None:
        """An icon where reading begins."""
        side = scaled(size)
        paint_icon(self._painter, self._take(side, side, gap, at_end=self._mirrored), name, color(tone))

    def icon_at_end(self, name: str, tone: str, *, size: int = 16) -> None:
        """An icon where reading ends."""
        side = scaled(size)
        paint_icon(self._painter, self._take(side, side, 8, at_end=not self._mirrored), name, color(tone))

    def key_at_end(self, keys: str) -> None:
        """A keycap where reading ends."""
        rect = self._take(key_cap_width(keys), tokens().size.key_cap, 10, at_end=not self._mirrored)
        paint_key_cap(self._painter, rect, keys)

    def words(self, row: StructureRow, *, detail: str = "", weight: int = 400, step: str = "text") -> None:
        """The name; the detail where both have room."""
        from PySide6.QtGui import QFontMetrics  # noqa: PLC0415  (a small helper of this one place)

        rect = QRectF(self._left, self._middle - scaled(12), self._right - self._left, scaled(24))
        name = row.title or _unnamed(row)
        ink = color("ink" if row.title else "muted")
        # Qt mirrors these by itself where reading goes from right to left.
        begin, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        needed = QFontMetrics(font(step, weight=weight)).horizontalAdvance(name)
        room = rect.width() - needed - 16
        small = font("small", tabular=True)
        if detail and QFontMetrics(small).horizontalAdvance(detail) <= room:
            draw_text(self._painter, rect, detail, font=small, color=color("muted"), align=end | middle)
        draw_text(
            self._painter, rect, name, font=font(step, weight=weight), color=ink, align=begin | middle,
            elide=Qt.TextElideMode.ElideRight,
        )  # fmt: skip

    def _take(self, width: float, height: float, gap: int, *, at_end: bool) -> QRectF:
        top = self._middle - height / 2
        if at_end:
            self._right -= width
            rect = QRectF(self._right, top, width, height)
            self._right -= gap
        else:
            rect = QRectF(self._left, top, width, height)
            self._left += width + gap
        return rect


def _unnamed(row: StructureRow) -> str:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415  (as above)

    tr = QCoreApplication.translate
    return {
        Part.FORM: tr("form structure", "Form without a title"),
        Part.SECTION: tr("form structure", "Section without a title"),
        Part.ITEM: tr("form structure", "No label yet"),
    }[row.target.part]


class StructureView(RowList):
    """The rows.

    Signals:
        chosen: the `Target` that became current.
        enter_pressed: go on into what is chosen.
        moved: a part was dropped: (Target, Target it stands before, or None for the end).
        stepped: Alt and an arrow: -1 or 1.
        remove_asked, duplicate_asked, add_asked, section_asked, paste_asked: keys and menu on what is chosen.
    """

    chosen = Signal(object)
    enter_pressed = Signal()
    moved = Signal(object, object)
    stepped = Signal(int)
    remove_asked = Signal()
    duplicate_asked = Signal()
    add_asked = Signal()
    section_asked = Signal()
    paste_asked = Signal()

    def __init__(self, model: StructureModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sections and items"), parent, row_height=scaled(_ROW))
        self.setObjectName("form_structure")
        self._structure = model
        self._drop_row = -1
        self.setModel(model)
        self.setItemDelegate(StructureDelegate(self, rule=False))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(True)
        self.selected.connect(self._on_selected)
        self.opened.connect(self._on_opened)
        model.modelReset.connect(self.fit_rows)
        self.fit_rows()

    @property
    def target(self) -> Target | None:
        """What is chosen."""
        index = self.currentIndex()
        return self._structure.target_at(index.row()) if index.isValid() else None

    def choose(self, target: Target) -> None:
        """Choose a part and bring it into sight; nothing where it is not shown."""
        number = self._structure.row_of(target)
        if number >= 0:
            index = self._structure.index(number)
            if self.currentIndex() != index:
                self.setCurrentIndex(index)
            self.scrollTo(index)

    @Slot()
    def fit_rows(self) -> None:
        """Give every row the height of its part."""
        heights = {Part.FORM: _TOP, Part.SECTION: _HEAD}
        header = self.verticalHeader()
        for number, row in enumerate(self._structure.rows):
            wanted = scaled(heights.get(row.target.part, _ROW))
            if header.sectionSize(number) != wanted:
                header.resizeSection(number, wanted)

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, copy, add, paste."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if alt and step:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.duplicate_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same acts for the pointer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("plus"), self.tr("Add an item after this\tIns"), self.add_asked.emit)
        menu.addAction(icon("plus"), self.tr("Add a section after this"), self.section_asked.emit)
        target = self.target
        if target is not None and target.part is not Part.FORM:
            menu.addSeparator()
            menu.addAction(icon("copy"), self.tr("Duplicate\tCtrl+D"), self.duplicate_asked.emit)
            menu.addAction(icon("arrow-up"), self.tr("Move up\tAlt+Up"), self._on_up)
            menu.addAction(icon("arrow-down"), self.tr("Move down\tAlt+Down"), self._on_down)
            menu.addSeparator()
            menu.addAction(icon("trash-2"), self.tr("Remove\tDel"), self.remove_asked.emit)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole name where it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            tip: QHelpEvent = event  # type: ignore[assignment]  # the type says so
            row = self.indexAt(tip.pos()).data(ROW)
            words = "\n".join(part for part in (row.title, row.detail) if part) if row is not None else ""
            QToolTip.showText(tip.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Parts of this form."""
        if event.source() is self and event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would stand."""
        super().dragMoveEvent(event)
        self._drop_row = self._row_for(event.position().toPoint())
        self.viewport().update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes nowhere."""
        super().dragLeaveEvent(event)
        self._drop_row = -1
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put it there."""
        number = self._row_for(event.position().toPoint())
        self._drop_row = -1
        self.viewport().update()
        part, _space, name = bytes(event.mimeData().data(MIME).data()).decode().partition(" ")
        # The editor moves the row itself; Qt must not take it away afterwards.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if part in set(Part):
            self.moved.emit(Target(Part(part), name), self._structure.target_at(number))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the line where a dragged part would go."""
        super().paintEvent(event)
        if self._drop_row < 0:
            return
        count = self._structure.rowCount()
        if self._drop_row < count:
            y = self.rowViewportPosition(self._drop_row)
        else:
            y = self.rowViewportPosition(count - 1) + self.rowHeight(count - 1)
        line = QRect(_EDGE, max(0, y - 1), self.viewport().width() - 2 * _EDGE, 2)
        painter = QPainter(self.viewport())
        painter.fillRect(line, color("accent"))
        if not count:
            paint_inner_focus(painter, self.viewport().rect())

    # --- helpers ----------------------------------------------------------------------------------

    def _row_for(self, where: QPoint) -> int:
        """Return the row that a part dropped here stands before; never before the form's own."""
        index = self.indexAt(where)
        if not index.isValid():
            return self._structure.rowCount()
        rect = self.visualRect(index)
        number = index.row() + (1 if where.y() > rect.center().y() else 0)
        return max(1, number)

    @Slot(QModelIndex)
    def _on_selected(self, index: Index) -> None:
        target = self._structure.target_at(index.row()) if index.isValid() else None
        if target is not None:
            self.chosen.emit(target)

    @Slot(QModelIndex)
    def _on_opened(self, _index: Index) -> None:
        self.enter_pressed.emit()

    @Slot()
    def _on_up(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.stepped.emit(1)
