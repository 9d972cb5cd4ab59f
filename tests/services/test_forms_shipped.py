"""The forms that ship, and the page that explains how to write one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from observe_app.domain.form import Form, ItemKind
from observe_app.services.catalogue import Catalogue, check_file
from observe_app.services.forms import limits

FOLDER = Path(__file__).parents[2] / "forms"
FILES = sorted(FOLDER.glob("*.toml"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.fixture(params=[path.stem for path in FILES])
def form(request: pytest.FixtureRequest) -> Form:
    return Catalogue((FOLDER,)).form(request.param)


def test_the_three_forms_are_there() -> None:
    entries = Catalogue((FOLDER,)).entries()

    assert {"general-peer-observation", "learning-walk", "open-notes"} <= {entry.form_id for entry in entries}
    assert [entry for entry in entries if entry.problems] == []


def test_each_form_tells_when_to_pick_it_and_on_what_terms(form: Form) -> None:
    assert dict(form.purpose)[""].startswith("Pick this ")
    assert form.source
    assert form.licence == "MIT"


def test_each_rating_describes_every_level_for_its_item(form: Form) -> None:
    ratings = [item for item in form.items if item.kind is ItemKind.RATING]

    assert all(level.descriptor for item in ratings for level in item.levels)
    descriptors = [level.descriptor for item in ratings for level in item.levels]
    assert len(set(descriptors)) == len(descriptors)


def test_each_item_that_asks_something_has_a_hotkey_and_a_help(form: Form) -> None:
    for item in form.items:
        assert item.help
        assert bool(item.hotkey) == (item.kind is not ItemKind.GUIDANCE)


def test_the_keys_that_answer_a_check_are_no_hotkeys(form: Form) -> None:
    assert {item.hotkey for item in form.items}.isdisjoint({"y", "n"})


def test_no_form_keeps_an_observer_from_the_lesson(form: Form) -> None:
    assert len(form.items) <= 14


def test_the_example_in_the_readme_is_a_form(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(# A line.*?)```", README, re.DOTALL)
    assert example is not None
    name = re.search(r"Save this as `([^`]+)`", README)
    assert name is not None
    path = tmp_path / name.group(1)
    path.write_text(example.group(1), encoding="utf-8")

    assert check_file(path) == ()
    assert {item.kind for item in Catalogue((tmp_path,)).form(path.stem).items} == set(ItemKind)


def test_the_readme_names_every_shipped_form() -> None:
    assert [path.stem for path in FILES] == sorted(re.findall(r"^\| `([a-z-]+)` \| (?:the|you)", README, re.MULTILINE))


def test_the_readme_states_the_limits_that_hold() -> None:
    section = README.partition("## Limits")[2].partition("## Licence")[0]
    numbers = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d|\d", section)}

    assert numbers == {
        limits.MAX_FILE_BYTES,
        limits.MAX_SECTIONS,
        limits.MAX_ITEMS,
        limits.MAX_SCALES,
        limits.MAX_LANGUAGES,
        limits.MAX_VALUES,
        limits.MAX_LABEL,
        limits.MAX_TEXT,
        limits.MAX_ID,
        limits.MAX_NESTING,
        limits.MAX_PROBLEMS,
        limits.MAX_FILES,
    }
