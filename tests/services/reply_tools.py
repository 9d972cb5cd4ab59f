"""Programs that people fill PDFs in with, each driven as it is meant to be."""

from __future__ import annotations

import ctypes
import io
import json
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from tests.services import chromium_hands
from tests.services.reply_samples import filled

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """What a person fills in: texts by field, a stance by number, and the tick."""

    texts: dict[str, str]
    stances: dict[int, str] = field(default_factory=dict)
    received: bool = True

    @property
    def choices(self) -> dict[str, str]:
        return {f"stance_{number}": stance for number, stance in self.stances.items()}


@dataclass(frozen=True)
class Widget:
    """A field where it can be clicked. `on`: the state of a box that is on, "" of a text."""

    name: str
    on: str
    page: int
    x: float
    y: float
    width: float
    height: float


def widgets(pdf: bytes) -> list[Widget]:
    """Return the fields of every page, each box of a choice by itself."""
    from pypdf import PdfReader

    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):
        for one in page.get("/Annots", []):
            node = one.get_object()
            if node.get("/Subtype") != "/Widget":
                continue
            name = node.get("/T") or node["/Parent"]["/T"]
            states = [key for key in node["/AP"]["/N"] if key != "/Off"] if "/AP" in node else []
            kind = node.get("/FT") or node["/Parent"].get("/FT")
            x, y, right, top = (float(edge) for edge in node["/Rect"])
            # The first line of a tall box, as a text begins there.
            middle = ((x + right) / 2 if kind == "/Btn" else x + 8, (y + top) / 2 if kind == "/Btn" else top - 7)
            box = page.mediabox
            on = str(states[0])[1:] if kind == "/Btn" and states else ""
            found.append(Widget(str(name), on, number, *middle, float(box.width), float(box.height)))
    return found


def _asked(wanted: Wanted, widget: Widget) -> bool:
    if widget.name == "received":
        return wanted.received
    return wanted.choices.get(widget.name) == widget.on if widget.on else bool(wanted.texts.get(widget.name))


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in {0, 3}, done.stderr  # 3 is qpdf's for a warning


def pypdf(pdf: bytes, _folder: Path, wanted: Wanted) -> bytes:
    return filled(pdf, wanted.texts, wanted.stances, received=wanted.received)


def pdftk(pdf: bytes, folder: Path, wanted: Wanted) -> bytes:
    values = wanted.texts | wanted.choices | ({"received": "Yes"} if wanted.received else {})
    rows = "".join(f'<field name="{name}"><value>{escape(text)}</value></field>' for name, text in values.items())
    head = '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve">'
    (folder / "in.pdf").write_bytes(pdf)
    (folder / "values.xfdf").write_text(f"{head}<fields>{rows}</fields></xfdf>", encoding="utf-8")
    _run("pdftk", f"{folder}/in.pdf", "fill_form", f"{folder}/values.xfdf", "output", f"{folder}/out.pdf")
    return (folder / "out.pdf").read_bytes()


def qpdf(pdf: bytes, folder: Path, wanted: Wanted) -> bytes:
    """Fill by qpdf's JSON, then save as the web likes it: packed objects, linear."""
    (folder / "in.pdf").write_bytes(pdf)
    _run("qpdf", "--json-output", "--json-stream-data=inline", f"{folder}/in.pdf", f"{folder}/in.json")
    told = json.loads((folder / "in.json").read_text(encoding="utf-8"))
    for kept in told["qpdf"][1].values():
        node = kept.get("value")
        name = node["/T"][2:] if isinstance(node, dict) and isinstance(node.get("/T"), str) else ""
        if name in wanted.texts:
            node["/V"] = f"u:{wanted.texts[name]}"
        elif name in wanted.choices:
            node["/V"] = f"/{wanted.choices[name]}"
        elif name == "received" and wanted.received:
            node["/V"] = "/Yes"
    (folder / "out.json").write_text(json.dumps(told), encoding="utf-8")
    _run("qpdf", "--json-input", f"{folder}/out.json", f"{folder}/plain.pdf")
    _run("qpdf", "--linearize", "--object-streams=generate", f"{folder}/plain.pdf", f"{folder}/out.pdf")
    return (folder / "out.pdf").read_bytes()


def qpdf_locked(pdf: bytes, folder: Path, wanted: Wanted) -> bytes:
    """Protect the filled file against changes, with no password to read it."""
    (folder / "open.pdf").write_bytes(qpdf(pdf, folder, wanted))
    _run("qpdf", "--encrypt", "", "owner", "256", "--modify=none", "--", f"{folder}/open.pdf", f"{folder}/locked.pdf")
    return (folder / "locked.pdf").read_bytes()


