"""Pictures of the shell with small pages: ``python -m tests.ui.shell_gallery FOLDER`` draws them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from observe_app.ui.main_window import MainWindow
from observe_app.ui.page import Page
from observe_app.ui.palette import PaletteEntry
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    EmptyState,
    LineEdit,
    Message,
    MessageKind,
    SectionHead,
    Sheet,
    TextLabel,
)
from tests.ui.shots import shoot, theme_controller


class QuietPage(Page):
    """A page without anything yet; remembers what the window told it."""

    place: ClassVar[str] = "today"

    def __init__(self, name: str = "Today") -> None:
        super().__init__()
        self.name = name
        self.visits = 0
        self.holds = False
        self.line = LineEdit(parent=self)
        self.main_button = Button("Plan a visit", kind=ButtonKind.PRIMARY, icon="plus")
        self.empty = EmptyState(
            "A quiet day",
            "No visit is planned, nobody is waiting for a conversation and no step is due. "
            "Plan one, or start writing straight away: you can say who and what afterwards.",
            self,
            buttons=(self.main_button, Button("Start writing now", icon="pencil-line")),
            keys=(("Ctrl N", "plan"), ("Ctrl Enter", "start now"), ("Ctrl K", "find anything")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        self.line.hide()

    def title(self) -> str:
        return self.name

    def subtitle(self) -> str:
        return "Wednesday 11 March 2026"

    def activate(self) -> None:
        self.visits += 1

    def leave(self) -> bool:
        return not self.holds

    def start_widget(self) -> QWidget | None:
        return self.main_button


class VisitsPage(QuietPage):
    """Second page, for moving between two."""

    place: ClassVar[str] = "visits"

    def __init__(self) -> None:
        super().__init__("Visits")


def people(_query: str) -> list[PaletteEntry]:
    """A provider of three people."""
    names = ("Amina Diallo-Žižek", "Ilse Bakker", "Tomás Rivera")
    return [PaletteEntry("Person", name, str, "Year 8 Mathematics", "user") for name in names]


def build_window() -> MainWindow:
    """A window with two pages and a provider."""
    window = MainWindow()
    window.palette_overlay.add_provider(people)
    window.attach({"today": QuietPage, "visits": VisitsPage})
    return window


def build_sheet(window: MainWindow) -> Sheet:
    """A sheet as the release of a summary has it."""
    sheet = Sheet("Give this to Amina Diallo-Žižek?", window)
    sheet.body.addWidget(TextLabel("She can read the summary and reply. Your notes stay yours.", sheet, step="body"))
    sheet.body.addWidget(SectionHead("Goes", "2 pages", sheet, step="body"))
    sheet.add_safe("Not yet")
    sheet.add_main("Give to Amina")
    return sheet


def main(folder: str) -> None:
    """Write the pictures."""
    app = QApplication([])
    theme_controller(app)
    window = build_window()
    target = Path(folder)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST):
        shoot(window, target / f"shell-{theme.value}.png", theme)
    window.show_message(Message(MessageKind.NEWS, "A reply to your visit of 10 March arrived.", "Read it", "reply"))
    window.open_palette()
    shoot(window, target / "palette-light.png", ThemeChoice.LIGHT)
    shoot(window, target / "palette-dark.png", ThemeChoice.DARK)
    window.palette_overlay.close_palette()
    build_sheet(window).open_over()
    shoot(window, target / "sheet-light.png", ThemeChoice.LIGHT)
    shoot(window, target / "sheet-least.png", ThemeChoice.DARK, (1024, 640))


if __name__ == "__main__":
    main(sys.argv[1])
