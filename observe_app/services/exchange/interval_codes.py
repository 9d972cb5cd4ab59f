"""What a sheet calls its codes, and which code of the form each of them is.

"SAnQ", "TW", "DV", "1-on-1", "Students: W" and "lecturing" are all somebody's way to write a code of the same form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.form import Code, Item, Side


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEACHERS = _set(
    "instructor instructors teacher teachers lecturer professor prof faculty staff instr lehrer lehrerin lehrkraft "
    "lehrperson dozent dozentin enseignant enseignante professeur profesor profesora docente tutor t i"
)
_STUDENTS = _set(
    "student students pupil pupils learner learners class stud schuler schulerin lernende studierende eleve eleves "
    "etudiant etudiants alumno alumnos estudiante estudiantes stu s"
)
_TOTALS = _set(
    "total totals sum sums subtotal mean average avg count counts percent percentage pct share shares proportion "
    "fraction time-sum time-percent summe gesamt anteil prozent mittelwert somme total-percent pourcentage moyenne "
    "suma porcentaje media all"
)
_FILLERS = _set(
    "doing is are the a of what codes code behavior behaviors behaviour behaviours action actions activity activities "
    "side does do tun tut macht machen codes fait font hace hacen"
)
_COMMENTS = _set(
    "comment comments note notes remark remarks observation observations description bemerkung bemerkungen kommentar "
    "kommentare notiz notizen remarque remarques commentaire commentaires notas comentario comentarios"
)
_ENGAGED = _set("engagement engaged level attention beteiligung niveau nivel participation participacion")


class Meaning(StrEnum):
    """What the heading of a line of a grid says."""

    CODE = "code"
    LEVEL = "level"
    COMMENT = "comment"
    TOTAL = "total"
    SIDE = "side"
    NOTHING = "nothing"


def plain(text: str) -> str:
    """Return letters and digits alone, without case and accents: "T/Q" is "tq", "1-on-1" is "1on1"."""
    flat = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(char for char in flat.casefold() if char.isalnum())


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKD", text.replace("ß", "ss").casefold())
    return re.findall(r"[^\W_]+", "".join(char for char in flat if not unicodedata.combining(char)))


@dataclass(frozen=True, slots=True)
class Found:
    """A code that a heading may mean. `sure`: the heading says the side too, or only one side has it."""

    side: Side
    code: Code

    @property
    def full(self) -> str:
        """The id that events carry."""
        return self.side.full(self.code)


class CodeBook:
    """The headings that a form's interval item understands.

    Args:
        item: of kind interval.
        mapping: heading to full code id as a person told it; "" leaves the heading out.
    """

    def __init__(self, item: Item, mapping: dict[str, str]) -> None:
        self.item = item
        self._told = {plain(head): full for head, full in mapping.items()}
        self._spellings: dict[str, tuple[Found, ...]] = {}
        self._known: dict[str, tuple[Found, ...]] = {}
        self._categories = {
            plain(text) for side in item.sides for one in side.categories for _language, text in one.label
        }
        self._sides = {side.id: _side_words(side) for side in item.sides}
        for keys in self._in_order():
            fresh: dict[str, list[Found]] = {}
            for key, found in keys:
                if key and key not in self._spellings and found not in fresh.setdefault(key, []):
                    fresh[key].append(found)
            self._spellings |= {key: tuple(found) for key, found in fresh.items() if found}

    def _in_order(self) -> Iterable[list[tuple[str, Found]]]:
        """Yield the spellings, the surest first: a later one never takes what an earlier one has."""
        codes = [Found(side, code) for side in self.item.sides for code in side.codes]
        yield [(plain(one.full), one) for one in codes if one.side.id]
        yield [(plain(one.code.id), one) for one in codes]
        yield [(plain(alias), one) for one in codes for alias in one.code.aliases]
        yield [(plain(word + one.code.id), one) for one in codes for word in self._sides[one.side.id]]
        yield [(plain(text), one) for one in codes for _language, text in one.code.label]

    def told(self, head: str) -> str | None:
        """Return what a person said this heading is: a full code id, "" to leave it out, None where they did not."""
        return self._told.get(plain(head)) if self._told and plain(head) else None

    def find(self, head: str) -> tuple[Found, ...]:
        """Return the codes that a heading may mean: one where it is clear, several where only the side tells."""
        known = self._known.get(head)
        if known is None:
            known = self._known[head] = self._find(head)
        return known

    def _find(self, head: str) -> tuple[Found, ...]:
        told = self.told(head)
        if told is not None:
            code = self.item.code(told) if told else None
            return (Found(*code),) if code else ()
        if len(head) > 80:
            return ()
        whole = self._spellings.get(plain(head))
        if whole:
            return whole
        # Short and long form together: "Lec - lecturing", "1. Lec", "lecturing (Lec)".
        parts = [part for part in re.split(r"\s[-–—]\s|[:()\[\]]|^\s*\d+[.)]\s", head) if part and plain(part)]
        for part in (parts[0], parts[-1]) if len(parts) > 1 else parts:
            found = self._spellings.get(plain(part))
            if found:
                return self._narrowed(found, head)
        return ()

    def _narrowed(self, found: tuple[Found, ...], head: str) -> tuple[Found, ...]:
        side = self.side_of(head)
        fitting = tuple(one for one in found if one.side.id == side)
        return fitting if side and fitting else found

    def side_of(self, head: str) -> str:
        """Return the id of the side that a heading over several codes names, "" for none."""
        words = {word for word in _words(head) if len(word) > 2}
        if len(words) > 6 or len(head) > 60:
            return ""
        named = [side for side, spellings in self._sides.items() if words & set(spellings)]
        return named[0] if len(named) == 1 else ""

    def side_named(self, head: str) -> str:
        """Return the side that a heading over codes names and nothing else: not the name of an instructor."""
        side = self.side_of(head)
        rest = {word for word in _words(head) if not word.isdecimal()} - set(self._sides.get(side, ())) - _FILLERS
        return "" if rest else side

    def level_of(self, head: str) -> int | None:
        """Return the number of the level that a word, a letter or a number names; None for none."""
        key = plain(head)
        for level in self.item.levels:
            names = [plain(text) for _language, text in level.label]
            if key and (key == str(level.number) or any(key in {name, name[:1], name[:3]} for name in names)):
                return level.number
        return None

    def meaning(self, head: str) -> Meaning:
        """Return what a heading is that is no code: totals, comments, engagement, a side, or nothing known."""
        words = _words(head)
        joined = "-".join(words)
        if plain(head) in self._categories:
            return Meaning.TOTAL
        if not words:
            return Meaning.TOTAL if "%" in head or "Σ" in head or "∑" in head else Meaning.NOTHING
        if joined in _COMMENTS or (len(words) <= 3 and {words[0], words[-1]} & _COMMENTS):
            return Meaning.COMMENT
        if self.item.levels and len(words) <= 4 and set(words) & _ENGAGED:
            return Meaning.LEVEL
        if len(words) <= 6 and (set(words) & _TOTALS or joined in _TOTALS or "%" in head):
            return Meaning.TOTAL
        return Meaning.SIDE if self.side_named(head) else Meaning.NOTHING


def _side_words(side: Side) -> tuple[str, ...]:
    own = {word for _language, text in side.label for word in _words(text)} | {side.id.casefold()}
    words = set(own)
    for group in (_TEACHERS, _STUDENTS):
        if own & {word for word in group if len(word) > 1}:
            words |= set(group)
    return tuple(sorted(words - {""}))
