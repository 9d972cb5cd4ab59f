"""Files by the hash of their bytes, links of the web, each with a licence line; nothing is opened or fetched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable, Invalid, NotFound
from observe_app.services import history
from observe_app.services.groups import groups, resources
from observe_app.services.groups.page import page

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.groups.group import PeerGroup
    from observe_app.services.core import Core


@pytest.fixture
def group(core: Core) -> PeerGroup:
    return groups.add(core, name="Maths")


def test_a_file_comes_out_as_it_went_in(core: Core, group: PeerGroup, tmp_path: Path) -> None:
    data = os.urandom(70_000)
    path = tmp_path / "cards.pdf"
    path.write_bytes(data)
    kept = resources.add_file(core, path=path, group_id=group.id, licence="CC BY 4.0")
    path.unlink()

    assert (kept.title, kept.size, kept.licence) == ("cards.pdf", 70_000, "CC BY 4.0")
    assert resources.content(core, kept.id) == ("cards.pdf", data)
    resources.save_copy(core, resource_id=kept.id, target=tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == data


def test_the_same_bytes_under_two_names_are_two_resources_of_one_file(
    core: Core, group: PeerGroup, tmp_path: Path
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("the same", encoding="utf-8")
        resources.add_file(core, path=tmp_path / name, group_id=group.id)
    found = resources.of_group(core, group.id)

    assert {one.title for one in found} == {"one.txt", "two.txt"}
    assert len({one.sha256 for one in found}) == 1
    resources.delete(core, resource_id=found[0].id)
    assert resources.content(core, found[1].id)[1] == b"the same"
    history.undo(core)
    assert len(resources.of_group(core, group.id)) == 2


def test_what_is_no_file_to_keep_is_refused(core: Core, group: PeerGroup, tmp_path: Path) -> None:
    empty, large = tmp_path / "empty", tmp_path / "large.bin"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(resources.MAX_FILE + 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, reason in (
        (tmp_path / "nothing", "missing"), (tmp_path, "folder"), (empty, "empty"), (large, "too_large"),
        (pipe, "special"),
    ):  # fmt: skip
        with pytest.raises(FileUnreadable) as refused:
            resources.add_file(core, path=path, group_id=group.id)
        assert refused.value.reason == reason
    with pytest.raises(NotFound):
        resources.add_file(core, path=a_file(tmp_path), group_id="nothing")

    assert resources.of_group(core, group.id) == ()


def a_file(tmp_path: Path) -> Path:
    path = tmp_path / "fine.txt"
    path.write_text("fine", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (" http://example.org ", "http://example.org"),
        ("example.org/moves", "https://example.org/moves"),
        ("https://пример.рф/талк", "https://пример.рф/талк"),
    ],
)
def test_addresses_of_the_web_are_kept(given_: str, kept: str) -> None:
    assert resources.checked_link(given_) == kept


@pytest.mark.parametrize(
    "link",
    [
        "", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://server/share", "https://",
        "https://user:pw@bank.org", "https://a b.org", "ftp://x.org", "\\\\server\\share", "https://x.org\\@y.org",
        "https://x.org/\u202egnp", "https://x.org:99999/", "mailto:a@b.org", "observe://x", "https://[::1",
    ],
)  # fmt: skip
def test_nothing_else_is_ever_a_link(core: Core, group: PeerGroup, link: str) -> None:
    with pytest.raises(Invalid):
        resources.add_link(core, link=link, group_id=group.id)

    assert resources.of_group(core, group.id) == ()


@given(st.text(max_size=80))
def test_whatever_is_typed_only_the_web_is_let_through(text: str) -> None:
    try:
        link = resources.checked_link(text)
    except Invalid:
        return
    assert link.startswith(("http://", "https://"))
    assert "@" not in link.split("/")[2]


@given(st.text(max_size=300))
def test_names_of_files_lead_nowhere(name: str) -> None:
    found = resources.file_name(name)

    assert 0 < len(found) <= 120
    assert not set(found) & set('/\\:*?"<>|\n\x00')
    assert found not in {".", ".."}


def test_a_link_without_a_title_is_called_by_its_page(core: Core, group: PeerGroup) -> None:
    kept = resources.add_link(core, link="https://example.org/moves/", group_id=group.id)

    assert kept.title == "example.org/moves"
    edited = resources.edit(core, resource_id=kept.id, title="Talk moves", licence="CC BY 4.0").value
    assert (edited.title, edited.licence, edited.link) == ("Talk moves", "CC BY 4.0", "https://example.org/moves/")
    with pytest.raises(Invalid):
        resources.edit(core, resource_id=kept.id, link="file:///etc/passwd")


def test_a_file_of_another_computer_is_said_not_to_be_here(core: Core, group: PeerGroup, tmp_path: Path) -> None:
    kept = resources.add_file(core, path=a_file(tmp_path), group_id=group.id)
    with core.store.write("resource.edit") as unit:
        unit.groups.resources.change(kept.id, {"sha256": "0" * 64})
        unit.commit()

    assert [one.here for one in page(core, group.id).resources] == [False]
    with pytest.raises(NotFound):
        resources.content(core, kept.id)
