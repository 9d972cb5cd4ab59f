"""Who may write what: asked of every change that others signed, by table, column, part in the visit and release.

Everything here is a function of the changes themselves and never of the order in which they came, so that every
computer comes to the same answer. Moments are stamps; where a person's clock was wrong, `Membership` says which of two
answers all computers give.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id
from observe_app.domain.sync import progress
from observe_app.domain.sync import survey_rights as surveys
from observe_app.domain.sync.letter import AudienceKind, Op
from observe_app.domain.sync.shares import ShareRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

GROUP = frozenset({
    "peer_group", "group_member", "goal", "reading", "goal_link", "resource", "excerpt",
    "session", "session_item", "attendance", "follow_up",
})  # fmt: skip
"""Tables of a group, whose people share it as those of a visit share theirs; all of them write in it."""

WHOLE = frozenset({"visit", "peer_group"})
"""Tables whose records are what others belong to."""

JOINT = GROUP | {"action_step", "turn", "reply", "reader", "visit_share", "attachment", "erasure", "release"}
"""Tables whose records the people of a shared visit write together; a change goes to all of them at once."""

JOINT_COLUMNS = frozenset({
    "talk_started", "talk_ended", "next_visit_id", "conversation", "protocol_id", "protocol_snapshot",
})  # fmt: skip
"""Columns of the visit itself for which the same holds."""

PUBLIC = frozenset({"form_version", "protocol", progress.TABLE, surveys.TABLE})
"""Tables that everybody in the folder reads; of surveys those that were opened."""

OF_THE_AUTHOR = frozenset({"visit", "visit_member", "event", "answer", "claim", "evidence", "release"})
"""Tables of a visit that its author alone writes; of `visit` all but the joint columns."""

PRIVATE = frozenset({
    "journal_entry", "release_copy", "form_draft", "same_lesson", "agreed_cell",
    "school_term", "holiday", "school_class", "lesson_slot", "visit_round", "pairing",
    "survey_secret", "survey_answer", "portfolio", "hours_rule", "hours_entry", "certificate",
})  # fmt: skip
"""Tables that go to nobody but their author."""

VISIT_COLUMNS = JOINT_COLUMNS | {
    "stage", "class_name", "subject", "topic", "room", "start", "minutes", "zone", "started", "ended", "focus",
    "looking_for", "form_id", "form_version", "form_title", "form_snapshot", "source", "created", "led", "agreed_items",
}  # fmt: skip
"""Columns of a visit that its people read; the others stay with its author."""

PERSON_COLUMNS = frozenset({"name"})
"""Columns of a person that others read."""

OK, WAIT, LEAVE = "", "wait", "leave"
"""Verdicts beside a reason: it may be written; cannot be told yet; is known better here and no fault."""

_WRITERS = frozenset({ShareRole.AUTHOR, ShareRole.TEACHER, ShareRole.COACH})


_OWN = frozenset({"turn", "reply", "attachment", "excerpt"})


def belongs_by(table: str) -> str:
    """Return the column that names the visit or the group that a record belongs to; of those themselves their id."""
    return "id" if table in WHOLE else "group_id" if table in GROUP else "visit_id"


@dataclass(frozen=True, slots=True)
class Written:
    """A change and the fingerprint of who signed it."""

    op: Op
    signer: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Who takes part in a visit, and when they did.

    Attributes:
        author: fingerprint. teacher: fingerprint of the teacher, "" while it is shared with none.
        refused: ids of changes of `visit_share` that nobody had a right to, with the reason.
        roles: by fingerprint what they were made, as (stamp, role), in order.
        ways: by fingerprint when they left (True) and came back (False), as (stamp, gone), in order.
    """

    author: str
    teacher: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    ways: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)

    def role_at(self, fingerprint: str, stamp: str) -> str:
        """Return somebody's role at a moment, "" for none.

        Who joined is in from the first word they wrote, for their clock may be behind; who was removed is out from
        the moment of that.
        """
        if fingerprint == self.author:
            return ShareRole.AUTHOR
        given = self.roles.get(fingerprint, ())
        if not given:
            return ""
        gone = [away for when, away in self.ways.get(fingerprint, ()) if when <= stamp]
        if gone and gone[-1]:
            return ""
        before = [role for when, role in given if when <= stamp]
        return before[-1] if before else given[0][1]

    def present(self) -> tuple[str, ...]:
        """Return who takes part now, by fingerprint."""
        return tuple(
            sorted(name for name in self.roles if not self.ways.get(name) or not self.ways[name][-1][1])
        )  # fmt: skip

    def writes(self, fingerprint: str, stamp: str) -> bool:
        """Tell whether somebody could write in the joint record at a moment."""
        return self.role_at(fingerprint, stamp) in _WRITERS


