"""A blank form as data: what a pen will fill in, in reading order and one language, before any page exists."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper

LESSON_MINUTES = 50
"""Length of the lesson that sweeps and interval grids leave room for."""


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A level or an option: its number (0 for an option), name, and description or help."""

    number: int
    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A code of an interval sheet. `category` is the name of what it is counted as, "" for nothing."""

    code: str
    label: str
    text: str = ""
    key: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class PaperSide:
    """Codes about one of those in the room; the label is "" where there is only one side."""

    label: str
    codes: tuple[PaperCode, ...]


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item of the form.

    Attributes:
        kind: as `ItemKind`. number: as the program counts them, 0 for guidance. key: its letter or F key, "" for none.
        condition: "Only if 3 is Yes", "" when it is always asked.
        choices: levels of a rating or an interval sheet, options of a choice.
        level: what the levels of an interval sheet are levels of, "" where the form does not say.
        other: an answer of the observer's own is possible. bounds: of a number, in words.
        group: of a timer. seconds, look: of an interval sheet.
        every: minutes from sweep to sweep. of: students looked at.
        aim: seconds of a wait, "" for none. after_answer: the pause is after a student's answer.
    """

    kind: str
    label: str
    number: int = 0
    key: str = ""
    help: str = ""
    condition: str = ""
    required: bool = False
    choices: tuple[PaperChoice, ...] = ()
    level: str = ""
    other: bool = False
    bounds: str = ""
    unit: str = ""
    long: bool = False
    group: str = ""
    seconds: int = 0
    look: int = 0
    sides: tuple[PaperSide, ...] = ()
    every: int = 0
    of: int = 0
    aim: str = ""
    after_answer: bool = False


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Items that the form keeps together. `place` is "Part 2 of 6", "" for an only one."""

    title: str
    items: tuple[PaperItem, ...]
    help: str = ""
    condition: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FormDocument:
    """The whole form.

    Attributes:
        use: as `FormUse`; says which lines the head has and whether notes have a page.
        source, licence, citation: sentences, "" where the form tells none.
    """

    form_id: str
    version: int
    title: str
    sections: tuple[PaperSection, ...]
    purpose: str = ""
    use: str = "lesson"
    source: str = ""
    licence: str = ""
    citation: str = ""
    paper: Paper = "A4"
    language: str = "en"

    def to_json(self) -> str:
        """Return the document as indented JSON, keys in the order of reading."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
