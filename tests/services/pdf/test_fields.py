"""Fields of a reply: empty and plain when sent, and what any program types into them can be read again."""

from __future__ import annotations

import hashlib
import io
import logging
import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.services.pdf.reading import read
from tests.services.pdf.sheet import assert_passes, drawn, elements, objects, opened, write

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.structure import Node

SCRIPTS = (
    "Thank you – I agree.\nŽižek, Łódź, ő; Γιώργος; Ковальчук; שלום עולם; مرحبا بالعالم; 王芳; कविता; สวัสดี; 😀 100 %"
)
STANCES = ("agree", "partly", "different")
DATA = '{"format": "observe-reply", "school": "Łódź"}'.encode()


def reply(canvas: MarkedCanvas, root: Node) -> None:
    """Draw a sheet with fields of every kind."""
    section = root.add("Sect")
    write(canvas, section.add("H1"), 10, 270, "Your reply")
    canvas.rect(10, 180, 200, 70)
    canvas.text_field("words_1", (10, 180, 200, 70), section.add("Form"), "Claim 1: your words", lines=True)
    canvas.rect(10, 150, 200, 18)
    canvas.text_field("name", (10, 150, 200, 18), section, "Name – ім’я")
    boxes = []
    for number, value in enumerate(STANCES):
        x = 10 + 80 * number
        canvas.circle(x + 6, 126, 6)
        write(canvas, section.add("P"), x + 16, 122, value)
        boxes.append((value, (x, 120, 12, 12), value.title()))
    canvas.choice_field("stance_1", boxes, section, "Claim 1")
    canvas.rect(10, 90, 12, 12)
    canvas.tick_field("received", (10, 90, 12, 12), section.add("Form"), "Received, which is not agreed")
    canvas.attach("observe-reply.json", DATA, "What this reply belongs to")


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return drawn(reply)


def values(data: bytes) -> dict[str, str]:
    """Return what the fields hold, lines parted by line feeds."""
    found = opened(data).get_fields() or {}
    return {name: str(one.get("/V", "")).replace("\r\n", "\n").replace("\r", "\n") for name, one in found.items()}


def widgets(data: bytes) -> list[Any]:
    """Return the fields' rectangles on the page."""
    return [note.get_object() for note in opened(data).pages[0]["/Annots"]]


# --- as sent ---------------------------------------------------------------------------------------------------------


def test_fields_are_empty_without_frame_or_limit_and_have_words(sheet: bytes) -> None:
    assert values(sheet) == {"words_1": "", "name": "", "stance_1": "/Off", "received": "/Off"}
    for one in widgets(sheet):
        assert one["/BS"]["/W"] == 0
        assert "/MaxLen" not in one
        assert one["/F"] == 4
        assert one["/TU"]
    assert [one["/TU"] for one in widgets(sheet)] == [
        "Claim 1: your words", "Name – ім’я", "Claim 1: Agree", "Claim 1: Partly", "Claim 1: Different",
        "Received, which is not agreed",
    ]  # fmt: skip


def test_fields_hold_no_action_and_do_not_ask_to_be_redrawn(sheet: bytes) -> None:
    keys = {key for found in objects(sheet) if isinstance(found, dict) for key in found}
    form = opened(sheet).trailer["/Root"]["/AcroForm"]

    assert keys.isdisjoint({"/AA", "/JS", "/JavaScript", "/URI", "/OpenAction", "/SubmitForm"})
    assert "/NeedAppearances" not in form
    assert "/XFA" not in form
    assert all("/A" not in one for one in widgets(sheet))


def test_each_button_is_one_state_of_one_field(sheet: bytes) -> None:
    buttons = [one for one in widgets(sheet) if "/Parent" in one]

    assert [sorted(one["/AP"]["/N"]) for one in buttons] == [sorted(("/Off", f"/{value}")) for value in STANCES]
    assert {one["/Parent"]["/T"] for one in buttons} == {"stance_1"}
    assert all("/D" not in one["/AP"] for one in widgets(sheet))


def test_every_field_is_read_where_it_stands(sheet: bytes) -> None:
    roles = [one.role for one in read(sheet).walk()][2:]

    assert roles == ["Sect", "H1", "Form", *["P"] * 3, "Form", *["Form"] * 4] or roles.count("Form") == 6
    for number, one in enumerate(elements(sheet, "Form")):
        assert len(one["/K"]) == 1, number
        held = one["/K"][0]["/Obj"]
        assert held["/Subtype"] == "/Widget"


