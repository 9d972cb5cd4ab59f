"""A visit out of the program: JSON with everything, XLSX with a sheet for each kind, CSV with the notes, BORIS.

openpyxl is imported inside the function that needs it: it takes longer than the rest of the start together.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import ExportFailed
from observe_app.domain.form import EVENT_KINDS, ItemKind, text_in
from observe_app.domain.progress import Progress
from observe_app.domain.talk_share import talk_share
from observe_app.services import visits
from observe_app.services.exchange.boris_out import boris_bytes
from observe_app.services.exchange.files import exporting, write_whole
from observe_app.services.exchange.visit_json import (
    in_form_order,
    moment,
    number,
    visit_document,
    without_private_views,
)
from observe_app.services.exchange.visit_sheets import counted_sheets, lesson_time, talk_sheets
from observe_app.services.item_words import ItemWords, counted, happened, lesson_minutes, options_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.answer import Answer
    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.release import Release
    from observe_app.services.core import Core

FORMATS = (".json", ".csv", ".xlsx", ".boris")
_CELL_LIMIT = 32_000
RISKY_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_WORDS = ItemWords()

Value = str | int | float | None
EVENT_HEADS = (
    "time", "speaker", "to", "text", "tags", "starred", "kind", "item", "code", "value", "of", "outcome", "wall",
    "offset_ms", "private", "id", "seat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written. `held_back` is how many private events were left out."""

    path: Path
    events: int
    held_back: int


def export_visit(
    core: Core, *, visit_id: str, target: Path, private: bool = False, progress: Progress | None = None
) -> ExportResult:
    """Write a visit to a file whose ending says the format; what stood there before stands until it is whole.

    Args:
        core: the open data folder.
        visit_id: the visit.
        target: ends in .json (everything, stable format), .xlsx (a sheet for each kind), .csv (the events) or .boris
            (a BORIS project).
        private: with the events that never leave their author.
        progress: told between steps; a cancelled export writes nothing.

    Raises:
        ExportFailed: an ending we do not know, a disk that is full, no right to write, no such folder.
        NotFound: no such visit. Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    ending = target.suffix.casefold()
    if ending not in FORMATS:
        raise ExportFailed(target, "unknown_format", ", ".join(FORMATS))
    whole = visits.load_record(core, visit_id)
    record = whole if private else without_private_views(whole)
    releases = releases_of(core, visit_id)
    progress.step(1, 3)
    events = tuple(event for event in record.events if private or not event.private)
    if ending == ".json":
        document = visit_document(record, private=private, releases=releases)
        data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", errors="replace")
    elif ending == ".csv":
        data = csv_bytes(events)
    elif ending == ".boris":
        data = boris_bytes(record, events)
    else:
        with exporting(target):
            data = workbook_bytes(record, events, releases)
    progress.step(2, 3)
    write_whole(target, data)
    progress.step(3, 3)
    return ExportResult(target, len(events), len(record.events) - len(events))


def releases_of(core: Core, visit_id: str) -> tuple[Release, ...]:
    """Return the revisions of a visit's feedback, the first one first."""
    with core.store.read() as unit:
        return unit.after.releases(visit_id)


def harmless(value: Value) -> Value:
    """Return a cell that no spreadsheet runs: a text that begins like a formula gets a "'" before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY_SIGNS) else value


def _event_row(event: Event) -> list[Value]:
    starred, private = ("yes" if flag else "" for flag in (event.starred, event.private))
    return [
        lesson_time(event.offset_ms), event.speaker, event.to, event.text, ", ".join(event.tags), starred,
        event.kind.value, event.item, event.code, number(event.value), number(event.of), event.outcome,
        moment(event.wall), event.offset_ms, private, event.id, event.seat,
    ]  # fmt: skip


def csv_bytes(events: tuple[Event, ...]) -> bytes:
    """Return the events as a table of text, a row each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(EVENT_HEADS)
    for event in events:
        writer.writerow(["" if value is None else harmless(value) for value in _event_row(event)])
    # The mark at the start is what makes a spreadsheet read UTF-8 as such.
    return out.getvalue().encode("utf-8-sig", errors="replace")


