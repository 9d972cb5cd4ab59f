"""The sentence for each rule that a form file can break. Pure: English here, other languages through `translate`.

The sentences are literals in the context "forms".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.exchange.form_in_words import PROBLEMS, PROBLEMS_NEAREST
from observe_app.services.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.errors import FormProblem
    from observe_app.services.forms.advice import Hint


SENTENCES: dict[str, str] = {
    # the file
    "missing_file": QT_TRANSLATE_NOOP("forms", "There is no such file."),
    "not_a_file": QT_TRANSLATE_NOOP("forms", "This is a folder or a device, not a file."),
    "unreadable": QT_TRANSLATE_NOOP("forms", "The file cannot be opened: {found}."),
    "file_too_large": QT_TRANSLATE_NOOP("forms", "The file has {found} bytes; a form may have at most {allowed}."),
    "empty_file": QT_TRANSLATE_NOOP("forms", "The file is empty."),
    "encoding": QT_TRANSLATE_NOOP(
        "forms", "The file is not UTF-8 text (bytes {found}). Save it again with the encoding UTF-8."
    ),
    "nesting": QT_TRANSLATE_NOOP("forms", "Brackets or dotted keys go more than {allowed} deep."),
    "too_many_values": QT_TRANSLATE_NOOP("forms", "The file has more than {allowed} values."),
    # how it is written
    "syntax": QT_TRANSLATE_NOOP("forms", "This cannot be read: {found}"),
    "duplicate_key": QT_TRANSLATE_NOOP("forms", "This is set twice: {found} Keep one of the two."),
    "no_equals": QT_TRANSLATE_NOOP("forms", "A key needs “=” and a value after it: {found}"),
    "unclosed_list": QT_TRANSLATE_NOOP("forms", "A list lacks a comma or its closing “]”: {found}"),
    "unclosed_table": QT_TRANSLATE_NOOP(
        "forms", "A table in braces lacks a comma or its closing “}}”, all on one line: {found}"
    ),
    "unclosed_text": QT_TRANSLATE_NOOP("forms", "A text starts here and has no closing quotation mark: {found}"),
    "unclosed_heading": QT_TRANSLATE_NOOP(
        "forms", "A heading needs as many “]” at its end as it has “[” at its start: {found}"
    ),
    "raw_control_character": QT_TRANSLATE_NOOP(
        "forms", "An invisible control character stands here; type the line anew: {found}"
    ),
    "backslash": QT_TRANSLATE_NOOP("forms", "A backslash means something special in a text; write it twice: {found}"),
    "bad_value": QT_TRANSLATE_NOOP(
        "forms", "This value cannot be read; a text stands between quotation marks: {found}"
    ),
    "bad_key": QT_TRANSLATE_NOOP("forms", "A key is made of letters, digits, “-” and “_”: {found}"),
    "stray_text": QT_TRANSLATE_NOOP("forms", "Something stands here that is no key, heading or comment: {found}"),
    # keys and types
    "unknown_key": QT_TRANSLATE_NOOP("forms", "There is no key “{found}” here. Possible are: {allowed}."),
    "key_of_other_kind": QT_TRANSLATE_NOOP(
        "forms", "The key “{found}” does not belong to an item of kind {nearest}. Possible are: {allowed}."
    ),
    "missing_key": QT_TRANSLATE_NOOP("forms", "The key “{found}” is missing."),
    "wrong_type": QT_TRANSLATE_NOOP("forms", "This is {found}; it must be {allowed}."),
    "unknown_word": QT_TRANSLATE_NOOP("forms", "“{found}” is not possible here. Possible are: {allowed}."),
    "out_of_range": QT_TRANSLATE_NOOP("forms", "The number is {found}; it must be {allowed}."),
    "too_many": QT_TRANSLATE_NOOP("forms", "There are {found} of these; at most {allowed} are possible."),
    "empty_list": QT_TRANSLATE_NOOP("forms", "The list is empty."),
    "empty_text": QT_TRANSLATE_NOOP("forms", "The text is empty."),
    # identity
    "bad_id": QT_TRANSLATE_NOOP(
        "forms",
        "“{found}” cannot be an id: use small letters a to z first, then also digits, parts joined by “-”, “_” or “.”, "
        "at most 60 characters.",
    ),
    "duplicate_id": QT_TRANSLATE_NOOP(
        "forms", "The id “{found}” is already used on line {allowed}; each item needs its own."
    ),
    "duplicate_section": QT_TRANSLATE_NOOP(
        "forms", "The section id “{found}” is already used; each section needs its own."
    ),
    "name_mismatch": QT_TRANSLATE_NOOP(
        "forms", "The id is “{found}” and the file is called “{allowed}.toml”; make them the same."
    ),
    "bad_version": QT_TRANSLATE_NOOP("forms", "The version is {found}; it counts up from 1 to at most {allowed}."),
    # texts
    "bad_language": QT_TRANSLATE_NOOP("forms", "“{found}” is no language code; use one such as “en”, “de” or “pt-BR”."),
    "own_language_missing": QT_TRANSLATE_NOOP("forms", "The text in the form's own language, “{found}”, is missing."),
    "too_many_languages": QT_TRANSLATE_NOOP("forms", "There are {found} languages; at most {allowed} are possible."),
    "too_long": QT_TRANSLATE_NOOP("forms", "The text has {found} characters; at most {allowed} are possible."),
    "line_break": QT_TRANSLATE_NOOP("forms", "This text must stand on one line."),
    "control_character": QT_TRANSLATE_NOOP(
        "forms", "The text holds the invisible control character {found}; take it out."
    ),
    "bidi_control": QT_TRANSLATE_NOOP(
        "forms",
        "The text holds the character {found}, which turns the reading direction and can hide words; take it out.",
    ),
    # sections and items
    "empty_form": QT_TRANSLATE_NOOP("forms", "The form has no section."),
    "empty_section": QT_TRANSLATE_NOOP("forms", "The section has no item."),
    "too_many_sections": QT_TRANSLATE_NOOP("forms", "There are {found} sections; at most {allowed} are possible."),
    "too_many_items": QT_TRANSLATE_NOOP(
        "forms", "A form may have at most {allowed} items; this one and those after it are too many."
    ),
    "unknown_kind": QT_TRANSLATE_NOOP("forms", "There is no kind “{found}”. Possible are: {allowed}."),
    "bad_hotkey": QT_TRANSLATE_NOOP("forms", "“{found}” cannot be a hotkey: use one letter."),
    "bad_event_hotkey": QT_TRANSLATE_NOOP("forms", "“{found}” cannot be a hotkey: use one letter, or f2 to f9."),
    "duplicate_hotkey": QT_TRANSLATE_NOOP("forms", "The hotkey “{found}” already belongs to the item “{allowed}”."),
    # scales
    "no_scale": QT_TRANSLATE_NOOP("forms", "A rating needs a scale. The form has: {allowed}."),
    "unknown_scale": QT_TRANSLATE_NOOP("forms", "The form has no scale “{found}”. It has: {allowed}."),
    "too_many_scales": QT_TRANSLATE_NOOP("forms", "There are {found} scales; at most {allowed} are possible."),
    "level_count": QT_TRANSLATE_NOOP("forms", "A scale needs {allowed} levels; this one has {found}."),
    "unknown_level": QT_TRANSLATE_NOOP("forms", "The scale has no level “{found}”. Its levels are: {allowed}."),
    "descriptors_without_scale": QT_TRANSLATE_NOOP(
        "forms", "Descriptors describe the levels of a scale: name the scale. The form has: {allowed}."
    ),
    "duplicate_scale": QT_TRANSLATE_NOOP("forms", "The scale “{found}” is already there; each scale needs its own id."),
    "levels_differ": QT_TRANSLATE_NOOP("forms", "The levels are not those of the scale “{found}”."),
    # choices and numbers
    "option_count": QT_TRANSLATE_NOOP("forms", "A choice needs {allowed} options; this one has {found}."),
    "duplicate_option": QT_TRANSLATE_NOOP(
        "forms", "The option id “{found}” is already used; each option of an item needs its own."
    ),
    "reserved_option": QT_TRANSLATE_NOOP(
        "forms", "“other” is the id of the answer that other = true adds; give this option another id."
    ),
    "bound_not_whole": QT_TRANSLATE_NOOP(
        "forms", "The bound is {found}; without decimals = true it must be a whole number."
    ),
    "low_above_high": QT_TRANSLATE_NOOP(
        "forms", "The highest number is {found}; it must be above the lowest, {allowed}."
    ),
    # intervals
    "no_codes": QT_TRANSLATE_NOOP("forms", "An interval item needs codes: give it codes, or sides that have codes."),
    "codes_and_sides": QT_TRANSLATE_NOOP("forms", "The item has sides, so “{found}” belongs below one of them."),
    "bad_side": QT_TRANSLATE_NOOP(
        "forms",
        "“{found}” cannot be the id of a side: use letters a to z first, then also digits, parts joined by "
        "“-”, “_” or “.”, at most 60 characters.",
    ),
    "duplicate_side": QT_TRANSLATE_NOOP("forms", "The side “{found}” is already there; each side needs its own id."),
    "bad_code": QT_TRANSLATE_NOOP(
        "forms",
        "“{found}” cannot be a code: use letters and digits first, then also “/”, “+”, “&”, “-” and “_”, at most "
        "12 characters.",
    ),
    "duplicate_code": QT_TRANSLATE_NOOP(
        "forms", "The code “{found}” is already used on this side; capitals make no difference."
    ),
    "duplicate_alias": QT_TRANSLATE_NOOP(
        "forms", "The alias “{found}” already stands for the code “{allowed}” of this side."
    ),
    "unknown_category": QT_TRANSLATE_NOOP("forms", "This side has no category “{found}”. It has: {allowed}."),
    "duplicate_category": QT_TRANSLATE_NOOP(
        "forms", "The category “{found}” is already there; each category of a side needs its own id."
    ),
    "bad_code_hotkey": QT_TRANSLATE_NOOP("forms", "“{found}” cannot be the key of a code: use one visible character."),
    "duplicate_code_hotkey": QT_TRANSLATE_NOOP(
        "forms", "The key “{found}” already belongs to the code “{allowed}” of this item."
    ),
    # conditions
    "two_conditions": QT_TRANSLATE_NOOP(
        "forms", "Use show_when (all must hold) or show_when_any (one is enough), not both."
    ),
    "condition_test": QT_TRANSLATE_NOOP("forms", "A condition needs exactly one of: {allowed}. This one has: {found}."),
    "unknown_item": QT_TRANSLATE_NOOP("forms", "There is no item “{found}” before this. There are: {allowed}."),
    "later_item": QT_TRANSLATE_NOOP(
        "forms", "The item “{found}” does not come before this; a condition looks back at earlier items only."
    ),
    "no_answer_item": QT_TRANSLATE_NOOP(
        "forms", "The item “{found}” is of kind {allowed} and takes no answer that a condition could ask for."
    ),
    "test_of_other_kind": QT_TRANSLATE_NOOP(
        "forms", "“{found}” cannot be asked of this item. Possible are: {allowed}."
    ),
    "impossible_answer": QT_TRANSLATE_NOOP(
        "forms", "“{found}” is no answer that this item can have. Possible are: {allowed}."
    ),
    # the end of a long list
    "more_problems": QT_TRANSLATE_NOOP("forms", "There are {found} more problems; they show when these are mended."),
    # a form stored with a visit
    "snapshot_damaged": QT_TRANSLATE_NOOP("forms", "The form kept with this visit is damaged and cannot be shown."),
    "snapshot_newer": QT_TRANSLATE_NOOP(
        "forms", "The form kept with this visit was written by a newer version of Observe. Update Observe."
    ),
}
"""By rule; `{found}`, `{allowed}` and `{nearest}` are the problem's own."""

