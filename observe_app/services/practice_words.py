"""Errors of the rooms around the visits, gathered for the one table of words: bundles, people, and what is near them."""

from __future__ import annotations

from observe_app.services import bundle_words, people_words

ERRORS: dict[str, tuple[str, str, str]] = bundle_words.ERRORS | people_words.ERRORS
TERMS: dict[str, str] = people_words.TERMS
