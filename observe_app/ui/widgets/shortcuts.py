"""While something lies over the page, the keys of the page rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QAction, QShortcut

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget


class ShortcutPause:
    """Turns the shortcuts of a window off and, later, exactly those on again."""

    def __init__(self) -> None:
        self._paused: list[QAction | QShortcut] = []

    def begin(self, host: QWidget, *, keep: QObject) -> None:
        """Pause every enabled action and shortcut of `host` that is not inside `keep`."""
        self.end()
        found: list[QAction | QShortcut] = [*host.findChildren(QAction), *host.findChildren(QShortcut)]
        for item in found:
            if item.isEnabled() and not _inside(item, keep):
                item.setEnabled(False)
                self._paused.append(item)

    def actions(self) -> tuple[QAction, ...]:
        """Paused actions, without the shortcuts."""
        return tuple(item for item in self._paused if isinstance(item, QAction))

    def end(self) -> None:
        """Wake them; those that died meanwhile are forgotten."""
        for item in self._paused:
            if shiboken6.isValid(item):
                item.setEnabled(True)
        self._paused.clear()


def _inside(item: QObject, ancestor: QObject) -> bool:
    current: QObject | None = item
    while current is not None:
        if current is ancestor:
            return True
        current = current.parent()
    return False
