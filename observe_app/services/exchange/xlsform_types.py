"""What a row of an XLSForm asks for: its type, its bounds, and the lists of choices."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.answer_rules import MAX_NUMBER
from observe_app.domain.form import ItemKind
from observe_app.services.exchange.form_in_parts import Ids
from observe_app.services.exchange.xlsform_names import HELP, LABEL, NO_WORDS, OPTIONS_SHEET, YES_WORDS

if TYPE_CHECKING:
    from observe_app.domain.form import Texts
    from observe_app.services.exchange.xlsform_sheets import Book, Record

_FROM = r"(?:\s+(?:from|using))?\s+(?P<list>\S+?)(?P<other>\s+or(?:[ _]specify)?[ _]other)?"
_SELECT_ONE = re.compile(rf"(?:add )?select(?:[ _]one|1)(?: prompt)?{_FROM}", re.IGNORECASE)
_SELECT_MANY = re.compile(rf"(?:add )?select(?:[ _]multiple| all that apply)(?: prompt)?{_FROM}", re.IGNORECASE)
_RANK = re.compile(rf"rank{_FROM}", re.IGNORECASE)
_ELSEWHERE = re.compile(r"select(?:_one|_multiple)_(?:from_file|external)\b.*", re.IGNORECASE)
_GROUP = re.compile(r"(begin|end)[ _]*(group|repeat|looped group|loop)\b.*", re.IGNORECASE)
_LIST_WANTED = re.compile(r"(?:add )?(?:select|rank).*", re.IGNORECASE)

TEXT_TYPES = frozenset({"text", "string", "q string", "add text prompt"})
WHOLE_TYPES = frozenset({"integer", "int", "q int", "add integer prompt"})
DECIMAL_TYPES = frozenset({"decimal", "q decimal", "add decimal prompt"})
CHECK_TYPES = frozenset({"acknowledge", "trigger", "add acknowledge prompt", "q acknowledge"})
NOTE_TYPES = frozenset({"note", "add note prompt", "q note"})
AS_TEXT_TYPES = frozenset({
    "date", "time", "datetime", "date time", "geopoint", "gps", "location", "q location", "geotrace", "geoshape",
    "barcode", "q barcode", "image", "photo", "picture", "q picture", "q image", "audio", "q audio", "video",
    "q video", "file", "phone number", "add date prompt", "q date", "add image prompt", "add location prompt",
})  # fmt: skip
METADATA_TYPES = frozenset({
    "start", "end", "today", "deviceid", "device id", "imei", "get device id", "subscriberid", "subscriber id",
    "simserial", "sim id", "phonenumber", "get phone number", "username", "email", "audit", "start time", "end time",
    "get start time", "get end time", "get today", "start-geopoint", "background-geopoint", "background-audio", "uuid",
})  # fmt: skip
SILENT_TYPES = frozenset({"hidden", "xml-external", "csv-external", "entity"})
CALCULATED_TYPES = frozenset({"calculate", "calculation", "q calculate"})

STANDARD_KINDS: dict[str, tuple[str, ...]] = {
    "one": ("choice", "check", "rating"),
    "many": ("choices",),
    "whole": ("number", "tally", "sweep"),
    "decimal": ("number", "timer", "wait"),
    "range": ("number",),
    "text": ("text", "interval"),
    "note": ("guidance",),
}
"""The kinds that each family of types may stand for, the one of a workbook without our columns first."""


@dataclass(frozen=True, slots=True)
class RowType:
    """A type, understood.

    Attributes:
        family: "one", "many", "rank", "elsewhere", "begin", "end", "whole", "decimal", "range", "text", "check",
            "note", "as_text", "metadata", "calculated", "silent", "unknown", or "no_list" where a list should stand.
        list_name: of a choice. other: it takes an answer of one's own. group: "group" or "repeat".
    """

    family: str
    list_name: str = ""
    other: bool = False
    group: str = ""


def row_type(text: str) -> RowType:
    """Return what a cell of the column "type" means, whichever of XLSForm's spellings it has."""
    given = " ".join(text.split())
    if match := _GROUP.fullmatch(given):
        group = "repeat" if match[2].casefold() == "repeat" else "group"
        return RowType(match[1].casefold(), group=group)
    if _ELSEWHERE.fullmatch(given):
        return RowType("elsewhere")
    for pattern, family in ((_SELECT_ONE, "one"), (_SELECT_MANY, "many"), (_RANK, "rank")):
        if match := pattern.fullmatch(given):
            return RowType(family, match["list"], bool(match["other"]))
    if _LIST_WANTED.fullmatch(given):
        return RowType("no_list")
    word = given.casefold().replace("_", " ") if given.casefold() != "geo_point" else "geopoint"
    families = (
        (TEXT_TYPES, "text"), (WHOLE_TYPES, "whole"), (DECIMAL_TYPES, "decimal"), ({"range"}, "range"),
        (CHECK_TYPES, "check"), (NOTE_TYPES, "note"), (AS_TEXT_TYPES, "as_text"), (METADATA_TYPES, "metadata"),
        (CALCULATED_TYPES, "calculated"), (SILENT_TYPES, "silent"),
    )  # fmt: skip
    return RowType(next((family for words, family in families if word in words), "unknown"))


