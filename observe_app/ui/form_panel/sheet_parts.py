"""Parts of the sheet that are no items: its head, the heads of sections, the line at its foot, the field of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.form import Section, text_in
from observe_app.ui.form_panel.form_item import MARGIN, WrappedText, line_height, small_line
from observe_app.ui.form_panel.item_keys import FORM_KEY, NUMBER_KEY
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, KeyHint, LineEdit, Plane, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class SheetHead(QWidget):
    """Name of the form, and the keys that reach its items."""

    def __init__(self, title: str, parent: QWidget, *, numbered: bool, number_key: str = NUMBER_KEY) -> None:
        super().__init__(parent)
        words = self.tr("Form · {title}").format(title=title)
        name = ElidedLabel(words.upper(), self, step="caption", tone="muted", mode=Qt.TextElideMode.ElideRight)
        name.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 4)
        row.setSpacing(12)
        row.addWidget(name, 1)
        row.addWidget(KeyHint(FORM_KEY, self.tr("+ key"), self))
        if numbered and number_key:
            row.addWidget(KeyHint(number_key, self.tr("number"), self))

    def fit(self) -> None:
        """One line, always."""
        self.resize(self.width(), self.sizeHint().height())


class SectionRow(QWidget):
    """Name of a section over a rule, and its help."""

    def __init__(self, section: Section, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = text_in(section.title, language)
        self._help = text_in(section.help, language)
        self._laid: tuple[WrappedText, WrappedText | None] | None = None
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._help)

    def fit(self) -> None:
        """Words wrap; take the height they need."""
        room = self.width() - 2 * MARGIN
        title = WrappedText(self._title, font("text", weight=600), line_height(), room)
        told = WrappedText(self._help, font("small"), small_line(), room) if self._help else None
        self._laid = title, told
        self.resize(self.width(), 8 + title.height + 7 + (told.height + 2 if told else 0) + 4)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        if event.oldSize().width() != event.size().width():
            self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title, rule, help."""
        if self._laid is None:
            return
        painter = QPainter(self)
        title, told = self._laid
        left = MARGIN
        title.draw(painter, left, 8, "ink")
        rule = 8 + title.height + 6
        painter.fillRect(left, rule, self.width() - 2 * MARGIN, 1, color("ink"))
        if told is not None:
            told.draw(painter, left, rule + 3, "muted")


class RequiredLine(Plane):
    """How many required items have no answer yet, and the way to the next.

    Signals:
        asked: the user wants to go there.
    """

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("side", parent)
        self.setObjectName("required_line")
        self.words = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.next = Button(self.tr("Go to the next"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.next.setObjectName("next_required")
        self.next.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 2, MARGIN - 8, 2)
        row.addWidget(self.words, 1)
        row.addWidget(self.next)
        self.hide()

    def set_count(self, count: int) -> None:
        """Say it; nothing is said of none."""
        one = self.tr("1 item marked * has no answer yet")
        self.words.setText(one if count == 1 else self.tr("%n items marked * have no answer yet", "", count))
        self.setVisible(count > 0)


class NumberBar(Plane):
    """The field for an item's number; what it names stands beside it before Enter goes there.

    Signals:
        edited: the number typed so far, 0 for none.
        accepted: Enter.
        closed: Esc, or the keyboard went elsewhere.
    """

    edited = Signal(int)
    accepted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("side", parent)
        self.setObjectName("number_bar")
        self.label = TextLabel(self.tr("Item number"), self, step="small", weight=600)
        self.field = LineEdit("", self)
        self.field.setObjectName("item_number")
        self.field.setAccessibleName(self.tr("Number of the item to go to"))
        self.field.setFixedWidth(scaled(64))
        self.field.setMaxLength(4)
        self.field.setValidator(QIntValidator(0, 9999, self.field))
        self.name = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.enter_hint = KeyHint(self.tr("Enter"), self.tr("go"), self, active=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 6, MARGIN, 6)
        row.setSpacing(10)
        for part in (self.label, self.field, self.name, self.enter_hint):
            row.addWidget(part, 1 if part is self.name else 0)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self.accepted)
        self.field.left.connect(self.closed)
        self.field.installEventFilter(self)
        self.hide()

    def open_with(self, text: str) -> None:
        """Take the keyboard with the first digits."""
        self.field.setText(text)
        self.name.setText("")
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_edited()

    def say(self, words: str, *, found: bool) -> None:
        """Show what the number names, or why nothing."""
        self.name.set_tone("ink" if found else "muted")
        self.name.setText(words)
        self.field.setAccessibleDescription(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes."""
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_edited(self) -> None:
        text = self.field.text()
        self.edited.emit(int(text) if text.isdigit() else 0)
