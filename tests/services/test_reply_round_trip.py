"""The feedback PDF as it is sent, filled in with the programs people have, read back letter by letter."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import ReplyProblem
from observe_app.domain.reply import Stance
from observe_app.services import releases, replies, visits
from observe_app.services.exchange.reply_in import read_reply
from observe_app.services.pdf.export import feedback_document, feedback_pdf, rendering
from observe_app.services.pdf.preview import unlocked_copy
from tests.services.reply_samples import SCRIPTS, Sample, every_field, keep, talked_over, written
from tests.services.reply_tools import HALF_SIGNS, TOOLS, Wanted, missing, pdfium_pasted, pdftk, qpdf, widgets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = ("words_1", "words_2", "words_3", "overall", "step", "readers", "name", "day")
BY_SCRIPT = dict(zip(SCRIPTS, FIELDS, strict=True))
WANTED = Wanted({BY_SCRIPT[script]: text for script, text in SCRIPTS.items()}, {1: "agree", 2: "different"})


@pytest.fixture
def sample(core) -> Sample:
    """Return a released visit with the PDF that really goes out."""
    visit_id, claims = talked_over(core)
    release = releases.release(core, visit_id=visit_id)
    pdf, _told = feedback_pdf(releases.document_of(release))
    return Sample(visits.open_visit(core, visit_id).value, release, claims, pdf)


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    place = tmp_path / "tool"
    place.mkdir()
    return place


@pytest.fixture(params=TOOLS)
def tool(request) -> str:
    why = missing(request.param)
    if why:
        pytest.skip(why)
    return str(request.param)


def told(read) -> dict[str, str]:
    words = {f"words_{number}": text for number, text in read.words.items()}
    return words | {name: getattr(read, name) for name in FIELDS if not name.startswith("words")}


def test_the_pdf_that_goes_out_has_every_field_and_no_other(sample):
    names = {widget.name for widget in widgets(sample.pdf)}

    assert names == {*FIELDS, "received", "stance_1", "stance_2"}  # a question is answered in words alone


def test_a_draft_is_told_from_what_was_released(core, sample, folder):
    draft, _told = feedback_pdf(feedback_document(core, visit_id=sample.visit.id))

    with pytest.raises(ReplyProblem) as caught:
        replies.import_reply(core, keep(folder, draft))

    assert caught.value.reason == "draft"


@pytest.mark.parametrize("more", [{"scope": "record"}, {"paper": "Letter"}, {"ink_saving": True}])
def test_every_rendering_of_a_revision_can_be_answered_or_says_that_it_cannot(core, sample, folder, more):
    pdf, _told = feedback_pdf(rendering(releases.document_of(sample.release), **more))

    if widgets(pdf):
        done = replies.import_reply(core, keep(folder, TOOLS["pypdf"][0](pdf, folder, WANTED)))
        assert done.reply.release_id == sample.release.id
    else:
        with pytest.raises(ReplyProblem) as caught:
            replies.import_reply(core, keep(folder, pdf))
        assert (caught.value.reason, caught.value.visit_id) == ("no_form", sample.visit.id)


def test_every_script_comes_back_from_every_tool(sample, folder, tool):
    data = TOOLS[tool][0](sample.pdf, folder, WANTED)

    read = read_reply(keep(folder, data), unlock=unlocked_copy)

    assert (read.visit_id, read.release_id, read.number) == (sample.visit.id, sample.release.id, 1)
    assert (read.stances, read.received) == ({1: Stance.AGREE, 2: Stance.DIFFERENT}, True)
    wanted, found = dict(WANTED.texts), told(read)
    if tool in HALF_SIGNS and found[BY_SCRIPT["emoji"]] != wanted[BY_SCRIPT["emoji"]]:
        assert "signs_lost" in {remark.rule for remark in read.remarks}
        del wanted[BY_SCRIPT["emoji"]], found[BY_SCRIPT["emoji"]]
    assert found == wanted


def test_a_reply_of_several_lines_comes_in_from_every_tool(core, sample, folder, tool):
    text = "First line\nSecond – “line”\n\nFourth ✔"
    data = TOOLS[tool][0](sample.pdf, folder, Wanted({"words_3": text, "overall": text}, {2: "partly"}))

    done = replies.import_reply(core, keep(folder, data))

    assert (done.reply.overall, done.reply.points[1].text) == (text, text)
    assert [(point.claim_id, point.stance) for point in done.reply.points] == [
        (sample.claims[1], Stance.PARTLY), (sample.claims[2], None),
    ]  # fmt: skip
    assert replies.file_of(core, done.reply) == ("reply.pdf", data)


def test_what_is_pasted_into_pdfium_comes_back(sample, folder):
    bmp = {name: text for name, text in WANTED.texts.items() if max(text) < "\U00010000"}

    read = read_reply(keep(folder, pdfium_pasted(sample.pdf, folder, Wanted(bmp))))

    assert {name: text for name, text in told(read).items() if text} == bmp


@pytest.mark.skipif(bool(missing("pdftk")), reason=missing("pdftk") or "-")
def test_a_file_that_one_program_filled_and_another_saved_again_is_read(sample, folder):
    if missing("qpdf"):
        pytest.skip(missing("qpdf"))
    first = pdftk(sample.pdf, folder, Wanted({"overall": "From pdftk"}, {1: "partly"}))

    read = read_reply(keep(folder, qpdf(first, folder, Wanted({"step": "From qpdf"}, {2: "agree"}))))

    assert (read.overall, read.step) == ("From pdftk", "From qpdf")
    assert read.stances == {1: Stance.PARTLY, 2: Stance.AGREE}


@pytest.mark.skipif(bool(missing("pdftk")), reason=missing("pdftk") or "-")
def test_a_file_flattened_by_pdftk_is_named(core, sample, folder):
    (folder / "filled.pdf").write_bytes(pdftk(sample.pdf, folder, WANTED))
    words = ("pdftk", str(folder / "filled.pdf"), "output", str(folder / "flat.pdf"), "flatten")
    subprocess.run(words, check=True, timeout=120)

    with pytest.raises(ReplyProblem) as caught:
        replies.import_reply(core, folder / "flat.pdf")

    assert (caught.value.reason in {"flattened", "no_form"}, caught.value.visit_id) == (True, sample.visit.id)


@pytest.mark.skipif(bool(missing("Chromium")), reason=missing("Chromium") or "-")
def test_a_file_printed_to_a_new_one_by_a_browser_is_named(core, sample, folder):
    """Skia is what the printer drivers of browsers and phones write with."""
    from tests.services.chromium_hands import PROGRAM

    if missing("MuPDF"):
        pytest.skip(missing("MuPDF"))
    path = keep(folder, TOOLS["pypdf"][0](sample.pdf, folder, WANTED), "filled.pdf")
    draw = ["mutool", "draw", "-F", "svg", "-o", f"{folder}/page%d.svg", str(path), "1"]
    show = [str(PROGRAM), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/home"]
    for words in (draw, [*show, f"--print-to-pdf={folder}/flat.pdf", f"file://{folder}/page1.svg"]):
        subprocess.run(words, check=True, capture_output=True, timeout=120)

    with pytest.raises(ReplyProblem) as caught:
        replies.import_reply(core, folder / "flat.pdf")

    assert caught.value.reason in {"flattened", "foreign"}


def test_a_copy_without_its_attached_file_is_known_by_its_foot(core, sample, folder):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sample.pdf)))
    for key in ("/AF", "/Names"):
        writer.root_object.pop(key, None)
    for node in every_field(writer):
        if node.get("/T") == "overall":
            from pypdf.generic import NameObject, TextStringObject

            node[NameObject("/V")] = TextStringObject("Still here")

    done = replies.import_reply(core, keep(folder, written(writer)))

    assert (done.reply.visit_id, done.reply.overall) == (sample.visit.id, "Still here")
    assert [remark.rule for remark in done.remarks] == ["no_attachment"]
