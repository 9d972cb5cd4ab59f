"""Sealing answers: to a key of the survey's own, so that only its organiser opens them; ordinary age files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from observe_app.domain.surveys.sheet import SIZES, padded, unpadded

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "observe-answer-1"
MOST_BYTES = SIZES[-1] + 8_192
"""Bytes of a sealed answer at most: the largest size, and what age puts around it."""

_SIGNED = b"observe-answer-1\n"


def new_key() -> tuple[str, str]:
    """Return a new identity and the recipient that belongs to it."""
    import pyrage  # noqa: PLC0415  (heavy, and only for surveys)

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def seal(table: Mapping[str, Any], recipient: str) -> tuple[str, bytes]:
    """Return a filled survey encrypted to a survey's key, and the hash that it is known by.

    Raises:
        Invalid: it is too long. ValueError: the survey's key is none.
    """
    import pyrage  # noqa: PLC0415  (as above)

    try:
        raw = bytes(pyrage.encrypt(padded(table), [pyrage.x25519.Recipient.from_str(recipient)]))
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        message = "no key to seal with"
        raise ValueError(message) from error
    return name_of(raw), raw


def name_of(raw: bytes) -> str:
    """Return the hash of a sealed answer; it is as random as what it is the hash of."""
    return hashlib.sha256(raw).hexdigest()


def unseal(raw: bytes, identity: str, survey_id: str) -> dict[str, Any]:
    """Return the filled survey in a sealed answer.

    Raises:
        ValueError: it is damaged, for another key, or of another survey.
    """
    import pyrage  # noqa: PLC0415  (as above)

    from observe_app.store.identity import NotForMe, Unreadable, age_open  # noqa: PLC0415  (as above)

    try:
        table = unpadded(age_open(raw, pyrage.x25519.Identity.from_str(identity)))
    except (NotForMe, Unreadable, pyrage.IdentityError) as error:
        message = "the key does not open it"
        raise ValueError(message) from error
    if table.get("format") != FORMAT or table.get("survey") != survey_id or not isinstance(table.get("answers"), dict):
        message = "no answer to this survey"
        raise ValueError(message)
    return table


def signed_part(survey_id: str, on: str, answers: object) -> bytes:
    """Return what somebody signs who answers under their name; `answers` as they are sealed."""
    plain = json.dumps(answers, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _SIGNED + f"{survey_id}\n{on}\n{plain}".encode("utf-8", "replace")
