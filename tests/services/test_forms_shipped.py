"""The forms that ship, and the page that explains how to write one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from observe_app.domain import answer_rules
from observe_app.domain.form import MAX_LEVELS, Form, ItemKind
from observe_app.services.catalogue import Catalogue, check_file
from observe_app.services.forms import limits
from observe_app.services.forms.read_conditions import CONDITION_KEYS
from observe_app.services.forms.read_intervals import CODE_KEYS, SIDE_KEYS
from observe_app.services.forms.read_items import ITEM_KEYS, OPTION_KEYS
from observe_app.services.forms.read_scales import LEVEL_KEYS
from observe_app.services.forms.reader import FORM_KEYS, SECTION_KEYS

FOLDER = Path(__file__).parents[2] / "forms"
FILES = sorted(FOLDER.glob("*.toml"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture(params=[path.stem for path in FILES])
def form(request: pytest.FixtureRequest) -> Form:
    return Catalogue((FOLDER,)).form(request.param)


def test_every_form_that_ships_is_good() -> None:
    entries = Catalogue((FOLDER,)).entries()

    assert {entry.form_id for entry in entries} == {path.stem for path in FILES}
    assert len(entries) == 17
    assert [entry for entry in entries if entry.problems] == []


def test_each_form_tells_when_to_pick_it_and_on_what_terms(form: Form) -> None:
    assert dict(form.purpose)[""].startswith("Pick this ")
    assert form.source
    assert form.licence.startswith("MIT")


def test_each_text_is_ready_to_be_translated() -> None:
    """A translator adds lines; a text without its language's code would have to be rewritten first."""
    plain = re.compile(r'^(?:title|label|help|purpose|unit|descriptors\.\d) = "', re.MULTILINE)

    assert [path.name for path in FILES if plain.search(path.read_text(encoding="utf-8"))] == []


def test_each_rating_that_judges_describes_every_level_for_its_item(form: Form) -> None:
    described = [item for item in form.items if item.kind is ItemKind.RATING and item.levels[0].descriptor]

    assert all(level.descriptor for item in described for level in item.levels)
    descriptors = [level.descriptor for item in described for level in item.levels]
    assert len(set(descriptors)) == len(descriptors)


def test_each_item_that_is_filled_in_has_a_hotkey(form: Form) -> None:
    for item in form.items:
        assert bool(item.hotkey) == (item.kind is not ItemKind.GUIDANCE), item.id


def test_each_code_has_its_key(form: Form) -> None:
    codes = [code for item in form.items for side in item.sides for code in side.codes]

    assert all(code.hotkey for code in codes)


def test_no_form_keeps_an_observer_from_the_lesson(form: Form) -> None:
    assert len(form.items) <= 20


def test_copus_has_its_codes_and_categories() -> None:
    sheet = Catalogue((FOLDER,)).form("copus").item("copus")
    assert sheet is not None

    assert [len(side.codes) for side in sheet.sides] == [12, 13]
    assert [len(side.categories) for side in sheet.sides] == [4, 4]
    assert all(code.category and code.help for side in sheet.sides for code in side.codes)
    assert sheet.seconds == 120


def readme_example() -> str:
    example = re.search(r"```toml\n(# A line.*?)```", README, re.DOTALL)
    assert example is not None
    return example.group(1)


def test_the_example_in_the_readme_is_a_form(tmp_path: Path) -> None:
    name = re.search(r"Save this as `([^`]+)`", README)
    assert name is not None
    path = tmp_path / name.group(1)
    path.write_text(readme_example(), encoding="utf-8")

    assert check_file(path) == ()


def test_the_items_in_the_readme_show_every_kind(tmp_path: Path) -> None:
    items = re.findall(r"```toml\n(\[\[sections.items\]\].*?)```", README, re.DOTALL)
    path = tmp_path / "first-five-minutes.toml"
    path.write_text("\n".join((readme_example(), *items)), encoding="utf-8")

    assert check_file(path) == ()
    assert {item.kind for item in Catalogue((tmp_path,)).form(path.stem).items} == set(ItemKind)


def test_the_readme_explains_every_key() -> None:
    keys = {*FORM_KEYS, *SECTION_KEYS, *SIDE_KEYS, *CODE_KEYS, *OPTION_KEYS, *LEVEL_KEYS, *CONDITION_KEYS}
    keys |= {key for of_kind in ITEM_KEYS.values() for key in of_kind}

    assert {key for key in keys if not re.search(rf"\b{key}\b", README)} == set()
    assert {kind for kind in ItemKind if not re.search(rf"\*\*{kind}\*\*", README, re.IGNORECASE)} == set()


def test_the_readme_names_every_shipped_form() -> None:
    assert [path.stem for path in FILES] == sorted(re.findall(r"^\| `([a-z-]+)` \| (?:the|you)", README, re.MULTILINE))


def test_the_readme_states_the_limits_that_hold() -> None:
    section = README.partition("## Limits")[2].partition("## Licence")[0]
    numbers = {float(number.replace(",", "")) for number in re.findall(r"\d(?:[\d,.]*\d)?", section)}

    assert numbers == {limit for name, limit in vars(limits).items() if name.startswith(("MAX_", "MIN_"))} | {
        answer_rules.MAX_NUMBER,
        MAX_LEVELS,
    }
