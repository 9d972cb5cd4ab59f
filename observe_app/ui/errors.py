"""Errors in the window: expected ones as words over the page, bugs once with their details; the program goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication

from observe_app.services import words
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def describe(error: BaseException) -> words.Words:
    """Words for an error in the language of the window."""
    return words.describe(error, _translate)


def _translate(text: str) -> str:
    lookup = QCoreApplication.translate  # the literals are marked where they stand, in services/words.py
    return lookup("errors", text)


def details(error: BaseException) -> str:
    """Traceback and versions, for "Copy details"; holds no note and no name."""
    trace = "".join(traceback.format_exception(error))
    return f"{trace}\nPython {platform.python_version()}, {platform.system()} {platform.release()}\n"


class ErrorReporter(QObject):
    """Turns exceptions into a sheet over the window. The last border: nothing passes it.

    Signals:
        reported: the exception, after it was shown or logged.
    """

    reported = Signal(object)
    _from_elsewhere = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._open: Sheet | None = None
        self._before: Hook | None = None
        self._before_threads: Callable[[threading.ExceptHookArgs], object] | None = None
        self._from_elsewhere.connect(self.show_error)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that shows now."""
        return self._open

    def set_window(self, window: QWidget) -> None:
        """Say where sheets appear; before that errors are only logged."""
        self._window = window

    def install(self) -> None:
        """Catch what nothing else caught, in slots and in threads."""
        self._before = sys.excepthook
        self._before_threads = threading.excepthook
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def uninstall(self) -> None:
        """Put the hooks back that were there."""
        if self._before is not None:
            sys.excepthook = self._before
            self._before = None
        if self._before_threads is not None:
            threading.excepthook = self._before_threads
            self._before_threads = None

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show an error; while one shows, further ones are only logged. Safe from any thread."""
        if QThread.currentThread() is not self.thread():
            self._from_elsewhere.emit(error)
            return
        if words.is_expected(error):
            # Not the error itself: its fields may quote what somebody wrote.
            log.info("Shown to the user: %s", type(error).__name__)
        else:
            log.error("Unexpected error", exc_info=error)
        if self._window is not None and self._open is None:
            self._show_sheet(self._window, error)
        self.reported.emit(error)

    def _show_sheet(self, window: QWidget, error: BaseException) -> None:
        told = describe(error)
        sheet = Sheet(told.title, window)
        sheet.setObjectName("error_sheet")
        sheet.body.addWidget(TextLabel(told.text, sheet, step="body", wrap=True))
        if told.hint:
            sheet.body.addWidget(TextLabel(told.hint, sheet, tone="muted", wrap=True))
        if not words.is_expected(error):
            copy = sheet.add_other(self.tr("Copy details"))
            copy.setObjectName("copy_details")
            copy.setProperty("details", details(error))
            copy.clicked.connect(self._on_copy)
        sheet.add_safe(self.tr("Go on"))
        sheet.closed.connect(self._on_closed)
        self._open = sheet
        sheet.open_over()

    @Slot()
    def _on_copy(self) -> None:
        button = self.sender()
        if button is not None:
            QGuiApplication.clipboard().setText(str(button.property("details")))

    @Slot()
    def _on_closed(self) -> None:
        self._open = None

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.show_error(error)

    def _on_uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._from_elsewhere.emit(args.exc_value)
