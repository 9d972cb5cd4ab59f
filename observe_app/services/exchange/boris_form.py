"""A form out of a BORIS ethogram: a tally for each point behaviour, a timer for each state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.domain.form_ids import slug, unique_id
from observe_app.services.exchange.boris_runs import Timers, Track, plan_timers, runs_of
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.forms.limits import MAX_ITEMS, MAX_LABEL, MAX_SECTIONS, MAX_TEXT

if TYPE_CHECKING:
    from observe_app.services.exchange.boris_file import Behaviour, BorisProject

OURS = "Observe"
"""Category of the behaviours that our own export adds for what is no item: notes, phases, pauses, who speaks."""

NOTE, PHASE, PAUSE, RESUME, SPEAKS = "note", "phase", "pause", "resume", "speaks"
WORDS_ONLY = frozenset({NOTE, "notes", "comment", "comments", "remark", "remarks"})
_MARKS = frozenset({PHASE, PAUSE, RESUME})


@dataclass(frozen=True, slots=True)
class Places:
    """Where the events of a project go.

    Attributes:
        form: the form that is made, or that the person chose; None where there is nothing to count or time.
        points: behaviour to the id of a tally. tracks: what a timer is of to its id.
        parts: behaviour to the number of parts that tell its timers apart.
        words: behaviours whose events are notes. ours: those of them that our own export wrote.
        marks: behaviours of our own that are phases and pauses.
    """

    form: Form | None
    points: dict[str, str]
    tracks: dict[Track, str]
    parts: dict[str, int]
    words: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def items_of(self, code: str) -> tuple[str, ...]:
        """Return the ids of the items that a behaviour's events go to; none for words and what is not known."""
        found = [self.points[code]] if code in self.points else []
        return tuple(dict.fromkeys([*found, *(item for track, item in self.tracks.items() if track[0] == code)]))


def word_codes(project: BorisProject) -> frozenset[str]:
    """Return the behaviours that only carry words: their events become notes.

    In a project of ours that is what our export calls so; elsewhere a point called "note" or "comment" of which every
    event has a comment.
    """
    named = [one for one in project.behaviours if not one.state and one.code.casefold() in WORDS_ONLY]
    ours = any(one.category == OURS for one in project.behaviours)
    bare = {event.code for one in project.observations for event in one.events if not event.comment}
    return frozenset(
        one.code for one in named if (one.category == OURS if ours else one.code not in bare)
    )  # fmt: skip


def is_mark(one: Behaviour) -> bool:
    """Whether a behaviour is one that our export adds for phases and pauses."""
    return not one.state and one.category == OURS and one.code in _MARKS


def own_places(project: BorisProject) -> Places:
    """Return the form of a project's ethogram, and where every event goes in it."""
    words = word_codes(project)
    marks = frozenset(one.code for one in project.behaviours if is_mark(one))
    kept = [one for one in project.behaviours if one.code not in words | marks]
    timers = plan_timers(kept, project.observations)
    problems = [Problem("boris_not_exclusive", found=shortened(", ".join(one))) for one in timers.unclean]
    wanted = _wanted(project, kept, timers)
    if len(wanted) > MAX_ITEMS:
        timers = Timers(dict.fromkeys(timers.parts, 0))
        wanted = _wanted(project, kept, timers)
        problems.append(Problem("boris_items_cut", found=str(MAX_ITEMS), count=max(0, len(wanted) - MAX_ITEMS)))
        used = {event.code for observation in project.observations for event in observation.events}
        wanted = sorted(wanted, key=lambda pair: pair[1][0] not in used)[:MAX_ITEMS]
    problems += [
        Problem("boris_split", found=shortened(code)) for code, parts in timers.parts.items() if parts and code
    ]
    items: dict[Track, tuple[Behaviour, Item]] = {}
    taken: set[str] = set()
    subjects = {subject: str(place) for place, subject in enumerate(sorted({t[1] for _one, t in wanted if t[1:]}), 1)}
    for one, track in wanted:
        item = _item(one, track, _group(one, track, timers, subjects), taken)
        taken.add(item.id)
        items[track] = one, item
    points = {track[0]: item.id for track, (one, item) in items.items() if not one.state}
    tracks = {track: item.id for track, (one, item) in items.items() if one.state}
    form = _form(project, list(items.values())) if items else None
    return Places(form, points, tracks, timers.parts, words, marks, _our_notes(project), tuple(problems))


