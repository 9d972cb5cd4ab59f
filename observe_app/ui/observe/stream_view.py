"""The stream: the user reads what was written, picks a row with the arrows or the pointer, and acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QWidget

from observe_app.domain.event import Event, EventKind
from observe_app.ui.form_panel.item_keys import types_text
from observe_app.ui.observe.stream_model import StreamModel, StreamRole
from observe_app.ui.observe.stream_row import RowPainter
from observe_app.ui.theme import tokens
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.also_sign import paint_also

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Index = QModelIndex | QPersistentModelIndex
_NEAR_END = 6  # px from the end that still count as being there


def can_be_starred(event: Event, links: tuple[str, ...]) -> bool:
    """Whether the place of the star takes clicks: it has one, or nothing else stands there."""
    return event.kind is EventKind.NOTE and (event.starred or not (event.private or links))


class StreamDelegate(RowDelegate):
    """Paints rows of the stream."""

    def __init__(self, view: StreamView) -> None:
        super().__init__(view, rule=False)
        self._stream_view = view
        self._rows = view.rows

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """The row, with an outline of the star under the pointer."""
        event: Event = index.data(StreamRole.EVENT)
        links, said = index.data(StreamRole.LINKS), index.data(StreamRole.WORDS)
        self._rows.paint(painter, rect, event, links, said, strong=is_selected)
        if event.id in self._stream_view.also:
            paint_also(painter, rect, rect.top() + tokens().size.row_note // 2)
        hovered = self._view.hovered_row == index.row()
        can_star = not self._stream_view.reading
        if can_star and (hovered or is_selected) and not event.starred and can_be_starred(event, links):
            self._rows.paint_star(painter, rect, starred=False)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of the row for the view's width."""
        event: Event = index.data(StreamRole.EVENT)
        width = self._view.viewport().width()
        return QSize(width, self._rows.height(event, index.data(StreamRole.LINKS), index.data(StreamRole.WORDS), width))


