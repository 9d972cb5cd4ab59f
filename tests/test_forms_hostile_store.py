"""Own forms against two programs at once, kills, damage in the database, and forms chosen over what was recorded."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.answer import Absence
from observe_app.domain.changes import NOTHING_SEEN
from observe_app.domain.errors import FormInvalid, Invalid, NotFound, VisitStageError
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Condition, ConditionTest, Form, Item, ItemKind, Level, Scale, Section
from observe_app.domain.show_when import shown_items
from observe_app.domain.timeline import interval_sheet
from observe_app.services import answers, backup, happenings, history, notes, own_forms, visits
from observe_app.services.core import close
from observe_app.services.forms.checks import problems_of
from observe_app.services.forms.limits import MAX_FILE_BYTES, MAX_VERSION
from observe_app.services.forms.snapshot import dumps_snapshot
from observe_app.services.forms.writer import dumps_toml
from observe_app.store.schema import FormVersionRow

if TYPE_CHECKING:
    from observe_app.services.core import Core

HERE = Path(__file__).parent.parent
PACE = Item("pace", ItemKind.CHECK, (("", "The pace fits"),))
PRAISE = Item("praise", ItemKind.TALLY, (("", "Praise"),))
LEVELS = tuple(Level(number, (("", f"Level {number}"),)) for number in (1, 2, 3))
CLIMATE = Item("climate", ItemKind.RATING, (("", "Climate"),), levels=LEVELS, scale="three")


def made(*items: Item, title: str = "Our walk", form_id: str = "") -> Form:
    section = Section("one", (("", "One"),), items or (PACE, PRAISE, CLIMATE))
    return Form(form_id, 1, (("", title),), (("", "For short visits."),), (section,), scales=(Scale("three", LEVELS),))


def published(core: Core, form: Form | None = None) -> Form:
    opened = own_forms.start(core, form=form or made())
    return own_forms.publish(core, form_id=opened.value.form_id, seen=opened.seen)


def next_version(core: Core, form: Form, *items: Item) -> Form:
    opened = own_forms.open_draft(core, form.id)
    changed = replace(form, sections=(replace(form.sections[0], items=items),))
    opened = own_forms.change(core, form_id=form.id, form=changed, seen=opened.seen)
    return own_forms.publish(core, form_id=form.id, seen=opened.seen)


def choose(core: Core, visit_id: str, form_id: str) -> int:
    seen = visits.open_visit(core, visit_id).seen
    return visits.choose_form(core, visit_id=visit_id, form_id=form_id, seen=seen).value.form_version


# --- another form for a visit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["learning-walk", ""])
def test_the_form_stays_once_something_was_counted(core: Core, target: str) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    happenings.tally(core, visit_id=visit.id, item="praise")

    with pytest.raises(VisitStageError):
        choose(core, visit.id, target)
    assert visits.get(core, visit.id).form_id == form.id

    happenings.take_back_tally(core, visit_id=visit.id, item="praise")
    choose(core, visit.id, target)
    assert visits.get(core, visit.id).form_id == target


def test_notes_do_not_hold_a_form(core: Core) -> None:
    visit = visits.plan(core, form_id=published(core).id)
    notes.add(core, visit_id=visit.id, line="T begins", offset_ms=0)

    choose(core, visit.id, "learning-walk")


@pytest.mark.parametrize("recorded", ["answer", "absence", "comment", "event"])
def test_a_newer_version_that_has_no_place_for_what_was_recorded_is_refused(core: Core, recorded: str) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    if recorded == "event":
        happenings.tally(core, visit_id=visit.id, item="praise")
    else:
        given = {"answer": {"value": 3}, "absence": {"absence": Absence.NOT_SEEN}, "comment": {"comment": "x"}}
        answers.give(core, visit_id=visit.id, item="climate", seen=NOTHING_SEEN, **given[recorded])  # type: ignore[arg-type]
    next_version(core, form, PACE)

    with pytest.raises(VisitStageError):
        choose(core, visit.id, form.id)
    assert visits.form_of(visits.get(core, visit.id)) == form


def test_a_newer_version_that_asks_for_the_same_is_taken(core: Core) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    answers.give(core, visit_id=visit.id, item="climate", value=3, seen=NOTHING_SEEN)
    next_version(core, form, replace(CLIMATE, label=(("", "Climate in the room"),)), PRAISE)

    assert choose(core, visit.id, form.id) == 2
    assert answers.all_of(core, visit.id)["climate"].value == 3


def test_a_newer_version_with_another_scale_is_refused_once_the_item_is_rated(core: Core) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    answers.give(core, visit_id=visit.id, item="climate", value=3, seen=NOTHING_SEEN)
    opened = own_forms.open_draft(core, form.id)
    two = replace(CLIMATE, levels=LEVELS[:2])
    changed = replace(
        form, sections=(replace(form.sections[0], items=(PACE, PRAISE, two)),), scales=(Scale("three", LEVELS[:2]),)
    )
    own_forms.change(core, form_id=form.id, form=changed, seen=opened.seen)
    own_forms.publish(core, form_id=form.id, seen=NOTHING_SEEN)

    with pytest.raises(VisitStageError):
        choose(core, visit.id, form.id)


def test_a_damaged_snapshot_is_mended_by_choosing_its_form_again(core: Core) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    happenings.tally(core, visit_id=visit.id, item="praise")
    for snapshot, good in (("{", True), ('{"format":"observe-form","version":99,"form":{}}', False)):
        with core.store.write("test.damage") as unit:
            unit.visits.change(visit.id, {"form_snapshot": snapshot})
            unit.commit()
        if good:
            choose(core, visit.id, form.id)
            assert visits.form_of(visits.get(core, visit.id)) == form
        else:
            with pytest.raises(VisitStageError):
                choose(core, visit.id, form.id)


def test_answers_of_an_item_that_is_gone_stay_and_are_not_taken_anew(core: Core) -> None:
    form = published(core)
    visit = visits.plan(core, form_id=form.id)
    answers.give(core, visit_id=visit.id, item="climate", value=2, seen=NOTHING_SEEN)
    with core.store.write("test.other") as unit:
        unit.visits.change(visit.id, {"form_snapshot": dumps_snapshot(made(PACE, form_id=form.id))})
        unit.commit()

    assert answers.all_of(core, visit.id)["climate"].value == 2
    assert visits.load_record(core, visit.id).form is not None
    with pytest.raises(NotFound):
        answers.give(core, visit_id=visit.id, item="climate", value=3, seen=NOTHING_SEEN)
    choose(core, visit.id, form.id)
    assert visits.form_of(visits.get(core, visit.id)) == form


# --- numbers of versions ---------------------------------------------------------------------------------------------


def test_a_form_of_the_highest_number_can_be_edited_and_published(core: Core) -> None:
    kept = own_forms.adopt(core, replace(made(form_id="far"), version=MAX_VERSION), as_new=False)

    assert next_version(core, kept, PACE).version == kept.version + 1
    assert problems_of(core.catalogue.form("far")) == ()


def test_a_number_that_somebody_poisoned_is_said_and_loses_no_draft(core: Core) -> None:
    form = published(core)
    opened = own_forms.open_draft(core, form.id)
    changed = replace(form, title=(("", "Another"),))
    opened = own_forms.change(core, form_id=form.id, form=changed, seen=opened.seen)
    for number in (MAX_VERSION, 2**62):
        with core.store.write("test.poison") as unit:
            row = unit.forms.version_rows(form.id)[0]
            unit.forms.set(FormVersionRow, row, "form version", {"version": number})
            unit.commit()

        with pytest.raises(Invalid) as caught:
            own_forms.publish(core, form_id=form.id, seen=opened.seen)
        assert caught.value.field == "version"
    assert own_forms.open_draft(core, form.id).value.form.title == (("", "Another"),)


def test_a_good_draft_follows_a_damaged_version(core: Core) -> None:
    form = published(core)
    opened = own_forms.open_draft(core, form.id)
    changed = replace(form, title=(("", "Another"),))
    opened = own_forms.change(core, form_id=form.id, form=changed, seen=opened.seen)
    with core.store.write("test.damage") as unit:
        row = unit.forms.version_rows(form.id)[0]
        unit.forms.set(FormVersionRow, row, "form version", {"content": "{}"})
        unit.commit()

    assert own_forms.publish(core, form_id=form.id, seen=opened.seen).version == 2
    assert own_forms.adopt(core, replace(form, title=(("", "Third"),)), as_new=False).version == 3
    assert core.catalogue.form(form.id).title == (("", "Third"),)


# --- size ------------------------------------------------------------------------------------------------------------


def test_a_form_whose_file_could_not_be_read_again_is_not_published(core: Core) -> None:
    items = tuple(replace(PACE, id=f"i{number}", help=(("", "w" * 2_000),)) for number in range(500))
    assert len(dumps_toml(made(*items, form_id="large"))) > MAX_FILE_BYTES
    opened = own_forms.start(core, form=made(*items))

    with pytest.raises(FormInvalid) as caught:
        own_forms.publish(core, form_id=opened.value.form_id, seen=opened.seen)
    assert [problem.rule for problem in caught.value.problems] == ["file_too_large"]
    assert problems_of(made(*items[:450], form_id="large")) == ()


# --- the index -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "poison",
    [
        "UPDATE form_index SET content = (SELECT content FROM form_index WHERE content LIKE '%\"good\"%')",
        "UPDATE form_index SET content = replace(content, '\"version\":1', '\"version\":1000000000000000000000')",
        "UPDATE form_index SET content = replace(content, '\"A form\"', '\"Another\"')",
    ],
)
def test_an_index_that_somebody_edited_is_not_believed(data_folder: Path, poison: str) -> None:
    forms = data_folder / "forms"
    forms.mkdir(exist_ok=True)
    (forms / "good.toml").write_text(dumps_toml(replace(made(form_id="good"), title=(("", "A form"),))))
    (forms / "bad.toml").write_text('id = "bad"\n')
    core = wire_core(data_folder)
    before = core.catalogue.entries()
    close(core)
    with closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
        assert connection.execute(poison).rowcount
        connection.commit()

    core = wire_core(data_folder)
    after = core.catalogue.entries()
    close(core)
    assert after == before
    assert {entry.form_id for entry in after if entry.problems} == {"bad"}


# --- moments and conditions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [MAX_OFFSET_MS + 1, 2**62, -1])
def test_an_interval_at_an_absurd_moment_is_strange_and_costs_nothing(offset: int) -> None:
    item = Item("grid", ItemKind.INTERVAL, (("", "Grid"),), seconds=5)
    event = Event("e", "v", EventKind.INTERVAL, offset, item="grid", value=1.0)

    assert interval_sheet(item, [event]).strange == ("e",)
    assert len(interval_sheet(item, [], until_ms=2**62).intervals) <= MAX_OFFSET_MS // 5000 + 1


def test_an_interval_without_a_length_yet_is_shown() -> None:
    item = Item("grid", ItemKind.INTERVAL, (("", "Grid"),), seconds=0)

    assert len(interval_sheet(item, [], until_ms=10_000).intervals) == 11


@pytest.mark.parametrize("test", ConditionTest)
def test_a_condition_without_a_value_and_a_circle_hide_and_never_fail(test: ConditionTest) -> None:
    first = replace(PACE, id="a", show_when=(Condition("b", test, ()), Condition("a", test, ())))
    second = replace(PACE, id="b", show_when=(Condition("a", ConditionTest.IS_NOT, ("yes",)),))

    assert shown_items(made(first, second), {}) == frozenset()


# --- two programs, kills ---------------------------------------------------------------------------------------------

PUBLISHER = """\
import sys
from dataclasses import replace
from pathlib import Path
from observe_app.app import wire_core
from observe_app.services import own_forms
core = wire_core(Path(sys.argv[1]))
form_id, name, number = sys.argv[2], sys.argv[3], 0
print("ready", flush=True)
sys.stdin.readline()
while number < int(sys.argv[4]):
    number += 1
    opened = own_forms.open_draft(core, form_id)
    form = replace(opened.value.form, title=(("", f"{name} {number}"),))
    opened = own_forms.change(core, form_id=form_id, form=form, seen=opened.seen)
    form = own_forms.publish(core, form_id=form_id, seen=opened.seen)
    print("published", form.version, form.title[0][1], flush=True)
