"""What a person may know of a shared folder: where it is, how it stands, what a round did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """A shared folder that this computer takes part in.

    Attributes:
        id: random, from its `folder.json`. path: where it lies here. name: as the person calls it.
        home: what only oneself may read goes through this one. paused: no rounds.
        school_key: age recipient of the school's recovery key, "" where the founder turned none on.
        joined: when.
    """

    id: str
    path: str
    name: str = ""
    home: bool = False
    paused: bool = False
    school_key: str = ""
    joined: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did.

    Attributes:
        sent: segments written. received: segments taken in. waiting: own segments not in the folder yet.
        incomplete: files still arriving. refused: letters in quarantine after it. conflicts: open ones after it.
        rows: records that changed here.
        problem: stable name of what kept it from its end, "" for none: "missing", "denied", "full", "read_only",
            "slow", "other", "not_observe".
        detail: a place or the system's word for it, never somebody's words.
        unsettled: something is missing, here or with somebody else, that is handed over or asked for once further looks
            have not found it either.
    """

    sent: int = 0
    received: int = 0
    waiting: int = 0
    incomplete: int = 0
    refused: int = 0
    conflicts: int = 0
    rows: int = 0
    problem: str = ""
    detail: str = ""
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class LaptopSeen:
    """Another installation: whose, when it was last heard of, how far its clock is off (seconds, None for fine)."""

    writer: str
    name: str
    at: datetime | None = None
    missing: int = 0
    clock_off: float | None = None


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """How a folder stands now.

    Attributes:
        waiting: changes saved here that are not in the folder yet. visits: that those are about, as people count.
        last: end of the last round that got through.
        laptops: other installations, the longest silent last.
        report: of the last round.
    """

    folder: SharedFolder
    waiting: int = 0
    visits: int = 0
    last: datetime | None = None
    laptops: tuple[LaptopSeen, ...] = ()
    report: RoundReport = field(default_factory=RoundReport)
