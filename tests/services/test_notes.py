"""Notes split, joined and stored with their evidence: one action each, taken back whole."""

from __future__ import annotations

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.note_line import MAX_NOTE
from observe_app.services import history, notes, talk, visits


@pytest.fixture
def visit_id(core):
    return visits.plan(core, form_id="general-peer-observation").id


def add(core, visit_id, line, offset_ms=0, **more):
    return notes.add(core, visit_id=visit_id, line=line, offset_ms=offset_ms, wall=core.clock.now(), **more)


def seen(core, *event_ids):
    return history.seen(core, *(("event", one) for one in event_ids))


def shown(core, visit_id):
    return [(one.speaker, one.text) for one in notes.stream(core, visit_id) if not one.deleted]


def evidence(core, visit_id):
    return {(link.event_id, link.target_kind, link.target_id) for link in talk.evidence(core, visit_id)}


def split(core, note, first, second):
    return notes.split(core, event_id=note.id, first=first, second=second, seen=seen(core, note.id))


def join(core, one, other):
    return notes.join(core, event_id=one.id, other_id=other.id, seen=seen(core, one.id, other.id))


def test_a_note_and_its_links_are_one_action(core, visit_id):
    note = add(core, visit_id, "T waits", links=("respect", "voices", "respect"))
    assert evidence(core, visit_id) == {(note.id, "answer", "respect"), (note.id, "answer", "voices")}

    history.undo(core, scope=visit_id)
    assert (shown(core, visit_id), evidence(core, visit_id)) == ([], set())
    history.redo(core, scope=visit_id)
    assert len(evidence(core, visit_id)) == 2


def test_an_edit_adds_links_in_the_same_action(core, visit_id):
    note = add(core, visit_id, "T wait", links=("respect",))
    notes.edit(core, event_id=note.id, line="T waits", seen=seen(core, note.id), links=("voices",))
    assert len(evidence(core, visit_id)) == 2

    history.undo(core, scope=visit_id)
    assert shown(core, visit_id) == [("T", "wait")]
    assert len(evidence(core, visit_id)) == 1


def test_a_split_keeps_time_speaker_marks_and_evidence_on_both(core, visit_id):
    note = add(core, visit_id, "T asks why. Waits.", 5000, private=True, starred=True, links=("respect",))
    claim = talk.add_claim(core, visit_id=visit_id, kind=ClaimKind.STRENGTH, title="Waits", evidence=(note.id,))

    first, second = split(core, note, "T asks why. #open", "Waits.")
    assert (first.id, first.text, first.tags) == (note.id, "asks why.", ("open",))
    assert (second.speaker, second.text, second.tags) == ("T", "Waits.", ())
    for part in (first, second):
        assert (part.offset_ms, part.wall, part.private, part.starred) == (5000, note.wall, True, True)
        assert {(part.id, "answer", "respect"), (part.id, "claim", claim.id)} <= evidence(core, visit_id)
    assert shown(core, visit_id) == [("T", "asks why."), ("T", "Waits.")]


def test_a_second_part_may_name_its_own_speaker(core, visit_id):
    note = add(core, visit_id, "T→S2 asks. S7→T Because")

    _first, second = split(core, note, "T→S2 asks.", "S7→T Because")
    assert (second.speaker, second.to, second.text) == ("S7", "T", "Because")


def test_undo_of_a_split_gives_the_note_back_whole(core, visit_id):
    note = add(core, visit_id, "T one two", links=("respect",))
    split(core, note, "T one", "two")
    action = history.undo(core, scope=visit_id)

    assert (action.kind, action.skipped) == ("note.split", 0)
    assert shown(core, visit_id) == [("T", "one two")]
    assert evidence(core, visit_id) == {(note.id, "answer", "respect")}
    history.redo(core, scope=visit_id)
    assert shown(core, visit_id) == [("T", "one"), ("T", "two")]


@pytest.mark.parametrize(("first", "second"), [("", "x"), ("x", "  "), ("x", "y" * (MAX_NOTE + 1))])
def test_a_split_into_nothing_or_too_much_changes_nothing(core, visit_id, first, second):
    note = add(core, visit_id, "T one two")
    with pytest.raises(Invalid):
        split(core, note, first, second)

    assert shown(core, visit_id) == [("T", "one two")]


def test_joining_takes_words_marks_and_evidence_of_both(core, visit_id):
    later = add(core, visit_id, "and waits #wait", 9000, private=True, links=("voices",))
    first = add(core, visit_id, "T asks #open", 5000, starred=True, links=("respect",))

    joined = join(core, later, first)
    assert (joined.id, joined.speaker, joined.text) == (first.id, "T", "asks and waits")
    assert (joined.tags, joined.starred, joined.private, joined.offset_ms) == (("open", "wait"), True, True, 5000)
    assert shown(core, visit_id) == [("T", "asks and waits")]
    assert evidence(core, visit_id) == {(first.id, "answer", "respect"), (first.id, "answer", "voices")}


def test_words_of_another_speaker_keep_their_speaker(core, visit_id):
    first, later = add(core, visit_id, "T why?"), add(core, visit_id, "S7→T “Because”", 10)

    assert join(core, first, later).text == "why?\nS7→T: “Because”"


def test_undo_of_a_join_parts_the_notes_again(core, visit_id):
    first, later = add(core, visit_id, "T one", links=("respect",)), add(core, visit_id, "T two", 10, links=("voices",))
    join(core, first, later)
    action = history.undo(core, scope=visit_id)

    assert (action.kind, action.skipped) == ("note.join", 0)
    assert shown(core, visit_id) == [("T", "one"), ("T", "two")]
    assert evidence(core, visit_id) == {(first.id, "answer", "respect"), (later.id, "answer", "voices")}


def test_what_cannot_be_joined_is_refused(core, visit_id):
    note = add(core, visit_id, "T one")
    other = add(core, visits.plan(core).id, "T elsewhere")
    long = add(core, visit_id, "x" * MAX_NOTE)
    gone = add(core, visit_id, "T gone")
    notes.delete(core, event_id=gone.id, seen=seen(core, gone.id))

    for with_what in (note, other, long, gone):
        with pytest.raises(Invalid):
            join(core, note, with_what)
    with pytest.raises(NotFound):
        notes.join(core, event_id=note.id, other_id="nothing", seen=seen(core, note.id))
    assert shown(core, visit_id) == [("T", "one"), ("", "x" * MAX_NOTE)]
