"""Full names of students on their way out: each with the words around it, and other words in its place."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import name_places
from observe_app.ui.errors import describe
from observe_app.ui.theme import color, paint_icon, scaled, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit, TextLabel
from observe_app.ui.widgets.layout import clear_layout
from observe_app.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.core import Core
    from observe_app.services.wording import NameInText

_MOST = 12
_BAR = 4
_STAND_IN_WIDE = 116


class NamesPart(QWidget):
    """The names found; hidden without any.

    Signals:
        replaced: a name gave way, and what leaves is to be read again.
        asked: the `NameInText` whose place the person wants to see.
        grown: more of them are shown.
    """

    replaced = Signal()
    asked = Signal(object)
    grown = Signal()

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release_names")
        self._core, self._visit_id = core, visit_id
        self._found: tuple[NameInText, ...] = ()
        self._most = _MOST
        self._next_row: int | None = None
        self._typed: dict[NameInText, str] = {}
        self._last: dict[str, str] = {}
        self.title = TextLabel("", self, weight=600, tone="warm", wrap=True)
        self.told = TextLabel("", self, step="small", tone="err", wrap=True)
        self.told.hide()
        self.more_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.more_button.setObjectName("names_more")
        self.all_button = Button("", self, size=ButtonSize.SMALL)
        self.all_button.setObjectName("names_all")
        self.edits: list[LineEdit] = []
        self.buttons: list[Button] = []
        self.show_buttons: list[Button] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 12, 0, 12)
        outer.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(6)
        outer.addSpacing(_BAR + 12 + scaled(18) + 12)  # margins would not change sides
        outer.addLayout(column, 1)
        outer.addSpacing(14)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.more_button)
        foot.addStretch(1)
        foot.addWidget(self.all_button)
        column.addLayout(foot)
        column.addWidget(self.told)
        self.more_button.clicked.connect(self._on_more)
        self.all_button.clicked.connect(self._on_all)
        self.hide()

    def show_names(self, found: tuple[NameInText, ...]) -> None:
        """Show what was found now; what was typed for a name stays."""
        self._typed = {self._found[place]: edit.text() for place, edit in enumerate(self.edits)}
        self._found = found
        self.setVisible(bool(found))
        self.title.setText(
            self.tr("A student’s name may be in it")
            if len(found) == 1
            else self.tr("Students’ names may be in it, in {n} places").format(n=len(found))
        )
        self.told.hide()
        clear_layout(self._rows)
        self.edits, self.buttons, self.show_buttons = [], [], []
        for place, one in enumerate(found[: self._most]):
            self._rows.addWidget(self._row(place, one))
        more = len(found) - self._most
        self.more_button.setText(self.tr("Show {n} more").format(n=more))
        self.more_button.setVisible(more > 0)
        self.all_button.setText(self.tr("Replace all {n}").format(n=len(found)))
        self.all_button.setVisible(len(found) > 1)
        self._go_on()

    def _go_on(self) -> None:
        """Whoever replaced a name by the keyboard is at the next one."""
        place, self._next_row = self._next_row, None
        if place is None:
            return
        if self.buttons:
            self.buttons[min(place, len(self.buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif (following := self.nextInFocusChain()) is not None:
            following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, place: int, one: NameInText) -> QWidget:
        row = QWidget(self)
        edit = LineEdit(self._stand_in(one), row)
        edit.setFixedWidth(scaled(_STAND_IN_WIDE))
        edit.setAccessibleName(self.tr("Write instead of {name}").format(name=one.name))
        edit.setToolTip(self.tr("A seat or a number, such as S7"))
        button = Button(self.tr("Replace"), row, size=ButtonSize.SMALL)
        button.setAccessibleName(self.tr("Replace {name}").format(name=one.name))
        show = Button(
            self.tr("Show"),
            row,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            name=self.tr("Show where {name} stands").format(name=one.name),
        )
        show.clicked.connect(self._on_show)
        button.clicked.connect(self._on_replace)
        edit.returnPressed.connect(self._on_replace)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._words(one, row), 1)
        for widget in (show, edit, button):
            widget.setProperty("place", place)
            line.addWidget(widget)
        self.edits.append(edit)
        self.buttons.append(button)
        self.show_buttons.append(show)
        return row

    def _words(self, one: NameInText, row: QWidget) -> TextLabel:
        """Return the words around a name, the name in 600."""
        where = {
            "note": self.tr("Note"), "event": self.tr("Lesson"), "claim": self.tr("Claim"), "answer": self.tr("Form"),
            "step": self.tr("Action step"), "turn": self.tr("Conversation"), "visit": self.tr("Visit"),
        }.get(one.kind, self.tr("Record"))  # fmt: skip
        around = name_places.excerpt(self._core, self._visit_id, one) or one.name
        told = self.tr("{where}: “{words}”").format(where=where, words=around)
        label = TextLabel("", row, wrap=True)
        label.setTextFormat(Qt.TextFormat.RichText)
        before, name, after = told.partition(one.name)
        label.setText(f'{escape(before)}<span style="font-weight:600">{escape(name)}</span>{escape(after)}')
        label.setAccessibleName(told)
        return label

    def _stand_in(self, one: NameInText) -> str:
        return self._typed.get(one) or self._last.get(one.name) or self.tr("a student")

    @Slot()
    def _on_more(self) -> None:
        self._most, self._next_row = len(self._found), self._most
        self.show_names(self._found)
        self.grown.emit()

    @Slot()
    def _on_show(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(self._found[int(sender.property("place"))])

    @Slot()
    def _on_replace(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        place = int(sender.property("place"))
        found, stand_in = self._found[place], self.edits[place].text()
        if not self._replace(((found, stand_in),)):
            return
        # The same name elsewhere is most likely the same student.
        self._last[found.name] = stand_in
        for at, other in enumerate(self._found):
            if at < len(self.edits) and other.name == found.name and self.edits[at].text() == self.tr("a student"):
                self.edits[at].setText(stand_in)
        self._next_row = place if self.isAncestorOf(QApplication.focusWidget() or self.window()) else None
        self.replaced.emit()

    @Slot()
    def _on_all(self) -> None:
        """Each gives way to the words beside it; one that is not shown to those beside the same name."""
        for place, edit in enumerate(self.edits):
            self._last.setdefault(self._found[place].name, edit.text())
        pairs = [
            (one, self.edits[place].text() if place < len(self.edits) else self._stand_in(one))
            for place, one in enumerate(self._found)
        ]
        if self._replace(pairs):
            self._next_row = 0
            self.replaced.emit()

    def _replace(self, pairs: Sequence[tuple[NameInText, str]]) -> bool:
        try:
            name_places.replace_names(self._core, self._visit_id, pairs)
        except ObserveError as error:
            told = describe(error)
            self.told.setText(f"{told.text} {told.hint}".strip())
            self.told.show()
            self.grown.emit()
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter beside a name replaces it, and is no yes to the sheet."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or QApplication.focusWidget() not in self.edits:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The plane of what is worth a look, its bar and its sign."""
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), tokens().size.radius_button, fill=color("warmtint"))
        mirrored = self.isRightToLeft()
        painter.fillRect(self.width() - _BAR if mirrored else 0, 0, _BAR, self.height(), color("warm"))
        side = scaled(18)
        left = self.width() - _BAR - 12 - side if mirrored else _BAR + 12
        paint_icon(painter, QRectF(left, 14, side, side), "triangle-alert", color("warm"))
        painter.end()
