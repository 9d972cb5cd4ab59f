"""Advice on a form that is in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from observe_app.domain.form import Code, Form, FormUse, Item, ItemKind, Level, Scale, Section, Side, Texts
from observe_app.services.form_words import HINTS, HINTS_NONE, HINTS_ONE, hint_text
from observe_app.services.forms.advice import LONG_LABEL, Hint, hints_of
from observe_app.services.forms.reader import read_file

from .forms_made import forms, short_line

SHIPPED = Path(__file__).parents[2] / "forms"
BARE = tuple(Level(number, (("", str(number)),)) for number in range(1, 5))
DESCRIBED = tuple(Level(level.number, level.label, (("", "So."),)) for level in BARE)


def label(words: str = "Short") -> Texts:
    return (("", words),)


def form_with(*items: Item, scales: tuple[Scale, ...] = ()) -> Form:
    return Form("small", 1, label(), label(), (Section("one", label(), items),), scales=scales)


def tallies(count: int) -> list[Item]:
    return [Item(f"i{number}", ItemKind.TALLY, label()) for number in range(count)]


def rules(form: Form) -> list[str]:
    return [hint.rule for hint in hints_of(form)]


def test_a_few_short_items_fit_one_screen() -> None:
    ratings = [Item(f"r{n}", ItemKind.RATING, label(), scale="x", levels=DESCRIBED) for n in range(4)]

    (hint,) = hints_of(form_with(*ratings, *tallies(3), scales=(Scale("x", DESCRIBED),)))

    assert hint == Hint("all_fit", count=7, total=7, good=True)
    assert hint_text(hint) == "All 7 items fit one screen at 1366 by 768."


def test_of_many_items_those_that_fit_are_counted() -> None:
    hint = hints_of(form_with(*tallies(40)))[0]

    assert (hint.rule, hint.total, hint.good) == ("some_fit", 40, False)
    assert 10 < hint.count < 25


def test_guidance_takes_room_and_is_no_item_to_fill_in() -> None:
    guidance = Item("read", ItemKind.GUIDANCE, label(), help=label("\n".join(["Line"] * 30)))

    assert hints_of(form_with(guidance, *tallies(5)))[0] == Hint("some_fit", count=0, total=5)
    assert hints_of(form_with(guidance)) == ()


def test_a_form_for_after_the_lesson_may_be_long() -> None:
    assert hints_of(replace(form_with(*tallies(20)), use=FormUse.AFTER)) == ()


def test_items_beyond_the_alphabet_have_no_letter() -> None:
    assert "items_without_letter" not in rules(form_with(*tallies(26)))

    hint = hints_of(form_with(*tallies(28)))[1]

    assert (hint.rule, hint.count, hint.total) == ("items_without_letter", 2, 28)


def test_a_scale_that_nothing_describes_is_named_once() -> None:
    bare = [Item(f"r{n}", ItemKind.RATING, label(), scale="x", levels=BARE) for n in range(2)]
    described = Item("r9", ItemKind.RATING, label(), scale="x", levels=DESCRIBED)
    scales = (Scale("x", BARE),)

    assert rules(form_with(*bare, scales=scales)).count("no_descriptors") == 1
    assert "no_descriptors" not in rules(form_with(*bare, described, scales=scales))


def interval(codes: int, keys: str = "") -> Item:
    made = tuple(Code(f"c{n}", label(), hotkey=keys[n] if n < len(keys) else "") for n in range(codes))
    return Item("sheet", ItemKind.INTERVAL, label(), seconds=60, sides=(Side("", (), made),))


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (interval(3, "qw"), "codes_without_key"),
        (interval(37), "many_codes"),
        (interval(3), ""),
        (interval(2, "qw"), ""),
    ],
)
def test_codes_without_a_key_are_told(item: Item, rule: str) -> None:
    assert rules(form_with(item))[1:] == ([rule] if rule else [])


def test_a_key_of_a_code_and_of_an_item_is_told() -> None:
    other = Item("talk", ItemKind.CHECK, label("Talk"), hotkey="q")

    hint = hints_of(form_with(interval(1, "q"), other))[-1]

    assert (hint.rule, hint.name, hint.place) == ("key_of_item", "c0 · Talk", ("sections", 0, "items", 0))


def test_many_required_items_are_told() -> None:
    items = [Item(f"i{n}", ItemKind.CHECK, label(), required=True) for n in range(11)]

    assert "many_required" in rules(form_with(*items))
    assert "many_required" not in rules(form_with(*items[:10]))


def test_a_label_longer_than_a_line_is_told_with_its_place() -> None:
    long = Item("long", ItemKind.CHECK, label(short_line(LONG_LABEL + 1)))

    hint = hints_of(form_with(Item("a", ItemKind.CHECK, label(short_line(LONG_LABEL))), long))[-1]

    assert (hint.rule, hint.place) == ("long_label", ("sections", 0, "items", 1, "label"))


@given(forms())
def test_any_valid_form_gets_advice_in_words(form: Form) -> None:
    for hint in hints_of(form):
        assert hint_text(hint)


def test_every_hint_has_its_sentence() -> None:
    assert set(HINTS_ONE) | set(HINTS_NONE) <= set(HINTS)
    for rule in HINTS:
        assert "{" not in hint_text(Hint(rule, name="x", count=2, total=3))
        assert "{" not in hint_text(Hint(rule, name="x", count=1, total=3))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_form_has_descriptors_and_keys(path: Path) -> None:
    form = read_file(path).form
    assert form is not None

    wrong = {"items_without_letter", "codes_without_key", "many_codes", "many_required"}
    assert wrong.isdisjoint(rules(form))
