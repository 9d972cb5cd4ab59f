"""Sentences for what an import of a form met. Pure: English here, other languages through `translate`.

The sentences are literals in the context "forms"; `services.form_words` looks its rules up here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

PROBLEMS: dict[str, str] = {
    "xls_no_survey": QT_TRANSLATE_NOOP(
        "forms", "The workbook has no sheet called “survey” with questions in it. Its sheets are: {allowed}."
    ),
    "xls_no_column": QT_TRANSLATE_NOOP("forms", "The sheet lacks a column called “{found}”. It has: {allowed}."),
    "xls_duplicate_column": QT_TRANSLATE_NOOP(
        "forms", "The heading “{found}” stands above more than one column: {allowed}. Rename or delete all but one."
    ),
    "xls_unknown_list": QT_TRANSLATE_NOOP(
        "forms", "There is no list “{found}” on the sheet “choices”. It has: {allowed}."
    ),
    "xls_no_lists": QT_TRANSLATE_NOOP(
        "forms", "The list “{found}” is wanted here, but there is no sheet “choices” with any list."
    ),
    "xls_no_list_name": QT_TRANSLATE_NOOP("forms", "“{found}” does not say which list of choices it takes."),
    "xls_end_without_begin": QT_TRANSLATE_NOOP("forms", "“{found}” ends something that was never begun."),
    "xls_wrong_end": QT_TRANSLATE_NOOP("forms", "“{found}” stands here, but what is open began with “{allowed}”."),
    "xls_never_ended": QT_TRANSLATE_NOOP("forms", "“{found}” is never ended."),
    "xls_duplicate_name": QT_TRANSLATE_NOOP(
        "forms", "The name “{found}” is already used in row {allowed}; each question of a group needs its own."
    ),
    "xls_duplicate_option": QT_TRANSLATE_NOOP(
        "forms", "The list has the name “{found}” already, in row {allowed}; each choice needs its own."
    ),
    "xls_option_without_name": QT_TRANSLATE_NOOP("forms", "A choice of the list “{found}” has no name."),
    "xls_empty": QT_TRANSLATE_NOOP("forms", "No question can be made from this sheet."),
    "xls_bad_cell": QT_TRANSLATE_NOOP("forms", "“{found}” cannot be read as {allowed}."),
    "table_empty": QT_TRANSLATE_NOOP("forms", "There is nothing here that could become a form."),
    "table_too_many_levels": QT_TRANSLATE_NOOP(
        "forms", "There are {found} columns of levels; a scale has at most {allowed}."
    ),
    "table_no_levels": QT_TRANSLATE_NOOP(
        "forms", "No row of levels was found: a rubric has its levels across the top and a criterion in each row."
    ),
    "table_too_long": QT_TRANSLATE_NOOP("forms", "There are {found} rows; a form has at most {allowed} items."),
}
"""By rule of a `FormProblem`."""

PROBLEMS_NEAREST: dict[str, str] = {
    "xls_unknown_list": QT_TRANSLATE_NOOP(
        "forms", "There is no list “{found}” on the sheet “choices”; did you mean “{nearest}”? It has: {allowed}."
    ),
}
"""Used in place of `PROBLEMS` when the problem knows a nearest word."""

NOTES: dict[str, str] = {
    # types
    "asked_as_text": QT_TRANSLATE_NOOP("forms", "“{found}” does not exist here; it is asked as text."),
    "unknown_type": QT_TRANSLATE_NOOP("forms", "“{found}” is no type of question; it is asked as text."),
    "list_elsewhere": QT_TRANSLATE_NOOP(
        "forms", "The choices of “{found}” lie in another file or answer and are not fetched; it is asked as text."
    ),
    "rank_as_text": QT_TRANSLATE_NOOP(
        "forms", "Putting choices in order does not exist here; it is asked as text, the choices stand in the help."
    ),
    "one_option": QT_TRANSLATE_NOOP("forms", "The list has a single choice; it is asked as yes or no."),
    "too_many_options": QT_TRANSLATE_NOOP("forms", "The list has {found} choices, too many; it is asked as text."),
    "left_out_metadata": QT_TRANSLATE_NOOP(
        "forms", "“{found}” is recorded by the device without being asked; it was left out."
    ),
    "left_out_calculation": QT_TRANSLATE_NOOP("forms", "Nothing is calculated here: “{found}” was left out."),
    "left_out_type": QT_TRANSLATE_NOOP("forms", "“{found}” asks nothing; the row was left out."),
    "row_without_type": QT_TRANSLATE_NOOP("forms", "The row has no type, so it is no question; it was left out."),
    "disabled": QT_TRANSLATE_NOOP("forms", "The row is disabled; it was left out."),
    # groups
    "repeat_once": QT_TRANSLATE_NOOP("forms", "Repeating does not exist here; its questions are asked once."),
    "group_flattened": QT_TRANSLATE_NOOP(
        "forms", "Groups inside groups do not exist here; it became the section “{found}”."
    ),
    "group_empty": QT_TRANSLATE_NOOP("forms", "The group holds no question; it was left out."),
    "outside_groups": QT_TRANSLATE_NOOP("forms", "Questions outside any group became the section “{found}”."),
    # cells of a question
    "name_changed": QT_TRANSLATE_NOOP("forms", "Ids here have small letters, digits and “-_.”: it became “{found}”."),
    "name_made": QT_TRANSLATE_NOOP("forms", "There is no name; it was called “{found}”."),
    "label_made": QT_TRANSLATE_NOOP("forms", "There is no label; the name took its place: “{found}”."),
    "label_cut": QT_TRANSLATE_NOOP("forms", "The text is longer than {found} characters; the help has all of it."),
    "text_cut": QT_TRANSLATE_NOOP("forms", "The text is longer than {found} characters; it was cut."),
    "text_cleaned": QT_TRANSLATE_NOOP("forms", "Invisible control characters were taken out."),
    "answer_in_text": QT_TRANSLATE_NOOP(
        "forms", "Answers are not put into texts here; “{found}” stays as it is written."
    ),
    "own_language_missing": QT_TRANSLATE_NOOP(
        "forms", "The text is missing in the form's own language; the one in “{found}” took its place."
    ),
    "relevant_not_kept": QT_TRANSLATE_NOOP("forms", "The condition “{found}” has no equal here; it is always shown."),
    "relevant_waits": QT_TRANSLATE_NOOP(
        "forms", "“{found}” is true of a question without an answer too; here it is shown once there is one."
    ),
    "required_condition": QT_TRANSLATE_NOOP(
        "forms", "Required only under the condition “{found}” has no equal here; it is not required."
    ),
    "constraint_not_kept": QT_TRANSLATE_NOOP("forms", "The rule “{found}” has no equal here; any answer is taken."),
    "range_steps": QT_TRANSLATE_NOOP("forms", "Steps of {found} have no equal here; any number in the range is taken."),
    "default_left_out": QT_TRANSLATE_NOOP("forms", "Nothing is filled in beforehand here: “{found}” was left out."),
    "choice_filter": QT_TRANSLATE_NOOP("forms", "The filter “{found}” has no equal here; all choices are offered."),
    "media_left_out": QT_TRANSLATE_NOOP("forms", "Pictures, sound and film do not belong to a form: “{found}”."),
    "look_ignored": QT_TRANSLATE_NOOP("forms", "“{found}” says how it looks elsewhere; here it looks as usual."),
    "cell_left_out": QT_TRANSLATE_NOOP("forms", "“{found}” has no equal here and was left out."),
    "formula_empty": QT_TRANSLATE_NOOP(
        "forms", "The formula has no stored result, and formulas are not calculated; the cell counts as empty."
    ),
    # lists of choices
    "unused_list": QT_TRANSLATE_NOOP("forms", "No question takes the list “{found}”; it was left out."),
    "option_without_list": QT_TRANSLATE_NOOP("forms", "The row does not say to which list it belongs; left out."),
    "option_doubled": QT_TRANSLATE_NOOP("forms", "The name occurs twice in its list; here it became “{found}”."),
    # columns, sheets, settings
    "language_unknown": QT_TRANSLATE_NOOP(
        "forms", "Which language “{found}” is cannot be told; add its code, as in “French (fr)”. Left out."
    ),
    "column_left_out": QT_TRANSLATE_NOOP("forms", "A column “{found}” is not known here; it was left out."),
    "sheet_left_out": QT_TRANSLATE_NOOP("forms", "The sheet was not read."),
    "setting_left_out": QT_TRANSLATE_NOOP("forms", "The setting “{found}” has no equal here and was left out."),
    "version_restarts": QT_TRANSLATE_NOOP(
        "forms", "Versions here are whole numbers up to {found}; the form starts at 1."
    ),
    "purpose_made": QT_TRANSLATE_NOOP(
        "forms", "The file does not say when to pick the form; write that as its purpose."
    ),
    "columns_beyond": QT_TRANSLATE_NOOP("forms", "Only the first {found} columns are read; this row goes on behind."),
    # plain tables
    "seen_rubric": QT_TRANSLATE_NOOP("forms", "Read as a rubric: {found}."),
    "seen_checklist": QT_TRANSLATE_NOOP("forms", "Read as a checklist with {found} items."),
    "levels_turned": QT_TRANSLATE_NOOP(
        "forms", "The highest level stood first; the levels were turned round, so that the lowest is 1 (“{found}”)."
    ),
    "levels_not_turned": QT_TRANSLATE_NOOP(
        "forms", "Nothing tells which end is higher; “{found}”, on the left, was taken as the lowest."
    ),
    "levels_made": QT_TRANSLATE_NOOP("forms", "The levels had no names; they are called by their numbers."),
    "title_rows": QT_TRANSLATE_NOOP("forms", "The row above the levels is no criterion; it became the title."),
    "row_left_out": QT_TRANSLATE_NOOP("forms", "“{found}” fits nowhere and was left out."),
    "points_left_out": QT_TRANSLATE_NOOP(
        "forms", "The column “{found}” holds no level (points, numbers, notes); it was left out."
    ),
    "levels_unclear": QT_TRANSLATE_NOOP(
        "forms", "There are {found} columns but no row of levels, so each row became an item; the rest is its help."
    ),
    "criterion_twice": QT_TRANSLATE_NOOP("forms", "The criterion stands here twice; both are kept."),
    "encoding_guessed": QT_TRANSLATE_NOOP(
        "forms", "The file does not say how its letters are written; it was read as {found}."
    ),
    "quotes_mended": QT_TRANSLATE_NOOP("forms", "A quotation mark never closes; such marks were read as plain signs."),
}
"""By rule of an `Unmapped`: what it means, and what was done instead."""


def note_text(rule: str, found: str = "", translate: Callable[[str], str] = str) -> str:
    """Return the sentence of a note; `translate` turns an English sentence into the user's language first."""
    return translate(NOTES[rule]).format(found=found)
