"""A window on somebody's data, of which pictures are taken."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor

from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice
from observe_app.ui.widgets import Sheet
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from observe_app.services.core import Core


class GalleryWindow:
    """A window on somebody's data, and where its pictures go."""

    def __init__(
        self, app: QApplication, core: Core, target: Path, theme: str, size: tuple[int, int], text: int
    ) -> None:
        self.app, self.core, self.target = app, core, target
        self.name = f"{theme}-{size[0]}-{text}"
        core.settings.change(first_run_done=True, text_size=text, theme=theme)
        controller = theme_controller(app)
        controller.apply(ThemeChoice(theme))
        controller.set_text_size(text)
        self.starter = Starter(lambda: core, folder=core.folder, theme=controller, owns_core=False)
        self.starter.window.resize(*size)
        QCursor.setPos(size[0] // 2, size[1] - 4)
        self.starter.show()
        while self.starter.desk is None:
            app.processEvents()
        self.desk = self.starter.desk
        self.wait(0.5)

    @property
    def window(self) -> QWidget:
        """The window."""
        return self.starter.window

    def wait(self, seconds: float = 0.25) -> None:
        """Let the window work until no job runs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.desk.jobs.busy or self.desk.sync.is_busy:
            self.app.processEvents()
            time.sleep(0.003)

    def take(self, name: str) -> None:
        """Save a picture of the window."""
        self.wait()
        self.app.processEvents()
        self.window.grab().save(str(self.target / f"{name}-{self.name}.png"))

    def over(self, name: str) -> None:
        """Save a picture of the sheet on top, and put it away."""
        self.take(name)
        for sheet in self.window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.reject()
        self.wait(0.1)
