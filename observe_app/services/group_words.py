"""What is said of groups in words: errors, what a purpose lacks, what an import of readings noticed.

Literals for errors stand in the context "errors", the others in "groups"; the window translates both, the command line
does not.
"""

from __future__ import annotations

from observe_app.domain.groups.purpose import PurposeGap


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


_LOOK = QT_TRANSLATE_NOOP("errors", "This needs a look")

ERRORS: dict[str, tuple[str, str, str]] = {
    "Invalid.before_start": (_LOOK, QT_TRANSLATE_NOOP("errors", "{value} comes before the first day, {limit}."), ""),
    "Invalid.own_parent": (_LOOK, QT_TRANSLATE_NOOP("errors", "A goal cannot serve itself."), ""),
    "Invalid.not_a_link": (
        _LOOK,
        QT_TRANSLATE_NOOP("errors", "“{value}” is no address that can be opened."),
        QT_TRANSLATE_NOOP("errors", "An address begins with https:// or http://."),
    ),
    "NotReleasable.group_not_yours": (
        QT_TRANSLATE_NOOP("errors", "Somebody else shares this group"),
        QT_TRANSLATE_NOOP("errors", "{detail} shares it with its members and decides who gets it."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed. You can write on its page as all its members do."),
    ),
    "NotReleasable.group_left": (
        QT_TRANSLATE_NOOP("errors", "You get nothing more of this group"),
        QT_TRANSLATE_NOOP("errors", "{detail} shares it, and you are not among its readers now. Nothing was changed."),
        QT_TRANSLATE_NOOP("errors", "What you have of it stays readable."),
    ),
    "NotReleasable.others_words": (
        QT_TRANSLATE_NOOP("errors", "Somebody else wrote this"),
        QT_TRANSLATE_NOOP("errors", "Only whoever wrote these words changes them or takes them away."),
        QT_TRANSLATE_NOOP("errors", "Nothing was changed."),
    ),
    "NotReleasable.no_folder": (
        QT_TRANSLATE_NOOP("errors", "There is no shared folder yet"),
        QT_TRANSLATE_NOOP("errors", "A group is shared with its members through a shared folder."),
        QT_TRANSLATE_NOOP("errors", "Set one up or join one first, then share the group."),
    ),
    "NotReleasable.not_shared": (
        QT_TRANSLATE_NOOP("errors", "It is shared with nobody"),
        QT_TRANSLATE_NOOP("errors", "Nobody but you is sent this group’s page."),
        "",
    ),
}

TERMS: dict[str, str] = {
    "goal": QT_TRANSLATE_NOOP("errors", "goal"),
    "reading": QT_TRANSLATE_NOOP("errors", "reading"),
    "resource": QT_TRANSLATE_NOOP("errors", "resource"),
    "member": QT_TRANSLATE_NOOP("errors", "member"),
    "purpose": QT_TRANSLATE_NOOP("errors", "purpose"),
    "measure": QT_TRANSLATE_NOOP("errors", "measure"),
    "norms": QT_TRANSLATE_NOOP("errors", "norms"),
    "school_goals": QT_TRANSLATE_NOOP("errors", "goals of the school"),
    "baseline": QT_TRANSLATE_NOOP("errors", "baseline"),
    "target": QT_TRANSLATE_NOOP("errors", "target"),
    "value": QT_TRANSLATE_NOOP("errors", "value"),
    "series": QT_TRANSLATE_NOOP("errors", "name of the outcome"),
    "licence": QT_TRANSLATE_NOOP("errors", "licence line"),
    "story": QT_TRANSLATE_NOOP("errors", "words on what became of it"),
}

GAPS: dict[PurposeGap, str] = {
    PurposeGap.PURPOSE: QT_TRANSLATE_NOOP("groups", "A sentence would help: what is this group there for?"),
    PurposeGap.SPECIFIC: QT_TRANSLATE_NOOP("groups", "Could it say for whom, and what shall be different?"),
    PurposeGap.MEASURE: QT_TRANSLATE_NOOP("groups", "How will you know? Say what you will count or look at."),
    PurposeGap.TARGET: QT_TRANSLATE_NOOP("groups", "A figure to aim at would help: from what, to what?"),
    PurposeGap.REVISIT: QT_TRANSLATE_NOOP("groups", "No day yet on which you look at it again."),
    PurposeGap.REVISIT_DUE: QT_TRANSLATE_NOOP("groups", "The day to look at it again has come."),
}

WHY: dict[str, str] = {
    "waits": QT_TRANSLATE_NOOP("groups", "gets it with the next exchange"),
    "no_card": QT_TRANSLATE_NOOP(
        "groups", "no card yet: they take no part in the shared folder, or under another name"
    ),
    "not_linked": QT_TRANSLATE_NOOP(
        "groups", "somebody of this name is in the folder; nobody said yet that it is them"
    ),
    "other_folder": QT_TRANSLATE_NOOP("groups", "takes part in another shared folder"),
    "changed_key": QT_TRANSLATE_NOOP("groups", "their number changed: nothing is sent until you compared it"),
    "not_let_in": QT_TRANSLATE_NOOP("groups", "whoever shares it has not let them in"),
}
"""Why a member of a shared group is not sent its page."""

PROBLEMS: dict[str, str] = {
    "reading_no_day": QT_TRANSLATE_NOOP("groups", "“{found}” is no day; the row was left out."),
    "reading_no_number": QT_TRANSLATE_NOOP("groups", "“{found}” is no number; it was left out."),
    "reading_no_n": QT_TRANSLATE_NOOP("groups", "“{found}” is no number of pupils; the reading is kept without one."),
    "reading_twice": QT_TRANSLATE_NOOP("groups", "{found} stands there twice; the first one counts."),
    "days_first": QT_TRANSLATE_NOOP("groups", "Days like 3/4 were read as the day before the month."),
    "encoding_guessed": QT_TRANSLATE_NOOP("groups", "How the file writes its letters was guessed: {found}."),
}
