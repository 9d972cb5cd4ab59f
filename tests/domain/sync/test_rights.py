"""Who may write what: by part, table, release and moment; the same answer in whatever order words come."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.sync.letter import AudienceKind, Op
from observe_app.domain.sync.rights import (
    JOINT_COLUMNS,
    LEAVE,
    OF_THE_AUTHOR,
    OK,
    WAIT,
    Facts,
    Membership,
    Written,
    membership,
    share_id,
    verdict,
)
from observe_app.domain.sync.shares import ShareRole

VISIT = "visit-1"
AUTHOR, TEACHER, COACH, READER, STRANGER = (letter * 32 for letter in "abcde")


def stamp(moment: int) -> str:
    return f"{moment:013x}-000000-00000001"


def said(moment: int, who: str, whose: str, column: str, new: object, action: str = "") -> Written:
    name = f"{moment:08x}{zlib.crc32((column + whose + who).encode()):08x}"
    op = Op(name, action or f"a{moment}", "visit_share", share_id(VISIT, whose), column, new, (), stamp(moment))
    return Written(op, who)


def part(moment: int, who: str, whose: str, role: str, ground: str = "author") -> list[Written]:
    columns = {"visit_id": VISIT, "fingerprint": whose, "role": role, "ground": ground}
    return [said(moment, who, whose, column, new, f"a{moment}") for column, new in columns.items()]


FIRST = [*part(1, AUTHOR, AUTHOR, "author"), *part(2, AUTHOR, TEACHER, "teacher")]


def facts(members: Membership | None, **given_: object) -> Facts:
    known = {
        "me": AUTHOR, "membership": members, "visit_of": lambda _table, _row: VISIT,
        "writer_of": lambda _table, _row: AUTHOR, "value_of": lambda *_cell: None, "person_of": lambda _print: "",
        "knows": lambda _person: False, "columns": lambda _table: ("id", "visit_id"),
    }  # fmt: skip
    return Facts(**{**known, **given_})


def write(
    who: str, table: str, column: str = "text", *, row: str = "row", moment: int = 50, new: object = "x"
) -> Written:
    return Written(Op("0" * 16, "act", table, row, column, new, (), stamp(moment)), who)


def judge(one: Written, members: Membership | None, **given_: object) -> str:
    return verdict(AudienceKind.VISIT, VISIT, one, facts(members, **given_))


def team(*more: Written, released: str = "") -> Membership:
    return membership(VISIT, AUTHOR, [*FIRST, *more], released)


def test_to_oneself_only_oneself_writes() -> None:
    assert verdict(AudienceKind.ME, "", write(AUTHOR, "event"), facts(None)) == OK
    assert verdict(AudienceKind.ME, "", write(TEACHER, "event"), facts(None)) == "not_mine"


def test_everybody_gets_forms_and_protocols_and_nothing_else() -> None:
    assert verdict(AudienceKind.ALL, "", write(STRANGER, "protocol", "content"), facts(None)) == OK
    assert verdict(AudienceKind.ALL, "", write(STRANGER, "event"), facts(None)) == "table"
    assert verdict(AudienceKind.ALL, "", write(STRANGER, "form_version", "content"), facts(None)) == "version_stands"


@given(table=st.sampled_from(sorted(OF_THE_AUTHOR)), who=st.sampled_from((TEACHER, COACH, READER, STRANGER)))
def test_what_the_author_wrote_nobody_else_writes(table: str, who: str) -> None:
    members = team(*part(3, TEACHER, COACH, "coach"), *part(4, TEACHER, READER, "reader"))
    row = VISIT if table == "visit" else "row"
    assert judge(write(who, table, "focus", row=row), members) in {"author_only", "no_part"}
    assert judge(write(AUTHOR, table, "focus", row=row), members) == OK


@given(who=st.sampled_from((AUTHOR, TEACHER, COACH)), column=st.sampled_from(sorted(JOINT_COLUMNS)))
def test_all_who_talk_write_steps_and_the_conversation(who: str, column: str) -> None:
    members = team(*part(3, TEACHER, COACH, "coach"))
    assert judge(write(who, "action_step"), members) == OK
    assert judge(write(who, "visit", column, row=VISIT), members) == OK


@given(table=st.sampled_from(("action_step", "turn", "reply", "reader", "attachment", "erasure", "event")))
def test_a_reader_writes_nothing(table: str) -> None:
    members = team(*part(3, TEACHER, READER, "reader"))
    assert judge(write(READER, table), members, writer_of=lambda *_row: READER) not in {OK, WAIT, LEAVE}


def test_a_turn_is_edited_by_who_said_it() -> None:
    members = team()
    assert judge(write(TEACHER, "turn"), members, writer_of=lambda *_row: TEACHER) == OK
    assert judge(write(AUTHOR, "turn"), members, writer_of=lambda *_row: TEACHER) == "not_theirs"
    assert judge(write(AUTHOR, "turn"), members, writer_of=lambda *_row: "") == WAIT


def test_a_reply_in_the_app_is_the_teachers_and_one_on_paper_the_authors() -> None:
    members = team()
    app = {"value_of": lambda *_cell: "app"}
    assert judge(write(TEACHER, "reply", "overall"), members, writer_of=lambda *_r: TEACHER, **app) == OK
    assert judge(write(AUTHOR, "reply", "overall"), members, writer_of=lambda *_r: AUTHOR, **app) == "teacher_only"
    typed = {"value_of": lambda *_cell: "typed"}
    assert judge(write(TEACHER, "reply", "overall"), members, writer_of=lambda *_r: TEACHER, **typed) == "teacher_only"
    assert judge(write(AUTHOR, "reply", "overall"), members, writer_of=lambda *_r: AUTHOR, **typed) == OK
    assert judge(write(AUTHOR, "reply", "seen", new=1), members, writer_of=lambda *_r: TEACHER, **app) == OK


def test_a_record_of_another_visit_is_not_touched() -> None:
    assert judge(write(AUTHOR, "claim"), team(), visit_of=lambda *_row: "visit-2") == "elsewhere"
    assert judge(write(AUTHOR, "claim", "visit_id", new="visit-2"), team()) == "elsewhere"
    assert judge(write(AUTHOR, "claim"), team(), visit_of=lambda *_row: "") == WAIT


def test_a_known_person_is_named_only_by_themselves() -> None:
    known = {"knows": lambda _person: True}
    one = write(TEACHER, "person", "name", row="person-t")
    assert judge(one, team(), **known) == LEAVE
    assert judge(one, team(), person_of=lambda _print: "person-t", **known) == OK
    assert judge(one, team()) == OK
    assert judge(write(TEACHER, "person", "email", row="person-t"), team()) == "table"


def test_before_anybody_made_the_visit_letters_wait() -> None:
    assert judge(write(AUTHOR, "claim"), None) == WAIT


def test_after_release_the_author_adds_only_what_a_reply_said() -> None:
    alone = part(1, AUTHOR, AUTHOR, "author")
    early = membership(VISIT, AUTHOR, [*alone, *part(2, AUTHOR, COACH, "coach")], stamp(5))
    assert early.role_at(COACH, stamp(9)) == ShareRole.COACH
    late = membership(VISIT, AUTHOR, [*alone, *part(7, AUTHOR, COACH, "coach")], stamp(5))
    assert set(late.refused.values()) == {"teacher_decides"}
    replied = membership(VISIT, AUTHOR, [*alone, *part(7, AUTHOR, COACH, "coach", "reply")], stamp(5))
    assert replied.role_at(COACH, stamp(9)) == ShareRole.COACH


def test_once_the_teacher_is_in_they_decide() -> None:
    assert team(*part(9, AUTHOR, READER, "reader")).role_at(READER, stamp(20)) == ""
    assert team(*part(9, TEACHER, READER, "reader")).role_at(READER, stamp(20)) == ShareRole.READER
    assert team(*part(9, COACH, READER, "reader")).role_at(READER, stamp(20)) == ""
    assert team(*part(9, TEACHER, STRANGER, "teacher")).teacher == TEACHER
    assert team(*part(9, AUTHOR, STRANGER, "teacher")).teacher == TEACHER


def test_a_reply_changes_no_audience_once_the_teacher_is_in_the_app() -> None:
    late = team(*part(9, AUTHOR, READER, "reader", "reply"), released=stamp(2))
    assert late.role_at(READER, stamp(20)) == ""
    assert set(late.refused.values()) == {"teacher_decides"}
    let_in = part(3, TEACHER, COACH, "coach")
    put_out = said(9, AUTHOR, COACH, "ground", "reply"), said(9, AUTHOR, COACH, "deleted", 1)
    assert team(*let_in, *put_out).role_at(COACH, stamp(20)) == ShareRole.COACH


def test_what_a_reply_said_before_the_teacher_came_stays() -> None:
    alone = part(1, AUTHOR, AUTHOR, "author")
    replied = part(4, AUTHOR, COACH, "coach", "reply")
    members = membership(VISIT, AUTHOR, [*alone, *replied, *part(6, AUTHOR, TEACHER, "teacher")], stamp(2))
    assert members.teacher == TEACHER
    assert members.role_at(COACH, stamp(9)) == ShareRole.COACH


def test_nobody_takes_anothers_part() -> None:
    forged = Op("f" * 16, "a", "visit_share", share_id(VISIT, COACH), "fingerprint", STRANGER, (), stamp(3))
    members = team(Written(forged, TEACHER), said(3, TEACHER, COACH, "role", "coach"))
    assert members.role_at(STRANGER, stamp(9)) == ""
    assert members.role_at(COACH, stamp(9)) == ""


def test_who_was_removed_wrote_until_then() -> None:
    members = team(*part(3, TEACHER, COACH, "coach"), said(10, TEACHER, COACH, "deleted", 1))
    assert members.writes(COACH, stamp(9))
    assert not members.writes(COACH, stamp(10))
    assert judge(write(COACH, "turn", moment=11), members) == "removed"
    back = team(
        *part(3, TEACHER, COACH, "coach"),
        said(10, TEACHER, COACH, "deleted", 1),
        said(20, TEACHER, COACH, "deleted", 0),
    )
    assert [back.writes(COACH, stamp(one)) for one in (9, 15, 21)] == [True, False, True]


_PEOPLE = (AUTHOR, TEACHER, COACH, READER, STRANGER)
_CHANGES = st.lists(
    st.tuples(
        st.integers(1, 40), st.sampled_from(_PEOPLE), st.sampled_from(_PEOPLE),
        st.sampled_from(("role", "deleted", "ground", "fingerprint")),
        st.sampled_from(("author", "teacher", "coach", "reader", "school", "reply")),
    ),
    max_size=25,
)  # fmt: skip


@given(changes=_CHANGES, dice=st.randoms(use_true_random=False), released=st.integers(0, 40))
def test_the_order_of_arrival_makes_no_difference(changes: list, dice: object, released: int) -> None:
    made = [*FIRST]
    for moment, who, whose, column, word in changes:
        new = {"role": word, "deleted": moment % 2, "ground": word, "fingerprint": whose}[column]
        made.append(said(moment, who, whose, column, new))
    unique = list({one.op.op: one for one in made}.values())
    one = membership(VISIT, AUTHOR, unique, stamp(released) if released else "")
    dice.shuffle(unique)
    other = membership(VISIT, AUTHOR, unique, stamp(released) if released else "")
    assert one == other


@given(changes=_CHANGES)
def test_only_author_and_teacher_ever_change_who_takes_part(changes: list) -> None:
    made = []
    for moment, who, whose, column, word in changes:
        new = {"role": word, "deleted": moment % 2, "ground": word, "fingerprint": whose}[column]
        if who in (COACH, READER, STRANGER):
            made.append(said(moment, who, whose, column, new))
    with_them, without = team(*made), team()
    assert (with_them.roles, with_them.ways, with_them.teacher) == (without.roles, without.ways, without.teacher)


def survey(who: str, row: str, column: str = "title", new: object = "x", *, inserted: bool = True) -> str:
    op = Op("0" * 16, "act", "survey", row, column, new, (), stamp(50), inserted)
    return verdict(AudienceKind.ALL, "", Written(op, who), facts(None))


def test_the_id_of_a_survey_says_whose_it_is_and_what_it_promised_stands() -> None:
    own, key = f"{AUTHOR[:24]}-{'0' * 24}", "age1" + "q" * 58

    assert survey(AUTHOR, own) == OK
    assert survey(AUTHOR, own, "key", key) == OK
    assert survey(AUTHOR, own, "state", "closed", inserted=False) == OK
    assert survey(AUTHOR, own, "closes", None, inserted=False) == OK
    assert survey(STRANGER, own) == "not_theirs"
    assert survey(STRANGER, own, "key", key) == "not_theirs"
    for column, new in (("key", key), ("anonymous", 0), ("least", 1), ("content", "other")):
        assert survey(AUTHOR, own, column, new, inserted=False) == "version_stands"
    for row in ("", "draft", AUTHOR, f"{AUTHOR[:24]}-../x", own + "0", own.upper()):
        assert survey(AUTHOR, row) == "not_theirs"


def test_a_survey_says_nothing_that_none_can_say() -> None:
    own = f"{AUTHOR[:24]}-{'0' * 24}"

    for column, new in (
        ("state", "draft"), ("state", 1), ("title", 5), ("title", "x" * 500), ("anonymous", 2), ("least", "5"),
        ("least", True), ("kind", "exam"), ("content", "x" * 500_000), ("opens", "x" * 11), ("opens", "2026-3-1"),
        ("closes", "tomorrow"), ("created", "now"), ("created", "2026-03-01T00:00:00"), ("unknown", "x" * 500_000),
    ):  # fmt: skip
        assert survey(AUTHOR, own, column, new) == "content", (column, new)
    assert survey(AUTHOR, own, "of_a_later_version", 7) == OK
    assert survey(AUTHOR, own, "created", "2026-03-01T09:00:00.000000Z") == OK
    assert survey(AUTHOR, own, "opens", "2026-03-01") == OK


def test_what_an_organiser_has_of_a_survey_goes_to_nobody() -> None:
    for table in ("survey_secret", "survey_answer"):
        assert verdict(AudienceKind.ALL, "", write(AUTHOR, table), facts(None)) == "table"
        assert judge(write(AUTHOR, table), team()) == "table"
        assert verdict(AudienceKind.ME, "", write(AUTHOR, table), facts(None)) == OK
