"""The file of a bundle: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import hashlib
import json
import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.services.sync.bundle_file import Broken, BundleVisit, Manifest, pack, unpack

MANIFEST = Manifest(
    folder="0f" * 8, name="Staff room", by="a" * 32, by_name="Jonas Brandt", at="2026-03-10T08:05:00Z",
    visits=(BundleVisit("v1", "Amina Diallo-Žižek", "2026-03-10T08:05:00Z", "8 B"),), key="00" * 16,
)  # fmt: skip
NAME = "d/0123abcd/00000001-0123456789abcdef.seg"
FILES = {NAME: b"segment" * 9, "b/0f/" + "0f" * 32 + ".blob": b"", "people/0123456789abcdef-01234567.card": b"{}"}


def test_what_goes_in_comes_out():
    assert unpack(pack(MANIFEST, FILES)) == (MANIFEST, FILES)


def test_zeros_behind_it_hide_its_length_only():
    assert unpack(pack(MANIFEST, FILES) + bytes(5_000)) == (MANIFEST, FILES)


def changed(**fields) -> bytes:
    payload = pack(MANIFEST, FILES)
    (size,) = struct.unpack_from("<I", payload)
    about = json.loads(payload[4 : 4 + size]) | fields
    head = json.dumps(about).encode()
    return struct.pack("<I", len(head)) + head + payload[4 + size :]


def one_file(name, size=0, data=b"") -> list[dict[str, object]]:
    return [{"name": name, "size": size, "sha256": hashlib.sha256(data).hexdigest()}]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "/etc/passwd", "d/../folder.json", "folder.json", "d\\0123abcd\\x.seg", "C:/x.seg",
        "d/0123abcd/00000001-0123456789abcdef.seg/../x", "d/0123ABCD/00000001-0123456789abcdef.seg", NAME + "\n",
        "d/0123abcd/.seg", "", "d/0123abcd/00000001-0123456789abcdef.seg\0.txt", "CON", "b/0f/aux.blob", 7, None, [],
    ],
)  # fmt: skip
def test_a_name_that_no_shared_folder_has_is_refused(name):
    with pytest.raises(Broken):
        unpack(changed(files=one_file(name)))


@pytest.mark.parametrize("size", [-1, 2**63, 10**400, True, 1.5, "7", None])
def test_a_length_that_cannot_be_is_refused(size):
    with pytest.raises(Broken):
        unpack(changed(files=one_file(NAME, size)))


def test_a_file_named_twice_is_refused():
    with pytest.raises(Broken):
        unpack(changed(files=one_file(NAME) * 2))


def test_a_newer_kind_says_so():
    with pytest.raises(Broken, match="newer"):
        unpack(changed(version=2))


def test_names_on_it_cannot_steer_a_terminal():
    manifest, _files = unpack(changed(name="Staff\x1b[2Jroom\n\u202egnp", by_name="J" * 10_000))

    assert manifest.name.isprintable()
    assert len(manifest.by_name) == 300


def test_a_flipped_byte_in_a_file_is_noticed():
    payload = bytearray(pack(MANIFEST, {NAME: b"segment"}))
    payload[-1] ^= 1

    with pytest.raises(Broken, match="damaged"):
        unpack(bytes(payload))


@given(st.data())
def test_no_change_of_a_payload_does_more_than_refuse_it(data):
    payload = bytearray(pack(MANIFEST, FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(payload) - 1))
        payload[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(payload)))

    try:
        _manifest, files = unpack(bytes(payload[:cut]))
    except Broken:
        return
    assert files.items() <= FILES.items()


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_without_a_crash(raw):
    with pytest.raises(Broken):
        unpack(raw)


def test_a_head_that_nests_without_end_is_refused():
    head = b"[" * 1_000_000

    with pytest.raises(Broken):
        unpack(struct.pack("<I", len(head)) + head)


def test_a_list_of_files_without_end_takes_no_memory():
    payload = changed(files=[{}] * 300_000)
    tracemalloc.start()
    with pytest.raises(Broken, match="too_large"):
        unpack(payload)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 60_000_000