# --- numbers ----------------------------------------------------------------------------------------------------------

_BOUND = re.compile(r"\(?\s*\.\s*(>=|<=|>|<|=)\s*(-?\s*\d+(?:\.\d+)?)\s*\)?")
_PARAMETER = re.compile(r"\b(\w++)\s*+=\s*+(-?\d++(?:\.\d++)?)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a number, None where open; `step` of a range, 1 otherwise."""

    low: float | None = None
    high: float | None = None
    decimals: bool = False
    step: float = 1


def constraint_bounds(constraint: str, *, decimals: bool) -> Bounds | None:
    """Return the bounds that a constraint such as ". >= 1 and . <= 5" sets; None where it says anything else."""
    low: float | None = None
    high: float | None = None
    # Split at single spaces: a cell may hold thousands of them, and a pattern would try each.
    for part in " ".join(constraint.split()).split(" and "):
        match = _BOUND.fullmatch(part)
        if match is None:
            return None
        sign, value = match[1], float(match[2].replace(" ", ""))
        if abs(value) > MAX_NUMBER or (decimals and sign in {">", "<"}) or sign == "=":
            return None
        if not decimals:
            value = {
                ">": math.floor(value) + 1, ">=": math.ceil(value), "<": math.ceil(value) - 1, "<=": math.floor(value),
            }[sign]  # fmt: skip
        if sign in {">", ">="}:
            low = value if low is None else max(low, value)
        else:
            high = value if high is None else min(high, value)
    if low is not None and high is not None and low >= high:
        return None
    return Bounds(_plain(low), _plain(high), decimals)


def range_bounds(parameters: str) -> Bounds | None:
    """Return the bounds of a range; XLSForm's own are 1 to 10 in steps of 1. None where they cannot be read."""
    given = {name.casefold(): float(value) for name, value in _PARAMETER.findall(parameters)}
    low, high, step = given.get("start", 1.0), given.get("end", 10.0), given.get("step", 1.0)
    if low >= high or max(abs(low), abs(high)) > MAX_NUMBER or not 0 < step <= MAX_NUMBER:
        return None
    decimals = any(value != math.floor(value) for value in (low, high, step))
    return Bounds(_plain(low), _plain(high), decimals, step)


def _plain(value: float | None) -> float | None:
    return value if value is None or value != math.floor(value) else int(value)


# --- lists of choices -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One row of a list. `help` is of a sheet of our own."""

    name: str
    id: str
    label: Texts
    help: Texts
    row: int


@dataclass(slots=True)
class ChoiceList:
    """A list. `scale`: id of the scale that it is, "" for a list of choices."""

    name: str
    choices: list[ListedChoice]
    scale: str = ""

    def is_yes_no(self) -> bool:
        """Tell whether it asks yes or no and nothing else, in whatever language."""
        by_name = {choice.name.casefold(): choice for choice in self.choices}
        return set(by_name) == {"yes", "no"} and all(
            text.casefold() in words
            for name, words in (("yes", YES_WORDS), ("no", NO_WORDS))
            for _code, text in by_name[name].label
        )


def read_lists(book: Book) -> dict[str, ChoiceList]:
    """Read the sheet of choices; what is wrong in it is gathered."""
    lists: dict[str, ChoiceList] = {}
    ids: dict[str, Ids] = {}
    rows: dict[tuple[str, str], int] = {}
    sheet = book.others.get(OPTIONS_SHEET)
    helps = {(r.get("list_name"), r.get("name")): r for r in (sheet.records if sheet else ())}
    doubles = book.settings.get("allow_choice_duplicates", "").casefold() == "yes"
    for record in book.choices.records:
        list_name, name = record.get("list_name"), record.get("name")
        if not list_name:
            if name or record.texts:
                book.gathered.note(record.row, record.sheet, name or _any_text(record), "option_without_list")
            continue
        letter = book.choices.letters["name"]
        found = lists.setdefault(list_name, ChoiceList(list_name, []))
        if not name:
            book.gathered.problem(record.row, record.sheet, letter, "xls_option_without_name", list_name)
            continue
        first = rows.setdefault((list_name, name), record.row)
        if first != record.row and not doubles:
            book.gathered.problem(record.row, record.sheet, letter, "xls_duplicate_option", name, (str(first),))
            continue
        made = ids.setdefault(list_name, Ids()).make(name, f"option-{len(found.choices) + 1}")
        if first != record.row:
            book.gathered.note(record.row, record.sheet, name, "option_doubled", made)
        elif made != name and not name.isdigit():
            book.gathered.note(record.row, record.sheet, name, "name_changed", made)
        found.choices.append(_choice(book, record, made, helps.get((list_name, name))))
    return lists


def _choice(book: Book, record: Record, made: str, more: Record | None) -> ListedChoice:
    name = record.get("name")
    label = fit(book, record, LABEL, line=True)
    if not label and not book.own:
        label = (("", name),)
        book.gathered.note(record.row, record.sheet, name, "label_made", name)
    for column in ("image", "audio", "video", "big-image"):
        if record.get(column):
            book.gathered.note(record.row, record.sheet, name, "media_left_out", record.get(column))
    return ListedChoice(name, made, label, fit(book, more, HELP) if more else (), record.row)


def _any_text(record: Record) -> str:
    return next((text for texts in record.texts.values() for text in texts.values()), "")


def fit(book: Book, record: Record, column: str, *, line: bool = False) -> Texts:
    """Return a text in its languages, cut and cleaned to what a form may hold, the own language never missing."""
    gathered = book.gathered
    found: dict[str, str] = {}
    for code, text in book.texts(record, column):
        good = (
            gathered.line(text, record.row, record.sheet)[0]
            if line
            else gathered.passage(text, record.row, record.sheet)
        )
        if good:
            found[code] = good
        if not book.own and (reference := re.search(r"\$\{[^{}]*\}", good)):
            gathered.note(record.row, record.sheet, good, "answer_in_text", reference[0])
    if found and "" not in found and not book.own:
        code = next(iter(found))
        found[""] = found[code]
        gathered.note(record.row, record.sheet, found[code], "own_language_missing", code)
    return tuple(sorted(found.items()))


def kind_of(family: str, given: str) -> ItemKind | None:
    """Return the kind that our own column names, where the type of the row may stand for it; else None."""
    return ItemKind(given) if given in STANDARD_KINDS.get(family, ()) else None
