"""A protected record in the window: asked for at the start, turned on and off in Settings, said in words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from observe_app.app import wire_core
from observe_app.domain.errors import DatabaseLockedAway
from observe_app.services import backup, people, protection
from observe_app.services.core import close
from observe_app.store import driver
from observe_app.store.vault import Vault
from observe_app.ui.opening_failed import OpeningFailedSheet
from observe_app.ui.opening_locked import OpeningLockedSheet
from observe_app.ui.settings.protect_sheet import EndProtectionSheet, ProtectSheet
from observe_app.ui.settings.protection_section import ProtectionSection
from observe_app.ui.starter import Starter
from tests.keyrings import MemoryKeyring, memory_keyring
from tests.ui.window import introduced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.ui.theme import ThemeController

PASSPHRASE = "four words put together"  # noqa: S105  (it protects nothing)
WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("OBSERVE_TEST_SEALED")), reason="decides by itself what is protected"
)


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as found:
        yield found


@pytest.fixture
def folder(data_folder: Path, clock: FakeClock) -> Path:
    core = wire_core(data_folder, clock=clock)
    introduced(core)
    people.add(core, name="Ilse Bakker")
    backup.daily(core)
    close(core)
    return data_folder


@pytest.fixture
def start(qtbot: QtBot, folder: Path, clock: FakeClock, theme: ThemeController) -> Iterator[Callable[[], Starter]]:
    made: list[Starter] = []

    def begin() -> Starter:
        vault = Vault(folder)
        starter = Starter(
            lambda: wire_core(folder, clock=clock, vault=vault), folder=folder, theme=theme, vault=lambda: vault
        )
        qtbot.addWidget(starter.window)
        made.append(starter)
        return starter

    yield begin
    for starter in made:
        starter.window.close()
        starter.end()


def locked(qtbot: QtBot, starter: Starter) -> OpeningLockedSheet:
    with qtbot.waitSignal(starter.failed, timeout=20_000):
        starter.show()
    sheet = starter.window.findChild(OpeningLockedSheet)
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def said(sheet: OpeningLockedSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def type_in(edit, text: str) -> None:
    edit.clear()
    QTest.keyClicks(edit, text)


def test_by_the_keyring_the_window_opens_without_a_question(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    starter = start()
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        starter.show()
    assert starter.window.findChild(OpeningLockedSheet) is None
    assert starter.desk is not None
    assert {row.person.name for row in people.listing(starter.desk.core)} >= {"Ilse Bakker"}


def test_a_passphrase_is_asked_for_until_it_is_the_right_one(
    qtbot: QtBot, start, folder: Path, clock: FakeClock
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock, passphrase=PASSPHRASE)
    starter = start()
    sheet = locked(qtbot, starter)
    assert "nobody can open it without the passphrase" in said(sheet)
    assert sheet.passphrase_edit.hasFocus() or sheet.focusProxy() is None

    QTest.keyClicks(sheet.passphrase_edit, "four birds")
    with qtbot.waitSignal(starter.failed, timeout=20_000) as failed:
        QTest.keyClick(sheet.passphrase_edit, Qt.Key.Key_Return)
    assert isinstance(failed.args[0], DatabaseLockedAway)
    assert "That is not it" in said(sheet)
    assert sheet.open_button.isEnabled()

    type_in(sheet.passphrase_edit, PASSPHRASE)
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        sheet.open_button.click()
    assert starter.window.current_name == "today"
    qtbot.waitUntil(lambda: starter.window.findChild(OpeningLockedSheet) is None)


def test_the_twelve_words_open_what_this_computer_lost(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    vault = Vault(folder)
    vault.create(WORDS)
    protection.turn_on(folder, vault, clock=clock)
    ring.kept.clear()
    starter = start()
    sheet = locked(qtbot, starter)
    assert "not on this computer" in said(sheet)
    assert not sheet.new_edit.isVisible()

    QTest.keyClicks(sheet.words_edit, "legal winner thank")
    with qtbot.waitSignal(starter.failed, timeout=20_000):
        sheet.open_button.click()
    assert "twelve words" in said(sheet)
    sheet.words_edit.set_text("")
    QTest.keyClicks(sheet.words_edit, WORDS)
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        sheet.open_button.click()
    assert len(ring.kept) == 1


def test_without_words_it_says_where_the_record_opens(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    ring.kept.clear()
    sheet = locked(qtbot, start())
    assert "in the account where it was written" in said(sheet)
    assert not sheet.open_button.isVisible()
    assert not sheet.words_edit.isVisible()


def test_a_record_of_another_computer_is_said_and_nothing_asked(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    path = folder / "observe.sqlite"
    path.write_bytes(driver.mark_of(bytes(32)) + path.read_bytes()[16:])
    starter = start()
    with qtbot.waitSignal(starter.failed, timeout=20_000):
        starter.show()
    assert starter.window.findChild(OpeningLockedSheet) is None
    sheet = starter.window.findChild(OpeningFailedSheet)
    assert sheet is not None
    assert sheet.title_label.text() == "The record is protected"


def settings_of(qtbot: QtBot, starter: Starter) -> ProtectionSection:
    """Go to the settings and return the section, once it knows how it stands."""
    page = starter.window.go("settings")
    assert page is not None
    section = page.findChild(ProtectionSection)
    assert section is not None
    qtbot.waitUntil(section.protect_button.isEnabled, timeout=20_000)
    return section


def test_turned_on_and_off_in_settings_with_a_look_at_each_step(
    qtbot: QtBot, start, folder: Path, ring: MemoryKeyring
) -> None:
    starter = start()
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        starter.show()
    section = settings_of(qtbot, starter)
    assert section.state_label.text().startswith("Not protected")
    assert not section.end_button.isVisible()

    section.protect_button.click()
    sheet = starter.window.findChild(ProtectSheet)
    assert sheet.keyring_radio.isChecked()
    assert not sheet.first_edit.isVisible()
    with qtbot.waitSignal(starter.ready, timeout=30_000):
        sheet.main_button.click()

    assert starter.window.current_name == "settings"
    assert "is protected" in starter.window.message_bar.message.text
    assert "before-protecting-" in starter.window.message_bar.message.text
    assert driver.is_sealed(folder / "observe.sqlite")
    assert all(driver.is_sealed(path) for path in (folder / "backups").iterdir())
    section = settings_of(qtbot, starter)
    assert section.state_label.text().startswith("Protected. It opens by itself")
    assert "Nothing else opens it" in section.more_label.text()

    section.end_button.click()
    end = starter.window.findChild(EndProtectionSheet)
    assert end.safe_button.hasFocus() or not starter.window.isActiveWindow()
    with qtbot.waitSignal(starter.ready, timeout=30_000):
        end.main_button.click()
    assert driver.is_plain(folder / "observe.sqlite")
    assert ring.kept == {}


def test_a_passphrase_is_asked_twice_and_long_enough(qtbot: QtBot, start, folder: Path) -> None:
    starter = start()
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        starter.show()
    section = settings_of(qtbot, starter)
    section.protect_button.click()
    sheet = starter.window.findChild(ProtectSheet)
    assert not sheet.keyring_radio.isEnabled()
    assert sheet.passphrase_radio.isChecked()
    assert "nobody can open your record" in sheet.forgotten_label.text()

    type_in(sheet.first_edit, "short")
    sheet.main_button.click()
    assert "at least 8" in sheet.first_field.note.text()
    type_in(sheet.first_edit, PASSPHRASE)
    type_in(sheet.again_edit, "four words put apart")
    sheet.main_button.click()
    assert "not the same" in sheet.again_field.note.text()
    type_in(sheet.again_edit, PASSPHRASE)
    sheet.backups_box.setCurrentIndex(sheet.backups_box.findData("keep"))
    with qtbot.waitSignal(starter.ready, timeout=60_000):
        sheet.main_button.click()

    assert "Backups left as they were: 2" in starter.window.message_bar.message.text
    assert driver.is_sealed(folder / "observe.sqlite")
    section = settings_of(qtbot, starter)
    assert section.state_label.text() == "Protected. It opens with your passphrase."
    assert "not protected yet: 2" in section.more_label.text()


def test_backups_left_are_protected_later_and_the_way_in_stays(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock, backups="keep")
    kept = dict(ring.kept)
    starter = start()
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        starter.show()
    section = settings_of(qtbot, starter)
    section.protect_button.click()
    sheet = starter.window.findChild(ProtectSheet)
    with qtbot.waitSignal(starter.ready, timeout=30_000):
        sheet.main_button.click()
    assert all(driver.is_sealed(path) for path in (folder / "backups").iterdir())
    assert ring.kept == kept


def test_from_the_keyring_to_a_passphrase_the_window_stays_open(
    qtbot: QtBot, start, folder: Path, clock: FakeClock, ring: MemoryKeyring
) -> None:
    protection.turn_on(folder, Vault(folder), clock=clock)
    starter = start()
    with qtbot.waitSignal(starter.ready, timeout=20_000):
        starter.show()
    section = settings_of(qtbot, starter)
    section.protect_button.click()
    sheet = starter.window.findChild(ProtectSheet)
    assert sheet.keyring_radio.isChecked()
    sheet.passphrase_radio.click()
    type_in(sheet.first_edit, PASSPHRASE)
    type_in(sheet.again_edit, PASSPHRASE)
    with qtbot.assertNotEmitted(starter.ready):
        sheet.main_button.click()
        qtbot.waitUntil(lambda: "passphrase" in section.state_label.text(), timeout=30_000)
    assert ring.kept == {}
    assert section is starter.window.current_page.findChild(ProtectionSection)
