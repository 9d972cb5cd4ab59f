"""Letters at the door: which changes come into the record, which wait, which are kept outside and shown.

Every verdict is a function of what was said and not of when it came. Whoever turns out to have had no right (removed
before they wrote, decided instead of the teacher) is put out again when that becomes known, and let in when it turns
out that they had one.

What `store.sync` provides is imported inside functions: services load lightly.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id
from observe_app.domain.sync.letter import AudienceKind
from observe_app.domain.sync.rights import (
    JOINT,
    JOINT_COLUMNS,
    LEAVE,
    OK,
    WAIT,
    Facts,
    Membership,
    Written,
    belongs_by,
    membership,
    verdict,
)
from observe_app.domain.sync.safety import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.sync.letter import Letter, Op
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Writing

OTHER_AUTHOR = "other_author"
"""A letter that says somebody else made a visit than the first one about it said."""

RENAMED = "sync_renamed"
"""Fact of a database that holds changes under another id than their signer gave them."""

GONE = "gone"
"""A letter about a visit that was erased; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter says of its records, gone through once.

    Attributes:
        first: the visit that each record was first said to belong to, with the stamp. cells: the last value of each.
    """

    letter: Letter | None
    first: Mapping[tuple[str, str], tuple[str, str]]
    cells: Mapping[tuple[str, str, str], object]

    @classmethod
    def of(cls, letter: Letter) -> Said:
        """Go through a letter."""
        first: dict[tuple[str, str], tuple[str, str]] = {}
        cells: dict[tuple[str, str, str], object] = {}
        for op in letter.ops:
            cells[op.cell] = op.new
            if op.column == belongs_by(op.table) and op.new:
                known = first.get((op.table, op.row))
                if known is None or op.stamp < known[0]:
                    first[op.table, op.row] = (op.stamp, str(op.new))
        return cls(letter, first, cells)


_NOTHING_SAID = Said(None, {}, {})


class Judge:
    """Judges letters by what the database holds at this moment; made anew for each letter."""

    def __init__(self, sql: Connection, me: str) -> None:
        """Judge for the person with this fingerprint."""
        self._sql, self._me = sql, me
        self._letter: Letter | None = None
        self._members: Membership | None = None
        self._claim = ""
        self._better = False
        self._said = _NOTHING_SAID
        self._known: Facts | None = None
        self._gone: tuple[frozenset[str], frozenset[str]] | None = None

    def __call__(self, letter: Letter, op: Op) -> str:
        """Return "apply", "wait", "leave" (known better here, no fault), or "refuse:" and a stable word for why."""
        if letter is not self._letter:
            self._read(letter)
        if letter.audience.kind is AudienceKind.ME and self._of_erased(op):
            return "leave"
        if self._known is None:
            self._known = self._facts()
        found = self._claim or verdict(
            letter.audience.kind, letter.audience.visit, Written(op, letter.signer), self._known
        )
        return {OK: "apply", WAIT: "wait", LEAVE: "leave", GONE: "leave"}.get(found, f"refuse:{found}")

    def hear(self, said: Said) -> None:
        """Take over what a letter says where somebody went through it already."""
        self._said = said

    def _of_erased(self, op: Op) -> bool:
        """Tell whether a change is of a visit that was erased: another of one's computers had not heard of it yet."""
        from observe_app.store.sync import purge  # noqa: PLC0415

        if self._gone is None:
            self._gone = purge.gone(self._sql)
        visits, rows = self._gone
        if not visits or op.table == "erasure":
            return False
        said = self._said.first.get((op.table, op.row), ("", ""))[1]
        return op.row in visits or said in visits or f"{op.table}/{op.row}" in rows

    def _read(self, letter: Letter) -> None:
        from observe_app.store.sync import shares  # noqa: PLC0415

        self._letter, self._claim, self._members, self._better = letter, "", None, False
        self._known = None
        if self._said.letter is not letter:
            self._said = Said.of(letter)
        visit = letter.audience.visit
        if letter.audience.kind is not AudienceKind.VISIT:
            return
        author = shares.author_of(self._sql, visit, self._me)
        self._better = self._knows_better(letter, author)
        if self._better:
            author = letter.audience.author
        elif shares.erased(self._sql, visit):
            self._claim = GONE
        elif author and author != letter.audience.author:
            self._claim = OTHER_AUTHOR
        elif not author and letter.signer == letter.audience.author:
            author = letter.signer
        if author:
            said = [Written(op, letter.signer) for op in letter.ops if op.table == "visit_share"]
            self._members = members_of(self._sql, visit, author, self._me, said)

    def _knows_better(self, letter: Letter, author: str) -> bool:
        """Tell whether one's own letter says who made a visit where somebody else's, that came first, said otherwise.

        On a new computer anybody's letter may come first, and anybody may say that they made a visit. One's own visits
        are known by oneself, and of others' the first own word about them counts.
        """
        from observe_app.store.sync import shares  # noqa: PLC0415

        visit, said = letter.audience.visit, letter.audience.author
        if letter.signer != self._me or shares.bound(self._sql, visit) in {"", said}:
            return False
        return author == said or not shares.has_own(self._sql, visit, self._me)

    def after(self, writing: Writing, letter: Letter, good: Sequence[Op]) -> After:
        """Keep what follows from changes that were let in, in the same transaction.

        Who made the visit; who has what of it; that somebody new is to get it; whose words turn out to have no place,
        or to have one after all; what its author erased.
        """
        from observe_app.store.sync import purge, segments, shares  # noqa: PLC0415

        visit = letter.audience.visit
        if segments.meta(writing.sql, "fingerprint") != self._me:
            segments.set_meta(writing.sql, "fingerprint", self._me)
        author = letter.audience.author
        if visit and good and letter.signer == author:
            shares.bind(writing.sql, visit, author, letter.folder)
        if visit and self._better:
            shares.bind_anew(writing.sql, visit, author)
            return self._settle(writing.sql, visit)
        rows = purge.obey(writing, [op for op in good if op.table == "erasure"], self._me)
        self._learn(writing.sql, letter, good)
        if letter.audience.kind is AudienceKind.ME:
            self._leave_out(writing.sql, letter)
            for op in good:
                if op.table == "erasure" and op.column == "visit_id":
                    purge.tell_others(writing.sql, str(op.new), op.row, self._me)
        if not visit or not good or rows:
            return After(frozenset(rows))
        shares.gone_out(writing.sql, visit, {(op.table, op.row) for op in good})
        if letter.signer == self._me:
            self._hand_on(writing.sql, letter, good)
        if not any(op.table in ("visit_share", "release") for op in good):
            return After()
        return self._settle(writing.sql, visit)

    def _learn(self, sql: Connection, letter: Letter, good: Sequence[Op]) -> None:
        """Take from a letter what it says besides its changes: who was removed, what replaced what, who had what."""
        from observe_app.store.sync import purge, removals, shares  # noqa: PLC0415

        if letter.signer == self._me:  # by anybody else's word some could be kept from reading
            removals.hear(sql, letter.removals)
            shares.push_linked(sql, [op.op for op in good if op.over])
        if self._claim == GONE:
            named = {str(op.new) for op in letter.ops if (op.table, op.column) == ("visit_share", "fingerprint")}
            own = self._me if letter.audience.author == self._me else ""
            purge.tell_also(sql, letter.audience.visit, letter.signer, named, author=own, folder=letter.folder)

    def _hand_on(self, sql: Connection, letter: Letter, good: Sequence[Op]) -> None:
        """Owe what another computer of this person wrote to people of the visit whom that one had not heard of.

        It tells them itself as soon as it does; unless it is lost before.
        """
        from observe_app.store.sync import outbox  # noqa: PLC0415

        members = letter.audience.members
        if self._members is None or len(members) >= outbox.MOST_READERS or not any(map(_is_joint, good)):
            return
        known = {self._me, *members, *(one.fingerprint for one in letter.removals)}
        if fresh := set(self._members.present()) - known:
            outbox.owe(sql, letter.audience.visit, fresh)

    def _leave_out(self, sql: Connection, letter: Letter) -> None:
        """Know the records of erased visits that a letter names, and take out what came of them before."""
        from observe_app.store.sync import purge  # noqa: PLC0415

        visits = purge.gone(sql)[0]
        named: dict[str, set[tuple[str, str]]] = {}
        for op in letter.ops if visits else ():
            if op.column == "visit_id" and op.table != "erasure" and op.new in visits:
                named.setdefault(str(op.new), set()).add((op.table, op.row))
        for visit, rows in named.items():
            purge.came_late(sql, visit, rows)

    def _settle(self, sql: Connection, visit: str) -> After:
        """Judge all again that came about a visit where who takes part in it is known better now."""
        from observe_app.store.sync import apply, refused, segments, shares  # noqa: PLC0415

        author = shares.author_of(sql, visit, self._me)
        if not author:
            return After()
        members = members_of(sql, visit, author, self._me)
        key, digest = f"members:{visit}", _digest(members)
        if segments.meta(sql, key) == digest:
            return After()
        segments.set_meta(sql, key, digest)
        self._welcome(sql, visit, members)
        wrong = [op.op for op, signer in shares.came(sql, visit) if not _standing(members, op, signer)]
        rows = apply.evict(sql, wrong) if wrong else set()
        again = shares.letters_of(sql, visit)
        refused.forget_letters(sql, again)
        return After(frozenset(rows), frozenset(again))

    def _welcome(self, sql: Connection, visit: str, members: Membership) -> None:
        """Send what this person wrote to somebody who is new; once, or two computers would go on telling each other."""
        from observe_app.store.sync import segments, shares  # noqa: PLC0415

        key = f"people:{visit}"
        before, now = segments.meta(sql, key), members.present()
        segments.set_meta(sql, key, ",".join(now))
        if set(now) - set(before.split(",")):
            shares.push_all(sql, visit)

    def _facts(self) -> Facts:
        from observe_app.store.sync import apply, shares  # noqa: PLC0415

        sql, me = self._sql, self._me
        signer = self._letter.signer if self._letter is not None else ""

        @cache  # nothing is written between two verdicts about a letter
        def first(table: str, row: str) -> tuple[str, str, str] | None:
            known = shares.made_by(sql, table, row, me)
            here = self._said.first.get((table, row))
            if here is None or (known is not None and not _before(table, (here[0], signer, here[1]), known)):
                return known
            return here[0], signer, here[1]

        def value_of(table: str, row: str, column: str) -> object:
            key = (table, row, column)
            return self._said.cells[key] if key in self._said.cells else shares.value_of(sql, table, row, column)

        return Facts(
            me=me,
            membership=self._members,
            visit_of=lambda table, row: found[2] if (found := first(table, row)) else "",
            writer_of=lambda table, row: found[1] if (found := first(table, row)) else "",
            value_of=value_of,
            person_of=lambda fingerprint: shares.person_of(sql, fingerprint),
            knows=lambda person: shares.knows(sql, person),
            columns=apply.columns_of,
            folder=self._letter.folder if self._letter is not None else "",
            maker_of=lambda table, row: shares.maker_of(sql, table, row, me),
            is_named=lambda person, name: any(same_name(str(name), one) for one in shares.names(sql, person)),
        )


