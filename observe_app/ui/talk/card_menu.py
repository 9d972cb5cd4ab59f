"""What can be done with a claim, as acts with a key and as a menu."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.i18n import claim_column
from observe_app.ui.talk.marks import KINDS
from observe_app.ui.theme import icon


class CardAct(Enum):
    """What a person asks of a claim; the value is kept in the menu's actions."""

    WRITE = "write"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    TO_STRENGTH = "strength"
    TO_GROWTH = "growth"
    TO_QUESTION = "question"
    LINK = "link"
    DELETE = "delete"
    TO_UP = "to_up"
    TO_DOWN = "to_down"
    TO_LEFT = "to_left"
    TO_RIGHT = "to_right"


KIND_ACTS: dict[CardAct, ClaimKind] = {
    CardAct.TO_STRENGTH: ClaimKind.STRENGTH,
    CardAct.TO_GROWTH: ClaimKind.GROWTH,
    CardAct.TO_QUESTION: ClaimKind.QUESTION,
}


CARD_KEYS: dict[tuple[Qt.Key, bool], CardAct] = {
    (Qt.Key.Key_Return, False): CardAct.WRITE,
    (Qt.Key.Key_Enter, False): CardAct.WRITE,
    (Qt.Key.Key_F2, False): CardAct.WRITE,
    (Qt.Key.Key_Delete, False): CardAct.DELETE,
    (Qt.Key.Key_Up, True): CardAct.UP,
    (Qt.Key.Key_Down, True): CardAct.DOWN,
    (Qt.Key.Key_Left, True): CardAct.LEFT,
    (Qt.Key.Key_Right, True): CardAct.RIGHT,
    (Qt.Key.Key_Up, False): CardAct.TO_UP,
    (Qt.Key.Key_Down, False): CardAct.TO_DOWN,
    (Qt.Key.Key_Left, False): CardAct.TO_LEFT,
    (Qt.Key.Key_Right, False): CardAct.TO_RIGHT,
}
"""What a key does on a card that has the keyboard; the second part says whether Alt is held."""


def build_menu(parent: QWidget, kind: ClaimKind) -> QMenu:
    """Return the menu of a claim of this kind; each action's property "act" holds the value of its CardAct."""
    menu = QMenu(parent)

    def add(words: str, act: CardAct, name: str = "", keys: str = "") -> None:
        action = QAction(f"{words}\t{keys}" if keys else words, menu)
        if name:
            action.setIcon(icon(name))
        action.setProperty("act", act.value)
        menu.addAction(action)

    add(QCoreApplication.translate("ClaimMenu", "Write"), CardAct.WRITE, "pencil", "Enter")
    add(QCoreApplication.translate("ClaimMenu", "Link the picked notes"), CardAct.LINK, "link", "L")
    menu.addSeparator()
    add(QCoreApplication.translate("ClaimMenu", "Move up"), CardAct.UP, "arrow-up", "Alt+Up")
    add(QCoreApplication.translate("ClaimMenu", "Move down"), CardAct.DOWN, "arrow-down", "Alt+Down")
    acts = {target: act for act, target in KIND_ACTS.items()}
    for target in KINDS:
        if target is not kind:
            words = QCoreApplication.translate("ClaimMenu", "Move to “{column}”").format(column=claim_column(target))
            add(words, acts[target], "arrow-left-right")
    menu.addSeparator()
    add(QCoreApplication.translate("ClaimMenu", "Delete"), CardAct.DELETE, "trash-2", "Del")
    return menu
