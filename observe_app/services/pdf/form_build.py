"""From a form to what its printed sheet says: one language, numbers and keys as the window has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.form import OTHER, ConditionTest, ItemKind, WaitAfter, text_in
from observe_app.domain.form_keys import keys_of
from observe_app.services.item_words import figure
from observe_app.services.pdf.form_document import (
    FormDocument,
    PaperChoice,
    PaperCode,
    PaperItem,
    PaperSection,
    PaperSide,
)
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.form import Condition, Form, Item, Section, Side
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.form_words import FormWords


def build_form(form: Form, *, paper: Paper = "A4", language: str = "") -> FormDocument:
    """Return the blank form as data.

    Args:
        form: what to print.
        paper: sheet to print on.
        language: of the texts, such as "de"; "" and languages that the form does not have mean its own.
    """
    language = _spoken(form, language)
    words = words_for(language).form
    numbers = numbers_of(form.items)
    maker = _Maker(form, language, words, numbers, keys_of(form.items))
    parts = len(form.sections)
    return FormDocument(
        form_id=form.id,
        version=form.version,
        title=text_in(form.title, language) or form.id,
        sections=tuple(maker.section(section, at, parts) for at, section in enumerate(form.sections, start=1)),
        purpose=text_in(form.purpose, language),
        use=form.use.value,
        source=words.source.format(text=form.source) if form.source.strip() else "",
        licence=words.licence.format(text=form.licence) if form.licence.strip() else "",
        citation=words.citation.format(text=form.citation) if form.citation.strip() else "",
        paper=paper,
        language=language,
    )


def _spoken(form: Form, language: str) -> str:
    """Return the language asked for where the form's title is written in it, else the form's own: sheets mix none."""
    base = language.partition("-")[0].partition("_")[0]
    return language if base and base in {code[:2] for code, text in form.title if text} else form.language or "en"


def numbers_of(items: Iterable[Item]) -> dict[str, int]:
    """Return the number of each item that can be answered, counted from 1 through the whole form."""
    asked = [item.id for item in items if item.kind is not ItemKind.GUIDANCE]
    return {item_id: number for number, item_id in enumerate(asked, start=1)}


class _Maker:
    """Turns sections and items into those of one language."""

    def __init__(
        self, form: Form, language: str, words: FormWords, numbers: Mapping[str, int], keys: Mapping[str, str]
    ) -> None:
        self.form, self.language, self.words, self.numbers, self.keys = form, language, words, numbers, keys

    def section(self, section: Section, number: int, parts: int) -> PaperSection:
        return PaperSection(
            title=text_in(section.title, self.language),
            items=tuple(map(self.item, section.items)),
            help=text_in(section.help, self.language),
            condition=self.condition(section.show_when, any_of=section.show_any),
            place=self.words.part.format(number=number, parts=parts) if parts > 1 else "",
        )

    def item(self, item: Item) -> PaperItem:
        return PaperItem(
            kind=item.kind.value,
            label=text_in(item.label, self.language),
            number=self.numbers.get(item.id, 0),
            key=self.keys.get(item.id, ""),
            help=text_in(item.help, self.language),
            condition=self.condition(item.show_when, any_of=item.show_any),
            required=item.required,
            choices=self.choices(item),
            level=text_in(self.form.scale_label(item), self.language) if item.kind is ItemKind.INTERVAL else "",
            other=item.other,
            bounds=self.bounds(item),
            unit=text_in(item.unit, self.language),
            long=item.long,
            group=item.group,
            seconds=item.seconds,
            look=item.look,
            sides=tuple(map(self.side, item.sides)),
            every=item.every,
            of=item.of or 0,
            aim=figure(item.aim) if item.aim else "",
            after_answer=item.after is WaitAfter.ANSWER,
        )

    def choices(self, item: Item) -> tuple[PaperChoice, ...]:
        levels = [
            PaperChoice(
                level.number,
                text_in(level.label, self.language) or str(level.number),
                text_in(level.descriptor, self.language),
            )
            for level in item.levels
        ]
        options = [
            PaperChoice(0, text_in(option.label, self.language) or option.id, text_in(option.help, self.language))
            for option in item.options
        ]
        return (*levels, *options)

    def side(self, side: Side) -> PaperSide:
        names = {category.id: text_in(category.label, self.language) or category.id for category in side.categories}
        codes = [
            PaperCode(
                code.id,
                text_in(code.label, self.language),
                text_in(code.help, self.language),
                code.hotkey,
                names.get(code.category, ""),
            )
            for code in side.codes
        ]
        return PaperSide(text_in(side.label, self.language) or side.id, tuple(codes))

    def bounds(self, item: Item) -> str:
        low = figure(item.low) if item.low is not None else ""
        high = figure(item.high) if item.high is not None else ""
        if low and high:
            pattern = self.words.range_both
        else:
            pattern = self.words.range_low if low else self.words.range_high if high else ""
        return pattern.format(low=low, high=high)

    def condition(self, conditions: tuple[Condition, ...], *, any_of: bool) -> str:
        told = [self.one_condition(condition) for condition in conditions]
        joined = (self.words.either if any_of else self.words.both).join(told)
        return self.words.only_if.format(conditions=joined) if joined else ""

    def one_condition(self, condition: Condition) -> str:
        words, test = self.words, condition.test
        item = self.form.item(condition.item)
        name = str(self.numbers.get(condition.item, condition.item))
        several = test is ConditionTest.IS_NOT and len(condition.values) > 1
        values = (words.neither if several else words.either).join(self.value(item, one) for one in condition.values)
        pattern = {
            ConditionTest.IS: words.test_is,
            ConditionTest.IS_NOT: words.test_is_none_of if several else words.test_is_not,
            ConditionTest.AT_LEAST: words.test_at_least,
            ConditionTest.AT_MOST: words.test_at_most,
            ConditionTest.ANSWERED: words.test_answered if condition.values[:1] == (True,) else words.test_unanswered,
        }[test]
        return pattern.format(item=name, values=values)

    def value(self, item: Item | None, value: str | float) -> str:
        """Return what a condition compares with as the sheet itself calls it."""
        if item is not None:
            for level in item.levels:
                if level.number == value:
                    return text_in(level.label, self.language) or str(value)
            for option in item.options:
                if option.id == value:
                    return text_in(option.label, self.language) or option.id
        words = self.words
        known = {
            "yes": words.yes, "no": words.no, OTHER: words.other.rstrip(":"), "not_seen": words.not_seen,
            "not_looked_for": words.not_looked_for, "not_applicable": words.not_applicable,
        }  # fmt: skip
        return known.get(value, value) if isinstance(value, str) else figure(value)
