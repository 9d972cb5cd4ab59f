"""Under the note line: what the keys do, and the end of the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from observe_app.ui.key_press import CommandKeys
from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, KeyHint, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.ui.observe.commands import Command

HEIGHT = 32
_GAP = 16


class Foot(QWidget):
    """Hints that go one by one when there is no room, and the button that ends the lesson, asking once in its place.

    Signals:
        ended: the user wants to end the lesson and go to Talk.
        resumed: the user wants to go on with an ended lesson.
        form_asked: the other items of a form that is led by codes are wanted.
        command_chosen: id of a command picked from the menu.
    """

    ended = Signal()
    resumed = Signal()
    form_asked = Signal()
    command_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setFixedHeight(scaled(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 12, 4)
        row.setSpacing(_GAP)
        self._walks, self._ready, self._shows_hints, self._writes = True, False, True, True
        self._commands: tuple[Command, ...] = ()
        self._caps = CommandKeys(())
        self._hints = self._make_hints()
        self.set_keys(CommandKeys(()))
        for hint in self._hints:
            row.addWidget(hint)
        row.addStretch(1)
        self.summary = TextLabel("", self, step="small", tone="muted")
        self.summary.setObjectName("talk_share")
        self.summary.hide()
        row.addWidget(self.summary)
        # Made from left to right: Tab goes as they stand.
        self.ask_label = TextLabel("", self, step="small", weight=600)
        self.form_button = Button(self.tr("Other items"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.form_button.setObjectName("other_items")
        self.form_button.hide()
        self.end_button = Button(self.tr("End the lesson"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.no_button = Button(self.tr("Not yet"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.yes_button = Button(self.tr("End and go to Talk"), self, kind=ButtonKind.PLAIN, size=ButtonSize.SMALL)
        self.resume_button = Button(self.tr("Go on with the lesson"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        name = self.tr("What can be done in a lesson")
        self.more_button = Button("", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="ellipsis", name=name)
        self.more_button.setObjectName("lesson_menu")
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for widget in (*self._buttons(), self.more_button):
            row.addWidget(widget)
        self.form_button.clicked.connect(self.form_asked)
        self.more_button.clicked.connect(self._on_more)
        self.end_button.setObjectName("end_lesson")
        self.yes_button.setObjectName("end_lesson_yes")
        self.no_button.setObjectName("end_lesson_no")
        self.resume_button.setObjectName("resume_lesson")
        self.end_button.clicked.connect(self._on_asked)
        self.no_button.clicked.connect(self._on_not_yet)
        self.yes_button.clicked.connect(self.ended)
        self.resume_button.clicked.connect(self.resumed)
        self._ready = True
        self.set_lesson(running=False, ended=False)

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys told, those that have no room too."""
        return tuple(self._hints)

    @property
    def asking(self) -> bool:
        """Whether the end of the lesson waits for a yes."""
        return not self.yes_button.isHidden()

    def set_hints_shown(self, shown: bool) -> None:
        """Show the keys, or leave the room empty for those who know them."""
        self._shows_hints = shown
        self._fit()

    def set_line_hints_shown(self, *, shown: bool) -> None:
        """Show what keys begin in the note line; not while keys tick codes."""
        self._writes = shown
        self._fit()

    def set_form_offered(self, *, offered: bool) -> None:
        """Offer the other items of a form that is led by codes."""
        if self.form_button.isHidden() == offered:
            self.form_button.setVisible(offered)
            self._fit()

    def set_summary(self, words: str) -> None:
        """Say what the lesson came to once it is over; "" says nothing."""
        if words != self.summary.text():
            self.summary.setText(words)
            self.summary.setVisible(bool(words))
            self._fit()

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Offer these in the menu: whatever a key or a typed command does, a click does too."""
        self._commands = tuple(commands)

    def set_keys(self, keys: CommandKeys) -> None:
        """Show the keys in force; a command without one is not told."""
        self._caps = keys
        for hint, command in ((self._undo, "undo"), (self._form, "form"), (self._keys, "keys")):
            hint.cap.set_keys(keys.cap(command))
        if self._ready:
            self._fit()

    def set_lesson(self, *, running: bool, ended: bool, walks: bool = True) -> None:
        """Offer what fits: ending a running lesson, going on with one that ended, F6 where no item has that key."""
        self._walks = walks
        self._ask(asking=False)
        self.end_button.setVisible(running)
        self.resume_button.setVisible(ended)
        self._fit()

    def ask_end(self) -> None:
        """Ask whether the lesson is over, as its button does; nothing happens where none runs."""
        if not self.end_button.isHidden():
            self._on_asked()

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(400, scaled(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for the buttons; hints give way."""
        return QSize(280, scaled(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer or more hints."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        QPainter(self).fillRect(self.rect(), color("bg"))

    @Slot()
    def _on_asked(self) -> None:
        self._ask(asking=True)
        self.end_button.hide()
        self._fit()
        self.no_button.setFocus()

    @Slot()
    def _on_not_yet(self) -> None:
        self._ask(asking=False)
        self.end_button.show()
        self._fit()

    @Slot()
    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("lesson_commands")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self._commands:
            cap = self._caps.cap(command.id)
            action = menu.addAction(f"{command.title}\t{cap}" if cap else command.title)
            action.setObjectName(command.id)
            action.setData(command.id)
        menu.triggered.connect(self._on_command)
        corner = self.more_button.mapToGlobal(QPoint(self.more_button.width(), 0))
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height() + 4))

    @Slot(QAction)
    def _on_command(self, action: QAction) -> None:
        self.command_chosen.emit(str(action.data()))

    def _buttons(self) -> tuple[QWidget, ...]:
        asks = (self.ask_label, self.end_button, self.no_button, self.yes_button, self.resume_button)
        return (self.form_button, *asks)

    def _ask(self, *, asking: bool) -> None:
        self.ask_label.setText(self.tr("End the lesson now?"))
        for widget in (self.ask_label, self.yes_button, self.no_button):
            widget.setVisible(asking)

    def _fit(self) -> None:
        shown = (one for one in (self.summary, *self._buttons(), self.more_button) if not one.isHidden())
        taken = sum(one.sizeHint().width() + _GAP for one in shown)
        room = self.width() - 36 - taken
        # The way to all other keys stays longest; what the keys of a stored note do goes first.
        for hint in (self._keys, *self._line, self._form, self._undo, *self._note):
            wanted = self._shows_hints and bool(hint.cap.keys) and (hint is not self._form or self._walks)
            wanted = wanted and (self._writes or hint not in (*self._line, *self._note))
            room -= hint.sizeHint().width() + _GAP if wanted else 0
            hint.setVisible(wanted and room >= 0)

    def _make_hints(self) -> list[KeyHint]:
        """Return the hints in the order in which they stand: what begins a note, what a note gets, ways on."""
        line = (
            ("T", self.tr("teacher")),
            ("S7", self.tr("student")),
            ("#", self.tr("tag")),
            (">", self.tr("link")),
            ("/", self.tr("command")),
        )
        note = (("*", self.tr("star")), ("@", self.tr("re-time")), ("↑", self.tr("edit last")))
        self._line = [KeyHint(keys, words, self) for keys, words in line]
        self._note = [KeyHint(keys, words, self) for keys, words in note]
        self._undo = KeyHint("", self.tr("undo"), self)
        self._form = KeyHint("", self.tr("form"), self)
        self._keys = KeyHint("", self.tr("all keys"), self)
        return [*self._line, *self._note, self._undo, self._form, self._keys]
