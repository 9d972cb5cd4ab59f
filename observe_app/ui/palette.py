"""Ctrl+K: the user types a few letters of any person, visit, note or command, and Enter goes there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.focus_ring import set_focus_ring
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.layout import Rule
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap
from observe_app.ui.widgets.rows import Index, RowDelegate, RowList
from observe_app.ui.widgets.search_field import SearchField
from observe_app.ui.widgets.sheet import DIM, Card
from observe_app.ui.widgets.shortcuts import ShortcutPause

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

_ENTRY = Qt.ItemDataRole.UserRole
_ROW = 44
_MOST = 50
_WIDTH = 640
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something to go to.

    Attributes:
        kind: word at the right ("Person", "Visit", "Command").
        action: called after the palette closed.
        keys: shortcut, shown as a keycap.
        found: True when the provider searched by itself (words in notes); the title need not match then.
    """

    kind: str
    title: str
    action: Callable[[], object]
    subtitle: str = ""
    icon: str = ""
    keys: str = ""
    found: bool = False


Provider = Callable[[str], Sequence[PaletteEntry]]


def fold(text: str) -> str:
    """Lower case without accents, so that "eleve" finds "Élève"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def match_score(query: str, text: str) -> int:
    """How well a text answers a query: 0 not at all, more is better.

    4 the text begins so, 3 every word of the query begins a word, 2 it is inside, 1 its letters come in order.
    """
    wanted, given = fold(query.strip()), fold(text)
    if not wanted or given.startswith(wanted):
        return 4
    words = given.replace("-", " ").split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 3
    if wanted in given:
        return 2
    letters = iter(given)
    return int(all(letter in letters for letter in wanted if letter != " "))


def rank(query: str, entries: Sequence[PaletteEntry]) -> list[PaletteEntry]:
    """Entries that answer the query, best first; equal ones keep the order of their providers."""
    scored: list[tuple[int, PaletteEntry]] = []
    for entry in entries:
        second = match_score(query, entry.subtitle) if query else 0
        score = max(match_score(query, entry.title), min(2, second) if second > 1 else 0)  # no scattered letters there
        if entry.found:
            score = max(score, 1)
        if score:
            scored.append((score, entry))
    scored.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in scored[:_MOST]]


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: tuple[PaletteEntry, ...] = ()

    def show(self, entries: Sequence[PaletteEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.subtitle, entry.kind) if part)
        return None


class _EntryDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, PaletteEntry):
            return
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(20, 0, -20, 0)
        side = scaled(18)
        icon_left = inner.right() - side + 1 if mirrored else inner.left()
        if entry.icon:
            box = QRectF(icon_left, rect.center().y() - side / 2 + 0.5, side, side)
            paint_icon(painter, box, entry.icon, color("accent" if is_selected else "muted"))
        words = inner.adjusted(0, 0, -side - 14, 0) if mirrored else inner.adjusted(side + 14, 0, 0, 0)
        end = _end_width(entry)
        words = words.adjusted(end, 0, 0, 0) if mirrored else words.adjusted(0, 0, -end, 0)
        top = QRect(words.left(), rect.top() + scaled(4), words.width(), scaled(20)) if entry.subtitle else words
        title = font("text", weight=600 if is_selected or entry.subtitle else 400)
        draw_text(painter, top, entry.title, font=title, color=color("ink"))
        if entry.subtitle:
            low = QRect(words.left(), rect.top() + scaled(22), words.width(), scaled(18))
            draw_text(painter, low, entry.subtitle, font=font("small"), color=color("muted"))
        _paint_end(painter, inner, entry, mirrored=mirrored)


def _end_width(entry: PaletteEntry) -> int:
    return scaled(84) + 12 + (key_cap_width(entry.keys) + 12 if entry.keys else 0)


def _paint_end(painter: QPainter, inner: QRect, entry: PaletteEntry, *, mirrored: bool) -> None:
    cap = key_cap_width(entry.keys) + 12 if entry.keys else 0
    if entry.keys:
        left, high = inner.left() if mirrored else inner.right() - cap + 12, scaled(18)
        paint_key_cap(
            painter, QRectF(left, inner.center().y() - high / 2 + 0.5, cap - 12, high), entry.keys, active=False
        )
    box = QRect(inner.left() + cap, inner.top(), scaled(84), inner.height())
    if not mirrored:
        box.moveRight(inner.right() - cap)
    align = Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight)
    draw_text(painter, box, entry.kind, font=font("small"), color=color("muted"), align=align)


class CommandPalette(QWidget):
    """Search line and results over the dimmed window; Escape closes.

    Signals:
        closed: the palette went away, with or without a choice.
    """

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._providers: list[Provider] = []
        self._return_focus: QWidget | None = None
        self._pause = ShortcutPause()
        self.hide()
        self.setAccessibleName(self.tr("Find"))
        self._card = Card(self)
        self.search_field = SearchField(self.tr("Find a person, visit, note or command"), self._card)
        self.search_field.setFont(font("note"))
        self.search_field.setObjectName("palette_search")
        set_focus_ring(self.search_field, shown=False)
        self.result_list = RowList(self.tr("Results"), self._card, row_height=scaled(_ROW))
        self.result_list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.result_list.setItemDelegate(_EntryDelegate(self.result_list, rule=False))
        self._model = _Entries(self)
        self.result_list.setModel(self._model)
        self.nothing_label = TextLabel(self.tr("Nothing found"), self._card, tone="muted")
        self.nothing_label.setContentsMargins(20, 8, 20, 12)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 6, 1, 6)
        column.setSpacing(6)
        column.addWidget(self.search_field)
        column.addWidget(Rule(self._card))
        column.addWidget(self.nothing_label)
        column.addWidget(self.result_list, 1)
        self.search_field.installEventFilter(self)
        self.search_field.textEdited.connect(self._on_edited)
        self.result_list.clicked.connect(self._on_chosen)

    def add_provider(self, provider: Provider) -> None:
        """Let the palette find more; providers are asked in the order they came, at each letter."""
        self._providers.append(provider)

    def set_providers(self, providers: Sequence[Provider]) -> None:
        """Ask these and no others from now on."""
        self._providers = list(providers)

    def open(self) -> None:
        """Show, empty, with the keyboard in the search line."""
        if self.isVisible():
            return
        self._return_focus = QApplication.focusWidget()
        self._host.installEventFilter(self)
        self._pause.begin(self._host, keep=self)
        self.search_field.clear()
        self._on_edited("")
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Go away and give the keyboard back."""
        if not self.isVisible():
            return
        self._host.removeEventFilter(self)
        self.hide()
        if self._return_focus is not None and self._return_focus.isVisible():
            self._return_focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._return_focus = None
        self.closed.emit()

    def entries(self) -> tuple[PaletteEntry, ...]:
        """What is listed now, best first."""
        rows = range(self._model.rowCount())
        return tuple(self._model.index(row).data(_ENTRY) for row in rows)

    def paused_actions(self) -> tuple[QAction, ...]:
        """Actions that rest only because the palette is open; they may still be listed."""
        return self._pause.actions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the search line move through the list; the window's size is followed."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        if watched is self.search_field and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)  # type: ignore[arg-type]
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Shortcuts of the window work again."""
        self._pause.end()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card keeps its place."""
        super().resizeEvent(event)
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dimming."""
        dim = QColor(tokens().color.scrim)
        dim.setAlphaF(DIM)
        QPainter(self).fillRect(self.rect(), dim)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """The keyboard stays in the search line."""
        return True

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        found = [entry for provider in self._providers for entry in provider(text)]
        entries = rank(text, found)
        self._model.show(entries)
        self.nothing_label.setVisible(not entries)
        self.result_list.setVisible(bool(entries))
        if entries:
            self._select(0)
        self._place()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY)  # before closing: closing wakes the actions that an entry may trigger
        self.close_palette()
        if isinstance(entry, PaletteEntry):
            entry.action()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.result_list.currentIndex().isValid():
                self._on_chosen(self.result_list.currentIndex())
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}.get(Qt.Key(key))
        if step is None:
            return False
        count = self._model.rowCount()
        if count:
            self._select(max(0, min(count - 1, self.result_list.currentIndex().row() + step)))
        return True

    def _select(self, row: int) -> None:
        index = self._model.index(row)
        self.result_list.setCurrentIndex(index)
        self.search_field.setAccessibleDescription(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _place(self) -> None:
        width = min(scaled(_WIDTH), self.width() - 48)
        count = self._model.rowCount()
        height = scaled(42) + 27 + (scaled(_ROW) * min(count, _SHOWN) if count else scaled(40))
        self._card.setGeometry((self.width() - width) // 2, min(96, self.height() // 8), width, height)
