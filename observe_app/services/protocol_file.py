"""Protocols as files: a strict reader that names line and field of every problem, and a writer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.protocol import Asked, Prompt, Protocol
from observe_app.domain.turn import Voice
from observe_app.services.forms.limits import MAX_ID, MAX_LABEL
from observe_app.services.forms.plain import Words
from observe_app.services.forms.tables import Notes, Table, is_language
from observe_app.services.forms.toml_lines import LineMap
from observe_app.services.forms.toml_text import FormUnreadable, parse, read_bytes
from observe_app.services.forms.writer import dumps_listed

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Texts

PROTOCOL_KEYS = ("id", "language", "title", "about", "source", "first", "prompts")
PROMPT_KEYS = ("id", "stage", "asks", "minutes", "text")
MAX_PROMPTS = 40
MAX_STAGE = 80
MAX_MINUTES = 120
USUAL_MINUTES = 3


@dataclass(frozen=True, slots=True)
class ProtocolReading:
    """What came of a file: a protocol, or the problems that keep it from being one."""

    protocol: Protocol | None
    problems: tuple[FormProblem, ...] = ()


def read_file(path: Path) -> ProtocolReading:
    """Read a protocol file. Never raises for what a file can hold."""
    try:
        return read_protocol(read_bytes(path))
    except FormUnreadable as error:
        return ProtocolReading(None, (error.problem,))


def read_protocol(raw: bytes) -> ProtocolReading:
    """Read the content of a protocol file."""
    try:
        data, lines = parse(raw)
    except FormUnreadable as error:
        return ProtocolReading(None, (error.problem,))
    return _read_tables(data, lines)


def read_snapshot(text: str) -> Protocol | None:
    """Return the protocol that a visit keeps, None for a damaged one or one of a newer program."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _read_tables(data, LineMap({}, 0)).protocol if isinstance(data, dict) else None


def dumps_snapshot(protocol: Protocol) -> str:
    """Return a protocol as a visit keeps it (JSON)."""
    return json.dumps(tables_of(protocol), ensure_ascii=False, separators=(",", ":"))


def dumps_protocol(protocol: Protocol) -> str:
    """Return the protocol as the text of its file. Reading it gives the protocol again."""
    return dumps_listed(tables_of(protocol), "prompts")


def tables_of(protocol: Protocol) -> dict[str, Any]:
    """Return the plain tables of a protocol; what is empty is left out."""
    texts = [protocol.title, protocol.about, *(text for one in protocol.prompts for text in (one.stage, one.text))]
    translated = any(code for text in texts for code, _words in text)

    def text_of(key: str, text: Texts) -> dict[str, Any]:
        if not text:
            return {}
        if not translated:
            return {key: dict(text).get("", "")}
        return {key: Words({code or protocol.language: words for code, words in text})}

    prompts = [
        {
            "id": one.id,
            **text_of("stage", one.stage),
            "asks": one.asks.value,
            "minutes": one.minutes,
            **text_of("text", one.text),
        }
        for one in protocol.prompts
    ]
    return {
        "id": protocol.id,
        "language": protocol.language,
        **text_of("title", protocol.title),
        **text_of("about", protocol.about),
        **({"source": protocol.source} if protocol.source else {}),
        "first": protocol.first.value,
        "prompts": prompts,
    }


def _read_tables(data: dict[str, Any], lines: LineMap) -> ProtocolReading:
    notes = Notes(lines)
    top = Table(data, (), "", notes)
    top.only(PROTOCOL_KEYS)
    # The language first: it says what a text without a code is.
    code = top.of_type("language", "text")
    if code is not None and is_language(code):
        notes.language = code
    elif code is not None:
        top.problem("language", "bad_language", code)
    protocol = Protocol(
        id=top.identifier("id"),
        title=top.text("title", needed=True, limit=MAX_LABEL),
        about=top.text("about"),
        source=top.plain("source"),
        language=notes.language,
        first=Voice(top.word("first", tuple(Voice), Voice.TEACHER)),
        prompts=_prompts(top),
    )
    if notes.problems:
        return ProtocolReading(None, notes.sorted_problems())
    return ProtocolReading(protocol)


def _prompts(top: Table) -> tuple[Prompt, ...]:
    rows = top.tables("prompts", "prompt", MAX_PROMPTS, needed=True)
    if not rows and top.data.get("prompts") == []:
        top.problem("prompts", "empty_list")
    lines: dict[str, int] = {}
    found = []
    for row in rows:
        row.where = row.where.removeprefix(", ")
        row.only(PROMPT_KEYS)
        prompt_id = row.identifier("id")
        if prompt_id in lines:
            row.problem("id", "duplicate_id", prompt_id, (str(lines[prompt_id] or ""),))
        elif prompt_id:
            lines[prompt_id] = row.notes.lines.line((*row.place, "id"))
        found.append(
            Prompt(
                id=prompt_id[:MAX_ID],
                stage=row.text("stage", limit=MAX_STAGE),
                text=row.text("text", needed=True),
                asks=Asked(row.word("asks", tuple(Asked), Asked.TEACHER)),
                minutes=row.whole("minutes", 1, MAX_MINUTES, USUAL_MINUTES) or USUAL_MINUTES,
            )
        )
    return tuple(found)
