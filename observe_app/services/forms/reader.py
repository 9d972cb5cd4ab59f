"""What a form file means: from its tables to a `Form`, or to every problem at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.form import MAX_LEVELS, Form, Item, ItemKind, Level, Scale, Section, Texts
from observe_app.services.forms.limits import MAX_ITEMS, MAX_LABEL, MAX_SCALES, MAX_SECTIONS, MAX_VERSION, MIN_LEVELS
from observe_app.services.forms.tables import ID, Notes, Table, is_language, type_word
from observe_app.services.forms.toml_text import FormUnreadable, parse, read_bytes, shown

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.errors import FormProblem

FORM_KEYS = (
    "id", "version", "title", "purpose", "source", "licence", "citation", "language", "scales", "sections",
)  # fmt: skip
SECTION_KEYS = ("id", "title", "help", "items")
LEVEL_KEYS = ("label", "descriptor")
_SHARED_KEYS = ("kind", "id", "label", "help")
ITEM_KEYS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.CHECK: (*_SHARED_KEYS, "required", "hotkey"),
    ItemKind.RATING: (*_SHARED_KEYS, "required", "hotkey", "scale", "descriptors"),
    ItemKind.TEXT: (*_SHARED_KEYS, "required", "hotkey", "long"),
    ItemKind.GUIDANCE: _SHARED_KEYS,
}
_ALL_ITEM_KEYS = tuple(dict.fromkeys(key for keys in ITEM_KEYS.values() for key in keys))


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: a form, or the problems that keep it from being one."""

    form: Form | None
    problems: tuple[FormProblem, ...] = ()


def read_file(path: Path) -> Reading:
    """Read a form file; its name must be its id with ".toml". Never raises for what a file can hold."""
    try:
        return read_bytes_as(read_bytes(path), path.stem)
    except FormUnreadable as error:
        return Reading(None, (error.problem,))


def read_bytes_as(raw: bytes, form_id: str | None = None) -> Reading:
    """Read the content of a form file; `form_id` is the id that its name promises, None for no name."""
    try:
        data, lines = parse(raw)
    except FormUnreadable as error:
        return Reading(None, (error.problem,))
    notes = Notes(lines)
    form = _FormReader(Table(data, (), "", notes)).read(form_id)
    if notes.problems:
        return Reading(None, notes.sorted_problems())
    return Reading(form)


