"""A reply as rows of two sides: each claim with its answer, then what was said on the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.follow_up.pair_line import Left, Right
from observe_app.ui.follow_up.reply_words import stance_icon, stance_name, stance_tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.reply import Reply, ReplyPoint
    from observe_app.services.replies import ShownPoint
    from observe_app.ui.follow_up.loaded import SaidClaim

Row = tuple[Left, Right | None]


def claim_row(claim: SaidClaim, reply: Reply | None) -> Row:
    """Return a claim with what a reply answers to it; without a reply it has the row for itself."""
    translate = QCoreApplication.translate
    lacks = not claim.rests and claim.kind is not ClaimKind.QUESTION
    remark = translate("reply", "No evidence yet") if lacks else ""
    left = Left(claim.title or translate("reply", "No words yet"), claim.text, claim.kind, remark)
    return left, None if reply is None else answer(reply.point(claim.id))


def answer(point: ReplyPoint | None) -> Right:
    """Return the teacher's side of one claim; a dash where nothing was answered."""
    if point is None or not (point.stance or point.text):
        return Right(text="–")
    if point.stance is None:
        return Right(text=point.text)
    return Right(stance_icon(point.stance), stance_tone(point.stance), stance_name(point.stance), point.text)


def point_rows(points: Sequence[ShownPoint], number: int, *, without: frozenset[str] = frozenset()) -> list[Row]:
    """Return the answered claims as the answered revision had them.

    Args:
        points: of a reply, as the service shows them.
        number: of that revision, 0 for none.
        without: claims that stand elsewhere; with any, what is left is no longer in the feedback and says so.
    """
    translate = QCoreApplication.translate
    rows: list[Row] = []
    for one in points:
        if one.point.claim_id in without:
            continue
        kind = ClaimKind(one.kind) if one.kind in set(ClaimKind) else None
        text = one.text if without else ""
        if without or one.gone:
            gone = translate("reply", "No longer in the feedback; it was in revision {n}.").format(n=number)
            text = " ".join(part for part in (text, gone) if part)
        title = one.title or translate("reply", "A claim that is no longer here")
        rows.append((Left(title, text, kind), answer(one.point)))
    return rows


def last_rows(reply: Reply) -> list[Row]:
    """Return what was said on the whole: overall, the chosen step, who else may read it, the receipt, the signature."""
    translate = QCoreApplication.translate
    rows: list[Row] = []
    if reply.overall.strip():
        rows.append((Left(translate("reply", "Overall")), Right(text=reply.overall.strip(), quoted=True)))
    if reply.step.strip():
        rows.append((Left(translate("reply", "Chosen step")), Right(text=reply.step.strip())))
    if reply.readers:
        rows.append((Left(translate("reply", "May also read it")), Right(text=", ".join(reply.readers))))
    if reply.received:
        received = Right("check", "muted", translate("reply", "Received, which is not “agreed”"))
        rows.append((Left(translate("reply", "Receipt")), received))
    signed = ", ".join(part for part in (reply.name, reply.day) if part)
    if signed:
        rows.append((Left(translate("reply", "Signed")), Right(text=signed)))
    return rows