def workbook_bytes(
    record: VisitRecord, events: tuple[Event, ...] | None = None, releases: tuple[Release, ...] = ()
) -> bytes:
    """Return the workbook of a visit; `events` are those that may leave their author, all where None."""
    events = record.events if events is None else events
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    for title, widths, rows in _sheets(record, events, releases):
        sheet = book.create_sheet(title)
        for place, width in enumerate(widths):
            sheet.column_dimensions[get_column_letter(place + 1)].width = width
        if title != "Visit":
            sheet.freeze_panes = "A2"
        for index, row in enumerate(rows):
            for piece in _pieces(row):
                sheet.append([cell_of(sheet, value, bold=index == 0 and title != "Visit") for value in piece])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pieces(row: list[Value]) -> list[list[Value]]:
    """Return the row, on several lines where a text is longer than a cell may be."""
    longest = max((len(value) for value in row if isinstance(value, str)), default=0)
    if longest <= _CELL_LIMIT:
        return [row]
    return [
        [value[start : start + _CELL_LIMIT] if isinstance(value, str) else None if start else value for value in row]
        for start in range(0, longest, _CELL_LIMIT)
    ]


def cell_of(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    """Return a cell of text that stays text: type "s" is no formula, and the quote prefix keeps it so when edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", errors="replace").decode()
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(RISKY_SIGNS):
            cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheets(
    record: VisitRecord, events: tuple[Event, ...], releases: tuple[Release, ...]
) -> list[tuple[str, list[int], list[list[Value]]]]:
    document = visit_document(record, private=True)
    flat: list[list[Value]] = [[name, _flat(value)] for name, value in document["visit"].items()]
    talk = talk_share(events).of_talk
    if talk.of:
        flat += [["words noted as said", talk.of], ["the teacher's of them", talk.count]]
    times = {event.id: lesson_time(event.offset_ms) for event in events}
    links: dict[str, list[str]] = {}
    for link in record.evidence:
        if link.event_id in times:
            links.setdefault(f"{link.target_kind}:{link.target_id}", []).append(times[link.event_id])
    answers = _answers(record, events, {key: ", ".join(seen) for key, seen in links.items()})
    claims: list[list[Value]] = [["kind", "title", "text", "evidence", "views", "teacher’s reply"]]
    for claim in record.claims:
        seen = ", ".join(times[event_id] for event_id in claim.evidence if event_id in times)
        row: list[Value] = [claim.kind.value, claim.title, claim.text, seen, ", ".join(claim.views)]
        claims.append([*row, _answered(record, claim.id)])
    steps: list[list[Value]] = [["step", "owner", "due", "help", "status", "practice", "how we notice"]]
    for step in record.steps:
        due = step.due.isoformat() if step.due else ""
        steps.append([step.text, step.owner, due, step.help, step.status.value, step.practice, step.notice])
    return [
        ("Notes", [9, 8, 6, 80, 24, 8], [list(EVENT_HEADS), *(_event_row(event) for event in events)]),
        ("Visit", [16, 80], flat),
        ("Answers", [18, 60, 20, 18, 40, 30], answers),
        ("Claims", [10, 40, 80, 30, 30, 60], claims),
        ("Action steps", [60, 24, 12, 40, 10, 40, 40], steps),
        *talk_sheets(record, releases),
        *counted_sheets(record, events),
    ]


def _flat(value: Any) -> Value:
    """Return a value as one cell."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value


def _answered(record: VisitRecord, claim_id: str) -> str:
    """Return what the teacher said to a claim, the newest answer first, each with its stance."""
    points = [point for reply in reversed(record.replies) if (point := reply.point(claim_id))]
    return "\n".join(": ".join(part for part in (point.stance or "", point.text) if part) for point in points)


def _answers(record: VisitRecord, events: tuple[Event, ...], evidence: dict[str, str]) -> list[list[Value]]:
    """Return the answers in the form's order: options in words, and what counts, timers and sheets came to."""
    rows: list[list[Value]] = [["item", "question", "answer", "why no answer", "comment", "evidence"]]
    given = {answer.item: answer for answer in in_form_order(record)}
    items = {item.id: item for item in record.form.items} if record.form else {}
    found = happened(record.form, events, lesson_minutes(record.visit, events)) if record.form else None
    counts = {item.id: counted(item, found, _WORDS) for item in items.values() if found and item.kind in EVENT_KINDS}
    order = [*(item_id for item_id in items if item_id in given or counts.get(item_id)), *(set(given) - set(items))]
    for item_id in order:
        item, answer = items.get(item_id), given.get(item_id)
        value: Value = counts.get(item_id) or None
        if answer is not None and value is None:
            value = _in_words(item, answer)
        absence = answer.absence.value.replace("_", " ") if answer and answer.absence and value is None else ""
        label = text_in(item.label, "") if item else ""
        comment = answer.comment if answer else ""
        rows.append([item_id, label, value, absence, comment, evidence.get(f"answer:{item_id}", "")])
    return rows


def _in_words(item: Item | None, answer: Answer) -> Value:
    """Return a value as a cell: options by their labels, numbers as numbers."""
    if item is not None and item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        return options_in_words(item, answer, _WORDS) or None
    return ", ".join(answer.value) if isinstance(answer.value, tuple) else answer.value
