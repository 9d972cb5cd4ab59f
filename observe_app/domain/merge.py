"""Two texts that grew out of one: what each changed, and one text of both where they changed different sentences.

Pure rules, the same on every computer: the result does not depend on which side is named first, so two people who take
the offer write equal words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from difflib import Match

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?…。！？؟।]+[\"”’»)\]]*(?=\s|$)|(?=\n)|$)")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)

_MOST_PAIRS = 2_000_000
"""Pairs of equal parts that are compared at most: beyond it a text is told as changed in one piece."""
_MOST_WORK = 8_000_000
"""Steps of comparing at most: few parts that come again and again are gone through once for each place they are at."""


class _TooMuchWork(Exception):
    """Two rows are too much alike in too many places; counted, not timed, so it is the same on every computer."""


class _Matcher(SequenceMatcher[str]):
    """Compares two rows and gives up where that would take too long."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, before, after, autojunk=False)
        counts = Counter(after)
        self._pairs = list(accumulate((counts[part] for part in before), initial=0))
        self._work = 0

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Find it as ever, and count what finding it takes at most."""
        self._work += self._pairs[-1 if ahi is None else ahi] - self._pairs[alo]
        if self._work > _MOST_WORK:
            raise _TooMuchWork
        return super().find_longest_match(alo, ahi, blo, bhi)


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence. `lead`: white space before it in its own text, `tail`: after it."""

    text: str
    lead: str
    tail: str


