"""Who may be shown a visit in a comparison: its audience, as releases and the teacher's word have it.

Nothing is released by being compared. A visit stands in somebody's report where they could read it by itself: because
it was released and they are its teacher, its observer or a reader whom the teacher named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from observe_app.domain.sync.safety import same_name


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: a person known here, or a name alone. Both empty is nobody."""

    person_id: str = ""
    name: str = ""

    def same(self, other: Who) -> bool:
        """Whether the two are one person: by id where both have one, else by name; nobody is nobody's same."""
        if self.person_id and other.person_id:
            return self.person_id == other.person_id
        return bool(self.name.strip() and other.name.strip()) and same_name(self.name, other.name)


class Standing(StrEnum):
    """What became of a visit's feedback."""

    NEVER = "never"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Why(StrEnum):
    """Why a visit is in a comparison, or is not. A group takes none whose teacher nobody named."""

    READS = "reads"
    OWN = "own"
    NOT_RELEASED = "not_released"
    WITHDRAWN = "withdrawn"
    NOT_A_READER = "not_a_reader"
    DAMAGED = "damaged"
    GONE = "gone"
    UNNAMED = "unnamed"

    @property
    def inside(self) -> bool:
        """Whether the visit is in it."""
        return self in {Why.READS, Why.OWN}


@dataclass(frozen=True, slots=True)
class VisitAudience:
    """Who can read one visit.

    Attributes:
        readers: whom the teacher named beside the two.
        made_here: whoever sits here wrote it, whatever name stands in it: no letter brought it from somebody else.
    """

    visit_id: str
    teacher: Who = Who()
    observer: Who = Who()
    readers: tuple[Who, ...] = ()
    standing: Standing = Standing.NEVER
    made_here: bool = True

    def why(self, reader: Who, me: Who, *, own: bool = False) -> Why:
        """Return whether a visit may be shown to a reader, and why not.

        Args:
            reader: who will read it.
            me: who sits at this computer.
            own: I ask for what I wrote myself, released or not; counts only where I am the reader, too.
        """
        if own and self.made_here and (reader == me or reader.same(me)):
            return Why.OWN
        if self.standing is Standing.NEVER:
            return Why.NOT_RELEASED
        if self.standing is Standing.WITHDRAWN:
            return Why.WITHDRAWN
        named = (self.teacher, self.observer, *self.readers)
        return Why.READS if any(one.same(reader) for one in named) else Why.NOT_A_READER
