"""Which visit and which revision a reply that was read answers, and what there is to say about it.

What prints is imported inside the one function that looks into a revision: the window starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotFound, ReplyProblem
from observe_app.domain.people import MAX_NAME, clean_line
from observe_app.domain.release import ReleaseKind
from observe_app.domain.reply import Reply, ReplyPoint
from observe_app.services.reply_words import Remark

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.release import Release
    from observe_app.domain.visit import Visit
    from observe_app.services.exchange.reply_in import ReadReply
    from observe_app.store.unit import ReadUnit

UNTOLD = "–"
"""Stands where the file does not say."""

MAX_READERS = 50


@dataclass(frozen=True, slots=True)
class AnsweredClaim:
    """A claim as a revision had it. `number`: its place there, counted from 1."""

    id: str
    number: int
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A reply that was read, with the visit and the revision it answers.

    Attributes:
        reply: not kept yet: without an id and a time. known: the reply that this very file became before.
        data: the file. old_revision: a newer one stands.
    """

    reply: Reply
    visit: Visit
    data: bytes
    old_revision: bool = False
    known: Reply | None = None
    remarks: tuple[Remark, ...] = ()


def claims_of(release: Release) -> tuple[AnsweredClaim, ...]:
    """Return the claims of a revision as they left; none where its document cannot be read."""
    from observe_app.services.pdf.document import ReportDocument  # noqa: PLC0415

    try:
        document = ReportDocument.from_json(release.document)
    except ValueError:
        return ()
    kinds = (("strength", document.strengths), ("growth", document.growth), ("question", document.questions))
    claims = [(kind, claim) for kind, some in kinds for claim in some]
    return tuple(
        AnsweredClaim(claim.id, claim.number or place, kind, claim.title, claim.text)
        for place, (kind, claim) in enumerate(claims, start=1)
        if claim.id
    )


def matched(unit: ReadUnit, path: Path, read: ReadReply, file_name: str) -> Match:
    """Find the visit and the revision that a reply answers.

    Args:
        unit: the data at one moment.
        path: of the file, for the errors.
        read: what is in it.
        file_name: what to call the kept file.

    Raises:
        ReplyProblem: "other_visit", "visit_deleted", "other_release", "no_form", "flattened", "empty".
    """
    about = {
        "teacher": read.teacher or UNTOLD, "date": read.date or UNTOLD, "school": read.school or UNTOLD,
        "reference": read.reference,
    }  # fmt: skip
    visit = _visit(unit, read)
    if visit is None:
        raise ReplyProblem(path, "other_visit", **about)
    about = {**about, "teacher": visit.teacher or about["teacher"], "date": _day(visit) or about["date"]}
    if read.missing_fields:
        raise ReplyProblem(path, read.missing_fields, visit_id=visit.id, **about)
    if visit.deleted:
        raise ReplyProblem(path, "visit_deleted", visit_id=visit.id, **about)
    releases = unit.after.releases(visit.id)
    release = _release(releases, read)
    if release is None:
        raise ReplyProblem(path, "other_release", visit_id=visit.id, **about)
    reply, remarks = _reply(visit, release, read)
    if reply.empty:
        raise ReplyProblem(path, "empty", visit_id=visit.id, **about)
    standing = [one.number for one in releases if one.taken_back is None]
    newest = max(standing, default=release.number)
    remarks += _about_release(release, releases, newest)
    live = {claim.id for claim in unit.talk.claims(visit.id)}
    gone = sum(point.claim_id not in live for point in reply.points)
    if gone:
        remarks.append(Remark("claims_gone", str(release.number), gone))
    if reply.name and visit.teacher and reply.name.casefold() != visit.teacher.casefold():
        remarks.append(Remark("name_differs", reply.name))
    return Match(
        replace(reply, file_name=file_name),
        visit,
        read.data,
        old_revision=newest > release.number,
        known=unit.after.reply_of_file(read.sha256),
        remarks=(*remarks, *read.remarks),
    )


def _visit(unit: ReadUnit, read: ReadReply) -> Visit | None:
    if read.visit_id:
        try:
            return unit.visits.get(read.visit_id)
        except NotFound:
            return None
    ending = read.reference.partition("-")[0]
    found = [one for one in unit.visits.ids_like(ending) if one.endswith(ending)] if ending else []
    with_it = [one for one in found if any(release.number == read.number for release in unit.after.releases(one))]
    return unit.visits.get(with_it[0] if with_it else found[0]) if len(with_it or found) == 1 else None


def _release(releases: tuple[Release, ...], read: ReadReply) -> Release | None:
    if read.release_id:
        return next((one for one in releases if one.id == read.release_id), None)
    return next((one for one in releases if one.number == read.number), None)


def _about_release(release: Release, releases: tuple[Release, ...], newest: int) -> list[Remark]:
    if release.taken_back is not None:
        return [Remark("taken_back", str(release.number))]
    if release.kind is ReleaseKind.WITHDRAWAL or any(
        one.kind is ReleaseKind.WITHDRAWAL and one.number > release.number and one.taken_back is None
        for one in releases
    ):
        return [Remark("withdrawn", str(release.number))]
    return [Remark("old_revision", str(release.number), newest)] if newest > release.number else []


def _reply(visit: Visit, release: Release, read: ReadReply) -> tuple[Reply, list[Remark]]:
    """Return what the file says as a reply; the revision kept here tells which claim a number means, not the file."""
    ids = {claim.number: claim.id for claim in claims_of(release)}
    ids = ids or dict(enumerate(read.claims, start=1))
    answered = sorted({*read.stances, *read.words})
    points = tuple(
        ReplyPoint(ids[number], read.stances.get(number), read.words.get(number, ""))
        for number in answered
        if number in ids
    )
    remarks = []
    if len(points) < len(answered):
        remarks.append(Remark("points_unknown", str(release.number), len(answered) - len(points)))
    readers = _names(read.readers)
    if readers:
        remarks.append(Remark("readers", ", ".join(readers[:MAX_READERS])))
    if len(readers) > MAX_READERS:
        remarks.append(Remark("readers_cut", count=MAX_READERS))
    reply = Reply(
        id="",
        visit_id=visit.id,
        release_id=release.id,
        number=release.number,
        source="pdf",
        name=clean_line(read.name)[:MAX_NAME],
        day=clean_line(read.day)[:MAX_NAME],
        received=read.received,
        points=points,
        overall=read.overall,
        step=read.step,
        readers=readers[:MAX_READERS],
        sha256=read.sha256,
    )
    return reply, remarks


def _names(text: str) -> tuple[str, ...]:
    """Return the names in what the teacher wrote: one a line, or with commas or semicolons between them."""
    parts = text.replace(";", "\n").replace(",", "\n").replace("،", "\n").replace("、", "\n").split("\n")
    lines = [clean_line(part)[:MAX_NAME] for part in parts]
    found: dict[str, str] = {}
    for line in lines:
        if line:
            found.setdefault(line.casefold(), line)
    return tuple(found.values())


def _day(visit: Visit) -> str:
    moment = visit.started or visit.start
    return moment.date().isoformat() if moment else ""