def members_of(
    sql: Connection, visit: str, author: str, me: str, more: Iterable[Written] = ()
) -> Membership:  # fmt: skip
    """Return who takes part in a visit by all that is known here, and by these further changes."""
    from observe_app.store.sync import shares  # noqa: PLC0415

    changes = {one.op.op: one for one in more} | {one.op.op: one for one in shares.share_changes(sql, visit, me)}
    return membership(visit, author, changes.values(), shares.released_stamp(sql, visit))


@dataclass(frozen=True, slots=True)
class After:
    """What taking in a letter brings about.

    Attributes:
        rows: further records that changed. again: hashes of segments to be judged anew.
    """

    rows: frozenset[tuple[str, str]] = frozenset()
    again: frozenset[str] = frozenset()


def own_actions(sql: Connection, letter: Letter, me: str) -> Letter:
    """Give actions that carry the id of somebody else's another one: nobody speaks under another's name."""
    from observe_app.store.sync import shares  # noqa: PLC0415

    others = {
        one: natural_id("action", one, letter.signer)
        for one in shares.others_actions(sql, [one.id for one in letter.actions], letter.signer, me)
    }
    if not others:
        return letter
    return replace(
        letter,
        actions=tuple(replace(one, id=others.get(one.id, one.id)) for one in letter.actions),
        ops=tuple(replace(op, action=others.get(op.action, op.action)) for op in letter.ops),
    )


