"""XLSForm out: a form as a workbook that other tools open; what they do not know stands in columns of our own.

openpyxl is imported inside the function that needs it, as in `tables`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer_rules import NO, YES
from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.services.exchange.xlsform_names import (
    CATEGORIES_SHEET,
    CHOICES,
    CODES_SHEET,
    DESCRIPTOR,
    FORM_SHEET,
    HELP,
    HINT,
    LABEL,
    LEVELS_SHEET,
    OPTIONS_SHEET,
    OWN,
    SCALES_SHEET,
    SETTINGS,
    SIDES_SHEET,
    SURVEY,
    TEXT,
    UNIT,
    language_heading,
    without_references,
)
from observe_app.services.exchange.xlsform_relevant import conditions_text, expression_of, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.form import Level, Option

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TYPES = {
    ItemKind.TEXT: "text", ItemKind.GUIDANCE: "note", ItemKind.TALLY: "integer", ItemKind.SWEEP: "integer",
    ItemKind.TIMER: "decimal", ItemKind.WAIT: "decimal", ItemKind.INTERVAL: "text",
}  # fmt: skip
_YES_NO = {
    "": ("Yes", "No"), "en": ("Yes", "No"), "de": ("Ja", "Nein"), "fr": ("Oui", "Non"), "es": ("Sí", "No"),
    "it": ("Sì", "No"), "pt": ("Sim", "Não"), "nl": ("Ja", "Nee"), "pl": ("Tak", "Nie"), "sv": ("Ja", "Nej"),
}  # fmt: skip
_YES_NO_LIST = "yes_no"
_RESERVED = frozenset({"meta", "data", "instanceid", "instancename"})
"""Names that other tools keep for themselves."""

Row = dict[str, Any]


def write_xlsform(form: Form) -> bytes:
    """Return the form as an .xlsx file: `form_in.read_form_file` gives the same form back.

    Kinds that XLSForm lacks are asked there as the nearest it has: a tally as a whole number, a grid of intervals as
    text. Every cell of words is stored as text, so that none can become a formula.
    """
    from openpyxl import Workbook  # noqa: PLC0415

    writer = _Writer(form)
    writer.fill()
    book = Workbook()
    book.remove(book.active)
    for name, rows in writer.sheets.items():
        if not rows and name not in {SURVEY, CHOICES, SETTINGS}:
            continue
        sheet = book.create_sheet(name)
        for number, cells in enumerate(writer.expanded(name), start=1):
            for place, value in enumerate(cells, start=1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with "=" stays one
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_COLUMNS: dict[str, tuple[str, ...]] = {
    SURVEY: (
        "type", "name", LABEL, HINT, "required", "relevant", "constraint", "appearance", f"{OWN}kind", f"{OWN}name",
        f"{OWN}hotkey", f"{OWN}scale", f"{OWN}other", UNIT, f"{OWN}group", f"{OWN}seconds", f"{OWN}look",
        f"{OWN}every", f"{OWN}of", f"{OWN}aim", f"{OWN}after", f"{OWN}show_when",
    ),
    # Other tools make parts of their own form from every column of the choices, so there are none of ours.
    CHOICES: ("list_name", "name", LABEL),
    SETTINGS: ("form_title", "form_id", "version", "default_language"),
    FORM_SHEET: ("key", TEXT),
    SCALES_SHEET: ("scale", "list_name", LABEL, "level", DESCRIPTOR),
    OPTIONS_SHEET: ("list_name", "name", HELP),
    LEVELS_SHEET: ("item", "level", LABEL, DESCRIPTOR),
    SIDES_SHEET: ("item", "side", LABEL),
    CATEGORIES_SHEET: ("item", "side", "category", LABEL),
    CODES_SHEET: ("item", "side", "code", LABEL, HELP, "category", "aliases", "hotkey", "comment"),
}  # fmt: skip
_ALWAYS = frozenset({"type", "name", LABEL, "list_name", "key", TEXT, "item", "side", "form_title", "form_id"})
_TEXT_COLUMNS = frozenset({LABEL, HINT, HELP, DESCRIPTOR, UNIT, TEXT})


@dataclass(slots=True)
class _Writer:
    form: Form
    sheets: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in _COLUMNS})
    names: dict[str, str] = field(default_factory=dict)
    lists: dict[tuple[Option, ...], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    languages: tuple[str, ...] = ()

    def fill(self) -> None:
        """Make the rows of every sheet."""
        form = self.form
        self._scales()
        ids = {item.id for item in form.items}
        for item in form.items:
            self._name(item.id, item.id, ids)
        for section in form.sections:
            self._section(section, ids)
        self.sheets[SETTINGS].append({
            "form_title": dict(form.title).get("", ""), "form_id": form.id, "version": str(form.version),
        })  # fmt: skip
        plain = {"source": form.source, "licence": form.licence, "citation": form.citation}
        texts = {"title": form.title, "purpose": form.purpose}
        self.sheets[FORM_SHEET] = [
            *({"key": key, TEXT: value} for key, value in texts.items()),
            *({"key": key, TEXT: (("", value),)} for key, value in plain.items() if value),
            {"key": "language", TEXT: (("", form.language),)},
            {"key": "use", TEXT: (("", form.use.value),)},
        ]
        rows = (row for rows in self.sheets.values() for row in rows)
        used = {code for row in rows for value in row.values() if isinstance(value, tuple) for code, _text in value}
        self.languages = tuple(sorted(used - {""}))
        if self.languages:
            self.sheets[SETTINGS][0]["default_language"] = language_heading(form.language)

    def expanded(self, name: str) -> Iterable[list[Any]]:
        """Give the heading and the rows of a sheet, texts divided into a column for each language."""
        rows = self.sheets[name]
        columns = [
            one for one in _COLUMNS[name] if one in _ALWAYS or any(row.get(one) not in {None, "", ()} for row in rows)
        ]
        heads: list[tuple[str, str]] = []
        for column in columns:
            used = {code for row in rows if column in _TEXT_COLUMNS for code, _text in row.get(column) or ()}
            heads.append((column, ""))
            heads += [(column, code) for code in self.languages if code in used]
        yield [self._heading(column, code) for column, code in heads]
        for row in rows:
            yield [_cell(row.get(column), column, code) for column, code in heads]

    def _heading(self, column: str, code: str) -> str:
        if column not in _TEXT_COLUMNS or not self.languages:
            return column
        return f"{column}::{language_heading(code or self.form.language)}"

    # names

    def _name(self, key: str, wanted: str, ids: set[str]) -> str:
        """Return a name that other tools take, and remember it as that of `key`."""
        name = wanted
        while name in _RESERVED or name in self.taken or (name != key and name in ids) or self._is_words_of(name, ids):
            name = f"{name}_x"
        self.taken.add(name)
        self.names[key] = name
        return name

    def _is_words_of(self, name: str, ids: set[str]) -> bool:
        """Tell whether a tool makes a question of this name itself, for the words of an "other"."""
        stem = name.removesuffix("_other")
        asker = self.form.item(stem) if stem != name and stem in ids else None
        return asker is not None and asker.other

    def _list_name(self, wanted: str) -> str:
        used = {row["list_name"] for row in self.sheets[CHOICES]}
        name = wanted
        while name in used or name == _YES_NO_LIST:
            name = f"{name}-list"
        return name

    # rows

    def _scales(self) -> None:
        for scale in self.form.scales:
            name = f"scale-{scale.id}"
            self._level_list(name, scale.levels)
            self.sheets[SCALES_SHEET] += [
                {
                    "scale": scale.id, "list_name": name, LABEL: scale.label if at == 0 else (),
                    "level": level.number, DESCRIPTOR: level.descriptor,
                }
                for at, level in enumerate(scale.levels)
            ]  # fmt: skip

    def _level_list(self, name: str, levels: tuple[Level, ...]) -> None:
        self.sheets[CHOICES] += [{"list_name": name, "name": str(level.number), LABEL: level.label} for level in levels]

    def _section(self, section: Section, ids: set[str]) -> None:
        wanted = section.id if section.id not in ids else f"{section.id}_section"
        name = self._name(f"section {section.id}", wanted, ids)
        rows = self.sheets[SURVEY]
        begin: Row = {
            "type": "begin_group", "name": name, LABEL: section.title, HINT: section.help,
            f"{OWN}name": section.id if name != section.id else "", **self._conditions(section),
        }  # fmt: skip
        rows.append(begin)
        rows += [self._item(item) for item in section.items]
        rows.append({"type": "end_group"})

    def _conditions(self, shown: Item | Section) -> Row:
        items = {item.id: item for item in self.form.items}
        return {
            "relevant": expression_of(
                shown.show_when, items, lambda one: self.names.get(one, one), any_of=shown.show_any
            ),
            f"{OWN}show_when": conditions_text(shown.show_when, any_of=shown.show_any),
        }

    def _item(self, item: Item) -> Row:
        name = self.names[item.id]
        row: Row = {
            "type": _TYPES.get(item.kind, ""), "name": name, LABEL: item.label, HINT: item.help,
            "required": "yes" if item.required else "", f"{OWN}kind": item.kind.value,
            f"{OWN}name": item.id if name != item.id else "", f"{OWN}hotkey": item.hotkey,
            **self._conditions(item),
        }  # fmt: skip
        match item.kind:
            case ItemKind.CHECK:
                self._yes_no()
                row["type"] = f"select_one {_YES_NO_LIST}"
            case ItemKind.CHOICE | ItemKind.CHOICES:
                row |= self._choice(item)
            case ItemKind.RATING:
                row |= {"type": f"select_one {self._levels(item)}", f"{OWN}scale": item.scale}
            case ItemKind.NUMBER:
                row |= _number(item)
            case ItemKind.TEXT:
                row["appearance"] = "multiline" if item.long else ""
            case ItemKind.TIMER:
                row[f"{OWN}group"] = item.group
            case ItemKind.SWEEP:
                row |= {f"{OWN}every": item.every, f"{OWN}of": item.of}
            case ItemKind.WAIT:
                row |= {f"{OWN}aim": item.aim, f"{OWN}after": item.after.value}
            case ItemKind.INTERVAL:
                row |= {f"{OWN}seconds": item.seconds, f"{OWN}look": item.look or None, f"{OWN}scale": item.scale}
                self._interval(item)
            case _:
                pass
        return row

    def _yes_no(self) -> None:
        rows = self.sheets[CHOICES]
        if any(row["list_name"] == _YES_NO_LIST for row in rows):
            return
        base = self.form.language.partition("-")[0]
        used = sorted({code for item in self.form.items for code, _text in item.label if code})
        for place, word in enumerate((YES, NO)):
            label = {"": _YES_NO.get(base, _YES_NO[""])[place]}
            label |= {
                code: _YES_NO[code.partition("-")[0]][place] for code in used if code.partition("-")[0] in _YES_NO
            }
            rows.append({"list_name": _YES_NO_LIST, "name": word, LABEL: tuple(label.items())})

    def _choice(self, item: Item) -> Row:
        name = self.lists.get(item.options)
        if name is None:
            name = self.lists[item.options] = self._list_name(self.names[item.id])
            self.sheets[CHOICES] += [
                {"list_name": name, "name": option.id, LABEL: option.label} for option in item.options
            ]
            self.sheets[OPTIONS_SHEET] += [
                {"list_name": name, "name": option.id, HELP: option.help} for option in item.options if option.help
            ]
        word = "select_one" if item.kind is ItemKind.CHOICE else "select_multiple"
        return {"type": f"{word} {name} or_other" if item.other else f"{word} {name}"}

    def _levels(self, item: Item) -> str:
        """Return the list of a rating's levels; what the scale does not say of them goes to the sheet of levels."""
        scale = self.form.scale(item.scale)
        if scale is None or not _same_labels(scale.levels, item.levels):
            name = self._list_name(f"levels-{item.id}")
            self._level_list(name, item.levels)
            self._level_rows(item, labels=True)
            return name
        if scale.levels != item.levels:
            self._level_rows(item, labels=False)
        return f"scale-{scale.id}"

    def _level_rows(self, item: Item, *, labels: bool) -> None:
        self.sheets[LEVELS_SHEET] += [
            {
                "item": item.id, "level": level.number, LABEL: level.label if labels else (),
                DESCRIPTOR: level.descriptor,
            }
            for level in item.levels
        ]  # fmt: skip

    def _interval(self, item: Item) -> None:
        scale = self.form.scale(item.scale)
        if scale is None or not _same_labels(scale.levels, item.levels):
            self._level_rows(item, labels=True)
        elif scale.levels != item.levels:
            self._level_rows(item, labels=False)
        for side in item.sides:
            place: Mapping[str, Any] = {"item": item.id, "side": side.id}
            self.sheets[SIDES_SHEET].append({**place, LABEL: side.label})
            self.sheets[CATEGORIES_SHEET] += [
                {**place, "category": category.id, LABEL: category.label} for category in side.categories
            ]
            self.sheets[CODES_SHEET] += [
                {
                    **place, "code": code.id, LABEL: code.label, HELP: code.help, "category": code.category,
                    "aliases": "\n".join(code.aliases), "hotkey": code.hotkey, "comment": "yes" if code.comment else "",
                }
                for code in side.codes
            ]  # fmt: skip


def _same_labels(some: tuple[Level, ...], others: tuple[Level, ...]) -> bool:
    return [(one.number, one.label) for one in some] == [(one.number, one.label) for one in others]


def _number(item: Item) -> Row:
    bounds = [
        f". {sign} {number_text(value)}" for sign, value in ((">=", item.low), ("<=", item.high)) if value is not None
    ]
    return {"type": "decimal" if item.decimals else "integer", "constraint": " and ".join(bounds), UNIT: item.unit}


def _cell(value: Any, column: str, code: str) -> Any:
    """Return what stands in one cell: of a text the words in this language."""
    if column not in _TEXT_COLUMNS:
        return value
    return without_references(dict(value or ()).get(code, ""))
