"""What two people wrote into one place: told with who and when, chosen, joined, taken back; never dropped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound, NothingToUndo
from observe_app.domain.evidence import ClaimKind
from observe_app.services import also_written, history, notes, people, steps, talk, turns, visits
from tests.also_hands import Colleague, ops_of, value_of

if TYPE_CHECKING:
    from observe_app.domain.sync.conflict import Conflict
    from observe_app.services.core import Core

BEFORE = "Pupils say what they tried. Hands stay down."
MINE = "Pupils say what they tried. Hands stay down. Nobody is laughed at."
THEIRS = "Pupils say what they really tried. Hands stay down."
BOTH = "Pupils say what they really tried. Hands stay down. Nobody is laughed at."


@pytest.fixture
def visit_id(core: Core) -> str:
    teacher = people.add(core, name="Amina Diallo-Žižek")
    visit = visits.plan(core, teacher_id=teacher.id).id
    edit_focus(core, visit, BEFORE)
    return visit


@pytest.fixture
def joonas(core: Core) -> Colleague:
    return Colleague(core, "Joonas Παπαδόπουλος")


def edit_focus(core: Core, visit_id: str, words: str) -> None:
    visits.update(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)), focus=words)


def write_apart(core: Core, visit_id: str, joonas: Colleague, mine: str = MINE, theirs: str = THEIRS) -> None:
    seen = ops_of(core, "visit", visit_id, "focus")
    edit_focus(core, visit_id, mine)
    joonas.writes("visit", visit_id, {"focus": theirs}, seen=seen)


def the_one(core: Core) -> Conflict:
    (found,) = also_written.open_conflicts(core)
    return found


def test_nothing_is_open_where_everybody_saw_everything(core: Core, visit_id: str, joonas: Colleague) -> None:
    joonas.writes("visit", visit_id, {"focus": THEIRS}, seen=ops_of(core, "visit", visit_id, "focus"))
    edit_focus(core, visit_id, MINE)

    assert also_written.open_conflicts(core) == ()
    assert also_written.open_cells(core) == frozenset()
    assert also_written.count(core) == 0


def test_both_versions_are_told_with_who_and_when(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)

    found = also_written.of_cell(core, table="visit", row=visit_id, column="focus")

    assert found is not None
    assert (found.kind, found.visit_id, found.ancestor) == ("field", visit_id, BEFORE)
    assert [one.value for one in found.versions] == [THEIRS, MINE]
    assert [one.by for one in found.versions] == ["Joonas Παπαδόπουλος", ""]
    assert [one.mine for one in found.versions] == [False, True]
    assert found.versions[0].at == core.clock.now() + joonas.late
    assert value_of(core, "visit", visit_id, "focus") == THEIRS, "the latest is shown"


def test_what_one_wrote_on_ones_other_laptop_is_ones_own(core: Core, visit_id: str) -> None:
    me = people.add(core, name="Joonas")
    core.store.me = me.id
    home = Colleague(core, "", writer="cccccccc", fingerprint="c" * 32)
    home.link(me.id)
    write_apart(core, visit_id, home)

    assert [one.mine for one in the_one(core).versions] == [True, True]


def test_the_same_words_are_no_question(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas, "Alike", "Alike")

    assert also_written.open_conflicts(core) == ()


def test_a_word_from_before_the_other_ones_came_stands_beside_them(
    core: Core, visit_id: str, joonas: Colleague
) -> None:
    """The editor was open when theirs came; what it writes does not claim to have seen them."""
    seen = history.seen(core, ("visit", visit_id))
    joonas.writes("visit", visit_id, {"focus": THEIRS}, seen=tuple(seen.ops))
    core.clock.advance(seconds=600)  # type: ignore[attr-defined]
    visits.update(core, visit_id=visit_id, seen=seen, focus=MINE)

    assert [one.value for one in the_one(core).versions] == [MINE, THEIRS]


def test_typing_on_in_a_field_does_not_settle_what_nobody_looked_at(
    core: Core, visit_id: str, joonas: Colleague
) -> None:
    write_apart(core, visit_id, joonas)

    edit_focus(core, visit_id, THEIRS + " And more.")

    assert {one.value for one in the_one(core).versions} == {MINE, THEIRS + " And more."}


def test_a_version_that_is_chosen_is_shown_and_the_other_stays_in_the_history(
    core: Core, visit_id: str, joonas: Colleague
) -> None:
    write_apart(core, visit_id, joonas)
    found = the_one(core)

    also_written.use(core, found, found.versions[1].op)

    assert value_of(core, "visit", visit_id, "focus") == MINE
    assert also_written.open_conflicts(core) == ()
    said = [change.new for _action, change in history.of_record(core, table="visit", row=visit_id).changes]
    assert THEIRS in said
    assert history.of_visit(core, visit_id)[0].kind == "also.use"


def test_choosing_what_is_shown_already_settles_it_too(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    found = the_one(core)

    also_written.use(core, found, found.versions[0].op)

    assert value_of(core, "visit", visit_id, "focus") == THEIRS
    assert also_written.open_conflicts(core) == ()


def test_one_keeps_ones_own_words_in_one_go(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)

    also_written.keep_mine(core, the_one(core))

    assert value_of(core, "visit", visit_id, "focus") == MINE
    assert also_written.open_conflicts(core) == ()


def test_a_choice_names_everything_it_was_made_over(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    found = the_one(core)

    also_written.use(core, found, found.versions[1].op)

    (change,) = history.of_visit(core, visit_id)[0].changes
    assert set(change.over) == {one.op for one in found.versions}


def test_a_third_version_that_came_meanwhile_stays_open(core: Core, visit_id: str, joonas: Colleague) -> None:
    first = ops_of(core, "visit", visit_id, "focus")
    write_apart(core, visit_id, joonas)
    found = the_one(core)
    tomas = Colleague(core, "Tomás Rivera", writer="dddddddd", fingerprint="d" * 32)
    tomas.writes("visit", visit_id, {"focus": "Something else."}, seen=first)

    also_written.use(core, found, found.versions[1].op)

    assert {one.value for one in the_one(core).versions} == {MINE, "Something else."}


def test_three_versions_are_told_and_one_choice_settles_them(core: Core, visit_id: str, joonas: Colleague) -> None:
    first = ops_of(core, "visit", visit_id, "focus")
    write_apart(core, visit_id, joonas)
    tomas = Colleague(core, "Tomás Rivera", writer="dddddddd", fingerprint="d" * 32)
    tomas.writes("visit", visit_id, {"focus": "Something else."}, seen=first)
    found = the_one(core)
    assert len(found.versions) == 3

    also_written.use(core, found, found.versions[2].op)

    assert also_written.open_conflicts(core) == ()


def test_undo_opens_the_question_again_as_it_was(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    before = the_one(core)
    also_written.use(core, before, before.versions[1].op)

    history.undo(core, scope=visit_id)

    after = the_one(core)
    told = [(one.value, one.by, one.mine, one.at) for one in before.versions]
    assert [(one.value, one.by, one.mine, one.at) for one in after.versions] == told
    assert value_of(core, "visit", visit_id, "focus") == THEIRS
    history.redo(core, scope=visit_id)
    assert value_of(core, "visit", visit_id, "focus") == MINE
    assert also_written.open_conflicts(core) == ()
    history.undo(core, scope=visit_id)
    assert [(one.value, one.by) for one in the_one(core).versions] == [(one.value, one.by) for one in before.versions]


def test_undo_of_choosing_what_was_shown_opens_it_again(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    found = the_one(core)
    also_written.use(core, found, found.versions[0].op)

    history.undo(core, scope=visit_id)

    assert [one.value for one in the_one(core).versions] == [THEIRS, MINE]


def test_a_choice_that_was_written_over_is_left_alone_by_undo(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    found = the_one(core)
    also_written.use(core, found, found.versions[1].op)
    joonas.writes("visit", visit_id, {"focus": "Newer"}, seen=ops_of(core, "visit", visit_id, "focus"))

    taken = history.undo(core, scope=visit_id)

    assert taken.skipped == 1
    assert value_of(core, "visit", visit_id, "focus") == "Newer"


def test_changes_of_different_sentences_are_offered_as_one_text(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)
    found = also_written.of_cell(core, table="visit", row=visit_id, column="focus")
    assert found is not None

    offered = also_written.joined(found)

    assert offered == BOTH
    also_written.write_together(core, found, offered)
    assert value_of(core, "visit", visit_id, "focus") == BOTH
    assert history.of_visit(core, visit_id)[0].kind == "also.merge"


def test_two_laptops_that_take_the_offer_write_alike(core: Core, visit_id: str, joonas: Colleague) -> None:
    """Theirs comes after ours was merged here: the same text, so there is no question again."""
    seen = ops_of(core, "visit", visit_id, "focus")
    edit_focus(core, visit_id, MINE)
    mine = set(ops_of(core, "visit", visit_id, "focus")) - set(seen)
    theirs = joonas.writes("visit", visit_id, {"focus": THEIRS}, seen=seen)
    found = also_written.of_cell(core, table="visit", row=visit_id, column="focus")
    assert found is not None
    also_written.write_together(core, found, also_written.joined(found))

    joonas.writes("visit", visit_id, {"focus": BOTH}, seen=(*seen, *mine, theirs["focus"]))

    assert also_written.open_conflicts(core) == ()


def test_changes_of_one_sentence_are_not_offered_as_one(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas, "Pupils say what they tried twice. Hands stay down.")
    found = also_written.of_cell(core, table="visit", row=visit_id, column="focus")

    assert found is not None
    assert also_written.joined(found) is None


def test_words_into_an_empty_field_are_offered_one_after_the_other(core: Core, joonas: Colleague) -> None:
    visit = visits.plan(core).id
    write_apart(core, visit, joonas, "Mine.", "Theirs.")
    found = also_written.of_cell(core, table="visit", row=visit, column="focus")

    assert found is not None
    assert also_written.joined(found) == "Mine. Theirs."


def test_a_class_is_not_made_of_two(core: Core, joonas: Colleague) -> None:
    visit = visits.plan(core).id
    visits.update(core, visit_id=visit, seen=history.seen(core, ("visit", visit)), class_name="Year 8")
    joonas.writes("visit", visit, {"class_name": "Year 9"})
    found = also_written.of_cell(core, table="visit", row=visit, column="class_name")

    assert found is not None
    assert also_written.joined(found) is None


def test_tags_join_as_sets(core: Core, visit_id: str, joonas: Colleague) -> None:
    note = notes.add(core, visit_id=visit_id, line="She waits. #wait #old", offset_ms=1000)
    seen = ops_of(core, "event", note.id, "tags")
    opened = notes.open_note(core, note.id)
    notes.edit(core, event_id=note.id, line="She waits. #wait #old #press", seen=opened.seen)
    joonas.writes("event", note.id, {"tags": '["wait","open"]'}, seen=seen)
    found = also_written.of_cell(core, table="event", row=note.id, column="tags")

    assert found is not None
    assert also_written.joined(found) == '["wait","press","open"]'


def test_days_and_numbers_have_nothing_between_them(core: Core, visit_id: str, joonas: Colleague) -> None:
    step = steps.add(core, visit_id=visit_id, text="Use the name sticks", due=date(2026, 4, 3))
    seen = ops_of(core, "action_step", step.id, "due")
    steps.edit(core, step_id=step.id, seen=history.seen(core, ("action_step", step.id)), due=date(2026, 3, 27))
    joonas.writes("action_step", step.id, {"due": "2026-04-10"}, seen=seen)
    found = also_written.of_cell(core, table="action_step", row=step.id, column="due")

    assert found is not None
    assert {one.value for one in found.versions} == {"2026-03-27", "2026-04-10"}
    assert also_written.joined(found) is None


def test_fields_that_the_same_two_wrote_are_chosen_together(core: Core, visit_id: str, joonas: Colleague) -> None:
    step = steps.add(core, visit_id=visit_id, text="Use the sticks", due=date(2026, 4, 3))
    seen = ops_of(core, "action_step", step.id)
    opened = history.seen(core, ("action_step", step.id))
    steps.edit(core, step_id=step.id, seen=opened, text="Use the sticks for every question", due=date(2026, 3, 27))
    joonas.writes("action_step", step.id, {"text": "Use the sticks twice", "due": "2026-04-10"}, seen=seen)
    found = also_written.of_cell(core, table="action_step", row=step.id, column="text")
    assert found is not None
    along = also_written.along_with(core, found)
    assert [one.column for one in along] == ["due"]

    also_written.keep_mine(core, found, along=along)

    assert value_of(core, "action_step", step.id, "due") == "2026-03-27"
    assert also_written.open_conflicts(core) == ()
    history.undo(core, scope=visit_id)
    assert {one.column for one in also_written.open_conflicts(core)} == {"text", "due"}


def test_order_and_the_like_asks_nobody(core: Core, visit_id: str, joonas: Colleague) -> None:
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, text="Silence is used")
    joonas.writes("claim", claim.id, {"position": 7.5})

    assert also_written.open_conflicts(core) == ()


class TestDeletedAndEdited:
    """One deleted what another one edited meanwhile."""

    def turn(self, core: Core, visit_id: str) -> str:
        from observe_app.domain.turn import Voice

        return turns.add(core, visit_id=visit_id, voice=Voice.TEACHER, text="At 39:20 I was checking.").id

    def deleted_there(self, core: Core, visit_id: str, joonas: Colleague) -> str:
        turn = self.turn(core, visit_id)
        seen = ops_of(core, "turn", turn)
        opened = turns.open_turn(core, turn)
        turns.edit(core, turn_id=turn, seen=opened.seen, text="At 39:20 I was checking, not asking.")
        joonas.writes("turn", turn, {"deleted": 1}, seen=seen)
        return turn

    def test_it_stays_and_asks(self, core: Core, visit_id: str, joonas: Colleague) -> None:
        turn = self.deleted_there(core, visit_id, joonas)

        found = the_one(core)

        assert (found.kind, found.column, found.row) == ("delete", "deleted", turn)
        assert [(one.by, one.mine) for one in found.versions] == [("", True), ("Joonas Παπαδόπουλος", False)]
        assert found.versions[0].value == "At 39:20 I was checking, not asking."
        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]

    @pytest.mark.parametrize("there", [True, False])
    def test_keeping_and_undo(self, core: Core, visit_id: str, joonas: Colleague, *, there: bool) -> None:
        turn = self.deleted_there(core, visit_id, joonas) if there else self.deleted_here(core, visit_id, joonas)

        also_written.keep_row(core, the_one(core))

        assert also_written.open_conflicts(core) == ()
        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]
        history.undo(core, scope=visit_id)
        assert the_one(core).kind == "delete"
        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]
        history.redo(core, scope=visit_id)
        assert also_written.open_conflicts(core) == ()
        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]

    @pytest.mark.parametrize("there", [True, False])
    def test_deleting_and_undo(self, core: Core, visit_id: str, joonas: Colleague, *, there: bool) -> None:
        turn = self.deleted_there(core, visit_id, joonas) if there else self.deleted_here(core, visit_id, joonas)

        also_written.delete_row(core, the_one(core))

        assert also_written.open_conflicts(core) == ()
        assert turns.of_visit(core, visit_id) == ()
        history.undo(core, scope=visit_id)
        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]
        assert the_one(core).kind == "delete"
        history.redo(core, scope=visit_id)
        assert turns.of_visit(core, visit_id) == ()

    def deleted_here(self, core: Core, visit_id: str, joonas: Colleague) -> str:
        turn = self.turn(core, visit_id)
        opened = turns.open_turn(core, turn)
        joonas.writes("turn", turn, {"text": "I was checking it."}, seen=ops_of(core, "turn", turn, "text"))
        turns.delete(core, turn_id=turn, seen=opened.seen)
        return turn

    def test_deleting_here_what_was_edited_unseen_keeps_it_too(
        self, core: Core, visit_id: str, joonas: Colleague
    ) -> None:
        turn = self.deleted_here(core, visit_id, joonas)

        assert [one.id for one in turns.of_visit(core, visit_id)] == [turn]
        assert [(one.by, one.mine) for one in the_one(core).versions] == [("Joonas Παπαδόπουλος", False), ("", True)]


def test_a_record_that_everybody_deleted_asks_nothing(core: Core, visit_id: str, joonas: Colleague) -> None:
    joonas.late = -timedelta(minutes=5)
    write_apart(core, visit_id, joonas)
    visits.delete(core, visit_id=visit_id, seen=history.seen(core, ("visit", visit_id)))
    assert value_of(core, "visit", visit_id, "deleted") == 0, "they had not seen all of it"

    also_written.delete_row(core, next(one for one in also_written.open_conflicts(core) if one.kind == "delete"))

    assert also_written.open_conflicts(core) == ()


def test_a_version_that_is_none_of_them_is_refused(core: Core, visit_id: str, joonas: Colleague) -> None:
    write_apart(core, visit_id, joonas)

    with pytest.raises(NotFound):
        also_written.use(core, the_one(core), "0" * 16)


def test_a_name_is_never_written_empty(core: Core, joonas: Colleague) -> None:
    person = people.add(core, name="Amina")
    seen = ops_of(core, "person", person.id, "name")
    people.edit(core, person_id=person.id, seen=history.seen(core, ("person", person.id)), name="Amina D.")
    joonas.writes("person", person.id, {"name": "Amina Diallo"}, seen=seen)

    with pytest.raises(Invalid):
        also_written.write_together(core, the_one(core), "  ")
    assert also_written.count(core) == 1


def test_undo_without_a_choice_leaves_what_is_open(core: Core, visit_id: str, joonas: Colleague) -> None:
    seen = ops_of(core, "visit", visit_id, "focus")
    joonas.writes("visit", visit_id, {"focus": THEIRS}, seen=())

    with pytest.raises(NothingToUndo):
        history.undo(core, scope="no such visit")
    assert set(seen) & {one.op for one in the_one(core).versions}


def test_the_place_is_told_for_words(core: Core, visit_id: str, joonas: Colleague) -> None:
    steps.add(core, visit_id=visit_id, text="First")
    step = steps.add(core, visit_id=visit_id, text="Second")
    joonas.writes("action_step", step.id, {"text": "Second, differently"})

    place = also_written.place_of(core, the_one(core))

    assert (place.teacher, place.number) == ("Amina Diallo-Žižek", 2)
