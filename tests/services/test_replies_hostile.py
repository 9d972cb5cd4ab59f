"""Files that mean harm, or came to harm: a clear message, nothing lost, nothing changed, nothing run, in time."""

from __future__ import annotations

import io
import os
import random
import socket
import subprocess
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable, ObserveError, ReplyProblem
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services import replies
from observe_app.services.exchange import pdf_bounds
from observe_app.services.exchange.reply_in import MAX_FIELDS, MAX_TEXT, read_reply
from observe_app.services.pdf.preview import unlocked_copy
from observe_app.services.words import describe
from tests.services.reply_samples import Sample, feedback_pdf, filled, keep, rebuilt, released, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.core import Core

WORDS = {"words_1": "Yes.", "overall": "Thank you."}
_SLOW = 4.0  # times what a good machine takes: the machines that run this are shared


@pytest.fixture
def sample(core) -> Sample:
    return released(core)


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch) -> Iterator[None]:
    """Fail a test in which reading a file starts a program or opens a connection."""
    ran: list[str] = []
    real = subprocess.Popen.__init__

    def starting(self: Any, *words: Any, **more: Any) -> None:
        ran.append(str(words))
        real(self, *words, **more)

    def connecting(_self: Any, address: Any) -> None:
        ran.append(str(address))
        raise OSError

    monkeypatch.setattr(subprocess.Popen, "__init__", starting)
    monkeypatch.setattr(socket.socket, "connect", connecting)
    monkeypatch.setattr(os, "system", ran.append)
    yield
    assert ran == []


def seconds_for(data: bytes) -> float:
    """Return the time that a file of this size may take: what the program grants it, and no more."""
    return _SLOW + _SLOW * len(data) / 2**20


def outcome(core: Core, path: Path, size: int) -> str:
    """Return why a file is refused, "" where a reply came of it; with time, position and words looked after."""
    with core.store.read() as unit:
        before = unit.position
    began = time.monotonic()
    try:
        done = replies.import_reply(core, path)
    except ObserveError as error:
        said = describe(error)
        assert said.text
        assert "{" not in said.text + said.hint
        with core.store.read() as unit:
            assert unit.position == before
        reason = getattr(error, "reason", type(error).__name__)
    else:
        assert not done.reply.empty
        reason = ""
    assert time.monotonic() - began < pdf_bounds.SECONDS + seconds_for(b"\0" * min(size, 20 << 20))
    return str(reason)


# --- size ------------------------------------------------------------------------------------------------------------


