"""Anonymous answers through the folder, apart from everything that is signed.

A segment lies in its writer's own part of the folder and is signed; an answer must be neither. It is a padded file,
encrypted to its survey's key, under a random name in a place that all share, written in a later round that chance
chooses, with a time that says nothing. What the folder's own system notes of it beside that (who owns the file, when it
came) is out of our hands, and people are told so before they answer.

Whoever collects believes nothing: a file that is too long, damaged, for another key or of another survey is left alone,
and the same answer under two names counts once.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.services.sync.sealed import MOST_BYTES, name_of, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.sync.context import Context
    from observe_app.services.sync.crypto import RandomBytes
    from observe_app.services.sync.folder_io import FileSeen
    from observe_app.store.sync.urn import Collecting

ROOM = "answers/"
ENDING = ".answer"
MOST_FILES = 3_000
"""Files of one survey that are looked at; nobody asks more people with this program."""
MOST_WAITING = 2_000
"""Answers to one survey that are kept until they are released."""
MOST_LOOKS = 8
"""Rounds between two looks at a file that was no answer, at most."""

OF_EIGHT, OF_TWO = 32, 128
"""An answer leaves with a chance of one in eight in each round; one in two from the day before its survey closes."""

_NAME = re.compile(r"answers/([0-9a-f]{24}-[0-9a-f]{24})/[^/]+", re.DOTALL)


def carry(context: Context, listing: Sequence[FileSeen], rng: RandomBytes) -> None:
    """Let answers that wait here leave when their moment has come, and take in those to surveys of one's own.

    Raises:
        Stopped: the caller said so. OSError: the folder does not take one; it waits.
    """
    _collect(context, listing)
    _leave(context, listing, rng)


def _leave(context: Context, listing: Sequence[FileSeen], rng: RandomBytes) -> None:
    from observe_app.store.sync import urn  # noqa: PLC0415  (comes with the schema)

    with context.ledger.reading() as sql:
        rows = urn.leaving(sql)
    if not rows:
        return
    today = datetime.fromtimestamp(context.ledger.now_ms() / 1000, UTC).date()
    here = {file.name[7:23] for file in listing if file.name.startswith("people/")}
    gone = False
    for count, (sealed_id, survey_id, closes) in enumerate(rows):
        context.step("files", count, len(rows))
        if survey_id[:16] not in here or rng(1)[0] >= (OF_TWO if _ends_soon(closes, today) else OF_EIGHT):
            continue
        with context.ledger.reading() as sql:
            raw = urn.content(sql, sealed_id)
        if raw is None or not _write(context, f"{ROOM}{survey_id}/{rng(16).hex()}{ENDING}", raw):
            continue
        with context.ledger.writing() as writing:
            urn.left(writing.sql, sealed_id)
            writing.changed({("survey", survey_id)})
        gone = True
    if gone:
        context.ledger.empty_log()


def _ends_soon(closes: str, today: date) -> bool:
    try:
        return bool(closes) and date.fromisoformat(closes) - today <= timedelta(days=1)
    except ValueError:
        return False


def _write(context: Context, name: str, raw: bytes) -> bool:
    from observe_app.services.sync.publish import write_whole  # noqa: PLC0415  (comes with the schema)

    whole = write_whole(context, name, raw)
    with suppress(OSError):  # it is there; where the system keeps its own time, people were told that it may
        context.io.undate(name)
    return whole


def _collect(context: Context, listing: Sequence[FileSeen]) -> None:
    from observe_app.store.sync import urn  # noqa: PLC0415  (comes with the schema)

    found: dict[str, list[FileSeen]] = {}
    for file in listing:
        match = _NAME.fullmatch(file.name) if file.name.startswith(ROOM) else None
        if match is not None and not file.name.endswith(".tmp") and file.size <= MOST_BYTES:
            found.setdefault(match[1], []).append(file)
    if not found:
        return
    with context.ledger.reading() as sql:
        wanted = [one for one in urn.collecting(sql) if one.survey_id in found]
    for one in wanted:
        files = sorted(found[one.survey_id], key=lambda file: file.name)[:MOST_FILES]
        _take_all(context, one, files)


def _take_all(context: Context, survey: Collecting, files: Sequence[FileSeen]) -> None:
    from observe_app.store.sync import urn  # noqa: PLC0415  (comes with the schema)

    waiting = set(survey.waiting)
    for count, file in enumerate(files):
        context.step("files", count, len(files))
        name = context.memory.answers.get(file.name, "")
        if not name and _due(context, file):
            name = _take(context, survey, file, waiting)
        if name in survey.taken:
            # Its answer was released and is in the record: nobody needs to see who owns the file any more.
            context.io.delete(file.name)
            context.memory.answers.pop(file.name, None)
    if len(waiting) > len(survey.waiting):
        with context.ledger.writing() as writing:
            urn.redeal(writing.sql, survey.survey_id)
        context.ledger.empty_log()


def _due(context: Context, file: FileSeen) -> bool:
    """Tell whether to look at a file now: at once, then less and less often while it is no answer."""
    looks, due, size = context.memory.no_answers.get(file.name, (0, 0, -1))
    if size != file.size:
        looks = due = 0
    if context.memory.rounds < due:
        return False
    context.memory.no_answers[file.name] = looks + 1, context.memory.rounds + min(1 << looks, MOST_LOOKS), file.size
    return True


def _take(context: Context, survey: Collecting, file: FileSeen, waiting: set[str]) -> str:
    """Take an answer in when it is whole and one; return its hash, "" where it is not."""
    from observe_app.store.sync import urn  # noqa: PLC0415  (comes with the schema)

    try:
        raw = context.io.read(file.name, MOST_BYTES)
    except OSError:
        return ""
    name = name_of(raw)
    if name not in survey.taken and name not in waiting:
        if len(waiting) >= MOST_WAITING:
            return ""
        try:
            unseal(raw, survey.identity, survey.survey_id)
        except ValueError:
            return ""
        with context.ledger.writing() as writing:
            urn.keep(writing.sql, name, survey.survey_id, raw)
            writing.changed({("survey", survey.survey_id)})
        waiting.add(name)
        context.tally.rows += 1
    context.memory.answers[file.name] = name
    context.memory.no_answers.pop(file.name, None)
    return name
