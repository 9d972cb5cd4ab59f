"""What can be said about a bundle that cannot be made or opened, in words.

The sentences are literals in the context "errors"; the window translates them, the command line does not.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_OPEN = QT_TRANSLATE_NOOP("errors", "The file was not opened")
_MADE = QT_TRANSLATE_NOOP("errors", "No file was made")
_KEPT = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")

ERRORS: dict[str, tuple[str, str, str]] = {
    "BundleProblem": (_OPEN, QT_TRANSLATE_NOOP("errors", "{path} could not be taken in."), _KEPT),
    "BundleProblem.not_a_bundle": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} is no file for mail or a stick, whatever its ending says."),
        QT_TRANSLATE_NOOP("errors", "Choose the file that ends in .observe. Nothing was changed."),
    ),
    "BundleProblem.damaged": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} is not whole: cut off on its way, or changed by somebody."),
        QT_TRANSLATE_NOOP("errors", "Ask for it once more. Nothing was changed."),
    ),
    "BundleProblem.newer": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} was made by a newer version of Observe."),
        QT_TRANSLATE_NOOP("errors", "Update Observe on this computer. Nothing was changed."),
    ),
    "BundleProblem.too_large": (
        _MADE,
        QT_TRANSLATE_NOOP("errors", "That is more than one file holds ({detail})."),
        QT_TRANSLATE_NOOP("errors", "Choose fewer visits."),
    ),
    "BundleProblem.not_for_me": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} was made for somebody else."),
        QT_TRANSLATE_NOOP("errors", "Whoever made it has to name you, or give it a passphrase. Nothing was changed."),
    ),
    "BundleProblem.passphrase": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} opens with a passphrase."),
        QT_TRANSLATE_NOOP("errors", "Ask whoever made it, by another way than this file came. Nothing was changed."),
    ),
    "BundleProblem.wrong_passphrase": (
        _OPEN,
        QT_TRANSLATE_NOOP("errors", "{path} opens with another passphrase."),
        QT_TRANSLATE_NOOP("errors", "Look at capitals and spaces. Nothing was changed."),
    ),
    "BundleProblem.weak": (
        _MADE,
        QT_TRANSLATE_NOOP("errors", "The passphrase is too short to keep anybody out."),
        QT_TRANSLATE_NOOP("errors", "Take at least {detail} characters, such as four words that do not go together."),
    ),
    "BundleProblem.nothing": (
        _MADE,
        QT_TRANSLATE_NOOP("errors", "There is nothing that could go into it."),
        QT_TRANSLATE_NOOP("errors", "A visit goes along once it is released to its people."),
    ),
    "BundleProblem.not_shared": (
        _MADE,
        QT_TRANSLATE_NOOP("errors", "Visit {detail} is shared with nobody yet."),
        QT_TRANSLATE_NOOP("errors", "Release it first; until then nobody but you can read anything of it."),
    ),
    "BundleProblem.not_a_reader": (
        _MADE,
        QT_TRANSLATE_NOOP("errors", "Not everybody you named can read visit {detail}."),
        QT_TRANSLATE_NOOP("errors", "Who may read it, its teacher decides. A file gives nobody more than that."),
    ),
}
