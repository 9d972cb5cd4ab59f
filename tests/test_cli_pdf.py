"""`pdf summary` and `pdf record`: drafts that say so, releases that are kept as copies that went out."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from observe_app.app import wire_core
from observe_app.cli import main
from observe_app.domain.evidence import ClaimKind
from observe_app.services import core as cores
from observe_app.services import people, releases, talk, visits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def visit(data_folder: Path) -> str:
    """Keep a visit at Talk with one strength and no release."""
    core = wire_core(data_folder)
    teacher, me = people.ensure(core, "Amina Diallo-Žižek"), people.introduce(core, name="Jonas Brandt")
    made = visits.plan(core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now())
    visits.begin(core, visit_id=made.id)
    visits.finish(core, visit_id=made.id)
    talk.add_claim(core, visit_id=made.id, kind=ClaimKind.STRENGTH, title="Everybody had a partner")
    cores.close(core)
    return made.id


@pytest.fixture
def run(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*words: str, status: int = 0) -> str:
        found = main([*words, "--data", str(data_folder)])
        said = capsys.readouterr()
        assert found == status, said.err
        return said.err if status else said.out

    return call


def released(data_folder: Path, visit_id: str) -> None:
    """Release the visit as the window does."""
    core = wire_core(data_folder)
    releases.release(core, visit_id=visit_id)
    cores.close(core)


def test_without_a_release_a_draft_is_written_that_says_so(run: Callable[..., str], visit: str, tmp_path: Path) -> None:
    said = run("pdf", "record", visit, "-o", str(tmp_path / "a.pdf"), "--ink-saving")

    reader = pypdf.PdfReader(tmp_path / "a.pdf")
    assert "a draft: nothing is released by it" in said
    assert all("Draft, not released" in page.extract_text() for page in reader.pages)
    assert not reader.get_fields()


def test_a_release_is_written_and_kept_as_a_copy(
    run: Callable[..., str], visit: str, data_folder: Path, tmp_path: Path
) -> None:
    released(data_folder, visit)

    made = json.loads(run("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--json"))

    core = wire_core(data_folder)
    copies = releases.copies(core, visit)
    cores.close(core)
    assert (made["status"], made["revision"], made["pages"]) == ("released", 1, 1)
    assert [(copy.file_name, copy.scope, copy.sha256) for copy in copies] == [
        ("a.pdf", "summary", hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest())
    ]


def test_a_draft_can_be_asked_for_beside_a_release_and_is_no_copy(
    run: Callable[..., str], visit: str, data_folder: Path, tmp_path: Path
) -> None:
    released(data_folder, visit)

    made = json.loads(run("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--draft", "--json"))

    core = wire_core(data_folder)
    copies = releases.copies(core, visit)
    cores.close(core)
    assert (made["status"], made["revision"], copies) == ("draft", 0, ())


def test_a_revision_that_is_not_there_is_refused(run: Callable[..., str], visit: str, tmp_path: Path) -> None:
    said = run("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--revision", "4", status=1)

    assert "4" in said
    assert not (tmp_path / "a.pdf").exists()


def test_without_a_name_the_file_is_called_by_visit_and_revision(
    run: Callable[..., str], visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    run("pdf", "summary", visit)

    assert (tmp_path / f"feedback-{visit[-8:]}-draft.pdf").exists()


@pytest.mark.parametrize("command", [("pdf", "summary"), ("pdf", "record"), ("visit", "release")])
def test_a_language_that_the_pages_do_not_speak_is_refused_with_those_they_do(
    run: Callable[..., str], visit: str, command: tuple[str, str]
) -> None:
    said = run(*command, visit, "--language", "fi", status=2)

    assert "the pages do not speak “fi”; they speak en, de, el, es" in said


def test_a_draft_speaks_the_language_asked_for(run: Callable[..., str], visit: str, tmp_path: Path) -> None:
    run("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--language", "de_AT")

    reader = pypdf.PdfReader(tmp_path / "a.pdf")
    assert reader.root_object["/Lang"] == "de-AT"
    assert "Entwurf, nicht freigegeben" in reader.pages[0].extract_text()


def test_a_release_speaks_the_language_that_the_teacher_reads(
    run: Callable[..., str], visit: str, data_folder: Path, tmp_path: Path
) -> None:
    core = wire_core(data_folder)
    teacher = people.by_name(core, "Amina Diallo-Žižek")
    people.edit(core, person_id=teacher.id, seen=people.open_person(core, teacher.id).seen, language="fr")
    cores.close(core)
    released(data_folder, visit)

    run("pdf", "summary", visit, "-o", str(tmp_path / "a.pdf"), "--language", "de")

    reader = pypdf.PdfReader(tmp_path / "a.pdf")
    assert reader.root_object["/Lang"] == "fr"
    assert "Points forts" in reader.pages[0].extract_text()
