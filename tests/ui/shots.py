"""Pictures of widgets, drawn offscreen: for looking at, and for tests that count pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from observe_app.ui.theme import ThemeChoice, ThemeController

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap

SIZE = (1366, 768)


def theme_controller(app: QApplication) -> ThemeController:
    """The theme controller of the application, made at the first call; it lives as long as the application."""
    found = app.findChild(ThemeController)
    return found if found is not None else ThemeController(app)


def shoot(
    widget: QWidget,
    path: Path | None = None,
    theme: ThemeChoice = ThemeChoice.LIGHT,
    size: tuple[int, int] = SIZE,
) -> QPixmap:
    """Show a widget in a theme and size, and return (and save) its picture."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme_controller(app).apply(theme)
    widget.resize(*size)
    widget.show()
    app.processEvents()
    app.processEvents()
    picture = widget.grab()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert picture.save(str(path))
    return picture
