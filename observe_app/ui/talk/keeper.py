"""Writes what is typed without being asked: after a pause, at once on leaving, and again when a write failed."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from observe_app.domain.errors import ObserveError

PAUSE_MS = 500
AGAIN_MS = 2000


class Unsaved(Protocol):
    """An editor with words that are only on the screen."""

    def store(self) -> None:
        """Write them.

        Raises:
            ObserveError: they could not be written and are still in the editor.
        """
        ...


class Keeper(QObject):
    """Knows which editors hold unsaved words.

    Signals:
        writing: words are on the screen that are not on the disk.
        saved: every word is on the disk again.
        failed: the ObserveError of a write; it is tried again until it succeeds.
        stored: a round of writing has ended, and every editor knows its record.
    """

    stored = Signal()
    writing = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Unsaved] = []
        self._storing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)

    @property
    def is_clean(self) -> bool:
        """Whether every word is on the disk."""
        return not self._waiting

    @property
    def is_storing(self) -> bool:
        """Whether an editor is just now writing: one that is new does not know its record yet."""
        return self._storing

    def touch(self, editor: Unsaved) -> None:
        """Say that an editor's words changed; they are written after a pause of half a second."""
        if editor not in self._waiting:
            self._waiting.append(editor)
        self._timer.start(PAUSE_MS)
        self.writing.emit()

    def forget(self, editor: Unsaved) -> None:
        """Say that an editor is gone with its record."""
        if editor in self._waiting:
            self._waiting.remove(editor)

    def flush(self) -> bool:
        """Write everything now; False when something could not be written and stays on the screen."""
        self._timer.stop()
        if not self._waiting:
            return True
        error: ObserveError | None = None
        self._storing = True
        try:
            for editor in tuple(self._waiting):
                try:
                    editor.store()
                except ObserveError as problem:
                    error = problem
                else:
                    self.forget(editor)
        finally:
            self._storing = False
        self.stored.emit()
        if error is not None:
            self._timer.start(AGAIN_MS)
            self.failed.emit(error)
            return False
        self.saved.emit()
        return True

    @Slot()
    def _on_pause(self) -> None:
        self.flush()
