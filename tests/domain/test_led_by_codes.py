"""Which forms are led by their codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from observe_app.domain.form import Code, Form, FormUse, Item, ItemKind, Section, Side, led_by_codes
from observe_app.paths import forms_dir
from observe_app.services.catalogue import Catalogue


def coded(count: int, item_id: str = "grid") -> Item:
    codes = tuple(Code(f"c{number}", ()) for number in range(count))
    return Item(item_id, ItemKind.INTERVAL, (), seconds=120, sides=(Side("", (), codes),))


def form(*items: Item) -> Form:
    return Form("f", 1, (), (), (Section("one", (), items),))


def other(number: int, kind: ItemKind = ItemKind.CHECK) -> Item:
    return Item(f"q{number}", kind, ())


def test_of_the_shipped_forms_those_with_a_grid_of_codes_are_led_by_it() -> None:
    catalogue = Catalogue((forms_dir(),))
    led = {name: item.id for name in catalogue.shipped_ids() if (item := led_by_codes(catalogue.form(name)))}

    assert led == {"copus": "copus", "lesson-snapshots": "snapshot"}


@pytest.mark.parametrize(("count", "leads"), [(5, False), (6, True)])
def test_few_codes_are_one_question_among_others(count: int, leads: bool) -> None:
    assert (led_by_codes(form(coded(count))) is not None) is leads


def test_two_grids_lead_nothing_and_an_empty_one_does_not_count() -> None:
    assert led_by_codes(form(coded(8), coded(8, "second"))) is None
    assert led_by_codes(form(coded(8), coded(0, "second"))) is not None


def test_a_form_that_asks_more_than_it_codes_is_not_led_by_codes() -> None:
    questions = tuple(other(number) for number in range(8))

    assert led_by_codes(form(coded(8), *questions)) is None
    assert led_by_codes(form(coded(9), *questions)) is not None
    advice = tuple(other(number, ItemKind.GUIDANCE) for number in range(30))
    assert led_by_codes(form(coded(9), *advice)) is not None


def test_only_a_form_for_the_lesson_takes_the_live_screen() -> None:
    assert led_by_codes(replace(form(coded(9)), use=FormUse.AFTER)) is None
