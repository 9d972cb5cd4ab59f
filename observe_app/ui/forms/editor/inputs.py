"""Inputs that only the form editor has: a line that grows, a key that is pressed, a number that may be left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence
from PySide6.QtWidgets import QCheckBox

from observe_app.domain.errors import Invalid
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import LineEdit, TextArea

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget


_MARGIN, _EDGES = 2, 11
"""Around the words, and what padding and edge take of the height."""


class LineArea(TextArea):
    """One line of words that wraps where it is long; a line break in it is a space.

    Signals:
        finished: Enter was pressed.
        lines_pasted: several lines came from the clipboard; the input takes none of them itself.
    """

    finished = Signal()
    lines_pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", takes_lines: bool = False) -> None:
        super().__init__("", parent, placeholder=placeholder, lines=1, most=6)
        self._takes_lines = takes_lines
        self.document().setDocumentMargin(_MARGIN)
        self.document().clearUndoRedoStacks()  # the margin counts as an edit

    def sizeHint(self) -> QSize:
        """As high as any field where one line is enough."""
        line = QFontMetrics(self.font()).lineSpacing()
        height = round(self.document().documentLayout().documentSize().height())
        return QSize(240, max(tokens().size.control, min(6, max(1, height)) * line + 2 * _MARGIN + _EDGES))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint; a few words wide."""
        return QSize(scaled(72), self.sizeHint().height())

    def text(self) -> str:
        """The words, in one line."""
        return " ".join(self.toPlainText().split("\n"))

    def event(self, event: QEvent) -> bool:
        """With nothing of its own to take back, undo is the window's."""
        if event.type() == QEvent.Type.ShortcutOverride:
            key: QKeyEvent = event  # type: ignore[assignment]  # the type says so
            document = self.document()
            undo = key.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
            redo = key.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the line instead of breaking it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Several lines become one, or are handed on."""
        lines = [line.strip() for line in source.text().splitlines() if line.strip()]
        if self._takes_lines and len(lines) > 1:
            self.lines_pasted.emit(lines)
            return
        self.insertPlainText(" ".join(lines))


class KeyEdit(LineEdit):
    """Shows the key of an item; the person presses the key itself, Backspace takes it away.

    Signals:
        key_chosen: a key was pressed, "" when it was taken away.
    """

    key_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, placeholder=self.tr("none"))
        self._key = ""
        self._functions = False
        self._any = False
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(scaled(72))

    @property
    def key(self) -> str:
        """The key as a form stores it: "a", "f4", or ""."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show a key."""
        self._key = key
        self.setText(key.upper())

    def take(self, *, functions: bool, anything: bool = False) -> None:
        """Say which keys are possible: letters, with `functions` also F2 to F9, with `anything` any visible sign."""
        self._functions, self._any = functions, anything

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The pressed key is the answer."""
        key = event.key()
        number = key - Qt.Key.Key_F1 + 1
        text = event.text()
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._choose("")
        elif self._functions and 2 <= number <= 9:
            self._choose(f"f{number}")
        elif len(text) == 1 and (text.isalpha() or (self._any and text.isprintable() and not text.isspace())):
            self._choose(text.casefold()[:1])
        else:
            event.ignore()

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.set_key(key)
            self.key_chosen.emit()


class Tick(QCheckBox):
    """A check box that keeps itself like a field.

    Signals:
        left: after every click; the page saves at once.
    """

    left = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.clicked.connect(self.left)


def read_number(text: str, field: str, *, whole: bool = False) -> float | int | None:
    """Return a number typed with a point or a comma, None for nothing.

    Raises:
        Invalid: rule "not_a_number" or "not_whole".
    """
    words = text.strip().replace(",", ".")
    if not words:
        return None
    try:
        number = float(words)
    except ValueError:
        raise Invalid(field, text[:40], "not_a_number") from None
    if number != number or abs(number) > 1e9:  # noqa: PLR0124  (only what is no number differs from itself)
        raise Invalid(field, text[:40], "not_a_number")
    if whole and number != int(number):
        raise Invalid(field, text[:40], "not_whole")
    return int(number) if number == int(number) else number


def shown_number(value: float | None) -> str:
    """Return a number as it is typed."""
    return "" if value is None else f"{value:g}"
