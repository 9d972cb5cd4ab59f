"""Last step: what happens from now on, and the school's words where it has a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.shared_folder.parts import IconLine
from observe_app.ui.shared_folder.recovery_print import RecoveryPrint, school_sheet
from observe_app.ui.shared_folder.step_pane import StepPane
from observe_app.ui.shared_folder.words_grid import WordsGrid
from observe_app.ui.widgets import Button, SectionHead, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.jobs import JobRunner


class ReadyStep(StepPane):
    """Three sentences; for a founder who turned it on, the sheet of the school before anything else."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", parent)
        self._core = core
        self._school_words, self._folder = "", ""
        self.printing = RecoveryPrint(core, jobs, self)
        self.printing.message_posted.connect(self.message_posted)
        self.printing.done.connect(self._on_printed)
        self.back_button.hide()
        self.title_label.setText(self.tr("Ready"))
        self.next_button.setText(self.tr("Done"))
        sent = self.tr("When you release a visit, its people get it within a minute, while their computers are on.")
        for icon, words in (
            ("lock", self.tr("Only you can read what you have not released, in the folder too.")),
            ("send", sent),
            ("folder-sync", self.tr("Without the folder you go on as always; it catches up later.")),
        ):
            self.body.addWidget(IconLine(icon, "accent", words, self, step="body"))
            self.body.addSpacing(12)
        self.body.addWidget(self._build_school())

    def show_result(self, name: str, school_words: str, *, back: bool = False, school: bool = False) -> None:
        """Show what was done.

        Args:
            name: of the folder.
            school_words: to be printed now or never; "" for none.
            back: somebody came back with their words; what they had is on its way.
            school: this computer reads for the school.
        """
        self._school_words, self._folder = school_words, name
        self.lead_label.setText(
            self.tr("This computer reads “{name}” for the school; nothing leaves it.").format(name=name)
            if school
            else self.tr("Your record is coming from “{name}”. You can begin meanwhile.").format(name=name)
            if back
            else self.tr("You share through “{name}” now.").format(name=name)
        )
        self.grid.set_words(school_words)
        self._school.setVisible(bool(school_words))
        self.next_button.set_disabled_because(
            self.tr("Print the school’s sheet first; its words are shown only now") if school_words else ""
        )

    def forget(self) -> None:
        """Let no word stand here any longer."""
        self._school_words = ""
        self.grid.set_words("")

    @Slot()
    def _on_print(self) -> None:
        self.printing.ask_printer(school_sheet(self._core, self._school_words, self._folder))

    @Slot()
    def _on_save(self) -> None:
        self.printing.ask_where(school_sheet(self._core, self._school_words, self._folder))

    @Slot()
    def _on_written_down(self) -> None:
        self.next_button.set_disabled_because("")
        self.next_button.setFocus()

    @Slot()
    def _on_printed(self) -> None:
        self.next_button.set_disabled_because("")

    def _build_school(self) -> QWidget:
        self._school = QWidget(self)
        column = QVBoxLayout(self._school)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(SectionHead(self.tr("The school’s twelve words"), "", self))
        told = self.tr(
            "They open every visit shared here. They are shown only now: print them and give them to whoever keeps the "
            "school’s keys."
        )
        column.addWidget(TextLabel(told, self, tone="muted", wrap=True))
        self.grid = WordsGrid(self)
        column.addWidget(self.grid)
        row = FlowRow(self)
        self.print_button = Button(self.tr("Print the school’s sheet"), self, icon="printer")
        self.save_button = Button(self.tr("Save as PDF…"), self)
        self.written_button = Button(self.tr("They are written down"), self)
        for button, act in (
            (self.print_button, self._on_print),
            (self.save_button, self._on_save),
            (self.written_button, self._on_written_down),
        ):
            button.clicked.connect(act)
            row.add(button)
        column.addWidget(row)
        self._school.hide()
        return self._school
