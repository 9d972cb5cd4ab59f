"""The table of keys: Enter or a click on a row, then the new key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.domain.key_names import bare
from observe_app.domain.key_table import KeyKind, is_code_key, is_item_key, refused
from observe_app.ui.form_panel.item_keys import FORM_MODIFIER, form_key, types_text
from observe_app.ui.key_press import SYSTEM, pressed, shown
from observe_app.ui.key_words import refusal_words
from observe_app.ui.settings.key_lines import KeyLine
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_key_cap
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.ui.widgets.rows import Index

_LINE = Qt.ItemDataRole.UserRole
_ROW = 32
_SHOWN = 14
_WORDS_SHARE = 0.44
_CAP_SHARE = 0.22


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[KeyLine, ...] = ()

    def show(self, lines: Sequence[KeyLine]) -> None:
        """Show lines; where they are the same rows only what changed is told."""
        fresh = tuple(lines)
        if [line.target for line in fresh] == [line.target for line in self.lines]:
            before, self.lines = self.lines, fresh
            for row, (old, new) in enumerate(zip(before, fresh, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.lines = fresh
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and not self.lines[index.row()].target
        return Qt.ItemFlag.ItemIsEnabled if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.clash) if line.clash else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            none = self.tr("no key") if line.target else ""
            return ", ".join(part for part in (line.words, line.cap or none, line.clash) if part)
        return None


class _LineDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        line, view = index.data(_LINE), self._view
        if not isinstance(line, KeyLine) or not isinstance(view, KeyList):
            return
        painter.setLayoutDirection(view.layoutDirection())
        inner = QRectF(rect).adjusted(12, 0, -12, 0)
        words, cap, rest = _columns(inner, mirrored=view.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        if not line.target:
            draw_text(painter, inner, line.words, font=font("small", weight=600), color=color("muted"))
            return
        look = font("text", weight=600 if is_selected else None)
        draw_text(painter, words, line.words, font=look, color=color("muted" if line.fixed else "ink"))
        if view.listening == line.target:
            draw_text(painter, cap.united(rest), view.prompt, font=font("small", weight=600), color=color("accent"))
            return
        if line.cap:
            high = tokens().size.key_cap
            width = min(key_cap_width(line.cap), cap.width() - 8)
            left = cap.right() - width if view.layoutDirection() == Qt.LayoutDirection.RightToLeft else cap.left()
            box = QRectF(round(left), rect.top() + (rect.height() - high) // 2, width, high)
            paint_key_cap(painter, box, line.cap, active=not line.fixed)
        else:
            draw_text(painter, cap, view.tr("none"), font=font("small"), color=color("muted"))
        self._paint_remark(painter, rest, line)

    def _paint_remark(self, painter: QPainter, rest: QRectF, line: KeyLine) -> None:
        view = self._view
        if line.clash:
            side = scaled(14)
            mirrored = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = rest.right() - side if mirrored else rest.left()
            box = QRectF(left, rest.center().y() - side / 2, side, side)
            paint_icon(painter, box, "triangle-alert", color("warm"))
            room = rest.adjusted(0, 0, -side - 6, 0) if mirrored else rest.adjusted(side + 6, 0, 0, 0)
            draw_text(painter, room, line.clash, font=font("small"), color=color("warm"))
        elif line.own or line.fixed:
            said = view.tr("your own") if line.own else view.tr("stays as the system has it")
            draw_text(painter, rest, said, font=font("small"), color=color("muted"))


def _columns(inner: QRectF, *, mirrored: bool) -> tuple[QRectF, QRectF, QRectF]:
    """Return where words, cap and remark stand."""
    first, second = inner.width() * _WORDS_SHARE, inner.width() * _CAP_SHARE
    words = QRectF(inner.left(), inner.top(), first - 12, inner.height())
    cap = QRectF(inner.left() + first, inner.top(), second, inner.height())
    rest = QRectF(cap.right(), inner.top(), inner.right() - cap.right(), inner.height())
    if not mirrored:
        return words, cap, rest
    flipped = [QRectF(inner.left() + inner.right() - box.right(), box.top(), box.width(), box.height())
               for box in (words, cap, rest)]  # fmt: skip
    return flipped[0], flipped[1], flipped[2]


class KeyList(RowList):
    """Commands, or items and codes, each with its key.

    Enter or a click begins; the next key is the new one. Delete gives the usual key back, Backspace takes the key away,
    Esc leaves it as it is.

    Signals:
        chosen: target and the new key, "" for none. set_back: target whose usual key is wanted.
    """

    chosen = Signal(str, str)
    set_back = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, row_height=scaled(_ROW))
        self.listening = ""
        self._refused = ""
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.opened.connect(self._on_opened)
        self.selected.connect(self._on_selected)

    @property
    def lines(self) -> tuple[KeyLine, ...]:
        """What it shows."""
        return self._lines.lines

    @property
    def current(self) -> KeyLine | None:
        """The row chosen, None for none or a heading."""
        return self._current()

    @property
    def prompt(self) -> str:
        """What stands in the row that waits for its key."""
        return self._refused or self.tr("Press the new key. Esc leaves it.")

    def show_lines(self, lines: Sequence[KeyLine]) -> None:
        """Show lines; the row chosen stays where they are the same rows."""
        self.listen("")
        self._lines.show(lines)
        self.setFixedHeight(scaled(_ROW) * max(1, min(_SHOWN, len(lines))) + 2)

    def row_of(self, target: str) -> int:
        """Return the row of a target, -1 where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.target == target), -1)

    def choose(self, target: str) -> None:
        """Go to the row of a target."""
        row = self.row_of(target)
        if row >= 0:
            self.setCurrentIndex(self._lines.index(row))

    def listen(self, target: str) -> None:
        """Wait for the key of a target; "" for none."""
        if target == self.listening and not self._refused:
            return
        self.listening, self._refused = target, ""
        self.setAccessibleDescription(self.prompt if target else "")
        self.viewport().update()

    # -- Qt overrides

    def event(self, event: QEvent) -> bool:
        """While a row waits every key is its own, and no command of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self.listening:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.listening:
            self._take(event)  # before Qt looks for Tab
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace work on the row without waiting."""
        line = self._current()
        if line is not None and not line.fixed and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._put(line, event)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One click on a row waits for its key."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._on_opened(index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody waits for a key that goes elsewhere."""
        self.listen("")
        super().focusOutEvent(event)

    # -- slots

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        line = index.data(_LINE)
        if isinstance(line, KeyLine) and line.target and not line.fixed:
            self.listen(line.target)

    @Slot(QModelIndex)
    def _on_selected(self, _index: QModelIndex) -> None:
        self.listen("")

    # -- helpers

    def _current(self) -> KeyLine | None:
        line = self.currentIndex().data(_LINE)
        return line if isinstance(line, KeyLine) and line.target else None

    def _take(self, event: QKeyEvent) -> None:
        line = self.lines[self.row_of(self.listening)] if self.row_of(self.listening) >= 0 else None
        alone = pressed(event)
        if line is None or alone == "Esc":
            self.listen("")
        elif alone in ("Tab", "Shift Tab"):
            self.listen("")
            self.focusNextPrevChild(alone == "Tab")
        elif alone in ("Delete", "Backspace"):
            self._put(line, event)
        elif event.key() not in _HELD_ALONE:
            self._read(line, event)

    def _put(self, line: KeyLine, event: QKeyEvent) -> None:
        self.listen("")
        if event.key() == Qt.Key.Key_Delete:
            self.set_back.emit(line.target)
        else:
            self.chosen.emit(line.target, "")

    def _read(self, line: KeyLine, event: QKeyEvent) -> None:
        key, why = _key_for(line.kind, event)
        if why:
            self._refused = why
            self.setAccessibleDescription(why)
            self.viewport().update()
        elif key:
            self.listen("")
            self.chosen.emit(line.target, key)


_HELD_ALONE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


def _key_for(kind: KeyKind, event: QKeyEvent) -> tuple[str, str]:
    """Return the key that a press gives a row of this kind, and why it gives none."""
    name = pressed(event)
    if kind is KeyKind.COMMAND:
        why = refused(name, SYSTEM) if name else None
        return (name, "") if why is None else ("", refusal_words(why, shown(name)))
    bare_name = bare(name)
    if kind is KeyKind.ITEM:
        key = form_key(event) or (bare_name.upper() if types_text(event) else "")
        return (key, "") if is_item_key(key) else ("", refusal_words(None, shown(name), kind))
    alone = types_text(event) or event.modifiers() == FORM_MODIFIER
    key = bare_name.casefold() if alone else ""
    return (key, "") if is_code_key(key) else ("", refusal_words(None, shown(name), kind))
