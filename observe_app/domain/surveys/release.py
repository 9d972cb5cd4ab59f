"""Which anonymous answers may be shown, and in what disorder.

The promise: whatever is shown belongs to a batch of at least `least` filled surveys that appeared at one moment, so
that nobody who compares what was shown before with what is shown after learns of fewer than `least` people at once.
Therefore a batch is never smaller than that. What is left over waits for others; it is not added to a batch that was
seen already, because the difference would be just those few. Where nobody looks before the end, all are one batch.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from observe_app.domain.surveys.sheet import Given, is_open
from observe_app.domain.surveys.survey import asked_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from observe_app.domain.form import Form
    from observe_app.domain.surveys.sheet import Sheet

T = TypeVar("T")


def may_release(waiting: int, least: int) -> bool:
    """Tell whether so many waiting answers may appear together."""
    return waiting >= least


def mixed(form: Form, sheets: Sequence[Sheet], rng: Random) -> list[Sheet]:
    """Return a batch in no order, everything in people's own words torn from the rest of what they answered.

    Each question's words are dealt out anew by themselves, so that neither two texts nor a text and a rating can be
    told to be of one person.
    """
    rows: list[Sheet] = [dict(sheet) for sheet in sheets]
    rng.shuffle(rows)
    for item in asked_items(form):
        if is_open(item):
            _deal_values(rows, item.id, rng)
        else:
            _deal_words(rows, item.id, rng)
    order = [item.id for item in asked_items(form)]
    return [{key: row[key] for key in order if key in row} for row in rows]


def _deal_values(rows: list[Sheet], key: str, rng: Random) -> None:
    dealt = [row.pop(key, None) for row in rows]
    rng.shuffle(dealt)
    for row, one in zip(rows, dealt, strict=True):
        if one is not None:
            row[key] = one


def _deal_words(rows: list[Sheet], key: str, rng: Random) -> None:
    dealt = [row[key].words if key in row else "" for row in rows]
    rng.shuffle(dealt)
    for row, words in zip(rows, dealt, strict=True):
        before = row.get(key)
        if before is not None and before.value is None and not words:
            del row[key]
        elif before is not None:
            row[key] = replace(before, words=words)
        elif words:
            row[key] = Given(None, words)


def in_lumps(batches: Iterable[Sequence[T]], least: int) -> list[T]:
    """Return the answers to one question that may be counted, of those that came batch by batch.

    People leave questions out: a batch of five may hold one answer to this one. It waits until the batches since hold
    `least` of them, so that what is counted never grows by fewer.
    """
    shown: list[T] = []
    waiting: list[T] = []
    for batch in batches:
        waiting.extend(batch)
        if len(waiting) >= least:
            shown.extend(waiting)
            waiting = []
    return shown
