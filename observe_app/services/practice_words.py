"""Errors of the rooms around the visits, gathered for the one table of words."""

from __future__ import annotations

from observe_app.services import (
    bundle_words,
    group_words,
    learning_words,
    people_words,
    round_words,
    survey_words,
    timetable_words,
)

ERRORS: dict[str, tuple[str, str, str]] = (
    bundle_words.ERRORS | people_words.ERRORS | timetable_words.ERRORS | group_words.ERRORS | learning_words.ERRORS
    | survey_words.ERRORS | round_words.ERRORS
)  # fmt: skip
TERMS: dict[str, str] = (
    people_words.TERMS | group_words.TERMS | learning_words.TERMS | survey_words.TERMS | round_words.TERMS
)
