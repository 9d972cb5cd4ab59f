"""Words given to a group: exactly those picked, of one's own entry, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid, NotFound
from observe_app.services import history, journals, people
from observe_app.services.groups import groups
from observe_app.services.learning import excerpts

if TYPE_CHECKING:
    from observe_app.domain.groups.group import PeerGroup
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.services.core import Core

TEXT = "I counted to seven.\n\nThree hands\nwent up.\n\nNobody should read this."


@pytest.fixture
def group(core: Core) -> PeerGroup:
    people.introduce(core, name="Jonas Brandt")
    return groups.add(core, name="Questioning")


@pytest.fixture
def entry(core: Core, group: PeerGroup) -> JournalEntry:
    return journals.add(core, text=TEXT, title="Seven", prompt="Where did you wait?").value


def test_only_the_picked_words_are_kept(core: Core, group: PeerGroup, entry: JournalEntry) -> None:
    picked = "I counted to seven.\n\nThree hands\nwent up."
    made = excerpts.share(core, entry_id=entry.id, group_id=group.id, text=picked)
    assert made.text == picked
    with core.store.read() as unit:
        (kept,) = unit.groups.excerpts.find()
    for private in ("Nobody should", "Seven", "Where did you", entry.id):
        assert private not in repr(kept)
    assert [(one.excerpt.text, one.group) for one in excerpts.mine(core)] == [(picked, "Questioning")]


def test_passages_apart_are_marked_as_apart(core: Core, group: PeerGroup, entry: JournalEntry) -> None:
    first, _second, third = excerpts.passages(entry)
    made = excerpts.share(core, entry_id=entry.id, group_id=group.id, text=first + excerpts.GAP + third)
    assert made.text == "I counted to seven.\n[…]\nNobody should read this."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("Words of mine that are not there", "not_in_entry"),
        ("Three hands went up.\n[…]\nI counted to seven.", "not_in_entry"),
        ("x" * 5_001, "too_long"),
    ],
)
def test_words_that_are_not_of_the_entry_are_refused(
    core: Core, group: PeerGroup, entry: JournalEntry, text: str, rule: str
) -> None:
    with pytest.raises(Invalid) as caught:
        excerpts.share(core, entry_id=entry.id, group_id=group.id, text=text)
    assert caught.value.rule == rule
    assert excerpts.mine(core) == ()


def test_words_are_taken_back_and_undo_gives_them_again(core: Core, group: PeerGroup, entry: JournalEntry) -> None:
    made = excerpts.share(core, entry_id=entry.id, group_id=group.id, text="I counted to seven.")
    excerpts.take_back(core, made.id)
    assert excerpts.mine(core) == ()
    with pytest.raises(NotFound):
        excerpts.take_back(core, made.id)
    history.undo(core)
    assert [one.excerpt.id for one in excerpts.mine(core)] == [made.id]


def test_nobody_gives_or_takes_back_for_somebody_else(core: Core, group: PeerGroup, entry: JournalEntry) -> None:
    made = excerpts.share(core, entry_id=entry.id, group_id=group.id, text="I counted to seven.")
    core.settings.change(me_id=people.add(core, name="Somebody Else").id)
    assert excerpts.mine(core) == ()
    with pytest.raises(NotFound):
        excerpts.take_back(core, made.id)
    with pytest.raises(NotFound):
        excerpts.share(core, entry_id=entry.id, group_id=group.id, text="I counted to seven.")


def test_who_is_reached_is_said(core: Core, group: PeerGroup) -> None:
    assert excerpts.reach(core, group.id) == excerpts.Reach("Questioning", ())
    me = people.me(core)
    assert me is not None
    several = [people.add(core, name=name).id for name in ("Zoe", "amina")]
    groups.add_members(core, group_id=group.id, person_ids=(me.id, *several))
    assert excerpts.reach(core, group.id) == excerpts.Reach("Questioning", ("amina", "Zoe"))
    with pytest.raises(NotFound):
        excerpts.reach(core, "no such group")


def test_somebody_has_to_be_introduced_first(core: Core) -> None:
    entry = journals.add(core, text="words").value
    with pytest.raises(Invalid) as caught:
        excerpts.share(core, entry_id=entry.id, group_id="g", text="words")
    assert caught.value.rule == "nobody_yet"
