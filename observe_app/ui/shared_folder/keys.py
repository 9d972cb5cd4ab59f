"""F1 on the page of the shared folder: every key of it on one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.key_press import CommandKeys
from observe_app.ui.observe.key_card import KeyCard, KeyGroup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.key_table import KeyRows

EXCHANGE = "F5"
"""Key that exchanges now."""


def open_card(own: KeyRows, parent: QWidget, *, setting_up: bool) -> KeyCard:
    """Show the keys over the window of `parent`.

    Args:
        own: the person's own keys of the commands.
        parent: a part of the window.
        setting_up: the steps show, and not how the folder stands.
    """
    title = QCoreApplication.translate("SharedKeys", "Keys of the shared folder")
    keys = CommandKeys(own)
    groups = (_steps() if setting_up else _running(), _window(keys))
    card = KeyCard(groups, title, keys.key("keys"), parent)
    card.open_over()
    return card


def _steps() -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        (tr("SharedKeys", "Enter"), tr("SharedKeys", "Go on to the next step, where one can")),
        (tr("SharedKeys", "Tab"), tr("SharedKeys", "Next field or button")),
        (tr("SharedKeys", "Space"), tr("SharedKeys", "Press the button with the ring")),
    )
    return KeyGroup(tr("SharedKeys", "Setting up"), rows)


def _running() -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        (EXCHANGE, tr("SharedKeys", "Exchange now")),
        (tr("SharedKeys", "Tab"), tr("SharedKeys", "Next button: folder, colleagues, what was done")),
        (tr("SharedKeys", "Space"), tr("SharedKeys", "Press the button with the ring")),
        (tr("SharedKeys", "Esc"), tr("SharedKeys", "Close what lies over the page")),
    )
    return KeyGroup(tr("SharedKeys", "This page"), rows)


def _window(keys: CommandKeys) -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        (tr("SharedKeys", "Ctrl 9"), tr("SharedKeys", "Come here from any page")),
        ("F6", tr("SharedKeys", "Next part of the window")),
        (tr("SharedKeys", "Shift F6"), tr("SharedKeys", "Part before")),
        (keys.cap("keys"), tr("SharedKeys", "This card")),
    )
    return KeyGroup(tr("SharedKeys", "Window"), rows)
