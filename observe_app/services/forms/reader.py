"""What a form file means: from its tables to a `Form`, or to every problem at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.form import Form, FormUse, Section
from observe_app.services.forms.limits import MAX_ITEMS, MAX_LABEL, MAX_SECTIONS, MAX_VERSION
from observe_app.services.forms.read_conditions import Earlier, read_conditions
from observe_app.services.forms.read_items import ItemReader
from observe_app.services.forms.read_scales import read_scales
from observe_app.services.forms.tables import Notes, Table, is_language, name_of, shown_number, type_word
from observe_app.services.forms.toml_text import FormUnreadable, parse, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Item
    from observe_app.services.forms.toml_lines import LineMap

FORM_KEYS = (
    "id", "version", "title", "purpose", "use", "source", "licence", "citation", "language", "scales", "sections",
)  # fmt: skip
SECTION_KEYS = ("id", "title", "help", "show_when", "show_when_any", "items")


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
    return read_tables(data, lines, form_id)


def read_tables(data: dict[str, Any], lines: LineMap, form_id: str | None = None) -> Reading:
    """Read the plain tables of a form; `form_id` as in `read_bytes_as`."""
    notes = Notes(lines)
    form = _FormReader(Table(data, (), "", notes)).read(form_id)
    if notes.problems:
        return Reading(None, notes.sorted_problems())
    return Reading(form)


@dataclass(slots=True)
class _FormReader:
    top: Table
    items: ItemReader = field(init=False)
    count: int = 0
    section_ids: set[str] = field(default_factory=set)

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
        use = FormUse(top.word("use", tuple(FormUse), FormUse.LESSON))
        scales = read_scales(top)
        self.items = ItemReader(scales, Earlier(_item_ids(top.data)))
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
            use=use,
            scales=tuple(scales.good.values()),
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

    def _sections(self) -> tuple[Section, ...]:
        rows = self.top.of_type("sections", "list", needed=True)
        if rows is None:
            return ()
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
        help_text = table.text("help")
        conditions, show_any = read_conditions(table, self.items.earlier)
        return Section(section_id, title, self._items_of(table), help_text, conditions, show_any)

    def _items_of(self, table: Table) -> tuple[Item, ...]:
        items = []
        rows = table.of_type("items", "list")
        if not rows and ("items" not in table.data or rows is not None):
            table.notes.add((*table.place, "items"), table.where, "empty_section")
        for position, data in enumerate(rows or (), 1):
            place = (*table.place, "items", position - 1)
            where = f"{table.where}, item {name_of(data, position)}"
            self.count += 1
            if self.count > MAX_ITEMS:
                if self.count == MAX_ITEMS + 1:
                    table.notes.add(place, where, "too_many_items", allowed=(str(MAX_ITEMS),))
                break
            if not isinstance(data, dict):
                table.notes.add(place, where, "wrong_type", type_word(data), ("table",))
                continue
            items.append(self.items.item(Table(data, place, where, table.notes)))
        return tuple(items)


def _item_ids(data: dict[str, Any]) -> frozenset[str]:
    """Return the ids of all items as they stand in the file, good or not."""
    sections = data.get("sections")
    lists = [row.get("items") for row in sections if isinstance(row, dict)] if isinstance(sections, list) else []
    rows = [row for rows in lists if isinstance(rows, list) for row in rows if isinstance(row, dict)]
    return frozenset(row["id"] for row in rows if isinstance(row.get("id"), str))
