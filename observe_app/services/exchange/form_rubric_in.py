"""A rubric out of a table: criteria down the side, levels across the top, descriptors in the cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import MAX_LEVELS, Item, ItemKind, Level, Scale, Section
from observe_app.services.exchange.form_in_parts import Ids, folded, is_heading, words
from observe_app.services.forms.limits import MIN_LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.form_in_parts import Gathered
    from observe_app.services.exchange.tables import Row

_NUMBER = re.compile(
    r"^(?:(?:level|stufe|niveau|nivel|livello|stage|step|grade|score|band|pt|pts|points?)\s*)?\(?(\d{1,2})\b\)?"
    r"\s*(?:[-–—:.)=]|points?\b|pts?\b|pkt\b)?\s*(.*)$",
    re.IGNORECASE,
)
_NUMBER_LAST = re.compile(r"^(.*?)\s*[-–—:(\[]?\s*(\d{1,2})\s*(?:points?|pts?|pkt)?\s*[)\]]?$", re.IGNORECASE)
_RANGE = re.compile(r"^(.*?)\s*[(\[]?\s*(\d{1,3})\s*[-–—]\s*\d{1,3}\s*%?\s*(?:points?|pts?)?\s*[)\]]?$", re.IGNORECASE)
_EXTRA = re.compile(
    r"^(?:points?|pts|score|total|marks?|weight(?:ing)?|comments?|notes?|evidence|remarks?|feedback|rating|punkte|"
    r"bemerkung(?:en)?|kommentare?|notizen|gewicht(?:ung)?|remarques?|commentaires?|observaciones|puntos|n/?a)\b.{0,20}$"
)
_CRITERION = re.compile(r"(?:crit|krit|indica|aspect|element|standard|competenc|kompeten|dimension)")
_NUMBERING = re.compile(r"\W*\d{1,3}(?:\.\d{1,3})*\W*|\W*[A-Za-z]\W+")
_STRAND = re.compile(
    r"^(?:strand|domain|area|section|category|dimension|standard|theme|bereich|kategorie|domaine|dominio)s?$"
)
_LOW = (
    "beginning", "beginner", "emerging", "unsatisfactory", "below", "not yet", "novice", "weak", "poor", "ineffective",
    "inadequate", "minimal", "never", "not evident", "hardly", "low", "basic", "developing", "needs improvement",
    "anfanger", "einsteiger", "ungenugend", "mangelhaft", "kaum", "debutant", "insuffisant", "insuficiente", "inicial",
    "limited", "rarely", "not seen", "entwicklungsbedarf", "trifft nicht zu", "disagree", "strongly disagree",
    "unacceptable", "requires improvement", "attempting", "entry", "not met", "nicht erfullt",
)  # fmt: skip
_HIGH = (
    "exemplary", "excellent", "distinguished", "outstanding", "advanced", "expert", "mastery", "exceeds", "extending",
    "highly effective", "accomplished", "always", "high", "proficient", "very good", "innovating", "transforming",
    "sehr gut", "experte", "vorbildlich", "hervorragend", "excellence", "tres bien", "sobresaliente", "avanzado",
    "trifft voll zu", "strongly agree", "agree", "leading", "consistently", "sophisticated", "good", "met", "erfullt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rubric:
    """Where a table has its parts.

    Attributes:
        above: rows above the heading. head: the row of levels. rows: those below it.
        columns: places of the levels. criterion: place of the criteria. strand: place of sections, None without.
    """

    above: tuple[Row, ...]
    head: Row
    rows: tuple[Row, ...]
    columns: tuple[int, ...]
    criterion: int
    strand: int | None


def find_rubric(rows: Sequence[Row]) -> Rubric | None:
    """Return where the levels and criteria are, None where the table is no rubric."""
    for place, head in enumerate(rows[:12]):
        below = tuple(rows[place + 1 :])
        filled = [at for at, cell in enumerate(head.cells) if words(cell)]
        if len(filled) < MIN_LEVELS or not below:
            continue
        side = _side(head, below)
        if side is None:
            return None
        criterion, strand = side
        columns = tuple(at for at in filled if _may_be_level(folded(words(head.cell(at))), at, criterion))
        if len(columns) < MIN_LEVELS or not _are_levels(head, columns, below):
            continue
        return Rubric(tuple(rows[:place]), head, below, columns, criterion, strand)
    return None


def _may_be_level(heading: str, at: int, criterion: int) -> bool:
    """Tell whether a column may hold a level: right of the criteria, or clearly one on their left."""
    return not _EXTRA.fullmatch(heading) and (at > criterion or (at < criterion and _level_like(heading)))


def _side(head: Row, below: Sequence[Row]) -> tuple[int, int | None] | None:
    """Return the places of criteria and of sections: where the heading is empty, or names such a column."""
    first = next((at for at in range(len(head.cells)) if any(words(row.cell(at)) for row in below)), None)
    if first is None:
        return None
    named, second = folded(words(head.cell(first))), folded(words(head.cell(first + 1)))
    if named and _level_like(named):
        # The criteria may stand on the right.
        last = (at for at in range(len(head.cells) - 1, first, -1) if _CRITERION.match(folded(words(head.cell(at)))))
        return (place, None) if (place := next(last, None)) is not None else None
    full = [row for row in below if sum(1 for cell in row.cells if words(cell)) > 2]
    sparse = sum(1 for row in full if not words(row.cell(first)))
    repeats = Counter(words(row.cell(first)) for row in full if words(row.cell(first)))
    grouped = bool(full) and (sparse * 3 >= len(full) or any(count > 1 for count in repeats.values()))
    is_strand = bool(_STRAND.fullmatch(named)) and not _level_like(second)
    is_numbering = bool(full) and all(_NUMBERING.fullmatch(words(row.cell(first))) for row in full)
    if is_numbering and not _level_like(named) and not _level_like(second):
        return first + 1, None
    if (is_strand or (grouped and (not second or _CRITERION.match(second)))) and any(
        words(row.cell(first + 1)) for row in below
    ):
        return first + 1, first
    return first, None


def _level_like(text: str) -> bool:
    return bool(_number_of(text)[0]) or any(word in text for word in (*_LOW, *_HIGH))


def _are_levels(head: Row, columns: Sequence[int], below: Sequence[Row]) -> bool:
    """Tell whether these headings are levels: numbered, known words, or short ones over well filled cells."""
    heads = [words(head.cell(at)) for at in columns]
    if any(len(one) > 80 for one in heads):
        return False
    like = sum(1 for one in heads if _level_like(folded(one)))
    if like * 2 >= len(heads):
        return True
    criteria = [row for row in below if sum(1 for at in columns if words(row.cell(at)))]
    cells = [len(words(row.cell(at))) for row in criteria for at in columns]
    full = sum(1 for length in cells if length)
    named = any(_CRITERION.match(folded(words(cell))) for cell in head.cells[: columns[0]])
    return (
        len(columns) > 2
        and bool(cells)
        and full * 2 >= len(cells)
        and (sum(cells) / len(cells) > 12 or (named and full > len(cells) * 0.8))
    )


def _number_of(text: str) -> tuple[int | None, str]:
    """Return the number that a heading gives its level, and the rest as its name."""
    line = " ".join(text.split())
    if match := _RANGE.fullmatch(line):
        return int(match[2]), match[1].strip(" -–—:") or line
    if match := _NUMBER.fullmatch(line):
        return int(match[1]), match[2].strip()
    if (match := _NUMBER_LAST.fullmatch(line)) and match[1]:
        return int(match[2]), match[1].strip()
    return None, line


def read_rubric(rubric: Rubric, sheet: str, gathered: Gathered) -> tuple[str, tuple[Section, ...], tuple[Scale, ...]]:
    """Return title, sections and scale; too many levels are a problem."""
    if len(rubric.columns) > MAX_LEVELS:
        found, most = str(len(rubric.columns)), (str(MAX_LEVELS),)
        gathered.problem(rubric.head.number, sheet, "", "table_too_many_levels", found, most)
        gathered.stop_if_any()
    for at, cell in enumerate(rubric.head.cells):
        if at not in {rubric.criterion, rubric.strand} and words(cell) and at not in rubric.columns:
            gathered.note(rubric.head.number, sheet, words(cell), "points_left_out", words(cell))
    title = ""
    for row in rubric.above:
        filled = [words(cell) for cell in row.cells if words(cell)]
        is_title = len(filled) == 1 and not title
        gathered.note(row.number, sheet, " ".join(filled), "title_rows" if is_title else "row_left_out", filled[0])
        title = filled[0] if is_title else title
    columns, names = _ordered(rubric, sheet, gathered)
    labels = [(("", gathered.line(name, rubric.head.number, sheet)[0]),) for name in names]
    scale = Scale("levels", tuple(Level(number, label) for number, label in enumerate(labels, 1)))
    sections = _sections(rubric, columns, scale, sheet, gathered)
    count = sum(len(section.items) for section in sections)
    if not count:
        gathered.problem(rubric.head.number, sheet, "", "table_empty")
        gathered.stop_if_any()
    seen = f"{count} × {len(columns)}, {' · '.join(names)}"
    gathered.note(rubric.head.number, sheet, words(rubric.head.cell(rubric.criterion)), "seen_rubric", seen)
    return title, sections, (scale,)


def _ordered(rubric: Rubric, sheet: str, gathered: Gathered) -> tuple[list[int], list[str]]:
    """Return the columns from the lowest level to the highest, and the levels' names."""
    row = rubric.head.number
    columns = list(rubric.columns)
    found = [_number_of(words(rubric.head.cell(at))) for at in columns]
    names = [name or words(rubric.head.cell(at)) for at, (_number, name) in zip(columns, found, strict=True)]
    if all(not name for _number, name in found):
        gathered.note(row, sheet, " ".join(names), "levels_made")
    numbers = [number for number, _name in found]
    falling = rising = False
    if None not in numbers and len(set(numbers)) == len(numbers):
        whole = [number for number in numbers if number is not None]
        falling, rising = whole == sorted(whole, reverse=True), whole == sorted(whole)
    if not falling and not rising:
        first, last = folded(names[0]), folded(names[-1])
        low_first, high_first = _rank(first), _rank(last)
        falling, rising = low_first > high_first, low_first < high_first
    if falling:
        columns.reverse()
        names.reverse()
        gathered.note(row, sheet, " ".join(names), "levels_turned", names[0])
    elif not rising:
        gathered.note(row, sheet, " ".join(names), "levels_not_turned", names[0])
    return columns, names


