"""What can be said about a record that is protected, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_TITLE = QT_TRANSLATE_NOOP("errors", "The record is protected")
_NOT = QT_TRANSLATE_NOOP("errors", "The protection was not changed")
_AS_IT_WAS = QT_TRANSLATE_NOOP("errors", "Your record is as it was.")

ERRORS: dict[str, tuple[str, str, str]] = {
    "DatabaseLockedAway": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} is protected, and what opens it is not on this computer."),
        QT_TRANSLATE_NOOP("errors", "Your twelve words open it. Nothing was changed."),
    ),
    "DatabaseLockedAway.keyring": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "What opens {path} is in this computer's password store, which does not answer."),
        QT_TRANSLATE_NOOP("errors", "Unlock the password store or sign in again, then try once more."),
    ),
    "DatabaseLockedAway.passphrase": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} opens with your passphrase."),
        QT_TRANSLATE_NOOP("errors", "On the command line it is read from OBSERVE_PASSPHRASE or --passphrase-file."),
    ),
    "DatabaseLockedAway.wrong_passphrase": (
        QT_TRANSLATE_NOOP("errors", "This is not the passphrase"),
        QT_TRANSLATE_NOOP("errors", "The passphrase does not open {path}."),
        QT_TRANSLATE_NOOP("errors", "Look at capitals and the layout of the keyboard, then try again."),
    ),
    "DatabaseLockedAway.wrong_words": (
        QT_TRANSLATE_NOOP("errors", "These are not the twelve words"),
        QT_TRANSLATE_NOOP("errors", "The words do not open {path}."),
        QT_TRANSLATE_NOOP("errors", "Compare them with your sheet, one after the other."),
    ),
    "DatabaseLockedAway.other_key": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} was protected on another computer, or before the protection changed."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed. It opens where it was made, or with the twelve words."),
    ),
    "DatabaseLockedAway.no_driver": (
        _TITLE,
        QT_TRANSLATE_NOOP("errors", "{path} is protected, and this copy of Observe lacks the part that opens it."),
        QT_TRANSLATE_NOOP("errors", "Install Observe again with all its parts. Nothing was changed."),
    ),
    "ProtectionFailed": (_NOT, QT_TRANSLATE_NOOP("errors", "{detail}"), _AS_IT_WAS),
    "ProtectionFailed.no_keyring": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "This computer has no password store that Observe could use."),
        QT_TRANSLATE_NOOP("errors", "Choose a passphrase instead. Your record is as it was."),
    ),
    "ProtectionFailed.no_driver": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "This copy of Observe lacks the part that protects records."),
        _AS_IT_WAS,
    ),
    "ProtectionFailed.short_passphrase": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "A passphrase needs at least {detail} characters."),
        QT_TRANSLATE_NOOP("errors", "Four words that do not belong together are easy to keep in mind."),
    ),
    "ProtectionFailed.not_equal": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "The copy did not hold the same as the record: {detail}."),
        _AS_IT_WAS,
    ),
    "ProtectionFailed.in_use": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "Another program has the record open."),
        QT_TRANSLATE_NOOP("errors", "Close every other window and command of Observe, then try again."),
    ),
    "ProtectionFailed.no_room": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "There is not enough room on the disk: {detail} MB more are needed for a while."),
        _AS_IT_WAS,
    ),
    "ProtectionFailed.key_not_kept": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "This computer's password store did not give back what was put into it."),
        QT_TRANSLATE_NOOP("errors", "Choose a passphrase instead. Your record is as it was."),
    ),
}