def share_id(visit: str, fingerprint: str) -> str:
    """Return the id that every computer gives somebody's part in a visit."""
    return natural_id("share", visit, fingerprint)


def membership(visit: str, author: str, changes: Iterable[Written], released: str = "") -> Membership:
    """Return who takes part in a visit by all changes of its `visit_share` rows, in whatever order they come.

    Args:
        visit: its id.
        author: fingerprint of who made it.
        changes: of `visit_share` rows of this visit, allowed or not.
        released: stamp of the first release that stands, "" for none.
    """
    ordered = sorted(changes, key=lambda one: (one.op.stamp, one.op.op))
    of_row: dict[str, list[Written]] = {}
    for one in ordered:
        of_row.setdefault(one.op.row, []).append(one)
    people = {row: name for row, found in of_row.items() if (name := _whose(visit, row, found))}
    teacher, since, action = _teacher(author, people, of_row)
    refused: dict[str, str] = {}
    roles: dict[str, list[tuple[str, str]]] = {}
    ways: dict[str, list[tuple[str, bool]]] = {}
    for one in ordered:
        op = one.op
        why = "not_a_part" if op.row not in people else ""
        if not why and one.signer == author:
            why = _by_author(one, of_row[op.row], _Cut(teacher, since, action, released))
        elif not why and one.signer == teacher:
            role = _role(op, of_row[op.row])
            why = "" if role in (ShareRole.COACH, ShareRole.READER) else "not_theirs"
        elif not why:
            why = "not_theirs"
        if why:
            refused[op.op] = why
        elif op.column == "role":
            roles.setdefault(people[op.row], []).append((op.stamp, str(op.new)))
        elif op.column == "deleted":
            ways.setdefault(people[op.row], []).append((op.stamp, bool(op.new)))
    return Membership(
        author,
        teacher,
        refused,
        {name: tuple(found) for name, found in roles.items()},
        {name: tuple(found) for name, found in ways.items()},
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """From when on the author may only apply what the teacher decided in a reply."""

    teacher: str
    since: str
    action: str
    released: str


def _whose(visit: str, row: str, found: Iterable[Written]) -> str:
    """Return whose part a row is; the id says it, and nothing else can."""
    named = {str(one.op.new) for one in found if one.op.column == "fingerprint"}
    return next((name for name in sorted(named) if share_id(visit, name) == row), "")


def _teacher(author: str, people: Mapping[str, str], of_row: Mapping[str, list[Written]]) -> tuple[str, str, str]:
    """Return the teacher, the stamp of when they were made so, and the action; the first one that stayed."""
    found: list[tuple[str, str, str]] = []
    for row, name in people.items():
        made = [
            one.op
            for one in of_row[row]
            if one.op.column == "role" and one.op.new == ShareRole.TEACHER and one.signer == author
        ]
        if made:
            found.append((made[0].stamp, name, made[0].action))
    if not found:
        return "", "", ""
    since, name, action = min(found)
    return name, since, action


def _role(op: Op, of_row: Iterable[Written]) -> str:
    """Return the role that a row has as far as a change of it is concerned: its own, or one that came before."""
    if op.column == "role":
        return str(op.new)
    roles = [one.op for one in of_row if one.op.column == "role"]
    before = [one for one in roles if one.stamp <= op.stamp or one.action == op.action]
    return str((before or roles)[-1].new) if roles else ""


def _by_author(one: Written, of_row: list[Written], cut: _Cut) -> str:
    """Return why the author had no right to a change of somebody's part, "" where they had."""
    op = one.op
    role = _role(op, of_row)
    before_teacher = not cut.teacher or op.stamp <= cut.since or op.action == cut.action
    if role in (ShareRole.AUTHOR, ShareRole.TEACHER, ShareRole.SCHOOL):
        return "" if before_teacher or _said_again(op, of_row, cut) else "teacher_decides"
    if role not in (ShareRole.COACH, ShareRole.READER):
        return "not_a_part"
    if before_teacher and (not cut.released or op.stamp <= cut.released):
        return ""
    if not before_teacher:  # they are here themselves, and need nobody to say what they replied
        return "teacher_decides"
    grounds = [
        other.op
        for other in of_row
        if other.op.column == "ground"
        and other.signer == one.signer
        and (other.op.stamp <= op.stamp or other.op.action == op.action)
    ]
    return "" if grounds and grounds[-1].new == "reply" else "teacher_decides"


def _said_again(op: Op, of_row: Iterable[Written], cut: _Cut) -> bool:
    """Tell whether a part that stands is only said once more: two laptops of the author released the same visit."""
    stands = {
        one.op.new
        for one in of_row
        if one.op.column == "role" and (one.op.stamp <= cut.since or one.op.action == cut.action)
    }
    return op.inserted and op.column != "deleted" and bool(stands) and (op.column != "role" or op.new in stands)


def _never(_person: str, _name: object) -> bool:
    return False


def _nobody(_table: str, _row: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known where a letter is judged.

    Attributes:
        me: own fingerprint.
        membership: of the visit that the letter is about, None before anybody is known to have made it.
        visit_of: (table, row) -> the visit that a record belongs to, "" while that is unknown.
        writer_of: (table, row) -> fingerprint of who made a record, "" while that is unknown.
        maker_of: (table, row) -> the same for a form or a protocol, "" for one that nobody here has.
        value_of: (table, row, column) -> what a cell of the letter or of the journal says, None for nothing.
        person_of: fingerprint -> id of the person whose card it is, "" for unknown.
        knows: whether there is a person of this id.
        is_named: (person, name) -> whether another colleague, whose card is known, is called so.
        columns: names of a table's columns, empty for a table that this version does not know.
        folder: id of the shared folder that the letter came through.
    """

    me: str
    membership: Membership | None
    visit_of: Callable[[str, str], str]
    writer_of: Callable[[str, str], str]
    value_of: Callable[[str, str, str], object]
    person_of: Callable[[str], str]
    knows: Callable[[str], bool]
    columns: Callable[[str], Iterable[str]]
    folder: str = ""
    maker_of: Callable[[str, str], str] = _nobody
    is_named: Callable[[str, object], bool] = _never


def verdict(kind: AudienceKind, visit: str, one: Written, facts: Facts) -> str:
    """Say whether somebody had a right to a change: `OK`, `WAIT`, `LEAVE`, or a stable word for why not."""
    if kind is AudienceKind.ME:
        return OK if one.signer == facts.me else "not_mine"
    if kind is AudienceKind.ALL and one.op.table == progress.TABLE:
        return progress.refusal(one.op, one.signer, facts.folder)
    if kind is AudienceKind.ALL and one.op.table == surveys.TABLE:
        return surveys.refusal(one.op, one.signer)
    if kind is AudienceKind.ALL:
        return _public(one, facts)
    if facts.membership is None:
        return WAIT
    return _about_visit(visit, one, facts, facts.membership)


def _about_visit(visit: str, one: Written, facts: Facts, members: Membership) -> str:
    table = one.op.table
    if table in PUBLIC or table in PRIVATE:
        return "table"
    if table == "person":
        return _person(one, facts)
    if table == "visit_share":
        return members.refused.get(one.op.op, OK)
    known = bool(set(facts.columns(table)))
    why = _elsewhere(visit, one, facts) if known else OK
    if why:
        return why
    role = members.role_at(one.signer, one.op.stamp)
    if not role:
        return _outside(one, members)
    if not known:
        return OK if role in _WRITERS else "reads_only"
    return _joint(one, role, facts)


def _elsewhere(visit: str, one: Written, facts: Facts) -> str:
    """Say whether a record belongs to another visit than the letter says."""
    where = one.op.row if one.op.table in WHOLE else facts.visit_of(one.op.table, one.op.row)
    if not where:
        return WAIT
    moved = one.op.column == belongs_by(one.op.table) and one.op.new != visit
    return OK if where == visit and not moved else "elsewhere"


def _outside(one: Written, members: Membership) -> str:
    """Say why somebody without a part may not. Where they are only not known yet, they are judged again later."""
    return "removed" if one.signer in members.roles else "no_part"


def _public(one: Written, facts: Facts) -> str:
    """Judge a form or a protocol: what somebody made is theirs, and others change only their own copy."""
    op = one.op
    if op.table not in PUBLIC:
        return "table"
    version = op.table == "form_version" and op.column != "deleted"
    maker = facts.maker_of(op.table, op.row)
    if maker and maker != one.signer:
        return "version_stands" if version else LEAVE
    return "version_stands" if version and not op.inserted else OK


def _person(one: Written, facts: Facts) -> str:
    if one.op.column not in PERSON_COLUMNS:
        return "table"
    if facts.membership is None:
        return WAIT
    if not facts.membership.role_at(one.signer, one.op.stamp):
        return _outside(one, facts.membership)
    if facts.person_of(one.signer) == one.op.row:
        return "name_taken" if facts.is_named(one.op.row, one.op.new) else OK
    if not facts.knows(one.op.row):
        return OK
    return LEAVE


def _joint(one: Written, role: str, facts: Facts) -> str:
    """Judge a change by somebody who takes part, in a record of this very visit."""
    op, author = one.op, role == ShareRole.AUTHOR
    authors = op.table in OF_THE_AUTHOR and not (op.table == "visit" and op.column in JOINT_COLUMNS)
    if authors or op.table == "erasure" or op.cell[::2] == ("peer_group", "deleted"):
        return OK if author else "author_only"
    if role not in _WRITERS:
        return "reads_only"
    if op.table == "reader":
        return _reader(one, role, facts)
    return _own(one, role, facts) if op.table in _OWN else OK


def _own(one: Written, role: str, facts: Facts) -> str:
    """Judge a change of a record that belongs to who made it."""
    op = one.op
    if op.table == "reply" and op.column == "seen":
        return OK if role in (ShareRole.AUTHOR, ShareRole.TEACHER) else "not_theirs"
    maker = facts.writer_of(op.table, op.row)
    if not maker:
        return WAIT
    if maker != one.signer:
        return "not_theirs"
    if op.table != "reply":
        return OK
    # What the change itself says counts first: a letter may say of a cell now this, now that.
    in_app = (op.new if op.column == "source" else facts.value_of("reply", op.row, "source")) == "app"
    if role == ShareRole.COACH or in_app != (role == ShareRole.TEACHER):
        return "teacher_only"
    return OK


def _reader(one: Written, role: str, facts: Facts) -> str:
    """Judge a name on the list of those whom the teacher lets read: the teacher's, or as a reply said."""
    if role == ShareRole.COACH:
        return "teacher_decides"
    if role == ShareRole.TEACHER or facts.membership is None or not facts.membership.teacher:
        return OK
    via = one.op.new if one.op.column == "via" else facts.value_of("reader", one.op.row, "via")
    return OK if via == "reply" else "teacher_decides"
