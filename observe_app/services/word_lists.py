"""The lists of words that judge: which languages have one, what is in them, and the person's own changes to them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

MAX_WORD = 60
MAX_OWN = 2_000


@dataclass(frozen=True, slots=True)
class JudgingWord:
    """A word of a list. own: added by the person; marked: it gets its underline."""

    word: str
    own: bool
    marked: bool


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a shipped list, in order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml") if len(path.stem) == 2))


def shipped_words(language: str) -> tuple[str, ...]:
    """Return the shipped list of a language, empty where it has none."""
    path = _folder() / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        return ()
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("words", [])
    return tuple(word for word in found if isinstance(word, str))


def listing(core: Core, language: str) -> tuple[JudgingWord, ...]:
    """Return every word of a language by the alphabet: shipped and own ones, marked or not."""
    settings = core.settings.get()
    own = _of(settings.judging_words, language)
    fair = _of(settings.fair_words, language)
    shipped = {plain(word) for word in shipped_words(language)}
    words = [JudgingWord(word, own=word not in shipped, marked=word not in fair) for word in shipped | own]
    return tuple(sorted(words, key=lambda one: (one.word, one.own)))


def mark(core: Core, language: str, word: str, *, marked: bool) -> None:
    """Mark a word from now on, or leave it alone.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    kept = tuple(pair for pair in core.settings.get().fair_words if not _is(pair, language, word))
    core.settings.change(fair_words=kept if marked else (*kept, (language, plain(word))))


def add(core: Core, language: str, word: str) -> bool:
    """Add a word to the list of a language; False where it is none (empty, too long), or there are too many.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    settings, fresh = core.settings.get(), plain(word)
    if not fresh or len(fresh) > MAX_WORD or len(settings.judging_words) >= MAX_OWN:
        return False
    fair = tuple(pair for pair in settings.fair_words if not _is(pair, language, fresh))
    own = settings.judging_words
    if fresh not in _of(own, language) and fresh not in {plain(one) for one in shipped_words(language)}:
        own = (*own, (language, fresh))
    core.settings.change(judging_words=own, fair_words=fair)
    return True


def remove(core: Core, language: str, word: str) -> None:
    """Take an own word from its list.

    Raises:
        DataFolderUnusable: the settings cannot be written.
    """
    settings = core.settings.get()
    own = tuple(pair for pair in settings.judging_words if not _is(pair, language, word))
    fair = tuple(pair for pair in settings.fair_words if not _is(pair, language, word))
    core.settings.change(judging_words=own, fair_words=fair)


def plain(word: str) -> str:
    """Return a word as lists have it: small letters, single blanks, straight apostrophes."""
    return " ".join(word.replace("’", "'").casefold().split())


def _of(pairs: tuple[tuple[str, ...], ...], language: str) -> set[str]:
    found = {plain(pair[1]) for pair in pairs if len(pair) == 2 and pair[0] in ("", language)}
    return {word for word in found if word and len(word) <= MAX_WORD}


def _is(pair: tuple[str, ...], language: str, word: str) -> bool:
    return len(pair) == 2 and pair[0] in ("", language) and plain(pair[1]) == plain(word)


def _folder() -> Path:
    return resources_dir() / "words"