def test_200_mb_are_refused_without_being_read(core, sample, tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(sample.pdf)
        file.truncate(200 << 20)

    tracemalloc.start()
    began = time.monotonic()
    assert outcome(core, path, 0) == "too_large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert time.monotonic() - began < 1
    assert peak < 4 << 20


def extra_fields(count: int) -> bytes:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

    def change(writer: Any) -> None:
        form = writer.root_object["/AcroForm"].get_object()
        fields = form["/Fields"] if isinstance(form["/Fields"], ArrayObject) else ArrayObject()
        for number in range(count):
            node = DictionaryObject({NameObject("/T"): TextStringObject(f"extra{number}")})
            node[NameObject("/FT")], node[NameObject("/V")] = NameObject("/Tx"), TextStringObject("x" * 50)
            fields.append(writer._add_object(node))  # noqa: SLF001  (pypdf has no other way)

    return rebuilt(filled(feedback_pdf(None, "00000000-1"), WORDS), change)


def test_5000_fields_too_many_are_refused(core, sample, tmp_path):
    data = extra_fields(MAX_FIELDS)

    assert outcome(core, keep(tmp_path, data), len(data)) == "too_many"


def test_fields_that_are_not_ours_are_passed_over(tmp_path):
    read = read_reply(keep(tmp_path, extra_fields(500)))

    assert (read.words, read.overall) == ({1: "Yes."}, "Thank you.")


def bomb(mb: int) -> bytes:
    """Return that many MB of zeros, packed."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b" " * (1 << 20)) for _ in range(mb)), packer.flush()])


def test_an_attached_file_that_unpacks_to_gigabytes_is_not_unpacked(core, sample, tmp_path):
    from pypdf.generic import DecodedStreamObject, NameObject

    def change(writer: Any) -> None:
        names = writer.root_object["/Names"]["/EmbeddedFiles"]
        names = names.get_object()
        kept = names["/Names"][1].get_object()["/EF"]
        stream = DecodedStreamObject()
        stream.set_data(bomb(500))
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        kept[NameObject("/F")] = writer._add_object(stream)  # noqa: SLF001

    data = rebuilt(filled(feedback_pdf(told(sample)), WORDS), change)

    tracemalloc.start()
    reason = outcome(core, keep(tmp_path, data), len(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert reason in {"foreign", "draft"}  # no attachment that can be read, no reference
    assert peak < 64 << 20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says here how much memory there is")
def test_object_streams_that_unpack_to_gigabytes_are_stopped(core, sample, tmp_path):
    """Every field lies in an object stream of its own, each a bomb."""
    data = in_bombs(400)

    assert outcome(core, keep(tmp_path, data), len(data)) == "too_large"


def in_bombs(count: int) -> bytes:
    """Return a PDF whose fields lie in object streams of 3 MB each."""
    objects: dict[int, bytes] = {}
    references = b" ".join(b"%d 0 R" % (1000 + number) for number in range(count))
    objects[1] = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[" + references + b"]>>>>"
    objects[2] = b"<</Type/Pages/Kids[]/Count 0>>"
    packed: dict[int, int] = {}
    for number in range(count):
        inner = b"%d 0 " % (1000 + number)
        body = inner.ljust(10) + b"<</T(words_1)/FT/Tx/V(x)>>" + b" null" + b"x" * (3 << 20)
        squeezed = zlib.compress(body, 9)
        head = b"<</Type/ObjStm/N 1/First 10/Filter/FlateDecode/Length %d>>stream\n" % len(squeezed)
        objects[10 + number] = head + squeezed + b"\nendstream"
        packed[1000 + number] = 10 + number
    return laid_out(objects, packed)


def laid_out(objects: dict[int, bytes], packed: dict[int, int] | None = None) -> bytes:
    """Return a PDF of these objects, those of `packed` by the object stream that has them."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: dict[int, tuple[int, int, int]] = {}
    for number, body in objects.items():
        places[number] = (1, out.tell(), 0)
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    places |= {number: (2, stream, 0) for number, stream in (packed or {}).items()}
    start, last = out.tell(), max(places) + 1
    places[last] = (1, start, 0)
    index = b" ".join(b"%d 1" % number for number in sorted(places))
    rows = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
        for _number, (kind, first, second) in sorted(places.items())
    )
    head = b"<</Type/XRef/Size %d/W[1 4 2]/Index[%s]/Root 1 0 R/Length %d>>stream\n" % (last + 1, index, len(rows))
    out.write(b"%d 0 obj\n" % last + head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


# --- shape -----------------------------------------------------------------------------------------------------------


def deep_pages() -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    objects |= {2 + depth: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (3 + depth) for depth in range(20_000)}
    return laid_out(objects | {20_002: b"<</Type/Page>>"})


def pages_in_a_ring() -> bytes:
    ring = {2: b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 9>>", 3: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"}
    return laid_out({1: b"<</Type/Catalog/Pages 2 0 R>>"} | ring)


def fields_in_a_ring() -> bytes:
    ring = {4: b"<</T(a)/Kids[5 0 R]/Parent 5 0 R>>", 5: b"<</T(b)/Kids[4 0 R 5 0 R]/Parent 4 0 R>>"}
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R 4 0 R]>>>>"
    return laid_out({1: catalog, 2: b"<</Type/Pages/Kids[]/Count 0>>"} | ring)


