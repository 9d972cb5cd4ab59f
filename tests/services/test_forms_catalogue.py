"""The forms to choose from, over several folders."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from observe_app.app import wire_core
from observe_app.domain.errors import FormInvalid, NotFound
from observe_app.domain.form import FormUse, ItemKind
from observe_app.services import own_forms
from observe_app.services.catalogue import Catalogue, Origin, check_file
from observe_app.services.core import close
from observe_app.services.form_entry import entry_in, entry_out

from .forms_made import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.domain.form import Form
    from observe_app.services.catalogue import CatalogueEntry
    from observe_app.services.core import Core


def form_text(form_id: str, title: str = "A form", version: int = 1) -> str:
    return (
        f'id = "{form_id}"\nversion = {version}\ntitle = "{title}"\npurpose = "To be tested."\n'
        '[[sections]]\ntitle = "One"\n[[sections.items]]\nkind = "check"\nid = "a"\nlabel = "A"\n'
    )


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "alpha.toml").write_text(form_text("alpha"), encoding="utf-8")
    (folder / "beta.toml").write_text(form_text("beta"), encoding="utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def catalogue(shipped: Path, own: Path) -> Catalogue:
    return Catalogue((shipped, own))


def listed(catalogue: Catalogue) -> list[tuple[str, str, bool]]:
    return [
        (entry.path.parent.name if entry.path else "stored", entry.form_id, not entry.problems)
        for entry in catalogue.entries()
    ]


def test_shipped_forms_come_before_the_schools_own(catalogue: Catalogue, own: Path) -> None:
    (own / "aaa.toml").write_text(form_text("aaa"), encoding="utf-8")

    assert listed(catalogue) == [("shipped", "alpha", True), ("shipped", "beta", True), ("own", "aaa", True)]


def test_an_entry_tells_what_a_list_shows(catalogue: Catalogue, shipped: Path) -> None:
    entry = catalogue.entries()[0]

    assert (entry.title, entry.purpose, entry.version) == ((("", "A form"),), (("", "To be tested."),), 1)
    assert entry.path == shipped / "alpha.toml"


def test_a_form_is_found_by_its_id(catalogue: Catalogue) -> None:
    assert catalogue.form("beta").id == "beta"


def test_a_broken_form_is_listed_with_its_problems_and_hides_no_other(catalogue: Catalogue, shipped: Path) -> None:
    (shipped / "broken.toml").write_text("id = ", encoding="utf-8")

    assert ("shipped", "broken", False) in listed(catalogue)
    assert catalogue.form("alpha").id == "alpha"
    with pytest.raises(FormInvalid) as caught:
        catalogue.form("broken")
    assert caught.value.path == shipped / "broken.toml"
    assert [problem.rule for problem in caught.value.problems] == ["bad_value"]


def test_a_schools_own_form_takes_the_place_of_the_shipped_one(catalogue: Catalogue, own: Path) -> None:
    (own / "alpha.toml").write_text(form_text("alpha", "Ours", 7), encoding="utf-8")

    assert catalogue.form("alpha").version == 7
    assert listed(catalogue) == [("shipped", "beta", True), ("own", "alpha", True)]


def test_a_schools_own_broken_form_leaves_the_shipped_one_usable(catalogue: Catalogue, own: Path) -> None:
    (own / "alpha.toml").write_text("rubbish", encoding="utf-8")

    assert catalogue.form("alpha").version == 1
    assert listed(catalogue) == [("shipped", "alpha", True), ("shipped", "beta", True), ("own", "alpha", False)]


@pytest.mark.parametrize(
    "form_id", ["nothing", "", "../shipped/alpha", "/etc/passwd", "a\0b", "x" * 5000, "alpha.toml"]
)
def test_an_id_without_a_file_is_not_found(catalogue: Catalogue, form_id: str) -> None:
    with pytest.raises(NotFound) as caught:
        catalogue.form(form_id)

    assert (caught.value.kind, caught.value.id) == ("form", form_id)


def test_a_changed_file_is_read_again_and_a_removed_one_is_gone(catalogue: Catalogue, shipped: Path) -> None:
    assert catalogue.form("alpha").version == 1

    path = shipped / "alpha.toml"
    path.write_text(form_text("alpha", version=2), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert catalogue.form("alpha").version == 2

    path.unlink()
    assert listed(catalogue) == [("shipped", "beta", True)]
    with pytest.raises(NotFound):
        catalogue.form("alpha")


def test_an_unchanged_file_is_not_parsed_again(catalogue: Catalogue) -> None:
    assert catalogue.form("alpha") is catalogue.form("alpha")


def test_what_is_no_form_file_is_left_alone(catalogue: Catalogue, shipped: Path) -> None:
    for name in ("README.md", ".hidden.toml", "alpha.toml~"):
        (shipped / name).write_text("anything", encoding="utf-8")
    (shipped / "folder.toml").mkdir()
    (shipped / "dangling.toml").symlink_to(shipped / "nowhere")

    assert [form_id for _folder, form_id, _good in listed(catalogue)] == ["alpha", "beta"]


def test_a_folder_that_is_missing_holds_no_forms(tmp_path: Path, shipped: Path) -> None:
    assert Catalogue((tmp_path / "missing",)).entries() == ()
    assert len(Catalogue((tmp_path / "missing", shipped)).entries()) == 2


def test_check_file_tells_all_problems(shipped: Path) -> None:
    assert check_file(shipped / "alpha.toml") == ()

    copy = shipped / "alpha (1).toml"
    copy.write_text(form_text("alpha").replace("version = 1", "versoin = 1"), encoding="utf-8")
    assert [problem.rule for problem in check_file(copy)] == ["name_mismatch", "missing_key", "unknown_key"]


# --- with a store: own forms, and the index --------------------------------------------------------------------------

EVERY_KIND = Path(__file__).parent.parent / "fixtures" / "forms" / "every-kind.toml"


@pytest.fixture
def beside(core: Core, shipped: Path, own: Path) -> Catalogue:
    """Return a catalogue of the two folders and the stored forms of `core`."""
    return Catalogue((shipped, own), core.store)


def fresh(core: Core, catalogue: Catalogue) -> Catalogue:
    """Return a catalogue that remembers nothing but what the index holds."""
    return Catalogue(catalogue.folders, core.store)


def rows(core: Core) -> dict[str, tuple[int, str]]:
    with closing(sqlite3.connect(core.files.database)) as connection:
        found = connection.execute("SELECT digest, rules, content FROM form_index").fetchall()
    return {digest: (rules, content) for digest, rules, content in found}


def rewrite(core: Core, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(core.files.database)) as connection, connection:
        connection.execute(statement, values)


def by_id(catalogue: Catalogue) -> dict[str, CatalogueEntry]:
    return {entry.form_id: entry for entry in catalogue.entries()}


def adopted(core: Core, catalogue: Catalogue, form_id: str, title: str = "Stored") -> Form:
    form = replace(catalogue.form("alpha"), id=form_id, title=(("", title),))
    return own_forms.adopt(core, form, as_new=False)


def test_an_entry_tells_what_the_library_shows(core: Core, beside: Catalogue, shipped: Path) -> None:
    shutil.copy(EVERY_KIND, shipped)
    form = beside.form("every-kind")

    for entry in (by_id(beside)["every-kind"], by_id(fresh(core, beside))["every-kind"]):
        assert (entry.origin, entry.path) == (Origin.SHIPPED, shipped / "every-kind.toml")
        assert (entry.title, entry.purpose, entry.version) == (form.title, form.purpose, form.version)
        assert (entry.use, entry.source, entry.licence, entry.citation) == (
            form.use, form.source, form.licence, form.citation,
        )  # fmt: skip
        assert set(entry.kinds) == {item.kind for item in form.items} - {ItemKind.GUIDANCE}
        assert entry.items == sum(item.kind is not ItemKind.GUIDANCE for item in form.items)
        assert entry.languages[0] == form.language
        assert entry.interval_s == next(item.seconds for item in form.items if item.kind is ItemKind.INTERVAL)


def test_each_source_is_named(core: Core, beside: Catalogue, own: Path) -> None:
    (own / "gamma.toml").write_text(form_text("gamma"), encoding="utf-8")
    adopted(core, beside, "delta")

    origins = {form_id: entry.origin for form_id, entry in by_id(beside).items()}

    assert origins == {
        "alpha": Origin.SHIPPED, "beta": Origin.SHIPPED, "gamma": Origin.FILE, "delta": Origin.OWN,
    }  # fmt: skip
    assert by_id(beside)["delta"].path is None
    assert beside.shipped_ids() == {"alpha", "beta"}
    assert beside.file_ids() == {"alpha", "beta", "gamma"}


def test_a_stored_form_takes_the_place_of_a_file_of_its_id(core: Core, beside: Catalogue, own: Path) -> None:
    (own / "gamma.toml").write_text(form_text("gamma"), encoding="utf-8")
    stored = adopted(core, beside, "gamma")

    assert beside.form("gamma") == stored
    assert listed(beside) == [("shipped", "alpha", True), ("shipped", "beta", True), ("stored", "gamma", True)]

    own_forms.remove(core, form_id="gamma")
    assert beside.form("gamma").title == (("", "A form"),)
    assert listed(beside)[-1] == ("own", "gamma", True)


def test_what_the_index_knows_is_not_read_again(core: Core, beside: Catalogue) -> None:
    """The index is made to say something else: what comes out was not read from the file."""
    adopted(core, beside, "delta", "Stored")
    beside.entries()
    for key, (_rules, content) in rows(core).items():
        entry = entry_in(content, key, Origin.FILE, None)
        assert entry is not None
        known = entry_out(replace(entry, title=(("", "Known"),)), key)
        rewrite(core, "UPDATE form_index SET content = ? WHERE digest = ?", known, key)

    assert [entry.title for entry in fresh(core, beside).entries()] == [(("", "Known"),)] * 3
    assert [entry.title[0][1] for entry in beside.entries()] == ["A form", "A form", "Stored"]


def test_a_changed_file_is_read_whatever_the_index_holds(core: Core, beside: Catalogue, shipped: Path) -> None:
    beside.entries()
    before = rows(core)
    (shipped / "alpha.toml").write_text(form_text("alpha", "Changed"), encoding="utf-8")

    for catalogue in (fresh(core, beside), fresh(core, beside)):
        assert [entry.title[0][1] for entry in catalogue.entries()] == ["Changed", "A form"]
    assert len(rows(core)) == 2
    assert len(before.keys() & rows(core).keys()) == 1


def test_a_broken_file_stays_broken_from_the_index(core: Core, beside: Catalogue, shipped: Path) -> None:
    (shipped / "many-mistakes.toml").write_bytes((EVERY_KIND.parent / "many-mistakes.toml").read_bytes())
    first, second = by_id(beside)["many-mistakes"], by_id(fresh(core, beside))["many-mistakes"]

    assert first.problems
    assert first == second
    assert len(rows(core)) == 3


def test_a_copy_under_another_name_is_another_reading(core: Core, beside: Catalogue, shipped: Path) -> None:
    """A form's file must be called by its id: the same bytes are good under one name and not under another."""
    beside.entries()
    shutil.copy(shipped / "alpha.toml", shipped / "copy.toml")

    assert [problem.rule for problem in by_id(fresh(core, beside))["copy"].problems] == ["name_mismatch"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE form_index SET content = 'no JSON'",
        "UPDATE form_index SET content = '{}'",
        "UPDATE form_index SET content = '[1, 2]'",
        'UPDATE form_index SET content = replace(content, \'"kinds":["check"]\', \'"kinds":["wish"]\')',
        "UPDATE form_index SET content = replace(content, '\"version\":1', '\"version\":true')",
        'UPDATE form_index SET content = replace(content, \'"problems":[]\', \'"problems":[{"x": 1}]\')',
        "UPDATE form_index SET content = replace(content, '\"A form\"', '7')",
        "UPDATE form_index SET rules = 0",
        "DELETE FROM form_index",
    ],
)
def test_a_damaged_index_is_made_again(core: Core, beside: Catalogue, damage: str) -> None:
    good, kept = beside.entries(), rows(core)
    rewrite(core, damage)
    assert rows(core) != kept

    assert fresh(core, beside).entries() == good
    assert rows(core) == kept


