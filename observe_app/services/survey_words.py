"""What surveys promise and what they do not, in words: the same on the screen, on paper and in the command line."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


ANONYMOUS_LEAVES = QT_TRANSLATE_NOOP(
    "surveys",
    "It leaves for the shared folder at a random later moment, as a file without a name. What the folder’s own "
    "system notes cannot be hidden from here: who owns a file, and when it arrived. Somebody who has both that and "
    "the survey’s key could find out more than this program shows.",
)
"""What is true of an answer that goes through the shared folder."""

ORGANISER = QT_TRANSLATE_NOOP(
    "surveys",
    "The organiser’s record holds the key. Copies of it from different days, or made-up answers of their own, could "
    "tell them more than this program shows.",
)
"""What is true wherever answers are collected."""

ANONYMOUS = (
    QT_TRANSLATE_NOOP(
        "surveys",
        "Your answer is sealed on this computer at once. It carries no name, no computer, no time and no place in an "
        "order, and only the organiser’s program can open it.",
    ),
    QT_TRANSLATE_NOOP(
        "surveys",
        "Results appear from {least} answers up, always {least} or more at a time and shuffled. What people wrote is "
        "torn from what they ticked, and shown word for word: write nothing that only you can know.",
    ),
    ANONYMOUS_LEAVES,
    ORGANISER,
    QT_TRANSLATE_NOOP(
        "surveys",
        "Nobody can tell whether somebody answered twice. This computer remembers only that the survey was answered "
        "here, so that it does not ask again.",
    ),
    QT_TRANSLATE_NOOP(
        "surveys",
        "Stronger ways: one laptop passed round in the room, or paper. Then nothing of anybody’s own computer is in "
        "it.",
    ),
)
"""What anonymous means here; `{least}` is the survey's number."""

ANONYMOUS_PASSED = (
    QT_TRANSLATE_NOOP(
        "surveys",
        "This laptop is passed round. Your answer is sealed at once, with no name, time or order, and mixed with the "
        "others. The next person cannot see it, and nothing is shown before {least} answers are in.",
    ),
    ORGANISER,
    QT_TRANSLATE_NOOP(
        "surveys",
        "What people wrote is shown word for word: write nothing that only you can know. Nobody can tell whether "
        "somebody answered twice.",
    ),
)
"""The same for a laptop that goes round."""

NAMED = QT_TRANSLATE_NOOP("surveys", "This survey is not anonymous: {who} reads your answers with your name.")

PAPER = QT_TRANSLATE_NOOP(
    "surveys",
    "Without a name. Leave out what does not apply. The sheets are mixed before they are typed in; results appear "
    "from {least} answers up, and what you write is shown word for word.",
)
PAPER_NAMED = QT_TRANSLATE_NOOP("surveys", "Please write your name at the top. Leave out what does not apply.")

FEW = QT_TRANSLATE_NOOP("surveys", "Few answers: one or two more could change this picture.")
UNPAIRED = QT_TRANSLATE_NOOP(
    "surveys",
    "Two groups of answers, not the same people twice: who answered before may not have answered after. A difference "
    "says what people report, not what the session did.",
)
GUSKEY = QT_TRANSLATE_NOOP(
    "surveys",
    "Guskey’s levels are a guide for asking: reactions, learning, support of the school, use, what students notice. "
    "Liking a session says nothing about the later ones.",
)
PULSE = QT_TRANSLATE_NOOP(
    "surveys", "Share of answers above the middle of the scale, with n. Each round may have other people in it."
)
ALIKE = QT_TRANSLATE_NOOP("surveys", "Where all answer alike, everybody knows what each one said.")

KINDS = {
    "survey": QT_TRANSLATE_NOOP("surveys", "Survey"),
    "pulse": QT_TRANSLATE_NOOP("surveys", "Pulse"),
    "before": QT_TRANSLATE_NOOP("surveys", "Before a session"),
    "after": QT_TRANSLATE_NOOP("surveys", "After a session"),
    "needs": QT_TRANSLATE_NOOP("surveys", "Needs poll"),
}
STATES = {
    "draft": QT_TRANSLATE_NOOP("surveys", "Draft"),
    "open": QT_TRANSLATE_NOOP("surveys", "Open"),
    "closed": QT_TRANSLATE_NOOP("surveys", "Closed"),
}

ERRORS: dict[str, tuple[str, str, str]] = {
    "Invalid.promised": (
        QT_TRANSLATE_NOOP("errors", "This was promised"),
        QT_TRANSLATE_NOOP("errors", "What a survey asks, and how it treats answers, stands once it is open."),
        QT_TRANSLATE_NOOP("errors", "Close it and make another one. Nothing was changed."),
    ),
    "Invalid.closed": (
        QT_TRANSLATE_NOOP("errors", "Takes no answers"),
        QT_TRANSLATE_NOOP("errors", "This survey takes no answers today."),
        QT_TRANSLATE_NOOP("errors", "Its organiser can open it again. Nothing was kept."),
    ),
    "Invalid.events": (
        QT_TRANSLATE_NOOP("errors", "No form for a survey"),
        QT_TRANSLATE_NOOP("errors", "The form counts or times something in a lesson ({limit}); a survey cannot."),
        QT_TRANSLATE_NOOP("errors", "Choose another form, or copy it and take that question out."),
    ),
    "Invalid.unreadable": (
        QT_TRANSLATE_NOOP("errors", "Cannot be read"),
        QT_TRANSLATE_NOOP("errors", "This version of the program cannot read the survey."),
        QT_TRANSLATE_NOOP("errors", "A newer version may. Nothing was changed."),
    ),
}
TERMS = {
    "survey_form": QT_TRANSLATE_NOOP("errors", "form of the survey"),
    "survey": QT_TRANSLATE_NOOP("errors", "survey"),
    "least": QT_TRANSLATE_NOOP("errors", "least number of answers"),
    "closes": QT_TRANSLATE_NOOP("errors", "last day"),
}
