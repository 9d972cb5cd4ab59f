"""XLSForm in: what has an equal comes over, what has none is listed by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from observe_app.domain.errors import FormInvalid
from observe_app.domain.form import OTHER, Condition, ConditionTest, ItemKind
from observe_app.services.exchange.form_in import read_form_file
from observe_app.services.exchange.form_in_words import NOTES, PROBLEMS
from observe_app.services.form_words import problem_text
from observe_app.services.forms.checks import problems_of

from .form_books import COLOURS, YES_NO, book, item, questions, said, xlsform

REAL = Path(__file__).parents[4] / "shared" / "data" / "xlsform"
real = pytest.mark.skipif(not REAL.is_dir(), reason="no workbooks from elsewhere at hand")


# --- types ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("text", ItemKind.TEXT),
        ("string", ItemKind.TEXT),
        ("integer", ItemKind.NUMBER),
        ("decimal", ItemKind.NUMBER),
        ("Integer ", ItemKind.NUMBER),
        ("note", ItemKind.GUIDANCE),
        ("acknowledge", ItemKind.CHECK),
        ("select_one yes_no", ItemKind.CHECK),
        ("select one from yes_no", ItemKind.CHECK),
        ("select_one colours", ItemKind.CHOICE),
        ("select_one colours or_other", ItemKind.CHOICE),
        ("select one from colours or specify other", ItemKind.CHOICE),
        ("select_multiple colours", ItemKind.CHOICES),
        ("select all that apply from colours", ItemKind.CHOICES),
        ("range", ItemKind.NUMBER),
    ],
)
def test_types_with_an_equal_become_it_without_a_word(tmp_path, given, kind):
    draft = questions(tmp_path, [given, "q", "Question?"])

    assert item(draft.form, "q").kind is kind
    assert said(draft) == []


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("date", "asked_as_text"),
        ("dateTime", "asked_as_text"),
        ("image", "asked_as_text"),
        ("geopoint", "asked_as_text"),
        ("phone number", "asked_as_text"),
        ("wobble", "unknown_type"),
        ("select_one_from_file towns.csv", "list_elsewhere"),
        ("rank colours", "rank_as_text"),
    ],
)
def test_types_without_an_equal_are_asked_as_text_and_listed(tmp_path, given, rule):
    draft = questions(tmp_path, [given, "q", "Question?"])

    assert item(draft.form, "q").kind is ItemKind.TEXT
    assert (2, "q", rule) in said(draft)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ("start", "left_out_metadata"),
        ("deviceid", "left_out_metadata"),
        ("calculate", "left_out_calculation"),
        ("hidden", "left_out_type"),
        ("", "row_without_type"),
    ],
)
def test_rows_that_ask_nothing_are_left_out_and_listed(tmp_path, given, rule):
    draft = questions(tmp_path, ["text", "kept", "Kept?"], [given, "gone", "Gone"])

    assert [one.id for one in draft.form.items] == ["kept"]
    assert (3, "gone", rule) in said(draft)


def test_an_other_answer_is_offered_once(tmp_path):
    lists = [*COLOURS, ["colours", "other", "Another one"]]
    found = item(questions(tmp_path, ["select_one colours or_other", "q", "Q?"], choices=lists).form, "q")

    assert found.other
    assert [option.id for option in found.options] == ["red", "blue", "sea_green"]


def test_choices_get_their_labels_and_changed_names_are_listed(tmp_path):
    lists = [["l", "Sea Green", "Sea green"], ["l", "2", "Two"], ["l", "blue", None]]
    draft = questions(tmp_path, ["select_one l", "q", "Q?"], choices=lists)

    assert [dict(option.label)[""] for option in item(draft.form, "q").options] == ["Sea green", "Two", "blue"]
    assert said(draft) == [(2, "Sea Green", "name_changed"), (4, "blue", "label_made")]


def test_a_list_of_one_is_asked_as_yes_or_no(tmp_path):
    draft = questions(tmp_path, ["select_one l", "q", "Q?"], choices=[["l", "ok", "All fine"]])

    assert item(draft.form, "q").kind is ItemKind.CHECK
    assert dict(item(draft.form, "q").help)[""] == "All fine"


def test_a_list_of_too_many_is_asked_as_text(tmp_path):
    draft = questions(tmp_path, ["select_one l", "q", "Q?"], choices=[["l", f"n{n}", f"N {n}"] for n in range(61)])

    assert item(draft.form, "q").kind is ItemKind.TEXT
    assert (2, "q", "too_many_options") in said(draft)


@pytest.mark.parametrize(
    ("given", "constraint", "low", "high", "kept"),
    [
        ("integer", ". >= 1 and . <= 5", 1, 5, True),
        ("integer", ".>0 and .<10", 1, 9, True),
        ("decimal", ". >= 0.5", 0.5, None, True),
        ("decimal", ". > 0.5", None, None, False),
        ("integer", "regex(., '^[0-9]+$')", None, None, False),
        ("integer", ". <= ${other}", None, None, False),
        ("integer", ". >= 9 and . <= 3", None, None, False),
    ],
)
def test_constraints_become_bounds_or_are_listed(tmp_path, given, constraint, low, high, kept):
    draft = questions(tmp_path, [given, "q", "Q?", constraint], columns="type name label constraint")

    assert (item(draft.form, "q").low, item(draft.form, "q").high) == (low, high)
    assert ((2, "q", "constraint_not_kept") in said(draft)) is not kept


def test_a_range_keeps_its_ends_and_lists_its_steps(tmp_path):
    row = ["range", "q", "Q?", "start=0; end=20 step=5"]
    draft = questions(tmp_path, row, columns="type name label parameters")

    assert (item(draft.form, "q").low, item(draft.form, "q").high) == (0, 20)
    assert (2, "q", "range_steps") in said(draft)


@pytest.mark.parametrize(
    ("cell", "required"), [("yes", True), ("TRUE", True), ("true()", True), (True, True), ("no", False), (None, False)]
)
def test_required_is_read_in_its_spellings(tmp_path, cell, required):
    draft = questions(tmp_path, ["text", "q", "Q?", cell], columns="type name label required")

    assert item(draft.form, "q").required is required


def test_what_a_question_cannot_have_here_is_listed_cell_by_cell(tmp_path):
    columns = "type name label default appearance choice_filter calculation read_only media::image required"
    row = ["select_one colours", "q", "Q?", "red", "minimal", "x=1", "1+1", "yes", "a.png", "${z} > 1"]
    draft = questions(tmp_path, row, columns=columns)

    rules = {rule for row_number, _what, rule in said(draft) if row_number == 2}
    assert rules == {
        "default_left_out", "look_ignored", "choice_filter", "left_out_calculation", "cell_left_out",
        "media_left_out", "required_condition",
    }  # fmt: skip


# --- headings, languages, texts ---------------------------------------------------------------------------------------


def test_headings_may_be_written_in_any_way(tmp_path):
    draft = xlsform(
        tmp_path,
        [["Type", " NAME ", "Label :: English (en)", "HINT", "bind:relevant", "Required"],
         ["text", "a", "First?", "A hint", None, "Yes"], ["text", "b", "Second?", None, "${a} != ''", None]],
    )  # fmt: skip

    first, second = draft.form.items
    assert (dict(first.label)[""], dict(first.help)[""], first.required) == ("First?", "A hint", True)
    assert second.show_when == (Condition("a", ConditionTest.ANSWERED, (True,)),)
    assert said(draft) == []


def test_languages_come_over_with_their_codes(tmp_path):
    draft = xlsform(
        tmp_path,
        [["type", "name", "label::English (en)", "label::Deutsch", "label::pt-br", "label::Klingon"],
         ["text", "q", "Why?", "Warum?", "Por quê?", "qatlh"]],
        settings=[["default_language"], ["Deutsch"]],
    )  # fmt: skip

    assert draft.form.language == "de"
    assert item(draft.form, "q").label == (("", "Warum?"), ("en", "Why?"), ("pt-BR", "Por quê?"))
    assert (1, "label::Klingon", "language_unknown") in said(draft)


def test_a_text_missing_in_the_own_language_is_taken_from_another(tmp_path):
    draft = xlsform(
        tmp_path, [["type", "name", "label::English (en)", "label::French (fr)"], ["text", "q", None, "Pourquoi ?"],
                   ["text", "r", "Why?", None]]
    )  # fmt: skip

    assert item(draft.form, "q").label == (("", "Pourquoi ?"), ("fr", "Pourquoi ?"))
    assert (2, "Pourquoi ?", "own_language_missing") in said(draft)


def test_a_long_label_goes_whole_into_the_help(tmp_path):
    long = "Please think of " + "the lesson and " * 30 + "tell."
    draft = questions(tmp_path, ["text", "q", long, "Hint"], columns="type name label hint")

    assert len(dict(item(draft.form, "q").label)[""]) <= 300
    assert dict(item(draft.form, "q").help)[""] == f"{long}\nHint"


def test_control_characters_and_references_are_listed(tmp_path):
    draft = questions(tmp_path, ["note", "q", "Your name\u202e is ${name}"])

    assert dict(item(draft.form, "q").label)[""] == "Your name is ${name}"
    assert {rule for *_rest, rule in said(draft)} >= {"text_cleaned", "answer_in_text"}


def test_names_become_ids_and_changes_are_listed(tmp_path):
    draft = questions(tmp_path, ["text", "MyName", "A"], ["text", "my_name", "B"], ["text", "Größe!", "C"])

    assert [one.id for one in draft.form.items] == ["myname", "my_name", "groe"]
    assert [(row, rule) for row, _what, rule in said(draft)] == [(2, "name_changed"), (4, "name_changed")]


# --- groups and conditions --------------------------------------------------------------------------------------------


def test_groups_become_sections_and_nested_ones_join_their_titles(tmp_path):
    draft = questions(
        tmp_path,
        ["text", "q0", "Zero"],
        ["begin group", "outer", "Outer"],
        ["text", "q1", "One"],
        ["begin_group", "inner", "Inner"],
        ["text", "q2", "Two"],
        ["end group"],
        ["text", "q3", "Three"],
        ["end_group"],
        ["begin repeat", "again", "Again"],
        ["text", "q4", "Four"],
        ["end repeat"],
    )

    titles = [(dict(one.title)[""], [i.id for i in one.items]) for one in draft.form.sections]
    assert titles == [
        ("made", ["q0"]), ("Outer", ["q1"]), ("Outer – Inner", ["q2"]), ("Outer", ["q3"]), ("Again", ["q4"]),
    ]  # fmt: skip
    assert [(row, rule) for row, _what, rule in said(draft)] == [
        (2, "outside_groups"), (5, "group_flattened"), (10, "repeat_once"),
    ]  # fmt: skip


def test_a_groups_condition_holds_for_its_section_and_those_inside(tmp_path):
    draft = questions(
        tmp_path,
        ["select_one yes_no", "a", "A?", None],
        ["integer", "n", "N?", None],
        ["begin group", "g", "G", "${a} = 'yes'"],
        ["begin group", "h", "H", "${n} > 3"],
        ["text", "t", "T", None],
        ["end group"],
        ["end group"],
        columns="type name label relevant",
    )

    assert draft.form.sections[-1].show_when == (
        Condition("a", ConditionTest.IS, ("yes",)),
        Condition("n", ConditionTest.AT_LEAST, (4,)),
    )


def test_a_condition_without_an_equal_is_listed_and_the_item_is_shown(tmp_path):
    draft = questions(
        tmp_path, ["text", "a", "A?", None], ["text", "b", "B?", "string-length(${a}) > 3"],
        columns="type name label relevant",
    )  # fmt: skip

    assert item(draft.form, "b").show_when == ()
    assert (3, "b", "relevant_not_kept") in said(draft)


# --- settings, formulas, own columns ----------------------------------------------------------------------------------


def test_settings_name_the_form(tmp_path):
    rows = [["form_title", "form_id", "version", "style"], ["My form", "My_Form 2", "7", "pages"]]
    draft = xlsform(tmp_path, [["type", "name", "label"], ["text", "q", "Q?"]], settings=rows)

    assert (draft.form.id, draft.form.title, draft.form.version) == ("my-form-2", (("", "My form"),), 7)
    assert (2, "style", "setting_left_out") in said(draft)


def test_formulas_are_not_calculated_and_listed(tmp_path):
    draft = questions(tmp_path, ["text", "q", "Q?", "=1+1"], columns="type name label hint")

    assert item(draft.form, "q").help == ()
    assert (2, "D2", "formula_empty") in said(draft)


def test_our_own_columns_make_kinds_that_xlsform_lacks(tmp_path):
    columns = "type name label observe::kind observe::hotkey observe::every"
    draft = questions(
        tmp_path,
        ["select_one colours", "r", "R", "rating", "r", None],
        ["integer", "t", "T", "tally", "F3", None],
        ["integer", "s", "S", "sweep", None, 4],
        ["text", "n", "N", "tally", None, None],
        columns=columns,
    )

    rating, tally, sweep, kept = draft.form.items
    assert [dict(level.label)[""] for level in rating.levels] == ["Red", "Blue", "Sea green"]
    assert draft.form.scale(rating.scale) is not None
    assert (tally.kind, tally.hotkey, sweep.kind, sweep.every) == (ItemKind.TALLY, "f3", ItemKind.SWEEP, 4)
    assert kept.kind is ItemKind.TEXT, "a kind that the type cannot stand for is not believed"


# --- what is broken ---------------------------------------------------------------------------------------------------

HEAD = ["type", "name", "label"]
BROKEN = [
    ([[*HEAD, "label"], ["text", "q", "Q?", "R?"]], [], "xls_duplicate_column", "sheet survey, row 1, column D"),
    ([["name", "label"], ["q", "Q?"]], [], "xls_no_column", "sheet survey"),
    ([HEAD, ["select_one nowhere", "q", "Q?"]], YES_NO, "xls_unknown_list", "sheet survey, row 2, column A"),
    ([HEAD, ["select_one nowhere", "q", "Q?"]], [], "xls_no_lists", "sheet survey, row 2, column A"),
    ([HEAD, ["select_one", "q", "Q?"]], YES_NO, "xls_no_list_name", "sheet survey, row 2, column A"),
    ([HEAD, ["begin group", "g", "G"], ["text", "q", "Q?"]], [], "xls_never_ended", "sheet survey, row 2, column A"),
    ([HEAD, ["text", "q", "Q?"], ["end group"]], [], "xls_end_without_begin", "sheet survey, row 3, column A"),
    (
        [HEAD, ["begin repeat", "g", "G"], ["text", "q", "Q?"], ["end group"]],
        [], "xls_wrong_end", "sheet survey, row 4, column A",
    ),
    ([HEAD, ["text", "q", "Q?"], ["text", "q", "R?"]], [], "xls_duplicate_name", "sheet survey, row 3, column B"),
    ([HEAD], [], "xls_empty", "sheet survey"),
    (
        [HEAD, ["select_one l", "q", "Q?"]],
        [["l", "a", "A"], ["l", "a", "B"]], "xls_duplicate_option", "sheet choices, row 3, column B",
    ),
    (
        [HEAD, ["select_one l", "q", "Q?"]],
        [["l", None, "A"]], "xls_option_without_name", "sheet choices, row 2, column B",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("survey", "choices", "rule", "where"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_workbook_names_sheet_row_and_column(tmp_path, survey, choices, rule, where):
    with pytest.raises(FormInvalid) as caught:
        xlsform(tmp_path, survey, choices)

    assert [(one.rule, one.where) for one in caught.value.problems] == [(rule, where)]
    assert "{" not in problem_text(caught.value.problems[0])


def test_a_workbook_without_a_survey_is_refused_as_an_xlsform(tmp_path):
    path = book(tmp_path / "a.xlsx", other=[["x"], ["y"]])

    with pytest.raises(FormInvalid) as caught:
        read_form_file(path, shape="xlsform")

    assert problem_text(caught.value.problems[0]).endswith("Its sheets are: other.")


def test_a_list_that_is_nearly_there_is_suggested(tmp_path):
    with pytest.raises(FormInvalid) as caught:
        questions(tmp_path, ["select_one colour", "q", "Q?"], choices=COLOURS)

    assert "did you mean “colours”?" in problem_text(caught.value.problems[0])


def test_every_rule_has_a_sentence_and_every_sentence_a_rule():
    folder = Path(str(read_form_file.__code__.co_filename)).parent
    files = [*folder.glob("form_*.py"), *folder.glob("xlsform_*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "form_in_words.py")

    assert [rule for rule in (*NOTES, *PROBLEMS) if f'"{rule}"' not in source] == []


# --- workbooks from elsewhere -----------------------------------------------------------------------------------------

COUNTS = {
    "group": 3, "or_other": 2, "specify_other": 1, "text_and_integer": 2, "tutorial": 10, "yes_or_no_question": 1,
}  # fmt: skip


@real
@pytest.mark.parametrize("stem", COUNTS)
def test_every_question_of_a_real_workbook_arrives(stem):
    (path,) = REAL.glob(f"{stem}.xls*")

    draft = read_form_file(path)

    assert draft.shape == "xlsform"
    assert len(draft.form.items) == COUNTS[stem]
    assert problems_of(draft.form) == ()
    if path.suffix == ".xlsx":
        rows = list(load_workbook(path)["survey"].iter_rows(min_row=2, values_only=True))
        labels = [row[2] for row in rows if row[2] and "group" not in row[0]]
        assert [dict(one.label)[""] for one in draft.form.items] == labels


@real
def test_the_old_workbook_keeps_its_conditions():
    draft = read_form_file(REAL / "tutorial.xls")

    assert item(draft.form, "age_in_months").show_when == (Condition("older_than_five", ConditionTest.IS, ("no",)),)
    assert item(draft.form, "age_in_months").high == 72
    assert len(item(draft.form, "literate").show_when) == 3
    assert [rule for *_rest, rule in said(draft)] == ["column_left_out", "repeat_once", "column_left_out"]


@real
def test_the_real_broken_workbook_gets_one_clear_message():
    with pytest.raises(FormInvalid) as caught:
        read_form_file(REAL / "broken-duplicate_columns.xlsx")

    (problem,) = caught.value.problems
    assert (problem.where, problem.found, problem.allowed) == ("sheet survey, row 1, column E", "label", "D, E")


@real
def test_other_in_real_workbooks_is_an_answer_of_ones_own():
    form = read_form_file(REAL / "specify_other.xlsx").form

    assert item(form, "sex").other
    assert OTHER not in {option.id for option in item(form, "sex").options}
