"""Who can read a visit, in few words: from the same rows by which it is encrypted, and from the copies that left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.sync.shares import ShareRole
from observe_app.services import releases
from observe_app.services.sync import sharing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.sync.shares import Taker
    from observe_app.services.core import Core
    from observe_app.services.sync.authorship import Wrote


def role_words(role: ShareRole) -> str:
    """Say what somebody is in a visit."""
    translate = QCoreApplication.translate
    return {
        ShareRole.AUTHOR: translate("audience", "observer"),
        ShareRole.TEACHER: translate("audience", "teacher"),
        ShareRole.COACH: translate("audience", "coach"),
        ShareRole.READER: translate("audience", "reader"),
        ShareRole.SCHOOL: translate("audience", "school"),
    }[role]


def wrote_words(found: Wrote) -> str:
    """Say who wrote somebody else's visit; plainly where the record names another observer."""
    translate = QCoreApplication.translate
    name = found.name or translate("audience", "Somebody without a card")
    if not found.named:
        return translate("audience", "Written by {name}").format(name=name)
    words = translate("audience", "{name} wrote this visit, not {named}, whom it names as observer.")
    return words.format(name=name, named=found.named)


def badge_of(core: Core, visit_id: str) -> tuple[str, str]:
    """Return the badge's words and icon."""
    names = releases.audience(core, visit_id)
    every = sharing.takers(core, visit_id)
    takers = [one for one in every if not one.share.deleted]
    if any(one.me for one in every) and not any(one.me for one in takers) and takers:
        return QCoreApplication.translate("audience", "No longer sent to you"), "lock"
    return badge_words(names, takers)


def badge_words(names: Sequence[str], takers: Sequence[Taker]) -> tuple[str, str]:
    """Return words and icon: `names` are those whom a release names, the teacher first; `takers` who is sent it."""
    translate = QCoreApplication.translate
    mine = next((one.share.role for one in takers if one.me), ShareRole.AUTHOR)
    school = any(one.share.role is ShareRole.SCHOOL for one in takers)
    people = {name.casefold() for name in names}
    people |= {one.name.casefold() for one in takers if not one.me and one.share.role is not ShareRole.SCHOOL}
    people -= {one.name.casefold() for one in takers if one.me}
    if not people and not school:
        return translate("audience", "Only you"), "lock"
    others = len(people) - 1
    if mine is ShareRole.SCHOOL:
        words = (
            translate("audience", "School and 1 other")
            if len(people) == 1
            else translate("audience", "School and {n} others").format(n=len(people))
        )
        return words, "users"
    if mine is ShareRole.AUTHOR:
        words = _of_author(others)
    elif mine is ShareRole.TEACHER:
        words = _of_teacher(others)
    elif others <= 0:
        words = translate("audience", "You and 1 other")
    else:
        words = translate("audience", "You and {n} others").format(n=others + 1)
    if school:
        words = translate("audience", "{people}, and the school’s key").format(people=words)
    return words, "user" if others <= 0 and not school else "users"


def _of_teacher(others: int) -> str:
    translate = QCoreApplication.translate
    if others <= 0:
        return translate("audience", "Observer and you")
    if others == 1:
        return translate("audience", "Observer, you and 1 other")
    return translate("audience", "Observer, you and {n} others").format(n=others)


def _of_author(others: int) -> str:
    translate = QCoreApplication.translate
    if others <= 0:
        return translate("audience", "Teacher and you")
    if others == 1:
        return translate("audience", "Teacher, you and 1 other")
    return translate("audience", "Teacher, you and {n} others").format(n=others)
