"""The privacy blank: one key hides the whole window behind the time of day; clocks and timers run on behind it.

Keys that record are dead while it shows: what is pressed by somebody who passes by must not get into the lesson.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from observe_app.domain.clock import SystemClock
from observe_app.ui.key_press import pressed, shown
from observe_app.ui.moments import time_words
from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock

_TICK_MS = 1000
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Blank(QWidget):
    """Covers a window; a click, Esc or its key gives the window back, with the keyboard where it was.

    The keyboard goes and comes as with the whole window, so that a selection stays and unfinished words are kept.
    Other windows of the program go meanwhile and come back with it; open menus and lists close.

    Signals:
        covered: the window is hidden. uncovered: it shows again.
    """

    covered = Signal()
    uncovered = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._clock: Clock = SystemClock()
        self._key = ""
        self._back: QWidget | None = None
        self._others: list[tuple[QWidget, Qt.WindowModality]] = []
        self.setObjectName("blank")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        # Of no parent: what lies over the page puts every shortcut below the window to rest, and this one must not.
        self.action = QAction()
        self.action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.action.setAutoRepeat(False)
        self.action.triggered.connect(self.toggle)
        host.addAction(self.action)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_second)
        self._shown_time = ""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self._name()

    # -- public

    @property
    def is_covering(self) -> bool:
        """Whether the window is hidden now."""
        return self.isVisibleTo(self._host)

    @property
    def key(self) -> str:
        """Its key as the table writes it, "" for none."""
        return self._key

    @property
    def time_text(self) -> str:
        """The time of day shown."""
        return time_words(self._clock.now(), self._clock.zone_name())

    @property
    def way_back(self) -> str:
        """The sentence that says how the window comes back."""
        if not self._key:
            return self.tr("Esc or a click goes back. Other keys do nothing.")
        return self.tr("{key}, Esc or a click goes back. Other keys do nothing.").format(key=shown(self._key))

    def set_clock(self, clock: Clock) -> None:
        """Read the time of day there."""
        self._clock = clock

    def set_key(self, key: str) -> None:
        """Obey a key, as the table writes it; "" for none."""
        self._key = key
        sequence = key.replace(" ", "+").replace("Enter", "Return").replace("PageUp", "PgUp")
        sequence = sequence.replace("PageDown", "PgDown")
        self.action.setShortcut(QKeySequence(sequence) if key else QKeySequence())
        self._name()
        self.update()

    @Slot()
    def toggle(self) -> None:
        """Hide the window, or show it again."""
        (self.uncover if self.is_covering else self.cover)()

    @Slot()
    def cover(self) -> None:
        """Hide everything."""
        if self.is_covering:
            return
        self._back = QApplication.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        QToolTip.hideText()
        self._host.installEventFilter(self)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        for window in QApplication.topLevelWidgets():
            self._hide_other(window)
        self.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._tick.start()
        self.covered.emit()

    @Slot()
    def uncover(self) -> None:
        """Show everything as it was."""
        if not self.is_covering:
            return
        self._host.removeEventFilter(self)
        self._tick.stop()
        back, self._back = self._back, None
        others, self._others = self._others, []
        self.hide()
        for window, modality in others:
            if shiboken6.isValid(window):
                window.setWindowModality(modality)
                window.show()
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.uncovered.emit()

    # -- slots

    @Slot()
    def _on_second(self) -> None:
        if self.time_text != self._shown_time:
            self.update()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What opens meanwhile goes behind, too, and has the keyboard afterwards; dialogs obey the key."""
        if new is None or new is self:
            return
        window = new.window()
        if not self.is_covering:
            if window is not self._host and self.action not in window.actions():
                window.addAction(self.action)
            return
        self._back = new
        # Not now: the focus is still on its way.
        QTimer.singleShot(0, self, self._stay)

    @Slot()
    def _stay(self) -> None:
        if self.is_covering:
            for window in QApplication.topLevelWidgets():
                self._hide_other(window)
            self.raise_()
            self.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    # -- Qt overrides

    def event(self, event: QEvent) -> bool:
        """No key is a command of the window while it is hidden."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and its own key go back; all others are dead."""
        name = pressed(event)
        if not event.isAutoRepeat() and (name == "Esc" or (self._key and name == self._key)):
            self.uncover()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes back; it does nothing on the page behind."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """At the release, so that the page behind gets no half of a click."""
        event.accept()
        self.uncover()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """The keyboard stays."""
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and above whatever comes to it."""
        if watched is self._host:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._host.rect())
            elif event.type() == QEvent.Type.ChildAdded:
                QTimer.singleShot(0, self, self._stay)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """It is hidden, never closed."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The time of day, and how to come back."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("bg"))
        self._shown_time = self.time_text
        centre, line = self.rect().center(), tokens().type["clock"].line
        clock = QRect(QPoint(0, centre.y() - line), self.rect().size())
        clock.setHeight(line)
        look = font("clock", tabular=True)
        draw_text(painter, clock, self._shown_time, font=look, color=color("muted"), align=_CENTRE)
        foot = QRect(0, self.height() - scaled(52), self.width(), scaled(24))
        draw_text(painter, foot, self.way_back, font=font("small"), color=color("muted"), align=_CENTRE)

    # -- helpers

    def _hide_other(self, window: QWidget) -> None:
        """Hide another window of the program until this one comes back."""
        if window is self._host or not window.isWindow() or not window.isVisible():
            return
        if window.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup):
            window.close()
            return
        self._others.append((window, window.windowModality()))
        window.hide()

    def _name(self) -> None:
        self.setAccessibleName(self.tr("The screen is hidden"))
        self.setAccessibleDescription(self.way_back)


def blank_of(widget: QWidget) -> Blank | None:
    """Return the blank of the window that a widget stands in, None where it has none."""
    return widget.window().findChild(Blank)
