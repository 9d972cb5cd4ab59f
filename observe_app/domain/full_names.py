"""Full names of students that seem to stand in a text: a hint before something goes out, careful, not complete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ENDS_SENTENCE = frozenset(".!?:;…\n•|")
_OPENERS = " \t\"'“”„«»‹›‘’([{–—-*#"
_NOUNS_LARGE = frozenset({"de", "lb"})
_ARTICLES = frozenset({"den", "der"})
_PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "la", "le", "ten", "ter", "van", "von",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameLists:
    """What is known of words with capitals, all in lower case.

    Attributes:
        given: first names. never: words that are part of no student's name. titles: words before an adult's name.
        known: places and people that lessons are about.
        staff: names of colleagues; any of their words in a row are theirs.
    """

    given: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    staff: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundName:
    """Where something reads like a full name, in characters, and what it reads."""

    start: int
    end: int
    name: str


def full_names(text: str, lists: NameLists, language: str = "en") -> tuple[FoundName, ...]:
    """Return what reads like a full name: two or more words with capitals in a row.

    Left out are words at the start of a sentence (unless a known first name stands there, or a colon follows as after
    a speaker), colleagues, adults with a title, places, groups, times and subjects. Where a language writes every noun
    with a capital, a known first name has to begin it.
    """
    found: list[FoundName] = []
    nouns_large = language[:2] in _NOUNS_LARGE
    for run in _runs(text, _PARTICLES - _ARTICLES if nouns_large else _PARTICLES):
        words = [match.group().casefold().replace("’", "'") for match in run]
        start = _first_of_name(text, run, words, lists, knows_first=nouns_large)
        if start < 0:
            continue
        if _is_known(words[start:], lists) or (start > 0 and words[start - 1] in lists.titles):
            continue
        if start == 0 and _word_before(text, run[0].start()) in lists.titles:
            continue
        begin, end = run[start].start(), run[-1].end()
        found.append(FoundName(begin, end, text[begin:end]))
    return tuple(found)


def _runs(text: str, particles: frozenset[str]) -> list[list[re.Match[str]]]:
    """Return words with capitals that stand in a row, two at least; one name may go on after a particle ("van")."""
    runs: list[list[re.Match[str]]] = []
    run: list[re.Match[str]] = []
    found = list(_WORD.finditer(text))
    for before, word in pairwise([None, *found]):
        assert word is not None  # noqa: S101  (only the first of the pairs is none)
        follows = before is not None and text[before.end() : word.start()] in (" ", "\u00a0")
        goes_on = _is_name_like(word.group()) or (
            word.group() in particles and sum(_is_name_like(one.group()) for one in run) == 1
        )
        if run and not (follows and goes_on):
            runs.append(run)
            run = []
        if run or _is_name_like(word.group()):
            run.append(word)
    runs.append(run)
    for one in runs:
        while one and one[-1].group() in _PARTICLES:
            one.pop()
    return [one for one in runs if len(one) > 1]


def _is_name_like(word: str) -> bool:
    """Whether a word is written as names are: a capital, then small letters."""
    return len(word) > 1 and word[0].isupper() and any(sign.islower() for sign in word[1:])


def _first_of_name(
    text: str, run: list[re.Match[str]], words: list[str], lists: NameLists, *, knows_first: bool
) -> int:
    """Return the place in the run where a name begins, -1 where there is none."""
    first = 0
    after = text[run[-1].end() :].lstrip()[:1]
    if _begins_sentence(text, run[0].start()) and words[0] not in lists.given and after != ":":
        first = 1
    while first < len(words) and words[first] in lists.titles:
        first += 1
    rest = words[first:]
    if len([word for word in rest if word not in _PARTICLES]) < 2:
        return -1
    if any(word in lists.never for word in rest):
        return -1
    if knows_first and rest[0] not in lists.given:
        return -1
    return first


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(_OPENERS)
    # A quotation begins a sentence of its own, wherever it stands.
    opened = text[len(before) : start].strip()
    return not before or before[-1] in _ENDS_SENTENCE or bool(opened.strip("-–—"))


def _word_before(text: str, start: int) -> str:
    found = re.search(r"([^\W\d_]+)\.?\s*$", text[max(0, start - 30) : start])
    return found.group(1).casefold() if found else ""


def _is_known(words: list[str], lists: NameLists) -> bool:
    """Whether these words name a colleague, a place, or somebody that lessons are about."""
    if any(all(word in name for word in words if word not in _PARTICLES) for name in lists.staff):
        return True
    whole = " ".join(words)
    return any(whole == name or whole.startswith(f"{name} ") for name in lists.known)
