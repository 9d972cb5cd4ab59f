"""The filter of the notes: one button with a menu, and chips that say what is on and take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from observe_app.ui.talk.note_filter import Narrow, NoteFilter, Offers, Wish
from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.paint import draw_text, rounded
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

_CROSS = 12
_PAD = 9
_GAP = 6
_MOST = 108
_LONG = 48


class FilterButton(Button):
    """Opens the menu of everything there is to narrow the notes by.

    Signals:
        wished: a Wish to be added, or taken away where it is on.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind=ButtonKind.PLAIN, size=ButtonSize.SMALL, icon="sliders-horizontal")
        self.setText(self.tr("Filter"))
        self.setObjectName("filter_notes")
        self.setToolTip(self.tr("Show some of the notes only: by tag, speaker, item, phase, or not used yet"))
        self._offers = Offers()
        self._names: Mapping[str, str] = {}
        self._filter = NoteFilter()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def set_offers(self, offers: Offers, names: Mapping[str, str], wanted: NoteFilter) -> None:
        """Offer these; `names` are those of the form's items by id, `wanted` is what is on."""
        self._offers, self._names, self._filter = offers, names, wanted

    @Slot()
    def _fill(self) -> None:
        menu, offers = self._menu, self._offers
        menu.clear()
        if offers.unused:
            self._add(menu, self.tr("Not used yet"), offers.unused, (Narrow.UNUSED, ""))
        if offers.starred:
            self._add(menu, self.tr("Starred"), offers.starred, (Narrow.STARRED, ""))
        if menu.actions():
            menu.addSeparator()
        self._group(self.tr("Speaker"), Narrow.SPEAKER, {who: (who, count) for who, count in offers.speakers})
        self._group(self.tr("Tag"), Narrow.TAG, {tag: (f"#{tag}", count) for tag, count in offers.tags})
        items = {item: (self._names.get(item, item), count) for item, count in offers.items}
        self._group(self.tr("Evidence for the item"), Narrow.ITEM, items)
        phases = {phase.event: (phase.name, count) for phase, count in offers.phases}
        self._group(self.tr("Phase"), Narrow.PHASE, phases)
        if menu.isEmpty():
            nothing = menu.addAction(self.tr("There is nothing to narrow by"))
            nothing.setEnabled(False)

    def _group(self, name: str, what: Narrow, values: dict[str, tuple[str, int]]) -> None:
        if values:
            part = self._menu.addMenu(name)
            for value, (words, count) in values.items():
                self._add(part, words, count, (what, value))

    def _add(self, menu: QMenu, words: str, count: int, wish: Wish) -> None:
        action = QAction(f"{_shortened(words)}\t{count}".replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(wish in self._filter.wishes)
        action.setData((wish[0].value, wish[1]))
        action.triggered.connect(self._on_triggered)
        menu.addAction(action)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            what, value = action.data()
            self.wished.emit((Narrow(what), value))


class FilterChip(QPushButton):
    """One thing that is asked of the notes; a click takes it away."""

    def __init__(self, wish: Wish, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.wish = wish
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(plain_tip(words) if len(words) > _LONG // 2 else "")
        self.setAccessibleName(self.tr("Filter: {what}. Press to take it away").format(what=words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words and cross; 24 high."""
        words = QFontMetrics(font("small", weight=600)).horizontalAdvance(self.text())
        return QSize(min(words, scaled(_MOST)) + 2 * _PAD + 5 + scaled(_CROSS), max(24, tokens().size.target))

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, words, cross."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        rounded(painter, rect, 6, fill=color("tint2" if self.underMouse() or self.isDown() else "tint"))
        side = scaled(_CROSS)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        cross = QRectF(_PAD if mirrored else rect.width() - _PAD - side, (rect.height() - side) / 2, side, side)
        paint_icon(painter, cross, "x", color("accent"))
        words = rect.adjusted(_PAD + side + 5, 0, -_PAD, 0) if mirrored else rect.adjusted(_PAD, 0, -_PAD - side - 5, 0)
        face = font("small", weight=600)
        shown = QFontMetrics(face).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()) + 1)
        draw_text(painter, words, shown, font=face, color=color("accent"))
        painter.end()


class FilterBar(QWidget):
    """How many notes are left of how many, and the chips; hidden while nothing is narrowed.

    Signals:
        wished: the Wish of a chip that was pressed. cleared: everything is to be shown again.
    """

    wished = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: tuple[FilterChip, ...] = ()
        self.count = TextLabel("", self, step="small", tone="muted", tabular=True)
        self.clear_button = Button(self.tr("Show all"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, keys="Esc")
        self.clear_button.setObjectName("clear_filter")
        self.clear_button.clicked.connect(self.cleared)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_filter(self, wanted: NoteFilter, words: Mapping[Wish, str], count: str) -> None:
        """Show what is on; `words` name it, `count` is a sentence such as "14 of 48 notes"."""
        if tuple((chip.wish, chip.text()) for chip in self.chips) != tuple((w, words[w]) for w in wanted.wishes):
            for chip in self.chips:
                chip.hide()
                chip.deleteLater()
            self.chips = tuple(FilterChip(wish, words[wish], self) for wish in wanted.wishes)
            before: QWidget = self.clear_button.previousInFocusChain() or self.clear_button
            for chip in self.chips:
                chip.clicked.connect(self._on_chip)
                chip.show()
                QWidget.setTabOrder(before, chip)
                before = chip
            QWidget.setTabOrder(before, self.clear_button)
        self.count.setText(count)
        self.setVisible(bool(wanted.wishes or wanted.words))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chips take another line where they need one."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room, x, y, high = self.width(), 0, 0, scaled(28)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for part in (*self.chips, self.count, self.clear_button):
            hint = part.sizeHint()
            width = min(hint.width(), room)
            if x and x + width > room:
                x, y = 0, y + high + 2
            top = y + (high - hint.height()) // 2
            part.setGeometry(room - x - width if mirrored else x, top, width, hint.height())
            x += width + (_GAP if part in self.chips else 2 * _GAP)
        if self.height() != y + high:
            self.setFixedHeight(y + high)

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.wished.emit(chip.wish)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]} …"