SENTENCES_NEAREST: dict[str, str] = {
    "unknown_key": QT_TRANSLATE_NOOP(
        "forms", "There is no key “{found}” here; did you mean “{nearest}”? Possible are: {allowed}."
    ),
    "unknown_kind": QT_TRANSLATE_NOOP(
        "forms", "There is no kind “{found}”; did you mean “{nearest}”? Possible are: {allowed}."
    ),
    "unknown_scale": QT_TRANSLATE_NOOP(
        "forms", "The form has no scale “{found}”; did you mean “{nearest}”? It has: {allowed}."
    ),
    "unknown_word": QT_TRANSLATE_NOOP(
        "forms", "“{found}” is not possible here; did you mean “{nearest}”? Possible are: {allowed}."
    ),
    "unknown_category": QT_TRANSLATE_NOOP(
        "forms", "This side has no category “{found}”; did you mean “{nearest}”? It has: {allowed}."
    ),
    "unknown_item": QT_TRANSLATE_NOOP(
        "forms", "There is no item “{found}” before this; did you mean “{nearest}”? There are: {allowed}."
    ),
    "impossible_answer": QT_TRANSLATE_NOOP(
        "forms", "“{found}” is no answer that this item can have; did you mean “{nearest}”? Possible are: {allowed}."
    ),
}
"""Used in place of `SENTENCES` when the problem knows a nearest word."""

