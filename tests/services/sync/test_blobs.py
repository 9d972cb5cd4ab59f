"""Files of visits through the folder, versions to come, erased visits, hostile letters."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op
from observe_app.services.sync import blobs, letters
from observe_app.services.sync.crypto import AgeCipher
from observe_app.store.sync import purge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.services.sync.engine_hands import Laptop

CONTENT = b"a filled reply " * 1000


@pytest.fixture
def laptop(engine_laptop: Callable[..., Laptop]) -> Callable[..., Laptop]:
    return engine_laptop


def attach(one: Laptop, visit: str, content: bytes = CONTENT) -> str:
    digest = hashlib.sha256(content).hexdigest()
    ledger = one.core.store.ledger
    with ledger.acting("test.attach", scope=visit, author=None, seen=frozenset()) as writing:
        sql = writing.sql
        sql.execute(
            "INSERT INTO visit_share(id, visit_id, fingerprint, role, folder) VALUES ('share', ?, ?, 'author', ?)",
            (visit, one.keys.fingerprint, one.folder.id),
        )
        sql.execute("INSERT INTO kept_file VALUES (?, 'reply.pdf', ?, ?)", (digest, content, ledger.now()))
        sql.execute(
            "INSERT INTO attachment(id, visit_id, sha256, name, size) VALUES ('attached', ?, ?, 'reply.pdf', ?)",
            (visit, digest, len(content)),
        )
    return digest


def kept(one: Laptop, digest: str) -> list[tuple]:
    return one.ask("SELECT name, content FROM kept_file WHERE sha256 = ?", digest)


def in_folder(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "shared" / "observe" / "b").rglob("*.blob"))


def test_a_file_reaches_the_other_laptop_and_nobody_can_read_it_on_its_way(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    digest = attach(first, first.visit("T waits"))

    first.round(2)
    second.round(2)

    assert kept(second, digest) == [("reply.pdf", CONTENT)]
    (file,) = in_folder(tmp_path)
    assert b"filled reply" not in file.read_bytes()
    assert file.name == hashlib.sha256(file.read_bytes()).hexdigest() + ".blob"


def test_a_row_may_come_before_its_file(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    digest = attach(first, first.visit("T waits"))
    first.round(2)
    (file,) = in_folder(tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[:100])
    second.round(2)
    early = kept(second, digest)
    file.write_bytes(content)

    second.round(1)

    assert early == []
    assert kept(second, digest) == [("reply.pdf", CONTENT)]


def test_a_file_that_is_lost_is_put_back(laptop, tmp_path):
    first = laptop("first")
    attach(first, first.visit("T waits"))
    first.round(2)
    (file,) = in_folder(tmp_path)
    before = file.read_bytes()
    file.unlink()

    first.round(4)

    (again,) = in_folder(tmp_path)
    assert again.read_bytes() == before


def test_a_round_can_be_stopped_before_a_file_and_goes_on_later(laptop):
    first, second = laptop("first"), laptop("second")
    digest = attach(first, first.visit("T waits"))
    first.round(2)
    steps: list[str] = []

    second.device.round(lambda step, *_about: steps.append(step) or step != "files")
    stopped = kept(second, digest)
    second.round()

    assert "files" in steps
    assert stopped == []
    assert kept(second, digest) == [("reply.pdf", CONTENT)]


def test_a_wrong_key_or_content_is_no_file(laptop):
    key, raw = blobs.lock(b"content", lambda count: bytes(range(count)))

    assert blobs.unlock(raw, key) == b"content"
    for wrong, its_key in ((raw[:-1], key), (raw, "AGE-SECRET-KEY-1X"), (b"", key)):
        with pytest.raises(ValueError, match="does not open"):
            blobs.unlock(wrong, its_key)


def test_an_erased_visit_leaves_the_folder(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    visit, other = first.visit("T canary"), first.visit("S stays")
    attach(first, visit)
    first.round(2)
    second.round(2)
    names = {file.name for file in (tmp_path / "shared").rglob("*.seg")}
    with first.core.store.ledger.writing() as writing:
        purge.erase(writing.sql, visit, first.keys.fingerprint)

    first.round(6)
    third = laptop("third")
    third.round(2)

    assert not names & {file.name for file in (tmp_path / "shared").rglob("*.seg")}
    assert in_folder(tmp_path) == []
    assert third.texts() == first.texts() == ["stays"]
    assert third.ask("SELECT count(*) FROM journal_change WHERE row_id = ?", visit) == [(0,)]
    assert third.ask("SELECT count(*) FROM visit WHERE id = ?", other) == [(1,)]


def hand_made(one: Laptop, tmp_path: Path, *, ops: tuple[Op, ...], **more) -> None:
    """Put a letter by this person into the folder, made by hand."""
    action = ActionHead("action-1", "test.write", "2026-03-10T09:05:00.000000Z")
    about = {"writer": "77777777", "seq": 1, "folder": one.folder.id, "format": 1004} | more
    me = one.keys.fingerprint
    letter = Letter(audience=Audience(AudienceKind.ME, members=(me,)), signer=me, actions=(action,), ops=ops, **about)
    raw, name = letters.pack(letter, one.keys, {me: one.keys.recipient}, "", cipher=AgeCipher(os.urandom))
    path = tmp_path / "shared" / "observe" / "d" / "77777777" / f"00000001-{name[:16]}.seg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def op(number: int, table: str, column: str, new: object, row: str = "row-1") -> Op:
    return Op(
        f"{number:016x}", "action-1", table, row, column, new, (), f"{number:013x}-000000-77777777", inserted=True
    )


def test_what_a_version_to_come_writes_waits_in_the_journal(laptop, tmp_path):
    first = laptop("first")
    hand_made(
        first,
        tmp_path,
        ops=(op(1, "person", "name", "Amina"), op(2, "person", "mood", "calm"), op(3, "weather", "sky", "blue")),
    )

    first.round()

    assert first.ask("SELECT name FROM person WHERE id = 'row-1'") == [("Amina",)]
    assert first.ask("SELECT count(*) FROM journal_change WHERE row_id = 'row-1'") == [(3,)]
    assert first.ask("SELECT state FROM sync_segment WHERE writer = '77777777'") == [("taken",)]


def test_after_an_upgrade_what_waited_is_shown(laptop, tmp_path):
    first = laptop("first")
    hand_made(first, tmp_path, ops=(op(1, "person", "name", "Amina"), op(2, "person", "email", "a@b.c")))
    first.round()
    with first.core.store.ledger.writing() as writing:  # as a version would have left it that knew no addresses
        writing.sql.execute("UPDATE person SET email = '' WHERE id = 'row-1'")
        writing.sql.execute("UPDATE meta SET value = '1003' WHERE key = 'sync_format'")
    first.restart()

    first.round()

    assert first.ask("SELECT email FROM person WHERE id = 'row-1'") == [("a@b.c",)]


def test_a_letter_of_another_folder_is_kept_outside(laptop, tmp_path):
    first = laptop("first")
    hand_made(first, tmp_path, ops=(op(1, "person", "name", "Amina"),), folder="another-folder")

    report = first.round()

    assert report.refused == 1
    assert first.ask("SELECT reason FROM sync_refused") == [("folder",)]
    assert first.ask("SELECT count(*) FROM person WHERE id = 'row-1'") == [(0,)]


def test_a_letter_by_somebody_unknown_waits_for_the_card(laptop, tmp_path):
    first, boris = laptop("first"), laptop("boris", "Boris")
    people = tmp_path / "shared" / "observe" / "people"
    (card,) = [file for file in people.iterdir() if file.name.startswith(boris.keys.fingerprint[:16])]
    away = card.rename(tmp_path / card.name)
    with boris.core.store.ledger.acting("form.add", scope=None, author=None, seen=frozenset()) as writing:
        writing.sql.execute(
            "INSERT INTO form_version(id, form_id, version, content, digest, created) VALUES ('v', 'f', 1, '', '', ?)",
            (boris.core.store.ledger.now(),),
        )
    boris.round()
    first.round(2)
    before = first.ask("SELECT count(*) FROM form_version"), first.ask("SELECT count(*) FROM sync_refused")
    away.rename(card)

    first.round()

    assert before == ([(0,)], [(0,)])
    assert first.ask("SELECT count(*) FROM form_version") == [(1,)]
