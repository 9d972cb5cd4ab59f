"""A link that says what is chosen, and opens the list of what else there is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from observe_app.ui.theme import font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize
from observe_app.ui.widgets.tips import plain_tip

_LEAST = 72
_BESIDE = 38
"""Padding and the chevron."""
_LONGEST_ENTRY = 420


class ChoiceButton(Button):
    """Words of what is chosen; they give up their middle where there is no room, and are whole in the tooltip."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        """Make one; `what` names what is chosen, for a screen reader."""
        super().__init__("", parent, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self._what, self._whole = what, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.list = QMenu(self)
        self.setMenu(self.list)

    @property
    def whole(self) -> str:
        """The words, however much of them shows."""
        return self._whole

    def show_words(self, words: str) -> None:
        """Say what is chosen."""
        self._whole = words
        self.setAccessibleName(self.tr("{what}: {words}").format(what=self._what, words=words))
        self.updateGeometry()
        self._fit()

    def begin_part(self, title: str) -> QActionGroup:
        """Begin a part of the list in which one entry is chosen."""
        if not self.list.isEmpty():
            self.list.addSeparator()
        group = QActionGroup(self.list)
        group.setObjectName(title)
        return group

    def add_entry(self, words: str, data: object, *, chosen: bool, group: QActionGroup | None = None) -> QAction:
        """Add an entry that is chosen or not; connect its `triggered`."""
        room = scaled(_LONGEST_ENTRY)
        short = QFontMetrics(self.list.font()).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        action = QAction(short.replace("&", "&&"), self.list)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.setData(data)
        if group is not None:
            group.addAction(action)
        self.list.addAction(action)
        return action

    @Slot()
    def clear_list(self) -> None:
        """Take all entries away."""
        self.list.clear()
        for group in self.list.findChildren(QActionGroup):
            group.deleteLater()

    def sizeHint(self) -> QSize:
        """The whole words."""
        width = QFontMetrics(font("small", weight=600)).horizontalAdvance(self._whole) + scaled(_BESIDE)
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(min(scaled(_LEAST), self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many of the words as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(font("small", weight=600))
        room = max(0, self.width() - scaled(_BESIDE) + 1)
        short = metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(short.replace("&", "&&"))
        self.setToolTip(plain_tip(self._whole) if short != self._whole else "")
