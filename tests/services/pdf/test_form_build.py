"""What a printed form says, before any page exists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Section
from observe_app.domain.form_keys import keys_of
from observe_app.services.pdf.form_build import build_form, numbers_of
from observe_app.services.pdf.render import form_bytes
from tests.services.pdf.form_samples import crowded, every_kind, said
from tests.services.pdf.samples import assert_golden, pages_of, words_in

if TYPE_CHECKING:
    from observe_app.services.pdf.form_document import FormDocument


def test_the_form_of_every_kind_becomes_the_document_on_file() -> None:
    assert_golden("form.json", build_form(every_kind()).to_json())


def test_items_are_numbered_through_the_form_and_guidance_is_not_counted() -> None:
    numbers = numbers_of(every_kind().items)

    assert "how" not in numbers
    assert list(numbers.values()) == list(range(1, len(every_kind().items)))


@pytest.mark.parametrize("form", [every_kind(), crowded()], ids=lambda form: form.id)
def test_keys_are_those_of_the_window(form: Form) -> None:
    keys = keys_of(form.items)
    printed = [item.key for section in build_form(form).sections for item in section.items]

    assert keys
    assert printed == [keys.get(item.id, "") for item in form.items]


def test_function_keys_stand_as_the_form_suggests_them() -> None:
    keys = keys_of(every_kind().items)

    assert (keys["open"], keys["teacher"], keys["codes"]) == ("F2", "F4", "F9")


def test_texts_are_in_the_language_asked_for_and_else_in_the_forms_own() -> None:
    document = build_form(every_kind(), language="de-AT")

    assert document.title == "Jede Art von Frage"
    assert [item.label for item in document.sections[0].items][1:3] == [
        "Das Ziel ist klar",
        "Students are called by name",
    ]


@pytest.mark.parametrize(
    ("test", "values", "told"),
    [
        (ConditionTest.IS, ("yes",), "Only if 1 is Yes"),
        (ConditionTest.IS_NOT, ("yes", "not_seen"), "Only if 1 is neither Yes nor not seen"),
        (ConditionTest.ANSWERED, (True,), "Only if 1 is answered"),
        (ConditionTest.ANSWERED, (False,), "Only if 1 is not answered"),
    ],
)
def test_a_condition_names_the_item_by_its_number(test: ConditionTest, values: tuple[str, ...], told: str) -> None:
    later = Item("b", ItemKind.TEXT, said("Why"), show_when=(Condition("a", test, values),))
    form = Form("f", 1, said("F"), (), (Section("s", (), (Item("a", ItemKind.CHECK, said("A")), later)),))

    assert build_form(form).sections[0].items[1].condition == told


def test_conditions_speak_of_options_and_levels_by_their_names() -> None:
    conditions = {item.label: item.condition for section in build_form(every_kind()).sections for item in section.items}

    assert conditions["What they use"] == "Only if 6 is In pairs or In rows"
    assert conditions["Why they were late"] == "Only if 8 is at least 1"


def test_several_conditions_are_joined_by_what_they_mean() -> None:
    two = tuple(Condition(name, ConditionTest.IS, ("yes",)) for name in ("a", "b"))
    asked = [Item("c", ItemKind.TEXT, said("C"), show_when=two, show_any=any_of) for any_of in (False, True)]
    before = [Item(name, ItemKind.CHECK, said(name)) for name in ("a", "b")]
    form = Form("f", 1, said("F"), (), (Section("s", (), (*before, *asked)),))

    assert [item.condition for item in build_form(form).sections[0].items[2:]] == [
        "Only if 1 is Yes and 2 is Yes",
        "Only if 1 is Yes or 2 is Yes",
    ]


def test_the_levels_of_an_interval_sheet_are_headed_with_what_they_are_levels_of() -> None:
    form = every_kind()
    named = replace(form, scales=(*form.scales[:1], replace(form.scales[1], label=said("Energy", de="Kraft"))))

    def heads(document: FormDocument) -> set[str]:
        return {item.level for section in document.sections for item in section.items if item.kind == "interval"}

    assert heads(build_form(form)) == {""}
    assert heads(build_form(named)) == {"Energy"}
    assert heads(build_form(named, language="de")) == {"Kraft"}


def test_the_printed_interval_sheet_says_what_its_levels_are_levels_of() -> None:
    long = "How many of the students are visibly following or working at this moment of the lesson"
    form = every_kind()

    for label in ("Energy", long):
        named = replace(form, scales=(*form.scales[:1], replace(form.scales[1], label=said(label))))
        text = "".join(words_in(page) for page in pages_of(form_bytes(build_form(named))[0]))
        assert words_in(f"{label}: one number in each column. 1 Low, 2 Medium, 3 High.") in text
        assert words_in("Level: one number") not in text
