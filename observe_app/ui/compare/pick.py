"""A choice in the header: its name over a list; or several at once from a sheet with a search line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, SearchField, Sheet, TextLabel
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionComboBox

SEVERAL = "\x1fseveral"
_KEY = Qt.ItemDataRole.UserRole


class Pick(QWidget):
    """One choice out of a list.

    Args:
        label: what is chosen, over the list.
        name: object name of the list.
        width: of the list at 100 %, in pixels.

    Signals:
        chosen: the key that the person chose.
    """

    chosen = Signal(str)

    def __init__(self, label: str, name: str, parent: QWidget | None = None, *, width: int = 180) -> None:
        super().__init__(parent)
        self._width = scaled(width)
        self.label = TextLabel(label, self, step="axis", tone="muted")
        self.list = _List(self)
        self.list.setObjectName(name)
        self.list.setAccessibleName(label)
        self.list.setMaximumWidth(self._width)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(6)
        self.list.setMaxVisibleItems(18)
        self.label.setBuddy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self._width)
        self.list.activated.connect(self._on_activated)

    @property
    def key(self) -> str:
        """Key of the choice that shows, "" without one."""
        return str(self.list.currentData(_KEY) or "")

    def offer(self, choices: Sequence[tuple[str, str]], key: str) -> None:
        """Offer these (key, words) and show one of them; the first where it is not among them. Sends nothing."""
        self.list.blockSignals(True)
        self.list.clear()
        for one, words in choices:
            self.list.addItem(words, one)
        self.list.setEnabled(bool(choices))
        self.list.setCurrentIndex(max(self.list.findData(key, _KEY), 0) if choices else -1)
        self.list.blockSignals(False)
        view = self.list.view()
        widest = max((view.fontMetrics().horizontalAdvance(words) for _key, words in choices), default=0)
        view.setMinimumWidth(min(widest + scaled(48), scaled(560)))
        self.list.setToolTip(plain_tip(self.list.currentText()))

    def sizeHint(self) -> QSize:
        """As wide as it was told."""
        return QSize(self._width, super().sizeHint().height())

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.list.setToolTip(plain_tip(self.list.currentText()))
        self.chosen.emit(str(self.list.itemData(index, _KEY) or ""))


class _List(ComboBox):
    """Words that have no room end in an ellipsis."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.width() - scaled(14) - 12 - scaled(18)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)


class SeveralSheet(Sheet):
    """Several of a list: typed words narrow it, Space ticks, the button names the act.

    Args:
        exactly: how many must be ticked, 0 for any number.

    Signals:
        taken: tuple of the keys that are ticked.
    """

    taken = Signal(object)

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        ticked: Sequence[str],
        parent: QWidget,
        *,
        exactly: int = 0,
    ) -> None:
        super().__init__(title, parent, width=640)
        self._exactly = exactly
        self.setObjectName("several_sheet")
        self.search = SearchField(self.tr("Find"), self)
        self.search.setObjectName("several_search")
        self.list = _TickList(self)
        self.list.setObjectName("several_list")
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(scaled(260))
        for key, words in choices:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.count_label = TextLabel("", self, step="small", tone="muted")
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(self.count_label)
        self.add_safe(self.tr("Leave as it was"))
        self.take_button = self.add_main(self.tr("Compare these"))
        self.take_button.setObjectName("several_take")
        self.search.textEdited.connect(self._on_typed)
        self.search.left_downwards.connect(self._on_down)
        self.list.itemChanged.connect(self._on_ticked)
        self.accepted.connect(self._on_accepted)
        self._on_ticked()

    def keys(self) -> tuple[str, ...]:
        """Return what is ticked, in the list's order."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(item.data(_KEY)) for item in rows if item.checkState() is Qt.CheckState.Checked)

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            text = item.text().casefold()
            item.setHidden(not all(word in text for word in wanted))

    @Slot()
    def _on_down(self) -> None:
        shown = (row for row in range(self.list.count()) if not self.list.item(row).isHidden())
        self.list.setCurrentRow(next(shown, -1))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_ticked(self) -> None:
        count = len(self.keys())
        words = self.tr("None ticked: all are shown.") if not count else self.tr("{n} ticked").format(n=count)
        if self._exactly:
            words = self.tr("{n} of {of} ticked").format(n=count, of=self._exactly)
            self.take_button.set_disabled_because("" if count == self._exactly else words)
        self.count_label.setText(words)

    @Slot()
    def _on_accepted(self) -> None:
        self.taken.emit(self.keys())


class _TickList(QListWidget):
    """Space and Enter tick the current line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if self.currentRow() >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
            return
        super().keyPressEvent(event)
