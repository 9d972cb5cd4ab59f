"""Forms: the instrument that an observer fills in. A visit keeps the snapshot of the version it used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_LEVELS = 9
OTHER = "other"
"""What a choice with `other` stores for an answer of the observer's own; the words stand in the answer's comment."""


class ItemKind(StrEnum):
    """What an item asks for."""

    CHECK = "check"
    RATING = "rating"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    TEXT = "text"
    TALLY = "tally"
    TIMER = "timer"
    INTERVAL = "interval"
    SWEEP = "sweep"
    WAIT = "wait"
    GUIDANCE = "guidance"


EVENT_KINDS = frozenset({ItemKind.TALLY, ItemKind.TIMER, ItemKind.INTERVAL, ItemKind.SWEEP, ItemKind.WAIT})
"""Items that are filled with timestamped events. Their answer is at most a reason why there are none."""


class FormUse(StrEnum):
    """When a form is filled in."""

    LESSON = "lesson"
    BEFORE = "before"
    AFTER = "after"
    SURVEY = "survey"


class WaitAfter(StrEnum):
    """Which pause a wait time is: after a question (wait time 1) or after a student's answer (wait time 2)."""

    QUESTION = "question"
    ANSWER = "answer"


Texts = tuple[tuple[str, str], ...]
"""A text in its languages: (language code, text); code "" is the form's own language."""


def text_in(texts: Texts, language: str) -> str:
    """Return the text in this language, else in its base language, else in the form's own, else ""."""
    table = dict(texts)
    for code in (language, language.partition("-")[0].partition("_")[0], "", "en"):
        if table.get(code):
            return table[code]
    return next((text for _code, text in texts if text), "")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale. `number` counts from 1, the lowest."""

    number: int
    label: Texts
    descriptor: Texts = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """Labelled levels, defined once and used by many items.

    `label` names what they are levels of, such as "Engagement"; it heads the level of each interval.
    """

    id: str
    levels: tuple[Level, ...]
    label: Texts = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a choice offers."""

    id: str
    label: Texts
    help: Texts = ()


@dataclass(frozen=True, slots=True)
class Category:
    """Codes of one side that are counted together: COPUS folds its codes into four categories a side."""

    id: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that may go on in an interval.

    Attributes:
        id: as written on a sheet ("Lec", "D/V"). label: its meaning in two or three words. help: the full description.
        category: id of a category of its side, "" for none.
        aliases: how other sheets write it, matched without case.
        hotkey: suggested key, one character, "" for none. comment: asks for words beside the tick.
    """

    id: str
    label: Texts
    help: Texts = ()
    category: str = ""
    aliases: tuple[str, ...] = ()
    hotkey: str = ""
    comment: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """Codes about one of those in the room. An item with one unnamed group of codes has one side whose id is ""."""

    id: str
    label: Texts
    codes: tuple[Code, ...]
    categories: tuple[Category, ...] = ()

    def full(self, code: Code) -> str:
        """Return the id that an event carries: the same code may stand on two sides ("I.W", "S.W")."""
        return f"{self.id}.{code.id}" if self.id else code.id


class ConditionTest(StrEnum):
    """What a condition asks of an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Condition:
    """A question to an earlier answer of the same form; `show_when.shown_items` answers it.

    Attributes:
        item: id of an earlier item that takes an answer.
        values: of "is" and "is not": "yes", "no", option ids, level or other numbers, words of `Absence`; of "at least"
            and "at most": one number; of "answered": one bool.
    """

    item: str
    test: ConditionTest
    values: tuple[str | int | float | bool, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a form, or one thing to count, time or sweep.

    Attributes:
        id: stable; changing the label keeps comparability.
        hotkey: suggested key, "" for none: a letter; for events also "f2" to "f9".
        levels: of a rating, or of an interval item the one level that each interval may get; lowest first, with the
            descriptors for this item. scale: id of the scale they come from, "" for none.
        long: of a text: several lines.
        options: of a choice or choices. other: they also take an answer of the observer's own (`OTHER`).
        low, high: bounds of a number, None where open. decimals: it need not be whole. unit: what it counts.
        group: of a timer: of those with the same group only one runs; "" runs alongside anything.
        seconds: length of an interval. look: only this many of its first seconds are looked at; 0 for all of it.
        sides: codes of an interval item.
        every: minutes from one sweep to the next. of: how many students a sweep looks at, None for the class size.
        aim: of a wait time: seconds to reach, None without. after: which pause it is.
        show_when: the item is shown when all of these are true, or any of them with `show_any`; empty: always.
    """

    id: str
    kind: ItemKind
    label: Texts
    help: Texts = ()
    levels: tuple[Level, ...] = ()
    scale: str = ""
    hotkey: str = ""
    required: bool = False
    long: bool = False
    options: tuple[Option, ...] = ()
    other: bool = False
    low: float | None = None
    high: float | None = None
    decimals: bool = False
    unit: Texts = ()
    group: str = ""
    seconds: int = 0
    look: int = 0
    sides: tuple[Side, ...] = ()
    every: int = 0
    of: int | None = None
    aim: float | None = None
    after: WaitAfter = WaitAfter.QUESTION
    show_when: tuple[Condition, ...] = ()
    show_any: bool = False

    def code(self, full: str) -> tuple[Side, Code] | None:
        """Return side and code of a full code id such as "I.Lec", None where the item has none."""
        return next(((side, code) for side in self.sides for code in side.codes if side.full(code) == full), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together. `show_when` and `show_any` as of an item; they hide every item of it."""

    id: str
    title: Texts
    items: tuple[Item, ...]
    help: Texts = ()
    show_when: tuple[Condition, ...] = ()
    show_any: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument.

    Attributes:
        id: as the file's name. version: counts up from 1.
        title, purpose: what it is called and when to pick it.
        source, licence, citation: where it comes from; shown in the library and on prints.
        language: the language of texts given without a code.
        use: when it is filled in.
        scales: the scales it defines, used or not; items hold the levels that apply to them.
    """

    id: str
    version: int
    title: Texts
    purpose: Texts
    sections: tuple[Section, ...]
    source: str = ""
    licence: str = ""
    citation: str = ""
    language: str = "en"
    use: FormUse = FormUse.LESSON
    scales: tuple[Scale, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item | None:
        """Return the item of this id, None where the form has none."""
        return next((item for item in self.items if item.id == item_id), None)

    def scale(self, scale_id: str) -> Scale | None:
        """Return the scale of this id, None where the form has none."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def scale_label(self, item: Item) -> Texts:
        """Return what an item's levels are levels of, () where its scale does not say."""
        scale = self.scale(item.scale)
        return () if scale is None else scale.label


LEAST_LEADING = 6
"""So many codes at least lead a form: fewer are one question among others."""


def led_by_codes(form: Form) -> Item | None:
    """Return the interval item that is the form's main thing, so that its codes take the screen; None without one.

    It is the only interval item with codes, has six of them or more, and more than the form asks other things.
    """
    coded = [item for item in form.items if item.kind is ItemKind.INTERVAL and any(side.codes for side in item.sides)]
    if form.use is not FormUse.LESSON or len(coded) != 1:
        return None
    count = sum(len(side.codes) for side in coded[0].sides)
    others = sum(item.kind is not ItemKind.GUIDANCE for item in form.items) - 1
    return coded[0] if count >= LEAST_LEADING and count > others else None
