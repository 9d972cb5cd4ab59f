"""Bundles: the same letters by mail or on a stick; opened twice, late, by the wrong people, or broken on the way."""

from __future__ import annotations

import hashlib
import os
import resource
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.turn import Voice
from observe_app.services import turns
from observe_app.services.sync import attachments, crypto
from observe_app.services.sync.bundle_file import MAGIC, Manifest, pack, unpack
from tests.laptops import NearLaptop, Prepared
from tests.test_sync_two import WORDS, School

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [f"waits {WORDS['note']}"]


def released(place: Path) -> School:
    """Make a school whose visit was released and in no round since, so that nobody else has it."""
    made = School(place)
    made.jonas("visit", "release", made.visit, "--notes")
    return made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared[School]:
    return Prepared(tmp_path_factory.mktemp("school"), released)


@pytest.fixture
def school(prepared: Prepared[School]) -> School:
    return prepared.again()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[School, bytes]:
    """Return a school and the bytes of a bundle for Amina; for tests that must not change anything."""
    made = released(tmp_path_factory.mktemp("sent"))
    return made, bundle(made).read_bytes()


def bundle(school: School, *words: str, status: int = 0) -> Path:
    target = school.shared.parent / "visit.observe"
    target.unlink(missing_ok=True)
    words = words or (school.visit, "--to", "Amina Diallo")
    school.jonas("share", "bundle", *words, "-o", str(target), status=status)
    return target


def test_a_visit_goes_by_a_bundle_where_the_folder_is_gone(school):
    school.shared.rename(school.shared.with_name("away"))

    file = bundle(school)
    told = school.amina.json("import", "bundle", str(file))

    assert school.texts(school.amina) == TEXTS
    assert (told["by"], [one["teacher"] for one in told["visits"]]) == ("Jonas Brandt", ["Amina Diallo"])
    assert told["new"] > 0


def test_a_preview_says_what_is_inside_and_keeps_nothing(school):
    file = bundle(school)

    said = school.amina("import", "bundle", str(file), "--preview")

    assert "Jonas Brandt" in said
    assert "Amina Diallo" in said
    assert school.amina.json("visit", "list") == []


def test_opening_it_twice_and_after_the_folder_brought_the_same_changes_nothing(school):
    file = bundle(school)
    school.amina("import", "bundle", str(file))
    before = school.amina("visit", "show", school.visit)

    assert "Nothing in it was new." in school.amina("import", "bundle", str(file))
    school.jonas.sync()
    assert school.amina.sync()["received"] == 0
    assert "Nothing in it was new." in school.amina("import", "bundle", str(file))
    assert school.amina("visit", "show", school.visit) == before
    assert school.amina.json("share", "status")[0]["refused"] == 0


def test_an_old_bundle_does_not_undo_what_came_later(school):
    file = bundle(school)
    school.jonas("note", "add", school.visit, "later", "--at", "3:00")
    school.jonas("visit", "release", school.visit, "--notes", "--why", "More.")
    school.jonas.sync()
    school.amina.sync()

    school.amina("import", "bundle", str(file))

    assert school.texts(school.amina) == [*TEXTS, "later"]
    assert school.amina.json("also", "list") == []


def test_nobody_but_the_named_opens_it(school):
    file = bundle(school)

    assert "made for somebody else" in school.carla("import", "bundle", str(file), status=1)
    assert school.carla.json("visit", "list") == []
    for word in (*WORDS.values(), "Amina", "Jonas"):
        assert word.encode() not in file.read_bytes()


def test_a_bundle_gives_nobody_more_than_the_visit_does(school):
    target = school.shared.parent / "visit.observe"

    said = school.jonas("share", "bundle", school.visit, "--to", "Carla Coach", "-o", str(target), status=1)

    assert "Not everybody you named can read" in said
    assert not target.exists()


def test_a_visit_that_was_not_released_goes_in_no_bundle(school, tmp_path):
    other = school.jonas.json("visit", "new", "--teacher", "Amina Diallo")["visit"]

    said = school.jonas("share", "bundle", other, "--to", "Amina Diallo", "-o", str(tmp_path / "x.observe"), status=1)

    assert "shared with nobody yet" in said


def test_all_that_somebody_may_read_goes_in_one(school):
    other = school.jonas.json("visit", "new", "--teacher", "Amina Diallo")["visit"]

    file = bundle(school, "--all", "--to", "Amina Diallo")
    told = school.amina.json("import", "bundle", str(file), "--preview")

    assert [one["id"] for one in told["visits"]] == [school.visit]
    assert other not in [one["id"] for one in told["visits"]]


# --- under a passphrase ----------------------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text("correct horse battery staple\n", encoding="utf-8")
    return file


