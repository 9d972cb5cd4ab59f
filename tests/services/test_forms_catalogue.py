"""The forms to choose from, over several folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import FormInvalid, NotFound
from observe_app.services.catalogue import Catalogue, check_file

if TYPE_CHECKING:
    from pathlib import Path


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
    return [(entry.path.parent.name, entry.form_id, not entry.problems) for entry in catalogue.entries()]


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
