"""What can go wrong when one takes part in a shared folder, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_NOT = QT_TRANSLATE_NOOP("errors", "This folder cannot be shared")

ERRORS: dict[str, tuple[str, str, str]] = {
    "SharingRefused": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "{path} cannot be used: {detail}"),
        QT_TRANSLATE_NOOP("errors", "Choose another folder. Nothing was changed."),
    ),
    "SharingRefused.none_here": (
        QT_TRANSLATE_NOOP("errors", "There is no shared folder here"),
        QT_TRANSLATE_NOOP("errors", "Nobody shares through {path} yet."),
        QT_TRANSLATE_NOOP("errors", "Choose the folder that your colleagues use, or begin a new one here."),
    ),
    "SharingRefused.there": (
        QT_TRANSLATE_NOOP("errors", "There is a shared folder here already"),
        QT_TRANSLATE_NOOP("errors", "Colleagues share through {path} already."),
        QT_TRANSLATE_NOOP("errors", "Join them instead of beginning a new one."),
    ),
    "SharingRefused.joined": (
        QT_TRANSLATE_NOOP("errors", "You take part already"),
        QT_TRANSLATE_NOOP("errors", "This computer shares through {path} already."),
        "",
    ),
    "SharingRefused.other": (
        QT_TRANSLATE_NOOP("errors", "This is another shared folder"),
        QT_TRANSLATE_NOOP("errors", "The folder at {path} is not the one that you mean."),
        QT_TRANSLATE_NOOP("errors", "Choose the place where the same folder lies now."),
    ),
    "SharingRefused.nobody": (
        QT_TRANSLATE_NOOP("errors", "Nobody here has these words"),
        QT_TRANSLATE_NOOP("errors", "The twelve words are right, but nobody in {path} has them."),
        QT_TRANSLATE_NOOP(
            "errors", "Choose the folder that is named on your sheet, and wait until all its files are there."
        ),
    ),
    "SharingRefused.not_school": (
        QT_TRANSLATE_NOOP("errors", "These are not the school’s words"),
        QT_TRANSLATE_NOOP("errors", "They do not open what is shared through {path} for the school."),
        QT_TRANSLATE_NOOP("errors", "Use the words on the school’s sheet, and the folder that it names."),
    ),
    "SharingRefused.school_words": (
        QT_TRANSLATE_NOOP("errors", "These are the school’s words"),
        QT_TRANSLATE_NOOP("errors", "There is a person’s record on this computer; the school reads on one of its own."),
        QT_TRANSLATE_NOOP("errors", "Open the folder on a computer without a record, or in another data folder."),
    ),
    "SharingRefused.school": (
        QT_TRANSLATE_NOOP("errors", "This computer reads for the school"),
        QT_TRANSLATE_NOOP("errors", "It takes part in no shared folder as a person, and nothing leaves it."),
        "",
    ),
    "SharingRefused.no_name": (
        QT_TRANSLATE_NOOP("errors", "Your name is missing"),
        QT_TRANSLATE_NOOP("errors", "Colleagues have to know whose visits they get."),
        QT_TRANSLATE_NOOP("errors", "Write your name first."),
    ),
    "SharingRefused.other_person": (
        QT_TRANSLATE_NOOP("errors", "These are another person’s words"),
        QT_TRANSLATE_NOOP("errors", "This computer’s record is yours, and the words belong to {detail}."),
        QT_TRANSLATE_NOOP("errors", "Use the words on your own sheet, or a computer without a record."),
    ),
    "SharingRefused.missing": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "There is no folder {path}."),
        QT_TRANSLATE_NOOP("errors", "Make it first, or connect the drive that it is on."),
    ),
    "SharingRefused.not_a_folder": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "{path} is a file, not a folder."),
        QT_TRANSLATE_NOOP("errors", "Choose the folder that it lies in."),
    ),
    "SharingRefused.denied": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "You may not write in {path}."),
        QT_TRANSLATE_NOOP("errors", "Ask whoever looks after the drive to let you write, not only read."),
    ),
    "SharingRefused.read_only": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "Nobody can write in {path}."),
        QT_TRANSLATE_NOOP("errors", "The drive is read-only. Choose another one."),
    ),
    "SharingRefused.full": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "There is no room left in {path}."),
        QT_TRANSLATE_NOOP("errors", "Make room on the drive, then try again."),
    ),
    "SharingRefused.silent": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "{path} does not answer."),
        QT_TRANSLATE_NOOP("errors", "Check the network or the cloud program, then try again."),
    ),
    "SharingRefused.own_data": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "Your own record lies in {path}; it must not be shared as it is."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder."),
    ),
    "SharingRefused.damaged": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "There is a shared folder in {path} that cannot be read."),
        QT_TRANSLATE_NOOP("errors", "It may still be arriving. Wait a little, then try again."),
    ),
    "SharingRefused.newer": (
        _NOT,
        QT_TRANSLATE_NOOP("errors", "A newer version of Observe made the shared folder in {path}."),
        QT_TRANSLATE_NOOP("errors", "Update Observe on this computer, then try again."),
    ),
}
