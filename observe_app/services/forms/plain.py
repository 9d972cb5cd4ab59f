"""A form as the plain tables that its file holds: what the writer writes and what the checks read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.domain.form import ConditionTest, FormUse, ItemKind, WaitAfter

if TYPE_CHECKING:
    from observe_app.domain.form import Condition, Form, Item, Level, Scale, Section, Side, Texts


class Words(dict[str, str]):
    """A text in its languages, by code. Other tables of a form are plain dictionaries."""


def tables_of(form: Form) -> dict[str, Any]:
    """Return the tables of a form, keys in the order of forms/README.md.

    Whatever a field holds is put where its file has it, also where it does not belong; reading the tables tells. Only
    levels of an item that its scale does not have are left out.
    """
    maker = _Maker(form.language, translated=_has_translations(form))
    scales = {scale.id: scale for scale in form.scales}
    return (
        {"id": form.id, "version": form.version, "language": form.language}
        | _filled(
            title=maker.text(form.title),
            purpose=maker.text(form.purpose),
            use="" if form.use is FormUse.LESSON else form.use.value,
            source=form.source,
            licence=form.licence,
            citation=form.citation,
            scales={scale.id: maker.scale(scale) for scale in form.scales},
        )
        | {"sections": [maker.section(section, scales) for section in form.sections]}
    )


def _filled(**values: Any) -> dict[str, Any]:
    """Return those values that say something. A zero and an empty id are what a file leaves out."""
    return {key: value for key, value in values.items() if value not in ("", None, False, 0) and value != {}}


class _Maker:
    """Makes tables. With translations every text is a table of languages, so that a translator only adds lines."""

    def __init__(self, language: str, *, translated: bool) -> None:
        self._language = language
        self._translated = translated

    def text(self, texts: Texts) -> str | Words | None:
        if not texts:
            return None
        if not self._translated:
            return dict(texts).get("", "")
        return Words({code or self._language: words for code, words in sorted(texts)})

    def scale(self, scale: Scale) -> dict[str, Any]:
        return {**_texts(label=self.text(scale.label)), "levels": [self.level(level) for level in scale.levels]}

    def level(self, level: Level) -> dict[str, Any]:
        return _texts(label=self.text(level.label), descriptor=self.text(level.descriptor))

    def section(self, section: Section, scales: dict[str, Scale]) -> dict[str, Any]:
        return {
            "id": section.id,
            **_texts(title=self.text(section.title), help=self.text(section.help)),
            **_conditions(section.show_when, any_of=section.show_any),
            "items": [self.item(item, scales) for item in section.items],
        }

    def item(self, item: Item, scales: dict[str, Scale]) -> dict[str, Any]:
        return {
            "kind": item.kind.value,
            "id": item.id,
            **_filled(hotkey=item.hotkey, scale=item.scale),
            **_texts(label=self.text(item.label), help=self.text(item.help)),
            **_conditions(item.show_when, any_of=item.show_any),
            **_filled(required=item.required, long=item.long),
            **self._numbers(item),
            **self._choices(item),
            **self._descriptors(item, scales.get(item.scale)),
            **self._sides(item),
        }

    def _numbers(self, item: Item) -> dict[str, Any]:
        bounds = {"of": item.of, "low": item.low, "high": item.high, "aim": item.aim}
        # A sweep without a time between two would be read as one with the usual time.
        every = {"every": item.every} if item.every or item.kind is ItemKind.SWEEP else {}
        return {
            **_filled(group=item.group, seconds=item.seconds, look=item.look),
            **every,
            **{key: plain_number(bound) for key, bound in bounds.items() if bound is not None},
            **_filled(
                after="" if item.after is WaitAfter.QUESTION else item.after.value,
                decimals=item.decimals,
            ),
            **_texts(unit=self.text(item.unit)),
        }

    def _choices(self, item: Item) -> dict[str, Any]:
        if not item.options and item.kind not in {ItemKind.CHOICE, ItemKind.CHOICES}:
            return _filled(other=item.other)
        options = [
            {"id": option.id, **_texts(label=self.text(option.label), help=self.text(option.help))}
            for option in item.options
        ]
        return {"options": options, **_filled(other=item.other)}

    def _descriptors(self, item: Item, scale: Scale | None) -> dict[str, Any]:
        """Return those descriptors that are the item's own."""
        of_scale = {level.number: level.descriptor for level in scale.levels} if scale else {}
        own = {
            str(level.number): self.text(level.descriptor)
            for level in item.levels
            if level.descriptor and of_scale.get(level.number) != level.descriptor
        }
        return {"descriptors": own} if own else {}

    def _sides(self, item: Item) -> dict[str, Any]:
        if len(item.sides) == 1 and not item.sides[0].id and not item.sides[0].label:
            return self._codes(item.sides[0])
        sides = [{"id": side.id, **_texts(label=self.text(side.label)), **self._codes(side)} for side in item.sides]
        return {"sides": sides} if sides else {}

    def _codes(self, side: Side) -> dict[str, Any]:
        categories = [{"id": one.id, **_texts(label=self.text(one.label))} for one in side.categories]
        codes = [
            {
                "id": code.id,
                **_texts(label=self.text(code.label), help=self.text(code.help)),
                **_filled(category=code.category, hotkey=code.hotkey, comment=code.comment),
                **({"aliases": list(code.aliases)} if code.aliases else {}),
            }
            for code in side.codes
        ]
        return {**({"categories": categories} if categories else {}), "codes": codes}


def plain_number(number: float) -> int | float:
    """Return a number as a person writes it: 3 and not 3.0."""
    return int(number) if number % 1 == 0 else number


def _texts(**texts: str | Words | None) -> dict[str, Any]:
    """Return the texts that are there; one without any words is there and empty, which the reader will say."""
    return {key: value for key, value in texts.items() if value is not None}


def _conditions(conditions: tuple[Condition, ...], *, any_of: bool) -> dict[str, Any]:
    rows = [{"item": one.item, one.test.value: _values(one)} for one in conditions]
    return {"show_when_any" if any_of else "show_when": rows} if rows else {}


def _values(condition: Condition) -> Any:
    values = [value if isinstance(value, (str, bool)) else plain_number(value) for value in condition.values]
    if condition.test in {ConditionTest.IS, ConditionTest.IS_NOT} and len(values) != 1:
        return values
    return values[0] if values else []


def _has_translations(form: Form) -> bool:
    return any(code for texts in _all_texts(form) for code, _words in texts)


def _all_texts(form: Form) -> list[Texts]:
    found = [form.title, form.purpose]
    for scale in form.scales:
        found.append(scale.label)
        found += [texts for level in scale.levels for texts in (level.label, level.descriptor)]
    for section in form.sections:
        found += [section.title, section.help]
        for item in section.items:
            found += [item.label, item.help, item.unit]
            found += [texts for level in item.levels for texts in (level.label, level.descriptor)]
            found += [texts for option in item.options for texts in (option.label, option.help)]
            for side in item.sides:
                found += [side.label, *(category.label for category in side.categories)]
                found += [texts for code in side.codes for texts in (code.label, code.help)]
    return found
