"""A folder full of harm, or on a bad disk: a clear line each time, nothing lost, little memory and time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.letter import Audience, AudienceKind
from observe_app.domain.sync.segment import FORMAT, file_hash, frame, parse
from tests.laptops import Laptop, NearLaptop, settle
from tests.sync_forge import Hand, bomb, change, crowd, have, nested
from tests.test_sync_two import School

if TYPE_CHECKING:
    from collections.abc import Iterator

MOUNT = "/bin/mount"
MOST_MB = 500
MOST_S = 40
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and limits of POSIX systems")


class World(School):
    """The school, its visit released, and Carla with bad intentions and write access."""

    def __init__(self, base: Path) -> None:
        super().__init__(base, NearLaptop)
        self.base = base
        self.release()
        self.hand = Hand(self.carla, self.shared)
        self.note = self.jonas.json("visit", "show", self.visit)["events"][0]["id"]
        self.known: tuple[object, ...] | None = None

    def refused(self, laptop: Laptop) -> int:
        return laptop.sync()["refused"]

    def state(self) -> tuple[object, ...]:
        return tuple(
            (one.json("visit", "list"), one.json("also", "list"), one.json("visit", "show", self.visit, "--private"))
            for one in (self.jonas, self.amina)
        )

    def clean(self) -> None:
        for path in self.hand.made:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
        self.hand.made.clear()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture
def world(made: World) -> Iterator[World]:
    """Give the one world to each test, and see that nothing in it is another after it."""
    # What the last test was seen to leave behind is what this one finds; after one that failed, it is looked for.
    before = made.known or made.state()
    made.known = None
    yield made
    made.clean()
    for one in (made.jonas, made.amina):
        one.sync()
    assert made.state() == before
    assert all(one.json("check")["ok"] for one in (made.jonas, made.amina))
    made.known = before


def audience(world: World, *names: str, author: str = "Jonas Brandt") -> Audience:
    return world.hand.to(*names, visit=world.visit, author=author)


# --- forged letters --------------------------------------------------------------------------------------------------


def test_a_stranger_to_the_visit_cannot_change_a_note(world):
    op = change("event", world.note, "text", "forged words")
    world.hand.put(world.hand.seal(world.hand.letter((op,), audience(world, "Jonas Brandt", "Amina Diallo"))))

    assert (world.refused(world.jonas), world.refused(world.amina)) != (0, 0)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("visit", "focus", "forged"), ("visit", "deleted", 1), ("event", "deleted", 1), ("turn", "text", "forged"),
        ("visit_share", "role", "coach"), ("visit_share", "deleted", 1), ("release", "deleted", 1),
        ("erasure", "visit_id", "forged"), ("person", "name", "forged"), ("action_step", "text", "forged"),
    ],
)  # fmt: skip
def test_a_claim_to_be_the_author_is_not_believed(world, table, column, value):
    row = {"visit": world.visit, "event": world.note}.get(table, "11111111-1111-7111-8111-111111111111")
    ops = (change(table, row, column, value), change(table, row, "visit_id", world.visit, number=2))
    forged = audience(world, "Jonas Brandt", "Amina Diallo", author="Carla Coach")
    world.hand.put(world.hand.seal(world.hand.letter(ops, forged)))

    assert world.refused(world.amina) > 0


def test_another_signer_cannot_be_claimed(world):
    letter = world.hand.letter((change("visit", world.visit, "focus", "forged"),), audience(world, "Amina Diallo"))
    raw = world.hand.seal(letter)
    header, _body = parse(raw)
    jonas = bytes.fromhex(world.hand.names["Jonas Brandt"])
    from observe_app.services.sync.crypto import squeeze, unsqueeze
    from tests.sync_forge import CIPHER

    inner = unsqueeze(world.hand.keys.open(_body))
    body = CIPHER.seal(squeeze(jonas + inner[16:]), [world.hand.recipients[world.hand.names["Amina Diallo"]]])
    world.hand.put(frame(body, writer=header.writer, seq=header.seq, previous=""))

    assert world.refused(world.amina) > 0


def test_another_laptops_name_cannot_be_taken(world):
    writer = next(one.name for one in (world.shared / "observe" / "d").iterdir() if list(one.glob("*.seg")))
    op = change("visit", world.visit, "focus", "forged")
    for number in (1, 2, 99_999_999):
        letter = world.hand.letter((op,), audience(world, "Jonas Brandt", "Amina Diallo"), writer=writer, seq=number)
        world.hand.put(world.hand.seal(letter), f"d/{writer}/{number:08d}-{'e' * 16}.seg")

    world.jonas.sync()
    world.amina.sync()
    other = world.jonas.json("visit", "new", "--teacher", "Bo Li")["visit"]
    told = world.jonas.sync()
    assert (told["sent"], told["waiting"]) == (1, 0)
    world.jonas("visit", "delete", other)
    world.jonas.sync()


def test_a_letter_to_others_cannot_be_handed_on(world):
    """Who was let in re-encrypts a letter to somebody whom its signer did not mean."""
    from tests.sync_forge import CIPHER

    amina = Hand(world.amina, world.shared)
    for path in (world.shared / "observe" / "d").rglob("*.seg"):
        header, body = parse(path.read_bytes())
        if header.public:
            continue
        with contextlib.suppress(Exception):
            inner = amina.keys.open(body)
            sealed = CIPHER.seal(inner, [world.hand.recipients[world.hand.names["Carla Coach"]]])
            raw = frame(sealed, writer=header.writer, seq=header.seq, previous=header.previous)
            world.hand.put(raw, f"d/{header.writer}/{header.seq:08d}-{file_hash(raw)[:16]}.seg")

    world.carla.sync()

    assert world.carla.json("visit", "list") == []


def test_letters_said_again_under_other_names_change_nothing(world):
    for number, path in enumerate(list((world.shared / "observe" / "d").rglob("*.seg"))):
        for name in (f"{path.stem} (1).seg", f"{path.stem}-DESKTOP-7.seg", f"{path.stem}.sync-conflict-1.seg"):
            world.hand.put(path.read_bytes(), f"d/{path.parent.name}/{name}")
        world.hand.put(path.read_bytes(), f"d/bad0bad0/{number:08d}-{'f' * 16}.seg")

    assert [one.sync()["received"] for one in (world.jonas, world.amina)] == [0, 0]


def test_letters_of_another_folder_are_not_let_in(world, tmp_path):
    letter = world.hand.letter(
        (change("visit", world.visit, "focus", "moved"),), audience(world, "Amina Diallo"), folder="another-folder"
    )
    world.hand.put(world.hand.seal(letter))

    assert world.refused(world.amina) > 0


def test_records_of_unknown_kinds_and_wild_values_break_nothing(world):
    ops = (
        change("sqlite_master", "1", "sql", "x"), change("meta", "writer", "value", "00000000", number=2),
        change("sync_folder", "1", "path", "/etc", number=3), change("visit", world.visit, "nonsense", "x", number=4),
        change("event", world.note, "offset_ms", 2**62, number=5),
        change("event", "e" * 90, "text", "\0\u202e", number=6),
    )  # fmt: skip
    world.hand.put(world.hand.seal(world.hand.letter(ops, audience(world, "Jonas Brandt", "Amina Diallo"))))

    for one in (world.jonas, world.amina):
        assert one.sync()["problems"] == []


def test_a_form_of_somebody_says_whose_it_is_and_harms_nobody(world):
    op = change("form_version", "11111111-1111-7111-8111-111111111112", "content", "[[[[[[ not a form")
    world.hand.put(world.hand.seal(world.hand.letter((op,), Audience(AudienceKind.ALL))))

    assert world.amina.sync()["problems"] == []
    assert world.amina("form", "list")


# --- files that are no letters ---------------------------------------------------------------------------------------

NAMES = (
    "d/bad0bad0/CON.seg", "d/bad0bad0/aux.seg", "d/bad0bad0/nul.seg.txt", "d/bad0bad0/..seg", "d/bad0bad0/a:b.seg",
    "d/bad0bad0/..\\..\\..\\evil.seg", "d/bad0bad0/trailing. .seg ", "d/bad0bad0/$(touch evil).seg",
    "d/bad0bad0/--data.seg", "d/bad0bad0/line\nbreak.seg", "d/bad0bad0/\u202egpj.seg", "d/bad0bad0/é.seg",
    "d/bad0bad0/e\u0301.seg", "d/bad0bad0/😀.seg", "d/bad0bad0/" + "n" * 240 + ".seg", "d/BAD0BAD0/ABC.SEG",
    "d/bad0bad0/00000001-0000000000000000.seg.tmp", "d/bad0bad0/.DS_Store", "d/bad0bad0/desktop.ini",
    "d/bad0bad0/~$lock.seg", "people/evil.card", "people/0123456789abcdef-01234567.card", "b/00/x.blob", "x.seg",
    "d/x.seg", "d/bad0bad0/have-00000001-000000000000.json", "folder (1).json", "d/.seg/deep.seg",
)  # fmt: skip


@POSIX
def test_names_of_every_platform_do_no_harm(world):
    for name in NAMES:
        world.hand.put(b"OBSEG1\n\0" + os.urandom(200), name)
    odd = os.fsencode(world.shared / "observe" / "d" / "bad0bad0") + b"/\xff\xfe.seg"
    Path(os.fsdecode(odd)).write_bytes(b"x")

    for one in (world.jonas, world.amina):
        assert one.sync()["problems"] == []
        assert one("share", "status")
    status, said, _err = world.amina.run("check")
    assert (status, said.replace("\n", "").isprintable()) == (1, True)
    Path(os.fsdecode(odd)).unlink()
    assert not list(world.base.rglob("evil"))


@POSIX
def test_links_are_never_followed(world, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("mine")
    root = world.shared / "observe"
    some = next(one for one in root.rglob("*.seg") if one.is_file())
    (outside / "real.seg").write_bytes(some.read_bytes())
    links = {
        root / "d" / "bad0bad1": outside, root / "d" / "linked.seg": outside / "real.seg", root / "b" / "ff": outside,
        root / "people" / "0123456789abcdee-01234567.card": Path("/dev/zero"), root / "d" / "loop": root,
        root / "d" / "bad0bad2.seg": Path("/dev/random"), root / "gone.seg": tmp_path / "nowhere",
    }  # fmt: skip
    for link, target in links.items():
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(target)
    os.mkfifo(root / "d" / "pipe.seg")
    world.hand.made += [*links, root / "d" / "pipe.seg"]

    begun = time.monotonic()
    for one in (world.jonas, world.amina):
        assert one.sync()["problems"] == []
    assert time.monotonic() - begun < MOST_S
    assert sorted(one.name for one in outside.iterdir()) == ["kept.txt", "real.seg"]


@POSIX
def test_ones_own_place_turned_into_a_link_is_not_written_through(world, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    with world.jonas.core() as core, core.store.ledger.reading() as sql:
        writer = sql.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0]
    own, aside = world.shared / "observe" / "d" / writer, world.shared / "observe" / "d" / f"{writer}-aside"
    own.rename(aside)
    own.symlink_to(outside)
    try:
        world.jonas("share", "pause")
        world.jonas("share", "resume")
        other = world.jonas.json("visit", "new", "--teacher", "Bo Li")["visit"]
        told = world.jonas.json("sync", status=1)
        assert told["waiting"] > 0
        assert list(outside.iterdir()) == []
    finally:
        own.unlink()
        aside.rename(own)
    assert world.jonas.sync()["waiting"] == 0
    world.jonas("visit", "delete", other)
    world.jonas.sync()


# --- sizes -----------------------------------------------------------------------------------------------------------


# What the system tells a parent of a child's memory begins with that of the parent, which ran many tests before.
TOLD = """
import runpy, sys
from pathlib import Path
peak = sys.argv.pop(1)
try:
    runpy.run_module("observe_app", run_name="__main__", alter_sys=True)