def fields_without_end() -> bytes:
    """Return fields whose children double with each generation."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[10 0 R]>>>>"
    objects = {1: catalog, 2: b"<</Type/Pages/Kids[]/Count 0>>"}
    objects |= {10 + row: b"<</Kids[%s]>>" % (b"%d 0 R " % (11 + row) * 500) for row in range(60)}
    return laid_out(objects)


def names_in_a_ring() -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>"
    ring = {4: b"<</Kids[5 0 R 4 0 R]>>", 5: b"<</Kids[4 0 R]>>"}
    return laid_out({1: catalog, 2: b"<</Type/Pages/Kids[]/Count 0>>"} | ring)


def nested_arrays() -> bytes:
    return laid_out({1: b"<</Type/Catalog/Pages " + b"[" * 100_000 + b"]" * 100_000 + b">>"})


def itself() -> bytes:
    return laid_out({1: b"1 0 R"})


def tables_in_a_ring() -> bytes:
    """Return a file whose cross-reference tables name each other as the one before."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    first = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Root 1 0 R/Prev %d>>\n" % len(body)
    return body + first + b"startxref\n%d\n%%%%EOF\n" % len(body)


def millions_of_objects() -> bytes:
    """Return a table that claims millions of entries."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    rows = b"0 9999999\n" + b"0000000009 00000 n \n" * 200_000
    return body + b"xref\n" + rows + b"trailer\n<</Size 9999999/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def words_on_a_page_without_end() -> bytes:
    content = zlib.compress(b"BT /F1 9 Tf (Ref. x) Tj ET\n" * 140_000, 9)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        4: b"<</Filter/FlateDecode/Length %d>>stream\n" % len(content) + content + b"\nendstream",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }  # fmt: skip
    return laid_out(objects)


SHAPES = (
    deep_pages, pages_in_a_ring, fields_in_a_ring, fields_without_end, names_in_a_ring, nested_arrays, itself,
    tables_in_a_ring, millions_of_objects, words_on_a_page_without_end,
)  # fmt: skip


# What ends it may come while Python calls back for an object that it throws away, or when it collects such; there it is
# printed, and comes again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
def test_a_shape_made_to_trap_a_reader_ends_in_a_message(core, sample, tmp_path, make):
    data = make()

    reason = outcome(core, keep(tmp_path, data), len(data))

    assert reason in {"foreign", "damaged", "too_many", "too_large", "too_slow"}


# The wish may come while Python calls back for an object that it throws away; there it is printed, and comes again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("make", [words_on_a_page_without_end, deep_pages], ids=lambda make: make.__name__)
def test_the_person_can_stop_in_the_midst_of_one_step(tmp_path, make):
    """The wish comes while pypdf itself is at work, not between two steps of ours."""
    data = make()
    stopping = Late()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        read_reply(keep(tmp_path, data), progress=stopping)

    assert time.monotonic() - began < 2


class Late(Progress):
    """A progress that is asked to stop after it was looked at a few times."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    @property
    def stopping(self) -> bool:
        self.looks += 1
        return self.looks > 5


# --- what would run --------------------------------------------------------------------------------------------------

ACTIONS = {
    "script": {"/S": "/JavaScript", "/JS": "app.launchURL('http://127.0.0.1/')"},
    "program": {"/S": "/Launch", "/F": "/bin/touch"},
    "form sent off": {"/S": "/SubmitForm", "/F": "http://127.0.0.1/"},
    "address": {"/S": "/URI", "/URI": "http://127.0.0.1/"},
    "other file": {"/S": "/GoToR", "/F": "\\\\\\\\127.0.0.1\\\\share"},
}


@pytest.mark.parametrize("kind", ACTIONS)
@pytest.mark.parametrize("key", ["/OpenAction", "/AA"])
def test_nothing_in_a_file_is_run_and_its_words_come_in_all_the_same(core, sample, tmp_path, kind, key):
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    def change(writer: Any) -> None:
        action = DictionaryObject()
        for name, value in ACTIONS[kind].items():
            made = NameObject(value) if value in {"/JavaScript", "/Launch", "/SubmitForm", "/URI", "/GoToR"} else None
            action[NameObject(name)] = made or TextStringObject(value)
        if key == "/AA":
            action = DictionaryObject({NameObject("/WC"): action})
        writer.root_object[NameObject(key)] = action

    done = replies.import_reply(core, keep(tmp_path, rebuilt(filled(sample.pdf, WORDS), change)))

    assert done.reply.overall == "Thank you."
    assert [remark.rule for remark in done.remarks] == ["script"]


