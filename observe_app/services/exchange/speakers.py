"""Who spoke: roles and numbers instead of names. Students stay anonymous."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.services.exchange.columns import normal

if TYPE_CHECKING:
    from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEACHER = _words("""
    coach docent docente enseignant enseignante insegnante instructor l lecturer lehrer lehrerin lehrkraft
    lehrperson leraar lk lp maestra maestro maitre maitresse prof profe profesor profesora professeur t tchr
    teacher teachers tutor
""")
_TITLES = _words("""
    dr frau herr madame miss mlle mme monsieur mr mrs ms mx prof senor senora signor signora sir sr sra srta
""")
_STUDENT = _words("""
    alumna alumno boy child eleve estudiante girl kid learner leerling nina nino pupil s sch schuler schulerin
    student studente
""")
_CLASS = _words("""
    all alle alumnas alumnos children chorus clase class classe eleves estudiantes everybody everyone group
    groupe grupo kids klasse multiple-students pupils schulerinnen several-students ss studenti students sus
    todos tous whole-class
""")
_NOBODY = _words("""
    beobachter beobachterin n-a narrator none o obs observador observateur observer unknown
""")
_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Naming:
    """Speakers of every row in the program's own writing.

    Attributes:
        codes: "T", "S", "S7", "SS" or "" for each row.
        students: name in the file to the number it became, by first appearance. Never stored.
        teachers: other teachers' names to the number of their rows. several: rows that named several students.
        unknown: (row index, what stood there) where no speaker could be told.
    """

    codes: tuple[str, ...]
    students: dict[str, str]
    teachers: dict[str, int]
    several: int
    unknown: tuple[tuple[int, str], ...]


def name_speakers(cells: Sequence[str], *, teacher: str = "") -> Naming:
    """Give every speaker a role or number; first names become S1, S2, … in order of appearance.

    Args:
        cells: the speaker cell of every row.
        teacher: the teacher's name, when the visit has one: their full, first or last name is T.
    """
    own = {normal(part) for part in (teacher, *teacher.split()) if len(part) > 1}
    taken = {int(code[1:]) for cell in set(cells) if (code := _plain(cell, own)) and code[1:].isdecimal()}
    codes: list[str] = []
    students: dict[str, str] = {}
    keys: dict[str, str] = {}
    teachers: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    several, number = 0, 0
    for index, cell in enumerate(cells):
        word = " ".join(cell.split()).strip(" :.[]()")
        key = normal(word) or word.casefold()
        code = _plain(word, own)
        if code is None and len([part for part in _SEVERAL.split(word) if part]) > 1:
            code, several = "SS", several + 1
        if code is None and (len(word) > 60 or not any(char.isalnum() for char in word)):
            unknown.append((index, word))
            code = ""
        if code is None:
            if key not in keys:
                number += 1
                while number in taken:
                    number += 1
                keys[key] = students[word] = f"S{number}" if number <= 999 else "S"
            code = keys[key]
        if code == "T" and re.search(r"\d", word):
            teachers[word] = teachers.get(word, 0) + 1
        codes.append(code)
    return Naming(tuple(codes), students, teachers, several, tuple(unknown))


def _plain(cell: str, own: set[str]) -> str | None:
    """Return the code of a role or number, None where the word is a name."""
    key = normal(cell.strip(" :.[]()"))
    if not key:
        return None if cell.strip(" :.[]()") else ""
    stem = re.sub(r"-?\d+$", "", key)
    digits = key[len(stem) :].strip("-").lstrip("0")
    if key in own or stem in _TEACHER or key.split("-")[0] in _TITLES:
        return "T"
    if stem in _NOBODY:
        return ""
    if stem in _CLASS:
        return "SS"
    if stem in _STUDENT or not stem:
        return f"S{digits}" if digits and len(digits) <= 3 else "S"
    return None


def names_in_text(texts: Sequence[str], names: Sequence[str]) -> int:
    """Count the texts in which one of these names stands as a word of its own."""
    wanted = [re.escape(name) for name in names if len(name) >= 3]
    if not wanted:
        return 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    return sum(1 for text in texts if pattern.search(text))


def tags_of(cell: str) -> tuple[str, ...]:
    """Return the tags of a cell: "8 - press for  accuracy" is press-for-accuracy, "1 - none" is none at all."""
    tags: list[str] = []
    for part in re.split(r"[,;|\n]+|(?:^|\s)#", cell):
        words = re.sub(r"^\s*\d+\s*[-–.:)]\s*", "", part.strip())
        tag = "-".join(re.findall(r"\w+", words.casefold())).strip("_-")
        if len(tag) > 40:
            tag = tag[:41].rpartition("-")[0] or tag[:40]
        if tag and tag not in {"none", "keine", "aucun", "ninguno", "n-a", "na", "nan"} and tag not in tags:
            tags.append(tag)
    return tuple(tags)