@dataclass(slots=True)
class _FormReader:
    top: Table
    scales: dict[str, Scale] = field(default_factory=dict)
    scale_names: tuple[str, ...] = ()
    items: int = 0
    item_lines: dict[str, int] = field(default_factory=dict)
    section_ids: set[str] = field(default_factory=set)
    hotkeys: dict[str, str] = field(default_factory=dict)

    def read(self, expected_id: str | None) -> Form:
        top = self.top
        top.only(FORM_KEYS)
        # The language first: it says what a text without a code is.
        language = self._language()
        form_id = top.identifier("id")
        if form_id and expected_id is not None and form_id != expected_id:
            top.problem("id", "name_mismatch", form_id, (expected_id,))
        version = self._version()
        title = top.text("title", needed=True, limit=MAX_LABEL)
        purpose = top.text("purpose", needed=True)
        self._read_scales()
        return Form(
            id=form_id,
            version=version,
            title=title,
            purpose=purpose,
            sections=self._sections(),
            source=top.plain("source"),
            licence=top.plain("licence"),
            citation=top.plain("citation"),
            language=language,
        )

    def _language(self) -> str:
        code = self.top.of_type("language", "text")
        if code is None:
            return self.top.notes.language
        if not is_language(code):
            self.top.problem("language", "bad_language", code)
            return self.top.notes.language
        self.top.notes.language = code
        return str(code)

    def _version(self) -> int:
        version = self.top.of_type("version", "whole", needed=True)
        if version is None:
            return 1
        if not 1 <= version <= MAX_VERSION:
            self.top.problem("version", "bad_version", shown_number(version), (str(MAX_VERSION),))
            return 1
        return int(version)

    # scales

    def _read_scales(self) -> None:
        tables = self.top.inner("scales")
        self.scale_names = tuple(tables)
        if len(tables) > MAX_SCALES:
            self.top.problem("scales", "too_many_scales", str(len(tables)), (str(MAX_SCALES),))
        for name, data in list(tables.items())[:MAX_SCALES]:
            where = f"scale {shown(name)}"
            place = ("scales", name)
            if not ID.fullmatch(name):
                self.top.notes.add(place, where, "bad_id", name)
            if not isinstance(data, dict):
                self.top.notes.add(place, where, "wrong_type", type_word(data), ("table",))
                continue
            table = Table(data, place, where, self.top.notes)
            table.only(("levels",))
            levels = self._levels(table)
            if levels:
                self.scales[name] = Scale(name, levels)

    def _levels(self, table: Table) -> tuple[Level, ...]:
        if table.of_type("levels", "list", needed=True) is None:
            return ()
        rows = table.data["levels"]
        if not MIN_LEVELS <= len(rows) <= MAX_LEVELS:
            table.problem("levels", "level_count", str(len(rows)), (str(MIN_LEVELS), str(MAX_LEVELS)))
        levels = []
        for number, row in enumerate(rows[:MAX_LEVELS], 1):
            where = f"{table.where}, level {number}"
            place = (*table.place, "levels", number - 1)
            # A level without a descriptor may be written as its label alone.
            data = {"label": row} if isinstance(row, str) else row
            if not isinstance(data, dict):
                table.notes.add(place, where, "wrong_type", type_word(row), ("text", "table"))
                continue
            level = Table(data, place, where, table.notes)
            level.only(LEVEL_KEYS)
            label = level.text("label", needed=True, limit=MAX_LABEL)
            levels.append(Level(number, label, level.text("descriptor")))
        return tuple(levels)

    # sections and items

    def _sections(self) -> tuple[Section, ...]:
        if self.top.of_type("sections", "list", needed=True) is None:
            return ()
        rows = self.top.data["sections"]
        if not rows:
            self.top.problem("sections", "empty_form")
        if len(rows) > MAX_SECTIONS:
            self.top.problem("sections", "too_many_sections", str(len(rows)), (str(MAX_SECTIONS),))
        sections = []
        for number, data in enumerate(rows[:MAX_SECTIONS], 1):
            place = ("sections", number - 1)
            where = f"section {number}"
            if not isinstance(data, dict):
                self.top.notes.add(place, where, "wrong_type", type_word(data), ("table",))
                continue
            sections.append(self._section(Table(data, place, where, self.top.notes), number))
        return tuple(sections)

    def _section(self, table: Table, number: int) -> Section:
        table.only(SECTION_KEYS)
        section_id = table.identifier("id", needed=False) or f"section-{number}"
        if section_id in self.section_ids:
            table.problem("id", "duplicate_section", section_id)
        self.section_ids.add(section_id)
        title = table.text("title", needed=True, limit=MAX_LABEL)
        items = []
        rows = table.of_type("items", "list")
        if not rows and ("items" not in table.data or rows is not None):
            table.problem(None, "empty_section")
        for position, data in enumerate(rows or (), 1):
            place = (*table.place, "items", position - 1)
            where = f"{table.where}, item {_name(data, position)}"
            self.items += 1
            if self.items > MAX_ITEMS:
                if self.items == MAX_ITEMS + 1:
                    table.notes.add(place, where, "too_many_items", allowed=(str(MAX_ITEMS),))
                break
            if not isinstance(data, dict):
                table.notes.add(place, where, "wrong_type", type_word(data), ("table",))
                continue
            items.append(self._item(Table(data, place, where, table.notes)))
        return Section(section_id, title, tuple(items), table.text("help"))

    def _item(self, table: Table) -> Item:
        kind = self._kind(table)
        self._check_keys(table, kind)
        item_id = table.identifier("id")
        if item_id in self.item_lines:
            table.problem("id", "duplicate_id", item_id, (str(self.item_lines[item_id]),))
        elif item_id:
            self.item_lines[item_id] = table.notes.lines.line((*table.place, "id"))
        label = table.text("label", needed=True, limit=MAX_LABEL)
        scale, levels = self._rating(table) if kind is ItemKind.RATING else ("", ())
        allowed = _ALL_ITEM_KEYS if kind is None else ITEM_KEYS[kind]
        return Item(
            id=item_id,
            kind=kind or ItemKind.GUIDANCE,
            label=label,
            help=table.text("help"),
            levels=levels,
            scale=scale,
            hotkey=self._hotkey(table, item_id) if "hotkey" in allowed else "",
            required=table.flag("required") if "required" in allowed else False,
            long=table.flag("long") if "long" in allowed else False,
        )

    @staticmethod
    def _kind(table: Table) -> ItemKind | None:
        word = table.of_type("kind", "text", needed=True)
        if word is None:
            return None
        if word not in set(ItemKind):
            table.problem("kind", "unknown_kind", word, tuple(ItemKind))
            return None
        return ItemKind(word)

    @staticmethod
    def _check_keys(table: Table, kind: ItemKind | None) -> None:
        """Note keys that no item has, and keys that this kind of item does not have."""
        for key in table.data:
            place = (*table.place, key)
            if key not in _ALL_ITEM_KEYS:
                known = _ALL_ITEM_KEYS if kind is None else ITEM_KEYS[kind]
                table.notes.add(place, table.where, "unknown_key", key, known)
            elif kind is not None and key not in ITEM_KEYS[kind]:
                # The word is right and only the kind does not have it: a nearest word would mislead.
                table.notes.add(place, table.where, "key_of_other_kind", key, ITEM_KEYS[kind], nearest=kind.value)

    def _hotkey(self, table: Table, item_id: str) -> str:
        letter = table.of_type("hotkey", "text")
        if not letter:
            return ""
        if len(letter) != 1 or not letter.isalpha():
            table.problem("hotkey", "bad_hotkey", letter)
            return ""
        letter = str(letter).casefold()
        if letter in self.hotkeys:
            table.notes.add(
                (*table.place, "hotkey"), table.at("hotkey"), "duplicate_hotkey", letter, (self.hotkeys[letter],)
            )
        self.hotkeys.setdefault(letter, item_id)
        return letter

    def _rating(self, table: Table) -> tuple[str, tuple[Level, ...]]:
        if "scale" not in table.data:
            table.problem(None, "no_scale", allowed=self.scale_names)
            return "", ()
        name = table.of_type("scale", "text")
        if name is None:
            return "", ()
        if name not in self.scale_names:
            table.problem("scale", "unknown_scale", name, self.scale_names)
            return "", ()
        scale = self.scales.get(name)
        if scale is None:
            # The scale has a problem of its own, noted where it stands.
            return name, ()
        return name, self._with_descriptors(table, scale)

    @staticmethod
    def _with_descriptors(table: Table, scale: Scale) -> tuple[Level, ...]:
        given = table.inner("descriptors")
        numbers = {str(level.number): level for level in scale.levels}
        inner = Table(given, (*table.place, "descriptors"), table.at("descriptors"), table.notes)
        own: dict[str, Texts] = {}
        for key in given:
            if key in numbers:
                own[key] = inner.text(key)
            else:
                inner.problem(key, "unknown_level", key, tuple(numbers))
        return tuple(
            Level(level.number, level.label, own.get(str(level.number)) or level.descriptor) for level in scale.levels
        )


def shown_number(number: int) -> str:
    """Return a whole number for a message; one of very many digits is only said to be huge."""
    return str(number) if abs(number) < 10**18 else "10^18"


def _name(data: Any, position: int) -> str:
    """Return what a person calls an item: its id where it has one, else its position."""
    name = data.get("id") if isinstance(data, dict) else None
    return shown(name) if isinstance(name, str) and name else str(position)