class StreamView(RowList):
    """Rows that keep the bottom, with the acts on a row by key, menu and pointer.

    Signals:
        edit_asked, star_asked, retime_asked, private_asked, remove_asked: id of the event acted on.
        split_asked: id of a note to be split.
        join_asked: id of a note, and +1 to join it with the next note or -1 with the one before.
        gap_asked: id of a clock gap that is to be answered.
        link_asked: event id and form item id.
        typed: text typed here that belongs to the note line.
        left: the user wants back to the note line.
        newer_changed: count of rows that came while the end was out of sight.
        content_changed: the height of all rows changed.
        chosen: row the user clicked, or went to by a key; not one that the program brought into sight.
    """

    edit_asked = Signal(str)
    star_asked = Signal(str)
    retime_asked = Signal(str)
    private_asked = Signal(str)
    remove_asked = Signal(str)
    split_asked = Signal(str)
    join_asked = Signal(str, int)
    gap_asked = Signal(str)
    link_asked = Signal(str, str)
    typed = Signal(str)
    left = Signal()
    newer_changed = Signal(int)
    content_changed = Signal()
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Stream of notes"), parent, row_height=tokens().size.row_note)
        self.setObjectName("stream")
        self.rows = RowPainter()
        self.also: frozenset[str] = frozenset()
        self.reading = False
        self._fitting = False
        self._pinned = True
        self._newer = 0
        self._targets: tuple[tuple[str, str], ...] = ()
        self.setItemDelegate(StreamDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    # -- public

    @property
    def stream(self) -> StreamModel:
        """The model shown."""
        model = self.model()
        assert isinstance(model, StreamModel)  # noqa: S101  (narrows Qt's type; set once in the tab)
        return model

    @property
    def pinned(self) -> bool:
        """Whether the end is in sight and stays there."""
        return self._pinned

    @property
    def newer(self) -> int:
        """Rows that came below what is in sight."""
        return self._newer

    @property
    def selected_event(self) -> Event | None:
        """The event the user chose, None without one."""
        index = self.currentIndex()
        return self.stream.event_at(index.row()) if index.isValid() and self.selectionModel().hasSelection() else None

    def set_reading(self) -> None:
        """Let rows be read and picked, and nothing be done with them."""
        self.reading = True
        self.setAccessibleName(self.tr("Notes that were released"))

    def show_also(self, event_ids: frozenset[str]) -> None:
        """Mark notes into which somebody else wrote too."""
        if event_ids != self.also:
            self.also = event_ids
            self.viewport().update()

    def set_link_targets(self, targets: Sequence[tuple[str, str]]) -> None:
        """Offer form items (id, label) as what a note can be evidence for."""
        self._targets = tuple(targets)

    def content_height(self) -> int:
        """Height of all rows in pixels; rows never seen count with the height of one line."""
        return self.verticalHeader().length()

    @Slot()
    def go_to_end(self) -> None:
        """Show the newest row and keep the end in sight."""
        self._set_pinned(True)
        self.fit()

    def show_row(self, row: int) -> None:
        """Select a row and bring it into sight."""
        index = self.stream.index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self._on_scrolled()

    @Slot(object)
    def show_minute(self, offset_ms: int) -> None:
        """Select the first row at or after this moment of the lesson."""
        self.show_row(self.stream.row_at(offset_ms))

    @Slot(int)
    def scroll_page(self, step: int) -> None:
        """Scroll by pages, -1 up and +1 down, with a row in common."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * max(60, bar.pageStep() - 40))

    def fit(self, room: int | None = None) -> None:
        """Give the rows in sight their heights; rows elsewhere get theirs when they come.

        Args:
            room: height to fill when the view itself is still smaller, in pixels.
        """
        if self._fitting or self.model() is None or not self.stream.rowCount():
            return
        self._fitting = True
        try:
            # Now and not by Qt's timer, which would paint every row once more.
            self.executeDelayedItemsLayout()
            before = self.content_height()
            if self._pinned:
                self._fit_end(max(room or 0, self.viewport().height()))
            else:
                self._fit_in_sight()
        finally:
            self._fitting = False
        if self.content_height() != before:
            self.content_changed.emit()

    # -- slots

    @Slot()
    def _on_scrolled(self) -> None:
        if self._fitting:
            return
        bar = self.verticalScrollBar()
        self._set_pinned(bar.value() >= bar.maximum() - _NEAR_END)
        self.fit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        event = self.stream.event_at(index.row())
        if event is not None and event.kind is EventKind.NOTE:
            self.edit_asked.emit(event.id)
        elif event is not None and event.kind is EventKind.GAP:
            self.gap_asked.emit(event.id)

    # -- Qt overrides

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:  # noqa: N802  (Qt's name)
        """Keep the end in sight, or count what is newer."""
        bar = self.verticalScrollBar()
        last_seen = self.rowAt(self.viewport().height() - 1)
        super().rowsInserted(parent, start, end)
        if not self._pinned and start > last_seen >= 0:
            self._newer += end - start + 1
            self.newer_changed.emit(self._newer)
        elif not self._pinned and start <= self.rowAt(0):
            bar.setValue(bar.value() + self.verticalHeader().defaultSectionSize() * (end - start + 1))
        self.fit()
        self.content_changed.emit()

    def dataChanged(self, top: Index, bottom: Index, roles: Iterable[int] = ()) -> None:
        """A row may need another height."""
        super().dataChanged(top, bottom, list(roles))
        self.fit()

    def reset(self) -> None:
        """Another visit: begin at its end."""
        super().reset()
        self._set_pinned(True)
        self.fit()
        self.content_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or font: lay out again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the last row where none is selected, so that its keys act on one."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        if event.reason() in by_key and self.selected_event is None:
            self.show_row(self.stream.rowCount() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys act on the selected row; everything else that types belongs to the note line."""
        if self.reading:
            super().keyPressEvent(event)
            return
        chosen = self.selected_event
        key, text = Qt.Key(event.key()), event.text()
        plain = types_text(event)
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif chosen is not None and (self._act(key, text, chosen) if plain else self._join_or_split(event, chosen)):
            return
        elif key == Qt.Key.Key_Down and self.currentIndex().row() == self.stream.rowCount() - 1:
            self.left.emit()
        elif plain and text and text.isprintable():
            self.typed.emit(text)
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self.chosen.emit(self.currentIndex().row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the star of a row sets or takes it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        found = self.stream.event_at(index.row()) if index.isValid() else None
        if (
            found is not None
            and not self.reading
            and can_be_starred(found, index.data(StreamRole.LINKS))
            and event.button() == Qt.MouseButton.LeftButton
            and self.rows.star_rect(self.visualRect(index)).contains(event.position().toPoint())
        ):
            self.star_asked.emit(found.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with the row."""
        index = self.indexAt(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.currentIndex()
        found = self.stream.event_at(index.row()) if index.isValid() else None
        if found is None or self.reading:
            return
        self.setCurrentIndex(QModelIndex(index))
        self.row_menu(found).popup(event.globalPos())

    # -- helpers

    def row_menu(self, event: Event) -> QMenu:
        """Make the menu of a row; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if event.kind is EventKind.NOTE:
            self._add(menu, self.tr("Edit"), "Enter", "edit", event.id)
            star = self.tr("Take the star away") if event.starred else self.tr("Star")
            self._add(menu, star, "*", "star", event.id)
            private = self.tr("No longer private") if event.private else self.tr("Keep private")
            self._add(menu, private, "P", "private", event.id)
            self._add(menu, self.tr("Split in two"), "Ctrl+Enter", "split", event.id)
            self._add(menu, self.tr("Join with the next note"), "Ctrl+J", "join_next", event.id)
            self._add(menu, self.tr("Join with the one before"), "Ctrl+Shift+J", "join_before", event.id)
        self._add(menu, self.tr("Change the time"), "@", "retime", event.id)
        if self._targets:
            menu.addMenu(self._link_menu(event, menu))
        menu.addSeparator()
        self._add(menu, self.tr("Remove"), "Del", "remove", event.id)
        return menu

    def show_link_menu(self) -> None:
        """Open the list of form items for the selected row."""
        event = self.selected_event
        if event is not None and self._targets:
            menu = self._link_menu(event, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            rect = self.visualRect(self.currentIndex())
            menu.popup(self.viewport().mapToGlobal(QPoint(rect.center().x(), rect.bottom())))

    def _link_menu(self, event: Event, parent: QWidget) -> QMenu:
        menu = QMenu(self.tr("Use as evidence for"), parent)
        menu.setObjectName("link_menu")
        for item_id, label in self._targets:
            action = QAction(label.replace("&", "&&"), menu)
            action.setData((event.id, item_id))
            action.triggered.connect(self._on_link_chosen)
            menu.addAction(action)
        return menu

    def _add(self, menu: QMenu, text: str, keys: str, act: str, event_id: str) -> None:
        action = QAction(f"{text}\t{keys}", menu)
        action.setObjectName(act)
        action.setData(event_id)
        action.triggered.connect(self._on_act_chosen)
        menu.addAction(action)

    @Slot()
    def _on_act_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and action.objectName().startswith("join"):
            self.join_asked.emit(str(action.data()), 1 if action.objectName() == "join_next" else -1)
            return
        signals = {
            "edit": self.edit_asked,
            "split": self.split_asked,
            "star": self.star_asked,
            "private": self.private_asked,
            "retime": self.retime_asked,
            "remove": self.remove_asked,
        }
        if isinstance(action, QAction):
            signals[action.objectName()].emit(str(action.data()))

    @Slot()
    def _on_link_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            event_id, item_id = action.data()
            self.link_asked.emit(event_id, item_id)

    def _join_or_split(self, event: QKeyEvent, chosen: Event) -> bool:
        if chosen.kind is not EventKind.NOTE:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == control:
            self.split_asked.emit(chosen.id)
        elif event.key() == Qt.Key.Key_J and held in (control, control | shift):
            self.join_asked.emit(chosen.id, -1 if held & shift else 1)
        else:
            return False
        return True

    def _act(self, key: Qt.Key, text: str, event: Event) -> bool:
        is_note = event.kind is EventKind.NOTE
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and is_note:
            self.edit_asked.emit(event.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.kind is EventKind.GAP:
            self.gap_asked.emit(event.id)
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit(event.id)
        elif text == "*" and is_note:
            self.star_asked.emit(event.id)
        elif text == "@":
            self.retime_asked.emit(event.id)
        elif text in ("p", "P") and is_note:
            self.private_asked.emit(event.id)
        elif text in ("l", "L") and self._targets:
            self.show_link_menu()
        else:
            return False
        return True

    def _set_pinned(self, pinned: bool) -> None:
        self._pinned = pinned
        if pinned and self._newer:
            self._newer = 0
            self.newer_changed.emit(0)

    def _fit_row(self, row: int) -> int:
        event = self.stream.event_at(row)
        if event is None:
            return 0
        header = self.verticalHeader()
        index = self.stream.index(row, 0)
        links, said = index.data(StreamRole.LINKS), index.data(StreamRole.WORDS)
        height = self.rows.height(event, links, said, self.viewport().width())
        if header.sectionSize(row) != height:
            header.resizeSection(row, height)
        return height

    def _fit_end(self, room: int) -> None:
        filled, row = 0, self.stream.rowCount() - 1
        while row >= 0 and filled < room:
            filled += self._fit_row(row)
            row -= 1
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _fit_in_sight(self) -> None:
        bar = self.verticalScrollBar()
        for _round in range(3):
            first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
            if first < 0:
                return
            last = last if last >= 0 else self.stream.rowCount() - 1
            before = self.rowViewportPosition(last), self.content_height()
            for row in range(first, last + 1):
                self._fit_row(row)
            if self.content_height() == before[1]:
                return
            # The lowest row in sight stands still; what grows pushes upwards.
            self.updateGeometries()
            bar.setValue(bar.value() + self.rowViewportPosition(last) - before[0])
