"""A school's own forms: drafts, versions, undo, and where they are used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import FormInvalid, Invalid, NotFound, NothingToUndo
from observe_app.domain.form import Form, Item, ItemKind, Section
from observe_app.domain.ids import Ids
from observe_app.domain.own_form import StoredVersion
from observe_app.services import backup, history, own_forms, people, visits
from observe_app.services.catalogue import Origin, SnapshotDamaged
from observe_app.services.core import close, poll_outside, subscribe

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.changes import Changes, Opened
    from observe_app.domain.clock import FakeClock
    from observe_app.domain.own_form import FormDraft
    from observe_app.services.core import Core


def made(title: str = "Our walk", form_id: str = "", **fields: object) -> Form:
    item = Item("pace", ItemKind.CHECK, (("", "The pace fits"),))
    whole = Form(form_id, 1, (("", title),), (("", "For short visits."),), (Section("one", (("", "One"),), (item,)),))
    return replace(whole, **fields)  # type: ignore[arg-type]


def titled(form: Form, title: str) -> Form:
    return replace(form, title=(("", title),))


def retitle(core: Core, opened: Opened[FormDraft], title: str) -> Opened[FormDraft]:
    form_id = opened.value.form_id
    return own_forms.change(core, form_id=form_id, form=titled(opened.value.form, title), seen=opened.seen)


def published(core: Core, title: str = "Our walk") -> Form:
    opened = own_forms.start(core, form=made(title))
    return own_forms.publish(core, form_id=opened.value.form_id, seen=opened.seen)


def title_of(core: Core, form_id: str) -> str:
    return own_forms.open_draft(core, form_id).value.form.title[0][1]


def numbers(core: Core, form_id: str) -> list[int]:
    return [one.version for one in own_forms.versions(core, form_id)]


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_new_form_gets_an_id_from_its_title_and_is_kept_as_a_draft(core: Core) -> None:
    opened = own_forms.start(core, form=made("Łódź: our Über-walk!"))

    assert (opened.value.form_id, opened.value.based_on) == ("odz-our-uber-walk", 0)
    assert own_forms.drafts(core) == (opened.value,)
    assert own_forms.open_draft(core, opened.value.form_id).value.form == opened.value.form
    assert own_forms.versions(core, opened.value.form_id) == ()


@pytest.mark.parametrize(
    ("wanted", "made_id"),
    [
        ("", "form"),
        ("形式", "form"),
        ("3rd year", "form-3rd-year"),
        ("learning-walk", "learning-walk-2"),
        ("a_b.c", "a_b.c"),
    ],
)
def test_any_words_give_an_id_that_no_form_has(core: Core, wanted: str, made_id: str) -> None:
    assert own_forms.new_id(core, wanted) == made_id


def test_an_id_is_not_given_again_after_its_form_is_gone(core: Core) -> None:
    first = published(core)
    own_forms.remove(core, form_id=first.id)
    (core.files.forms).mkdir(exist_ok=True)
    (core.files.forms / "our-walk-2.toml").write_text("broken", encoding="utf-8")

    assert own_forms.new_id(core, "Our walk") == "our-walk-3"


def test_long_words_give_an_id_that_a_form_may_have(core: Core) -> None:
    long = own_forms.start(core, form=made("very long words " * 15))

    assert own_forms.publish(core, form_id=long.value.form_id, seen=long.seen).id == long.value.form_id


def test_a_form_that_is_not_finished_is_kept_as_it_is(core: Core) -> None:
    opened = own_forms.start(core, form=made("", sections=()))

    assert own_forms.open_draft(core, opened.value.form_id).value.form.sections == ()
    with pytest.raises(FormInvalid) as caught:
        own_forms.publish(core, form_id=opened.value.form_id, seen=opened.seen)
    assert caught.value.problems
    assert own_forms.drafts(core) == (opened.value,)


def test_half_a_letter_is_kept_as_a_question_mark(core: Core) -> None:
    opened = own_forms.start(core, form=made("half \ud83d"))

    assert title_of(core, opened.value.form_id) == "half ?"


def test_a_copy_keeps_everything_but_id_version_and_title(core: Core) -> None:
    shipped = core.catalogue.form("learning-walk")

    copy = own_forms.copy_of(core, "learning-walk", title="  Our   walk ").value

    assert copy.form == replace(shipped, id="our-walk", version=1, title=(("", "Our walk"),))
    assert own_forms.copy_of(core, copy.form_id, title="Another").value.form.title == (("", "Another"),)
    with pytest.raises(NotFound):
        own_forms.copy_of(core, "no-such-form", title="x")


def test_opening_a_form_writes_nothing(core: Core) -> None:
    form = published(core)
    heard: list[Changes] = []
    subscribe(core, heard.append)

    opened = own_forms.open_draft(core, form.id)
    same = own_forms.change(core, form_id=form.id, form=opened.value.form, seen=opened.seen)

    assert same.value == opened.value
    assert (heard, own_forms.drafts(core)) == ([], ())
    assert (opened.value.based_on, opened.value.form) == (1, form)


def test_a_form_that_is_not_the_schools_own_is_not_opened(core: Core) -> None:
    for act in (own_forms.open_draft, lambda core, form_id: own_forms.remove(core, form_id=form_id)):
        with pytest.raises(NotFound):
            act(core, "learning-walk")
    seen = history.seen(core)
    for change in (own_forms.publish, own_forms.discard):
        with pytest.raises(NotFound):
            change(core, form_id="learning-walk", seen=seen)
    with pytest.raises(NotFound):
        own_forms.change(core, form_id="learning-walk", form=made(), seen=seen)


def test_each_change_is_taken_back_by_the_drafts_own_undo(core: Core) -> None:
    form = published(core)
    scope = own_forms.draft_scope(form.id)
    history_before = history.state(core, scope=scope)
    first = retitle(core, own_forms.open_draft(core, form.id), "One")
    retitle(core, first, "Two")
    people.add(core, name="Somebody else's business")

    assert history.undo(core, scope=scope).kind == "form.edit"
    assert title_of(core, form.id) == "One"
    history.undo(core, scope=scope)
    assert title_of(core, form.id) == "Our walk"
    assert own_forms.drafts(core) == ()
    assert history.state(core, scope=scope).undo == history_before.undo

    history.redo(core, scope=scope)
    history.redo(core, scope=scope)
    assert title_of(core, form.id) == "Two"
    assert [draft.form_id for draft in own_forms.drafts(core)] == [form.id]
    assert backup.check(core) == ()


def test_undo_works_on_after_a_restart(data_folder: Path, clock: FakeClock) -> None:
    core = wire_core(data_folder, clock=clock)
    opened = own_forms.start(core, form=made("One"))
    form_id = opened.value.form_id
    retitle(core, retitle(core, opened, "Two"), "Three")
    close(core)

    core = wire_core(data_folder, clock=clock)
    assert title_of(core, form_id) == "Three"
    history.undo(core, scope=own_forms.draft_scope(form_id))
    history.undo(core, scope=own_forms.draft_scope(form_id))
    assert title_of(core, form_id) == "One"
    with pytest.raises(NothingToUndo):
        history.undo(core, scope=own_forms.draft_scope(form_id))
    assert history.undo(core).kind == "form.start"
    assert own_forms.drafts(core) == ()
    close(core)


def test_a_discarded_draft_comes_back_by_undo(core: Core) -> None:
    form = published(core)
    opened = retitle(core, own_forms.open_draft(core, form.id), "Not this")

    own_forms.discard(core, form_id=form.id, seen=opened.seen)
    assert title_of(core, form.id) == "Our walk"

    history.undo(core, scope=own_forms.draft_scope(form.id))
    assert title_of(core, form.id) == "Not this"


def test_thousands_of_changes_stay_small_and_whole(core: Core) -> None:
    form = core.catalogue.form("general-peer-observation")
    opened = own_forms.start(core, form=form)
    with closing(sqlite3.connect(core.files.database)) as connection:
        for number in range(600):
            opened = retitle(core, opened, f"Title {number}")
        kept = connection.execute(
            "SELECT sum(length(new)) FROM journal_change WHERE column_name = 'content'"
        ).fetchone()

    assert kept[0] / 600 < 8_000
    history.undo(core, scope=own_forms.draft_scope(opened.value.form_id))
    assert title_of(core, opened.value.form_id) == "Title 598"
    assert backup.check(core) == ()


def test_a_change_over_one_never_seen_leaves_both_live(core: Core) -> None:
    opened = own_forms.start(core, form=made())
    row = own_forms.draft_scope(opened.value.form_id)
    retitle(core, opened, "Mine")
    retitle(core, opened, "Theirs, made before mine was seen")

    changes = history.of_record(core, table="form_draft", row=row).changes
    contents = [change.op for _action, change in changes if change.column == "content"]
    with core.store.ledger.reading() as sql:
        live = {op for (op,) in sql.execute("SELECT op FROM journal_head WHERE row_id = ?", (row,))}
    assert len(live & set(contents)) == 2


def test_a_draft_is_no_visit_for_those_who_listen(core: Core, clock: FakeClock) -> None:
    heard: list[Changes] = []
    subscribe(core, heard.append)
    poll_outside(core)
    opened = retitle(core, own_forms.start(core, form=made()), "Two")
    beside = wire_core(core.folder, clock=clock, ids=Ids(clock))
    retitle(beside, opened, "Three")
    close(beside)
    outside = poll_outside(core)

    assert outside is not None
    for changes in (*heard, outside):
        assert changes.visits == frozenset()
        assert changes.of("form_draft") == {own_forms.draft_scope(opened.value.form_id)}


# --- versions --------------------------------------------------------------------------------------------------------


def test_publishing_makes_a_version_and_ends_the_draft(core: Core, clock: FakeClock) -> None:
    people.introduce(core, name="Jonas Brandt")
    form = published(core)
    opened = retitle(core, own_forms.open_draft(core, form.id), " Our better walk ")
    clock.advance(seconds=60)

    second = own_forms.publish(core, form_id=form.id, seen=opened.seen)

    assert (form.version, second.version, second.title) == (1, 2, (("", "Our better walk"),))
    assert own_forms.drafts(core) == ()
    newest, oldest = own_forms.versions(core, form.id)
    assert (newest.version, newest.title, newest.author, newest.created) == (
        2, "Our better walk", "Jonas Brandt", clock.now(),
    )  # fmt: skip
    assert (own_forms.version(core, newest.id), own_forms.version(core, oldest.id)) == (second, form)
    assert core.catalogue.form(form.id) == second
    assert backup.check(core) == ()


def test_publishing_without_a_change_makes_no_version(core: Core) -> None:
    form = published(core)
    opened = retitle(core, own_forms.open_draft(core, form.id), "Another")
    opened = retitle(core, opened, "Our walk ")

    assert own_forms.publish(core, form_id=form.id, seen=opened.seen) == form
    assert own_forms.publish(core, form_id=form.id, seen=opened.seen) == form
    assert (numbers(core, form.id), own_forms.drafts(core)) == ([1], ())


def test_a_visit_keeps_its_version(core: Core) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    visits.plan(core, form_id="learning-walk")
    opened = retitle(core, own_forms.open_draft(core, form.id), "Newer")
    own_forms.publish(core, form_id=form.id, seen=opened.seen)
    later = visits.plan(core, form_id=form.id)

    assert visits.form_of(visits.get(core, visit.id)) == form
    assert visits.get(core, later.id).form_version == 2
    assert own_forms.usage(core, form.id) == own_forms.FormUsage(2, ((2, 1), (1, 1)))
    assert set(own_forms.usage_all(core)) == {form.id, "learning-walk"}
    visits.delete(core, visit_id=later.id, seen=visits.open_visit(core, later.id).seen)
    assert own_forms.usage(core, form.id) == own_forms.FormUsage(1, ((1, 1),))
    assert own_forms.usage(core, "never-used") == own_forms.FormUsage()

    own_forms.remove(core, form_id=form.id)
    assert visits.form_of(visits.get(core, visit.id)) == form


def test_a_published_version_is_taken_back_whole_and_its_number_is_not_given_again(core: Core) -> None:
    form = published(core)
    scope = own_forms.draft_scope(form.id)
    opened = retitle(core, own_forms.open_draft(core, form.id), "Second")
    own_forms.publish(core, form_id=form.id, seen=opened.seen)

    assert history.undo(core, scope=scope).kind == "form.publish"
    assert (numbers(core, form.id), title_of(core, form.id)) == ([1], "Second")
    history.redo(core, scope=scope)
    assert (numbers(core, form.id), own_forms.drafts(core)) == ([2, 1], ())
    history.undo(core, scope=scope)

    again = own_forms.publish(core, form_id=form.id, seen=own_forms.open_draft(core, form.id).seen)
    assert (again.version, numbers(core, form.id)) == (3, [3, 1])


def test_a_removed_form_comes_back_whole(core: Core) -> None:
    form = published(core)
    retitle(core, own_forms.open_draft(core, form.id), "Draft of two")

    own_forms.remove(core, form_id=form.id)

    assert (own_forms.versions(core, form.id), own_forms.drafts(core)) == ((), ())
    with pytest.raises(NotFound):
        core.catalogue.form(form.id)
    assert history.undo(core).kind == "form.remove"
    assert (numbers(core, form.id), title_of(core, form.id)) == ([1], "Draft of two")


def test_of_two_versions_with_one_number_the_one_stored_last_is_shown_and_both_are_read(
    core: Core, clock: FakeClock
) -> None:
    form = published(core)
    elsewhere = titled(form, "Made elsewhere")
    with core.store.write("test.arrived") as unit:
        content, digest = packed(elsewhere)
        stored = StoredVersion("0" * 8 + "-0000-7000-8000-000000000000", form.id, 1, "Made elsewhere", digest)
        unit.forms.add_version(stored, content, clock.now().replace(year=2031), None)
        unit.commit()

    assert [one.title for one in own_forms.versions(core, form.id)] == ["Made elsewhere", "Our walk"]
    assert [own_forms.version(core, one.id) for one in own_forms.versions(core, form.id)] == [elsewhere, form]
    assert core.catalogue.form(form.id) == elsewhere
    assert own_forms.open_draft(core, form.id).value.form == elsewhere


def packed(form: Form) -> tuple[str, str]:
    import hashlib

    from observe_app.services.catalogue import dumps_snapshot

    content = dumps_snapshot(form)
    return content, hashlib.sha256(content.encode()).hexdigest()


def test_a_version_that_is_damaged_is_said_and_hides_nothing(core: Core) -> None:
    from observe_app.store.schema import FormVersionRow

    good, bad = published(core, "Good"), published(core, "Bad")
    with core.store.write("test.damage") as unit:
        row = unit.forms.version_rows(bad.id)[0]
        unit.forms.set(FormVersionRow, row, "form version", {"content": "{}"})
        unit.commit()

    entries = {entry.form_id: entry for entry in core.catalogue.entries()}
    assert (entries["good"].problems, entries["bad"].version) == ((), 1)
    assert [problem.rule for problem in entries["bad"].problems] == ["snapshot_damaged"]
    assert entries["bad"].title == (("", "Bad"),)
    for read in (core.catalogue.form, lambda form_id: own_forms.version(core, row)):
        with pytest.raises(SnapshotDamaged):
            read(bad.id)
    assert core.catalogue.form(good.id) == good
    assert backup.check(core) == (f"not as it was stored: form_version {row}",)


def test_two_windows_on_one_folder_see_each_others_versions(core: Core, clock: FakeClock) -> None:
    other = wire_core(core.folder, clock=clock, ids=Ids(clock))
    form = published(core)
    opened = retitle(other, own_forms.open_draft(other, form.id), "From the other")
    retitle(core, own_forms.open_draft(core, form.id), "From this one")

    second = own_forms.publish(other, form_id=form.id, seen=opened.seen)

    assert (second.version, second.title) == (2, (("", "From this one"),))
    assert core.catalogue.form(form.id) == second
    assert [e.version for e in core.catalogue.entries() if e.origin is Origin.OWN] == [2]
    close(other)


# --- bringing in -----------------------------------------------------------------------------------------------------


def test_a_form_brought_in_keeps_its_number_where_it_is_news(core: Core) -> None:
    first = own_forms.adopt(core, made(form_id="rubric", version=4), as_new=False)
    same = own_forms.adopt(core, made(form_id="rubric", version=9), as_new=False)
    changed = own_forms.adopt(core, made("Other", form_id="rubric", version=2), as_new=False)
    new = own_forms.adopt(core, made(form_id="rubric", version=7), as_new=True)

    assert (first.version, same, changed.version) == (4, first, 5)
    assert (new.id, new.version) == ("rubric-2", 1)
    assert history.undo(core).kind == "form.import"
    assert own_forms.versions(core, "rubric-2") == ()


def test_a_form_brought_in_never_takes_a_shipped_ones_place(core: Core) -> None:
    with pytest.raises(Invalid) as caught:
        own_forms.adopt(core, made(form_id="learning-walk"), as_new=False)
    assert (caught.value.rule, caught.value.value) == ("taken", "learning-walk")

    assert own_forms.adopt(core, made(form_id="learning-walk"), as_new=True).id == "learning-walk-2"


def test_a_broken_form_is_not_brought_in(core: Core) -> None:
    for as_new in (True, False):
        with pytest.raises(FormInvalid):
            own_forms.adopt(core, made(form_id="rubric", sections=()), as_new=as_new)
    assert own_forms.versions(core, "rubric") == ()