def locked(school: School, secret: Path) -> Path:
    return bundle(school, school.visit, "--bundle-passphrase-file", str(secret))


def test_a_passphrase_opens_it_for_somebody_without_any_keys(school, secret, tmp_path):
    file = locked(school, secret)
    stranger = NearLaptop(tmp_path, "stranger")

    assert "opens with a passphrase" in stranger("import", "bundle", str(file), status=1)
    stranger("import", "bundle", str(file), "--bundle-passphrase-file", str(secret))
    stranger("import", "bundle", str(file), "--bundle-passphrase-file", str(secret))

    assert school.texts(stranger) == TEXTS
    assert stranger.json("check")["ok"]


def test_what_unknown_people_wrote_is_told_and_comes_when_they_are_known(school, secret, tmp_path):
    file = locked(school, secret)
    without = tmp_path / "without cards.observe"
    head, phrase = len(MAGIC) + 1, secret.read_text().strip()
    raw = file.read_bytes()
    manifest, files = unpack(crypto.decrypt_with_passphrase(raw[head:], phrase))
    kept = {name: one for name, one in files.items() if not name.startswith("people/")}
    without.write_bytes(raw[:head] + crypto.encrypt_with_passphrase(pack(manifest, kept), phrase))
    stranger = NearLaptop(tmp_path, "stranger")
    key = ("--bundle-passphrase-file", str(secret))

    told = stranger.json("import", "bundle", str(without), *key)
    assert (told["new"], told["waiting"] > 0) == (0, True)
    assert "not known here yet" in stranger("import", "bundle", str(without), *key)

    told = stranger.json("import", "bundle", str(file), *key)
    assert (told["new"] > 0, told["waiting"]) == (True, 0)
    assert school.texts(stranger) == TEXTS


def test_a_copy_under_a_passphrase_is_listed_with_those_that_left(school, secret):
    locked(school, secret)

    (release,) = school.jonas.json("visit", "releases", school.visit)
    assert [(one["file"], one["way"]) for one in release["copies"]] == [("visit.observe", "file")]


def test_another_passphrase_is_told_from_damage(school, secret, tmp_path):
    file = locked(school, secret)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("correct horse battery stable")

    said = school.amina("import", "bundle", str(file), "--bundle-passphrase-file", str(wrong), status=1)

    assert "another passphrase" in said


def test_a_passphrase_bundle_and_the_folder_bring_the_same(school, secret):
    file = locked(school, secret)
    school.amina("import", "bundle", str(file), "--bundle-passphrase-file", str(secret))
    school.jonas.sync()
    school.amina.sync()
    with school.amina.core() as core:
        turns.add(core, visit_id=school.visit, voice=Voice.TEACHER, text="seen")
    school.amina.sync()
    school.jonas.sync()

    with school.jonas.core() as core:
        assert [one.text for one in turns.of_visit(core, school.visit)] == ["seen"]
    assert school.texts(school.amina) == TEXTS
    assert school.amina.json("share", "status")[0]["refused"] == 0


def test_a_short_passphrase_is_refused(school, tmp_path):
    short = tmp_path / "short.txt"
    short.write_text("12345")

    file = school.shared.parent / "visit.observe"
    said = school.jonas(
        "share", "bundle", school.visit, "--bundle-passphrase-file", str(short), "-o", str(file), status=1
    )

    assert "too short" in said
    assert not file.exists()


def test_a_bundle_gives_its_maker_no_rights_over_ones_own_visit(school, secret, tmp_path):
    """Under a passphrase letters are read with the maker's eyes, and judged with one's own."""
    own = school.carla.json("visit", "new", "--teacher", "Bo Li", "--focus", "mine")["visit"]
    file = locked(school, secret)

    school.carla("import", "bundle", str(file), "--bundle-passphrase-file", str(secret))

    assert school.carla.json("visit", "show", own)["visit"]["focus"] == "mine"
    assert {one["trust"] for one in school.carla.json("share", "people") if not one["me"]} == {"new"}


# --- broken and hostile ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 8, 9, 10, 60, 300, -1, -20])
def test_a_cut_bundle_is_refused_and_nothing_is_changed(sent, tmp_path, size):
    school, raw = sent
    file = tmp_path / "cut.observe"
    file.write_bytes(raw[:size])

    said = school.amina("import", "bundle", str(file), status=1)

    assert said.startswith("observe-app: ")
    assert "bug" not in said
    assert "should not happen" not in said
    assert school.amina.json("visit", "list") == []


@pytest.mark.parametrize("place", [3, 8, 30, 200, 900, -1])
def test_a_flipped_byte_is_refused(sent, tmp_path, place):
    school, whole = sent
    raw = bytearray(whole)
    raw[place] ^= 0x41
    file = tmp_path / "flipped.observe"
    file.write_bytes(bytes(raw))

    said = school.amina("import", "bundle", str(file), status=1)

    assert "should not happen" not in said
    assert school.amina.json("visit", "list") == []