def test_streams_that_lie_in_other_files_are_not_fetched(core, sample, tmp_path):
    from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

    secret = keep(tmp_path, b"top secret", "secret.txt")

    def change(writer: Any) -> None:
        for node in writer.root_object["/AcroForm"].get_object()["/Fields"]:
            field = node.get_object()
            if field.get("/T") == "step":
                stream = DecodedStreamObject()
                stream[NameObject("/F")] = TextStringObject(str(secret))
                field[NameObject("/V")] = writer._add_object(stream)  # noqa: SLF001

    done = replies.import_reply(core, keep(tmp_path, rebuilt(filled(sample.pdf, WORDS), change)))

    assert "secret" not in done.reply.step + done.reply.overall


# --- half files and flipped bits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(20))
def test_a_file_cut_off_anywhere_is_never_taken_for_a_reply(core, sample, tmp_path, part):
    data = filled(sample.pdf, WORDS)

    reason = outcome(core, keep(tmp_path, data[: len(data) * part // 20]), len(data))

    assert reason in {"half", "not_a_pdf", "empty"}


def added_later(pdf: bytes, name: str, body: bytes) -> bytes:
    """Return what a program appends that saves a new state of a field without touching what stands before."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    listed = list.__iter__(reader.root_object["/AcroForm"]["/Fields"])
    number = next(node.idnum for node in listed if node.get_object().get("/T") == name)
    head = b"%d 0 obj\n%s\nendobj\n" % (number, body)
    root, size = reader.trailer.raw_get("/Root").idnum, reader.trailer["/Size"]
    before = int(pdf.rpartition(b"startxref")[2].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return head + table % (number, len(pdf), size, root, before, len(pdf) + len(head))


def test_a_file_cut_off_within_what_was_added_last_is_not_taken_for_what_it_was_before(core, sample, tmp_path):
    before = filled(sample.pdf, {"overall": "First words"})
    after = before + added_later(before, "overall", b"<</T(overall)/FT/Tx/V(Last words)>>")

    for end in range(len(before) + 2, len(after) - 6, 40):
        assert outcome(core, keep(tmp_path, after[:end]), end) == "half"
    assert replies.import_reply(core, keep(tmp_path, after)).reply.overall == "Last words"


def test_zeros_at_the_end_do_no_harm(core, sample, tmp_path):
    assert outcome(core, keep(tmp_path, filled(sample.pdf, WORDS) + b"\0" * 5000), 0) == ""


def check_spoilt(sample: Sample, folder: Path, data: bytes) -> None:
    began = time.monotonic()
    problem: ObserveError | None = None
    try:
        read = read_reply(keep(folder, data), unlock=unlocked_copy)
        assert len(read.overall) <= MAX_TEXT
    except (ReplyProblem, FileUnreadable) as error:
        problem = error
    assert problem is None or describe(problem).text
    assert time.monotonic() - began < seconds_for(data)


@given(st.integers(0, 2**32))
def test_flipped_bytes_never_end_in_anything_but_a_message_or_a_reply(core, sample, tmp_path, seed):
    dice = random.Random(seed)
    data = bytearray(filled(sample.pdf, WORDS) if seed % 2 else sample.pdf)
    for _flip in range(dice.choice((1, 3, 30, 300))):
        data[dice.randrange(len(data))] = dice.randrange(256)

    check_spoilt(sample, tmp_path, bytes(data))


@given(st.binary(max_size=3000))
def test_any_bytes_between_head_and_end_end_in_a_message(sample, tmp_path, inside):
    check_spoilt(sample, tmp_path, b"%PDF-1.7\n" + inside + b"\nstartxref\n9\n%%EOF")


@given(st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=1, max_size=40)), max_size=6))
def test_bytes_put_in_or_taken_out_end_in_a_message_or_a_reply(sample, tmp_path, changes):
    data = sample.pdf
    for place, inside in changes:
        at = place % len(data)
        data = data[:at] + (inside if place % 2 else b"") + data[at + len(inside) * (place % 3) :]

    check_spoilt(sample, tmp_path, data)