_MUPDF = """
var doc = new PDFDocument(scriptArgs[0]);
var values = JSON.parse(read(scriptArgs[2]));
for (var number = 0; number < doc.countPages(); ++number) {
  var widgets = doc.loadPage(number).getWidgets();
  var annots = doc.findPage(number).get("Annots");
  var boxes = [];
  for (var i = 0; annots && i < annots.length; ++i)
    if (annots.get(i).resolve().get("Subtype").asName() == "Widget") boxes.push(annots.get(i).resolve());
  for (var i = 0; i < widgets.length; ++i) {
    var name = boxes[i].get("T") || boxes[i].get("Parent").resolve().get("T");
    var value = values[name.asString()];
    if (value === undefined) continue;
    if (widgets[i].getFieldType() == "text") widgets[i].setTextValue(value);
    else if (boxes[i].get("AP").get("N").get(value)) widgets[i].toggle();
  }
}
doc.save(scriptArgs[1], "incremental");
"""


def mupdf(pdf: bytes, folder: Path, wanted: Wanted) -> bytes:
    values = wanted.texts | wanted.choices | ({"received": "Yes"} if wanted.received else {})
    (folder / "in.pdf").write_bytes(pdf)
    (folder / "fill.js").write_text(_MUPDF, encoding="utf-8")
    (folder / "values.json").write_text(json.dumps(values), encoding="utf-8")
    _run("mutool", "run", *(f"{folder}/{name}" for name in ("fill.js", "in.pdf", "out.pdf", "values.json")))
    return (folder / "out.pdf").read_bytes()


def pdfium(pdf: bytes, _folder: Path, wanted: Wanted) -> bytes:
    """Click and type in PDFium itself, sign for sign."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    form = document.formenv.raw
    pages = [document[number] for number in range(len(document))]
    for widget in widgets(pdf):
        if not _asked(wanted, widget):
            continue
        page = pages[widget.page].raw
        raw.FORM_OnMouseMove(form, page, 0, widget.x, widget.y)
        raw.FORM_OnLButtonDown(form, page, 0, widget.x, widget.y)
        raw.FORM_OnLButtonUp(form, page, 0, widget.x, widget.y)
        for sign in "" if widget.on else wanted.texts[widget.name]:
            raw.FORM_OnChar(form, page, 13 if sign == "\n" else ord(sign), 0)
    raw.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    for page in pages:
        page.close()
    document.close()
    return out.getvalue()


def pdfium_pasted(pdf: bytes, _folder: Path, wanted: Wanted) -> bytes:
    """Paste into PDFium, a whole text at once."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    form = document.formenv.raw
    pages = [document[number] for number in range(len(document))]
    for widget in widgets(pdf):
        if widget.on or not _asked(wanted, widget):
            continue
        page = pages[widget.page].raw
        raw.FORM_OnFocus(form, page, 0, widget.x, widget.y)
        raw.FORM_OnLButtonDown(form, page, 0, widget.x, widget.y)
        raw.FORM_OnLButtonUp(form, page, 0, widget.x, widget.y)
        text = ctypes.create_string_buffer(f"{wanted.texts[widget.name]}\0".encode("utf-16-le"))
        raw.FORM_ReplaceSelection(form, page, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    raw.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    for page in pages:
        page.close()
    document.close()
    return out.getvalue()


def chromium(pdf: bytes, folder: Path, wanted: Wanted) -> bytes:
    (folder / "in.pdf").write_bytes(pdf)
    with chromium_hands.Viewer(folder / "in.pdf", folder / "chromium") as viewer:
        for widget in widgets(pdf):
            if _asked(wanted, widget):
                viewer.click(widget.page, widget.x, widget.y, height=widget.height, width=widget.width)
                if not widget.on:
                    viewer.type(wanted.texts[widget.name])
        return viewer.saved()


TOOLS: dict[str, tuple[Any, str]] = {
    "pypdf": (pypdf, ""),
    "pdftk": (pdftk, "pdftk"),
    "qpdf": (qpdf, "qpdf"),
    "qpdf, protected": (qpdf_locked, "qpdf"),
    "MuPDF": (mupdf, "mutool"),
    "PDFium": (pdfium, ""),
    "Chromium": (chromium, "chromium"),
}
"""How to fill with it, and the program it needs."""

HALF_SIGNS = frozenset({"PDFium", "Chromium"})
"""What keeps 16 bits of each sign: emoji are spoilt in the file itself, however they are put in."""


def missing(name: str) -> str:
    """Return why a tool cannot be used here, "" where it can."""
    program = TOOLS[name][1]
    there = not program or shutil.which(program) or (program == "chromium" and chromium_hands.PROGRAM)
    return "" if there else f"{program} is not installed"
