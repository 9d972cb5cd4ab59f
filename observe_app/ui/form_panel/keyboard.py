"""Where the keys of letters lie: codes are laid out by place, so that each hand keeps its side of the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

REACH = 5
"""Keys of a row that one hand reaches."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Three rows of ten keys, as they are labelled."""

    rows: tuple[str, str, str]

    def place(self, key: str) -> tuple[int, int] | None:
        """Return row and column of a key, both from 0; None where it is none of the thirty."""
        for row, keys in enumerate(self.rows):
            column = keys.find(key) if key else -1
            if column >= 0:
                return row, column
        return None

    def here(self, key: str) -> str:
        """Return the label of the key that lies where this one lies on a QWERTY keyboard; other keys as they are."""
        place = QWERTY.place(key)
        return key if place is None else self.rows[place[0]][place[1]]

    def of_hand(self, hand: Hand) -> str:
        """Return the keys of a hand, row by row."""
        left = hand is Hand.LEFT
        return "".join(keys[:REACH] if left else keys[REACH:] for keys in self.rows)

    def hand(self, keys: tuple[str, ...]) -> Hand | None:
        """Return the hand that reaches every one of these keys, None where none does."""
        return next((hand for hand in Hand if keys and all(key and key in self.of_hand(hand) for key in keys)), None)


class Hand(Enum):
    """Whose keys."""

    LEFT = "left"
    RIGHT = "right"


QWERTY = Keyboard(("qwertyuiop", "asdfghjkl;", "zxcvbnm,./"))
_QWERTZ = Keyboard(("qwertzuiop", "asdfghjklö", "yxcvbnm,.-"))
_AZERTY = Keyboard(("azertyuiop", "qsdfghjklm", "wxcvbn,;:!"))
_AZERTY_LANDS = {QLocale.Country.France, QLocale.Country.Belgium}
_QWERTZ_LANDS = {QLocale.Country.Germany, QLocale.Country.Austria}


def keyboard_of(locale: QLocale) -> Keyboard:
    """Return the keyboard that people with this input locale have in front of them; QWERTY where nothing is known."""
    language, land = locale.language(), locale.territory()
    if language == QLocale.Language.French and land in _AZERTY_LANDS:
        return _AZERTY
    if language == QLocale.Language.German and land in _QWERTZ_LANDS:
        return _QWERTZ
    return QWERTY


def own_keyboard() -> Keyboard:
    """Return the keyboard of this computer's user."""
    return keyboard_of(QGuiApplication.inputMethod().locale())
