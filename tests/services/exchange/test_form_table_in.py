"""Rubrics and checklists out of plain tables."""

from __future__ import annotations

import pytest

from observe_app.domain.errors import FormInvalid
from observe_app.domain.form import Form, ItemKind
from observe_app.services.exchange.form_in import FormDraftIn, read_form_file, read_form_text
from observe_app.services.form_words import problem_text
from observe_app.services.forms.checks import problems_of

from .form_books import book
from .made import text_file

RUBRIC = [
    ["Criterion", "1 Beginning", "2 Developing", "3 Secure", "4 Exemplary"],
    ["Climate"],
    ["Respect", "Sharp remarks", "Friendly at times", "Friendly", "All encourage"],
    ["Time", "Much is lost", "Some is lost", "Little is lost", "None is lost"],
    ["Questions"],
    ["Openness", "None are open", "A few", "Some", "Most"],
]


def pasted(rows: list[list[str]], **more: str) -> FormDraftIn:
    return read_form_text("\n".join("\t".join(row) for row in rows), **more)


def outline(form: Form) -> list[tuple[str, list[str]]]:
    return [(dict(one.title)[""], [dict(item.label)[""] for item in one.items]) for one in form.sections]


def levels(form: Form) -> list[str]:
    return [dict(level.label)[""] for level in form.scales[0].levels]


def rules(draft: FormDraftIn) -> list[str]:
    return [note.rule for note in draft.notes if note.rule != "purpose_made"]


def test_criteria_and_levels_become_ratings_with_descriptors():
    draft = pasted(RUBRIC)

    assert draft.shape == "rubric"
    assert outline(draft.form) == [("Climate", ["Respect", "Time"]), ("Questions", ["Openness"])]
    assert levels(draft.form) == ["Beginning", "Developing", "Secure", "Exemplary"]
    first = draft.form.items[0]
    assert (first.kind, first.scale) == (ItemKind.RATING, draft.form.scales[0].id)
    assert [dict(level.descriptor)[""] for level in first.levels] == RUBRIC[2][1:]
    assert rules(draft) == ["seen_rubric"]
    assert "3 × 4, Beginning · Developing · Secure · Exemplary" in draft.notes[0].why


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".tsv"])
def test_files_are_read_as_what_is_pasted(tmp_path, suffix):
    if suffix == ".xlsx":
        path = book(tmp_path / "rubric.xlsx", Sheet1=RUBRIC, Notes=[["not read"]])
    else:
        sign = {".csv": ";", ".tsv": "\t"}[suffix]
        path = text_file(tmp_path, "\r\n".join(sign.join(row) for row in RUBRIC), f"rubric{suffix}", "utf-16")

    draft = read_form_file(path)

    assert outline(draft.form) == outline(pasted(RUBRIC).form)
    assert draft.form.id == "rubric"
    assert ("sheet_left_out" in rules(draft)) is (suffix == ".xlsx")


@pytest.mark.parametrize(
    "head", [["Exemplary", "Secure", "Developing", "Beginning"], ["4", "3", "2", "1"], ["Excellent (4)", "Good (3)",
             "Fair (2)", "Poor (1)"], ["90-100", "75-89", "50-74", "0-49"]]
)  # fmt: skip
def test_the_highest_level_first_is_turned_round_and_said(head):
    draft = pasted([["", *head], ["Respect", "best words", "good words", "fair words", "poor words"]])

    first = draft.form.items[0]
    assert [dict(level.descriptor)[""] for level in first.levels] == [
        "poor words",
        "fair words",
        "good words",
        "best words",
    ]
    assert "levels_turned" in rules(draft)


def test_levels_of_no_known_order_stay_and_that_is_said():
    draft = pasted([["Criterion", "Blue", "Green", "Red"], ["Voice", "some words", "more words", "other words"]])

    assert levels(draft.form) == ["Blue", "Green", "Red"]
    assert "levels_not_turned" in rules(draft)


def test_strands_points_totals_and_titles_find_their_place():
    draft = pasted([
        ["Our school's rubric"],
        [],
        ["Domain", "Indicator", "Not met", "Partly met", "Met", "Points", "Comments"],
        ["Climate", "Respect", "none", "some", "all", "/3", ""],
        ["", "Routines", "none", "some", "all", "/3", ""],
        ["Teaching", "Questions", "none", "some", "all", "/3", ""],
        ["Total", "", "", "", "", "/9", ""],
    ])  # fmt: skip

    assert draft.form.title == (("", "Our school's rubric"),)
    assert outline(draft.form) == [("Climate", ["Respect", "Routines"]), ("Teaching", ["Questions"])]
    assert levels(draft.form) == ["Not met", "Partly met", "Met"]
    assert rules(draft) == ["title_rows", "points_left_out", "points_left_out", "seen_rubric", "row_left_out"]


def test_a_criterion_over_several_rows_keeps_all_its_words():
    draft = pasted([["Criterion", "1", "2"], ["Respect", "some low words", "high"], ["", "more low words", "more"]])

    assert [dict(level.descriptor)[""] for level in draft.form.items[0].levels] == [
        "some low words\nmore low words", "high\nmore",
    ]  # fmt: skip


