"""The journal: one person's own, newest first, taken back by undo, and in nothing that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.domain.journal_entry import EntryKind
from observe_app.domain.visit import VisitFilter
from observe_app.services import history, journals, people, search, visits

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


def test_entries_are_kept_as_written_the_newest_first(core: Core, clock: FakeClock) -> None:
    visit = visits.plan(core, class_name="8 B")
    first = journals.add(core, text="I counted.\n\nAnd waited.", visit_id=visit.id, kind=EntryKind.LEARNING).value
    clock.advance(seconds=300)
    second = journals.add(core, text="Rückmeldung: ask first", visit_id=visit.id).value
    clock.advance(seconds=300)
    free = journals.add(core, text="Half term").value

    assert [entry.id for entry in journals.of_visit(core, visit.id)] == [second.id, first.id]
    assert [entry.id for entry in journals.everything(core)] == [free.id, second.id, first.id]
    assert journals.of_visit(core, visit.id)[1].text == "I counted.\n\nAnd waited."
    assert journals.of_visit(core, visit.id)[1].kind is EntryKind.LEARNING
    assert set(journals.visits_of(core, journals.everything(core))) == {visit.id}


def test_an_entry_belongs_to_whoever_uses_the_computer(core: Core) -> None:
    before = journals.add(core, text="written before anybody was introduced").value
    assert before.person_id is None
    me = people.introduce(core, name="Jonas Brandt")
    assert me is not None
    mine = journals.add(core, text="mine").value

    assert mine.person_id == me.id
    assert {entry.id for entry in journals.everything(core)} == {before.id, mine.id}
    people.introduce(core, name="Somebody Else")
    other = people.me(core)
    if other is not None and other.id != me.id:
        assert mine.id not in {entry.id for entry in journals.everything(core)}


def test_an_edit_keeps_the_moment_and_undo_brings_back_what_was_deleted(core: Core, clock: FakeClock) -> None:
    visit = visits.plan(core, class_name="8 B")
    opened = journals.add(core, text="one", visit_id=visit.id)
    clock.advance(seconds=3600)
    opened = journals.edit(core, entry_id=opened.value.id, seen=opened.seen, text="one and two")
    assert opened.value.at is not None
    assert opened.value.at < clock.now()

    journals.delete(core, entry_id=opened.value.id, seen=opened.seen)
    assert journals.of_visit(core, visit.id) == ()
    assert history.undo(core, scope=visit.id).kind == "journal.delete"
    assert [entry.text for entry in journals.of_visit(core, visit.id)] == ["one and two"]


def test_without_words_there_is_no_entry(core: Core) -> None:
    with pytest.raises(Invalid):
        journals.add(core, text=" \n ")
    with pytest.raises(NotFound):
        journals.add(core, text="about nothing", visit_id="no such visit")
    with pytest.raises(Invalid):
        journals.add(core, text="x" * (journals.MAX_ENTRY + 1))
    assert journals.everything(core) == ()


def test_the_journal_is_found_by_no_search(core: Core) -> None:
    visit = visits.plan(core, class_name="8 B")
    journals.add(core, text="Quokka", visit_id=visit.id)

    assert search.notes(core, "quokka", limit=5) == ()
    assert visits.listing(core, VisitFilter(words="quokka")) == ()
