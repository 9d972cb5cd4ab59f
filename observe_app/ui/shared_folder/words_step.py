"""Second step: twelve words shown and printed, two of them typed back; a passphrase where nothing keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from observe_app.services.sync import setup
from observe_app.ui.shared_folder.recovery_print import RecoveryPrint, own_sheet
from observe_app.ui.shared_folder.step_pane import StepPane
from observe_app.ui.shared_folder.words_grid import WordsGrid
from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.widgets import Button, ButtonKind, Field, LineEdit, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


class AskedWord(LineEdit):
    """A line for one of the words; a tick once it is right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._right, self._wanted = False, ""
        self.setMinimumWidth(scaled(92))
        self.setMaximumWidth(scaled(150))
        self.setTextMargins(0, 0, scaled(22), 0)

    @property
    def is_right(self) -> bool:
        """The word that was asked for stands here."""
        return self._right

    @property
    def is_other(self) -> bool:
        """What stands here is not how the word begins."""
        typed = self.text().strip().casefold()
        return bool(typed) and not self._wanted.startswith(typed)

    def judge(self, wanted: str) -> None:
        """Compare what stands here with the word that was asked for."""
        self._wanted = wanted
        self._right = bool(wanted) and self.text().strip().casefold() == wanted
        self.setAccessibleDescription(self.tr("right") if self._right else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the tick."""
        super().paintEvent(event)
        if self._right:
            side = scaled(16)
            box = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
            paint_icon(QPainter(self), box, "check", color("accent"))


def other_word(lines: Sequence[AskedWord], places: Sequence[int]) -> str:
    """Return a sentence about the first word that is another one than was asked for, "" where none is."""
    for line, place in zip(lines, places, strict=True):
        if line.is_other:
            words = QCoreApplication.translate("shared_folder", "Word {n} is another one. Look at your sheet again.")
            return words.format(n=place)
    return ""


class WordsStep(StepPane):
    """Goes on once two words were typed, or tomorrow.

    Signals:
        passphrase_given: a passphrase that protects the words on a computer that keeps no secrets itself.
    """

    passphrase_given = Signal(str)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", parent, aside="-")
        self._core = core
        self._asked = (4, 9)
        self._words = ""
        self.printing = RecoveryPrint(core, jobs, self)
        self._build()
        self._connect()
        self.ask_passphrase()

    @property
    def asked(self) -> tuple[int, int]:
        """Places, from 1, of the words that are asked for."""
        return self._asked

    @property
    def is_confirmed(self) -> bool:
        """Both words were typed back."""
        return all(line.is_right for line in self.lines)

    def start_widget(self) -> QWidget:
        """The first word, or the passphrase."""
        return self.lines[0] if self._words else self.pass_edit

    def ask_passphrase(self) -> None:
        """Nothing on this computer keeps secrets: ask for a passphrase first."""
        self._words = ""
        self.grid.set_words("")
        self.title_label.setText(self.tr("A passphrase for your words"))
        self.lead_label.setText(
            self.tr(
                "This computer has no safe place for them. A passphrase protects your twelve words here; Observe asks "
                "for it when it opens."
            )
        )
        self._part.setVisible(False)
        self._passphrase.setVisible(True)
        self.aside_button.hide()
        self._show_next()

    def show_words(self, words: str) -> None:
        """Show these words and ask for two of them."""
        if words == self._words:
            return
        self._words = words
        self._asked = setup.words_to_ask()
        self.title_label.setText(self.tr("Your twelve words"))
        self.lead_label.setText(
            self.tr(
                "They’re your key. With them you open your record on another computer, or after this one is lost. "
                "Nobody can send them to you again."
            )
        )
        self.grid.set_words(words)
        self._set_hidden(hidden=False)
        self._passphrase.setVisible(False)
        self._part.setVisible(True)
        self.aside_button.setText(self.tr("Remind me tomorrow"))
        self.aside_button.updateGeometry()
        self.aside_button.show()
        for label, line, place in zip(self._labels, self.lines, self._asked, strict=True):
            words_label = self.tr("Word {n}").format(n=place)
            label.setText(words_label)
            line.setAccessibleName(words_label)
            line.clear()
            line.judge("")
        self._show_other()
        self._show_next()

    def forget(self) -> None:
        """Let no word stand here any longer."""
        self._words = ""
        self.grid.set_words("")
        for line in self.lines:
            line.clear()
            line.judge("")
        self._show_other()
        for edit in (self.pass_edit, self.again_edit):
            edit.clear()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_print(self) -> None:
        self.printing.ask_printer(own_sheet(self._core, self._words))

    @Slot()
    def _on_save(self) -> None:
        self.printing.ask_where(own_sheet(self._core, self._words))

    @Slot()
    def _on_hide(self) -> None:
        self._set_hidden(hidden=not self.grid.is_hidden)

    @Slot()
    def _on_typed(self) -> None:
        for line, place in zip(self.lines, self._asked, strict=True):
            line.judge(self.grid.word(place) if self._words else "")
        self._show_other()
        self._show_next()
        if self._words:
            self.pane.ensureWidgetVisible(self.other_label if self.other_label.isVisible() else self.lines[0])

    def _show_other(self) -> None:
        self.other_label.setText(other_word(self.lines, self._asked) if self._words else "")
        self.other_label.setVisible(bool(self.other_label.text()))

    @Slot()
    def _on_next(self) -> None:
        self.warn("")
        if self._words:
            self.next_asked.emit()
        elif self.pass_edit.text() != self.again_edit.text():
            self.again_field.set_warning(self.tr("These two are not the same."))
        else:
            self.again_field.set_warning("")
            self.passphrase_given.emit(self.pass_edit.text())

    def _set_hidden(self, *, hidden: bool) -> None:
        self.grid.set_hidden(hidden=hidden)
        self.hide_button.setText(self.tr("Show") if hidden else self.tr("Hide"))
        self.hide_button.set_icon("eye" if hidden else "eye-off")

    def _show_next(self) -> None:
        self.next_button.setText(self.tr("Continue"))
        self.next_button.updateGeometry()
        if self._words:
            why = "" if self.is_confirmed else self.tr("Type the two words first, or be reminded tomorrow")
        else:
            why = "" if self.pass_edit.text() else self.tr("Choose a passphrase first")
        self.next_button.set_disabled_because(why)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._part = QWidget(self)
        column = QVBoxLayout(self._part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.grid = WordsGrid(self)
        self.print_button = Button(self.tr("Print the sheet"), self, icon="printer")
        self.hide_button = Button(self.tr("Hide"), self, icon="eye-off")
        self.save_button = Button(self.tr("Save as PDF…"), self, kind=ButtonKind.LINK)
        self.print_button.setObjectName("words_print")
        self.hide_button.setObjectName("words_hide")
        self.save_button.setObjectName("words_save")
        acts = FlowRow(self)
        for button in (self.print_button, self.hide_button, self.save_button):
            acts.add(button)
        column.addWidget(self.grid)
        column.addSpacing(16)
        column.addWidget(acts)
        column.addSpacing(24)
        column.addWidget(TextLabel(self.tr("Type two of them"), self, step="heading", weight=600))
        column.addSpacing(8)
        column.addLayout(self._build_asked())
        self.other_label = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.other_label.setObjectName("other_word")
        self.other_label.hide()
        column.addSpacing(6)
        column.addWidget(self.other_label)
        self.body.addWidget(self._part)
        self.body.addWidget(self._build_passphrase())

    def _build_asked(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._labels = tuple(TextLabel("", self, tone="muted") for _ in range(2))
        self.lines = tuple(AskedWord(self) for _ in range(2))
        for at, (label, line) in enumerate(zip(self._labels, self.lines, strict=True)):
            line.setObjectName(f"asked_word_{at + 1}")
            label.setBuddy(line)
            row.addWidget(label)
            row.addWidget(line)
            if at == 0:
                row.addSpacing(12)
        row.addStretch(1)
        return row

    def _build_passphrase(self) -> QWidget:
        self._passphrase = QWidget(self)
        column = QVBoxLayout(self._passphrase)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.pass_edit, self.again_edit = LineEdit("", self), LineEdit("", self)
        self.pass_edit.setObjectName("new_passphrase")
        self.again_edit.setObjectName("again_passphrase")
        hint = self.tr("At least 8 characters; three or four words of your own are easy to keep.")
        self.pass_field = Field(self.tr("Passphrase"), self.pass_edit, self, hint=hint)
        self.again_field = Field(self.tr("The same again"), self.again_edit, self)
        for edit, field in ((self.pass_edit, self.pass_field), (self.again_edit, self.again_field)):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.setMaximumWidth(scaled(360))
            column.addWidget(field)
        return self._passphrase

    def _connect(self) -> None:
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.hide_button.clicked.connect(self._on_hide)
        self.printing.message_posted.connect(self.message_posted)
        for edit in (*self.lines, self.pass_edit, self.again_edit):
            edit.textEdited.connect(self._on_typed)
