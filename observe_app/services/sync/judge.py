"""Letters at the door: which changes come into the record, which wait, which are kept outside and shown.

Every verdict is a function of what was said and not of when it came. Whoever turns out to have had no right (removed
before they wrote, decided instead of the teacher) is put out again when that becomes known, and let in when it turns
out that they had one.

What `store.sync` provides is imported inside functions: services load lightly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id
from observe_app.domain.sync.letter import AudienceKind
from observe_app.domain.sync.rights import LEAVE, OK, WAIT, Facts, Membership, Written, membership, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.letter import ActionHead, Letter, Op
    from observe_app.store.sync.ledger import Connection, Writing
    from observe_app.store.sync.refused import Held

OTHER_AUTHOR = "other_author"
"""A letter that says somebody else made a visit than the first one about it said."""

GONE = "gone"
"""A letter about a visit that was erased; nothing of it is kept."""


class Judge:
    """Judges letters by what the database holds at this moment; made anew for each letter."""

    def __init__(self, sql: Connection, me: str) -> None:
        """Judge for the person with this fingerprint."""
        self._sql, self._me = sql, me
        self._letter: Letter | None = None
        self._members: Membership | None = None
        self._claim = ""
        self._first: dict[tuple[str, str], tuple[str, str]] = {}
        self._cells: dict[tuple[str, str, str], object] = {}

    def __call__(self, letter: Letter, op: Op) -> str:
        """Return "apply", "wait", "leave" (known better here, no fault), or "refuse:" and a stable word for why."""
        if letter is not self._letter:
            self._read(letter)
        found = self._claim or verdict(
            letter.audience.kind, letter.audience.visit, Written(op, letter.signer), self._facts()
        )
        return {OK: "apply", WAIT: "wait", LEAVE: "leave"}.get(found, f"refuse:{found}")

    def _read(self, letter: Letter) -> None:
        from observe_app.store.sync import refused, shares  # noqa: PLC0415

        self._letter, self._claim, self._members = letter, "", None
        self._first, self._cells = {}, {}
        for op in letter.ops:
            self._cells[op.cell] = op.new
            if op.column == "visit_id":
                known = self._first.get((op.table, op.row))
                if known is None or op.stamp < known[0]:
                    self._first[op.table, op.row] = (op.stamp, str(op.new))
        visit = letter.audience.visit
        if letter.audience.kind is not AudienceKind.VISIT:
            return
        author = shares.author_of(self._sql, visit, self._me)
        if shares.erased(self._sql, visit):
            self._claim = GONE
        elif author and author != letter.audience.author:
            self._claim = OTHER_AUTHOR
        elif not author and letter.signer == letter.audience.author:
            author = letter.signer
        if author:
            said = [Written(op, letter.signer) for op in letter.ops if op.table == "visit_share"]
            said += [
                Written(one.op, one.signer)
                for one in refused.of_visit(self._sql, visit)
                if one.op.table == "visit_share"
            ]
            self._members = members_of(self._sql, visit, author, self._me, said)

    def _facts(self) -> Facts:
        from observe_app.store.sync import apply, shares  # noqa: PLC0415

        sql, me = self._sql, self._me
        signer = self._letter.signer if self._letter is not None else ""

        def first(table: str, row: str) -> tuple[str, str, str] | None:
            known = shares.made_by(sql, table, row, me)
            here = self._first.get((table, row))
            if here is not None and (known is None or here[0] < known[0]):
                return here[0], signer, here[1]
            return known

        def value_of(table: str, row: str, column: str) -> object:
            key = (table, row, column)
            return self._cells[key] if key in self._cells else shares.value_of(sql, table, row, column)

        return Facts(
            me=me,
            membership=self._members,
            visit_of=lambda table, row: found[2] if (found := first(table, row)) else "",
            writer_of=lambda table, row: found[1] if (found := first(table, row)) else "",
            value_of=value_of,
            person_of=lambda fingerprint: shares.person_of(sql, fingerprint),
            knows=lambda person: shares.knows(sql, person),
            columns=apply.columns_of,
        )


def members_of(
    sql: Connection, visit: str, author: str, me: str, more: Iterable[Written] = ()
) -> Membership:  # fmt: skip
    """Return who takes part in a visit by all that is known here, and by these further changes."""
    from observe_app.store.sync import shares  # noqa: PLC0415

    changes = {one.op.op: one for one in more} | {one.op.op: one for one in shares.share_changes(sql, visit, me)}
    return membership(visit, author, changes.values(), shares.released_stamp(sql, visit))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a letter: records that may have changed, how many changes were refused, how many wait."""

    rows: frozenset[tuple[str, str]] = frozenset()
    refused: int = 0
    waiting: int = 0


def take(writing: Writing, letter: Letter, name: str, me: str, now: str) -> Taken:
    """Let in what a letter's signer had a right to, keep the rest outside; all within the caller's transaction.

    Args:
        writing: the transaction.
        letter: opened and verified.
        name: hash of its segment.
        me: own fingerprint.
        now: the present moment as the database keeps it.
    """
    from observe_app.store.sync import purge, refused, shares  # noqa: PLC0415

    sql = writing.sql
    judge, visit = Judge(sql, me), letter.audience.visit
    letter = _own_actions(sql, letter, me)
    verdicts = [(op, judge(letter, op)) for op in letter.ops]
    fit = [op for op, found in verdicts if found == "apply"]
    if visit and fit and letter.signer == letter.audience.author:
        shares.bind(sql, visit, letter.audience.author, letter.folder)
    rows = _apply(sql, letter, fit)
    held = [
        replace(_held(letter, name, op, "waiting" if found == "wait" else found.removeprefix("refuse:")), at=now)
        for op, found in verdicts
        if found not in ("apply", "leave", f"refuse:{GONE}")
    ]
    refused.keep(sql, held)
    if visit and any(op.table in ("visit_share", "release") for op in letter.ops):
        rows |= settle(sql, visit, me, now)
        if any(op.table == "visit_share" and op.column == "role" for op in fit):
            shares.push_all(sql, visit)
    elif visit:
        rows |= _again(sql, visit, me)
    rows |= purge.obey(writing, [op for op in fit if op.table == "erasure"], me)
    writing.changed(rows)
    outside = sum(1 for one in held if one.reason != refused.WAITING)
    return Taken(frozenset(rows), outside, len(held) - outside)


