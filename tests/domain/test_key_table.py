"""The table of keys: what is pressed for what on each system, and what is wrong with a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.form import Code, Item, ItemKind, Level, Side
from observe_app.domain.form_keys import codes_of, keys_of
from observe_app.domain.key_names import LETTERS, SYSTEMS, bare, held, key_name, shown_key, types_text
from observe_app.domain.key_table import (
    COMMANDS,
    ITEM_FUNCTIONS,
    MOST_ROWS,
    Clash,
    ClashWhy,
    KeyKind,
    KeyRow,
    clashes,
    key_of,
    keys_in_force,
    own_keys,
    refused,
    with_key,
    without_form,
)

systems = st.sampled_from(SYSTEMS)
some_keys = st.sampled_from(["F12", "F1", "F3", "Ctrl G", "Ctrl Alt E", "Q", "Alt A", "Ctrl Shift P", "", "??", "Ctrl"])
ids = st.sampled_from([*(one.id for one in COMMANDS), "no-such", "lead", "copus/I.Lec"])
rows = st.lists(st.one_of(st.tuples(st.sampled_from(["", "copus"]), ids, some_keys), st.tuples(st.text()))).map(tuple)


# -- names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ctrl+shift+p", "Ctrl Shift P"),
        ("Shift Ctrl p", "Ctrl Shift P"),
        ("f12", "F12"),
        ("ctrl++", "Ctrl +"),
        ("Ctrl +", "Ctrl +"),
        ("+", "+"),
        ("ö", "Ö"),
        ("return", "Enter"),
        ("Alt 5", "Alt 5"),
        ("F25", ""),
        ("Ctrl", ""),
        ("Ctrl Ctrl A", ""),
        ("A B", ""),
        ("", ""),
        (" ", ""),
        ("\x00", ""),
        ("A" * 10_000, ""),
    ],
)
def test_a_key_is_read_however_it_is_written(typed, name):
    assert key_name(typed) == name


@given(st.text(max_size=60))
def test_a_name_read_again_is_itself(text):
    name = key_name(text)

    assert name == "" or key_name(name) == name


@given(some_keys.map(key_name).filter(bool))
def test_a_name_is_its_modifiers_and_one_key(name):
    assert " ".join([*(one for one in ("Ctrl", "Alt", "Shift", "Meta") if one in held(name)), bare(name)]) == name


def test_a_mac_shows_its_own_signs():
    assert [shown_key("Ctrl Shift P", one) for one in SYSTEMS] == ["⌘ ⇧ P", "Ctrl Shift P", "Ctrl Shift P"]


@pytest.mark.parametrize(
    ("key", "typing"),
    [
        ("Q", SYSTEMS),
        ("Shift Q", SYSTEMS),
        ("Space", SYSTEMS),
        ("Alt Q", ("mac",)),
        ("Ctrl Alt Q", ("windows", "linux")),
        ("Ctrl Q", ()),
        ("F12", ()),
        ("Shift F5", ()),
    ],
)
def test_what_types_differs_by_system(key, typing):
    assert tuple(one for one in SYSTEMS if types_text(key, one)) == typing


# -- defaults


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_usual_key_can_be_pressed_and_is_alone(system):
    keys = [one.default(system) for one in COMMANDS if one.default(system)]

    assert [key for key in keys if key_name(key) != key] == []
    assert len(set(keys)) == len(keys)
    assert [one.id for one in COMMANDS if not one.fixed and refused(one.default(system) or "F12", system)] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_usual_key_is_alt_gr_or_the_systems(system):
    keys = [one.default(system) for one in COMMANDS]

    assert [key for key in keys if {"Ctrl", "Alt"} <= held(key) or held(key) == {"Alt"}] == []
    assert {"F10", "F11"} & set(keys) == set()


def test_commands_of_the_note_line_are_in_the_table():
    words = ["pause", "phase", "clock", "blank", "seats", "keys", "video", "star", "private", "end", "codes"]

    assert set(words) <= {one.id for one in COMMANDS}


# -- own keys


def test_an_own_key_comes_before_the_usual_one():
    own = (("", "blank", "Ctrl Shift B"),)

    assert key_of("blank", own, "linux") == "Ctrl Shift B"
    assert key_of("blank", (), "linux") == "F12"
    assert key_of("blank", (), "mac") == "Ctrl B"


def test_an_own_key_takes_a_usual_one_from_its_command():
    own = (("", "star", "Ctrl G"),)

    assert (key_of("star", own, "linux"), key_of("number", own, "linux")) == ("Ctrl G", "")


def test_an_empty_own_key_takes_the_key_away():
    assert key_of("blank", (("", "blank", ""),), "linux") == ""


@pytest.mark.parametrize(
    "key", ["Q", "F10", "Ctrl Alt E", "F3", "Alt A", "Ctrl Z", "Esc", "Ctrl C", "nonsense", "Meta Q"]
)
def test_a_key_that_cannot_be_a_command_leaves_the_usual_one(key):
    assert key_of("blank", (("", "blank", key),), "windows") == "F12"


def test_the_systems_own_keys_stay():
    assert key_of("undo", (("", "undo", "Ctrl Shift U"),), "windows") == "Ctrl Z"


@given(rows, systems)
def test_whatever_is_kept_no_key_does_two_things(own, system):
    keys = keys_in_force(own, system)

    assert len(set(keys.values())) == len(keys)
    assert {one for one in keys if one not in {command.id for command in COMMANDS}} == set()
    assert [key for one, key in keys.items() if one not in ("start", "undo", "redo") and refused(key, system)] == []


@given(rows, ids, some_keys)
def test_a_key_that_is_set_is_there_and_the_others_stay(own, target, key):
    changed = with_key(own, "copus", target, key)

    assert own_keys(changed, "copus") == own_keys(own, "copus") | {target: key}
    assert own_keys(changed, "") == own_keys(own, "")
    assert own_keys(with_key(changed, "copus", target, None), "copus").get(target) is None


@given(rows)
def test_all_set_back_leaves_other_forms(own):
    assert own_keys(without_form(own, "copus"), "copus") == {}
    assert own_keys(without_form(own, "copus"), "") == own_keys(own, "")


def test_rows_without_end_are_not_read_to_the_end():
    own = tuple(("", f"c{number}", "F12") for number in range(10 * MOST_ROWS))

    assert len(own_keys(own, "")) == MOST_ROWS
    assert key_of("star", with_key(own, "", "star", "Ctrl Shift Y"), "linux") == "Ctrl Shift Y"


# -- clashes


def test_the_same_key_twice_is_said_at_the_second():
    rows_ = (KeyRow("pause", "Ctrl Shift P"), KeyRow("star", "Ctrl Shift P"))

    assert clashes(rows_, "linux") == (Clash("star", ClashWhy.SAME, "pause"),)


def test_an_own_key_has_it_before_a_usual_one():
    rows_ = (KeyRow("number", "Ctrl G"), KeyRow("star", "Ctrl G", own=True))

    assert clashes(rows_, "linux") == (Clash("number", ClashWhy.SAME, "star"),)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("Ctrl K", ClashWhy.WINDOW),
        ("F10", ClashWhy.SYSTEM),
        ("Alt F4", ClashWhy.SYSTEM),
        ("Q", ClashWhy.TEXT),
        ("Ctrl Alt E", ClashWhy.TEXT),
        ("Ctrl V", ClashWhy.TEXT),
        ("F4", ClashWhy.FORM),
        ("Alt A", ClashWhy.FORM),
        ("Alt 3", ClashWhy.FORM),
    ],
)
def test_a_key_that_means_something_else_is_said(key, why):
    assert clashes((KeyRow("star", key),), "windows") == (Clash("star", why),)


def test_a_letter_cannot_reach_an_item_and_a_code_of_one_form():
    rows_ = (
        KeyRow("talk", "Q", KeyKind.ITEM, "copus"),
        KeyRow("grid/I.Lec", "q", KeyKind.CODE, "copus"),
        KeyRow("other", "Q", KeyKind.ITEM, "another form"),
        KeyRow("star", "Ctrl Shift Q"),
    )

    assert clashes(rows_, "linux") == (Clash("grid/I.Lec", ClashWhy.SAME, "talk"),)


@pytest.mark.parametrize(
    ("kind", "key"),
    [(KeyKind.ITEM, "F10"), (KeyKind.ITEM, "Ctrl A"), (KeyKind.ITEM, "5"), (KeyKind.CODE, "="), (KeyKind.CODE, "AB")],
)
def test_items_and_codes_have_keys_of_their_own_kinds(kind, key):
    assert clashes((KeyRow("x", key, kind, "f"),), "linux") == (Clash("x", ClashWhy.NOT_HERE),)


@given(st.lists(st.builds(KeyRow, ids, some_keys, st.sampled_from(KeyKind), st.sampled_from(["", "f"]))), systems)
def test_rows_that_do_not_clash_have_keys_of_their_own(rows_, system):
    rows_ = list({(row.target, row.kind): row for row in rows_}.values())
    wrong = {clash.target for clash in clashes(rows_, system)}
    fine = [row for row in rows_ if row.key and row.target not in wrong and row.kind is KeyKind.COMMAND]

    assert len({row.key for row in fine}) == len(fine)


# -- items and codes


def items_of(*hotkeys: str) -> list[Item]:
    return [Item(f"i{n}", ItemKind.CHECK, (("", f"Item {n}"),), hotkey=key) for n, key in enumerate(hotkeys)]


def test_an_item_has_the_persons_own_key():
    items = items_of("a", "b", "c")

    assert keys_of(items, {"i1": "z", "i2": "F5"}) == {"i0": "A", "i1": "Z", "i2": "F5"}


def test_an_own_key_takes_another_items_and_that_one_gets_the_next():
    assert keys_of(items_of("a", "b"), {"i1": "A"}) == {"i1": "A", "i0": "B"}


def test_an_item_can_be_left_without_a_key():
    assert keys_of(items_of("a", "b"), {"i0": ""}) == {"i1": "B"}


own_items = st.dictionaries(st.sampled_from(["i0", "i1", "i2", "i3", "gone"]), st.text(max_size=3))


@given(st.lists(st.sampled_from(["", "a", "b", "f2", "5"]), max_size=40), own_items)
def test_keys_of_items_are_letters_and_function_keys_and_never_two_alike(hotkeys, own):
    keys = keys_of(items_of(*hotkeys), own)

    assert len(set(keys.values())) == len(keys)
    assert {key for key in keys.values() if key not in LETTERS and key not in ITEM_FUNCTIONS} == set()


def grid(*hotkeys: str) -> Item:
    codes = tuple(Code(f"c{n}", (), hotkey=key) for n, key in enumerate(hotkeys))
    levels = (Level(1, (("", "low"),)), Level(2, (("", "high"),)))
    return Item("grid", ItemKind.INTERVAL, (("", "Grid"),), seconds=120, sides=(Side("I", (), codes),), levels=levels)


def test_a_code_has_the_persons_own_key():
    assert codes_of(grid("q", "w"), {"grid/I.c1": ";", "other/I.c0": "x"}) == {"I.c0": "q", "I.c1": ";"}


@pytest.mark.parametrize("key", ["=", "0", "1", "2", " ", "ab", "\n"])
def test_a_key_that_means_something_in_the_grid_is_no_codes_own(key):
    assert codes_of(grid("q"), {"grid/I.c0": key}) == {"I.c0": "q"}


@given(
    st.lists(st.sampled_from(["", "q", "w", "=", "1"]), max_size=60),
    st.dictionaries(st.sampled_from(["grid/I.c0", "grid/I.c1", "grid/I.c2"]), st.text(max_size=2)),
)
def test_keys_of_codes_are_single_signs_and_never_two_alike(hotkeys, own):
    keys = [key for key in codes_of(grid(*hotkeys), own).values() if key]

    assert len(set(keys)) == len(keys)
    assert {key for key in keys if len(key) != 1 or key in "=012"} == set()
