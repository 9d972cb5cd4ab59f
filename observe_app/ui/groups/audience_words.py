"""Who reads a group's page, in words: the line on the page, its short form, why somebody does not get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.services.group_words import WHY
from observe_app.services.groups.audience import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.groups.audience import GroupAudience, LeftOut

_NAMED = 4
_LEFT_OUT = 2


def names_words(names: Sequence[str]) -> str:
    """Return names after one another, the last ones as a number where they are many."""
    tr = QCoreApplication.translate
    if len(names) == 1:
        return names[0]
    if len(names) <= _NAMED:
        return tr("GroupAudience", "{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    rest = len(names) - _NAMED + 1
    shown = ", ".join(names[: _NAMED - 1])
    return tr("GroupAudience", "{names} and {n} others").format(names=shown, n=rest)


def line_words(found: GroupAudience) -> tuple[str, str]:
    """Return who can read the page, and the icon beside it; nobody else is called a reader."""
    tr = QCoreApplication.translate
    kept = names_words(found.kept) if found.kept else ""
    if found.removed:
        return tr("GroupAudience", "No longer sent to you; you keep what you received"), "lock"
    if not found.shared:
        if kept:
            words = tr("GroupAudience", "Only you from now on; {names} keep what they received")
            if len(found.kept) == 1:
                words = tr("GroupAudience", "Only you from now on; {names} keeps what they received")
            return words.format(names=kept), "lock"
        if not found.folder:
            return tr("GroupAudience", "Only you, on this computer"), "lock"
        return tr("GroupAudience", "Only you, on your computers"), "lock"
    told = [_readers(found)]
    coming = [one.name for one in found.left_out if one.why is Why.WAITS]
    if coming:
        words = tr("GroupAudience", "{names} with the next exchange").format(names=names_words(coming))
        told.append(words)
    told += _without(found)
    return " · ".join(told), "users" if found.readers else "lock"


def _readers(found: GroupAudience) -> str:
    tr = QCoreApplication.translate
    names = [one.name for one in found.readers]
    if not names:
        return tr("GroupAudience", "Only you so far, though it is shared through the folder {folder}").format(
            folder=found.folder
        )
    if len(names) <= _NAMED:
        words = tr("GroupAudience", "{names} and you, through the folder {folder}")
        return words.format(names=", ".join(names), folder=found.folder)
    words = tr("GroupAudience", "{names}, {n} others and you, through the folder {folder}")
    return words.format(names=", ".join(names[: _NAMED - 1]), n=len(names) - _NAMED + 1, folder=found.folder)


def _without(found: GroupAudience) -> list[str]:
    """Return who does not get it; changed keys are said elsewhere, in red."""
    tr = QCoreApplication.translate
    out = [one for one in found.without if one.why is not Why.CHANGED]
    if len(out) <= _LEFT_OUT:
        return [
            tr("GroupAudience", "{name} has no card yet and does not get it").format(name=one.name)
            if one.why is Why.NO_CARD
            else tr("GroupAudience", "{name} does not get it").format(name=one.name)
            for one in out
        ]
    if len(out) > _NAMED:
        return [tr("GroupAudience", "{n} members do not get it").format(n=len(out))]
    return [tr("GroupAudience", "{names} do not get it").format(names=names_words([one.name for one in out]))]


def changed_words(found: GroupAudience) -> str:
    """Return that somebody's key changed, "" where nobody's did; where it is not shared it concerns nobody yet."""
    if not found.changed or not found.shared:
        return ""
    tr = QCoreApplication.translate
    if len(found.changed) == 1:
        words = tr("GroupAudience", "The number of {name} changed: nothing is sent to them until you compared it.")
        return words.format(name=found.changed[0])
    words = tr("GroupAudience", "The numbers of {names} changed: nothing is sent to them until you compared them.")
    return words.format(names=names_words(found.changed))


def short_words(found: GroupAudience) -> tuple[str, str]:
    """Return the same in two or three words, and the icon."""
    tr = QCoreApplication.translate
    if found.removed:
        return tr("GroupAudience", "No longer sent to you"), "lock"
    if not found.readers:
        return tr("GroupAudience", "Only you"), "lock"
    icon = "triangle-alert" if changed_words(found) else "users"
    if len(found.readers) == 1:
        return tr("GroupAudience", "You and 1 other"), icon
    return tr("GroupAudience", "You and {n} others").format(n=len(found.readers)), icon


def why_words(one: LeftOut, found: GroupAudience) -> str:
    """Return why a member does not get it, and what would help."""
    if one.why is Why.NOT_LET_IN and found.author:
        return QCoreApplication.translate("GroupAudience", "{author} has not let them in").format(author=found.author)
    lookup = QCoreApplication.translate  # the literals are marked where they stand
    return lookup("groups", WHY[one.why])
