"""The teacher's reply: their own words to each claim and over all, part of the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class Stance(StrEnum):
    """How the teacher sees one claim."""

    AGREE = "agree"
    PARTLY = "partly"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ReplyPoint:
    """The answer to one claim. `stance` is None where only words were given; the words may be empty too."""

    claim_id: str
    stance: Stance | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it came.

    Attributes:
        release_id, number: the revision that was answered.
        source: "pdf" where the teacher filled the file, "typed" where the observer entered what the teacher said, "app"
            where the teacher wrote it in the program.
        at: when it came, aware UTC. name, day: as the teacher wrote them, "" without.
        received: the teacher says it was received, which is not that they agree.
        points: by claim, in the order of the page. overall: words on the whole. step: the step that the teacher chose.
        readers: names of those whom the teacher lets read the visit.
        sha256, file_name: the filled file, which is kept; "" for a typed reply.
        seen: somebody here has opened it.
    """

    id: str
    visit_id: str
    release_id: str = ""
    number: int = 0
    source: str = "pdf"
    at: datetime | None = None
    name: str = ""
    day: str = ""
    received: bool = False
    points: tuple[ReplyPoint, ...] = ()
    overall: str = ""
    step: str = ""
    readers: tuple[str, ...] = ()
    sha256: str = ""
    file_name: str = ""
    seen: bool = False
    deleted: bool = False

    def point(self, claim_id: str) -> ReplyPoint | None:
        """Return the answer to a claim, None where none was given."""
        return next((point for point in self.points if point.claim_id == claim_id), None)

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all: no stance, no word, no tick."""
        said = any(point.stance or point.text.strip() for point in self.points)
        return not (said or self.overall.strip() or self.step.strip() or self.readers or self.received)


def points_json(points: tuple[ReplyPoint, ...]) -> str:
    """Return points as the text that the database keeps."""
    rows = [[point.claim_id, point.stance.value if point.stance else "", point.text] for point in points]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def points_of(text: str) -> tuple[ReplyPoint, ...]:
    """Return the points of such a text; what is no point is left out."""
    try:
        rows = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, list) and len(row) == 3 and all(isinstance(part, str) for part in row):
            stance = Stance(row[1]) if row[1] in set(Stance) else None
            found.append(ReplyPoint(row[0], stance, row[2]))
    return tuple(found)
