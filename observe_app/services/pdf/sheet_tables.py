"""The sheets of the full record: what was coded, counted, timed and swept, and who was heard, as tables of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.participation import Basis, is_press, participation
from observe_app.domain.seating import SeatingPlan, loads
from observe_app.domain.timeline import events_of, interval_sheet, sweep_sheet, tallies
from observe_app.services.item_words import counted, figure, interval_base
from observe_app.services.pdf.dates import clock
from observe_app.services.pdf.document import SheetTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.domain.record import VisitRecord
    from observe_app.services.item_words import Happened
    from observe_app.services.pdf.rests import Leaving
    from observe_app.services.pdf.words import Words

_PER_ROW = 8


def sheets(
    record: VisitRecord, told: Leaving, found: Happened | None, language: str, words: Words
) -> tuple[SheetTable, ...]:
    """Return the sheets that have something on them, in the form's order, the seats last.

    Args:
        record: the visit.
        told: what may leave of it.
        found: what the form's items came to, None without a form.
        language: of the form's texts.
        words: fixed words.
    """
    maker = _Maker(told.shown_events, found, language, words)
    items = record.form.items if record.form is not None else ()
    made = [maker.sheet(item) for item in items if told.tells(item.id)]
    if told.items is None:
        made.append(_speakers(record, told.events, words))
    return tuple(sheet for sheet in made if sheet is not None)


class _Maker:
    def __init__(self, events: Sequence[Event], found: Happened | None, language: str, words: Words) -> None:
        self.events, self.found, self.language, self.words = events, found, language, words

    def sheet(self, item: Item) -> SheetTable | None:
        makers = {
            ItemKind.INTERVAL: self._intervals,
            ItemKind.TALLY: self._moments,
            ItemKind.TIMER: self._runs,
            ItemKind.SWEEP: self._sweeps,
            ItemKind.WAIT: self._waits,
        }
        make = makers.get(item.kind)
        return make(item) if make is not None and self.found is not None else None

    def _title(self, item: Item) -> str:
        return text_in(item.label, self.language)

    def _base(self, item: Item) -> str:
        return counted(item, self.found, self.words.items, self.language) if self.found is not None else ""

    def _intervals(self, item: Item) -> SheetTable | None:
        sheet = interval_sheet(item, self.events)
        if not sheet.coded or self.found is None:
            return None
        names = {
            side.full(code): text_in(code.label, self.language) or code.id for side in item.sides for code in side.codes
        }
        levels = {level.number: text_in(level.label, self.language) or str(level.number) for level in item.levels}
        sides = [(text_in(side.label, self.language), {side.full(code) for code in side.codes}) for side in item.sides]
        heads = [self.words.sheet_interval, *(name or self.words.sheet_codes for name, _codes in sides)]
        heads += [self.words.items.level] if levels else []
        rows = []
        for one in sheet.intervals:
            start = one.index * item.seconds * 1000
            cells = [f"{clock(start)}–{clock(start + item.seconds * 1000)}"]
            for _name, codes in sides:
                ticked = [_with(names[code], one.comment(code)) for code in one.ticked if code in codes]
                cells.append(", ".join(ticked) if one.coded else self.words.not_coded)
            if levels:
                cells.append(levels.get(one.level or 0, "") if one.level is not None else "")
            rows.append(tuple(cells))
        return SheetTable(
            self._title(item), tuple(heads), tuple(rows), interval_base(item, self.found, self.words.items)
        )

    def _moments(self, item: Item) -> SheetTable | None:
        found = tallies(self.events, item.id)
        if not found:
            return None
        rows = [(clock(event.offset_ms), _who(event), event.text) for event in found]
        heads = (self.words.time, self.words.who, self.words.note)
        if not any(row[1] or row[2] for row in rows):
            return SheetTable(
                self._title(item), (self.words.time,), _side_by_side([row[0] for row in rows]), self._base(item)
            )
        return SheetTable(self._title(item), heads, tuple(rows), self._base(item))

    def _runs(self, item: Item) -> SheetTable | None:
        state = self.found.running.get(item.id) if self.found is not None else None
        if state is None or self.found is None or not state.stretches:
            return None
        end = self.found.until_ms
        rows = []
        for run in state.stretches:
            until = end if run.end_ms is None else run.end_ms
            rows.append((clock(run.start_ms), clock(until), clock(max(0, until - run.start_ms))))
        heads = (self.words.sheet_from, self.words.sheet_to, self.words.sheet_length)
        return SheetTable(self._title(item), heads, tuple(rows), self._base(item))

    def _sweeps(self, item: Item) -> SheetTable | None:
        sheet = sweep_sheet(self.events, item.id)
        if not sheet.sweeps:
            return None
        rows = tuple(
            (clock(one.offset_ms), self.words.items.share.format(n=one.seen.count, of=one.seen.of))
            for one in sheet.sweeps
        )
        return SheetTable(self._title(item), (self.words.time, self.words.sheet_seen), rows, self._base(item))

    def _waits(self, item: Item) -> SheetTable | None:
        found = [event for event in events_of(self.events, item.id, EventKind.WAIT) if event.value is not None]
        if not found:
            return None
        ends = {
            "answered": self.words.end_answered,
            "rephrased": self.words.end_rephrased,
            "answered_by_teacher": self.words.end_by_teacher,
        }
        rows = tuple(
            (
                clock(event.offset_ms),
                self.words.seconds.format(n=figure(round((event.value or 0) / 1000, 1), 1, self.words.items.point)),
                ends.get(event.outcome, ""),
                _code(item, event.code, self.language),
                event.text,
            )
            for event in found
        )
        heads = (self.words.time, self.words.sheet_wait, self.words.sheet_end, self.words.sheet_code, self.words.note)
        return _without_empty(SheetTable(self._title(item), heads, rows, self._base(item)))


def _code(item: Item, code: str, language: str) -> str:
    found = item.code(code) if code else None
    return text_in(found[1].label, language) or code if found is not None else code


def _with(name: str, comment: str) -> str:
    return f"{name} ({comment})" if comment.strip() else name


def _who(event: Event) -> str:
    """Return who speaks, and to whom where that was written."""
    return f"{event.speaker}→{event.to}" if event.to else event.speaker


def _side_by_side(cells: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return bare times as rows of one cell, several in each."""
    return tuple((", ".join(cells[at : at + _PER_ROW]),) for at in range(0, len(cells), _PER_ROW))


def _without_empty(sheet: SheetTable) -> SheetTable:
    """Return the sheet without columns that have nothing in them."""
    kept = [at for at in range(len(sheet.heads)) if any(row[at] for row in sheet.rows)]
    return SheetTable(
        sheet.title,
        tuple(sheet.heads[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in sheet.rows),
        sheet.hint,
    )


def _speakers(record: VisitRecord, events: Sequence[Event], words: Words) -> SheetTable | None:
    """Return who was heard how often, by presses on the seating plan; students by their numbers alone."""
    pressed = [event for event in events if is_press(event)]
    if not pressed:
        return None
    try:
        plan = loads(record.visit.seating) if record.visit.seating else SeatingPlan()
    except Invalid:  # a plan that cannot be read seats nobody
        plan = SeatingPlan()
    view = participation(plan, pressed)
    rows = tuple((voice.who, str(voice.pressed)) for voice in view.voices)
    heard = view.heard(Basis.PRESSES)
    hint = words.seats_heard.format(n=heard.count, of=heard.of, presses=len(pressed)) if heard.of else ""
    return SheetTable(words.seats, (words.who, words.times_heard), rows, hint)
