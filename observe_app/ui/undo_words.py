"""What was done, taken back or brought again, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from observe_app.ui import undo_words_groups as groups
from observe_app.ui import undo_words_learning as learning
from observe_app.ui import undo_words_people, undo_words_rounds, undo_words_surveys
from observe_app.ui import undo_words_sessions as sessions

if TYPE_CHECKING:
    from observe_app.domain.changes import Action

_KINDS = {
    "note.add": QT_TRANSLATE_NOOP("undo", "New note"),
    "note.edit": QT_TRANSLATE_NOOP("undo", "Change to a note"),
    "note.retime": QT_TRANSLATE_NOOP("undo", "New time of a note"),
    "note.star": QT_TRANSLATE_NOOP("undo", "Star"),
    "note.private": QT_TRANSLATE_NOOP("undo", "Private mark"),
    "note.delete": QT_TRANSLATE_NOOP("undo", "Deleted note"),
    "note.split": QT_TRANSLATE_NOOP("undo", "Note split in two"),
    "note.join": QT_TRANSLATE_NOOP("undo", "Notes joined"),
    "answer.give": QT_TRANSLATE_NOOP("undo", "Answer in the form"),
    "happening.tally": QT_TRANSLATE_NOOP("undo", "Tally"),
    "happening.untally": QT_TRANSLATE_NOOP("undo", "Tally removed"),
    "happening.start": QT_TRANSLATE_NOOP("undo", "Start of a timer"),
    "happening.stop": QT_TRANSLATE_NOOP("undo", "End of a timer"),
    "happening.stretch": QT_TRANSLATE_NOOP("undo", "Time typed in for a timer"),
    "happening.tick": QT_TRANSLATE_NOOP("undo", "Ticked code"),
    "happening.untick": QT_TRANSLATE_NOOP("undo", "Tick taken away"),
    "happening.same": QT_TRANSLATE_NOOP("undo", "Same codes as before"),
    "happening.comment": QT_TRANSLATE_NOOP("undo", "Words beside a code"),
    "happening.level": QT_TRANSLATE_NOOP("undo", "Level of an interval"),
    "happening.looked": QT_TRANSLATE_NOOP("undo", "Interval without a level"),
    "happening.sweep": QT_TRANSLATE_NOOP("undo", "Sweep"),
    "happening.wait": QT_TRANSLATE_NOOP("undo", "Wait time"),
    "happening.outcome": QT_TRANSLATE_NOOP("undo", "Outcome of a wait"),
    "happening.spoke": QT_TRANSLATE_NOOP("undo", "Who spoke"),
    "lesson.phase": QT_TRANSLATE_NOOP("undo", "Phase of the lesson"),
    "lesson.pause": QT_TRANSLATE_NOOP("undo", "Pause"),
    "lesson.resume": QT_TRANSLATE_NOOP("undo", "End of a pause"),
    "lesson.gap": QT_TRANSLATE_NOOP("undo", "Clock gap"),
    "lesson.clock": QT_TRANSLATE_NOOP("undo", "Correction of the lesson clock"),
    "claim.add": QT_TRANSLATE_NOOP("undo", "New claim"),
    "claim.edit": QT_TRANSLATE_NOOP("undo", "Change to a claim"),
    "claim.delete": QT_TRANSLATE_NOOP("undo", "Deleted claim"),
    "evidence.link": QT_TRANSLATE_NOOP("undo", "New evidence"),
    "evidence.unlink": QT_TRANSLATE_NOOP("undo", "Evidence taken away"),
    "step.add": QT_TRANSLATE_NOOP("undo", "New action step"),
    "step.edit": QT_TRANSLATE_NOOP("undo", "Change to an action step"),
    "step.seen": QT_TRANSLATE_NOOP("undo", "Said that a step was seen"),
    "step.close": QT_TRANSLATE_NOOP("undo", "Closed action step"),
    "step.delete": QT_TRANSLATE_NOOP("undo", "Deleted action step"),
    "journal.add": QT_TRANSLATE_NOOP("undo", "New journal entry"),
    "journal.edit": QT_TRANSLATE_NOOP("undo", "Change to a journal entry"),
    "journal.delete": QT_TRANSLATE_NOOP("undo", "Deleted journal entry"),
    "turn.add": QT_TRANSLATE_NOOP("undo", "Words of the conversation"),
    "turn.edit": QT_TRANSLATE_NOOP("undo", "Change to words of the conversation"),
    "turn.delete": QT_TRANSLATE_NOOP("undo", "Deleted words of the conversation"),
    "talk.start": QT_TRANSLATE_NOOP("undo", "Begin of the conversation"),
    "talk.end": QT_TRANSLATE_NOOP("undo", "End of the conversation"),
    "protocol.choose": QT_TRANSLATE_NOOP("undo", "Choice of the protocol"),
    "protocol.keep": QT_TRANSLATE_NOOP("undo", "Own protocol"),
    "protocol.drop": QT_TRANSLATE_NOOP("undo", "Removed protocol"),
    "visit.plan": QT_TRANSLATE_NOOP("undo", "New visit"),
    "visit.edit": QT_TRANSLATE_NOOP("undo", "Change to the visit"),
    "visit.stage": QT_TRANSLATE_NOOP("undo", "New stage"),
    "visit.form": QT_TRANSLATE_NOOP("undo", "Choice of the form"),
    "visit.seating": QT_TRANSLATE_NOOP("undo", "Seating plan"),
    "visit.person": QT_TRANSLATE_NOOP("undo", "Choice of a person"),
    "visit.delete": QT_TRANSLATE_NOOP("undo", "Deleted visit"),
    "visit.restore": QT_TRANSLATE_NOOP("undo", "Visit brought back"),
    "person.add": QT_TRANSLATE_NOOP("undo", "New person"),
    "person.edit": QT_TRANSLATE_NOOP("undo", "Change to a person"),
    "person.delete": QT_TRANSLATE_NOOP("undo", "Deleted person"),
    **undo_words_people.KINDS,
    **undo_words_rounds.KINDS,
    "form.start": QT_TRANSLATE_NOOP("undo", "New form"),
    "form.edit": QT_TRANSLATE_NOOP("undo", "Change to a form"),
    "form.publish": QT_TRANSLATE_NOOP("undo", "New version of a form"),
    "form.discard": QT_TRANSLATE_NOOP("undo", "Discarded draft of a form"),
    "form.remove": QT_TRANSLATE_NOOP("undo", "Removed form"),
    "form.import": QT_TRANSLATE_NOOP("undo", "Imported form"),
    "import.notes": QT_TRANSLATE_NOOP("undo", "Imported notes"),
    "import.boris": QT_TRANSLATE_NOOP("undo", "Imported observation"),
    "import.people": QT_TRANSLATE_NOOP("undo", "Imported people"),
    "reply.import": QT_TRANSLATE_NOOP("undo", "Reply taken in"),
    "reply.type": QT_TRANSLATE_NOOP("undo", "Reply typed in"),
    "reply.seen": QT_TRANSLATE_NOOP("undo", "Reply looked at"),
    "reply.edit": QT_TRANSLATE_NOOP("undo", "Change to a reply typed in"),
    "name.replace": QT_TRANSLATE_NOOP("undo", "Other words for a name"),
    "reader.set": QT_TRANSLATE_NOOP("undo", "Who else may read it"),
    "reader.share": QT_TRANSLATE_NOOP("undo", "Who is sent it through the shared folder"),
    "visit.share": QT_TRANSLATE_NOOP("undo", "Sent to the teacher through the shared folder"),
    "visit.purge": QT_TRANSLATE_NOOP("undo", "Visit erased for good"),
    "person.link": QT_TRANSLATE_NOOP("undo", "Colleague of the shared folder"),
    "release.release": QT_TRANSLATE_NOOP("undo", "Released to the teacher"),
    "release.correction": QT_TRANSLATE_NOOP("undo", "Corrected, and released again"),
    "release.withdrawal": QT_TRANSLATE_NOOP("undo", "Withdrawn"),
    "release.taken_back": QT_TRANSLATE_NOOP("undo", "Release taken back"),
    "copy.add": QT_TRANSLATE_NOOP("undo", "Copy that went out"),
    "also.use": QT_TRANSLATE_NOOP("undo", "Choice of what is shown"),
    "also.merge": QT_TRANSLATE_NOOP("undo", "Words written together"),
    "also.keep": QT_TRANSLATE_NOOP("undo", "Choice to keep"),
    "also.delete": QT_TRANSLATE_NOOP("undo", "Choice to delete"),
    **sessions.KINDS,
    **undo_words_surveys.KINDS,
    **groups.KINDS,
    **learning.KINDS,
    "undo": QT_TRANSLATE_NOOP("undo", "Taken back"),
    "redo": QT_TRANSLATE_NOOP("undo", "Brought back"),
}

_FIELDS = {
    ("visit", "class_name"): QT_TRANSLATE_NOOP("undo", "Class"),
    ("visit", "subject"): QT_TRANSLATE_NOOP("undo", "Subject"),
    ("visit", "topic"): QT_TRANSLATE_NOOP("undo", "Topic"),
    ("visit", "room"): QT_TRANSLATE_NOOP("undo", "Room"),
    ("visit", "class_size"): QT_TRANSLATE_NOOP("undo", "Class size"),
    ("visit", "start"): QT_TRANSLATE_NOOP("undo", "Date and time"),
    ("visit", "minutes"): QT_TRANSLATE_NOOP("undo", "Minutes"),
    ("visit", "focus"): QT_TRANSLATE_NOOP("undo", "Focus"),
    ("visit", "looking_for"): QT_TRANSLATE_NOOP("undo", "Looking for"),
    ("visit", "context"): QT_TRANSLATE_NOOP("undo", "Context"),
    ("visit", "preparation"): QT_TRANSLATE_NOOP("undo", "Notes of the meeting"),
    ("visit", "conversation"): QT_TRANSLATE_NOOP("undo", "Conversation"),
    ("turn", "text"): QT_TRANSLATE_NOOP("undo", "Words of the conversation"),
    ("release", "why"): QT_TRANSLATE_NOOP("undo", "Reason"),
    ("release_copy", "file_name"): QT_TRANSLATE_NOOP("undo", "File"),
    ("reader", "name"): QT_TRANSLATE_NOOP("undo", "Reader"),
    ("visit", "form_title"): QT_TRANSLATE_NOOP("undo", "Form"),
    ("event", "text"): QT_TRANSLATE_NOOP("undo", "Note"),
    ("event", "speaker"): QT_TRANSLATE_NOOP("undo", "Speaker"),
    ("claim", "title"): QT_TRANSLATE_NOOP("undo", "Heading"),
    ("claim", "text"): QT_TRANSLATE_NOOP("undo", "Claim"),
    ("action_step", "text"): QT_TRANSLATE_NOOP("undo", "Action step"),
    ("action_step", "help"): QT_TRANSLATE_NOOP("undo", "Help"),
    ("reply", "overall"): QT_TRANSLATE_NOOP("undo", "Reply"),
    ("answer", "comment"): QT_TRANSLATE_NOOP("undo", "Comment"),
    ("person", "name"): QT_TRANSLATE_NOOP("undo", "Name"),
    **sessions.FIELDS,
    **groups.FIELDS,
    **learning.FIELDS,
    **undo_words_rounds.FIELDS,
}


def _words(text: object) -> str:
    lookup = QCoreApplication.translate  # the literals are marked in the tables above
    return lookup("undo", str(text))


def what_was_done(kind: str) -> str:
    """Return an action kind in words, such as "New note"; one that is not known is a change."""
    return _words(_KINDS.get(kind, QT_TRANSLATE_NOOP("undo", "Change")))


def field_name(table: str, column: str) -> str:
    """Return the name of a field that holds words; "" for one that nobody would look for in a history."""
    known = _FIELDS.get((table, column))
    return _words(known) if known else ""


def undone_sentence(action: Action, *, undoing: bool) -> str:
    """Return what to say after an action was taken back, or brought back again."""
    tr = QCoreApplication.translate
    if action.skipped:
        text = tr("undo", "{what}: taken back, except what has changed again since.")
    elif undoing:
        text = tr("undo", "{what}: taken back. Ctrl Shift Z brings it again.")
    else:
        text = tr("undo", "{what}: brought back. Ctrl Z takes it back.")
    return text.format(what=what_was_done(action.kind))