def mapped_places(project: BorisProject, form: Form, mapping: dict[str, str]) -> Places:
    """Return where events go in a form that is there already. A behaviour mapped to "" becomes notes.

    What the mapping does not name goes to the item that has its code as id or label and is of its kind.
    """
    kinds = {item.id: item.kind for item in form.items}
    points: dict[str, str] = {}
    tracks: dict[Track, str] = {}
    only_words = word_codes(project)
    for one in project.behaviours:
        if is_mark(one):
            continue
        wanted = ItemKind.TIMER if one.state else ItemKind.TALLY
        item_id = mapping[one.code] if one.code in mapping else "" if one.code in only_words else suggested(one, form)
        if item_id and kinds.get(item_id) is wanted:
            if one.state:
                tracks[one.code,] = item_id
            else:
                points[one.code] = item_id
    words = frozenset(one.code for one in project.behaviours) - points.keys() - {track[0] for track in tracks}
    marks = frozenset(one.code for one in project.behaviours if is_mark(one))
    return Places(
        form,
        points,
        tracks,
        dict.fromkeys((track[0] for track in tracks), 0),
        words - marks,
        marks,
        _our_notes(project),
    )


def _our_notes(project: BorisProject) -> frozenset[str]:
    return frozenset(one.code for one in project.behaviours if one.category == OURS and one.code == NOTE)


def suggested(one: Behaviour, form: Form) -> str:
    """Return the id of the form's item that a behaviour seems to be, "" for none."""
    kind = ItemKind.TIMER if one.state else ItemKind.TALLY
    for item in form.items:
        names = {item.id.casefold(), *(text.casefold() for _language, text in item.label)}
        if item.kind is kind and one.code.casefold() in names:
            return item.id
    return ""


def _wanted(project: BorisProject, kept: list[Behaviour], timers: Timers) -> list[tuple[Behaviour, Track]]:
    """Return every item to be made: its behaviour, and what it is of; a state that never occurs has one as well."""
    states = [one.code for one in kept if one.state]
    tracks: dict[str, dict[Track, None]] = {code: {} for code in states}
    for observation in project.observations:
        for run in runs_of(observation, states):
            tracks[run.start.code][run.track(timers.parts[run.start.code])] = None
    return [
        (one, track) for one in kept for track in (sorted(tracks.get(one.code, ())) or [(one.code,)])
    ]  # fmt: skip


def _group(one: Behaviour, track: Track, timers: Timers, subjects: dict[str, str]) -> str:
    """Return the group of a timer. With one for each subject, a subject's states exclude each other, nobody else's."""
    place = next((place for place, members in enumerate(timers.groups, start=1) if one.code in members), 0)
    if not place:
        return ""
    return "-".join(("group", str(place), *(subjects[subject] for subject in track[1:2])))


def _item(one: Behaviour, track: Track, group: str, taken: set[str]) -> Item:
    label = " · ".join((one.code, *(part for part in track[1:] if part)))[:MAX_LABEL].strip()
    words = one.description[:MAX_TEXT].strip()
    kind = ItemKind.TIMER if one.state else ItemKind.TALLY
    item_id = unique_id(slug(label) or "behaviour", taken)
    return Item(item_id, kind, (("", label),), (("", words),) if words else (), group=group)


def _form(project: BorisProject, items: list[tuple[Behaviour, Item]]) -> Form:
    sections: dict[str, list[Item]] = {}
    names = {one.category for one, _item_made in items if one.category != OURS}
    for one, item in items:
        name = one.category if one.category != OURS and len(names) < MAX_SECTIONS else ""
        sections.setdefault(name, []).append(item)
    made: list[Section] = []
    for name, members in sections.items():
        taken = {section.id for section in made}
        title = name or "Behaviours"
        made.append(Section(unique_id(slug(title) or "section", taken), (("", title),), tuple(members)))
    title = f"BORIS: {project.name}"[:MAX_LABEL]
    return Form(
        f"boris-{slug(project.name) or 'project'}",
        1,
        (("", title),),
        (("", project.description[:MAX_TEXT].strip() or "The behaviours of a BORIS project."),),
        tuple(made),
        source="BORIS",
    )
