"""Settings that somebody or something spoilt: the program opens, the lesson can be written, no key is dead."""

from __future__ import annotations

import time

import pytest
import tomli_w
from PySide6.QtCore import Qt

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.domain.key_table import COMMANDS
from observe_app.services import notes, visits
from observe_app.services.core import close, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.observe.key_card import open_card
from observe_app.ui.settings import SettingsPage
from tests.services.event_form import visit_with
from tests.ui.observe.keys import press, type_text

ALT = Qt.KeyboardModifier.AltModifier
MANY = 20_000
ODD = ["", " ", "\n", "\u202e", "\u0301", "👩🏽\u200d🚀", "a" * 10_000, "\x7f", "Ctrl+", "+", "++", "é", "//", "{0}"]
SPOILT = {
    "wrong types": {
        "keys": 3, "abbreviations": "tt=teacher talks", "judging_words": {"en": "good"}, "fair_words": [1, 2],
        "marks_judging": "yes", "text_size": "huge", "visits_hinted": "many", "theme": 4, "language": ["en"],
        "video_pauses": 0, "backup_keep": -5, "me_id": 7,
    },
    "rows of wrong lengths": {
        "keys": [[], [""], ["", "pause"], ["", "pause", "F3", "F4"], ["happenings", "praise"]],
        "abbreviations": [[], ["tt"], ["tt", "a", "b"], ["", "x"], ["x", ""], [" ", " "]],
        "judging_words": [[], ["en"], ["en", ""], ["", "good"], ["en", "good", "x"]],
        "fair_words": [[], ["en"], ["en", "good", "x"]],
    },
    "odd signs": {
        "keys": [["", "pause", odd] for odd in ODD] + [["happenings", odd, "F2"] for odd in ODD],
        "abbreviations": [[odd, f"long {odd}"] for odd in ODD] + [["tt", odd] for odd in ODD],
        "judging_words": [["en", odd] for odd in ODD], "fair_words": [["en", odd] for odd in ODD],
        "language": "\u202e", "theme": "{0}", "purpose_line": "\u202e{0}", "last_export": "/nowhere/\u202e",
    },
    "one key for all": {
        "keys": [["", command.id, "F2"] for command in COMMANDS]
        + [["happenings", item, "F2"] for item in ("praise", "open", "teacher", "pupils", "grid")],
    },
    "keys that type": {
        "keys": [["", command.id, key] for command, key in zip(COMMANDS, "aeinrst ,.", strict=False)]
        + [["happenings", "praise", "Return"], ["happenings", "open", "Space"], ["happenings", "grid/I.Lec", "a"],
           ["", "blank", "Backspace"], ["", "end", "Enter"], ["", "star", "Shift+T"]],
    },
    "very many": {
        "keys": [["", "pause", f"F{n}"] for n in range(MANY)],
        "abbreviations": [[f"q{n}", f"long {n}"] for n in range(MANY)],
        "judging_words": [["en", f"word{n}"] for n in range(MANY)],
        "fair_words": [["en", f"fair{n}"] for n in range(MANY)],
    },
    "very large": {
        "abbreviations": [["tt", "x" * 5_000_000]], "judging_words": [["en", "y" * 1_000_000]],
        "my_name": "z" * 1_000_000, "text_size": 2**62, "visits_hinted": -(2**62), "backup_keep": 2**62,
    },
}  # fmt: skip


@pytest.fixture(params=list(SPOILT))
def spoilt(request, data_folder, clock, qapp):
    (data_folder / "settings.toml").write_bytes(tomli_w.dumps({"version": 1, **SPOILT[request.param]}).encode())
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock))
    yield opened
    close(opened)


def test_the_lesson_can_be_written_whatever_the_settings_say(spoilt, qtbot):
    visit_id = visit_with(spoilt)
    visits.begin(spoilt, visit_id=visit_id)
    bus = ChangeBus()
    stop = subscribe(spoilt, bus.publish)
    begin = time.process_time()
    tab = ObserveTab(spoilt, bus)
    qtbot.addWidget(tab)
    tab.resize(1290, 700)
    tab.open_visit(visit_id)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    tab.focus_line()
    opened = time.process_time() - begin
    type_text(tab.line.edit, "T asks who can say more, ")
    type_text(tab.line.edit, "bar seat int rest 1. e\n")
    type_text(tab.line.edit, "and so on")
    press(tab.line.edit, Qt.Key.Key_Return)
    typed = time.process_time() - begin - opened
    open_card(spoilt, tab.live.form, tab)
    tab.leave()
    stop()

    assert [event.text for event in notes.stream(spoilt, visit_id) if event.text] == [
        "asks who can say more, bar seat int rest 1. e\nand so on"
    ]
    assert opened < 6
    assert typed < 6


def test_the_settings_page_opens_and_changes_something_else(spoilt, qtbot, runner):
    begin = time.process_time()
    page = SettingsPage(spoilt, runner, ChangeBus())
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    spoilt.settings.change(school="Elm Park")
    spent = time.process_time() - begin

    assert spoilt.settings.get().school == "Elm Park"
    assert spent < 15
    close(again := wire_core(spoilt.folder, clock=spoilt.clock, ids=Ids(spoilt.clock)))
    assert again.settings.get() == spoilt.settings.get()
