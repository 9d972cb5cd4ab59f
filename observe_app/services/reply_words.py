"""What can be said of a teacher's reply that came in, and of a file that holds none, in words.

The sentences about errors are literals in the context "errors", those about a reply in the context "replies"; the
window translates both, the command line does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a reply that was read.

    Attributes:
        rule: stable name, a key of `REMARKS`. found: the word or number that fills its sentence.
        count: a second number, 0 without.
    """

    rule: str
    found: str = ""
    count: int = 0


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


REMARKS: dict[str, str] = {
    "same_file": QT_TRANSLATE_NOOP("replies", "This file is in the record already; nothing was added."),
    "same_words": QT_TRANSLATE_NOOP("replies", "It says the same as the reply that came before it."),
    "earlier": QT_TRANSLATE_NOOP("replies", "It is kept beside {count} earlier; the newest is shown first."),
    "old_revision": QT_TRANSLATE_NOOP("replies", "It answers revision {found}; revision {count} is the newest."),
    "taken_back": QT_TRANSLATE_NOOP("replies", "It answers revision {found}, which was taken back."),
    "withdrawn": QT_TRANSLATE_NOOP("replies", "It answers revision {found}, which was withdrawn."),
    "claims_gone": QT_TRANSLATE_NOOP(
        "replies", "{count} answered points are no longer in the record; they are shown as in revision {found}."
    ),
    "points_unknown": QT_TRANSLATE_NOOP(
        "replies", "{count} answers belong to no point of revision {found}; they are kept in the file only."
    ),
    "cut": QT_TRANSLATE_NOOP(
        "replies", "{count} answers are longer than {found} characters and were cut; the file has all of them."
    ),
    "unread": QT_TRANSLATE_NOOP("replies", "{count} fields could not be read; the file is kept as it came."),
    "stance_unknown": QT_TRANSLATE_NOOP("replies", "{count} ticks are none of those offered and were left out."),
    "no_attachment": QT_TRANSLATE_NOOP(
        "replies", "The file lost what it carries for the program; the reference on its pages told the visit."
    ),
    "signs_lost": QT_TRANSLATE_NOOP(
        "replies", "{count} signs, emoji perhaps, were spoilt by the program that the file was filled in with."
    ),
    "joined": QT_TRANSLATE_NOOP(
        "replies", "Several feedbacks are joined in this file; only one was read. Ask for the others one by one."
    ),
    "xfa": QT_TRANSLATE_NOOP("replies", "The file also has a form of another kind (XFA), which is not read."),
    "script": QT_TRANSLATE_NOOP("replies", "The file carries a script or a command; nothing of it was run."),
    "unlocked": QT_TRANSLATE_NOOP("replies", "The file was protected against changes, without a password to read it."),
    "readers": QT_TRANSLATE_NOOP("replies", "May read the visit from now on: {found}."),
    "readers_cut": QT_TRANSLATE_NOOP("replies", "Only the first {count} names of readers were taken."),
    "name_differs": QT_TRANSLATE_NOOP("replies", "It is signed “{found}”, which is not the teacher's name here."),
}

