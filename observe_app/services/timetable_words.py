"""What can be said about a timetable that cannot be brought in, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_TITLE = QT_TRANSLATE_NOOP("errors", "No timetable to bring in")
_LARGE = QT_TRANSLATE_NOOP("errors", "The calendar is too large")
_KEPT = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")

ERRORS: dict[str, tuple[str, str, str]] = {
    "ImportProblem.not_calendar": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} is called a calendar, but is none."),
        _KEPT,
    ),
    "ImportProblem.no_events": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} has no event between {where} and {detail}."),
        QT_TRANSLATE_NOOP("errors", "Export the calendar with this term in it. Nothing was changed."),
    ),
    "ImportProblem.too_many_events": (
        _LARGE,
        QT_TRANSLATE_NOOP("errors", "{path} has more than {detail} events."),
        QT_TRANSLATE_NOOP("errors", "Export this term alone, or one person at a time. Nothing was changed."),
    ),
    "ImportProblem.too_many_lessons": (
        _LARGE,
        QT_TRANSLATE_NOOP("errors", "The events of {path} make more than {detail} lessons in the time asked for."),
        QT_TRANSLATE_NOOP("errors", "No timetable has as many; look at its repeating events. Nothing was changed."),
    ),
    "ImportProblem.too_many_repeats": (
        _LARGE,
        QT_TRANSLATE_NOOP("errors", "{path} has more repeating events than can be followed."),
        QT_TRANSLATE_NOOP("errors", "Export this term alone, or one person at a time. Nothing was changed."),
    ),
    "ImportProblem.nobody_known": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "Nobody in {path} is known here: {where}"),
        QT_TRANSLATE_NOOP("errors", "Say who they are, or let them be added. Nothing was changed."),
    ),
}
