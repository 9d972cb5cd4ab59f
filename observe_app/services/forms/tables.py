"""One table of a form file, read key by key. Whatever is wrong is noted and reading goes on."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer_rules import MAX_NUMBER
from observe_app.domain.errors import FormProblem
from observe_app.services.forms.limits import MAX_ID, MAX_LABEL, MAX_LANGUAGES, MAX_PROBLEMS, MAX_TEXT
from observe_app.services.forms.toml_text import shown

if TYPE_CHECKING:
    from collections.abc import Collection

    from observe_app.domain.form import Texts
    from observe_app.services.forms.toml_lines import LineMap, Place

ID = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates can make a text read differently from what it says. Plain marks stay allowed."""

_LINE_BREAKS = frozenset("\n\u2028\u2029\x85")
_NEAREST_OF = 40
_ALLOWED_SHOWN = 320
"""Characters of allowed words that a problem lists."""

_RULES_OF_WORDS = frozenset(
    {
        "unknown_key", "unknown_kind", "unknown_scale", "unknown_word", "unknown_category", "unknown_item",
        "impossible_answer",
    }
)  # fmt: skip
"""Rules where a wrong word may be a slip for one of the allowed words."""


@dataclass(slots=True)
class Notes:
    """What one file's readers share: the problems so far, the lines, the form's own language."""

    lines: LineMap
    language: str = "en"
    problems: list[FormProblem] = field(default_factory=list)
    left_out: int = 0

    def add(
        self, place: Place, where: str, rule: str, found: str = "", allowed: Collection[str] = (), nearest: str = ""
    ) -> None:
        """Note a problem; beyond `MAX_PROBLEMS` only count it."""
        if len(self.problems) >= MAX_PROBLEMS:
            self.left_out += 1
            return
        if rule in _RULES_OF_WORDS:
            nearest = nearest or nearest_word(found, allowed)
        self.problems.append(
            FormProblem(self.lines.line(place), where, rule, shown(found), _listed(allowed), nearest, place)
        )

    def sorted_problems(self) -> tuple[FormProblem, ...]:
        """Return the problems by line; when some were left out, the last one says how many."""
        found = sorted(self.problems, key=lambda problem: problem.line)
        if self.left_out:
            found.append(FormProblem(0, "", "more_problems", found=str(self.left_out)))
        return tuple(found)


def _listed(allowed: Collection[str]) -> str:
    """Return the allowed words for a message; of very many only the first ones."""
    listed: list[str] = []
    room = _ALLOWED_SHOWN
    for word in allowed:
        room -= len(word[:_ALLOWED_SHOWN]) + 2
        if room < 0:
            return ", ".join((*listed, "…"))
        listed.append(shown(word))
    return ", ".join(listed)


def nearest_word(found: str, allowed: Collection[str]) -> str:
    """Return the allowed word that looks most like this one, "" when none does."""
    words = {word.casefold(): word for word in allowed}
    near = difflib.get_close_matches(found[:_NEAREST_OF].casefold(), words, n=1)
    return str(words[near[0]]) if near else ""


def type_word(value: object) -> str:
    """Return the name of a TOML type: text, flag, whole, decimal, list, table, date."""
    # bool before int: Python counts True as a whole number.
    for kind, word in ((str, "text"), (bool, "flag"), (int, "whole"), (float, "decimal"), (list, "list")):
        if isinstance(value, kind):
            return word
    if isinstance(value, (dt.date, dt.time)):
        return "date"
    return "table"