ERRORS: dict[str, tuple[str, ...]] = {
    "ReplyProblem": (
        QT_TRANSLATE_NOOP("errors", "No reply in this file"),
        QT_TRANSLATE_NOOP("errors", "{path} could not be read as a reply. {detail}"),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "ReplyProblem.not_a_pdf": (
        QT_TRANSLATE_NOOP("errors", "This is no PDF"),
        QT_TRANSLATE_NOOP("errors", "{path} is not a PDF, whatever its ending says."),
        QT_TRANSLATE_NOOP("errors", "Ask for the filled PDF itself. Nothing was changed."),
    ),
    "ReplyProblem.half": (
        QT_TRANSLATE_NOOP("errors", "The file is not whole"),
        QT_TRANSLATE_NOOP("errors", "The end of {path} is missing: it was not copied or sent completely."),
        QT_TRANSLATE_NOOP("errors", "Copy it again, or ask for it once more. Nothing was changed."),
    ),
    "ReplyProblem.damaged": (
        QT_TRANSLATE_NOOP("errors", "The file is damaged"),
        QT_TRANSLATE_NOOP("errors", "{path} is a PDF, but what is in it cannot be read."),
        QT_TRANSLATE_NOOP("errors", "Ask for it once more, or type the reply in. Nothing was changed."),
    ),
    "ReplyProblem.encrypted": (
        QT_TRANSLATE_NOOP("errors", "The file is protected"),
        QT_TRANSLATE_NOOP("errors", "{path} opens with a password only."),
        QT_TRANSLATE_NOOP("errors", "Ask for a copy without a password. Nothing was changed."),
    ),
    "ReplyProblem.too_large": (
        QT_TRANSLATE_NOOP("errors", "The file is too large"),
        QT_TRANSLATE_NOOP("errors", "{path} is larger than a reply can be ({detail})."),
        QT_TRANSLATE_NOOP("errors", "Ask for the filled PDF itself, not a scan. Nothing was changed."),
    ),
    "ReplyProblem.too_many": (
        QT_TRANSLATE_NOOP("errors", "Too much in this file"),
        QT_TRANSLATE_NOOP("errors", "{path} has more fields than feedback can have ({detail})."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "ReplyProblem.too_slow": (
        QT_TRANSLATE_NOOP("errors", "The file takes too long"),
        QT_TRANSLATE_NOOP("errors", "{path} is built in a way that could not be read in {detail} s."),
        QT_TRANSLATE_NOOP("errors", "Ask for it once more, or type the reply in. Nothing was changed."),
    ),
    "ReplyProblem.foreign": (
        QT_TRANSLATE_NOOP("errors", "This is another kind of PDF"),
        QT_TRANSLATE_NOOP("errors", "{path} is no feedback that Observe wrote, or only a picture of it."),
        QT_TRANSLATE_NOOP("errors", "A printed or scanned reply can be typed in. Nothing was changed."),
    ),
    "ReplyProblem.draft": (
        QT_TRANSLATE_NOOP("errors", "This is a draft"),
        QT_TRANSLATE_NOOP("errors", "{path} was never released, so it has no room for a reply."),
        QT_TRANSLATE_NOOP("errors", "Release the feedback and send that file. Nothing was changed."),
    ),
    "ReplyProblem.no_form": (
        QT_TRANSLATE_NOOP("errors", "No reply in this file"),
        QT_TRANSLATE_NOOP("errors", "{path} ({teacher}, {date}, {reference}) has no fields to reply in."),
        QT_TRANSLATE_NOOP("errors", "The teacher replies in the copy that was made for them. Nothing was changed."),
    ),
    "ReplyProblem.flattened": (
        QT_TRANSLATE_NOOP("errors", "The fields became a picture"),
        QT_TRANSLATE_NOOP("errors", "{path} ({teacher}, {date}, {reference}) was printed to a new file."),
        QT_TRANSLATE_NOOP("errors", "Ask for the PDF as it was saved, or type the reply in. Nothing was changed."),
    ),
    "ReplyProblem.empty": (
        QT_TRANSLATE_NOOP("errors", "Nothing is filled in"),
        QT_TRANSLATE_NOOP("errors", "{path} is the feedback for {teacher} of {date}, and its reply is empty."),
        QT_TRANSLATE_NOOP(
            "errors", "Perhaps it was filled in and not saved; ask for it once more. Nothing was changed."
        ),
    ),
    "ReplyProblem.other_visit": (
        QT_TRANSLATE_NOOP("errors", "The visit is not here"),
        QT_TRANSLATE_NOOP("errors", "{path} answers a visit that is not in this record: {teacher}, {date}, {school}."),
        QT_TRANSLATE_NOOP("errors", "Hand it to whoever made that visit. Nothing was changed."),
    ),
    "ReplyProblem.visit_deleted": (
        QT_TRANSLATE_NOOP("errors", "The visit was deleted"),
        QT_TRANSLATE_NOOP("errors", "{path} answers the visit to {teacher} of {date}, which lies in the bin."),
        QT_TRANSLATE_NOOP("errors", "Bring the visit back, then take the reply in. Nothing was changed."),
    ),
    "ReplyProblem.other_release": (
        QT_TRANSLATE_NOOP("errors", "The revision is not here"),
        QT_TRANSLATE_NOOP(
            "errors", "{path} answers a revision of the visit to {teacher} of {date} that this record does not have."
        ),
        QT_TRANSLATE_NOOP("errors", "It was released on another computer, or from a backup. Nothing was changed."),
    ),
    "ReplyProblem.newer": (
        QT_TRANSLATE_NOOP("errors", "Written by a newer version"),
        QT_TRANSLATE_NOOP("errors", "{path} was written by a newer version of Observe."),
        QT_TRANSLATE_NOOP("errors", "Update Observe on this computer. Nothing was changed."),
    ),
    "Invalid.from_pdf": (
        QT_TRANSLATE_NOOP("errors", "This stays as it came"),
        QT_TRANSLATE_NOOP("errors", "The reply in “{value}” is the teacher's own and cannot be changed."),
        QT_TRANSLATE_NOOP("errors", "What they said besides can be typed in as another reply."),
    ),
}


def _as_it_is(text: str) -> str:
    return text


def remark_words(remark: Remark, translate: Translate = _as_it_is) -> str:
    """Return a remark as a sentence; `translate` is called with the literal before it is filled in."""
    text = REMARKS.get(remark.rule, "")
    return translate(text).format(found=remark.found, count=remark.count) if text else ""
