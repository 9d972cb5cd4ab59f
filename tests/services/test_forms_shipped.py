"""The forms that ship, and the page that explains how to write one."""

from __future__ import annotations

import os
import re
from itertools import product
from pathlib import Path

import pytest

from observe_app.domain import answer_rules
from observe_app.domain.answer import Answer
from observe_app.domain.form import EVENT_KINDS, MAX_LEVELS, Condition, Form, FormUse, Item, ItemKind
from observe_app.domain.show_when import shown_items
from observe_app.services.catalogue import Catalogue, check_file
from observe_app.services.forms import limits
from observe_app.services.forms.advice import LONG_LABEL
from observe_app.services.forms.read_conditions import CONDITION_KEYS
from observe_app.services.forms.read_intervals import CODE_KEYS, SIDE_KEYS
from observe_app.services.forms.read_items import ITEM_KEYS, OPTION_KEYS
from observe_app.services.forms.read_scales import LEVEL_KEYS
from observe_app.services.forms.reader import FORM_KEYS, SECTION_KEYS

FOLDER = Path(__file__).parents[2] / "forms"
FILES = sorted(FOLDER.glob("*.toml"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
IDENTITY = Path(__file__).parents[1] / "golden" / "forms" / "identity.txt"

# The key that walks from one part of the window to the next; a form takes it only when it needs all of F2 to F9.
WALKING_KEY = "f6"
FUNCTION_KEYS = tuple(f"f{number}" for number in range(2, 10))

# Sections that are filled in before the lesson, or from the notes after it.
AT_LEISURE = frozenset({"before", "agreed", "rules", "first", "room", "how", "went-well", "better-if"}) | {
    "who-is-heard",
    "word-for-word",
    "afterwards",
}
JUDGED = frozenset({ItemKind.CHECK, ItemKind.RATING, ItemKind.CHOICE, ItemKind.CHOICES})


@pytest.fixture(params=[path.stem for path in FILES])
def form(request: pytest.FixtureRequest) -> Form:
    return Catalogue((FOLDER,)).form(request.param)


def test_every_form_that_ships_is_good() -> None:
    entries = Catalogue((FOLDER,)).entries()

    assert {entry.form_id for entry in entries} == {path.stem for path in FILES}
    assert len(entries) == 20
    assert [entry for entry in entries if entry.problems] == []


def test_each_form_tells_when_to_pick_it_when_not_and_on_what_terms(form: Form) -> None:
    purpose = dict(form.purpose)[""]

    assert purpose.startswith("Pick this ")
    assert re.search(r"\b(?:not|no|never)\b|\btake |\bFor .* serves? you better|is enough", purpose, re.IGNORECASE)
    assert len(purpose) <= 350
    assert form.source
    assert form.licence.startswith("MIT")


def test_a_form_that_follows_others_cites_them() -> None:
    forms = [Catalogue((FOLDER,)).form(path.stem) for path in FILES]
    cited = {form.id for form in forms if form.citation}

    assert cited == {
        "before-and-after", "copus", "question-log", "session-survey", "talk-and-participation", "teachers-focus",
    }  # fmt: skip
    assert all(re.search(r"\(\d{4}\)\.", form.citation) for form in forms if form.citation)


def test_no_label_is_longer_than_its_line(form: Form) -> None:
    labels = {item.id: dict(item.label)[""] for item in form.items if item.kind is not ItemKind.GUIDANCE}

    assert {item: label for item, label in labels.items() if len(label) > LONG_LABEL} == {}


def test_each_text_is_ready_to_be_translated() -> None:
    """A translator adds lines; a text without its language's code would have to be rewritten first."""
    plain = re.compile(r'^(?:title|label|help|purpose|unit|descriptors\.\d) = "', re.MULTILINE)

    assert [path.name for path in FILES if plain.search(path.read_text(encoding="utf-8"))] == []


def test_each_rating_describes_every_level_for_its_item(form: Form) -> None:
    """“Agree” needs no description; what was seen or came of a talk does."""
    described = [item for item in form.items if item.kind is ItemKind.RATING and form.use is not FormUse.SURVEY]

    assert [item.id for item in described if not all(level.descriptor for level in item.levels)] == []
    descriptors = [level.descriptor for item in described for level in item.levels]
    assert len(set(descriptors)) == len(descriptors)


def test_each_item_that_is_filled_in_has_a_key_of_its_own(form: Form) -> None:
    keys = [item.hotkey for item in form.items if item.kind is not ItemKind.GUIDANCE]
    codes = [code.hotkey for item in form.items for side in item.sides for code in side.codes]

    assert all(keys)
    assert all(codes)
    assert len(set(keys + codes)) == len(keys + codes)
    assert [item.id for item in form.items if item.kind is ItemKind.GUIDANCE and item.hotkey] == []


def test_what_is_counted_or_timed_has_function_keys_and_nothing_else_has(form: Form) -> None:
    """Letters are left only for tallies of forms that count more than there are function keys."""
    live = [item for item in form.items if item.kind in EVENT_KINDS]
    with_letters = {item.kind for item in live if item.hotkey not in FUNCTION_KEYS}

    assert with_letters <= ({ItemKind.TALLY} if len(live) > len(FUNCTION_KEYS) else set())
    assert [item.id for item in form.items if item not in live and len(item.hotkey) > 1] == []
    assert WALKING_KEY not in {item.hotkey for item in live} or len(live) >= len(FUNCTION_KEYS)


def test_no_form_keeps_an_observer_from_the_lesson(form: Form) -> None:
    """At most twelve things to watch, count or judge while it goes on, whatever was chosen before it."""
    if form.use is not FormUse.LESSON:
        return
    asked = [item for item in form.items if any(one.item == item.id for one in conditions(form))]
    chosen = [[Answer("visit", item.id, option, None) for option in values(item)] for item in asked]

    for answers in product(*chosen):
        shown = shown_items(form, {answer.item: answer for answer in answers})
        watched = [
            item.id
            for section in form.sections
            if section.id not in AT_LEISURE
            for item in section.items
            if item.id in shown and item.kind in EVENT_KINDS | JUDGED
        ]
        assert len(watched) <= 12, watched
    assert len(form.items) <= 20


def conditions(form: Form) -> list[Condition]:
    """Return the conditions of a form's sections and items."""
    in_sections = [one for section in form.sections for one in section.show_when]
    return in_sections + [one for item in form.items for one in item.show_when]


def values(item: Item) -> list[str]:
    """Return the answers that conditions on an item may name."""
    return [option.id for option in item.options] or [answer_rules.YES, answer_rules.NO]


def test_what_answers_are_compared_by_is_as_it_was() -> None:
    """Ids, kinds, levels, options and codes tie visits together over the years: rename none by accident.

    UPDATE_GOLDEN=1 in the environment stores a change that is meant.
    """
    lines = [f"{path.stem} {identity(item)}" for path in FILES for item in sorted_items(path.stem)]
    text = "".join(f"{line}\n" for line in lines)
    if os.environ.get("UPDATE_GOLDEN"):
        IDENTITY.parent.mkdir(parents=True, exist_ok=True)
        IDENTITY.write_text(text, encoding="utf-8", newline="\n")

    assert text == IDENTITY.read_text(encoding="utf-8")


def sorted_items(form_id: str) -> list[Item]:
    """Return what a form stores answers or events for; their order may change."""
    items = Catalogue((FOLDER,)).form(form_id).items
    return sorted((item for item in items if item.kind is not ItemKind.GUIDANCE), key=lambda item: item.id)


def identity(item: Item) -> str:
    """Return in one line what may not change under an item's id."""
    words = [item.id, item.kind.value]
    words += [f"levels={len(item.levels)}"] if item.levels else []
    words += ["options=" + ",".join(sorted(option.id for option in item.options))] if item.options else []
    words += [f"after={item.after.value}"] if item.kind is ItemKind.WAIT else []
    words += [f"seconds={item.seconds},{item.look}"] if item.kind is ItemKind.INTERVAL else []
    words += [f"{side.full(code)}={code.category}" for side in item.sides for code in side.codes]
    return " ".join(words)


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
