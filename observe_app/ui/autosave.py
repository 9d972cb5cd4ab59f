"""Fields that keep themselves: written after a pause or when left, one by one, with what the author had on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from observe_app.domain.changes import NOTHING_SEEN, Seen
from observe_app.domain.errors import Invalid, ObserveError
from observe_app.ui.errors import describe

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from observe_app.ui.widgets import Field, LineEdit, TextArea

PAUSE_MS = 500
AGAIN_MS = 2000

Values = Mapping[str, Any]
Write = Callable[[str, Any, Seen], tuple[Values, Seen]]
"""Writes one field of the record: (name, value, what was on screen) to (the record's values, what is on screen now)."""


class BoundField(QObject):
    """One field of a record and the editor that shows it."""

    def __init__(
        self,
        saver: FieldSaver,
        name: str,
        editor: QWidget,
        *,
        read: Callable[[], Any],
        show: Callable[[Any], None],
        warn: Callable[[str], None] | None,
    ) -> None:
        super().__init__(saver)
        self.name, self.editor = name, editor
        self._warn = warn
        self.read, self.show = read, show
        self.stored: Any = None
        self.seen = NOTHING_SEEN
        self.is_dirty = False
        self.has_held = False
        self._saver = saver

    @property
    def has_focus(self) -> bool:
        """Whether the person is in this field."""
        focused = self.editor.focusWidget() or self.editor
        return self.editor.hasFocus() or (self.editor.isAncestorOf(focused) and focused.hasFocus())

    def warn(self, sentence: str) -> None:
        """Say what needs a look; "" when nothing does."""
        if self._warn is not None:
            self._warn(sentence)

    @Slot()
    def on_edited(self) -> None:
        """The person typed."""
        self._saver.touch(self.name)

    @Slot()
    def on_left(self) -> None:
        """The person went on."""
        self._saver.leave_field(self.name)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A field with nothing of its own to take back leaves Ctrl+Z to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = _undo_available(self.editor)
            for key, available in ((QKeySequence.StandardKey.Undo, undo), (QKeySequence.StandardKey.Redo, redo)):
                if event.matches(key) and not available:
                    event.ignore()
                    return True
        return False


class FieldSaver(QObject):
    """The fields of one record.

    Signals:
        writing: something on the screen is not on the disk.
        saved: every field is on the disk.
        failed: the ObserveError of a write; it is tried again until it succeeds.
    """

    writing = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, write: Write, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._write = write
        self._fields: dict[str, BoundField] = {}
        self._seen = NOTHING_SEEN
        self._refused: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)

    # --- binding ----------------------------------------------------------------------------------

    def bind_line(
        self,
        name: str,
        line: LineEdit,
        note: Field | None = None,
        *,
        read: Callable[[str], Any] = str,
        show: Callable[[Any], str] = str,
    ) -> None:
        """Keep a field edited in one line; `read` may raise `Invalid`."""
        bound = BoundField(
            self,
            name,
            line,
            read=lambda: read(line.text()),
            show=lambda value: _show_line(line, show(value)),
            warn=note.set_warning if note is not None else None,
        )
        self._add(bound, line.textEdited, line.left)

    def bind_area(self, name: str, area: TextArea, note: Field | None = None) -> None:
        """Keep a field edited in several lines."""
        self._add(
            BoundField(
                self,
                name,
                area,
                read=area.text,
                show=area.set_text,
                warn=note.set_warning if note is not None else None,
            ),
            area.edited,
            area.left,
        )

    def bind(
        self,
        name: str,
        editor: QWidget,
        edited: SignalInstance,
        left: SignalInstance,
        *,
        read: Callable[[], Any],
        show: Callable[[Any], None],
        warn: Callable[[str], None] | None = None,
    ) -> None:
        """Keep a field with an editor of its own; `read` may raise `Invalid`."""
        self._add(BoundField(self, name, editor, read=read, show=show, warn=warn), edited, left)

    def _add(self, bound: BoundField, edited: SignalInstance, left: SignalInstance) -> None:
        edited.connect(bound.on_edited)
        left.connect(bound.on_left)
        bound.editor.installEventFilter(bound)
        self._fields[bound.name] = bound

    # --- public -----------------------------------------------------------------------------------

    @property
    def is_clean(self) -> bool:
        """Whether every field is on the disk."""
        return not any(bound.is_dirty for bound in self._fields.values())

    def reset(self, values: Values, seen: Seen) -> None:
        """Show another record; nothing of the last one is waiting any more."""
        self._timer.stop()
        self._refused = None
        for bound in self._fields.values():
            bound.is_dirty = False
            bound.warn("")
            bound.stored = values[bound.name]
            bound.show(bound.stored)
        self._seen = seen

    def load(self, values: Values, seen: Seen) -> None:
        """Show what changed elsewhere; a field with words of its own stays as it is, and so does what it had seen."""
        for bound in self._fields.values():
            fresh = values[bound.name]
            if not bound.is_dirty and fresh != bound.stored:
                bound.stored = fresh
                bound.show(fresh)
                bound.warn("")
        self._seen = seen

    def touch(self, name: str) -> None:
        """Say that a field's words changed; they are written after a pause of half a second."""
        bound = self._fields[name]
        if not bound.is_dirty:
            bound.is_dirty = True
            bound.seen = self._seen
        bound.has_held = False
        self._timer.start(PAUSE_MS)
        self.writing.emit()

    def leave_field(self, name: str) -> None:
        """Say that the person went on from a field: it is written now and shown as it is kept."""
        self.flush()
        bound = self._fields[name]
        if not bound.is_dirty:
            bound.show(bound.stored)
            bound.warn("")

    def flush(self, *, strict: bool = True) -> bool:
        """Write everything now.

        Args:
            strict: say what is wrong with a value; not while the person may still be typing it.

        Returns:
            False when something could not be written and stays on the screen.
        """
        self._timer.stop()
        waiting = [bound for bound in self._fields.values() if bound.is_dirty]
        problem: ObserveError | None = None
        for bound in waiting:
            try:
                self._store(bound)
            except Invalid as error:
                self._refused = bound.name
                if strict:
                    bound.warn(_sentence(error))
            except ObserveError as error:
                problem = error
        if problem is not None:
            self._timer.start(AGAIN_MS)
            self.failed.emit(problem)
        clean = self.is_clean
        if waiting and clean:
            self._refused = None
            self.saved.emit()
        return clean

    def leave(self) -> bool:
        """Write everything, for leaving the page; a value that is no value holds the person once, at its field."""
        if self.flush():
            return True
        dirty = [bound for bound in self._fields.values() if bound.is_dirty]
        if self._refused is not None and all(bound.has_held for bound in dirty):
            for bound in dirty:
                bound.is_dirty = False
                bound.show(bound.stored)
                bound.warn("")
            return True
        refused = [bound for bound in dirty if bound.name == self._refused]
        for bound in refused:
            bound.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            bound.has_held = True
        return False

    # --- helpers ----------------------------------------------------------------------------------

    def _store(self, bound: BoundField) -> None:
        value = bound.read()
        if value == bound.stored:
            bound.is_dirty = False
            return
        values, fresh = self._write(bound.name, value, bound.seen)
        bound.is_dirty = False
        bound.stored = values[bound.name]
        bound.warn("")
        if not bound.has_focus:
            bound.show(bound.stored)
        self.load(values, fresh)

    @Slot()
    def _on_pause(self) -> None:
        self.flush(strict=False)


def _show_line(line: LineEdit, text: str) -> None:
    if text != line.text():
        line.setText(text)
        line.setCursorPosition(0)  # a long text shows its beginning


def _sentence(error: Invalid) -> str:
    told = describe(error)
    return f"{told.text} {told.hint}".strip()


def _undo_available(editor: QObject) -> tuple[bool, bool]:
    if isinstance(editor, QLineEdit):
        return editor.isUndoAvailable(), editor.isRedoAvailable()
    if isinstance(editor, QPlainTextEdit):
        return editor.document().isUndoAvailable(), editor.document().isRedoAvailable()
    return True, True
