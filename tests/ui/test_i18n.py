"""Every enum has words; dates and times read as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QLocale

from observe_app.domain.action_step import StepStatus
from observe_app.domain.answer import Absence
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.people import Role
from observe_app.domain.visit import Stage
from observe_app.ui import i18n
from observe_app.ui.translations import load_translations

TABLES = [
    (i18n.stage_name, Stage),
    (i18n.absence_name, Absence),
    (i18n.claim_name, ClaimKind),
    (i18n.claim_column, ClaimKind),
    (i18n.role_name, Role),
    (i18n.step_name, StepStatus),
]


@pytest.fixture(autouse=True)
def _english():
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(("name", "kinds"), TABLES)
def test_every_kind_has_a_word_of_its_own(name, kinds):
    words = [name(kind) for kind in kinds]

    assert all(words)
    assert len(set(words)) == len(words)


def test_growth_is_called_to_grow_over_a_column():
    assert i18n.claim_column(ClaimKind.GROWTH) == "To grow"


def test_dates_are_short_and_long():
    assert i18n.short_date(date(2026, 3, 10)) == "Tue 10 Mar"
    assert i18n.long_date(date(2026, 3, 11)) == "Wednesday 11 March 2026"


def test_times_show_seconds_only_when_asked():
    assert i18n.time_of_day(time(9, 36, 41)) == "09:36"
    assert i18n.time_of_day(time(9, 36, 41), seconds=True) == "09:36:41"


def test_a_language_that_does_not_ship_stays_english(qapp):
    locale = load_translations(qapp, "en")

    assert locale.language() is QLocale.Language.English
    assert i18n.stage_name(Stage.TALK) == "Talk"


def test_notes_are_taken_for_english_where_the_system_names_no_language():
    QLocale.setDefault(QLocale.c())
    assert i18n.writing_language() == "en"

    QLocale.setDefault(QLocale("de_AT"))
    assert i18n.writing_language() == "de"
