"""The events of a BORIS observation as events of a visit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import text_in
from observe_app.domain.note_line import MAX_NOTE
from observe_app.domain.timeline import timers
from observe_app.services.exchange.boris_form import PAUSE, PHASE, RESUME, WORDS_ONLY
from observe_app.services.exchange.boris_note import read_comment
from observe_app.services.exchange.boris_runs import Run, runs_of
from observe_app.services.exchange.problems import Problem
from observe_app.services.exchange.speakers import name_speakers

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.exchange.boris_file import BorisEvent, Observation
    from observe_app.services.exchange.boris_form import Places

_CODE = re.compile(r"T|SS|S\d{0,3}", re.IGNORECASE)
_KINDS = {PHASE: EventKind.PHASE, PAUSE: EventKind.PAUSE, RESUME: EventKind.RESUME}


@dataclass(frozen=True, slots=True)
class Found:
    """Events by moment, and what was noticed on the way."""

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]


def speaker_of(subject: str) -> str:
    """Return the speaker that a subject is: "S7" of "Student 7"; "" for a name, which stays a word."""
    if _CODE.fullmatch(subject):
        return subject.upper()
    naming = name_speakers([subject]) if subject else None
    if naming is None or naming.students or naming.several or naming.teachers:
        return ""
    # A bare number is the name of somebody, not the number of a student.
    return naming.codes[0] if any(char.isalpha() for char in subject) else ""


def events_of(one: Observation, places: Places, *, visit_id: str, new_id: Callable[[], str]) -> Found:
    """Return what an observation's events become.

    Args:
        one: the observation.
        places: where its behaviours go.
        visit_id: the visit they will belong to.
        new_id: gives an id at each call, later ones behind earlier ones.
    """
    maker = _Maker(one, places, visit_id)
    for event in one.events:
        maker.point(event)
    maker.states()
    maker.unknown()
    made = sorted(maker.made, key=lambda pair: (pair[1].offset_ms, pair[0]))
    events = tuple(replace(event, id=new_id()) for _number, event in made)
    problems = sorted(maker.problems, key=lambda problem: problem.row)
    cut = _cut(places, events)
    if cut:
        problems.append(Problem("boris_cut", found=cut, observation=one.name))
    return Found(events, tuple(problems))


def _cut(places: Places, events: tuple[Event, ...]) -> str:
    """Return the labels of timers that others of their group ended, which BORIS would have let run."""
    if places.form is None:
        return ""
    states = timers(places.form.items, events)
    labels = {item.id: text_in(item.label, "") for item in places.form.items}
    return ", ".join(labels[item] for item, state in states.items() if state.cut or state.loose)


@dataclass(slots=True)
class _Maker:
    one: Observation
    places: Places
    visit_id: str
    made: list[tuple[tuple[int, int], Event]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    strange: dict[str, list[int]] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)

    def point(self, event: BorisEvent) -> None:
        """Keep an event that is a moment; those of states are for `states`."""
        code, places = event.code, self.places
        if code in places.parts:
            return
        if code in places.points:
            self._add(event, EventKind.TALLY, item=places.points[code], text=self._text(event))
        elif code in places.marks:
            self._add(event, _KINDS[code], text=event.comment)
        elif code in places.words:
            self._note(event, "" if code.casefold() in WORDS_ONLY else code)
        elif code:
            self.strange.setdefault(code, []).append(event.number)
            self._note(event, code)
        elif event.comment or event.modifiers:
            self._note(event, "")
        else:
            self._tell("boris_no_code", event)

    def states(self) -> None:
        """Keep the runs of states: what overlaps on one timer becomes one stretch."""
        tracks: dict[str, list[Run]] = {}
        for run in runs_of(self.one, self.places.parts):
            item = self.places.tracks.get(run.track(self.places.parts[run.start.code]))
            if item is None:  # the behaviour has no room in the form
                self._note(run.start, run.start.code)
                if run.stop is not None:
                    self._note(run.stop, run.stop.code)
                continue
            tracks.setdefault(item, []).append(run)
            if run.stop is None:
                self._tell("boris_unpaired", run.start)
        for item, runs in tracks.items():
            self._track(item, runs)

    def unknown(self) -> None:
        """Say once for each behaviour that the project does not define how often it occurs, and where first."""
        for code, numbers in self.strange.items():
            self.problems.append(
                Problem("boris_unknown", numbers[0], found=code, count=len(numbers), observation=self.one.name)
            )

    def _track(self, item: str, runs: list[Run]) -> None:
        """Keep the runs of one timer, which are in order of their start."""
        open_run = runs[0]
        self._start(item, open_run)
        for run in runs[1:]:
            if run.start.offset_ms < open_run.end_ms:
                self._tell("boris_overlap", run.start)
                if self._text(run.start):
                    self._note(run.start, run.start.code)
                if run.end_ms > open_run.end_ms:
                    open_run = Run(open_run.start, run.stop)
                continue
            self._stop(item, open_run)
            self._start(item, run)
            open_run = run
        self._stop(item, open_run)

    def _start(self, item: str, run: Run) -> None:
        self._add(run.start, EventKind.START, item=item, text=self._text(run.start))

    def _stop(self, item: str, run: Run) -> None:
        if run.stop is not None:
            text = run.stop.comment if run.stop.comment != run.start.comment else ""
            self._add(run.stop, EventKind.STOP, item=item, text=text)

    def _note(self, event: BorisEvent, code: str) -> None:
        if event.code in self.places.ours:
            comment = read_comment(event.comment)
            words = self._text(event, comment.text)
            self._add(event, EventKind.NOTE, text=words or event.code, to=comment.to, tags=comment.tags,
                      private=comment.private, starred=comment.starred)  # fmt: skip
        else:
            words = " · ".join(part for part in (code, self._text(event)) if part)
            self._add(event, EventKind.NOTE, text=words or event.code)

    def _add(
        self,
        event: BorisEvent,
        kind: EventKind,
        *,
        text: str = "",
        item: str = "",
        to: str = "",
        tags: tuple[str, ...] = (),
        private: bool = False,
        starred: bool = False,
    ) -> None:
        if len(text) > MAX_NOTE:
            self._tell("boris_words_cut", event)
        made = Event(
            "", self.visit_id, kind, event.offset_ms, text=text[:MAX_NOTE], speaker=self._speaker(event), to=to,
            item=item, code=event.code if item else "", tags=tags, private=private, starred=starred, source="imported",
        )  # fmt: skip
        # At one moment a stop comes first, as the file's order may have it the other way round.
        self.made.append(((kind is not EventKind.STOP, event.number), made))

    def _speaker(self, event: BorisEvent) -> str:
        if event.subject not in self.speakers:
            self.speakers[event.subject] = speaker_of(event.subject)
        return self.speakers[event.subject]

    def _text(self, event: BorisEvent, comment: str | None = None) -> str:
        """Return the words of an event: a subject that is no speaker, the modifiers, the comment."""
        subject = "" if self._speaker(event) else event.subject
        chosen = [part for part in event.modifiers.split("|") if part and part.casefold() != "none"]
        words = event.comment if comment is None else comment
        return " · ".join(part for part in (subject, ", ".join(chosen), words) if part)

    def _tell(self, rule: str, event: BorisEvent) -> None:
        self.problems.append(Problem(rule, event.number, found=event.code, observation=self.one.name))