def _own_actions(sql: Connection, letter: Letter, me: str) -> Letter:
    """Give actions that carry the id of somebody else's another one: nobody speaks under another's name."""
    from observe_app.store.sync import shares  # noqa: PLC0415

    others = {
        one.id: natural_id("action", one.id, letter.signer)
        for one in letter.actions
        if shares.signer_of(sql, one.id, me) not in ("", letter.signer)
    }
    if not others:
        return letter
    return replace(
        letter,
        actions=tuple(replace(one, id=others.get(one.id, one.id)) for one in letter.actions),
        ops=tuple(replace(op, action=others.get(op.action, op.action)) for op in letter.ops),
    )


def _apply(sql: Connection, letter: Letter, ops: Sequence[Op]) -> set[tuple[str, str]]:
    from observe_app.store.sync import apply, shares  # noqa: PLC0415

    if not ops:
        return set()
    used = {op.action for op in ops}
    about = letter.audience.visit
    rows = apply.take_in(
        sql,
        actions=[one for one in letter.actions if one.id in used],
        ops=ops,
        writer=letter.writer,
        signer=letter.signer,
        audience=about or letter.audience.kind.value,
    )
    if about:
        shares.gone_out(sql, about, rows)
    return rows


def _held(letter: Letter, name: str, op: Op, reason: str) -> Held:
    from observe_app.store.sync.refused import Held  # noqa: PLC0415

    action = next(one for one in letter.actions if one.id == op.action)
    about = letter.audience
    return Held(letter.folder, name, letter.writer, letter.signer, about.kind.value, about.visit, op, action, reason)


def settle(sql: Connection, visit: str, me: str, now: str) -> set[tuple[str, str]]:
    """Judge all again that came about a visit: who takes part in it, or its release, is known better now."""
    from observe_app.store.sync import apply, refused, shares  # noqa: PLC0415

    author = shares.author_of(sql, visit, me)
    if not author:
        return set()
    outside = refused.of_visit(sql, visit)
    said = [Written(one.op, one.signer) for one in outside if one.op.table == "visit_share"]
    members = members_of(sql, visit, author, me, said)
    rows: set[tuple[str, str]] = set()
    wrong: list[Held] = []
    for op, action, signer, writer in shares.came(sql, visit):
        found = _standing(members, op, signer, author)
        if found:
            wrong.append(refused.Held("", "", writer, signer, "visit", visit, op, action, found, now))
    if wrong:
        rows |= apply.evict(sql, [one.op.op for one in wrong])
        refused.keep(sql, wrong)
    return rows | _again(sql, visit, me, everything=True)


def _standing(members: Membership, op: Op, signer: str, author: str) -> str:
    """Return why a change that is in the record may not stay there, "" where it may."""
    if op.table == "visit_share":
        return members.refused.get(op.op, "")
    if signer == author:
        return ""
    return "" if members.role_at(signer, op.stamp) else "removed"


def _again(sql: Connection, visit: str, me: str, *, everything: bool = False) -> set[tuple[str, str]]:
    """Try what waits about a visit once more, until nothing more comes of it; refused ones too where `everything`."""
    from observe_app.store.sync import refused, shares  # noqa: PLC0415

    rows: set[tuple[str, str]] = set()
    while outside := refused.of_visit(sql, visit, waiting=not everything):
        author = shares.author_of(sql, visit, me)
        if not author:
            break
        fresh = False
        for letter, held in _letters(outside, visit, author):
            judge = Judge(sql, me)
            found = {one.id: judge(letter, one.op) for one in held}
            fit = [one for one in held if found[one.id] == "apply"]
            rows |= _apply(sql, letter, [one.op for one in fit])
            done = [one for one in held if found[one.id] in ("apply", "leave", f"refuse:{GONE}")]
            refused.drop(sql, done)
            changed = [
                replace(one, reason=reason)
                for one in held
                if one not in done
                and (reason := "waiting" if found[one.id] == "wait" else found[one.id].removeprefix("refuse:"))
                != one.reason
            ]
            refused.keep(sql, changed)
            fresh = fresh or bool(fit)
        if not fresh:
            break
    return rows


def _letters(outside: Sequence[Held], visit: str, author: str) -> Iterable[tuple[Letter, list[Held]]]:
    """Put what waits together again as it came, by installation and signer."""
    from observe_app.domain.sync.letter import Audience, Letter  # noqa: PLC0415

    groups: dict[tuple[str, str, str], list[Held]] = {}
    for one in outside:
        if one.kind == AudienceKind.VISIT and one.reason != OTHER_AUTHOR:
            groups.setdefault((one.folder, one.writer, one.signer), []).append(one)
    for (folder, writer, signer), held in groups.items():
        actions: dict[str, ActionHead] = {one.action.id: one.action for one in held}
        audience = Audience(AudienceKind.VISIT, visit, author, (signer,))
        yield Letter(
            folder, writer, 1, audience, signer, 0, tuple(actions.values()), tuple(one.op for one in held)
        ), held  # fmt: skip