SENTENCES_NOTHING: dict[str, str] = {
    "unreadable": QT_TRANSLATE_NOOP("forms", "The file cannot be opened."),
    "no_scale": QT_TRANSLATE_NOOP("forms", "A rating needs a scale, and the form defines none."),
    "unknown_scale": QT_TRANSLATE_NOOP("forms", "There is no scale “{found}”; the form defines none."),
    "descriptors_without_scale": QT_TRANSLATE_NOOP(
        "forms", "Descriptors describe the levels of a scale, and the form defines none."
    ),
    "unknown_category": QT_TRANSLATE_NOOP("forms", "There is no category “{found}”; this side defines none."),
    "unknown_item": QT_TRANSLATE_NOOP("forms", "There is no item “{found}”; no item comes before this."),
    "duplicate_id": QT_TRANSLATE_NOOP("forms", "The id “{found}” is already used; each item needs its own."),
    "condition_test": QT_TRANSLATE_NOOP("forms", "A condition needs exactly one of: {allowed}."),
}
"""Used in place of `SENTENCES` when there is nothing to name: no allowed word, or for `_OF_FOUND` nothing found."""

_OF_FOUND = frozenset({"unreadable", "condition_test"})

TYPE_WORDS: dict[str, str] = {
    "text": QT_TRANSLATE_NOOP("forms", "a text in quotation marks"),
    "flag": QT_TRANSLATE_NOOP("forms", "true or false"),
    "whole": QT_TRANSLATE_NOOP("forms", "a whole number"),
    "decimal": QT_TRANSLATE_NOOP("forms", "a decimal number"),
    "list": QT_TRANSLATE_NOOP("forms", "a list"),
    "table": QT_TRANSLATE_NOOP("forms", "a table"),
    "date": QT_TRANSLATE_NOOP("forms", "a date or time"),
    "text, table": QT_TRANSLATE_NOOP("forms", "a text in quotation marks, or a table of texts by language"),
    "whole, decimal": QT_TRANSLATE_NOOP("forms", "a number"),
    "text, flag, whole, decimal, list": QT_TRANSLATE_NOOP("forms", "a text, a number, or a list of them"),
}
"""What a type is called in the sentence of "wrong_type"."""