def test_an_index_that_cannot_be_written_costs_only_time(core: Core, shipped: Path, own: Path) -> None:
    impatient = wire_core(core.folder, clock=core.clock, busy_ms=1)
    with closing(sqlite3.connect(core.files.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert len(Catalogue((shipped, own), impatient.store).entries()) == 2
        holder.execute("ROLLBACK")
    assert rows(core) == {}
    close(impatient)


def test_listing_leaves_no_trace_in_the_journal(core: Core, beside: Catalogue) -> None:
    beside.entries()

    with closing(sqlite3.connect(core.files.database)) as connection:
        assert connection.execute("SELECT count(*) FROM journal_action").fetchone() == (0,)
    assert len(rows(core)) == 2


def test_several_threads_may_list_at_once(core: Core, beside: Catalogue, own: Path) -> None:
    for number in range(30):
        (own / f"form-{number}.toml").write_text(form_text(f"form-{number}"), encoding="utf-8")
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(beside.entries()) + len(fresh(core, beside).entries())))
        for _number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [64] * 8
    assert len(rows(core)) == 32


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    core = wire_core(tmp_path_factory.mktemp("shelf"))
    yield core
    close(core)


@given(form=forms())
def test_any_form_is_listed_the_same_from_the_index_and_read(shelf: Core, form: Form) -> None:
    stored = own_forms.adopt(shelf, form, as_new=True)
    read, indexed = (by_id(Catalogue((), shelf.store))[stored.id] for _time in range(2))

    assert read == indexed
    assert (read.title, read.use in FormUse) == (stored.title, True)
    assert Catalogue((), shelf.store).form(stored.id) == stored
    own_forms.remove(shelf, form_id=stored.id)
