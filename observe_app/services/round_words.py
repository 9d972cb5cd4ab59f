"""What can be wrong with a round of visits, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_LOOK = QT_TRANSLATE_NOOP("errors", "This needs a look")

ERRORS: dict[str, tuple[str, str, str]] = {
    "RulesInvalid": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "The rules of the round cannot be kept to as they are."),
        QT_TRANSLATE_NOOP("errors", "Look at its rules; each problem is named there."),
    ),
    "Invalid.round_people": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "People who take part in this round: {value}. It needs at least {limit}."),
        QT_TRANSLATE_NOOP("errors", "Choose who takes part."),
    ),
    "Invalid.no_days": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "From {value} to {limit} there is no day with lessons."),
        QT_TRANSLATE_NOOP("errors", "Look at the days of the round and at the holidays."),
    ),
    "Invalid.one_person": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "Nobody visits their own lesson."),
        QT_TRANSLATE_NOOP("errors", "Choose two different people."),
    ),
    "Invalid.no_time": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "{value} is no time of a day that a visit can have."),
        QT_TRANSLATE_NOOP("errors", "Say when it begins and when it ends."),
    ),
    "Invalid.two_rounds": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "Only two visits of one round can be swapped."),
        "",
    ),
}
TERMS: dict[str, str] = {
    "round": QT_TRANSLATE_NOOP("errors", "round of visits"),
    "pairing": QT_TRANSLATE_NOOP("errors", "visit of a round"),
    "slot": QT_TRANSLATE_NOOP("errors", "time of a timetable"),
}