def test_a_grid_to_tick_has_a_criterion_in_each_row():
    draft = pasted(
        [["", "Disagree", "Agree", "Strongly agree"], ["It was useful"], ["I could follow"], ["Rooms:"], ["Warm"]]
    )

    assert outline(draft.form) == [("Criteria", ["It was useful", "I could follow"]), ("Rooms", ["Warm"])]
    assert levels(draft.form) == ["Disagree", "Agree", "Strongly agree"]


def test_criteria_may_stand_on_the_right():
    draft = pasted([["4 - High", "3 - Good", "2 - Fair", "1 - Low", "Indicator"], ["d", "c", "b", "a", "Aims"]])

    assert [dict(level.descriptor)[""] for level in draft.form.items[0].levels] == ["a", "b", "c", "d"]


def test_numbered_criteria_and_blanks_for_names_are_no_criteria():
    rows = [["Name: ___", "Date: ___"], ["No", "Criterion", "1", "2"], ["1", "Respect", "low", "high"]]
    draft = pasted(rows)

    assert outline(draft.form) == [("Criteria", ["Respect"])]
    assert rules(draft)[:2] == ["row_left_out", "points_left_out"]


def test_too_many_levels_are_an_error_with_its_row():
    rows = [["Criterion", *(f"Level {n}" for n in range(1, 12))], ["A", *("words" for _ in range(11))]]

    with pytest.raises(FormInvalid) as caught:
        pasted(rows)

    (problem,) = caught.value.problems
    assert (problem.rule, problem.line) == ("table_too_many_levels", 1)
    assert problem_text(problem) == "There are 11 columns of levels; a scale has at most 9."


def test_marks_before_a_line_are_taken_off():
    lines = [
        "☐ Greets students",
        "[ ] States the aim, and writes it",
        "- Checks understanding",
        "3. Closes",
        "• b) Waits",
    ]

    draft = read_form_text("\n".join(lines))

    assert draft.shape == "checklist"
    assert [dict(item.label)[""] for item in draft.form.items] == [
        "Greets students", "States the aim, and writes it", "Checks understanding", "Closes", "Waits",
    ]  # fmt: skip
    assert {item.kind for item in draft.form.items} == {ItemKind.CHECK}


def test_lines_in_capitals_and_with_a_colon_are_titles():
    draft = read_form_text("BEFORE THE LESSON\n1. Plan is there\n\nDuring:\n• Starts on time\n☐ USES NAMES\n")

    assert outline(draft.form) == [
        ("BEFORE THE LESSON", ["Plan is there"]),
        ("During", ["Starts on time", "USES NAMES"]),
    ]


def test_a_line_by_itself_above_the_headings_is_the_title():
    draft = read_form_text("Classroom checklist\n\nPlanning:\n- Has a plan\nTeaching:\n- Asks\n")

    assert draft.form.title == (("", "Classroom checklist"),)
    assert outline(draft.form) == [("Planning", ["Has a plan"]), ("Teaching", ["Asks"])]


def test_columns_to_tick_and_write_in_are_no_help():
    draft = pasted([["Item", "Observed", "Comments"], ["Greets", "☐", ""], ["Waits", "☐", ""]])

    assert [(dict(one.label)[""], one.help) for one in draft.form.items] == [("Greets", ()), ("Waits", ())]


def test_two_columns_are_item_and_help():
    draft = pasted([["Item", "Help"], ["Uses names", "At least five"], ["Waits", "Three seconds"]])

    assert [(dict(i.label)[""], dict(i.help)[""]) for i in draft.form.items] == [
        ("Uses names", "At least five"), ("Waits", "Three seconds"),
    ]  # fmt: skip


def test_commas_in_a_list_of_lines_divide_nothing(tmp_path):
    path = text_file(tmp_path, "Greets students\nStates the aim, and writes it\nChecks, waits, goes on\n", "list.txt")

    assert outline(read_form_file(path).form)[0][1] == [
        "Greets students", "States the aim, and writes it", "Checks, waits, goes on",
    ]  # fmt: skip


def test_the_person_can_overrule():
    assert pasted(RUBRIC, shape="checklist").shape == "checklist"
    with pytest.raises(FormInvalid) as caught:
        read_form_text("Uses names\nWaits\n", shape="rubric")
    assert caught.value.problems[0].rule == "table_no_levels"


def test_a_guessed_encoding_is_said(tmp_path):
    path = text_file(tmp_path, "Begrüßt die Klasse\nNennt das Ziel für heute\n", "liste.csv", "cp1252")

    draft = read_form_file(path)

    assert dict(draft.form.items[0].label)[""] == "Begrüßt die Klasse"
    assert "encoding_guessed" in rules(draft)


@pytest.mark.parametrize("text", ["", " \n\t\n", "☐\n[ ]\n"])
def test_nothing_is_an_error(text):
    with pytest.raises(FormInvalid) as caught:
        read_form_text(text)

    assert caught.value.problems[0].rule == "table_empty"


def test_a_list_longer_than_a_form_is_an_error():
    with pytest.raises(FormInvalid) as caught:
        read_form_text("\n".join(f"line {n}" for n in range(501)))

    assert caught.value.problems[0].rule == "table_too_long"


@pytest.mark.parametrize("rows", [RUBRIC, [["Item", "Help"], ["=1+1", "x" * 5000], ["y" * 400, "\u202e"]]])
def test_what_comes_of_a_table_is_a_valid_form(rows):
    assert problems_of(pasted(rows).form) == ()
