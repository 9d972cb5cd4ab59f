"""What happens to a visit while it is observed, without a widget: events, clock, links, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import FormInvalid, NothingToUndo
from observe_app.domain.event import EventKind
from observe_app.domain.lesson_parts import (
    LESSON_KINDS,
    Gap,
    Phase,
    Stretch,
    counted_ms,
    gaps,
    paused_since,
    pauses,
    phases,
)
from observe_app.domain.note_line import split_star
from observe_app.domain.timeline import timers
from observe_app.domain.visit import Stage
from observe_app.services import history, lesson, notes, talk, visits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from observe_app.domain.changes import Action, Seen
    from observe_app.domain.event import Draft, Event
    from observe_app.domain.film_clock import FilmClock
    from observe_app.domain.form import Form, Item
    from observe_app.domain.lesson_clock import Anchor, LessonClock, Stamp
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_OWN = ("note.", "answer.", "happening.", "evidence.", "import.", "lesson.", "visit.seating")
NOTE_SLOT = "note"
EDIT_SLOT = "edit:"


@dataclass(frozen=True, slots=True)
class Away:
    """The time in which the program was not there, while the lesson may have gone on.

    Attributes:
        since_ms: lesson time until which something is known. wall: wall time of that moment, aware UTC.
        ms: how long it was away; None where nobody can tell.
        running: timers that ran when it closed.
    """

    since_ms: int
    wall: datetime
    ms: int | None
    running: tuple[Item, ...] = ()


class LiveVisit:
    """One visit as the observer works on it. Every method that writes is one use case, durable when it returns.

    Attributes:
        events: the visit's, as they were when its clock was taken up last; whoever opens the visit reads them here and
            keeps them up to date for itself, so that thousands are read once.
    """

    def __init__(self, core: Core, visit_id: str) -> None:
        """Load the visit and take its clock up where it stands.

        Raises:
            NotFound: no such visit.
        """
        self.core = core
        self.visit_id = visit_id
        self._held: tuple[str, Seen] = ("", NOTHING_SEEN)
        self.visit: Visit = visits.get(core, visit_id)
        self.form_problem: FormInvalid | None = None
        self.form: Form | None = self._read_form()
        self.events: tuple[Event, ...] = notes.stream(core, visit_id)
        self.pauses: tuple[Stretch, ...] = ()
        self.gaps: tuple[Gap, ...] = ()
        self.phases: tuple[Phase, ...] = ()
        self._lesson: dict[str, Event] = {}
        self._film: FilmClock | None = None
        kept = lesson.anchor(core, visit_id)
        self.clock: LessonClock = lesson.take_up(core, self.visit, self.events, kept)
        self._read_lesson(self.events)
        self.away: Away | None = self._find_away(kept) if lesson.first_look(core, visit_id) else None

    # -- the lesson

    @property
    def begun(self) -> bool:
        """Whether observing has begun; a visit whose notes were imported counts as begun."""
        return self.visit.started is not None or self.visit.stage.order > Stage.OBSERVE.order

    @property
    def ended(self) -> bool:
        """Whether the lesson is over."""
        return self.visit.ended is not None

    def begin(self) -> None:
        """Start the lesson now; nothing happens when it runs."""
        if self.visit.started is None and self.visit.stage.order <= Stage.OBSERVE.order:
            at = self.visit.start if self._film is not None else None  # a filmed lesson began when it was planned
            self._take(visits.begin(self.core, visit_id=self.visit_id, at=at))

    def watch(self, clock: FilmClock | None) -> None:
        """Take the time from a film from now on; None takes it from the lesson's own clock again."""
        self._film = clock
        self.clock = clock if clock is not None else self._take_up()

    def finish(self) -> None:
        """End the lesson now; a filmed one where the film stands, but not before the last thing that was kept of it."""
        film, started = self._film, self.visit.started
        if film is not None and started is not None:
            newest = max((event.offset_ms for event in notes.stream(self.core, self.visit_id)), default=0)
            at = started + timedelta(milliseconds=max(0, newest, film.elapsed_ms()))
            self._take(visits.finish(self.core, visit_id=self.visit_id, at=at))
            return
        anchor = self.clock.anchor() if self.clock.running else None
        self._take(visits.finish(self.core, visit_id=self.visit_id, anchor=anchor))

    def resume(self) -> None:
        """Go on with a lesson that was ended by mistake."""
        self._take(visits.resume(self.core, visit_id=self.visit_id))

    def reload_visit(self) -> None:
        """Read the visit again after it changed elsewhere."""
        self._take(visits.get(self.core, self.visit_id))

    def choose_form(self, form_id: str) -> None:
        """Take a form for this visit."""
        opened = visits.open_visit(self.core, self.visit_id)
        visits.choose_form(self.core, visit_id=self.visit_id, form_id=form_id, seen=opened.seen)
        self.reload_visit()

    # -- phases, pauses, gaps

    @property
    def paused_since(self) -> int | None:
        """Lesson time in ms at which the pause began that goes on; None without one."""
        return paused_since(self.pauses)

    def pause(self) -> None:
        """Pause the lesson now; nothing happens while it is paused.

        Raises:
            VisitStageError: the lesson does not run.
        """
        stamp = self.clock.stamp()
        self._add_lesson(lesson.pause(self.core, visit_id=self.visit_id, offset_ms=stamp.offset_ms, wall=stamp.wall))

    def go_on(self) -> None:
        """Go on after a pause; nothing happens where there is none.

        Raises:
            VisitStageError: the lesson does not run.
        """
        stamp = self.clock.stamp()
        self._add_lesson(lesson.resume(self.core, visit_id=self.visit_id, offset_ms=stamp.offset_ms, wall=stamp.wall))

    def begin_phase(self, name: str) -> Event:
        """Begin a phase of the lesson now.

        Raises:
            Invalid: no name, or one too long.
        """
        stamp = self.clock.stamp()
        event = lesson.phase(self.core, visit_id=self.visit_id, name=name, offset_ms=stamp.offset_ms, wall=stamp.wall)
        self._add_lesson(event)
        return event

    def mark_gap(self, ms: int | None, stamp: Stamp, *, outcome: str = "") -> Event:
        """Keep that the computer's clocks parted by so much at a moment; as of `lesson.mark_gap`."""
        event = lesson.mark_gap(
            self.core, visit_id=self.visit_id, ms=ms, offset_ms=stamp.offset_ms, wall=stamp.wall, outcome=outcome
        )
        self._add_lesson(event)
        return event

    def answer_gap(self, event_id: str, outcome: str) -> None:
        """Say whether the lesson went on during a gap, "counted" or "ignored"; as of `lesson.answer_gap`."""
        changed = lesson.answer_gap(self.core, event_id=event_id, outcome=outcome)
        self.take_events(changed)
        if self.ended:
            self.reload_visit()

    def set_clock(self, ms: int) -> None:
        """Say what the lesson's time is now.

        Raises:
            Invalid: no time of a lesson. VisitStageError: the lesson does not run.
        """
        now, wall = self.clock.unbounded_ms(), self.clock.stamp().wall
        self._add_lesson(lesson.set_clock(self.core, visit_id=self.visit_id, ms=ms, offset_ms=now, wall=wall))

    def gap(self, event_id: str) -> Gap | None:
        """Return a gap as it is now, None where there is none of this id."""
        return next((one for one in self.gaps if one.event == event_id), None)

    def keep_anchor(self) -> None:
        """Keep the lesson's time of this moment for the program that opens the visit next; a film's is none."""
        if self.clock.running and self._film is None:
            lesson.keep_anchor(self.core, visit_id=self.visit_id, anchor=self.clock.anchor())

    def take_events(self, events: Iterable[Event]) -> bool:
        """Take up events that are new or have changed, deleted ones too; return whether the lesson's parts did."""
        fresh = [event for event in events if event.kind in LESSON_KINDS and event.visit_id == self.visit_id]
        changed = [event for event in fresh if self._lesson.get(event.id) != event]
        if changed:
            self._read_lesson(changed)
        return bool(changed)

    # -- notes

    def add(self, line: str, stamp: Stamp, late_ms: int | None, links: tuple[str, ...] = ()) -> Event:
        """Store a note with the form items it is evidence for; it is on disk when this returns."""
        offset = stamp.offset_ms if late_ms is None else late_ms
        wall = stamp.wall if late_ms is None else self.clock.wall_at(late_ms)
        words, starred = split_star(line)
        return notes.add(
            self.core,
            visit_id=self.visit_id,
            line=words,
            offset_ms=offset,
            wall=wall,
            starred=starred,
            links=links,
        )

    def hold(self, event_id: str) -> Event:
        """Return an event as it is now, for an editor; what is written next counts as written over just this."""
        opened = notes.open_note(self.core, event_id)
        self._held = event_id, opened.seen
        return opened.value

    def edit(self, event_id: str, line: str, links: tuple[str, ...] = ()) -> Event:
        """Change the words of a note, over what its editor showed; `links` are form items it becomes evidence for."""
        return notes.edit(self.core, event_id=event_id, line=line, seen=self._shown(event_id), links=links).value

    def split(self, event_id: str, parts: tuple[str, ...], links: tuple[str, ...] = ()) -> None:
        """Make two notes of one, over what its editor showed."""
        first, second = parts
        seen = self._shown(event_id)
        notes.split(self.core, event_id=event_id, first=first, second=second, seen=seen, links=links)

    def join(self, event_id: str, other_id: str) -> Event:
        """Make one note of two."""
        seen = history.seen(self.core, ("event", event_id), ("event", other_id))
        return notes.join(self.core, event_id=event_id, other_id=other_id, seen=seen)

    def retime(self, event_id: str, offset_ms: int) -> None:
        """Move an event to another moment of the lesson, over what its editor showed."""
        notes.retime(self.core, event_id=event_id, offset_ms=offset_ms, seen=self._shown(event_id))

    def toggle_star(self, event_id: str) -> bool:
        """Star a note or take its star; return whether it has one now."""
        opened = notes.open_note(self.core, event_id)
        starred = not opened.value.starred
        notes.star(self.core, event_id=event_id, starred=starred, seen=opened.seen)
        return starred

    def toggle_private(self, event_id: str) -> bool:
        """Keep a note private or no longer; return which."""
        opened = notes.open_note(self.core, event_id)
        private = not opened.value.private
        notes.set_private(self.core, event_id=event_id, private=private, seen=opened.seen)
        return private

    def remove(self, event_id: str) -> None:
        """Put an event into the bin. A gap that counts stays and counts no longer: what it moved moves back."""
        gap = self.gap(event_id)
        if gap is not None and gap.counted_ms and not gap.by_hand:
            self.answer_gap(event_id, "ignored")
            return
        opened = notes.open_note(self.core, event_id)
        notes.delete(self.core, event_id=event_id, seen=opened.seen)

    def last_note(self, events: tuple[Event, ...]) -> Event | None:
        """Return the note that was written last (ids are ordered by time), None without one."""
        own = [event for event in events if event.kind is EventKind.NOTE]
        return max(own, key=lambda event: event.id, default=None)

    def keep_draft(self, draft: Draft) -> None:
        """Keep the unfinished line."""
        notes.keep_draft(self.core, draft)

    def drop_draft(self, slot: str) -> None:
        """Forget an unfinished line."""
        notes.drop_draft(self.core, visit_id=self.visit_id, slot=slot)

    def drafts(self) -> tuple[Draft, ...]:
        """Return what was unfinished when the visit was last left."""
        found = notes.drafts(self.core, self.visit_id)  # the conversation has unfinished words of its own
        return tuple(one for one in found if one.slot == NOTE_SLOT or one.slot.startswith(EDIT_SLOT))

    def tags(self) -> tuple[str, ...]:
        """Return the tags in use, the most frequent first."""
        return notes.tags_used(self.core)

    # -- form and evidence

    def link(self, event_id: str, item_id: str) -> None:
        """Use an event as evidence for a form item."""
        talk.link(self.core, visit_id=self.visit_id, target_kind="answer", target_id=item_id, event_id=event_id)

    def unlink(self, event_id: str, item_id: str) -> None:
        """Take that link away."""
        talk.unlink(self.core, visit_id=self.visit_id, target_kind="answer", target_id=item_id, event_id=event_id)

    def linked(self, event_id: str, item_id: str) -> bool:
        """Whether an event is evidence for an item."""
        return any(
            found.event_id == event_id and found.target_kind == "answer" and found.target_id == item_id
            for found in talk.evidence(self.core, self.visit_id)
        )

    def links(self, item_labels: dict[str, str], claim_words: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """Return what each event is evidence for, as words.

        Args:
            item_labels: label of each form item.
            claim_words: word for each kind of claim without a title.
        """
        found: dict[str, list[str]] = {}
        evidence = talk.evidence(self.core, self.visit_id)
        titles = {}
        if any(link.target_kind == "claim" for link in evidence):
            titles = {
                claim.id: claim.title or claim_words.get(claim.kind.value, claim.kind.value)
                for claim in talk.claims(self.core, self.visit_id)
            }
        for link in evidence:
            names = item_labels if link.target_kind == "answer" else titles
            if link.target_id in names:
                found.setdefault(link.event_id, []).append(names[link.target_id])
        return {event_id: tuple(names) for event_id, names in found.items()}

    # -- taking back

    def undo(self) -> Action:
        """Take back the last own thing done in this lesson; what was changed of the visit's plan meanwhile stays.

        Raises:
            NothingToUndo: nothing of notes, answers or links is left to take back.
        """
        return history.undo(self.core, scope=self.visit_id, kinds=_OWN)

    def redo(self) -> Action:
        """Bring back what was taken back last.

        Raises:
            NothingToUndo: there is nothing.
        """
        self._refuse_other(history.state(self.core, scope=self.visit_id).redo)
        return history.redo(self.core, scope=self.visit_id)

    # -- helpers

    def _shown(self, event_id: str) -> Seen:
        held, seen = self._held
        return seen if held == event_id else notes.open_note(self.core, event_id).seen

    def _refuse_other(self, kind: str | None) -> None:
        if kind is None or not kind.startswith(_OWN):
            raise NothingToUndo

    def _take(self, visit: Visit) -> None:
        before, self.visit = self.visit, visit
        if visit.form_snapshot != before.form_snapshot:
            self.form = self._read_form()
        if (visit.started, visit.ended) != (before.started, before.ended) and self._film is None:
            self.clock = self._take_up()

    def _read_form(self) -> Form | None:
        """Return the visit's form; one that cannot be read is none here, and does not keep notes from being written."""
        self.form_problem = None
        try:
            return visits.form_of(self.visit)
        except FormInvalid as error:
            self.form_problem = error
            return None

    def _take_up(self) -> LessonClock:
        self.events = notes.stream(self.core, self.visit_id)
        return lesson.take_up(self.core, self.visit, self.events, lesson.anchor(self.core, self.visit_id))

    def _add_lesson(self, event: Event | None) -> None:
        if event is not None:
            self.take_events((event,))

    def _read_lesson(self, events: Iterable[Event]) -> None:
        self._lesson |= {event.id: event for event in events if event.kind in LESSON_KINDS}
        living = self._lesson.values()
        self.pauses, self.gaps, self.phases = pauses(living), gaps(living), phases(living)
        self.clock.set_gaps(counted_ms(self.gaps))

    def _find_away(self, kept: Anchor | None) -> Away | None:
        clock = self.clock
        if kept is None or not clock.running:
            return None
        known = max(0, kept.raw_ms + clock.gaps_ms, lesson.written_until(self.events, kept))
        items = self.form.items if self.form else ()
        states = timers(items, self.events)
        running = tuple(item for item in items if item.id in states and states[item.id].running_since is not None)
        return Away(min(known, clock.elapsed_ms()), kept.wall, clock.away_ms, running)