finally:
    Path(peak).write_text(Path("/proc/self/status").read_text())
"""


def measured(laptop: Laptop, *words: str) -> tuple[int, str, float, float]:
    """Run a real process; return its status, what it said, seconds and megabytes at its highest."""
    far = Laptop(laptop.home.parent, laptop.name)
    begun = time.monotonic()
    with (far.home / "said.txt").open("w+") as said:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("OBSERVE_")}
        environment |= {"PYTHONPATH": str(Path(__file__).parent.parent)} | laptop.environment
        process = subprocess.Popen(
            [sys.executable, "-c", TOLD, str(far.home / "peak.txt"), *words, "--data", str(laptop.data)],
            env=environment, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        process.wait()
        said.seek(0)
        peak = int((far.home / "peak.txt").read_text().partition("VmHWM:")[2].split()[0])
        return process.returncode, said.read(), time.monotonic() - begun, peak / 1024


@POSIX
@pytest.mark.parametrize("what", ["sparse", "bomb", "crowd", "nested", "zeros", "reports", "many"])
def test_size_is_no_weapon(world, what):
    hand = world.hand
    if what == "sparse":
        head = parse_head(hand)
        for name in (
            "d/bad0bad0/00000001-0123456789abcdef.seg", "people/0123456789abcdef-01234567.card",
            "d/bad0bad0/have-00000001-0123456789ab.json", "b/00/" + "0" * 64 + ".blob",
        ):  # fmt: skip
            with hand.put(head, name).open("r+b") as file:
                file.truncate(10 * 1024**3)
    elif what == "bomb":
        hand.put(hand.body(bomb(600 << 20), "Jonas Brandt", "Amina Diallo"))
        hand.put(frame(bomb(600 << 20), writer="bad0bad0", seq=77, previous="", public=True))
    elif what == "crowd":
        for number in range(20):
            hand.put(frame(crowd(4_000), writer="bad0bad0", seq=200 + number, previous=""))
    elif what == "nested":
        hand.put(hand.body(nested(3_000_000), "Jonas Brandt", "Amina Diallo"))
    elif what == "zeros":
        hand.put(bytes(50_000_000))
    elif what == "reports":
        for number in range(8):
            hand.put(have(100_000), f"d/bad0bad{number % 10}/have-{number + 1:08d}-{'0' * 12}.json")
    else:
        for number in range(3_000):
            hand.put(os.urandom(16), f"d/bad0bad0/{number + 1:08d}-{number:016x}.seg")

    status, said, seconds, megabytes = measured(world.amina, "sync")

    assert status == 0, said
    assert "Traceback" not in said
    assert seconds < MOST_S
    assert megabytes < MOST_MB


def parse_head(hand: Hand) -> bytes:
    return hand.body(b"x" * 400, "Amina Diallo")


def test_a_format_to_come_is_kept_and_told_from_damage(world):
    raw = world.hand.body(b"x" * 300, "Amina Diallo").replace(b'"format":1', b'"format":9')
    assert FORMAT != 9
    world.hand.put(raw)

    assert world.amina.sync()["problems"] == []


# --- bad disks -------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """Mount a little file system of its own; only the system's owner can."""
    place.mkdir(exist_ok=True)
    if os.geteuid() != 0 or not Path(MOUNT).exists():
        pytest.skip("only the system's owner can mount")
    done = subprocess.run([MOUNT, "-t", "tmpfs", *options, "tmpfs", str(place)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("this system lets nobody mount")
    try:
        yield place
    finally:
        subprocess.run(["/bin/umount", "-l", str(place)], check=False)


@POSIX
def test_a_full_disk_keeps_everything_here_until_there_is_room(tmp_path):
    with mounted(tmp_path / "stick", "-o", "size=256k") as stick:
        jonas = NearLaptop(tmp_path, "jonas")
        jonas("share", "init", str(stick), "--me", "Jonas Brandt")
        jonas.sync()
        ballast = stick / "film.mp4"
        with contextlib.suppress(OSError), ballast.open("wb") as file:
            for _ in range(10_000):
                file.write(bytes(4_096))
                file.flush()
        visit = jonas.json("visit", "new", "--teacher", "Bo Li")["visit"]

        said = jonas("sync", status=1)
        assert "no room left" in said
        assert "saved here" in said
        assert jonas.json("share", "status", status=1)[0]["waiting"] > 0
        assert not list(stick.rglob("*.tmp"))
        ballast.unlink()
        assert jonas.sync()["sent"] > 0

        second = NearLaptop(tmp_path, "second")
        second("share", "join", str(stick), "--words-file", "-", typed=jonas("share", "words", "--show"))
        second.sync()
        assert [one["id"] for one in second.json("visit", "list")] == [visit]


@POSIX
def test_a_read_only_folder_is_read_and_said_to_be_so(tmp_path):
    with mounted(tmp_path / "share", "-o", "size=2m") as share:
        jonas, amina = NearLaptop(tmp_path, "jonas"), NearLaptop(tmp_path, "amina")
        jonas("share", "init", str(share), "--me", "Jonas Brandt")
        words = jonas("share", "words", "--show")
        amina("share", "join", str(share), "--words-file", "-", typed=words)
        visit = jonas.json("visit", "new", "--teacher", "Bo Li")["visit"]
        settle(jonas, most=3)
        subprocess.run([MOUNT, "-o", "remount,ro", str(share)], check=True)
        jonas("visit", "new", "--teacher", "Eva Fox")

        assert "cannot be written" in jonas("sync", status=1)
        told = amina.json("sync", status=1)

        assert told["problems"][0]["problem"] == "read_only"
        assert [one["id"] for one in amina.json("visit", "list")] == [visit]
