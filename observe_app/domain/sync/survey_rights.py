"""Which records of surveys travel to everybody, and who may write them: the id itself says whose a survey is.

Answers are encrypted to a key that stands in the survey. Were it enough to have been heard first, somebody could say a
survey anew with a key of their own on a computer that has not heard of it yet.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from observe_app.domain.surveys.survey import SurveyKind, SurveyState

if TYPE_CHECKING:
    from observe_app.domain.sync.letter import Op

TABLE = "survey"
WHOSE = 24
"""Digits of its maker's fingerprint that a survey's id begins with; 96 bits."""
MOST_CONTENT = 400_000
_PUBLIC = re.compile(r"[0-9a-f]{24}-[0-9a-f]{24}")
_FIXED = frozenset({"content", "anonymous", "least", "key", "kind", "created"})
"""What is promised when a survey is opened, and nobody changes afterwards, not even its maker."""
_WORDS = {"group_id": 100, "session_id": 100, "series_id": 100, "title": 400, "content": MOST_CONTENT, "key": 100,
          "organiser_id": 100, "kind": 20, "state": 20, "created": 40, "opens": 10, "closes": 10}  # fmt: skip


def public_id(fingerprint: str, chance: bytes) -> str:
    """Return the id of a survey that its maker opens; `chance` are twelve random bytes."""
    return f"{fingerprint[:WHOSE]}-{chance.hex()}"


def is_public(survey_id: str) -> bool:
    """Tell whether an id is one of a survey that travels."""
    return _PUBLIC.fullmatch(survey_id) is not None


def is_of(survey_id: str, fingerprint: str) -> bool:
    """Tell whether a survey that travels was made by somebody."""
    return is_public(survey_id) and survey_id[:WHOSE] == fingerprint[:WHOSE]


def refusal(op: Op, signer: str) -> str:
    """Say why a change of a survey is not let in, "" where it is: a function of the change and its signer alone.

    Returns:
        "not_theirs" for somebody else's, "version_stands" for what is promised, "content" for what no survey says.
    """
    if not is_of(op.row, signer):
        return "not_theirs"
    if op.column in _FIXED and not op.inserted:
        return "version_stands"
    return "" if _fits(op.column, op.new) else "content"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _fits(column: str, value: object) -> bool:
    if column in {"anonymous", "deleted"}:
        return value in (0, 1)
    if column == "least":
        return type(value) is int and 0 <= value <= 1000
    if column in {"opens", "closes"} and value is None:
        return True
    if column not in _WORDS:  # of a later version
        return not isinstance(value, str) or len(value) <= MOST_CONTENT
    if not isinstance(value, str) or len(value) > _WORDS[column]:
        return False
    if column in {"opens", "closes", "created"}:
        return _is_moment(value) if column == "created" else _is_day(value)
    if column == "state":
        return value in {SurveyState.OPEN.value, SurveyState.CLOSED.value}
    return column != "kind" or value in {one.value for one in SurveyKind}
