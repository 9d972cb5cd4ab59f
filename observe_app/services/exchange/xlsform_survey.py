"""The sheet "survey" of an XLSForm as sections and items; what has no equal here is noted row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer_rules import YES
from observe_app.domain.form import OTHER, Condition, Item, ItemKind, Option, Section, Texts
from observe_app.services.exchange.form_in_parts import Ids
from observe_app.services.exchange.xlsform_names import HINT, LABEL, OWN
from observe_app.services.exchange.xlsform_observe import FALSE_WORDS, TRUE_WORDS, OwnParts
from observe_app.services.exchange.xlsform_relevant import (
    Asked,
    answers_of,
    conditions_in,
    conditions_of,
    expression_of,
)
from observe_app.services.exchange.xlsform_sheets import MEDIA
from observe_app.services.exchange.xlsform_types import (
    STANDARD_KINDS,
    ChoiceList,
    RowType,
    constraint_bounds,
    fit,
    kind_of,
    range_bounds,
    row_type,
)
from observe_app.services.forms.limits import (
    MAX_CONDITIONS,
    MAX_ITEMS,
    MAX_LABEL,
    MAX_OPTIONS,
    MIN_OPTIONS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.form_in_parts import Gathered
    from observe_app.services.exchange.xlsform_sheets import Book, Record

_LEFT_OUT = (
    ("default", "default_left_out"), ("choice_filter", "choice_filter"), ("calculation", "left_out_calculation"),
    ("constraint_message", "cell_left_out"), ("required_message", "cell_left_out"), ("read_only", "cell_left_out"),
    ("trigger", "cell_left_out"), ("repeat_count", "cell_left_out"),
)  # fmt: skip
_NO_KIND = {
    "as_text": "asked_as_text", "unknown": "unknown_type", "elsewhere": "list_elsewhere",
}  # fmt: skip
_NOT_ASKED = {
    "metadata": "left_out_metadata", "calculated": "left_out_calculation", "silent": "left_out_type",
}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """A group that is open, and the section that its items go to."""

    record: Record
    kind: str
    title: Texts
    help: Texts
    name: str
    conditions: tuple[Condition, ...]
    any_of: bool
    section: Section | None = None
    names: dict[str, int] = field(default_factory=dict)
    filled: bool = False


@dataclass(slots=True)
class SurveyReader:
    """Walks through the rows: groups open and close sections, questions become items.

    Attributes:
        lists: of choices, by name. own: what our own sheets say. title: of the form, for questions outside any group.
        asked: the questions so far by their names in the workbook; conditions look back at them.
        names: name in the workbook by id. used: lists that a question takes. items: how many there were.
    """

    book: Book
    lists: dict[str, ChoiceList]
    own: OwnParts
    title: Texts
    gathered: Gathered
    sections: list[tuple[Section, list[Item]]] = field(default_factory=list)
    open: list[_Group] = field(default_factory=list)
    current: _Group | None = None
    outside: dict[str, int] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    item_ids: Ids = field(default_factory=Ids)
    section_ids: Ids = field(default_factory=Ids)
    used: set[str] = field(default_factory=set)
    items: int = 0
    grouped: bool = False

    def read(self) -> tuple[Section, ...]:
        """Return the sections; what is wrong is gathered."""
        self.grouped = any(row_type(one.get("type")).family == "begin" for one in self.book.survey.records)
        for record in self.book.survey.records:
            given = record.get("type")
            if not given:
                self.note(record, record.get("name") or _words(record), "row_without_type")
                continue
            kind = row_type(given)
            if record.get("disabled").casefold() in TRUE_WORDS - {""} and kind.family not in {"begin", "end"}:
                self.note(record, record.get("name") or given, "disabled")
            elif kind.family == "begin":
                self._begin(record, kind)
            elif kind.family == "end":
                self._end(record, kind)
            else:
                self._row(record, kind, given)
        for group in self.open:
            self.problem(group.record, "type", "xls_never_ended", group.record.get("type"))
        return tuple(replace(section, items=tuple(items)) for section, items in self.sections)

    def note(self, record: Record, what: str, rule: str, found: str = "") -> None:
        """Note something about a row."""
        self.gathered.note(record.row, record.sheet, what, rule, found)

    def problem(self, record: Record, column: str, rule: str, found: str = "", allowed: Sequence[str] = ()) -> None:
        """Gather a problem of a row and the column where it stands."""
        letter = self.book.survey.letters.get(column, "")
        self.gathered.problem(record.row, record.sheet, letter, rule, found, allowed)

    # groups

    def _begin(self, record: Record, kind: RowType) -> None:
        name = record.get("name")
        if kind.group == "repeat":
            self.note(record, name, "repeat_once")
        title = fit(self.book, record, LABEL, line=True)
        if not title and not self.book.own:
            title = (("", _readable(name) or own_words(self.title)),)
            self.note(record, record.get("type"), "label_made", own_words(title))
        self._left_out(record, name)
        conditions, any_of = self._conditions(record)
        outer = self.open[-1] if self.open else None
        if outer is not None:
            title = _below(outer.title, title)
            self.note(record, name, "group_flattened", own_words(title))
            conditions, any_of = self._with_outer(record, outer, conditions, any_of=any_of)
        self.open.append(_Group(record, kind.group, title, fit(self.book, record, HINT), name, conditions, any_of))

    def _with_outer(
        self, record: Record, outer: _Group, inner: tuple[Condition, ...], *, any_of: bool
    ) -> tuple[tuple[Condition, ...], bool]:
        """Return the conditions of a group inside another: both hold, as far as one level can say it."""
        if not outer.conditions or not inner:
            return (inner, any_of) if inner else (outer.conditions, outer.any_of)
        both = (*outer.conditions, *(one for one in inner if one not in outer.conditions))
        if outer.any_of or any_of or len(both) > MAX_CONDITIONS:
            self.note(record, record.get("name"), "relevant_not_kept", record.get("relevant"))
            return outer.conditions, outer.any_of
        return both, False

    def _end(self, record: Record, kind: RowType) -> None:
        if not self.open:
            self.problem(record, "type", "xls_end_without_begin", record.get("type"))
            return
        group = self.open.pop()
        if group.kind != kind.group:
            self.problem(record, "type", "xls_wrong_end", record.get("type"), (group.record.get("type"),))
        if not group.filled:
            self.note(group.record, group.name, "group_empty")
        if self.open:
            self.open[-1].filled = self.open[-1].filled or group.filled

    def _section(self, record: Record) -> list[Item]:
        """Return the items of the section that this row belongs to; a new section where another was between."""
        group = self.open[-1] if self.open else None
        if self.sections and group is self.current:
            return self.sections[-1][1]
        self.current = group
        if group is None:
            section = Section(self.section_ids.make("questions", ""), self.title, ())
            if not self.book.own and self.grouped:
                self.note(record, record.get("name"), "outside_groups", own_words(self.title))
        else:
            wanted = group.record.get(f"{OWN}name") or group.name
            made = self.section_ids.make(wanted, own_words(group.title) or "section")
            section = Section(made, group.title, (), group.help, group.conditions, group.any_of)
        self.sections.append((section, []))
        return self.sections[-1][1]

    # questions

    def _row(self, record: Record, kind: RowType, given: str) -> None:
        name = record.get("name")
        if kind.family in _NOT_ASKED:
            found = record.get("calculation") or given if kind.family == "calculated" else given
            self.note(record, name or given, _NOT_ASKED[kind.family], found)
            return
        if kind.family == "no_list":
            self.problem(record, "type", "xls_no_list_name", given)
            return
        options = self.lists.get(kind.list_name)
        if kind.family in {"one", "many", "rank"}:
            if options is None:
                self.problem(
                    record,
                    "type",
                    "xls_unknown_list" if self.lists else "xls_no_lists",
                    kind.list_name,
                    tuple(self.lists),
                )
                return
            self.used.add(kind.list_name)
        items = self._section(record)
        if self.open:
            self.open[-1].filled = True
        item_id = self._id(record, name)
        item = self._item(record, kind, options, item_id)
        self.items += 1
        if self.items <= MAX_ITEMS:
            items.append(item)
        elif self.items == MAX_ITEMS + 1:
            self.problem(record, "", "too_many_items", "", (str(MAX_ITEMS),))

    def _id(self, record: Record, name: str) -> str:
        names = self.open[-1].names if self.open else self.outside
        if name and name in names:
            self.problem(record, "name", "xls_duplicate_name", name, (str(names[name]),))
        names.setdefault(name, record.row)
        wanted = record.get(f"{OWN}name") or name
        made = self.item_ids.make(wanted, _words(record) or "question")
        if not name:
            self.note(record, _words(record), "name_made", made)
        elif made != wanted:
            self.note(record, name, "name_changed", made)
        return made

    def _item(self, record: Record, kind: RowType, options: ChoiceList | None, item_id: str) -> Item:
        name = record.get("name")
        label = self._label(record, item_id)
        fields, answers = self._kind_fields(record, kind, options, item_id)
        conditions, any_of = self._conditions(record)
        help_text = self._help(record, fields.pop("help_more", ()))
        item = Item(
            id=item_id,
            label=label,
            help=help_text,
            show_when=conditions,
            show_any=any_of,
            **fields,
        )
        item = replace(item, required=self._required(record, item))
        self._left_out(record, name or item_id)
        self._look(record, item)
        if record.get("constraint") and item.kind is not ItemKind.NUMBER:
            self.note(record, name, "constraint_not_kept", record.get("constraint"))
        self.asked[name] = Asked(item, answers if answers is not None else answers_of(item))
        self.names[item_id] = name
        return item

    def _label(self, record: Record, item_id: str) -> Texts:
        label = fit(self.book, record, LABEL, line=True)
        if label or self.book.own:
            return label
        made = _readable(record.get("name")) or item_id
        self.note(record, record.get("name") or record.get("type"), "label_made", made)
        return (("", made),)

    def _help(self, record: Record, more: Texts) -> Texts:
        """Return the hint, with the guidance and whatever had to go here below it."""
        found: dict[str, list[str]] = {}
        whole = {code: text for code, text in self.book.texts(record, LABEL) if len(" ".join(text.split())) > MAX_LABEL}
        for texts in (
            tuple(whole.items()), fit(self.book, record, HINT), fit(self.book, record, "guidance_hint"), more
        ):  # fmt: skip
            for code, text in texts:
                found.setdefault(code, []).append(text)
        return tuple(
            (code, self.gathered.passage("\n".join(parts), record.row, record.sheet))
            for code, parts in sorted(found.items())
        )

    def _kind_fields(
        self, record: Record, kind: RowType, options: ChoiceList | None, item_id: str
    ) -> tuple[dict[str, Any], dict[str, str | int] | None]:
        """Return the fields of the item that follow from its type, and its answers by name where the ids differ."""
        name, given = record.get("name"), record.get("type")
        ours = kind_of(kind.family, record.get(f"{OWN}kind"))
        if kind.family in _NO_KIND:
            self.note(record, name, _NO_KIND[kind.family], given)
            return {"kind": ItemKind.TEXT}, None
        if kind.family == "check":
            return {"kind": ItemKind.CHECK}, {"OK": YES, "yes": YES}
        if options is not None and kind.family in {"one", "many", "rank"}:
            return self._choice(record, kind, options, ours, item_id)
        found = ours or ItemKind(STANDARD_KINDS[kind.family][0])
        fields: dict[str, Any] = {"kind": found, **self.own.fields(record, item_id, found, None)}
        if found is ItemKind.NUMBER:
            fields |= self._bounds(record, kind)
        if found is ItemKind.TEXT:
            fields["long"] = "multiline" in record.get("appearance").casefold().split()
        return fields, None

    def _choice(
        self, record: Record, kind: RowType, options: ChoiceList, ours: ItemKind | None, item_id: str
    ) -> tuple[dict[str, Any], dict[str, str | int] | None]:
        name = record.get("name")
        if ours is ItemKind.RATING:
            fields = {"kind": ours, **self.own.fields(record, item_id, ours, options)}
            answers: dict[str, str | int] = {choice.name: n for n, choice in enumerate(options.choices, 1)}
            return fields, answers
        hotkey = record.get(f"{OWN}hotkey")
        if ours is ItemKind.CHECK or (ours is None and kind.family == "one" and options.is_yes_no() and not kind.other):
            words: dict[str, str | int] = {choice.name: choice.name.casefold() for choice in options.choices}
            return {"kind": ItemKind.CHECK, "hotkey": hotkey}, words
        listed = tuple((code, text) for code, text in _listed(options).items())
        if kind.family == "rank":
            self.note(record, name, "rank_as_text", record.get("type"))
            return {"kind": ItemKind.TEXT, "long": True, "help_more": listed}, None
        takes_other = kind.other or record.get(f"{OWN}other").casefold() == "yes"
        kept = [choice for choice in options.choices if not (takes_other and choice.id == OTHER)]
        if not self.book.own and len(kept) + takes_other < MIN_OPTIONS:
            self.note(record, name, "one_option", options.name)
            return {"kind": ItemKind.CHECK, "help_more": listed}, {choice.name: YES for choice in options.choices}
        if len(kept) > MAX_OPTIONS:
            self.note(record, name, "too_many_options", str(len(kept)))
            return {"kind": ItemKind.TEXT}, None
        if not self.book.own and len(kept) < MIN_OPTIONS:
            self.note(record, name, "asked_as_text", record.get("type"))
            return {"kind": ItemKind.TEXT, "help_more": listed}, None
        found = ItemKind.CHOICE if kind.family == "one" else ItemKind.CHOICES
        fields = {
            "kind": found,
            "hotkey": hotkey,
            "options": tuple(Option(choice.id, choice.label, choice.help) for choice in kept),
            "other": takes_other,
        }
        by_name: dict[str, str | int] = {choice.name: choice.id for choice in options.choices}
        return fields, {**by_name, OTHER: OTHER} if takes_other else by_name

    def _bounds(self, record: Record, kind: RowType) -> dict[str, Any]:
        decimals = kind.family == "decimal"
        constraint = record.get("constraint")
        bounds = constraint_bounds(constraint, decimals=decimals) if constraint else None
        if constraint and bounds is None:
            self.note(record, record.get("name"), "constraint_not_kept", constraint)
        if kind.family == "range":
            bounds = range_bounds(record.get("parameters"))
            if bounds is None:
                self.note(record, record.get("name"), "cell_left_out", record.get("parameters"))
            elif bounds.step != 1:
                self.note(record, record.get("name"), "range_steps", f"{bounds.step:g}")
        if bounds is None:
            return {"decimals": decimals}
        return {"low": bounds.low, "high": bounds.high, "decimals": bounds.decimals}

    def _required(self, record: Record, item: Item) -> bool:
        given = record.get("required")
        word = given.casefold().replace(" ", "")
        if word in FALSE_WORDS:
            return False
        if word in TRUE_WORDS and item.kind is not ItemKind.GUIDANCE:
            return True
        self.note(
            record, record.get("name"), "required_condition" if word not in TRUE_WORDS else "cell_left_out", given
        )
        return False

    # conditions

    def _conditions(self, record: Record) -> tuple[tuple[Condition, ...], bool]:
        expression, exact = record.get("relevant"), record.get(f"{OWN}show_when")
        if exact:
            try:
                conditions, any_of = conditions_in(exact)
            except ValueError:
                self.problem(record, f"{OWN}show_when", "xls_bad_cell", exact, ("conditions",))
                return (), False
            items = {asked.item.id: asked.item for asked in self.asked.values()}
            written = expression_of(conditions, items, lambda one: self.names.get(one, one), any_of=any_of)
            # Where a person has changed the expression, theirs counts.
            if written == expression and all(one.item in items for one in conditions):
                return conditions, any_of
        if not expression or expression.casefold().replace(" ", "") in {"true()", "1", "yes"}:
            return (), False
        found = conditions_of(expression, self.asked.get)
        if found is None:
            self.note(record, record.get("name"), "relevant_not_kept", expression)
            return (), False
        if found.waits:
            self.note(record, record.get("name"), "relevant_waits", expression)
        return found.conditions, found.any_of

    # what has no equal

    def _left_out(self, record: Record, what: str) -> None:
        for column, rule in _LEFT_OUT:
            given = record.get(column)
            if given and given.casefold() not in FALSE_WORDS:
                self.note(record, what, rule, given)
        for column in MEDIA:
            if record.get(column):
                self.note(record, what, "media_left_out", record.get(column))

    def _look(self, record: Record, item: Item) -> None:
        look = record.get("appearance")
        if look and not (item.kind is ItemKind.TEXT and look.casefold() == "multiline"):
            self.note(record, record.get("name"), "look_ignored", look)


def own_words(texts: Texts) -> str:
    """Return the words in the form's own language, "" without."""
    return dict(texts).get("", "")


def _words(record: Record) -> str:
    return next((text for texts in record.texts.values() for text in texts.values()), "")


def _readable(name: str) -> str:
    text = " ".join(re.split(r"[\s_]+", name.strip()))
    return text[:1].upper() + text[1:MAX_LABEL]


def _below(outer: Texts, inner: Texts) -> Texts:
    """Return the title of a group inside another, in the languages that the inner one has."""
    above = dict(outer)
    return tuple((code, f"{above.get(code) or above.get('', '')} – {text}"[:MAX_LABEL]) for code, text in inner)


def _listed(options: ChoiceList) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for choice in options.choices[:MAX_OPTIONS]:
        for code, text in choice.label:
            found.setdefault(code, []).append(text)
    return {code: "; ".join(parts) for code, parts in found.items()}
