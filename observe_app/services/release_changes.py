"""What differs between two revisions of a visit's feedback, in sentences that stand in the later one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services.pdf.change_words import ChangeWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.document import ChecklistItem, Claim, ReportDocument, Step


_LONGEST = 80


def changes(before: ReportDocument, after: ReportDocument, words: ChangeWords | None = None) -> tuple[str, ...]:
    """Return what a reader of `before` finds different in `after`; () where both tell the same.

    Args:
        before: the earlier revision.
        after: the later one.
        words: fixed words; English when None.
    """
    said = words or ChangeWords()
    found = [
        *_claims(before, after, said),
        *_steps(before.steps, after.steps, said),
        *_answers(before, after, said),
        *_rest(before, after, said),
    ]
    if not found and _told(before) != _told(after):
        found.append(said.rest)
    return tuple(found)


def _told(document: ReportDocument) -> object:
    """Return what a reader is told of this visit itself.

    Replies, the state of steps and whatever later visits add come by themselves: they call for no new revision.
    """
    claims = [(claim.id, claim.title, claim.text, _evidence(claim)) for claim in document.claims]
    notes = [(note.event, note.time, note.speaker, note.text, note.tags) for note in document.notes]
    answers = [(key, _whole(item)) for key, item in _items(document).items()]
    steps = [_agreed(step) for step in document.steps]
    return (claims, notes, answers, steps, document.sheets, document.observed_led)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _claims(before: ReportDocument, after: ReportDocument, words: ChangeWords) -> Iterator[str]:
    places = (("strengths", words.strengths), ("growth", words.growth), ("questions", words.questions))
    was = {claim.id: (claim, place) for kind, place in places for claim in getattr(before, kind)}
    now = {claim.id: (claim, place) for kind, place in places for claim in getattr(after, kind)}
    for key, (claim, place) in now.items():
        title = _name(claim)
        if key not in was:
            yield words.added.format(title=title)
            continue
        old, old_place = was[key]
        if place != old_place:
            yield words.moved.format(place=place, title=title)
        if (claim.title, claim.text) != (old.title, old.text):
            yield words.reworded.format(title=title)
        if _evidence(claim) != _evidence(old):
            yield words.evidence.format(title=title)
    for key, (claim, _place) in was.items():
        if key not in now:
            yield words.removed.format(title=_name(claim))


def _name(claim: Claim) -> str:
    return _short(claim.title or claim.text or "…")


def _evidence(claim: Claim) -> tuple[object, ...]:
    quotes = [(quote.event, quote.text) for quote in (*claim.quotations, *claim.further)]
    return (sorted(quotes), [(view.key, view.text) for view in claim.views])


def _steps(before: tuple[Step, ...], after: tuple[Step, ...], words: ChangeWords) -> Iterator[str]:
    was, now = {step.id: step for step in before}, {step.id: step for step in after}
    for key, step in now.items():
        if key not in was:
            yield words.step_added.format(title=_short(step.text))
        elif _agreed(step) != _agreed(was[key]):
            yield words.step_changed.format(title=_short(step.text))
    for key, step in was.items():
        if key not in now:
            yield words.step_removed.format(title=_short(step.text))


def _agreed(step: Step) -> tuple[object, ...]:
    return (step.text, step.by, step.owner, step.help, step.practice, step.notice)


def _answers(before: ReportDocument, after: ReportDocument, words: ChangeWords) -> Iterator[str]:
    was, now = _items(before), _items(after)
    for key, item in now.items():
        told = _answer(item) or words.nothing
        if key not in was:
            if not _blank(item, words):
                yield words.answer_new.format(title=_short(item.label), after=_short(told))
        elif _whole(item) != _whole(was[key]):
            yield words.answer.format(
                title=_short(item.label), after=_short(told), before=_short(_answer(was[key]) or words.nothing)
            )
    for key, item in was.items():
        if key not in now and not _blank(item, words):
            yield words.answer_gone.format(title=_short(item.label))


def _items(document: ReportDocument) -> dict[tuple[str, str, int], ChecklistItem]:
    found: dict[tuple[str, str, int], ChecklistItem] = {}
    for section in document.checklist:
        for item in section.items:
            # two items of a section may be called alike: the first, the second, … of that name are compared
            number = 0
            while (section.title, item.label, number) in found:
                number += 1
            found[section.title, item.label, number] = item
    return found


def _answer(item: ChecklistItem) -> str:
    level = item.levels[item.level] if item.level is not None and 0 <= item.level < len(item.levels) else ""
    return item.answer or level or item.absence


def _blank(item: ChecklistItem, words: ChangeWords) -> bool:
    """Whether an item says nothing: that it came or went is not worth a sentence."""
    return not item.comment.strip() and _answer(item) in {"", words.nothing}


def _whole(item: ChecklistItem) -> tuple[object, ...]:
    return (item.level, item.answer, item.absence, item.comment, item.evidence, item.shares)


def _rest(before: ReportDocument, after: ReportDocument, words: ChangeWords) -> Iterator[str]:
    if (before.focus, before.looking_for) != (after.focus, after.looking_for):
        yield words.focus
    if (before.conversation, before.turns) != (after.conversation, after.turns):
        yield words.conversation
    if _lesson(before) != _lesson(after):
        yield words.lesson
    less = len({note.event for note in before.notes} - {note.event for note in after.notes})
    more = len({note.event for note in after.notes} - {note.event for note in before.notes})
    if more:
        yield words.notes_more.format(n=more)
    if less:
        yield words.notes_less.format(n=less)
    if before.readers != after.readers:
        yield words.readers.format(names=", ".join(after.readers) or words.nothing)


def _lesson(document: ReportDocument) -> tuple[str, ...]:
    return (document.teacher, document.observer, document.class_line, document.when)
