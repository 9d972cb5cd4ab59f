"""A comparison as data: a term, a group or two observers, in reading order, before any page exists.

One shape for all three: a head, then parts. Every text is a filled sentence of `term_words` or somebody's own; nothing
in it is markup. Whatever its reader may not be told never gets into it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from observe_app.domain.compare.agree_view import SheetAgreement  # noqa: TC001
from observe_app.domain.compare.marks import Series, Term  # noqa: TC001  (dataclass fields are read at run time)

if TYPE_CHECKING:
    from observe_app.services.pdf.document import Paper

Kind = Literal["term", "group", "calibration", "portfolio", "statement"]
Tone = Literal["", "strong", "muted", "warm"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the settings say of every page.

    Attributes:
        made: the moment of making, ISO 8601 in UTC: same document, same bytes. made_label: its date in words.
    """

    paper: Paper = "A4"
    language: str = "en"
    purpose_line: str = ""
    school: str = ""
    made: str = ""
    made_label: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a comparison is, and for whom.

    Attributes:
        kind: above the title, in words. title: the largest line. lines: below it.
        confidential: whom it is for, as a line. running: on the pages after the first. name: of the file's properties.
    """

    kind: str
    title: str
    lines: tuple[str, ...]
    confidential: str
    running: str
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section. level: 0 for one that the outline shows, 1 below it."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. small: a remark."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table. bar: parts of a whole in [0, 1] that are drawn in it, () for none; its text says the same."""

    text: str = ""
    tone: Tone = ""
    bar: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts.

    Attributes:
        shares: of the width, one for each column; () for even ones behind a wide first.
        spans: indices of rows that are the title of those below them: only their first cell counts.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[TextCell, ...], ...]
    shares: tuple[float, ...] = ()
    spans: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Multiples:
    """One small chart for each line of marks. term: whose visits make the time axis; `series` are some of its lines."""

    term: Term
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Every visit by every item."""

    term: Term


@dataclass(frozen=True, slots=True)
class Strips:
    """Who ticked what, interval by interval. names: what the two are called."""

    sheet: SheetAgreement
    names: tuple[str, str]


Part = Heading | Prose | Bullets | TextTable | Multiples | Heat | Strips


@dataclass(frozen=True, slots=True)
class CompareDocument:
    """The whole comparison. ink_saving: without filled areas."""

    kind: Kind
    head: Head
    parts: tuple[Part, ...]
    facts: Facts = field(default_factory=Facts)
    ink_saving: bool = False

    def to_json(self) -> str:
        """Return the document as indented JSON, each part with its kind."""
        parts = [{"part": type(part).__name__, **asdict(part)} for part in self.parts]
        whole = {**asdict(replace(self, parts=())), "parts": parts}
        return json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n"
