"""Where a name stands in a record: the words around it, and the same place with other words in its stead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from observe_app.services.core import Core
    from observe_app.services.wording import NameInText
    from observe_app.store.unit import ReadUnit, WriteUnit

_AROUND = 34
"""Characters shown on either side of a name."""
MAX_STAND_IN = 60

_FIELDS: dict[str, tuple[str, ...]] = {
    "note": ("text",),
    "event": ("text",),
    "claim": ("title", "text"),
    "step": ("text", "help", "practice", "notice"),
    "turn": ("text",),
    "visit": ("focus", "looking_for", "conversation"),
}
_TABLES = {"note": "event", "event": "event", "claim": "claim", "step": "action_step", "turn": "turn", "visit": "visit"}


def excerpt(core: Core, visit_id: str, found: NameInText) -> str:
    """Return the words around a name, with an ellipsis where there are more; "" where it is not there any more."""
    with core.store.read() as unit:
        try:
            texts = _texts(unit, visit_id, found)
        except NotFound:
            return ""
    for text in texts.values():
        at = text.find(found.name)
        if at >= 0:
            return _around(text, at, at + len(found.name))
    return ""


def _around(text: str, start: int, end: int) -> str:
    line = " ".join(text[max(0, start - 400) : end + 400].split())
    at = line.find(" ".join(text[start:end].split()))
    begin, stop = max(0, at - _AROUND), at + (end - start) + _AROUND
    if begin:
        begin = max(line.find(" ", begin) + 1, 0) if " " in line[begin:at] else begin
    if stop < len(line):
        stop = line.rfind(" ", at + (end - start), stop)
        stop = stop if stop > 0 else at + (end - start)
    return f"{'… ' if begin else ''}{line[begin:stop].strip()}{' …' if stop < len(line) else ''}"


def _texts(unit: ReadUnit, visit_id: str, found: NameInText) -> dict[str, str]:
    if found.kind == "answer":
        answer = unit.answers.get(visit_id, found.id)
        value = {"value": answer.value} if isinstance(answer.value, str) else {}
        return {"comment": answer.comment, **value}
    record: Any = _reader(unit)[found.kind](found.id)
    return {name: getattr(record, name) for name in _FIELDS[found.kind]}


def _reader(unit: ReadUnit) -> Mapping[str, Callable[[str], object]]:
    return {
        "note": unit.events.get,
        "event": unit.events.get,
        "claim": unit.talk.claim,
        "step": unit.talk.step,
        "turn": unit.after.turn,
        "visit": unit.visits.get,
    }


def _writer(unit: WriteUnit) -> Mapping[str, Callable[[str, Mapping[str, Any]], object]]:
    return {
        "note": unit.events.change,
        "event": unit.events.change,
        "claim": unit.talk.change_claim,
        "step": unit.talk.change_step,
        "turn": unit.after.change_turn,
        "visit": unit.visits.change,
    }


def replace_name(core: Core, visit_id: str, found: NameInText, stand_in: str) -> int:
    """Put other words in the place of a name, wherever it stands in that record; undo brings the name back.

    Args:
        core: the open data folder.
        visit_id: the visit.
        found: the name and its record, as `wording.names_in` tells it.
        stand_in: such as "S7" or "a student"; one line.

    Returns:
        How many times it stood there.

    Raises:
        Invalid: no words, or too many. NotFound: the record is gone.
    """
    return replace_names(core, visit_id, ((found, stand_in),))


def replace_names(core: Core, visit_id: str, pairs: Sequence[tuple[NameInText, str]]) -> int:
    """Put other words in the place of several names at once; one undo brings them all back.

    Args:
        core: the open data folder.
        visit_id: the visit.
        pairs: each name with its record, and the words instead.

    Returns:
        How many times they stood there.

    Raises:
        Invalid: no words, or too many. NotFound: a record is gone. Nothing is changed then.
    """
    checked = [(found, _checked(stand_in)) for found, stand_in in pairs]
    with core.store.read() as reading:
        seen = reading.seen(*{_cell(visit_id, found) for found, _words in checked})
    with core.store.write("name.replace", scope=visit_id, seen=seen) as unit:
        counts = sum(_replace(unit, visit_id, found, words) for found, words in checked)
        unit.commit()
    return counts


def _checked(stand_in: str) -> str:
    words = clean_line(clean_note(stand_in))
    if not words:
        raise Invalid("name", "", "empty")
    if len(words) > MAX_STAND_IN:
        raise Invalid("name", words[:40], "too_long", str(MAX_STAND_IN))
    return words


def _replace(unit: WriteUnit, visit_id: str, found: NameInText, words: str) -> int:
    pattern = re.compile(rf"(?<!\w){re.escape(found.name)}(?!\w)")
    counts = 0
    fields: dict[str, str] = {}
    for name, text in _texts(unit, visit_id, found).items():
        changed, count = pattern.subn(lambda _match: words, text)
        if count:
            fields[name], counts = changed, counts + count
    if fields and found.kind == "answer":
        _answer(unit, visit_id, found.id, fields)
    elif fields:
        _writer(unit)[found.kind](found.id, fields)
    return counts


def _cell(visit_id: str, found: NameInText) -> tuple[str, str]:
    if found.kind == "answer":
        from observe_app.domain.ids import natural_id  # noqa: PLC0415

        return ("answer", natural_id("answer", visit_id, found.id))
    return (_TABLES[found.kind], found.id)


def _answer(unit: WriteUnit, visit_id: str, item: str, fields: dict[str, str]) -> None:
    from dataclasses import replace  # noqa: PLC0415

    answer = unit.answers.get(visit_id, item)
    unit.answers.put(replace(answer, **fields))  # type: ignore[arg-type]  # value and comment, both texts here
