"""What can be said about the twelve words, about where they are kept, and about a colleague's card, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_WORDS = QT_TRANSLATE_NOOP("errors", "These are not your twelve words yet")
_SHEET = QT_TRANSLATE_NOOP("errors", "Compare them with your sheet. Nothing was changed.")
_KEPT = QT_TRANSLATE_NOOP("errors", "Your visits are safe, and you can go on writing.")
_CLOSED = QT_TRANSLATE_NOOP("errors", "Your key cannot be used now")
_CARD = QT_TRANSLATE_NOOP("errors", "This card cannot be used")
_ASK = QT_TRANSLATE_NOOP(
    "errors", "Nothing is shared with it. Ask your colleague to open Observe, which writes a new one."
)

ERRORS: dict[str, tuple[str, str, str]] = {
    "WordsWrong": (_WORDS, QT_TRANSLATE_NOOP("errors", "They do not fit together."), _SHEET),
    "WordsWrong.count": (
        _WORDS,
        QT_TRANSLATE_NOOP("errors", "There are twelve words; here are {count}."),
        _SHEET,
    ),
    "WordsWrong.misspelt": (
        _WORDS,
        QT_TRANSLATE_NOOP("errors", "Word {position}, “{word}”, is not one of the words; the nearest is “{nearest}”."),
        _SHEET,
    ),
    "WordsWrong.unknown": (
        _WORDS,
        QT_TRANSLATE_NOOP("errors", "Word {position}, “{word}”, is not one of the words."),
        _SHEET,
    ),
    "WordsWrong.checksum": (
        _WORDS,
        QT_TRANSLATE_NOOP(
            "errors", "Each is a right word, but together they fit nobody: one is another, or two changed places."
        ),
        _SHEET,
    ),
    "VaultClosed": (_CLOSED, QT_TRANSLATE_NOOP("errors", "What keeps it did not give it out. {detail}"), _KEPT),
    "VaultClosed.none": (
        QT_TRANSLATE_NOOP("errors", "No key here yet"),
        QT_TRANSLATE_NOOP("errors", "This computer has no key for sharing with colleagues."),
        QT_TRANSLATE_NOOP("errors", "Set up the shared folder, or type in the twelve words that you have already."),
    ),
    "VaultClosed.locked": (
        _CLOSED,
        QT_TRANSLATE_NOOP("errors", "It is protected by a passphrase, which was not typed in yet."),
        _KEPT,
    ),
    "VaultClosed.passphrase": (
        QT_TRANSLATE_NOOP("errors", "That is not the passphrase"),
        QT_TRANSLATE_NOOP("errors", "Your key did not open with this passphrase."),
        QT_TRANSLATE_NOOP("errors", "Try again; if it is forgotten, your twelve words help."),
    ),
    "VaultClosed.keyring": (
        _CLOSED,
        QT_TRANSLATE_NOOP("errors", "The place where this computer keeps passwords does not answer or is locked."),
        QT_TRANSLATE_NOOP("errors", "Unlock it and try again, or choose a passphrase. Your visits are safe."),
    ),
    "VaultClosed.damaged": (
        _CLOSED,
        QT_TRANSLATE_NOOP("errors", "What keeps it in {path} is damaged."),
        QT_TRANSLATE_NOOP("errors", "Type in your twelve words to begin anew. Your visits are safe."),
    ),
    "VaultClosed.lost": (
        QT_TRANSLATE_NOOP("errors", "Your key is not on this computer any more"),
        QT_TRANSLATE_NOOP("errors", "The place where this computer keeps passwords has it no more."),
        QT_TRANSLATE_NOOP("errors", "Type in your twelve words to bring it back."),
    ),
    "VaultClosed.exists": (
        QT_TRANSLATE_NOOP("errors", "There is a key here already"),
        QT_TRANSLATE_NOOP("errors", "{path} belongs to somebody with other words."),
        QT_TRANSLATE_NOOP("errors", "Use another data folder for a second person. Nothing was changed."),
    ),
    "VaultClosed.too_short": (
        QT_TRANSLATE_NOOP("errors", "The passphrase is too short"),
        QT_TRANSLATE_NOOP(
            "errors", "It needs {detail} letters or more; four or five words that only you put together do."
        ),
        "",
    ),
    "VaultClosed.other_words": (
        QT_TRANSLATE_NOOP("errors", "These are somebody else's words"),
        QT_TRANSLATE_NOOP("errors", "What lies in {path} does not open with them."),
        _SHEET,
    ),
    "VaultClosed.not_written": (
        QT_TRANSLATE_NOOP("errors", "Your key was not saved"),
        QT_TRANSLATE_NOOP("errors", "{path} could not be written. {detail}"),
        QT_TRANSLATE_NOOP("errors", "Check the disk and who may write there, then try again."),
    ),
    "CardUnusable": (_CARD, QT_TRANSLATE_NOOP("errors", "The file is not complete or not a card."), _ASK),
    "CardUnusable.too_large": (_CARD, QT_TRANSLATE_NOOP("errors", "The file is much larger than a card."), _ASK),
    "CardUnusable.signature": (
        _CARD,
        QT_TRANSLATE_NOOP("errors", "It was changed after your colleague wrote it, or somebody else wrote it."),
        _ASK,
    ),
    "CardUnusable.key": (_CARD, QT_TRANSLATE_NOOP("errors", "Nothing could be kept secret with it."), _ASK),
    "CardUnusable.newer": (
        _CARD,
        QT_TRANSLATE_NOOP("errors", "It was written by a newer version of Observe."),
        QT_TRANSLATE_NOOP("errors", "Update Observe on this computer."),
    ),
}
