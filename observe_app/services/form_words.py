"""The sentence for each rule that a form file can break. Pure: English here, other languages through `translate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.errors import FormProblem


def N_(text: str) -> str:  # noqa: N802  (the customary mark for a text that is translated where it is used)
    """Mark a text for translation and return it unchanged."""
    return text


SENTENCES: dict[str, str] = {
    # the file
    "missing_file": N_("There is no such file."),
    "not_a_file": N_("This is a folder or a device, not a file."),
    "unreadable": N_("The file cannot be opened: {found}."),
    "file_too_large": N_("The file has {found} bytes; a form may have at most {allowed}."),
    "empty_file": N_("The file is empty."),
    "encoding": N_("The file is not UTF-8 text (bytes {found}). Save it again with the encoding UTF-8."),
    "nesting": N_("Brackets or dotted keys go more than {allowed} deep."),
    "too_many_values": N_("The file has more than {allowed} values."),
    # how it is written
    "syntax": N_("This cannot be read: {found}"),
    "duplicate_key": N_("This is set twice: {found} Keep one of the two."),
    "no_equals": N_("A key needs “=” and a value after it: {found}"),
    "unclosed_list": N_("A list lacks a comma or its closing “]”: {found}"),
    "unclosed_table": N_("A table in braces lacks a comma or its closing “}}”, all on one line: {found}"),
    "unclosed_text": N_("A text starts here and has no closing quotation mark: {found}"),
    "unclosed_heading": N_("A heading needs as many “]” at its end as it has “[” at its start: {found}"),
    "raw_control_character": N_("An invisible control character stands here; type the line anew: {found}"),
    "backslash": N_("A backslash means something special in a text; write it twice: {found}"),
    "bad_value": N_("This value cannot be read; a text stands between quotation marks: {found}"),
    "bad_key": N_("A key is made of letters, digits, “-” and “_”: {found}"),
    "stray_text": N_("Something stands here that is no key, heading or comment: {found}"),
    # keys and types
    "unknown_key": N_("There is no key “{found}” here. Possible are: {allowed}."),
    "key_of_other_kind": N_("The key “{found}” does not belong to an item of kind {nearest}. Possible are: {allowed}."),
    "missing_key": N_("The key “{found}” is missing."),
    "wrong_type": N_("This is {found}; it must be {allowed}."),
    "empty_text": N_("The text is empty."),
    # identity
    "bad_id": N_(
        "“{found}” cannot be an id: use small letters a to z first, then also digits, parts joined by “-”, “_” or “.”, "
        "at most 60 characters."
    ),
    "duplicate_id": N_("The id “{found}” is already used on line {allowed}; each item needs its own."),
    "duplicate_section": N_("The section id “{found}” is already used; each section needs its own."),
    "name_mismatch": N_("The id is “{found}” and the file is called “{allowed}.toml”; make them the same."),
    "bad_version": N_("The version is {found}; it counts up from 1 to at most {allowed}."),
    # texts
    "bad_language": N_("“{found}” is no language code; use one such as “en”, “de” or “pt-BR”."),
    "own_language_missing": N_("The text in the form's own language, “{found}”, is missing."),
    "too_many_languages": N_("There are {found} languages; at most {allowed} are possible."),
    "too_long": N_("The text has {found} characters; at most {allowed} are possible."),
    "line_break": N_("This text must stand on one line."),
    "control_character": N_("The text holds the invisible control character {found}; take it out."),
    "bidi_control": N_(
        "The text holds the character {found}, which turns the reading direction and can hide words; take it out."
    ),
    # sections and items
    "empty_form": N_("The form has no section."),
    "empty_section": N_("The section has no item."),
    "too_many_sections": N_("There are {found} sections; at most {allowed} are possible."),
    "too_many_items": N_("A form may have at most {allowed} items; this one and those after it are too many."),
    "unknown_kind": N_("There is no kind “{found}”. Possible are: {allowed}."),
    "bad_hotkey": N_("“{found}” cannot be a hotkey: use one letter."),
    "duplicate_hotkey": N_("The hotkey “{found}” already belongs to the item “{allowed}”."),
    # scales
    "no_scale": N_("A rating needs a scale. The form has: {allowed}."),
    "unknown_scale": N_("The form has no scale “{found}”. It has: {allowed}."),
    "too_many_scales": N_("There are {found} scales; at most {allowed} are possible."),
    "level_count": N_("A scale needs {allowed} levels; this one has {found}."),
    "unknown_level": N_("The scale has no level “{found}”. Its levels are: {allowed}."),
    # the end of a long list
    "more_problems": N_("There are {found} more problems; they show when these are mended."),
    # a form stored with a visit
    "snapshot_damaged": N_("The form kept with this visit is damaged and cannot be shown."),
    "snapshot_newer": N_("The form kept with this visit was written by a newer version of Observe. Update Observe."),
}
"""By rule; `{found}`, `{allowed}` and `{nearest}` are the problem's own."""

SENTENCES_NEAREST: dict[str, str] = {
    "unknown_key": N_("There is no key “{found}” here; did you mean “{nearest}”? Possible are: {allowed}."),
    "unknown_kind": N_("There is no kind “{found}”; did you mean “{nearest}”? Possible are: {allowed}."),
    "unknown_scale": N_("The form has no scale “{found}”; did you mean “{nearest}”? It has: {allowed}."),
}
"""Used in place of `SENTENCES` when the problem knows a nearest word."""

SENTENCES_NOTHING: dict[str, str] = {
    "unreadable": N_("The file cannot be opened."),
    "no_scale": N_("A rating needs a scale, and the form defines none."),
    "unknown_scale": N_("There is no scale “{found}”; the form defines none."),
}
"""Used in place of `SENTENCES` when there is nothing to name: no allowed word, or for "unreadable" no reason."""

TYPE_WORDS: dict[str, str] = {
    "text": N_("a text in quotation marks"),
    "flag": N_("true or false"),
    "whole": N_("a whole number"),
    "decimal": N_("a decimal number"),
    "list": N_("a list"),
    "table": N_("a table"),
    "date": N_("a date or time"),
    "text, table": N_("a text in quotation marks, or a table of texts by language"),
}
"""What a type is called in the sentence of "wrong_type"."""

LEVEL_COUNT = N_("{low} to {high}")


def problem_text(problem: FormProblem, translate: Callable[[str], str] = str) -> str:
    """Return one plain sentence that says what is wrong and what is possible; the place is not part of it.

    `translate` turns an English sentence of this module into the user's language before it is filled.
    """
    found, allowed = problem.found, problem.allowed
    sentence = SENTENCES.get(problem.rule, SENTENCES["syntax"])
    if problem.rule in SENTENCES_NEAREST and problem.nearest:
        sentence = SENTENCES_NEAREST[problem.rule]
    elif problem.rule in SENTENCES_NOTHING and not (found if problem.rule == "unreadable" else allowed):
        sentence = SENTENCES_NOTHING[problem.rule]
    if problem.rule == "wrong_type":
        found, allowed = (translate(TYPE_WORDS.get(word, word)) for word in (found, allowed))
    elif problem.rule == "level_count":
        low, _comma, high = allowed.partition(", ")
        allowed = translate(LEVEL_COUNT).format(low=low, high=high)
    return translate(sentence).format(found=found, allowed=allowed, nearest=problem.nearest)
