"""Questions that one may write about in one's journal: one at a time, a new one each week, another when asked for.

Nobody counts whether they are answered, and none is shown twice in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802  (the name that lupdate looks for)
    """Mark a literal for translation and hand it back."""
    return text


PROMPTS: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("prompts", "Which moment of this week would you like to see again, slowly?"),
    QT_TRANSLATE_NOOP("prompts", "What did a student say that you did not expect?"),
    QT_TRANSLATE_NOOP("prompts", "Where did you wait, and what came of it?"),
    QT_TRANSLATE_NOOP("prompts", "What did you see in a colleague’s lesson that you would borrow?"),
    QT_TRANSLATE_NOOP("prompts", "Which of your questions opened something, and which one closed it?"),
    QT_TRANSLATE_NOOP("prompts", "Who was quiet this week? What do you know about it, and what do you only guess?"),
    QT_TRANSLATE_NOOP("prompts", "What did you change because of something somebody told you?"),
    QT_TRANSLATE_NOOP("prompts", "What took longer than you had planned, and was it worth it?"),
    QT_TRANSLATE_NOOP("prompts", "When you last watched a lesson: what did you see, and what did you add yourself?"),
    QT_TRANSLATE_NOOP("prompts", "What would you do the same way again tomorrow?"),
    QT_TRANSLATE_NOOP("prompts", "Which small thing could you try in one lesson next week?"),
    QT_TRANSLATE_NOOP("prompts", "What did you hear yourself say more than once?"),
    QT_TRANSLATE_NOOP("prompts", "What do you understand about a class now that you did not in the autumn?"),
    QT_TRANSLATE_NOOP("prompts", "What was difficult to hear in a conversation, and what is in it for you?"),
    QT_TRANSLATE_NOOP("prompts", "What did you decide not to do, and why was that right?"),
    QT_TRANSLATE_NOOP("prompts", "Whose help would make one thing easier? What would you ask for?"),
    QT_TRANSLATE_NOOP("prompts", "Where did students do the thinking, and where did you do it for them?"),
    QT_TRANSLATE_NOOP("prompts", "What are you a little proud of, even if nobody noticed?"),
    QT_TRANSLATE_NOOP("prompts", "Which of your habits would a visitor notice first?"),
    QT_TRANSLATE_NOOP("prompts", "What would you like to be asked about your teaching?"),
    QT_TRANSLATE_NOOP("prompts", "What has become easy that was hard a year ago?"),
    QT_TRANSLATE_NOOP("prompts", "What did you notice only afterwards?"),
    QT_TRANSLATE_NOOP("prompts", "Which rule of yours did you break this week, and what happened?"),
    QT_TRANSLATE_NOOP("prompts", "If a colleague visited you next week, what should they look for?"),
)
"""In the program's own words and in English; a window translates them in the context "prompts"."""

_STRIDE = 7
"""Without a common factor with the number of prompts, so that all come before one comes again."""


def prompt_of(day: date, further: int = 0) -> str:
    """Return the prompt of a day's week, or the one so many further on."""
    week = (day.toordinal() - 1) // 7
    return PROMPTS[(week * _STRIDE + further) % len(PROMPTS)]
