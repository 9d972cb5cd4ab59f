"""What a group's purpose still lacks so that one can work by it: specific, measurable, looked at again on a date.

It names gaps and judges nothing: a group may leave every one of them open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from observe_app.domain.groups.goal import Goal
    from observe_app.domain.groups.group import PeerGroup

_FEW_WORDS = 5
_FEW_SIGNS = 16
"""A sentence in a script without spaces between words can be as short as this and still say who and what."""


class PurposeGap(StrEnum):
    """What a purpose lacks."""

    PURPOSE = "purpose"
    SPECIFIC = "specific"
    MEASURE = "measure"
    TARGET = "target"
    REVISIT = "revisit"
    REVISIT_DUE = "revisit_due"


def purpose_gaps(group: PeerGroup, goals: Iterable[Goal], today: date) -> tuple[PurposeGap, ...]:
    """Return what is missing, in the order in which one would write it.

    Specific is told by length alone: no program can tell what a sentence means. Measurable asks for words on how the
    group will know, and for a goal with a target or a figure in them. A date in the past asks for a look.
    """
    found: list[PurposeGap] = []
    if not group.purpose.strip():
        found.append(PurposeGap.PURPOSE)
    elif _is_short(group.purpose):
        found.append(PurposeGap.SPECIFIC)
    targets = any(goal.target is not None for goal in goals)
    if not group.measure.strip() and not targets:
        found.append(PurposeGap.MEASURE)
    elif not targets and not _has_figure(f"{group.purpose} {group.measure}"):
        found.append(PurposeGap.TARGET)
    if group.revisit is None:
        found.append(PurposeGap.REVISIT)
    elif group.revisit <= today:
        found.append(PurposeGap.REVISIT_DUE)
    return tuple(found)


def _is_short(text: str) -> bool:
    words = text.split()
    # Latin letters with few words say little; signs of a script without spaces are counted instead.
    dense = any(ord(sign) >= 0x2E80 for sign in text) or any(0x0E00 <= ord(sign) < 0x0F00 for sign in text)
    return len(text.strip()) < _FEW_SIGNS // 2 if dense else len(words) < _FEW_WORDS or len(text.strip()) < _FEW_SIGNS


def _has_figure(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)
