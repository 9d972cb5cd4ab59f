"""Labelled fields: a label over a line, a growing text area or any other editor, and one sentence under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.labels import TextLabel


class LineEdit(QLineEdit):
    """One line.

    Signals:
        left: focus went elsewhere; the page saves what is there.
    """

    left = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the user went on; a menu of the field itself does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextArea(QPlainTextEdit):
    """Several lines; grows with its text between two heights. Tab moves on.

    Signals:
        edited: the user changed the text (not the program, when it uses `set_text`).
        left: focus went elsewhere; the page saves what is there.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        lines: int = 2,
        most: int = 8,
        step: str = "text",
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._loading = False
        self.setFont(font(step))
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_text(text)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Load a text; does not count as an edit and keeps the cursor when nothing differs."""
        if text == self.toPlainText():
            return
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Height of the lines there are, within the two limits."""
        line = QFontMetrics(self.font()).lineSpacing()
        shown = round(self.document().documentLayout().documentSize().height())
        count = min(self._most, max(self._lines, shown))
        return QSize(240, count * line + 22)

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps into another number of lines; the document does not tell of that by itself."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the user went on."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    @Slot()
    def _on_size_changed(self) -> None:
        self.updateGeometry()


class ComboBox(QComboBox):
    """Choice from a list; the wheel scrolls the page, not the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's box and our arrow."""
        super().paintEvent(event)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = scaled(14)
        left = 8 if mirrored else self.width() - 8 - side
        ink = color("ink" if self.isEnabled() else "muted")
        paint_icon(QPainter(self), QRectF(left, (self.height() - side) / 2, side, side), "chevron-down", ink)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()


class Field(QWidget):
    """Label above an editor; one sentence below: a hint, or in `warm` what needs a look.

    The label is the editor's accessible name.
    """

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(parent)
        self._hint = hint
        self.editor = editor
        self.label = TextLabel(label, self, step="small", weight=600)
        self.label.setBuddy(editor)
        self.note = TextLabel(hint, self, step="small", tone="muted", wrap=True)
        self.note.setVisible(bool(hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.note)
        column.addStretch(1)
        editor.setAccessibleName(label)
        if hint:
            editor.setAccessibleDescription(hint)

    def add_mark(self, mark: QWidget) -> None:
        """Put a small mark at the end of the label's line."""
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.removeWidget(self.label)
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(self.label, 1)
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignBottom)
            column.insertLayout(0, head)

    def set_warning(self, sentence: str) -> None:
        """Say what needs a look; an empty sentence takes it away."""
        words = sentence or self._hint
        self.note.setText(words)
        self.note.set_tone("warm" if sentence else "muted")
        self.note.setVisible(bool(words))
        self.editor.setProperty("look", "warn" if sentence else "")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self.editor.setAccessibleDescription(words)
