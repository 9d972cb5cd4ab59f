"""Where keys lie, and what they are called there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from observe_app.domain.form import led_by_codes
from observe_app.domain.form_keys import codes_of
from observe_app.paths import forms_dir
from observe_app.services.catalogue import Catalogue
from observe_app.ui.form_panel.code_grid import code_keys
from observe_app.ui.form_panel.keyboard import QWERTY, Hand, keyboard_of

COPUS = led_by_codes(Catalogue((forms_dir(),)).form("copus"))


@pytest.mark.parametrize(
    ("locale", "row"),
    [("en_GB", "qwerty"), ("de_DE", "qwertz"), ("fr_FR", "azerty"), ("fr_CA", "qwerty"), ("C", "qwerty")],
)
def test_a_keyboard_goes_with_its_country(locale, row):
    assert keyboard_of(QLocale(locale)).rows[0].startswith(row)


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR"])
def test_copus_lies_in_the_same_place_under_the_same_hands_on_every_keyboard(locale):
    keyboard = keyboard_of(QLocale(locale))
    keys, usual = code_keys(COPUS, keyboard=keyboard), codes_of(COPUS)

    assert {full: keyboard.place(key) for full, key in keys.items()} == {
        full: QWERTY.place(key) for full, key in usual.items()
    }
    hands = [keyboard.hand(tuple(keys[side.full(code)] for code in side.codes)) for side in COPUS.sides]
    assert hands == [Hand.LEFT, Hand.RIGHT]


def test_keys_of_both_hands_belong_to_neither():
    assert QWERTY.hand(("q", "p")) is None
    assert QWERTY.hand(("q", "")) is None
    assert QWERTY.hand(()) is None
    assert QWERTY.place("é") is None
    assert QWERTY.here("é") == "é"
