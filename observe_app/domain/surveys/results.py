"""What a survey comes to: counts with their n, never fewer answers at once than promised, no averages of ratings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from observe_app.domain.answer_rules import NO, YES
from observe_app.domain.form import OTHER, ItemKind
from observe_app.domain.surveys.release import in_lumps
from observe_app.domain.surveys.survey import asked_items

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from observe_app.domain.form import Form, Item
    from observe_app.domain.surveys.sheet import Given, Sheet

FEW = 10
"""Answers below which a result says that they are few."""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What came of one question.

    Attributes:
        item: the question. n: people whose answers are counted here.
        counts: by answer in the form's order: "yes" and "no", the level's number, the option's id.
        texts: what people wrote, in no order.
        middle: of a rating the one or two levels in the middle, of a number its median twice; None where too few
            answered for that to mean anything.
        held: it was answered, but by too few to show.
    """

    item: Item
    n: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()
    middle: tuple[float, float] | None = None
    held: bool = False


def item_results(
    form: Form, batches: Sequence[Sequence[Sheet]], *, least: int, anonymous: bool, rng: Random
) -> tuple[ItemResult, ...]:
    """Return what came of each question.

    Args:
        form: of the survey.
        batches: released surveys by batch, in the order of the batches.
        least: answers from which a question of an anonymous survey is counted.
        anonymous: texts are in no order, and counts grow by `least` at a time.
        rng: shuffles.
    """
    return tuple(_item(item, batches, least if anonymous else 1, rng) for item in asked_items(form))


def _item(item: Item, batches: Sequence[Sequence[Sheet]], least: int, rng: Random) -> ItemResult:
    by_batch: list[list[Given]] = [[sheet[item.id] for sheet in batch if item.id in sheet] for batch in batches]
    given = [one for batch in by_batch for one in batch]
    texts = [one.words for one in given if one.words]
    if item.kind is ItemKind.TEXT:
        texts = [str(one.value) for one in given if isinstance(one.value, str)] + texts
        rng.shuffle(texts)
        return ItemResult(item, len(texts), texts=tuple(texts))
    values = in_lumps([[one.value for one in batch if one.value is not None] for batch in by_batch], least)
    rng.shuffle(texts)
    held = not values and any(one.value is not None for one in given)
    return ItemResult(item, len(values), _counts(item, values), tuple(texts), _middle(item, values), held)


def loose_columns(
    form: Form, batches: Sequence[Sequence[Sheet]], *, least: int, rng: Random
) -> tuple[tuple[Item, tuple[object, ...]], ...]:
    """Return the values of each question that was not in own words, each column shuffled by itself.

    What stands in one line of them is of different people; counted are as many as `item_results` counts.
    """
    found: list[tuple[Item, tuple[object, ...]]] = []
    for item in asked_items(form):
        if item.kind is ItemKind.TEXT:
            continue
        by_batch = [
            [sheet[item.id].value for sheet in batch if item.id in sheet and sheet[item.id].value is not None]
            for batch in batches
        ]
        values: list[object] = list(in_lumps(by_batch, least))
        rng.shuffle(values)
        found.append((item, tuple(values)))
    return tuple(found)


def _counts(item: Item, values: Sequence[object]) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for value in values:
        found.update(value if isinstance(value, tuple) else (str(value),))
    return tuple((key, found[key]) for key in answers_of(item))


def answers_of(item: Item) -> tuple[str, ...]:
    """Return what can be counted of a question, in the form's order; nothing of a text or a number."""
    match item.kind:
        case ItemKind.CHECK:
            return YES, NO
        case ItemKind.RATING:
            return tuple(str(level.number) for level in item.levels)
        case ItemKind.CHOICE | ItemKind.CHOICES:
            return (*(option.id for option in item.options), *((OTHER,) if item.other else ()))
        case _:
            return ()


def _middle(item: Item, values: Sequence[object]) -> tuple[float, float] | None:
    """Return the median: of levels, which have an order and no distances, the one or two in the middle."""
    numbers = sorted(one for one in values if isinstance(one, int | float) and not isinstance(one, bool))
    if len(numbers) < 5 or item.kind not in {ItemKind.RATING, ItemKind.NUMBER}:
        return None
    if item.kind is ItemKind.NUMBER:
        return float(median(numbers)), float(median(numbers))
    last = len(numbers) - 1
    return float(numbers[last // 2]), float(numbers[(last + 1) // 2])


def upper_half(item: Item, counts: Sequence[tuple[str, int]]) -> int:
    """Return how many answered above the middle of a rating's scale."""
    edge = (len(item.levels) + 1) / 2
    return sum(count for key, count in counts if float(key) > edge)


# --- two questions at once -------------------------------------------------------------------------------------------

Cells = dict[tuple[str, str], int]
CLOSED = frozenset({ItemKind.CHECK, ItemKind.RATING, ItemKind.CHOICE})
"""Kinds of which two can be laid crosswise: each person has one answer to them."""


def cross(first: Item, second: Item, batches: Sequence[Sequence[Sheet]], least: int) -> Cells | None:
    """Return how many gave each pair of answers, None where that would say something of fewer than `least` people.

    Every pair that was given must have been given that often in each batch by itself. Pairs that nobody gave are 0.
    """
    found: Cells = {(one, two): 0 for one in answers_of(first) for two in answers_of(second)}
    for batch in batches:
        pairs = Counter(
            (str(sheet[first.id].value), str(sheet[second.id].value))
            for sheet in batch
            if first.id in sheet and second.id in sheet
            and sheet[first.id].value is not None and sheet[second.id].value is not None
        )  # fmt: skip
        if any(count < least for count in pairs.values()):
            return None
        for pair, count in pairs.items():
            found[pair] = found.get(pair, 0) + count
    return found if any(found.values()) else None


# --- over time -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PulsePoint:
    """One round of a pulse for one question: how many answered above the middle of its scale, of how many."""

    survey_id: str
    on: date
    above: int
    n: int


LEAST_ROUNDS = 3
"""Rounds of a pulse from which points are joined by a line; two points are a difference and no course."""


def same_question(one: Item, other: Item) -> bool:
    """Tell whether two surveys ask the same: same id, kind and answers."""
    return one.id == other.id and one.kind is other.kind and answers_of(one) == answers_of(other)