def _rank(name: str) -> int:
    """Return -1 for a word of the low end, 1 for one of the high end, 0 for others; the longest word decides."""
    best = max((word for word in (*_LOW, *_HIGH) if re.search(rf"\b{re.escape(word)}\b", name)), key=len, default="")
    if not best:
        return 0
    return -1 if best in _LOW else 1


def _sections(
    rubric: Rubric, columns: Sequence[int], scale: Scale, sheet: str, gathered: Gathered
) -> tuple[Section, ...]:
    sections: list[tuple[str, list[Item]]] = []
    items, section_ids = Ids(), Ids()
    seen: set[str] = set()
    strand = ""
    # Where no cell has words, people are to tick one: each row is a criterion then, and no heading.
    ticked = not any(words(row.cell(at)) for row in rubric.rows for at in columns)
    for row in rubric.rows:
        name = words(row.cell(rubric.criterion))
        above = words(row.cell(rubric.strand)) if rubric.strand is not None else ""
        descriptors = [words(row.cell(at)) for at in columns]
        alone = name or above
        if not any(descriptors) and not (ticked and name and not is_heading(name)):
            others = [words(cell) for cell in row.cells if words(cell)]
            if alone and (len(others) == 1 or (above and len(others) == 2)) and not _is_total(alone):
                strand = alone.removesuffix(":").rstrip()
                sections.append((gathered.line(strand, row.number, sheet)[0], []))
            else:
                gathered.note(row.number, sheet, " ".join(others), "row_left_out", others[0] if others else "")
            continue
        if above and above != strand:
            strand = above
            sections.append((gathered.line(strand, row.number, sheet)[0], []))
        if not name:
            # A row without a criterion goes on with the one above it.
            if sections and sections[-1][1]:
                last = sections[-1][1][-1]
                sections[-1][1][-1] = _longer(last, descriptors, row.number, sheet, gathered)
            else:
                gathered.note(row.number, sheet, descriptors[0], "row_left_out", next(filter(None, descriptors)))
            continue
        if name in seen:
            gathered.note(row.number, sheet, name, "criterion_twice")
        seen.add(name)
        if not sections:
            sections.append(("", []))
        sections[-1][1].append(_criterion(name, descriptors, row.number, sheet, scale, items, gathered))
    made = []
    for title, inside in sections:
        if inside:
            made.append(Section(section_ids.make(title, "criteria"), (("", title),) if title else (), tuple(inside)))
        else:
            gathered.note(0, sheet, title, "group_empty")
    return tuple(made)


