"""The form's items with what was answered and what happened, section by section."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.form import EVENT_KINDS, ItemKind, text_in
from observe_app.domain.show_when import shown_items
from observe_app.services.item_words import happened, interval_base, interval_rows, is_other, said
from observe_app.services.pdf.document import ChecklistItem, ChecklistSection, ShareLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from observe_app.domain.answer import Answer
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item, Section
    from observe_app.services.item_words import Happened
    from observe_app.services.pdf.words import Words


@dataclass(frozen=True, slots=True)
class Proof:
    """A note that an answer rests on: its id and its place on the lesson clock."""

    event: str
    time: str


def checklist(
    form: Form,
    answers: Mapping[str, Answer],
    events: Sequence[Event],
    minutes: float,
    evidence: Callable[[str], tuple[Proof, ...]],
    language: str,
    words: Words,
    *,
    told: Callable[[str], bool] = bool,
    before: Mapping[str, int] | None = None,
) -> tuple[ChecklistSection, ...]:
    """Return the items that were asked, in the form's order; nothing where not one of them was touched.

    Args:
        form: the visit's own snapshot.
        answers: by item id.
        events: those that may be read.
        minutes: length of the lesson.
        evidence: the notes that an item's answer rests on.
        language: of the form's texts.
        words: fixed words.
        told: whether an item may be told at all; by default every one.
        before: levels that the visit before gave, as numbers by item id.
    """
    touched = any(_touched(answer) for answer in answers.values() if told(answer.item))
    counted = {item.id for item in form.items if item.kind in EVENT_KINDS and told(item.id)}
    if not touched and not any(event.item in counted for event in events):
        return ()
    shown, found = shown_items(form, answers), happened(form, events, minutes)
    shown = frozenset(item_id for item_id in shown if told(item_id))
    maker = _Maker(form, answers, found, evidence, language, words, before or {})
    made = [maker.section(section, shown) for section in form.sections]
    return tuple(section for section in made if section.items)


def _touched(answer: Answer) -> bool:
    return answer.value is not None or answer.absence is not Absence.UNANSWERED or bool(answer.comment.strip())


class _Maker:
    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Answer],
        found: Happened,
        evidence: Callable[[str], tuple[Proof, ...]],
        language: str,
        words: Words,
        before: Mapping[str, int],
    ) -> None:
        self.before = before
        self.form, self.answers, self.found, self.evidence = form, answers, found, evidence
        self.language, self.words = language, words

    def section(self, section: Section, shown: frozenset[str]) -> ChecklistSection:
        asked = [item for item in section.items if item.id in shown and self._is_told(item)]
        return ChecklistSection(text_in(section.title, self.language), tuple(map(self.item, asked)))

    def _is_told(self, item: Item) -> bool:
        """Whether the reader is told of an item: guidance is for the observer, and an empty page says nothing."""
        answer = self.answers.get(item.id)
        written = item.kind is not ItemKind.TEXT or (answer is not None and _touched(answer))
        return item.kind is not ItemKind.GUIDANCE and (written or bool(self.evidence(item.id)))

    def item(self, item: Item) -> ChecklistItem:
        answer, proofs = self.answers.get(item.id), self.evidence(item.id)
        made = ChecklistItem(
            "text",
            text_in(item.label, self.language),
            evidence=tuple(proof.time for proof in proofs),
            comment=answer.comment if answer is not None else "",
            rests=tuple(proof.event for proof in proofs),
            id=item.id,
        )
        if item.kind in EVENT_KINDS or item.kind in {ItemKind.CHOICE, ItemKind.CHOICES, ItemKind.NUMBER}:
            return self._value(item, answer, made)
        value = answer.value if answer is not None and answer.absence is None else None
        made = replace(made, absence="" if value is not None and value != "" else self.absent(answer))
        if item.kind is ItemKind.RATING:
            return self._rating(item, value, made)
        told = "" if made.absence else str(value)
        if item.kind is ItemKind.CHECK:
            return replace(made, kind="check", answer={"yes": self.words.yes, "no": self.words.no}.get(told, told))
        return replace(made, answer=told)

    def _value(self, item: Item, answer: Answer | None, made: ChecklistItem) -> ChecklistItem:
        told = said(item, answer, self.found, self.words.items, self.language)
        comment = "" if is_other(answer) else made.comment
        if item.kind is ItemKind.INTERVAL and told:
            base = interval_base(item, self.found, self.words.items)
            return replace(made, kind="interval", answer=base, comment=comment, shares=self.shares(item))
        return replace(made, kind="value", answer=told, absence="" if told else self.absent(answer), comment=comment)

    def _rating(self, item: Item, value: object, made: ChecklistItem) -> ChecklistItem:
        levels = tuple(text_in(level.label, self.language) or str(level.number) for level in item.levels)
        places = {level.number: at for at, level in enumerate(item.levels)}
        index = places.get(value) if isinstance(value, int) else None
        # a value outside the scale is told as it is rather than dropped or moved onto a level
        told = levels[index] if index is not None else "" if made.absence else str(value)
        last = places.get(self.before.get(item.id, -1))
        return replace(
            made, kind="rating", levels=levels, level=index, answer=told, last=last if last != index else None
        )

    def shares(self, item: Item) -> tuple[ShareLine, ...]:
        head = text_in(self.form.scale_label(item), self.language)
        rows = interval_rows(item, self.found, self.words.items, self.language, level=head)
        return tuple(
            ShareLine(
                row.label,
                self.words.items.share.format(n=row.count, of=row.of),
                round(row.count / row.of, 4) if row.of else 0.0,
                row.side,
                row.parts,
            )
            for row in rows
        )

    def absent(self, answer: Answer | None) -> str:
        kind = (answer.absence if answer is not None else None) or Absence.UNANSWERED
        return {
            Absence.UNANSWERED: self.words.unanswered,
            Absence.NOT_SEEN: self.words.not_seen,
            Absence.NOT_LOOKED_FOR: self.words.not_looked_for,
            Absence.NOT_APPLICABLE: self.words.not_applicable,
        }[kind]
