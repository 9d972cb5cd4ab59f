"""Edits of forms: nothing gets lost, ids stay, and a form in order stays in order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from observe_app.domain.form import (
    Code,
    Condition,
    ConditionTest,
    Form,
    Item,
    ItemKind,
    Level,
    Option,
    Scale,
    Section,
    Side,
)
from observe_app.domain.form_borrow import add_items_from, add_section_from
from observe_app.domain.form_edit import (
    add_item,
    add_lines,
    change_item,
    duplicate_item,
    duplicate_section,
    earlier_items,
    move_item,
    move_section,
    place_of,
    remove_item,
    remove_section,
    set_options,
    settle_options,
    step_item,
    step_section,
    with_kind,
)
from observe_app.domain.form_ids import item_ids, section_ids, settle_ids, slug, with_unique_ids
from observe_app.domain.form_scale_edit import change_scale, name_scale, own_scale, set_descriptor, use_scale, users_of
from observe_app.domain.form_texts import languages_of, text_of, with_text, without_language
from observe_app.services.forms.checks import problems_of
from tests.services.forms_made import forms


def own(text: str) -> tuple[tuple[str, str], ...]:
    return (("", text),)


LEVELS = (Level(1, own("Not yet"), own("never")), Level(2, own("Often"), own("most of the time")))


def sample() -> Form:
    """Two sections, a rating and a check in each, the second rating shown when the first is high."""
    rating = Item("leaves-time", ItemKind.RATING, own("Leaves time"), levels=LEVELS, scale="extent", hotkey="a")
    check = Item("aim", ItemKind.CHECK, own("Aim is clear"), hotkey="b")
    asked = Condition("leaves-time", ConditionTest.AT_LEAST, (2,))
    talk = replace(rating, id="talk", label=own("Students talk"), hotkey="c", show_when=(asked,))
    return Form(
        "ours",
        1,
        own("Ours"),
        own("Pick it."),
        (
            Section("one", own("One"), (rating, check)),
            Section("two", own("Two"), (talk, replace(check, id="end", hotkey="d"))),
        ),
        scales=(Scale("extent", LEVELS),),
    )


def ids(form: Form) -> list[str]:
    return [item.id for item in form.items]


def test_the_sample_is_in_order() -> None:
    assert problems_of(sample()) == ()


# --- every kind ------------------------------------------------------------------------------------------------------


@given(st.sampled_from(ItemKind))
def test_a_new_item_with_a_label_needs_only_its_words(kind: ItemKind) -> None:
    form, item_id = add_item(sample(), kind, section="two", position=0, label="Who is talking?")

    assert item_id == "who-is-talking"
    assert place_of(form, item_id) == (1, 0)
    rules = {(problem.rule, problem.place[-1]) for problem in problems_of(form)}
    # Options and codes start without words: these are asked for, nothing else is wrong.
    assert {key for _rule, key in rules} <= {"label", "options"}


@given(st.sampled_from(ItemKind), st.sampled_from(ItemKind))
def test_a_change_of_kind_keeps_label_help_and_place(first: ItemKind, second: ItemKind) -> None:
    form, item_id = add_item(sample(), first, section="one", label="Same words")
    form = change_item(form, item_id, help=own("Look closely."))

    changed = with_kind(form, item_id, second)

    item = changed.item(item_id)
    assert item is not None
    assert (item.kind, item.label, item.help) == (second, own("Same words"), own("Look closely."))
    assert ids(changed) == ids(form)
    wrong = {problem.rule for problem in problems_of(changed)}
    assert not wrong & {"key_of_other_kind", "unknown_key", "no_scale", "no_codes", "bad_hotkey", "out_of_range"}


def test_the_levels_of_a_rating_become_options() -> None:
    form = with_kind(sample(), "talk", ItemKind.CHOICE)

    item = form.item("talk")
    assert item is not None
    assert [(one.id, text_of(one.label), text_of(one.help)) for one in item.options] == [
        ("not-yet", "Not yet", "never"),
        ("often", "Often", "most of the time"),
    ]
    assert problems_of(form) == ()


def test_a_condition_goes_when_its_answer_can_no_longer_be_given() -> None:
    form = with_kind(sample(), "leaves-time", ItemKind.CHECK)

    assert form.item("talk").show_when == ()  # type: ignore[union-attr]  # it is there
    assert problems_of(form) == ()


# --- ids -------------------------------------------------------------------------------------------------------------


def test_relabelling_keeps_the_id() -> None:
    form = change_item(sample(), "aim", label=own("The aim could be told by anyone"), id="other")

    assert "aim" in item_ids(form)
    assert "other" not in item_ids(form)


def test_an_item_without_a_label_gets_its_id_once_it_has_one() -> None:
    form, made = add_item(sample(), ItemKind.CHECK, section="two")
    form, asks = add_item(form, ItemKind.CHECK, section="two")
    form = change_item(form, asks, show_when=(Condition(made, ConditionTest.IS, ("yes",)),))
    form = change_item(form, made, label=own("Élèves au travail"))

    settled = settle_ids(form)

    assert "eleves-au-travail" in item_ids(settled)
    assert settled.items[-1].show_when[0].item == "eleves-au-travail"
    assert settle_ids(settled, item_ids(settled)) == settled


def test_an_id_that_was_used_in_a_version_stays_even_if_it_looks_made_up() -> None:
    form = Form("f", 1, own("F"), own("P"), (Section("s", own("S"), (Item("new-1", ItemKind.CHECK, own("Aim")),)),))

    assert ids(settle_ids(form, {"new-1"})) == ["new-1"]


@given(st.text(max_size=400))
def test_an_id_made_from_any_text_is_one(text: str) -> None:
    made = slug(text)
    form, _id = add_item(sample(), ItemKind.TEXT, section="one", label=made or "x")

    assert "bad_id" not in {problem.rule for problem in problems_of(form)}


def test_doubled_ids_are_told_apart() -> None:
    form = sample()
    doubled = replace(form, sections=(*form.sections, form.sections[0]))

    mended = with_unique_ids(doubled)

    assert len(set(ids(mended))) == len(ids(mended)) == len(ids(doubled))
    assert mended.sections[:2] == form.sections


# --- moving and copying ----------------------------------------------------------------------------------------------

_PLACES = st.tuples(st.sampled_from(("leaves-time", "aim", "talk", "end")), st.sampled_from(("one", "two")))
_EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), _PLACES, st.integers(-1, 5)),
        st.tuples(st.just("step"), _PLACES, st.sampled_from((-1, 1))),
        st.tuples(st.just("section"), _PLACES, st.integers(0, 3)),
        st.tuples(st.just("step section"), _PLACES, st.sampled_from((-1, 1))),
    ),
    max_size=8,
)


@given(_EDITS)
def test_moving_loses_and_doubles_nothing(edits: list[tuple[str, tuple[str, str], int]]) -> None:
    form = sample()
    for what, (item, section), number in edits:
        form = {
            "move": lambda f=form, i=item, s=section, n=number: move_item(f, i, section=s, position=n),
            "step": lambda f=form, i=item, n=number: step_item(f, i, n),
            "section": lambda f=form, s=section, n=number: move_section(f, s, n),
            "step section": lambda f=form, s=section, n=number: step_section(f, s, n),
        }[what]()

    assert sorted(form.items, key=lambda one: one.id) == sorted(sample().items, key=lambda one: one.id)
    assert section_ids(form) == section_ids(sample())


def test_an_item_steps_into_the_next_section_and_back() -> None:
    down = step_item(sample(), "aim", 1)

    assert [[item.id for item in section.items] for section in down.sections] == [
        ["leaves-time"],
        ["aim", "talk", "end"],
    ]
    assert step_item(down, "aim", -1) == sample()
    assert step_item(sample(), "leaves-time", -1) == sample()


@given(st.integers(0, 2), st.sampled_from(("leaves-time", "aim", "talk", "end")), st.sampled_from(("one", "two")))
def test_a_moved_item_stands_before_what_stood_there(position: int, item: str, section: str) -> None:
    form = sample()
    target = next(one for one in form.sections if one.id == section)
    before = target.items[position].id if position < len(target.items) else None

    order = [one.id for one in next(s for s in move_item(form, item, section=section, position=position).sections
                                    if s.id == section).items]  # fmt: skip

    if before is not None and before != item:
        assert order.index(item) == order.index(before) - 1
    elif before is None:
        assert order[-1] == item


def test_a_copy_stands_after_its_original_without_its_key() -> None:
    form, made = duplicate_item(sample(), "leaves-time")

    assert ids(form)[:3] == ["leaves-time", "leaves-time-2", "aim"]
    copied = form.item(made)
    assert copied is not None
    assert copied.hotkey == ""
    assert problems_of(form) == ()


def test_a_copied_section_asks_about_its_own_items() -> None:
    form = change_item(sample(), "end", show_when=(Condition("talk", ConditionTest.AT_LEAST, (2,)),))

    form, made = duplicate_section(form, "two")

    copied = next(section for section in form.sections if section.id == made)
    assert [item.id for item in copied.items] == ["talk-2", "end-2"]
    assert copied.items[1].show_when[0].item == "talk-2"
    assert copied.items[0].show_when[0].item == "leaves-time"
    assert problems_of(form) == ()


def test_removing_takes_the_conditions_on_it_too() -> None:
    form = remove_item(sample(), "leaves-time")

    assert ids(form) == ["aim", "talk", "end"]
    assert form.item("talk").show_when == ()  # type: ignore[union-attr]  # it is there
    assert problems_of(form) == ()


def test_a_section_goes_with_its_items_or_leaves_them() -> None:
    assert ids(remove_section(sample(), "one")) == ["talk", "end"]
    assert ids(remove_section(sample(), "one", keep_items=True)) == ids(sample())
    assert ids(remove_section(sample(), "two", keep_items=True)) == ids(sample())


def test_lines_become_items_in_their_order() -> None:
    form = add_lines(sample(), ["First  thing", "", "  Second thing "], ItemKind.CHECK, section="two", position=1)

    assert ids(form) == ["leaves-time", "aim", "talk", "first-thing", "second-thing", "end"]
    assert text_of(form.items[3].label) == "First thing"


def test_a_form_without_sections_takes_an_item() -> None:
    form = Form("f", 1, own("F"), own("P"), ())

    form, item_id = add_item(form, ItemKind.RATING, section="", label="Aim")

    assert ids(form) == [item_id]
    assert len(form.scales) == 1
    assert form.items[0].levels == form.scales[0].levels


def test_conditions_may_ask_about_earlier_answers_only() -> None:
    form, _made = add_item(sample(), ItemKind.TALLY, section="one", label="Praise")

    assert [item.id for item in earlier_items(form, "talk")] == ["leaves-time", "aim"]
    assert [item.id for item in earlier_items(form, "two")] == ["leaves-time", "aim"]
    assert earlier_items(form, "one") == ()


# --- scales ----------------------------------------------------------------------------------------------------------


def test_a_changed_scale_reaches_all_who_use_it_but_not_their_own_words() -> None:
    form = set_descriptor(sample(), "talk", 2, own("in pairs, about the task"))
    levels = (Level(1, own("Never"), own("not once")), Level(2, own("Often"), own("all the time")))

    form = change_scale(form, "extent", levels, (1, 2))

    first, talk = form.item("leaves-time"), form.item("talk")
    assert first is not None
    assert talk is not None
    assert first.levels == levels
    assert [text_of(level.label) for level in talk.levels] == ["Never", "Often"]
    assert [text_of(level.descriptor) for level in talk.levels] == ["not once", "in pairs, about the task"]
    assert problems_of(form) == ()


def test_conditions_follow_the_level_they_ask_for() -> None:
    levels = (*LEVELS[:1], Level(0, own("Sometimes")), *LEVELS[1:])

    form = change_scale(sample(), "extent", levels, (1, None, 2))

    assert form.item("talk").show_when[0].values == (3,)  # type: ignore[union-attr]  # it is there
    assert [level.number for level in form.items[0].levels] == [1, 2, 3]
    assert problems_of(form) == ()


def test_a_scale_of_its_own_leaves_the_others_alone() -> None:
    form = own_scale(sample(), "talk")
    talk = form.item("talk")
    assert talk is not None

    form = change_scale(form, talk.scale, (Level(1, own("No")), Level(2, own("Yes"))), (1, 2))

    assert form.items[0] == sample().items[0]
    assert users_of(form, "extent") == ("leaves-time",)
    assert problems_of(form) == ()
    assert own_scale(form, "talk") == form


def test_the_name_of_a_scale_stays_with_it() -> None:
    named = name_scale(sample(), "extent", own("Extent"))
    assert [text_of(named.scale_label(item)) for item in named.items] == ["Extent", "", "Extent", ""]

    grown = change_scale(named, "extent", (*LEVELS, Level(3, own("Always"))), (1, 2, None))
    assert text_of(grown.scale_label(grown.items[0])) == "Extent"
    apart = name_scale(own_scale(named, "talk"), "extent", own("How far"))
    assert [text_of(apart.scale_label(item)) for item in apart.items] == ["How far", "", "Extent", ""]
    assert problems_of(apart) == ()


def test_the_name_of_a_scale_is_a_text_of_the_form() -> None:
    named = name_scale(sample(), "extent", (("", "Extent"), ("de", "Ausmaß")))

    assert languages_of(named) == ("de",)
    assert without_language(named, "de").scales[0].label == own("Extent")


def test_another_scale_brings_its_levels() -> None:
    yes_no = Scale("yes-no", (Level(1, own("No")), Level(2, own("Yes"))))
    form = replace(sample(), scales=(*sample().scales, yes_no))

    form = use_scale(form, "talk", "yes-no")

    assert form.item("talk").levels == yes_no.levels  # type: ignore[union-attr]  # it is there
    assert problems_of(form) == ()


# --- options ---------------------------------------------------------------------------------------------------------


def test_a_condition_goes_with_its_option() -> None:
    form, work = add_item(sample(), ItemKind.CHOICE, section="one", label="How they work")
    form = set_options(form, work, (Option("pairs", own("Pairs")), Option("groups", own("Groups"))), other=False)
    form = change_item(form, "end", show_when=(Condition(work, ConditionTest.IS, ("pairs", "groups")),))

    one = set_options(form, work, (Option("groups", own("Groups")), Option("class", own("Class"))), other=False)
    none = set_options(form, work, (Option("class", own("Class")), Option("alone", own("Alone"))), other=False)

    assert one.item("end").show_when[0].values == ("groups",)  # type: ignore[union-attr]  # it is there
    assert none.item("end").show_when == ()  # type: ignore[union-attr]  # it is there


def test_options_get_their_ids_from_their_words_before_first_use() -> None:
    form, work = add_item(sample(), ItemKind.CHOICE, section="one", label="How they work")
    options = (Option("option-1", own("In pairs")), Option("option-2", own("In groups")))
    form = set_options(form, work, options, other=False)
    form = change_item(form, "end", show_when=(Condition(work, ConditionTest.IS, ("option-2",)),))

    settled = settle_options(form, None)

    assert [one.id for one in settled.item(work).options] == ["in-pairs", "in-groups"]  # type: ignore[union-attr]
    assert settled.item("end").show_when[0].values == ("in-groups",)  # type: ignore[union-attr]
    assert settle_options(form, form) == form


# --- other forms -----------------------------------------------------------------------------------------------------


def test_items_of_another_form_bring_their_scale_and_get_free_ids() -> None:
    other = replace(sample(), id="other", scales=(Scale("extent", (Level(1, own("No")), Level(2, own("Yes")))),))
    other = replace(other, sections=tuple(
        replace(section, items=tuple(
            replace(item, levels=other.scales[0].levels) if item.levels else item for item in section.items
        )) for section in other.sections
    ))  # fmt: skip

    form, made = add_items_from(sample(), other, {"talk", "leaves-time"}, section="two", position=0)

    assert made == ("leaves-time-2", "talk-2")
    assert ids(form) == ["leaves-time", "aim", "leaves-time-2", "talk-2", "talk", "end"]
    assert form.item("talk-2").show_when[0].item == "leaves-time-2"  # type: ignore[union-attr]  # it is there
    assert [scale.id for scale in form.scales] == ["extent", "extent-2"]
    assert problems_of(form) == ()


def test_a_scale_of_another_name_comes_along_with_it() -> None:
    other = name_scale(replace(sample(), id="other"), "extent", own("Extent"))

    form, made = add_items_from(sample(), other, {"leaves-time"}, section="two")

    copy = form.item(made[0])
    assert copy is not None
    assert text_of(form.scale_label(copy)) == "Extent"
    assert form.scale_label(form.items[0]) == ()


def test_an_equal_scale_is_used_again_and_lost_conditions_go() -> None:
    form, made = add_items_from(sample(), replace(sample(), id="other"), {"talk"}, section="one")

    assert len(form.scales) == 1
    assert form.item(made[0]).show_when == ()  # type: ignore[union-attr]  # it is there
    assert form.item(made[0]).hotkey == ""  # type: ignore[union-attr]  # it is there
    assert problems_of(form) == ()


def test_a_section_of_a_form_in_another_language_is_understood() -> None:
    german = replace(sample(), language="de")
    german = replace(german, sections=(replace(german.sections[0], title=(("", "Eins"), ("en", "First"))),))

    form, made = add_section_from(sample(), german, "one")

    section = next(one for one in form.sections if one.id == made)
    assert dict(section.title) == {"": "First", "de": "Eins"}
    assert dict(section.items[1].label)["de"] == "Aim is clear"
    assert problems_of(form) == ()


# --- texts -----------------------------------------------------------------------------------------------------------


def test_a_translation_comes_and_goes_alone() -> None:
    form = change_item(sample(), "aim", label=with_text(own("Aim is clear"), "fr", "But clair"))

    assert languages_of(form) == ("fr",)
    assert without_language(form, "fr") == sample()
    assert without_language(form, "") == form


def test_codes_survive_a_walk_through_all_texts() -> None:
    item = Item("codes", ItemKind.INTERVAL, own("Codes"), seconds=120, sides=(Side("", (), (Code("A", own("Ask")),)),))
    form = replace(sample(), sections=(Section("s", own("S"), (item,)),))

    assert without_language(form, "fr") == form


# --- any form --------------------------------------------------------------------------------------------------------

FEWER = settings(max_examples=settings.default.max_examples * 2 // 5)
"""A whole form takes as long to make up as dozens of lines do."""


@FEWER
@given(forms(), st.data())
def test_a_copy_in_any_form_leaves_it_in_order(form: Form, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(form.items))

    copied, made = duplicate_item(form, item.id)

    assert problems_of(copied) == ()
    assert remove_item(copied, made) == form


@FEWER
@given(forms(), st.data())
def test_a_removed_item_leaves_any_form_in_order(form: Form, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(form.items))

    left = remove_item(form, item.id)

    assert item_ids(left) == item_ids(form) - {item.id}
    assert {problem.rule for problem in problems_of(left)} <= {"empty_section"}


@FEWER
@given(forms(), forms(), st.data())
def test_a_section_taken_over_leaves_any_form_in_order(form: Form, other: Form, data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(other.sections))

    joined, made = add_section_from(form, other, section.id)

    assert problems_of(joined) == ()
    assert len(joined.items) == len(form.items) + len(section.items)
    assert joined.sections[-1].id == made