def _is_total(text: str) -> bool:
    return bool(re.match(r"(?:sub)?total|sum|gesamt|summe|score", folded(text)))


def _criterion(
    name: str, descriptors: Sequence[str], row: int, sheet: str, scale: Scale, items: Ids, gathered: Gathered
) -> Item:
    first, _break, rest = name.partition("\n")
    label, whole = gathered.line(first, row, sheet)
    help_text = gathered.passage("\n".join(part for part in (whole, rest.strip()) if part), row, sheet)
    levels = tuple(
        Level(level.number, level.label, (("", text),) if (text := gathered.passage(given, row, sheet)) else ())
        for level, given in zip(scale.levels, descriptors, strict=True)
    )
    return Item(
        items.make(label, "criterion"), ItemKind.RATING, (("", label or "?"),), (("", help_text),) if help_text else (),
        levels=levels, scale=scale.id,
    )  # fmt: skip


def _longer(item: Item, more: Sequence[str], row: int, sheet: str, gathered: Gathered) -> Item:
    levels = []
    for level, text in zip(item.levels, more, strict=True):
        words_before = dict(level.descriptor).get("", "")
        both = gathered.passage("\n".join(part for part in (words_before, text) if part), row, sheet)
        levels.append(Level(level.number, level.label, (("", both),) if both else ()))
    return Item(item.id, item.kind, item.label, item.help, levels=tuple(levels), scale=item.scale)
