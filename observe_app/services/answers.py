"""Answers to the items of a visit's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.answer_rules import checked_answer
from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.ids import natural_id
from observe_app.domain.note_line import clean_note
from observe_app.domain.visit import MAX_TEXT
from observe_app.services import visits

if TYPE_CHECKING:
    from observe_app.domain.answer import AnswerValue
    from observe_app.services.core import Core


def all_of(core: Core, visit_id: str) -> dict[str, Answer]:
    """Return a visit's answers by item id; an item never touched is not in it."""
    with core.store.read() as unit:
        return {answer.item: answer for answer in unit.answers.of_visit(visit_id)}


def open_answer(core: Core, *, visit_id: str, item: str) -> Opened[Answer]:
    """Return one answer for an editor; an item never touched is unanswered."""
    with core.store.read() as unit:
        return Opened(unit.answers.get(visit_id, item), unit.seen(("answer", natural_id("answer", visit_id, item))))


def open_all(core: Core, visit_id: str) -> Opened[dict[str, Answer]]:
    """Return a visit's answers by item id, for an editor that shows them all; untouched items are not in it."""
    with core.store.read() as unit:
        found = {answer.item: answer for answer in unit.answers.of_visit(visit_id)}
        rows = [("answer", natural_id("answer", visit_id, item)) for item in found]
        return Opened(found, unit.seen(*rows) if rows else NOTHING_SEEN)


def give(
    core: Core,
    *,
    visit_id: str,
    item: str,
    value: AnswerValue = None,
    absence: Absence | None = None,
    comment: str | None = None,
    seen: Seen,
) -> Opened[Answer]:
    """Answer an item, or say why there is no answer.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of an item of the form the visit keeps.
        value: as `domain.answer.Answer` describes for each kind; None with an absence.
        absence: why there is no value; `UNANSWERED` clears the answer.
        comment: words beside it, those of "other" too; None leaves them as they are.
        seen: what the answer's editor displayed.

    Raises:
        Invalid: the form's rules refuse the value. NotFound: no such item or visit.
    """
    with core.store.write("answer.give", scope=visit_id, seen=seen) as unit:
        # Read within the unit: another window may be choosing another form at this moment.
        form = visits.form_of(unit.visits.get(visit_id))
        found = form.item(item) if form else None
        if found is None:
            raise NotFound("item", item)
        value, absence = checked_answer(found, value, absence)
        before = unit.answers.get(visit_id, item)
        words = before.comment if comment is None else clean_note(comment)
        if len(words) > MAX_TEXT:
            raise Invalid("comment", words[:40], "too_long", str(MAX_TEXT))
        unit.answers.put(Answer(visit_id, item, value, absence, words, core.clock.now()))
        unit.commit()
    return open_answer(core, visit_id=visit_id, item=item)
