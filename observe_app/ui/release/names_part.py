"""Full names of students on their way out: each with the words around it, and other words in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services import name_places
from observe_app.ui.errors import describe
from observe_app.ui.theme import color, paint_icon, scaled, tokens
from observe_app.ui.widgets import Button, ButtonSize, LineEdit, TextLabel
from observe_app.ui.widgets.layout import clear_layout
from observe_app.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.services.wording import NameInText

_MOST = 12
_BAR = 4
_STAND_IN_WIDE = 116


class NamesPart(QWidget):
    """The names found; hidden without any.

    Signals:
        replaced: a name gave way, and what leaves is to be read again.
    """

    replaced = Signal()

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("release_names")
        self._core, self._visit_id = core, visit_id
        self._found: tuple[NameInText, ...] = ()
        self.title = TextLabel("", self, weight=600, tone="warm", wrap=True)
        self.told = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.edits: list[LineEdit] = []
        self.buttons: list[Button] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BAR + 12 + scaled(18) + 12, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addWidget(self.told)
        self.hide()

    def show_names(self, found: tuple[NameInText, ...]) -> None:
        """Show what was found now."""
        self._found = found
        self.setVisible(bool(found))
        self.title.setText(
            self.tr("A student’s name may be in it")
            if len(found) == 1
            else self.tr("Students’ names may be in it, in {n} places").format(n=len(found))
        )
        clear_layout(self._rows)
        self.edits, self.buttons = [], []
        for place, one in enumerate(found[:_MOST]):
            self._rows.addWidget(self._row(place, one))
        more = len(found) - _MOST
        self.told.setText(self.tr("{n} more are shown once these are replaced.").format(n=more) if more > 0 else "")
        self.told.setVisible(more > 0)

    def _row(self, place: int, one: NameInText) -> QWidget:
        row = QWidget(self)
        where = {
            "note": self.tr("Note"), "event": self.tr("Lesson"), "claim": self.tr("Claim"), "answer": self.tr("Form"),
            "step": self.tr("Action step"), "turn": self.tr("Conversation"), "visit": self.tr("Visit"),
        }.get(one.kind, self.tr("Record"))  # fmt: skip
        around = name_places.excerpt(self._core, self._visit_id, one) or one.name
        words = TextLabel(self.tr("{where}: “{words}”").format(where=where, words=around), row, wrap=True)
        edit = LineEdit(self.tr("a student"), row)
        edit.setFixedWidth(scaled(_STAND_IN_WIDE))
        edit.setAccessibleName(self.tr("Write instead of {name}").format(name=one.name))
        edit.setToolTip(self.tr("A seat or a number, such as S7"))
        button = Button(self.tr("Replace"), row, size=ButtonSize.SMALL)
        button.setAccessibleName(self.tr("Replace {name}").format(name=one.name))
        for widget in (edit, button):
            widget.setProperty("place", place)
        button.clicked.connect(self._on_replace)
        edit.returnPressed.connect(self._on_replace)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(words, 1)
        line.addWidget(edit)
        line.addWidget(button)
        self.edits.append(edit)
        self.buttons.append(button)
        return row

    @Slot()
    def _on_replace(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        place = int(sender.property("place"))
        try:
            name_places.replace_name(self._core, self._visit_id, self._found[place], self.edits[place].text())
        except ObserveError as error:
            told = describe(error)
            self.told.setText(f"{told.text} {told.hint}".strip())
            self.told.show()
            return
        self.replaced.emit()

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