"""


def publisher(folder: Path, form_id: str, name: str, times: int) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(folder), form_id, name, str(times)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_two_programs_that_publish_one_form_give_no_number_twice(data_folder: Path) -> None:
    core = wire_core(data_folder)
    form = published(core)
    children = [publisher(data_folder, form.id, name, 10) for name in ("left", "right")]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    said = [child.communicate(timeout=120)[0] for child in children]

    assert [child.returncode for child in children] == [0, 0]
    told = {line.split()[1] for one in said for line in one.splitlines()}
    kept = [one.version for one in own_forms.versions(core, form.id)]
    assert kept == sorted(set(kept), reverse=True)
    assert told <= {str(number) for number in kept}
    assert own_forms.drafts(core) == ()
    assert backup.check(core) == ()
    close(core)


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_kill_while_publishing_loses_no_version_that_was_told(data_folder: Path) -> None:
    core = wire_core(data_folder)
    form = published(core)
    told: list[str] = []
    for stop in (3, 5, 8):
        with publisher(data_folder, form.id, f"run{stop}", 10_000) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write("go\n")
            child.stdin.flush()
            told += [child.stdout.readline() for _time in range(stop)]
            child.send_signal(signal.SIGKILL)
            told += child.stdout.read().splitlines(keepends=True)

    whole = [line.split() for line in told if line.endswith("\n")]
    assert len(whole) >= 16
    kept = {one.version: one for one in own_forms.versions(core, form.id)}
    for _word, number, *title in whole:
        assert kept[int(number)].title == " ".join(title)
        assert own_forms.version(core, kept[int(number)].id).title == (("", " ".join(title)),)
    assert backup.check(core) == ()
    close(core)


def test_removing_and_undoing_after_an_import_of_the_same_id_keeps_every_version(core: Core) -> None:
    form = published(core)
    own_forms.remove(core, form_id=form.id)
    history.undo(core)
    own_forms.remove(core, form_id=form.id)
    other = own_forms.adopt(core, made(PACE, form_id=form.id), as_new=False)

    assert other.version == 2
    assert [one.version for one in own_forms.versions(core, form.id)] == [2]
    history.undo(core)
    history.undo(core)
    assert core.catalogue.form(form.id) == form
