"""What can be said about a release that cannot be made, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_TITLE = QT_TRANSLATE_NOOP("errors", "This cannot be released")
_KEPT = QT_TRANSLATE_NOOP("errors", "Nothing was released or changed.")

ERRORS: dict[str, tuple[str, str, str]] = {
    "NotReleasable": (_TITLE, QT_TRANSLATE_NOOP("errors", "The visit cannot be released now."), _KEPT),
    "NotReleasable.in_bin": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "The visit was moved to the bin."),
        QT_TRANSLATE_NOOP("errors", "Bring it back first. Nothing was released or changed."),
    ),
    "NotReleasable.no_teacher": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "The visit has no teacher yet, so there is nobody to read it."),
        QT_TRANSLATE_NOOP("errors", "Say in Prepare whose lesson it was."),
    ),
    "NotReleasable.nothing": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "There is nothing to read yet: no claim, no note that goes along, no answer."),
        QT_TRANSLATE_NOOP("errors", "Write a claim in Talk, or let all notes go along."),
    ),
    "NotReleasable.no_reason": (
        QT_TRANSLATE_NOOP("errors", "A reason is missing"),
        QT_TRANSLATE_NOOP("errors", "Whoever has the earlier revision should read why it is another one now."),
        QT_TRANSLATE_NOOP("errors", "Say it in a sentence. Nothing was released or changed."),
    ),
    "NotReleasable.unchanged": (
        QT_TRANSLATE_NOOP("errors", "Nothing has changed"),
        QT_TRANSLATE_NOOP("errors", "The visit tells the same as revision {detail}, which stands."),
        QT_TRANSLATE_NOOP("errors", "A new revision is made once something differs."),
    ),
    "NotReleasable.changed": (
        QT_TRANSLATE_NOOP("errors", "The record has changed"),
        QT_TRANSLATE_NOOP("errors", "Something was written while you were looking, so it would not be what was shown."),
        QT_TRANSLATE_NOOP("errors", "Look at what would leave now, then decide again. Nothing was released."),
    ),
    "NotReleasable.meanwhile": (
        QT_TRANSLATE_NOOP("errors", "Another window was faster"),
        QT_TRANSLATE_NOOP("errors", "The visit was released, corrected or taken back while you were looking."),
        QT_TRANSLATE_NOOP("errors", "Look at what stands now, then decide again. Nothing was released by you."),
    ),
    "NotReleasable.not_released": (
        QT_TRANSLATE_NOOP("errors", "Nothing is released"),
        QT_TRANSLATE_NOOP("errors", "No revision of this visit stands that could be taken back or withdrawn."),
        "",
    ),
    "NotReleasable.copy_left": (
        QT_TRANSLATE_NOOP("errors", "A copy has left"),
        QT_TRANSLATE_NOOP("errors", "“{detail}” went out already, so the release can no longer be taken back."),
        QT_TRANSLATE_NOOP("errors", "Correct it, or withdraw it: both make a revision that says so."),
    ),
    "NotReleasable.sent": (
        QT_TRANSLATE_NOOP("errors", "It has gone to the shared folder"),
        QT_TRANSLATE_NOOP("errors", "It is on its way to {detail}, so the release can no longer be taken back."),
        QT_TRANSLATE_NOOP("errors", "Correct it, or withdraw it: both make a revision that says so."),
    ),
    "NotReleasable.teacher_decides": (
        QT_TRANSLATE_NOOP("errors", "The teacher decides who else may read it"),
        QT_TRANSLATE_NOOP("errors", "Once a visit is released, only its teacher lets others read it."),
        QT_TRANSLATE_NOOP("errors", "The teacher adds or removes people in the app, or names them in a reply."),
    ),
    "NotReleasable.changed_key": (
        QT_TRANSLATE_NOOP("errors", "Compare the numbers first"),
        QT_TRANSLATE_NOOP("errors", "The number of {detail} is another one than before, so nothing is sent there."),
        QT_TRANSLATE_NOOP("errors", "Compare your numbers when you meet, and say that they are the same."),
    ),
    "NotReleasable.not_yours": (
        QT_TRANSLATE_NOOP("errors", "Only its observer can change this"),
        QT_TRANSLATE_NOOP("errors", "This visit was written by {detail}. You can read it, and reply to it."),
        "",
    ),
    "NotReleasable.taken_back": (
        QT_TRANSLATE_NOOP("errors", "It was taken back"),
        QT_TRANSLATE_NOOP("errors", "Revision {detail} was taken back meanwhile, so no copy of it can go out."),
        QT_TRANSLATE_NOOP("errors", "The file that was written should be deleted."),
    ),
    "NotReleasable.damaged": (
        QT_TRANSLATE_NOOP("errors", "This revision cannot be read"),
        QT_TRANSLATE_NOOP("errors", "What is stored of revision {detail} is damaged."),
        QT_TRANSLATE_NOOP("errors", "The copies that went out are whole. A backup may still have it."),
    ),
    "NotReleasable.no_name": (
        QT_TRANSLATE_NOOP("errors", "A name is missing"),
        QT_TRANSLATE_NOOP("errors", "Readers are people, so each has a name."),
        "",
    ),
    "NotReleasable.many_readers": (
        QT_TRANSLATE_NOOP("errors", "So many readers"),
        QT_TRANSLATE_NOOP("errors", "A visit can have {detail} readers beside the two."),
        QT_TRANSLATE_NOOP("errors", "Take one away first."),
    ),
}
