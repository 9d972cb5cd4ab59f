"""Whose timetable a line is: people found by address, number, name, name turned round, or title and surname."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from observe_app.domain.people import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.domain.people import Person

_TITLES = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|herr|frau|m|mme|mlle|monsieur|madame|sr|sra|señor|señora|sig)\.?"
)
_SEVERAL = re.compile(r"\s*(?:[;/&+]|\band\b|\bund\b|\bet\b)\s*")


class Whose:
    """Finds people by what a timetable calls them."""

    def __init__(self, people: Iterable[Person], told: Mapping[str, str] | None = None) -> None:
        """Know these people, and what somebody said of a name: the id of a person, "" for nobody."""
        self._told = {_key(name): person_id for name, person_id in (told or {}).items()}
        self._sure: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        for person in people:
            for text in (person.email, person.staff_id, person.name):
                if text.strip():
                    self._sure[_key(text)].add(person.id)
            parts = _key(person.name).split()
            if len(parts) > 1:
                self._loose[" ".join([parts[-1], *parts[:-1]])].add(person.id)
                self._loose[f"{parts[0][:1]} {parts[-1]}"].add(person.id)
                self._loose[f"{parts[-1]} {parts[0][:1]}"].add(person.id)
            self._loose[parts[-1] if parts else ""].add(person.id)

    def left_out(self, name: str) -> bool:
        """Tell whether somebody said that this is nobody's."""
        return self._told.get(_key(name)) == ""

    def find(self, name: str) -> frozenset[str]:
        """Return the ids of all who are called so; several names in one cell are several people."""
        found = self._one(name)
        if found or not _SEVERAL.search(name):
            return found
        parts = [self._one(part) for part in _SEVERAL.split(name) if part.strip()]
        return frozenset().union(*parts) if parts and all(len(part) == 1 for part in parts) else frozenset()

    def several(self, name: str) -> bool:
        """Tell whether a name fits more than one person, so that it is nobody's until somebody says whose."""
        return not _SEVERAL.search(name) and len(self._one(name)) > 1

    def _one(self, name: str) -> frozenset[str]:
        key = _key(name)
        told = self._told.get(key)
        if told is not None:
            return frozenset({told} if told else ())
        if key in self._sure:
            return frozenset(self._sure[key])
        # "Okafor, Ada" is the name turned round; "Ms Okafor" a title and a surname.
        words = key.split()
        if words and _TITLES.fullmatch(words[0]):
            return frozenset(self._loose.get(" ".join(words[1:]), ()))
        if len(words) > 1:
            return frozenset(self._loose.get(" ".join(word.rstrip(".") for word in words), ()))
        return frozenset()


def _key(name: str) -> str:
    return " ".join(clean_line(name).replace(",", " ").casefold().split())
