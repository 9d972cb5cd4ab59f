"""What can be said about journals, portfolios, hours and certificates that do not fit, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_LOOK = QT_TRANSLATE_NOOP("errors", "This needs a look")

ERRORS: dict[str, tuple[str, str, str]] = {
    "Invalid.no_such_number": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "“{value}” is no number of a certificate."),
        QT_TRANSLATE_NOOP("errors", "One looks like OBS-2026-7K3F-9QXD."),
    ),
    "Invalid.check_digits": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "No certificate can have the number “{value}”: its check digits do not fit."),
        QT_TRANSLATE_NOOP("errors", "Look whether a sign was mistyped."),
    ),
    "Invalid.no_hours": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "Nothing counts in these days, so there is nothing to certify."),
        "",
    ),
    "Invalid.withdrawn": (_LOOK, QT_TRANSLATE_NOOP("errors", "{value} is withdrawn already."), ""),
    "Invalid.not_in_entry": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "“{value}” is not in the entry word for word."),
        QT_TRANSLATE_NOOP("errors", "Pick the words out of the entry. Nothing was shared."),
    ),
    "Invalid.nobody_yet": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "Nobody said yet who uses this computer."),
        QT_TRANSLATE_NOOP("errors", "Say in Settings who you are."),
    ),
}

TERMS: dict[str, str] = {
    "certificate": QT_TRANSLATE_NOOP("errors", "certificate"),
    "certificate number": QT_TRANSLATE_NOOP("errors", "number of a certificate"),
    "hours": QT_TRANSLATE_NOOP("errors", "hours"),
    "hours entry": QT_TRANSLATE_NOOP("errors", "time put in by hand"),
    "what": QT_TRANSLATE_NOOP("errors", "what it was"),
    "cap": QT_TRANSLATE_NOOP("errors", "limit"),
    "excerpt": QT_TRANSLATE_NOOP("errors", "excerpt"),
    "journal": QT_TRANSLATE_NOOP("errors", "journal entry"),
    "journal entry": QT_TRANSLATE_NOOP("errors", "journal entry"),
    "portfolio": QT_TRANSLATE_NOOP("errors", "portfolio"),
    "offer": QT_TRANSLATE_NOOP("errors", "offer"),
    "foreword": QT_TRANSLATE_NOOP("errors", "foreword"),
    "picks": QT_TRANSLATE_NOOP("errors", "number of picks"),
    "prompt": QT_TRANSLATE_NOOP("errors", "question"),
}