def test_foreign_files_folders_and_places_are_refused(sent, tmp_path):
    school = sent[0]
    for name, content in (("pdf.observe", b"%PDF-1.7"), ("zip.observe", b"PK\x03\x04"), ("none.observe", b"")):
        (tmp_path / name).write_bytes(content)
        assert "no file for mail or a stick" in school.amina("import", "bundle", str(tmp_path / name), status=1)
    assert "folder" in school.amina("import", "bundle", str(tmp_path), status=1)
    assert "does not exist" in school.amina("import", "bundle", str(tmp_path / "gone.observe"), status=1)


def test_ten_gigabytes_are_refused_without_being_read(sent, tmp_path):
    school = sent[0]
    huge = tmp_path / "huge.observe"
    with huge.open("wb") as file:
        file.write(MAGIC + b"K")
        file.truncate(10 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "larger than what can be read" in school.amina("import", "bundle", str(huge), status=1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def hostile(school: School, manifest: Manifest, files: dict[str, bytes], payload: bytes | None = None) -> Path:
    """Write a bundle that opens for Amina, with whatever inside."""
    with school.amina.core() as core:
        recipient = core.vault.keys().recipient
    whole = pack(manifest, files) if payload is None else payload
    target = school.shared.parent / "hostile.observe"
    target.write_bytes(MAGIC + b"K" + crypto.encrypt(whole, [recipient], os.urandom))
    return target


def test_a_bundle_of_rubbish_letters_changes_nothing(sent):
    school = sent[0]
    folder = school.amina.json("share", "status")[0]["folder"]
    files = {
        f"d/0123abcd/0000000{n}-0123456789abcdef.seg": raw
        for n, raw in enumerate((b"", b"OBSEG1\n\0" + b"\xff" * 400, bytes(5_000), b"\x1f\x8b" * 900), 1)
    }
    file = hostile(school, Manifest(folder, by="0" * 32), files | {"people/" + "0" * 16 + "-00000000.card": b"{}"})

    told = school.amina.json("import", "bundle", str(file))

    assert (told["new"], told["records"]) == (0, 0)
    assert school.amina.json("check")["ok"]


@pytest.mark.parametrize("key", ["zz", "00", "0" * 64, "0" * 32])
def test_a_key_inside_that_is_none_is_refused(sent, key):
    school = sent[0]
    folder = school.amina.json("share", "status")[0]["folder"]
    file = hostile(school, Manifest(folder, by="0" * 32, key=key), {})

    status, _out, err = school.amina.run("import", "bundle", str(file))

    assert "should not happen" not in err
    assert status in {0, 1}


def test_a_bundle_of_a_folder_that_was_left_reaches_no_other_folder(school, tmp_path):
    """Somebody who is in another school now opens what a colleague of the old one sent."""
    file = bundle(school)
    other = tmp_path / "other school"
    other.mkdir()
    school.amina("share", "leave")
    school.amina("share", "init", str(other))
    school.amina.sync()

    school.amina("import", "bundle", str(file))

    assert school.texts(school.amina) == TEXTS
    assert school.amina.sync()["problems"] == []
    assert len(list(other.rglob("*.card"))) == 1


def attach(laptop: NearLaptop, visit: str, content: bytes) -> str:
    """Attach a file to a visit, as the reply that came back is."""
    digest = hashlib.sha256(content).hexdigest()
    with laptop.core() as core, core.store.write("reply.import") as unit:
        unit.after.keep_file(digest, "reply.pdf", content, core.clock.now())
        unit.shares.attach(attachments.attachment_id(visit, digest), visit, digest, "reply.pdf", len(content))
        unit.commit()
    return digest


def kept(laptop: NearLaptop, digest: str) -> bytes | None:
    with laptop.core() as core, core.store.read() as unit:
        found = unit.after.kept_file(digest)
    return None if found is None else found[1]


@pytest.mark.parametrize("under_passphrase", [False, True])
def test_files_of_a_visit_go_along(school, secret, tmp_path, under_passphrase):
    content = b"%PDF-1.7 " + os.urandom(3_000)
    digest = attach(school.jonas, school.visit, content)
    other = NearLaptop(tmp_path, "stranger") if under_passphrase else school.amina
    key = ("--bundle-passphrase-file", str(secret)) if under_passphrase else ()

    file = locked(school, secret) if under_passphrase else bundle(school)
    other("import", "bundle", str(file), *key)

    assert kept(other, digest) == content
    assert school.texts(other) == TEXTS