def own_ops(sql: Connection, letter: Letter, me: str) -> Letter:
    """Give changes that carry the id of somebody else's another one: who came first must not hide the other.

    Later letters of the same signer that name such a change in `over` mean theirs.
    """
    from observe_app.store.sync import segments, shares  # noqa: PLC0415

    named = {op.op for op in letter.ops}
    if segments.meta(sql, RENAMED):  # it never happens among people who mean well, and costs time
        named.update(*(op.over for op in letter.ops))
    others = {one: _renamed(one, letter.signer) for one in shares.others_ops(sql, named, letter.signer, me)}
    same = shares.same_ops(sql, [op for op in letter.ops if op.op in others])
    fresh = {one: name for one, name in others.items() if one not in same}
    there = shares.there(sql, others.values()) | {fresh[op.op] for op in letter.ops if op.op in fresh}
    if not there:
        return letter
    meant = {one: name for one, name in others.items() if name in there}
    return replace(
        letter,
        ops=tuple(
            replace(
                op,
                op=fresh.get(op.op, op.op),
                over=tuple(dict.fromkeys([*op.over, *(meant[one] for one in op.over if one in meant)])),
            )
            for op in letter.ops
        ),
    )


def _renamed(op: str, signer: str) -> str:
    return hashlib.sha256(f"observe-op-1\n{op}\n{signer}".encode()).hexdigest()[:16]


def _is_joint(op: Op) -> bool:
    return op.table in JOINT or (op.table == "visit" and op.column in JOINT_COLUMNS)


_MADE_BY_SEVERAL = frozenset({"attachment"})
"""Tables where two people may rightly make the same record, for its id says what it is."""


def _before(table: str, one: tuple[str, str, str], known: tuple[str, str, str]) -> bool:
    """Tell whether a word that a record belongs to a visit comes before the one that is known: (stamp, who, visit).

    A record never moves to another visit, and an id that somebody made is nobody else's: anybody may write any moment
    on their words, and would own each other's records by an early one.
    """
    if one[2] != known[2] or (one[1] != known[1] and table not in _MADE_BY_SEVERAL):
        return False
    return one[0] < known[0]


def _standing(members: Membership, op: Op, signer: str) -> bool:
    """Tell whether a change that is in the record may stay there."""
    if op.table == "visit_share":
        return op.op not in members.refused
    return bool(members.role_at(signer, op.stamp))


def _digest(members: Membership) -> str:
    parts = (sorted(members.refused.items()), sorted(members.roles.items()), sorted(members.ways.items()))
    told = (members.author, members.teacher, *parts)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
