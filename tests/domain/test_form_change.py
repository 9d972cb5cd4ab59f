"""What a new version means for comparisons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from observe_app.domain.form import Code, Form, Item, ItemKind, Level, Option, Scale, Section, Side, WaitAfter
from observe_app.domain.form_change import Aspect, ChangeKind, compare, with_new_id
from observe_app.domain.form_edit import add_item, change_item, move_item, remove_item


def own(text: str) -> tuple[tuple[str, str], ...]:
    return (("", text),)


ITEMS = (
    Item("rate", ItemKind.RATING, own("Rate"), levels=(Level(1, own("No")), Level(2, own("Yes"))), scale="s"),
    Item("pick", ItemKind.CHOICE, own("Pick"), options=(Option("a", own("A")), Option("b", own("B")))),
    Item("codes", ItemKind.INTERVAL, own("Codes"), seconds=120, sides=(Side("", (), (Code("L", own("Lecture")),)),)),
    Item("count", ItemKind.NUMBER, own("Count"), unit=own("students")),
    Item("wait", ItemKind.WAIT, own("Wait")),
)
FORM = Form("f", 1, own("F"), own("P"), (Section("one", own("One"), ITEMS), Section("two", own("Two"), ())))


def test_the_same_form_changes_nothing() -> None:
    assert compare(FORM, FORM).is_empty
    assert compare(FORM, replace(FORM, version=2)).is_empty


@pytest.mark.parametrize(
    ("item", "fields", "aspect"),
    [
        ("rate", {"levels": (Level(1, own("No")), Level(2, own("Yes")), Level(3, own("Much")))}, Aspect.LEVELS),
        ("rate", {"levels": (Level(1, own("Never")), Level(2, own("Yes")))}, Aspect.LEVELS),
        ("rate", {"kind": ItemKind.CHECK}, Aspect.KIND),
        ("pick", {"options": (Option("a", own("A")),)}, Aspect.OPTIONS),
        ("pick", {"other": True}, Aspect.OPTIONS),
        ("codes", {"seconds": 60}, Aspect.SECONDS),
        ("codes", {"look": 20}, Aspect.SECONDS),
        ("codes", {"sides": (Side("", (), (Code("M", own("Lecture")),)),)}, Aspect.CODES),
        ("codes", {"sides": (Side("T", own("Teacher"), (Code("L", own("Lecture")),)),)}, Aspect.CODES),
        ("count", {"unit": own("minutes")}, Aspect.UNIT),
        ("wait", {"after": WaitAfter.ANSWER}, Aspect.WAIT),
    ],
)
def test_what_breaks_comparisons(item: str, fields: dict[str, object], aspect: Aspect) -> None:
    (change,) = compare(FORM, change_item(FORM, item, **fields)).items

    assert (change.item_id, change.kind, change.aspects[0]) == (item, ChangeKind.NOT_COMPARABLE, aspect)


@pytest.mark.parametrize(
    ("item", "fields", "aspect"),
    [
        ("rate", {"label": own("Rated")}, Aspect.LABEL),
        ("rate", {"help": own("Look")}, Aspect.HELP),
        ("rate", {"hotkey": "r"}, Aspect.KEY),
        ("rate", {"levels": (Level(1, own("No")), Level(2, own("Yes"), own("all do")))}, Aspect.DESCRIPTORS),
        ("rate", {"levels": (Level(1, (*own("No"), ("fr", "Non"))), Level(2, own("Yes")))}, None),
        ("pick", {"options": (Option("b", own("B")), Option("a", own("Renamed")))}, Aspect.SETTING),
        ("codes", {"sides": (Side("", (), (Code("L", own("Lecturing"), aliases=("Lec",)),)),)}, Aspect.SETTING),
        ("count", {"low": 1}, Aspect.SETTING),
    ],
)
def test_what_keeps_comparisons(item: str, fields: dict[str, object], aspect: Aspect | None) -> None:
    changes = compare(FORM, change_item(FORM, item, **fields)).items

    assert [(one.kind, one.aspects) for one in changes] == (
        [] if aspect is None else [(ChangeKind.COMPARABLE, (aspect,))]
    )


def test_moving_keeps_comparisons() -> None:
    moved = compare(FORM, move_item(FORM, "count", section="two", position=0))

    assert {one.kind for one in moved.items} == {ChangeKind.COMPARABLE}
    assert [one.item_id for one in moved.items if Aspect.PLACE in one.aspects][-1] == "count"


def test_added_and_removed_items_are_named() -> None:
    form, made = add_item(remove_item(FORM, "pick"), ItemKind.CHECK, section="two", label="Fresh")

    change = compare(FORM, form)

    assert [one.item_id for one in change.of(ChangeKind.ADDED)] == [made]
    assert [(one.item_id, one.label) for one in change.of(ChangeKind.REMOVED)] == [("pick", own("Pick"))]


def test_the_form_itself_counts_as_a_change() -> None:
    change = compare(FORM, replace(FORM, purpose=own("Another")))

    assert change.items == ()
    assert change.about
    assert not change.is_empty


def test_a_new_id_makes_one_item_new_and_the_old_one_removed() -> None:
    form, made = with_new_id(change_item(FORM, "codes", seconds=60), "codes", FORM)

    change = compare(FORM, form)

    assert made == "codes-2"
    assert [one.item_id for one in change.of(ChangeKind.ADDED)] == ["codes-2"]
    assert change.of(ChangeKind.NOT_COMPARABLE) == ()


def test_the_name_of_a_scale_keeps_comparisons() -> None:
    levels = (Level(1, own("Low")), Level(2, own("High")))
    item = Item("much", ItemKind.RATING, own("How much"), levels=levels, scale="s")
    old = replace(FORM, sections=(Section("one", own("One"), (item,)),), scales=(Scale("s", levels),))
    new = replace(old, scales=(Scale("s", levels, own("Engagement")),))

    (change,) = compare(old, new).items

    assert (change.item_id, change.kind, change.aspects) == ("much", ChangeKind.COMPARABLE, (Aspect.SETTING,))
