"""What can be wrong with people, terms, classes and the turn of the year, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_LOOK = QT_TRANSLATE_NOOP("errors", "This needs a look")
_NOT_JOINED = QT_TRANSLATE_NOOP("errors", "Not joined")

ERRORS: dict[str, tuple[str, str, str]] = {
    "Invalid.oneself": (_LOOK, QT_TRANSLATE_NOOP("errors", "{value} cannot be their own line manager."), ""),
    "Invalid.merged": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "{value} was joined with {limit}."),
        QT_TRANSLATE_NOOP("errors", "Undo parts the two again."),
    ),
    "Invalid.same_person": (
        _NOT_JOINED,
        QT_TRANSLATE_NOOP("errors", "{value} is that record already."),
        QT_TRANSLATE_NOOP("errors", "Choose two different people."),
    ),
    "Invalid.is_me_merged": (
        _NOT_JOINED,
        QT_TRANSLATE_NOOP("errors", "{value} is you, so that record stays."),
        QT_TRANSLATE_NOOP("errors", "Join them the other way round."),
    ),
    "Invalid.is_linked": (
        _NOT_JOINED,
        QT_TRANSLATE_NOOP("errors", "Colleagues know {value} by a card of the shared folder, so that record stays."),
        QT_TRANSLATE_NOOP("errors", "Join them the other way round."),
    ),
    "Invalid.two_cards": (
        _NOT_JOINED,
        QT_TRANSLATE_NOOP("errors", "Both have cards of their own in the shared folder: {value} is somebody else."),
        QT_TRANSLATE_NOOP("errors", "If it is one person with two cards, unlink the old one first."),
    ),
    "Invalid.before": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "The last day {value} is before the first one, {limit}."),
        QT_TRANSLATE_NOOP("errors", "Change one of the two days."),
    ),
    "Invalid.too_far": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "From the first day to {value} is more than {limit} days."),
        QT_TRANSLATE_NOOP("errors", "Look at the year of both days."),
    ),
    "Invalid.not_a_picture": (
        QT_TRANSLATE_NOOP("errors", "Not taken as a photo"),
        QT_TRANSLATE_NOOP("errors", "{value} is no picture that can be read."),
        QT_TRANSLATE_NOOP("errors", "Choose a JPEG or PNG file."),
    ),
    "Invalid.too_large": (
        QT_TRANSLATE_NOOP("errors", "Not taken as a photo"),
        QT_TRANSLATE_NOOP("errors", "{value} is too large; {limit} fit."),
        QT_TRANSLATE_NOOP("errors", "Choose a smaller picture."),
    ),
}

TERMS: dict[str, str] = {
    "class": QT_TRANSLATE_NOOP("errors", "class"),
    "term": QT_TRANSLATE_NOOP("errors", "term"),
    "holiday": QT_TRANSLATE_NOOP("errors", "holiday"),
    "last": QT_TRANSLATE_NOOP("errors", "last day"),
    "first": QT_TRANSLATE_NOOP("errors", "first day"),
    "size": QT_TRANSLATE_NOOP("errors", "number of students"),
    "week_load": QT_TRANSLATE_NOOP("errors", "visits a week"),
    "manager_id": QT_TRANSLATE_NOOP("errors", "line manager"),
    "photo": QT_TRANSLATE_NOOP("errors", "photo"),
    "staff_id": QT_TRANSLATE_NOOP("errors", "staff number"),
}