HINTS: dict[str, str] = {
    "all_fit": QT_TRANSLATE_NOOP("forms", "All {count} items fit one screen at 1366 by 768."),
    "some_fit": QT_TRANSLATE_NOOP(
        "forms", "{count} of {total} items fit one screen at 1366 by 768; the others are reached by scrolling."
    ),
    "items_without_letter": QT_TRANSLATE_NOOP(
        "forms", "There are {total} items and 26 letters: {count} have no key and are reached with the arrows."
    ),
    "many_required": QT_TRANSLATE_NOOP(
        "forms", "{count} items are required; most observers will not manage all of them during a lesson."
    ),
    "no_descriptors": QT_TRANSLATE_NOOP(
        "forms",
        "Nothing says what the levels of the scale “{name}” look like: two observers will read them differently.",
    ),
    "codes_without_key": QT_TRANSLATE_NOOP("forms", "{count} of {total} codes of “{name}” have no key."),
    "many_codes": QT_TRANSLATE_NOOP(
        "forms", "“{name}” has {count} codes, more than the {total} letters and digits of a keyboard."
    ),
    "key_of_item": QT_TRANSLATE_NOOP("forms", "“{name}”: this code and this item share their key."),
    "long_label": QT_TRANSLATE_NOOP("forms", "“{name}” has {count} letters; more than {total} do not fit one line."),
}
"""By rule of a `services.forms.advice.Hint`; its fields fill the sentence."""