def test_a_name_is_given_once_and_has_no_dots() -> None:
    def twice(canvas: MarkedCanvas, root: Node) -> None:
        canvas.tick_field("a", (0, 0, 9, 9), root.add("Form"), "A")
        canvas.tick_field("a", (0, 0, 9, 9), root.add("Form"), "A")

    def dotted(canvas: MarkedCanvas, root: Node) -> None:
        canvas.tick_field("a.b", (0, 0, 9, 9), root.add("Form"), "A")

    for wrong in (twice, dotted):
        with pytest.raises(ValueError, match="unique"):
            drawn(wrong)


def test_the_attached_file_is_whole_and_belongs_to_the_document(sheet: bytes) -> None:
    reader = opened(sheet)
    filed = reader.trailer["/Root"]["/AF"][0]

    assert reader.attachments["observe-reply.json"] == [DATA]
    assert (filed["/UF"], filed["/AFRelationship"], filed["/Desc"]) == (
        "observe-reply.json", "/Data", "What this reply belongs to",
    )  # fmt: skip
    stream = filed["/EF"]["/F"]
    assert stream["/Subtype"] == "/application/json"
    assert (stream["/Params"]["/Size"], bytes(stream["/Params"]["/CheckSum"].original_bytes)) == (
        len(DATA), hashlib.md5(DATA, usedforsecurity=False).digest(),
    )  # fmt: skip


def test_fields_and_attachment_pass_and_are_the_same_bytes_every_time(sheet: bytes, tmp_path: Path) -> None:
    assert_passes(sheet, tmp_path, archive="3a")
    assert drawn(reply) == sheet


# --- filled ----------------------------------------------------------------------------------------------------------

FILLED = {"words_1": SCRIPTS, "name": "Žižek", "stance_1": "/partly", "received": "/Yes"}


def test_what_pypdf_fills_in_is_read(sheet: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "pypdf")  # it says, where nobody has told it not to, which signs it cannot draw
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet))
    writer.update_page_form_field_values(writer.pages[0], dict(FILLED), auto_regenerate=False)
    target = io.BytesIO()
    writer.write(target)

    assert values(target.getvalue()) == FILLED


@pytest.mark.skipif(shutil.which("pdftk") is None, reason="pdftk is not installed")
def test_what_pdftk_fills_in_is_read(sheet: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(sheet)
    fields = "".join(
        f'<field name="{name}"><value>{escape(value.lstrip("/"))}</value></field>' for name, value in FILLED.items()
    )
    (tmp_path / "a.xfdf").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>{fields}</fields></xfdf>',
        encoding="utf-8",
    )
    command = ["pdftk", "a.pdf", "fill_form", "a.xfdf", "output", "b.pdf"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    assert values((tmp_path / "b.pdf").read_bytes()) == FILLED


def test_what_is_typed_in_a_viewer_is_read_and_can_be_changed(sheet: bytes) -> None:
    document = pypdfium2.PdfDocument(sheet)
    document.init_forms()
    page = document[0]
    environment = document.formenv

    def click(x: float, y: float) -> None:
        pdfium.FORM_OnMouseMove(environment, page, 0, x, y)
        pdfium.FORM_OnLButtonDown(environment, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(environment, page, 0, x, y)

    def type_in(text: str) -> None:
        units = text.replace("\n", "\r").encode("utf-16-le")
        for at in range(0, len(units), 2):
            pdfium.FORM_OnChar(environment, page, int.from_bytes(units[at : at + 2], "little"), 0)

    click(50, 230)
    type_in(SCRIPTS)
    click(50, 159)
    type_in("Žižek")
    click(16, 126)
    click(96, 126)  # thought better of it
    click(16, 96)
    click(390, 10)
    pdfium.FORM_ForceToKillFocus(environment)
    target = io.BytesIO()
    document.save(target)
    page.close()
    document.close()

    assert values(target.getvalue()) == FILLED
    states = [one.get("/AS") for one in widgets(target.getvalue()) if "/Parent" in one]
    assert states == ["/Off", "/partly", "/Off"]


def test_a_button_that_is_on_can_be_seen(sheet: bytes) -> None:
    document = pypdfium2.PdfDocument(sheet)
    document.init_forms()
    page = document[0]

    def seen() -> list[bytes]:
        bitmap = page.render(may_draw_forms=True)
        rows = bytes(bitmap.buffer)
        return [rows[at : at + bitmap.stride] for at in range(0, len(rows), bitmap.stride)]

    before = seen()
    for x, y in ((16, 126), (16, 96)):
        pdfium.FORM_OnMouseMove(document.formenv, page, 0, x, y)
        pdfium.FORM_OnLButtonDown(document.formenv, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(document.formenv, page, 0, x, y)
    changed = {row for row, (one, other) in enumerate(zip(before, seen(), strict=True)) if one != other}
    page.close()
    document.close()

    assert changed & set(range(300 - 132, 300 - 120))
    assert changed & set(range(300 - 102, 300 - 90))
