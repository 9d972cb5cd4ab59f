"""What the Follow up tab shows of one visit, read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.evidence import ClaimKind
from observe_app.domain.release import ReleaseKind
from observe_app.domain.sync.shares import VisitRights
from observe_app.services import replies, talk, visits
from observe_app.services.reply_match import claims_of
from observe_app.services.sync import authorship
from observe_app.services.sync.sharing import rights
from observe_app.ui.talk.marks import KINDS

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.release import Copy, Reader, Release
    from observe_app.domain.reply import Reply
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.replies import ShownPoint
    from observe_app.services.sync.authorship import Wrote


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A claim as the teacher read it, or as it stands now where nothing is released. `rests`: it has evidence."""

    id: str
    kind: ClaimKind
    title: str
    text: str
    rests: bool = True


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything of one visit.

    Attributes:
        release: the newest revision that stands, a withdrawal too; None before. told: the newest that tells something.
        revisions: all of them, the newest first.
        claims: of the revision that tells something, strengths first. replies: the newest first.
        points: of each reply by its id, in order, with the claims as the answered revision had them.
        copies: the newest first. readers: beside teacher and observer.
        rights: what this person may do with the visit. left: something went out, so that nothing is taken back.
        wrote: who signed it, None for one's own.
    """

    visit: Visit
    release: Release | None
    told: Release | None
    revisions: tuple[Release, ...]
    claims: tuple[SaidClaim, ...]
    replies: tuple[Reply, ...]
    points: dict[str, tuple[ShownPoint, ...]]
    copies: tuple[Copy, ...]
    readers: tuple[Reader, ...]
    rights: VisitRights = field(default_factory=VisitRights)
    left: bool = False
    wrote: Wrote | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether what was released is withdrawn."""
        return self.release is not None and self.release.kind is ReleaseKind.WITHDRAWAL

    @property
    def by_itself(self) -> bool:
        """Whether the teacher gets one's own visit through a shared folder, and answers in their own copy."""
        return self.rights.writes and self.rights.shared and not self.rights.decides


def load(core: Core, visit_id: str) -> Loaded:
    """Read a visit.

    Raises:
        ObserveError: it cannot be read.
    """
    from observe_app.services import releases  # noqa: PLC0415  (with what the PDF needs)

    revisions = tuple(reversed(releases.of_visit(core, visit_id)))
    standing = [one for one in revisions if one.taken_back is None]
    told = next((one for one in standing if one.kind is not ReleaseKind.WITHDRAWAL), None)
    found = replies.of_visit(core, visit_id)
    return Loaded(
        visit=visits.get(core, visit_id),
        release=standing[0] if standing else None,
        told=told,
        revisions=revisions,
        claims=_released_claims(told) if told is not None else _present_claims(core, visit_id),
        replies=found,
        points={reply.id: replies.shown(core, reply) for reply in found},
        copies=tuple(reversed(releases.copies(core, visit_id))),
        readers=releases.readers(core, visit_id),
        rights=rights(core, visit_id),
        left=bool(standing) and not releases.can_take_back(core, visit_id),
        wrote=authorship.wrote(core, visit_id),
    )


def differs(core: Core, visit_id: str, _progress: Progress) -> bool:
    """Return whether the record tells something else now than what was released. Work for a job.

    Raises:
        ObserveError: it cannot be read.
    """
    from observe_app.services import releases  # noqa: PLC0415  (with what the PDF needs)

    return rights(core, visit_id).writes and releases.differs(core, visit_id)


def _released_claims(release: Release) -> tuple[SaidClaim, ...]:
    return tuple(SaidClaim(one.id, ClaimKind(one.kind), one.title, one.text) for one in claims_of(release))


def _present_claims(core: Core, visit_id: str) -> tuple[SaidClaim, ...]:
    claims = sorted(talk.claims(core, visit_id), key=lambda one: (KINDS.index(one.kind), one.position, one.id))
    return tuple(SaidClaim(one.id, one.kind, one.title, one.text, one.rests) for one in claims)
