"""The fixed words of what a corrected revision says that it changes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The fixed words; fields in braces are filled with `.format`."""

    added: str = "Added: “{title}”."
    removed: str = "Left out: “{title}”."
    reworded: str = "Reworded: “{title}”."
    evidence: str = "Other evidence: “{title}”."
    moved: str = "Moved to {place}: “{title}”."
    strengths: str = "Strengths"
    growth: str = "To grow"
    questions: str = "Questions"
    step_added: str = "Action step added: “{title}”."
    step_removed: str = "Action step left out: “{title}”."
    step_changed: str = "Action step changed: “{title}”."
    answer: str = "“{title}”: {after} instead of {before}."
    answer_gone: str = "“{title}” is not told any more."
    answer_new: str = "“{title}”: {after}."
    nothing: str = "–"
    notes_more: str = "{n} more notes."
    notes_less: str = "{n} notes fewer."
    conversation: str = "The conversation was written anew."
    focus: str = "The focus was written anew."
    lesson: str = "What is said of the lesson itself (who, when, class) changed."
    readers: str = "Who may read it: {names}."
    rest: str = "Details changed."