HINTS_NONE: dict[str, str] = {
    "some_fit": QT_TRANSLATE_NOOP(
        "forms", "The form is longer than one screen at 1366 by 768; it is reached by scrolling."
    ),
}
"""Used in place of `HINTS` when the count is zero."""

HINTS_ONE: dict[str, str] = {
    "all_fit": QT_TRANSLATE_NOOP("forms", "The only item fits one screen at 1366 by 768."),
    "items_without_letter": QT_TRANSLATE_NOOP(
        "forms", "There are {total} items and 26 letters: one has no key and is reached with the arrows."
    ),
    "codes_without_key": QT_TRANSLATE_NOOP("forms", "One of {total} codes of “{name}” has no key."),
}
"""Used in place of `HINTS` when the count is one."""

FROM_TO = QT_TRANSLATE_NOOP("forms", "{low} to {high}")


def problem_text(problem: FormProblem, translate: Callable[[str], str] = str) -> str:
    """Return one plain sentence that says what is wrong and what is possible; the place is not part of it.

    `translate` turns an English sentence of this module into the user's language before it is filled.
    """
    found, allowed = problem.found, problem.allowed
    sentence = SENTENCES.get(problem.rule) or PROBLEMS.get(problem.rule, SENTENCES["syntax"])
    nearest = SENTENCES_NEAREST.get(problem.rule) or PROBLEMS_NEAREST.get(problem.rule)
    if nearest and problem.nearest:
        sentence = nearest
    elif problem.rule in SENTENCES_NOTHING and not (found if problem.rule in _OF_FOUND else allowed):
        sentence = SENTENCES_NOTHING[problem.rule]
    if problem.rule == "wrong_type":
        found, allowed = (translate(TYPE_WORDS.get(word, word)) for word in (found, allowed))
    elif problem.rule in {"level_count", "option_count", "out_of_range"}:
        low, _comma, high = allowed.partition(", ")
        allowed = translate(FROM_TO).format(low=low, high=high)
    return translate(sentence).format(found=found, allowed=allowed, nearest=problem.nearest)


def hint_text(hint: Hint, translate: Callable[[str], str] = str) -> str:
    """Return one plain sentence of advice. `translate` as in `problem_text`."""
    special = {0: HINTS_NONE, 1: HINTS_ONE}.get(hint.count, HINTS)
    sentence = special.get(hint.rule, HINTS[hint.rule])
    return translate(sentence).format(name=hint.name, count=hint.count, total=hint.total)