@dataclass(slots=True)
class Table:
    """One table of the file.

    Attributes:
        where: what a person calls it, e.g. "section 2, item open"; "" for the form itself.
    """

    data: dict[str, Any]
    place: Place
    where: str
    notes: Notes

    def at(self, key: str) -> str:
        """Return what a person calls the value of this key."""
        return f"{self.where}, {shown(key)}" if self.where else shown(key)

    def problem(self, key: str | None, rule: str, found: str = "", allowed: Collection[str] = ()) -> None:
        """Note a problem of this key's value, or of the table as a whole."""
        place = self.place if key is None else (*self.place, key)
        self.notes.add(place, self.where if key is None else self.at(key), rule, found, allowed)

    def only(self, known: Collection[str]) -> None:
        """Note every key that is not among these."""
        for key in self.data:
            if key not in known:
                self.notes.add((*self.place, key), self.where, "unknown_key", key, known)

    def of_type(self, key: str, *types: str, needed: bool = False) -> Any:
        """Return the key's value when it has one of these types (see `type_word`), else None after noting why."""
        if key not in self.data:
            if needed:
                # The line is that of the table, the place that of the key: an editor points at the empty field.
                self.notes.add((*self.place, key), self.where, "missing_key", key)
            return None
        value = self.data[key]
        if type_word(value) in types:
            return value
        self.problem(key, "wrong_type", type_word(value), types)
        return None

    def flag(self, key: str) -> bool:
        """Return a true or false, false when left out."""
        return bool(self.of_type(key, "flag"))

    def identifier(self, key: str, *, needed: bool = True, pattern: re.Pattern[str] = ID, rule: str = "bad_id") -> str:
        """Return an id, "" where there is none or it is malformed."""
        value = self.of_type(key, "text", needed=needed)
        if value is None:
            return ""
        if len(value) > MAX_ID or not pattern.fullmatch(value):
            self.problem(key, rule, value)
            return ""
        return str(value)

    def word(self, key: str, allowed: Collection[str], default: str) -> str:
        """Return one of the allowed words; the default when it is left out or another."""
        value = self.of_type(key, "text")
        if value is None:
            return default
        if value not in set(allowed):
            self.problem(key, "unknown_word", value, allowed)
            return default
        return str(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None, *, needed: bool = False) -> int | None:
        """Return a whole number between these bounds; the default when it is left out or another."""
        value = self.of_type(key, "whole", needed=needed)
        if value is None:
            return default
        if not low <= value <= high:
            self.problem(key, "out_of_range", shown_number(value), (str(low), str(high)))
            return default
        return int(value)

    def number(self, key: str) -> float | None:
        """Return a number that an answer may be, None when it is left out or too large."""
        value = self.of_type(key, "whole", "decimal")
        if value is None:
            return None
        # Not-a-number compares with nothing, so the test is for what is good.
        if not abs(value) <= MAX_NUMBER:
            self.problem(key, "out_of_range", shown_number(value), (f"{-MAX_NUMBER:.0f}", f"{MAX_NUMBER:.0f}"))
            return None
        return float(value)

    def tables(self, key: str, name: str, most: int, *, needed: bool = False) -> list[Table]:
        """Return the tables of a list, at most this many; what is none is noted.

        `name` is what a person calls one of them: "side", "code".
        """
        rows = self.of_type(key, "list", needed=needed)
        if rows is None:
            return []
        if len(rows) > most:
            self.problem(key, "too_many", str(len(rows)), (str(most),))
        found = []
        for position, row in enumerate(rows[:most]):
            place = (*self.place, key, position)
            if isinstance(row, dict):
                found.append(Table(row, place, f"{self.where}, {name} {name_of(row, position + 1)}", self.notes))
            else:
                where = f"{self.where}, {name} {position + 1}"
                self.notes.add(place, where, "wrong_type", type_word(row), ("table",))
        return found

    def plain(self, key: str) -> str:
        """Return a text that has no languages, "" when left out."""
        value = self.of_type(key, "text")
        return "" if value is None else self.words((key,), value, MAX_TEXT, one_line=False)

    def text(self, key: str, *, needed: bool = False, limit: int = MAX_TEXT) -> Texts:
        """Return a text in its languages, given as text or as a table of languages; the form's own comes first as "".

        `limit` counts characters; up to `MAX_LABEL` it is a text of one line.
        """
        value = self.of_type(key, "text", "table", needed=needed)
        if value is None:
            return ()
        if isinstance(value, str):
            found = {"": self.words((key,), value, limit, one_line=limit <= MAX_LABEL)}
        else:
            found = self._by_language(key, value, limit)
        if needed and not found.get("") and (isinstance(value, str) or self.notes.language in value):
            self.problem(key, "empty_text")
        return tuple(sorted((code, words) for code, words in found.items() if words))

    def inner(self, key: str) -> dict[str, Any]:
        """Return a table, {} when left out."""
        value = self.of_type(key, "table")
        return {} if value is None else dict(value)

    def _by_language(self, key: str, value: dict[str, Any], limit: int) -> dict[str, str]:
        if len(value) > MAX_LANGUAGES:
            self.problem(key, "too_many_languages", str(len(value)), (str(MAX_LANGUAGES),))
            return {}
        own = self.notes.language
        if own not in value:
            self.problem(key, "own_language_missing", own)
        found = {}
        for code, words in value.items():
            if not _LANGUAGE.fullmatch(code):
                self.notes.add((*self.place, key, code), self.at(key), "bad_language", code)
            elif not isinstance(words, str):
                where = f"{self.at(key)}, {code}"
                self.notes.add((*self.place, key, code), where, "wrong_type", type_word(words), ("text",))
            else:
                found["" if code == own else code] = self.words((key, code), words, limit, one_line=limit <= MAX_LABEL)
        return found

    def words(self, keys: tuple[str | int, ...], value: str, limit: int, *, one_line: bool) -> str:
        """Return the text at these keys without outer spaces, after noting what must not be in it."""
        words = value.strip()
        place = (*self.place, *keys)
        where = ", ".join((self.at(str(keys[0])), *(str(key) for key in keys[1:])))
        if len(words) > limit:
            self.notes.add(place, where, "too_long", str(len(words)), (str(limit),))
            words = words[:limit]
        if one_line and not _LINE_BREAKS.isdisjoint(words):
            self.notes.add(place, where, "line_break")
        bad = forbidden_character(words)
        if bad:
            rule = "bidi_control" if bad in _BIDI_CONTROLS else "control_character"
            self.notes.add(place, where, rule, f"U+{ord(bad):04X}")
        return words


def name_of(data: object, position: int) -> str:
    """Return what a person calls a table: its id where it has one, else its position from 1."""
    name = data.get("id") if isinstance(data, dict) else None
    return shown(name) if isinstance(name, str) and name else str(position)


def shown_number(number: float) -> str:
    """Return a number for a message; one of very many digits is only said to be huge."""
    if isinstance(number, float):
        return f"{number:g}" if math.isfinite(number) else str(number)
    return str(number) if abs(number) < 10**18 else "10^18"


def is_language(code: str) -> bool:
    """True for a language code such as "en", "pt-BR" or "zh-Hant"."""
    return _LANGUAGE.fullmatch(code) is not None


def forbidden_character(text: str) -> str:
    """Return the first character that no text of a form may hold, "" when there is none."""
    if text.isprintable():
        # The common case, and fast: none of the characters below is printable.
        return ""
    for char in text:
        if char in _BIDI_CONTROLS or char in "\ufeff\ufffe\uffff":
            return char
        if char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
            return char
    return ""
