"""Dialogs as a sheet over the dimmed page in the same window; Escape is the safe answer.

A sheet is opened, never run: results come by signal. Focus stays inside and starts on the safe button.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.widgets.button import Button, ButtonKind
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.layout import SCROLL_BAR
from observe_app.ui.widgets.paint import rounded
from observe_app.ui.widgets.shortcuts import ShortcutPause

DIM = 0.42
_EDGE = 24
_LEAST_PANE = 72


class Sheet(QWidget):
    """A dialog of one title, a body and its buttons. Fill `body`, add buttons, call `open_over`.

    Signals:
        accepted: the main button was pressed.
        rejected: the safe button or Escape.
        closed: the sheet is gone, after either.
    """

    accepted = Signal()
    rejected = Signal()
    closed = Signal()

    def __init__(self, title: str, parent: QWidget, *, width: int = 680) -> None:
        """Make a sheet; it lives in the window of `parent` and is deleted when closed."""
        self._host = parent.window()
        super().__init__(self._host)
        self._wanted_width = width
        self._return_focus: QWidget | None = None
        self._safe: Button | None = None
        self._main: Button | None = None
        self._enter_accepts = False
        self._pause = ShortcutPause()
        self.hide()
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card = Card(self)
        self.title_label = TextLabel(title, self._card, step="page", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(12)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(16)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self.title_label)
        column.addLayout(self._head)
        column.addLayout(self.body)
        column.addSpacing(4)
        column.addLayout(self.buttons)

    @property
    def safe_button(self) -> Button | None:
        """The button Escape stands for."""
        return self._safe

    @property
    def main_button(self) -> Button | None:
        """The button that does what the title says."""
        return self._main

    def add_lead(self, text: str) -> TextLabel:
        """Add a sentence right below the title."""
        lead = TextLabel(text, self._card, tone="muted", wrap=True)
        self._head.addWidget(lead)
        return lead

    def fit(self, pane: QScrollArea, most: int) -> None:
        """Give a pane in the body the height of what is in it, once that is shown.

        It takes at most `most` px and no more than the window has; beyond that it scrolls beside its bar.
        """
        inside = pane.widget()
        layout, card = inside.layout() if inside is not None else None, self._card.layout()
        if inside is None or layout is None or card is None:
            return
        pane.setFixedHeight(1)
        for part in (self._head, self.body, card):  # each remembers its height until the events are done
            part.invalidate()
        self._place()
        outer, inner = card.contentsMargins(), layout.contentsMargins()
        width = self._card.width() - outer.left() - outer.right()
        room = self.height() - 2 * _EDGE - card.totalHeightForWidth(self._card.width()) + 1
        most = max(scaled(_LEAST_PANE), min(most, room))
        high = 0
        for beside in (0, SCROLL_BAR + 4):
            mirrored = self.isRightToLeft()  # margins do not change sides, the bar does
            layout.setContentsMargins(beside if mirrored else 0, inner.top(), 0 if mirrored else beside, inner.bottom())
            high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            if high <= most:
                break
        inside.setMinimumHeight(high)
        pane.setFixedHeight(min(high, most))

    def add_safe(self, text: str) -> Button:
        """Add the button that changes nothing."""
        self._safe = Button(text, self._card)
        self._safe.clicked.connect(self.reject)
        self.buttons.addWidget(self._safe)
        return self._safe

    def add_main(self, text: str, *, icon: str = "", enter_accepts: bool = False) -> Button:
        """Add the button that names the act; `enter_accepts`: Enter in a line presses it."""
        self._enter_accepts = enter_accepts
        self._main = Button(text, self._card, kind=ButtonKind.PRIMARY, icon=icon)
        self._main.clicked.connect(self.accept)
        self.buttons.addWidget(self._main)
        return self._main

    def add_other(self, text: str) -> Button:
        """Add a button at the far side that neither accepts nor rejects by itself."""
        button = Button(text, self._card)
        self.buttons.insertWidget(0, button)
        return button

    def open_over(self) -> None:
        """Dim the window and show the sheet."""
        self._return_focus = QApplication.focusWidget()
        self._host.installEventFilter(self)
        self._pause.begin(self._host, keep=self)
        self.setGeometry(self._host.rect())
        self._place()
        self.show()
        self.raise_()
        start = self._safe or self._main or self._first_focusable()
        if start is not None:
            start.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    @Slot()
    def accept(self) -> None:
        """Close with the main answer."""
        self._close()
        self.accepted.emit()
        self.closed.emit()

    @Slot()
    def reject(self) -> None:
        """Close with the safe answer."""
        self._close()
        self.rejected.emit()
        self.closed.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the sheet."""
        widgets = self._focusable()
        if not widgets:
            return True
        current = QApplication.focusWidget()
        index = widgets.index(current) if current in widgets else -1
        target = widgets[(index + (1 if forward else -1)) % len(widgets)]
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is the safe answer; nothing goes to the page behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
            elif self._enter_accepts and self._main is not None and self._main.isEnabled():
                self._main.click()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The dimmed page takes no clicks."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card keeps its place."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Grow when the content asks for it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dimming."""
        dim = QColor(tokens().color.scrim)
        dim.setAlphaF(DIM)
        QPainter(self).fillRect(self.rect(), dim)

    def _place(self) -> None:
        width = min(scaled(self._wanted_width), self.width() - 2 * _EDGE)
        layout = self._card.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        height = wanted if wanted > 0 else self._card.sizeHint().height()
        height = min(height, self.height() - 2 * _EDGE)
        top = max(_EDGE, (self.height() - height) // 2 - 20)
        self._card.setGeometry(QRect(QPoint((self.width() - width) // 2, top), self._card.size()))
        self._card.resize(width, height)

    def _focusable(self) -> list[QWidget]:
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            tabbable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if self.isAncestorOf(widget) and tabbable and widget.isVisible() and widget.isEnabled():
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found

    def _first_focusable(self) -> QWidget | None:
        return next(iter(self._focusable()), None)

    def _close(self) -> None:
        self._host.removeEventFilter(self)
        self._pause.end()
        self.hide()
        before = self._return_focus
        # What is behind the sheet may have been filled anew meanwhile.
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.deleteLater()


class Card(QWidget):
    """The plane of what lies over the dimmed page: radius 10, an edge where the dimming does not tell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rounded plane."""
        edge = color("line") if tokens().scheme.is_dark or tokens().scheme.is_contrast else None
        rounded(QPainter(self), QRectF(self.rect()), tokens().size.radius_dialog, fill=color("bg"), edge=edge)
