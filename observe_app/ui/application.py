"""The Qt application: made once, themed before the first window, run until the last one closes."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from observe_app import __version__
from observe_app.ui.starter import Starter
from observe_app.ui.theme import ThemeChoice, ThemeController
from observe_app.ui.translations import load_translations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.services.protection import GetVault

_PATIENCE_MS = 60_000


def make_application() -> QApplication:
    """Return the application, made if there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Observe")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("observe-app")
    return app


def make_theme(app: QApplication, theme: str, *, reduce_motion: bool, text_size: int = 100) -> ThemeController:
    """Return the application's theme controller, showing this theme; an unknown word follows the system.

    The text size, in per cent, is one of `domain.settings.TEXT_SIZES`; any other counts as 100. A window that stands
    already keeps the size it was built at.
    """
    controller = app.findChild(ThemeController) or ThemeController(app)
    known = {choice.value: choice for choice in ThemeChoice}
    controller.set_text_size(text_size)
    controller.apply(known.get(theme, ThemeChoice.SYSTEM))
    controller.set_reduced_motion(reduced=reduce_motion)
    return controller


def run_window(
    open_core: Callable[[], Core],
    *,
    folder: Path,
    theme: str,
    language: str,
    reduce_motion: bool,
    text_size: int = 100,
    quit_when_ready: bool = False,
    milestone: Callable[[str], object] | None = None,
    vault: GetVault | None = None,
) -> int:
    """Show the window and run until it closes.

    Args:
        open_core: opens the data folder; called in a worker after the first paint.
        folder: the data folder.
        theme: "system", "light", "dark" or "contrast".
        language: interface language code; "" follows the system.
        reduce_motion: no movement at all.
        text_size: per cent of the design's.
        quit_when_ready: close by itself once the pages are there, with 1 when the data could not be opened.
        milestone: told "painted" and "ready" as they are reached; for measuring.
        vault: what `open_core` opens a protected record with; called after the first paint.

    Returns:
        The exit status.
    """
    app = make_application()
    load_translations(app, language)
    controller = make_theme(app, theme, reduce_motion=reduce_motion, text_size=text_size)
    # One geometry a data folder: the demonstration does not move the real window.
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    starter = Starter(open_core, folder=folder, theme=controller, settings=settings, vault=vault)
    if milestone is not None:
        starter.window.first_painted.connect(partial(milestone, "painted"))
        starter.ready.connect(partial(milestone, "ready"))
    if quit_when_ready:
        starter.ready.connect(starter.window.close)
        starter.failed.connect(_fail)
        QTimer.singleShot(_PATIENCE_MS, app, _fail)
    starter.show()
    status = app.exec()
    starter.end()
    return status


def _fail(_error: object = None) -> None:
    QApplication.exit(1)
