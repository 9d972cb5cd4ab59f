"""Sheets of the shared folder: the twelve words again, and leaving a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.sync import setup
from observe_app.ui.errors import describe
from observe_app.ui.shared_folder.recovery_print import RecoveryPrint, own_sheet
from observe_app.ui.shared_folder.words_grid import WordsGrid
from observe_app.ui.shared_folder.words_step import AskedWord, other_word
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.sync.state import FolderStatus
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


class WordsSheet(Sheet):
    """Asks first whether anybody looks on (and for the passphrase, where there is one), then shows the words.

    Signals:
        message_posted: a `Message`. kept: two of the words were typed back.
    """

    message_posted = Signal(object)
    kept = Signal()

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__("", parent, width=640)
        self.title_label.setText(self.tr("Your twelve words"))
        self.setObjectName("words_sheet")
        self._core = core
        self._words, self._is_kept = "", False
        self._asked = setup.words_to_ask()
        self.printing = RecoveryPrint(core, jobs, self)
        self.printing.message_posted.connect(self.message_posted)
        self.told = TextLabel("", self, wrap=True)
        self.body.addWidget(self.told)
        self.pass_edit = LineEdit("", self)
        self.pass_edit.setObjectName("words_passphrase")
        self.pass_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pass_field = Field(self.tr("Your passphrase"), self.pass_edit, self)
        self.pass_edit.setMaximumWidth(scaled(360))
        self.grid = WordsGrid(self)
        self.print_button = Button(self.tr("Print the sheet"), self, icon="printer")
        self.save_button = Button(self.tr("Save as PDF…"), self)
        self.print_button.setObjectName("sheet_print")
        self.save_button.setObjectName("sheet_save")
        self._shown = QWidget(self)
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self._ask = QWidget(self)
        self._build_ask()
        for part in (self.pass_field, self.grid, self._shown, self._ask):
            self.body.addWidget(part)
        self.add_safe(self.tr("Close"))
        self.show_button = self.add_main(self.tr("Show the words"), icon="eye")
        self.show_button.setObjectName("sheet_show")
        self._show_question()
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)

    @property
    def asked(self) -> tuple[int, int]:
        """Places of the words that are asked for."""
        return self._asked

    @Slot()
    def accept(self) -> None:
        """Show the words; the sheet stays."""
        vault = self._core.vault
        try:
            if vault.place() == "passphrase":
                vault.unlock(self.pass_edit.text())
            self._words = vault.words()
        except ObserveError as error:
            told = describe(error)
            self.pass_field.set_warning(f"{told.text} {told.hint}".strip())
            self.pass_edit.setFocus()
            return
        self._show_words()

    @Slot()
    def reject(self) -> None:
        """Close, and let no word stand anywhere."""
        self._words = ""
        self.grid.set_words("")
        super().reject()

    def _build_ask(self) -> None:
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        self.lines = tuple(AskedWord(self) for _ in self._asked)
        for line, place in zip(self.lines, self._asked, strict=True):
            label = TextLabel(self.tr("Word {n}").format(n=place), self, tone="muted")
            label.setBuddy(line)
            line.setObjectName(f"sheet_word_{place}")
            line.setAccessibleName(label.text())
            line.textEdited.connect(self._on_typed)
            row.addWidget(label)
            row.addWidget(line)
        self._kept_label = TextLabel("", self, tone="accent", weight=600)
        row.addWidget(self._kept_label, 1)

    def _show_question(self) -> None:
        protected = self._core.vault.place() == "passphrase"
        self.told.setText(self.tr("Whoever sees these words can read everything that you can. Is nobody looking on?"))
        self.pass_field.setVisible(protected)
        for part in (self.grid, self._shown, self._ask):
            part.hide()

    def _show_words(self) -> None:
        self.pass_field.hide()
        self.pass_edit.clear()
        self.show_button.hide()
        self.grid.set_words(self._words)
        for part in (self.grid, self._shown):
            part.show()
        kept = self._core.settings.get().words_kept
        self._ask.setVisible(not kept)
        self.told.setText(
            self.tr("Print them, or write them down. With them you open your record on another computer.")
            if kept
            else self.tr("Print them, or write them down. Then type two of them; Today reminds you until then.")
        )
        self.print_button.setFocus()

    @Slot()
    def _on_typed(self) -> None:
        for line, place in zip(self.lines, self._asked, strict=True):
            line.judge(self.grid.word(place))
        if all(line.is_right for line in self.lines) and not self._is_kept:
            self._is_kept = True
            setup.keep_words_checked(self._core)
            self._kept_label.setText(self.tr("Right. You have them."))
            self._kept_label.set_tone("accent")
            self.kept.emit()
        elif not self._is_kept:
            self._kept_label.set_tone("warm")
            self._kept_label.setText(other_word(self.lines, self._asked))

    @Slot()
    def _on_print(self) -> None:
        self.printing.ask_printer(own_sheet(self._core, self._words))

    @Slot()
    def _on_save(self) -> None:
        self.printing.ask_where(own_sheet(self._core, self._words))


class LeaveSheet(Sheet):
    """Says what stays and what ends.

    Signals:
        leave_chosen: folder id.
    """

    leave_chosen = Signal(str)

    def __init__(self, status: FolderStatus, parent: QWidget) -> None:
        super().__init__("", parent, width=560)
        self.setObjectName("leave_sheet")
        self._folder = folder = status.folder
        self.title_label.setText(self.tr("Leave the shared folder “{name}”?").format(name=folder.name))
        told = self.tr(
            "Your whole record stays on this computer. What you released stays with those you released it to, and what "
            "they wrote stays here. From now on nothing goes there and nothing comes."
        )
        self.body.addWidget(TextLabel(told, self, step="body", wrap=True))
        if status.waiting:
            words = (
                self.tr("What you changed last is not in the folder yet and will not get there.")
                if not status.visits
                else self.tr("What changed in 1 visit is not in the folder yet and will not get there.")
                if status.visits == 1
                else self.tr("What changed in {n} visits is not in the folder yet and will not get there.")
            )
            words = words.format(n=QLocale().toString(status.visits))
            self.body.addWidget(TextLabel(words, self, tone="warm", wrap=True))
        self.add_safe(self.tr("Stay"))
        self.add_main(self.tr("Leave the folder"))
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self.leave_chosen.emit(self._folder.id)
