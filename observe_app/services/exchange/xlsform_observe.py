"""What XLSForm lacks and our own columns and sheets carry: scales, descriptors, intervals, timers, sweeps, waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.form import Category, Code, ItemKind, Level, Scale, Side, WaitAfter
from observe_app.services.exchange.form_in_parts import id_of, words
from observe_app.services.exchange.xlsform_names import (
    CATEGORIES_SHEET,
    CODES_SHEET,
    DESCRIPTOR,
    HELP,
    LABEL,
    LEVELS_SHEET,
    OWN,
    SCALES_SHEET,
    SIDES_SHEET,
    UNIT,
)
from observe_app.services.exchange.xlsform_types import fit

if TYPE_CHECKING:
    from observe_app.services.exchange.xlsform_sheets import Book, Record
    from observe_app.services.exchange.xlsform_types import ChoiceList

TRUE_WORDS = frozenset({"yes", "true", "true()", "1", "y", "wahr", "vrai"})
FALSE_WORDS = frozenset({"", "no", "false", "false()", "0", "n", "falsch", "faux"})


@dataclass(slots=True)
class OwnParts:
    """What the sheets of our own say, by item."""

    book: Book
    scales: dict[str, Scale]
    levels: dict[str, list[Record]] = field(default_factory=dict)
    sides: dict[str, list[Side]] = field(default_factory=dict)

    def fields(self, record: Record, name: str, kind: ItemKind, options: ChoiceList | None) -> dict[str, Any]:
        """Return the fields of an item that only our columns and sheets know."""
        found: dict[str, Any] = {"hotkey": record.get(f"{OWN}hotkey")}
        match kind:
            case ItemKind.RATING:
                found |= self._levels(record, name, options)
            case ItemKind.NUMBER:
                found["unit"] = fit(self.book, record, UNIT, line=True)
            case ItemKind.TIMER:
                found["group"] = record.get(f"{OWN}group")
            case ItemKind.SWEEP:
                found["every"] = self.whole(record, f"{OWN}every") or 0
                found["of"] = self.whole(record, f"{OWN}of")
            case ItemKind.WAIT:
                found["aim"] = self.number(record, f"{OWN}aim")
                after = record.get(f"{OWN}after") or WaitAfter.QUESTION.value
                if after in set(WaitAfter):
                    found["after"] = WaitAfter(after)
                else:
                    self._bad(record, f"{OWN}after", ", ".join(WaitAfter))
            case ItemKind.INTERVAL:
                found["seconds"] = self.whole(record, f"{OWN}seconds") or 0
                found["look"] = self.whole(record, f"{OWN}look") or 0
                found["sides"] = tuple(self.sides.get(name, ()))
                found |= self._levels(record, name, None)
            case _:
                pass
        return found

    def _levels(self, record: Record, name: str, options: ChoiceList | None) -> dict[str, Any]:
        """Return scale and levels: those of the scale, with what the sheet of levels says of this item."""
        scale_id = record.get(f"{OWN}scale")
        rows = self.levels.get(name, [])
        scale = self.scales.get(scale_id)
        if scale is None and options is not None and options.scale:
            scale = self.scales.get(options.scale)
        if scale is None and not rows and options is not None:
            # A list that a person called a rating: its order is the order of the levels.
            scale_id = scale_id or id_of(options.name) or "scale"
            levels = tuple(Level(number, choice.label) for number, choice in enumerate(options.choices, 1))
            scale = self.scales.setdefault(scale_id, Scale(scale_id, levels))
        own = {self.whole(row, "level") or 0: row for row in rows}
        if scale is None or any(LABEL in row.texts for row in rows):
            made = tuple(
                Level(number, fit(self.book, row, LABEL, line=True), fit(self.book, row, DESCRIPTOR))
                for number, row in own.items()
            )
            return {"scale": scale_id, "levels": made}
        if not rows:
            return {"scale": scale_id, "levels": scale.levels}
        return {
            "scale": scale_id,
            "levels": tuple(
                Level(
                    level.number,
                    level.label,
                    fit(self.book, own[level.number], DESCRIPTOR) if level.number in own else (),
                )
                for level in scale.levels
            ),
        }

    # cells

    def whole(self, record: Record, column: str) -> int | None:
        """Return a whole number, None where the cell is empty or bad."""
        number = self.number(record, column)
        if number is None:
            return None
        if number != int(number):
            self._bad(record, column, "a whole number")
            return None
        return int(number)

    def number(self, record: Record, column: str) -> float | None:
        """Return a number, None where the cell is empty or bad."""
        text = words(record.cells.get(column))
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) <= 1e12:
            self._bad(record, column, "a number")
            return None
        return number

    def _bad(self, record: Record, column: str, wanted: str) -> None:
        sheets = {sheet.name: sheet for sheet in (self.book.survey, self.book.choices, *self.book.others.values())}
        sheet = sheets.get(record.sheet)
        letter = sheet.letters.get(column, "") if sheet else ""
        self.book.gathered.problem(record.row, record.sheet, letter, "xls_bad_cell", record.get(column), (wanted,))


def read_own_parts(book: Book, lists: dict[str, ChoiceList]) -> OwnParts:
    """Read the sheets of our own and the scales among the lists of choices."""
    parts = OwnParts(book, {})
    _read_scales(parts, lists)
    for record in _records(book, LEVELS_SHEET):
        parts.levels.setdefault(record.get("item"), []).append(record)
    categories: dict[tuple[str, str], list[Category]] = {}
    for record in _records(book, CATEGORIES_SHEET):
        place = (record.get("item"), record.get("side"))
        label = fit(book, record, LABEL, line=True)
        categories.setdefault(place, []).append(Category(record.get("category"), label))
    codes: dict[tuple[str, str], list[Code]] = {}
    for record in _records(book, CODES_SHEET):
        place = (record.get("item"), record.get("side"))
        codes.setdefault(place, []).append(
            Code(
                record.get("code"),
                fit(book, record, LABEL, line=True),
                fit(book, record, HELP),
                record.get("category"),
                tuple(line.strip() for line in record.get("aliases").split("\n") if line.strip()),
                record.get("hotkey"),
                record.get("comment").casefold() in TRUE_WORDS,
            )
        )
    for record in _records(book, SIDES_SHEET):
        place = (record.get("item"), record.get("side"))
        side = Side(
            place[1], fit(book, record, LABEL, line=True), tuple(codes.get(place, ())), tuple(categories.get(place, ()))
        )
        parts.sides.setdefault(place[0], []).append(side)
    return parts


def _read_scales(parts: OwnParts, lists: dict[str, ChoiceList]) -> None:
    """Put the scales together: labels stand in the lists of choices, where other tools show them."""
    rows: dict[str, list[Record]] = {}
    for record in _records(parts.book, SCALES_SHEET):
        rows.setdefault(record.get("scale"), []).append(record)
    for scale_id, records in rows.items():
        first = records[0]
        one = lists.get(first.get("list_name"))
        if one is None:
            letter = parts.book.others[SCALES_SHEET].letters.get("list_name", "")
            found = first.get("list_name")
            parts.book.gathered.problem(first.row, first.sheet, letter, "xls_unknown_list", found, tuple(lists))
            continue
        one.scale = scale_id
        descriptors = {parts.whole(record, "level"): fit(parts.book, record, DESCRIPTOR) for record in records}
        parts.scales[scale_id] = Scale(
            scale_id,
            tuple(
                Level(number, choice.label, descriptors.get(number, ())) for number, choice in enumerate(one.choices, 1)
            ),
            fit(parts.book, first, LABEL, line=True),
        )


def _records(book: Book, name: str) -> list[Record]:
    sheet = book.others.get(name)
    return sheet.records if sheet else []