@dataclass(frozen=True, slots=True)
class _Hunk:
    """What one side made of the ancestor's sentences from `start` to `end`."""

    start: int
    end: int
    parts: tuple[_Part, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text without the white space between them; a line that ends ends a sentence too."""
    return tuple(part.text for part in _parts(text))


def _parts(text: str) -> list[_Part]:
    found: list[_Part] = []
    first = _SPACE.match(text)
    at = first.end() if first else 0
    lead = text[:at]
    while at < len(text):
        match = _SENTENCE.match(text, at)
        end = match.end() if match is not None and match.end() > at else len(text)
        space = _SPACE.match(text, end)
        after = space.end() if space is not None else end
        words = text[at:end]
        found.append(_Part(words.rstrip(), lead, words[len(words.rstrip()) :] + text[end:after]))
        lead = found[-1].tail
        at = after
    return found


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]] | None:
    """Return how one row becomes the other, None where comparing them would take too long."""
    one, two = Counter(before), Counter(after)
    if sum(count * two[part] for part, count in one.items()) > _MOST_PAIRS:
        return None
    try:
        return list(_Matcher(before, after).get_opcodes())
    except _TooMuchWork:
        return None


def _trimmed(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how many parts are equal at the begin and at the end."""
    most = min(len(before), len(after))
    head = 0
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def _changed(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return where two rows differ: from and to in the first, from and to in the second."""
    head, tail = _trimmed(before, after)
    one, two = before[head : len(before) - tail], after[head : len(after) - tail]
    if not one and not two:
        return []
    codes = _opcodes(one, two)
    if codes is None:
        return [(head, head + len(one), head, head + len(two))]
    return [(head + i1, head + i2, head + j1, head + j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _hunks(ancestor: Sequence[_Part], side: Sequence[_Part]) -> list[_Hunk]:
    changed = _changed([part.text for part in ancestor], [part.text for part in side])
    return [_Hunk(i1, i2, tuple(side[j1:j2])) for i1, i2, j1, j2 in changed]


def _touch(one: _Hunk, two: _Hunk) -> bool:
    """Tell whether two changes are about the same sentence; what is added side by side is not."""
    if one.start == one.end and two.start == two.end:
        return False
    if one.start == one.end:
        return two.start < one.start < two.end
    if two.start == two.end:
        return one.start < two.start < one.end
    return max(one.start, two.start) < min(one.end, two.end)


def _added(one: _Hunk, two: _Hunk) -> _Hunk:
    """Join what both added at one place; what both added alike comes once."""
    low, high = sorted((one, two), key=lambda hunk: (hunk.words, [part.tail for part in hunk.parts]))
    head, tail = _trimmed(low.words, high.words)
    if tail + head >= min(len(low.parts), len(high.parts)):
        return max(low, high, key=lambda hunk: len(hunk.parts))
    own = [part for part in high.parts[head : len(high.parts) - tail] if part.text]
    joined = (*low.parts[: len(low.parts) - tail], *own, *low.parts[len(low.parts) - tail :])
    return _Hunk(low.start, low.end, joined)


def merged(ancestor: str, one: str, two: str) -> str | None:
    """Return one text with the changes of both sides, None where they changed the same sentence.

    Every sentence of either side that the ancestor does not have is in it; a sentence that one side took out and the
    other left as it was is not. Equal for (one, two) and (two, one).
    """
    if two in (one, ancestor):
        return one
    if one == ancestor:
        return two
    base = _parts(ancestor)
    hunks = _together(_hunks(base, _parts(one)), _hunks(base, _parts(two)))
    if hunks is None:
        return None
    parts: list[_Part] = []
    at = 0
    for hunk in hunks:
        parts += base[at : hunk.start]
        parts += hunk.parts
        at = hunk.end
    parts += base[at:]
    return _text(parts)


def _together(first: list[_Hunk], second: list[_Hunk]) -> list[_Hunk] | None:
    """Return the changes of both in the order of the ancestor, None where two are about the same sentence."""
    found: list[_Hunk] = []
    left, right = list(first), list(second)
    while left and right:
        one, two = left[0], right[0]
        if (one.start, one.end, one.words) == (two.start, two.end, two.words):
            found.append(_plainer(one, two))
            left.pop(0)
            right.pop(0)
        elif _touch(one, two):
            return None
        elif (one.start, one.end) == (two.start, two.end):
            found.append(_added(one, two))
            left.pop(0)
            right.pop(0)
        else:
            earlier = left if (one.start, one.end) < (two.start, two.end) else right
            found.append(earlier.pop(0))
    return found + left + right


def _plainer(one: _Hunk, two: _Hunk) -> _Hunk:
    """Of two changes that differ in white space alone take one, whichever side is named first."""
    return min(one, two, key=lambda hunk: [(part.lead, part.tail) for part in hunk.parts])


def _text(parts: list[_Part]) -> str:
    if not parts:
        return ""
    said = [parts[0].lead if not parts[0].lead.strip() else ""]
    for before, after in pairwise(parts):
        said += (before.text, before.tail or after.lead or " ")
    said += (parts[-1].text, parts[-1].tail if not parts[-1].tail.strip("\n") else "")
    return "".join(said).strip(" ")


def merged_line(ancestor: str, one: str, two: str) -> str | None:
    """Return one line with the changes of both, word by word; None where they changed the same words or neighbours."""
    if two in (one, ancestor):
        return one
    if one == ancestor:
        return two
    if not ancestor.strip():
        return None
    base = ancestor.split()
    sides = [_changed(base, side.split()) for side in (one, two)]
    words = [one.split(), two.split()]
    hunks = sorted((i1, i2, tuple(words[k][j1:j2]), k) for k in (0, 1) for i1, i2, j1, j2 in sides[k])
    said: list[str] = []
    at, owner = 0, -1
    for i1, i2, fresh, side in hunks:
        if side != owner and owner >= 0 and i1 <= at:
            return None
        said += [*base[at:i1], *fresh]
        at, owner = i2, side
    return " ".join([*said, *base[at:]])


def merged_words(ancestor: Iterable[str], one: Iterable[str], two: Iterable[str]) -> tuple[str, ...]:
    """Return a row of words, such as tags, with what both added and without what either took out."""
    before, first, second = tuple(ancestor), tuple(one), tuple(two)
    low, high = sorted((first, second))
    gone = {word for word in before if word not in first or word not in second}
    return tuple(dict.fromkeys(word for word in (*before, *low, *high) if word not in gone))


def changed_words(this: str, other: str) -> tuple[tuple[int, int], ...]:
    """Return where `this` says something else than `other`: begin and end of each run of characters, whole words."""
    words, others = _WORD.findall(this), _WORD.findall(other)
    runs: list[tuple[int, int, int, int]] = []
    for i1, i2, j1, j2 in _changed(words, others):
        if runs and _slight(words[runs[-1][1] : i1]):
            runs[-1] = (runs[-1][0], i2, runs[-1][2], j2)
        else:
            runs.append((i1, i2, j1, j2))
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    found = []
    for i1, i2, _j1, _j2 in runs:
        start, end = i1, i2
        # "thinks[. Nobody laughs]." is better told as "thinks.[ Nobody laughs.]"
        while start < end < len(words) and words[start] == words[end] and not words[start].isalnum():
            start, end = start + 1, end + 1
        while start < end and words[start].isspace():
            start += 1
        while end > start and words[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((starts[start], starts[end]))
    return tuple(found)


def _slight(between: Sequence[str]) -> bool:
    """Tell whether what is alike between two changes is one word at most: then it is told as one change."""
    return sum(not word.isspace() for word in between) <= 1 and "\n" not in "".join(between)
